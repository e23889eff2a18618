package proposition

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// linear is a linear model over named features. The zero value has no weights.
type linear struct{ weights map[string]float32 }

// readLinear reads weights, one "feature<TAB>weight" a line.
func readLinear(text string) (*linear, error) {
	m := &linear{make(map[string]float32, strings.Count(text, "\n"))}
	n := 0
	for line := range strings.Lines(text) {
		n++
		name, value, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		w, err := strconv.ParseFloat(value, 32)
		if !ok || err != nil {
			return nil, fmt.Errorf("weights:%d: want feature, tab, number", n)
		}
		m.weights[name] = float32(w)
	}
	return m, nil
}

// sum adds up the weights of the features that it is given, or notes their
// names while a model is fitted.
type sum struct {
	model *linear
	total float64
	buf   []byte
	names []string
	note  bool
}

// add counts the feature whose name is the parts joined by spaces.
func (s *sum) add(parts ...string) {
	s.buf = s.buf[:0]
	for i, p := range parts {
		if i > 0 {
			s.buf = append(s.buf, ' ')
		}
		s.buf = append(s.buf, p...)
	}
	if s.note {
		s.names = append(s.names, string(s.buf))
		return
	}
	s.total += float64(s.model.weights[string(s.buf)])
}

// example is one observation for a linear model: its features, its target, and
// how much it counts.
type example struct {
	features []string
	target   float64
	weight   float64
}

// fit finds weights by stochastic gradient descent with AdaGrad (Duchi et al.
// 2011) on the squared error, or the log loss where logistic is set. Features
// seen in fewer than rare examples are left out. The result is the same from run
// to run.
func fit(examples []example, logistic bool, rare, epochs int, rate, decay float64) []byte {
	count := map[string]int{}
	for _, e := range examples {
		for _, f := range e.features {
			count[f]++
		}
	}
	index := map[string]int{}
	var names []string
	for f, n := range count {
		if n >= rare {
			names = append(names, f)
		}
	}
	slices.Sort(names)
	for i, f := range names {
		index[f] = i
	}
	w, g, mean := make([]float64, len(names)), make([]float64, len(names)), make([]float64, len(names))
	state := uint64(1)
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	for epoch := range epochs {
		for i := len(order) - 1; i > 0; i-- {
			state = state*6364136223846793005 + 1442695040888963407
			j := int(state>>33) % (i + 1)
			order[i], order[j] = order[j], order[i]
		}
		for _, i := range order {
			step(&examples[i], index, w, g, logistic, rate, decay)
		}
		if 2*epoch >= epochs {
			for i := range w {
				mean[i] += w[i]
			}
		}
	}
	var out bytes.Buffer
	for i, f := range names {
		if v := mean[i] / float64(epochs-epochs/2); math.Abs(v) >= 0.005 {
			fmt.Fprintf(&out, "%s\t%.3f\n", f, v)
		}
	}
	return out.Bytes()
}

func step(e *example, index map[string]int, w, g []float64, logistic bool, rate, decay float64) {
	z := 0.0
	for _, f := range e.features {
		if k, ok := index[f]; ok {
			z += w[k]
		}
	}
	if logistic {
		z = sigmoid(z)
	}
	delta := (z - e.target) * e.weight
	for _, f := range e.features {
		k, ok := index[f]
		if !ok {
			continue
		}
		d := delta + decay*w[k]
		g[k] += d * d
		w[k] -= rate * d / math.Sqrt(g[k]+1e-6)
	}
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
