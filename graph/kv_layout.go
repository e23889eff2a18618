package graph

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"github.com/hidal-go/hidalgo/kv"
	"google.golang.org/protobuf/encoding/protowire"
	pb "google.golang.org/protobuf/proto"
)

// Cayley's layout of a graph in a key-value store, by bucket:
//
//	v??    value's hash -> its id, and in how many places of quads it stands
//	       (?? are the hash's first two bytes; in bolt v alone)
//	log    id -> the value, or the ids of a quad's four values
//	sp …   ids of some values of a quad -> ids of the quads that have them, rising
//	meta   version, indexes, size (quads), horizon (greatest id)
//
// Values and quads share one sequence of ids. Cayley has the counts in buckets of
// their own, and reads of v?? the id alone.

// ids are the ids of a quad's subject, predicate, object and label, 0 for none.
type ids [4]uint64

// direction is the index of a direction in ids.
func direction(d quad.Direction) int { return int(d) - int(quad.Subject) }

func valueBucket(h refs.ValueHash) []byte { return []byte{'v', h[0], h[1]} }
func valueKey(h refs.ValueHash) kv.Key    { return kv.Key{valueBucket(h), h[:]} }

// encodeUses is a value's entry by its hash.
func encodeUses(id, uses uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(nil, id), uses)
}

// decodeUses reads what encodeUses wrote. The id is 0 for no entry.
func decodeUses(b []byte) (id, uses uint64, err error) {
	if b == nil {
		return 0, 0, nil
	}
	id, n := binary.Uvarint(b)
	uses, m := binary.Uvarint(b[max(n, 0):])
	if n <= 0 || m <= 0 || n+m != len(b) || id == 0 {
		return 0, 0, fmt.Errorf("broken entry of a value")
	}
	return id, uses, nil
}

var logBucket = []byte("log")

func logID(id uint64) []byte  { return binary.BigEndian.AppendUint64(nil, id) }
func logKey(id uint64) kv.Key { return kv.Key{logBucket, logID(id)} }

// indexNames are the buckets of the indexes.
var indexNames = func() (names [len(quadIndexes)][]byte) {
	for i, index := range quadIndexes {
		names[i] = indexKey(index.Dirs, ids{}, 0)[0]
	}
	return names
}()

// indexBytes is the key of an index's bucket for the ids in the index's order.
func indexBytes(index int, vals listKey) []byte {
	n := len(quadIndexes[index].Dirs)
	key := make([]byte, 0, 8*n)
	for _, v := range vals[:n] {
		key = binary.BigEndian.AppendUint64(key, v)
	}
	return key
}

// indexKey is the key of a quad in an index, or of all quads with the first n of
// the index's values.
func indexKey(dirs []quad.Direction, q ids, n int) kv.Key {
	bucket := make([]byte, len(dirs))
	for i, d := range dirs {
		bucket[i] = d.Prefix()
	}
	key := make([]byte, 0, 8*n)
	for _, d := range dirs[:n] {
		key = binary.BigEndian.AppendUint64(key, q[direction(d)])
	}
	return kv.Key{bucket, key}
}

func metaKey(name string) kv.Key { return kv.SKey("meta", name) }

// encodeNode is a value's entry in the log.
func encodeNode(id uint64, v quad.Value) ([]byte, error) {
	val, err := pquads.MarshalValue(v)
	if err != nil {
		return nil, err
	}
	return pb.Marshal(&proto.Primitive{ID: id, Value: val})
}

// encodeLink is a quad's entry in the log.
func encodeLink(id uint64, q ids) ([]byte, error) {
	return pb.Marshal(&proto.Primitive{ID: id, Subject: q[0], Predicate: q[1], Object: q[2], Label: q[3]})
}

// entry is an entry of the log: a value or a quad.
type entry struct {
	id    uint64
	value quad.Value // nil for a quad
	quad  ids
	dead  bool // a quad that Cayley has marked as deleted
}

func decodeEntry(b []byte) (entry, error) {
	var p proto.Primitive
	if err := pb.Unmarshal(b, &p); err != nil {
		return entry{}, err
	}
	e := entry{id: p.ID, dead: p.Deleted}
	if !p.IsNode() {
		e.quad = ids{p.Subject, p.Predicate, p.Object, p.Label}
		return e, nil
	}
	v, err := pquads.UnmarshalValue(p.Value)
	if err != nil {
		return entry{}, err
	}
	if v == nil {
		return entry{}, fmt.Errorf("entry %d has no value", p.ID)
	}
	if t, ok := v.(quad.Time); ok {
		v = quad.Time(time.Time(t).UTC())
	}
	e.value = v
	return e, nil
}

// decodeLink reads the ids of a quad from its entry in the log, and nothing else:
// where many are read, it matters.
func decodeLink(b []byte) (q ids, err error) {
	for len(b) > 0 {
		field, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return ids{}, protowire.ParseError(n)
		}
		b = b[n:]
		if kind != protowire.VarintType {
			return ids{}, errors.New("no quad")
		}
		x, n := protowire.ConsumeVarint(b)
		if n < 0 {
			return ids{}, protowire.ParseError(n)
		}
		b = b[n:]
		if at := int(field) - 2; at >= 0 && at < len(q) { // after the entry's own id
			q[at] = x
		}
	}
	if q[0] == 0 || q[1] == 0 || q[2] == 0 {
		return ids{}, errors.New("no quad")
	}
	return q, nil
}

// decodeList reads the ids of an index entry.
func decodeList(b []byte) ([]uint64, error) {
	var list []uint64
	for len(b) > 0 {
		x, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, fmt.Errorf("broken list of ids")
		}
		list, b = append(list, x), b[n:]
	}
	return list, nil
}

func encodeList(list []uint64) []byte {
	var b []byte
	for _, x := range list {
		b = binary.AppendUvarint(b, x)
	}
	return b
}
