package syntax

import (
	"math"
	"sync"
)

// linear is a yes-or-no classifier over hashed features with weights of 16 bits.
// It decides in integers, the same everywhere.
type linear struct {
	weights []int16 // a power of two of them
}

// linearUnit is the weight that stands for one in training.
const linearUnit = 1 << 9

// decide is the sum of the weights of hashed features: yes above 0.
func (l *linear) decide(features []uint32) int32 {
	var sum int32
	mask := uint32(len(l.weights) - 1)
	for _, f := range features {
		sum += int32(l.weights[f&mask])
	}
	return sum
}

// observation is one training case of a linear classifier.
type observation struct {
	features []uint32
	yes      bool
}

// learners is the number of regressions that trainLinear averages.
const learners = 3

// trainLinear fits logistic regressions with 2^bits weights by AdaGrad, each on
// cases drawn in an order of its own, and averages their weights (bagging, Breiman
// 1996). The rate falls to zero in a straight line; decay draws the weights
// towards zero. The order is always the same.
func trainLinear(cases []observation, bits, epochs int, rate, decay float64) *linear {
	var parts [learners][]float64
	var wg sync.WaitGroup
	for k := range parts {
		wg.Go(func() { parts[k] = logistic(cases, uint64(2*k+1), bits, epochs, rate, decay) })
	}
	wg.Wait()
	l := &linear{weights: make([]int16, 1<<bits)}
	for i := range l.weights {
		var sum float64
		for _, p := range parts {
			sum += p[i]
		}
		l.weights[i] = int16(math.Max(-32000, math.Min(32000, math.Round(sum/learners*linearUnit))))
	}
	return l
}

// logistic is one logistic regression; order is the start of the sequence in
// which the cases are drawn.
func logistic(cases []observation, order uint64, bits, epochs int, rate, decay float64) []float64 {
	w, squares := make([]float64, 1<<bits), make([]float64, 1<<bits)
	mask := uint32(len(w) - 1)
	steps := epochs * len(cases)
	for step := range steps {
		speed := rate * (1 - float64(step)/float64(steps))
		order = order*6364136223846793005 + 1442695040888963407
		c := &cases[(order>>33)%uint64(len(cases))]
		var z float64
		for _, f := range c.features {
			z += w[f&mask]
		}
		err := -1 / (1 + math.Exp(-z))
		if c.yes {
			err++
		}
		for _, f := range c.features {
			k := f & mask
			grad := err - float64(decay*w[k])
			squares[k] += float64(grad * grad)
			w[k] += float64(speed*grad) / math.Sqrt(squares[k]+1e-8)
		}
	}
	return w
}

// featureHash starts the hash of a feature of a kind.
func featureHash(kind byte) uint32 { return (2166136261 ^ uint32(kind)) * 16777619 }

// mixString and mixInt continue it; finish it with mixEnd.
func mixString(h uint32, s string) uint32 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return (h ^ 0xff) * 16777619
}

func mixInt(h uint32, n int) uint32 { return (h ^ uint32(n) ^ uint32(n)<<11) * 16777619 }

func mixEnd(h uint32) uint32 {
	h ^= h >> 15
	h *= 0x85ebca6b
	return h ^ h>>13
}
