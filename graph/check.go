package graph

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/options"
)

// Damage is one thing in a store that contradicts the rest.
type Damage struct{ What string }

// CheckResult says what Check looked at.
type CheckResult struct {
	Quads, Values int
	Damage        int // things found, of which at most maxDamage were reported
}

// maxDamage is how many things a check reports one by one.
const maxDamage = 1000

// checker is a store that can check itself.
type checker interface {
	check(ctx context.Context, report func(Damage)) (CheckResult, error)
}

// Check reads the whole store and compares every index with every other: each
// quad stands in every index, each entry of an index is a quad, each value is
// found by its hash and counted right, and none is there that no quad has. report
// is told what contradicts the rest. It costs some 100 bytes of memory a quad.
func (s *Store) Check(ctx context.Context, report func(Damage)) (CheckResult, error) {
	if err := s.gate.enter(); err != nil {
		return CheckResult{}, err
	}
	defer s.gate.leave()
	c, ok := s.back.(checker)
	if !ok {
		return CheckResult{}, fmt.Errorf("check %s: this kind of store checks itself", s.uri)
	}
	var res CheckResult
	err := guarded(func() (err error) {
		res, err = c.check(ctx, report)
		return err
	})
	if err != nil {
		return res, fmt.Errorf("check %s: %w", s.uri, err)
	}
	return res, nil
}

func (s *kvStore) check(ctx context.Context, report func(Damage)) (CheckResult, error) {
	tx, err := s.db.Tx(ctx, false)
	if err != nil {
		return CheckResult{}, err
	}
	defer tx.Close()
	c := &kvCheck{ctx: ctx, tx: tx, report: report, values: map[uint64]*checkedValue{}, quads: map[uint64]ids{}}
	for _, step := range []func() error{c.readLog, c.readValues, c.compareIndexes, c.compareMeta} {
		if err := step(); err != nil {
			return c.res, err
		}
	}
	return c.res, nil
}

// kvCheck compares the parts of the layout.
type kvCheck struct {
	ctx    context.Context
	tx     kv.Tx
	report func(Damage)
	res    CheckResult
	values map[uint64]*checkedValue
	quads  map[uint64]ids
	last   uint64 // greatest id
}

type checkedValue struct {
	hash  refs.ValueHash
	uses  uint64
	found bool // by its hash
}

func (c *kvCheck) damage(format string, args ...any) {
	if c.res.Damage++; c.res.Damage <= maxDamage && c.report != nil {
		c.report(Damage{fmt.Sprintf(format, args...)})
	}
}

// scan calls fn with every pair under a prefix.
func (c *kvCheck) scan(prefix kv.Key, fn func(key []byte, val []byte)) error {
	it := c.tx.Scan(c.ctx, options.WithPrefixKV(prefix))
	defer it.Close()
	for n := 0; it.Next(c.ctx); n++ {
		if n%1024 == 0 && c.ctx.Err() != nil {
			return c.ctx.Err()
		}
		key := it.Key()
		fn(key[len(key)-1], it.Val())
	}
	return it.Err()
}

// readLog reads all values and quads, and counts the uses.
func (c *kvCheck) readLog() error {
	err := c.scan(kv.Key{[]byte("log"), nil}, func(key, val []byte) {
		e, err := decodeEntry(val)
		switch {
		case err != nil:
			c.damage("log entry %x can't be read: %v", key, err)
		case len(key) != 8 || binary.BigEndian.Uint64(key) != e.id:
			c.damage("log entry %x says that it is %d", key, e.id)
		case e.value != nil:
			c.values[e.id] = &checkedValue{hash: refs.HashOf(e.value)}
		case !e.dead:
			c.quads[e.id] = e.quad
		}
		c.last = max(c.last, e.id)
	})
	c.res.Quads, c.res.Values = len(c.quads), len(c.values)
	seen := make(map[ids]uint64, len(c.quads))
	for id, q := range c.quads {
		if other := seen[q]; other != 0 {
			c.damage("quads %d and %d are the same", min(id, other), max(id, other))
		}
		seen[q] = id
		for i, v := range q {
			switch {
			case v == 0 && i < 3:
				c.damage("quad %d has no %s", id, quad.Directions[i])
			case v != 0 && c.values[v] == nil:
				c.damage("quad %d has value %d as %s, which isn't there", id, v, quad.Directions[i])
			case v != 0:
				c.values[v].uses++
			}
		}
	}
	return err
}

// readValues compares the values and their counts with those found by hash, and
// finds values without any use.
func (c *kvCheck) readValues() error {
	err := c.scan(kv.Key{{'v'}}, func(key, val []byte) {
		id, uses, err := decodeUses(val)
		if len(key) != len(refs.ValueHash{}) || err != nil {
			c.damage("entry %x of the hashes can't be read", key)
			return
		}
		hash := refs.ValueHash(key)
		v := c.values[id]
		switch {
		case v == nil:
			c.damage("hash %s leads to value %d, which isn't there", hash, id)
		case v.hash != hash:
			c.damage("hash %s leads to value %d, whose hash is %s", hash, id, v.hash)
		case v.uses != uses:
			c.damage("value %d is in %d places of quads, counted as %d", id, v.uses, uses)
		}
		if v != nil && v.hash == hash {
			v.found = true
		}
	})
	for id, v := range c.values {
		if !v.found {
			c.damage("value %d isn't found by its hash", id)
		}
		if v.uses == 0 {
			c.damage("value %d is in no quad", id)
		}
	}
	return err
}

// compareIndexes compares each index with the quads.
func (c *kvCheck) compareIndexes() error {
	for i, index := range quadIndexes {
		name, entries := indexNames[i], 0
		err := c.scan(kv.Key{name, nil}, func(key, val []byte) {
			list, err := decodeList(val)
			if err != nil || len(list) == 0 {
				c.damage("index %s, entry %x can't be read", name, key)
				return
			}
			if !slices.IsSorted(list) {
				c.damage("index %s, entry %x is not in order", name, key)
			}
			for _, id := range list {
				q, ok := c.quads[id]
				switch {
				case !ok:
					c.damage("index %s has quad %d, which isn't there", name, id)
				case !bytes.Equal(indexKey(index.Dirs, q, len(index.Dirs))[1], key):
					c.damage("index %s has quad %d in the wrong place", name, id)
				default:
					entries++
				}
			}
		})
		if err != nil {
			return err
		}
		if entries != len(c.quads) {
			c.damage("index %s has %d quads of %d", name, entries, len(c.quads))
		}
	}
	return nil
}

func (c *kvCheck) compareMeta() error {
	for _, m := range []struct {
		name string
		ok   func(uint64) bool
	}{{"size", func(x uint64) bool { return x == uint64(len(c.quads)) }}, {"horizon", func(x uint64) bool { return x >= c.last }}} {
		b, err := c.tx.Get(c.ctx, metaKey(m.name))
		if err != nil && !errors.Is(err, kv.ErrNotFound) {
			return err
		}
		var x uint64
		if len(b) == 8 {
			x = binary.LittleEndian.Uint64(b)
		}
		if !m.ok(x) {
			c.damage("%s is %d; there are %d quads, and the greatest id is %d", m.name, x, len(c.quads), c.last)
		}
	}
	return nil
}
