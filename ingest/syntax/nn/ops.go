package nn

import "math"

// epsilon keeps the variance of a layer normalisation from zero.
const epsilon = 1e-5

// AddNorm is the layer normalisation (Ba et al. 2016) of x + y.
func (g *Graph) AddNorm(x, y *Tensor, gain, bias *Param) *Tensor {
	c := x.Cols
	out := g.New(x.Rows, c)
	norm := g.floats(len(x.X))
	inv := g.floats(x.Rows)
	for r := range x.Rows {
		h := norm[r*c : r*c+c]
		for j, v := range x.Row(r) {
			h[j] = v + y.X[r*c+j]
		}
		inv[r] = standardise(h)
		o := out.Row(r)
		for j, v := range h {
			o[j] = float32(v*gain.W[j]) + bias.W[j]
		}
	}
	g.then(func() {
		dg, db := gain.grad[g.worker], bias.grad[g.worker]
		for r := range x.Rows {
			d, h := out.gradRow(r), norm[r*c:r*c+c]
			var m1, m2 float32
			for j, v := range d {
				dg[j] += v * h[j]
				db[j] += v
				v *= gain.W[j]
				d[j] = v
				m1 += v
				m2 += v * h[j]
			}
			m1 /= float32(c)
			m2 /= float32(c)
			dx, dy := x.gradRow(r), y.gradRow(r)
			for j, v := range d {
				v = inv[r] * (v - m1 - h[j]*m2)
				dx[j] += v
				dy[j] += v
			}
		}
	})
	return out
}

// standardise gives h mean 0 and variance 1 and returns what it was divided by,
// inverted.
func standardise(h []float32) float32 {
	var sum float32
	for _, v := range h {
		sum += v
	}
	mean := sum / float32(len(h))
	var square float32
	for j, v := range h {
		v -= mean
		h[j] = v
		square += float32(v * v)
	}
	inv := float32(1 / math.Sqrt(float64(square)/float64(len(h))+epsilon))
	for j := range h {
		h[j] *= inv
	}
	return inv
}

// gate is a sigmoid without exponentials: 1/2 + x / 2(1+|x|).
func gate(x float32) float32 {
	if x < 0 {
		return 0.5 + float32(0.5*x)/(1-x)
	}
	return 0.5 + float32(0.5*x)/(1+x)
}

// slope is the derivative of gate.
func slope(x float32) float32 {
	if x < 0 {
		x = -x
	}
	x++
	return 0.5 / (x * x)
}

// Recur is a gated recurrence over each segment, forwards in the left half of
// the channels and backwards in the right (a simple recurrent unit, Lei et al.
// 2018, with rational gates). u holds candidates z, forget gates f and output
// gates r side by side: c = f c' + (1-f) z, and the output is r c.
func (g *Graph) Recur(u *Tensor, segs []Segment) *Tensor {
	c := u.Cols / 3
	out := g.New(u.Rows, c)
	state := g.New(u.Rows, c)
	for _, s := range segs {
		for t := s.Start; t < s.End; t++ {
			recurStep(u, state, out, t, t-1, s, 0, c/2)
		}
		for t := s.End - 1; t >= s.Start; t-- {
			recurStep(u, state, out, t, t+1, s, c/2, c)
		}
	}
	g.then(func() {
		for _, s := range segs {
			for t := s.End - 1; t >= s.Start; t-- {
				recurBack(u, state, out, t, t-1, s, 0, c/2)
			}
			for t := s.Start; t < s.End; t++ {
				recurBack(u, state, out, t, t+1, s, c/2, c)
			}
		}
	})
	return out
}

// recurStep computes channels a to b of row t from those of row prev.
func recurStep(u, state, out *Tensor, t, prev int, s Segment, a, b int) {
	c := out.Cols
	row, now, o := u.Row(t), state.Row(t), out.Row(t)
	inside := prev >= s.Start && prev < s.End
	for j := a; j < b; j++ {
		var was float32
		if inside {
			was = state.X[prev*c+j]
		}
		z := row[j]
		now[j] = z + float32(gate(row[c+j])*(was-z))
		o[j] = gate(row[2*c+j]) * now[j]
	}
}

func recurBack(u, state, out *Tensor, t, prev int, s Segment, a, b int) {
	c := out.Cols
	row, d, now := u.Row(t), u.gradRow(t), state.Row(t)
	inside := prev >= s.Start && prev < s.End
	for j := a; j < b; j++ {
		var was float32
		if inside {
			was = state.X[prev*c+j]
		}
		f, r := gate(row[c+j]), gate(row[2*c+j])
		do := out.G[t*c+j]
		dc := state.G[t*c+j] + do*r
		d[2*c+j] += do * now[j] * slope(row[2*c+j])
		d[c+j] += dc * (was - row[j]) * slope(row[c+j])
		d[j] += dc * (1 - f)
		if inside {
			state.G[prev*c+j] += dc * f
		}
	}
}

