package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// lines are N-Quads of random quads, with duplicates.
func lines(t testing.TB, n int) []byte {
	var b bytes.Buffer
	if err := WriteNQuads(&b, randomQuads(rand.New(rand.NewPCG(1, 9)), n)); err != nil {
		t.Fatal(err)
	}
	for d := range n / 500 {
		fmt.Fprintf(&b, "<hs:doc/%d> <hs:p%d> \"text %d\" <hs:doc/%d> .\n", d%50, d%7, d, d%50)
	}
	return b.Bytes()
}

// A loaded store is the same as one that was filled step by step, whether the
// sorters spill or not, and can be changed like any other.
func TestLoadIsTheSame(t *testing.T) {
	ctx := context.Background()
	in := lines(t, loadFrom+5000)
	var want string
	for _, uri := range []string{"memory:", "bolt:" + filepath.Join(t.TempDir(), "a.db"), "leveldb:" + filepath.Join(t.TempDir(), "level"), postgres(t)} {
		if uri == "" {
			continue
		}
		s, err := Open(ctx, uri, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := s.Put(ctx, kaspersky("a.txt")); err != nil {
			t.Fatal(err)
		}
		res, err := s.Import(ctx, bytes.NewReader(in), ImportOptions{Strict: true})
		if err != nil || res.Quads != bytes.Count(in, []byte("\n")) {
			t.Fatalf("Import = %+v, %v", res, err)
		}
		checked(t, s)
		got := exported(t, s)
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%s: differs from memory:", uri)
		}
		if got := rows(t, s, `g.V("<hs:Kaspersky>").out("<hs:doubts>").all()`); len(got) != 2 {
			t.Errorf("%s: Kaspersky doubts %q", uri, got)
		}
		if _, err := s.Remove(ctx, "a.txt"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Put(ctx, kaspersky("b.txt")); err != nil {
			t.Fatal(err)
		}
		checked(t, s)
	}
}

func TestLoadSpills(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "a.db")
	db, err := openBolt(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	store := db.(*boltStore)
	defer store.Close()
	quads := randomQuads(rand.New(rand.NewPCG(4, 4)), 3000)
	set := map[string]bool{}
	out := &memorySink{}
	b := newBulk(out, t.TempDir(), 100)
	defer b.close()
	for _, q := range quads {
		set[string(AppendNQuad(nil, q))] = true
		if err := b.add(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.finish(ctx); err != nil {
		t.Fatal(err)
	}
	if int(b.quads) != len(set) {
		t.Errorf("%d quads, want %d", b.quads, len(set))
	}
	last := map[string]string{}
	for _, p := range out.pairs {
		if last[p[0]] >= p[1] && last[p[0]] != "" {
			t.Fatalf("bucket %q: key %x after %x", p[0], p[1], last[p[0]])
		}
		last[p[0]] = p[1]
	}
}

type memorySink struct{ pairs [][2]string }

func (s *memorySink) put(bucket, key, _ []byte) error {
	if string(bucket) != "meta" {
		s.pairs = append(s.pairs, [2]string{string(bucket), string(key)})
	}
	return nil
}

// A load that fails leaves the store as it was.
func TestFailedLoad(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "a.db")
	s, err := Open(ctx, "bolt:"+path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	before := exported(t, s)
	in := append(lines(t, loadFrom+1000), "broken\n"...)
	var line LineError
	if _, err := s.Import(ctx, bytes.NewReader(in), ImportOptions{Strict: true}); !errors.As(err, &line) {
		t.Errorf("Import = %v, want a line error", err)
	}
	if exported(t, s) != before {
		t.Error("a failed load changed the store")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*load*")); len(left) > 0 {
		t.Errorf("a failed load left %v", left)
	}
	// What a killed load has left is no obstacle and never served.
	if err := os.WriteFile(path+loadSuffix, []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(ctx, strings.NewReader(string(lines(t, loadFrom+1000))), ImportOptions{Strict: true}); err != nil {
		t.Error(err)
	}
	checked(t, s)
}

func (s *memorySink) end() error { return nil }

func (s *memorySink) each([]byte, func(key, val []byte) error) error { return nil }
