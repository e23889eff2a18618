package graph

import (
	"context"
	"strings"
	"testing"
	"time"
)

// A document is one reader's, until that has stored it or is gone.
func TestTurns(t *testing.T) {
	ctx, uri := context.Background(), postgres(t)
	if uri == "" {
		t.Skip("HEARSAY_POSTGRES names no database")
	}
	for _, uri := range []string{uri, "cockroach" + strings.TrimPrefix(postgres(t), "postgres")} {
		var stores [2]*Store
		var turns [2]*Turns
		for i := range stores {
			var err error
			if stores[i], err = Open(ctx, uri, Options{}); err != nil {
				t.Fatal(err)
			}
			turns[i] = stores[i].Turns("by the same models")
		}
		defer stores[1].Close()
		d := kaspersky("a.txt")
		take := func(i int, want Turn) {
			t.Helper()
			if got, err := turns[i].Take(ctx, d.ID, d.IRI); err != nil || got != want {
				t.Fatalf("%s: reader %d: turn %d, %v; want %d", uri, i, got, err, want)
			}
		}
		take(0, Ours)
		take(1, Others)
		if _, err := stores[0].Put(ctx, d); err != nil {
			t.Fatal(err)
		}
		if err := turns[0].Done(ctx, d.ID, d.IRI); err != nil {
			t.Fatal(err)
		}
		take(1, Read)
		// What lost a quad is read again, and gets it back.
		whole := exported(t, stores[1])
		for l := range strings.Lines(whole) {
			if strings.Contains(l, " <hs:stance> ") {
				if n, err := stores[1].Delete(ctx, strings.NewReader(l)); err != nil || n != 1 {
					t.Fatalf("%s: %d quads deleted, %v", uri, n, err)
				}
			}
		}
		take(1, Ours)
		if _, err := stores[1].Put(ctx, d); err != nil {
			t.Fatal(err)
		}
		if err := turns[1].Done(ctx, d.ID, d.IRI); err != nil {
			t.Fatal(err)
		}
		if exported(t, stores[0]) != whole {
			t.Errorf("%s: a deleted quad isn't restored", uri)
		}
		take(0, Read)
		others := stores[1].Turns("by other models")
		if turn, err := others.Take(ctx, d.ID, d.IRI); err != nil || turn != Ours {
			t.Errorf("%s: by other models: turn %d, %v", uri, turn, err)
		}
		if err := others.Done(ctx, d.ID, d.IRI); err != nil {
			t.Fatal(err)
		}
		d = kaspersky("b.txt")
		take(0, Ours)
		go func() {
			time.Sleep(50 * time.Millisecond)
			stores[0].Close() // the first reader is gone
		}()
		if got, err := turns[1].Wait(ctx, d.ID, d.IRI); err != nil || got != Ours {
			t.Errorf("%s: after the other was gone: turn %d, %v", uri, got, err)
		}
		// What was removed is read again.
		if _, err := stores[1].Remove(ctx, "a.txt"); err != nil {
			t.Fatal(err)
		}
		d = kaspersky("a.txt")
		take(1, Ours)
	}
}

// A store that one process holds has no turns.
func TestNoTurns(t *testing.T) {
	s, err := Open(context.Background(), "memory:", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Turns("") != nil || s.Shared() {
		t.Error("a store in memory is shared")
	}
}
