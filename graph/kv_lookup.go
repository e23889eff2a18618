package graph

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/options"
)

// lookup answers small questions from a snapshot's indexes, by ids: what stands in a
// place of quads two of whose values are known. What it reads is what it finds; no
// path is planned.
type lookup struct {
	ctx     context.Context
	snap    *kvSnapshot
	tx      layoutTx
	ids     map[string]uint64 // of nodes met so far, by IRI; 0 for one that the store hasn't
	iris    map[uint64]string // the other way round
	days    map[uint64]string // of documents, by id
	labelOf map[uint64]uint64 // the label of a quad that each claim met so far stands in
	papers  map[string]*paper
	labels  map[string]string
	reads   int // entries read: of the log, of indexes, of values' hashes
}

func newLookup(ctx context.Context, snap *kvSnapshot) *lookup {
	tx, ok := snap.tx.(layoutTx)
	if !ok {
		tx = kvPairs{ctx, snap.tx}
	}
	return &lookup{ctx: ctx, snap: snap, tx: tx, ids: map[string]uint64{}, iris: map[uint64]string{}, days: map[uint64]string{}, labelOf: map[uint64]uint64{},
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
	return decodeID(b)
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
	_, v, err := decodeNode(b)
	if err != nil {
		return nil, fmt.Errorf("value %d is missing or broken (%v): hearsay check tells more", id, err)
	}
	if len(l.snap.names) > maxNames {
		clear(l.snap.names)
	}
	l.snap.names[id] = v
	return v, nil
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

// prefixOf is what the keys of quads begin with that have these values first.
func prefixOf(begin ...uint64) []byte {
	prefix := make([]byte, 0, 4*idSize)
	for _, id := range begin {
		prefix = appendID(prefix, id)
	}
	return prefix
}

// scan calls fn with each quad whose key in an index begins with the prefix, until fn
// gives false.
func (l *lookup) scan(index int, prefix []byte, fn func(q ids) (bool, error)) error {
	return l.tx.scan(indexNames[index], prefix, func(key, _ []byte) (bool, error) {
		if err := l.tick(); err != nil {
			return false, err
		}
		q, err := decodeKey(index, key)
		if err != nil {
			return false, err
		}
		return fn(q)
	})
}

// subjects calls fn with each node that has the object in the predicate, and with the
// label of a quad that says so, until fn gives false.
func (l *lookup) subjects(object, predicate uint64, fn func(subject, label uint64) (bool, error)) error {
	last := uint64(0)
	return l.scan(byObject, prefixOf(object, predicate), func(q ids) (bool, error) {
		if q[0] == last {
			return true, nil
		}
		last = q[0]
		return fn(q[0], q[3])
	})
}

// objects are the different ones that a node has in the predicate.
func (l *lookup) objects(subject, predicate uint64) (list []uint64, err error) {
	err = l.scan(bySubject, prefixOf(subject, predicate), func(q ids) (bool, error) {
		list = appendOther(list, q[2])
		return true, nil
	})
	return list, err
}

// appendOther appends an id that isn't the last one.
func appendOther(list []uint64, id uint64) []uint64 {
	if len(list) > 0 && list[len(list)-1] == id {
		return list
	}
	return append(list, id)
}

// has reports whether a node has one of the objects in one of the predicates, or
// any where objects is nil.
func (l *lookup) has(subject uint64, predicates, objects []uint64) (bool, error) {
	for _, p := range predicates {
		if objects == nil {
			if found, err := l.begins(subject, p); found || err != nil {
				return found, err
			}
		}
		for _, o := range objects {
			if found, err := l.begins(subject, p, o); found || err != nil {
				return found, err
			}
		}
	}
	return false, nil
}

// begins reports whether there is a quad of these values: a subject, a predicate and
// perhaps an object.
func (l *lookup) begins(values ...uint64) (bool, error) {
	if err := l.tick(); err != nil {
		return false, err
	}
	return begins(l.tx, indexNames[bySubject], prefixOf(values...))
}

// properties calls fn with each predicate of a node and its different objects.
func (l *lookup) properties(subject uint64, fn func(predicate uint64, objects []uint64) error) error {
	var predicate uint64
	var objects []uint64
	err := l.scan(bySubject, prefixOf(subject), func(q ids) (bool, error) {
		if q[1] != predicate && predicate != 0 {
			if err := fn(predicate, objects); err != nil {
				return false, err
			}
			objects = objects[:0]
		}
		predicate, objects = q[1], appendOther(objects, q[2])
		return true, nil
	})
	if err == nil && predicate != 0 {
		err = fn(predicate, objects)
	}
	return err
}

// predicates are those of the edges out of a node or, in, into it.
func (l *lookup) predicates(node uint64, in bool) ([]uint64, error) {
	index := bySubject
	if in {
		index = byObject
	}
	prefix := prefixOf(node)
	it := l.snap.tx.Scan(l.ctx, options.WithPrefixKV(kv.Key{indexNames[index], prefix}))
	defer it.Close()
	var list []uint64
	for more := it.Next(l.ctx); more; l.reads++ {
		key := it.Key()[1]
		q, err := decodeKey(index, key)
		if err == nil {
			err = l.ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		list = append(list, q[1])
		more = kv.Seek(l.ctx, it, kv.Key{indexNames[index], appendID(prefix, q[1]+1)})
	}
	return list, it.Err()
}
