package carrier

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"loket/app"
	"loket/app/sealed"
)

// Counter is head office's end of a stick.
type Counter interface {
	Post
	Shelf(ctx context.Context, chain app.Chain) ([][32]byte, error)     // every published object in force
	Applied(ctx context.Context, chain app.Chain) (sealed.Place, error) // the last frame that the life's own journal says it has applied
}

// Served carries a stick's post to head office's intake and writes the answers beside it: the same
// exchange as over the line, at the other end of the stick. It says how many batches and attachments
// were taken. What cannot be taken keeps the others and the news waiting for nothing: stick.refused
// counts such files and names the first at the end.
func Served(ctx context.Context, stick string, office Counter) (int, error) {
	root := filepath.Join(stick, "loket")
	if !isFolder(root) {
		return 0, app.Fail(app.StickForeign)
	}
	folders, err := os.ReadDir(root)
	if err != nil {
		return 0, app.Wrap("carrier.Served", app.FileUnread, err)
	}
	done := 0
	var refused refusals
	for _, f := range folders {
		chain, ok := parseChain(f.Name())
		if !ok || !f.IsDir() {
			continue
		}
		s := serving{ctx, filepath.Join(root, f.Name()), f.Name(), chain, office, &refused}
		n, err := s.folder()
		done += n
		if err != nil {
			return done, err
		}
	}
	return done, refused.err()
}

// isFolder says whether a path is a folder itself, not a link to one.
func isFolder(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir()
}

// serving is the folder of one kiosk on a stick.
type serving struct {
	ctx     context.Context //nolint:containedctx // lives exactly as long as one call of Served
	dir     string
	name    string // of the folder on the stick
	chain   app.Chain
	office  Counter
	refused *refusals
}

func (s serving) folder() (done int, err error) {
	if err := s.note(stickRequest, s.request()); err != nil {
		return 0, err
	}
	done, err = s.files(s.dir, ".batch", sealed.MaxBatch, s.batch)
	if err != nil {
		return done, err
	}
	if att := filepath.Join(s.dir, "att"); isFolder(att) {
		n, err := s.files(att, ".att", sealed.MaxAttachment, s.attachment)
		done += n
		if err != nil {
			return done, err
		}
	}
	if err := s.note("", s.news()); err != nil {
		return done, err
	}
	return done, s.note(stickObjects, s.shelf())
}

// note counts a file that could not be used, and gives back what is head office's own trouble or the
// end of the work.
func (s serving) note(name string, err error) error {
	if code := app.CodeOf(err); code == app.Cancelled || code == app.FileFull || code == app.FileUnwritten || code == app.LineDown {
		return err
	}
	s.refused.note(s.name+"/"+name, err)
	return nil
}

func (s serving) request() error {
	request, err := readPaper(filepath.Join(s.dir, stickRequest))
	if err != nil || request == nil {
		return err
	}
	answer, err := s.office.Enrol(s.ctx, request)
	if err != nil {
		return err
	}
	return writeStick(filepath.Join(s.dir, stickAnswer), answer)
}

func (s serving) batch(e os.DirEntry, file []byte) (bool, error) {
	number, ok := stickNumber(e, ".batch")
	if !ok {
		return false, nil
	}
	_, err := s.office.PutBatches(s.ctx, s.chain, number, [][]byte{file})
	return err == nil, err
}

func (s serving) attachment(e os.DirEntry, file []byte) (bool, error) {
	hash, err := hex.DecodeString(strings.TrimSuffix(e.Name(), ".att"))
	if err != nil || len(hash) != 32 {
		return false, nil
	}
	_, err = s.office.PutAttachment(s.ctx, s.chain, [32]byte(hash), file)
	return err == nil, err
}

// files hands over the regular files of a folder that have the suffix, in the order of their names.
func (s serving) files(dir, suffix string, limit int64, take func(os.DirEntry, []byte) (bool, error)) (done int, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0, app.Wrap("carrier.Served", app.FileUnread, err)
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !strings.HasSuffix(e.Name(), suffix) {
			continue
		}
		file, err := readBounded(filepath.Join(dir, e.Name()), limit)
		if err != nil {
			s.refused.note(s.name+"/"+e.Name(), err)
			continue
		}
		taken, err := take(e, file)
		if err := s.note(e.Name(), err); err != nil {
			return done, err
		}
		if taken {
			done++
		}
	}
	return done, nil
}

// news lays every frame on the stick that the kiosk has not fetched yet. Its inventory says which those are,
// but a stick is anybody's: where the life's own journal does not say the same, more is laid out.
func (s serving) news() error {
	var inv Inventory
	if b, err := readBounded(filepath.Join(s.dir, inventoryName), maxPaper); err == nil && json.Unmarshal(b, &inv) != nil {
		inv = Inventory{} // a spoiled inventory asks for everything again
	}
	applied, err := s.office.Applied(s.ctx, s.chain)
	if err != nil {
		return err
	}
	nonce, err := hex.DecodeString(inv.Time)
	if err != nil || len(nonce) != sealed.NonceSize {
		nonce = nil
	}
	after := sealed.Place{Epoch: max(inv.Epoch, 1), Number: inv.Cursor}
	if applied.Before(after) {
		after = applied
	}
	for {
		news, err := s.office.Feed(s.ctx, s.chain, Ask{after, nonce})
		if err != nil {
			return err
		}
		if len(news.Time) > 0 {
			if err := writeStick(filepath.Join(s.dir, stickTime), news.Time); err != nil {
				return err
			}
		}
		next := after
		for _, file := range news.Frames {
			out, err := sealed.PeekFrame(file)
			if err != nil {
				return err
			}
			if err := writeStick(filepath.Join(s.dir, out.Name()+".frame"), file); err != nil {
				return err
			}
			if next.Before(out.Place) {
				next = out.Place
			}
		}
		if next == after {
			return nil
		}
		after = next
	}
}

// parseChain reads the name of a kiosk's folder, and nothing that merely resembles one.
func parseChain(name string) (app.Chain, bool) {
	var kiosk, life int
	if n, err := fmt.Sscanf(name, "%5d-%2d", &kiosk, &life); err != nil || n != 2 || kiosk < 1 || kiosk > 99999 || life < 1 || life > 99 {
		return app.Chain{}, false
	}
	c := app.Chain{Kiosk: app.Kiosk(kiosk), Incarnation: app.Incarnation(life)}
	return c, c.String() == name
}
