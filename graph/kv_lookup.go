package graph

import (
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/options"
)

// kvIndexes are those of a snapshot.
type kvIndexes struct {
	ctx   context.Context
	snap  *kvSnapshot
	tx    layoutTx
	reads int // entries read: of the log, of indexes, of values' hashes
}

func (s *kvSnapshot) indexes(ctx context.Context) indexes {
	tx, ok := s.tx.(layoutTx)
	if !ok {
		tx = kvPairs{ctx, s.tx}
	}
	return &kvIndexes{ctx: ctx, snap: s, tx: tx}
}

// Reading the next is no more than a look: nothing is gained by reading ahead.

func (x *kvIndexes) batched() bool                       { return false }
func (x *kvIndexes) ahead([]uint64, ...uint64) error     { return nil }
func (x *kvIndexes) aheadInto(objects, _ []uint64) error { return nil }

// get is nil for a key that isn't there.
func (x *kvIndexes) get(bucket, key []byte) ([]byte, error) {
	if err := x.tick(); err != nil {
		return nil, err
	}
	return x.tx.get(bucket, key)
}

// tick looks at the query's time limit now and then.
func (x *kvIndexes) tick() error {
	if x.reads++; x.reads%1024 == 0 {
		return x.ctx.Err()
	}
	return nil
}

// id is a value's, 0 for one that the store hasn't.
func (x *kvIndexes) id(v quad.Value) (uint64, error) {
	h := hashOf(v)
	b, err := x.get(valuesBucket, h[:])
	if err != nil {
		return 0, err
	}
	return decodeID(b)
}

// value is what an id stands for.
func (x *kvIndexes) value(id uint64) (quad.Value, error) {
	if v := x.snap.names[id]; v != nil {
		return v, nil
	}
	b, err := x.get(logBucket, logID(id))
	if err != nil {
		return nil, err
	}
	_, v, err := decodeNode(b)
	if err != nil {
		return nil, fmt.Errorf("value %d is missing or broken (%v): hearsay check tells more", id, err)
	}
	if len(x.snap.names) > maxNames {
		clear(x.snap.names)
	}
	x.snap.names[id] = v
	return v, nil
}

// prefixOf is what the keys of quads begin with that have these values first.
func prefixOf(begin ...uint64) []byte {
	prefix := make([]byte, 0, 4*(1+idSize))
	for _, id := range begin {
		prefix = appendID(prefix, id)
	}
	return prefix
}

// scan calls fn with each quad whose key in an index begins with the prefix, until fn
// gives false.
func (x *kvIndexes) scan(index int, prefix []byte, fn func(q ids) (bool, error)) error {
	return x.tx.scan(indexNames[index], prefix, func(key, _ []byte) (bool, error) {
		if err := x.tick(); err != nil {
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
func (x *kvIndexes) subjects(object, predicate uint64, fn func(subject, label uint64) (bool, error)) error {
	last := uint64(0)
	return x.scan(byObject, prefixOf(object, predicate), func(q ids) (bool, error) {
		if q[0] == last {
			return true, nil
		}
		last = q[0]
		return fn(q[0], q[3])
	})
}

// objects are the different ones that a node has in the predicate.
func (x *kvIndexes) objects(subject, predicate uint64) (list []uint64, err error) {
	err = x.scan(bySubject, prefixOf(subject, predicate), func(q ids) (bool, error) {
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
func (x *kvIndexes) has(subject uint64, predicates, objects []uint64) (bool, error) {
	for _, p := range predicates {
		if objects == nil {
			if found, err := x.begins(subject, p); found || err != nil {
				return found, err
			}
		}
		for _, o := range objects {
			if found, err := x.begins(subject, p, o); found || err != nil {
				return found, err
			}
		}
	}
	return false, nil
}

// begins reports whether there is a quad of these values: a subject, a predicate and
// perhaps an object.
func (x *kvIndexes) begins(values ...uint64) (bool, error) {
	if err := x.tick(); err != nil {
		return false, err
	}
	return begins(x.tx, indexNames[bySubject], prefixOf(values...))
}

// properties calls fn with each predicate of a node and its different objects.
func (x *kvIndexes) properties(subject uint64, fn func(predicate uint64, objects []uint64) error, predicates ...uint64) error {
	var predicate uint64
	var objects []uint64
	tell := func(p uint64, objects []uint64) error {
		if len(predicates) > 0 && !slices.Contains(predicates, p) {
			return nil
		}
		return fn(p, objects)
	}
	err := x.scan(bySubject, prefixOf(subject), func(q ids) (bool, error) {
		if q[1] != predicate && predicate != 0 {
			if err := tell(predicate, objects); err != nil {
				return false, err
			}
			objects = objects[:0]
		}
		predicate, objects = q[1], appendOther(objects, q[2])
		return true, nil
	})
	if err == nil && predicate != 0 {
		err = tell(predicate, objects)
	}
	return err
}

// predicates are those of the edges out of a node or, in, into it.
func (x *kvIndexes) predicates(node uint64, in bool) ([]uint64, error) {
	index := bySubject
	if in {
		index = byObject
	}
	prefix := prefixOf(node)
	it := x.snap.tx.Scan(x.ctx, options.WithPrefixKV(kv.Key{indexNames[index], prefix}))
	defer it.Close()
	var list []uint64
	for more := it.Next(x.ctx); more; x.reads++ {
		key := it.Key()[1]
		q, err := decodeKey(index, key)
		if err == nil {
			err = x.ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		list = append(list, q[1])
		more = kv.Seek(x.ctx, it, kv.Key{indexNames[index], append(prefixOf(node, q[1]), 0xff)})
	}
	return list, it.Err()
}

func (x *kvIndexes) labelled(label uint64, predicates []uint64, fn func(subject, object uint64) error) error {
	return x.scan(byLabel, prefixOf(label), func(q ids) (bool, error) {
		if !slices.Contains(predicates, q[1]) {
			return true, nil
		}
		return true, fn(q[0], q[2])
	})
}

func (x *kvIndexes) edges(predicate uint64, fn func(subject, object uint64) error) error {
	return x.scan(byPredicate, prefixOf(predicate), func(q ids) (bool, error) { return true, fn(q[0], q[2]) })
}
