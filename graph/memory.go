package graph

import (
	"context"
	"sync"

	"github.com/hidal-go/hidalgo/kv/flat"
	"github.com/tidwall/btree"
)

// memoryKV is an ordered key-value store in memory. A transaction works on a
// copy-on-write snapshot: readers never wait for the writer, and see the store as
// it was when they began. One writer at a time.
type memoryKV struct {
	writer sync.Mutex
	mu     sync.Mutex // guards tree while it is replaced or copied
	tree   *btree.BTreeG[memoryPair]
}

type memoryPair struct {
	key string
	val []byte
}

func newMemoryKV() *memoryKV {
	return &memoryKV{tree: btree.NewBTreeGOptions(func(a, b memoryPair) bool { return a.key < b.key },
		btree.Options{NoLocks: true, Degree: 64})}
}

func (db *memoryKV) Close() error { return nil }

func (db *memoryKV) View(ctx context.Context, fn func(flat.Tx) error) error {
	return flat.View(ctx, db, fn)
}

func (db *memoryKV) Update(ctx context.Context, fn func(flat.Tx) error) error {
	return flat.Update(ctx, db, fn)
}

func (db *memoryKV) Tx(_ context.Context, rw bool) (flat.Tx, error) {
	if rw {
		db.writer.Lock()
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	return &memoryTx{db: db, tree: db.tree.Copy(), rw: rw}, nil
}

type memoryTx struct {
	db   *memoryKV
	tree *btree.BTreeG[memoryPair]
	rw   bool
	done bool
}

func (tx *memoryTx) Get(_ context.Context, key flat.Key) (flat.Value, error) {
	p, ok := tx.tree.Get(memoryPair{key: string(key)})
	if !ok {
		return nil, flat.ErrNotFound
	}
	return p.val, nil
}

func (tx *memoryTx) GetBatch(_ context.Context, keys []flat.Key) ([]flat.Value, error) {
	vals := make([]flat.Value, len(keys))
	for i, k := range keys {
		if p, ok := tx.tree.Get(memoryPair{key: string(k)}); ok {
			vals[i] = p.val
		}
	}
	return vals, nil
}

func (tx *memoryTx) Put(_ context.Context, k flat.Key, v flat.Value) error {
	if !tx.rw {
		return flat.ErrReadOnly
	}
	tx.tree.Set(memoryPair{string(k), append([]byte{}, v...)})
	return nil
}

func (tx *memoryTx) Del(_ context.Context, k flat.Key) error {
	if !tx.rw {
		return flat.ErrReadOnly
	}
	tx.tree.Delete(memoryPair{key: string(k)})
	return nil
}

func (tx *memoryTx) Commit(context.Context) error {
	if tx.done {
		return nil
	}
	tx.done = true
	if tx.rw {
		tx.db.mu.Lock()
		tx.db.tree = tx.tree
		tx.db.mu.Unlock()
		tx.db.writer.Unlock()
	}
	return nil
}

func (tx *memoryTx) Close() error {
	if !tx.done && tx.rw {
		tx.db.writer.Unlock()
	}
	tx.done = true
	return nil
}

func (tx *memoryTx) Scan(_ context.Context, opts ...flat.IteratorOption) flat.Iterator {
	var it flat.Iterator = &memoryIterator{tree: tx.tree}
	return flat.ApplyIteratorOptions(it, opts)
}

// memoryIterator walks keys with a prefix in order.
type memoryIterator struct {
	tree   *btree.BTreeG[memoryPair]
	prefix string
	it     btree.IterG[memoryPair]
	begun  bool
	cur    memoryPair
}

func (it *memoryIterator) Reset() {
	if it.begun {
		it.it.Release()
	}
	it.begun, it.cur = false, memoryPair{}
}

func (it *memoryIterator) WithPrefix(p flat.Key) flat.Iterator {
	it.Reset()
	it.prefix = string(p)
	return it
}

func (it *memoryIterator) Next(context.Context) bool {
	if !it.begun {
		return it.seek(it.prefix)
	}
	return it.take(it.it.Next())
}

func (it *memoryIterator) Seek(_ context.Context, key flat.Key) bool {
	it.Reset()
	return it.seek(string(key))
}

func (it *memoryIterator) seek(key string) bool {
	it.begun, it.it = true, it.tree.Iter()
	return it.take(it.it.Seek(memoryPair{key: key}))
}

func (it *memoryIterator) take(ok bool) bool {
	it.cur = memoryPair{}
	if !ok {
		return false
	}
	p := it.it.Item()
	if len(p.key) < len(it.prefix) || p.key[:len(it.prefix)] != it.prefix {
		return false
	}
	it.cur = p
	return true
}

func (it *memoryIterator) Key() flat.Key   { return flat.Key(it.cur.key) }
func (it *memoryIterator) Val() flat.Value { return it.cur.val }
func (it *memoryIterator) Err() error      { return nil }

func (it *memoryIterator) Close() error {
	it.Reset()
	return nil
}
