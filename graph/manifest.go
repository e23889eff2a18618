package graph

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// ManifestFormat is the version of the manifest's own form.
const ManifestFormat = 1

// SchemaVersion is the version of the quads that documents are turned into and of
// the layout in which stores keep them. A store of another one has to be migrated.
const SchemaVersion = 1

// Manifest names the shards of one graph, written by many machines. A shard counts
// only where a manifest names it.
type Manifest struct {
	Format  int    `json:"manifest"`
	Hearsay string `json:"hearsay"` // Version of the program that read the documents
	Schema  int    `json:"schema"`
	Reading string `json:"reading"` // digest of all that decides what is read out of a text: models, known entities, settings

	Documents  int64   `json:"documents"`
	Duplicates int64   `json:"duplicates"` // documents that only gave another name to a text that was there, or were replaced
	Quads      int64   `json:"quads"`      // of all shards
	Shards     []Shard `json:"shards"`
	Rejected   Shard   `json:"rejected"` // inputs that couldn't be read, {"input","reason"} a line
}

// Shard is a compressed file of sorted lines, no line of which is in another shard.
type Shard struct {
	Name   string `json:"name"`   // relative to the manifest
	Lines  int64  `json:"lines"`  // quads, or rejected inputs
	Bytes  int64  `json:"bytes"`  // of the file
	SHA256 string `json:"sha256"` // of the file
}

// ErrManifest is wrapped by errors of a manifest, or of what it names.
var ErrManifest = errors.New("manifest")

// ReadManifest reads a manifest and refuses what it can't be.
func ReadManifest(r io.Reader) (Manifest, error) {
	var m Manifest
	if err := json.NewDecoder(io.LimitReader(r, 64<<20)).Decode(&m); err != nil {
		return m, fmt.Errorf("%w: %w", ErrManifest, err)
	}
	switch {
	case m.Format == 0 || m.Hearsay == "" || m.Schema == 0:
		return m, fmt.Errorf(`%w: expected {"manifest":%d,"hearsay":"…","schema":%d,…}`, ErrManifest, ManifestFormat, SchemaVersion)
	case m.Format != ManifestFormat:
		return m, fmt.Errorf("%w: form %d, this program reads %d", ErrManifest, m.Format, ManifestFormat)
	}
	var quads int64
	seen := map[string]bool{}
	for _, s := range m.Shards {
		if quads += s.Lines; s.Lines < 0 || s.Bytes < 0 || len(s.SHA256) != 64 {
			return m, fmt.Errorf("%w: shard %q has no sensible counts and checksum", ErrManifest, s.Name)
		}
		if !path.IsAbs("/"+s.Name) || s.Name != path.Clean(s.Name) || path.IsAbs(s.Name) || strings.HasPrefix(s.Name, "..") || seen[s.Name] {
			return m, fmt.Errorf("%w: shard name %q is no name of its own beside the manifest", ErrManifest, s.Name)
		}
		seen[s.Name] = true
	}
	if quads != m.Quads {
		return m, fmt.Errorf("%w: %d quads, its shards have %d", ErrManifest, m.Quads, quads)
	}
	return m, nil
}

// AppendJSON appends the manifest as JSON for people, with a newline.
func (m Manifest) AppendJSON(dst []byte) ([]byte, error) {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return dst, err
	}
	return append(append(dst, b...), '\n'), nil
}

// Fits reports why the graphs of two manifests don't belong into one store, nil
// where they do.
func (m Manifest) Fits(other Manifest) error {
	switch {
	case m.Schema != other.Schema:
		return fmt.Errorf("%w: schema %d and schema %d", ErrManifest, m.Schema, other.Schema)
	case m.Hearsay != other.Hearsay:
		return fmt.Errorf("%w: read by hearsay %s and by hearsay %s", ErrManifest, m.Hearsay, other.Hearsay)
	case m.Reading != other.Reading:
		return fmt.Errorf("%w: read with different models, known entities or settings (%.12s and %.12s)", ErrManifest, m.Reading, other.Reading)
	}
	return nil
}
