package syntax

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"hearsay/ingest/syntax/conllu"
	"hearsay/ingest/syntax/nn"
)

// Trainer makes a model from treebanks. The same data and settings make the
// same bytes on any number of processors with the same kind of kernel.
type Trainer struct {
	Data       string // folder with the treebanks under parse/ and plain texts under text/
	Vectors    string // word vectors: GloVe's text format or the JSON of wink-embeddings
	Checkpoint string // file to resume from and to save to after every epoch, "" for none
	Epochs     int
	Words      int // number of word vectors to keep beside those of words in the treebanks
	Shape      Shape
	Log        io.Writer

	train, dev []*conllu.Sentence
	vocab      vocabulary
	inv        inventory
	net        *network
	examples   []example
	corpora    map[string]string
	tokeniser  *tokeniser
	splitter   *splitter
	lemmas     *lemmatiser
}

// The size of a training step in tokens, the highest learning rate, and the
// length of its rise in steps.
const (
	stepTokens  = 1400
	peakRate    = 0.002
	warmupSteps = 300
	longest     = 200 // training leaves longer sentences out
	seed        = 7
)

// example is one training sentence, its root first.
type example struct {
	tokens                          []features
	upos, xpos, feats, deprel, head []int32
}

// treebanks reads the training and development parts under dir.
func treebanks(dir string) (train, dev []*conllu.Sentence, err error) {
	read := func(pattern string) (all []*conllu.Sentence) {
		paths, _ := filepath.Glob(filepath.Join(dir, "parse", pattern))
		if len(paths) == 0 && err == nil {
			err = fmt.Errorf("no treebank %s", filepath.Join(dir, "parse", pattern))
		}
		for _, p := range paths {
			s, e := conllu.ReadFile(p)
			if e != nil && err == nil {
				err = fmt.Errorf("read treebank: %w", e)
			}
			all = append(all, s...)
		}
		return all
	}
	train = append(read("*-ud-train.conllu"), read("gum-open-train/*.conllu")...)
	dev = append(read("*-ud-dev.conllu"), read("gum-open-dev/*.conllu")...)
	return train, dev, err
}

// prepare reads the data and sets up vocabulary, inventory and network.
func (t *Trainer) prepare() error {
	var err error
	if t.train, t.dev, err = treebanks(t.Data); err != nil {
		return err
	}
	vectors, err := readVectors(t.Vectors)
	if err != nil {
		return err
	}
	t.buildVocabulary()
	t.buildInventory()
	if t.Shape.Width == 0 {
		t.Shape = defaultShape
	}
	t.net = newNetwork(t.Shape, firstWord+len(t.vocab.words.keys), &t.inv, seed)
	t.keepVectors(vectors)
	t.examples = t.exampleList(t.train)
	text := passages(t.train)
	t.tokeniser, t.splitter, t.lemmas = trainTokeniser(text), trainSplitter(text), trainLemmas(t.train)
	fmt.Fprintf(t.Log, "%d training sentences, %d words with vectors, %d trained words, %d weights, kernel %s\n",
		len(t.examples), len(t.vocab.vectors.keys), len(t.vocab.words.keys), t.net.params.Count(), nn.Kernel())
	return nil
}

// buildVocabulary numbers the words that stand in the training data twice or more.
func (t *Trainer) buildVocabulary() {
	count := map[string]int{}
	var words []string
	for _, s := range t.train {
		for i := range s.Words {
			key := digitless(strings.ToLower(plain(s.Words[i].Form)))
			if count[key]++; count[key] == 2 {
				words = append(words, key)
			}
		}
	}
	t.vocab.words = indexOf(words)
}

// keepVectors keeps the vectors of the most frequent words and of all words of
// the training data.
func (t *Trainer) keepVectors(v *wordVectors) {
	seen := map[string]bool{}
	for _, s := range t.train {
		for i := range s.Words {
			seen[strings.ToLower(plain(s.Words[i].Form))] = true
		}
	}
	var words []string
	var kept [][]float32
	for i, w := range v.words {
		if i < t.Words || seen[w] {
			words, kept = append(words, w), append(kept, v.rows[i])
		}
	}
	t.vocab.vectors = indexOf(words)
	t.net.vectors = nn.Fixed("vectors", len(kept), vectorSize)
	for r, row := range kept {
		storeQuantised(t.net.vectors.W[r*vectorSize:(r+1)*vectorSize], row)
	}
}

