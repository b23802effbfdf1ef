package office

import (
	"context"
	"embed"
	"io/fs"
	"math"
	"strings"

	"loket/app"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables up to this program's version. Each file is numbered by its place and
// runs in one transaction with its number, so of several programs that start at once one wins.
func (s *Store) migrate(ctx context.Context) error { return s.migrateTo(ctx, math.MaxInt) }

// migrateTo is migrate of the first so many steps: tables as a backup of an earlier version has them.
func (s *Store) migrateTo(ctx context.Context, most int) error {
	const op = "office.migrate"
	if err := s.engine.prepare(ctx, s.write); err != nil {
		return s.engine.failed(op, err)
	}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return app.Wrap(op, app.Internal, err)
	}
	var done int
	if err := s.write.QueryRowContext(ctx, "SELECT COALESCE(MAX(number), 0) FROM migrations").Scan(&done); err != nil {
		return s.engine.failed(op, err)
	}
	if done > len(names) {
		return app.Fail(app.OfficeStoreNewer)
	}
	for i, name := range names[:min(len(names), most)] {
		if err := s.step(ctx, i+1, name); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) step(ctx context.Context, number int, name string) error {
	script, err := fs.ReadFile(migrations, name)
	if err != nil {
		return app.Wrap("office.migrate", app.Internal, err)
	}
	return s.change(ctx, "office.migrate", app.SystemClock{}.Now(), func(t *tx) error {
		n, err := t.do("INSERT INTO migrations (number) VALUES ($1) ON CONFLICT (number) DO NOTHING", number)
		if err != nil || n == 0 {
			return err
		}
		for _, statement := range statements(string(script)) {
			if err := t.must(s.engine.ddl(statement)); err != nil {
				return err
			}
		}
		return nil
	})
}

// statements takes a script apart. A statement ends with a semicolon at the end of a line, be there spaces
// or a comment behind it. Comments are whole lines, or the end of one: they are left out, whatever stands in
// them, because the driver takes no statement that says nothing.
func statements(script string) (all []string) {
	var lines []string
	end := func() {
		if len(lines) > 0 {
			all = append(all, strings.Join(lines, "\n"))
		}
		lines = nil
	}
	for line := range strings.Lines(script) {
		line = strings.TrimRight(uncommented(line), " \t\r\n")
		line, ends := strings.CutSuffix(line, ";")
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
		if ends {
			end()
		}
	}
	end()
	return all
}

// uncommented is a line without what stands behind two dashes outside quotes.
func uncommented(line string) string {
	var quote byte
	for i := range len(line) {
		switch c := line[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case strings.HasPrefix(line[i:], "--"):
			return line[:i]
		}
	}
	return line
}
