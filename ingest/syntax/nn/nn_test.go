package nn

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// with runs f under one kernel.
func with(k kernel, f func()) {
	defer func(was kernel) { available = was }(available)
	available = k
	f()
}

func random(n int, rng *rand.Rand) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

func TestMultiplyAgreesWithSchoolbook(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, s := range [][3]int{{8, 1, 32}, {16, 7, 32}, {8, 33, 96}, {24, 100, 64}} {
		m, k, n := s[0], s[1], s[2]
		a, b, start := random(m*k, rng), random(k*n, rng), random(m*n, rng)
		for _, kern := range runnable() {
			for _, add := range []bool{false, true} {
				c := append([]float32(nil), start...)
				with(kern, func() { multiply(a, m, k, pack(nil, b, k, n), n, c, add) })
				for i := range c {
					want := 0.0
					if add {
						want = float64(start[i])
					}
					for p := range k {
						want += float64(a[i/n*k+p]) * float64(b[p*n+i%n])
					}
					if math.Abs(want-float64(c[i])) > 1e-4 {
						t.Fatalf("kernel %d, %v, add %v: c[%d] = %v, want %v", kern, s, add, i, c[i], want)
					}
				}
			}
		}
	}
}

func TestFloatAssemblyAgreesToTheBit(t *testing.T) {
	if !slices.Contains(runnable(), avx512) {
		t.Skip("needs AVX-512 to compare with AVX2")
	}
	rng := rand.New(rand.NewPCG(3, 4))
	a, b := random(16*300, rng), random(300*64, rng)
	out := map[kernel][]float32{}
	for _, kern := range []kernel{avx2, avx512} {
		c := make([]float32, 16*64)
		with(kern, func() { multiply(a, 16, 300, pack(nil, b, 300, 64), 64, c, false) })
		out[kern] = c
	}
	for i := range out[avx2] {
		if out[avx2][i] != out[avx512][i] {
			t.Fatalf("c[%d]: avx2 %v, avx512 %v", i, out[avx2][i], out[avx512][i])
		}
	}
}

// Every kernel must give the same bits for int8 layers, saturation included, with
// weights of all sizes and with weights that are all as large as they get.
func TestInt8KernelsAgreeToTheBit(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, s := range [][4]int{{1, 4, 16}, {9, 64, 32}, {17, 320, 48}, {5, 12, 16}, {8, 768, 48, 1}, {3, 132, 32, 1}} {
		rows, in, out := s[0], s[1], s[2]
		w := &Param{Rows: in, Cols: out, W: random(in*out, rng)}
		if s[3] == 1 {
			for i := range w.W {
				w.W[i] = float32(math.Copysign(1, float64(w.W[i])))
			}
		}
		b := &Param{Rows: 1, Cols: out, W: random(out, rng)}
		x := random(rows*in, rng)
		for i := range in { // all extremes: the sums of products are as large as they get
			if x[i] = 1; i%2 == 1 {
				x[i] = -1
			}
		}
		q := Quantise(w, b)
		var act Activations
		act.Set(x, rows, in)
		var want []float32
		for _, kern := range runnable() {
			with(kern, func() {
				got := q.Apply(nil, &act)[:rows*out]
				if want == nil {
					want = got
				}
				for i := range got {
					if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
						t.Fatalf("%v: kernel %s out[%d] = %v, want %v", s, kernelNames[kern], i, got[i], want[i])
					}
				}
			})
		}
		for i := range want {
			exact := float64(b.W[i%out])
			for p := range in {
				exact += float64(x[i/out*in+p]) * float64(w.W[p*out+i%out])
			}
			if math.Abs(exact-float64(want[i])) > 0.1*math.Sqrt(float64(in))+0.02 {
				t.Errorf("%v: out[%d] = %v, exact %v", s, i, want[i], exact)
			}
		}
	}
}

// The row operations must give the same bits in assembly and in Go, and do what
// the graph does.
func TestRowsAgreeToTheBit(t *testing.T) {
	const rows, cols = 11, 64
	segs := []Segment{{0, 7}, {7, 11}}
	rng := rand.New(rand.NewPCG(11, 12))
	x, u := random(rows*cols, rng), random(rows*3*cols, rng)
	norm := Norm{random(cols, rng), random(cols, rng)}
	run := func() (out []float32) {
		y, v := append([]float32(nil), x...), append([]float32(nil), u...)
		norm.AddRecur(y, v, cols, segs)
		out = append(out, y...)
		norm.AddMaxout(y, v, rows, cols)
		RectifyRows(y)
		out = append(out, y...)
		var a, b Activations
		a.Set(y, rows, cols)
		b.SetWindow(y, rows, cols, segs, 2)
		for _, act := range []*Activations{&a, &b} {
			out = append(out, act.scale[:rows]...)
			for _, q := range act.q[:rows*act.Cols] {
				out = append(out, float32(q))
			}
		}
		return out
	}
	var want []float32
	for _, kern := range runnable() {
		with(kern, func() {
			got := run()
			if want == nil {
				want = got
			}
			for i := range got {
				if got[i] != want[i] {
					t.Fatalf("kernel %d: value %d is %v, want %v", kern, i, got[i], want[i])
				}
			}
		})
	}
	g := NewGraph(0, 1)
	tx, tu := g.New(rows, cols), g.New(rows, 3*cols)
	copy(tx.X, x)
	copy(tu.X, u)
	ps := NewParams(1)
	gain, bias := ps.Bias("gain", cols, 0), ps.Bias("bias", cols, 0)
	copy(gain.W, norm.Gain)
	copy(bias.W, norm.Bias)
	trained := g.AddNorm(tx, g.Recur(tu, segs), gain, bias)
	for i := range rows * cols {
		if d := math.Abs(float64(trained.X[i] - want[i])); d > 1e-4 {
			t.Fatalf("value %d: inference %v, training %v", i, want[i], trained.X[i])
		}
	}
}

