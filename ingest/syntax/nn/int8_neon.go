package nn

// applyNEON multiplies by integers in assembly and finishes in Go. Activations
// are below 128, so that they are signed bytes as well.
func (q *Quantised) applyNEON(out []float32, a *Activations, rows int) {
	groups := q.In / intGroup
	switch {
	case available == neonDot:
		var sums [4][intPanel]int32
		for j := 0; j < q.Out; j += intPanel {
			for r := 0; r < rows; r += len(sums) {
				dot4x16(&a.q[r*q.In], q.In, &q.packed[j*q.In], groups, &sums)
				for i := range sums {
					q.finish(out, a, r+i, j, &sums[i])
				}
			}
		}
	case groups%2 == 0:
		var sums [2][intPanel]int32
		for j := 0; j < q.Out; j += intPanel {
			for r := 0; r < rows; r += len(sums) {
				long2x16(&a.q[r*q.In], q.In, &q.packed[j*q.In], groups/2, &sums)
				for i := range sums {
					q.finish(out, a, r+i, j, &sums[i])
				}
			}
		}
	default:
		q.applyGo(out, a, rows)
	}
}
