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
)

// apply writes the layout itself rather than through Cayley, whose writes keep
// ids of failed transactions, delete a quad without a label for one with an
// unknown label, lose values that one transaction both takes and gives, and let
// counts and orphans leak. Nothing is kept from one transaction to the next.
func (s *kvStore) apply(ctx context.Context, remove, add []quad.Quad) error {
	return kv.Update(ctx, s.db, func(tx kv.Tx) error {
		e := &edit{ctx: ctx, tx: tx, values: make(map[refs.ValueHash]*node), lists: make(map[string]*list), added: make(map[uint64]ids)}
		if err := e.resolve(remove, add); err != nil {
			return err
		}
		for _, q := range remove {
			if err := e.remove(q); err != nil {
				return err
			}
		}
		for _, q := range add {
			if err := e.add(q); err != nil {
				return err
			}
		}
		return e.write()
	})
}

// edit is what one transaction changes.
type edit struct {
	ctx     context.Context
	tx      kv.Tx
	horizon uint64
	size    int64 // by how much the number of quads changes
	values  map[refs.ValueHash]*node
	lists   map[string]*list
	added   map[uint64]ids // quads by their ids
	pairs   []pairWrite
}

// node is a value that the transaction touches.
type node struct {
	value  quad.Value
	hash   refs.ValueHash
	id     uint64 // 0 for one that the store hasn't
	uses   int64  // places of quads that it stands in
	change int64
}

// list is an index entry that the transaction touches.
type list struct {
	key     kv.Key
	ids     []uint64
	changed bool
}

// pairWrite is a key to set, or to delete where the value is nil.
type pairWrite struct {
	key kv.Key
	val []byte
}

// resolve reads what the store knows of every value of the quads.
func (e *edit) resolve(sets ...[]quad.Quad) error {
	var nodes []*node
	for _, quads := range sets {
		for _, q := range quads {
			for _, d := range quad.Directions {
				v := q.Get(d)
				if v == nil {
					continue
				}
				h := refs.HashOf(v)
				if e.values[h] == nil {
					n := &node{value: v, hash: h}
					e.values[h] = n
					nodes = append(nodes, n)
				}
			}
		}
	}
	slices.SortFunc(nodes, func(a, b *node) int { return bytes.Compare(a.hash[:], b.hash[:]) })
	keys := make([]kv.Key, 0, 2*len(nodes))
	for _, n := range nodes {
		keys = append(keys, countKey(n.hash))
	}
	for _, n := range nodes {
		keys = append(keys, valueKey(n.hash))
	}
	vals, err := e.tx.GetBatch(e.ctx, keys)
	if err != nil {
		return err
	}
	for i, n := range nodes {
		if id, _ := binary.Uvarint(vals[len(nodes)+i]); id != 0 {
			n.id = id
			uses, _ := binary.Uvarint(vals[i])
			n.uses = int64(uses)
		}
	}
	e.horizon, err = e.meta("horizon")
	return err
}

