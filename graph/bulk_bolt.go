package graph

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cayleygraph/quad"
	bolt "go.etcd.io/bbolt"
)

// boltStore is a key-value store in one file.
type boltStore struct {
	*kvStore
	path string
	opts Options
}

// loader is a store that can be written anew, whole.
type loader interface {
	// load replaces the store's content by the quads that feed gives to add, in
	// any order, duplicates included. The store is as it was, and can be read,
	// until all is written, read back and on the disk; then alone runs what makes
	// it the new one, while nobody reads.
	load(ctx context.Context, feed func(add func(quad.Quad) error) error, alone func(func() error) error) error
}

// load writes a file beside the store's and puts it in its place. What a crash
// leaves of it is never served: the next load begins by removing it.
func (s *boltStore) load(ctx context.Context, feed func(add func(quad.Quad) error) error, alone func(func() error) error) error {
	part := s.path + ".load"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := writeBolt(ctx, part, feed)
	if err == nil {
		err = alone(func() error { return s.replace(part) })
	}
	if err != nil {
		os.Remove(part)
	}
	return err
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
func writeBolt(ctx context.Context, path string, feed func(add func(quad.Quad) error) error) error {
	db, err := bolt.Open(path, 0o644, &bolt.Options{NoSync: true, NoGrowSync: true, NoFreelistSync: true,
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
	b := newBulk(out, filepath.Dir(path), loadMemory)
	defer b.close()
	n := 0
	err = feed(func(q quad.Quad) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return b.add(q)
	})
	if err == nil {
		err = b.finish(ctx)
	}
	if err == nil {
		db.NoFreelistSync = false // or the next one to write would look at every page for the free ones
		err = out.commit()
	}
	if err == nil {
		err = db.Sync()
	}
	if err == nil {
		err = b.verify(func(bucket []byte, fn func(k, v []byte) error) error {
			return db.View(func(tx *bolt.Tx) error { return tx.Bucket(bucket).ForEach(fn) })
		})
	}
	return err
}

// boltSink puts pairs into a file that nobody reads yet, many in one transaction.
type boltSink struct {
	db   *bolt.DB
	tx   *bolt.Tx
	open map[string]*bolt.Bucket
	n    int
}

// sinkBatch is how many pairs one transaction holds.
const sinkBatch = 100_000

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
	bucket = boltBucket(bucket)
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

func (s *boltSink) rollback() {
	if s.tx != nil {
		s.tx.Rollback()
	}
}
