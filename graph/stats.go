package graph

import (
	"context"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

// Stats counts what a store holds.
type Stats struct {
	Quads         int                 `json:"quads"`
	Documents     int                 `json:"documents"`
	Claims        int                 `json:"claims"`
	Propositions  int                 `json:"propositions"`
	Sources       int                 `json:"sources"`       // nodes that make claims, documents aside
	Entities      int                 `json:"entities"`      // nodes of an entity class that documents mention
	Stances       map[news.Stance]int `json:"stances"`       // claims by stance
	Agreements    int                 `json:"agreements"`    // pairs of claims
	Disagreements int                 `json:"disagreements"` // pairs of claims
	Rivals        int                 `json:"rivals"`        // pairs of propositions
	Conflicts     int                 `json:"conflicts"`     // pairs of quantities that can't both hold
}

// Stats counts. It reads every claim once.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	st := Stats{Stances: make(map[news.Stance]int)}
	err := s.view(ctx, func(qs cayley.QuadStore) error {
		total, err := qs.Stats(ctx, true)
		if err != nil {
			return err
		}
		st.Quads = int(total.Quads.Value)
		subjects := func(p string, o quad.Value, set map[quad.Value]bool) func() error {
			return func() error {
				return eachQuad(ctx, qs, quad.Predicate, quad.IRI(p), func(q quad.Quad) error {
					if o == nil || q.Object == o {
						set[q.Subject] = true
					}
					return nil
				})
			}
		}
		docs, props := map[quad.Value]bool{}, map[quad.Value]bool{}
		for _, count := range []func() error{
			subjects(Identifier, nil, docs),
			subjects(RDFType, quad.IRI(Proposition), props),
			func() error { return s.countClaims(ctx, qs, &st) },
			func() error { return countLinks(ctx, qs, &st) },
		} {
			if err := count(); err != nil {
				return err
			}
		}
		st.Documents, st.Propositions = len(docs), len(props)
		mentioned := map[quad.Value]bool{}
		err = eachQuad(ctx, qs, quad.Predicate, quad.IRI(Mentions), func(q quad.Quad) error {
			mentioned[q.Object] = true
			return nil
		})
		st.Entities = len(mentioned)
		return err
	})
	if err != nil {
		return st, fmt.Errorf("count: %w", err)
	}
	return st, nil
}

func (s *Store) countClaims(ctx context.Context, qs cayley.QuadStore, st *Stats) error {
	err := eachQuad(ctx, qs, quad.Predicate, quad.IRI(StanceOf), func(q quad.Quad) error {
		if o, ok := q.Object.(quad.IRI); ok && len(o) > len("hs:") {
			st.Stances[news.Stance(o[len("hs:"):])]++
			st.Claims++
		}
		return nil
	})
	if err != nil {
		return err
	}
	sources := map[quad.Value]bool{}
	err = eachQuad(ctx, qs, quad.Predicate, quad.IRI(Source), func(q quad.Quad) error {
		if q.Object != q.Label {
			sources[q.Object] = true
		}
		return nil
	})
	st.Sources = len(sources)
	return err
}

func countLinks(ctx context.Context, qs cayley.QuadStore, st *Stats) error {
	for _, link := range []struct {
		predicate string
		n         *int
	}{{AgreesWith, &st.Agreements}, {DisagreesWith, &st.Disagreements}, {RivalOf, &st.Rivals}, {ConflictsWith, &st.Conflicts}} {
		err := eachQuad(ctx, qs, quad.Predicate, quad.IRI(link.predicate), func(quad.Quad) error {
			*link.n++
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
