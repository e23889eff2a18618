package graph

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"unicode"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"hearsay/queries"
)

// Name is one of the names of a node that people ask for: an entity or a topic.
type Name struct {
	IRI   string
	Text  string
	Class string // IRI of its class
	Alias bool   // one of the other names, not the label
}

// Names are the names of every named entity and topic of the store, sorted by
// text, then by IRI. Those that stand for one place of a document have none.
func (s *Store) Names(ctx context.Context) ([]Name, error) {
	var names []Name
	err := s.view(ctx, func(qs cayley.QuadStore) error {
		classes := map[string]string{}
		for _, c := range nameClasses() {
			err := eachQuad(ctx, qs, quad.Object, quad.IRI(c), func(q quad.Quad) error {
				if iri, ok := q.Subject.(quad.IRI); ok && q.Predicate == quad.IRI(RDFType) && !strings.HasPrefix(string(iri), "hs:doc/") {
					classes[string(iri)] = c
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		for iri, class := range classes {
			err := eachQuad(ctx, qs, quad.Subject, quad.IRI(iri), func(q quad.Quad) error {
				if n, ok := nameOf(q, class); ok {
					names = append(names, n)
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list names: %w", err)
	}
	return distinctNames(names), nil
}

func nameClasses() []string {
	classes := []string{Topic}
	for _, c := range entityClasses {
		classes = append(classes, c.class)
	}
	return classes
}

func nameOf(q quad.Quad, class string) (Name, bool) {
	iri, isIRI := q.Subject.(quad.IRI)
	text, isText := q.Object.(quad.String)
	label := q.Predicate == quad.IRI(RDFSLabel)
	if !isIRI || !isText || !label && q.Predicate != quad.IRI(AltLabel) {
		return Name{}, false
	}
	return Name{IRI: string(iri), Text: string(text), Class: class, Alias: !label}, true
}

func distinctNames(names []Name) []Name {
	sort.Slice(names, func(i, j int) bool {
		a, b := names[i], names[j]
		if a.Text != b.Text {
			return a.Text < b.Text
		}
		if a.IRI != b.IRI {
			return a.IRI < b.IRI
		}
		return !a.Alias && b.Alias
	})
	out := names[:0]
	for _, n := range names {
		if len(out) > 0 && out[len(out)-1].Text == n.Text && out[len(out)-1].IRI == n.IRI {
			continue
		}
		out = append(out, n)
	}
	return out
}

// NameError says why a name does not lead to one node. It wraps ErrNotFound
// where there is none of that name.
type NameError struct {
	Name       string
	Candidates []Name // the nodes of that name; none for an unknown one
	Near       []Name // nodes with similar names, the nearest first, for an unknown one
}

func (e *NameError) Error() string {
	if len(e.Candidates) == 0 {
		return fmt.Sprintf("no entity is called %q", e.Name)
	}
	return fmt.Sprintf("%q is the name of %d entities", e.Name, len(e.Candidates))
}

func (e *NameError) Unwrap() error {
	if len(e.Candidates) == 0 {
		return ErrNotFound
	}
	return nil
}

// Hint says what could have been written instead.
func (e *NameError) Hint() string {
	list, lead := e.Candidates, "write one of "
	if len(list) == 0 {
		list, lead = e.Near, "did you mean "
	}
	if len(list) == 0 {
		return "entities are written as hs:NorthKorea or by a name that a document uses"
	}
	var parts []string
	for _, n := range list {
		parts = append(parts, fmt.Sprintf("%s (%s)", n.IRI, n.Text))
	}
	return lead + strings.Join(parts, ", ")
}

// Resolve finds the IRI of the entity or topic that has a name: by its exact
// label, else another name of it, else either in another case. The error is a
// *NameError where that gives none or several.
func (s *Store) Resolve(ctx context.Context, name string) (string, error) {
	text := strings.Join(strings.Fields(name), " ")
	var exact []Name
	err := s.view(ctx, func(qs cayley.QuadStore) (err error) {
		exact, err = named(ctx, qs, text)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("resolve %q: %w", name, err)
	}
	if iri, err := onlyOne(name, exact); iri != "" || err != nil {
		return iri, err
	}
	names, err := s.Names(ctx)
	if err != nil {
		return "", fmt.Errorf("resolve %q: %w", name, err)
	}
	var folded []Name
	for _, n := range names {
		if foldName(n.Text) == foldName(text) {
			folded = append(folded, n)
		}
	}
	if iri, err := onlyOne(name, folded); iri != "" || err != nil {
		return iri, err
	}
	return "", &NameError{Name: name, Near: nearNames(text, names)}
}

// named are the entities and topics with exactly this name.
func named(ctx context.Context, qs cayley.QuadStore, text string) ([]Name, error) {
	var found []Name
	err := eachQuad(ctx, qs, quad.Object, quad.String(text), func(q quad.Quad) error {
		n, ok := nameOf(q, "")
		if !ok || strings.HasPrefix(n.IRI, "hs:doc/") {
			return nil
		}
		err := eachQuad(ctx, qs, quad.Subject, quad.IRI(n.IRI), func(q quad.Quad) error {
			c, ok := q.Object.(quad.IRI)
			if ok && q.Predicate == quad.IRI(RDFType) && (TypeOf(string(c)) != "" || c == Topic) {
				n.Class = string(c)
			}
			return nil
		})
		if n.Class != "" {
			found = append(found, n)
		}
		return err
	})
	return distinctNames(found), err
}

// onlyOne picks the node if the names are those of one; a label goes before
// another name.
func onlyOne(name string, names []Name) (string, error) {
	for _, alias := range []bool{false, true} {
		byIRI := map[string]bool{}
		var these []Name
		for _, n := range names {
			if n.Alias == alias && !byIRI[n.IRI] {
				byIRI[n.IRI] = true
				these = append(these, n)
			}
		}
		switch {
		case len(these) == 1:
			return these[0].IRI, nil
		case len(these) > 1:
			return "", &NameError{Name: name, Candidates: these}
		}
	}
	return "", nil
}

// foldName is a name without case, spaces and punctuation, and without "the".
func foldName(s string) string {
	s = strings.TrimPrefix(strings.ToLower(s), "the ")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func nearNames(name string, names []Name) []Name {
	texts := make([]string, len(names))
	for i, n := range names {
		texts[i] = n.Text
	}
	var near []Name
	seen := map[string]bool{}
	for _, t := range queries.Near(name, texts) {
		for _, n := range names {
			if n.Text == t && !seen[n.IRI] {
				seen[n.IRI] = true
				near = append(near, n)
			}
		}
	}
	return near
}
