package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/ingest/entity/galaxy"
	"hearsay/ingest/news"
)

// isGalaxy reports whether a file is taken for a MISP galaxy or a STIX bundle.
func isGalaxy(name string) bool { return strings.HasSuffix(name, ".json") }

// badThing is what a skipped part of the files was.
func (i *importing) badThing() string {
	if i.objects {
		return "bad object"
	}
	return "bad line"
}

// readGalaxy adds the entities of a MISP galaxy or STIX bundle to the known ones,
// and what its makers say of them as a document of claims. Objects that can't be
// read are named and left out.
func (i *importing) readGalaxy(c *cobra.Command, store *graph.Store, path, name string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer f.Close()
	read, bad, err := galaxy.Read(f)
	if err != nil {
		return fmt.Errorf("import %s: %w", name, err)
	}
	for _, b := range bad {
		fmt.Fprintf(c.ErrOrStderr(), "hearsay: skipped %s: %v\n", name, b)
	}
	i.skipped += len(bad)
	i.objects = i.objects || len(bad) > 0
	known, err := knownEntities(c.Context(), store)
	if err != nil {
		return err
	}
	merged := galaxy.Merge(known, read.Entities)
	var quads bytes.Buffer
	if err := graph.WriteNQuads(&quads, graph.EntityQuads(changed(known, merged))); err != nil {
		return fmt.Errorf("import %s: %w", name, err)
	}
	res, err := store.Import(c.Context(), &quads, graph.ImportOptions{Strict: true})
	i.quads += res.Quads
	if err != nil {
		return fmt.Errorf("import %s: %w", name, err)
	}
	if d := read.Document(filepath.Base(path), merged); d != nil {
		put, err := store.Put(c.Context(), d)
		if err != nil {
			return fmt.Errorf("import %s: %w", name, err)
		}
		i.quads += put.Added
	}
	return nil
}

// changed are the entities that were not known, or not by all their names.
func changed(known, merged []news.Entity) []news.Entity {
	names := make(map[string]int, len(known))
	for i := range known {
		names[known[i].IRI] = 1 + len(known[i].Aliases)
	}
	var out []news.Entity
	for _, e := range merged {
		if names[e.IRI] != 1+len(e.Aliases) {
			out = append(out, e)
		}
	}
	return out
}
