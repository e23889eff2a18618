package graph

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/hidal-go/hidalgo/kv/flat"
	hlevel "github.com/hidal-go/hidalgo/kv/flat/leveldb"
	"github.com/syndtr/goleveldb/leveldb"
	"github.com/syndtr/goleveldb/leveldb/filter"
	"github.com/syndtr/goleveldb/leveldb/opt"
)

// openLevelDB opens a folder of LevelDB: four to five times smaller than bolt, and
// dearer to read.
func openLevelDB(path string, o Options) (backend, error) {
	if err := settleFolders(path); err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(path, "CURRENT")); o.ReadOnly && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w at %s", ErrNoStore, path)
	}
	if err := ownFolder(path); err != nil && !o.ReadOnly {
		return nil, err
	}
	options := levelOptions(o)
	var db *leveldb.DB
	for deadline := time.Now().Add(o.LockTimeout); ; time.Sleep(20 * time.Millisecond) {
		var err error
		if db, err = leveldb.OpenFile(path, options); err == nil {
			break
		}
		if !isLocked(err) {
			return nil, err
		}
		if _, there := os.Stat(filepath.Join(path, "LOCK")); there != nil || time.Now().After(deadline) {
			return nil, fmt.Errorf("%w%s", ErrLocked, lockHolder(filepath.Join(path, "LOCK")))
		}
	}
	s, err := openKV(flat.Upgrade(hlevel.New(db)), o.ReadOnly)
	if err != nil {
		db.Close()
		return nil, err
	}
	return &levelStore{s, path, o}, nil
}

// ownFolder is an error where a folder holds what LevelDB hasn't written: a load puts
// another folder in its place.
func ownFolder(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		own := false
		for _, pattern := range []string{"CURRENT*", "LOCK", "LOG", "LOG.old", "MANIFEST-*", "*.ldb", "*.log", "*.sst", "*.tmp"} {
			ok, _ := filepath.Match(pattern, e.Name()) // the patterns are well formed
			own = own || ok && !e.IsDir()
		}
		if !own {
			return fmt.Errorf("%s holds %s, which is no part of a store: name a folder of its own", path, e.Name())
		}
	}
	return err
}

// isLocked reports whether LevelDB's lock is another's. Some systems say so with the
// number of a permission that is missing, but not about a path: that is a file
// which can't be opened.
func isLocked(err error) bool {
	var path *fs.PathError
	return errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EACCES) && !errors.As(err, &path)
}

func levelOptions(o Options) *opt.Options {
	return &opt.Options{ReadOnly: o.ReadOnly, ErrorIfMissing: o.ReadOnly, Filter: filter.NewBloomFilter(10),
		BlockCacheCapacity: 64 << 20, WriteBuffer: 16 << 20}
}
