package main

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"hearsay/graph"
	"hearsay/ingest/entity"
)

func init() {
	beam.RegisterType(reflect.TypeFor[*identifyFn]())
}

// identifyFn finds who is who across documents. That hangs on the company in which
// each is mentioned, and so on all documents: one worker does it, with the names,
// roles and mentions of all, but no texts.
type identifyFn struct {
	Decisions string
	Shards    int
}

// ProcessElement gives the links between entities as JSON, and as blocks.
func (fn *identifyFn) ProcessElement(_ int, lines func(*[]byte) bool, who func([]byte), blocks func(int, []byte)) error {
	all := graph.NewEntityGatherer()
	for b := []byte(nil); lines(&b); {
		quads, err := unpackQuads(b)
		if err != nil {
			return err
		}
		for _, q := range quads {
			all.Add(q)
		}
	}
	decisions, err := entity.ReadDecisions(strings.NewReader(fn.Decisions))
	if err != nil {
		return err
	}
	pipeline, err := reading{Decisions: fn.Decisions}.pipeline()
	if err != nil {
		return err
	}
	seen := seenOf(all, func(iri string) bool { return pipeline.Known.Find(iri) != nil })
	var links []graph.EntityLink
	var quads []graph.Quad
	for _, id := range entity.Identify(seen, decisions) {
		l := graph.EntityLink{A: id.A, B: id.B, Rule: id.Rule, Score: id.Score, Evidence: id.Evidence,
			Documents: id.Documents, Owner: id.Owner, Label: id.Label}
		links, quads = append(links, l), append(quads, l.Quads()...)
	}
	b, err := json.Marshal(links)
	if err != nil {
		return err
	}
	who(b)
	return emitBlocks(quads, fn.Shards, blocks)
}

// seenOf are the entities that documents mention, as Identify takes them.
func seenOf(all *graph.EntityGatherer, known func(iri string) bool) []entity.Seen {
	mentioned, names := all.Entities()
	label, aliases := map[string]graph.Name{}, map[string][]string{}
	for _, n := range names {
		if n.Alias {
			aliases[n.IRI] = append(aliases[n.IRI], n.Text)
		} else {
			label[n.IRI] = n
		}
	}
	var seen []entity.Seen
	for _, m := range mentioned {
		seen = append(seen, entity.Seen{IRI: m.IRI, Name: label[m.IRI].Text, Class: label[m.IRI].Class, Known: known(m.IRI),
			Documents: m.Documents, Merged: m.Because, Aliases: aliases[m.IRI], Roles: m.Roles})
	}
	return seen
}
