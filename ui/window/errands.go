package window

import (
	"context"
	"errors"
	"image"
	"os"
	"time"

	"loket/app"
	"loket/app/sealed"
	"loket/ui/screens/cek"
	"loket/ui/screens/kartu"
	"loket/ui/screens/kirim"
	"loket/ui/screens/pengaturan"
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

// setPrintFolder chooses where prints go, when something can be written there.
func (w *Window) setPrintFolder(ctx context.Context, dir string) error {
	if err := writable(dir); err != nil {
		return err
	}
	return w.kiosk.Paper.SetFolder(ctx, dir)
}

// writable tries a folder with a file that is taken away again.
func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return app.Wrap("window.writable", app.PrintFolderMissing, err)
	}
	f, err := os.CreateTemp(dir, ".loket-*")
	if err != nil {
		return app.Wrap("window.writable", app.PrintFolderReadOnly, err)
	}
	return app.Wrap("window.writable", app.PrintFolderReadOnly, errors.Join(f.Close(), os.Remove(f.Name())))
}

func (w *Window) enrol(ctx context.Context, token string) error {
	if _, err := w.kiosk.Post.Welcome(ctx, token); err != nil {
		return err
	}
	_, err := w.kiosk.Post.EnrolNow(ctx, w.kiosk.Life.Session().Keys)
	return err
}

// goOn lets the kiosk go on as its next life and asks head office for it. Without a line the carrier asks
// later: that is no failure.
func (w *Window) goOn(ctx context.Context, token string) error {
	s, err := w.kiosk.Life.NextLife(ctx, token)
	if err != nil {
		return err
	}
	_, err = w.kiosk.Post.EnrolNow(ctx, s.Keys)
	if app.CodeOf(err) == app.LineDown {
		return nil
	}
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
	return kirim.Carried{Frames: frames, Applied: between(before.News, after.News)}, err
}

// between counts the frames applied since a place; of a feed that began anew, those of its new epoch.
func between(before, after sealed.Place) int {
	if before.Epoch != after.Epoch {
		return int(after.Number)
	}
	return int(after.Number - before.Number)
}

// lists is how old the list of valid cards is, for the screen that answers by it.
func (w *Window) lists() cek.Lists {
	t := w.kiosk.Checking.Trust()
	if t == nil {
		return cek.Lists{}
	}
	return cek.Lists{Issued: t.Issued, Until: t.NextUpdate}
}

func (w *Window) trusted() time.Time { return w.lists().Issued }

func (w *Window) about(ctx context.Context) (pengaturan.About, error) {
	a := w.kiosk.About
	keys, err := w.kiosk.Door.KeysWait(ctx)
	return pengaturan.About{
		Version: a.Version, Kiosk: a.Chain().String(), Office: a.Settings().BranchName, Data: a.Dir, Trust: w.trusted(),
		Keys: keys,
	}, err
}

func (w *Window) receipts(ctx context.Context) ([]kirim.Receipt, error) {
	last, err := w.kiosk.Post.Receipts(ctx)
	out := make([]kirim.Receipt, len(last))
	for i, r := range last {
		out[i] = kirim.Receipt{Batch: r.Batch, Entries: r.Entries, At: r.At}
	}
	return out, err
}
