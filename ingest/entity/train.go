package entity

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"

	"hearsay/ingest/news"
)

// Sample is a sentence of a corpus for the recogniser. Allowed says for each word
// which labels its annotation leaves possible: a corpus that marks no malware
// leaves the type open on words that it doesn't mark.
type Sample struct {
	Words   []string
	UPOS    []string // "" where unknown
	Allowed []uint32 // bit 0 for O, bits of LabelBits for names
	Doc     int      // number of the document
}

// LabelBits are the bits of a name's first and further words.
func LabelBits(t news.EntityType) (begin, inside uint32) {
	k := typeIndex(t)
	if k < 0 {
		return 0, 0
	}
	return 1 << (2*k + 1), 1 << (2*k + 2)
}

// Trainer trains a recogniser.
type Trainer struct {
	Samples []Sample
	Known   *Known
	Words   []string    // with vectors, frequent words first
	Vectors [][]float32 // of Words
	Epochs  int
	Log     io.Writer
	// Score, where set, is called after each epoch with the averaged model.
	Score func(epoch int, m *Recogniser) error
}

// perceptron holds the weights in training and their sums over time.
type perceptron struct {
	w, sum, last []float32 // hashSize × rowSize, and the step of the last change
	next         [nLabels][nLabels]float32
	nextSum      [nLabels][nLabels]float32
	step         float32
}

// Train learns from samples whose annotation is partial (as in latent structured
// perceptrons): the best sequence that the annotation allows is the one to reach.
func (t *Trainer) Train(ctx context.Context) (*Recogniser, error) {
	if len(t.Samples) == 0 {
		return nil, fmt.Errorf("train names: no samples")
	}
	m := &Recogniser{clusters: t.cluster()}
	docs := map[int]written{}
	for i := range t.Samples {
		s := &t.Samples[i]
		if docs[s.Doc] == nil {
			docs[s.Doc] = written{}
		}
		docs[s.Doc].note(s.words())
	}
	p := &perceptron{w: make([]float32, hashSize*rowSize), sum: make([]float32, hashSize*rowSize), last: make([]float32, hashSize)}
	order := make([]int, len(t.Samples))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(1, 2))
	tab := facts()
	var seq sequence
	var views []view
	for epoch := range t.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong := 0
		for n, i := range order {
			if n%256 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			s := &t.Samples[i]
			views = look(views[:0], tab, m.cluster, s.words(), docs[s.Doc], t.Known.labelsOf(s.Words))
			seq.views = views
			if p.learn(&seq, s.Allowed) {
				wrong++
			}
		}
		fmt.Fprintf(t.Log, "epoch %d: %d of %d sentences wrong\n", epoch+1, wrong, len(order))
		if t.Score != nil || epoch == t.Epochs-1 {
			p.average(m)
			if t.Score != nil {
				if err := t.Score(epoch+1, m); err != nil {
					return nil, err
				}
			}
		}
	}
	return m, nil
}

func (s *Sample) words() []word {
	out := make([]word, len(s.Words))
	for i := range out {
		out[i].form = s.Words[i]
		if s.UPOS != nil {
			out[i].upos = s.UPOS[i]
		}
	}
	return out
}

// labelsOf marks the words of one sentence that known names cover.
func (k *Known) labelsOf(words []string) []uint8 {
	if k == nil {
		return make([]uint8, len(words))
	}
	var ps []piece
	for i, w := range words {
		at := len(ps)
		ps = cut(ps, w, 0, int32(i))
		for j := at; j < len(ps); j++ {
			ps[j].glued = j > 0 && (j > at || i == int(ps[j-1].token)+1 || softWords(words[ps[j-1].token+1:i]))
		}
	}
	return knownLabels(nil, k, k.matches(ps), 0, len(words))
}

func softWords(between []string) bool {
	for _, w := range between {
		if !soft(w) {
			return false
		}
	}
	return true
}

// learn takes one step and reports whether the prediction was wrong.
func (p *perceptron) learn(s *sequence, allowed []uint32) bool {
	p.step++
	n := len(s.views)
	features := make([][]uint32, n)
	score := make([]float32, n*rowSize)
	for i := range s.views {
		features[i] = appendFeatures(nil, s.views, i)
		row := score[i*rowSize : i*rowSize+rowSize]
		for _, f := range features[i] {
			w := p.w[int(f&hashMask)*rowSize:][:rowSize]
			for k := range row {
				row[k] += w[k]
			}
		}
	}
	next := func(from, to int) int32 { return int32(p.next[from][to] * 64) }
	s.scores = resized(s.scores, n*rowSize)
	for i := range score {
		s.scores[i] = int32(score[i] * 64)
	}
	s.viterbi(next)
	guess := append([]uint8(nil), s.labels...)
	ok := true
	for i, y := range guess {
		ok = ok && allowed[i]&(1<<y) != 0
	}
	if ok {
		return false
	}
	for i := range s.views {
		for y := range nLabels {
			if allowed[i]&(1<<y) == 0 {
				s.scores[i*rowSize+y] = never / 4
			}
		}
	}
	s.viterbi(next)
	gold := s.labels
	from, fromGuess := 0, 0
	for i := range s.views {
		g, y := int(gold[i]), int(guess[i])
		if i > 0 && (g != y || from != fromGuess) {
			p.transition(from, g, 1)
			p.transition(fromGuess, y, -1)
		}
		from, fromGuess = g, y
		if g == y {
			continue
		}
		for _, f := range features[i] {
			p.touch(int(f & hashMask))
			p.w[int(f&hashMask)*rowSize+g]++
			p.w[int(f&hashMask)*rowSize+y]--
		}
	}
	return true
}

func (p *perceptron) transition(from, to int, by float32) {
	p.next[from][to] += by
	p.nextSum[from][to] += by * p.step
}

// touch brings a row's sum up to date before it is changed.
func (p *perceptron) touch(row int) {
	if d := p.step - p.last[row]; d > 0 {
		w, sum := p.w[row*rowSize:][:rowSize], p.sum[row*rowSize:][:rowSize]
		for k := range w {
			sum[k] += w[k] * d
		}
		p.last[row] = p.step
	}
}

// average fills m with the mean of the weights over all steps, in 8 bits.
func (p *perceptron) average(m *Recogniser) {
	top := float32(0)
	for row := range hashSize {
		p.touch(row)
		for k := range nLabels {
			top = max(top, p.sum[row*rowSize+k], -p.sum[row*rowSize+k])
		}
	}
	// The few largest weights are cut, so that the small ones keep their digits.
	scale := 127 / (top * 0.5)
	m.rows, m.lanes = make([]int32, hashSize), nil
	var q [rowSize]int8
	for row := range hashSize {
		kept := false
		for k := range nLabels {
			v := p.sum[row*rowSize+k] * scale
			q[k] = int8(max(-127, min(127, round(v))))
			kept = kept || q[k] != 0
		}
		if kept {
			m.lanes = append(m.lanes, make([]uint64, rowWords)...)
			m.rows[row] = int32(len(m.lanes) / rowWords)
			m.setRow(int(m.rows[row])-1, q[:])
		}
	}
	for i := range nLabels {
		for j := range nLabels {
			mean := p.next[i][j]*p.step - p.nextSum[i][j]
			m.next[i][j] = int32(round(mean * scale))
		}
	}
}

func round(v float32) float32 {
	if v < 0 {
		return float32(int(v - 0.5))
	}
	return float32(int(v + 0.5))
}
