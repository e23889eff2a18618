package nn

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"sync"
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

	// What some kernels make of the weights when they first need it; nothing for
	// layers that Columns makes for one product.
	passing              bool
	onceLanes, oncePairs sync.Once
	lanes                []int64   // for pure Go
	pairs                []pairing // by panel, for AVX2
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
	q.In, q.Out, q.passing = cols, pad(rows, intPanel), true
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
		q.applyAVX512(out, a, rows)
	case avx2:
		q.applyAVX2(out, a, rows)
	case neon, neonDot:
		q.applyNEON(out, a, rows)
	default:
		q.applyGo(out, a, rows)
	}
	return out
}

// finish writes the sums of row r in one panel, from column j on, as floats.
func (q *Quantised) finish(out []float32, a *Activations, r, j int, sums *[intPanel]int32) {
	to := out[r*q.Out+j:][:intPanel]
	scales, offsets, bias := q.scale[j:][:intPanel], q.offset[j:][:intPanel], q.bias[j:][:intPanel]
	for c, v := range sums {
		scale := float32(a.scale[r] * scales[c])
		to[c] = float32(float32(v-offsets[c])*scale) + bias[c]
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
