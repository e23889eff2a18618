package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"hearsay/graph"
)

// importing is one run of import.
type importing struct {
	db, base string
	skip     bool
	workers  int
	strict   bool

	quads, skipped int
	objects        bool // what was skipped were objects, no lines
}

func importCommand() *cobra.Command {
	var i importing
	c := &cobra.Command{
		Use:   "import FILE...",
		Short: "Read N-Quads, shards of hearsay-beam, or known entities into a store",
		Long: `Read files of N-Quads, - for standard input, and add their quads to a store.
Files that end in .gz or .zst are compressed. Of files that end in .json, MISP galaxy
clusters and STIX 2.1 bundles, the entities with their aliases are added to the
known entities; documents that are built afterwards are read with them. Suspected
countries, targets and sectors become claims of the file's makers, in a document
named after the file, and never facts.

A manifest of hearsay-beam stands for the shards that it names. Their checksums
and counts are verified before anything is stored; an import that was ended in
the middle goes on when it is run again.

A file with a bad line is not imported at all: the line is named and the store
stays as it was. --skip leaves bad lines out instead, names each and ends with
exit code 3.`,
		Example: `  hearsay import graph.nq
  hearsay import --db bolt:other.db --base https://example.org/graph/ graph.nq.gz
  hearsay import --db postgres://db/news shards/manifest.json
  hearsay import threat-actor.json`,
		Args: atLeastOne("a file"),
		RunE: func(c *cobra.Command, args []string) error { return i.command(c, args) },
	}
	storeFlag(c, &i.db)
	c.Flags().StringVar(&i.base, "base", "", "IRI that stands in place of hs:")
	c.Flags().BoolVar(&i.skip, "skip", false, "leave out bad lines")
	c.Flags().IntVar(&i.workers, "workers", 0, "shards of a manifest read at the same time (0: one a processor)")
	c.Flags().BoolVar(&i.strict, "strict", false, "import nothing of a file with a bad line: what is done without --skip")
	return c
}

func (i *importing) command(c *cobra.Command, files []string) error {
	if i.strict && i.skip {
		return usage("--strict and --skip contradict each other")
	}
	if slices.ContainsFunc(files, isManifest) {
		return i.manifests(c, files)
	}
	// Everything is looked at before the store is touched.
	paths := make([]string, len(files))
	for n, name := range files {
		if isGalaxy(name) {
			paths[n] = name
			continue
		}
		path, drop, err := i.check(c.Context(), c.InOrStdin(), name)
		if err != nil {
			return err
		}
		defer drop()
		paths[n] = path
	}
	return withStore(c, i.db, false, func(store *graph.Store) error {
		for n, path := range paths {
			read := i.read
			if isGalaxy(path) {
				read = i.readGalaxy
			}
			if err := read(c, store, path, files[n]); err != nil {
				return err
			}
		}
		if err := relink(c.Context(), store); err != nil {
			return err
		}
		fmt.Fprintf(c.OutOrStdout(), "%s imported into %s\n", plural(i.quads, "quad"), i.db)
		if i.skipped > 0 {
			return &exitError{code: exitSkipped, err: fmt.Errorf("%s skipped, the rest is done", plural(i.skipped, i.badThing()))}
		}
		return nil
	})
}

// read imports one file that was checked.
func (i *importing) read(c *cobra.Command, store *graph.Store, path, name string) error {
	bar := newReading(c.ErrOrStderr(), path)
	defer bar.end()
	in, err := openQuads(path, bar.reader)
	if err != nil {
		return err
	}
	defer in.Close()
	res, err := store.Import(c.Context(), in, graph.ImportOptions{Strict: !i.skip, Base: i.base, Skipped: func(bad graph.LineError) {
		fmt.Fprintf(c.ErrOrStderr(), "hearsay: skipped %s:%d: %v\n", name, bad.Line, bad.Err)
	}})
	i.quads += res.Quads
	i.skipped += res.Skipped
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("interrupted: %s of %s imported", plural(res.Quads, "quad"), name)
	}
	if err != nil {
		return fmt.Errorf("import %s: %w (%s stored)", name, err, plural(res.Quads, "quad"))
	}
	return nil
}

// check makes sure that a file can be read, and unless bad lines are skipped
// that it has none. Standard input is put into a file, which drop removes.
func (i *importing) check(ctx context.Context, stdin io.Reader, name string) (path string, drop func(), err error) {
	path, drop = name, func() {}
	if name == "-" {
		f, err := os.CreateTemp("", "hearsay-import-*.nq")
		if err != nil {
			return "", nil, fmt.Errorf("import: %w", err)
		}
		_, err = io.Copy(f, stdin)
		path, drop = f.Name(), func() { os.Remove(f.Name()) }
		if err := errors.Join(err, f.Close()); err != nil {
			drop()
			return "", nil, fmt.Errorf("read standard input: %w", err)
		}
	}
	if err := i.validate(ctx, path, name); err != nil {
		drop()
		return "", nil, err
	}
	return path, drop, nil
}

func (i *importing) validate(ctx context.Context, path, name string) error {
	in, err := openQuads(path, nil)
	if err != nil || i.skip {
		if err == nil {
			err = in.Close()
		}
		return err
	}
	defer in.Close()
	err = graph.CheckNQuads(ctx, in)
	var bad graph.LineError
	if errors.As(err, &bad) {
		return hinted(fmt.Errorf("%s:%d: %w; nothing was imported", name, bad.Line, bad.Err), "mend the line, or use --skip to leave out what is no N-Quads")
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// openQuads opens a file of N-Quads.
func openQuads(path string, watch func(io.Reader) io.Reader) (io.ReadCloser, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("import %s: is a folder; hearsay build reads folders of articles, import reads N-Quads files", path)
	}
	in, err := openFile(path, watch)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	return in, nil
}
