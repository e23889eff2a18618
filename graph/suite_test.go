package graph

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay/graph/gizmo/gizmotest"
)

// TestGizmoOnEveryStore holds every kind of store to the rows of Gizmo's suite: the
// ways in which they find quads have nothing in common.
func TestGizmoOnEveryStore(t *testing.T) {
	for _, uri := range []string{"memory:", "bolt:" + filepath.Join(t.TempDir(), "a.db"), "leveldb:" + filepath.Join(t.TempDir(), "level"), postgres(t)} {
		if uri == "" {
			continue
		}
		kind, _, _ := strings.Cut(uri, ":")
		t.Run(kind, func(t *testing.T) {
			s := people(t, uri)
			for _, q := range gizmotest.Queries() {
				if got := answer(s, q.Script); !slices.Equal(got, q.Rows) {
					t.Errorf("%s\ngot  %s\nwant %s", q.Script, got, q.Rows)
				}
			}
		})
	}
}

// people is a store with the graph of Gizmo's suite, and without the ontology.
func people(t *testing.T, uri string) *Store {
	t.Helper()
	ctx := context.Background()
	back, err := openBackend(ctx, uri, Options{LockTimeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	s := &Store{uri: uri, back: back, gate: newGate()}
	t.Cleanup(func() { s.Close() })
	if err := back.apply(ctx, nil, gizmotest.People()); err != nil {
		t.Fatal(err)
	}
	return s
}

func answer(s *Store, script string) []string {
	var out []string
	var last error
	for v, err := range s.QueryValues(context.Background(), script, QueryOptions{Params: gizmotest.Params(), Timeout: 10 * time.Second}) {
		if err != nil {
			last = err
			break
		}
		b, err := json.Marshal(v)
		if err != nil {
			b = []byte("not JSON: " + err.Error())
		}
		out = append(out, string(b))
	}
	if !strings.Contains(script, "order()") {
		slices.Sort(out)
	}
	if last != nil {
		out = append(out, "error: "+strings.TrimPrefix(last.Error(), "query: "))
	}
	return out
}
