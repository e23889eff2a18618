package proposition

import (
	_ "embed"
	"sync"

	"hearsay/ingest/news"
)

//go:embed data/confidence.tsv
var confidenceWeights string

var confidenceModel = sync.OnceValue(func() *linear {
	m, err := readLinear(confidenceWeights)
	if err != nil {
		panic(err) // the embedded weights are covered by a test
	}
	return m
})

// confidence is how sure the reading of frame f is, between 0 and 1, when it
// relates a subject to argument k, -1 for none, of so many words each.
func (r *reader) confidence(f *frame, subject, second, k int) float64 {
	s := sum{model: confidenceModel(), buf: r.buf[:0]}
	r.confidenceFeatures(&s, f, subject, second, k)
	r.buf = s.buf
	return asConfidence(s.total)
}

var kindNames = [kinds]string{"verbal", "copular", "existential", "apposition", "title", "possession", "nominal", "location", "exemplar"}
var controllerNames = [controllers]string{"own", "antecedent", "shared", "controlled", "modified"}
var argNames = [argKinds]string{"object", "indirect", "predicate", "content", "oblique", "agent", "adjunct"}

// confidenceFeatures notes what tells a good reading from a bad one.
func (r *reader) confidenceFeatures(s *sum, f *frame, subject, second, k int) {
	kind := kindNames[f.kind]
	s.add("bias")
	s.add("kind", kind)
	s.add("how", kind, controllerNames[f.how])
	s.add("deprel", kind, r.d.Tokens[f.verb].Deprel)
	s.add("xpos", kind, r.xpos(f.verb))
	s.add("subject length", size(subject))
	s.add("subject", r.upos(f.subject), kind)
	if r.upos(f.subject) == "PRON" || r.rel(f.subject, "nmod:poss") {
		s.add("pronoun", r.lower[f.subject])
	}
	s.add("relation length", size(len(f.rel)))
	s.add("args", size(len(f.args)), kind)
	if f.kind == verbal || f.kind == copular {
		s.add("lemma", r.lemma(f.verb))
	}
	s.add("conjuncts", size(r.conjunctCount(f.subject)), kind)
	s.add("subject det", r.determiner(f.subject), kind)
	s.add("frames", size(len(r.frames)))
	if k >= 0 {
		r.secondFeatures(s, f, &f.args[k], second)
	} else {
		s.add("second none", kind)
	}
	if d := f.verb - f.subject; d < 0 {
		s.add("subject after", kind)
	} else {
		s.add("subject distance", size(d))
	}
	if f.head != f.verb {
		s.add("chain", controllerNames[f.how])
	}
	if f.passive {
		s.add("passive", controllerNames[f.how])
	}
	if !r.atRoot(f.head) {
		s.add("subordinate", kind)
	}
	sent := &r.d.Sentences[r.sentence]
	s.add("sentence", size((sent.End-sent.First)/4))
}

// secondFeatures notes what the second argument is like.
func (r *reader) secondFeatures(s *sum, f *frame, a *arg, length int) {
	kind, name := kindNames[f.kind], argNames[a.kind]
	s.add("second", name, kind)
	s.add("second role", a.role, name)
	s.add("second length", size(length), name)
	s.add("second head", r.upos(a.head), kind)
	s.add("mark", string('0'+byte(min(len(a.mark), 3))))
	if len(a.mark) > 0 {
		s.add("preposition", r.lower[a.mark[0]], kind)
	}
	if a.head < f.verb {
		s.add("before", name)
	}
	gap := a.head - f.verb
	s.add("distance", size(max(gap, -gap)))
	s.add("conjuncts of second", size(r.conjunctCount(a.head)), name)
	s.add("det", r.determiner(a.head), name)
}

// conjunctCount is the number of what is coordinated with token i.
func (r *reader) conjunctCount(i int) int {
	n := 0
	for c := range r.d.Children(i) {
		if r.rel(c, "conj") {
			n++
		}
	}
	if r.rel(i, "conj") {
		n++
	}
	return n
}

// determiner names what determines noun i.
func (r *reader) determiner(i int) string {
	if c := r.child(i, "det", "nmod:poss", "nummod"); c >= 0 {
		if r.rel(c, "det") {
			return r.lower[c]
		}
		return r.d.Tokens[c].Deprel
	}
	return r.xpos(i)
}

// size names a count by its order.
func size(n int) string {
	switch {
	case n <= 4:
		return string('0' + byte(max(n, 0)))
	case n <= 6:
		return "6"
	case n <= 10:
		return "10"
	case n <= 16:
		return "16"
	}
	return "more"
}

// ConfidenceFitter collects tuples with what they are worth, and fits the
// weights of Tuple.Confidence. The zero value is ready.
type ConfidenceFitter struct{ examples []example }

// Add reads sentence s of d and asks what each of its tuples is worth, 0 to 1.
func (c *ConfidenceFitter) Add(d *news.Document, s int, worth func(*Tuple) float64) {
	for _, t := range noted(d, s) {
		c.examples = append(c.examples, example{t.features, worth(&t), 1})
	}
}

// Weights fits the model by logistic regression and gives it in the form of its
// data file.
func (c *ConfidenceFitter) Weights() []byte {
	return fit(c.examples, true, 5, 10, 0.03, 0.02)
}

// Tuples is the function of that name with the confidence that the given weights
// make, as Weights gives them.
func (c *ConfidenceFitter) Tuples(d *news.Document, s int, weights []byte) ([]Tuple, error) {
	m, err := readLinear(string(weights))
	if err != nil {
		return nil, err
	}
	ts := noted(d, s)
	for i := range ts {
		total := 0.0
		for _, f := range ts[i].features {
			total += float64(m.weights[f])
		}
		ts[i].Confidence = asConfidence(total)
	}
	return ts, nil
}

// noted is Tuples with the features of each.
func noted(d *news.Document, s int) []Tuple {
	r := newReader(d)
	r.note = true
	r.read(s)
	var ts []Tuple
	for i := range r.frames {
		ts = r.tuples(ts, &r.frames[i])
	}
	return dedupe(ts)
}

// asConfidence keeps three decimals, more than the model knows.
func asConfidence(total float64) float64 { return float64(int(1000*sigmoid(total))) / 1000 }
