package graph

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestMain lets the tests start their own program as one that works on a store
// until it is killed.
func TestMain(m *testing.M) {
	if uri := os.Getenv("HEARSAY_TEST_WORK"); uri != "" {
		do := work
		if os.Getenv("HEARSAY_TEST_SHARDS") != "" {
			do = workImporting
		}
		if err := do(uri); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) == 2 && os.Args[1] == "run-scripts" {
		if err := ServeScripts(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// work stores, replaces and removes documents, and loads, without end. It says
// what is stored when it is.
func work(uri string) error {
	ctx := context.Background()
	s, err := Open(ctx, uri, Options{})
	if err != nil {
		return err
	}
	if strings.Contains(uri, "load") {
		if _, err := s.Import(ctx, bytes.NewReader(lines(nil, loadFrom+20_000)), ImportOptions{Strict: true}); err != nil {
			return err
		}
		fmt.Println("loaded")
	}
	if strings.Contains(uri, "build") {
		return workBuilding(ctx, s)
	}
	for n := 0; ; n++ {
		d := kaspersky(fmt.Sprintf("doc-%d.txt", n%40))
		d.Title = fmt.Sprint("reading ", n)
		if _, err := s.Put(ctx, d); err != nil {
			return err
		}
		fmt.Println(d.ID)
		if n%7 == 6 {
			if _, err := s.Remove(ctx, d.ID); err != nil {
				return err
			}
		}
	}
}

// workBuilding fills an empty store and waits for the end.
func workBuilding(ctx context.Context, s *Store) error {
	b, err := s.NewBuilder(ctx)
	if err != nil {
		return err
	}
	for n := range 60 {
		d := kaspersky(fmt.Sprintf("built-%d.txt", n))
		if _, err := b.Put(ctx, d); err != nil {
			return err
		}
		fmt.Println(d.ID)
	}
	if err := b.Close(); err != nil {
		return err
	}
	time.Sleep(time.Minute)
	return nil
}

var kills = flag.Int("kills", 6, "how many processes TestKill kills")

// A killed process leaves a store that opens, is in order, and holds what it
// reported as stored; building again gives the same bytes.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	ctx, r := context.Background(), rand.New(rand.NewPCG(2, 3))
	for round := range *kills {
		kind := []string{"bolt", "leveldb", "bolt", "bolt", "leveldb", "leveldb"}[round%6]
		path := filepath.Join(t.TempDir(), []string{"store", "store", "load", "build", "build", "load"}[round%6])
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "HEARSAY_TEST_WORK="+kind+":"+path)
		var said bytes.Buffer
		cmd.Stdout = &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(r.IntN(700)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		s, err := Open(ctx, kind+":"+path, Options{})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		checked(t, s)
		docs, err := s.Documents(ctx)
		if err != nil {
			t.Fatal(err)
		}
		reported := strings.Fields(said.String())
		if len(reported) > 0 && reported[0] == "loaded" && !strings.Contains(exported(t, s), "<hs:doc/7>") {
			t.Errorf("round %d: what was loaded is lost", round)
		}
		have := map[string]bool{}
		for _, d := range docs {
			have[d.ID] = true
		}
		for _, id := range reported {
			if strings.HasPrefix(id, "built-") && !have[id] {
				t.Errorf("round %d: %s was reported as built and is lost", round, id)
			}
		}
		for n, id := range reported { // the last may be removed again, or on its way
			if id != "loaded" && n < len(reported)-1 && n%7 != 6 && n > len(reported)-30 && !have[id] && !strings.HasPrefix(id, "built-") && !strings.HasPrefix(reported[0], "loaded") {
				t.Errorf("round %d: %s was reported as stored and is lost", round, id)
			}
		}
		for n := range 40 {
			if _, err := s.Put(ctx, kaspersky(fmt.Sprintf("doc-%d.txt", n))); err != nil {
				t.Fatal(err)
			}
		}
		checked(t, s)
		s.Close()
	}
}

// A second process gets a clear error within the timeout.
func TestHeldByAnother(t *testing.T) {
	for _, kind := range []string{"bolt", "leveldb"} {
		uri := kind + ":" + filepath.Join(t.TempDir(), "store")
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "HEARSAY_TEST_WORK="+uri)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		io.ReadFull(out, make([]byte, 4)) // it has the store now
		begun := time.Now()
		_, err = Open(context.Background(), uri, Options{LockTimeout: 100 * time.Millisecond})
		if !errors.Is(err, ErrLocked) || !strings.Contains(fmt.Sprint(err), fmt.Sprint("process ", cmd.Process.Pid)) {
			t.Errorf("%s: %v after %s, want held by process %d", kind, err, time.Since(begun), cmd.Process.Pid)
		}
		cmd.Process.Kill()
		cmd.Wait()
	}
}

// A file that is cut off gives an error or damage, one whose texts have changed
// damage, never an answer with other quads that nobody notices.
func TestBrokenFiles(t *testing.T) {
	ctx, r := context.Background(), rand.New(rand.NewPCG(5, 8))
	path := filepath.Join(t.TempDir(), "a.db")
	s, err := Open(ctx, "bolt:"+path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 10 {
		if _, err := s.Put(ctx, kaspersky(fmt.Sprint(n))); err != nil {
			t.Fatal(err)
		}
	}
	want := exported(t, s)
	s.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for round := range 40 {
		broken := bytes.Clone(whole)
		if round%2 == 0 {
			broken = broken[:r.IntN(len(whole))]
		} else {
			for at := range places(whole, "too early to tell") {
				broken[at+r.IntN(10)] ^= 1
			}
		}
		file := filepath.Join(t.TempDir(), "b.db")
		if err := os.WriteFile(file, broken, 0o644); err != nil {
			t.Fatal(err)
		}
		b, err := Open(ctx, "bolt:"+file, Options{ReadOnly: true})
		if err != nil {
			continue
		}
		res, err := b.Check(ctx, nil)
		if err == nil && res.Damage == 0 && exported(t, b) != want {
			t.Errorf("round %d: other quads, and nothing noticed", round)
		}
		b.Close()
	}
}

// A bit that is another anywhere in the file ends in an error, in damage, or in the
// same answer: never in a crash, nor in waiting for ever.
func TestFlippedBits(t *testing.T) {
	rounds := 300
	if testing.Short() {
		rounds = 60
	}
	r, path := rand.New(rand.NewPCG(8, 13)), filepath.Join(t.TempDir(), "a.db")
	s := loaded(t, "bolt:"+path, 4)
	if _, err := s.Put(context.Background(), kaspersky("a")); err != nil {
		t.Fatal(err)
	}
	want := exported(t, s)
	s.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole = whole[:(len(bytes.TrimRight(whole, "\x00"))+pageSize-1)/pageSize*pageSize] // the rest was never used
	found := 0
	for round := range rounds {
		broken := bytes.Clone(whole)
		at := r.IntN(len(whole))
		if round%2 == 0 { // in what bbolt keeps of its own
			at = at/pageSize*pageSize + r.IntN(64)
		}
		broken[at] ^= 1 << r.IntN(8)
		file := filepath.Join(t.TempDir(), "b.db")
		if err := os.WriteFile(file, broken, 0o644); err != nil {
			t.Fatal(err)
		}
		noticed, same := readBroken(file, want, round%8 == 0)
		if !noticed && !same {
			t.Errorf("round %d, byte %d: other quads, and nothing noticed", round, at)
		}
		if noticed {
			found++
		}
	}
	t.Logf("%d of %d noticed, the rest of no consequence", found, rounds)
}

// readBroken checks, reads, queries and changes a store that may be damaged.
func readBroken(file, want string, write bool) (noticed, same bool) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	b, err := Open(ctx, "bolt:"+file, Options{ReadOnly: true})
	if err != nil {
		return true, false
	}
	res, err := b.Check(ctx, nil)
	noticed = err != nil || res.Damage > 0
	var out bytes.Buffer
	if err := b.Export(ctx, &out, ExportOptions{Format: "nquads"}); err != nil {
		noticed = true
	}
	for _, err := range b.Query(ctx, `g.V("<hs:Kaspersky>").both().both().limit(100).all()`, QueryOptions{}) {
		noticed = noticed || err != nil
	}
	b.Close()
	if !write {
		return noticed, out.String() == want
	}
	if w, err := Open(ctx, "bolt:"+file, Options{}); err == nil {
		if _, err := w.Put(ctx, kaspersky("b")); err == nil {
			w.Remove(ctx, "b") // an error is an answer, too
		}
		w.Close()
	}
	return noticed, out.String() == want
}

// places are where a text stands in a file.
func places(file []byte, text string) map[int]bool {
	found := map[int]bool{}
	for at := 0; ; {
		i := bytes.Index(file[at:], []byte(text))
		if i < 0 {
			return found
		}
		found[at+i] = true
		at += i + 1
	}
}

// Many clients query while documents are stored and removed: each answer is that
// of the store between two documents.
func TestQueriesBesideWrites(t *testing.T) {
	for name, s := range backends(t) {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			var wg sync.WaitGroup
			defer func() { cancel(); wg.Wait() }() // a failed write ends the readers, too
			for range 64 {
				wg.Add(1)
				go func() {
					defer wg.Done()
					for ctx.Err() == nil {
						n := 0
						for _, err := range s.Query(context.Background(), `g.V("<hs:Kaspersky>").in("<hs:source>").out("<hs:stance>").all()`, QueryOptions{}) {
							if err != nil {
								t.Error(err)
								return
							}
							n++
						}
						if n > 30 {
							t.Errorf("%d claims of at most 30", n)
						}
						time.Sleep(20 * time.Millisecond) // the writer needs its turn on a small machine
					}
				}()
			}
			for n := range 40 {
				id := fmt.Sprint("doc-", n%30)
				if _, err := s.Put(context.Background(), kaspersky(id)); err != nil {
					t.Fatal(err)
				}
				if n%5 == 4 {
					if _, err := s.Remove(context.Background(), id); err != nil {
						t.Fatal(err)
					}
				}
			}
			cancel()
			wg.Wait()
			checked(t, s)
		})
	}
}

