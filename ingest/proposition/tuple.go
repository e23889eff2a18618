package proposition

import "hearsay/ingest/news"

// Tuple is a relation tuple of one sentence, in the sentence's own words.
type Tuple struct {
	Relation   string
	Args       []string // first and second argument, then further ones
	Confidence float64  // 0 to 1
	Head       int      // index of the token at the top of the relation

	features []string // while the model of Confidence is fitted
}

// Tuples lists the relation tuples of sentence s, in the order of their
// relations. Unlike the document's propositions they include reporting clauses
// and what a text only implies by an apposition or a genitive. d's trees must
// be there and indexed, see Document.IndexTrees.
func Tuples(d *news.Document, s int) []Tuple {
	r := newReader(d)
	r.read(s)
	var out []Tuple
	for i := range r.frames {
		out = r.tuples(out, &r.frames[i])
	}
	return dedupe(out)
}

// tuples adds the tuples of a frame, one for each way to choose among what is
// coordinated in the subject and in the second argument.
func (r *reader) tuples(out []Tuple, f *frame) []Tuple {
	if f.subject < 0 || len(f.args) == 0 {
		return out
	}
	second := r.second(f)
	if second < 0 {
		return out
	}
	var subjects, objects [maxSpread]int
	subject := f.subject
	if a := r.referent(subject); a >= 0 {
		subject = a
	}
	for _, s := range r.conjuncts(subject, subjects[:0]) {
		for _, o := range r.spread(&f.args[second], objects[:0]) {
			if t, ok := r.tuple(f, s, second, o); ok {
				out = append(out, t)
			}
		}
	}
	return out
}

// spread lists the heads that stand for argument a in turn.
func (r *reader) spread(a *arg, buf []int) []int {
	if a.kind == content || a.kind == adjunct {
		return append(buf, a.head)
	}
	return r.conjuncts(a.head, buf)
}

// second picks the argument that follows the relation: an object, else what the
// copula states, else the first oblique after the verb.
func (r *reader) second(f *frame) int {
	best, rank := -1, 0
	for i := range f.args {
		a := &f.args[i]
		n := 1
		switch {
		case a.kind == object || a.kind == indirect || a.kind == predicate:
			n = 5
		case a.kind == content:
			n = 4
		case (a.kind == oblique || a.kind == agent) && a.role != "time" && a.head > f.verb:
			n = 3
		case a.kind == oblique:
			n = 2
		}
		if n > rank {
			best, rank = i, n
		}
	}
	return best
}

// tuple makes the tuple of frame f with the given subject, and with head o in
// the place of its second argument's.
func (r *reader) tuple(f *frame, subject, second, o int) (Tuple, bool) {
	t := Tuple{Head: f.head}
	s := r.subjectExtent(subject, f)
	if len(s) == 0 {
		return t, false
	}
	a := f.args[second]
	toks, mark := a.toks, a.mark
	if o != a.head {
		toks = r.extent(o, phrase)
		if m := r.marker(o); len(m) > 0 {
			mark = m
		}
	}
	rel := f.rel
	moved := len(mark) > 0 && (a.kind == oblique || a.kind == agent || a.kind == predicate) && a.role != "time"
	if moved {
		rel = append(append(make([]int, 0, len(rel)+len(mark)), rel...), mark...)
		mark = nil
	}
	t.Relation = join(f.supply, r.words(rel))
	if f.supply == "has" {
		t.Relation = f.supply
	}
	t.Args = append(t.Args, r.words(s), join(r.words(mark), r.words(toks)))
	for i := range f.args {
		if b := &f.args[i]; i != second && (b.kind != adjunct || b.role != "") {
			t.Args = append(t.Args, join(r.words(b.mark), r.words(b.toks)))
		}
	}
	if r.note {
		n := sum{note: true}
		r.confidenceFeatures(&n, f, s, toks, second)
		t.features = n.names
	} else {
		t.Confidence = r.confidence(f, s, toks, second)
	}
	return t, t.Relation != "" && t.Args[0] != t.Args[1]
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// words is the text of tokens, with a space where the text has one or where
// something was left out.
func (r *reader) words(toks []int) string {
	var b []byte
	for k, t := range toks {
		if k > 0 {
			if p := toks[k-1]; t != p+1 || r.d.Tokens[p].End != r.d.Tokens[t].Start {
				b = append(b, ' ')
			}
		}
		b = append(b, r.d.Form(t)...)
	}
	return string(b)
}

// dedupe drops tuples that say the same in the same words, the later ones.
func dedupe(ts []Tuple) []Tuple {
	kept := ts[:0]
next:
	for _, t := range ts {
		for _, u := range kept {
			if u.Relation == t.Relation && equal(u.Args, t.Args) {
				continue next
			}
		}
		kept = append(kept, t)
	}
	return kept
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
