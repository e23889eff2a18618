package nn

import "math/rand/v2"

// Tensor is a matrix of values with the gradients of the loss by them. Rows are
// the tokens of a batch.
type Tensor struct {
	Rows, Cols int
	X          []float32 // values, row-major
	G          []float32 // gradients
}

// Row is row r of the values.
func (t *Tensor) Row(r int) []float32 { return t.X[r*t.Cols : (r+1)*t.Cols] }

func (t *Tensor) gradRow(r int) []float32 { return t.G[r*t.Cols : (r+1)*t.Cols] }

// Segment is a half-open range of rows: one sentence of a batch.
type Segment struct{ Start, End int }

// Graph records the operations of one forward pass, so that Backward can
// replay them in reverse. It belongs to one worker and is used again for every
// batch: Reset ends the life of all its tensors.
type Graph struct {
	Train bool // dropout is on

	worker int
	rng    *rand.Rand
	back   []func()
	free   [][]float32 // blocks of memory, used again after Reset
	block  int
	at     int

	packed, turned []float32
}

const blockSize = 1 << 20

// NewGraph is a graph for worker (0 ≤ worker < Workers), whose dropout follows
// from seed.
func NewGraph(worker int, seed uint64) *Graph {
	return &Graph{worker: worker, rng: rand.New(rand.NewPCG(seed, uint64(worker)))}
}

// Rand is the graph's own source of chance.
func (g *Graph) Rand() *rand.Rand { return g.rng }

// Reseed restarts the graph's chance, at the start of an epoch.
func (g *Graph) Reseed(seed uint64) { g.rng = rand.New(rand.NewPCG(seed, uint64(g.worker))) }

// Reset forgets all operations and tensors.
func (g *Graph) Reset() { g.back, g.block, g.at = g.back[:0], 0, 0 }

// floats hands out n zeros that live until Reset.
func (g *Graph) floats(n int) []float32 {
	for {
		if g.block == len(g.free) {
			g.free = append(g.free, make([]float32, max(n, blockSize)))
		}
		if b := g.free[g.block]; g.at+n <= len(b) {
			s := b[g.at : g.at+n : g.at+n]
			g.at += n
			clear(s)
			return s
		}
		g.block, g.at = g.block+1, 0
	}
}

// New is a tensor of zeros. Rows are padded to a multiple of 8.
func (g *Graph) New(rows, cols int) *Tensor {
	rows = pad(rows, rowBlock)
	return &Tensor{Rows: rows, Cols: cols, X: g.floats(rows * cols), G: g.floats(rows * cols)}
}

// Backward runs the recorded operations in reverse order.
func (g *Graph) Backward() {
	for i := len(g.back) - 1; i >= 0; i-- {
		g.back[i]()
	}
}

func (g *Graph) then(f func()) { g.back = append(g.back, f) }

// Lookup is one row of table for each id; ids below zero give zeros.
func (g *Graph) Lookup(table *Param, ids []int32) *Tensor {
	c := table.Cols
	t := g.New(len(ids), c)
	for r, id := range ids {
		if id >= 0 {
			copy(t.Row(r), table.W[int(id)*c:int(id)*c+c])
		}
	}
	g.then(func() {
		w := g.worker
		for r, id := range ids {
			if id >= 0 {
				axpy(1, t.gradRow(r), table.grad[w][int(id)*c:])
				table.touched[w] = append(table.touched[w], id)
			}
		}
	})
	return t
}

// Constant is a row of a table that isn't trained for each id; ids below zero
// give zeros.
func (g *Graph) Constant(table *Param, ids []int32) *Tensor {
	t := g.New(len(ids), table.Cols)
	for r, id := range ids {
		if id >= 0 {
			copy(t.Row(r), table.W[int(id)*table.Cols:int(id+1)*table.Cols])
		}
	}
	return t
}

// Concat lays tensors side by side.
func (g *Graph) Concat(ts ...*Tensor) *Tensor {
	cols := 0
	for _, t := range ts {
		cols += t.Cols
	}
	out := g.New(ts[0].Rows, cols)
	at := 0
	for _, t := range ts {
		for r := range t.Rows {
			copy(out.Row(r)[at:], t.Row(r))
		}
		at += t.Cols
	}
	g.then(func() {
		at := 0
		for _, t := range ts {
			for r := range t.Rows {
				axpy(1, out.gradRow(r)[at:at+t.Cols], t.gradRow(r))
			}
			at += t.Cols
		}
	})
	return out
}

