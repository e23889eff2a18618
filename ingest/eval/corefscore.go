package eval

import "math"

// corefCounts add up the three scores of coreference over documents. A mention is
// any comparable value; a cluster is a set of them.
type corefCounts struct {
	mucR, mucP, bR, bP, ceafR, ceafP ratio
}

// ratio is a sum of numerators over a sum of denominators.
type ratio struct{ n, d float64 }

func (r *ratio) add(n, d float64) { r.n += n; r.d += d }

func (r ratio) percent() float64 {
	if r.d == 0 {
		return 0
	}
	return 100 * r.n / r.d
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func (c *corefCounts) muc() float64  { return harmonic(c.mucP.percent(), c.mucR.percent()) }
func (c *corefCounts) b3() float64   { return harmonic(c.bP.percent(), c.bR.percent()) }
func (c *corefCounts) ceaf() float64 { return harmonic(c.ceafP.percent(), c.ceafR.percent()) }

// add compares the clusters of one document.
func (c *corefCounts) add(gold, system [][]span) {
	n, d := muc(gold, system)
	c.mucR.add(n, d)
	n, d = muc(system, gold)
	c.mucP.add(n, d)
	n, d = bCubed(gold, system)
	c.bR.add(n, d)
	n, d = bCubed(system, gold)
	c.bP.add(n, d)
	n = ceafE(gold, system)
	c.ceafR.add(n, float64(len(gold)))
	c.ceafP.add(n, float64(len(system)))
}

// span is a mention as its first and last token.
type span [2]int

func clusterOf(clusters [][]span) map[span]int {
	m := map[span]int{}
	for k, c := range clusters {
		for _, s := range c {
			m[s] = k
		}
	}
	return m
}

// muc counts the links of a that b keeps (Vilain et al. 1995).
func muc(a, b [][]span) (n, d float64) {
	in := clusterOf(b)
	for _, c := range a {
		parts, loose := map[int]bool{}, 0
		for _, s := range c {
			if k, ok := in[s]; ok {
				parts[k] = true
			} else {
				loose++
			}
		}
		n += float64(len(c) - len(parts) - loose)
		d += float64(len(c) - 1)
	}
	return n, d
}

// bCubed sums, over a's mentions, the share of its cluster that b puts with it
// (Bagga and Baldwin 1998).
func bCubed(a, b [][]span) (n, d float64) {
	in := clusterOf(b)
	for _, c := range a {
		parts := map[int]int{}
		for _, s := range c {
			if k, ok := in[s]; ok {
				parts[k]++
			}
		}
		for _, p := range parts {
			n += float64(p*p) / float64(len(c))
		}
		d += float64(len(c))
	}
	return n, d
}

// ceafE is the best sum of similarities of clusters aligned one to one, by the
// entity-based measure φ4 (Luo 2005).
func ceafE(a, b [][]span) float64 {
	in := clusterOf(b)
	n := max(len(a), len(b))
	cost := make([][]float64, n)
	for i := range cost {
		cost[i] = make([]float64, n)
	}
	for i, c := range a {
		for _, s := range c {
			if k, ok := in[s]; ok {
				cost[i][k] -= 2 / float64(len(c)+len(b[k]))
			}
		}
	}
	return -assign(cost)
}

// assign is the cost of the cheapest one-to-one assignment of a square matrix, by
// the Hungarian method.
func assign(cost [][]float64) float64 {
	n := len(cost)
	u, v := make([]float64, n+1), make([]float64, n+1)
	match, way := make([]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		match[0] = i
		least, used := make([]float64, n+1), make([]bool, n+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		j0 := 0
		for {
			used[j0] = true
			i0, j1, delta := match[j0], 0, math.Inf(1)
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if c := cost[i0-1][j-1] - u[i0] - v[j]; c < least[j] {
					least[j], way[j] = c, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := 0; j <= n; j++ {
				if used[j] {
					u[match[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			j0 = j1
			if match[j0] == 0 {
				break
			}
		}
		for j0 != 0 {
			match[j0] = match[way[j0]]
			j0 = way[j0]
		}
	}
	total := 0.0
	for j := 1; j <= n; j++ {
		if match[j] > 0 {
			total += cost[match[j]-1][j-1]
		}
	}
	return total
}
