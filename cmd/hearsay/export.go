package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hearsay/graph"
)

func exportCommand() *cobra.Command {
	var db, out string
	var opts graph.ExportOptions
	c := &cobra.Command{
		Use:   "export",
		Short: "Write a store for other programs",
		Long: `Write what a store holds; the same quads give the same bytes. A file that ends in
.gz or .zst is compressed. --format is one of these:

  nquads      every quad; what import reads
  trig        the same, shorter
  jsonld      the same, as JSON-LD 1.1 (expanded)
  json, csv   the same, a row for a quad
  graphml     who takes which stance on what, as Cytoscape draws it
  gexf        the same, as Gephi draws it
  csv-nodes   the same, as two tables: entities and statements,
  csv-edges     and the stances between them
  csv-claims  every claim, with its sentence, document and review
  stix        STIX 2.1: a relationship for what somebody asserts without reserve, an
              opinion for each stance, a report for each document; a confidence
              where an analyst graded a claim, nowhere else

What a review rejected is left out of the drawings and of STIX, what it corrected
is as corrected; what a copy of a text repeats is there once.`,
		Example: `  hearsay export > graph.nq
  hearsay export --format gexf -o graph.gexf
  hearsay export --format stix -o bundle.json
  hearsay export --base https://example.org/graph/ -o graph.nq.zst`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !slices.Contains(graph.Formats(), opts.Format) {
				return usage("--format %q: %s are known", opts.Format, strings.Join(graph.Formats(), ", "))
			}
			return withStore(c, db, true, func(store *graph.Store) error {
				if out == "" || out == "-" {
					return store.Export(c.Context(), c.OutOrStdout(), opts)
				}
				return exportFile(c.Context(), store, out, opts)
			})
		},
	}
	storeFlag(c, &db)
	c.Flags().StringVar(&opts.Format, "format", "nquads", strings.Join(graph.Formats(), ", "))
	c.Flags().StringVarP(&out, "output", "o", "", "file to write (default: standard output)")
	c.Flags().StringVar(&opts.Base, "base", "", "IRI written in place of hs:")
	c.Flags().StringVar(&opts.Label, "label", "", "only the quads of this label, as in hs:doc/... or hs:graph/links")
	return c
}

// exportFile writes beside the file and renames at the end, so that an export
// that fails leaves the old file as it was.
func exportFile(ctx context.Context, store *graph.Store, path string, opts graph.ExportOptions) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() {
		if err != nil {
			f.Close()
			err = fmt.Errorf("export to %s: %w", path, errors.Join(err, os.Remove(f.Name())))
		}
	}()
	w, err := compressor(f, path)
	if err != nil {
		return err
	}
	if err := errors.Join(store.Export(ctx, w, opts), w.Close()); err != nil {
		return err
	}
	if err := errors.Join(f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// noArgs refuses arguments.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%q: %s takes no arguments", args[0], c.CommandPath())
	}
	return nil
}
