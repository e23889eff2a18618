package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"hearsay/graph"
)

// writeShards (shards FILE N DIR) divides a file of N-Quads into N shards with a
// manifest.
func writeShards(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 || neg {
		ts.Fatalf("usage: shards FILE N DIR")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	dir := ts.MkAbs(args[2])
	ts.Check(os.MkdirAll(dir, 0o755))
	parts := make([][]byte, n)
	at := 0
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		parts[at%n] = append(parts[at%n], line...)
		at++
	}
	m := graph.Manifest{Format: graph.ManifestFormat, Hearsay: graph.Version, Schema: graph.SchemaVersion, Quads: int64(at)}
	for i, part := range parts {
		var b bytes.Buffer
		s, err := graph.WriteShard(context.Background(), &b, func(add func([]byte) error) error {
			for line := range bytes.Lines(part) {
				if err := add(line); err != nil {
					return err
				}
			}
			return nil
		})
		ts.Check(err)
		s.Name = fmt.Sprintf("quads-%d.nq.gz", i)
		ts.Check(os.WriteFile(filepath.Join(dir, s.Name), b.Bytes(), 0o644))
		m.Shards = append(m.Shards, s)
	}
	b, err := m.AppendJSON(nil)
	ts.Check(err)
	ts.Check(os.WriteFile(filepath.Join(dir, "manifest.json"), b, 0o644))
}
