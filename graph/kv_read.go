package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"

	ckv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/options"
)

// kvSnapshot is a key-value store at one moment. Gizmo reads it through Cayley;
// what goes over many quads reads the layout itself.
type kvSnapshot struct {
	*ckv.QuadStore
	tx      kv.Tx
	watched kv.Tx                 // the same, ending with the query
	names   map[uint64]quad.Value // values read so far
}

// maxNames is how many values a snapshot keeps.
const maxNames = 500_000

// each calls fn with every quad that has v in direction d.
func (s *kvSnapshot) each(ctx context.Context, d quad.Direction, v quad.Value, fn func(quad.Quad) error) error {
	id, err := s.idOf(ctx, v)
	if err != nil || id == 0 {
		return err
	}
	for index := range quadIndexes {
		if quadIndexes[index].Dirs[0] == d {
			return s.scan(ctx, index, appendID(nil, id), fn)
		}
	}
	return fmt.Errorf("no index by %s", d)
}

// idOf is a value's id, 0 for one that isn't there.
func (s *kvSnapshot) idOf(ctx context.Context, v quad.Value) (uint64, error) {
	b, err := s.tx.Get(ctx, valueKey(hashOf(v)))
	if errors.Is(err, kv.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return decodeID(b)
}

// all calls fn with every quad, by subject.
func (s *kvSnapshot) all(ctx context.Context, fn func(quad.Quad) error) error {
	return s.scan(ctx, bySubject, nil, fn)
}

func (s *kvSnapshot) eachLabel(ctx context.Context, predicates []string, but string, fn func([]quad.Quad) error) error {
	left, err := s.idOf(ctx, quad.IRI(but))
	if err != nil {
		return err
	}
	wanted := map[uint64]bool{}
	for _, p := range predicates {
		id, err := s.idOf(ctx, quad.IRI(p))
		if err != nil {
			return err
		}
		wanted[id] = id != 0
	}
	it := s.tx.Scan(ctx, options.WithPrefixKV(kv.Key{indexNames[byLabel], nil}))
	defer it.Close()
	var found []ids // of one label
	var list []quad.Quad
	flush := func() error {
		list = list[:0]
		err := s.quads(ctx, found, func(q quad.Quad) error {
			list = append(list, q)
			return nil
		})
		found = found[:0]
		if err != nil || len(list) == 0 {
			return err
		}
		return fn(list)
	}
	label, predicate := direction(quad.Label), direction(quad.Predicate)
	for it.Next(ctx) {
		q, err := decodeKey(byLabel, it.Key()[1])
		if err != nil {
			return err
		}
		if !wanted[q[predicate]] || q[label] == left && left != 0 {
			continue
		}
		if len(found) > 0 && found[0][label] != q[label] {
			if err := flush(); err != nil {
				return err
			}
		}
		found = append(found, q)
	}
	if err := it.Err(); err != nil {
		return err
	}
	return flush()
}

// scanBatch is of how many quads the values are read together.
const scanBatch = 1000

// scan calls fn with the quads whose keys in an index have a prefix.
func (s *kvSnapshot) scan(ctx context.Context, index int, prefix []byte, fn func(quad.Quad) error) error {
	it := s.tx.Scan(ctx, options.WithPrefixKV(kv.Key{indexNames[index], prefix}))
	defer it.Close()
	var batch []ids
	for it.Next(ctx) {
		q, err := decodeKey(index, it.Key()[1])
		if err != nil {
			return err
		}
		if batch = append(batch, q); len(batch) == scanBatch {
			if err := s.quads(ctx, batch, fn); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	return s.quads(ctx, batch, fn)
}

// quads calls fn with quads, given their ids.
func (s *kvSnapshot) quads(ctx context.Context, list []ids, fn func(quad.Quad) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.prefetch(ctx, list); err != nil {
		return err
	}
	for _, ids := range list {
		q, err := s.name(ids)
		if err != nil {
			return err
		}
		if err := fn(q); err != nil {
			return err
		}
	}
	return nil
}

// prefetch reads the values of quads that aren't known yet, together.
func (s *kvSnapshot) prefetch(ctx context.Context, list []ids) error {
	if len(s.names) > maxNames {
		clear(s.names)
	}
	var missing []uint64
	for _, q := range list {
		for _, id := range q {
			if _, ok := s.names[id]; !ok && id != 0 {
				s.names[id] = nil
				missing = append(missing, id)
			}
		}
	}
	slices.Sort(missing)
	keys := make([]kv.Key, len(missing))
	for i, id := range missing {
		keys[i] = logKey(id)
	}
	vals, err := s.tx.GetBatch(ctx, keys)
	if err != nil {
		return err
	}
	for i, b := range vals {
		if b == nil {
			continue
		}
		if _, s.names[missing[i]], err = decodeNode(b); err != nil {
			return fmt.Errorf("value %d: %w", missing[i], err)
		}
	}
	return nil
}

// name gives a quad its values, which have been read.
func (s *kvSnapshot) name(list ids) (quad.Quad, error) {
	var q quad.Quad
	for i, d := range quad.Directions {
		if list[i] == 0 {
			continue
		}
		v := s.names[list[i]]
		if v == nil {
			return q, fmt.Errorf("value %d of a quad is missing: hearsay check tells more", list[i])
		}
		q.Set(d, v)
	}
	return q, nil
}
