package custody

import (
	"context"
	"slices"

	"loket/app"
	"loket/app/identity"
	"loket/app/picture"
)

// Form is a handover being recorded. Nothing is preselected.
type Form struct {
	Serial   app.Serial
	Hash     [32]byte // of the card as scanned
	Receiver app.Receiver
	Name     string // of family or proxy
	Relation string
	Evidence []app.Evidence
}

// kinds of evidence that show a person at the handover.
var kinds = []string{"signature", "thumbprint", "photo"}

// Level is the evidence level that a form reaches: 1 the scan and the receiver, 2 with a
// signature, a thumbprint or a photo.
func (f Form) Level() app.EvidenceLevel {
	for _, e := range f.Evidence {
		if slices.Contains(kinds, e.Kind) {
			return 2
		}
	}
	return 1
}

// Missing says what a form still needs, or nil.
func (f Form) Missing(demanded app.EvidenceLevel) error {
	switch {
	case f.Serial == 0 || f.Hash == [32]byte{}:
		return app.Fail(app.HandoverNotScanned)
	case f.Receiver != app.ReceiverHolder && f.Receiver != app.ReceiverFamily && f.Receiver != app.ReceiverProxy:
		return app.Fail(app.HandoverNoReceiver)
	case f.Receiver != app.ReceiverHolder && identity.CleanName(f.Name) == "":
		return app.Fail(app.HandoverNoName)
	case f.Receiver == app.ReceiverFamily && f.Relation == "":
		return app.Fail(app.HandoverNoRelation)
	case f.Level() < demanded:
		return app.Fail(app.HandoverNoEvidence)
	}
	for _, e := range f.Evidence {
		if !slices.Contains(kinds, e.Kind) {
			return app.Fail(app.HandoverEvidenceUnknown)
		}
	}
	return nil
}

// mostEvidence is how large a picture may be: it must pass a thin line some day.
const mostEvidence = 4 << 20

// smaller is a picture as it is kept and as head office takes it.
func smaller(kind string, content []byte) ([]byte, error) {
	switch kind {
	case app.EvidenceSignature:
		return picture.Drawn(content)
	case app.EvidenceThumbprint:
		return picture.Small(content, picture.Grey)
	}
	return picture.Small(content, picture.Colour)
}

// AddEvidence keeps a signature or picture, encrypted, for a form. One that already is the evidence
// of something is refused: a picture used twice never counts.
func (x *Custody) AddEvidence(ctx context.Context, kind string, content []byte) (app.Evidence, error) {
	if err := x.may(); err != nil {
		return app.Evidence{}, err
	}
	switch {
	case !slices.Contains(kinds, kind):
		return app.Evidence{}, app.Fail(app.HandoverEvidenceUnknown)
	case len(content) == 0:
		return app.Evidence{}, app.Fail(app.AttachmentEmpty)
	case kind == app.EvidenceSignature && len(content) > mostEvidence:
		return app.Evidence{}, app.Fail(app.AttachmentTooBig, "most", mostEvidence>>20)
	}
	content, err := smaller(kind, content)
	if err != nil {
		return app.Evidence{}, err
	}
	e, err := x.store.PutBlob(ctx, kind, content)
	if err != nil {
		return app.Evidence{}, err
	}
	used, err := x.store.EvidenceUsed(ctx, e.Hash)
	if err != nil {
		return app.Evidence{}, err
	}
	if used {
		return app.Evidence{}, app.Fail(app.EvidenceUsed)
	}
	return e, nil
}