// Linear is x W + b; b may be nil.
func (g *Graph) Linear(x *Tensor, w, b *Param) *Tensor {
	out := g.New(x.Rows, w.Cols)
	g.packed = pack(g.packed, w.W, w.Rows, w.Cols)
	multiply(x.X, x.Rows, w.Rows, g.packed, w.Cols, out.X, false)
	if b != nil {
		for r := range out.Rows {
			axpy(1, b.W, out.Row(r))
		}
	}
	g.then(func() {
		g.turned = transpose(g.turned, x.X, x.Rows, w.Rows)
		g.packed = pack(g.packed, out.G, out.Rows, w.Cols)
		multiply(g.turned, w.Rows, x.Rows, g.packed, w.Cols, w.grad[g.worker], true)
		if b != nil {
			for r := range out.Rows {
				axpy(1, out.gradRow(r), b.grad[g.worker])
			}
		}
		g.packed = packTransposed(g.packed, w.W, w.Cols, w.Rows)
		multiply(out.G, out.Rows, w.Cols, g.packed, w.Rows, x.G, true)
	})
	return out
}

// Dropout zeroes values with probability p and scales the others up, in training.
func (g *Graph) Dropout(x *Tensor, p float32) *Tensor {
	if !g.Train || p == 0 {
		return x
	}
	out := g.New(x.Rows, x.Cols)
	mask := g.mask(len(x.X), p)
	for i, m := range mask {
		out.X[i] = x.X[i] * m
	}
	g.then(func() {
		for i, m := range mask {
			x.G[i] += out.G[i] * m
		}
	})
	return out
}

// mask is a dropout mask: 0 with probability p, else 1/(1-p).
func (g *Graph) mask(n int, p float32) []float32 {
	mask := g.floats(n)
	keep := 1 / (1 - p)
	limit := uint64(float64(p) * (1 << 16))
	for i := 0; i < n; {
		bits := g.rng.Uint64()
		for k := 0; k < 4 && i < n; k++ {
			if bits&0xffff >= limit {
				mask[i] = keep
			}
			bits >>= 16
			i++
		}
	}
	return mask
}

// leak is the slope of the leaky rectifier below zero.
const leak = 0.1

// Rectify is the leaky rectifier: x, or x/10 below zero.
func (g *Graph) Rectify(x *Tensor) *Tensor {
	out := g.New(x.Rows, x.Cols)
	for i, v := range x.X {
		if v < 0 {
			v *= leak
		}
		out.X[i] = v
	}
	g.then(func() {
		for i, v := range x.X {
			if v < 0 {
				x.G[i] += leak * out.G[i]
			} else {
				x.G[i] += out.G[i]
			}
		}
	})
	return out
}

// Window lays each row between the rows d before and d after it in its segment,
// zeros where there are none.
func (g *Graph) Window(x *Tensor, segs []Segment, d int) *Tensor {
	c := x.Cols
	out := g.New(x.Rows, 3*c)
	each := func(f func(from, to, at int)) {
		for _, s := range segs {
			for t := s.Start; t < s.End; t++ {
				for k, from := range [3]int{t - d, t, t + d} {
					if from >= s.Start && from < s.End {
						f(from, t, k*c)
					}
				}
			}
		}
	}
	each(func(from, to, at int) { copy(out.Row(to)[at:at+c], x.Row(from)) })
	g.then(func() {
		each(func(from, to, at int) { axpy(1, out.gradRow(to)[at:at+c], x.gradRow(from)) })
	})
	return out
}

// Maxout is the larger of the left and the right half of each row.
func (g *Graph) Maxout(x *Tensor) *Tensor {
	c := x.Cols / 2
	out := g.New(x.Rows, c)
	for r := range x.Rows {
		a, o := x.Row(r), out.Row(r)
		for j := range o {
			o[j] = max(a[j], a[c+j])
		}
	}
	g.then(func() {
		for r := range x.Rows {
			a, d, o := x.Row(r), x.gradRow(r), out.gradRow(r)
			for j, v := range o {
				if a[c+j] > a[j] {
					d[c+j] += v
				} else {
					d[j] += v
				}
			}
		}
	})
	return out
}
