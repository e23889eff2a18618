package graph

import (
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

// lookup answers small questions from a snapshot's indexes, by ids: what stands in a
// place of quads two of whose values are known. What it reads is what it finds; no
// path is planned.
type lookup struct {
	ctx    context.Context
	snap   *kvSnapshot
	tx     layoutTx
	ids    map[string]uint64 // of nodes met so far, by IRI; 0 for one that the store hasn't
	iris   map[uint64]string // the other way round
	days   map[uint64]string // of documents, by id
	quadOf map[uint64]uint64 // a quad that each claim met so far stands in
	papers map[string]*paper
	labels map[string]string
	reads  int // entries read: of the log, of indexes, of values' hashes
}

func newLookup(ctx context.Context, snap *kvSnapshot) *lookup {
	tx, ok := snap.tx.(layoutTx)
	if !ok {
		tx = kvPairs{ctx, snap.tx}
	}
	return &lookup{ctx: ctx, snap: snap, tx: tx, ids: map[string]uint64{}, iris: map[uint64]string{}, days: map[uint64]string{}, quadOf: map[uint64]uint64{},
		papers: map[string]*paper{}, labels: map[string]string{}}
}

// get is nil for a key that isn't there.
func (l *lookup) get(bucket, key []byte) ([]byte, error) {
	if err := l.tick(); err != nil {
		return nil, err
	}
	return l.tx.get(bucket, key)
}

// tick looks at the query's time limit now and then.
func (l *lookup) tick() error {
	if l.reads++; l.reads%1024 == 0 {
		return l.ctx.Err()
	}
	return nil
}

// id is a value's, 0 for one that the store hasn't.
func (l *lookup) id(v quad.Value) (uint64, error) {
	h := refs.HashOf(v)
	b, err := l.get(valueBucket(h), h[:])
	if err != nil {
		return 0, err
	}
	id, _, err := decodeUses(b)
	return id, err
}

// node is the id of an IRI, 0 for one that the store hasn't.
func (l *lookup) node(iri string) (uint64, error) {
	if id, ok := l.ids[iri]; ok {
		return id, nil
	}
	id, err := l.id(quad.IRI(iri))
	if err == nil {
		l.ids[iri] = id
	}
	return id, err
}

// nodes are the ids of those of the IRIs that the store has.
func (l *lookup) nodes(iris ...string) ([]uint64, error) {
	list := make([]uint64, 0, len(iris))
	for _, iri := range iris {
		id, err := l.node(iri)
		if err != nil {
			return nil, err
		}
		if id != 0 {
			list = append(list, id)
		}
	}
	return list, nil
}

// value is what an id stands for.
func (l *lookup) value(id uint64) (quad.Value, error) {
	if v := l.snap.names[id]; v != nil {
		return v, nil
	}
	b, err := l.get(logBucket, logID(id))
	if err != nil {
		return nil, err
	}
	e, err := decodeEntry(b)
	if err != nil || e.value == nil {
		return nil, fmt.Errorf("value %d is missing or broken (%v): hearsay check tells more", id, err)
	}
	if len(l.snap.names) > maxNames {
		clear(l.snap.names)
	}
	l.snap.names[id] = e.value
	return e.value, nil
}

// iri is a node's, "" for what is no IRI.
func (l *lookup) iri(id uint64) (string, error) {
	if iri, ok := l.iris[id]; ok {
		return iri, nil
	}
	v, err := l.value(id)
	if err != nil {
		return "", err
	}
	iri, ok := v.(quad.IRI)
	if ok {
		l.ids[string(iri)] = id
	}
	l.iris[id] = string(iri)
	return string(iri), nil
}

// quad are the ids of a quad's values.
func (l *lookup) quad(id uint64) (ids, error) {
	b, err := l.get(logBucket, logID(id))
	if err != nil {
		return ids{}, err
	}
	q, err := decodeLink(b)
	if err != nil {
		return ids{}, fmt.Errorf("quad %d is missing or broken (%w): hearsay check tells more", id, err)
	}
	return q, nil
}

// scan calls fn with the rest of each key of an index that begins with these ids, and
// with the quads there, until fn gives false.
func (l *lookup) scan(index int, begin []uint64, fn func(rest, quads []byte) (bool, error)) error {
	prefix := make([]byte, 0, 24)
	for _, id := range begin {
		prefix = binary.BigEndian.AppendUint64(prefix, id)
	}
	return l.tx.scan(indexNames[index], prefix, func(key, quads []byte) (bool, error) {
		if err := l.tick(); err != nil {
			return false, err
		}
		return fn(key[len(prefix):], quads)
	})
}

// subjects calls fn with each node that has the object in the predicate, and with a
// quad that says so, until fn gives false.
func (l *lookup) subjects(object, predicate uint64, fn func(subject, quad uint64) (bool, error)) error {
	return l.scan(byObject, []uint64{object, predicate}, func(rest, quads []byte) (bool, error) {
		first, n := binary.Uvarint(quads)
		if len(rest) != 8 || n <= 0 {
			return false, errBrokenIndex
		}
		return fn(binary.BigEndian.Uint64(rest), first)
	})
}

var errBrokenIndex = errors.New("broken entry of an index: hearsay check tells more")

// objects are the different ones that a node has in the predicate.
func (l *lookup) objects(subject, predicate uint64) ([]uint64, error) {
	b, err := l.get(indexNames[bySubject], indexBytes(bySubject, listKey{subject, predicate}))
	if err != nil {
		return nil, err
	}
	return l.objectsOf(b)
}

// has reports whether a node has one of the objects in one of the predicates, or
// any where objects is nil.
func (l *lookup) has(subject uint64, predicates, objects []uint64) (bool, error) {
	for _, p := range predicates {
		if objects == nil {
			if b, err := l.get(indexNames[bySubject], indexBytes(bySubject, listKey{subject, p})); b != nil || err != nil {
				return b != nil, err
			}
		}
		for _, o := range objects {
			if b, err := l.get(indexNames[byObject], indexBytes(byObject, listKey{o, p, subject})); b != nil || err != nil {
				return b != nil, err
			}
		}
	}
	return false, nil
}

// objectsOf are the different objects of the quads of an index entry.
func (l *lookup) objectsOf(entry []byte) ([]uint64, error) {
	var list []uint64
	for len(entry) > 0 {
		id, n := binary.Uvarint(entry)
		if n <= 0 {
			return nil, errBrokenIndex
		}
		entry = entry[n:]
		q, err := l.quad(id)
		if err != nil {
			return nil, err
		}
		list = append(list, q[direction(quad.Object)])
	}
	if len(list) > 1 {
		slices.Sort(list)
		list = slices.Compact(list)
	}
	return list, nil
}

// properties calls fn with each predicate of a node and its different objects.
func (l *lookup) properties(subject uint64, fn func(predicate uint64, objects func() ([]uint64, error)) error) error {
	return l.scan(bySubject, []uint64{subject}, func(rest, quads []byte) (bool, error) {
		if len(rest) != 8 {
			return false, errBrokenIndex
		}
		return true, fn(binary.BigEndian.Uint64(rest), func() ([]uint64, error) { return l.objectsOf(quads) })
	})
}

// predicates are those of the edges out of a node or, in, into it.
func (l *lookup) predicates(node uint64, in bool) ([]uint64, error) {
	index := bySubject
	if in {
		index = byObject
	}
	prefix := binary.BigEndian.AppendUint64(make([]byte, 0, 16), node)
	it := l.snap.tx.Scan(l.ctx, options.WithPrefixKV(kv.Key{indexNames[index], prefix}))
	defer it.Close()
	var list []uint64
	for more := it.Next(l.ctx); more; l.reads++ {
		key := it.Key()[1]
		if len(key) < 16 {
			return nil, errBrokenIndex
		}
		if err := l.ctx.Err(); err != nil {
			return nil, err
		}
		predicate := binary.BigEndian.Uint64(key[8:])
		list = append(list, predicate)
		more = kv.Seek(l.ctx, it, kv.Key{indexNames[index], binary.BigEndian.AppendUint64(prefix, predicate+1)})
	}
	return list, it.Err()
}
