package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
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
	e := &edit{tx: tx, names: make(map[quad.Value]*node), byHash: make(map[refs.ValueHash]*node), added: make(map[ids]bool)}
	for i := range e.lists {
		e.lists[i] = make(map[listKey]*list)
	}
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
	size    int64 // by how much the number of quads changes
	names   map[quad.Value]*node
	byHash  map[refs.ValueHash]*node
	nodes   []*node // by their hashes
	lists   [len(quadIndexes)]map[listKey]*list
	added   map[ids]bool
	pairs   []pair
}

// node is a value that the transaction touches.
type node struct {
	value  quad.Value
	hash   refs.ValueHash
	id     uint64 // 0 for one that the store hasn't
	fresh  bool   // the id is of this transaction: no quad of the store has it
	uses   int64  // places of quads that it stands in
	change int64
}

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

// listKey is the key of an index entry, by the ids in it.
type listKey [3]uint64

// list is an index entry that the transaction touches.
type list struct {
	ids     []byte // as they are stored
	changed bool
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
				h := refs.HashOf(v)
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
		b, err := e.tx.get(valueBucket(n.hash), n.hash[:])
		if err != nil {
			return err
		}
		id, uses, err := decodeUses(b)
		if err != nil {
			return fmt.Errorf("value %x: %w", n.hash, err)
		}
		n.id, n.uses = id, int64(uses)
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

// list reads an index entry, once. One with a fresh value isn't in the store.
func (e *edit) list(index int, q nodes) (*list, error) {
	var key listKey
	fresh := false
	for i, d := range quadIndexes[index].Dirs {
		if n := q[direction(d)]; n != nil {
			key[i] = n.id
			fresh = fresh || n.fresh
		}
	}
	if l := e.lists[index][key]; l != nil {
		return l, nil
	}
	l := &list{}
	if !fresh {
		b, err := e.tx.get(indexNames[index], indexBytes(index, key))
		if err != nil {
			return nil, err
		}
		l.ids = slices.Clone(b)
	}
	e.lists[index][key] = l
	return l, nil
}

// find is the id of a quad of the store that has exactly these four values, 0 for
// none. Two index entries that hold it leave few to look at.
func (e *edit) find(q nodes, key ids) (uint64, error) {
	for _, n := range q {
		if n != nil && n.fresh {
			return 0, nil
		}
	}
	subject, err := e.list(byLabel, q)
	if err != nil || len(subject.ids) == 0 {
		return 0, err
	}
	object, err := e.list(byObject, q)
	if err != nil {
		return 0, err
	}
	few, err := decodeList(subject.ids)
	if err != nil {
		return 0, err
	}
	other, err := decodeList(object.ids)
	if err != nil {
		return 0, err
	}
	if len(other) < len(few) {
		few, other = other, few
	}
	for _, id := range few {
		if _, both := slices.BinarySearch(other, id); !both {
			continue
		}
		b, err := e.tx.get(logBucket, logID(id))
		if err != nil {
			return 0, err
		}
		if b == nil {
			continue // one that this transaction adds
		}
		found, err := decodeEntry(b)
		if err != nil {
			return 0, fmt.Errorf("entry %d of the log: %w", id, err)
		}
		if !found.dead && found.quad == key {
			return id, nil
		}
	}
	return 0, nil
}

// remove takes a quad out. One that the store hasn't is left out.
func (e *edit) remove(q nodes) error {
	key, ok := q.ids()
	if !ok {
		return nil
	}
	id, err := e.find(q, key)
	if err != nil || id == 0 {
		return err
	}
	for i := range quadIndexes {
		l, err := e.list(i, q)
		if err != nil {
			return err
		}
		list, err := decodeList(l.ids)
		if err != nil {
			return err
		}
		if at, found := slices.BinarySearch(list, id); found {
			l.ids, l.changed = encodeList(slices.Delete(list, at, at+1)), true
		}
	}
	e.pairs = append(e.pairs, pair{logBucket, logID(id), nil})
	e.size--
	q.use(-1)
	return nil
}

// add puts a quad in. One that the store has is left out.
func (e *edit) add(q nodes) error {
	key, ok := q.ids()
	if ok {
		if e.added[key] {
			return nil
		}
		if id, err := e.find(q, key); err != nil || id != 0 {
			return err
		}
	} else {
		var err error
		if key, err = e.create(q); err != nil {
			return err
		}
	}
	e.horizon++
	b, err := encodeLink(e.horizon, key)
	if err != nil {
		return err
	}
	e.pairs = append(e.pairs, pair{logBucket, logID(e.horizon), b})
	e.added[key] = true
	for i := range quadIndexes {
		l, err := e.list(i, q)
		if err != nil {
			return err
		}
		l.ids, l.changed = binary.AppendUvarint(l.ids, e.horizon), true
	}
	e.size++
	q.use(1)
	return nil
}

// create gives the values of a quad that the store lacks their ids.
func (e *edit) create(q nodes) (ids, error) {
	for _, n := range q {
		if n == nil || n.id != 0 {
			continue
		}
		e.horizon++
		n.id, n.fresh = e.horizon, true
		b, err := encodeNode(n.id, n.value)
		if err != nil {
			return ids{}, err
		}
		e.pairs = append(e.pairs, pair{logBucket, logID(n.id), b})
	}
	key, _ := q.ids()
	return key, nil
}

func (q nodes) use(by int64) {
	for _, n := range q {
		if n != nil {
			n.change += by
		}
	}
}

// write puts everything into the transaction, in the order of the keys. Values
// that no quad has any more go.
func (e *edit) write() error {
	for _, n := range e.nodes {
		uses := n.uses + n.change
		switch {
		case n.id == 0 || n.change == 0 && n.uses > 0:
		case uses > 0:
			e.pairs = append(e.pairs, pair{valueBucket(n.hash), n.hash[:], encodeUses(n.id, uint64(uses))})
		default:
			e.pairs = append(e.pairs, pair{valueBucket(n.hash), n.hash[:], nil}, pair{logBucket, logID(n.id), nil})
		}
	}
	for i, lists := range e.lists {
		for key, l := range lists {
			if l.changed {
				e.pairs = append(e.pairs, pair{indexNames[i], indexBytes(i, key), l.ids})
			}
		}
	}
	size, err := e.meta("size")
	if err != nil {
		return err
	}
	for name, x := range map[string]uint64{"size": uint64(int64(size) + e.size), "horizon": e.horizon} {
		e.pairs = append(e.pairs, pair{[]byte("meta"), []byte(name), binary.LittleEndian.AppendUint64(nil, x)})
	}
	// What is written twice counts as it was written last.
	slices.SortStableFunc(e.pairs, func(a, b pair) int {
		return cmp.Or(bytes.Compare(a.bucket, b.bucket), bytes.Compare(a.key, b.key))
	})
	for i, p := range e.pairs {
		if i+1 < len(e.pairs) && bytes.Equal(p.bucket, e.pairs[i+1].bucket) && bytes.Equal(p.key, e.pairs[i+1].key) {
			continue
		}
		if err := e.tx.put(p.bucket, p.key, p.val); err != nil {
			return err
		}
	}
	return nil
}
