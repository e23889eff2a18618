package nn

import (
	"math"
	"slices"
	"sync"
)

// The decays of Adam's moments, and the norm that gradients are clipped to.
const (
	decayM   = 0.9
	decayV   = 0.98
	clipNorm = 5
)

// Step makes one step of Adam (Kingma and Ba 2015) with the gradients of all
// workers, clipped to a norm of 5, and clears them. Rows of tables that were not
// looked up stay as they are, moments included.
func (ps *Params) Step(rate float64) {
	ps.step++
	c1 := 1 - math.Pow(decayM, float64(ps.step))
	c2 := 1 - math.Pow(decayV, float64(ps.step))
	norms := make([]float64, len(ps.all))
	ps.parallel(func(i int, p *Param) { norms[i] = p.sum() })
	var norm float64
	for _, n := range norms {
		norm += n
	}
	scale := 1.0
	if n := math.Sqrt(norm); n > clipNorm {
		scale = clipNorm / n
	}
	c := [4]float32{float32(scale), float32(rate * math.Sqrt(c2) / c1), decayM, decayV}
	ps.parallel(func(_ int, p *Param) { p.update(&c) })
}

// parallel runs f for every parameter on two goroutines.
func (ps *Params) parallel(f func(int, *Param)) {
	var wg sync.WaitGroup
	for k := range 2 {
		wg.Go(func() {
			for i, p := range ps.all {
				if i%2 == k {
					f(i, p)
				}
			}
		})
	}
	wg.Wait()
}

// sum adds the gradients of the other workers to the first's, and returns the
// square of the norm; that of tables doesn't count.
func (p *Param) sum() (norm float64) {
	g := p.grad[0]
	if p.sparse {
		for k := 1; k < Workers; k++ {
			for _, r := range p.touched[k] {
				from := p.grad[k][int(r)*p.Cols : (int(r)+1)*p.Cols]
				axpy(1, from, g[int(r)*p.Cols:])
				clear(from)
			}
			p.touched[0] = append(p.touched[0], p.touched[k]...)
			p.touched[k] = p.touched[k][:0]
		}
		slices.Sort(p.touched[0])
		p.touched[0] = slices.Compact(p.touched[0])
		return 0
	}
	for k := 1; k < Workers; k++ {
		axpy(1, p.grad[k], g)
		clear(p.grad[k])
	}
	for _, v := range g {
		norm += float64(v) * float64(v)
	}
	return norm
}

func (p *Param) update(c *[4]float32) {
	if !p.sparse {
		adam(p.W, p.m, p.v, p.grad[0], c)
		return
	}
	for _, r := range p.touched[0] {
		a, b := int(r)*p.Cols, (int(r)+1)*p.Cols
		adam(p.W[a:b], p.m[a:b], p.v[a:b], p.grad[0][a:b], c)
	}
	p.touched[0] = p.touched[0][:0]
}

func adam(w, m, v, g []float32, c *[4]float32) {
	i := 0
	if n := len(w); available >= avx2 && n >= 8 {
		i = n &^ 7
		adam8(i, &w[0], &m[0], &v[0], &g[0], c)
	}
	for ; i < len(w); i++ {
		x := g[i] * c[0]
		g[i] = 0
		m[i] = float32(m[i]*c[2]) + float32(x*(1-c[2]))
		v[i] = float32(v[i]*c[3]) + float32(float32(x*x)*(1-c[3]))
		w[i] -= float32(m[i]*c[1]) / (float32(math.Sqrt(float64(v[i]))) + 1e-8)
	}
}
