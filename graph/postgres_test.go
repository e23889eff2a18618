package graph

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"hearsay/graph/storetest"
)

// onPostgres is an empty store in PostgreSQL, and the line to it; without a database
// it skips the test.
func onPostgres(t *testing.T) (*Store, *storetest.Cable) {
	t.Helper()
	uri := postgres(t)
	if uri == "" {
		t.Skip("HEARSAY_POSTGRES names no database")
	}
	line, uri := storetest.Lay(t, uri)
	s, err := Open(context.Background(), uri, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, line
}

// A copier that can't hold all values copies some of them again; the store comes to
// hold each once, with the right count.
func TestCopierHoldsLittle(t *testing.T) {
	ctx := context.Background()
	s, _ := onPostgres(t)
	want, quads := map[string]bool{}, append(randomQuads(rand.New(rand.NewPCG(1, 2)), 500), OntologyQuads()...)
	for _, q := range quads {
		want[string(AppendNQuad(nil, q))] = true
	}
	for _, statement := range []string{pgAdd, pgLoad} {
		err := pgTx(ctx, s.back.(*pgStore).db, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, pgStage); err != nil {
				return err
			}
			c := newCopier(ctx, tx, pgStaged)
			c.mostSeen, c.mostValues = 7, 3
			for _, q := range quads {
				if err := c.add(q); err != nil {
					return err
				}
			}
			if err := c.end(); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, statement)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		sameLines(t, s, want)
		checked(t, s)
	}
}

// A database that is gone in the middle of a load, of a document and of a query
// gives errors, nothing half, and is used again when it is back.
func TestPostgresGoneAndBack(t *testing.T) {
	s, line := onPostgres(t)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	if _, err := s.Put(ctx, kaspersky("a.txt")); err != nil {
		t.Fatal(err)
	}
	before := exported(t, s)
	n := 0
	err := s.load(ctx, s.back.(loader), func(add func(quad.Quad) error) error {
		_, err := feedCorpus(60, func(q quad.Quad) error {
			if n++; n == 20_000 {
				line.Cut(true)
			}
			return add(q)
		})
		return err
	})
	if err == nil {
		t.Error("a load went through without a database")
	}
	if _, err := s.Put(ctx, kaspersky("b.txt")); err == nil {
		t.Error("a document was stored without a database")
	}
	for _, err := range s.Query(ctx, `g.V("<hs:Kaspersky>").out().all()`, QueryOptions{}) {
		if err == nil {
			t.Error("a query was answered without a database")
		}
	}
	line.Cut(false)
	if got := exported(t, s); got != before {
		t.Errorf("after the database went and came the store holds\n%s\nwant\n%s", got, before)
	}
	if _, err := s.Put(ctx, kaspersky("b.txt")); err != nil {
		t.Errorf("after the database came back: %v", err)
	}
	if got := rows(t, s, `g.V("<hs:Kaspersky>").out("<hs:doubts>").all()`); len(got) == 0 {
		t.Error("after the database came back a query finds nothing")
	}
	var b bytes.Buffer
	if _, err := feedCorpus(50, func(q quad.Quad) error { return WriteNQuads(&b, []quad.Quad{q}) }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(ctx, &b, ImportOptions{Strict: true}); err != nil {
		t.Errorf("a load after the database came back: %v", err)
	}
	if got := exported(t, s); !strings.Contains(got, string(corpusClaim(7, 7))) || !strings.Contains(got, "b.txt") {
		t.Error("the load after that isn't whole")
	}
}

// A build, an import of some lines and one of shards that lose the database in the
// middle end with an error, leave what they have reported, and go on when it is back.
func TestPostgresGoneInTheMiddle(t *testing.T) {
	s, line := onPostgres(t)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	reading := s.Turns("by these models")
	build := func(ids ...string) (err error) {
		b, err := s.NewBuilder(ctx)
		if err != nil {
			return err
		}
		for i, id := range ids {
			d := kaspersky(id)
			turn, err := reading.Take(ctx, d.ID, d.IRI)
			if err != nil {
				return err
			}
			if turn != Ours {
				continue
			}
			if i == 1 && id == "gone.txt" {
				line.Cut(true)
			}
			if _, err := b.Put(ctx, d); err != nil {
				return err
			}
			if err := reading.Done(ctx, d.ID, d.IRI); err != nil {
				return err
			}
		}
		return b.Close()
	}
	if build("a.txt", "gone.txt", "b.txt") == nil {
		t.Error("a build went through without a database")
	}
	line.Cut(false)
	var stored []string
	docs, err := s.Documents(ctx)
	for _, d := range docs {
		stored = append(stored, d.ID)
	}
	if err != nil || fmt.Sprint(stored) != "[a.txt]" {
		t.Errorf("a build without a database leaves %v, %v", stored, err)
	}
	if err := build("a.txt", "b.txt"); err != nil && build("a.txt", "b.txt") != nil { // the first may meet a line that is dead
		t.Errorf("a build after the database came back: %v", err)
	}
	before := exported(t, s)
	some := func(broken bool) error {
		var b bytes.Buffer
		n := 0
		_, err := feedCorpus(26, func(q quad.Quad) error { return WriteNQuads(&b, []quad.Quad{q}) })
		if err != nil {
			return err
		}
		_, err = s.Import(ctx, &b, ImportOptions{Strict: true, Progress: func(ImportResult) {
			if n++; broken && n == 2 {
				line.Cut(true)
			}
		}})
		return err
	}
	if some(true) == nil {
		t.Error("an import went through without a database")
	}
	line.Cut(false)
	if err := some(false); err != nil {
		t.Errorf("an import after the database came back: %v", err)
	}
	want := map[string]bool{}
	for l := range strings.Lines(before) {
		want[l] = true
	}
	feedCorpus(26, func(q quad.Quad) error { want[string(AppendNQuad(nil, q))] = true; return nil })
	sameLines(t, s, want)
	files, set := shards(t, 8, 20_000, 4)
	cut := ShardOptions{Workers: 1, Progress: func(quads int64) {
		if quads > 0 {
			line.Cut(true)
		}
	}}
	if _, err := s.ImportShards(ctx, files, cut); err == nil {
		t.Error("shards were imported without a database")
	}
	line.Cut(false)
	for try := 0; ; try++ {
		_, err := s.ImportShards(ctx, files, ShardOptions{Workers: 1})
		if err == nil {
			break
		}
		if try == 20 {
			t.Fatalf("an import of shards after the database came back: %v", err)
		}
		time.Sleep(100 * time.Millisecond) // the server may still hold what was lost
	}
	maps.Copy(want, set)
	sameLines(t, s, want)
	checked(t, s)
}
