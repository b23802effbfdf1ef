package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cmd/people"
	"loket/app/region"
	"loket/app/vault"
	"loket/printing/document"
	"loket/printing/drawing"
	"loket/printing/pdf"
)

// The promises about printing.
const (
	bytesTarget    = 5200.0 // a card, both sides
	oneCoreTarget  = 1.8    // ms a card
	twoCoresTarget = 1.0    // ms a card
	memoryTarget   = 150.0  // MB
)

// benchPrint makes one file of many cards, from what is known of each person to the disk.
func benchPrint(_ context.Context, b *bench) ([]figure, error) {
	n := 500
	if b.quick {
		n = 20
	}
	cards, err := benchCards(n, b.now())
	if err != nil {
		return nil, err
	}
	each, frame, err := bytesOf(cards)
	if err != nil {
		return nil, err
	}
	code, err := codeAlone(cards)
	if err != nil {
		return nil, err
	}
	figures := []figure{figureOf("bytes", "bytes", bytesTarget, each, map[string]float64{"fonts": frame})}
	for _, m := range []struct {
		name   string
		cores  int
		target float64
	}{{"print1", 1, oneCoreTarget}, {"print2", 2, twoCoresTarget}} {
		if m.cores > runtime.NumCPU() {
			continue
		}
		took, err := b.printAll(cards, m.cores)
		if err != nil {
			return nil, err
		}
		detail := map[string]float64{"cards": float64(n), "all_ms": took, "code_ms": code}
		figures = append(figures, figureOf(m.name, "ms", m.target, took/float64(n), detail))
	}
	return append(figures, figureOf("memory", "MB", memoryTarget, peakMemory(), nil)), nil
}

// benchCards are signed cards of invented people.
func benchCards(n int, at time.Time) ([]document.Card, error) {
	crowd, key, today := people.New(2, app.DateOf(at)), vault.NewSigner(), app.DateOf(at)
	cards := make([]document.Card, 0, n)
	for i := range n {
		rec := crowd.WalkIn()
		c := document.Card{
			Name: card.PrintedName(rec.Person.Name), Member: app.MemberNumber("261330" + strconv.Itoa(68531+i)),
			Programmes: rec.Plan.Programmes, Serial: app.Serial(98412 + i), Generation: 1, Registered: today,
		}
		if village, ok := region.Load().Lookup(rec.Address.Village); ok {
			c.Village, c.District = village.Name, village.Parents[0]
		}
		signed, err := card.Sign(card.Claims{
			Issuer: "BPJSTK", IssuedAt: at.Truncate(time.Second), Expires: at.Truncate(time.Second).AddDate(5, 0, 0), Member: c.Member, Name: c.Name,
			Programmes: c.Programmes, Branch: "BALIKPAPAN", Serial: c.Serial, Generation: 1, Payer: card.PayerClassOf(rec.Plan.Payer),
		}, key)
		if err != nil {
			return nil, err
		}
		c.Code = card.CardCode(signed)
		if c.Text, err = card.URL("KARTU.CONTOH.ID", signed); err != nil {
			return nil, err
		}
		if c.Version, err = card.QRVersion(c.Text); err != nil {
			return nil, err
		}
		cards = append(cards, c)
	}
	return cards, nil
}

func writeCards(w io.Writer, cards []document.Card) error {
	var pages []drawing.Drawing
	for _, c := range cards {
		pages = append(pages, document.MemberCard(c)...)
	}
	return pdf.Write(w, pages, pdf.Options{Title: "bench"})
}

// bytesOf parts a file into what each card adds and what comes once: frame and fonts.
func bytesOf(cards []document.Card) (each, frame float64, err error) {
	var one, all bytes.Buffer
	if err := errors.Join(writeCards(&one, cards[:1]), writeCards(&all, cards)); err != nil {
		return 0, 0, err
	}
	each = float64(all.Len()-one.Len()) / float64(len(cards)-1)
	return each, float64(one.Len()) - each, nil
}

// codeAlone is what the QR library takes for one card: most of it, and out of our hands.
func codeAlone(cards []document.Card) (ms float64, err error) {
	var all []float64
	for _, c := range cards[:min(len(cards), 100)] {
		took, err := timed(func() error {
			_, err := drawing.QR{Text: c.Text, Version: c.Version}.Matrix()
			return err
		})
		if err != nil {
			return 0, err
		}
		all = append(all, took)
	}
	return median(all), nil
}

// printAll composes and writes one file with so many cores, to the disk.
func (b *bench) printAll(cards []document.Card, cores int) (ms float64, err error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	var all []float64
	for range b.runs(5) {
		took, err := timed(func() error {
			f, err := os.Create(filepath.Join(b.dir, "cards.pdf"))
			if err != nil {
				return app.Wrap("bench.print", app.FileUnwritten, err)
			}
			return errors.Join(writeCards(f, cards), f.Sync(), f.Close())
		})
		if err != nil {
			return 0, err
		}
		all = append(all, took)
	}
	return median(all), nil
}

// peakMemory is the most that this process ever held, in MB: what the system counted where it
// tells (Linux), else what Go's runtime asked for.
func peakMemory() float64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	asked := float64(m.Sys) / 1e6
	if runtime.GOOS != "linux" {
		return asked
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return asked
	}
	if most := mostResident(status); most > 0 {
		return most
	}
	return asked
}

// mostResident reads from a process's status on Linux the most memory that it ever held, in MB; 0 where
// it does not say.
func mostResident(status []byte) float64 {
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kb, err := strconv.ParseFloat(fields[0], 64)
	if err != nil {
		return 0
	}
	return kb / 1000
}
