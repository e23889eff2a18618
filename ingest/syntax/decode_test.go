package syntax

import (
	"math"
	"math/rand/v2"
	"testing"
)

// bestTree tries every tree with one child of the root.
func bestTree(scores []float32, n int) (best float64) {
	h := make([]int, n)
	h[0] = -1
	best = math.Inf(-1)
	var try func(i int, sum float64)
	try = func(i int, sum float64) {
		if i == n {
			roots := 0
			for k := 1; k < n; k++ {
				if h[k] == 0 {
					roots++
				}
			}
			if roots == 1 && findCycle(h, make([]int, n)) < 0 && sum > best {
				best = sum
			}
			return
		}
		for j := range n {
			if j != i {
				h[i] = j
				try(i+1, sum+float64(scores[i*n+j]))
			}
		}
	}
	try(1, 0)
	return best
}

func TestSpanningTreeIsTheBestOfAll(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n := 2 + rng.IntN(5)
		rows := make([][]float64, n)
		flat := make([]float32, n*n)
		for i := range rows {
			rows[i] = make([]float64, n)
			for j := range rows[i] {
				flat[i*n+j] = float32(rng.IntN(40))
				rows[i][j] = float64(flat[i*n+j])
			}
		}
		// With one root allowed beforehand the spanning tree must be the best.
		best := math.Inf(-1)
		for root := 1; root < n; root++ {
			f := &treeFinder{}
			f.fill(flat, n, n, root)
			h := spanningTree(f.rows)
			sum := 0.0
			for i := 1; i < n; i++ {
				sum += rows[i][h[i]]
			}
			if findCycle(h, make([]int, n)) >= 0 {
				t.Fatalf("cycle in %v for %v", h, rows)
			}
			best = max(best, sum)
		}
		if want := bestTree(flat, n); best != want {
			t.Fatalf("tree of %v, the best has %v: %v", best, want, rows)
		}
	}
}

func TestDecodeGivesOneRoot(t *testing.T) {
	for _, c := range []struct {
		name   string
		scores []float32
		want   []int
	}{
		{"a tree already", []float32{0, 0, 0, 9, 0, 0, 0, 9, 0}, []int{-1, 0, 1}},
		{"two roots", []float32{0, 0, 0, 9, 0, 1, 8, 1, 0}, []int{-1, 0, 1}},
		{"a cycle", []float32{0, 0, 0, 1, 0, 9, 2, 9, 0}, []int{-1, 2, 0}},
		{"the root alone", []float32{0}, []int{-1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := (&treeFinder{}).decode(c.scores, len(c.want), len(c.want))
			for i := range c.want {
				if got[i] != c.want[i] {
					t.Fatalf("heads %v, want %v", got, c.want)
				}
			}
		})
	}
}
