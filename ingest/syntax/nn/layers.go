package nn

import "math"

// Inference counterparts of the graph's operations, in plain floats between the
// int8 layers. Their sums run in a fixed order, in eight parts and without fused
// multiply-adds, so that every machine gives the same bits. Widths are multiples
// of 8.

// vectorised reports whether rows of n floats go through the assembly.
func vectorised(n int) bool { return available >= avx2 && n >= 8 && n%8 == 0 }

// RectifyRows is the leaky rectifier in place.
func RectifyRows(x []float32) {
	if vectorised(len(x)) {
		rectify8(len(x), &x[0])
		return
	}
	for i, v := range x {
		if v < 0 {
			x[i] = leak * v
		}
	}
}

func (a *Activations) shape(rows, cols int) {
	padded := pad(rows, rowBlock)
	a.Rows, a.Cols = rows, cols
	if n := padded * cols; cap(a.q) < n {
		a.q = make([]uint8, n+n/2)
	}
	if cap(a.scale) < padded {
		a.scale = make([]float32, 2*padded)
	}
	a.q, a.scale = a.q[:padded*cols], a.scale[:padded]
	clear(a.scale[rows:])
}

// Set quantises rows × cols floats, cols a multiple of 4.
func (a *Activations) Set(x []float32, rows, cols int) {
	a.shape(rows, cols)
	for r := range rows {
		row, q := x[r*cols:(r+1)*cols], a.q[r*cols:(r+1)*cols]
		top := largest(row)
		a.scale[r] = top / topLevel
		if top > 0 {
			levels(q, row, topLevel/top)
		} else {
			zeroRow(q)
		}
	}
}

// SetWindow quantises each row of x (rows × cols) between its neighbours at
// distance d in its segment, zeros where there are none.
func (a *Activations) SetWindow(x []float32, rows, cols int, segs []Segment, d int) {
	a.shape(rows, 3*cols)
	a.top = resize(a.top, rows)
	for r := range a.top {
		a.top[r] = largest(x[r*cols : (r+1)*cols])
	}
	for _, s := range segs {
		for t := s.Start; t < s.End; t++ {
			a.setJoined(x, t, [3]int{t - d, t, t + d}, s)
		}
	}
}

// setJoined quantises three rows as one.
func (a *Activations) setJoined(x []float32, t int, from [3]int, s Segment) {
	cols := a.Cols / 3
	var most float32
	for k, r := range from {
		if r < s.Start || r >= s.End {
			from[k] = -1
		} else {
			most = max(most, a.top[r])
		}
	}
	a.scale[t] = most / topLevel
	for k, r := range from {
		q := a.q[(3*t+k)*cols : (3*t+k+1)*cols]
		if r < 0 || !(most > 0) {
			zeroRow(q)
		} else {
			levels(q, x[r*cols:(r+1)*cols], topLevel/most)
		}
	}
}

func zeroRow(q []uint8) {
	for i := range q {
		q[i] = zeroPoint
	}
}

// largest is the largest magnitude.
func largest(x []float32) float32 {
	if vectorised(len(x)) {
		return largest8(len(x), &x[0])
	}
	var top float32
	for _, v := range x {
		if v < 0 {
			v = -v
		}
		if v > top {
			top = v
		}
	}
	return top
}

// levels rounds x × inv to 7 bits.
func levels(q []uint8, x []float32, inv float32) {
	q = q[:len(x)]
	if vectorised(len(x)) {
		levels8(len(x), &q[0], &x[0], inv)
		return
	}
	for i, v := range x {
		q[i] = uint8(int32(float32(v*inv) + (zeroPoint + 0.5)))
	}
}

// Norm is a layer normalisation with its trained gain and bias.
type Norm struct{ Gain, Bias []float32 }

// add normalises x + y into x.
func (n *Norm) add(x, y []float32) {
	size := float32(len(x))
	mean := addSum(x, y) / size
	square := squares(x, mean)
	inv := float32(1 / math.Sqrt(float64(square)/float64(len(x))+epsilon))
	if vectorised(len(x)) {
		scale8(len(x), &x[0], &n.Gain[0], &n.Bias[0], inv)
		return
	}
	gain, bias := n.Gain[:len(x)], n.Bias[:len(x)]
	for j, v := range x {
		x[j] = float32(float32(v*inv)*gain[j]) + bias[j]
	}
}

// addSum adds y to x and returns the sum of x.
func addSum(x, y []float32) float32 {
	y = y[:len(x)]
	if vectorised(len(x)) {
		return addSum8(len(x), &x[0], &y[0])
	}
	var sum [8]float32
	for j := range x {
		x[j] += y[j]
		sum[j%8] += x[j]
	}
	return total(&sum)
}

// squares takes mean from x and returns the sum of the squares of x.
func squares(x []float32, mean float32) float32 {
	if vectorised(len(x)) {
		return squares8(len(x), &x[0], mean)
	}
	var sum [8]float32
	for j := range x {
		x[j] -= mean
		sum[j%8] += float32(x[j] * x[j])
	}
	return total(&sum)
}

func total(s *[8]float32) float32 {
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}

// AddMaxout adds the larger half of each row of u to x and normalises. x has
// rows of cols floats, u of twice as many. u is overwritten.
func (n *Norm) AddMaxout(x, u []float32, rows, cols int) {
	for r := range rows {
		a, b := u[2*r*cols:(2*r+1)*cols], u[(2*r+1)*cols:(2*r+2)*cols]
		if vectorised(cols) {
			max8(cols, &a[0], &b[0])
		} else {
			for j, v := range b {
				if v > a[j] {
					a[j] = v
				}
			}
		}
		n.add(x[r*cols:(r+1)*cols], a)
	}
}

// AddRecur adds the gated recurrence over u (see Graph.Recur) to x and
// normalises. u is overwritten.
func (n *Norm) AddRecur(x, u []float32, cols int, segs []Segment) {
	half := cols / 2
	row := func(t, k, a, b int) []float32 { return u[(3*t+k)*cols+a : (3*t+k)*cols+b] }
	start := make([]float32, half)
	for _, s := range segs {
		was := start
		for t := s.Start; t < s.End; t++ {
			z := row(t, 0, 0, half)
			remember(z, row(t, 1, 0, half), was)
			was = z
		}
		was = start
		for t := s.End - 1; t >= s.Start; t-- {
			z := row(t, 0, half, cols)
			remember(z, row(t, 1, half, cols), was)
			was = z
		}
		for t := s.Start; t < s.End; t++ {
			out := row(t, 2, 0, cols)
			let(out, row(t, 0, 0, cols))
			n.add(x[t*cols:(t+1)*cols], out)
		}
	}
}

// remember turns candidates z into states: the gates f keep what was.
func remember(z, f, was []float32) {
	f, was = f[:len(z)], was[:len(z)]
	if vectorised(len(z)) {
		gate8(len(z), &z[0], &f[0], &was[0])
		return
	}
	for j, v := range z {
		z[j] = v + float32(gate(f[j])*(was[j]-v))
	}
}

// let lets states c out by the gates r, which it overwrites.
func let(r, c []float32) {
	c = c[:len(r)]
	if vectorised(len(r)) {
		gateOut8(len(r), &r[0], &c[0])
		return
	}
	for j, v := range r {
		r[j] = float32(gate(v) * c[j])
	}
}
