package graph

import (
	"context"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"
)

// quadReader is a store that reads many quads faster than through Cayley.
type quadReader interface {
	each(ctx context.Context, d quad.Direction, v quad.Value, fn func(quad.Quad) error) error
	all(ctx context.Context, fn func(quad.Quad) error) error
	eachLabel(ctx context.Context, predicates []string, but string, fn func([]quad.Quad) error) error
}

// eachQuad calls fn with every quad that has value v in direction d.
func eachQuad(ctx context.Context, qs cayley.QuadStore, d quad.Direction, v quad.Value, fn func(quad.Quad) error) error {
	if r, ok := qs.(quadReader); ok {
		return r.each(ctx, d, v, fn)
	}
	ref, err := qs.ValueOf(v)
	if err != nil || ref == nil {
		return err
	}
	return scanQuads(ctx, qs, qs.QuadIterator(d, ref).Iterate(), fn)
}

// labelQuads are the quads of one label.
func labelQuads(ctx context.Context, qs cayley.QuadStore, label string) ([]quad.Quad, error) {
	var quads []quad.Quad
	err := eachQuad(ctx, qs, quad.Label, quad.IRI(label), func(q quad.Quad) error {
		quads = append(quads, q)
		return nil
	})
	return quads, err
}

// allQuads calls fn with every quad of the store.
func allQuads(ctx context.Context, qs cayley.QuadStore, fn func(quad.Quad) error) error {
	if r, ok := qs.(quadReader); ok {
		return r.all(ctx, fn)
	}
	return scanQuads(ctx, qs, qs.QuadsAllIterator().Iterate(), fn)
}

// scanQuads calls fn with every quad that it finds, and closes it.
func scanQuads(ctx context.Context, qs cayley.QuadStore, it iterator.Scanner, fn func(quad.Quad) error) error {
	defer it.Close()
	for it.Next(ctx) {
		q, err := qs.Quad(it.Result())
		if err != nil {
			return err
		}
		if err := fn(q); err != nil {
			return err
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	return ctx.Err()
}

// eachLabel calls fn with those quads of a label that have one of the predicates,
// label after label, one aside. fn must not keep the list.
func eachLabel(ctx context.Context, qs cayley.QuadStore, predicates []string, but string, fn func([]quad.Quad) error) error {
	r, ok := qs.(quadReader)
	if !ok {
		return fmt.Errorf("read labels of a %T: not offered", qs)
	}
	return r.eachLabel(ctx, predicates, but, fn)
}

// difference is what to remove from have and what to add to it so that it
// becomes want. Both are sets; quads compare as N-Quads lines, by their hashes.
func difference(have, want []quad.Quad) (remove, add []quad.Quad) {
	var line []byte
	hash := func(q quad.Quad) [16]byte {
		line = AppendNQuad(line[:0], q)
		return hashText(string(line))
	}
	in := make(map[[16]byte]bool, len(have))
	for _, q := range have {
		in[hash(q)] = true
	}
	keep := make(map[[16]byte]bool, len(want))
	for _, q := range want {
		h := hash(q)
		if !in[h] && !keep[h] {
			add = append(add, q)
		}
		keep[h] = true
	}
	for _, q := range have {
		if !keep[hash(q)] {
			remove = append(remove, q)
		}
	}
	return remove, add
}
