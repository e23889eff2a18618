package nn

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
)

// Inference multiplies activations of 7 bits (stored as 1 to 127, where 64 is
// zero) with weights of 8 bits (-127 to 127) and adds in 32 bits. The products
// of two neighbours fit in 16 bits, so no kernel saturates and all agree.
const (
	zeroPoint = 64
	topLevel  = 63  // largest activation level beside zero
	topWeight = 127 // largest weight
	intPanel  = 16  // columns packed side by side
	intGroup  = 4   // rows of the weights packed together
)

// Quantised is a linear layer with int8 weights, one scale a column.
type Quantised struct {
	In, Out int // Out is a multiple of 16, In of 4

	packed []int8
	scale  []float32
	offset []int32 // zeroPoint × the sum of the column
	bias   []float32
}

// Quantise rounds a trained layer's weights; b may be nil. Columns are padded
// with zeros to a multiple of 16, rows to one of 4.
func Quantise(w, b *Param) *Quantised {
	q := newQuantised(w.Rows, w.Cols)
	column := make([]float32, w.Rows)
	for j := range w.Cols {
		for i := range column {
			column[i] = w.W[i*w.Cols+j]
		}
		q.setColumn(j, column)
		if b != nil {
			q.bias[j] = b.W[j]
		}
	}
	return q
}

func newQuantised(in, out int) *Quantised {
	q := &Quantised{In: pad(in, intGroup), Out: pad(out, intPanel)}
	q.allocate()
	return q
}

func (q *Quantised) allocate() {
	q.packed = make([]int8, q.In*q.Out)
	q.scale = make([]float32, q.Out)
	q.offset = make([]int32, q.Out)
	q.bias = make([]float32, q.Out)
}

// at is the place of the weight from input i to output j.
func (q *Quantised) at(i, j int) int {
	return j/intPanel*intPanel*q.In + i/intGroup*intPanel*intGroup + j%intPanel*intGroup + i%intGroup
}

func (q *Quantised) setColumn(j int, column []float32) {
	top := largest(column)
	if top == 0 {
		q.scale[j], q.offset[j] = 0, 0
		for i := range q.In {
			q.packed[q.at(i, j)] = 0
		}
		return
	}
	inv := topWeight / top
	sum := int32(0)
	base, n := q.at(0, j), len(column)
	for i := 0; i < n; i++ {
		v := roundInt(column[i] * inv)
		sum += v
		q.packed[base+i/intGroup*intPanel*intGroup+i%intGroup] = int8(v)
	}
	q.scale[j], q.offset[j] = top/topWeight, zeroPoint*sum
}

// roundInt rounds |x| < 2^22 to the nearest integer.
func roundInt(x float32) int32 { return int32(x+(1<<22)) - 1<<22 }

// Columns makes q the layer whose outputs are the products of an input with each
// row of x: `rows` rows of `cols` floats, cols a multiple of 4. It reuses q's
// memory.
func (q *Quantised) Columns(x []float32, rows, cols int) {
	q.In, q.Out = cols, pad(rows, intPanel)
	n := q.In * q.Out
	if cap(q.packed) < n {
		q.packed = make([]int8, n+n/2)
	}
	if cap(q.scale) < q.Out {
		q.scale, q.offset, q.bias = make([]float32, 2*q.Out), make([]int32, 2*q.Out), make([]float32, 2*q.Out)
	}
	q.packed, q.scale, q.offset, q.bias = q.packed[:n], q.scale[:q.Out], q.offset[:q.Out], q.bias[:q.Out]
	for j := range rows {
		q.setColumn(j, x[j*cols:(j+1)*cols])
	}
	for j := rows; j < q.Out; j++ {
		q.scale[j], q.offset[j] = 0, 0
	}
}

// Activations are rows of inputs in 7 bits, one scale a row.
type Activations struct {
	Rows, Cols int
	q          []uint8
	scale      []float32
	top        []float32
}

// Apply writes a's rows through the layer, bias added, to out, which has
// a.Rows rows (padded to a multiple of 8) of q.Out floats and is returned, grown
// where it was too small.
func (q *Quantised) Apply(out []float32, a *Activations) []float32 {
	rows := pad(a.Rows, rowBlock)
	out = resize(out, rows*q.Out)
	if rows == 0 {
		return out
	}
	switch available {
	case avx512:
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
	case avx2:
		for j := 0; j < q.Out; j += intPanel {
			for r := 0; r < rows; r += 4 {
				int4x16(&a.q[r*q.In], q.In, &q.packed[j*q.In], q.In/intGroup, &out[r*q.Out+j], q.Out,
					&a.scale[r], &q.scale[j], &q.offset[j], &q.bias[j])
			}
		}
	default:
		q.applyGo(out, a, rows)
	}
	return out
}

func (q *Quantised) applyGo(out []float32, a *Activations, rows int) {
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
			for c, v := range acc {
				scale := float32(a.scale[r] * q.scale[j+c])
				out[r*q.Out+j+c] = float32(float32(v-q.offset[j+c])*scale) + q.bias[j+c]
			}
		}
	}
}

// WriteTo writes the layer in its packed form.
func (q *Quantised) WriteTo(w io.Writer) (int64, error) {
	for _, x := range []any{[2]uint32{uint32(q.In), uint32(q.Out)}, q.packed, q.scale, q.offset, q.bias} {
		if err := binary.Write(w, binary.LittleEndian, x); err != nil {
			return 0, err
		}
	}
	return int64(8 + q.In*q.Out + 12*q.Out), nil
}

// ReadQuantised reads what WriteTo wrote at the start of data, and returns what
// follows it.
func ReadQuantised(data []byte) (*Quantised, []byte, error) {
	if len(data) < 8 {
		return nil, nil, io.ErrUnexpectedEOF
	}
	in, out := binary.LittleEndian.Uint32(data), binary.LittleEndian.Uint32(data[4:])
	if in%intGroup != 0 || out%intPanel != 0 || in > 1<<16 || out > 1<<16 || in*out == 0 {
		return nil, nil, errors.New("layer of a wrong shape")
	}
	q := &Quantised{In: int(in), Out: int(out)}
	data = data[8:]
	n := q.In * q.Out
	if len(data) < n+12*q.Out {
		return nil, nil, io.ErrUnexpectedEOF
	}
	q.packed = Bytes(data[:n])
	data = data[n:]
	q.scale, data = Floats(data, q.Out)
	q.offset = make([]int32, q.Out)
	for j := range q.offset {
		q.offset[j] = int32(binary.LittleEndian.Uint32(data[4*j:]))
	}
	q.bias, data = Floats(data[4*q.Out:], q.Out)
	return q, data, nil
}

// Floats reads n little-endian floats at the start of data, which must hold
// them, and returns what follows.
func Floats(data []byte, n int) ([]float32, []byte) {
	x := make([]float32, n)
	for i := range x {
		x[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return x, data[4*n:]
}

// Bytes copies data as signed bytes.
func Bytes(data []byte) []int8 {
	x := make([]int8, len(data))
	for i, b := range data {
		x[i] = int8(b)
	}
	return x
}
