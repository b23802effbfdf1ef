package post

import (
	"context"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office"
	"loket/app/sealed"
)

// news does what a genuine frame in its turn says, in one transaction with its feed.applied. A
// failure with a code of the post, the card or the journal means that the frame is of no use here.
func (a applying) news(ctx context.Context, f sealed.Frame, hash [32]byte, r *Applied) error {
	if !a.known.Before(f.Expires) && !fact(f.Kind) {
		return app.Fail(app.PostExpired)
	}
	switch f.Kind {
	case sealed.FrameReceipt:
		return a.receipt(ctx, f, hash)
	case sealed.FrameDecision:
		var d journal.DecisionBody
		return a.read(f, &d, func() error { return a.decisions(ctx, f, hash, []journal.DecisionBody{d}, r) })
	case sealed.FrameDecisions:
		var all []journal.DecisionBody
		return a.read(f, &all, func() error { return a.decisions(ctx, f, hash, all, r) })
	case sealed.FrameAnswer:
		var n journal.AnswerNews
		return a.read(f, &n, func() error { return a.store.ApplyAnswer(ctx, f, hash, n) })
	case sealed.FrameSendAgain:
		var w sealed.SendAgain
		return a.read(f, &w, func() error { return a.store.ApplySendAgain(ctx, f, hash, w.From) })
	case sealed.FrameLease:
		var l journal.LeaseBody
		return a.read(f, &l, func() error { return a.store.ApplyLease(ctx, f, hash, l) })
	case sealed.FrameSettings:
		var v sealed.Settings
		return a.read(f, &v, func() error { return a.store.ApplySettings(ctx, f, hash, v) })
	case sealed.FrameTrust:
		return a.trust(ctx, f, hash)
	case sealed.FrameStatus:
		return a.status(ctx, f, hash)
	case sealed.FrameLists:
		all, err := sealed.ParseAnnounced(f.Content)
		if err != nil {
			return err
		}
		return a.store.ApplyAnnounced(ctx, f, hash, all)
	case sealed.FrameRoots: // followed before
		return a.store.PassFrame(ctx, f, hash)
	case sealed.FrameRecall, sealed.FrameRemoval, sealed.FrameMessage:
		if _, err := a.atOnce(ctx, f); err != nil {
			return err
		}
		return a.store.PassFrame(ctx, f, hash)
	}
	return app.Fail(app.PostUnknownNews)
}

// fact says whether a kind tells what happened. It is true however late it comes, also on a computer
// whose clock runs years ahead; orders and lists go stale.
func fact(k sealed.FrameKind) bool {
	return k == sealed.FrameReceipt || k == sealed.FrameDecision || k == sealed.FrameDecisions || k == sealed.FrameAnswer
}

func (a applying) read(f sealed.Frame, body any, apply func() error) error {
	if err := cose.UnmarshalOpen(f.Content, body); err != nil {
		return err
	}
	return apply()
}

// receipt lets the light go down. The files leave the outbox after the store knows it, never before.
func (a applying) receipt(ctx context.Context, f sealed.Frame, hash [32]byte) error {
	r, err := sealed.ParseReceipt(f.Content, f.By)
	if err != nil {
		return err
	}
	if err := a.store.ApplyReceipt(ctx, f, hash, r); err != nil {
		return err
	}
	if f.Batch != 0 {
		return a.box.DropBatch(f.Batch)
	}
	return a.box.DropAttachment(r.Identity)
}

// decisions takes in what head office decided, of one registration or of a whole batch, all at once.
func (a applying) decisions(ctx context.Context, f sealed.Frame, hash [32]byte, all []journal.DecisionBody, r *Applied) error {
	if len(all) == 0 || len(all) > sealed.MaxDecisions {
		return app.Fail(app.PostMalformed)
	}
	if err := a.store.ApplyDecisions(ctx, f, hash, all); err != nil {
		return err
	}
	for _, d := range all {
		r.Registrations = append(r.Registrations, d.Registration())
	}
	return nil
}

// trust keeps a newer trust list. One that is not newer came out of turn before.
func (a applying) trust(ctx context.Context, f sealed.Frame, hash [32]byte) error {
	newer, err := a.newerTrust(ctx, f.Content)
	switch {
	case err != nil:
		return err
	case !newer:
		return a.store.PassFrame(ctx, f, hash)
	}
	return a.store.ApplyTrust(ctx, f, hash, f.Content)
}

func (a applying) newerTrust(ctx context.Context, list []byte) (bool, error) {
	judge, err := a.judgeOfLists(ctx)
	if err != nil {
		return false, err
	}
	next, err := card.JudgeTrust(list, judge)
	if err != nil {
		return false, err
	}
	have, err := a.store.Trust(ctx)
	if err != nil {
		return false, err
	}
	if len(have) == 0 {
		return true, nil
	}
	now, err := card.ParseTrust(have, judge.Roots)
	return err != nil || next.Newer(now), nil // a list that can be read no more is no hindrance
}

// judgeOfLists judges lists that arrive: by the highest epoch met in frames and in the lists at hand. A list
// of any kind that a higher epoch signed makes void what a lower one signs of another.
func (a applying) judgeOfLists(ctx context.Context) (office.Judge, error) {
	judge := a.judge
	have, err := a.store.Trust(ctx)
	if err != nil {
		return judge, err
	}
	if trust, err := card.ParseTrust(have, judge.Roots); err == nil {
		judge.Epoch = max(judge.Epoch, trust.Epoch)
	}
	lists, err := a.store.Statuses(ctx)
	for _, list := range lists {
		if status, err := card.ParseStatus(list, judge.Roots); err == nil {
			judge.Epoch = max(judge.Epoch, status.Epoch)
		}
	}
	return judge, err
}

func (a applying) status(ctx context.Context, f sealed.Frame, hash [32]byte) error {
	shard, newer, err := a.newerStatus(ctx, f.Content)
	switch {
	case err != nil:
		return err
	case !newer:
		return a.store.PassFrame(ctx, f, hash)
	}
	return a.store.ApplyStatus(ctx, f, hash, shard, f.Content)
}

func (a applying) newerStatus(ctx context.Context, list []byte) (shard uint32, newer bool, err error) {
	judge, err := a.judgeOfLists(ctx)
	if err != nil {
		return 0, false, err
	}
	next, err := card.JudgeStatus(list, judge)
	if err != nil {
		return 0, false, err
	}
	lists, err := a.store.Statuses(ctx)
	if err != nil {
		return 0, false, err
	}
	for _, list := range lists {
		have, err := card.ParseStatus(list, judge.Roots)
		if err == nil && have.Shard.Number == next.Shard.Number && !next.Newer(have) {
			return next.Shard.Number, false, nil
		}
	}
	return next.Shard.Number, true, nil
}
