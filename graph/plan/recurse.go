package plan

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// Recursive appends to a path that step is followed again and again, at most depth
// times, 0 being Cayley's default; tags name how often. Cayley's own FollowRecursive
// hides what it follows from whoever could plan it, with all that stands before.
func Recursive(p, step *path.Path, depth int, tags []string) *path.Path {
	if depth == 0 {
		depth = iterator.DefaultMaxRecursiveSteps
	}
	r := &recursion{step: step, depth: depth, tags: tags}
	return p.Filters(&recursionEnd{r, false}).Filters(&recursionEnd{r, true})
}

// recursion is what is followed.
type recursion struct {
	step  *path.Path
	depth int
	tags  []string
}

// recursionEnd stands in a path as a filter, of which a path can hold any. Where the
// path was reversed, the last one comes first.
type recursionEnd struct {
	*recursion
	last bool
}

// BuildIterator is not called: plans know what it is.
func (r *recursionEnd) BuildIterator(graph.QuadStore, iterator.Shape) iterator.Shape {
	return iterator.NewError(errUnplanned)
}

// follow are the nodes that are reached from others by following a step again and
// again, each once.
type follow struct {
	builder
	from    op
	step    *path.Path
	depth   int
	tags    []string
	reached reached
}

func (f *follow) start() start { return max(led, f.from.start()) }

func (f *follow) size(ctx context.Context) (int64, error) {
	n, err := f.from.size(ctx)
	return min(100*n, boundless), err
}

func (f *follow) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	return f.reached.match(ctx, f, nodes)
}

func (f *follow) rows() stream {
	return &followRows{follow: f, seen: make(map[any]refs.Ref), origins: make(map[any][]row)}
}

// followRows gives the nodes of one depth after the other.
type followRows struct {
	*follow
	level   int
	step    stream           // of this depth
	front   []refs.Ref       // where the next depth begins
	seen    map[any]refs.Ref // by node: from which of the first ones it was reached
	origins map[any][]row    // rows of the first nodes
}

// origin is the tag of the node from which a step went.
const origin = "\x00origin"

// begin reads the first nodes.
func (r *followRows) begin(ctx context.Context) error {
	rows, err := held(ctx, r.from)
	for _, b := range rows {
		k := b.node.Key()
		if r.origins[k] == nil {
			r.front = append(r.front, b.node)
		}
		r.origins[k] = append(r.origins[k], b)
	}
	return err
}

// deeper goes one step on, and reports whether there is one.
func (r *followRows) deeper(ctx context.Context) bool {
	if len(r.front) == 0 || r.level == r.depth {
		return false
	}
	r.level++
	begin := planned{&save{&fixed{r.store, r.front, true}, []string{origin}, nil}, r.store}
	sh, _ := shape.Optimize(ctx, r.follow.step.ShapeFrom(begin), r.store)
	r.step, r.front = r.of(sh).rows(), nil
	return true
}

func (r *followRows) next(ctx context.Context, n int) ([]row, error) {
	if r.level == 0 {
		if err := r.begin(ctx); err != nil {
			return nil, err
		}
	}
	for {
		if r.step == nil && !r.deeper(ctx) {
			return nil, ctx.Err()
		}
		rows, err := r.step.next(ctx, n)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			r.step.close()
			r.step = nil
			continue
		}
		if out := r.fresh(rows); len(out) > 0 || len(r.seen) > maxHeld {
			return out, tooMany(len(r.seen))
		}
	}
}

// fresh are the rows of nodes that weren't reached before.
func (r *followRows) fresh(rows []row) []row {
	var out []row
	for _, b := range rows {
		k := b.node.Key()
		if _, again := r.seen[k]; again {
			continue
		}
		tags, from := b.tags.cut(origin)
		first := from
		if r.level > 1 {
			first = r.seen[from.Key()]
		}
		r.seen[k] = first
		r.front = append(r.front, b.node)
		tags = tagged(tags, r.tags, refs.PreFetched(quad.Int(r.level)))
		for i, o := range r.origins[first.Key()] {
			out = append(out, row{b.node, tags.onto(o.tags), i > 0})
		}
	}
	return out
}

func (r *followRows) close() {
	if r.step != nil {
		r.step.close()
	}
}
