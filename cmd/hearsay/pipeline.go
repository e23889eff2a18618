package main

import (
	"context"
	"fmt"

	"hearsay/graph"
	"hearsay/ingest"
	"hearsay/ingest/entity"
	"hearsay/ingest/syntax"
)

// newPipeline loads the embedded models and the known entities: the built-in
// ones, and those of the store where there is one.
func newPipeline(ctx context.Context, store *graph.Store) (*ingest.Pipeline, error) {
	model, err := syntax.Default()
	if err != nil {
		return nil, fmt.Errorf("load the language model: %w", err)
	}
	known, err := knownEntities(ctx, store)
	if err != nil {
		return nil, fmt.Errorf("load the known entities: %w", err)
	}
	decisions, err := readDecisions()
	if err != nil {
		return nil, err
	}
	return &ingest.Pipeline{Syntax: model, Known: entity.NewKnown(known).Decided(decisions)}, nil
}
