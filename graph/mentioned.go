package graph

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"github.com/cayleygraph/quad"
)

// Mentioned is a named entity with the documents that mention it.
type Mentioned struct {
	IRI       string
	Documents []string            // IRIs, sorted
	Because   []string            // why mentions were merged into it, sorted
	Roles     map[string][]string // by document: what it calls a person or body
}

// Mentioned lists the named entities that documents mention, by IRI.
func (s *Store) Mentioned(ctx context.Context) ([]Mentioned, error) {
	at := map[string]*Mentioned{}
	each := func(predicate string, fn func(q quad.Quad)) error {
		return s.Select(ctx, Pattern{Predicate: []quad.Value{quad.IRI(predicate)}}, func(q quad.Quad) error {
			fn(q)
			return nil
		})
	}
	err := each(Mentions, func(q quad.Quad) {
		e, ok := q.Object.(quad.IRI)
		d, isDocument := q.Label.(quad.IRI)
		if !ok || !isDocument || strings.HasPrefix(string(e), "hs:doc/") {
			return
		}
		m := at[string(e)]
		if m == nil {
			m = &Mentioned{IRI: string(e)}
			at[m.IRI] = m
		}
		m.Documents = append(m.Documents, string(d))
	})
	if err != nil {
		return nil, fmt.Errorf("list entities: %w", err)
	}
	err = each(MergedBecause, func(q quad.Quad) {
		if e, ok := q.Subject.(quad.IRI); ok && at[string(e)] != nil {
			at[string(e)].Because = append(at[string(e)].Because, literalText(q.Object))
		}
	})
	if err != nil {
		return nil, fmt.Errorf("list entities: %w", err)
	}
	err = each(DescribedAs, func(q quad.Quad) {
		e, ok := q.Subject.(quad.IRI)
		d, isDocument := q.Label.(quad.IRI)
		if m := at[string(e)]; ok && isDocument && m != nil {
			if m.Roles == nil {
				m.Roles = map[string][]string{}
			}
			m.Roles[string(d)] = append(m.Roles[string(d)], literalText(q.Object))
		}
	})
	if err != nil {
		return nil, fmt.Errorf("list entities: %w", err)
	}
	out := make([]Mentioned, 0, len(at))
	for _, m := range at {
		m.Documents, m.Because = sortedOnce(m.Documents), sortedOnce(m.Because)
		for _, roles := range m.Roles {
			sort.Strings(roles)
		}
		out = append(out, *m)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].IRI < out[j].IRI })
	return out, nil
}

// sortedOnce sorts strings and drops those that are there twice.
func sortedOnce(list []string) []string {
	sort.Strings(list)
	kept := list[:0]
	for i, s := range list {
		if i == 0 || s != list[i-1] {
			kept = append(kept, s)
		}
	}
	return kept
}
