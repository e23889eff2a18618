package nn

// In pure Go three columns share a 64-bit word, in lanes of 21 bits: one
// multiplication by an activation makes three products. Sums of laneRun products
// fit in a lane; then they are taken out. A sum below zero borrows one from the
// lane above, which taking it out gives back.
const (
	laneColumns = 3
	laneBits    = 21
	laneRun     = 1 << (laneBits - 1) / ((zeroPoint + topLevel) * (topWeight + 1)) // 64 products
)

// fillLanes makes the words, for each three columns one for every row of the
// weights.
func (q *Quantised) fillLanes() {
	triples := (q.Out + laneColumns - 1) / laneColumns
	q.lanes = make([]int64, triples*q.In)
	for j := range q.Out {
		words := q.lanes[j/laneColumns*q.In:][:q.In]
		for i := range words {
			words[i] += int64(q.packed[q.at(i, j)]) << (j % laneColumns * laneBits)
		}
	}
}

func (q *Quantised) applyGo(out []float32, a *Activations, rows int) {
	if q.passing {
		q.applyPlain(out, a, rows)
		return
	}
	q.onceLanes.Do(q.fillLanes)
	var sums [4][laneColumns]int32
	for t := 0; t*laneColumns < q.Out; t++ {
		words := q.lanes[t*q.In : (t+1)*q.In]
		for r := 0; r < rows; r += 4 {
			in := a.q[r*q.In : (r+4)*q.In]
			clear(sums[:])
			for k := 0; k < q.In; k += laneRun {
				w := words[k:min(k+laneRun, q.In)]
				s0, s1, s2, s3 := laneProducts(w, in[k:], in[q.In+k:], in[2*q.In+k:], in[3*q.In+k:])
				takeOut(&sums[0], s0)
				takeOut(&sums[1], s1)
				takeOut(&sums[2], s2)
				takeOut(&sums[3], s3)
			}
			for i := range sums {
				for c, v := range sums[i] {
					if j := t*laneColumns + c; j < q.Out {
						scale := float32(a.scale[r+i] * q.scale[j])
						out[(r+i)*q.Out+j] = float32(float32(v-q.offset[j])*scale) + q.bias[j]
					}
				}
			}
		}
	}
}

// laneProducts adds up the products of words with four rows of activations.
func laneProducts(w []int64, a0, a1, a2, a3 []uint8) (s0, s1, s2, s3 int64) {
	a0, a1, a2, a3 = a0[:len(w)], a1[:len(w)], a2[:len(w)], a3[:len(w)]
	for i, v := range w {
		s0 += int64(a0[i]) * v
		s1 += int64(a1[i]) * v
		s2 += int64(a2[i]) * v
		s3 += int64(a3[i]) * v
	}
	return s0, s1, s2, s3
}

// takeOut adds the three lanes of s to sums.
func takeOut(sums *[laneColumns]int32, s int64) {
	const shift = 64 - laneBits
	low := s << shift >> shift
	s = (s - low) >> laneBits
	mid := s << shift >> shift
	sums[0] += int32(low)
	sums[1] += int32(mid)
	sums[2] += int32((s - mid) >> laneBits)
}

// applyPlain multiplies number by number.
func (q *Quantised) applyPlain(out []float32, a *Activations, rows int) {
	for j := 0; j < q.Out; j += intPanel {
		panel := q.packed[j*q.In : (j+intPanel)*q.In]
		for r := range rows {
			var acc [intPanel]int32
			in := a.q[r*q.In : (r+1)*q.In]
			for g := 0; g < len(in); g += intGroup {
				a0, a1, a2, a3 := int32(in[g]), int32(in[g+1]), int32(in[g+2]), int32(in[g+3])
				w := panel[g*intPanel : g*intPanel+intPanel*intGroup]
				for c := range acc {
					b := w[c*4 : c*4+4]
					acc[c] += a0*int32(b[0]) + a1*int32(b[1]) + a2*int32(b[2]) + a3*int32(b[3])
				}
			}
			q.finish(out, a, r, j, &acc)
		}
	}
}
