package gizmo

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/kv/btree"
	"github.com/cayleygraph/cayley/query"
	cgizmo "github.com/cayleygraph/cayley/query/gizmo"

	"hearsay/graph/gizmo/gizmotest"
)

var update = flag.Bool("update", false, "write what the queries give into gizmotest/queries.txt")

// peopleStore holds the graph in the layout of key-value stores.
func peopleStore(t testing.TB) graph.QuadStore {
	t.Helper()
	db := btree.New()
	if err := kv.Init(db, nil); err != nil {
		t.Fatal(err)
	}
	qs, err := kv.New(db, graph.Options{kv.OptNoBloom: true})
	if err != nil {
		t.Fatal(err)
	}
	w, err := qs.NewQuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.WriteQuads(gizmotest.People()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return qs
}

// results runs a script and gives its rows as JSON, sorted, and its error.
func results(qs graph.QuadStore, script string, opts Options) []string {
	return gather(Run, qs, script, opts)
}

func pooled(p *Pool, qs graph.QuadStore, script string, opts Options) []string {
	return gather(p.Run, qs, script, opts)
}

type runner func(context.Context, graph.QuadStore, string, Options, func(any) bool) error

func gather(run runner, qs graph.QuadStore, script string, opts Options) []string {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	out := []string{}
	err := run(ctx, qs, script, opts, func(v any) bool {
		b, err := json.Marshal(v)
		if err != nil {
			b = []byte("not JSON: " + err.Error())
		}
		out = append(out, string(b))
		return true
	})
	if !strings.Contains(script, "order()") {
		sort.Strings(out)
	}
	if err != nil {
		out = append(out, "error: "+err.Error())
	}
	return out
}

// TestQueries holds every query of the suite to its rows.
func TestQueries(t *testing.T) {
	qs, pool, list := peopleStore(t), testPool(t), gizmotest.Queries()
	if len(list) < 150 {
		t.Errorf("%d queries, want at least 150", len(list))
	}
	var golden strings.Builder
	for _, q := range list {
		opts := Options{Params: gizmotest.Params()}
		got := results(qs, q.Script, opts)
		if !*update && strings.Join(got, "\n") != strings.Join(q.Rows, "\n") {
			t.Errorf("%s\ngot  %s\nwant %s", q.Script, got, q.Rows)
		}
		if far := pooled(pool, qs, q.Script, opts); strings.Join(far, "\n") != strings.Join(got, "\n") {
			t.Errorf("%s\nin a process %s\nhere         %s", q.Script, far, got)
		}
		fmt.Fprintln(&golden, q.Script)
		for _, row := range got {
			fmt.Fprintf(&golden, "\t%s\n", row)
		}
	}
	if *update {
		if err := os.WriteFile("gizmotest/queries.txt", []byte(golden.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSameAsCayley runs the suite's queries with Cayley's own session, too:
// a step that Cayley carries out must keep its meaning.
func TestSameAsCayley(t *testing.T) {
	qs := peopleStore(t)
	for _, q := range gizmotest.Queries() {
		script := q.Script
		if differs(script) {
			continue
		}
		theirs, err := cayleyResults(qs, script)
		if err != nil {
			continue // what Cayley refuses has no meaning to keep
		}
		ours := results(qs, script, Options{Params: map[string]any{}})
		if strings.Join(ours, "\n") != strings.Join(theirs, "\n") {
			t.Errorf("%s\nours   %s\nCayley %s", script, ours, theirs)
		}
	}
}

// differs lists where we mean to differ from Cayley.
func differs(script string) bool {
	for _, part := range []string{
		"except(g.V(\"<nobody>\")", "<nothing>\")).all()", // it panics in a goroutine of its own
		"labelContext(\"<smart_graph>\").follow", // it forgets the labels
		"labelContext(\"<smart_graph>\").out(\"<status>\")).in",
		"gt(2))", "gt(30.5)", "lt(2.5)", // it compares integers with integers alone
		"tag([",                        // it makes one tag of an array
		"labels()",                     // it gives an empty row for quads without a label
		"typed(", "emit(iri", "g.IRI(", // it forgets the brackets of IRIs
		"params", "1 + 1", `"x"`, // it has no params, and gives null for a script's last value
	} {
		if strings.Contains(script, part) {
			return true
		}
	}
	return strings.HasSuffix(script, "count()") // its last value comes as null
}

func cayleyResults(qs graph.QuadStore, script string) ([]string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	it, err := cgizmo.NewSession(qs).Execute(ctx, script, query.Options{Collation: query.JSON, Limit: -1})
	if err != nil {
		return nil, err
	}
	defer it.Close()
	out := []string{}
	for it.Next(ctx) {
		if it.Result() == nil {
			continue
		}
		b, err := json.Marshal(it.Result())
		if err != nil {
			return nil, err
		}
		out = append(out, string(b))
	}
	if !strings.Contains(script, "order()") {
		sort.Strings(out)
	}
	return out, errors.Join(it.Err())
}
