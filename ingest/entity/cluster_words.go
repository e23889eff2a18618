package entity

import "math"

// sizes are the numbers of clusters, from coarse to fine.
var sizes = [nClusters]int{64, 256, 1024}

// clusteredWords is how many words have clusters.
const clusteredWords = 60000

// cluster groups the words by their vectors, normalised, by k-means. Features of
// clusters carry what was learned of one word over to its like (Guo et al. 2014).
// Cluster 0 is that of unknown words.
func (t *Trainer) cluster() map[string][nClusters]uint16 {
	out := map[string][nClusters]uint16{}
	words := t.Words[:min(len(t.Words), clusteredWords)]
	rows := make([][]float32, len(words))
	for i := range words {
		norm := float32(0)
		for _, x := range t.Vectors[i] {
			norm += x * x
		}
		rows[i] = make([]float32, len(t.Vectors[i]))
		for k, x := range t.Vectors[i] {
			rows[i][k] = x / float32(math.Sqrt(float64(norm)+1e-9))
		}
	}
	for level, k := range sizes {
		for i, c := range kMeans(rows, k, 6) {
			x := out[words[i]]
			x[level] = uint16(c + 1)
			out[words[i]] = x
		}
	}
	return out
}

// kMeans assigns each unit row to one of k centres; the first k rows start them.
func kMeans(rows [][]float32, k, rounds int) []int {
	k = min(k, len(rows))
	centres := make([][]float32, k)
	for c := range centres {
		centres[c] = append([]float32(nil), rows[c*len(rows)/(2*k)]...)
	}
	at := make([]int, len(rows))
	for range rounds {
		for i, r := range rows {
			best, top := 0, float32(-2)
			for c, v := range centres {
				if s := dot(r, v); s > top {
					best, top = c, s
				}
			}
			at[i] = best
		}
		for c := range centres {
			clear(centres[c])
		}
		for i, r := range rows {
			for d, x := range r {
				centres[at[i]][d] += x
			}
		}
		for _, v := range centres {
			norm := float32(math.Sqrt(float64(dot(v, v)) + 1e-9))
			for d := range v {
				v[d] /= norm
			}
		}
	}
	return at
}

func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	for i := 0; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	return s0 + s1 + s2 + s3
}
