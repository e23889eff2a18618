package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"hearsay/graph"
	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/seeds"
)

// The built-in known entities are some 9,000. Documents are read with all of
// them; a store holds those that its documents mention and what these are
// described by (a city's country), and whatever else was imported.

// knownEntities are the built-in known entities and those of the store, if any.
func knownEntities(ctx context.Context, store *graph.Store) ([]news.Entity, error) {
	table, err := seeds.Entities()
	if err != nil {
		return nil, err
	}
	known, err := entity.ReadTable(table)
	if err != nil || store == nil {
		return known, err
	}
	stored, err := store.Known(ctx)
	if err != nil {
		return nil, err
	}
	return merge(known, stored), nil
}

// merge joins two lists of entities. One that is in both keeps the names of both.
func merge(a, b []news.Entity) []news.Entity {
	at := make(map[string]int, len(a))
	for i := range a {
		at[a[i].IRI] = i
	}
	added := false
	for _, e := range b {
		i, both := at[e.IRI]
		if !both {
			a, added = append(a, e), true
			continue
		}
		have := map[string]bool{a[i].Name: true}
		for _, n := range a[i].Aliases {
			have[n] = true
		}
		for _, n := range append([]string{e.Name}, e.Aliases...) {
			if !have[n] {
				a[i].Aliases = append(a[i].Aliases, n)
				have[n] = true
			}
		}
	}
	if added {
		sort.Slice(a, func(i, j int) bool { return a[i].IRI < a[j].IRI })
	}
	return a
}

// describe stores the quads of built-in entities that documents mention.
func describe(ctx context.Context, store *graph.Store, mentioned map[string]bool) error {
	if len(mentioned) == 0 {
		return nil
	}
	stored, err := store.Known(ctx)
	if err != nil {
		return err
	}
	lines := seeds.BySubject()
	lines.Close(mentioned)
	for i := range stored {
		delete(mentioned, stored[i].IRI)
	}
	var quads strings.Builder
	for iri := range mentioned {
		for _, line := range lines[iri] {
			quads.WriteString(line)
		}
	}
	if quads.Len() == 0 {
		return nil
	}
	_, err = store.Import(ctx, strings.NewReader(quads.String()), graph.ImportOptions{Strict: true})
	return err
}

// mentionedScript emits those of params.iris that a document mentions.
const mentionedScript = `params.iris.forEach(function (iri) {
	if (g.V("<" + iri + ">").in("<` + graph.Mentions + `>").limit(1).toValue() !== null) g.emit({id: iri});
})`

// forget takes the quads of built-in entities out that no document mentions any
// more.
func forget(ctx context.Context, store *graph.Store) error {
	stored, err := store.Known(ctx)
	if err != nil {
		return err
	}
	lines := seeds.BySubject()
	var ours []string
	keep := map[string]bool{}
	for i := range stored {
		if iri := stored[i].IRI; len(lines[iri]) > 0 {
			ours = append(ours, iri)
		}
	}
	if len(ours) == 0 {
		return nil
	}
	rows := store.Query(ctx, mentionedScript, graph.QueryOptions{Params: map[string]any{"iris": ours}, Limit: len(ours) + 1})
	for row, err := range rows {
		if err != nil {
			return fmt.Errorf("look for mentions: %w", err)
		}
		keep[fmt.Sprint(row["id"])] = true
	}
	lines.Close(keep)
	if !slices.ContainsFunc(ours, func(iri string) bool { return !keep[iri] }) {
		return nil
	}
	var label bytes.Buffer
	if err := store.Export(ctx, &label, graph.ExportOptions{Format: "nquads", Label: graph.LabelEntities}); err != nil {
		return err
	}
	return store.PutGraph(ctx, graph.LabelEntities, without(label.String(), lines, keep))
}

// without are the quads of a text, those of built-in entities only where keep
// has them.
func without(text string, builtIn map[string][]string, keep map[string]bool) []graph.Quad {
	var rest []graph.Quad
	for line := range strings.Lines(text) {
		subject, _, _ := strings.Cut(line, " ")
		subject = strings.Trim(subject, "<>")
		if len(builtIn[subject]) > 0 && !keep[subject] {
			continue
		}
		if q, ok, err := graph.ParseNQuad(strings.TrimRight(line, "\n")); ok && err == nil {
			rest = append(rest, q)
		}
	}
	return rest
}

// noteKnown adds the known entities of a document to a set.
func noteKnown(set map[string]bool, d *news.Document) {
	for i := range d.Entities {
		if d.Entities[i].Known {
			set[d.Entities[i].IRI] = true
		}
	}
}
