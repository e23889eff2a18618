package syntax

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Settings for words that the vectors lack: how often they must stand in the
// plain texts, the width of their context on either side, and how many words
// teach the map from contexts to vectors.
const (
	induceCount   = 5
	induceWindow  = 5
	induceTeach   = 20
	induceFromTop = 30000
)

// induced makes vectors for words of plain texts that have none: the mean of
// their contexts, mapped by what known words' contexts say about their vectors
// ("à la carte" embeddings, Khodak et al. 2018).
func induced(texts []string, v *wordVectors) (*wordVectors, error) {
	known := make(map[string]int, len(v.words))
	for i, w := range v.words {
		known[w] = i
	}
	words := strings.FieldsFunc(strings.ToLower(plain(strings.Join(texts, "\n"))), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
	count := map[string]int{}
	for _, w := range words {
		count[w]++
	}
	contexts := map[string][]float64{}
	for i, w := range words {
		if _, ok := known[w]; !inducible(w, ok, known[w], count[w]) {
			continue
		}
		sum := contexts[w]
		if sum == nil {
			sum = make([]float64, vectorSize+1)
			contexts[w] = sum
		}
		for k := max(0, i-induceWindow); k <= min(len(words)-1, i+induceWindow); k++ {
			row, ok := known[words[k]]
			if k == i || !ok {
				continue
			}
			weight := 1e-3 / (1e-3 + float64(count[words[k]])/float64(len(words)))
			for j, x := range v.rows[row] {
				sum[j] += weight * float64(x)
			}
			sum[vectorSize] += weight
		}
	}
	return mapContexts(contexts, known, v)
}

// inducible reports whether a word's contexts are needed: to teach, or to make
// its vector.
func inducible(w string, known bool, rank, count int) bool {
	if known {
		return rank < induceFromTop && rank > 100 && count >= induceTeach
	}
	return count >= induceCount && len(w) > 2 && len(w) < 25 && strings.IndexFunc(w, unicode.IsLetter) >= 0
}

// mapContexts solves the ridge regression from contexts to vectors and applies
// it, with lengths brought to that of the teachers.
func mapContexts(contexts map[string][]float64, known map[string]int, v *wordVectors) (*wordVectors, error) {
	names := make([]string, 0, len(contexts))
	for w, sum := range contexts {
		if sum[vectorSize] > 0 {
			names = append(names, w)
			for j := range vectorSize {
				sum[j] /= sum[vectorSize]
			}
		}
	}
	slices.Sort(names)
	out := &wordVectors{}
	solution, length, err := regression(names, contexts, known, v)
	if err != nil || solution == nil {
		return out, err
	}
	for _, w := range names {
		if _, ok := known[w]; ok {
			continue
		}
		row := make([]float32, vectorSize)
		for j := range row {
			var x float64
			for i := range vectorSize {
				x += contexts[w][i] * solution[i][j]
			}
			row[j] = float32(x)
		}
		if l := norm(row); l > 0 {
			for j := range row {
				row[j] *= float32(length / l)
			}
			out.words, out.rows = append(out.words, w), append(out.rows, row)
		}
	}
	return out, nil
}

// regression is the map from the contexts of known words to their vectors, nil
// where there are too few of them, and the mean length of these vectors.
func regression(names []string, contexts map[string][]float64, known map[string]int, v *wordVectors) (solution [][]float64, length float64, err error) {
	const n = vectorSize
	gram, cross := make([][]float64, n), make([][]float64, n)
	for i := range gram {
		gram[i], cross[i] = make([]float64, n), make([]float64, n)
		gram[i][i] = 1
	}
	teachers := 0
	for _, w := range names {
		row, ok := known[w]
		if !ok {
			continue
		}
		teachers++
		length += norm(v.rows[row])
		sum := contexts[w]
		for i := range n {
			for j := range n {
				gram[i][j] += sum[i] * sum[j]
				cross[i][j] += sum[i] * float64(v.rows[row][j])
			}
		}
	}
	if teachers < n {
		return nil, 0, nil
	}
	return cross, length / float64(teachers), solve(gram, cross)
}

func norm(x []float32) float64 {
	var s float64
	for _, v := range x {
		s += float64(v) * float64(v)
	}
	return math.Sqrt(s)
}

// solve leaves in b the solution X of A X = B, for a positive definite A, by
// Gauss-Jordan elimination.
func solve(a, b [][]float64) error {
	for k := range a {
		p := a[k][k]
		if math.Abs(p) < 1e-12 {
			return fmt.Errorf("contexts of known words are not independent")
		}
		for i := range a {
			if i == k {
				continue
			}
			f := a[i][k] / p
			for j := k; j < len(a); j++ {
				a[i][j] -= f * a[k][j]
			}
			for j := range b[i] {
				b[i][j] -= f * b[k][j]
			}
		}
	}
	for k := range a {
		for j := range b[k] {
			b[k][j] /= a[k][k]
		}
	}
	return nil
}
