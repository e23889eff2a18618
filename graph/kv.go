package graph

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"

	cayley "github.com/cayleygraph/cayley/graph"
	ckv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
)

// quadIndexes are the indexes of every key-value store. The first two are
// Cayley's own; without the third one document's quads cost a scan of all.
func quadIndexes() []ckv.QuadIndex {
	return []ckv.QuadIndex{
		{Dirs: []quad.Direction{quad.Subject, quad.Predicate}},
		{Dirs: []quad.Direction{quad.Object, quad.Predicate, quad.Subject}},
		{Dirs: []quad.Direction{quad.Label, quad.Subject, quad.Predicate}},
		{Dirs: []quad.Direction{quad.Predicate, quad.Object, quad.Subject}},
	}
}

// kvStore is Cayley's layout in a key-value store whose read transactions are
// snapshots. Cayley's own caches live as long as one snapshot or one write: they
// can't outlive what they were read from, nor a write that failed.
type kvStore struct{ db kv.KV }

// openKV opens the layout in db, and makes it where there is none.
func openKV(db kv.KV, readOnly bool) (*kvStore, error) {
	_, err := ckv.New(db, kvOptions())
	if errors.Is(err, cayley.ErrNotInitialized) && !readOnly {
		err = initKV(db)
	}
	if err != nil {
		return nil, err
	}
	return &kvStore{db: db}, nil
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
	return qs, func() { tx.Close() }, nil
}

// apply removes first and adds then, in one transaction of the store. Cayley is
// given the two apart: where one call both adds and removes, a value that loses
// more uses than it gains is not resolved for the quads that are added
// (kv/indexing.go, applyAddDeltas), and they are stored without it.
func (s *kvStore) apply(ctx context.Context, remove, add []quad.Quad) error {
	return kv.Update(ctx, s.db, func(tx kv.Tx) error {
		for _, step := range []struct {
			action cayley.Procedure
			quads  []quad.Quad
		}{{cayley.Delete, remove}, {cayley.Add, add}} {
			if len(step.quads) == 0 {
				continue
			}
			qs, err := ckv.New(writeKV{tx}, kvOptions())
			if err != nil {
				return err
			}
			deltas := make([]cayley.Delta, len(step.quads))
			for i, q := range step.quads {
				deltas[i] = cayley.Delta{Quad: q, Action: step.action}
			}
			if err := qs.ApplyDeltas(deltas, cayley.IgnoreOpts{IgnoreDup: true}); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeKV shows one write transaction as a store.
type writeKV struct{ tx kv.Tx }

func (s writeKV) Close() error { return nil }

func (s writeKV) Tx(context.Context, bool) (kv.Tx, error) {
	return snapshotTx{s.tx, context.Background()}, nil
}

func (s writeKV) View(ctx context.Context, fn func(kv.Tx) error) error { return kv.View(ctx, s, fn) }

func (s writeKV) Update(ctx context.Context, fn func(kv.Tx) error) error {
	return kv.Update(ctx, s, fn)
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
		indexes, err := json.Marshal(quadIndexes())
		if err != nil {
			return err
		}
		if err := tx.Put(ctx, kv.SKey("meta", "indexes"), indexes); err != nil {
			return err
		}
		return tx.Put(ctx, kv.SKey("meta", "version"), binary.LittleEndian.AppendUint64(nil, layoutVersion))
	})
}

// layoutVersion is the version of the key-value layout that Cayley reads.
const layoutVersion = 2
