// Package queries holds the saved Gizmo queries, one .js file each, and reads
// their headers. It doesn't run them, and it knows nothing of any store: values
// of parameters are checked here and handed to the script as data.
package queries

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"sort"
	"strings"
)

//go:embed *.js
var builtin embed.FS

// Library is the script that every query can rely on: it defines the object hs,
// whose functions turn nodes into readable rows.
//
//go:embed lib/hs.js
var Library string

// Query is a saved query: its header, and the script.
type Query struct {
	Name        string
	Description string // one or more lines of plain text
	Params      []Param
	Columns     []string // the keys of its rows, in the order to show them
	Draws       bool     // its rows have source and target, for the Visualize page
	Examples    []Example
	Source      string // the whole file, header included
	File        string // where it was read from
	Builtin     bool
}

// Example is a set of parameter values that the query is worth trying with.
type Example map[string]string

// Summary is the first sentence of the description.
func (q *Query) Summary() string {
	text := strings.Join(strings.Fields(q.Description), " ")
	if i := strings.Index(text, ". "); i >= 0 {
		text = text[:i+1]
	}
	return text
}

// Param is the parameter of that name, or nil.
func (q *Query) Param(name string) *Param {
	for i := range q.Params {
		if q.Params[i].Name == name {
			return &q.Params[i]
		}
	}
	return nil
}

// Set is a collection of queries in order of their names. The zero Set is empty.
type Set struct{ list []*Query }

// All are the queries in order of their names.
func (s *Set) All() []*Query { return s.list }

// Names are the names of all queries, in order.
func (s *Set) Names() []string {
	names := make([]string, len(s.list))
	for i, q := range s.list {
		names[i] = q.Name
	}
	return names
}

// UnknownError says that there is no query, or no parameter, of a name.
type UnknownError struct {
	Kind  string   // "query" or "parameter"
	Name  string   // what was asked for
	Near  []string // similar names, the nearest first
	Known []string // all names there are
}

func (e *UnknownError) Error() string { return fmt.Sprintf("unknown %s %q", e.Kind, e.Name) }

// Hint is what the user might have meant.
func (e *UnknownError) Hint() string {
	switch {
	case len(e.Near) > 0:
		return "did you mean " + strings.Join(e.Near, " or ") + "?"
	case len(e.Known) == 0:
		return "there is none"
	}
	return "known: " + strings.Join(e.Known, ", ")
}

// Get is the query of that name, else an *UnknownError.
func (s *Set) Get(name string) (*Query, error) {
	i := sort.Search(len(s.list), func(i int) bool { return s.list[i].Name >= name })
	if i < len(s.list) && s.list[i].Name == name {
		return s.list[i], nil
	}
	return nil, &UnknownError{Kind: "query", Name: name, Near: Near(name, s.Names()), Known: s.Names()}
}

func (s *Set) add(q *Query) {
	i := sort.Search(len(s.list), func(i int) bool { return s.list[i].Name >= q.Name })
	if i < len(s.list) && s.list[i].Name == q.Name {
		s.list[i] = q
		return
	}
	s.list = append(s.list, nil)
	copy(s.list[i+1:], s.list[i:])
	s.list[i] = q
}

// Load gives the built-in queries and those of the folders, each with a name of
// its own: a folder's query takes the place of a built-in one of the same name.
// The error names every file that can't be read, with its line.
func Load(dirs ...string) (*Set, error) {
	set := &Set{}
	err := set.read(builtin, "queries", true)
	for _, dir := range dirs {
		info, statErr := os.Stat(dir)
		switch {
		case statErr != nil:
			err = errors.Join(err, fmt.Errorf("read queries: %w", statErr))
		case !info.IsDir():
			err = errors.Join(err, fmt.Errorf("read queries: %s is not a folder of .js files", dir))
		default:
			err = errors.Join(err, set.read(os.DirFS(dir), dir, false))
		}
	}
	if err != nil {
		return nil, err
	}
	return set, nil
}

func (s *Set) read(fsys fs.FS, dir string, builtin bool) error {
	files, err := fs.Glob(fsys, "*.js")
	if err != nil {
		return err
	}
	var errs []error
	for _, f := range files {
		at := path.Join(dir, f)
		src, err := fs.ReadFile(fsys, f)
		if err != nil {
			errs = append(errs, fmt.Errorf("read %s: %w", at, err))
			continue
		}
		q, err := Parse(at, string(src))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		q.Builtin = builtin
		s.add(q)
	}
	return errors.Join(errs...)
}
