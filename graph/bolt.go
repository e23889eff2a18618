package graph

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/hidal-go/hidalgo/kv/flat"
	bolt "go.etcd.io/bbolt"
)

// mmapSize is address space, not memory: as long as the file fits, bbolt never
// remaps, and a query never waits for a write.
const mmapSize = 64 << 30

// pageSize is that of new files. A document's quads touch a thousand pages, each of which
// bbolt takes apart and writes anew: less of the half as large ones.
const pageSize = 2048

func openBolt(path string, o Options) (backend, error) {
	if _, err := os.Stat(path); o.ReadOnly && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w at %s", ErrNoStore, path)
	}
	db, err := bolt.Open(path, 0o644, &bolt.Options{
		Timeout: o.LockTimeout, ReadOnly: o.ReadOnly, InitialMmapSize: mmapSize,
		PageSize: pageSize, FreelistType: bolt.FreelistMapType,
	})
	if errors.Is(err, bolt.ErrTimeout) {
		return nil, fmt.Errorf("%w%s", ErrLocked, lockHolder(path))
	}
	if err != nil {
		return nil, err
	}
	if err := checkPages(path, db.Info().PageSize); err != nil {
		db.Close()
		return nil, err
	}
	s, err := openKV(boltKV{db}, o.ReadOnly)
	if err != nil {
		db.Close()
		return nil, err
	}
	return &boltStore{s, path, o}, nil
}

func openMemory() (backend, error) { return openKV(flat.Upgrade(newMemoryKV()), false) }
