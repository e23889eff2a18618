package nn

import (
	"math"
	"math/rand/v2"
)

// Workers is the number of parts that a training batch is always split into,
// each with gradients of its own that are summed in the order of the parts:
// what is learned doesn't depend on how many processors there are.
const Workers = 2

// Param is a matrix of weights with its gradients and Adam's moments.
type Param struct {
	Name       string
	Rows, Cols int
	W          []float32 // row-major

	sparse  bool // a table of embeddings: only the rows that were looked up have gradients
	m, v    []float32
	grad    [Workers][]float32
	touched [Workers][]int32
}

// Params is a set of parameters in the order of their making.
type Params struct {
	all  []*Param
	rng  *rand.Rand
	step int
}

// NewParams is an empty set whose initial weights follow from seed.
func NewParams(seed uint64) *Params {
	return &Params{rng: rand.New(rand.NewPCG(seed, 1))}
}

// Matrix adds a weight matrix for inputs of `rows` values, initialised from a
// normal distribution of standard deviation gain/√rows.
func (ps *Params) Matrix(name string, rows, cols int, gain float64) *Param {
	return ps.add(name, rows, cols, gain/math.Sqrt(float64(rows)), false)
}

// Bias adds a row of cols values, all set to v.
func (ps *Params) Bias(name string, cols int, v float32) *Param {
	p := ps.add(name, 1, cols, 0, false)
	for i := range p.W {
		p.W[i] = v
	}
	return p
}

// Table adds embeddings: rows vectors of cols values with deviation sd.
func (ps *Params) Table(name string, rows, cols int, sd float64) *Param {
	return ps.add(name, rows, cols, sd, true)
}

func (ps *Params) add(name string, rows, cols int, sd float64, sparse bool) *Param {
	n := rows * cols
	p := &Param{Name: name, Rows: rows, Cols: cols, W: make([]float32, n),
		m: make([]float32, n), v: make([]float32, n), sparse: sparse}
	for k := range p.grad {
		p.grad[k] = make([]float32, n)
	}
	if sd > 0 {
		for i := range p.W {
			p.W[i] = float32(ps.rng.NormFloat64() * sd)
		}
	}
	ps.all = append(ps.all, p)
	return p
}

// Fixed is a matrix that isn't trained and belongs to no set.
func Fixed(name string, rows, cols int) *Param {
	return &Param{Name: name, Rows: rows, Cols: cols, W: make([]float32, rows*cols)}
}

// All are the parameters in the order of their making.
func (ps *Params) All() []*Param { return ps.all }

// Steps is the number of steps made.
func (ps *Params) Steps() int { return ps.step }

// Count is the number of weights.
func (ps *Params) Count() int {
	n := 0
	for _, p := range ps.all {
		n += len(p.W)
	}
	return n
}