// storeQuantised stores a vector as the int8 model will hold it, so that
// training sees the same values.
func storeQuantised(dst, row []float32) {
	const scale = 0.4 // brings GloVe's values near the deviation of the other inputs
	var top float32
	for _, v := range row {
		top = max(top, v, -v)
	}
	if top == 0 {
		return
	}
	unit := top * scale / 127
	for j, v := range row {
		dst[j] = float32(math.Round(float64(v*scale/unit))) * unit
	}
}

// buildInventory lists the labels of the training data, the most frequent first.
func (t *Trainer) buildInventory() {
	list := func(of func(*conllu.Word) string) []string {
		count := map[string]int{}
		for _, s := range t.train {
			for i := range s.Words {
				count[of(&s.Words[i])]++
			}
		}
		var labels []string
		for l := range count {
			labels = append(labels, l)
		}
		slices.SortFunc(labels, func(a, b string) int {
			if count[a] != count[b] {
				return count[b] - count[a]
			}
			return strings.Compare(a, b)
		})
		return labels
	}
	t.inv.UPOS = list(func(w *conllu.Word) string { return w.UPOS })
	t.inv.XPOS = list(func(w *conllu.Word) string { return w.XPOS })
	t.inv.Feats = list(func(w *conllu.Word) string { return w.Feats })
	t.inv.Deprel = list(func(w *conllu.Word) string { return w.Deprel })
}

func (t *Trainer) exampleList(all []*conllu.Sentence) []example {
	index := func(labels []string) map[string]int32 {
		m := make(map[string]int32, len(labels))
		for i, l := range labels {
			m[l] = int32(i)
		}
		return m
	}
	u, x, f, d := index(t.inv.UPOS), index(t.inv.XPOS), index(t.inv.Feats), index(t.inv.Deprel)
	class := func(m map[string]int32, label string) int32 {
		if c, ok := m[label]; ok {
			return c
		}
		return -1
	}
	root := t.vocab.of(rootForm)
	root.word = rootWord
	var out []example
	for _, s := range all {
		if len(s.Words) >= longest {
			continue
		}
		e := example{tokens: []features{root}, upos: []int32{-1}, xpos: []int32{-1},
			feats: []int32{-1}, deprel: []int32{-1}, head: []int32{-1}}
		for i := range s.Words {
			w := &s.Words[i]
			e.tokens = append(e.tokens, t.vocab.of(w.Form))
			e.upos = append(e.upos, class(u, w.UPOS))
			e.xpos = append(e.xpos, class(x, w.XPOS))
			e.feats = append(e.feats, class(f, w.Feats))
			e.deprel = append(e.deprel, class(d, w.Deprel))
			e.head = append(e.head, int32(w.Head))
		}
		out = append(out, e)
	}
	return out
}

// add appends an example to the batch.
func (b *batch) add(e *example) {
	at := len(b.tokens)
	b.tokens = append(b.tokens, e.tokens...)
	b.segs = append(b.segs, nn.Segment{Start: at, End: len(b.tokens)})
	b.upos = append(b.upos, e.upos...)
	b.xpos = append(b.xpos, e.xpos...)
	b.feats = append(b.feats, e.feats...)
	b.deprel = append(b.deprel, e.deprel...)
	for _, h := range e.head {
		if h >= 0 {
			h += int32(at)
		}
		b.head = append(b.head, h)
	}
}

// steps cuts one epoch's shuffled examples into steps of two batches each.
func (t *Trainer) steps(epoch int) [][nn.Workers]batch {
	rng := rand.New(rand.NewPCG(seed, uint64(1000+epoch)))
	order := rng.Perm(len(t.examples))
	var out [][nn.Workers]batch
	for i := 0; i < len(order); {
		var step [nn.Workers]batch
		for n := 0; i < len(order) && n < stepTokens; i++ {
			k := 0
			for w := range step {
				if len(step[w].tokens) < len(step[k].tokens) {
					k = w
				}
			}
			e := &t.examples[order[i]]
			step[k].add(e)
			n += len(e.tokens)
		}
		out = append(out, step)
	}
	return out
}

