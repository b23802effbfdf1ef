package headoffice

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"path/filepath"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office"
	"loket/app/sealed"
)

// RootRequest is what head office asks its root to sign: one office key in an epoch, and months with the
// public half of each one's HPKE key. It travels on a stick to the machine that has the root.
type RootRequest struct {
	_      struct{} `cbor:",toarray"`
	Typ    string
	Epoch  uint64
	Key    []byte // Ed25519
	TLSPin []byte
	Months []RootMonth
}

// RootMonth is one month of a request.
type RootMonth struct {
	_       struct{} `cbor:",toarray"`
	From    int64    // unix seconds
	Until   int64
	HPKEKey []byte
}

const (
	requestTyp = "loket/root-request"
	answerTyp  = "loket/root-answer"
	mostMonths = 120
)

// request gathers the months that have no certificate yet, and makes their HPKE keys. The office key is
// the newest one of the epoch, else the present one.
func (k *Keys) request(s *shelf, epoch uint64, months int, now time.Time) (RootRequest, error) {
	key := publicOf(k.first)
	for _, t := range s.terms {
		if t.cert.Epoch <= epoch {
			key = t.cert.Key // terms rise
		}
	}
	if fresh, err := k.keyOf(epoch); err != nil {
		return RootRequest{}, err
	} else if fresh != nil {
		key = publicOf(fresh)
	}
	r := RootRequest{Typ: requestTyp, Epoch: epoch, Key: key, TLSPin: k.pin[:]}
	for i := range months {
		month := monthAfter(now, i)
		if s.has(epoch, month) {
			continue
		}
		opening, err := sealed.NewOpeningKey()
		if err == nil {
			err = k.keepMonth(opening, nil)
		}
		if err != nil {
			return r, err
		}
		r.Months = append(r.Months, RootMonth{From: month.Add(-beginsBefore).Unix(), Until: monthAfter(month, 2).Unix(), HPKEKey: opening.Public()})
	}
	return r, nil
}

