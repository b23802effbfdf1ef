package kiosk

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
)

type mode string

const (
	writing mode = "writing"
	reading mode = "reading"
	frozen  mode = "frozen" // reading a file that nobody changes
)

// pool is a set of connections to the file, with the statements that were prepared on them.
type pool struct {
	db    *sql.DB
	stmts *sync.Map // query text -> *sql.Stmt
}

// openPool opens connections for one purpose. Every pragma stands in the address, so that each new
// connection has them.
func openPool(path string, m mode, connections int) (pool, error) {
	q := url.Values{}
	q.Add("_pragma", "busy_timeout(5000)")
	q.Add("_pragma", "foreign_keys(1)")
	q.Add("_pragma", "trusted_schema(0)")
	q.Add("_pragma", "cell_size_check(1)")
	if m == writing {
		q.Add("_pragma", "journal_mode(WAL)")
		q.Add("_pragma", "synchronous(FULL)")
		q.Add("_pragma", "secure_delete(1)")
		q.Add("_pragma", "cache_size(-16384)") // a large list's indexes: pages are not fetched twice in a commit
		q.Set("_txlock", "immediate")
	} else {
		q.Add("_pragma", "query_only(1)")
		q.Set("mode", "ro")
	}
	if m == frozen {
		q.Set("immutable", "1")
	}
	db, err := sql.Open("sqlite", address(path)+"?"+q.Encode())
	if err != nil {
		return pool{}, failed("kiosk.openPool", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return pool{db, new(sync.Map)}, nil
}

// address is the file as SQLite wants it in a URI, on Windows too.
func address(path string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") && strings.Contains(p, ":") {
		p = "/" + p // C:/Users/... -> /C:/Users/...
	}
	return "file:" + (&url.URL{Path: p}).EscapedPath()
}

// prepared is the statement of a query, prepared once. It must not be called while the only
// connection is in a transaction.
func (p pool) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if st, ok := p.stmts.Load(query); ok {
		return st.(*sql.Stmt), nil
	}
	st, err := p.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if first, loaded := p.stmts.LoadOrStore(query, st); loaded {
		return first.(*sql.Stmt), st.Close()
	}
	return st, nil
}

func (p pool) rows(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	st, err := p.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

// row asks for one row; what goes wrong shows at Scan.
func (p pool) row(ctx context.Context, query string, args ...any) *sql.Row {
	st, err := p.prepared(ctx, query)
	if err != nil {
		return p.db.QueryRowContext(ctx, query, args...)
	}
	return st.QueryRowContext(ctx, args...)
}

func (p pool) close() error {
	if p.db == nil {
		return nil
	}
	return p.db.Close()
}
