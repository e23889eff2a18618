package graph

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// shards are random quads in n shards; the same quads whatever n.
func shards(t testing.TB, seed uint64, quads, n int) ([]ShardFile, map[string]bool) {
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

// killedShards are those that TestKilledImport's process imports.
func killedShards(t testing.TB) ([]ShardFile, map[string]bool) { return shards(t, 12, 60_000, 12) }

// workImporting imports them into a store, says when it has read one, and waits at the
// fourth.
func workImporting(uri string) error {
	ctx := context.Background()
	s, err := Open(ctx, uri, Options{})
	if err != nil {
		return err
	}
	var m Manifest
	b, err := os.ReadFile(os.Getenv("HEARSAY_TEST_SHARDS"))
	if err == nil {
		err = json.Unmarshal(b, &m)
	}
	if err != nil {
		return err
	}
	var files []ShardFile
	for _, shard := range m.Shards {
		name := filepath.Join(filepath.Dir(os.Getenv("HEARSAY_TEST_SHARDS")), shard.Name)
		files = append(files, ShardFile{shard, func() (io.ReadCloser, error) { return os.Open(name) }})
	}
	n := 0
	_, err = s.ImportShards(ctx, files, ShardOptions{Workers: 1, Progress: func(int64) {
		fmt.Println("read")
		if n++; n == 4 {
			time.Sleep(time.Minute)
		}
	}})
	return err
}

// An import of a manifest whose process is killed in the middle leaves the store as it
// was, and reads only what it hadn't read when it is run again. What was being written
// when it was killed may be broken.
func TestKilledImport(t *testing.T) {
	for _, uri := range []string{"bolt:" + filepath.Join(t.TempDir(), "a.db"), "leveldb:" + filepath.Join(t.TempDir(), "l"), postgres(t)} {
		kind, path, _ := strings.Cut(uri, ":")
		if uri == "" {
			continue // postgres says why
		}
		for _, broken := range []bool{false, true} {
			if broken && kind == "postgres" {
				continue
			}
			t.Run(fmt.Sprintf("%s, broken %v", kind, broken), func(t *testing.T) {
				if broken {
					uri += "2"
				}
				s := openRetrying(t, uri)
				before := exported(t, s)
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				files, set := killedShards(t)
				killImport(t, uri, files)
				if broken {
					spoilSpool(t, path+"2"+spoolSuffix)
				}
				s = openRetrying(t, uri)
				defer s.Close()
				if exported(t, s) != before {
					t.Error("a killed import has changed the store")
				}
				if again := importAgain(t, s, files); again < 1 || again >= len(files) {
					t.Errorf("of %d shards %d were read again", len(files), again)
				}
				sameLines(t, s, set)
				checked(t, s)
				if left, _ := filepath.Glob(path + "*" + spoolSuffix); len(left) > 0 {
					t.Errorf("an import that is done leaves %v", left)
				}
			})
		}
	}
}

// openRetrying opens a store that a killed process may still hold.
func openRetrying(t *testing.T, uri string) *Store {
	t.Helper()
	for try := 0; ; try++ {
		s, err := Open(context.Background(), uri, Options{})
		if err == nil {
			return s
		}
		if !errors.Is(err, ErrLocked) || try == 100 {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// killImport imports files in a process of its own, and kills it when some are read.
func killImport(t *testing.T, uri string, files []ShardFile) {
	t.Helper()
	dir := t.TempDir()
	var m Manifest
	for i := range files {
		r, err := files[i].Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, files[i].Name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		m.Shards = append(m.Shards, files[i].Shard)
	}
	b, err := json.Marshal(m)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "manifest.json"), b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "HEARSAY_TEST_WORK="+uri, "HEARSAY_TEST_SHARDS="+filepath.Join(dir, "manifest.json"))
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; n < 4 && lines.Scan(); n++ {
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed
}

// spoilSpool puts bytes that mean nothing behind what a spool has, as a computer that
// stops may.
func spoilSpool(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("v\x05half"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// importAgain imports files and says how many were read for their quads.
func importAgain(t *testing.T, s *Store, files []ShardFile) int {
	t.Helper()
	read := make([]int, len(files))
	for i := range files {
		open := files[i].Open
		files[i].Open = func() (io.ReadCloser, error) {
			read[i]++
			return open()
		}
	}
	for try := 0; ; try++ {
		_, err := s.ImportShards(context.Background(), files, ShardOptions{Workers: 1})
		if err == nil {
			break
		}
		if !errors.Is(err, ErrLocked) || try == 100 {
			t.Fatal(err)
		}
		clear(read)
		time.Sleep(100 * time.Millisecond) // until the server sees that the process is gone
	}
	again := 0
	for _, n := range read {
		again += n - 1 // each is read for its checksum
	}
	return again
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
