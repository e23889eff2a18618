package graph

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	ckv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/options"
	pb "google.golang.org/protobuf/proto"

	"hearsay/graph/plan"
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
	return plan.Optimize(g, s)
}

// ValuesOf names nodes one by one: reading the next costs no more than a look.
func (g *kvGraph) ValuesOf(ctx context.Context, nodes []cayley.Ref) ([]quad.Value, error) {
	return refs.ValuesOf(ctx, g.QuadStore, nodes)
}

// kvWant are the ids that a quad may have in each direction, rising; nil for any.
type kvWant [4][]uint64

// wantIDs is w in ids. It leaves out what is no node of this store.
func wantIDs(w plan.Want) (want kvWant) {
	for i, nodes := range w {
		if nodes == nil {
			continue
		}
		want[i] = make([]uint64, 0, len(nodes))
		for _, node := range nodes {
			if id, ok := node.(ckv.Int64Value); ok {
				want[i] = append(want[i], uint64(id))
			}
		}
		slices.Sort(want[i])
		want[i] = slices.Compact(want[i])
	}
	return want
}

// fits reports whether a quad is wanted.
func (w *kvWant) fits(q *proto.Primitive) bool {
	for i, allowed := range w {
		if allowed == nil {
			continue
		}
		if _, ok := slices.BinarySearch(allowed, q.GetDirection(quad.Directions[i])); !ok {
			return false
		}
	}
	return true
}

// index is the index with the longest beginning of which all is known; -1 for none.
func (w *kvWant) index() (best, known int) {
	best = -1
	for i, index := range quadIndexes {
		n := 0
		for n < len(index.Dirs) && w[direction(index.Dirs[n])] != nil {
			n++
		}
		if n > known {
			best, known = i, n
		}
	}
	return best, known
}

// prefixes gives the beginnings of an index's keys that hold the quads, one after
// the other; they may be many.
func (w *kvWant) prefixes() func() (kv.Key, bool) {
	index, known := w.index()
	if index < 0 {
		return func() (kv.Key, bool) { return nil, false }
	}
	dirs, at, done := quadIndexes[index].Dirs[:known], [4]int{}, false
	for _, d := range dirs {
		done = done || len(w[direction(d)]) == 0
	}
	return func() (kv.Key, bool) {
		if done {
			return nil, false
		}
		key := make([]byte, 0, 8*known)
		for i, d := range dirs {
			key = binary.BigEndian.AppendUint64(key, w[direction(d)][at[i]])
		}
		i := known - 1
		for ; i >= 0; i-- {
			if at[i]++; at[i] < len(w[direction(dirs[i])]) {
				break
			}
			at[i] = 0
		}
		done = i < 0
		return kv.Key{indexNames[index], key}, true
	}
}

// Find reads the quads of index entries.
func (g *kvGraph) Find(ctx context.Context, w plan.Want) plan.Cursor[plan.Quad] {
	want := wantIDs(w)
	if index, _ := want.index(); index < 0 {
		return &kvLog[plan.Quad]{keys: g.snap.logged(ctx), take: func(p *proto.Primitive) (plan.Quad, bool) { return planQuad(p), !p.IsNode() }}
	}
	return &kvFound{g: g, want: want, prefixes: want.prefixes()}
}

// Nodes reads the log.
func (g *kvGraph) Nodes(ctx context.Context) plan.Cursor[refs.Ref] {
	return &kvLog[refs.Ref]{keys: g.snap.logged(ctx), take: func(p *proto.Primitive) (refs.Ref, bool) { return ckv.Int64Value(p.ID), p.IsNode() }}
}

// planQuad is a quad as plans have it.
func planQuad(p *proto.Primitive) (q plan.Quad) {
	for i, d := range quad.Directions {
		if id := p.GetDirection(d); id != 0 {
			q[i] = ckv.Int64Value(id)
		}
	}
	return q
}

// kvFound reads the quads of one prefix after the other, more at a time each time.
type kvFound struct {
	g        *kvGraph
	want     kvWant
	prefixes func() (kv.Key, bool)
	keys     kv.Iterator // of the prefix that is being read
	size     int
}

