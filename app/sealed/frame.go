package sealed

import (
	"crypto"
	"crypto/sha256"
	"slices"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office"
)

// FrameKind says what news a frame brings. Unknown kinds are kept and reported.
type FrameKind string

// The kinds of frames that this version makes.
const (
	FrameReceipt   FrameKind = "receipt"   // content: SignReceipt
	FrameDecision  FrameKind = "decision"  // content: CBOR journal.DecisionBody
	FrameDecisions FrameKind = "decisions" // content: CBOR array of journal.DecisionBody, at most MaxDecisions
	FrameLease     FrameKind = "lease"     // content: CBOR journal.LeaseBody
	FrameTrust     FrameKind = "trust"     // content: the signed trust list; not sealed
	FrameStatus    FrameKind = "status"    // content: the signed status list of a shard, whole
	FrameSettings  FrameKind = "settings"  // content: CBOR Settings
	FrameRecall    FrameKind = "recall"    // content: CBOR text, why; not sealed
	FrameMessage   FrameKind = "message"   // content: CBOR [id, en]
	FrameRemoval   FrameKind = "operator-removal"
	FrameAnswer    FrameKind = "answer" // content: CBOR journal.AnswerNews
)

// Open says whether frames of the kind are signed but not sealed: they apply on arrival, out of
// turn, also before anybody has signed in.
func (k FrameKind) Open() bool {
	return slices.Contains([]FrameKind{FrameTrust, FrameLists, FrameRecall, FrameRemoval}, k)
}

// Frame is one piece of news from head office to one kiosk.
type Frame struct {
	Chain    app.Chain
	Number   uint64   // contiguous from 1
	Previous [32]byte // hash of the frame before; zeros for the first
	Issued   time.Time
	Expires  time.Time
	Kind     FrameKind
	Batch    uint64 // number of the batch that a receipt answers, else 0
	Content  []byte
	By       *office.Certificate // who signed it; set when opened
}

// Settings is what head office tells a kiosk about itself and its work.
type Settings struct {
	Issuer     string   `cbor:"1,keyasint"` // issuer code on cards; LATIHAN in practice
	Host       string   `cbor:"2,keyasint"` // address of the verify page, upper case
	BranchCode string   `cbor:"3,keyasint"`
	BranchName string   `cbor:"4,keyasint"`
	Regencies  []string `cbor:"5,keyasint"` // codes, the branch's own first
	AtOnce     bool     `cbor:"6,keyasint"` // a walk-in's card may be printed before acceptance
	Authority  int64    `cbor:"7,keyasint"` // unix seconds until which this kiosk may work

	Coverage      []Coverage `cbor:"8,keyasint,omitempty"`  // of the branch's regencies, where known
	BranchAddress string     `cbor:"9,keyasint,omitempty"`  // street and town, for slips that say where to go
	Issuing       int64      `cbor:"10,keyasint,omitempty"` // unix seconds until which this life's key may make cards; 0 is not said
}

type frameWire struct {
	Kiosk       app.Kiosk       `cbor:"1,keyasint"`
	Incarnation app.Incarnation `cbor:"2,keyasint"`
	Number      uint64          `cbor:"3,keyasint"`
	Previous    []byte          `cbor:"4,keyasint"`
	Issued      int64           `cbor:"5,keyasint"` // unix ms
	Expires     int64           `cbor:"6,keyasint"`
	Kind        FrameKind       `cbor:"7,keyasint"`
	Content     []byte          `cbor:"8,keyasint"`
	Batch       uint64          `cbor:"9,keyasint,omitempty"`
}

type frameOuter struct {
	_           struct{} `cbor:",toarray"`
	V           uint
	Typ         string
	Kiosk       app.Kiosk
	Incarnation app.Incarnation
	Number      uint64
	Kind        FrameKind
	Batch       uint64
	Recipient   []byte // key id, empty when the frame is not sealed
}

type frameInner struct {
	_           struct{} `cbor:",toarray"`
	Certificate []byte
	Signed      []byte
}

// Speaker is an office key with the root's certificate for it.
type Speaker struct {
	Certificate []byte
	Key         crypto.Signer
}

