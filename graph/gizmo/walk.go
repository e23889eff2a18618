package gizmo

import (
	"context"
	"fmt"
	"sort"

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
	if w.opts.Planning != nil {
		w.opts.Planning.Lock()
		defer w.opts.Planning.Unlock()
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
	n := 0
	err = iterator.Iterate(w.ctx, it).Paths(tags).TagEach(func(refs map[string]graph.Ref) error {
		if !tags {
			refs = map[string]graph.Ref{"id": refs["id"]}
		}
		row, err := w.row(refs)
		if err != nil || row == nil {
			return err
		}
		if err := fn(row); err != nil {
			return err
		}
		if n++; n == limit {
			return errLimit
		}
		return nil
	})
	if err == errLimit {
		return nil
	}
	if err == nil {
		err = w.ctx.Err()
	}
	return err
}

// errLimit ends a walk that has given enough.
var errLimit = fmt.Errorf("limit")

// row names the nodes of a result.
func (w *walker) row(refs map[string]graph.Ref) (map[string]any, error) {
	keys := make([]string, 0, len(refs))
	for k := range refs {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	list := make([]graph.Ref, len(keys))
	for i, k := range keys {
		list[i] = refs[k]
	}
	vals, err := graph.ValuesOf(w.ctx, w.qs, list)
	if err != nil {
		return nil, err
	}
	row := make(map[string]any, len(keys))
	for i, k := range keys {
		if vals[i] != nil {
			row[k] = w.native(vals[i])
		}
	}
	if len(row) == 0 {
		return nil, nil
	}
	return row, nil
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
	n, err = iterator.Iterate(w.ctx, it).Paths(true).Count()
	if err == nil {
		err = w.ctx.Err()
	}
	return n, err
}
