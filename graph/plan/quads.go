package plan

import (
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// quadOp is a part of a plan whose results are quads.
type quadOp interface {
	op
	// from gives the ways to nodes, which differ, as the ends of quads in a direction.
	from(ctx context.Context, dir int, nodes []refs.Ref) ([]ways, error)
}

// quadsOf is o as one whose results are quads, nil for any other.
func quadsOf(o op) quadOp {
	switch o := o.(type) {
	case *links:
		return o
	case *either:
		if !slices.ContainsFunc(o.parts, func(part op) bool { return quadsOf(part) == nil }) {
			return o
		}
	}
	return nil
}

// ends are the nodes that quads have in one direction.
type ends struct {
	quads quadOp
	dir   int
}

func (e *ends) start() start                            { return e.quads.start() }
func (e *ends) size(ctx context.Context) (int64, error) { return e.quads.size(ctx) }

func (e *ends) rows() stream {
	return &changed{e.quads.rows(), func(_ context.Context, rows []row) ([]row, error) {
		out := rows[:0]
		for _, r := range rows {
			if q, ok := r.node.(Quad); ok && q[e.dir] != nil {
				r.node = q[e.dir]
				out = append(out, r)
			}
		}
		return out, nil
	}}
}

func (e *ends) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	return e.quads.from(ctx, e.dir, nodes)
}

// links are quads some of whose nodes are given, or come from other parts.
type links struct {
	store Store
	want  Want
	none  bool        // what is wanted can't be
	names [4][]string // by which the nodes are tagged
	there [4]bool     // whether there must be a node
	paths []condition
}

// condition is where the nodes of a direction come from.
type condition struct {
	dir int
	op  op
}

func (b builder) quads(s shape.Quads) op {
	l := &links{store: b.store}
	for _, f := range s {
		l.demand(direction(f.Dir), b.of(f.Values))
	}
	return l
}

func (b builder) action(s shape.QuadsAction) op {
	l := &links{store: b.store}
	for d, node := range s.Filter {
		l.demand(direction(d), &fixed{nodes: []refs.Ref{node}})
	}
	for d, names := range s.Save {
		l.demand(direction(d), &save{from: &all{}, names: names})
	}
	return &ends{l, direction(s.Result)}
}

// demand asks for nodes in a direction.
func (l *links) demand(dir int, o op) {
	from, names := o, []string(nil)
	if s, ok := o.(*save); ok && len(s.fixed) == 0 {
		from, names = s.from, s.names
	}
	if f, ok := from.(*fixed); ok && l.want[dir] == nil {
		l.want[dir], l.none = unlike(f.nodes), l.none || len(f.nodes) == 0
		l.names[dir] = append(l.names[dir], names...)
		return
	}
	if names, ok := everything(o); ok {
		l.there[dir], l.names[dir] = true, append(l.names[dir], names...)
		return
	}
	l.paths = append(l.paths, condition{dir, o})
}

// unlike are the different ones of nodes; never nil.
func unlike(nodes []refs.Ref) []refs.Ref {
	seen, out := make(map[any]bool, len(nodes)), make([]refs.Ref, 0, len(nodes))
	for _, node := range nodes {
		if !seen[node.Key()] {
			seen[node.Key()] = true
			out = append(out, node)
		}
	}
	return out
}

// wanted is how well what is wanted tells where to look.
func (l *links) wanted() start {
	predicate := direction(quad.Predicate)
	for dir, nodes := range l.want {
		if nodes != nil && dir != predicate {
			return led
		}
	}
	if l.want[predicate] != nil {
		return relation
	}
	return anywhere
}

func (l *links) start() start {
	best := l.wanted()
	for _, c := range l.paths {
		best = min(best, max(led, c.op.start()))
	}
	return best
}

// driver is the condition from which to go to the quads; -1 for what is wanted.
func (l *links) driver(ctx context.Context) (int, error) {
	best, among := l.wanted(), []int{-1}
	for i, c := range l.paths {
		switch s := c.op.start(); {
		case s == anywhere || s > best || l.want[c.dir] != nil:
		case s < best:
			best, among = s, []int{i}
		default:
			among = append(among, i)
		}
	}
	return least(among, func(i int) (int64, error) {
		if i < 0 {
			return l.count(ctx)
		}
		return l.paths[i].op.size(ctx)
	})
}

