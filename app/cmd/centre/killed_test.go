package centre_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/app/office/books"
	"loket/app/sealed"
	"loket/storage/storagetest/officesuite"
)

const (
	serveData   = "LOKET_TEST_SERVE"
	serveKiosks = "LOKET_TEST_KIOSKS"
)

// TestMain makes the test's own program the server that the test kills.
func TestMain(m *testing.M) {
	if data := os.Getenv(serveData); data != "" {
		c, err := centre.Start(context.Background(), centre.Options{Data: data, Listen: "127.0.0.1:0", KioskListen: os.Getenv(serveKiosks), Practice: true})
		if err != nil {
			fmt.Println("failed", err)
			os.Exit(3)
		}
		fmt.Println("ready", c.KioskAddress)
		select {} // until it is killed
	}
	os.Exit(m.Run())
}

type process struct {
	cmd     *exec.Cmd
	address string
}

func serve(t *testing.T, data, kiosks string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), serveData+"="+data, serveKiosks+"="+kiosks)
	out, err := cmd.StdoutPipe()
	need(t, err)
	need(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	need(t, err)
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "ready ")
	if !ok {
		t.Fatal(line)
	}
	return &process{cmd, address}
}

func (p *process) kill(t *testing.T) {
	t.Helper()
	need(t, p.cmd.Process.Kill())
	var ended *exec.ExitError
	if err := p.cmd.Wait(); err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
}

// A server killed again and again, without a word, loses nothing that it receipted and takes
// nothing twice: a sender that repeats until it has every receipt ends with every registration at
// head office exactly once.
func TestKilledAtAnyPoint(t *testing.T) {
	data := t.TempDir()
	server := serve(t, data, "127.0.0.1:0")
	kiosk, line := enrol(t, data, server.address)
	const batches = 24
	var files [][]byte
	for n := range batches {
		kiosk.Register(t, officesuite.Person(n), "", "")
		raw, err := kiosk.Seal(t).Seal(line.hpke)
		need(t, err)
		files = append(files, raw)
	}
	receipts := map[int]string{}
	for round := 0; len(receipts) < batches; round++ {
		if round > 40 {
			t.Fatal("no progress", len(receipts))
		}
		killer := time.AfterFunc(time.Duration(5+7*round)*time.Millisecond, func() {
			if err := server.cmd.Process.Kill(); err != nil {
				return // it has ended by itself
			}
		})
		for n := 0; n < batches; n++ {
			answer, err := line.PutBatches(t.Context(), kiosk.Chain, uint64(n+1), files[n:n+1])
			if err != nil {
				break
			}
			if before := receipts[n]; before != "" && before != string(answer[0]) {
				t.Fatalf("batch %d has another receipt after a kill", n+1)
			}
			receipts[n] = string(answer[0])
		}
		killer.Stop()
		server.kill(t)
		line.Close()
		server = serve(t, data, strings.TrimPrefix(server.address, "https://"))
	}
	server.kill(t)
	head, err := centre.Open(t.Context(), centre.Options{Data: data})
	need(t, err)
	f, err := head.Store.Figures(t.Context(), time.Time{}, time.Time{})
	need(t, errors.Join(err, head.Store.CheckOwnJournal(t.Context(), head.Keys.OfficeKey()), head.Stop(context.Background())))
	if f.Accepted != batches || f.Alarms != 0 || f.Quarantined != 0 {
		t.Errorf("%+v", f)
	}
}

type wire struct {
	*carrier.Line
	hpke []byte
}

func enrol(t *testing.T, data, address string) (*officesuite.Kiosk, *wire) {
	t.Helper()
	head, err := centre.Open(t.Context(), centre.Options{Data: data}) // beside the running server
	need(t, err)
	token, err := head.Office.Invite(t.Context(), books.Guest{Kiosk: 417, BranchCode: "K06", BranchName: "Kantor Cabang Contoh"}, head.Site.KioskAddress, "test")
	need(t, errors.Join(err, head.Stop(context.Background())))
	if token.Address != address {
		t.Error("the token names", token.Address)
	}
	kiosk := officesuite.NewKiosk(t, token.Chain, time.Now())
	line, err := carrier.NewLine(carrier.Office{Address: address, TLSPin: token.TLSPin[:], Kiosk: 417, Life: 1}, kiosk.Transport)
	need(t, err)
	t.Cleanup(line.Close)
	request := kiosk.Request(t, token.Secret)
	answer, err := line.Enrol(t.Context(), request)
	need(t, err)
	enrolled, err := sealed.OpenEnrolled(answer, request, kiosk.Chain, token.Roots)
	need(t, err)
	return kiosk, &wire{line, enrolled.By.HPKEKey}
}

func TestAnUnknownStoreIsRefused(t *testing.T) {
	_, err := centre.Open(t.Context(), centre.Options{Data: t.TempDir(), Store: "paper:shoebox"})
	if app.CodeOf(err) != app.OfficeStoreUnknown {
		t.Error(err)
	}
}

func need(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
