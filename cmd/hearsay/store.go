package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"hearsay/graph"
)

// defaultStore is where a store is without --db.
const defaultStore = "bolt:hearsay.db"

func storeFlag(c *cobra.Command, db *string) {
	c.Flags().StringVar(db, "db", defaultStore, "store: bolt:PATH, leveldb:PATH, memory:, postgres://HOST/DATABASE or cockroach://HOST/DATABASE")
}

// headroom is memory that nobody touches: addresses, which cost nothing. The
// garbage collector runs when the heap has doubled. To store a document makes
// some 10 MB of garbage, and beside a store there is little else on the heap, so it ran
// for each document, for a third of the time that one took. This makes it run once in some
// fifteen, at most 160 MB later, where a greater GC percentage would multiply what a build
// needs for its models. Who sets GOGC has said what to do.
var headroom []byte

// openStore opens the store of a command, and says what to do where that can't
// be done.
func openStore(ctx context.Context, db string, readOnly bool) (*graph.Store, error) {
	if !readOnly && headroom == nil && os.Getenv("GOGC") == "" {
		headroom = make([]byte, 160<<20)
	}
	if !strings.Contains(db, ":") {
		return nil, usage("--db %s: a kind of store is needed, as in bolt:%s", db, db)
	}
	store, err := graph.Open(ctx, db, graph.Options{ReadOnly: readOnly, Scripts: scriptRunner()})
	switch {
	case errors.Is(err, graph.ErrLocked):
		return nil, hinted(err, "wait for the other process, stop it, or use another store with --db")
	case errors.Is(err, graph.ErrSchema):
		return nil, hinted(err, fmt.Sprintf("migrate it: hearsay backup --db %s -o old.nq.gz with the program that made it, then hearsay restore --db NEW old.nq.gz with this one", db))
	case !readOnly && (errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)):
		return nil, hinted(err, "hearsay must be allowed to write there; --db names a store elsewhere")
	case errors.Is(err, graph.ErrNoStore):
		return nil, hinted(err, "hearsay build PATH... makes one; --db names another one")
	}
	return store, err
}

// withStore runs fn with a store and closes it.
func withStore(c *cobra.Command, db string, readOnly bool, fn func(*graph.Store) error) error {
	store, err := openStore(c.Context(), db, readOnly)
	if err != nil {
		return err
	}
	return errors.Join(fn(store), store.Close())
}

// storeFile is the file of a store that has one.
func storeFile(db string) string {
	path, _ := strings.CutPrefix(db, "bolt:")
	if path == db {
		return ""
	}
	return path
}

// freshFile reports whether opening db would make a file.
func freshFile(db string) bool {
	path := storeFile(db)
	if path == "" {
		return false
	}
	_, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist)
}

// dropFile takes away the file that a command made and has nothing to put into.
func dropFile(db string) error {
	if err := os.Remove(storeFile(db)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove the empty store: %w", err)
	}
	return nil
}

// plural is a number and what it counts.
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	if strings.HasSuffix(one, "y") {
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(one, "y"))
	}
	return fmt.Sprintf("%d %ss", n, one)
}
