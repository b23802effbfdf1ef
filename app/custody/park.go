package custody

import (
	"context"

	"loket/app"
	"loket/app/cose"
)

// storedForm is a parked handover; keys are never used again for something else.
type storedForm struct {
	Serial   uint32         `cbor:"1,keyasint"`
	Hash     []byte         `cbor:"2,keyasint"`
	Receiver app.Receiver   `cbor:"3,keyasint,omitempty"`
	Name     string         `cbor:"4,keyasint,omitempty"`
	Relation string         `cbor:"5,keyasint,omitempty"`
	Evidence []app.Evidence `cbor:"6,keyasint,omitempty"`
}

// Park puts an unfinished handover aside ("Belum selesai: n"): another card was scanned, or the
// person went to fetch somebody.
func (x *Custody) Park(ctx context.Context, f Form) error {
	if err := x.may(); err != nil {
		return err
	}
	if f.Serial == 0 {
		return app.Fail(app.HandoverNotScanned)
	}
	b, err := cose.Marshal(storedForm{uint32(f.Serial), f.Hash[:], f.Receiver, f.Name, f.Relation, f.Evidence})
	if err != nil {
		return err
	}
	return x.store.SaveParked(ctx, f.Serial.String(), b)
}

// Parked lists the unfinished handovers, the newest first. One that cannot be read any more is
// reported after the others were listed.
func (x *Custody) Parked(ctx context.Context) ([]Form, error) {
	if err := x.may(); err != nil {
		return nil, err
	}
	stored, err := x.store.Parked(ctx)
	if err != nil {
		return nil, err
	}
	var forms []Form
	for _, b := range stored {
		f, broken := decodeForm(b)
		if broken != nil {
			err = broken
			continue
		}
		forms = append(forms, f)
	}
	return forms, err
}

// Drop forgets an unfinished handover. The card stays where it is.
func (x *Custody) Drop(ctx context.Context, serial app.Serial) error {
	if err := x.may(); err != nil {
		return err
	}
	return x.store.DeleteParked(ctx, serial.String())
}

func decodeForm(b []byte) (Form, error) {
	var s storedForm
	if err := cose.UnmarshalOpen(b, &s); err != nil {
		return Form{}, &app.Error{Code: app.ParkedUnreadable, Op: "custody.decodeForm", Err: err}
	}
	f := Form{Serial: app.Serial(s.Serial), Receiver: s.Receiver, Name: s.Name, Relation: s.Relation, Evidence: s.Evidence}
	copy(f.Hash[:], s.Hash)
	return f, nil
}
