package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"hearsay/graph"
)

func backupCommand() *cobra.Command {
	var db string
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a store into a file that restore reads",
		Long: `Write the whole store into FILE: compressed N-Quads with a sum at the end, by which
restore knows that nothing is missing. FILE is replaced when all is written. Of a
store that a server holds, GET /api/backup gives the same.`,
		Example: "  hearsay backup graph.backup\n  curl -o graph.backup http://127.0.0.1:64210/api/backup",
		Args:    oneFile,
		RunE: func(c *cobra.Command, args []string) error {
			return withStore(c, db, true, func(store *graph.Store) error { return backup(c, store, args[0]) })
		},
	}
	storeFlag(c, &db)
	return c
}

func backup(c *cobra.Command, store *graph.Store, path string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	n, err := store.Backup(c.Context(), f)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	fmt.Fprintf(c.ErrOrStderr(), "%d quads in %s\n", n, path)
	return nil
}

func restoreCommand() *cobra.Command {
	var db string
	c := &cobra.Command{
		Use:     "restore FILE",
		Short:   "Put a backup into an empty store",
		Long:    "Put what backup has written into a store without documents, of any kind. A backup\nthat is cut off or changed is refused before anything is stored.",
		Example: "  hearsay restore graph.backup --db bolt:again.db",
		Args:    oneFile,
		RunE: func(c *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("restore: %w", err)
			}
			defer f.Close()
			return withStore(c, db, false, func(store *graph.Store) error {
				res, err := store.Restore(c.Context(), f)
				switch {
				case errors.Is(err, graph.ErrNotEmpty):
					return hinted(err, "name a new store with --db, or remove the documents first")
				case errors.Is(err, graph.ErrNotBackup):
					return hinted(err, "the store is as it was; hearsay backup writes what restore reads")
				case err != nil:
					return err
				}
				fmt.Fprintf(c.ErrOrStderr(), "%d quads restored into %s\n", res.Quads, store.URI())
				return nil
			})
		},
	}
	storeFlag(c, &db)
	return c
}

func checkCommand() *cobra.Command {
	var db string
	c := &cobra.Command{
		Use:   "check",
		Short: "Compare every index of a store with every other",
		Long: `Read the whole store and compare each quad, value, count and index entry with the
others. What contradicts the rest is printed, a line each, and gives exit code 1.`,
		Example: "  hearsay check --db bolt:graph.db",
		Args:    noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withStore(c, db, true, func(store *graph.Store) error {
				res, err := store.Check(c.Context(), func(d graph.Damage) { fmt.Fprintln(c.OutOrStdout(), d.What) })
				if err != nil {
					return err
				}
				if res.Damage > 0 {
					return hinted(fmt.Errorf("%s is damaged in %d places", store.URI(), res.Damage),
						"restore a backup into a new store, or build it again")
				}
				fmt.Fprintf(c.ErrOrStderr(), "%d quads of %d values, all in order\n", res.Quads, res.Values)
				return nil
			})
		},
	}
	storeFlag(c, &db)
	return c
}

func oneFile(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("%s takes one file", c.CommandPath())
	}
	return nil
}
