package syntax

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"hearsay/ingest/syntax/conllu"
	"hearsay/ingest/syntax/nn"
)

// Trainer makes a model from treebanks and plain texts, in two generations: some
// networks learn from the treebanks alone and parse the plain texts; the model's
// own network learns from the treebanks and from what those agree on (tri-training,
// Zhou and Li 2005). The same data and settings make the same bytes on any number
// of processors with the same kind of kernel.
type Trainer struct {
	Data       string // folder with the treebanks under parse/ and plain texts under text/
	Vectors    string // word vectors: GloVe's text format or the JSON of wink-embeddings
	Checkpoint string // file to resume from and to save to after every epoch, "" for none; each teacher has one of its own beside it
	Epochs     int
	Teachers   int // networks of the first generation, 0 for none
	// TeacherEpochs is the number of passes that each of them makes.
	TeacherEpochs int
	Words         int // number of word vectors to keep beside those of words in the treebanks
	Shape         Shape
	Log           io.Writer

	*material
	seed     uint64
	vocab    vocabulary
	inv      inventory
	net      *network
	examples []example
	silver   []example // sentences parsed by the teachers
	scores   map[string]float64
}

// The settings that the embedded model was made with.
const (
	DefaultEpochs        = 24
	DefaultTeachers      = 2
	DefaultTeacherEpochs = 12
	DefaultWords         = 70000
)

// The size of a training step in tokens, the highest learning rate, and the
// length of its rise in steps.
const (
	stepTokens  = 1400
	peakRate    = 0.002
	warmupSteps = 300
	longest     = 200 // training leaves longer sentences out
	firstSeed   = 7
)

// setUp makes vocabulary, inventory, network and examples.
func (t *Trainer) setUp(silver []*conllu.Sentence) {
	t.buildVocabulary(silver)
	t.buildInventory()
	if t.Shape.Width == 0 {
		t.Shape = defaultShape
	}
	t.net = newNetwork(t.Shape, firstWord+len(t.vocab.words.keys), &t.inv, t.seed)
	t.keepVectors(t.vectors)
	t.examples, t.silver = t.exampleList(t.train), t.exampleList(silver)
	fmt.Fprintf(t.Log, "%d training sentences, %d parsed by teachers, %d words with vectors (%d new), %d trained words, %d weights, kernel %s\n",
		len(t.examples), len(t.silver), len(t.vocab.vectors.keys), len(t.vectors.words)-t.pretrained, len(t.vocab.words.keys),
		t.net.params.Count(), nn.Kernel())
}

// add appends an example to the batch, as varied by chance.
func (b *batch) add(e *example, chance float32) int {
	at := len(b.tokens)
	tokens, n := e.varied(chance)
	b.tokens = append(b.tokens, tokens...)
	b.segs = append(b.segs, nn.Segment{Start: at, End: len(b.tokens)})
	var before uint32
	for _, f := range tokens {
		before += f.marks
		b.before = append(b.before, before)
	}
	b.upos = append(b.upos, e.upos[:n]...)
	b.xpos = append(b.xpos, e.xpos[:n]...)
	b.feats = append(b.feats, e.feats[:n]...)
	b.deprel = append(b.deprel, e.deprel[:n]...)
	for _, h := range e.head[:n] {
		if h >= 0 {
			h += int32(at)
		}
		b.head = append(b.head, h)
	}
	return n
}

// epochExamples are the examples of one epoch: the treebanks, and in the first
// half of the epochs half as many sentences again of those that the teachers
// parsed, which are longer.
func (t *Trainer) epochExamples(epoch int) []*example {
	var out []*example
	for i := range t.examples {
		out = append(out, &t.examples[i])
	}
	if 2*epoch < t.Epochs {
		n := min(len(t.examples)/2, len(t.silver))
		for i := range n {
			out = append(out, &t.silver[(epoch*n+i)%len(t.silver)])
		}
	}
	return out
}

// steps cuts one epoch's shuffled examples into steps of two batches each.
func (t *Trainer) steps(epoch int) [][nn.Workers]batch {
	rng := rand.New(rand.NewPCG(t.seed, uint64(1000+epoch)))
	examples := t.epochExamples(epoch)
	rng.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
	var out [][nn.Workers]batch
	for i := 0; i < len(examples); {
		var step [nn.Workers]batch
		for n := 0; i < len(examples) && n < stepTokens; i++ {
			k := 0
			for w := range step {
				if len(step[w].tokens) < len(step[k].tokens) {
					k = w
				}
			}
			n += step[k].add(examples[i], rng.Float32())
		}
		out = append(out, step)
	}
	return out
}

