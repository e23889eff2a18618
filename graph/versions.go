package graph

import (
	"slices"
	"strings"
)

// Arrival is a document that comes to a store among others.
type Arrival struct {
	ID, IRI string
	Order   string // arrivals sort by it
	Until   string // Order of what took the document's place, "" for nothing; see Supersede
}

func sortArrivals(list []Arrival) {
	slices.SortFunc(list, func(a, b Arrival) int { return strings.Compare(a.Order, b.Order) })
}

// Supersede sorts the arrivals of one identity by their order and sets when each
// is replaced: by the next one with another text.
func Supersede(list []Arrival) {
	sortArrivals(list)
	until := ""
	for i := len(list) - 1; i >= 0; i-- {
		if i+1 < len(list) && list[i+1].IRI != list[i].IRI {
			until = list[i+1].Order
		}
		list[i].Until = until
	}
}

// Standing is what a store has in the end of the arrivals of one IRI, after
// Supersede: the arrival whose quads it keeps, and the identities that the
// document then has, sorted. It is what Put makes of them one after the other: the
// first one is stored, others of the same text only give it their identity, until
// all its identities went on to other texts. ok is false where nothing is left.
func Standing(list []Arrival) (kept Arrival, ids []string, ok bool) {
	type event struct {
		order string
		goes  bool
		a     Arrival
	}
	var events []event
	gone := map[string]bool{} // by identity and order: consecutive arrivals end together
	for _, a := range list {
		events = append(events, event{a.Order, false, a})
		if key := a.ID + "\x00" + a.Until; a.Until != "" && !gone[key] {
			gone[key] = true
			events = append(events, event{a.Until, true, a})
		}
	}
	slices.SortFunc(events, func(a, b event) int { return strings.Compare(a.order, b.order) })
	for _, e := range events {
		switch {
		case e.goes:
			ids = slices.DeleteFunc(ids, func(id string) bool { return id == e.a.ID })
		case len(ids) == 0 || slices.Contains(ids, e.a.ID):
			kept = e.a
		}
		if !e.goes && !slices.Contains(ids, e.a.ID) {
			ids = append(ids, e.a.ID)
		}
	}
	slices.Sort(ids)
	return kept, ids, len(ids) > 0
}

// IdentityQuads give a document version the identities that it has beside its own.
func IdentityQuads(iri string, ids []string) []Quad {
	var quads []Quad
	for _, id := range ids {
		quads = append(quads, identityQuad(iri, id))
	}
	return quads
}
