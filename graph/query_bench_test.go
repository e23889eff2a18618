package graph

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
)

// loaded is a store with so many documents of the corpus.
func loaded(b testing.TB, uri string, documents int) *Store {
	b.Helper()
	ctx := context.Background()
	s, err := Open(ctx, uri, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	err = s.load(ctx, s.back.(loader), func(add func(quad.Quad) error) error {
		_, err := feedCorpus(documents, add)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// A query that would go on for minutes ends soon after its deadline.
func TestDeadline(t *testing.T) {
	for _, uri := range []string{"bolt:" + filepath.Join(t.TempDir(), "a.db"), postgres(t)} {
		if uri == "" {
			continue
		}
		kind, _, _ := strings.Cut(uri, ":")
		t.Run(kind, func(t *testing.T) { testDeadline(t, loaded(t, uri, 50)) })
	}
}

func testDeadline(t *testing.T, s *Store) {
	for _, script := range []string{
		`g.V().count()`,
		`g.V().out().out().out().out().count()`,
		`g.V().both().both().both().all()`,
		`g.V().in().out().in().out().unique().all()`,
		`g.V().followRecursive(g.M().both(), 50).count()`,
		`g.V().and(g.V().out().in()).and(g.V().in().out()).count()`,
		`g.V().has("<hs:polarity>", regex("n")).out().in().out().order().all()`,
		`g.V().except(g.V().out().out().out()).count()`,
		`while (true) g.V().out().count()`,
	} {
		begun, rows := time.Now(), 0
		var last error
		for _, err := range s.Query(context.Background(), script, QueryOptions{Timeout: 50 * time.Millisecond, Limit: 1 << 30}) {
			last = err
			rows++
		}
		took := time.Since(begun)
		t.Logf("%4d ms, %d rows, %v: %s", took.Milliseconds(), rows, last, script)
		if took > 5*time.Second { // on a busy machine; milliseconds on an idle one
			t.Errorf("%s took %s past a deadline of 50 ms", script, took)
		}
	}
}
