package plan

import (
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// item is a node with all the ways in which it is a result: each of its bases with
// one of each list of ways. They may be a great many, and are given one by one.
type item struct {
	node  refs.Ref
	bases []row
	tags  *tag
	lists []ways
	at    []int // of bases, then of each list; nil at the beginning
}

// row is the row that it is at.
func (it *item) row() row {
	base, first := it.bases[0], true
	if it.at != nil {
		base = it.bases[it.at[0]]
	}
	t := it.tags.onto(base.tags)
	for i, list := range it.lists {
		k := 0
		if it.at != nil {
			k = it.at[i+1]
		}
		t, first = list[k].onto(t), first && k == 0
	}
	return row{it.node, t, base.also || !first}
}

// turn goes on to the next row, and reports whether there is one.
func (it *item) turn() bool {
	if it.at == nil {
		it.at = make([]int, 1+len(it.lists))
	}
	for i := len(it.at) - 1; i >= 0; i-- {
		n := len(it.bases)
		if i > 0 {
			n = len(it.lists[i-1])
		}
		if it.at[i]++; it.at[i] < n {
			return true
		}
		it.at[i] = 0
	}
	return false
}

// queue are items whose rows are still to be given.
type queue []item

func (q *queue) take(n int) []row {
	var rows []row
	for len(*q) > 0 && len(rows) < n {
		rows = append(rows, (*q)[0].row())
		if !(*q)[0].turn() {
			*q = (*q)[1:]
		}
	}
	return rows
}

// meet keeps the items of which a node is matched, with the ways to it; where that is
// optional the others, too.
func meet(ctx context.Context, items []item, node func(*item) refs.Ref, o op, optional bool) ([]item, error) {
	if len(items) == 0 {
		return items, nil
	}
	at := make(map[any]int, len(items))
	var nodes []refs.Ref
	for i := range items {
		n := node(&items[i])
		if n == nil {
			continue
		}
		if _, seen := at[n.Key()]; !seen {
			at[n.Key()] = len(nodes)
			nodes = append(nodes, n)
		}
	}
	found, err := o.match(ctx, nodes)
	if err != nil {
		return nil, err
	}
	out := items[:0]
	for _, it := range items {
		var w ways
		if n := node(&it); n != nil {
			w = found[at[n.Key()]]
		}
		switch {
		case len(w) == 0 && !optional:
			continue
		case len(w) > 1 || len(w) == 1 && w[0] != nil:
			it.lists = append(it.lists[:len(it.lists):len(it.lists)], w)
		}
		out = append(out, it)
	}
	return out, nil
}

// both are the nodes that all parts give, with the ways of the optional ones.
type both struct {
	parts    []op
	optional []op
}

func (b builder) both(parts, optional []shape.Shape) op {
	var o both
	proved := false
	for _, s := range parts {
		part := b.of(s)
		if _, ok := part.(*all); ok && len(parts) > 1 {
			continue
		}
		_, ok := part.(*ends)
		proved = proved || ok
		o.parts = append(o.parts, part)
	}
	if len(o.parts) == 0 {
		o.parts = []op{&all{b.store}}
	}
	for i := range o.parts {
		if proved {
			o.parts[i] = known(o.parts[i])
		}
	}
	for _, s := range optional {
		o.optional = append(o.optional, b.of(s))
	}
	return &o
}

// known is a part whose fixed nodes needn't be looked for.
func known(o op) op {
	switch o := o.(type) {
	case *fixed:
		return &fixed{o.store, o.nodes, true}
	case *save:
		return &save{known(o.from), o.names, o.fixed}
	}
	return o
}

func (b *both) start() start {
	best := anywhere
	for _, part := range b.parts {
		best = min(best, part.start())
	}
	return best
}

func (b *both) size(ctx context.Context) (int64, error) {
	at, err := b.first(ctx)
	if err != nil {
		return 0, err
	}
	return b.parts[at].size(ctx)
}

// first is the part to begin with: of those that know best where to begin the
// smallest.
func (b *both) first(ctx context.Context) (int, error) {
	best, among := b.start(), []int(nil)
	for i, part := range b.parts {
		if part.start() == best {
			among = append(among, i)
		}
	}
	return least(among, func(i int) (int64, error) { return b.parts[i].size(ctx) })
}

func nodeOf(it *item) refs.Ref { return it.node }

// narrow keeps the items that all parts but one give.
func (b *both) narrow(ctx context.Context, items []item, but int) (_ []item, err error) {
	for i, part := range b.parts {
		if i == but {
			continue
		}
		if items, err = meet(ctx, items, nodeOf, part, false); err != nil {
			return nil, err
		}
	}
	for _, part := range b.optional {
		if items, err = meet(ctx, items, nodeOf, part, true); err != nil {
			return nil, err
		}
	}
	return items, nil
}

func (b *both) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	items, at := make([]item, len(nodes)), make(map[any]int, len(nodes))
	for i, node := range nodes {
		items[i], at[node.Key()] = item{node: node, bases: noBase}, i
	}
	items, err := b.narrow(ctx, items, -1)
	if err != nil {
		return nil, err
	}
	out, held := make([]ways, len(nodes)), 0
	for i := range items {
		k := at[items[i].node.Key()]
		for more := true; more; more = items[i].turn() {
			out[k] = append(out[k], items[i].row().tags)
			if held++; held > maxHeld {
				return nil, errHeld
			}
		}
	}
	return out, nil
}

