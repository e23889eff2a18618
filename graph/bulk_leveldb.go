package graph

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/flat"
	hlevel "github.com/hidal-go/hidalgo/kv/flat/leveldb"
	"github.com/syndtr/goleveldb/leveldb"
	"github.com/syndtr/goleveldb/leveldb/util"
)

// levelStore is a key-value store in one folder.
type levelStore struct {
	*kvStore
	path string
	opts Options
}

// journal is where a build puts its documents before they are loaded.
func (s *levelStore) journal() string { return s.path + ".journal" }

// load writes a folder beside the store's and puts it in its place. What a crash
// leaves of it is never served.
func (s *levelStore) load(ctx context.Context, feed feed, alone func(func() error) error) error {
	return loadBeside(ctx, s.path, feed, alone, writeLevelDB, s.replace)
}

// replace puts another folder in the place of the store's and opens it. A folder
// can't be put over another: openLevelDB knows what a crash in between has left.
func (s *levelStore) replace(part string) error {
	if err := s.kvStore.Close(); err != nil {
		return err
	}
	old, dir := s.path+oldSuffix, filepath.Dir(s.path)
	if err := os.Rename(s.path, old); err != nil {
		return err
	}
	if err := errors.Join(syncFolder(dir), os.Rename(part, s.path), syncFolder(dir)); err != nil {
		return err
	}
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	back, err := openLevelDB(s.path, s.opts)
	if err != nil {
		return fmt.Errorf("open what was loaded: %w", err)
	}
	s.kvStore = back.(*levelStore).kvStore
	return nil
}

// oldSuffix names the folder that a loaded one is taking the place of: nobody else's,
// since it is removed.
const oldSuffix = ".hearsay-old"

// settleFolders ends what a crash has left of replace: the old folder stands in for
// a missing one, and is not needed beside a new one.
func settleFolders(path string) error {
	old := path + oldSuffix
	if _, err := os.Stat(old); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Stat(filepath.Join(path, "CURRENT")); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(old, path)
	}
	return os.RemoveAll(old)
}

func writeLevelDB(ctx context.Context, path string, feed feed) error {
	options := levelOptions(Options{})
	// Several buffers are held at a time, and what is written isn't read before the end.
	options.WriteBuffer, options.BlockCacheCapacity, options.NoSync = 12<<20, 8<<20, true
	db, err := leveldb.OpenFile(path, options)
	if err != nil {
		return err
	}
	if err := initKV(flat.Upgrade(hlevel.New(db))); err != nil {
		return errors.Join(err, db.Close())
	}
	err = writeBulk(ctx, filepath.Dir(path), &levelSink{db: db}, feed)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	return syncFiles(path)
}

// syncFiles brings every file of a folder onto the disk.
func syncFiles(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		err = errors.Join(err, syncFolder(filepath.Join(dir, e.Name())))
	}
	return errors.Join(err, syncFolder(dir))
}

// levelSink puts pairs into a folder that nobody reads yet, many in one batch.
type levelSink struct {
	db    *leveldb.DB
	batch leveldb.Batch
	size  int
}

func (s *levelSink) put(bucket, key, val []byte) error {
	k := flat.KeyEscape(kv.Key{bucket, key})
	s.batch.Put(k, val)
	if s.size += len(k) + len(val); s.size < 1<<20 {
		return nil
	}
	return s.flush()
}

func (s *levelSink) flush() error {
	err := s.db.Write(&s.batch, nil)
	s.batch.Reset()
	s.size = 0
	return err
}

func (s *levelSink) end() error { return s.flush() }

func (s *levelSink) each(bucket []byte, fn func(key, val []byte) error) error {
	prefix := flat.KeyEscape(kv.Key{bucket, nil})
	it := s.db.NewIterator(util.BytesPrefix(prefix), nil)
	defer it.Release()
	for it.Next() {
		if err := fn(flat.KeyUnescape(flat.Key(it.Key()))[1], it.Value()); err != nil {
			return err
		}
	}
	return it.Error()
}
