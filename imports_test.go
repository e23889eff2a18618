// Package hearsay holds the test of the project's rooms: which package may
// import which.
package hearsay

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// room is what a folder's packages may import of this module and beyond it.
type room struct {
	own      []string // folders of this module; a trailing /... takes those below along
	standard bool     // nothing but the standard library beside them
}

// rooms is the table of docs/design.md. The longest matching folder counts.
var rooms = map[string]room{
	"":                   {},
	"cmd":                {own: []string{"..."}},
	"ingest":             {own: []string{"ingest/news", "ingest/reader", "ingest/syntax", "ingest/entity", "ingest/proposition", "ingest/claim"}},
	"ingest/news":        {standard: true},
	"ingest/reader":      {own: []string{"ingest/news"}},
	"ingest/syntax":      {own: []string{"ingest/news", "ingest/syntax/..."}},
	"ingest/entity":      {own: []string{"ingest/news", "ingest/entity/...", "ingest/syntax/nn"}},
	"ingest/proposition": {own: []string{"ingest/news"}},
	"ingest/claim":       {own: []string{"ingest/news"}},
	"ingest/eval":        {own: []string{"ingest/..."}},
	"graph":              {own: []string{"graph/...", "ingest/news", "queries"}},
	"queries":            {standard: true},
	"seeds":              {standard: true},
}

func TestImports(t *testing.T) {
	checked := 0
	err := filepath.WalkDir(".", func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == "testdata" || e.Name() == "node_modules" || len(e.Name()) > 1 && e.Name()[0] == '.') {
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		checked++
		dir := path.Dir(filepath.ToSlash(file))
		for _, imp := range f.Imports {
			name, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			if why := forbidden(dir, name, f.Name.Name == "main", strings.HasSuffix(file, "_test.go")); why != "" {
				t.Errorf("%s imports %s: %s", file, name, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if checked < 50 {
		t.Errorf("only %d files were checked", checked)
	}
}

// forbidden says why a package in dir may not import name, "" where it may.
// Tests and programs may import any room, but only graph knows Cayley.
func forbidden(dir, name string, program, test bool) string {
	own, local := strings.CutPrefix(name, "hearsay/")
	if strings.HasPrefix(name, "github.com/cayleygraph/") && !within(dir, "graph") {
		return "only graph imports Cayley"
	}
	if strings.HasPrefix(own, "cmd/") && local {
		return "nothing imports a command"
	}
	if test || program {
		return ""
	}
	r := rooms[longest(dir)]
	if local {
		for _, may := range r.own {
			below, all := strings.CutSuffix(may, "...")
			if own == may || all && (within(own, strings.TrimSuffix(below, "/")) || below == "") {
				return ""
			}
		}
		return "that room is not among those it may import"
	}
	if first, _, _ := strings.Cut(name, "/"); r.standard && strings.Contains(first, ".") {
		return "this room needs nothing but the standard library"
	}
	return ""
}

func within(dir, root string) bool { return dir == root || strings.HasPrefix(dir, root+"/") }

func longest(dir string) string {
	for d := dir; d != "."; d = path.Dir(d) {
		if _, ok := rooms[d]; ok {
			return d
		}
	}
	return ""
}

func TestForbidden(t *testing.T) {
	for _, tt := range []struct {
		dir, name string
		want      bool
	}{
		{"ingest/claim", "hearsay/ingest/news", false},
		{"ingest/claim", "hearsay/ingest/syntax", true},
		{"ingest/claim", "hearsay/graph", true},
		{"ingest/news", "golang.org/x/text/unicode/norm", true},
		{"ingest/news", "encoding/json", false},
		{"ingest/entity", "hearsay/ingest/syntax/nn", false},
		{"ingest/eval", "hearsay/ingest/syntax/nn", false},
		{"graph/web", "hearsay/graph", false},
		{"graph/web", "hearsay/ingest/claim", true},
		{"graph", "hearsay/queries", false},
		{"graph", "hearsay/cmd/hearsay", true},
		{"cmd/hearsay", "hearsay/graph/web", false},
		{"cmd/hearsay", "github.com/cayleygraph/quad", true},
		{"graph", "github.com/cayleygraph/quad", false},
	} {
		if got := forbidden(tt.dir, tt.name, false, false) != ""; got != tt.want {
			t.Errorf("%s imports %s: forbidden is %v, want %v", tt.dir, tt.name, got, tt.want)
		}
	}
}