// Train trains for all epochs, or goes on from the checkpoint.
func (t *Trainer) Train(ctx context.Context) error {
	if t.Epochs <= 0 {
		return errors.New("epochs: want a positive number")
	}
	if err := t.prepare(); err != nil {
		return err
	}
	first, err := t.resume()
	if err != nil {
		return err
	}
	graphs := [nn.Workers]*nn.Graph{}
	for k := range graphs {
		graphs[k] = nn.NewGraph(k, seed)
		graphs[k].Train = true
	}
	start := time.Now()
	for epoch := first; epoch < t.Epochs; epoch++ {
		l, tokens, err := t.epoch(ctx, epoch, graphs)
		if err != nil {
			return err
		}
		n := float64(tokens)
		fmt.Fprintf(t.Log, "epoch %d/%d  loss upos %.3f xpos %.3f feats %.3f arc %.3f label %.3f  %s\n", epoch+1, t.Epochs,
			l.upos/n, l.xpos/n, l.feats/n, l.arc/n, l.label/n, time.Since(start).Round(time.Second))
		if err := t.save(epoch + 1); err != nil {
			return err
		}
		if epoch%3 == 1 || epoch+1 == t.Epochs {
			t.logScores()
		}
	}
	return nil
}

func (t *Trainer) epoch(ctx context.Context, epoch int, graphs [nn.Workers]*nn.Graph) (sum losses, tokens int, err error) {
	steps := t.steps(epoch)
	for k, g := range graphs {
		g.Reseed(uint64(epoch*nn.Workers + k))
	}
	for i := range steps {
		if ctx.Err() != nil {
			return sum, tokens, ctx.Err()
		}
		n := 0
		for k := range steps[i] {
			n += len(steps[i][k].tokens)
		}
		tokens += n
		var parts [nn.Workers]losses
		var wg sync.WaitGroup
		for k := range steps[i] {
			if b := &steps[i][k]; len(b.tokens) > 0 {
				wg.Go(func() { parts[k] = t.net.learn(graphs[k], b, 1/float32(n)) })
			}
		}
		wg.Wait()
		for _, l := range parts {
			sum.add(l)
		}
		t.net.params.Step(rate(epoch*len(steps)+i, t.Epochs*len(steps)))
	}
	return sum, tokens, nil
}

// rate is the learning rate: a linear rise, then half a cosine down to zero.
func rate(step, steps int) float64 {
	up := math.Min(1, float64(step+1)/warmupSteps)
	return peakRate*up*0.5*(1+math.Cos(math.Pi*float64(step)/float64(steps))) + 1e-6
}

// logScores prints accuracy on the development parts, gold tokens, greedy heads.
func (t *Trainer) logScores() {
	g := nn.NewGraph(0, seed)
	type count struct{ n, upos, xpos, feats, uas, las int }
	counts := map[string]*count{"EWT": {}, "GUM": {}}
	for _, e := range t.dev {
		c := counts["EWT"]
		if strings.HasPrefix(e.Doc, "GUM") {
			c = counts["GUM"]
		}
		for _, x := range t.exampleList([]*conllu.Sentence{e}) {
			var b batch
			b.add(&x)
			g.Reset()
			enc := t.net.encode(g, &b)
			u, xp, f := t.net.upos.apply(g, enc), t.net.xpos.apply(g, enc), t.net.feats.apply(g, enc)
			dep, head := t.net.arcs(g, enc)
			cols := (len(b.tokens) + 31) / 32 * 32
			scores := nn.PointerScores(g, nil, dep, head, b.segs[0])
			heads := make([]int32, len(b.tokens))
			heads[0] = -1
			for i := 1; i < len(heads); i++ {
				row := scores[i*cols : i*cols+len(heads)]
				row[i] = -1e9
				heads[i] = int32(argmax(row))
			}
			lab := t.net.labels(g, enc, heads)
			for i := 1; i < len(heads); i++ {
				c.n++
				c.upos += same(argmax(u.Row(i)[:t.net.upos.n]), b.upos[i])
				c.xpos += same(argmax(xp.Row(i)[:t.net.xpos.n]), b.xpos[i])
				c.feats += same(argmax(f.Row(i)[:t.net.feats.n]), b.feats[i])
				if heads[i] == b.head[i] {
					c.uas++
					c.las += same(argmax(lab.Row(i)[:t.net.label.n]), b.deprel[i])
				}
			}
		}
	}
	for _, name := range []string{"EWT", "GUM"} {
		c := counts[name]
		p := func(k int) float64 { return 100 * float64(k) / float64(max(c.n, 1)) }
		fmt.Fprintf(t.Log, "  dev %s  UPOS %.2f  XPOS %.2f  feats %.2f  UAS %.2f  LAS %.2f\n",
			name, p(c.upos), p(c.xpos), p(c.feats), p(c.uas), p(c.las))
	}
}

func same(class int, gold int32) int {
	if int32(class) == gold {
		return 1
	}
	return 0
}

func argmax(x []float32) int {
	k := 0
	for j, v := range x {
		if v > x[k] {
			k = j
		}
	}
	return k
}
