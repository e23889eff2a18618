// Package plan answers Cayley's shapes, the plans that it makes of Gizmo's paths, in
// batches: it asks a store for the quads of many nodes at a time, by the index that
// knows all that is given, where Cayley's iterators ask for one node after the
// other. It holds no more of what it finds than a batch, and what must be held to
// compare (what is unique, sorted or matched) up to a limit.
package plan

import (
	"context"
	"errors"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// Quad is a quad by its nodes, in the order of quad.Directions; without a label the
// last is nil.
type Quad [4]refs.Ref

// Key makes a quad what Cayley's iterators hand on.
func (q Quad) Key() any { return q }

// Want are the nodes that a quad may have in each direction; none is any.
type Want [4][]refs.Ref

// Store is what is asked. Its nodes are comparable values.
type Store interface {
	graph.QuadStore

	// Find gives the quads that are wanted.
	Find(ctx context.Context, w Want) Cursor[Quad]

	// Count counts the quads that are wanted, as far as to most. It may count some
	// that aren't.
	Count(ctx context.Context, w Want, most int) (int, error)

	// Nodes gives every node.
	Nodes(ctx context.Context) Cursor[refs.Ref]

	// ValuesOf names nodes, nil for those that aren't there, which it then has at
	// hand for NameOf.
	ValuesOf(ctx context.Context, nodes []refs.Ref) ([]quad.Value, error)
}

// Cursor gives a list in parts, of a size that the giver chooses; an empty one is the
// end.
type Cursor[T any] interface {
	Next(ctx context.Context) ([]T, error)
	Close()
}

// direction is the index of a direction in Quad and Want.
func direction(d quad.Direction) int { return int(d) - int(quad.Subject) }

// errHeld ends a query that would need too much memory.
var errHeld = errors.New("more than a million results had to be held to compare them: begin the path where there are fewer")

// maxHeld is how many results are held at a time.
const maxHeld = 1_000_000

func tooMany(held int) error {
	if held > maxHeld {
		return errHeld
	}
	return nil
}

// errUnplanned is what is left to Cayley that it can't do.
var errUnplanned = errors.New("only a store that plans its paths follows them recursively")

// row is a result: a node, and what was tagged on the way to it.
type row struct {
	node refs.Ref
	tags *tag
	also bool // another way to a node that was given already: Cayley's NextPath
}

// tag is a tagged node; those tagged before follow. They are shared, never changed.
type tag struct {
	name string
	node refs.Ref
	prev *tag
}

func (t *tag) into(dst map[string]refs.Ref) {
	var list []*tag
	for ; t != nil; t = t.prev {
		list = append(list, t)
	}
	for i := len(list) - 1; i >= 0; i-- {
		dst[list[i].name] = list[i].node
	}
}

// onto is t put after base.
func (t *tag) onto(base *tag) *tag {
	switch {
	case t == nil:
		return base
	case base == nil:
		return t
	}
	return &tag{t.name, t.node, t.prev.onto(base)}
}

func (t *tag) equal(other *tag) bool {
	for ; t != nil && other != nil && t != other; t, other = t.prev, other.prev {
		if t.name != other.name || t.node.Key() != other.node.Key() {
			return false
		}
	}
	return t == other
}

// cut is t as far as to the tag of a name, without it, and that tag's node.
func (t *tag) cut(name string) (*tag, refs.Ref) {
	if t == nil || t.name == name {
		if t == nil {
			return nil, nil
		}
		return nil, t.node
	}
	prev, node := t.prev.cut(name)
	return &tag{t.name, t.node, prev}, node
}

func tagged(t *tag, names []string, node refs.Ref) *tag {
	for _, name := range names {
		t = &tag{name, node, t}
	}
	return t
}

// ways are the ways to a node by what each has tagged; none where it isn't reached.
// Who gets them may change them.
type ways []*tag

// op is a part of a plan.
type op interface {
	// rows gives the results.
	rows() stream
	// match gives the ways to each of the nodes, which differ.
	match(ctx context.Context, nodes []refs.Ref) ([]ways, error)
	// start tells how well it is known where the results begin.
	start() start
	// size is about how many results there are. It looks at a limited number.
	size(ctx context.Context) (int64, error)
}

// stream gives rows, about n of them at a time; none is the end.
type stream interface {
	next(ctx context.Context, n int) ([]row, error)
	close()
}

// start is where the results of a part of a plan come from, the best first.
type start int

const (
	given    start = iota // nodes that are given
	led                   // what a given node leads to
	relation              // all quads of a predicate
	anywhere
)

// Sizes of what isn't counted.
const (
	maxCounted = 256     // quads that are counted to compare with others
	many       = 1 << 30 // more than that
	boundless  = 1 << 40 // all there is
)

// Shape makes a part of a plan one of Cayley's shapes.
type planned struct {
	op
	store Store
}

// BuildIterator makes Cayley's iterator of it.
func (p planned) BuildIterator(graph.QuadStore) iterator.Shape { return &shapeOf{p.op} }

// Optimize leaves it as it is.
func (p planned) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return p, false }

// Optimize is a store's OptimizeShape, which Cayley calls for each shape after those
// within it.
func Optimize(store Store, s shape.Shape) (shape.Shape, bool) {
	b := builder{store}
	if o := b.shape(s); o != nil {
		return planned{o, store}, true
	}
	return s, false
}

type builder struct{ store Store }

// shape is the part of a plan for a shape; nil for one that is left to Cayley.
func (b builder) shape(s shape.Shape) op {
	switch s := s.(type) {
	case shape.AllNodes:
		return &all{b.store}
	case shape.Fixed:
		return &fixed{b.store, []refs.Ref(s), false}
	case shape.FixedTags:
		return &save{b.of(s.On), nil, s.Tags}
	case shape.Save:
		return &save{b.of(s.From), s.Tags, nil}
	case shape.Quads:
		return b.quads(s)
	case shape.QuadsAction:
		return b.action(s)
	case shape.NodesFrom:
		if q := quadsOf(b.of(s.Quads)); q != nil {
			return &ends{q, direction(s.Dir)}
		}
	case shape.Intersect:
		return b.both(s, nil)
	case shape.IntersectOpt:
		return b.both(s.Sub, s.Opt)
	case shape.Union:
		return b.either(s)
	}
	return b.whole(s)
}

// whole are the shapes that take in another one as a whole.
func (b builder) whole(s shape.Shape) op {
	switch s := s.(type) {
	case shape.Except:
		from := op(&all{b.store})
		if s.From != nil {
			from = b.of(s.From)
		}
		return &except{from, b.of(s.Exclude)}
	case shape.Filter:
		return b.filter(s)
	case shape.Unique:
		return &unique{b.of(s.From)}
	case shape.Page:
		return &page{from: b.of(s.From), skip: s.Skip, limit: s.Limit}
	case shape.Sort:
		return &sorted{b.store, b.of(s.From)}
	case shape.Materialize:
		return b.of(s.Values)
	}
	return nil
}

// of is the part of a plan for a shape within another one.
func (b builder) of(s shape.Shape) op {
	if shape.IsNull(s) {
		return &fixed{b.store, nil, true}
	}
	if p, ok := s.(planned); ok {
		return p.op
	}
	if o := b.shape(s); o != nil {
		return o
	}
	return &foreign{s.BuildIterator(b.store)}
}
