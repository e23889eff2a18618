package entity

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"

	"hearsay/ingest/news"
)

// PronounExample is a pronoun of a corpus with its options; the last is that it
// stays unresolved.
type PronounExample struct {
	Features [][]uint16
	Right    []bool
}

// Verdict says whether a candidate is the pronoun's antecedent.
type Verdict uint8

// The verdicts.
const (
	Unsure Verdict = iota // left out of the options
	Right
	Wrong
)

// PronounExamples resolves a document and collects its pronouns. judge is asked
// for each candidate; where none is right, it is right to leave the pronoun
// unresolved. A pronoun of which no candidate is judged is left out.
func PronounExamples(d *news.Document, known *Known, judge func(pronoun, candidate news.Mention) Verdict) []PronounExample {
	var out []PronounExample
	watch := func(r *resolver, i int, options []option) {
		var x PronounExample
		any := false
		for _, o := range options[:len(options)-1] {
			v := judge(r.refs[i].Mention, r.refs[o.at].Mention)
			if v == Unsure {
				continue
			}
			x.Features = append(x.Features, r.featuresOf(o))
			x.Right = append(x.Right, v == Right)
			any = any || v == Right
		}
		if len(x.Features) == 0 {
			return
		}
		x.Features = append(x.Features, r.featuresOf(options[len(options)-1]))
		x.Right = append(x.Right, !any)
		out = append(out, x)
	}
	resolveWatched(d, known, embedded(), watch)
	return out
}

// TrainPronouns learns the weights of the options' features by gradient descent
// on the log-likelihood of the right options together, with an L2 penalty, and
// writes them as lines of number and weight.
func TrainPronouns(examples []PronounExample, epochs int) []byte {
	w := new(weights)
	var squares weights
	rng := rand.New(rand.NewPCG(3, 4))
	for range epochs {
		rng.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		for k := range examples {
			x := &examples[k]
			all, right := w.probabilities(x)
			for o, fs := range x.Features {
				g := all[o] - right[o]
				if math.Abs(g) < 1e-6 {
					continue
				}
				for _, f := range fs {
					step := float32(g) + 2e-4*w[f]
					squares[f] += step * step
					w[f] -= 0.1 * step / float32(math.Sqrt(float64(squares[f])+1e-6))
				}
			}
		}
	}
	var b bytes.Buffer
	for f, v := range w {
		if math.Abs(float64(v)) >= 0.005 {
			fmt.Fprintf(&b, "%d %.2f\n", f, v)
		}
	}
	return b.Bytes()
}

func (r *resolver) featuresOf(o option) []uint16 {
	return append([]uint16(nil), r.features[o.first:o.end]...)
}

// probabilities of the options, and of the right ones among themselves.
func (w *weights) probabilities(x *PronounExample) (all, right []float64) {
	all, right = make([]float64, len(x.Features)), make([]float64, len(x.Features))
	top := math.Inf(-1)
	for o, fs := range x.Features {
		for _, f := range fs {
			all[o] += float64(w[f])
		}
		top = max(top, all[o])
	}
	sum, sumRight := 0.0, 0.0
	for o := range all {
		all[o] = math.Exp(all[o] - top)
		sum += all[o]
		if x.Right[o] {
			right[o] = all[o]
			sumRight += all[o]
		}
	}
	for o := range all {
		all[o] /= sum
		right[o] /= sumRight + 1e-12
	}
	return all, right
}
