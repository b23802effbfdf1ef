package office_test

import (
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"loket/app"
	"loket/app/office/books"
	"loket/storage/office"
	"loket/storage/storagetest/officesuite"
)

// TestPostgresKeepsTheBooks runs the same suite on a real PostgreSQL: the one that
// LOKET_TEST_POSTGRES names, else one of its own where the programs are installed.
func TestPostgresKeepsTheBooks(t *testing.T) {
	officesuite.Office(t, openPostgres(postgresServer(t)))
}

// openPostgres makes a database of its own for each test.
func openPostgres(server string) officesuite.OpenOffice {
	var n atomic.Int64
	return func(t testing.TB, clerk books.Clerk, policy books.Policy) *office.Store {
		name := fmt.Sprintf("loket_test_%d_%d", os.Getpid(), n.Add(1))
		admin, err := sql.Open("pgx", server)
		need(t, err)
		_, err = admin.ExecContext(t.Context(), "CREATE DATABASE "+name)
		need(t, errors.Join(err, admin.Close()))
		s, err := office.OpenPostgres(t.Context(), strings.Replace(server, "/postgres?", "/"+name+"?", 1), clerk, policy)
		need(t, err)
		t.Cleanup(func() { need(t, s.Close()) })
		return s
	}
}

func TestAPostgresThatIsNotThere(t *testing.T) {
	_, err := office.OpenPostgres(t.Context(), "postgres://nobody@127.0.0.1:1/postgres?sslmode=disable&connect_timeout=2", nil, books.Policy{})
	if app.CodeOf(err) != app.OfficeStoreUnreached {
		t.Error(err)
	}
}

// Who we are, or which database, is another sentence than a server that is not there.
func TestAPostgresThatRefuses(t *testing.T) {
	server := postgresServer(t)
	for _, address := range []string{
		strings.Replace(server, "postgres@", "somebody@", 1),
		strings.Replace(server, "/postgres?", "/no_such_books?", 1),
	} {
		if _, err := office.OpenPostgres(t.Context(), address, nil, books.Policy{}); app.CodeOf(err) != app.OfficeStoreRefused {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// postgresServer is the address of a server, with "/postgres?" in it.
func postgresServer(t testing.TB) string {
	t.Helper()
	if address := os.Getenv("LOKET_TEST_POSTGRES"); address != "" {
		return address
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/pg_ctl")
	if err != nil || len(found) == 0 {
		t.Skip("no PostgreSQL on this computer")
	}
	bin := filepath.Dir(found[len(found)-1])
	dir, err := os.MkdirTemp("", "loket-postgres-") // t.TempDir is closed to other users
	need(t, err)
	t.Cleanup(func() { need(t, os.RemoveAll(dir)) })
	need(t, os.Chmod(dir, 0o777))
	port := freePort(t)
	data := filepath.Join(dir, "data")
	asPostgres(t, filepath.Join(bin, "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-N")
	asPostgres(t, filepath.Join(bin, "pg_ctl"), "-D", data, "-w", "-l", filepath.Join(dir, "log"),
		"-o", fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c fsync=off", port, dir), "start")
	t.Cleanup(func() { asPostgres(t, filepath.Join(bin, "pg_ctl"), "-D", data, "-m", "immediate", "stop") })
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port)
}

// asPostgres runs a program as the user that PostgreSQL wants when we are root.
func asPostgres(t testing.TB, program string, args ...string) {
	t.Helper()
	cmd := exec.Command(program, args...)
	if os.Getuid() == 0 {
		cmd = exec.Command("runuser", append([]string{"-u", "postgres", "--", program}, args...)...)
	}
	cmd.Dir = "/"
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(program), err, out)
	}
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	need(t, err)
	port := l.Addr().(*net.TCPAddr).Port
	need(t, l.Close())
	return port
}

func need(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
