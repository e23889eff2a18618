package graph

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// feed gives quads to add, in any order, duplicates included.
type feed func(add func(quad.Quad) error) error

// loader is a store that can be written anew, whole.
type loader interface {
	// load replaces the store's content by the quads that feed gives. The store is as it was, and can be read,
	// until all is written, read back and on the disk; then alone runs what makes
	// it the new one, while nobody reads.
	load(ctx context.Context, feed feed, alone func(func() error) error) error
}

// sink takes the pairs of a new store. Within a bucket keys come in order.
type sink interface {
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
	n := 0
	err := feed(func(q quad.Quad) error {
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
// that may repeat. Values get the ids 1 to n as they come, quads the ids after,
// sorted by object, predicate, subject and label: that order finds duplicates and
// is an index at the same time.
type bulk struct {
	out    sink
	seen   map[[16]byte]uint32   // ids by the hash's first bytes
	recent map[quad.Value]uint32 // ids of values that came lately
	uses   []uint32              // by id
	values *records[[3]uint64]   // hash and id
	links  *records[[2]uint64]   // object, predicate; subject, label
	by     [3]*records[[2]uint64]
	quads  uint32
	sums   [4]uint64 // of the index entries, to compare with what is read back
}

// loadMemory is how many records one sorter of a load holds in memory.
const loadMemory = 1 << 20

// maxRecent is how many values a load finds without their hash.
const maxRecent = 1 << 16

var errTooMany = errors.New("more than 4,294,967,295 values and quads")

func newBulk(out sink, dir string, memory int) *bulk {
	b := &bulk{out: out, seen: make(map[[16]byte]uint32), recent: make(map[quad.Value]uint32), uses: make([]uint32, 1),
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
	var id [4]uint32
	for i, d := range quad.Directions {
		if v := q.Get(d); v != nil {
			var err error
			if id[i], err = b.id(v); err != nil {
				return err
			}
		}
	}
	b.links.add([2]uint64{words(id[2], id[1]), words(id[0], id[3])})
	return nil
}

func words(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

// id finds a value's id; a new one goes into the log.
func (b *bulk) id(v quad.Value) (uint32, error) {
	if id, ok := b.recent[v]; ok {
		return id, nil
	}
	h := refs.HashOf(v)
	id, ok := b.seen[[16]byte(h[:16])]
	if !ok {
		if len(b.uses) == 1<<32-1 {
			return 0, errTooMany
		}
		id = uint32(len(b.uses))
		b.uses = append(b.uses, 0)
		b.seen[[16]byte(h[:16])] = id
		b.values.add([3]uint64{binary.BigEndian.Uint64(h[:]), binary.BigEndian.Uint64(h[8:]), words(binary.BigEndian.Uint32(h[16:]), id)})
		node, err := encodeNode(uint64(id), v)
		if err != nil {
			return 0, err
		}
		if err := b.out.put([]byte("log"), binary.BigEndian.AppendUint64(nil, uint64(id)), node); err != nil {
			return 0, err
		}
	}
	if iri, ok := v.(quad.IRI); ok && len(iri) < 128 {
		if len(b.recent) == maxRecent {
			clear(b.recent)
		}
		b.recent[v] = id
	}
	return id, nil
}

// finish writes everything but the values' entries in the log, which are there.
func (b *bulk) finish(ctx context.Context) error {
	b.seen, b.recent = nil, nil
	if err := b.writeLinks(ctx); err != nil {
		return err
	}
	for i, index := range []int{bySubject, byLabel, byPredicate} {
		if err := b.writeIndex(ctx, index, b.by[i]); err != nil {
			return err
		}
	}
	if err := b.writeValues(ctx); err != nil {
		return err
	}
	for name, n := range map[string]uint64{"size": uint64(b.quads), "horizon": uint64(len(b.uses)-1) + uint64(b.quads)} {
		if err := b.out.put([]byte("meta"), []byte(name), binary.LittleEndian.AppendUint64(nil, n)); err != nil {
			return err
		}
	}
	return nil
}

// writeLinks drops duplicates, gives quads their ids, and writes the log and the
// index by object.
func (b *bulk) writeLinks(ctx context.Context) error {
	first, base := true, uint64(len(b.uses)-1)
	var last [2]uint64
	w := b.indexWriter(byObject)
	err := b.links.each(func(l [2]uint64) error {
		if !first && l == last {
			return nil
		}
		first, last = false, l
		if b.quads++; base+uint64(b.quads) >= 1<<32 {
			return errTooMany
		}
		if b.quads%65536 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		id := uint32(base) + b.quads
		o, p, s, c := uint32(l[0]>>32), uint32(l[0]), uint32(l[1]>>32), uint32(l[1])
		for _, v := range [...]uint32{s, p, o, c} {
			b.uses[v]++
		}
		q := ids{uint64(s), uint64(p), uint64(o), uint64(c)}
		link, err := encodeLink(uint64(id), q)
		if err != nil {
			return err
		}
		if err := b.out.put([]byte("log"), binary.BigEndian.AppendUint64(nil, uint64(id)), link); err != nil {
			return err
		}
		b.by[0].add([2]uint64{words(s, p), uint64(id)})
		b.by[1].add([2]uint64{words(c, s), words(p, id)})
		b.by[2].add([2]uint64{words(p, o), words(s, id)})
		return w.add(uint64(id), o, p, s)
	})
	if err != nil {
		return err
	}
	return w.flush()
}

func (b *bulk) writeIndex(ctx context.Context, index int, sorted *records[[2]uint64]) error {
	w, n := b.indexWriter(index), 0
	err := sorted.each(func(r [2]uint64) error {
		if n++; n%65536 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		id := uint64(uint32(r[1]))
		if index == bySubject {
			return w.add(id, uint32(r[0]>>32), uint32(r[0]))
		}
		return w.add(id, uint32(r[0]>>32), uint32(r[0]), uint32(r[1]>>32))
	})
	if err != nil {
		return err
	}
	return w.flush()
}

// writeValues writes ids and counts by hash.
func (b *bulk) writeValues(ctx context.Context) error {
	n := 0
	return b.values.each(func(r [3]uint64) error {
		if n++; n%65536 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var h refs.ValueHash
		binary.BigEndian.PutUint64(h[:], r[0])
		binary.BigEndian.PutUint64(h[8:], r[1])
		binary.BigEndian.PutUint32(h[16:], uint32(r[2]>>32))
		id := uint32(r[2])
		return b.out.put(valueBucket(h), h[:], encodeUses(uint64(id), uint64(b.uses[id])))
	})
}

// indexWriter gathers the quads of one key of an index.
type indexWriter struct {
	b     *bulk
	index int
	name  []byte
	key   []byte
	list  []byte
	next  []byte
}

func (b *bulk) indexWriter(index int) *indexWriter {
	return &indexWriter{b: b, index: index, name: indexNames[index]}
}

func (w *indexWriter) add(id uint64, vals ...uint32) error {
	w.next = w.next[:0]
	for _, v := range vals {
		w.next = binary.BigEndian.AppendUint64(w.next, uint64(v))
	}
	if string(w.next) != string(w.key) {
		if err := w.flush(); err != nil {
			return err
		}
		w.key = append([]byte{}, w.next...)
	}
	w.list = binary.AppendUvarint(w.list, id)
	w.b.sums[w.index] += fingerprint(w.key, id)
	return nil
}

func (w *indexWriter) flush() error {
	if len(w.list) == 0 {
		return nil
	}
	err := w.b.out.put(w.name, w.key, w.list)
	w.list = nil
	return err
}

// fingerprint mixes an index entry into a word; sums of them tell whether two
// indexes have the same entries.
func fingerprint(key []byte, id uint64) uint64 {
	h := id*0x9E3779B97F4A7C15 + 1
	for ; len(key) >= 8; key = key[8:] {
		h = (h ^ binary.BigEndian.Uint64(key)) * 0xD6E8FEB86659FD93
		h ^= h >> 32
	}
	return h
}

// verify compares what a new store gives back with what was written.
func (b *bulk) verify(each func(bucket []byte, fn func(key, val []byte) error) error) error {
	for i, name := range indexNames {
		var sum uint64
		err := each(name, func(key, val []byte) error {
			for len(val) > 0 {
				id, n := binary.Uvarint(val)
				if n <= 0 {
					return fmt.Errorf("index %s, entry %x is broken", name, key)
				}
				sum, val = sum+fingerprint(key, id), val[n:]
			}
			return nil
		})
		if err != nil {
			return err
		}
		if sum != b.sums[i] {
			return fmt.Errorf("index %s gives back other entries than were written", name)
		}
	}
	n := 0
	if err := each([]byte("log"), func(_, val []byte) error { n++; return nil }); err != nil {
		return err
	}
	if want := len(b.uses) - 1 + int(b.quads); n != want {
		return fmt.Errorf("the log gives back %d entries of %d", n, want)
	}
	return nil
}