// keyOf is the office key that was made for an epoch, nil when none was.
func (k *Keys) keyOf(epoch uint64) (ed25519.PrivateKey, error) {
	seed, err := k.present(officeKeyName(epoch))
	if err != nil || seed == nil {
		return nil, err
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

func officeKeyName(epoch uint64) string { return "office-" + hexEpoch(epoch) + ".key" }

func hexEpoch(epoch uint64) string {
	return hex.EncodeToString([]byte{byte(epoch >> 24), byte(epoch >> 16), byte(epoch >> 8), byte(epoch)})
}

// sign answers a request with the root's certificates.
func (r RootRequest) sign(root ed25519.PrivateKey) (certs [][]byte, err error) {
	if r.Typ != requestTyp || len(r.Months) > mostMonths {
		return nil, app.Fail(app.OfficeRootRequest)
	}
	for _, m := range r.Months {
		cert, err := office.IssueCertificate(root, office.Certificate{
			Epoch: r.Epoch, Key: r.Key, HPKEKey: m.HPKEKey, TLSPin: r.TLSPin, Uses: allOfficeUses,
			From: time.Unix(m.From, 0), Until: time.Unix(m.Until, 0),
		})
		if err != nil {
			return nil, err
		}
		certs = append(certs, cert)
	}
	return certs, nil
}

// takeCertificates lays certificates beside the HPKE keys that they name. Each must be signed by a present
// root, for an office key and an HPKE key that are here.
func (k *Keys) takeCertificates(certs [][]byte) error {
	officeKeys, err := k.officeKeys()
	if err != nil {
		return err
	}
	for _, raw := range certs {
		cert, err := office.Open(raw)
		if err != nil {
			return err
		}
		if !k.Roots().Hold(cert.Root) {
			return app.Fail(app.OfficeUnknownRoot)
		}
		m, opening, err := readMonth(k.monthPath(cert.HPKEKey))
		if err != nil || officeKeys[string(cert.Key)] == nil {
			return &app.Error{Code: app.OfficeRootRequest, Op: "headoffice.takeCertificates", Err: err}
		}
		if string(m.Certificate) == string(raw) {
			continue
		}
		if err := k.keepMonth(opening, raw); err != nil {
			return err
		}
	}
	return nil
}

// SignAhead signs so many months from now on where the root is here; replace makes a new office key in a
// higher epoch first, which makes void what the former signed.
func (k *Keys) SignAhead(months int, replace bool, now time.Time) (signed int, err error) {
	request, err := k.RequestMonths(months, replace, now)
	if err != nil {
		return 0, err
	}
	root, err := k.rootKey(k.Root())
	if err != nil {
		return 0, err
	}
	if root == nil {
		return 0, app.Fail(app.OfficeRootAway)
	}
	certs, err := request.sign(root)
	if err != nil {
		return 0, err
	}
	if err := k.takeCertificates(certs); err != nil {
		return 0, err
	}
	return len(certs), k.reload(now)
}

// RequestMonths prepares so many months: their keys are in the folder, their certificates are not.
func (k *Keys) RequestMonths(months int, replace bool, now time.Time) (RootRequest, error) {
	if months < 1 || months > mostMonths {
		return RootRequest{}, app.Fail(app.WrongUse, "value", "--months")
	}
	k.keeping.Lock()
	defer k.keeping.Unlock()
	s, err := k.readShelf(now)
	if err != nil {
		return RootRequest{}, err
	}
	epoch := max(s.epoch(), 1)
	if replace {
		epoch++
		if have, err := k.present(officeKeyName(epoch)); err != nil {
			return RootRequest{}, err
		} else if have == nil {
			if _, err := k.made(officeKeyName(epoch), newSeed); err != nil {
				return RootRequest{}, err
			}
		}
	}
	return k.request(s, epoch, months, now)
}

func (k *Keys) reload(now time.Time) error {
	k.keeping.Lock()
	defer k.keeping.Unlock()
	s, err := k.readShelf(now)
	if err == nil {
		k.held.Store(s)
	}
	return err
}

// Encode is the request as a file.
func (r RootRequest) Encode() ([]byte, error) {
	b, err := cose.Marshal(r)
	return []byte(keyText(b)), err
}

type rootAnswer struct {
	_            struct{} `cbor:",toarray"`
	Typ          string
	Certificates [][]byte
}

// AnswerRequest signs a request file with the root of an exported file, on whatever machine.
func AnswerRequest(requestFile, rootFile string) (answer []byte, months int, err error) {
	b, err := readTextFile(requestFile)
	if err != nil {
		return nil, 0, err
	}
	var r RootRequest
	if err := cose.Unmarshal(b, &r); err != nil {
		return nil, 0, &app.Error{Code: app.OfficeRootRequest, Op: "headoffice.AnswerRequest", Err: err}
	}
	seeds, err := readRootBackup(rootFile)
	if err != nil {
		return nil, 0, err
	}
	certs, err := r.sign(ed25519.NewKeyFromSeed(seeds[0]))
	if err != nil {
		return nil, 0, err
	}
	out, err := cose.Marshal(rootAnswer{Typ: answerTyp, Certificates: certs})
	return []byte(keyText(out)), len(certs), err
}

// TakeAnswer brings the root's certificates into the folder.
func (k *Keys) TakeAnswer(file string, now time.Time) (months int, err error) {
	b, err := readTextFile(file)
	if err != nil {
		return 0, err
	}
	var a rootAnswer
	if err := cose.Unmarshal(b, &a); err != nil || a.Typ != answerTyp || len(a.Certificates) > mostMonths {
		return 0, &app.Error{Code: app.OfficeRootRequest, Op: "headoffice.TakeAnswer", Err: err}
	}
	if err := k.takeCertificates(a.Certificates); err != nil {
		return 0, err
	}
	return len(a.Certificates), k.reload(now)
}

// rootKey finds the private half of a root in the folder, nil when it is away.
func (k *Keys) rootKey(public ed25519.PublicKey) (ed25519.PrivateKey, error) {
	files, err := filepath.Glob(filepath.Join(k.folder, "root*.key"))
	if err != nil {
		return nil, app.Wrap("headoffice.rootKey", app.FileUnread, err)
	}
	for _, file := range files {
		seed, err := k.present(filepath.Base(file))
		if err != nil {
			return nil, err
		}
		if seed == nil {
			continue
		}
		if key := ed25519.NewKeyFromSeed(seed); publicOf(key).Equal(public) {
			return key, nil
		}
	}
	return nil, nil
}

func readRootBackup(file string) (seeds [2][]byte, err error) {
	b, err := readKeyFile(file)
	if err != nil {
		return seeds, err
	}
	var in struct {
		_    struct{} `cbor:",toarray"`
		Typ  string
		Now  []byte
		Next []byte
	}
	if err := cose.Unmarshal(b, &in); err != nil || in.Typ != "loket/root-backup" || len(in.Now) != 32 || len(in.Next) != 32 {
		return seeds, errors.Join(err, app.Fail(app.OfficeKeysBroken, "file", filepath.Base(file)))
	}
	return [2][]byte{in.Now, in.Next}, nil
}