func (b *both) rows() stream { return &bothRows{both: b} }

type bothRows struct {
	*both
	at    int
	from  stream
	items queue
}

func (r *bothRows) next(ctx context.Context, n int) ([]row, error) {
	if r.from == nil {
		at, err := r.first(ctx)
		if err != nil {
			return nil, err
		}
		r.at, r.from = at, r.parts[at].rows()
	}
	for {
		if rows := r.items.take(n); len(rows) > 0 {
			return rows, nil
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rows, err := r.from.next(ctx, max(n, firstBatch))
		if err != nil || len(rows) == 0 {
			return nil, err
		}
		items := make([]item, len(rows))
		for i, base := range rows {
			items[i] = item{node: base.node, bases: rows[i : i+1]}
		}
		if r.items, err = r.narrow(ctx, items, r.at); err != nil {
			return nil, err
		}
	}
}

func (r *bothRows) close() {
	if r.from != nil {
		r.from.close()
	}
}

// either are the nodes that any part gives.
type either struct{ parts []op }

func (b builder) either(s shape.Union) op {
	var e either
	for _, part := range s {
		e.parts = append(e.parts, b.of(part))
	}
	return &e
}

func (e *either) start() start {
	worst := given
	for _, part := range e.parts {
		worst = max(worst, part.start())
	}
	return worst
}

func (e *either) size(ctx context.Context) (sum int64, err error) {
	for _, part := range e.parts {
		n, err := part.size(ctx)
		if err != nil {
			return 0, err
		}
		sum = min(sum+n, boundless)
	}
	return sum, nil
}

func (e *either) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	return e.all(nodes, func(part op) ([]ways, error) { return part.match(ctx, nodes) })
}

func (e *either) from(ctx context.Context, dir int, nodes []refs.Ref) ([]ways, error) {
	return e.all(nodes, func(part op) ([]ways, error) { return quadsOf(part).from(ctx, dir, nodes) })
}

// all takes the ways of all parts, those of the same tags once.
func (e *either) all(nodes []refs.Ref, match func(op) ([]ways, error)) ([]ways, error) {
	out := make([]ways, len(nodes))
	for _, part := range e.parts {
		found, err := match(part)
		if err != nil {
			return nil, err
		}
		for i, list := range found {
			before := out[i]
			for _, t := range list {
				if !slices.ContainsFunc(before, t.equal) {
					out[i] = append(out[i], t)
				}
			}
		}
	}
	return out, nil
}

func (e *either) rows() stream { return &eitherRows{parts: e.parts} }

type eitherRows struct {
	parts []op
	from  stream
}

func (r *eitherRows) next(ctx context.Context, n int) ([]row, error) {
	for {
		if r.from == nil {
			if len(r.parts) == 0 {
				return nil, nil
			}
			r.from, r.parts = r.parts[0].rows(), r.parts[1:]
		}
		rows, err := r.from.next(ctx, n)
		if err != nil || len(rows) > 0 {
			return rows, err
		}
		r.from.close()
		r.from = nil
	}
}

func (r *eitherRows) close() {
	if r.from != nil {
		r.from.close()
	}
}

// except are the nodes of one part that another one doesn't give.
type except struct{ from, without op }

func (e *except) start() start                            { return e.from.start() }
func (e *except) size(ctx context.Context) (int64, error) { return e.from.size(ctx) }

func (e *except) rows() stream {
	return &changed{e.from.rows(), func(ctx context.Context, rows []row) ([]row, error) {
		nodes, at := distinct(rows)
		gone, err := e.without.match(ctx, nodes)
		if err != nil {
			return nil, err
		}
		return slices.DeleteFunc(rows, func(r row) bool { return len(gone[at[r.node.Key()]]) > 0 }), nil
	}}
}

func (e *except) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	found, err := e.from.match(ctx, nodes)
	if err != nil {
		return nil, err
	}
	gone, err := e.without.match(ctx, nodes)
	for i := range gone {
		if len(gone[i]) > 0 {
			found[i] = nil
		}
	}
	return found, err
}
