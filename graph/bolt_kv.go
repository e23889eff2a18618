package graph

import (
	"bytes"
	"context"
	"errors"

	"github.com/hidal-go/hidalgo/kv"
	bolt "go.etcd.io/bbolt"
)

// boltKV is bbolt as the key-value store that the layout is written for.
type boltKV struct{ db *bolt.DB }

func (b boltKV) Close() error { return b.db.Close() }

func (b boltKV) Tx(_ context.Context, rw bool) (kv.Tx, error) {
	tx, err := b.db.Begin(rw)
	if err != nil {
		return nil, err
	}
	return &boltTx{tx: tx, open: make(map[string]*bolt.Bucket), cursors: make(map[*bolt.Bucket]*bolt.Cursor), free: make(map[*bolt.Bucket]*bolt.Cursor)}, nil
}

func (b boltKV) View(ctx context.Context, fn func(kv.Tx) error) error { return kv.View(ctx, b, fn) }

func (b boltKV) Update(ctx context.Context, fn func(kv.Tx) error) error {
	return kv.Update(ctx, b, fn)
}

// boltTx remembers the buckets that it has opened, and a cursor of each: one made
// for each key that is read costs more than the reading.
type boltTx struct {
	tx      *bolt.Tx
	open    map[string]*bolt.Bucket
	cursors map[*bolt.Bucket]*bolt.Cursor
	free    map[*bolt.Bucket]*bolt.Cursor // for scans
}

// bucket is nil for one that isn't there.
func (t *boltTx) bucket(name []byte) *bolt.Bucket {
	b, ok := t.open[string(name)]
	if !ok {
		if b = t.tx.Bucket(name); b != nil {
			b.FillPercent = fillOf(name)
		}
		t.open[string(name)] = b
	}
	return b
}

// seek goes to the first key from this one on, nil for none.
func (t *boltTx) seek(bucket, key []byte) (found, val []byte) {
	b := t.bucket(bucket)
	if b == nil {
		return nil, nil
	}
	c := t.cursors[b]
	if c == nil {
		c = b.Cursor()
		t.cursors[b] = c
	}
	return c.Seek(key)
}

// get is nil for a key that isn't there.
func (t *boltTx) get(bucket, key []byte) ([]byte, error) {
	found, val := t.seek(bucket, key)
	if !bytes.Equal(found, key) {
		return nil, nil
	}
	return val, nil
}

func (t *boltTx) scan(bucket, prefix []byte, fn func(key, val []byte) (bool, error)) error {
	b := t.bucket(bucket)
	if b == nil {
		return nil
	}
	c := t.free[b]
	if delete(t.free, b); c == nil {
		c = b.Cursor()
	}
	defer func() { t.free[b] = c }() // a scan within this one has another
	for key, val := c.Seek(prefix); key != nil && bytes.HasPrefix(key, prefix); key, val = c.Next() {
		more, err := fn(key, val)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

func (t *boltTx) put(bucket, key, val []byte) error {
	b := t.bucket(bucket)
	if b == nil {
		var err error
		if b, err = t.tx.CreateBucket(bucket); err != nil {
			return err
		}
		t.open[string(bucket)] = b
	}
	return b.Put(key, val)
}

func (t *boltTx) del(bucket, key []byte) error {
	b := t.bucket(bucket)
	if b == nil {
		return nil
	}
	return b.Delete(key)
}

// fillOf is how full bbolt leaves a page of a bucket that it divides: nearly, where new
// keys come after all others.
func fillOf(bucket []byte) float64 {
	if bytes.Equal(bucket, logBucket) || bytes.Equal(bucket, indexNames[byLabel]) {
		return 0.95
	}
	return bolt.DefaultFillPercent
}

// errKey is about a key that isn't a bucket and a key in it.
var errKey = errors.New("expected a bucket and a key")

func (t *boltTx) Get(_ context.Context, key kv.Key) (kv.Value, error) {
	if len(key) != 2 {
		return nil, errKey
	}
	val, err := t.get(key[0], key[1])
	if err == nil && val == nil {
		err = kv.ErrNotFound
	}
	return val, err
}

func (t *boltTx) GetBatch(_ context.Context, keys []kv.Key) ([]kv.Value, error) {
	vals := make([]kv.Value, len(keys))
	for i, key := range keys {
		if len(key) != 2 {
			return nil, errKey
		}
		var err error
		if vals[i], err = t.get(key[0], key[1]); err != nil {
			return nil, err
		}
	}
	return vals, nil
}

func (t *boltTx) Put(_ context.Context, key kv.Key, val kv.Value) error {
	if len(key) != 2 {
		return errKey
	}
	return t.put(key[0], key[1], val)
}

func (t *boltTx) Del(_ context.Context, key kv.Key) error {
	if len(key) != 2 {
		return errKey
	}
	return t.del(key[0], key[1])
}

func (t *boltTx) Commit(context.Context) error { return t.tx.Commit() }

func (t *boltTx) Close() error {
	if err := t.tx.Rollback(); err != nil && !errors.Is(err, bolt.ErrTxClosed) {
		return err
	}
	return nil
}

func (t *boltTx) Scan(_ context.Context, opts ...kv.IteratorOption) kv.Iterator {
	return kv.ApplyIteratorOptions(&boltIterator{tx: t}, opts)
}

// boltIterator walks the keys of one bucket that have a prefix, in order.
type boltIterator struct {
	tx       *boltTx
	bucket   []byte
	prefix   []byte
	cursor   *bolt.Cursor // nil before the first and after the last
	done     bool
	key, val []byte
}

func (it *boltIterator) Reset() { it.cursor, it.done, it.key, it.val = nil, false, nil, nil }

// WithPrefix takes a bucket, and perhaps what the keys in it begin with.
func (it *boltIterator) WithPrefix(prefix kv.Key) kv.Iterator {
	next := &boltIterator{tx: it.tx}
	if len(prefix) > 0 {
		next.bucket = prefix[0]
	}
	if len(prefix) > 1 {
		next.prefix = prefix[1]
	}
	return next
}

// Seek goes to the first key from this one on.
func (it *boltIterator) Seek(_ context.Context, key kv.Key) bool {
	b := it.tx.bucket(it.bucket)
	if b == nil || len(key) != 2 {
		it.done = true
		return false
	}
	if it.cursor == nil {
		it.cursor = b.Cursor()
	}
	it.done = false
	it.key, it.val = it.cursor.Seek(key[1])
	return it.within()
}

func (it *boltIterator) Next(context.Context) bool {
	switch {
	case it.done:
		return false
	case it.cursor != nil:
		it.key, it.val = it.cursor.Next()
	default:
		b := it.tx.bucket(it.bucket)
		if b == nil {
			it.done = true
			return false
		}
		it.cursor = b.Cursor()
		it.key, it.val = it.cursor.Seek(it.prefix)
	}
	return it.within()
}

// within ends the walk at a key without the prefix.
func (it *boltIterator) within() bool {
	if it.key == nil || !bytes.HasPrefix(it.key, it.prefix) {
		it.Reset()
		it.done = true
		return false
	}
	return true
}

func (it *boltIterator) Key() kv.Key {
	if it.key == nil {
		return nil
	}
	return kv.Key{it.bucket, it.key}
}

func (it *boltIterator) Val() kv.Value { return it.val }
func (it *boltIterator) Err() error    { return nil }

func (it *boltIterator) Close() error {
	it.Reset()
	it.done = true
	return nil
}
