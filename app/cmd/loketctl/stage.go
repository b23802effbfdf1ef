package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"loket/app"
)

// stage is a virtual display with the real window on it, played by real keys. It needs Xvfb and
// xdotool, which make run installs.
type stage struct {
	ctx      context.Context //nolint:containedctx // lives exactly as long as the play
	env      []string
	frame    string // what Xvfb shows, as a file in the form of xwd
	pictures string
	xvfb     *exec.Cmd
	program  *exec.Cmd
	width    int
	shots    int
	err      error // the first thing that went wrong; after it nothing is played
}

// openStage starts a display of a size and a program on it. What the program says goes into a log.
func openStage(ctx context.Context, size, pictures, log string, env []string, program ...string) (*stage, error) {
	for _, tool := range []string{"Xvfb", "xdotool", program[0]} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, &app.Error{Code: app.WindowUnavailable, Op: "tour.stage", Err: err}
		}
	}
	s := &stage{ctx: ctx, pictures: pictures}
	if _, err := fmt.Sscanf(size, "%dx", &s.width); err != nil {
		return nil, app.Wrap("tour.stage", app.Internal, err)
	}
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		return nil, app.Wrap("tour.stage", app.FileUnwritten, err)
	}
	frames, err := os.MkdirTemp("", "loket-stage-")
	if err != nil {
		return nil, app.Wrap("tour.stage", app.FileUnwritten, err)
	}
	s.frame = filepath.Join(frames, "Xvfb_screen0")
	number, err := s.openDisplay(size)
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	s.env = append(append(os.Environ(), env...), "DISPLAY=:"+number, "LIBGL_ALWAYS_SOFTWARE=1", "LANG=C.UTF-8")
	f, err := os.OpenFile(log, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, errors.Join(app.Wrap("tour.stage", app.FileUnwritten, err), s.close())
	}
	s.program = exec.CommandContext(ctx, program[0], program[1:]...) //nolint:gosec // our own window
	s.program.Env, s.program.Stdout, s.program.Stderr = s.env, f, f
	err = s.program.Start()
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, errors.Join(app.Wrap("tour.stage", app.FileUnread, err), s.close())
	}
	return s, nil
}

// openDisplay starts Xvfb, which chooses a free number and tells it.
func (s *stage) openDisplay(size string) (string, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return "", app.Wrap("tour.stage", app.Internal, err)
	}
	s.xvfb = exec.CommandContext(s.ctx, "Xvfb", "-displayfd", "3", "-screen", "0", size+"x24", "-fbdir", filepath.Dir(s.frame), "-nolisten", "tcp")
	s.xvfb.ExtraFiles = []*os.File{write}
	err = s.xvfb.Start()
	err = errors.Join(err, write.Close())
	if err != nil {
		return "", errors.Join(app.Wrap("tour.stage", app.WindowUnavailable, err), read.Close())
	}
	number, err := bufio.NewReader(read).ReadString('\n') // to the end of the line, else Xvfb dies writing it
	return strings.TrimSpace(number), app.Wrap("tour.stage", app.WindowUnavailable, errors.Join(err, read.Close()))
}

// close ends the window in order, then the display.
func (s *stage) close() error {
	var errs error
	for _, p := range []*exec.Cmd{s.program, s.xvfb} {
		if p == nil || p.Process == nil {
			continue
		}
		if err := p.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
			errs = errors.Join(errs, err)
		}
		var ended *exec.ExitError
		if err := p.Wait(); err != nil && !errors.As(err, &ended) {
			errs = errors.Join(errs, err)
		}
	}
	return app.Wrap("tour.stage", app.Internal, errors.Join(errs, os.RemoveAll(filepath.Dir(s.frame))))
}

func (s *stage) run(name string, args ...string) []byte {
	if s.err != nil {
		return nil
	}
	cmd := exec.CommandContext(s.ctx, name, args...) //nolint:gosec // the stage's own tools
	cmd.Env = s.env
	out, err := cmd.Output()
	if err != nil {
		s.err = &app.Error{Code: app.TourDiffers, Args: app.Args{"what": name}, Op: "tour.stage", Err: err}
	}
	return out
}

// act does something to the window and waits until the window has answered: first until the picture
// is another one, then until it stands still.
func (s *stage) act(play func()) {
	before := s.picture()
	play()
	for late := time.Now().Add(answerWithin); s.err == nil && time.Now().Before(late); time.Sleep(glance) {
		if differing(s.picture(), before) > cursorSize {
			break
		}
	}
	s.settle()
}

// picture is what the display shows now, four bytes a pixel. It costs a read of memory, so that
// looking often does not slow down what is looked at.
func (s *stage) picture() []byte {
	if s.err != nil {
		return nil
	}
	b, err := os.ReadFile(s.frame)
	if err == nil && len(b) < 100 {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		s.fail("Xvfb -fbdir", err)
		return nil
	}
	start := int(binary.BigEndian.Uint32(b) + 12*binary.BigEndian.Uint32(b[76:])) // header and colours
	if start > len(b) {
		s.fail("Xvfb -fbdir", io.ErrUnexpectedEOF)
		return nil
	}
	return b[start:]
}

