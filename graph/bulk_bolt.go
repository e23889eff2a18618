package graph

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// boltStore is a key-value store in one file.
type boltStore struct {
	*kvStore
	path string
	opts Options
}

// journal is where a build puts its documents before they are loaded.
func (s *boltStore) journal() string { return s.path + ".journal" }

// loadSuffix names what is being loaded beside a store: nobody else's, since a
// load begins by removing it.
const loadSuffix = ".hearsay-load"

// loadBeside writes what feed gives beside the store at path, and replaces the store
// by it. It leaves nothing behind where that goes wrong.
func loadBeside(ctx context.Context, path string, feed feed, alone func(func() error) error,
	write func(ctx context.Context, part string, feed feed) error, replace func(part string) error) error {
	part := path + loadSuffix
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	if feed.read == nil {
		if err := os.RemoveAll(path + spoolSuffix); err != nil { // of an import that nobody went on with
			return err
		}
	} else if err := feed.read.open(path + spoolSuffix); err != nil {
		return err
	}
	err := write(ctx, part, feed)
	if err == nil {
		err = alone(func() error { return replace(part) })
	}
	if err != nil {
		os.RemoveAll(part)
	}
	if feed.read != nil {
		err = errors.Join(err, feed.read.close(err != nil && ctx.Err() != nil)) // an interruption is no failure
	}
	return err
}

// load writes a file beside the store's and puts it in its place. What a crash
// leaves of it is never served: the next load begins by removing it.
func (s *boltStore) load(ctx context.Context, feed feed, alone func(func() error) error) error {
	return loadBeside(ctx, s.path, feed, alone, writeBolt, s.replace)
}

// replace puts another file in the place of the store's and opens it.
func (s *boltStore) replace(part string) error {
	if err := os.Rename(part, s.path); err != nil {
		return err
	}
	if err := syncFolder(filepath.Dir(s.path)); err != nil {
		return err
	}
	if err := s.kvStore.Close(); err != nil {
		return err
	}
	back, err := openBolt(s.path, s.opts)
	if err != nil {
		return fmt.Errorf("open what was loaded: %w", err)
	}
	s.kvStore = back.(*boltStore).kvStore
	return nil
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// writeBolt makes a new file with the quads that feed gives.
func writeBolt(ctx context.Context, path string, feed feed) error {
	db, err := bolt.Open(path, 0o644, &bolt.Options{NoSync: true, NoGrowSync: true, NoFreelistSync: true, PageSize: pageSize,
		FreelistType: bolt.FreelistMapType, InitialMmapSize: mmapSize})
	if err != nil {
		return err
	}
	defer db.Close()
	if err := initKV(boltKV{db}); err != nil {
		return err
	}
	out := &boltSink{db: db}
	defer out.rollback()
	return writeBulk(ctx, filepath.Dir(path), out, feed)
}

// boltSink puts pairs into a file that nobody reads yet, many in one transaction.
type boltSink struct {
	db   *bolt.DB
	tx   *bolt.Tx
	open map[string]*bolt.Bucket
	n    int
}

// sinkBatch is how many pairs one transaction holds.
const sinkBatch = 20_000

func (s *boltSink) put(bucket, key, val []byte) error {
	if s.n == sinkBatch {
		if err := s.commit(); err != nil {
			return err
		}
	}
	if s.tx == nil {
		tx, err := s.db.Begin(true)
		if err != nil {
			return err
		}
		s.tx, s.open, s.n = tx, make(map[string]*bolt.Bucket), 0
	}
	b := s.open[string(bucket)]
	if b == nil {
		var err error
		if b, err = s.tx.CreateBucketIfNotExists(bucket); err != nil {
			return err
		}
		b.FillPercent = 0.95 // keys come in order: pages stay full
		s.open[string(bucket)] = b
	}
	s.n++
	return b.Put(key, val)
}

func (s *boltSink) commit() error {
	if s.tx == nil {
		return nil
	}
	err := s.tx.Commit()
	s.tx, s.n = nil, 0
	return err
}

func (s *boltSink) end() error {
	s.db.NoFreelistSync = false // or the next one to write would look at every page for the free ones
	if err := s.commit(); err != nil {
		return err
	}
	return s.db.Sync()
}

func (s *boltSink) each(bucket []byte, fn func(key, val []byte) error) error {
	return s.db.View(func(tx *bolt.Tx) error {
		b := tx.Bucket(bucket)
		if b == nil {
			return nil
		}
		if b.Root() == 0 { // so small that it lies in its parent
			return b.ForEach(fn)
		}
		f, err := os.Open(s.db.Path())
		if err != nil {
			return err
		}
		defer f.Close()
		w := &pageWalk{f: f, size: s.db.Info().PageSize, seen: make(map[uint64]bool)}
		if _, _, err := w.meta(); err != nil {
			return err
		}
		return w.pairs(uint64(b.Root()), fn)
	})
}

func (s *boltSink) rollback() {
	if s.tx != nil {
		s.tx.Rollback()
	}
}
