package graph

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

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
// quad stands in every index, each value is found by its hash, and none is there that
// no quad has. report is told what contradicts the rest. It costs some 50 bytes of
// memory a quad and 100 a value.
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
	c := &kvCheck{ctx: ctx, tx: tx, report: report, values: map[uint64]*checkedValue{}}
	for _, step := range []func() error{c.readLog, c.readQuads, c.readValues, c.compareIndexes, c.compareMeta} {
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
	quads  []ids  // of the index by subject, in order
	last   uint64 // greatest id
}

type checkedValue struct {
	hash  valueHash
	used  bool // by a quad
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

// readLog reads all values.
func (c *kvCheck) readLog() error {
	return c.scan(kv.Key{logBucket, nil}, func(key, val []byte) {
		id, v, err := decodeNode(val)
		switch {
		case err != nil:
			c.damage("log entry %x can't be read: %v", key, err)
		case !bytes.Equal(key, logID(id)):
			c.damage("log entry %x says that it is %d", key, id)
		default:
			c.values[id] = &checkedValue{hash: hashOf(v)}
		}
		c.last = max(c.last, id)
	})
}

// scanIndex calls fn with every quad of an index whose key can be read.
func (c *kvCheck) scanIndex(index int, fn func(ids)) error {
	return c.scan(kv.Key{indexNames[index], nil}, func(key, val []byte) {
		q, err := decodeKey(index, key)
		switch {
		case err != nil:
			c.damage("%v", err)
		case len(val) > 0:
			c.damage("index %s has something beside quad %d", indexNames[index], q)
		default:
			fn(q)
		}
	})
}

// readQuads reads the index by subject, and looks whether the values are there.
func (c *kvCheck) readQuads() error {
	err := c.scanIndex(bySubject, func(q ids) {
		c.quads = append(c.quads, q)
		for i, id := range q {
			v := c.values[id]
			switch {
			case id == 0 && i == direction(quad.Label):
			case v == nil:
				c.damage("quad %d has value %d as %s, which isn't there", q, id, quad.Directions[i])
			default:
				v.used = true
			}
		}
	})
	slices.SortFunc(c.quads, compareIDs) // LevelDB's keys are escaped, which changes their order
	c.res.Quads, c.res.Values = len(c.quads), len(c.values)
	return err
}

func compareIDs(a, b ids) int { return slices.Compare(a[:], b[:]) }

// readValues compares the values with those found by hash, and finds values that no
// quad has.
func (c *kvCheck) readValues() error {
	err := c.scan(kv.Key{valuesBucket, nil}, func(key, val []byte) {
		id, err := decodeID(val)
		if len(key) != len(valueHash{}) || err != nil {
			c.damage("an entry of the hashes can't be read: %d bytes, %v", len(key), err)
			return
		}
		hash := valueHash(key)
		v := c.values[id]
		switch {
		case v == nil:
			c.damage("hash %x leads to value %d, which isn't there", hash, id)
		case v.hash != hash:
			c.damage("hash %x leads to value %d, whose hash is %x", hash, id, v.hash)
		default:
			v.found = true
		}
	})
	for id, v := range c.values {
		if !v.found {
			c.damage("value %d isn't found by its hash", id)
		}
		if !v.used {
			c.damage("value %d is in no quad", id)
		}
	}
	return err
}

// compareIndexes compares the other indexes with that by subject.
func (c *kvCheck) compareIndexes() error {
	for _, index := range []int{byObject, byLabel, byPredicate} {
		name, seen, n := indexNames[index], make([]bool, len(c.quads)), 0
		err := c.scanIndex(index, func(q ids) {
			at, ok := slices.BinarySearchFunc(c.quads, q, compareIDs)
			if !ok {
				c.damage("index %s has quad %d, which index %s hasn't", name, q, indexNames[bySubject])
				return
			}
			seen[at] = true
			n++
		})
		if err != nil {
			return err
		}
		for at := 0; n < len(seen) && at < len(seen); at++ {
			if !seen[at] {
				c.damage("index %s lacks quad %d", name, c.quads[at])
			}
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
