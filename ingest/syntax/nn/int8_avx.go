package nn

import (
	"math"
	"slices"
)

func (q *Quantised) applyAVX512(out []float32, a *Activations, rows int) {
	j := 0
	for ; j+2*intPanel <= q.Out; j += 2 * intPanel {
		for r := 0; r < rows; r += 8 {
			int8x32v(&a.q[r*q.In], q.In, &q.packed[j*q.In], q.In/intGroup, &out[r*q.Out+j], q.Out,
				&a.scale[r], &q.scale[j], &q.offset[j], &q.bias[j])
		}
	}
	for ; j < q.Out; j += intPanel {
		for r := 0; r < rows; r += 8 {
			int8x16v(&a.q[r*q.In], q.In, &q.packed[j*q.In], q.In/intGroup, &out[r*q.Out+j], q.Out,
				&a.scale[r], &q.scale[j], &q.offset[j], &q.bias[j])
		}
	}
}

// pairing lists the groups of rows of one panel in the order in which the AVX2
// kernel takes them: first pairs of groups whose sums fit in 16 bits whatever the
// activations are, then the other groups by themselves. Most groups find a partner,
// since few weights are near the largest of their column.
type pairing struct {
	order []uint16
	pairs int
}

// pairSum is the largest sum of the magnitudes of four weights whose products
// with activations fit in 16 bits together.
const pairSum = math.MaxInt16 / (zeroPoint + topLevel)

// pairUp finds partners for the groups of each panel: the first that fits.
func (q *Quantised) pairUp() {
	const size = intPanel * intGroup // of a group in a panel
	q.pairs = make([]pairing, q.Out/intPanel)
	for p := range q.pairs {
		panel := q.packed[p*intPanel*q.In : (p+1)*intPanel*q.In]
		var order, alone []uint16
		for g := range uint16(q.In / intGroup) {
			w := panel[int(g)*size:][:size]
			k := slices.IndexFunc(alone, func(o uint16) bool { return fits(w, panel[int(o)*size:][:size]) })
			if k < 0 {
				alone = append(alone, g)
				continue
			}
			order = append(order, alone[k], g)
			alone = slices.Delete(alone, k, k+1)
		}
		q.pairs[p] = pairing{append(order, alone...), len(order) / 2}
	}
}

// fits reports whether two groups can be added up in 16 bits.
func fits(a, b []int8) bool {
	for i := 0; i < len(a); i += 2 {
		sum := 0
		for _, v := range [...]int8{a[i], a[i+1], b[i], b[i+1]} {
			sum += max(int(v), -int(v))
		}
		if sum > pairSum {
			return false
		}
	}
	return true
}

func (q *Quantised) applyAVX2(out []float32, a *Activations, rows int) {
	if q.passing {
		for j := 0; j < q.Out; j += intPanel {
			for r := 0; r < rows; r += 4 {
				int4x16(&a.q[r*q.In], q.In, &q.packed[j*q.In], q.In/intGroup, &out[r*q.Out+j], q.Out,
					&a.scale[r], &q.scale[j], &q.offset[j], &q.bias[j])
			}
		}
		return
	}
	q.oncePairs.Do(q.pairUp)
	for j := 0; j < q.Out; j += intPanel {
		p := &q.pairs[j/intPanel]
		for r := 0; r < rows; r += 4 {
			int4x16p(&a.q[r*q.In], q.In, &q.packed[j*q.In], &p.order[0], p.pairs, len(p.order)-2*p.pairs, &out[r*q.Out+j], q.Out,
				&a.scale[r], &q.scale[j], &q.offset[j], &q.bias[j])
		}
	}
}