// Add is x + y.
func (g *Graph) Add(x, y *Tensor) *Tensor {
	out := g.New(x.Rows, x.Cols)
	copy(out.X, x.X)
	axpy(1, y.X, out.X)
	g.then(func() {
		axpy(1, out.G, x.G)
		axpy(1, out.G, y.G)
	})
	return out
}

// Product multiplies each row of x with the row of y at its index; rows with an
// index below zero are zero.
func (g *Graph) Product(x, y *Tensor, index []int32) *Tensor {
	out := g.New(x.Rows, x.Cols)
	for r, h := range index {
		if h >= 0 {
			o, a, b := out.Row(r), x.Row(r), y.Row(int(h))
			for j := range o {
				o[j] = a[j] * b[j]
			}
		}
	}
	g.then(func() {
		for r, h := range index {
			if h < 0 {
				continue
			}
			a, b, da, db := x.Row(r), y.Row(int(h)), x.gradRow(r), y.gradRow(int(h))
			for j, v := range out.gradRow(r) {
				da[j] += v * b[j]
				db[j] += v * a[j]
			}
		}
	})
	return out
}

// Pair adds to each row of x the row of y at its index, and rectifies; rows with
// an index below zero are zero.
func (g *Graph) Pair(x, y *Tensor, index []int32) *Tensor {
	out := g.New(x.Rows, x.Cols)
	for r, h := range index {
		if h < 0 {
			continue
		}
		o, a, b := out.Row(r), x.Row(r), y.Row(int(h))
		for j := range o {
			v := a[j] + b[j]
			if v < 0 {
				v *= leak
			}
			o[j] = v
		}
	}
	g.then(func() {
		for r, h := range index {
			if h < 0 {
				continue
			}
			o, d, a, b := out.Row(r), out.gradRow(r), x.gradRow(r), y.gradRow(int(h))
			for j, v := range d {
				if o[j] < 0 {
					v *= leak
				}
				a[j] += v
				b[j] += v
			}
		}
	})
	return out
}

// CrossEntropy is the loss of picking gold[r] among the first `classes` values
// of each row, times weight; rows with gold below zero don't count. It returns
// the sum over rows, unweighted.
func (g *Graph) CrossEntropy(x *Tensor, classes int, gold []int32, weight float32) (loss float64) {
	for r, y := range gold {
		if y >= 0 {
			loss += crossEntropy(x.Row(r)[:classes], int(y), x.gradRow(r)[:classes], weight)
		}
	}
	return loss
}

// crossEntropy adds the gradient to d.
func crossEntropy(x []float32, y int, d []float32, weight float32) float64 {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	var sum float64
	for _, v := range x {
		sum += math.Exp(float64(v - top))
	}
	for j, v := range x {
		d[j] += weight * float32(math.Exp(float64(v-top))/sum)
	}
	d[y] -= weight
	return math.Log(sum) - float64(x[y]-top)
}

// PointerLoss is the loss of picking, for each row of x, the row gold[r] of y
// among those of its segment, itself excepted, by the product of the two rows
// plus the two columns of rel that classes gives for their rows. It returns the
// sum over rows, unweighted.
func (g *Graph) PointerLoss(x, y, rel *Tensor, classes func(s Segment, from, to int) (int, int), segs []Segment, gold []int32, weight float32) (loss float64) {
	c := x.Cols
	scores, d := []float32(nil), []float32(nil)
	for _, s := range segs {
		n := s.End - s.Start
		scores = PointerScores(g, scores, x, y, s)
		cols := pad(n, panel)
		d = resize(d, n)
		for i := range n {
			r := s.Start + i
			if gold[r] < 0 {
				continue
			}
			row := scores[i*cols : i*cols+n]
			near := rel.Row(r)
			for j := range row {
				a, b := classes(s, r, s.Start+j)
				row[j] += near[a] + near[b]
			}
			row[i] = -1e4
			clear(d)
			loss += crossEntropy(row, int(gold[r])-s.Start, d, weight)
			for j, v := range d {
				if j != i && (v > 1e-9 || v < -1e-9) {
					o := (s.Start + j) * c
					axpy(v, y.X[o:o+c], x.gradRow(r))
					axpy(v, x.Row(r), y.G[o:o+c])
					a, b := classes(s, r, s.Start+j)
					rel.gradRow(r)[a] += v
					rel.gradRow(r)[b] += v
				}
			}
		}
	}
	return loss
}

// PointerScores are the products of each row of x with each row of y in one
// segment: a matrix with rows of n values, padded to a multiple of 32.
func PointerScores(g *Graph, scores []float32, x, y *Tensor, s Segment) []float32 {
	c, n := x.Cols, s.End-s.Start
	rows, cols := pad(n, rowBlock), pad(n, panel)
	g.turned = resize(g.turned, rows*c)
	clear(g.turned[copy(g.turned, x.X[s.Start*c:s.End*c]):])
	g.packed = packTransposed(g.packed, y.X[s.Start*c:s.End*c], c, n)
	scores = resize(scores, rows*cols)
	multiply(g.turned, rows, c, g.packed, cols, scores, false)
	return scores
}
