package graph

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// builderStores are the kinds whose builders load, and one whose don't.
func builderStores(t *testing.T) []string {
	return []string{"bolt:" + filepath.Join(t.TempDir(), "a.db"), "leveldb:" + filepath.Join(t.TempDir(), "level"), "memory:"}
}

// A builder gives what single transactions give, also where an identity comes
// again, and leaves nothing beside the store.
func TestBuilder(t *testing.T) {
	ctx := context.Background()
	for _, uri := range builderStores(t) {
		one, err := Open(ctx, "memory:", Options{})
		if err != nil {
			t.Fatal(err)
		}
		s, err := Open(ctx, uri, Options{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.NewBuilder(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"a.txt", "b.txt", "c.txt", "a.txt", "d.txt"} {
			d := kaspersky(id)
			want, err := one.Put(ctx, d)
			if err != nil {
				t.Fatal(err)
			}
			got, err := b.Put(ctx, d)
			if err != nil || got != want {
				t.Errorf("%s: Put %s = %+v, %v; want %+v", uri, id, got, err, want)
			}
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if exported(t, s) != exported(t, one) {
			t.Errorf("%s: differs from what single transactions give", uri)
		}
		checked(t, s)
		again, err := s.NewBuilder(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := again.Put(ctx, kaspersky("a.txt")); err != nil || got.Status != Unchanged {
			t.Errorf("%s: Put again = %+v, %v; want unchanged", uri, got, err)
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
		s.Close()
		one.Close()
		_, path, _ := strings.Cut(uri, ":")
		if left, _ := filepath.Glob(path + ".*"); path != "" && len(left) > 0 {
			t.Errorf("%s: left %v", uri, left)
		}
	}
}

// A builder that gets nothing changes nothing.
func TestBuilderOfNothing(t *testing.T) {
	ctx := context.Background()
	for _, uri := range builderStores(t) {
		s, err := Open(ctx, uri, Options{})
		if err != nil {
			t.Fatal(err)
		}
		before := exported(t, s)
		b, err := s.NewBuilder(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if exported(t, s) != before {
			t.Errorf("%s: changed", uri)
		}
		s.Close()
	}
}

// What a builder has reported is in the store when that is opened next, for
// reading, too; what it hasn't is not.
func TestJournalIsTakenUp(t *testing.T) {
	ctx := context.Background()
	for _, kind := range []string{"bolt", "leveldb"} {
		for _, readOnly := range []bool{false, true} {
			path := filepath.Join(t.TempDir(), "store")
			want := taken(t, kind+":"+path, path+".journal")
			s, err := Open(ctx, kind+":"+path, Options{ReadOnly: readOnly})
			if err != nil {
				t.Fatal(err)
			}
			if got := exported(t, s); got != want {
				t.Errorf("%s, read-only %v: the store holds\n%s\nwant\n%s", kind, readOnly, got, want)
			}
			checked(t, s)
			s.Close()
			if _, err := os.Stat(path + ".journal"); !os.IsNotExist(err) {
				t.Errorf("%s: the journal is still there, %v", kind, err)
			}
		}
	}
}

// taken leaves a store with the journal of a build of three documents, the third
// by half, and gives what must become of it.
func taken(t *testing.T, uri, path string) string {
	t.Helper()
	ctx := context.Background()
	s, err := Open(ctx, uri, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	j, err := newJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := Open(ctx, "memory:", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer want.Close()
	size := 0
	for n, id := range []string{"a.txt", "b.txt", "c.txt"} {
		d := kaspersky(id)
		d.Text = strings.Replace(d.Text, "Spain", []string{"Spain", "Malta", "Samoa"}[n], 1)
		quads := Quads(d)
		if err := j.add(quads); err != nil {
			t.Fatal(err)
		}
		if n < 2 {
			size += j.buf.Len()
			if err := want.apply(ctx, nil, quads); err != nil {
				t.Fatal(err)
			}
		}
	}
	j.f.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	half := whole[:size+(len(whole)-size)/2]
	if bytes.Equal(half, whole) {
		t.Fatal("nothing was cut off")
	}
	if err := os.WriteFile(path, half, 0o644); err != nil {
		t.Fatal(err)
	}
	return exported(t, want)
}
