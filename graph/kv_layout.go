package graph

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"strings"
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
//	v      value's hash -> its id
//	log    id -> the value
//	spoc … the ids of a quad's four values, in that order -> nothing
//	meta   version, indexes, size (quads), horizon (greatest id)
//
// Values have ids, as Cayley has them. It gives quads ids, too, and lists in each entry
// of an index those that have some values in common: a list that grows with the graph
// is written anew with each quad, and a quad that was found has to be looked up. Here a
// quad is a key of every index, whole, and nothing else.

// ids are the ids of a quad's subject, predicate, object and label, 0 for none.
type ids [4]uint64

// direction is the index of a direction in ids.
func direction(d quad.Direction) int { return int(d) - int(quad.Subject) }

var valuesBucket = []byte("v")

// valueHash is what a value is found by: Cayley's hash of it. An IRI's that has a
// fragment begins as that of the IRI before it, so that the places of a document lie
// together.
type valueHash refs.ValueHash

func hashOf(v quad.Value) valueHash {
	h := refs.HashOf(v)
	if iri, ok := v.(quad.IRI); ok {
		if base, _, ok := strings.Cut(string(iri), "#"); ok {
			whole := refs.HashOf(quad.IRI(base))
			copy(h[:4], whole[:])
		}
	}
	return valueHash(h)
}

func valueKey(h valueHash) kv.Key { return kv.Key{valuesBucket, h[:]} }

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

// In the key of a quad an id less than shortID is a byte. A greater one is a byte that
// says in how many bytes it follows, the greatest first: keys are in the order of the
// ids, and a byte of 255 comes after all that goes on from where it stands.
const (
	shortID = 0xf8
	idSize  = 5 // most bytes that follow
	maxID   = 1<<(8*idSize) - 1
)

func appendID(b []byte, id uint64) []byte {
	if id < shortID {
		return append(b, byte(id))
	}
	n := (bits.Len64(id) + 7) / 8
	b = append(b, byte(shortID-1+n))
	for n--; n >= 0; n-- {
		b = append(b, byte(id>>(8*n)))
	}
	return b
}

// readID reads what appendID wrote; !ok where it didn't.
func readID(b []byte) (id uint64, rest []byte, ok bool) {
	switch {
	case len(b) == 0:
		return 0, nil, false
	case b[0] < shortID:
		return uint64(b[0]), b[1:], true
	}
	n := int(b[0]) - shortID + 1
	if n > idSize || len(b) <= n {
		return 0, nil, false
	}
	for _, c := range b[1 : n+1] {
		id = id<<8 | uint64(c)
	}
	return id, b[n+1:], id >= shortID && (bits.Len64(id)+7)/8 == n
}

// appendKey appends a quad's key in an index.
func appendKey(b []byte, index int, q ids) []byte {
	for _, d := range quadIndexes[index].Dirs {
		b = appendID(b, q[direction(d)])
	}
	return b
}

// decodeKey reads what appendKey made.
func decodeKey(index int, key []byte) (q ids, err error) {
	ok := true
	for _, d := range quadIndexes[index].Dirs {
		if ok {
			q[direction(d)], key, ok = readID(key)
		}
	}
	if !ok || len(key) > 0 {
		return q, fmt.Errorf("index %s has a broken key: hearsay check tells more", indexNames[index])
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
