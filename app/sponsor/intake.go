package sponsor

import (
	"context"
	"crypto/sha256"
	"hash"

	"loket/app"
	"loket/app/roster"
)

// chunk is how many rows are taken in by one commit: enough that the disk is not what one waits for,
// few enough that a stop is heard at once.
const chunk = 1000

// Import takes a judged list in: accepted rows become registrations of the programme or correct those
// of an earlier version, and what was judged is written down. The same list again changes nothing.
// Cancelling stops between two commits; so does a power cut, and the same file goes on from there.
func (s *Sponsor) Import(ctx context.Context, by app.Operator, scope app.Scope, file [32]byte, result *roster.Result, progress func(Progress)) (Outcome, error) {
	if err := s.may(by); err != nil {
		return Outcome{}, err
	}
	p, err := s.open(ctx, scope)
	if err != nil {
		return Outcome{}, err
	}
	accepted := result.Accepted()
	if accepted == 0 {
		return Outcome{}, app.Fail(app.SponsorListEmpty)
	}
	in := &intake{Sponsor: s, by: by.Author(), writer: newWriter(p, s.rules().Scheme), result: result, progress: progress}
	in.at, err = s.store.BeginList(ctx, in.by, app.ListFile{
		Scope: scope, File: file, Judged: judged(result), AsOf: result.AsOf, Rows: len(result.Rows), Rejected: len(result.Rows) - accepted,
	})
	if err != nil {
		return Outcome{}, err
	}
	if in.at.Ended {
		v := in.at.ListVersion
		v.New, v.Corrected, v.Unchanged = 0, 0, accepted
		return Outcome{Version: v}, nil
	}
	in.at.Rules = s.rules().Scheme.Version
	return in.run(ctx)
}

// intake is one call of Import.
type intake struct {
	*Sponsor
	by       app.Author
	writer   *writer
	result   *roster.Result
	progress func(Progress)
	at       app.ListTaking
	sheets   map[string]int
}

func (in *intake) run(ctx context.Context) (Outcome, error) {
	in.sheets = map[string]int{}
	for i, name := range in.result.Sheets {
		in.sheets[name] = i
	}
	for in.at.Done < len(in.result.Rows) {
		in.tell()
		if ctx.Err() != nil {
			return in.stopped()
		}
		at, changed, err := in.store.TakeRows(ctx, in.by, in.at, in.rows())
		if app.CodeOf(err) == app.Cancelled {
			return in.stopped()
		}
		if err != nil {
			return Outcome{Version: in.at.ListVersion}, err
		}
		in.at = at
		in.put(changed...)
	}
	in.tell()
	v, err := in.store.EndList(ctx, in.by, in.at)
	if app.CodeOf(err) == app.Cancelled {
		return in.stopped()
	}
	return Outcome{Version: v}, err
}

func (in *intake) stopped() (Outcome, error) {
	return Outcome{Version: in.at.ListVersion, Stopped: true}, nil
}

func (in *intake) tell() {
	if in.progress != nil {
		in.progress(Progress{Done: in.at.Done, Of: len(in.result.Rows)})
	}
}

// rows are the next ones.
func (in *intake) rows() []app.ListRow {
	next := in.result.Rows[in.at.Done:min(in.at.Done+chunk, len(in.result.Rows))]
	all := make([]app.ListRow, len(next))
	for i, row := range next {
		all[i] = app.ListRow{Sheet: in.sheets[row.Sheet], Line: row.Line, Accepted: row.Accepted(), Codes: row.Reasons}
		if all[i].Accepted {
			all[i].Codes, all[i].Record = row.Warnings, in.writer.record(row)
		}
	}
	return all
}

// judged is a hash of what the rows say and which were accepted: two lists of the same hash are the
// same import. It is personal, so the store keeps only a keyed form of it.
func judged(r *roster.Result) [32]byte {
	h := sha256.New()
	var line []byte
	for i := range r.Rows {
		line = appendRow(line[:0], &r.Rows[i])
		write(h, line)
	}
	return [32]byte(h.Sum(nil))
}

func write(h hash.Hash, b []byte) { h.Write(b) } // a hash takes everything

func appendRow(b []byte, r *roster.Row) []byte {
	for _, text := range []string{
		r.Person.NIK, r.Person.Name, r.Person.BirthPlace, r.Person.BirthDate.ISO(), string(r.Person.Sex), r.Person.MotherName, r.Person.FamilyCard,
		r.Address.Street, r.Address.RT, r.Address.RW, r.Address.Village, r.Phone, r.Occupation, r.Heir,
	} {
		b = append(append(b, text...), 0)
	}
	for _, c := range r.Reasons {
		b = append(append(b, c...), 0)
	}
	return append(b, 1)
}
