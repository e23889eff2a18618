package gizmo

import (
	"context"
	"fmt"
	"maps"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/jsonld"
)

// host is what a script may ask for. It is all that crosses from the script to
// the store.
type host interface {
	// rows gives the rows of a path to the reader, at most limit unless that is
	// negative.
	rows(p *Path, limit int) error
	// each calls fn with the results of a path: with their tags, or the values
	// alone under "id".
	each(p *Path, tags bool, limit int, fn func(map[string]any) error) error
	// count counts the results of a path.
	count(p *Path) (int64, error)
	// emit gives one row to the reader.
	emit(row any) error
}

// walker follows paths over a store.
type walker struct {
	ctx  context.Context
	qs   graph.QuadStore
	opts Options
	left int // rows until the limit
	sink func(any) bool
}

func (w *walker) emit(row any) error {
	if w.left <= 0 {
		return errStopped
	}
	w.left--
	if !w.sink(row) || w.left == 0 {
		return errStopped
	}
	return nil
}

func (w *walker) rows(p *Path, limit int) error {
	return w.each(p, true, limit, func(row map[string]any) error { return w.emit(row) })
}

// build is the iterator of a path. Cayley panics on some paths: the error says
// which step.
func (w *walker) build(p *Path) (it iterator.Shape, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("this path can't be followed: %v", r)
		}
	}()
	if err := p.check(); err != nil {
		return nil, err
	}
	b := builder{w.ctx, w.qs}
	np, err := b.path(p)
	if err != nil {
		return nil, err
	}
	return iterator.Tag(shape.BuildIterator(w.ctx, w.qs, np.Shape()), "id"), nil
}

func (w *walker) each(p *Path, tags bool, limit int, fn func(map[string]any) error) (err error) {
	it, err := w.build(p)
	if err != nil || limit == 0 {
		return err
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("this path can't be followed: %v", r)
		}
	}()
	n, rows := 0, rowBatch{most: firstNames, limit: limit}
	flush := func() error {
		named, err := w.name(rows.refs)
		if err != nil {
			return err
		}
		rows.reset()
		for _, row := range named {
			if err := fn(row); err != nil {
				return err
			}
			if n++; n == limit {
				return errLimit
			}
		}
		return nil
	}
	err = iterator.Iterate(w.ctx, it).Paths(tags).TagEach(func(refs map[string]graph.Ref) error {
		if !tags {
			refs = map[string]graph.Ref{"id": refs["id"]}
		}
		if rows.add(refs); rows.full(n) {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = w.ctx.Err()
	}
	if err == nil {
		err = flush()
	}
	if err == errLimit {
		return nil
	}
	return err
}

// Rows are named together: few at first, so that the first comes soon.
const (
	firstNames = 64
	mostNames  = 512
)

// rowBatch gathers rows to be named together.
type rowBatch struct {
	refs        []map[string]graph.Ref
	most, limit int
}

func (b *rowBatch) add(row map[string]graph.Ref) { b.refs = append(b.refs, maps.Clone(row)) }

// full reports whether the rows should be named now, where n have been given.
func (b *rowBatch) full(n int) bool {
	return len(b.refs) >= b.most || b.limit >= 0 && len(b.refs) >= b.limit-n
}

func (b *rowBatch) reset() { b.refs, b.most = b.refs[:0], min(4*b.most, mostNames) }

// errLimit ends a walk that has given enough.
var errLimit = fmt.Errorf("limit")

// name names the nodes of rows; a row without any name is left out.
func (w *walker) name(rows []map[string]graph.Ref) ([]map[string]any, error) {
	var list []graph.Ref
	for _, row := range rows {
		for _, ref := range row {
			list = append(list, ref)
		}
	}
	vals, err := graph.ValuesOf(w.ctx, w.qs, list)
	if err != nil {
		return nil, err
	}
	byRef := make(map[any]quad.Value, len(list))
	for i, ref := range list {
		if ref != nil {
			byRef[ref.Key()] = vals[i]
		}
	}
	out := make([]map[string]any, 0, len(rows))
	for _, row := range rows {
		named := make(map[string]any, len(row))
		for k, ref := range row {
			if ref == nil {
				continue
			}
			if v := byRef[ref.Key()]; v != nil {
				named[k] = w.native(v)
			}
		}
		if len(named) > 0 {
			out = append(out, named)
		}
	}
	return out, nil
}

// native is a value as Cayley's API gives it.
func (w *walker) native(v quad.Value) any {
	if w.opts.JSONLD {
		return jsonld.FromValue(v)
	}
	switch v := v.(type) {
	case quad.IRI, quad.BNode:
		return quad.StringOf(v)
	case quad.String:
		return string(v)
	}
	n := v.Native()
	if q, ok := n.(quad.Value); ok {
		return quad.StringOf(q)
	}
	return n
}

func (w *walker) count(p *Path) (n int64, err error) {
	it, err := w.build(p)
	if err != nil {
		return 0, err
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("this path can't be followed: %v", r)
		}
	}()
	// Cayley's own Count believes what the iterator says of itself.
	it, _ = it.Optimize(w.ctx)
	scan := it.Iterate()
	defer scan.Close()
	for scan.Next(w.ctx) {
		for n++; scan.NextPath(w.ctx); n++ {
		}
	}
	if err = scan.Err(); err == nil {
		err = w.ctx.Err()
	}
	return n, err
}
