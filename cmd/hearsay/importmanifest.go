package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"hearsay/graph"
)

// isManifest reports whether a file is the manifest of shards.
func isManifest(name string) bool {
	if !strings.HasSuffix(name, ".json") {
		return false
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	var head struct {
		Manifest int `json:"manifest"`
	}
	return json.NewDecoder(io.LimitReader(f, 64<<20)).Decode(&head) == nil && head.Manifest != 0
}

// readManifests reads manifests whose graphs go into one store, and finds their
// shards, which lie beside them.
func readManifests(names []string) ([]graph.ShardFile, error) {
	var first graph.Manifest
	var shards []graph.ShardFile
	for n, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("import: %w", err)
		}
		m, err := graph.ReadManifest(f)
		f.Close()
		switch {
		case err == nil && m.Schema != graph.SchemaVersion:
			return nil, hinted(fmt.Errorf("import %s: shards of schema %d, this program has %d; nothing was imported", name, m.Schema, graph.SchemaVersion),
				"read the documents again with hearsay-beam of this version")
		case err == nil && n == 0:
			first = m
		case err == nil:
			err = first.Fits(m)
		}
		if err != nil {
			return nil, fmt.Errorf("import %s: %w; nothing was imported", name, err)
		}
		for _, s := range m.Shards {
			path := filepath.Join(filepath.Dir(name), filepath.FromSlash(s.Name))
			shards = append(shards, graph.ShardFile{Shard: s, Open: func() (io.ReadCloser, error) { return os.Open(path) }})
		}
	}
	return shards, nil
}

// manifests imports the shards of manifests, which are all that is imported.
func (i *importing) manifests(c *cobra.Command, names []string) error {
	for _, name := range names {
		if !isManifest(name) {
			return usage("%s is no manifest: manifests are imported by themselves", name)
		}
	}
	if i.base != "" || i.skip {
		return usage("--base and --skip are for files of N-Quads: shards are what hearsay-beam has written")
	}
	shards, err := readManifests(names)
	if err != nil {
		return err
	}
	var quads int64
	for _, s := range shards {
		quads += s.Lines
	}
	newFile := freshFile(i.db)
	err = withStore(c, i.db, false, func(store *graph.Store) error {
		fresh, err := store.ImportShards(c.Context(), shards, graph.ShardOptions{Workers: i.workers})
		if errors.Is(err, graph.ErrManifest) {
			return hinted(err, "copy the shards again, or run hearsay-beam again: it writes what is missing")
		}
		if err != nil {
			return err
		}
		// What one manifest names has the links between its documents.
		if !fresh || len(names) > 1 {
			if err := relink(c.Context(), store); err != nil {
				return err
			}
		}
		fmt.Fprintf(c.OutOrStdout(), "%s imported into %s\n", plural(int(quads), "quad"), i.db)
		return nil
	})
	if err != nil && newFile {
		err = errors.Join(err, dropFile(i.db))
	}
	return err
}
