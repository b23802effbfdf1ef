package sealed_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/zstd"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office"
	"loket/app/sealed"
)

// How the vectors were made: with fixed keys, so that anybody can open them. They are written anew
// with -update only, because HPKE draws fresh bytes each time.

func fixedOpening(t *testing.T, b byte) sealed.OpeningKey {
	t.Helper()
	return openingOf(t, bytes.Repeat([]byte{b}, 32))
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	b, err := cose.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// rawBatch seals whatever it is given, as an attacker with head office's public key could.
func rawBatch(t testing.TB, outer any, inner []byte, to []byte) []byte {
	t.Helper()
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	pub, err := ecdh.X25519().NewPublicKey(to)
	if err != nil {
		t.Fatal(err)
	}
	key, err := hpke.NewDHKEMPublicKey(pub)
	if err != nil {
		t.Fatal(err)
	}
	info := marshal(t, outer)
	body, err := hpke.Seal(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, enc.EncodeAll(inner, nil))
	if err != nil {
		t.Fatal(err)
	}
	return marshal(t, []any{cbor.RawMessage(info), body})
}

func outerOf(number uint64, kiosk app.Kiosk, to []byte) []any {
	return []any{1, sealed.TypBatch, kiosk, 1, number, sealed.KeyIDOf(to)}
}

// plainEntries are the columns of a batch with one entry, as docs/post.cddl gives them.
func plainEntries(t *testing.T, at int64) []byte {
	t.Helper()
	body := marshal(t, map[int]any{1: 1, 4: []byte{}})
	return marshal(t, []any{
		[]int64{at},
		[]uint64{1},
		[]string{""},
		[]string{""},
		[]string{""},
		[][]byte{app.ScopeDevice[:]},
		[]uint{uint(journal.PostSealed)},
		[][]byte{{}},
		[]cbor.RawMessage{body},
		[][]byte{{}},
	})
}

func makeBatchVectors(t *testing.T) any {
	key := fixedOpening(t, 5)
	to := key.Public()
	prepared := prepare(t, items(t, 3))
	good, err := prepared.Seal(to)
	if err != nil {
		t.Fatal(err)
	}
	longer := prepare(t, append(items(t, 3), sealed.Item{Entry: journal.Entry{
		V: 1, Kiosk: 417, Incarnation: 1, Seq: 4, At: after(items(t, 3)), Boot: 3, Scope: app.ScopeDevice, Kind: journal.DeviceStarted,
	}}))
	second, err := longer.Seal(to)
	if err != nil {
		t.Fatal(err)
	}
	gap := items(t, 3)
	gap[2].Entry.Seq = 9
	gapped, err := prepare(t, gap).Seal(to)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := prepared.Seal(fixedOpening(t, 6).Public())
	if err != nil {
		t.Fatal(err)
	}
	forged, err := sealed.Prepare(sealed.Sealing{Chain: chain, Number: 1, Before: journal.Genesis(chain, devicePub())}, items(t, 3), root)
	if err != nil {
		t.Fatal(err)
	}
	byAnother, err := forged.Seal(to)
	if err != nil {
		t.Fatal(err)
	}
	swapped := marshal(t, []any{prepared.Signed, plainEntries(t, 1), marshal(t, []any{[]uint64{}, []byte{}, []any{}})})
	of := func(name string, file []byte, want app.Code) batchVector {
		return batchVector{Name: name, File: file, Want: want}
	}
	fine := func(name string, file []byte, p *sealed.Prepared, entries, parts int) batchVector {
		return batchVector{name, file, "", p.Header.Number, p.Header.First, p.Header.Last, p.Identity[:], p.Header.HeadAfter[:], entries, parts}
	}
	return batchVectors{
		"Sealed batches of the kiosk 00417-01: the file as it lies in the outbox, head office's opening key (private, X25519) and the kiosk's device key. Want is empty where a batch is taken. People are invented.",
		key.Bytes(), unhexed(devicePub()),
		[]batchVector{
			fine("three registrations with their parts", good, prepared, 3, 3),
			fine("an entry without a part among them", second, longer, 4, 3),
			of("half a file", good[:len(good)/2], app.PostMalformed),
			of("a byte behind the file", append(bytes.Clone(good), 0), app.PostMalformed),
			of("nothing", nil, app.PostMalformed),
			of("a changed bit inside", flip(good), app.PostChanged),
			of("another number outside", replaceInfo(t, good, outerOf(2, 417, to)), app.PostChanged),
			of("another kiosk outside", replaceInfo(t, good, outerOf(1, 418, to)), app.PostChanged),
			of("another number outside, sealed again", rawBatch(t, outerOf(2, 417, to), innerOf(t, prepared), to), app.PostReaddressed),
			of("another kind of file", rawBatch(t, []any{1, "loket/frame", 417, 1, 1, sealed.KeyIDOf(to)}, swapped, to), app.PostWrongType),
			of("a later version", rawBatch(t, []any{2, sealed.TypBatch, 417, 1, 1, sealed.KeyIDOf(to)}, swapped, to), app.PostWrongType),
			of("sealed to somebody else", elsewhere, app.PostChanged),
			of("signed by another key", byAnother, app.CoseSignature),
			of("other entries than the signed ones", rawBatch(t, outerOf(1, 417, to), swapped, to), app.PostHashDiffers),
			of("a gap between its entries", gapped, app.PostChainDiffers),
			of("a head to which its entries do not lead", rawBatch(t, outerOf(1, 417, to), bent(t, good, key), to), app.PostChainDiffers),
			of("no contents", rawBatch(t, outerOf(1, 417, to), nil, to), app.PostMalformed),
			of("nine megabytes in a few bytes", rawBatch(t, outerOf(1, 417, to), make([]byte, 9<<20), to), app.PostTooLarge),
			of("more entries than a batch may hold", rawBatch(t, outerOf(1, 417, to), wide(t, 257, 257), to), app.PostTooLarge),
			of("longer columns than the header tells of", rawBatch(t, outerOf(1, 417, to), wide(t, 30_000, 3), to), app.PostTooLarge),
			of("arrays in arrays in arrays", rawBatch(t, outerOf(1, 417, to), bytes.Repeat([]byte{0x81}, 5000), to), app.PostMalformed),
		},
	}
}

func after(its []sealed.Item) int64 { return its[len(its)-1].Entry.At + 1 }

// innerOf gives the signed header with contents that are not its own: whoever re-addresses a batch
// has no other.
func innerOf(t *testing.T, p *sealed.Prepared) []byte {
	t.Helper()
	return marshal(t, []any{p.Signed, []byte{0x80}, []byte{0x80}})
}

// replaceInfo puts another outside around the same sealed body.
func replaceInfo(t *testing.T, file []byte, outer any) []byte {
	t.Helper()
	var two []cbor.RawMessage
	if err := cose.Unmarshal(file, &two); err != nil {
		t.Fatal(err)
	}
	return marshal(t, []any{cbor.RawMessage(marshal(t, outer)), two[1]})
}

func makeFrameVectors(t *testing.T) any {
	key := fixedOpening(t, 9)
	all := office.ForFeed | office.ForReceipts
	seal := func(f sealed.Frame, uses office.Uses) ([]byte, unhexed) {
		file, hash, err := sealed.SealFrame(f, speaker(t, uses), key.Public())
		if err != nil {
			t.Fatal(err)
		}
		return file, hash[:]
	}
	receipt := func(r sealed.Receipt) sealed.Frame {
		content, err := sealed.SignReceipt(r, desk)
		if err != nil {
			t.Fatal(err)
		}
		f := frameOf(sealed.FrameReceipt, content)
		f.Batch = 1
		return f
	}
	identity := sha256.Sum256([]byte("a batch"))
	given := receipt(sealed.Receipt{Identity: identity, ReceivedAt: now, LogIndex: 12, Verdicts: sealed.Verdicts{
		First: 1, Last: 9, Quarantined: []sealed.Quarantine{{Seq: 3, Code: app.OfficeBodyBad}},
	}})
	forAttachment := receipt(sealed.Receipt{Identity: identity, ReceivedAt: now, LogIndex: 13})
	forAttachment.Batch = 0
	spoiledReceipt := frameOf(sealed.FrameReceipt, flip(given.Content))
	message := frameOf(sealed.FrameMessage, marshal(t, []string{"kabar", "news"}))
	trust := frameOf(sealed.FrameTrust, []byte{1, 2, 3})
	strange := frameOf("weather", []byte{0xf6})
	decisions := frameOf(sealed.FrameDecisions, marshal(t, []journal.DecisionBody{
		{Kiosk: 417, Incarnation: 1, Seq: 2, Outcome: journal.OutcomeAccepted, Member: "26133068531", At: now.UnixMilli()},
		{Kiosk: 417, Incarnation: 1, Seq: 3, Outcome: journal.OutcomeDuplicate, Member: "26133068532", Reason: string(app.OfficeOtherPayer), At: now.UnixMilli()},
	}))
	settings := frameOf(sealed.FrameSettings, marshal(t, sealed.Settings{
		Issuer: "CONTOH", Host: "KARTU.CONTOH.ID", BranchCode: "K06", BranchName: "Kantor Cabang Contoh", Regencies: []string{"64.71"}, Authority: now.Unix(),
		Coverage: []sealed.Coverage{{Region: "64.71", Covered: 97_454, Target: 116_363, Workers: 145_454, AsOf: "2026-11-20"}},
	}))
	other := message
	other.Chain.Kiosk = 418
	life := message
	life.Chain.Incarnation = 2

	at := now.Format(time.RFC3339)
	sealedMessage, _ := seal(message, all)
	openTrust, _ := seal(trust, all)
	var cases []frameVector
	fine := func(name string, f sealed.Frame, r *receiptVector) {
		file, hash := seal(f, all)
		v := frameVector{Name: name, File: file, At: at, Epoch: f.Place().Epoch, Number: f.Number, Kind: f.Kind, Hash: hash, Receipt: r}
		if r == nil {
			v.Content = f.Content
		}
		cases = append(cases, v)
	}
	fine("a message", message, nil)
	fine("a trust list, signed and not sealed", trust, nil)
	fine("a kind that nobody knows yet", strange, nil)
	fine("what was decided of a whole batch", decisions, nil)
	fine("settings with the coverage of a city", settings, nil)
	fine("a receipt of a batch with one entry aside", given, &receiptVector{Identity: identity[:], At: at, LogIndex: 12, First: 1, Last: 9, Quarantined: []uint64{3}})
	fine("a receipt of an attachment", forAttachment, &receiptVector{Identity: identity[:], At: at, LogIndex: 13})
	fine("a receipt that was changed", spoiledReceipt, &receiptVector{Want: codeOfReceipt(t, spoiledReceipt.Content)})
	genesis, err := sealed.FeedGenesis(chain, 2)
	if err != nil {
		t.Fatal(err)
	}
	oldFile, oldHash := seal(message, all)
	again := message
	again.Epoch, again.Previous, again.First = 2, genesis, [32]byte(oldHash)
	enclosed := again
	enclosed.Content, enclosed.Enclosed = oldFile, true
	fine("a message that the second epoch says again", again, nil)
	fine("the same, by the file of the frame that said it first", enclosed, nil)
	cases[len(cases)-1].Content = message.Content
	noReceipts, noHash := seal(given, office.ForFeed)
	cases = append(cases, frameVector{
		Name: "a receipt by a key that may not sign receipts", File: noReceipts, At: at, Epoch: 1, Number: 1, Kind: sealed.FrameReceipt, Hash: noHash,
		Receipt: &receiptVector{Want: app.OfficeWrongUse},
	})
	refuse := func(name string, file []byte, at time.Time, want app.Code) {
		cases = append(cases, frameVector{Name: name, File: file, At: at.Format(time.RFC3339), Want: want})
	}
	refuse("half a file", sealedMessage[:len(sealedMessage)/2], now, app.PostMalformed)
	refuse("a byte behind the file", append(bytes.Clone(sealedMessage), 0), now, app.PostMalformed)
	refuse("a changed bit inside", flip(sealedMessage), now, app.PostChanged)
	refuse("past its date", sealedMessage, now.AddDate(0, 2, 0), app.PostExpired)
	otherFile, _ := seal(other, all)
	refuse("for another kiosk", otherFile, now, app.PostOtherKiosk)
	lifeFile, _ := seal(life, all)
	refuse("for another life of the kiosk", lifeFile, now, app.PostOtherKiosk)
	refuse("another number outside", replaceInfo(t, openTrust, []any{1, sealed.TypFrame, 417, 1, 2, sealed.FrameTrust, 0, []byte{}}), now, app.PostReaddressed)
	refuse("another kind outside", replaceInfo(t, openTrust, []any{1, sealed.TypFrame, 417, 1, 1, sealed.FrameRecall, 0, []byte{}}), now, app.PostReaddressed)
	refuse("sealed news laid open", replaceInfo(t, openTrust, []any{1, sealed.TypFrame, 417, 1, 1, sealed.FrameMessage, 0, []byte{}}), now, app.PostMalformed)
	refuse("another kind of file", replaceInfo(t, openTrust, []any{1, sealed.TypBatch, 417, 1, 1, sealed.FrameTrust, 0, []byte{}}), now, app.PostWrongType)
	receiptsOnly, _ := seal(trust, office.ForReceipts)
	refuse("by a key that may not speak in the feed", receiptsOnly, now, app.OfficeWrongUse)
	refuse("by a root that is not pinned", byForeignRoot(t, trust), now, app.OfficeUnknownRoot)
	changed := bytes.Clone(openTrust)
	changed[len(changed)-1] ^= 1
	refuse("an open frame with a changed signature", changed, now, app.CoseSignature)
	epochs := func(epoch any) []any {
		return []any{1, sealed.TypFrame, 417, 1, 1, sealed.FrameTrust, 0, []byte{}, epoch}
	}
	refuse("another epoch outside", replaceInfo(t, openTrust, epochs(2)), now, app.PostReaddressed)
	refuse("the first epoch written out", replaceInfo(t, openTrust, epochs(1)), now, app.PostMalformed)
	refuse("an epoch that is no number", replaceInfo(t, openTrust, epochs("2")), now, app.PostMalformed)
	refuse("something behind the epoch", replaceInfo(t, openTrust, append(epochs(2), 3)), now, app.PostMalformed)
	strangeEnclosed := enclosed
	strangeEnclosed.First[0] ^= 1
	strangeFile, _ := seal(strangeEnclosed, all)
	refuse("an enclosed frame of another hash", strangeFile, now, app.PostReaddressed)
	otherKind := enclosed
	otherKind.Kind = sealed.FrameDecision
	otherKindFile, _ := seal(otherKind, all)
	refuse("an enclosed frame of another kind", otherKindFile, now, app.PostReaddressed)
	refuse("after its certificate's end", sealedMessage, now.AddDate(1, 0, 0), app.OfficeExpired)
	return frameVectors{
		"Frames of the feed for the kiosk 00417-01: the file as it lies in the inbox, the pinned root, the kiosk's opening key (private, X25519). Want is empty where a frame is taken; Receipt is what its content then says.",
		[]string{pinned[0].String()},
		417, 1, key.Bytes(), cases,
	}
}

func codeOfReceipt(t *testing.T, content []byte) app.Code {
	t.Helper()
	cert, err := office.ParseCertificate(speaker(t, office.ForReceipts).Certificate, pinned, now, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = sealed.ParseReceipt(content, cert)
	return app.CodeOf(err)
}

func byForeignRoot(t *testing.T, f sealed.Frame) []byte {
	t.Helper()
	foreign := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{11}, 32))
	cert, err := office.IssueCertificate(foreign, office.Certificate{
		Epoch: 1, Key: desk.Public().(ed25519.PublicKey), Uses: office.ForFeed, From: now.AddDate(0, -1, 0), Until: now.AddDate(1, 0, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := sealed.SealFrame(f, sealed.Speaker{Certificate: cert, Key: desk}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func makeEnrolVectors(t *testing.T) any {
	secret := [16]byte{0xa1, 0xa2, 0xa3}
	token := sealed.Token{
		Address: "https://pusat.contoh.id:8443", TLSPin: [32]byte{3}, Roots: pinned, Chain: chain, Secret: secret,
		Expires: now.Add(72 * time.Hour), BranchCode: "K06", BranchName: "Kantor Cabang Contoh",
	}
	text, err := token.Text()
	if err != nil {
		t.Fatal(err)
	}
	issuing := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{6}, 32))
	transport, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	pkix, err := x509.MarshalPKIXPublicKey(&transport.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	asked := sealed.Request{Chain: chain, At: now, Keys: sealed.KioskKeys{
		Device: devicePub(), Issuing: issuing.Public().(ed25519.PublicKey), Opening: fixedOpening(t, 9).Public(), Transport: pkix,
	}}
	request, err := sealed.SignRequest(asked, secret, device, issuing, transport)
	if err != nil {
		t.Fatal(err)
	}
	claimed := asked
	claimed.Keys.Issuing = desk.Public().(ed25519.PublicKey)
	stolen, err := sealed.SignRequest(claimed, secret, device, issuing, transport)
	if err != nil {
		t.Fatal(err)
	}
	answer := func(of []byte, kiosk app.Kiosk) []byte {
		b, err := sealed.SignEnrolled(sealed.Enrolled{
			Request: sha256.Sum256(of), Chain: app.Chain{Kiosk: kiosk, Incarnation: 1}, Roots: []ed25519.PublicKey{rootPub}, At: now,
			Settings:  sealed.Settings{Issuer: "LATIHAN", Host: "KARTU.CONTOH.ID", BranchCode: "K06", Regencies: []string{"64.71"}},
			Authority: now.AddDate(0, 0, 35),
		}, speaker(t, office.ForFeed))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	good, none := answer(request, 417), unhexed(secret[:])
	roots := []string{pinned[0].String()}
	return enrolVectors{
		"Enrolment of the kiosk 00417-01: the token that a person carries, the request that the kiosk makes of it, head office's answer. Want is empty where a text is taken; Holds says whether the request proves the secret.",
		[]tokenVector{
			{"a token", text, "", chain.String(), token.Address, secret[:], token.Expires.Format(time.RFC3339), "K06"},
			{"small letters, blanks, line breaks", " loket1" + text[6:60] + "\n" + text[60:] + " ", "", chain.String(), token.Address, secret[:], token.Expires.Format(time.RFC3339), "K06"},
			{Name: "nothing", Want: app.TokenBad},
			{Name: "the beginning alone", Text: "LOKET1", Want: app.TokenBad},
			{Name: "one letter missing", Text: text[:len(text)-1], Want: app.TokenBad},
			{Name: "two letters exchanged", Text: exchanged(text), Want: app.TokenBad},
			{Name: "an address instead", Text: "https://pusat.contoh.id:8443", Want: app.TokenBad},
		},
		[]requestVector{
			{"a request", request, none, "", true, chain.String(), unhexed(devicePub())},
			{"with another secret", request, make([]byte, 16), "", false, chain.String(), unhexed(devicePub())},
			{Name: "an issuing key that the asker does not hold", Data: stolen, Secret: none, Want: codeOfRequest(stolen)},
			{Name: "half of it", Data: request[:len(request)/2], Secret: none, Want: app.PostMalformed},
			{Name: "a byte behind it", Data: append(bytes.Clone(request), 0), Secret: none, Want: app.PostMalformed},
		},
		[]answerVector{
			{"an answer", good, request, roots, "", "LATIHAN"},
			{Name: "to another request", Data: answer(stolen, 417), Request: request, Roots: roots, Want: app.PostHashDiffers},
			{Name: "for another kiosk", Data: answer(request, 418), Request: request, Roots: roots, Want: app.PostOtherKiosk},
			{Name: "by a root that is not pinned", Data: good, Request: request, Roots: []string{office.Fingerprint{1}.String()}, Want: app.OfficeUnknownRoot},
			{Name: "half of it", Data: good[:len(good)/2], Request: request, Roots: roots, Want: app.PostMalformed},
		},
	}
}

func codeOfRequest(request []byte) app.Code {
	_, _, err := sealed.OpenRequest(request)
	return app.CodeOf(err)
}

func exchanged(text string) string {
	b := []byte(text)
	for i := 20; i < len(b)-1; i++ {
		if b[i] != b[i+1] {
			b[i], b[i+1] = b[i+1], b[i]
			break
		}
	}
	return string(b)
}
