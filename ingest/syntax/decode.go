package syntax

import "math"

// treeFinder turns arc scores into heads. Its buffers are used again.
type treeFinder struct {
	heads, mark []int
	scores      []float64
	rows        [][]float64
}

// decode finds the best head of each of n rows, row 0 being the root: scores has
// ld floats a row, row i scoring the heads of i. Exactly one row hangs from the
// root. The greedy choice stands where it is a tree, as it nearly always is; else
// the maximum spanning tree is taken (Chu and Liu 1965, Edmonds 1967).
func (f *treeFinder) decode(scores []float32, ld, n int) []int {
	f.heads = resizeInts(f.heads, n)
	f.mark = resizeInts(f.mark, n)
	h := f.heads
	h[0] = -1
	roots := 0
	for i := 1; i < n; i++ {
		h[i] = bestHead(scores[i*ld:i*ld+n], i)
		if h[i] == 0 {
			roots++
		}
	}
	if n <= 1 || roots == 1 && f.cycle(h) < 0 {
		return h
	}
	f.fill(scores, ld, n, bestRoot(scores, ld, n))
	return spanningTree(f.rows)
}

func resizeInts(s []int, n int) []int {
	if cap(s) < n {
		return make([]int, n, n+n/2)
	}
	return s[:n]
}

// bestHead is the first best head of row i other than itself.
func bestHead(row []float32, i int) int {
	best := 0
	for j, v := range row {
		if j != i && v > row[best] {
			best = j
		}
	}
	return best
}

// bestRoot is the row that loses least, or wins most, by hanging from the root.
func bestRoot(scores []float32, ld, n int) int {
	root, margin := 1, float32(math.Inf(-1))
	for i := 1; i < n; i++ {
		row := scores[i*ld : i*ld+n]
		other := float32(math.Inf(-1))
		for j := 1; j < n; j++ {
			if j != i {
				other = max(other, row[j])
			}
		}
		if m := row[0] - other; m > margin {
			root, margin = i, m
		}
	}
	return root
}

// fill copies the scores, with every arc from the root but one made impossible.
func (f *treeFinder) fill(scores []float32, ld, n, root int) {
	const never = -1e9
	if cap(f.scores) < n*n {
		f.scores = make([]float64, n*n)
	}
	f.scores = f.scores[:n*n]
	f.rows = f.rows[:0]
	for i := range n {
		row := f.scores[i*n : (i+1)*n]
		for j := range row {
			row[j] = float64(scores[i*ld+j])
			if i == j || i == 0 || (j == 0) != (i == root) {
				row[j] = never
			}
		}
		f.rows = append(f.rows, row)
	}
}

// cycle returns a row on a cycle of heads, -1 where there is none.
func (f *treeFinder) cycle(h []int) int { return findCycle(h, f.mark) }

func findCycle(h, mark []int) int {
	clear(mark)
	for i := 1; i < len(h); i++ {
		j := i
		for j > 0 && mark[j] == 0 {
			mark[j] = i
			j = h[j]
		}
		if j > 0 && mark[j] == i {
			return j
		}
	}
	return -1
}

// spanningTree is the maximum spanning arborescence from row 0: sc[i][j] scores
// head j of i. Cycles are contracted until there is none; each contraction
// shortens the problem, so it ends after at most n of them.
func spanningTree(sc [][]float64) []int {
	n := len(sc)
	h := make([]int, n)
	h[0] = -1
	for i := 1; i < n; i++ {
		best := 0
		for j := range n {
			if j != i && (best == i || sc[i][j] > sc[i][best]) {
				best = j
			}
		}
		h[i] = best
	}
	start := findCycle(h, make([]int, n))
	if start < 0 {
		return h
	}
	return expand(sc, h, start)
}

// expand contracts the cycle through start, solves the rest and opens the cycle
// again where the solution enters it.
func expand(sc [][]float64, h []int, start int) []int {
	n := len(sc)
	inCycle := make([]bool, n)
	var cycle []int
	for k := start; !inCycle[k]; k = h[k] {
		inCycle[k] = true
		cycle = append(cycle, k)
	}
	var rest []int // the rows outside the cycle, root first
	for i := range n {
		if !inCycle[i] {
			rest = append(rest, i)
		}
	}
	m := len(rest) + 1
	c := m - 1 // the cycle's row in the smaller problem
	small := make([][]float64, m)
	cells := make([]float64, m*m)
	enter, leave := make([]int, m), make([]int, m)
	for a := range small {
		small[a] = cells[a*m : (a+1)*m]
	}
	for a, i := range rest {
		for b, j := range rest {
			small[a][b] = sc[i][j]
		}
		small[a][c], small[c][a] = math.Inf(-1), math.Inf(-1)
		for _, k := range cycle {
			if v := sc[k][i] - sc[k][h[k]]; v > small[c][a] {
				small[c][a], enter[a] = v, k
			}
			if sc[i][k] > small[a][c] {
				small[a][c], leave[a] = sc[i][k], k
			}
		}
	}
	solved := spanningTree(small)
	for a, i := range rest[1:] {
		if b := solved[a+1]; b == c {
			h[i] = leave[a+1]
		} else {
			h[i] = rest[b]
		}
	}
	h[enter[solved[c]]] = rest[solved[c]]
	return h
}
