package kiosk

import (
	"context"
	"database/sql"
	"errors"

	"loket/app"
	"loket/app/journal"
)

// Review is a supervisor's word on a flagged registration: approved, it waits for head office like any
// other; sent back, it waits for a correction. It fails with record.reviewed, who and when, where
// another supervisor came first, and writes nothing.
func (s *Store) Review(ctx context.Context, by app.Author, id app.EntryID, body journal.ReviewedBody, note string) (app.Registration, error) {
	return s.about(ctx, "kiosk.Review", id, func(t *tx, seq uint64, was standing) error {
		switch {
		case was.reviewed.By != "" && (was.state != app.NeedsReview || was.sentBack != ""):
			return app.Fail(app.RecordReviewed, "operator", was.reviewed.By, "at", was.reviewed.At.In(t.now.Location()).Format("02-01-2006 15.04"))
		case was.state != app.NeedsReview:
			return app.Fail(app.RecordNotFlagged)
		}
		if err := t.appendAbout(seq, by, journal.RegistrationReviewed, aboutRegistration(seq), body, notePart(note)); err != nil {
			return err
		}
		entry := t.at.seq
		if err := t.exec(`UPDATE registrations SET reviewed = ?, reviewed_by = ?, reviewed_at = ? WHERE seq = ?`, entry, by.Operator, t.ms(), seq); err != nil {
			return err
		}
		if !body.Approved {
			return t.exec(`UPDATE registrations SET sent_back = ? WHERE seq = ?`, body.Reason, seq)
		}
		return t.exec(`UPDATE registrations SET state = ?, reason = '' WHERE seq = ?`, app.Captured, seq)
	})
}

// reviewNote is what the supervisor said in own words when sending a registration back; "" otherwise.
func (s *Store) reviewNote(ctx context.Context, r app.Registration) (string, error) {
	if !r.Review.SentBack {
		return "", nil
	}
	var seq uint64
	var sealed []byte
	err := s.r.row(ctx, `SELECT p.seq, p.sealed FROM registrations r JOIN parts p ON p.seq = r.reviewed WHERE r.seq = ?`, r.ID.Seq).Scan(&seq, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	part, err := s.openPart(seq, sealed)
	if err != nil {
		return "", err
	}
	var note journal.NotePart
	return note.Text, part.Into(&note)
}

// OtherSupervisor says whether a supervisor other than this one works here.
func (s *Store) OtherSupervisor(ctx context.Context, operator string) (bool, error) {
	var n int
	err := s.r.row(ctx, `SELECT count(*) FROM operators WHERE role = ? AND removed IS NULL AND id <> ?`, app.RoleSupervisor, operator).Scan(&n)
	return n > 0, failed("kiosk.OtherSupervisor", err)
}

// workLists are what the lists hold. A sponsor's list is completed at the handover, and does not stand
// among what is incomplete at the counter.
var workLists = map[app.WorkList]string{
	app.WorkIncomplete: `r.lacks <> 0 AND r.state IN ('captured', 'needs_review', 'accepted') AND r.scope = x'0000000000000001'`,
	app.WorkReview:     `r.state = 'needs_review' AND r.sent_back = ''`,
	app.WorkSentBack:   `r.state = 'needs_review' AND r.sent_back <> ''`,
}

// WorkList lists registrations that wait for somebody, oldest first, behind a registration: those of
// one operator, or of everybody with "".
func (s *Store) WorkList(ctx context.Context, list app.WorkList, operator string, after uint64, limit int) ([]app.Registration, error) {
	rows, err := s.r.rows(ctx, selectRegistrations+` WHERE `+workLists[list]+` AND (?1 = '' OR r.operator = ?1) AND r.seq > ?2 ORDER BY r.seq LIMIT ?3`, operator, after, limit)
	if err != nil {
		return nil, failed("kiosk.WorkList", err)
	}
	all, err := collect("kiosk.WorkList", rows, s.registrationOf)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Review.Note, err = s.reviewNote(ctx, all[i]); err != nil {
			return nil, failed("kiosk.WorkList", err)
		}
	}
	return all, nil
}

// WorkCounts counts the lists, of one operator or of everybody with "". No record is opened for it.
func (s *Store) WorkCounts(ctx context.Context, operator string) (map[app.WorkList]int, error) {
	counts := map[app.WorkList]int{}
	for list, where := range workLists {
		var n int
		if err := s.r.row(ctx, `SELECT count(*) FROM registrations r WHERE `+where+` AND (?1 = '' OR r.operator = ?1)`, operator).Scan(&n); err != nil {
			return nil, failed("kiosk.WorkCounts", err)
		}
		counts[list] = n
	}
	return counts, nil
}
