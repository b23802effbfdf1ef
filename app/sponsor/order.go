package sponsor

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"io"

	"loket/app"
)

// Order is what payer and head office sign: which list is paid for, without naming anybody. The
// payer's own file of rows opens its root.
type Order struct {
	Scope      app.Scope
	Name       string
	Payer      app.PayerKind
	PayerName  string
	Decree     string
	DecreeDay  app.Date
	Programmes app.Programmes
	First      app.Month
	Months     int
	Level      int // of evidence that counts as delivered
	Version    int // of the list
	AsOf       app.Date
	Rows       int // accepted
	Rejected   int
	RowsRoot   [32]byte // SHA-256 over the commitments of all accepted rows, sorted
}

// Order is that of the newest version that was taken in to its end; sponsor.no_list before there is
// one.
func (s *Sponsor) Order(ctx context.Context, scope app.Scope) (Order, error) {
	p, err := s.Programme(ctx, scope)
	if err != nil {
		return Order{}, err
	}
	versions, err := s.store.ListVersions(ctx, scope)
	if err != nil {
		return Order{}, err
	}
	for _, v := range versions {
		if v.At.IsZero() {
			continue
		}
		o := Order{
			Scope: scope, Name: p.Name, Payer: p.Payer, PayerName: p.PayerName, Decree: p.Decree, DecreeDay: p.DecreeDay,
			Programmes: p.Programmes, First: p.First, Months: p.Months, Level: p.Level, Version: v.Number, AsOf: v.AsOf, Rejected: v.Rejected,
		}
		o.RowsRoot, o.Rows, err = s.store.RowsRoot(ctx, scope, v.Number)
		return o, err
	}
	return Order{}, app.Fail(app.SponsorNoList)
}

// payersRow is a line of the payer's file. Its commitment is SHA-256("loket/row/1" || salt ||
// CBOR [nik, name, birth_date, village]).
type payersRow struct {
	NIK       string `json:"nik"`
	Name      string `json:"name"`
	BirthDate string `json:"birth_date"`
	Village   string `json:"village"`
	Salt      string `json:"salt"`
}

// WriteRows writes the payer's file: every accepted row of the order with the salt that opens its
// commitment, one JSON object a line, and says how many. It is personal data, plain: for the payer
// alone, and the journal says that it was given. While a newer list is half taken in it is refused.
func (s *Sponsor) WriteRows(ctx context.Context, by app.Operator, scope app.Scope, w io.Writer) (int, error) {
	if err := s.may(by); err != nil {
		return 0, err
	}
	versions, err := s.store.ListVersions(ctx, scope)
	switch {
	case err != nil:
		return 0, err
	case len(versions) == 0:
		return 0, app.Fail(app.SponsorNoList)
	case versions[0].At.IsZero():
		return 0, app.Fail(app.SponsorUnfinished)
	}
	n, out := 0, json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for row, err := range s.store.ListedRows(ctx, scope) {
		if err != nil {
			return n, err
		}
		p := row.Person
		line := payersRow{p.NIK, p.Name, p.BirthDate.ISO(), row.Village, hex.EncodeToString(row.Salt[:])}
		if err := out.Encode(line); err != nil {
			return n, app.Wrap("sponsor.WriteRows", app.FileUnwritten, err)
		}
		n++
	}
	return n, s.store.GaveRows(ctx, by.Author(), scope, versions[0].Number, n)
}
