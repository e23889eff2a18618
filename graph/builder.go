package graph

import (
	"context"
	"errors"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

// Builder stores documents one after the other. Into a store that has none it
// loads them: they go into a journal, each before Put returns, and into the store
// all at once when the builder ends, which costs a fraction of a transaction for
// each. Until then others read the store without them. What a crash leaves in the
// journal comes into the store when it is opened next. Whoever uses a builder must
// close it, and not write to the store otherwise before.
type Builder struct {
	s       *Store
	journal *journal // nil where each document is a transaction
	feed    chan []quad.Quad
	done    chan error
	ids     map[string]bool // identities and IRIs of the documents in the journal
}

// NewBuilder makes a builder. ctx ends a load that it begins.
func (s *Store) NewBuilder(ctx context.Context) (*Builder, error) {
	b := &Builder{s: s}
	l, fresh, err := s.loads(ctx)
	j, ok := s.back.(journaled)
	if err != nil || !ok || !fresh {
		return b, err
	}
	if has, err := s.hasDocuments(ctx); err != nil || has {
		return b, err
	}
	s.write.Lock() // until flush
	if b.journal, err = newJournal(j.journal()); err != nil {
		s.write.Unlock()
		return nil, fmt.Errorf("build: %w", err)
	}
	b.ids, b.feed, b.done = make(map[string]bool), make(chan []quad.Quad, 4), make(chan error, 1)
	go func() {
		err := s.load(ctx, l, func(add func(quad.Quad) error) error {
			empty := true
			for quads := range b.feed {
				empty = false
				for _, q := range quads {
					if err := add(q); err != nil {
						return err
					}
				}
			}
			if empty {
				return errNothing
			}
			return nil
		})
		b.done <- err
	}()
	return b, nil
}

// errSome ends a search that has found something.
var errSome = errors.New("found")

func (s *Store) hasDocuments(ctx context.Context) (bool, error) {
	err := s.view(ctx, func(qs cayley.QuadStore) error {
		return eachQuad(ctx, qs, quad.Predicate, quad.IRI(Identifier), func(q quad.Quad) error {
			if IsIdentity(q) {
				return errSome
			}
			return nil
		})
	})
	if errors.Is(err, errSome) {
		return true, nil
	}
	return false, err
}

// Put stores a document as Store.Put does.
func (b *Builder) Put(ctx context.Context, d *news.Document) (PutResult, error) {
	if b.journal == nil {
		return b.s.Put(ctx, d)
	}
	if b.ids[d.ID] || b.ids[d.IRI] { // an old version or a shared text: that takes a look at what is stored
		if err := b.flush(); err != nil {
			return PutResult{IRI: d.IRI}, fmt.Errorf("store %s: %w", d.ID, err)
		}
		return b.s.Put(ctx, d)
	}
	quads := Quads(d)
	res := PutResult{Status: Added, IRI: d.IRI, Added: len(quads)}
	if err := b.add(quads); err != nil {
		return res, fmt.Errorf("store %s: %w", d.ID, err)
	}
	b.ids[d.ID], b.ids[d.IRI] = true, true
	return res, nil
}

func (b *Builder) add(quads []quad.Quad) error {
	for _, q := range quads {
		if err := checkQuad(q); err != nil {
			return err
		}
	}
	if err := b.journal.add(quads); err != nil {
		return err
	}
	select {
	case b.feed <- quads:
		return nil
	case err := <-b.done: // the load has failed: the journal keeps what there is
		b.done <- err
		return err
	}
}

// errNothing ends a load that got no document.
var errNothing = errors.New("nothing to load")

// flush ends the load; each document is a transaction from there on.
func (b *Builder) flush() error {
	j := b.journal
	b.journal = nil
	defer b.s.write.Unlock()
	close(b.feed)
	if err := <-b.done; err != nil && !errors.Is(err, errNothing) {
		return fmt.Errorf("write what was gathered: %w", err)
	}
	return j.remove()
}

// Close brings the documents into the store.
func (b *Builder) Close() error {
	if b.journal == nil {
		return nil
	}
	if err := b.flush(); err != nil {
		return fmt.Errorf("build %s: %w", b.s.uri, err)
	}
	return nil
}