func (f *kvFound) Next(ctx context.Context) ([]plan.Quad, error) {
	for {
		f.size = min(max(8, 4*f.size), scanBatch)
		list, err := f.ids(ctx)
		if err != nil || len(list) == 0 {
			return nil, err
		}
		found, err := f.g.snap.primitives(ctx, list)
		if err != nil {
			return nil, err
		}
		quads := make([]plan.Quad, 0, len(found))
		for _, p := range found {
			if f.want.fits(p) {
				quads = append(quads, planQuad(p))
			}
		}
		if len(quads) > 0 {
			return quads, nil
		}
	}
}

// ids are those of the next quads, none at the end.
func (f *kvFound) ids(ctx context.Context) (list []uint64, err error) {
	for len(list) < f.size {
		if f.keys == nil {
			prefix, ok := f.prefixes()
			if !ok {
				return list, nil
			}
			f.keys = f.g.snap.watched.Scan(ctx, options.WithPrefixKV(prefix))
		}
		if !f.keys.Next(ctx) {
			err := f.keys.Err()
			f.Close()
			if err != nil {
				return nil, err
			}
			continue
		}
		more, err := decodeList(f.keys.Val())
		if err != nil {
			return nil, fmt.Errorf("index entry %x: %w", f.keys.Key(), err)
		}
		list = append(list, more...)
	}
	return list, nil
}

func (f *kvFound) Close() {
	if f.keys != nil {
		f.keys.Close()
		f.keys = nil
	}
}

// Count counts the quads of the index entries, those that other known values rule
// out included.
func (g *kvGraph) Count(ctx context.Context, w plan.Want, most int) (n int, err error) {
	want := wantIDs(w)
	prefixes := want.prefixes()
	for looks := 0; ; looks++ {
		prefix, ok := prefixes()
		if !ok {
			return n, nil
		}
		if n >= most || looks == maxLooks {
			return most, nil
		}
		it := g.snap.watched.Scan(ctx, options.WithPrefixKV(prefix))
		for n < most && it.Next(ctx) {
			for val := it.Val(); len(val) > 0; n++ {
				_, size := binary.Uvarint(val)
				if size <= 0 {
					break
				}
				val = val[size:]
			}
		}
		err := it.Err()
		it.Close()
		if err != nil {
			return n, err
		}
	}
}

// maxLooks is at how many places of an index a count looks.
const maxLooks = 64

// primitives are quads as they stand in the log.
func (s *kvSnapshot) primitives(ctx context.Context, list []uint64) ([]*proto.Primitive, error) {
	keys := make([]kv.Key, len(list))
	for i, id := range list {
		keys[i] = logKey(id)
	}
	vals, err := s.watched.GetBatch(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := make([]*proto.Primitive, 0, len(vals))
	for i, b := range vals {
		if b == nil {
			return nil, fmt.Errorf("entry %d is missing from the log: hearsay check tells more", list[i])
		}
		p := new(proto.Primitive)
		if err := pb.Unmarshal(b, p); err != nil {
			return nil, fmt.Errorf("entry %d: %w", list[i], err)
		}
		if !p.Deleted {
			out = append(out, p)
		}
	}
	return out, nil
}

// logged are the entries of the log.
func (s *kvSnapshot) logged(ctx context.Context) kv.Iterator {
	return s.watched.Scan(ctx, options.WithPrefixKV(kv.Key{logBucket, nil}))
}

// kvLog gives what it takes of the log.
type kvLog[T any] struct {
	keys kv.Iterator
	take func(*proto.Primitive) (T, bool)
}

func (l *kvLog[T]) Next(ctx context.Context) ([]T, error) {
	var out []T
	for len(out) < scanBatch && l.keys.Next(ctx) {
		var p proto.Primitive
		if err := pb.Unmarshal(l.keys.Val(), &p); err != nil {
			return nil, fmt.Errorf("log entry %x: %w", l.keys.Key(), err)
		}
		if x, ok := l.take(&p); ok && !p.Deleted {
			out = append(out, x)
		}
	}
	return out, l.keys.Err()
}

func (l *kvLog[T]) Close() { l.keys.Close() }
