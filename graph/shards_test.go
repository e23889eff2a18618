package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
)

// shards are random quads in n shards; the same quads whatever n.
func shards(t *testing.T, seed uint64, quads, n int) ([]ShardFile, map[string]bool) {
	t.Helper()
	all := append(randomQuads(rand.New(rand.NewPCG(seed, 9)), quads), OntologyQuads()...)
	set := map[string]bool{}
	parts := make([][]byte, n)
	for i, q := range sortQuads(all) {
		line := AppendNQuad(nil, q)
		set[string(line)] = true
		parts[i%n] = append(parts[i%n], line...)
	}
	var files []ShardFile
	for i, part := range parts {
		var b bytes.Buffer
		s, err := WriteShard(context.Background(), &b, func(add func([]byte) error) error {
			for line := range bytes.Lines(part) {
				if err := errors.Join(add(line), add(line)); err != nil { // twice: a worker was killed and did it again
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Name = fmt.Sprint("shard-", i)
		files = append(files, ShardFile{s, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b.Bytes())), nil }})
	}
	return files, set
}

// openAll opens an empty store of every kind that takes shards in its own way.
func shardStores(t *testing.T) []*Store {
	var stores []*Store
	for _, uri := range []string{"bolt:" + filepath.Join(t.TempDir(), "a.db"), "leveldb:" + filepath.Join(t.TempDir(), "l"), postgres(t)} {
		if uri == "" {
			continue
		}
		s, err := Open(context.Background(), uri, Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		stores = append(stores, s)
	}
	return stores
}

// Shards are stored whatever their number, into empty stores and into others.
func TestImportShards(t *testing.T) {
	ctx := context.Background()
	for _, s := range shardStores(t) {
		one, set := shards(t, 1, 3000, 1)
		if fresh, err := s.ImportShards(ctx, one, ShardOptions{}); err != nil || !fresh {
			t.Fatalf("%s: %v, %v", s.URI(), fresh, err)
		}
		sameLines(t, s, set)
		if _, err := s.Put(ctx, kaspersky("a.txt")); err != nil {
			t.Fatal(err)
		}
		for l := range strings.Lines(exported(t, s)) {
			set[l] = true
		}
		many, more := shards(t, 2, 3000, 8)
		fresh, err := s.ImportShards(ctx, many, ShardOptions{Workers: 3})
		if err != nil || fresh {
			t.Fatalf("%s: %v, %v", s.URI(), fresh, err)
		}
		for l := range more {
			set[l] = true
		}
		sameLines(t, s, set)
		checked(t, s)
	}
}

func sameLines(t *testing.T, s *Store, want map[string]bool) {
	t.Helper()
	n := 0
	for l := range strings.Lines(exported(t, s)) {
		if n++; !want[l] {
			t.Errorf("%s holds %s", s.URI(), l)
		}
	}
	if n != len(want) {
		t.Errorf("%s: %d quads, want %d", s.URI(), n, len(want))
	}
}

// What isn't as the manifest says leaves the store as it was.
func TestBadShards(t *testing.T) {
	ctx := context.Background()
	for _, s := range shardStores(t) {
		before := exported(t, s)
		for name, spoil := range map[string]func(*ShardFile){
			"checksum": func(f *ShardFile) { f.SHA256 = strings.Repeat("0", 64) },
			"count":    func(f *ShardFile) { f.Lines++ },
			"size":     func(f *ShardFile) { f.Bytes-- },
			"missing":  func(f *ShardFile) { f.Open = func() (io.ReadCloser, error) { return nil, errors.New("no such file") } },
		} {
			files, _ := shards(t, 5, 500, 3)
			spoil(&files[1])
			if _, err := s.ImportShards(ctx, files, ShardOptions{Workers: 1}); !errors.Is(err, ErrManifest) {
				t.Errorf("%s, wrong %s: %v", s.URI(), name, err)
			}
			if exported(t, s) != before && !strings.HasPrefix(s.URI(), "leveldb:") {
				t.Errorf("%s, wrong %s: the store was changed", s.URI(), name)
			}
		}
	}
}

// An import that ended in the middle goes on: PostgreSQL reads no shard again that
// it has copied.
func TestImportShardsGoesOn(t *testing.T) {
	ctx := context.Background()
	for _, s := range shardStores(t) {
		files, set := shards(t, 6, 2000, 6)
		opened := make([]int, len(files))
		broken := true
		for i := range files {
			open := files[i].Open
			files[i].Open = func() (io.ReadCloser, error) {
				// Each is opened for its checksum first.
				if opened[i]++; broken && i == 4 && opened[i] == 2 {
					return nil, errors.New("the connection was lost")
				}
				return open()
			}
		}
		if _, err := s.ImportShards(ctx, files, ShardOptions{Workers: 1}); err == nil {
			t.Fatal("a lost connection gives no error")
		}
		clear(opened)
		broken = false
		if _, err := s.ImportShards(ctx, files, ShardOptions{Workers: 1}); err != nil {
			t.Fatal(err)
		}
		if _, ok := s.back.(shardLoader); ok {
			if got := fmt.Sprint(opened); got != "[1 1 1 1 2 2]" {
				t.Errorf("shards were read %s times, the copied ones again", got)
			}
		}
		sameLines(t, s, set)
		checked(t, s)
	}
}

func TestReadManifest(t *testing.T) {
	good := Manifest{Format: ManifestFormat, Hearsay: Version, Schema: SchemaVersion, Quads: 3,
		Shards: []Shard{{Name: "a.nq.gz", Lines: 3, SHA256: strings.Repeat("a", 64)}}}
	for name, spoil := range map[string]func(*Manifest){
		"format": func(m *Manifest) { m.Format = 9 }, "no version": func(m *Manifest) { m.Hearsay = "" },
		"count": func(m *Manifest) { m.Quads = 4 }, "checksum": func(m *Manifest) { m.Shards[0].SHA256 = "abc" },
		"elsewhere": func(m *Manifest) { m.Shards[0].Name = "../a" }, "root": func(m *Manifest) { m.Shards[0].Name = "/a" },
		"twice": func(m *Manifest) {
			m.Shards = append(m.Shards, Shard{Name: "a.nq.gz", SHA256: strings.Repeat("a", 64)})
		},
	} {
		m := good
		m.Shards = append([]Shard{}, good.Shards...)
		spoil(&m)
		b, err := m.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadManifest(bytes.NewReader(b)); !errors.Is(err, ErrManifest) {
			t.Errorf("%s: %v", name, err)
		}
	}
	b, _ := good.AppendJSON(nil)
	if m, err := ReadManifest(bytes.NewReader(b)); err != nil || m.Fits(good) != nil {
		t.Errorf("%v, %v", m, err)
	}
	other := good
	other.Reading = "other models"
	if good.Fits(other) == nil {
		t.Error("manifests of different readings fit")
	}
}

// A store of another schema is refused, by whatever kind.
func TestOtherSchema(t *testing.T) {
	ctx, uri := context.Background(), postgres(t)
	if uri == "" {
		t.Skip("HEARSAY_POSTGRES names no database")
	}
	for _, readOnly := range []bool{false, true} {
		s, err := Open(ctx, uri, Options{})
		if err != nil {
			t.Fatal(err)
		}
		db := s.back.(*pgStore).db
		set := func(version int) {
			if _, err := db.Exec(`UPDATE hearsay_schema SET version = $1`, version); err != nil {
				t.Fatal(err)
			}
		}
		set(SchemaVersion + 1)
		if _, err := Open(ctx, uri, Options{ReadOnly: readOnly}); !errors.Is(err, ErrSchema) {
			t.Errorf("read-only %v: %v", readOnly, err)
		}
		set(SchemaVersion)
		s.Close()
	}
}
