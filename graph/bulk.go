package graph

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/cayleygraph/quad"
)

// feed is what a load reads.
type feed struct {
	each func(add func(quad.Quad) error) error // gives the quads, in any order, duplicates included
	read *spool                                // what earlier tries have read, and this one does; nil for none
}

// loader is a store that can be written anew, whole.
type loader interface {
	// load replaces the store's content by the quads that feed gives. The store is as it was, and can be read,
	// until all is written, read back and on the disk; then alone runs what makes
	// it the new one, while nobody reads.
	load(ctx context.Context, feed feed, alone func(func() error) error) error
}

// sink takes the pairs of a new store. Within a bucket keys come in order.
type sink interface {
	// put keeps neither key nor value.
	put(bucket, key, val []byte) error
	// end is called when all is put: it is on the disk then.
	end() error
	// each gives back what a bucket holds, in order.
	each(bucket []byte, fn func(key, val []byte) error) error
}

// writeBulk writes a new store with the quads of feed, and reads it back. dir is
// for what doesn't fit into memory.
func writeBulk(ctx context.Context, dir string, out sink, feed feed) error {
	b := newBulk(out, dir, loadMemory)
	defer b.close()
	err := b.replay(feed.read)
	if err != nil {
		return err
	}
	n := 0
	err = feed.each(func(q quad.Quad) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return b.add(q)
	})
	if err == nil {
		err = b.finish(ctx)
	}
	if err == nil {
		err = out.end()
	}
	if err == nil {
		err = b.verify(out.each)
	}
	return err
}

// bulk writes the whole layout of a new store, key by key in order, from quads
// that may repeat. Values get the ids 1 to n as they come. Quads are sorted by
// object, predicate, subject and label first: that finds duplicates and is an index
// at the same time.
type bulk struct {
	out    sink
	seen   map[[16]byte]uint32                   // ids by the hash's last bytes
	recent map[quad.Value]uint32                 // ids of values that came lately
	last   uint32                                // greatest id
	values *records[[3]uint64]                   // hash and id
	links  *records[[2]uint64]                   // object, predicate; subject, label
	by     [len(quadIndexes)]*records[[2]uint64] // in the order of each other index
	key    []byte                                // the last one that was put
	quads  uint64
	sum    uint64 // of the quads, to compare with what is read back
	spool  *spool // that keeps what is read, nil for none
}

// loadMemory is how many records one sorter of a load holds in memory.
const loadMemory = 1 << 20

// maxRecent is how many values a load finds without their hash.
const maxRecent = 1 << 16

// errTooMany is about more values than there are ids.
var errTooMany = errors.New("too many values")

func newBulk(out sink, dir string, memory int) *bulk {
	b := &bulk{out: out, seen: make(map[[16]byte]uint32), recent: make(map[quad.Value]uint32),
		values: &records[[3]uint64]{limit: memory, dir: dir}, links: &records[[2]uint64]{limit: memory, dir: dir}}
	for i := range b.by {
		b.by[i] = &records[[2]uint64]{limit: memory, dir: dir}
	}
	return b
}

func (b *bulk) close() {
	b.values.close()
	b.links.close()
	for _, s := range b.by {
		s.close()
	}
}

// add takes one quad, which has been validated.
func (b *bulk) add(q quad.Quad) error {
	var id ids
	for i, d := range quad.Directions {
		if v := q.Get(d); v != nil {
			n, err := b.id(v)
			if err != nil {
				return err
			}
			id[i] = uint64(n)
		}
	}
	b.links.add(orders(byObject, id))
	if b.spool != nil {
		return b.spool.quad(id)
	}
	return nil
}

// replay takes what earlier tries have read, and lets the spool keep what is read
// from now on.
func (b *bulk) replay(s *spool) error {
	if s == nil {
		return nil
	}
	err := s.replay(func(entry []byte) error {
		id, v, err := decodeNode(entry)
		if err != nil {
			return err
		}
		if id != uint64(b.last)+1 {
			return fmt.Errorf("read %s: value %d where %d was expected", s.path, id, b.last+1)
		}
		b.last++
		h := hashOf(v)
		b.know(h, b.last)
		return b.out.put(logBucket, logID(id), entry)
	}, func(q ids) error {
		for _, id := range q {
			if id > uint64(b.last) {
				return fmt.Errorf("read %s: a quad of value %d, of which there are %d", s.path, id, b.last)
			}
		}
		b.links.add(orders(byObject, q))
		return nil
	})
	b.spool = s
	return err
}

// know notes the id of a value with hash h.
func (b *bulk) know(h valueHash, id uint32) {
	b.seen[[16]byte(h[4:])] = id
	b.values.add([3]uint64{binary.BigEndian.Uint64(h[:]), binary.BigEndian.Uint64(h[8:]), words(binary.BigEndian.Uint32(h[16:]), id)})
}

