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
	FrameAnswer    FrameKind = "answer"     // content: CBOR journal.AnswerNews
	FrameSendAgain FrameKind = "send-again" // content: CBOR SendAgain
)

// Open says whether frames of the kind are signed but not sealed: they apply on arrival, out of
// turn, also before anybody has signed in.
func (k FrameKind) Open() bool {
	return slices.Contains([]FrameKind{FrameTrust, FrameLists, FrameRoots, FrameRecall, FrameRemoval}, k)
}

// Frame is one piece of news from head office to one kiosk.
type Frame struct {
	Chain    app.Chain
	Epoch    uint64   // of the life's feed, from 1; 0 is read as 1 when a frame is made
	Number   uint64   // contiguous from 1 in its epoch
	Previous [32]byte // hash of the frame before; FeedGenesis for the first
	Issued   time.Time
	Expires  time.Time
	Kind     FrameKind
	Batch    uint64 // number of the batch that a receipt answers, else 0
	Content  []byte
	First    [32]byte            // hash of the frame that said this first, where an epoch began since; else zeros
	Enclosed bool                // made: Content is the file of that frame; opened: it was, and Content is what it says
	By       *office.Certificate // who signed it; set when opened
}

// Place is where the frame stands in the feed.
func (f Frame) Place() Place { return Place{max(f.Epoch, 1), f.Number} }

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

// SendAgain asks for every batch from a number again: head office's books come out of a backup.
type SendAgain struct {
	From uint64 `cbor:"1,keyasint"`
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
	Epoch       uint64          `cbor:"10,keyasint,omitempty"` // left out for the first
	First       []byte          `cbor:"11,keyasint,omitempty"`
	Enclosed    bool            `cbor:"12,keyasint,omitempty"`
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
	w := frameWire{
		Kiosk: f.Chain.Kiosk, Incarnation: f.Chain.Incarnation, Number: f.Number, Previous: f.Previous[:], Issued: f.Issued.UnixMilli(),
		Expires: f.Expires.UnixMilli(), Kind: f.Kind, Content: f.Content, Batch: f.Batch, Enclosed: f.Enclosed,
	}
	if f.Epoch > 1 {
		w.Epoch = f.Epoch
	}
	if f.First != [32]byte{} {
		w.First = f.First[:]
	}
	payload, err := cose.Marshal(w)
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
	info, err := o.encode(w.Epoch)
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

// OpenFrame is ProveFrame at a moment that is the known time too, and refuses what has expired by then.
func OpenFrame(file []byte, chain app.Chain, key OpeningKey, roots office.Roots, at time.Time) (Frame, [32]byte, error) {
	f, hash, err := ProveFrame(file, chain, key, office.Judge{Roots: roots, Known: at})
	if err == nil && !at.Before(f.Expires) {
		return Frame{}, [32]byte{}, app.Fail(app.PostExpired)
	}
	return f, hash, err
}

// ProveFrame decrypts a frame where it is sealed and proves it: that it is for this kiosk, that an
// office key signed it whose certificate the judge accepts, and that its outside is true. It returns
// the frame's hash, for the chain of frames. Whether it has expired is the caller's to ask.
func ProveFrame(file []byte, chain app.Chain, key OpeningKey, judge office.Judge) (Frame, [32]byte, error) {
	none := [32]byte{}
	o, body, err := frameBody(file, chain, key)
	if err != nil {
		return Frame{}, none, err
	}
	f, hash, err := readFrame(body, judge)
	if err != nil {
		return Frame{}, none, err
	}
	if f.Chain != chain || f.Place() != o.Place || f.Kind != o.Kind || f.Batch != o.Batch {
		return Frame{}, none, app.Fail(app.PostReaddressed)
	}
	if f.Enclosed {
		err = f.unwrap(key)
	}
	return f, hash, err
}

// frameBody reads the outside and decrypts what is sealed.
func frameBody(file []byte, chain app.Chain, key OpeningKey) (FrameOutside, []byte, error) {
	o, info, body, err := frameOutside(file)
	if err != nil {
		return o, nil, err
	}
	if o.Chain != chain {
		return o, nil, app.Fail(app.PostOtherKiosk, "kiosk", o.Chain)
	}
	if o.Kind.Open() != (len(o.recipient) == 0) {
		return o, nil, app.Fail(app.PostMalformed)
	}
	if !o.Kind.Open() {
		body, err = open(key, info, body)
	}
	return o, body, err
}

func readFrame(body []byte, judge office.Judge) (Frame, [32]byte, error) {
	inner, m, w, err := frameParts(body)
	if err != nil {
		return Frame{}, [32]byte{}, err
	}
	issued := time.UnixMilli(w.Issued)
	cert, err := judge.Certificate(inner.Certificate, issued, office.ForFeed)
	if err != nil {
		return Frame{}, [32]byte{}, err
	}
	if err := m.SignedBy(cert.Key); err != nil {
		return Frame{}, [32]byte{}, err
	}
	f := w.frame()
	f.By = cert
	return f, sha256.Sum256(m.Payload), nil
}

func frameParts(body []byte) (inner frameInner, m *cose.Message, w frameWire, err error) {
	if err := cose.Unmarshal(body, &inner); err != nil {
		return inner, m, w, malformed(err)
	}
	if m, err = cose.Peek(inner.Signed); err != nil {
		return inner, m, w, err
	}
	if m.Typ != TypFrame {
		return inner, m, w, app.Fail(app.PostWrongType)
	}
	if err := cose.Unmarshal(m.Payload, &w); err != nil {
		return inner, m, w, malformed(err)
	}
	if !w.sound() {
		err = app.Fail(app.PostMalformed)
	}
	return inner, m, w, err
}

func (w frameWire) sound() bool {
	return len(w.Previous) == sha256.Size && w.Number != 0 && w.Epoch != 1 && // the first is left out
		(len(w.First) == 0 || len(w.First) == sha256.Size) && (!w.Enclosed || len(w.First) != 0)
}

func (w frameWire) frame() Frame {
	f := Frame{
		Chain: app.Chain{Kiosk: w.Kiosk, Incarnation: w.Incarnation}, Epoch: max(w.Epoch, 1), Number: w.Number, Previous: [32]byte(w.Previous),
		Issued: time.UnixMilli(w.Issued), Expires: time.UnixMilli(w.Expires), Kind: w.Kind, Batch: w.Batch, Content: w.Content, Enclosed: w.Enclosed,
	}
	copy(f.First[:], w.First)
	return f
}

// unwrap takes out what an enclosed frame says. The frame around it vouches for its bytes, so the
// key that signed it then is not asked: it may have ended since.
func (f *Frame) unwrap(key OpeningKey) error {
	o, body, err := frameBody(f.Content, f.Chain, key)
	if err != nil {
		return err
	}
	_, m, w, err := frameParts(body)
	if err != nil {
		return err
	}
	if o.Kind != f.Kind || w.Kind != f.Kind || w.Enclosed || sha256.Sum256(m.Payload) != f.First {
		return app.Fail(app.PostReaddressed)
	}
	f.Content = w.Content
	return nil
}
