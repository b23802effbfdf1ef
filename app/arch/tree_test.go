package arch

import (
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// readTree reads who uses what from the sources below root: every file that some build takes in,
// whatever the system, but no tests.
func readTree(root string) (graph, error) {
	g := graph{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipFolder(root, file, d.Name())
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		uses, err := readFile(file)
		if err != nil || uses == nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(folder)
		if pkg == "." {
			pkg = "main"
		}
		g[pkg] = append(g[pkg], uses...)
		return nil
	})
	return g, err
}

// skipFolder leaves out what the go command leaves out too, and what make writes.
func skipFolder(root, folder, name string) error {
	hidden := strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
	if folder != root && (hidden || slices.Contains([]string{"testdata", "out", "bin", "vendor"}, name)) {
		return fs.SkipDir
	}
	return nil
}

// readFile lists the imports, calls and go statements of one file; nil when no build takes it in.
func readFile(file string) ([]string, error) {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	if !built(f) {
		return nil, nil
	}
	uses := []string{}
	names := map[string]string{}
	for _, spec := range f.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		uses = append(uses, imported)
		names[localName(spec, imported)] = imported
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			uses = append(uses, "#go")
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && names[x.Name] != "" {
				uses = append(uses, names[x.Name]+"#"+n.Sel.Name)
			}
		}
		return true
	})
	slices.Sort(uses)
	return slices.Compact(uses), nil
}

// localName is the name by which a file speaks of an import.
func localName(spec *ast.ImportSpec, imported string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	name := path.Base(imported)
	if len(name) > 1 && name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" {
		return path.Base(path.Dir(imported))
	}
	return name
}

// built says whether any system's build takes the file in. A tag that no build of ours sets
// (ignore, say) keeps a file out.
func built(f *ast.File) bool {
	for _, group := range f.Comments {
		for _, c := range group.List {
			if group.Pos() > f.Package || !constraint.IsGoBuild(c.Text) {
				continue
			}
			expr, err := constraint.Parse(c.Text)
			if err != nil {
				return true // a line that we cannot read hides nothing
			}
			return satisfiable(expr)
		}
	}
	return true
}

func satisfiable(expr constraint.Expr) bool {
	systems := []string{"linux", "windows", "darwin"}
	return slices.ContainsFunc(systems, func(system string) bool {
		return slices.ContainsFunc([]bool{false, true}, func(free bool) bool {
			return expr.Eval(func(tag string) bool {
				switch tag {
				case system:
					return true
				case "unix":
					return system != "windows"
				case "cgo", "race", "practice":
					return free
				}
				return strings.HasPrefix(tag, "go1.")
			})
		})
	})
}
