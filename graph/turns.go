package graph

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
)

// sharer is a store that several processes may write at the same time. What a
// process holds here is let go of by the store when the process ends in whatever
// way: there are no deadlines, and nobody's clock counts.
type sharer interface {
	// hold waits until this process alone holds what has this name.
	hold(ctx context.Context, name string) (release func(), err error)
	// tryHold doesn't wait; ok is false where another process holds it.
	tryHold(ctx context.Context, name string) (release func(), ok bool, err error)
	// note remembers that a document version was read, noted whether it was.
	note(ctx context.Context, id, iri, reading string) error
	noted(ctx context.Context, id, iri, reading string) (bool, error)
}

// Shared reports whether several processes may write the store at the same time.
func (s *Store) Shared() bool {
	_, ok := s.back.(sharer)
	return ok && !s.opts.ReadOnly
}

// lock takes the turn to write, from reading what is there to the commit.
func (s *Store) lock(ctx context.Context) (unlock func(), err error) {
	s.write.Lock()
	sh, ok := s.back.(sharer)
	if !ok || s.opts.ReadOnly {
		return s.write.Unlock, nil
	}
	release, err := s.hold(ctx, sh, "write")
	if err != nil {
		s.write.Unlock()
		return nil, err
	}
	return func() {
		release()
		s.write.Unlock()
	}, nil
}

// Alone calls fn while no other process is in its own Alone: for what is computed
// from all documents.
func (s *Store) Alone(ctx context.Context, fn func() error) error {
	sh, ok := s.back.(sharer)
	if !ok {
		return fn()
	}
	release, err := s.hold(ctx, sh, "settle")
	if err != nil {
		return err
	}
	defer release()
	return fn()
}

func (s *Store) hold(ctx context.Context, sh sharer, name string) (release func(), err error) {
	if err := s.gate.enter(); err != nil {
		return nil, err
	}
	defer s.gate.leave()
	if release, err = sh.hold(ctx, name); err != nil {
		return nil, fmt.Errorf("wait for other writers of %s: %w", s.uri, err)
	}
	return release, nil
}

// Turns divides the documents that several processes come across among them. Its
// methods may be called from several goroutines.
type Turns struct {
	s       *Store
	sh      sharer
	reading string

	mu   sync.Mutex
	held map[string][]func() // by identity
}

// Turns divides documents among all processes that read them in the same way:
// reading tells ways apart. It is nil where the store is not shared.
func (s *Store) Turns(reading string) *Turns {
	sh, ok := s.back.(sharer)
	if !ok || s.opts.ReadOnly {
		return nil
	}
	return &Turns{s: s, sh: sh, reading: reading, held: map[string][]func(){}}
}

// Turn says whose a document is.
type Turn int

// The turns.
const (
	Ours   Turn = iota // read it, and then call Done
	Others             // another process is reading it, and may still be killed
	Read               // it was read, and is stored
)

// Take asks for a document.
func (t *Turns) Take(ctx context.Context, id, iri string) (Turn, error) {
	release, ok, err := t.sh.tryHold(ctx, "document "+id)
	if err != nil {
		return Others, fmt.Errorf("take %s: %w", id, err)
	}
	if !ok {
		return Others, nil
	}
	read, err := t.read(ctx, id, iri)
	if err != nil || read {
		release()
		if err != nil {
			err = fmt.Errorf("take %s: %w", id, err)
		}
		return Read, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.held[id] = append(t.held[id], release)
	return Ours, nil
}

// read reports whether the version was read in the same way and is still there.
func (t *Turns) read(ctx context.Context, id, iri string) (bool, error) {
	noted, err := t.sh.noted(ctx, id, iri, t.reading)
	if err != nil || !noted {
		return false, err
	}
	var there []string
	err = t.s.view(ctx, func(qs cayley.QuadStore) (err error) {
		there, err = versions(ctx, qs, id)
		return err
	})
	return slices.Contains(there, iri), err
}

// turnPause is how long Wait waits before it asks again.
const turnPause = 200 * time.Millisecond

// Wait asks for a document until it is ours or was read by somebody else.
func (t *Turns) Wait(ctx context.Context, id, iri string) (Turn, error) {
	for {
		turn, err := t.Take(ctx, id, iri)
		if err != nil || turn != Others {
			return turn, err
		}
		select {
		case <-time.After(turnPause):
		case <-ctx.Done():
			return turn, ctx.Err()
		}
	}
}

// Done says that a document that was ours is stored, and lets go of it.
func (t *Turns) Done(ctx context.Context, id, iri string) error {
	t.mu.Lock()
	held := t.held[id]
	if len(held) > 0 {
		t.held[id] = held[1:]
	}
	t.mu.Unlock()
	if len(held) == 0 {
		return nil
	}
	defer held[0]()
	if err := t.sh.note(ctx, id, iri, t.reading); err != nil {
		return fmt.Errorf("note %s: %w", id, err)
	}
	return nil
}
