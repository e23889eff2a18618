package seeds_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"hearsay/ingest/reader"
	"hearsay/seeds"
)

func TestArticles(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, seeds.Articles); err != nil {
		t.Fatal(err)
	}
	r := reader.Reader{}
	documents, invented, seen := 0, 0, map[string]bool{}
	for d, err := range r.Documents(context.Background(), []string{dir}) {
		if err != nil {
			t.Fatal(err)
		}
		documents++
		if seen[d.IRI] {
			t.Errorf("%s comes twice", d.IRI)
		}
		seen[d.IRI] = true
		if words := len(strings.Fields(d.Text)); words < 200 || words > 500 {
			t.Errorf("%s: %d words", d.ID, words)
		}
		if d.Published.IsZero() || d.Outlet == "" || d.Title == "" {
			t.Errorf("%s: title %q, outlet %q, date %v", d.ID, d.Title, d.Outlet, d.Published)
		}
		switch {
		case strings.Contains(d.Outlet, "invented"):
			invented++
		case strings.ContainsAny(d.Text, `"“”`):
			t.Errorf("%s tells of a real event and holds a direct quotation", d.ID)
		}
	}
	if documents != 12 || invented != 6 {
		t.Errorf("%d articles, %d of them invented", documents, invented)
	}
}
