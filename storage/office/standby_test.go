package office_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"loket/app/office/books"
	"loket/storage/office"
	"loket/storage/storagetest/officesuite"
)

// These tests start a PostgreSQL and its synchronous standby, and kill them: LOKET_POSTGRES=1 asks for it.
func TestStandbyDownNoAnswer(t *testing.T) {
	officesuite.NothingWithoutStandby(t, startPair(t).pair())
}

func TestStandbyLeadsWithEveryReceiptedBatch(t *testing.T) {
	officesuite.WhatWasReceiptedStays(t, startPair(t).pair())
}

func TestStandbyLeadsAfterARequestInVain(t *testing.T) {
	officesuite.InVainAndGone(t, startPair(t).pair())
}

// Several programs may start at once on a database in which nothing is.
func TestPostgresManyStartAtOnce(t *testing.T) {
	server := postgresServer(t)
	for round := range 5 {
		name := fmt.Sprintf("loket_many_%d_%d", os.Getpid(), round)
		ask(t, server, "CREATE DATABASE "+name)
		var starts sync.WaitGroup
		for range 6 {
			starts.Go(func() {
				s, err := office.OpenPostgres(t.Context(), strings.Replace(server, "/postgres?", "/"+name+"?", 1), nil, books.Policy{})
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		starts.Wait()
	}
}

// servers are two PostgreSQL servers of one cluster.
type servers struct {
	bin, dir            string
	first, second       int // ports
	firstData, nextData string
	up                  bool // the standby
}

func startPair(t *testing.T) *servers {
	t.Helper()
	if os.Getenv("LOKET_POSTGRES") == "" {
		t.Skip("LOKET_POSTGRES=1 starts servers for this")
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/pg_ctl")
	if err != nil || len(found) == 0 {
		t.Fatal("no PostgreSQL on this computer: apt-get install postgresql-15")
	}
	dir, err := os.MkdirTemp("", "loket-pair-") // t.TempDir is closed to other users
	need(t, err)
	t.Cleanup(func() { need(t, os.RemoveAll(dir)) })
	need(t, os.Chmod(dir, 0o777))
	s := &servers{
		bin: filepath.Dir(found[len(found)-1]), dir: dir, first: freePort(t), second: freePort(t),
		firstData: filepath.Join(dir, "first"), nextData: filepath.Join(dir, "second"),
	}
	asPostgres(t, filepath.Join(s.bin, "initdb"), "-D", s.firstData, "-A", "trust", "-U", "postgres", "-N")
	s.start(t, s.firstData, s.first)
	t.Cleanup(func() { s.end(t, s.firstData) })
	asPostgres(t, filepath.Join(s.bin, "pg_basebackup"), "-h", "127.0.0.1", "-p", fmt.Sprint(s.first), "-U", "postgres", "-D", s.nextData, "-R", "-X", "stream", "-c", "fast")
	s.startStandby(t)
	t.Cleanup(func() { s.end(t, s.nextData) })
	ask(t, s.address("postgres", s.first), "ALTER SYSTEM SET synchronous_standby_names = '*'")
	ask(t, s.address("postgres", s.first), "SELECT pg_reload_conf()")
	s.synchronous(t)
	return s
}

func (s *servers) address(database string, ports ...int) string {
	hosts := ""
	for _, p := range ports {
		hosts += fmt.Sprintf(",127.0.0.1:%d", p)
	}
	return "postgres://postgres@" + hosts[1:] + "/" + database + "?sslmode=disable"
}

func (s *servers) start(t testing.TB, data string, port int) {
	asPostgres(t, filepath.Join(s.bin, "pg_ctl"), "-D", data, "-w", "-l", data+".log",
		"-o", fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c fsync=off -c wal_retrieve_retry_interval=200ms", port, s.dir), "start")
}

// end stops a server that may have been killed.
func (s *servers) end(t testing.TB, data string) {
	if _, err := os.Stat(filepath.Join(data, "postmaster.pid")); err == nil {
		asPostgres(t, filepath.Join(s.bin, "pg_ctl"), "-D", data, "-m", "immediate", "stop")
	}
}

func (s *servers) startStandby(t testing.TB) {
	s.start(t, s.nextData, s.second)
	s.up = true
}

// synchronous waits until commits wait for the standby and it follows.
func (s *servers) synchronous(t testing.TB) {
	for range 600 {
		if ask(t, s.address("postgres", s.first), "SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum') AND current_setting('synchronous_standby_names') = '*'") == "1" {
			return
		}
		<-time.After(50 * time.Millisecond) // there is nothing to be told by
	}
	t.Fatal("the standby does not follow")
}

func (s *servers) pair() officesuite.Pair {
	return officesuite.Pair{
		Open: func(t testing.TB, clerk books.Clerk, policy books.Policy) *office.Store {
			store, err := office.OpenPostgres(t.Context(), s.address("postgres", s.first, s.second), clerk, policy)
			need(t, err)
			store.Within(10*time.Second, time.Second)
			t.Cleanup(func() { need(t, store.Close()) })
			return store
		},
		StopStandby: func(t testing.TB) {
			asPostgres(t, filepath.Join(s.bin, "pg_ctl"), "-D", s.nextData, "-m", "fast", "-w", "stop")
			s.up = false
		},
		StartStandby: func(t testing.TB) {
			s.startStandby(t)
			s.synchronous(t)
		},
		CancelWaits: func(t testing.TB) int {
			n := 0
			_, err := fmt.Sscan(ask(t, s.address("postgres", s.first), "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"), &n)
			need(t, err)
			return n
		},
		Promote: func(t testing.TB) {
			s.end(t, s.firstData)
			if !s.up {
				s.startStandby(t)
			}
			asPostgres(t, filepath.Join(s.bin, "pg_ctl"), "-D", s.nextData, "-w", "promote")
		},
	}
}

// ask runs one statement on a connection of its own and says its first value.
func ask(t testing.TB, address, query string) string {
	t.Helper()
	db, err := sql.Open("pgx", address)
	need(t, err)
	var value sql.NullString
	err = db.QueryRowContext(t.Context(), query).Scan(&value)
	need(t, db.Close())
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		t.Fatalf("%s: %v", query, err)
	}
	return value.String
}
