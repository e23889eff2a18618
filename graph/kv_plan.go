package graph

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	ckv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
)

// kvGraph is what Gizmo reads of a snapshot: Cayley's own store, but for how quads
// are found. Cayley takes all quads of a node, or all of a predicate, and looks at
// each for the rest of what is asked; we go to the index entry that has all of it,
// so that a step costs what it finds.
type kvGraph struct {
	*ckv.QuadStore
	snap *kvSnapshot
}

// OptimizeShape is where Cayley asks for a better way.
func (g *kvGraph) OptimizeShape(_ context.Context, s shape.Shape) (shape.Shape, bool) {
	switch s := s.(type) {
	case shape.QuadsAction:
		return g.action(s)
	case shape.Quads:
		return g.quads(s)
	}
	return s, false
}

// action is for quads of which some values are known.
func (g *kvGraph) action(s shape.QuadsAction) (shape.Shape, bool) {
	if len(s.Filter) == 0 {
		return s, false
	}
	sc := quadScan{g: g}
	for d, ref := range s.Filter {
		if !sc.fix(d, []refs.Ref{ref}) {
			return s, false
		}
	}
	return s.SimplifyFrom(sc), true
}

// maxFixed is how many combinations of known values are looked up one by one.
const maxFixed = 1000

// quads is for quads some of whose values are known, or come from another path:
// that is followed, and each node of it looked up together with what is known.
func (g *kvGraph) quads(s shape.Quads) (shape.Shape, bool) {
	sc := quadScan{g: g}
	var rest shape.Quads
	combinations := 1
	for _, f := range s {
		if fixed, ok := f.Values.(shape.Fixed); ok && len(fixed) > 0 && combinations*len(fixed) <= maxFixed && sc.fix(f.Dir, fixed) {
			combinations *= len(fixed)
			continue
		}
		rest = append(rest, f)
	}
	at := slices.IndexFunc(rest, func(f shape.QuadFilter) bool {
		return f.Dir != quad.Label && !everything(f.Values) && !sc.has(f.Dir)
	})
	if at >= 0 {
		sc.dir, sc.from = rest[at].Dir, rest[at].Values
		rest = slices.Delete(rest, at, at+1)
	}
	switch {
	case sc.index() < 0:
		return s, false
	case len(rest) == 0:
		return sc, true
	}
	return shape.IntersectShapes(sc, rest), true
}

// everything reports whether a shape is every node there is.
func everything(s shape.Shape) bool {
	switch s := s.(type) {
	case shape.AllNodes:
		return true
	case shape.Save:
		return everything(s.From)
	}
	return false
}

// quadScan are the quads with certain values, and perhaps a node of a path.
type quadScan struct {
	g     *kvGraph
	fixed [4][]uint64 // allowed ids by direction, none for any
	dir   quad.Direction
	from  shape.Shape // the nodes in direction dir, nil for any
}

// fix allows only these values in a direction.
func (s *quadScan) fix(d quad.Direction, list []refs.Ref) bool {
	at := direction(d)
	if at < 0 || at >= len(s.fixed) || s.fixed[at] != nil {
		return false
	}
	ids := make([]uint64, len(list))
	for i, ref := range list {
		id, ok := ref.(ckv.Int64Value)
		if !ok {
			return false
		}
		ids[i] = uint64(id)
	}
	slices.Sort(ids)
	s.fixed[at] = slices.Compact(ids)
	return true
}

func (s *quadScan) has(d quad.Direction) bool { return s.fixed[direction(d)] != nil }

// index is the index with the longest beginning of which all is known, the path's
// node included; -1 for none.
func (s *quadScan) index() int {
	best, most := -1, 0
	for i, index := range quadIndexes {
		n := 0
		for n < len(index.Dirs) && (s.has(index.Dirs[n]) || s.from != nil && index.Dirs[n] == s.dir) {
			n++
		}
		if n > most && (s.from == nil || slices.Contains(index.Dirs[:n], s.dir)) {
			best, most = i, n
		}
	}
	return best
}

// prefixes are the beginnings of the index's keys that hold the quads, where the
// path is at a node.
func (s *quadScan) prefixes(index int, node uint64) []kv.Key {
	dirs, bucket := quadIndexes[index].Dirs, indexNames[index]
	keys := [][]byte{nil}
	for _, d := range dirs {
		allowed := s.fixed[direction(d)]
		if s.from != nil && d == s.dir {
			allowed = []uint64{node}
		}
		if allowed == nil {
			break
		}
		var longer [][]byte
		for _, key := range keys {
			for _, id := range allowed {
				longer = append(longer, binary.BigEndian.AppendUint64(key[:len(key):len(key)], id))
			}
		}
		keys = longer
	}
	out := make([]kv.Key, len(keys))
	for i, key := range keys {
		out[i] = kv.Key{bucket, key}
	}
	return out
}

// BuildIterator makes Cayley's iterator of it.
func (s quadScan) BuildIterator(qs cayley.QuadStore) iterator.Shape {
	sh := &scanShape{quadScan: s}
	if s.from != nil {
		sh.nodes = s.from.BuildIterator(qs)
	}
	return sh
}

// Optimize leaves it as it is.
func (s quadScan) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return s, false }

// scanShape is a quadScan whose path has been built.
type scanShape struct {
	quadScan
	nodes iterator.Shape // nil where there is no path
}

func (s *scanShape) String() string { return fmt.Sprintf("QuadScan(%v)", s.dir) }

func (s *scanShape) Iterate() iterator.Scanner {
	it := &scanNext{scanBase: scanBase{s: s}, index: s.index()}
	if s.nodes != nil {
		it.nodes = s.nodes.Iterate()
		it.node = it.nodes
	}
	return it
}

func (s *scanShape) Lookup() iterator.Index {
	it := &scanContains{scanBase: scanBase{s: s}}
	if s.nodes != nil {
		it.nodes = s.nodes.Lookup()
		it.node = it.nodes
	}
	return it
}

// maxCounted is how many quads are counted to know how many there are.
const maxCounted = 256

// Stats says how many quads there are about.
func (s *scanShape) Stats(ctx context.Context) (iterator.Costs, error) {
	if s.nodes == nil {
		n, err := s.count(ctx, maxCounted)
		size := refs.Size{Value: int64(n)}
		if n >= maxCounted {
			size.Value = 1 + s.g.Size()/2
		}
		return iterator.Costs{ContainsCost: 1, NextCost: 2, Size: size}, err
	}
	c, err := s.nodes.Stats(ctx)
	return iterator.Costs{ContainsCost: 1 + c.ContainsCost, NextCost: 2 + c.NextCost, Size: refs.Size{Value: 4 * c.Size.Value}}, err
}

func (s *scanShape) Optimize(ctx context.Context) (iterator.Shape, bool) {
	if s.nodes == nil {
		return s, false
	}
	nodes, ok := s.nodes.Optimize(ctx)
	if !ok {
		return s, false
	}
	return &scanShape{s.quadScan, nodes}, true
}

func (s *scanShape) SubIterators() []iterator.Shape {
	if s.nodes == nil {
		return nil
	}
	return []iterator.Shape{s.nodes}
}