// press plays keys or chords, one after another: "Tab", "ctrl+s", "F2".
func (s *stage) press(keys ...string) {
	for _, k := range keys {
		s.act(func() { s.run("xdotool", "key", k) })
	}
}

// write types a text as a keyboard would, then Enter.
func (s *stage) write(texts ...string) {
	for _, text := range texts {
		if text != "" {
			s.act(func() { s.run("xdotool", "type", "--delay", "15", "--", text) })
		}
		s.press("Return")
	}
}

// scan types a text in one fast burst ended by Enter, as a wedge scanner does.
func (s *stage) scan(text string) {
	s.act(func() {
		s.run("xdotool", "type", "--delay", "1", "--", text)
		s.run("xdotool", "key", "Return")
	})
	s.still(8) // the code is typed, judged and answered
}

// primary presses the one primary action of a screen, which stands in the upper right corner.
func (s *stage) primary() {
	s.act(func() {
		s.run("xdotool", "mousemove", fmt.Sprint(s.width-70), "40", "click", "1")
		s.run("xdotool", "mousemove", fmt.Sprint(s.width), "9999") // out of the picture
	})
}

// tab moves the keyboard n places on, or back.
func (s *stage) tab(n int) {
	key := "Tab"
	if n < 0 {
		key, n = "shift+Tab", -n
	}
	keys := append([]string{"key", "--delay", "40"}, slices.Repeat([]string{key}, n)...)
	s.act(func() { s.run("xdotool", keys...) })
}

// see plays and leaves a picture of what came of it, which must be another screen.
func (s *stage) see(name string, play func()) {
	before := s.picture()
	play()
	s.await(name, func() bool { return differing(s.picture(), before) >= screenSize })
	s.still(5) // what it lists has been read
	s.shot(name)
}

// seeKeys is see for keys alone.
func (s *stage) seeKeys(name string, keys ...string) { s.see(name, func() { s.press(keys...) }) }

// draw moves the pointer along a line with the button down: a signature.
func (s *stage) draw(points ...[2]int) {
	s.run("xdotool", "mousemove", fmt.Sprint(points[0][0]), fmt.Sprint(points[0][1]), "mousedown", "1")
	for _, p := range points[1:] {
		s.run("xdotool", "mousemove", fmt.Sprint(p[0]), fmt.Sprint(p[1]))
		time.Sleep(30 * time.Millisecond) // the pointer is seen once a frame
	}
	s.run("xdotool", "mouseup", "1")
	s.settle()
}

// shot leaves a picture.
func (s *stage) shot(name string) {
	s.settle()
	b := s.picture()
	if s.err != nil {
		return
	}
	img := image.NewRGBA(image.Rect(0, 0, s.width, len(b)/4/s.width))
	for i := 0; i+3 < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = b[i+2], b[i+1], b[i], 0xff
	}
	var out bytes.Buffer
	err := png.Encode(&out, img)
	if err == nil {
		err = os.WriteFile(filepath.Join(s.pictures, name+".png"), out.Bytes(), 0o644)
	}
	if err != nil {
		s.fail(name, err)
		return
	}
	s.shots++
}

const (
	stillFor     = 20 * time.Second // longest wait for a picture that stands still
	answerWithin = 3 * time.Second  // some keys change nothing in sight
	glance       = 100 * time.Millisecond
	cursorSize   = 600    // bytes that may differ: a cursor that blinks
	screenSize   = 60_000 // bytes that differ at least between two screens: more than a toast has
)

// settle waits until the picture stands still but for a blinking cursor: then the window has done
// what it was asked.
func (s *stage) settle() { s.still(2) }

// still waits for so many glances without a change.
func (s *stage) still(glances int) {
	before, same := s.picture(), 0
	for late := time.Now().Add(stillFor); s.err == nil && same < glances && time.Now().Before(late); {
		time.Sleep(glance)
		now := s.picture()
		if same++; differing(now, before) > cursorSize {
			same = 0
		}
		before = now
	}
}

// await waits for something outside the window that tells what the window has done: a file.
func (s *stage) await(what string, done func() bool) {
	late := time.Now().Add(stillFor)
	for s.err == nil && !done() {
		if time.Now().After(late) {
			s.fail(what, nil)
			return
		}
		time.Sleep(glance)
	}
	s.settle()
}

// bright says whether more than the empty display is to be seen.
func bright(picture []byte) bool {
	return len(picture)-bytes.Count(picture, []byte{0}) > len(picture)/2
}

func differing(a, b []byte) int {
	switch {
	case len(a) != len(b):
		return max(len(a), len(b))
	case bytes.Equal(a, b):
		return 0
	}
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}
