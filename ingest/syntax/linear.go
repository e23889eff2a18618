package syntax

import "math"

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

// trainLinear fits a logistic regression with 2^bits weights by AdaGrad, going
// through the cases in a fixed pseudo-random order.
func trainLinear(cases []observation, bits, epochs int, rate, decay float64) *linear {
	size := 1 << bits
	w, squares := make([]float64, size), make([]float64, size)
	mask := uint32(size - 1)
	order := uint64(1)
	for range epochs {
		for range cases {
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
				grad := err - decay*w[k]
				squares[k] += grad * grad
				w[k] += rate * grad / math.Sqrt(squares[k]+1e-8)
			}
		}
	}
	l := &linear{weights: make([]int16, size)}
	for k, v := range w {
		l.weights[k] = int16(math.Max(-32000, math.Min(32000, math.Round(v*linearUnit))))
	}
	return l
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
