package office

import (
	"cmp"
	"maps"
	"slices"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
	"loket/app/words"
)

// What a programme's terms may say at most. A programme of a whole country still fits.
const (
	maxTermText   = 400
	maxTermMonths = 240
	maxTermPeople = 100_000_000
	maxTermBudget = 1_000_000_000_000_000
	maxRowCodes   = 32
)

// ofProgramme judges the scope alone: it is a programme's and none of the reserved ones.
func ofProgramme(it sealed.Item) app.Code {
	if it.Entry.Scope == app.ScopeDevice || it.Entry.Scope == app.ScopeSelfPayers {
		return app.OfficeScopeReserved
	}
	return ""
}

// programmeTerms judges programme.opened and programme.changed.
func programmeTerms(it sealed.Item) app.Code {
	if code := ofProgramme(it); code != "" {
		return code
	}
	var b journal.ProgrammeBody
	if it.Entry.Into(&b) != nil || !soundTerms(b) {
		return app.OfficeBodyBad
	}
	return ""
}

func soundTerms(b journal.ProgrammeBody) bool {
	first := monthOf(b.First)
	_, dayKnown := app.ParseDate(b.DecreeDay)
	for _, text := range []string{b.Name, b.PayerName, b.Decree, b.Region, b.Release} {
		if len(text) > maxTermText {
			return false
		}
	}
	return b.Name != "" && slices.Contains(app.PayerKinds, app.PayerKind(b.Payer)) && (dayKnown || b.DecreeDay == "") &&
		b.Programmes != 0 && b.Programmes <= uint8(app.WorkAccident|app.Death|app.OldAge) &&
		first.Year >= 2000 && first.Year < 2200 && first.Month >= 1 && first.Month <= 12 && b.Months >= 1 && b.Months <= maxTermMonths &&
		b.Target >= 0 && b.Target <= maxTermPeople && b.Budget >= 0 && b.Budget <= maxTermBudget && b.Level >= 0 && b.Level <= 3
}

func rosterImported(it sealed.Item) app.Code {
	if code := ofProgramme(it); code != "" {
		return code
	}
	var b journal.RosterBody
	if it.Entry.Into(&b) != nil || b.Version == 0 || len(b.File) != 32 || len(b.RowsRoot) != 32 ||
		min(b.Rows, b.Rejected, b.New, b.Corrected, b.Unchanged, b.Left) < 0 || b.Rejected > b.Rows || b.Rows > maxTermPeople {
		return app.OfficeBodyBad
	}
	if _, ok := app.ParseDate(b.AsOf); !ok {
		return app.OfficeBodyBad
	}
	return ""
}

func rowJudged(it sealed.Item) app.Code {
	if code := ofProgramme(it); code != "" {
		return code
	}
	var b journal.RowJudgedBody
	if it.Entry.Into(&b) != nil || b.Version == 0 || len(b.Codes) == 0 || len(b.Codes) > maxRowCodes {
		return app.OfficeBodyBad
	}
	for _, code := range b.Codes {
		if !words.Has(code) { // a code that nobody can read is of no use to who asks for the reasons
			return app.OfficeBodyBad
		}
	}
	return ""
}

// ownerOf is the kiosk that opened a programme, with the entry.
func (t *tx) ownerOf(scope app.Scope) (id app.EntryID, found bool, err error) {
	found, err = t.get("SELECT kiosk, incarnation, seq FROM programmes WHERE scope = $1", []any{scope[:]}, &id.Kiosk, &id.Incarnation, &id.Seq)
	return id, found, err
}

// owned says whether the entry's programme is the kiosk's own; what is not is set aside.
func (t *tx) owned(e journal.Entry) (bool, error) {
	owner, found, err := t.ownerOf(e.Scope)
	switch {
	case err != nil:
		return false, err
	case !found:
		return false, t.quarantine(e.ID(), app.OfficeNoProgramme)
	case owner.Kiosk != e.Kiosk:
		return false, t.quarantine(e.ID(), app.OfficeScopeTaken)
	}
	return true, nil
}

// openProgramme enters a programme. Its scope is drawn by the kiosk; one that is known already is
// another's, or was copied.
func (t *tx) openProgramme(e journal.Entry) error {
	n, err := t.do(`INSERT INTO programmes (scope, kiosk, incarnation, seq, body, opened_at, changed_at, closed_at)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0) ON CONFLICT (scope) DO NOTHING`, e.Scope[:], e.Kiosk, e.Incarnation, e.Seq, []byte(e.Body), e.At)
	if err != nil {
		return err
	}
	if n == 0 {
		return t.quarantine(e.ID(), app.OfficeScopeTaken)
	}
	return t.keepChange(e)
}

func (t *tx) changeProgramme(e journal.Entry) error {
	if ok, err := t.owned(e); err != nil || !ok {
		return err
	}
	if err := t.must("UPDATE programmes SET body = $2, changed_at = $3 WHERE scope = $1", e.Scope[:], []byte(e.Body), e.At); err != nil {
		return err
	}
	return t.keepChange(e)
}

func (t *tx) closeProgramme(e journal.Entry) error {
	if ok, err := t.owned(e); err != nil || !ok {
		return err
	}
	if err := t.must("UPDATE programmes SET closed_at = $2 WHERE scope = $1", e.Scope[:], e.At); err != nil {
		return err
	}
	return t.keepChange(e)
}

func (t *tx) keepChange(e journal.Entry) error {
	return t.must("INSERT INTO programme_changes (scope, kiosk, incarnation, seq, kind, operator, at, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		e.Scope[:], e.Kiosk, e.Incarnation, e.Seq, uint16(e.Kind), e.Operator, e.At, filled(e.Body))
}

// listImported enters one version of a programme's list.
func (t *tx) listImported(e journal.Entry) error {
	ok, err := t.owned(e)
	if err != nil || !ok {
		return err
	}
	var b journal.RosterBody
	if err := e.Into(&b); err != nil {
		return err
	}
	n, err := t.do(`INSERT INTO programme_lists (scope, version, kiosk, incarnation, seq, operator, at, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (scope, version) DO NOTHING`, e.Scope[:], b.Version, e.Kiosk, e.Incarnation, e.Seq, e.Operator, e.At, []byte(e.Body))
	if err == nil && n == 0 {
		err = t.quarantine(e.ID(), app.OfficeListTwice)
	}
	return err
}

// rowsJudged counts the codes of neighbouring rows. The rows themselves are the sender's.
func (t *tx) rowsJudged(run []journal.Entry) error {
	owner, found, err := t.ownerOf(run[0].Scope)
	if err != nil {
		return err
	}
	if !found || owner.Kiosk != run[0].Kiosk {
		return t.setAside(run, app.OfficeNoProgramme)
	}
	type key struct {
		version uint32
		code    string
	}
	counts := map[key]int{}
	for _, e := range run {
		var b journal.RowJudgedBody
		if err := e.Into(&b); err != nil {
			return err
		}
		for _, code := range b.Codes {
			counts[key{b.Version, code}]++
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(counts), func(a, b key) int { return cmp.Or(cmp.Compare(a.version, b.version), cmp.Compare(a.code, b.code)) }) {
		if err := t.must(`INSERT INTO list_codes (scope, version, code, n) VALUES ($1, $2, $3, $4)
			ON CONFLICT (scope, version, code) DO UPDATE SET n = list_codes.n + $4`, run[0].Scope[:], k.version, k.code, counts[k]); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) setAside(run []journal.Entry, code app.Code) error {
	for _, e := range run {
		if err := t.quarantine(e.ID(), code); err != nil {
			return err
		}
	}
	return nil
}
