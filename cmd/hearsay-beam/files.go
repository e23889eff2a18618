package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"hearsay/graph"
	"hearsay/ingest/reader"
)

// manifestName is what the manifest is called.
const manifestName = "manifest.json"

// partial is in the name of files that aren't there yet.
const partial = ".part-"

func join(folder, name string) string { return strings.TrimSuffix(folder, "/") + "/" + name }

func asSkipped(err error, s **reader.Skipped) bool { return errors.As(err, s) }

// put writes a file whole or not at all. In a folder of this machine that is a
// file of another name that then gets its own; a store of files shows what was
// closed only.
func put(ctx context.Context, name string, in io.Reader) error {
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return err
	}
	defer fs.Close()
	rename, can := fs.(filesystem.Renamer)
	can = can && !strings.Contains(name, "://")
	to := name
	if can {
		to += partial + rand.Text()
	}
	if err := write(ctx, fs, to, in); err != nil {
		if r, ok := fs.(filesystem.Remover); ok {
			_ = r.Remove(ctx, to) // the first error counts
		}
		return fmt.Errorf("write %s: %w", name, err)
	}
	if can {
		return rename.Rename(ctx, to, name)
	}
	return nil
}

func write(ctx context.Context, fs filesystem.Interface, name string, in io.Reader) error {
	w, err := fs.OpenWrite(ctx, name)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, in)
	if s, ok := w.(interface{ Sync() error }); ok && err == nil {
		err = s.Sync()
	}
	return errors.Join(err, w.Close())
}

func readManifest(ctx context.Context, output string) (graph.Manifest, error) {
	name := join(output, manifestName)
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return graph.Manifest{}, err
	}
	defer fs.Close()
	in, err := fs.OpenRead(ctx, name)
	if err != nil {
		return graph.Manifest{}, err
	}
	defer in.Close()
	return graph.ReadManifest(in)
}

// removeOthers takes out what earlier runs into the same folder have left, killed
// ones too: files named as ours that the manifest doesn't name.
func removeOthers(ctx context.Context, output string, m graph.Manifest) error {
	fs, err := filesystem.New(ctx, output)
	if err != nil {
		return err
	}
	defer fs.Close()
	remover, ok := fs.(filesystem.Remover)
	if !ok {
		return nil
	}
	named := map[string]bool{m.Rejected.Name: true}
	for _, s := range m.Shards {
		named[s.Name] = true
	}
	for _, ours := range []string{"quads-*-of-*.nq.gz*", "rejected-*.jsonl.gz*", manifestName + partial + "*"} {
		names, err := fs.List(ctx, join(output, ours))
		if err != nil {
			return err
		}
		for _, name := range names {
			if !named[path.Base(name)] {
				if err := remover.Remove(ctx, name); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
