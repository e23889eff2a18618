package main

import (
	"context"
	"fmt"

	"hearsay/graph"
	"hearsay/ingest"
	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/syntax"
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
	if store != nil {
		known, err := store.Known(ctx)
		if err != nil || len(known) > 0 {
			return known, err
		}
	}
	return nil, nil
}