func (e *edit) meta(name string) (uint64, error) {
	b, err := e.tx.Get(e.ctx, metaKey(name))
	if errors.Is(err, kv.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	if len(b) != 8 {
		return 0, fmt.Errorf("%s has %d bytes, expected 8", name, len(b))
	}
	return binary.LittleEndian.Uint64(b), nil
}

// ids are the ids of a quad's values; ok is false where the store lacks one.
func (e *edit) ids(q quad.Quad) (key ids, ok bool) {
	for i, d := range quad.Directions {
		if v := q.Get(d); v != nil {
			key[i] = e.values[refs.HashOf(v)].id
			if key[i] == 0 {
				return key, false
			}
		}
	}
	return key, true
}

// list reads an index entry, once.
func (e *edit) list(index int, q ids) (*list, error) {
	dirs := quadIndexes[index].Dirs
	key := indexKey(dirs, q, len(dirs))
	name := string(key[0]) + string(key[1])
	if l := e.lists[name]; l != nil {
		return l, nil
	}
	b, err := e.tx.Get(e.ctx, key)
	if err != nil && !errors.Is(err, kv.ErrNotFound) {
		return nil, err
	}
	l := &list{key: key}
	if l.ids, err = decodeList(b); err != nil {
		return nil, err
	}
	e.lists[name] = l
	return l, nil
}

// find is the id of a quad that has exactly these four values, 0 for none. Two
// index entries that hold it leave few to look at.
func (e *edit) find(q ids) (uint64, error) {
	subject, err := e.list(byLabel, q)
	if err != nil {
		return 0, err
	}
	object, err := e.list(byObject, q)
	if err != nil {
		return 0, err
	}
	few, other := subject.ids, object.ids
	if len(other) < len(few) {
		few, other = other, few
	}
	for _, id := range few {
		if _, both := slices.BinarySearch(other, id); !both {
			continue
		}
		if added, ok := e.added[id]; ok {
			if added == q {
				return id, nil
			}
			continue
		}
		b, err := e.tx.Get(e.ctx, logKey(id))
		if err != nil {
			return 0, fmt.Errorf("entry %d of the log: %w", id, err)
		}
		found, err := decodeEntry(b)
		if err != nil {
			return 0, err
		}
		if !found.dead && found.quad == q {
			return id, nil
		}
	}
	return 0, nil
}

// remove takes a quad out. One that the store hasn't is left out.
func (e *edit) remove(q quad.Quad) error {
	key, ok := e.ids(q)
	if !ok {
		return nil
	}
	id, err := e.find(key)
	if err != nil || id == 0 {
		return err
	}
	for i := range quadIndexes {
		l, err := e.list(i, key)
		if err != nil {
			return err
		}
		at, found := slices.BinarySearch(l.ids, id)
		if found {
			l.ids, l.changed = slices.Delete(l.ids, at, at+1), true
		}
	}
	e.pairs = append(e.pairs, pairWrite{logKey(id), nil})
	e.size--
	e.use(q, -1)
	return nil
}

// add puts a quad in. One that the store has is left out.
func (e *edit) add(q quad.Quad) error {
	key, ok := e.ids(q)
	if ok {
		if id, err := e.find(key); err != nil || id != 0 {
			return err
		}
	} else if err := e.create(q, &key); err != nil {
		return err
	}
	e.horizon++
	b, err := encodeLink(e.horizon, key)
	if err != nil {
		return err
	}
	e.pairs = append(e.pairs, pairWrite{logKey(e.horizon), b})
	e.added[e.horizon] = key
	for i := range quadIndexes {
		l, err := e.list(i, key)
		if err != nil {
			return err
		}
		l.ids, l.changed = append(l.ids, e.horizon), true
	}
	e.size++
	e.use(q, 1)
	return nil
}

// create gives the values of a quad that the store lacks their ids.
func (e *edit) create(q quad.Quad, key *ids) error {
	for i, d := range quad.Directions {
		v := q.Get(d)
		if v == nil {
			continue
		}
		n := e.values[refs.HashOf(v)]
		if n.id == 0 {
			e.horizon++
			n.id = e.horizon
			b, err := encodeNode(n.id, v)
			if err != nil {
				return err
			}
			e.pairs = append(e.pairs, pairWrite{logKey(n.id), b},
				pairWrite{valueKey(n.hash), binary.AppendUvarint(nil, n.id)})
		}
		key[i] = n.id
	}
	return nil
}

func (e *edit) use(q quad.Quad, by int64) {
	for _, d := range quad.Directions {
		if v := q.Get(d); v != nil {
			e.values[refs.HashOf(v)].change += by
		}
	}
}

// write puts everything into the transaction, in the order of the keys. Values
// that no quad has any more go.
func (e *edit) write() error {
	for _, n := range e.values {
		uses := n.uses + n.change
		switch {
		case n.id == 0 || n.change == 0 && n.uses > 0:
		case uses > 0:
			e.pairs = append(e.pairs, pairWrite{countKey(n.hash), binary.AppendUvarint(nil, uint64(uses))})
		default:
			e.pairs = append(e.pairs, pairWrite{countKey(n.hash), nil}, pairWrite{valueKey(n.hash), nil}, pairWrite{logKey(n.id), nil})
		}
	}
	for _, l := range e.lists {
		if l.changed {
			e.pairs = append(e.pairs, pairWrite{l.key, encodeList(l.ids)})
		}
	}
	size, err := e.meta("size")
	if err != nil {
		return err
	}
	for name, x := range map[string]uint64{"size": uint64(int64(size) + e.size), "horizon": e.horizon} {
		e.pairs = append(e.pairs, pairWrite{metaKey(name), binary.LittleEndian.AppendUint64(nil, x)})
	}
	// What is written twice counts as it was written last.
	slices.SortStableFunc(e.pairs, func(a, b pairWrite) int { return a.key.Compare(b.key) })
	for i, p := range e.pairs {
		if i+1 < len(e.pairs) && p.key.Compare(e.pairs[i+1].key) == 0 {
			continue
		}
		var err error
		if len(p.val) == 0 {
			err = e.tx.Del(e.ctx, p.key)
		} else {
			err = e.tx.Put(e.ctx, p.key, p.val)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
