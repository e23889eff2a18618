package graph

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// What is computed by identity and by text is what a store has after the documents
// came one after the other, also where identities share texts and change them.
func TestStandingIsTheStores(t *testing.T) {
	ctx, r := context.Background(), rand.New(rand.NewPCG(3, 8))
	for round := range 60 {
		s, err := Open(ctx, "memory:", Options{})
		if err != nil {
			t.Fatal(err)
		}
		var arrivals []Arrival
		content := map[string][]Quad{}
		for n := range 2 + r.IntN(10) {
			d := kaspersky(fmt.Sprintf("%d/a", r.IntN(3)))
			d.IRI = fmt.Sprintf("hs:doc/a-%d", r.IntN(3))
			d.Outlet = fmt.Sprint("outlet ", n)
			if _, err := s.Put(ctx, d); err != nil {
				t.Fatal(err)
			}
			a := Arrival{ID: d.ID, IRI: d.IRI, Order: fmt.Sprintf("%04d", n)}
			arrivals = append(arrivals, a)
			content[a.Order] = Quads(d)
		}
		quads := OntologyQuads()
		r.Shuffle(len(arrivals), func(i, j int) { arrivals[i], arrivals[j] = arrivals[j], arrivals[i] })
		byIRI := map[string][]Arrival{}
		for _, list := range groups(arrivals, func(a Arrival) string { return a.ID }) {
			Supersede(list)
			for _, a := range list {
				byIRI[a.IRI] = append(byIRI[a.IRI], a)
			}
		}
		for iri, list := range byIRI {
			if kept, ids, ok := Standing(list); ok {
				own := slices.DeleteFunc(slices.Clone(content[kept.Order]), IsIdentity)
				quads = append(append(quads, own...), IdentityQuads(iri, ids)...)
			}
		}
		var want bytes.Buffer
		if err := WriteNQuads(&want, sortQuads(quads)); err != nil {
			t.Fatal(err)
		}
		if got := exported(t, s); got != want.String() {
			t.Fatalf("round %d: the store has\n%s\nwant\n%s", round, got, &want)
		}
		s.Close()
	}
}

func groups(list []Arrival, key func(Arrival) string) map[string][]Arrival {
	by := map[string][]Arrival{}
	for _, a := range list {
		by[key(a)] = append(by[key(a)], a)
	}
	return by
}
