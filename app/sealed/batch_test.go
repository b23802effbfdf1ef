package sealed_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
)

var (
	chain  = app.Chain{Kiosk: 417, Incarnation: 1}
	device = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32))
)

func devicePub() ed25519.PublicKey { return device.Public().(ed25519.PublicKey) }

// items makes n walk-in registrations of invented people, as a counter would.
func items(t testing.TB, n int) []sealed.Item {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	first := []string{"SITI", "NUR", "SRI", "DEWI", "MUHAMMAD", "AHMAD", "ABDUL", "YOHANES", "MARIA", "KRISTINA", "RUSDI", "HASAN", "BUDI", "WAHYU", "RINA", "FITRI", "SULAIMAN", "LINCE", "AWANG", "DAYANG"}
	last := []string{"AMINAH", "RAHMAN", "LESTARI", "HIDAYAT", "USAT", "NGAU", "BELAWAN", "HAMZAH", "PURNAMA", "SANTOSO", "WIBOWO", "HARAHAP", "SARI", "ANGGRAINI", "SAPUTRA", "SYAHRANI", "JALIL", "LAING"}
	var out []sealed.Item
	at := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC).UnixMilli()
	for i := range n {
		at += int64(60_000 + r.IntN(90_000))
		born := app.Date{Year: 1965 + r.IntN(40), Month: time.Month(1 + r.IntN(12)), Day: 1 + r.IntN(28)}
		day, sex := born.Day, app.Male
		if r.IntN(2) == 0 {
			day, sex = day+40, app.Female
		}
		owner := r.IntN(2) == 0
		rec := app.Record{
			Person: app.Person{
				NIK:  fmt.Sprintf("6471%02d%02d%02d%02d%04d", 1+r.IntN(6), day, born.Month, born.Year%100, 1+r.IntN(30)),
				Name: pick(first...) + " " + pick(last...), BirthPlace: pick("BALIKPAPAN", "SAMARINDA", "PASER", "MAKASSAR", "SURABAYA"), BirthDate: born, Sex: sex,
				MotherName: pick(first...) + " " + pick(last...), Marital: pick("single", "married", "widowed"),
			},
			Address: app.Address{Street: fmt.Sprintf("JL. %s NO. %d", pick("MULAWARMAN", "SOEKARNO HATTA", "AHMAD YANI", "MARSMA ISWAHYUDI", "PROJAKAL", "SULTAN HASANUDDIN"), 1+r.IntN(200)), RT: fmt.Sprintf("%03d", 1+r.IntN(60)), RW: "000", Village: fmt.Sprintf("64.71.%02d.10%02d", 1+r.IntN(6), 1+r.IntN(7))},
			Reach:   app.Reach{Phone: fmt.Sprintf("+628%d", 1100000000+r.IntN(899999999))},
			Work:    app.Work{Occupation: pick("trader", "fisher", "ojol", "farmer", "tailor"), BusinessOwner: &owner, Income: app.Rupiah(500_000 * (1 + r.IntN(8))), Place: pick("PASAR MANGGAR", "PASAR KLANDASAN", "RUMAH", "PELABUHAN"), Hours: pick("06-14", "08-17")},
			Plan:    app.Plan{Programmes: app.WorkAccident | app.Death, FirstMonth: app.Month{Year: 2026, Month: 12}, Months: 3, Payer: app.PayerSelf},
			Family:  app.FamilyContact{Name: pick(first...) + " " + pick(last...), Relation: pick("spouse", "child", "parent"), Phone: fmt.Sprintf("+628%d", 1100000000+r.IntN(899999999))},
			Notice:  &app.Notice{Text: "2026-11"}, Consents: []app.Consent{{Purpose: "whatsapp", Given: r.IntN(2) == 0, Text: "2026-11"}}, Source: app.SourceWalkIn,
		}
		packed, err := journal.PackRecord(rec)
		if err != nil {
			t.Fatal(err)
		}
		part, err := journal.NewPart(packed)
		if err != nil {
			t.Fatal(err)
		}
		body, err := journal.Body(journal.RegistrationBody{Counter: uint32(i + 1), Member: fmt.Sprintf("2613306%04d", i), Rules: "2026-11"})
		if err != nil {
			t.Fatal(err)
		}
		hash := part.Hash()
		out = append(out, sealed.Item{Part: &part, Entry: journal.Entry{
			V: 1, Kiosk: 417, Incarnation: 1, Seq: uint64(i + 1), At: at, Boot: 3, Operator: "dl", Agency: "insurer",
			Scope: app.ScopeSelfPayers, Kind: journal.RegistrationCaptured, Body: body, Personal: hash[:],
		}})
	}
	return out
}