// Clients that query while a build fills an empty store, and while a second one
// adds to it, see whole documents only, and never one less than before: what a
// build loads comes at once, what it adds one by one.
func TestQueriesBesideBuild(t *testing.T) {
	const first, second = 30, 10
	for name, s := range backends(t) {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			var wg sync.WaitGroup
			var answers atomic.Int64
			_, atOnce := s.back.(journaled)
			for range 64 {
				wg.Add(1)
				go func() {
					defer wg.Done()
					last := 0
					for ctx.Err() == nil {
						n := wholeClaims(t, s)
						if n < 0 {
							return // an error, which is reported
						}
						if n < last || n > first+second || atOnce && n > 0 && n < first {
							t.Errorf("%d claims after %d", n, last)
							return
						}
						last = n
						answers.Add(1)
						time.Sleep(20 * time.Millisecond) // the writer needs its turn on a small machine
					}
				}()
			}
			build := func(from, to int) {
				b, err := s.NewBuilder(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				for n := from; n < to; n++ {
					if _, err := b.Put(context.Background(), kaspersky(fmt.Sprint("doc-", n))); err != nil {
						t.Fatal(err)
					}
				}
				if err := b.Close(); err != nil {
					t.Fatal(err)
				}
				if err := s.Relink(context.Background()); err != nil {
					t.Fatal(err)
				}
			}
			build(0, first)
			if n := wholeClaims(t, s); n != first {
				t.Errorf("%d claims after the first build, want %d", n, first)
			}
			build(first, first+second)
			cancel()
			wg.Wait()
			if n := wholeClaims(t, s); n != first+second {
				t.Errorf("%d claims after the second build, want %d", n, first+second)
			}
			checked(t, s)
			t.Logf("%d answers", answers.Load())
		})
	}
}

