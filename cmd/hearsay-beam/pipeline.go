package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/transforms/filter"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/transforms/stats"

	"hearsay/graph"
)

// run builds the pipeline, runs it to its end and gives the manifest that it has
// published.
func run(ctx context.Context, o options, runner func(context.Context, *beam.Pipeline) error) (graph.Manifest, error) {
	digest, err := o.Reading.digest(o.AnyLanguage)
	if err != nil {
		return graph.Manifest{}, err
	}
	p := beam.NewPipeline()
	build(p.Root(), o, digest)
	if err := runner(ctx, p); err != nil {
		return graph.Manifest{}, err
	}
	m, err := readManifest(ctx, o.Output)
	if err != nil {
		return m, fmt.Errorf("the pipeline ended without a manifest: %w", err)
	}
	if m.Reading != digest {
		return m, errors.New("the manifest is that of another run into the same folder")
	}
	return m, removeOthers(ctx, o.Output, m)
}

// build adds the whole pipeline to a scope.
//
//	paths → files → documents → by identity → by text → read → quads by shard → shards → manifest
//	                                                    ├→ known entities ────────────┤
//	                                                    ├→ who is who (one worker) ───┤
//	                                                    └→ facts by key → links by id ┘
func build(s beam.Scope, o options, digest string) {
	args := make([]argument, len(o.Paths))
	for i, path := range o.Paths {
		args[i] = argument{Index: i, Path: path}
	}
	files, unlisted := beam.ParDo2(s.Scope("List"), listFn{}, beam.CreateList(s, args))
	documents, unread := beam.ParDo2(s.Scope("Read"), &readFn{Format: o.Format, AnyLanguage: o.AnyLanguage}, beam.Reshuffle(s, files))
	byText, double := beam.ParDo2(s.Scope("ByIdentity"), supersedeFn{}, beam.GroupByKey(s, documents))
	standing, tally := beam.ParDo2(s.Scope("ByText"), standFn{}, beam.GroupByKey(s, byText))

	out := beam.ParDoN(s.Scope("Extract"), &extractFn{Reading: o.Reading, Shards: o.Shards}, beam.Reshuffle(s, standing))
	blocks, deciding, naming, mentions, broken := out[0], out[1], out[2], out[3], out[4]

	described, countries, names := beam.ParDo3(s.Scope("Describe"), &describeFn{Shards: o.Shards}, filter.Distinct(s, mentions))
	entities := beam.GroupByKey(s, beam.AddFixedKey(s, beam.Flatten(s, naming, names)))
	who, identities := beam.ParDo2(s.Scope("Identify"), &identifyFn{Decisions: o.Reading.Decisions, Shards: o.Shards}, entities)
	facts, links, pairs := beam.ParDo3(s.Scope("Parts"), &partsFn{}, deciding, beam.SideInput{Input: who})
	certain, conditional := beam.ParDo2(s.Scope("Link"), linkFn{}, beam.GroupByKey(s, facts))
	excluded := beam.CoGroupByKey(s, beam.Flatten(s, pairs, countries), conditional)
	apart := beam.ParDo(s.Scope("Apart"), apartFn{}, excluded)
	chosen := beam.GroupByKey(s, beam.Flatten(s, links, certain, apart))
	linked := beam.ParDo(s.Scope("Links"), &linkQuadsFn{Shards: o.Shards}, chosen)
	ontology := beam.ParDo(s.Scope("Ontology"), &ontologyFn{Shards: o.Shards}, beam.Impulse(s))

	all := beam.Flatten(s, blocks, described, identities, linked, ontology)
	shards := beam.ParDo(s.Scope("Write"), &writeFn{Output: o.Output, Shards: o.Shards}, beam.GroupByKey(s, all))
	rejects := beam.AddFixedKey(s, beam.Flatten(s, unlisted, unread, double, broken))
	rejected := beam.ParDo(s.Scope("Reject"), &rejectFn{Output: o.Output}, beam.GroupByKey(s, rejects))
	beam.ParDo0(s.Scope("Publish"), &publishFn{Output: o.Output, Reading: digest}, beam.Impulse(s),
		beam.SideInput{Input: shards}, beam.SideInput{Input: rejected}, beam.SideInput{Input: stats.SumPerKey(s, tally)})
}
