package plan

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
)

// shapeOf shows a part of a plan as one of Cayley's iterators.
type shapeOf struct{ op }

func (s *shapeOf) String() string { return fmt.Sprintf("%T", s.op) }

func (s *shapeOf) Iterate() iterator.Scanner { return &scanner{rows: s.rows()} }
func (s *shapeOf) Lookup() iterator.Index    { return &lookup{op: s.op} }

func (s *shapeOf) Stats(ctx context.Context) (iterator.Costs, error) {
	n, err := s.size(ctx)
	return iterator.Costs{ContainsCost: 1, NextCost: 1, Size: refs.Size{Value: n}}, err
}

func (s *shapeOf) Optimize(context.Context) (iterator.Shape, bool) { return s, false }
func (s *shapeOf) SubIterators() []iterator.Shape                  { return nil }

// current is the row that an iterator is at.
type current struct {
	at  row
	err error
}

func (c *current) TagResults(dst map[string]refs.Ref) { c.at.tags.into(dst) }
func (c *current) Result() refs.Ref                   { return c.at.node }
func (c *current) Err() error                         { return c.err }
func (c *current) String() string                     { return "plan" }

// scanner gives rows one by one.
type scanner struct {
	current
	rows  stream
	batch []row
	size  int
	ended bool
}

// Rows are asked for in batches, small ones first, so that the first comes soon.
const (
	firstBatch = 32
	lastBatch  = 1024
)

// fill reports whether there is a next row.
func (s *scanner) fill(ctx context.Context) bool {
	for len(s.batch) == 0 && !s.ended && s.err == nil {
		s.size = min(max(firstBatch, 4*s.size), lastBatch)
		if s.err = ctx.Err(); s.err == nil {
			s.batch, s.err = s.rows.next(ctx, s.size)
		}
		s.ended = len(s.batch) == 0
	}
	return len(s.batch) > 0 && s.err == nil
}

func (s *scanner) take() bool {
	s.at, s.batch = s.batch[0], s.batch[1:]
	return true
}

func (s *scanner) Next(ctx context.Context) bool {
	for s.fill(ctx) {
		if s.take(); !s.at.also {
			return true
		}
	}
	return false
}

func (s *scanner) NextPath(ctx context.Context) bool {
	return s.fill(ctx) && s.batch[0].also && s.take()
}

func (s *scanner) Close() error {
	s.rows.close()
	s.batch, s.ended = nil, true
	return nil
}

// lookup tells of single nodes whether they are reached.
type lookup struct {
	current
	op   op
	ways ways // more of them
}

func (l *lookup) Contains(ctx context.Context, node refs.Ref) bool {
	found, err := l.op.match(ctx, []refs.Ref{node})
	if err != nil {
		l.err = err
		return false
	}
	l.ways, l.at = found[0], row{node: node}
	return l.NextPath(ctx)
}

func (l *lookup) NextPath(context.Context) bool {
	if len(l.ways) == 0 {
		return false
	}
	l.at.tags, l.ways = l.ways[0], l.ways[1:]
	return true
}

func (l *lookup) Close() error { return nil }

// foreign is one of Cayley's iterators as a part of a plan.
type foreign struct{ it iterator.Shape }

func (f *foreign) start() start { return anywhere }

func (f *foreign) size(ctx context.Context) (int64, error) {
	c, err := f.it.Stats(ctx)
	return c.Size.Value, err
}

func (f *foreign) rows() stream { return &foreignRows{it: f.it} }

type foreignRows struct {
	it   iterator.Shape
	scan iterator.Scanner
	on   bool // at a result, which may have other ways
}

func (f *foreignRows) next(ctx context.Context, n int) ([]row, error) {
	if f.scan == nil {
		f.it, _ = f.it.Optimize(ctx)
		f.scan = f.it.Iterate()
	}
	var out []row
	for len(out) < n {
		also := f.on && f.scan.NextPath(ctx)
		if !also && !f.scan.Next(ctx) {
			break
		}
		f.on = true
		out = append(out, row{f.scan.Result(), tagsOf(f.scan), also})
	}
	if err := f.scan.Err(); err != nil {
		return nil, err
	}
	return out, ctx.Err()
}

func (f *foreignRows) close() {
	if f.scan != nil {
		f.scan.Close()
	}
}

func tagsOf(it iterator.Base) (t *tag) {
	found := make(map[string]refs.Ref)
	it.TagResults(found)
	for name, node := range found {
		t = &tag{name, node, t}
	}
	return t
}

func (f *foreign) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	index := f.it.Lookup()
	defer index.Close()
	out := make([]ways, len(nodes))
	for i, node := range nodes {
		for ok := index.Contains(ctx, node); ok; ok = index.NextPath(ctx) {
			out[i] = append(out[i], tagsOf(index))
		}
		if err := index.Err(); err != nil {
			return nil, err
		}
	}
	return out, ctx.Err()
}
