package proposition

import (
	_ "embed"
	"strings"
	"sync"

	"hearsay/ingest/news"
)

//go:embed data/factuality.tsv
var factualityWeights string

var factualityModel = sync.OnceValue(func() *linear {
	m, err := readLinear(factualityWeights)
	if err != nil {
		panic(err) // the embedded weights are covered by a test
	}
	return m
})

// Factuality estimates whether what the predicates at the given tokens say
// happened, as a reader of the text would: from -3 (certainly not) to 3
// (certainly), the scale of It Happened (White et al. 2016; Rudinger et al.
// 2018). The trees of d must be there and indexed.
//
// It is a linear model over the rules of this package, the words that the
// predicate hangs on, and its form.
func Factuality(d *news.Document, tokens []int) []float64 {
	r := newReader(d)
	out := make([]float64, len(tokens))
	for k, i := range tokens {
		r.enter(d.SentenceAt(d.Tokens[i].Start))
		out[k] = r.happened(i)
	}
	return out
}

func (r *reader) happened(i int) float64 {
	s := sum{model: factualityModel()}
	r.happenedFeatures(&s, i)
	return max(-3, min(3, s.total))
}

// happenedFeatures notes what bears on whether predicate v happened.
func (r *reader) happenedFeatures(s *sum, v int) {
	t := &r.d.Tokens[v]
	f := frame{kind: verbal, head: v, verb: v, rel: r.relation([]int{v})}
	f.subject, f.how = r.subject(v)
	if f.subject >= 0 {
		switch r.upos(v) {
		case "NOUN", "PROPN", "ADJ":
			f.kind = copular
		}
	}
	r.arguments(&f, v, nil)
	polarity, certainty := r.factuality(&f)
	tense := r.tense(v)
	lemma := strings.ToLower(r.lemma(v))
	neg := "+"
	if r.negated(&f) {
		neg = "-"
	}
	s.add("bias")
	s.add("rule", string(polarity), string(certainty))
	s.add("pos", t.XPOS, t.Deprel)
	s.add("xpos", t.XPOS)
	s.add("lemma", lemma)
	s.add("lemma", lemma, t.XPOS)
	s.add("tense", tense, neg)
	s.add("tense", tense, t.Deprel)
	s.add("tense", tense, string(certainty), string(polarity))
	if r.question {
		s.add("question", tense)
		s.add("question", t.Deprel)
	}
	if f.passive {
		s.add("passive", tense)
	}
	if f.subject >= 0 {
		s.add("subject", r.lower[f.subject], tense)
		s.add("how", string('0'+byte(f.how)), t.XPOS)
	} else {
		s.add("nosubject", t.XPOS, t.Deprel)
	}
	r.happenedChildren(s, v, neg)
	r.happenedAbove(s, v, neg, tense)
	r.happenedSentence(s, v, tense)
	sent := &r.d.Sentences[r.sentence]
	s.add("final", r.lower[sent.End-1])
	if sent.End-sent.First < 6 {
		s.add("short", t.Deprel)
	}
}

// happenedSentence notes the clause's place under the root, and the words of the
// sentence that move all of it out of the actual world.
func (r *reader) happenedSentence(s *sum, v int, tense string) {
	root, path := v, [3]string{}
	for n := 0; r.d.Head(root) >= 0; n++ {
		if n < len(path) {
			path[n] = r.d.Tokens[root].Deprel
		}
		root = r.d.Head(root)
	}
	s.add("path", path[0], path[1], path[2], r.xpos(v))
	s.add("root", r.tense(root), path[0])
	s.add("root", r.tense(root), tense)
	sent := &r.d.Sentences[r.sentence]
	s.add("first", r.lower[sent.First], path[0])
	for i := sent.First; i < sent.End; i++ {
		switch r.lower[i] {
		case "if", "please", "would", "will", "'ll", "could", "should", "may", "might", "can", "want", "need", "hope", "believe", "think", "plan":
			if i != v {
				s.add("has", r.lower[i], path[0])
			}
		}
	}
}

