package graph

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"hearsay/graph/gizmo"
)

// Options say how a store is opened. The zero value opens it for reading and
// writing, and makes it where there is none.
type Options struct {
	ReadOnly    bool          // never write; a store that isn't there is an error; shared with other readers
	LockTimeout time.Duration // how long to wait for another process that holds the store; 0 is a second
	// Scripts is the command line of a process that runs ServeScripts: scripts of
	// queries run in such processes, unless they are Trusted. Without it they run
	// here, where a hostile one can hang or end the program.
	Scripts []string
}

// Errors that a caller may branch on.
var (
	ErrLocked   = errors.New("held by another process")
	ErrNoStore  = errors.New("no store")
	ErrNotFound = errors.New("not found")
	ErrReadOnly = errors.New("opened read-only")
	ErrSchema   = errors.New("a store of another schema")
)

// Store keeps the quads. It is safe for concurrent use: queries see the store as
// it was when they began and never wait for a writer; writes take turns.
type Store struct {
	uri   string
	opts  Options
	write sync.Mutex // one writer at a time, from reading what is there to the commit
	gate  *gate      // who uses back
	back  backend
	pool  *gizmo.Pool // nil where scripts run here

	reading   sync.Mutex // held while the outline is read
	outlineMu sync.Mutex
	outlined  outlined
}

// backend is one kind of store.
type backend interface {
	// snapshot is the store as it is now, for one reader in one goroutine. It
	// stops when ctx ends; release ends it.
	snapshot(ctx context.Context) (qs cayley.QuadStore, release func(), err error)
	// apply removes and adds quads in one transaction. Quads to remove are in
	// the store; quads to add may be.
	apply(ctx context.Context, remove, add []quad.Quad) error
	Close() error
}

// Open opens the store that uri names: bolt:PATH, leveldb:PATH,
// memory:, postgres://… or cockroach://…. It writes the
// ontology where it isn't there. A store that another process holds gives an
// error that wraps ErrLocked and says who, within Options.LockTimeout; a
// read-only open of one that isn't there wraps ErrNoStore.
func Open(ctx context.Context, uri string, opts Options) (*Store, error) {
	if opts.LockTimeout <= 0 {
		opts.LockTimeout = time.Second
	}
	var back backend
	err := guarded(func() (err error) {
		back, err = openBackend(ctx, uri, opts)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", uri, err)
	}
	s := &Store{uri: uri, opts: opts, back: back, gate: newGate()}
	if len(opts.Scripts) > 0 {
		s.pool = gizmo.NewPool(opts.Scripts...)
	}
	if err := s.takeUp(ctx); err != nil {
		back.Close()
		return nil, fmt.Errorf("open %s: %w", uri, err)
	}
	if !opts.ReadOnly {
		if err := s.PutGraph(ctx, LabelOntology, OntologyQuads()); err != nil {
			back.Close()
			return nil, fmt.Errorf("open %s: %w", uri, err)
		}
	}
	return s, nil
}

func openBackend(ctx context.Context, uri string, opts Options) (backend, error) {
	scheme, path, _ := strings.Cut(uri, ":")
	switch {
	case scheme == "bolt" && path != "":
		return openBolt(path, opts)
	case scheme == "leveldb" && path != "":
		return openLevelDB(path, opts)
	case scheme == "postgres" || scheme == "postgresql":
		return openPostgres(ctx, uri, opts)
	case scheme == "cockroach":
		return openCockroach(ctx, uri, opts)
	case uri == "memory:":
		return openMemory()
	case scheme == "sqlite" || scheme == "mysql":
		return nil, errors.New("not offered: it would lose quads that differ in their label alone; write bolt:PATH")
	}
	return nil, errors.New("unknown store; write bolt:PATH, leveldb:PATH, memory:, postgres://HOST/DATABASE or cockroach://HOST/DATABASE")
}

// Close closes the store when the running queries and writes have ended; new ones
// get an error. Closing twice is no error.
func (s *Store) Close() error {
	if !s.gate.close() {
		return nil
	}
	if s.pool != nil {
		s.pool.Close()
	}
	if err := s.back.Close(); err != nil {
		return fmt.Errorf("close %s: %w", s.uri, err)
	}
	return nil
}

// URI is the name that the store was opened by.
func (s *Store) URI() string { return s.uri }

// Writable reports whether the store was opened for writing.
func (s *Store) Writable() bool { return !s.opts.ReadOnly }

// admitter is a backend in which only so many queries can run at once.
type admitter interface {
	admit(context.Context) (leave func(), err error)
}

// admitted is view for a query, which may have to wait for its turn first.
func (s *Store) admitted(ctx context.Context, fn func(cayley.QuadStore) error) error {
	if back, ok := s.back.(admitter); ok {
		leave, err := back.admit(ctx)
		if err != nil {
			return err
		}
		defer leave()
	}
	return s.view(ctx, fn)
}

// view calls fn with the store as it is now.
func (s *Store) view(ctx context.Context, fn func(cayley.QuadStore) error) error {
	if err := s.gate.enter(); err != nil {
		return err
	}
	defer s.gate.leave()
	return guarded(func() error {
		qs, release, err := s.back.snapshot(ctx)
		if err != nil {
			return fmt.Errorf("read %s: %w", s.uri, err)
		}
		defer release()
		return fn(qs)
	})
}

// apply removes and adds quads in one transaction; every quad is validated
// before anything is written. The caller holds s.write.
func (s *Store) apply(ctx context.Context, remove, add []quad.Quad) error {
	if s.opts.ReadOnly {
		return fmt.Errorf("write to %s: %w", s.uri, ErrReadOnly)
	}
	for _, q := range add {
		if err := checkQuad(q); err != nil {
			return err
		}
	}
	if len(remove)+len(add) == 0 {
		return nil
	}
	if err := s.gate.enter(); err != nil {
		return err
	}
	defer s.gate.leave()
	if err := guarded(func() error { return s.back.apply(ctx, remove, add) }); err != nil {
		return fmt.Errorf("write to %s: %w", s.uri, err)
	}
	s.wrote(ctx, remove, add)
	return nil
}
