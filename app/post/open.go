package post

import (
	"context"

	"loket/app"
	"loket/app/cose"
	"loket/app/sealed"
)

// ApplyOpen does, before anybody has signed in, what must not wait: newer lists, a recall,
// the removal of an operator. The frames stay in the inbox and take their turn later, which changes
// nothing more.
func (p *Post) ApplyOpen(ctx context.Context) (Applied, error) {
	var r Applied
	if err := p.timeOf(ctx, &r); err != nil {
		return r, err
	}
	a, err := p.applying(ctx)
	if app.CodeOf(err) == app.PostNotEnrolled {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	places, err := a.box.Frames()
	if err != nil {
		return r, err
	}
	for _, place := range places {
		news, err := a.openNews(ctx, place)
		if err != nil {
			return r, err
		}
		if news {
			r.Frames++
		}
	}
	return r, a.takeLists(ctx, &r)
}

// openNews passes over whatever is not open, not genuine or stale: its turn will tell. Done says that
// something new was taken in.
func (a applying) openNews(ctx context.Context, place sealed.Place) (done bool, err error) {
	file, err := a.box.Frame(place)
	if err != nil {
		return false, nil //nolint:nilerr // as said
	}
	out, err := sealed.PeekFrame(file)
	if err != nil || !out.Kind.Open() {
		return false, nil //nolint:nilerr // as said
	}
	f, _, err := sealed.ProveFrame(file, a.store.Chain(), sealed.OpeningKey{}, a.judge)
	if err != nil || !a.known.Before(f.Expires) {
		return false, nil //nolint:nilerr // as said
	}
	if f.Kind == sealed.FrameRoots {
		return false, nil // followed before
	}
	if f.Kind == sealed.FrameLists {
		return a.openLists(ctx, f)
	}
	if f.Kind == sealed.FrameTrust {
		newer, err := a.newerTrust(ctx, f.Content)
		if err != nil || !newer {
			return false, nil //nolint:nilerr // as said
		}
		return true, a.store.PutTrust(ctx, f.Content)
	}
	done, err = a.atOnce(ctx, f)
	if err != nil && !ours(err) {
		return false, nil
	}
	return done, err
}

// atOnce does what may be done twice: once on arrival and once more in its turn. Done says that it
// was not done before.
func (a applying) atOnce(ctx context.Context, f sealed.Frame) (done bool, err error) {
	if f.Kind == sealed.FrameMessage {
		return true, a.store.PutSetting(ctx, settingMessage, f.Content)
	}
	var text string
	if err := cose.Unmarshal(f.Content, &text); err != nil {
		return false, err
	}
	if f.Kind == sealed.FrameRemoval {
		err := a.store.RemoveMember(ctx, app.Author{}, text)
		if app.CodeOf(err) == app.NotFound {
			return false, nil // gone already
		}
		return err == nil, err
	}
	before, err := a.store.Setting(ctx, settingRecall)
	if err != nil {
		return false, err
	}
	if err := a.store.PutSetting(ctx, settingRecall, []byte(text)); err != nil {
		return false, err
	}
	if text == "" { // lifted: authority comes with the settings that follow
		return len(before) > 0, nil
	}
	// Sign-in opens sending only from now on.
	return string(before) != text, a.store.PutAuthority(ctx, f.Issued)
}
