package graph

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	ckv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/options"

	"hearsay/graph/plan"
)

// kvGraph is what Gizmo reads of a snapshot: Cayley's own store of values, and our
// indexes of quads. Cayley takes all quads of a node, or all of a predicate, and looks
// at each for the rest of what is asked; we go to where an index has all of it, so that
// a step costs what it finds.
type kvGraph struct {
	*ckv.QuadStore
	snap *kvSnapshot
}

// OptimizeShape is where Cayley asks for a better way.
func (g *kvGraph) OptimizeShape(_ context.Context, s shape.Shape) (shape.Shape, bool) {
	return plan.Optimize(g, s)
}

// ValueOf is a value's node, nil for none.
func (g *kvGraph) ValueOf(v quad.Value) (refs.Ref, error) {
	id, err := g.snap.idOf(context.Background(), v)
	if err != nil || id == 0 {
		return nil, err
	}
	return ckv.Int64Value(id), nil
}

// RefsOf are the nodes of values, 0 for one that isn't there.
func (g *kvGraph) RefsOf(ctx context.Context, values []quad.Value) ([]refs.Ref, error) {
	nodes := make([]refs.Ref, len(values))
	for i, v := range values {
		id, err := g.snap.idOf(ctx, v)
		if err != nil {
			return nil, err
		}
		nodes[i] = ckv.Int64Value(id)
	}
	return nodes, nil
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
func (w *kvWant) fits(q ids) bool {
	for i, allowed := range w {
		if allowed == nil {
			continue
		}
		if _, ok := slices.BinarySearch(allowed, q[i]); !ok {
			return false
		}
	}
	return true
}

// index is the index with the longest beginning of which all is known.
func (w *kvWant) index() (best, known int) {
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
	dirs, at, done := quadIndexes[index].Dirs[:known], [4]int{}, false
	for _, d := range dirs {
		done = done || len(w[direction(d)]) == 0
	}
	return func() (kv.Key, bool) {
		if done {
			return nil, false
		}
		key := make([]byte, 0, (1+idSize)*known)
		for i, d := range dirs {
			key = appendID(key, w[direction(d)][at[i]])
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

// Find reads the quads of an index, all of them where nothing is known.
func (g *kvGraph) Find(_ context.Context, w plan.Want) plan.Cursor[plan.Quad] {
	want := wantIDs(w)
	index, _ := want.index()
	return &kvFound{snap: g.snap, want: want, index: index, prefixes: want.prefixes()}
}

// Nodes reads the log.
func (g *kvGraph) Nodes(ctx context.Context) plan.Cursor[refs.Ref] {
	return &kvNodes{g.snap.watched.Scan(ctx, options.WithPrefixKV(kv.Key{logBucket, nil}))}
}

// planQuad is a quad as plans have it.
func planQuad(ids ids) (q plan.Quad) {
	for i, id := range ids {
		if id != 0 {
			q[i] = ckv.Int64Value(id)
		}
	}
	return q
}

// kvFound reads the quads of one prefix after the other, more at a time each time.
type kvFound struct {
	snap     *kvSnapshot
	want     kvWant
	index    int
	prefixes func() (kv.Key, bool)
	keys     kv.Iterator // of the prefix that is being read
	size     int
}

func (f *kvFound) Next(ctx context.Context) (quads []plan.Quad, err error) {
	f.size = min(max(8, 4*f.size), scanBatch)
	for len(quads) < f.size {
		if f.keys == nil {
			prefix, ok := f.prefixes()
			if !ok {
				return quads, nil
			}
			f.keys = f.snap.watched.Scan(ctx, options.WithPrefixKV(prefix))
		}
		if !f.keys.Next(ctx) {
			err := f.keys.Err()
			f.Close()
			if err != nil {
				return nil, err
			}
			continue
		}
		q, err := decodeKey(f.index, f.keys.Key()[1])
		if err != nil {
			return nil, err
		}
		if f.want.fits(q) {
			quads = append(quads, planQuad(q))
		}
	}
	return quads, nil
}

func (f *kvFound) Close() {
	if f.keys != nil {
		f.keys.Close()
		f.keys = nil
	}
}

// Count counts the quads that the index leads to, those that other known values rule
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
			n++
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

// kvNodes gives the ids that the log has.
type kvNodes struct{ keys kv.Iterator }

func (l *kvNodes) Next(ctx context.Context) ([]refs.Ref, error) {
	var out []refs.Ref
	for len(out) < scanBatch && l.keys.Next(ctx) {
		key := l.keys.Key()[1]
		if len(key) != 8 {
			return nil, fmt.Errorf("the log has a key of %d bytes: hearsay check tells more", len(key))
		}
		out = append(out, ckv.Int64Value(binary.BigEndian.Uint64(key)))
	}
	return out, l.keys.Err()
}

func (l *kvNodes) Close() { l.keys.Close() }
