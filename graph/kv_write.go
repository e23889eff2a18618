package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"
)

// apply writes the layout itself rather than through Cayley, whose writes keep
// ids of failed transactions, delete a quad without a label for one with an
// unknown label, lose values that one transaction both takes and gives, and let
// counts and orphans leak. Nothing is kept from one transaction to the next.
func (s *kvStore) apply(ctx context.Context, remove, add []quad.Quad) error {
	return s.update(ctx, func(tx pairTx) error { return applyPairs(tx, remove, add) })
}

func applyPairs(tx pairTx, remove, add []quad.Quad) error {
	e := &edit{tx: tx, names: make(map[quad.Value]*node, len(add)), byHash: make(map[valueHash]*node, len(add)),
		quads: make(map[ids]*fate, len(remove)+len(add))}
	gone, come := e.intern(remove), e.intern(add)
	if err := e.resolve(); err != nil {
		return err
	}
	for _, q := range gone {
		if err := e.remove(q); err != nil {
			return err
		}
	}
	for _, q := range come {
		if err := e.add(q); err != nil {
			return err
		}
	}
	return e.write()
}

// edit is what one transaction changes.
type edit struct {
	tx      pairTx
	horizon uint64
	names   map[quad.Value]*node
	byHash  map[valueHash]*node
	nodes   []*node // by their hashes
	fresh   []*node // by their ids
	quads   map[ids]*fate
}

// node is a value that the transaction touches.
type node struct {
	value quad.Value
	hash  valueHash
	id    uint64 // 0 for one that the store hasn't
	fresh bool   // the id is of this transaction: no quad of the store has it
	loses bool   // a quad that has it is taken out
}

// fate is what becomes of a quad.
type fate struct{ stored, want bool }

// nodes are a quad's values, nil for no label.
type nodes [4]*node

// ids are the ids of the values; ok is false where the store lacks one.
func (q nodes) ids() (key ids, ok bool) {
	for i, n := range q {
		if n != nil {
			key[i] = n.id
			if n.id == 0 {
				return key, false
			}
		}
	}
	return key, true
}

// intern hashes every value once.
func (e *edit) intern(quads []quad.Quad) []nodes {
	out := make([]nodes, len(quads))
	for i, q := range quads {
		for j, d := range quad.Directions {
			v := q.Get(d)
			if v == nil {
				continue
			}
			n := e.names[v]
			if n == nil {
				h := hashOf(v)
				if n = e.byHash[h]; n == nil { // two times may be the same and not equal
					n = &node{value: v, hash: h}
					e.byHash[h] = n
				}
				e.names[v] = n
			}
			out[i][j] = n
		}
	}
	return out
}

// resolve reads what the store knows of every value.
func (e *edit) resolve() error {
	all := make([]*node, 0, len(e.byHash))
	for _, n := range e.byHash {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b *node) int { return bytes.Compare(a.hash[:], b.hash[:]) })
	for _, n := range all {
		b, err := e.tx.get(valuesBucket, n.hash[:])
		if err != nil {
			return err
		}
		if n.id, err = decodeID(b); err != nil {
			return fmt.Errorf("value %x: %w", n.hash, err)
		}
	}
	e.nodes = all
	var err error
	e.horizon, err = e.meta("horizon")
	return err
}

func (e *edit) meta(name string) (uint64, error) {
	b, err := e.tx.get([]byte("meta"), []byte(name))
	if err != nil || b == nil {
		return 0, err
	}
	if len(b) != 8 {
		return 0, fmt.Errorf("%s has %d bytes, expected 8", name, len(b))
	}
	return binary.LittleEndian.Uint64(b), nil
}

// find reads whether the store has a quad, once. One with a fresh value isn't there.
func (e *edit) find(q nodes, key ids) (*fate, error) {
	if c := e.quads[key]; c != nil {
		return c, nil
	}
	c := &fate{}
	if !slices.ContainsFunc(q[:], func(n *node) bool { return n != nil && n.fresh }) {
		b, err := e.tx.get(indexNames[bySubject], appendKey(nil, bySubject, key))
		if err != nil {
			return nil, err
		}
		c.stored = b != nil
	}
	c.want = c.stored
	e.quads[key] = c
	return c, nil
}

