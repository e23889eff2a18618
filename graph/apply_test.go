package graph

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

// TestApplyIsASet replaces random sets of quads by others and compares the store
// with a plain set. The few values come and go all the time, as subject, object
// and text, often out of one quad and into another in the same transaction.
func TestApplyIsASet(t *testing.T) {
	const label = quad.IRI("hs:doc/random")
	ctx := context.Background()
	for name, s := range backends(t) {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			value := func() quad.Value {
				n := r.IntN(12)
				if n%2 == 0 {
					return quad.IRI(fmt.Sprintf("hs:n%d", n))
				}
				return quad.String(fmt.Sprintf("text %d", n))
			}
			have := map[string]quad.Quad{}
			steps := 200
			if name == "postgres" || name == "cockroach" {
				steps = 60
			}
			for step := range steps {
				var remove, add []quad.Quad
				for line, q := range have {
					if r.IntN(3) == 0 {
						remove = append(remove, q)
						delete(have, line)
					}
				}
				for range r.IntN(6) {
					q := quad.Quad{Subject: quad.IRI(fmt.Sprintf("hs:n%d", 2*r.IntN(6))), Predicate: quad.IRI(fmt.Sprintf("hs:n%d", 2*r.IntN(3))), Object: value(), Label: label}
					line := string(AppendNQuad(nil, q))
					if _, dup := have[line]; dup {
						continue
					}
					have[line] = q
					add = append(add, q)
				}
				remove = slices.DeleteFunc(remove, func(q quad.Quad) bool { return slices.Contains(add, q) })
				if err := s.apply(ctx, remove, add); err != nil {
					t.Fatal(err)
				}
				var want []string
				for line := range have {
					want = append(want, line)
				}
				slices.Sort(want)
				var got bytes.Buffer
				if err := s.Export(ctx, &got, ExportOptions{Format: "nquads", Label: string(label)}); err != nil {
					t.Fatal(err)
				}
				if got.String() != strings.Join(want, "") {
					t.Fatalf("step %d: the store holds\n%swant\n%s", step, got.String(), strings.Join(want, ""))
				}
			}
		})
	}
}
