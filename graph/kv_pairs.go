package graph

import (
	"context"
	"errors"

	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/options"
)

// layoutTx is a transaction that reads the layout.
type layoutTx interface {
	// get is nil for a key that isn't there. The value is only valid until the
	// next put.
	get(bucket, key []byte) ([]byte, error)
	// scan calls fn with the keys of a bucket that begin with prefix, in order, until
	// fn gives false. Key and value are only valid until fn returns.
	scan(bucket, prefix []byte, fn func(key, val []byte) (bool, error)) error
}

// pairTx is a transaction that writes the layout, too.
type pairTx interface {
	layoutTx
	// put keeps the value, but not the key.
	put(bucket, key, val []byte) error
	del(bucket, key []byte) error
}

// begins reports whether a key of the bucket begins with the prefix.
func begins(tx layoutTx, bucket, prefix []byte) (found bool, err error) {
	err = tx.scan(bucket, prefix, func(_, _ []byte) (bool, error) {
		found = true
		return false, nil
	})
	return found, err
}

// update runs fn in a transaction, which ends without a trace where fn fails.
func (s *kvStore) update(ctx context.Context, fn func(pairTx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return kv.Update(ctx, s.db, func(tx kv.Tx) error {
		if p, ok := tx.(pairTx); ok {
			return fn(p)
		}
		return fn(kvPairs{ctx, tx})
	})
}

// kvPairs are the pairs of any key-value store.
type kvPairs struct {
	ctx context.Context
	tx  kv.Tx
}

func (p kvPairs) get(bucket, key []byte) ([]byte, error) {
	b, err := p.tx.Get(p.ctx, kv.Key{bucket, key})
	if errors.Is(err, kv.ErrNotFound) {
		return nil, nil
	}
	return b, err
}

func (p kvPairs) scan(bucket, prefix []byte, fn func(key, val []byte) (bool, error)) error {
	it := p.tx.Scan(p.ctx, options.WithPrefixKV(kv.Key{bucket, prefix}))
	defer it.Close()
	for it.Next(p.ctx) {
		more, err := fn(it.Key()[1], it.Val())
		if err != nil || !more {
			return err
		}
	}
	return it.Err()
}

func (p kvPairs) del(bucket, key []byte) error { return p.tx.Del(p.ctx, kv.Key{bucket, key}) }

func (p kvPairs) put(bucket, key, val []byte) error {
	return p.tx.Put(p.ctx, kv.Key{bucket, key}, val)
}