// happenedChildren notes what hangs on v: auxiliaries, markers, adverbs,
// conditions, objects.
func (r *reader) happenedChildren(s *sum, v int, neg string) {
	for c := range r.d.Children(v) {
		switch {
		case r.rel(c, "aux", "cop"):
			s.add("aux", r.lower[c], neg)
			s.add("aux", r.lower[c], r.xpos(v))
		case r.rel(c, "mark"):
			s.add("mark", r.lower[c], neg)
			s.add("mark", r.lower[c], r.d.Tokens[v].Deprel)
			if h := r.d.Head(v); h >= 0 {
				s.add("mark", r.lower[c], strings.ToLower(r.lemma(h)))
			}
		case r.rel(c, "advmod"):
			s.add("adv", r.lower[c])
		case r.rel(c, "advcl"):
			for m := range r.d.Children(c) {
				if r.rel(m, "mark") {
					s.add("advcl", r.lower[m], r.tense(v))
				}
			}
		case r.rel(c, "obl:unmarked", "obl"):
			s.add("obl", strings.ToLower(r.lemma(c)))
		case r.rel(c, "obj"):
			s.add("obj", r.d.Tokens[c].UPOS)
			for k := range r.d.Children(c) {
				if r.rel(k, "det") {
					s.add("objdet", r.lower[k])
				}
			}
		case r.rel(c, "case", "det", "cc", "discourse"):
			s.add(r.d.Tokens[c].Deprel, r.lower[c])
		case r.rel(c, "nsubj"):
			for k := range r.d.Children(c) {
				if r.rel(k, "det") {
					s.add("subjdet", r.lower[k])
				}
			}
		}
	}
}

// happenedAbove notes the words that the clause of v hangs on, up to three.
func (r *reader) happenedAbove(s *sum, v int, neg, tense string) {
	x := v
	for level := 0; level < 3; level++ {
		h := r.d.Head(x)
		if h < 0 {
			s.add("depth", string('0'+byte(level)))
			return
		}
		rel, l := r.d.Tokens[x].Deprel, strings.ToLower(r.lemma(h))
		n := string('0' + byte(level))
		form := r.embedding.inf
		if r.isFinite(x) {
			form = r.embedding.fin
		}
		above := "+"
		for c := range r.d.Children(h) {
			if r.rel(c, "advmod") && r.isNegation(c) {
				above = "-"
			}
			if r.rel(c, "aux") && r.xpos(c) == "MD" {
				s.add("above", n, rel, r.lower[c])
			}
		}
		stand := string('0' + byte(form[l]))
		s.add("above", n, rel, l)
		s.add("above", n, rel, l, above, neg)
		s.add("above", n, rel, r.tense(h))
		s.add("above", n, rel, r.upos(h), above)
		s.add("above", n, rel, stand, above)
		if level == 0 {
			s.add("form", rel, l, r.xpos(v))
			s.add("pair", tense, rel, r.tense(h))
		}
		if m := r.child(x, "mark"); m >= 0 {
			s.add("under", n, r.lower[m], rel)
		}
		x = h
	}
}

// tense names the form of a predicate: its first auxiliary and its tag.
func (r *reader) tense(v int) string {
	for c := range r.d.Children(v) {
		if r.rel(c, "aux", "cop") {
			return r.lower[c] + r.xpos(v)
		}
	}
	return r.xpos(v)
}

// Judgment is a predicate with what readers took it for, see Factuality.
type Judgment struct {
	Document *news.Document
	Token    int
	Value    float64 // -3 to 3
}

// FitFactuality fits the weights of Factuality, in the form of its data file.
func FitFactuality(js []Judgment) []byte {
	examples := make([]example, 0, len(js))
	var r *reader
	for _, j := range js {
		if r == nil || r.d != j.Document {
			r = newReader(j.Document)
		}
		r.enter(j.Document.SentenceAt(j.Document.Tokens[j.Token].Start))
		s := sum{note: true}
		r.happenedFeatures(&s, j.Token)
		examples = append(examples, example{s.names, j.Value, 1})
	}
	return fit(examples, false, 5, 12, 0.04, 0.1)
}
