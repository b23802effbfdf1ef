package sealed

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"loket/app"
	"loket/app/cose"
)

// Place is where a frame stands in the feed of a life: the feed's epoch and the number in it, both
// from 1. Number 0 stands before the first frame of an epoch.
type Place struct{ Epoch, Number uint64 }

// BeforeAll is where a kiosk stands that has no news yet.
var BeforeAll = Place{Epoch: 1}

// Before says whether p comes earlier than q: a feed that began anew comes after all of the former.
func (p Place) Before(q Place) bool {
	return p.Epoch < q.Epoch || p.Epoch == q.Epoch && p.Number < q.Number
}

// Compare orders places as slices.SortFunc wants it.
func (p Place) Compare(q Place) int {
	switch {
	case p.Before(q):
		return -1
	case q.Before(p):
		return 1
	}
	return 0
}

// mostRise is how far an epoch can lie above the one before, as a kiosk sees it: far more than one a
// week in ten years, and so little that a stolen office key cannot use the epochs up.
const mostRise = 1 << 10

// Follows says whether a frame at p may come next after one at q: the next number, or the first of
// a later epoch.
func (p Place) Follows(q Place) bool {
	return p.Epoch == q.Epoch && p.Number == q.Number+1 || p.Number == 1 && p.Epoch > q.Epoch && p.Epoch-q.Epoch <= mostRise
}

// Name is how a place stands in names of files: the number alone in the first epoch ("000013"), as it was
// before feeds could begin anew, else "2-000013".
func (p Place) Name() string {
	if p.Epoch > 1 {
		return fmt.Sprintf("%d-%06d", p.Epoch, p.Number)
	}
	return fmt.Sprintf("%06d", p.Number)
}

// ParsePlace reads what Name writes, with any number of zeros before the number.
func ParsePlace(name string) (Place, bool) {
	epoch, number, later := strings.Cut(name, "-")
	if !later {
		n, err := strconv.ParseUint(name, 10, 64)
		return Place{1, n}, err == nil
	}
	e, errE := strconv.ParseUint(epoch, 10, 64)
	n, errN := strconv.ParseUint(number, 10, 64)
	return Place{e, n}, errE == nil && errN == nil && e > 1
}

// FeedGenesis is what the first frame of an epoch names as the frame before it: zeros in the first
// epoch, else a hash that names life and epoch.
func FeedGenesis(chain app.Chain, epoch uint64) ([32]byte, error) {
	if epoch <= 1 {
		return [32]byte{}, nil
	}
	b, err := cose.Marshal([]uint64{uint64(chain.Kiosk), uint64(chain.Incarnation), epoch})
	return sha256.Sum256(append([]byte("loket/feed/1"), b...)), err
}

// FrameOutside is what a carrier can read of a frame file.
type FrameOutside struct {
	Chain app.Chain
	Place
	Kind  FrameKind
	Batch uint64

	recipient []byte
}

// PeekFrame reads the outside of a frame file. Nothing in it is proven.
func PeekFrame(file []byte) (FrameOutside, error) {
	o, _, _, err := frameOutside(file)
	return o, err
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

// encode writes the outside; a later epoch stands behind it, the first is left out.
func (o frameOuter) encode(epoch uint64) ([]byte, error) {
	b, err := cose.Marshal(o)
	if err != nil || epoch <= 1 {
		return b, err
	}
	var all []cbor.RawMessage
	if err := cose.Unmarshal(b, &all); err != nil {
		return nil, err
	}
	e, err := cose.Marshal(epoch)
	if err != nil {
		return nil, err
	}
	return cose.Marshal(append(all, e))
}

// frameFields is how many fields the outside has without an epoch.
const frameFields = 8

func frameOutside(file []byte) (out FrameOutside, info, body []byte, err error) {
	var all []cbor.RawMessage
	if info, body, err = split(file, MaxFrame, &all); err != nil {
		return out, nil, nil, err
	}
	epoch := uint64(1)
	if len(all) == frameFields+1 {
		if err := cose.Unmarshal(all[frameFields], &epoch); err != nil || epoch <= 1 {
			return out, nil, nil, malformed(app.Fail(app.PostMalformed))
		}
		all = all[:frameFields]
	}
	plain, err := cose.Marshal(all)
	if err != nil {
		return out, nil, nil, malformed(err)
	}
	var o frameOuter
	if err := cose.Unmarshal(plain, &o); err != nil {
		return out, nil, nil, malformed(err)
	}
	if o.V != 1 || o.Typ != TypFrame {
		return out, nil, nil, app.Fail(app.PostWrongType)
	}
	chain := app.Chain{Kiosk: o.Kiosk, Incarnation: o.Incarnation}
	return FrameOutside{chain, Place{epoch, o.Number}, o.Kind, o.Batch, o.Recipient}, info, body, nil
}