// Gradients of every operation against finite differences.
func TestGradients(t *testing.T) {
	segs := []Segment{{0, 5}, {5, 8}}
	index := []int32{-1, 0, 1, 1, 2, -1, 5, 5}
	gold := []int32{-1, 0, 4, 1, 3, -1, 7, 5}
	ids := []int32{0, 3, 3, -1, 2, 1, 0, 4}
	ps := NewParams(9)
	table := ps.Table("table", 5, 32, 1)
	w, b := ps.Matrix("w", 96, 96, 1), ps.Bias("b", 96, 0.1)
	v := ps.Matrix("v", 32, 64, 1)
	gain, bias := ps.Bias("gain", 32, 1.2), ps.Bias("bias", 32, 0.3)
	run := func(g *Graph) float64 {
		g.Reset()
		x := g.Lookup(table, ids)
		y := g.Recur(g.Linear(g.Window(x, segs, 1), w, b), segs)
		x = g.AddNorm(x, y, gain, bias)
		z := g.Maxout(g.Linear(x, v, nil))
		z = g.Rectify(z)
		p := g.Add(g.Pair(x, z, index), g.Product(z, x, index))
		rel := g.Linear(g.Add(p, z), v, nil)
		loss := g.PointerLoss(p, x, rel, func(_ Segment, i, j int) (int, int) { return (8 + i - j) % 16, 20 }, segs, gold, 1)
		return loss + g.CrossEntropy(g.Concat(z, p), 60, gold, 1)
	}
	g := NewGraph(0, 1)
	run(g)
	g.Backward()
	for _, p := range ps.All() {
		for k := 0; k < len(p.W); k += 1 + len(p.W)/7 {
			const h = 1e-2
			was := p.W[k]
			p.W[k] = was + h
			up := run(g)
			p.W[k] = was - h
			down := run(g)
			p.W[k] = was
			want := (up - down) / (2 * h)
			if got := float64(p.grad[0][k]); math.Abs(got-want) > 0.02+0.05*math.Abs(want) {
				t.Errorf("%s[%d]: gradient %.4f, finite difference %.4f", p.Name, k, got, want)
			}
		}
	}
}

func TestAdamAgreesAcrossKernels(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	c := [4]float32{0.5, 0.01, decayM, decayV}
	w, m, v, g := random(35, rng), random(35, rng), random(35, rng), random(35, rng)
	for i := range v {
		v[i] *= v[i]
	}
	var want []float32
	for _, kern := range runnable() {
		x := append([]float32(nil), w...)
		with(kern, func() {
			adam(x, append([]float32(nil), m...), append([]float32(nil), v...), append([]float32(nil), g...), &c)
		})
		if want == nil {
			want = x
		}
		for i := range x {
			if math.Abs(float64(x[i]-want[i])) > 1e-6 {
				t.Errorf("kernel %d: w[%d] = %v, want %v", kern, i, x[i], want[i])
			}
		}
	}
}

func BenchmarkInt8(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	const rows, in, out = 256, 768, 512
	q := Quantise(&Param{Rows: in, Cols: out, W: random(in*out, rng)}, nil)
	var act Activations
	act.Set(random(rows*in, rng), rows, in)
	for _, kern := range runnable() {
		b.Run(kernelNames[kern], func(b *testing.B) {
			b.ReportAllocs()
			with(kern, func() {
				var dst []float32
				for b.Loop() {
					dst = q.Apply(dst, &act)
				}
			})
			b.ReportMetric(float64(rows*in*out)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
		})
	}
}

// Products of activations with each other, as the parser's arcs are.
func TestColumnsAgreeToTheBit(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	const rows, cols = 19, 64
	x, y := random(rows*cols, rng), random(rows*cols, rng)
	var want []float32
	for _, kern := range runnable() {
		with(kern, func() {
			var q Quantised
			var act Activations
			for range 2 { // its memory is used again
				q.Columns(x, rows, cols)
			}
			act.Set(y, rows, cols)
			got := q.Apply(nil, &act)[:rows*q.Out]
			if want == nil {
				want = got
			}
			for i := range got {
				if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
					t.Fatalf("kernel %s out[%d] = %v, want %v", kernelNames[kern], i, got[i], want[i])
				}
			}
		})
	}
}

// Few weights are near the largest of their column, so most groups find partners; weights that are all as large as they get must not be.
func TestPairUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	w := &Param{Rows: 256, Cols: 16, W: random(256*16, rng)}
	q := Quantise(w, nil)
	q.pairUp()
	if p := q.pairs[0]; p.pairs < 25 || len(p.order) != 64 {
		t.Errorf("%d pairs of %d groups, want most of 64", p.pairs, len(p.order))
	}
	for i := range w.W {
		w.W[i] = 1
	}
	q = Quantise(w, nil)
	q.pairUp()
	if p := q.pairs[0]; p.pairs != 0 || len(p.order) != 64 {
		t.Errorf("%d pairs of the largest weights, want none and 64 groups, not %d", p.pairs, len(p.order))
	}
}

func TestChooseKernel(t *testing.T) {
	all := runnable()
	best := all[len(all)-1]
	for name, want := range map[string]kernel{"go": pureGo, "": best, "no such kernel": best} {
		if got := choose(name); got != want {
			t.Errorf("kernel %q is %s, want %s", name, kernelNames[got], kernelNames[want])
		}
	}
}
