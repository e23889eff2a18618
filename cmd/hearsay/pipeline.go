package main

import (
	"context"
	"fmt"
	"strings"

	"hearsay/graph"
	"hearsay/ingest"
	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/syntax"
	"hearsay/seeds"
)

// newPipeline loads the embedded models, and the known entities: those of the
// store, which gets the built-in ones where it has none yet, or the built-in
// ones where store is nil.
func newPipeline(ctx context.Context, store *graph.Store) (*ingest.Pipeline, error) {
	model, err := syntax.Default()
	if err != nil {
		return nil, fmt.Errorf("load the language model: %w", err)
	}
	known, err := knownEntities(ctx, store)
	if err != nil {
		return nil, fmt.Errorf("load the known entities: %w", err)
	}
	return &ingest.Pipeline{Syntax: model, Known: entity.NewKnown(known)}, nil
}

func knownEntities(ctx context.Context, store *graph.Store) ([]news.Entity, error) {
	table, err := seeds.Entities()
	if err != nil {
		return nil, err
	}
	builtIn, err := entity.ReadTable(table)
	if err != nil || store == nil {
		return builtIn, err
	}
	known, err := store.Known(ctx)
	if err != nil {
		return nil, err
	}
	if holdsAll(known, builtIn) {
		return known, nil
	}
	if _, err := store.Import(ctx, strings.NewReader(seeds.EntityQuads), graph.ImportOptions{Strict: true}); err != nil {
		return nil, err
	}
	if len(known) == 0 {
		return builtIn, nil
	}
	return store.Known(ctx)
}

// holdsAll reports whether every one of some entities is among the known.
func holdsAll(known, some []news.Entity) bool {
	have := make(map[string]bool, len(known))
	for i := range known {
		have[known[i].IRI] = true
	}
	for i := range some {
		if !have[some[i].IRI] {
			return false
		}
	}
	return true
}
