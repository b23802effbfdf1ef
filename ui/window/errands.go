package window

import (
	"context"
	"image"

	"loket/app"
	"loket/ui/screens/kartu"
	"loket/ui/screens/kirim"
)

// previewDPI draws a card sharp enough for a large screen.
const previewDPI = 200

func (w *Window) preview(ctx context.Context, serial app.Serial) (front, back image.Image, err error) {
	f, err := w.kiosk.Issuing.Face(ctx, serial)
	if err != nil {
		return nil, nil, err
	}
	return w.kiosk.Paper.Preview(f, previewDPI)
}

func (w *Window) printer(ctx context.Context) (kartu.Printer, error) {
	dir, err := w.kiosk.Paper.Folder(ctx)
	return kartu.Printer{Key: "print.state.folder", Where: dir}, err
}

func (w *Window) enrol(ctx context.Context, token string) error {
	if _, err := w.kiosk.Post.Welcome(ctx, token); err != nil {
		return err
	}
	_, err := w.kiosk.Post.EnrolNow(ctx, w.kiosk.Life.Session().Keys)
	return err
}

func (w *Window) export(ctx context.Context, dir string) (kirim.Carried, error) {
	batches, attachments, err := w.kiosk.Stick.Export(ctx, dir)
	return kirim.Carried{Batches: batches, Attachments: attachments}, err
}

func (w *Window) take(ctx context.Context, dir string) (kirim.Carried, error) {
	before, err := w.kiosk.Post.State(ctx)
	if err != nil {
		return kirim.Carried{}, err
	}
	frames, err := w.kiosk.Stick.Import(ctx, dir)
	if err != nil {
		return kirim.Carried{Frames: frames}, err
	}
	after, err := w.kiosk.Post.State(ctx)
	return kirim.Carried{Frames: frames, Applied: int(after.News - before.News)}, err
}