// remove takes a quad out. One that the store hasn't is left out.
func (e *edit) remove(q nodes) error {
	key, ok := q.ids()
	if !ok {
		return nil
	}
	c, err := e.find(q, key)
	if err != nil {
		return err
	}
	c.want = false
	for _, n := range q {
		if n != nil {
			n.loses = n.loses || c.stored
		}
	}
	return nil
}

// add puts a quad in. One that the store has is left out.
func (e *edit) add(q nodes) error {
	for _, n := range q {
		if n == nil || n.id != 0 {
			continue
		}
		if e.horizon == maxID {
			return errTooMany
		}
		e.horizon++
		n.id, n.fresh = e.horizon, true
		e.fresh = append(e.fresh, n)
	}
	key, _ := q.ids()
	c, err := e.find(q, key)
	if err != nil {
		return err
	}
	c.want = true
	return nil
}

// write puts everything into the transaction, bucket by bucket in the order of the
// keys.
func (e *edit) write() error {
	for _, n := range e.fresh {
		b, err := encodeNode(n.id, n.value)
		if err == nil {
			err = e.tx.put(logBucket, logID(n.id), b)
		}
		if err != nil {
			return err
		}
	}
	for _, n := range e.nodes {
		if n.fresh {
			if err := e.tx.put(valuesBucket, n.hash[:], encodeID(n.id)); err != nil {
				return err
			}
		}
	}
	come, gone := e.changes()
	for index := range quadIndexes {
		if err := e.writeIndex(index, gone, e.tx.del); err != nil {
			return err
		}
		put := func(bucket, key []byte) error { return e.tx.put(bucket, key, []byte{}) }
		if err := e.writeIndex(index, come, put); err != nil {
			return err
		}
	}
	if err := e.dropOrphans(); err != nil {
		return err
	}
	return e.writeMeta(len(come) - len(gone))
}

// changes are the quads to put in and to take out.
func (e *edit) changes() (come, gone []ids) {
	come = make([]ids, 0, len(e.quads))
	for q, c := range e.quads {
		switch {
		case c.want && !c.stored:
			come = append(come, q)
		case c.stored && !c.want:
			gone = append(gone, q)
		}
	}
	return come, gone
}

// writeIndex sorts the quads and writes them. The function that writes keeps no key.
func (e *edit) writeIndex(index int, quads []ids, write func(bucket, key []byte) error) error {
	slices.SortFunc(quads, func(a, b ids) int {
		for _, d := range quadIndexes[index].Dirs {
			if c := cmp.Compare(a[direction(d)], b[direction(d)]); c != 0 {
				return c
			}
		}
		return 0
	})
	var key []byte
	for _, q := range quads {
		key = appendKey(key[:0], index, q)
		if err := write(indexNames[index], key); err != nil {
			return err
		}
	}
	return nil
}

// dropOrphans takes the values out that no quad has any more. The indexes tell: no
// count of a value's quads is kept, which would have to be written with each.
func (e *edit) dropOrphans() error {
	for _, n := range e.nodes {
		if !n.loses {
			continue
		}
		used, err := e.used(n.id)
		if err != nil {
			return err
		}
		if used {
			continue
		}
		if err := e.tx.del(valuesBucket, n.hash[:]); err != nil {
			return err
		}
		if err := e.tx.del(logBucket, logID(n.id)); err != nil {
			return err
		}
	}
	return nil
}

// used reports whether any quad has a value. Each place of a quad begins an index.
func (e *edit) used(id uint64) (bool, error) {
	prefix := appendID(nil, id)
	for _, name := range indexNames {
		if used, err := begins(e.tx, name, prefix); used || err != nil {
			return used, err
		}
	}
	return false, nil
}

// writeMeta writes the greatest id and, changed by so many, the number of quads.
func (e *edit) writeMeta(more int) error {
	size, err := e.meta("size")
	if err != nil {
		return err
	}
	for _, m := range []struct {
		name string
		x    uint64
	}{{"horizon", e.horizon}, {"size", uint64(int64(size) + int64(more))}} {
		if err := e.tx.put([]byte("meta"), []byte(m.name), binary.LittleEndian.AppendUint64(nil, m.x)); err != nil {
			return err
		}
	}
	return nil
}
