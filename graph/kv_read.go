package graph

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	ckv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/refs"
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
	b, err := s.tx.Get(ctx, valueKey(refs.HashOf(v)))
	if errors.Is(err, kv.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	id, _ := binary.Uvarint(b)
	var q ids
	q[direction(d)] = id
	for _, index := range quadIndexes {
		if index.Dirs[0] == d {
			return s.scan(ctx, indexKey(index.Dirs, q, 1), fn)
		}
	}
	return fmt.Errorf("no index by %s", d)
}

// scanBatch is how many quads are read from the log together.
const scanBatch = 1000

func (s *kvSnapshot) scan(ctx context.Context, prefix kv.Key, fn func(quad.Quad) error) error {
	it := s.tx.Scan(ctx, options.WithPrefixKV(prefix))
	defer it.Close()
	var batch []uint64
	for it.Next(ctx) {
		list, err := decodeList(it.Val())
		if err != nil {
			return fmt.Errorf("index entry %x: %w", it.Key(), err)
		}
		batch = append(batch, list...)
		if len(batch) >= scanBatch {
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

// quads calls fn with the quads of the ids.
func (s *kvSnapshot) quads(ctx context.Context, list []uint64, fn func(quad.Quad) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	entries, err := s.entries(ctx, list)
	if err != nil {
		return err
	}
	if err := s.prefetch(ctx, entries); err != nil {
		return err
	}
	for _, e := range entries {
		if e.dead {
			continue
		}
		q, err := s.name(e)
		if err != nil {
			return err
		}
		if err := fn(q); err != nil {
			return err
		}
	}
	return nil
}

func (s *kvSnapshot) entries(ctx context.Context, list []uint64) ([]entry, error) {
	keys := make([]kv.Key, len(list))
	for i, id := range list {
		keys[i] = logKey(id)
	}
	vals, err := s.tx.GetBatch(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := make([]entry, len(vals))
	for i, b := range vals {
		if b == nil {
			return nil, fmt.Errorf("entry %d is missing from the log: hearsay check tells more", list[i])
		}
		if out[i], err = decodeEntry(b); err != nil {
			return nil, fmt.Errorf("entry %d: %w", list[i], err)
		}
	}
	return out, nil
}

// prefetch reads the values of quads that aren't known yet, together.
func (s *kvSnapshot) prefetch(ctx context.Context, entries []entry) error {
	if len(s.names) > maxNames {
		clear(s.names)
	}
	var missing []uint64
	for _, e := range entries {
		for _, id := range e.quad {
			if _, ok := s.names[id]; !ok && id != 0 {
				s.names[id] = nil
				missing = append(missing, id)
			}
		}
	}
	values, err := s.entries(ctx, missing)
	if err != nil {
		return err
	}
	for i, e := range values {
		s.names[missing[i]] = e.value
	}
	return nil
}

// name gives a quad its values, which have been read.
func (s *kvSnapshot) name(e entry) (quad.Quad, error) {
	var q quad.Quad
	for i, d := range quad.Directions {
		if e.quad[i] == 0 {
			continue
		}
		v := s.names[e.quad[i]]
		if v == nil {
			return q, fmt.Errorf("quad %d: value %d is missing: hearsay check tells more", e.id, e.quad[i])
		}
		q.Set(d, v)
	}
	return q, nil
}

// all calls fn with every quad, in the order in which they were stored.
func (s *kvSnapshot) all(ctx context.Context, fn func(quad.Quad) error) error {
	it := s.tx.Scan(ctx, options.WithPrefixKV(kv.Key{[]byte("log"), nil}))
	defer it.Close()
	var batch []entry
	flush := func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.prefetch(ctx, batch); err != nil {
			return err
		}
		for _, e := range batch {
			q, err := s.name(e)
			if err != nil {
				return err
			}
			if err := fn(q); err != nil {
				return err
			}
		}
		batch = batch[:0]
		return nil
	}
	for it.Next(ctx) {
		e, err := decodeEntry(it.Val())
		if err != nil {
			return fmt.Errorf("log entry %x: %w", it.Key(), err)
		}
		switch {
		case e.value != nil:
			if len(s.names) < maxNames {
				s.names[e.id] = e.value
			}
		case !e.dead:
			batch = append(batch, e)
		}
		if len(batch) == scanBatch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	return flush()
}
