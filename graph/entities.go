package graph

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"sort"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

// EntityQuads are known entities as quads with the label LabelEntities, sorted:
// class, name and other names.
func EntityQuads(entities []news.Entity) []quad.Quad {
	var quads []quad.Quad
	add := func(s, p string, o quad.Value) {
		quads = append(quads, quad.Quad{Subject: safeIRI(s), Predicate: quad.IRI(p), Object: o, Label: quad.IRI(LabelEntities)})
	}
	for i := range entities {
		e := &entities[i]
		add(e.IRI, RDFType, quad.IRI(ClassOf(e.Type)))
		add(e.IRI, RDFSLabel, safeText(e.Name))
		for _, a := range e.Aliases {
			if a != e.Name {
				add(e.IRI, AltLabel, safeText(a))
			}
		}
	}
	return sortQuads(quads)
}

// ReadEntities reads known entities from N-Quads: class (of any entity class),
// rdfs:label, skos:altLabel, whatever the labels of the quads. They come in the
// order of their IRIs, aliases sorted. Quads with other predicates are left for
// other readers. A malformed line, and an entity without class or name, is an
// error that says where.
func ReadEntities(r io.Reader) ([]news.Entity, error) {
	quads, err := readNQuads(r)
	if err != nil {
		return nil, fmt.Errorf("read entities: %w", err)
	}
	return entitiesOf(quads)
}

// PutEntities makes the N-Quads of r the known entities of the store, in place of
// those it had, with the label LabelEntities whatever theirs is.
func (s *Store) PutEntities(ctx context.Context, r io.Reader) error {
	quads, err := readNQuads(r)
	if err != nil {
		return fmt.Errorf("read entities: %w", err)
	}
	for i := range quads {
		quads[i].Label = quad.IRI(LabelEntities)
	}
	return s.PutGraph(ctx, LabelEntities, sortQuads(quads))
}

// readNQuads reads all of r; an error says which line is malformed.
func readNQuads(r io.Reader) ([]quad.Quad, error) {
	var quads []quad.Quad
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, maxLine)
	for n := 1; scan.Scan(); n++ {
		q, ok, err := ParseNQuad(scan.Text())
		if err != nil {
			return nil, LineError{n, err}
		}
		if ok {
			quads = append(quads, q)
		}
	}
	return quads, scan.Err()
}

// Known are the known entities of the store, in the order of their IRIs.
func (s *Store) Known(ctx context.Context) ([]news.Entity, error) {
	var quads []quad.Quad
	err := s.view(ctx, func(qs cayley.QuadStore) (err error) {
		quads, err = labelQuads(ctx, qs, LabelEntities)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("known entities: %w", err)
	}
	return entitiesOf(quads)
}

func entitiesOf(quads []quad.Quad) ([]news.Entity, error) {
	byIRI := make(map[quad.IRI]*news.Entity)
	for _, q := range quads {
		s, ok := q.Subject.(quad.IRI)
		if !ok {
			continue
		}
		e := byIRI[s]
		if e == nil {
			e = &news.Entity{IRI: string(s), Named: true, Known: true}
			byIRI[s] = e
		}
		switch q.Predicate {
		case quad.IRI(RDFType):
			if c, ok := q.Object.(quad.IRI); ok && TypeOf(string(c)) != "" {
				e.Type = TypeOf(string(c))
			}
		case quad.IRI(RDFSLabel):
			e.Name = literalText(q.Object)
		case quad.IRI(AltLabel):
			e.Aliases = append(e.Aliases, literalText(q.Object))
		}
	}
	entities := make([]news.Entity, 0, len(byIRI))
	for _, e := range byIRI {
		if e.Name == "" || e.Type == "" {
			return nil, fmt.Errorf("entity %s: needs an rdf:type that is an entity class, and an rdfs:label", e.IRI)
		}
		sort.Strings(e.Aliases)
		entities = append(entities, *e)
	}
	sort.Slice(entities, func(i, j int) bool { return entities[i].IRI < entities[j].IRI })
	return entities, nil
}

// literalText is the text of a string, with or without a language.
func literalText(v quad.Value) string {
	switch v := v.(type) {
	case quad.String:
		return string(v)
	case quad.LangString:
		return string(v.Value)
	}
	return ""
}
