package graph

import (
	"bytes"
	"context"
	"testing"

	"github.com/cayleygraph/quad"
)

// Links computed key by key from what each document brings are those that a store,
// of whatever kind, computes from all of them.
func TestLinksByKey(t *testing.T) {
	// Graustark is a part of Ruritania by what is known: no rivals any more.
	known := []quad.Quad{{Subject: quad.IRI("hs:Graustark"), Predicate: quad.IRI(CountryOf), Object: quad.IRI("hs:Ruritania"), Label: quad.IRI(LabelEntities)}}
	for name, s := range backends(t) {
		t.Run(name, func(t *testing.T) {
			for _, entities := range [][]quad.Quad{nil, known} {
				linksByKey(t, s, entities)
			}
		})
	}
}

func linksByKey(t *testing.T, s *Store, entities []quad.Quad) {
	ctx := context.Background()
	if err := s.PutGraph(ctx, LabelEntities, entities); err != nil {
		t.Fatal(err)
	}
	all := []LinkParts{LinkPartsOf(entities, Renaming{})}
	for _, d := range disputing() {
		if _, err := s.Put(ctx, d); err != nil {
			t.Fatal(err)
		}
		all = append(all, LinkPartsOf(Quads(d), Renaming{}))
	}
	if err := s.Relink(ctx); err != nil {
		t.Fatal(err)
	}
	var want, got bytes.Buffer
	if err := s.Export(ctx, &want, ExportOptions{Format: "nquads", Label: LabelLinks}); err != nil {
		t.Fatal(err)
	}
	if err := WriteNQuads(&got, joined(all)); err != nil {
		t.Fatal(err)
	}
	if got.String() != want.String() || got.Len() == 0 {
		t.Errorf("by key:\n%s\nby the store:\n%s", &got, &want)
	}
	if rivals := bytes.Contains(got.Bytes(), []byte(RivalOf)); rivals != (entities == nil) {
		t.Errorf("rivals %v with %d quads of known entities", rivals, len(entities))
	}
}

// joined groups facts by rule and key, and links by ID, as many machines would.
func joined(all []LinkParts) []quad.Quad {
	facts, links, within := map[[2]string][]LinkFact{}, map[string]LinkEdge{}, map[string]bool{}
	keep := func(list []LinkEdge) {
		for _, l := range list {
			if before, ok := links[l.ID()]; !ok || l.Before(before) {
				links[l.ID()] = l
			}
		}
	}
	for _, parts := range all {
		for _, f := range parts.Facts {
			facts[[2]string{f.Rule, f.Key}] = append(facts[[2]string{f.Rule, f.Key}], f)
		}
		for _, pair := range parts.Within {
			within[pair] = true
		}
		keep(parts.Links)
	}
	for _, list := range facts {
		keep(LinksOf(list))
	}
	var quads []quad.Quad
	for _, l := range links {
		if !within[l.Unless] {
			quads = append(quads, l.Quads()...)
		}
	}
	return sortQuads(quads)
}
