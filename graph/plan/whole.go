package plan

import (
	"context"
	"slices"
	"sort"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// filter are nodes whose values pass.
type filter struct {
	store   Store
	from    op
	filters []shape.ValueFilter
}

func (b builder) filter(s shape.Filter) op {
	o := b.of(s.From)
	for i := 0; i < len(s.Filters); i++ {
		if r, ok := s.Filters[i].(*recursionEnd); ok {
			f := &follow{builder: b, from: o, step: r.step, depth: r.depth, tags: r.tags}
			if r.last { // the path was reversed
				f.step = r.step.Reverse()
			}
			o = f
			i++ // the other end
			continue
		}
		if f, ok := o.(*filter); ok {
			f.filters = append(f.filters, s.Filters[i])
			continue
		}
		o = &filter{b.store, o, []shape.ValueFilter{s.Filters[i]}}
	}
	return o
}

func (f *filter) start() start                            { return f.from.start() }
func (f *filter) size(ctx context.Context) (int64, error) { return f.from.size(ctx) }

// passing reports which nodes pass.
func (f *filter) passing(ctx context.Context, nodes []refs.Ref) ([]bool, error) {
	if _, err := f.store.ValuesOf(ctx, nodes); err != nil {
		return nil, err
	}
	it := iterator.Shape(&shapeOf{&all{f.store}})
	for _, v := range f.filters {
		it = v.BuildIterator(f.store, it)
	}
	index := it.Lookup()
	defer index.Close()
	pass := make([]bool, len(nodes))
	for i, node := range nodes {
		pass[i] = index.Contains(ctx, node)
		if err := index.Err(); err != nil {
			return nil, err
		}
	}
	return pass, nil
}

func (f *filter) rows() stream {
	return &changed{f.from.rows(), func(ctx context.Context, rows []row) ([]row, error) {
		nodes, at := distinct(rows)
		pass, err := f.passing(ctx, nodes)
		if err != nil {
			return nil, err
		}
		return slices.DeleteFunc(rows, func(r row) bool { return !pass[at[r.node.Key()]] }), nil
	}}
}

func (f *filter) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	found, err := f.from.match(ctx, nodes)
	if err != nil {
		return nil, err
	}
	pass, err := f.passing(ctx, nodes)
	for i := range pass {
		if !pass[i] {
			found[i] = nil
		}
	}
	return found, err
}

// unique gives each node once.
type unique struct{ from op }

func (u *unique) start() start                            { return u.from.start() }
func (u *unique) size(ctx context.Context) (int64, error) { return u.from.size(ctx) }

func (u *unique) rows() stream {
	seen := make(map[any]bool)
	return &changed{u.from.rows(), func(_ context.Context, rows []row) ([]row, error) {
		rows = slices.DeleteFunc(rows, func(r row) bool {
			again := seen[r.node.Key()]
			seen[r.node.Key()] = true
			return again
		})
		return rows, tooMany(len(seen))
	}}
}

func (u *unique) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	found, err := u.from.match(ctx, nodes)
	for i := range found {
		found[i] = found[i][:min(1, len(found[i]))]
	}
	return found, err
}

// sorted are nodes in the order of their values, as texts.
type sorted struct {
	store Store
	from  op
}

func (s *sorted) start() start                            { return s.from.start() }
func (s *sorted) size(ctx context.Context) (int64, error) { return s.from.size(ctx) }

func (s *sorted) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	return s.from.match(ctx, nodes)
}

func (s *sorted) rows() stream {
	return &once{func(ctx context.Context) ([]row, error) {
		rows, err := held(ctx, s.from)
		if err != nil {
			return nil, err
		}
		nodes, at := distinct(rows)
		values, err := s.store.ValuesOf(ctx, nodes)
		if err != nil {
			return nil, err
		}
		text := func(r row) string {
			if v := values[at[r.node.Key()]]; v != nil {
				return v.String()
			}
			return ""
		}
		sort.SliceStable(rows, func(i, j int) bool { return text(rows[i]) < text(rows[j]) })
		return rows, nil
	}}
}

// held are all rows together.
func held(ctx context.Context, o op) ([]row, error) {
	from := o.rows()
	defer from.close()
	var rows []row
	for {
		more, err := from.next(ctx, lastBatch)
		if err != nil || len(more) == 0 {
			return rows, err
		}
		rows = append(rows, more...)
		if err := tooMany(len(rows)); err != nil {
			return nil, err
		}
	}
}

// page leaves rows out at the beginning, and after the limit unless that is 0.
type page struct {
	from        op
	skip, limit int64
	reached     reached
}

func (p *page) start() start { return p.from.start() }

func (p *page) size(ctx context.Context) (int64, error) {
	if p.limit > 0 && p.limit <= maxCounted {
		return p.limit, nil
	}
	return p.from.size(ctx)
}

func (p *page) rows() stream { return &pageRows{p.from.rows(), p.skip, p.limit, p.limit > 0} }

func (p *page) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	return p.reached.match(ctx, p, nodes)
}

// reached are the ways to all nodes of a set that is matched as a whole, by node;
// nil until it is asked.
type reached map[any]ways

// match is that of o, whose nodes are read once.
func (m *reached) match(ctx context.Context, o op, nodes []refs.Ref) ([]ways, error) {
	if *m == nil {
		rows, err := held(ctx, o)
		if err != nil {
			return nil, err
		}
		*m = make(reached)
		for _, r := range rows {
			(*m)[r.node.Key()] = append((*m)[r.node.Key()], r.tags)
		}
	}
	out := make([]ways, len(nodes))
	for i, node := range nodes {
		out[i] = slices.Clone((*m)[node.Key()])
	}
	return out, nil
}

type pageRows struct {
	stream
	skip, left int64
	limited    bool
}

func (p *pageRows) next(ctx context.Context, n int) ([]row, error) {
	for {
		if p.limited && p.left == 0 {
			return nil, nil
		}
		if p.limited {
			n = int(min(int64(n), p.skip+p.left))
		}
		rows, err := p.stream.next(ctx, n)
		if err != nil || len(rows) == 0 {
			return nil, err
		}
		k := min(p.skip, int64(len(rows)))
		rows, p.skip = rows[k:], p.skip-k
		if p.limited {
			rows = rows[:min(p.left, int64(len(rows)))]
			p.left -= int64(len(rows))
		}
		if len(rows) > 0 {
			return rows, nil
		}
	}
}