// tokensBefore is the number of tokens, roots included, that the epochs before
// one see.
func (t *Trainer) tokensBefore(epoch int) (n int) {
	for e := range epoch {
		for _, x := range t.epochExamples(e) {
			n += len(x.tokens)
		}
	}
	return n
}

// Train trains both generations for all epochs, or goes on from the checkpoints.
func (t *Trainer) Train(ctx context.Context) error {
	if t.Epochs <= 0 || t.Teachers > 0 && t.TeacherEpochs <= 0 {
		return errors.New("epochs: want a positive number")
	}
	var err error
	if t.material, err = readMaterial(t.Data, t.Vectors); err != nil {
		return err
	}
	t.seed = firstSeed
	silver, err := t.taught(ctx)
	if err != nil {
		return err
	}
	t.setUp(silver)
	return t.run(ctx)
}

// taught is the plain texts as the teachers, which are trained for it, parse
// them; none without teachers.
func (t *Trainer) taught(ctx context.Context) ([]*conllu.Sentence, error) {
	var teachers []*Model
	for k := 1; k <= t.Teachers; k++ {
		fmt.Fprintf(t.Log, "teacher %d of %d\n", k, t.Teachers)
		teacher := &Trainer{Epochs: t.TeacherEpochs, Words: t.Words, Shape: t.Shape, Log: t.Log,
			material: t.material, seed: firstSeed + uint64(k)}
		if t.Checkpoint != "" {
			teacher.Checkpoint = fmt.Sprintf("%s.teacher%d", t.Checkpoint, k)
		}
		teacher.setUp(nil)
		if err := teacher.run(ctx); err != nil {
			return nil, err
		}
		m, err := teacher.Model()
		if err != nil {
			return nil, err
		}
		teachers = append(teachers, m)
	}
	return agreed(teachers, t.texts), nil
}

// run trains the network from the checkpoint on.
func (t *Trainer) run(ctx context.Context) error {
	first, err := t.resume()
	if err != nil {
		return err
	}
	graphs := [nn.Workers]*nn.Graph{}
	for k := range graphs {
		graphs[k] = nn.NewGraph(k, t.seed)
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
			if err := t.logScores(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *Trainer) epoch(ctx context.Context, epoch int, graphs [nn.Workers]*nn.Graph) (sum losses, tokens int, err error) {
	before, all := t.tokensBefore(epoch), t.tokensBefore(t.Epochs)
	steps := t.steps(epoch)
	for k, g := range graphs {
		g.Reseed(t.seed<<32 + uint64(epoch*nn.Workers+k))
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
		t.net.params.Step(rate(t.net.params.Steps(), float64(before+tokens)/float64(all)))
	}
	return sum, tokens, nil
}

// rate is the learning rate: a linear rise over the first steps, and half a
// cosine down to zero with the progress, from 0 to 1.
func rate(step int, progress float64) float64 {
	up := math.Min(1, float64(step+1)/warmupSteps)
	return peakRate*up*0.5*(1+math.Cos(math.Pi*math.Min(1, progress))) + 1e-6
}

// logScores measures the model as it stands.
func (t *Trainer) logScores() error {
	m, err := t.Model()
	if err == nil {
		t.scores = m.devScores(t.dev, t.Log)
	}
	return err
}

// accuracy is the share of gold tokens, in percent, with the right UPOS, XPOS,
// features, lemma, head, and head and relation.
func (m *Model) accuracy(gold []*conllu.Sentence) (percent [6]float64) {
	n := 0
	found := make([]*conllu.Sentence, len(gold))
	for k, s := range gold {
		found[k] = &conllu.Sentence{Words: slices.Clone(s.Words)}
		n += len(s.Words)
	}
	m.Predict(found)
	for k, s := range gold {
		for i := range s.Words {
			g, w := &s.Words[i], &found[k].Words[i]
			for k, right := range [6]bool{g.UPOS == w.UPOS, g.XPOS == w.XPOS, g.Feats == w.Feats,
				g.Lemma == w.Lemma, g.Head == w.Head, g.Head == w.Head && g.Deprel == w.Deprel} {
				if right {
					percent[k]++
				}
			}
		}
	}
	for k := range percent {
		percent[k] *= 100 / float64(max(n, 1))
	}
	return percent
}
