#!/usr/bin/env bash
# modernc.org/sqlite v1.61.1 (SQLite 3.54.1), Go: a statement with many numbered parameters ($1, $2, ...)
# costs many times what the same statement with ? costs, and the difference grows with the square of their
# number.
#
# Valid input: one INSERT of 96 rows of 12 values, prepared once and executed again and again in one
# transaction. Only the way in which its 1,152 parameters are written differs.
# Why: before each execution the driver asks SQLite for the name of every parameter; a named one is found by
# walking a list of all names, an unnamed one has no name to look for.
#
# Seen on 2026-11-28 (two cores): "?: 0.19 ms   $n: 5.3 ms   28 times". Expected of two spellings of one
# statement: about once. This script fails when $n costs less than 4 times what ? costs.
set -eu
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat >go.mod <<'MOD'
module finding

go 1.26

require modernc.org/sqlite v1.61.1
MOD
cat >main.go <<'GO'
package main

import (
	"database/sql"
	"fmt"
	"os"
	"strings"
	"time"

	_ "modernc.org/sqlite"
)

const rows, columns, runs = 96, 12, 60

func main() {
	plain := measure(func(int) string { return "?" })
	numbered := measure(func(n int) string { return fmt.Sprintf("$%d", n) })
	times := float64(numbered) / float64(plain)
	fmt.Printf("?: %.2g ms   $n: %.2g ms   %.0f times\n", ms(plain), ms(numbered), times)
	if times < 4 {
		fmt.Println("changed: numbered parameters are no longer slow")
		os.Exit(1)
	}
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 / runs }

func measure(name func(int) string) time.Duration {
	db, err := sql.Open("sqlite", ":memory:")
	must(err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	_, err = db.Exec("CREATE TABLE t (a, b, c, d, e, f, g, h, i, j, k, l)")
	must(err)
	var lines []string
	var args []any
	for range rows {
		var names []string
		for range columns {
			args = append(args, int64(len(args)))
			names = append(names, name(len(args)))
		}
		lines = append(lines, "("+strings.Join(names, ",")+")")
	}
	tx, err := db.Begin()
	must(err)
	insert, err := tx.Prepare("INSERT INTO t VALUES " + strings.Join(lines, ","))
	must(err)
	begin := time.Now()
	for range runs {
		_, err := insert.Exec(args...)
		must(err)
	}
	took := time.Since(begin)
	must(tx.Commit())
	return took
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
GO
export GOFLAGS=-mod=mod GOWORK=off CGO_ENABLED=0
go mod edit -replace github.com/google/pprof=github.com/google/pprof@v0.0.0-20260802141513-ef3492d7dac3
go mod tidy >/dev/null 2>tidy.log || { cat tidy.log >&2; exit 2; }
go run .
