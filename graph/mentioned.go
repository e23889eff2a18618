package graph

import (
	"context"
	"fmt"
	"slices"
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
	x := newMentions()
	for _, p := range [...]string{Mentions, MergedBecause, DescribedAs} {
		err := s.Select(ctx, Pattern{Predicate: []quad.Value{quad.IRI(p)}}, func(q quad.Quad) error {
			x.add(q)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("list entities: %w", err)
		}
	}
	return x.list(), nil
}

// mentions gathers what documents say of the entities that they mention.
type mentions struct {
	at      map[string]*Mentioned
	because map[string][]string
	roles   map[string][][2]string // document, role
}

func newMentions() *mentions {
	return &mentions{at: map[string]*Mentioned{}, because: map[string][]string{}, roles: map[string][][2]string{}}
}

func (x *mentions) add(q quad.Quad) {
	d, isDocument := q.Label.(quad.IRI)
	s, ok := q.Subject.(quad.IRI)
	switch {
	case !ok:
	case q.Predicate == quad.IRI(MergedBecause):
		x.because[string(s)] = append(x.because[string(s)], literalText(q.Object))
	case !isDocument:
	case q.Predicate == quad.IRI(DescribedAs):
		x.roles[string(s)] = append(x.roles[string(s)], [2]string{string(d), literalText(q.Object)})
	case q.Predicate == quad.IRI(Mentions):
		e, ok := q.Object.(quad.IRI)
		if !ok || strings.HasPrefix(string(e), "hs:doc/") {
			return
		}
		m := x.at[string(e)]
		if m == nil {
			m = &Mentioned{IRI: string(e)}
			x.at[m.IRI] = m
		}
		m.Documents = append(m.Documents, string(d))
	}
}

func (x *mentions) list() []Mentioned {
	out := make([]Mentioned, 0, len(x.at))
	for _, m := range x.at {
		m.Documents, m.Because = sortedOnce(m.Documents), sortedOnce(x.because[m.IRI])
		for _, r := range x.roles[m.IRI] {
			if m.Roles == nil {
				m.Roles = map[string][]string{}
			}
			m.Roles[r[0]] = append(m.Roles[r[0]], r[1])
		}
		for _, roles := range m.Roles {
			sort.Strings(roles)
		}
		out = append(out, *m)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].IRI < out[j].IRI })
	return out
}

// EntityGatherer gathers from quads, in any order, what Store.Mentioned and
// Store.Names say of the entities of all documents.
type EntityGatherer struct {
	mentions *mentions
	class    map[string]int // index into nameClasses
	names    []quad.Quad
}

// NewEntityGatherer makes one.
func NewEntityGatherer() *EntityGatherer {
	return &EntityGatherer{mentions: newMentions(), class: map[string]int{}}
}

// Add takes a quad, and reports whether it says something of an entity.
func (g *EntityGatherer) Add(q Quad) bool {
	switch q.Predicate {
	case quad.IRI(Mentions), quad.IRI(MergedBecause), quad.IRI(DescribedAs):
		g.mentions.add(q)
		return true
	case quad.IRI(RDFSLabel), quad.IRI(AltLabel):
		if iri, ok := q.Subject.(quad.IRI); !ok || strings.HasPrefix(string(iri), "hs:doc/") || strings.HasPrefix(string(iri), "hs:prop/") {
			return false
		}
		g.names = append(g.names, q)
		return true
	case quad.IRI(RDFType):
		iri, ok := q.Subject.(quad.IRI)
		o, isClass := q.Object.(quad.IRI)
		at := slices.Index(nameClasses(), string(o))
		if !ok || !isClass || at < 0 || strings.HasPrefix(string(iri), "hs:doc/") {
			return false
		}
		g.class[string(iri)] = max(at, g.class[string(iri)])
		return true
	}
	return false
}

// Entities are the entities that documents mention and the names of all.
func (g *EntityGatherer) Entities() ([]Mentioned, []Name) {
	classes := nameClasses()
	var names []Name
	for _, q := range g.names {
		iri, _ := q.Subject.(quad.IRI)
		at, ok := g.class[string(iri)]
		if !ok {
			continue
		}
		if n, ok := nameOf(q, classes[at]); ok {
			names = append(names, n)
		}
	}
	return g.mentions.list(), distinctNames(names)
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