// least is the one of a list that has the least size, which is asked for where
// there is a choice.
func least(list []int, size func(int) (int64, error)) (int, error) {
	at, found := list[0], int64(-1)
	for _, i := range list {
		if len(list) == 1 {
			break
		}
		n, err := size(i)
		if err != nil {
			return 0, err
		}
		if found < 0 || n < found {
			at, found = i, n
		}
	}
	return at, nil
}

// count is how many quads are wanted, the conditions aside.
func (l *links) count(ctx context.Context) (int64, error) {
	if l.wanted() == anywhere {
		return boundless, nil
	}
	n, err := l.store.Count(ctx, l.want, maxCounted)
	if n >= maxCounted {
		return many, err
	}
	return int64(n), err
}

func (l *links) size(ctx context.Context) (int64, error) {
	if l.none {
		return 0, nil
	}
	at, err := l.driver(ctx)
	if err != nil {
		return 0, err
	}
	if at < 0 {
		return l.count(ctx)
	}
	n, err := l.paths[at].op.size(ctx)
	return min(4*n, boundless), err
}

// fits reports whether a quad has what is wanted, the conditions aside.
func (l *links) fits(q Quad) bool {
	for dir, node := range q {
		if node == nil && (l.there[dir] || l.want[dir] != nil) {
			return false
		}
		if l.want[dir] != nil && !slices.ContainsFunc(l.want[dir], func(w refs.Ref) bool { return w.Key() == node.Key() }) {
			return false
		}
	}
	return !l.none
}

// found makes items of quads that are as wanted: bases gives what was tagged on the
// way to one. The condition skipped is met, -1 for none.
func (l *links) found(ctx context.Context, quads []Quad, skipped int, bases func(Quad) []row) ([]item, error) {
	items := make([]item, 0, len(quads))
	for _, q := range quads {
		it := item{node: q, bases: bases(q)}
		for dir, names := range l.names {
			it.tags = tagged(it.tags, names, q[dir])
		}
		items = append(items, it)
	}
	for i, c := range l.paths {
		if i == skipped {
			continue
		}
		var err error
		items, err = meet(ctx, items, func(it *item) refs.Ref { return it.node.(Quad)[c.dir] }, c.op, false)
		if err != nil {
			return nil, err
		}
	}
	return items, nil
}

// complete leaves out quads that lack a node.
func (l *links) complete(quads []Quad) []Quad {
	return slices.DeleteFunc(quads, func(q Quad) bool {
		for dir, must := range l.there {
			if must && q[dir] == nil {
				return true
			}
		}
		return false
	})
}

// noBase is what was tagged on the way to quads that are found as they are.
var noBase = []row{{}}

func (l *links) from(ctx context.Context, dir int, nodes []refs.Ref) ([]ways, error) {
	out := make([]ways, len(nodes))
	if l.none {
		return out, nil
	}
	at := make(map[any]int, len(nodes))
	for i, node := range nodes {
		at[node.Key()] = i
	}
	w, held := l.want, 0
	if w[dir] != nil {
		nodes = slices.DeleteFunc(slices.Clone(w[dir]), func(n refs.Ref) bool { _, asked := at[n.Key()]; return !asked })
	}
	for part := range slices.Chunk(nodes, lastBatch) {
		w[dir] = part
		err := each(ctx, l.store.Find(ctx, w), func(quads []Quad) error {
			items, err := l.found(ctx, l.complete(quads), -1, func(Quad) []row { return noBase })
			if err != nil {
				return err
			}
			for i := range items {
				k := at[items[i].node.(Quad)[dir].Key()]
				for more := true; more; more = items[i].turn() {
					out[k] = append(out[k], items[i].row().tags)
					if held++; held > maxHeld {
						return errHeld
					}
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// each calls fn with all parts that a cursor gives, and closes it.
func each[T any](ctx context.Context, c Cursor[T], fn func([]T) error) error {
	defer c.Close()
	for {
		list, err := c.Next(ctx)
		if err != nil || len(list) == 0 {
			return err
		}
		if err := fn(list); err != nil {
			return err
		}
	}
}

func (l *links) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	out := make([]ways, len(nodes))
	at := make(map[Quad]int, len(nodes))
	var quads []Quad
	for i, node := range nodes {
		if q, ok := node.(Quad); ok && l.fits(q) {
			at[q] = i
			quads = append(quads, q)
		}
	}
	items, err := l.found(ctx, quads, -1, func(Quad) []row { return noBase })
	for i := range items {
		k := at[items[i].node.(Quad)]
		for more := true; more; more = items[i].turn() {
			out[k] = append(out[k], items[i].row().tags)
		}
	}
	return out, err
}
