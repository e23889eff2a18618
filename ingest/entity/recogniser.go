package entity

import (
	"bytes"
	_ "embed"
	"math"
	"strings"
	"sync"

	"hearsay/ingest/news"
)

// Labels of the recogniser: O is 0; B- and I- of recogniserTypes[k] are 2k+1 and
// 2k+2.
var recogniserTypes = [...]news.EntityType{
	news.Person, news.Location, news.Organization, news.Work, news.Product, news.Event,
	news.Malware, news.ThreatActor, news.Vulnerability, news.Other,
}

const (
	nLabels   = 1 + 2*len(recogniserTypes)
	rowSize   = 24 // nLabels, rounded up
	rowWords  = rowSize / 4
	bias      = 128 // added to each weight in a lane
	hashSize  = 1 << 20
	hashMask  = hashSize - 1
	nClusters = 3
)

// Recogniser is a linear chain model of names: a structured perceptron (Collins
// 2002) over words, affixes, shapes, clusters of word vectors, gazetteers and
// tags. It is immutable and safe for concurrent use.
type Recogniser struct {
	rows     []int32  // hash of a feature -> 1 + its row, 0 for none
	lanes    []uint64 // rows of rowSize weights, four to a word in 16 bits each, with the bias added
	next     [nLabels][nLabels]int32
	clusters map[string][nClusters]uint16
}

//go:embed model/names.bin
var modelFile []byte

// embedded is the recogniser of the binary, read once. That it can be read is
// tested; without it names come from rules and known entities alone.
var embedded = sync.OnceValue(func() *Recogniser {
	m, err := LoadRecogniser(bytes.NewReader(modelFile))
	if err != nil {
		return nil
	}
	return m
})

// sequence is the working space of one decode.
type sequence struct {
	views    []view
	features []uint32
	scores   []int32 // tokens × rowSize
	best     []int32
	back     []uint8
	labels   []uint8
}

var sequences = sync.Pool{New: func() any { return new(sequence) }}

// label decodes the views and leaves the labels in s.labels.
func (m *Recogniser) label(s *sequence) {
	n := len(s.views)
	s.scores = resized(s.scores, n*rowSize)
	for i := range s.views {
		s.features = appendFeatures(s.features[:0], s.views, i)
		// A lane holds 256 features' weights at least: none overflows.
		var sum [rowWords]uint64
		found := int32(0)
		for _, f := range s.features {
			at := m.rows[f&hashMask]
			if at == 0 {
				continue
			}
			found++
			w := (*[rowWords]uint64)(m.lanes[int(at-1)*rowWords:])
			for k := range sum {
				sum[k] += w[k]
			}
		}
		row := (*[rowSize]int32)(s.scores[i*rowSize:])
		for k := range row {
			row[k] = int32(uint16(sum[k/4]>>(k%4*16))) - bias*found
		}
	}
	s.viterbi(func(from, to int) int32 { return m.next[from][to] })
}

// setRow stores the weights of row at.
func (m *Recogniser) setRow(at int, weights []int8) {
	for k, w := range weights {
		m.lanes[at*rowWords+k/4] |= uint64(int(w)+bias) << (k % 4 * 16)
	}
}

func (m *Recogniser) weight(at, k int) int8 {
	return int8(int(uint16(m.lanes[at*rowWords+k/4]>>(k%4*16))) - bias)
}

func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

const never = math.MinInt32 / 4

// mayFollow reports whether label to may stand after from: I-x only inside x.
func mayFollow(from, to int) bool {
	return to == 0 || to%2 == 1 || from == to || from == to-1
}

// viterbi finds the best sequence of labels for s.scores.
func (s *sequence) viterbi(next func(from, to int) int32) {
	n := len(s.views)
	s.best, s.back, s.labels = resized(s.best, n*nLabels), resized(s.back, n*nLabels), resized(s.labels, n)
	if n == 0 {
		return
	}
	for y := range nLabels {
		s.best[y] = s.scores[y]
		if !mayFollow(0, y) {
			s.best[y] = never
		}
	}
	for i := 1; i < n; i++ {
		prev, cur := s.best[(i-1)*nLabels:i*nLabels], s.best[i*nLabels:(i+1)*nLabels]
		for y := range nLabels {
			best, from := int32(math.MinInt32), 0
			if y != 0 && y%2 == 0 {
				// Inside a name: only from its own type.
				best, from = prev[y]+next(y, y), y
				if v := prev[y-1] + next(y-1, y); v > best {
					best, from = v, y-1
				}
			} else {
				for z := range nLabels {
					if v := prev[z] + next(z, y); v > best {
						best, from = v, z
					}
				}
			}
			cur[y] = max(best, never) + s.scores[i*rowSize+y]
			s.back[i*nLabels+y] = uint8(from)
		}
	}
	best, y := int32(math.MinInt32), 0
	for z := range nLabels {
		if v := s.best[(n-1)*nLabels+z]; v > best {
			best, y = v, z
		}
	}
	for i := n - 1; i >= 0; i-- {
		s.labels[i] = uint8(y)
		y = int(s.back[i*nLabels+y])
	}
}

// names are the names that the recogniser finds in one sentence.
func (m *Recogniser) names(views []view, emit func(first, last int, t news.EntityType)) {
	s := sequences.Get().(*sequence)
	defer sequences.Put(s)
	s.views = views
	m.label(s)
	spans(s.labels, emit)
	s.views = nil
}

// spans reads the names off a sequence of labels.
func spans(labels []uint8, emit func(first, last int, t news.EntityType)) {
	for i := 0; i < len(labels); i++ {
		y := labels[i]
		if y == 0 {
			continue
		}
		inside := y
		if y%2 == 1 {
			inside = y + 1
		}
		last := i
		for last+1 < len(labels) && labels[last+1] == inside {
			last++
		}
		emit(i, last, recogniserTypes[(inside-2)/2])
		i = last
	}
}

// cluster looks up the clusters of a word.
func (m *Recogniser) cluster(lower string) [nClusters]uint16 {
	if c, ok := m.clusters[lower]; ok {
		return c
	}
	if strings.ContainsAny(lower, "0123456789") {
		return m.clusters["0"]
	}
	return [nClusters]uint16{}
}
