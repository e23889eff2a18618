package main

import (
	"encoding/json"
	"errors"
	"reflect"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"hearsay/graph"
	"hearsay/seeds"
)

func init() {
	beam.RegisterType(reflect.TypeFor[*describeFn]())
	beam.RegisterType(reflect.TypeFor[*partsFn]())
	beam.RegisterType(reflect.TypeFor[linkFn]())
	beam.RegisterType(reflect.TypeFor[apartFn]())
	beam.RegisterType(reflect.TypeFor[*linkQuadsFn]())
	beam.RegisterType(reflect.TypeFor[*ontologyFn]())
	register.Iter1[graph.LinkFact]()
	register.Iter1[graph.LinkEdge]()
	register.Iter1[bool]()
}

// describeFn gives the quads of a known entity that a document mentions, and of
// those by which it is described.
type describeFn struct {
	Shards int

	lines seeds.Lines
}

// Setup indexes the built-in entities.
func (fn *describeFn) Setup() { fn.lines = seeds.BySubject() }

// ProcessElement gives them as blocks, with the pairs of which one belongs to the
// other and with their names.
func (fn *describeFn) ProcessElement(iri string, blocks func(int, []byte), pairs func(string, bool), naming func([]byte)) error {
	set := map[string]bool{iri: true}
	fn.lines.Close(set)
	var lines []byte
	for iri := range set {
		for _, line := range fn.lines[iri] {
			lines = append(lines, line...)
		}
	}
	quads, err := parseLines(lines)
	if err != nil {
		return err
	}
	if err := errors.Join(emitBlocks(quads, fn.Shards, blocks), emitLines(quads, graph.NewEntityGatherer().Add, naming)); err != nil {
		return err
	}
	for _, pair := range graph.LinkPartsOf(quads, graph.Renaming{}).Within {
		pairs(pair, true)
	}
	return nil
}

// partsFn gives what a document brings to the links of all. Its side input is who
// is who across documents.
type partsFn struct {
	names *graph.Renaming
}

func (fn *partsFn) ProcessElement(packed []byte, who func(*[]byte) bool, facts func(string, graph.LinkFact), links func(string, graph.LinkEdge), pairs func(string, bool)) error {
	if fn.names == nil { // the same for all documents
		var all []graph.EntityLink
		for b := []byte(nil); who(&b); {
			if err := json.Unmarshal(b, &all); err != nil {
				return err
			}
		}
		names := graph.NewRenaming(all)
		fn.names = &names
	}
	quads, err := unpackQuads(packed)
	if err != nil {
		return err
	}
	parts := graph.LinkPartsOf(quads, *fn.names)
	for _, f := range parts.Facts {
		facts(f.Rule+"\x00"+f.Key, f)
	}
	for _, l := range parts.Links {
		links(l.ID(), l)
	}
	for _, pair := range parts.Within {
		pairs(pair, true)
	}
	return nil
}

// linkFn links the facts of one rule and key: certain links by their id, others by
// the pair that would rule them out.
type linkFn struct{}

func (linkFn) ProcessElement(_ string, facts func(*graph.LinkFact) bool, certain, conditional func(string, graph.LinkEdge)) {
	var list []graph.LinkFact
	for f := (graph.LinkFact{}); facts(&f); f = (graph.LinkFact{}) {
		list = append(list, f)
	}
	for _, l := range graph.LinksOf(list) {
		if l.Unless == "" {
			certain(l.ID(), l)
		} else {
			conditional(l.Unless, l)
		}
	}
}

// apartFn lets links through whose pair no document and no known entity has.
type apartFn struct{}

func (apartFn) ProcessElement(_ string, within func(*bool) bool, links func(*graph.LinkEdge) bool, emit func(string, graph.LinkEdge)) {
	if yes := false; within(&yes) {
		return
	}
	for l := (graph.LinkEdge{}); links(&l); l = (graph.LinkEdge{}) {
		emit(l.ID(), l)
	}
}

// linkQuadsFn stores of several reasons for one link the first.
type linkQuadsFn struct{ Shards int }

func (fn *linkQuadsFn) ProcessElement(_ string, links func(*graph.LinkEdge) bool, blocks func(int, []byte)) error {
	var first graph.LinkEdge
	for l := (graph.LinkEdge{}); links(&l); l = (graph.LinkEdge{}) {
		if first.From == "" || l.Before(first) {
			first = l
		}
	}
	return emitBlocks(first.Quads(), fn.Shards, blocks)
}

// ontologyFn gives the vocabulary, which every store has.
type ontologyFn struct{ Shards int }

func (fn *ontologyFn) ProcessElement(_ []byte, blocks func(int, []byte)) error {
	return emitBlocks(graph.OntologyQuads(), fn.Shards, blocks)
}
