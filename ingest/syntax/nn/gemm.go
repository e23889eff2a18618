package nn

// panel is the number of columns of B that are packed side by side.
const panel = 32

// rowBlock is the number of rows that the widest kernel takes at a time; the
// rows of every training tensor are padded to a multiple of it.
const rowBlock = 8

func pad(n, to int) int { return (n + to - 1) / to * to }

// resize returns a slice of n floats, reusing buf; its contents are undefined.
func resize(buf []float32, n int) []float32 {
	if cap(buf) < n {
		return make([]float32, n, n+n/4)
	}
	return buf[:n]
}

// pack lays B (k rows, n columns, row-major) out in panels of 32 columns; the
// last panel is filled up with zeros.
func pack(dst, b []float32, k, n int) []float32 {
	np := pad(n, panel)
	dst = resize(dst, k*np)
	for p := 0; p < k; p++ {
		row := b[p*n : p*n+n]
		for j := 0; j < np; j += panel {
			to := dst[j*k+p*panel : j*k+p*panel+panel]
			if c := copy(to, row[min(j, n):]); c < panel {
				clear(to[c:])
			}
		}
	}
	return dst
}

// packTransposed packs the transpose of w (n rows, k columns, row-major).
func packTransposed(dst, w []float32, k, n int) []float32 {
	np := pad(n, panel)
	dst = resize(dst, k*np)
	if np != n {
		clear(dst[(np-panel)*k:])
	}
	for j := 0; j < n; j++ {
		row := w[j*k : j*k+k]
		base := j/panel*panel*k + j%panel
		for p, v := range row {
			dst[base+p*panel] = v
		}
	}
	return dst
}

// transpose writes a (m rows, k columns) as k rows of m columns.
func transpose(dst, a []float32, m, k int) []float32 {
	dst = resize(dst, k*m)
	const tile = 16
	for i := 0; i < m; i += tile {
		ie := min(i+tile, m)
		for p := 0; p < k; p++ {
			for q := i; q < ie; q++ {
				dst[p*m+q] = a[q*k+p]
			}
		}
	}
	return dst
}

// multiply sets C = A B, or C += A B where add is set. A has m rows of k
// floats, pb is B packed, C has m rows of n floats; m must be a multiple of
// rowBlock and n of panel.
func multiply(a []float32, m, k int, pb []float32, n int, c []float32, add bool) {
	if m == 0 || k == 0 || n == 0 {
		return
	}
	_, _, _ = a[m*k-1], pb[n*k-1], c[m*n-1]
	flag := 0
	if add {
		flag = 1
	}
	switch available {
	case avx512:
		for j := 0; j < n; j += panel {
			for i := 0; i < m; i += 8 {
				gemm8x32(&a[i*k], k, &pb[j*k], k, &c[i*n+j], n, flag)
			}
		}
	case avx2:
		for j := 0; j < n; j += panel {
			for i := 0; i < m; i += 4 {
				gemm4x16(&a[i*k], k, &pb[j*k], k, &c[i*n+j], n, flag)
				gemm4x16(&a[i*k], k, &pb[j*k+16], k, &c[i*n+j+16], n, flag)
			}
		}
	default:
		multiplyGo(a, m, k, pb, n, c, add)
	}
}

// multiplyGo is the portable kernel. Its roundings differ from the assembly's
// in the last bit, since Go has no fused multiply-add of 32 bits: it trains, but
// to other bytes.
func multiplyGo(a []float32, m, k int, pb []float32, n int, c []float32, add bool) {
	for j := 0; j < n; j += panel {
		for i := range m {
			var acc [panel]float32
			out := c[i*n+j : i*n+j+panel]
			if add {
				copy(acc[:], out)
			}
			for p, v := range a[i*k : i*k+k] {
				for q, w := range pb[j*k+p*panel : j*k+p*panel+panel] {
					acc[q] += float32(v * w)
				}
			}
			copy(out, acc[:])
		}
	}
}

// axpy adds s × x to y.
func axpy(s float32, x, y []float32) {
	n := len(x)
	y = y[:n]
	i := 0
	if available >= avx2 && n >= 8 {
		i = n &^ 7
		axpy8(i, s, &x[0], &y[0])
	}
	for ; i < n; i++ {
		y[i] += float32(s * x[i])
	}
}
