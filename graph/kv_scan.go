package graph

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph/iterator"
	ckv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/options"
	pb "google.golang.org/protobuf/proto"
)

// scanBase is what both ways of reading share.
type scanBase struct {
	s    *scanShape
	node iterator.Base // the path's, nil for none
	quad *proto.Primitive
	err  error
}

func (it *scanBase) String() string { return it.s.String() }

func (it *scanBase) TagResults(dst map[string]refs.Ref) {
	if it.node != nil {
		it.node.TagResults(dst)
	}
}

func (it *scanBase) Result() refs.Ref {
	if it.quad == nil {
		return nil
	}
	return it.quad
}

func (it *scanBase) NextPath(ctx context.Context) bool {
	return it.node != nil && it.node.NextPath(ctx)
}

func (it *scanBase) Err() error {
	if it.err == nil && it.node != nil {
		return it.node.Err()
	}
	return it.err
}

func (it *scanBase) Close() error {
	if it.node != nil {
		return it.node.Close()
	}
	return nil
}

// scanContains tells whether a quad is one of them.
type scanContains struct {
	scanBase
	nodes iterator.Index
}

func (it *scanContains) Contains(ctx context.Context, v refs.Ref) bool {
	q, ok := v.(*proto.Primitive)
	if !ok || !it.s.fits(q) {
		return false
	}
	if it.nodes != nil {
		id := q.GetDirection(it.s.dir)
		if id == 0 || !it.nodes.Contains(ctx, ckv.Int64Value(id)) {
			return false
		}
	}
	it.quad = q
	return true
}

// fits reports whether a quad has the values that are known.
func (s *quadScan) fits(q *proto.Primitive) bool {
	for i, allowed := range s.fixed {
		if allowed == nil {
			continue
		}
		if _, ok := slices.BinarySearch(allowed, q.GetDirection(quad.Directions[i])); !ok {
			return false
		}
	}
	return true
}

// scanNext gives the quads one after the other.
type scanNext struct {
	scanBase
	nodes    iterator.Scanner // nil where there is no path
	index    int
	begun    bool
	prefixes []kv.Key    // still to be read
	keys     kv.Iterator // of the one that is being read
	batch    int         // how many quads are read together; more each time
	found    []*proto.Primitive
}

func (it *scanNext) Next(ctx context.Context) bool {
	it.quad = nil
	for it.err == nil {
		switch {
		case len(it.found) > 0:
			it.quad, it.found = it.found[0], it.found[1:]
			return true
		case it.keys != nil:
			it.err = it.read(ctx)
		case len(it.prefixes) > 0:
			it.keys = it.s.g.snap.watched.Scan(ctx, options.WithPrefixKV(it.prefixes[0]))
			it.prefixes = it.prefixes[1:]
		case !it.advance(ctx):
			return false
		}
	}
	return false
}

// advance goes to the next node of the path.
func (it *scanNext) advance(ctx context.Context) bool {
	if it.nodes == nil {
		if it.begun {
			return false
		}
		it.begun, it.prefixes = true, it.s.prefixes(it.index, 0)
		return true
	}
	if !it.nodes.Next(ctx) {
		return false
	}
	id, ok := it.nodes.Result().(ckv.Int64Value)
	if !ok {
		it.err = fmt.Errorf("unexpected node of type %T", it.nodes.Result())
		return false
	}
	it.prefixes, it.batch = it.s.prefixes(it.index, uint64(id)), 0
	return true
}

// read takes the next quads of the index entries.
func (it *scanNext) read(ctx context.Context) error {
	it.batch = min(max(8, 2*it.batch), scanBatch)
	var list []uint64
	for len(list) < it.batch {
		if !it.keys.Next(ctx) {
			err := it.keys.Err()
			it.keys.Close()
			it.keys = nil
			if err != nil {
				return err
			}
			break
		}
		more, err := decodeList(it.keys.Val())
		if err != nil {
			return fmt.Errorf("index entry %x: %w", it.keys.Key(), err)
		}
		list = append(list, more...)
	}
	quads, err := it.s.g.snap.primitives(ctx, list)
	for _, q := range quads {
		if it.s.fits(q) {
			it.found = append(it.found, q)
		}
	}
	return err
}

func (it *scanNext) Close() error {
	if it.keys != nil {
		it.keys.Close()
		it.keys = nil
	}
	it.prefixes, it.found, it.begun = nil, nil, true
	return it.scanBase.Close()
}

// primitives are quads as Cayley's iterators hand them on.
func (s *kvSnapshot) primitives(ctx context.Context, list []uint64) ([]*proto.Primitive, error) {
	keys := make([]kv.Key, len(list))
	for i, id := range list {
		keys[i] = logKey(id)
	}
	vals, err := s.watched.GetBatch(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := make([]*proto.Primitive, 0, len(vals))
	for i, b := range vals {
		if b == nil {
			return nil, fmt.Errorf("entry %d is missing from the log: hearsay check tells more", list[i])
		}
		p := new(proto.Primitive)
		if err := pb.Unmarshal(b, p); err != nil {
			return nil, fmt.Errorf("entry %d: %w", list[i], err)
		}
		if !p.Deleted {
			out = append(out, p)
		}
	}
	return out, nil
}

// count counts the quads of the index entries, those that other known values rule
// out included, up to most.
func (s *quadScan) count(ctx context.Context, most int) (int, error) {
	n := 0
	for i, prefix := range s.prefixes(s.index(), 0) {
		if n >= most || i == maxLooks {
			return most, nil
		}
		it := s.g.snap.watched.Scan(ctx, options.WithPrefixKV(prefix))
		for n < most && it.Next(ctx) {
			for val := it.Val(); len(val) > 0; n++ {
				_, size := binary.Uvarint(val)
				if size <= 0 {
					break
				}
				val = val[size:]
			}
		}
		err := it.Err()
		it.Close()
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// maxLooks is at how many places of an index a count looks.
const maxLooks = 64
