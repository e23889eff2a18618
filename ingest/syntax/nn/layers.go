package nn

import "math"

// Inference counterparts of the graph's operations, in plain floats between the
// int8 layers. Their sums run in a fixed order, without fused multiply-adds, so
// that every machine gives the same bits.

// RectifyRows is the leaky rectifier in place.
func RectifyRows(x []float32) {
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

// SetWindow quantises each row of x (rows × cols) between its neighbours at
// distance d in its segment, zeros where there are none.
func (a *Activations) SetWindow(x []float32, rows, cols int, segs []Segment, d int) {
	a.shape(rows, 3*cols)
	if cap(a.top) < rows {
		a.top = make([]float32, 2*rows)
	}
	top := a.top[:rows]
	for r := range top {
		top[r] = largest(x[r*cols : (r+1)*cols])
	}
	for _, s := range segs {
		for t := s.Start; t < s.End; t++ {
			from := [3]int{t - d, t, t + d}
			var most float32
			for k, r := range from {
				if r < s.Start || r >= s.End {
					from[k] = -1
				} else {
					most = max(most, top[r])
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
	}
}

func zeroRow(q []uint8) {
	for i := range q {
		q[i] = zeroPoint
	}
}

// levels rounds x × inv to 7 bits.
func levels(q []uint8, x []float32, inv float32) {
	q = q[:len(x)]
	for i, v := range x {
		q[i] = uint8(int32(float32(v*inv) + (zeroPoint + 0.5)))
	}
}

// Norm is a layer normalisation with its trained gain and bias.
type Norm struct{ Gain, Bias []float32 }

// add normalises x + y into x.
func (n *Norm) add(x, y []float32) {
	y = y[:len(x)]
	var sum [8]float32
	for j := 0; j+8 <= len(x); j += 8 {
		a, b := x[j:j+8:j+8], y[j:j+8:j+8]
		for k := range sum {
			v := a[k] + b[k]
			a[k] = v
			sum[k] += v
		}
	}
	mean := total(&sum) / float32(len(x))
	var square [8]float32
	for j := 0; j+8 <= len(x); j += 8 {
		a := x[j : j+8 : j+8]
		for k := range square {
			v := a[k] - mean
			a[k] = v
			square[k] += float32(v * v)
		}
	}
	inv := float32(1 / math.Sqrt(float64(total(&square))/float64(len(x))+epsilon))
	gain, bias := n.Gain[:len(x)], n.Bias[:len(x)]
	for j, v := range x {
		x[j] = float32(float32(v*inv)*gain[j]) + bias[j]
	}
}

func total(s *[8]float32) float32 {
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}

// AddMaxout adds the larger half of each row of u to x and normalises. x has
// rows of cols floats, a multiple of 8, u of twice as many.
func (n *Norm) AddMaxout(x, u []float32, rows, cols int) {
	for r := range rows {
		a, b := u[2*r*cols:(2*r+1)*cols], u[(2*r+1)*cols:(2*r+2)*cols]
		for j, v := range b {
			if v > a[j] {
				a[j] = v
			}
		}
		n.add(x[r*cols:(r+1)*cols], a)
	}
}

// AddRecur adds the gated recurrence over u (see Graph.Recur) to x and
// normalises. u is overwritten.
func (n *Norm) AddRecur(x, u []float32, cols int, segs []Segment) {
	half := cols / 2
	for _, s := range segs {
		for t := s.Start; t < s.End; t++ {
			recurRow(u, t, t-1, cols, 0, half, t > s.Start)
		}
		for t := s.End - 1; t >= s.Start; t-- {
			recurRow(u, t, t+1, cols, half, cols, t+1 < s.End)
		}
		for t := s.Start; t < s.End; t++ {
			out := u[(3*t+2)*cols : (3*t+3)*cols]
			for j, c := range u[3*t*cols : (3*t+1)*cols] {
				out[j] = float32(gate(out[j]) * c)
			}
			n.add(x[t*cols:(t+1)*cols], out)
		}
	}
}

// recurRow turns the candidates of channels a to b in row t into states.
func recurRow(u []float32, t, prev, cols, a, b int, inside bool) {
	z := u[3*t*cols+a : 3*t*cols+b]
	f := u[(3*t+1)*cols+a : (3*t+1)*cols+b]
	f = f[:len(z)]
	if !inside {
		for j, v := range z {
			z[j] = v - float32(gate(f[j])*v)
		}
		return
	}
	was := u[3*prev*cols+a : 3*prev*cols+b]
	was = was[:len(z)]
	for j, v := range z {
		z[j] = v + float32(gate(f[j])*(was[j]-v))
	}
}