// wholeClaims counts the claims of a source, and fails where one lacks a part. It is
// -1 after an error.
func wholeClaims(t *testing.T, s *Store) (n int) {
	for row, err := range s.Query(context.Background(), `g.V("<hs:Kaspersky>").in("<hs:source>").saveOpt("<hs:stance>", "stance").saveOpt("<`+DerivedFrom+`>", "words").all()`, QueryOptions{Timeout: 5 * time.Minute}) {
		if err != nil {
			t.Error(err)
			return -1
		}
		if row["stance"] == nil || row["words"] == nil {
			t.Errorf("half a claim: %v", row)
		}
		n++
	}
	return n
}

func TestBackupIsVerified(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, "memory:", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Put(ctx, kaspersky("a.txt")); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := s.Backup(ctx, &b); err != nil {
		t.Fatal(err)
	}
	restore := func(p []byte) (string, error) {
		other, err := Open(ctx, "memory:", Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		_, err = other.Restore(ctx, bytes.NewReader(p))
		return exported(t, other), err
	}
	if got, err := restore(b.Bytes()); err != nil || got != exported(t, s) {
		t.Errorf("restored something else, %v", err)
	}
	empty, _ := restore(nil)
	for _, n := range []int{0, 1, 10, b.Len() / 2, b.Len() - 9, b.Len() - 1} {
		if got, err := restore(b.Bytes()[:n]); !errors.Is(err, ErrNotBackup) || got != empty {
			t.Errorf("%d bytes of %d: %v, want no complete backup and an empty store", n, b.Len(), err)
		}
	}
}
