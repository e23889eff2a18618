package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	ckv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/kv/btree"

	"hearsay/graph/gizmo"
	"hearsay/graph/gizmo/gizmotest"
)

// cayleyPeople is the graph of Gizmo's suite in a store of Cayley's own, which no plan
// of ours answers.
func cayleyPeople(t *testing.T) cayley.QuadStore {
	t.Helper()
	db := btree.New()
	if err := ckv.Init(db, nil); err != nil {
		t.Fatal(err)
	}
	qs, err := ckv.New(db, kvOptions())
	if err != nil {
		t.Fatal(err)
	}
	w, err := qs.NewQuadWriter()
	if err == nil {
		_, err = w.WriteQuads(gizmotest.People())
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return qs
}

// randomPath is a path of a few steps, with tags where they are asked for.
func randomPath(r *rand.Rand, steps int, tags bool) string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	node := func() string {
		return pick(`"<alice>"`, `"<bob>"`, `"<charlie>"`, `"<dani>"`, `"<greg>"`, `"<emily>"`, `"<nobody>"`, `"cool"`, `"smart"`)
	}
	predicate := func() string {
		return pick(`"<follows>"`, `"<follows>"`, `"<status>"`, `"<unknown>"`, `["<follows>", "<status>"]`, ``)
	}
	sub := func() string { return randomPath(r, steps/2, false) }
	var b strings.Builder
	b.WriteString(pick(`g.V()`, `g.V(`+node()+`)`, `g.V(`+node()+`, `+node()+`)`))
	for range steps {
		one := pick(`"<follows>"`, `"<status>"`)
		step := []string{`.out(` + predicate() + `)`, `.in(` + predicate() + `)`, `.both(` + pick(`"<follows>"`, `"<status>"`) + `)`,
			`.has(` + one + `, ` + node() + `)`, `.has(` + one + `)`, `.hasR("<follows>", ` + node() + `)`, `.is(` + node() + `)`,
			`.and(` + sub() + `)`, `.or(` + sub() + `)`, `.except(` + sub() + `)`, `.labelContext("<smart_graph>")`, `.labelContext()`,
			`.follow(g.M().out(` + one + `).in(` + one + `))`, `.followR(g.M().out(` + one + `))`, `.has(` + one + `, regex("o"))`, `.filter(like("%a%"))`}
		if tags {
			step = append(step, `.tag("t`+fmt.Sprint(r.IntN(3))+`")`, `.save(`+one+`, "s")`, `.saveOpt(`+one+`, "o")`, `.saveR("<follows>", "r")`,
				`.out(`+one+`, "p")`, `.saveOptR("<follows>", "q")`)
		} else { // of several ways to a node one is kept, which is a matter of chance
			step = append(step, `.unique()`, `.outPredicates()`, `.inPredicates()`, `.followRecursive("<follows>")`, `.followRecursive(g.M().in("<follows>"), 2)`)
		}
		b.WriteString(step[r.IntN(len(step))])
	}
	return b.String()
}

// Paths lead where Cayley's iterators lead, whatever they are made of; with tags we
// may find more ways there, since each combination counts, but never fewer. Where
// Cayley panics, on paths within which nothing is known, we find what there is.
func TestPlansLeadWhereCayleyDoes(t *testing.T) {
	ctx := context.Background()
	theirs := cayleyPeople(t)
	for _, uri := range []string{"memory:", postgres(t)} {
		if uri == "" {
			continue
		}
		kind, _, _ := strings.Cut(uri, ":")
		t.Run(kind, func(t *testing.T) {
			s := people(t, uri)
			r, failed := rand.New(rand.NewPCG(5, 6)), 0
			paths := 1500
			if testing.Short() {
				paths = 200
			}
			for n := range paths {
				tags := n%3 == 0
				script := randomPath(r, 1+r.IntN(4), tags) + `.all()`
				want := rowSet(func(emit func(any) bool) error {
					return gizmo.Run(ctx, theirs, script, gizmo.Options{Limit: 100_000}, emit)
				})
				if slices.Contains(want, "error") {
					failed++
					continue
				}
				got := rowSet(func(emit func(any) bool) error {
					for v, err := range s.QueryValues(ctx, script, QueryOptions{Limit: 100_000}) {
						if err != nil || !emit(v) {
							return err
						}
					}
					return nil
				})
				if tags {
					got = slices.DeleteFunc(got, func(row string) bool { return !slices.Contains(want, row) })
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s\ngot  %s\nwant %s", script, got, want)
				}
			}
			if failed > 50 {
				t.Errorf("Cayley follows %d paths not", failed)
			}
		})
	}
}

// rowSet are the different rows as JSON, sorted, and the error.
func rowSet(run func(emit func(any) bool) error) []string {
	var out []string
	err := run(func(v any) bool {
		b, _ := json.Marshal(v)
		out = append(out, string(b))
		return true
	})
	slices.Sort(out)
	if out = slices.Compact(out); err != nil {
		out = append(out, "error")
	}
	return out
}
