package plan

import (
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// all are all nodes.
type all struct{ store Store }

func (a *all) start() start                        { return anywhere }
func (a *all) size(context.Context) (int64, error) { return boundless, nil }
func (a *all) rows() stream                        { return &allRows{store: a.store} }

func (a *all) match(_ context.Context, nodes []refs.Ref) ([]ways, error) {
	out := make([]ways, len(nodes))
	for i := range out {
		out[i] = ways{nil}
	}
	return out, nil
}

type allRows struct {
	store Store
	nodes Cursor[refs.Ref]
}

func (a *allRows) next(ctx context.Context, _ int) ([]row, error) {
	if a.nodes == nil {
		a.nodes = a.store.Nodes(ctx)
	}
	list, err := a.nodes.Next(ctx)
	rows := make([]row, len(list))
	for i, node := range list {
		rows[i].node = node
	}
	return rows, err
}

func (a *allRows) close() {
	if a.nodes != nil {
		a.nodes.Close()
	}
}

// everything reports whether a part of a plan lets every node pass, and the names
// by which it tags them.
func everything(o op) (names []string, ok bool) {
	switch o := o.(type) {
	case *all:
		return nil, true
	case *save:
		names, ok := everything(o.from)
		return slices.Concat(names, o.names), ok && len(o.fixed) == 0
	}
	return nil, false
}

// fixed are nodes that are given.
type fixed struct {
	store Store
	nodes []refs.Ref
	known bool // to be there, or looked for by others
}

func (f *fixed) start() start                        { return given }
func (f *fixed) size(context.Context) (int64, error) { return int64(len(f.nodes)), nil }
func (f *fixed) rows() stream                        { return &once{f.list} }

// list leaves out those that the store doesn't have: some know nodes by what is
// reckoned from their values.
func (f *fixed) list(ctx context.Context) ([]row, error) {
	rows := make([]row, 0, len(f.nodes))
	var values []quad.Value
	if !f.known {
		var err error
		if values, err = f.store.ValuesOf(ctx, f.nodes); err != nil {
			return nil, err
		}
	}
	for i, node := range f.nodes {
		if f.known || values[i] != nil {
			rows = append(rows, row{node: node})
		}
	}
	return rows, nil
}

func (f *fixed) match(_ context.Context, nodes []refs.Ref) ([]ways, error) {
	in := make(map[any]bool, len(f.nodes))
	for _, node := range f.nodes {
		in[node.Key()] = true
	}
	out := make([]ways, len(nodes))
	for i, node := range nodes {
		if in[node.Key()] {
			out[i] = ways{nil}
		}
	}
	return out, nil
}

// once gives rows that are made together.
type once struct {
	list func(context.Context) ([]row, error)
}

func (o *once) next(ctx context.Context, _ int) ([]row, error) {
	if o.list == nil {
		return nil, nil
	}
	list := o.list
	o.list = nil
	return list(ctx)
}

func (o *once) close() { o.list = nil }

// save tags nodes.
type save struct {
	from  op
	names []string
	fixed map[string]refs.Ref // tags that are always the same
}

func (s *save) start() start                            { return s.from.start() }
func (s *save) size(ctx context.Context) (int64, error) { return s.from.size(ctx) }

func (s *save) add(t *tag, node refs.Ref) *tag {
	t = tagged(t, s.names, node)
	for name, node := range s.fixed {
		t = &tag{name, node, t}
	}
	return t
}

func (s *save) rows() stream {
	return &changed{s.from.rows(), func(_ context.Context, rows []row) ([]row, error) {
		for i := range rows {
			rows[i].tags = s.add(rows[i].tags, rows[i].node)
		}
		return rows, nil
	}}
}

func (s *save) match(ctx context.Context, nodes []refs.Ref) ([]ways, error) {
	found, err := s.from.match(ctx, nodes)
	for i, list := range found {
		for j, t := range list {
			list[j] = s.add(t, nodes[i])
		}
	}
	return found, err
}

// changed are rows that were changed, some of them left out.
type changed struct {
	stream
	change func(context.Context, []row) ([]row, error)
}

func (c *changed) next(ctx context.Context, n int) ([]row, error) {
	for {
		rows, err := c.stream.next(ctx, n)
		if err != nil || len(rows) == 0 {
			return nil, err
		}
		if rows, err = c.change(ctx, rows); err != nil || len(rows) > 0 {
			return rows, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

// distinct are the nodes of rows, each once, with where each is in the list.
func distinct(rows []row) (nodes []refs.Ref, at map[any]int) {
	at = make(map[any]int, len(rows))
	for _, r := range rows {
		if _, seen := at[r.node.Key()]; !seen {
			at[r.node.Key()] = len(nodes)
			nodes = append(nodes, r.node)
		}
	}
	return nodes, at
}