func words(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

// id finds a value's id; a new one goes into the log.
func (b *bulk) id(v quad.Value) (uint32, error) {
	if id, ok := b.recent[v]; ok {
		return id, nil
	}
	h := hashOf(v)
	id, ok := b.seen[[16]byte(h[4:])]
	if !ok {
		if b.last == 1<<32-1 {
			return 0, errTooMany
		}
		b.last++
		id = b.last
		b.know(h, id)
		node, err := encodeNode(uint64(id), v)
		if err != nil {
			return 0, err
		}
		if err := b.out.put(logBucket, logID(uint64(id)), node); err != nil {
			return 0, err
		}
		if b.spool != nil {
			if err := b.spool.value(node); err != nil {
				return 0, err
			}
		}
	}
	if iri, ok := v.(quad.IRI); ok && len(iri) < 128 {
		if len(b.recent) == maxRecent {
			clear(b.recent)
		}
		b.recent[quad.IRI(strings.Clone(string(iri)))] = id // it may be a part of a much longer text
	}
	return id, nil
}

// finish writes everything but the log, which is there.
func (b *bulk) finish(ctx context.Context) error {
	b.seen, b.recent = nil, nil
	if err := b.writeLinks(ctx); err != nil {
		return err
	}
	for _, index := range []int{bySubject, byLabel, byPredicate} {
		if err := b.writeIndex(ctx, index); err != nil {
			return err
		}
	}
	if err := b.writeValues(ctx); err != nil {
		return err
	}
	for name, n := range map[string]uint64{"size": b.quads, "horizon": uint64(b.last)} {
		if err := b.out.put([]byte("meta"), []byte(name), binary.LittleEndian.AppendUint64(nil, n)); err != nil {
			return err
		}
	}
	return nil
}

// orders are a quad's values in the order of an index, as records hold them.
func orders(index int, q ids) (r [2]uint64) {
	for i, d := range quadIndexes[index].Dirs {
		r[i/2] = r[i/2]<<32 | q[direction(d)]
	}
	return r
}

// ordered reads what orders made.
func ordered(index int, r [2]uint64) (q ids) {
	for i, d := range quadIndexes[index].Dirs {
		q[direction(d)] = uint64(uint32(r[i/2] >> (32 * (1 - i%2))))
	}
	return q
}

// writeLinks drops duplicates and writes the index by object.
func (b *bulk) writeLinks(ctx context.Context) error {
	var last [2]uint64 // no quad's: ids begin with 1
	return b.links.each(func(l [2]uint64) error {
		if l == last {
			return nil
		}
		last = l
		if b.quads++; b.quads%65536 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		q := ordered(byObject, l)
		b.sum += fingerprint(q)
		for _, index := range []int{bySubject, byLabel, byPredicate} {
			b.by[index].add(orders(index, q))
		}
		return b.putQuad(byObject, q)
	})
}

func (b *bulk) putQuad(index int, q ids) error {
	b.key = appendKey(b.key[:0], index, q)
	return b.out.put(indexNames[index], b.key, []byte{})
}

func (b *bulk) writeIndex(ctx context.Context, index int) error {
	n := 0
	return b.by[index].each(func(r [2]uint64) error {
		if n++; n%65536 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return b.putQuad(index, ordered(index, r))
	})
}

// writeValues writes ids by hash.
func (b *bulk) writeValues(ctx context.Context) error {
	n := 0
	return b.values.each(func(r [3]uint64) error {
		if n++; n%65536 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var h valueHash
		binary.BigEndian.PutUint64(h[:], r[0])
		binary.BigEndian.PutUint64(h[8:], r[1])
		binary.BigEndian.PutUint32(h[16:], uint32(r[2]>>32))
		return b.out.put(valuesBucket, h[:], encodeID(uint64(uint32(r[2]))))
	})
}

// fingerprint mixes a quad into a word; sums of them tell whether two indexes have
// the same quads.
func fingerprint(q ids) uint64 {
	h := uint64(0x9E3779B97F4A7C15)
	for _, id := range q {
		h = (h ^ id) * 0xD6E8FEB86659FD93
		h ^= h >> 32
	}
	return h
}

// verify compares what a new store gives back with what was written.
func (b *bulk) verify(each func(bucket []byte, fn func(key, val []byte) error) error) error {
	for i, name := range indexNames {
		var sum uint64
		err := each(name, func(key, _ []byte) error {
			q, err := decodeKey(i, key)
			sum += fingerprint(q)
			return err
		})
		if err != nil {
			return err
		}
		if sum != b.sum {
			return fmt.Errorf("index %s gives back other quads than were written", name)
		}
	}
	n := uint32(0)
	if err := each(logBucket, func(_, val []byte) error { n++; return nil }); err != nil {
		return err
	}
	if n != b.last {
		return fmt.Errorf("the log gives back %d values of %d", n, b.last)
	}
	return nil
}