// SealFrame signs a frame and, unless its kind is open, seals it to the kiosk's opening key. It
// returns the file's bytes and the frame's hash, which the next frame names.
func SealFrame(f Frame, by Speaker, to []byte) (file []byte, hash [32]byte, err error) {
	payload, err := cose.Marshal(frameWire{
		f.Chain.Kiosk, f.Chain.Incarnation, f.Number, f.Previous[:], f.Issued.UnixMilli(), f.Expires.UnixMilli(), f.Kind, f.Content, f.Batch,
	})
	if err != nil {
		return nil, hash, err
	}
	signed, err := cose.Sign(TypFrame, payload, by.Key)
	if err != nil {
		return nil, hash, err
	}
	body, err := cose.Marshal(frameInner{Certificate: by.Certificate, Signed: signed})
	if err != nil {
		return nil, hash, err
	}
	o := frameOuter{V: 1, Typ: TypFrame, Kiosk: f.Chain.Kiosk, Incarnation: f.Chain.Incarnation, Number: f.Number, Kind: f.Kind, Batch: f.Batch, Recipient: []byte{}}
	if !f.Kind.Open() {
		id := KeyIDOf(to)
		o.Recipient = id[:]
	}
	info, err := cose.Marshal(o)
	if err != nil {
		return nil, hash, err
	}
	if !f.Kind.Open() {
		if body, err = seal(to, info, body); err != nil {
			return nil, hash, err
		}
	}
	file, err = join(info, body)
	return file, sha256.Sum256(payload), err
}

// FrameOutside is what a carrier can read of a frame file.
type FrameOutside struct {
	Chain  app.Chain
	Number uint64
	Kind   FrameKind
	Batch  uint64
}

// PeekFrame reads the outside of a frame file. Nothing in it is proven.
func PeekFrame(file []byte) (FrameOutside, error) {
	o, _, _, err := frameOutside(file)
	return FrameOutside{app.Chain{Kiosk: o.Kiosk, Incarnation: o.Incarnation}, o.Number, o.Kind, o.Batch}, err
}

func frameOutside(file []byte) (o frameOuter, info, body []byte, err error) {
	if info, body, err = split(file, MaxFrame, &o); err != nil {
		return o, nil, nil, err
	}
	if o.V != 1 || o.Typ != TypFrame {
		return o, nil, nil, app.Fail(app.PostWrongType)
	}
	return o, info, body, nil
}

// OpenFrame decrypts a frame where it is sealed and proves it: that it is for this kiosk, that a
// certified office key signed it, that its outside is true, and that it had not expired at a
// moment. It returns the frame's hash, for the chain of frames. Certificates are judged at the time
// of issue, because a kiosk's clock may be wrong and a frame may wait long.
func OpenFrame(file []byte, chain app.Chain, key OpeningKey, roots office.Roots, at time.Time) (Frame, [32]byte, error) {
	none := [32]byte{}
	o, info, body, err := frameOutside(file)
	if err != nil {
		return Frame{}, none, err
	}
	if (app.Chain{Kiosk: o.Kiosk, Incarnation: o.Incarnation}) != chain {
		return Frame{}, none, app.Fail(app.PostOtherKiosk, "kiosk", app.Chain{Kiosk: o.Kiosk, Incarnation: o.Incarnation})
	}
	if o.Kind.Open() != (len(o.Recipient) == 0) {
		return Frame{}, none, app.Fail(app.PostMalformed)
	}
	if !o.Kind.Open() {
		if body, err = open(key, info, body); err != nil {
			return Frame{}, none, err
		}
	}
	f, hash, err := readFrame(body, roots)
	if err != nil {
		return Frame{}, none, err
	}
	if f.Chain != chain || f.Number != o.Number || f.Kind != o.Kind || f.Batch != o.Batch {
		return Frame{}, none, app.Fail(app.PostReaddressed)
	}
	if !at.Before(f.Expires) {
		return Frame{}, none, app.Fail(app.PostExpired)
	}
	return f, hash, nil
}

func readFrame(body []byte, roots office.Roots) (Frame, [32]byte, error) {
	none := [32]byte{}
	var inner frameInner
	if err := cose.Unmarshal(body, &inner); err != nil {
		return Frame{}, none, malformed(err)
	}
	m, err := cose.Peek(inner.Signed)
	if err != nil {
		return Frame{}, none, err
	}
	if m.Typ != TypFrame {
		return Frame{}, none, app.Fail(app.PostWrongType)
	}
	var w frameWire
	if err := cose.Unmarshal(m.Payload, &w); err != nil {
		return Frame{}, none, malformed(err)
	}
	issued := time.UnixMilli(w.Issued)
	cert, err := office.ParseCertificate(inner.Certificate, roots, issued, office.ForFeed)
	if err != nil {
		return Frame{}, none, err
	}
	if err := m.SignedBy(cert.Key); err != nil {
		return Frame{}, none, err
	}
	if len(w.Previous) != sha256.Size || w.Number == 0 {
		return Frame{}, none, app.Fail(app.PostMalformed)
	}
	f := Frame{
		app.Chain{Kiosk: w.Kiosk, Incarnation: w.Incarnation},
		w.Number, [32]byte(w.Previous), issued,
		time.UnixMilli(w.Expires), w.Kind, w.Batch, w.Content, cert,
	}
	return f, sha256.Sum256(m.Payload), nil
}