func prepare(t testing.TB, its []sealed.Item) *sealed.Prepared {
	t.Helper()
	p, err := sealed.Prepare(sealed.Sealing{Chain: chain, Number: 1, Before: journal.Genesis(chain, devicePub())}, its, device)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func sealTo(t testing.TB, p *sealed.Prepared) ([]byte, sealed.OpeningKey) {
	t.Helper()
	key, err := sealed.NewOpeningKey()
	if err != nil {
		t.Fatal(err)
	}
	file, err := p.Seal(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return file, key
}

func TestABatchArrivesAsItLeft(t *testing.T) {
	its := items(t, 20)
	its[3].Part = nil // purged on the kiosk: its hash travels instead
	p := prepare(t, its)
	file, key := sealTo(t, p)
	got, err := sealed.OpenBatch(file, key, devicePub())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(its, got.Items); d != "" {
		t.Error(d)
	}
	if got.Identity != p.Identity || got.Header.Counts[app.ScopeSelfPayers] != 20 {
		t.Error("identity or counts differ")
	}
	again, key2 := sealTo(t, p)
	b2, err := sealed.OpenBatch(again, key2, devicePub())
	if err != nil || b2.Identity != got.Identity || bytes.Equal(again, file) {
		t.Error("sealing again must keep the identity and change the bytes", err)
	}
}

func TestAnyFlippedBitIsRefused(t *testing.T) {
	file, key := sealTo(t, prepare(t, items(t, 3)))
	for i := range file {
		bad := bytes.Clone(file)
		bad[i] ^= 1 << (i % 8)
		if _, err := sealed.OpenBatch(bad, key, devicePub()); err == nil {
			t.Fatalf("byte %d of %d changed, and the batch opened", i, len(file))
		}
		if _, err := sealed.OpenBatch(file[:i], key, devicePub()); err == nil {
			t.Fatalf("cut at %d, and the batch opened", i)
		}
	}
}

func TestForeignBatchesAreRefused(t *testing.T) {
	its := items(t, 3)
	file, key := sealTo(t, prepare(t, its))
	stranger := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, 32))
	if _, err := sealed.OpenBatch(file, key, stranger.Public().(ed25519.PublicKey)); app.CodeOf(err) != app.CoseSignature {
		t.Error("another device's key:", err)
	}
	other, err := sealed.NewOpeningKey()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sealed.OpenBatch(file, other, devicePub()); app.CodeOf(err) != app.PostChanged {
		t.Error("another recipient:", err)
	}
	gap := append([]sealed.Item{its[0]}, its[2])
	p, err := sealed.Prepare(sealed.Sealing{Chain: chain, Number: 1}, gap, device)
	if err != nil {
		t.Fatal(err)
	}
	gapped, key := sealTo(t, p)
	if _, err := sealed.OpenBatch(gapped, key, devicePub()); app.CodeOf(err) != app.PostChainDiffers {
		t.Error("an entry left out:", err)
	}
}

func TestAPartThatIsNotTheEntrysIsRefused(t *testing.T) {
	its := items(t, 2)
	its[0].Part, its[1].Part = its[1].Part, its[0].Part
	if _, err := sealed.Prepare(sealed.Sealing{Chain: chain, Number: 1}, its, device); app.CodeOf(err) != app.PostHashDiffers {
		t.Error(err)
	}
}

// The target of the design: at most 110 bytes on the line for a walk-in, in a full batch.
func TestAWalkInIsSmallOnTheLine(t *testing.T) {
	file, _ := sealTo(t, prepare(t, items(t, 200)))
	if per := len(file) / 200; per > 110 {
		t.Errorf("%d bytes a registration, want at most 110", per)
	} else {
		t.Logf("%d bytes a registration", per)
	}
}

func FuzzOpenBatch(f *testing.F) {
	key, err := sealed.ParseOpeningKey(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		f.Fatal(err)
	}
	file, err := prepare(f, items(f, 2)).Seal(key.Public())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := sealed.OpenBatch(b, key, devicePub())
		if err == nil && got.Identity == (sealed.Identity{}) {
			t.Fatal("opened without an identity")
		}
	})
}

func TestAttachmentsAreProvenByTheirHash(t *testing.T) {
	key, err := sealed.NewOpeningKey()
	if err != nil {
		t.Fatal(err)
	}
	plain := bytes.Repeat([]byte("signature "), 100)
	file, err := sealed.SealAttachment(chain, plain, key.Public())
	if err != nil {
		t.Fatal(err)
	}
	from, hash, got, err := sealed.OpenAttachment(file, key)
	if err != nil || from != chain || hash != sha256.Sum256(plain) || !bytes.Equal(got, plain) {
		t.Error(from, hash, err)
	}
	file[len(file)-1] ^= 1
	if _, _, _, err := sealed.OpenAttachment(file, key); app.CodeOf(err) != app.PostChanged {
		t.Error(err)
	}
}
