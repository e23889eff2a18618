package graph

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	ckv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
)

// quadIndexes are the indexes of every key-value store. New values have greater ids
// than old ones: a document's quads come to lie together in all of them, but where
// the object is an old value.
var quadIndexes = [...]ckv.QuadIndex{
	bySubject:   {Dirs: []quad.Direction{quad.Subject, quad.Predicate, quad.Object, quad.Label}},
	byObject:    {Dirs: []quad.Direction{quad.Object, quad.Predicate, quad.Subject, quad.Label}},
	byLabel:     {Dirs: []quad.Direction{quad.Label, quad.Subject, quad.Predicate, quad.Object}},
	byPredicate: {Dirs: []quad.Direction{quad.Predicate, quad.Label, quad.Subject, quad.Object}},
}

// The indexes, by their place in quadIndexes.
const (
	bySubject = iota
	byObject
	byLabel
	byPredicate
)

// kvStore is the layout in a key-value store whose read transactions are
// snapshots. Cayley's own caches live as long as one snapshot or one write: they
// can't outlive what they were read from, nor a write that failed.
type kvStore struct{ db kv.KV }

// openKV opens the layout in db, and makes it where there is none.
func openKV(db kv.KV, readOnly bool) (*kvStore, error) {
	_, err := ckv.New(db, kvOptions())
	if errors.Is(err, cayley.ErrNotInitialized) && !readOnly {
		err = initKV(db)
	}
	if err == nil {
		err = checkLayout(db)
	}
	if err != nil {
		return nil, err
	}
	return &kvStore{db: db}, nil
}

// ownLayout is what meta holds of a store in our layout, under "hearsay".
const ownLayout = "quads as keys, short ids"

// checkLayout refuses a store that Cayley itself, or hearsay with another layout, has
// made.
func checkLayout(db kv.KV) error {
	ctx := context.Background()
	return kv.View(ctx, db, func(tx kv.Tx) error {
		b, err := tx.Get(ctx, metaKey("hearsay"))
		if err != nil && !errors.Is(err, kv.ErrNotFound) {
			return err
		}
		if string(b) != ownLayout {
			return fmt.Errorf("%w: made by another program, or by another version of this one", ErrSchema)
		}
		return nil
	})
}

func kvOptions() cayley.Options { return cayley.Options{ckv.OptNoBloom: true} }

func (s *kvStore) Close() error { return s.db.Close() }

func (s *kvStore) snapshot(ctx context.Context) (cayley.QuadStore, func(), error) {
	tx, err := s.db.Tx(ctx, false)
	if err != nil {
		return nil, nil, err
	}
	qs, err := ckv.New(snapshotKV{ctx, tx}, kvOptions())
	if err != nil {
		tx.Close()
		return nil, nil, err
	}
	inner, ok := qs.(*ckv.QuadStore)
	if !ok {
		tx.Close()
		return nil, nil, fmt.Errorf("key-value store of type %T", qs)
	}
	return &kvSnapshot{QuadStore: inner, tx: tx, watched: snapshotTx{tx, ctx}, names: make(map[uint64]quad.Value)}, func() { tx.Close() }, nil
}

// snapshotKV shows one read transaction as a store: all of Cayley's many small
// transactions see the same state, and each looks at the query's context, which
// Cayley itself passes on to few of them.
type snapshotKV struct {
	ctx context.Context
	tx  kv.Tx
}

func (s snapshotKV) Close() error { return nil }

func (s snapshotKV) Tx(_ context.Context, rw bool) (kv.Tx, error) {
	if rw {
		return nil, kv.ErrReadOnly
	}
	if err := s.ctx.Err(); err != nil {
		return nil, err
	}
	return snapshotTx{s.tx, s.ctx}, nil
}

func (s snapshotKV) View(ctx context.Context, fn func(kv.Tx) error) error {
	return kv.View(ctx, s, fn)
}

func (s snapshotKV) Update(context.Context, func(kv.Tx) error) error { return kv.ErrReadOnly }

type snapshotTx struct {
	kv.Tx
	ctx context.Context
}

// Scan looks at the context now and then.
func (t snapshotTx) Scan(ctx context.Context, opts ...kv.IteratorOption) kv.Iterator {
	return &snapshotIterator{Iterator: t.Tx.Scan(ctx, opts...), ctx: t.ctx}
}

type snapshotIterator struct {
	kv.Iterator
	ctx context.Context
	n   int
	err error
}

func (it *snapshotIterator) Next(ctx context.Context) bool {
	if it.n++; it.n%128 == 0 && it.err == nil {
		it.err = it.ctx.Err()
	}
	return it.err == nil && it.Iterator.Next(ctx)
}

func (it *snapshotIterator) Err() error {
	if it.err != nil {
		return it.err
	}
	return it.Iterator.Err()
}

func (t snapshotTx) GetBatch(ctx context.Context, keys []kv.Key) ([]kv.Value, error) {
	if err := t.ctx.Err(); err != nil {
		return nil, err
	}
	return t.Tx.GetBatch(ctx, keys)
}

// Commit and Close leave the shared transaction open.
func (t snapshotTx) Commit(context.Context) error { return nil }
func (t snapshotTx) Close() error                 { return nil }

// initKV writes what makes an empty store Cayley's: the layout's version and the
// list of indexes.
func initKV(db kv.KV) error {
	ctx := context.Background()
	return kv.Update(ctx, db, func(tx kv.Tx) error {
		indexes, err := json.Marshal(quadIndexes)
		if err != nil {
			return err
		}
		if err := tx.Put(ctx, kv.SKey("meta", "indexes"), indexes); err != nil {
			return err
		}
		if err := tx.Put(ctx, metaKey("hearsay"), []byte(ownLayout)); err != nil {
			return err
		}
		return tx.Put(ctx, kv.SKey("meta", "version"), binary.LittleEndian.AppendUint64(nil, layoutVersion))
	})
}

// layoutVersion is the version of the key-value layout that Cayley reads.
const layoutVersion = 2
