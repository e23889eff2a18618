package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/piprate/json-gold/ld"
)

func sortStrings(s []string) { slices.Sort(s) }

// independentNQuads counts the quads of a text by the parser of a JSON-LD
// library. It is lenient about IRIs, so these are looked at beside it.
func independentNQuads(text string) (int, error) {
	set, err := ld.ParseNQuads(text)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, quads := range set.Graphs {
		for _, q := range quads {
			n++
			for _, node := range []ld.Node{q.Subject, q.Predicate, q.Object, q.Graph} {
				iri, ok := node.(*ld.IRI)
				if ok && (!strings.Contains(iri.Value, ":") || strings.ContainsAny(iri.Value, " <>\"{}|\\^`")) {
					return n, fmt.Errorf("%q is no IRI", iri.Value)
				}
			}
		}
	}
	return n, nil
}
