package graph

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"github.com/hidal-go/hidalgo/kv"
	pb "google.golang.org/protobuf/proto"
)

// The layout of a graph in a key-value store, by bucket:
//
//	v??    value's hash -> its id (?? are the hash's first two bytes; in bolt v alone)
//	log    id -> the value
//	spol … the ids of a quad's four values, in that order -> nothing
//	meta   version, indexes, size (quads), horizon (greatest id)
//
// Values are as Cayley has them. Cayley gives quads ids, too, and lists in each entry
// of an index those that have some values in common: a list that grows with the graph
// is written anew with each quad, and a quad that was found has to be looked up. Here a
// quad is a key of every index, whole, and nothing else.

// ids are the ids of a quad's subject, predicate, object and label, 0 for none.
type ids [4]uint64

// direction is the index of a direction in ids.
func direction(d quad.Direction) int { return int(d) - int(quad.Subject) }

func valueBucket(h refs.ValueHash) []byte { return []byte{'v', h[0], h[1]} }
func valueKey(h refs.ValueHash) kv.Key    { return kv.Key{valueBucket(h), h[:]} }

// encodeID is a value's entry by its hash.
func encodeID(id uint64) []byte { return binary.AppendUvarint(nil, id) }

// decodeID reads what encodeID wrote. The id is 0 for no entry.
func decodeID(b []byte) (uint64, error) {
	if b == nil {
		return 0, nil
	}
	id, n := binary.Uvarint(b)
	if n != len(b) || id == 0 {
		return 0, fmt.Errorf("broken entry of a value")
	}
	return id, nil
}

var logBucket = []byte("log")

func logID(id uint64) []byte  { return binary.BigEndian.AppendUint64(nil, id) }
func logKey(id uint64) kv.Key { return kv.Key{logBucket, logID(id)} }

// indexNames are the buckets of the indexes.
var indexNames = func() (names [len(quadIndexes)][]byte) {
	for i, index := range quadIndexes {
		for _, d := range index.Dirs {
			names[i] = append(names[i], d.Prefix())
		}
	}
	return names
}()

// idSize is how many bytes an id has in the key of a quad, the greatest first, and
// maxID the greatest id there is.
const (
	idSize = 5
	maxID  = 1<<(8*idSize) - 1
)

func appendID(b []byte, id uint64) []byte {
	return append(b, byte(id>>32), byte(id>>24), byte(id>>16), byte(id>>8), byte(id))
}

func readID(b []byte) uint64 {
	return uint64(b[0])<<32 | uint64(binary.BigEndian.Uint32(b[1:idSize]))
}

// quadKey is a quad's key in an index.
type quadKey [4 * idSize]byte

func keyOf(index int, q ids) (key quadKey) {
	b := key[:0]
	for _, d := range quadIndexes[index].Dirs {
		b = appendID(b, q[direction(d)])
	}
	return key
}

// decodeKey reads what keyOf made.
func decodeKey(index int, key []byte) (q ids, err error) {
	if len(key) != len(quadKey{}) {
		return q, fmt.Errorf("index %s has a key of %d bytes: hearsay check tells more", indexNames[index], len(key))
	}
	for i, d := range quadIndexes[index].Dirs {
		q[direction(d)] = readID(key[i*idSize:])
	}
	return q, nil
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

// decodeNode reads what encodeNode wrote.
func decodeNode(b []byte) (id uint64, v quad.Value, err error) {
	var p proto.Primitive
	if err := pb.Unmarshal(b, &p); err != nil {
		return 0, nil, err
	}
	v, err = pquads.UnmarshalValue(p.Value)
	if err != nil {
		return 0, nil, err
	}
	if v == nil {
		return 0, nil, fmt.Errorf("entry %d has no value", p.ID)
	}
	if t, ok := v.(quad.Time); ok {
		v = quad.Time(time.Time(t).UTC())
	}
	return p.ID, v, nil
}
