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
			n = 6
		case a.kind == content:
			n = 5
		case a.kind == agent || a.kind == oblique && a.role == "" && a.head > f.verb && !circumstance(r.lower[a.mark[0]]):
			n = 4
		case a.kind == oblique && a.role != "time" && a.head > f.verb:
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

// circumstance reports whether a preposition mostly leads to where, when or how
// rather than to what a verb needs.
func circumstance(p string) bool {
	switch p {
	case "in", "at", "on", "during", "after", "before", "since", "until", "near", "within", "under", "over", "despite",
		"because", "without", "around", "along", "like", "unlike", "according", "following", "across", "throughout":
		return true
	}
	return false
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
	moved := len(mark) > 0 && a.kind != adjunct && a.role != "time"
	if moved {
		rel = append(append(make([]int, 0, len(rel)+len(mark)), rel...), mark...)
		mark = nil
	}
	t.Relation = join(r.supplied(f, subject), r.words(rel))
	s, toks = r.quoted(s), r.quoted(toks)
	t.Args = append(t.Args, r.words(s), join(r.words(mark), r.words(toks)))
	for i := range f.args {
		if b := &f.args[i]; i != second && (b.kind != adjunct || b.role != "") {
			t.Args = append(t.Args, join(r.words(b.mark), r.words(b.toks)))
		}
	}
	if r.note {
		n := sum{note: true}
		r.confidenceFeatures(&n, f, len(s), len(toks), second)
		t.features = n.names
	} else {
		t.Confidence = r.confidence(f, len(s), len(toks), second)
	}
	return t, t.Relation != "" && t.Args[0] != t.Args[1]
}

// quoted adds the quotation marks that stand around a phrase without a gap.
func (r *reader) quoted(toks []int) []int {
	n := len(toks)
	if n == 0 || toks[n-1]-toks[0] != n-1 || r.isPunct(toks[0]) || r.isPunct(toks[n-1]) {
		return toks
	}
	i, j := toks[0]-1, toks[n-1]+1
	sent := &r.d.Sentences[r.sentence]
	if i < sent.First || j >= sent.End || !isQuote(r.lower[i]) || !isQuote(r.lower[j]) || !opening(r.lower[i]) || !closing(r.lower[j]) {
		return toks
	}
	return append(append(append(make([]int, 0, n+2), i), toks...), j)
}

func isQuote(s string) bool {
	switch s {
	case "\"", "“", "”", "``", "''":
		return true
	}
	return false
}

// supplied is the verb of a relation that has none in the text, in number
// agreeing with its subject.
func (r *reader) supplied(f *frame, subject int) string {
	if f.supply == "" || !r.several(subject) || r.coordinated(f.subject) {
		return f.supply
	}
	switch f.supply {
	case "has":
		return "have"
	case "is in":
		return "are in"
	}
	return "are"
}

// several reports whether noun i is in the plural.
func (r *reader) several(i int) bool {
	switch r.xpos(i) {
	case "NNS", "NNPS":
		return true
	}
	switch r.lower[i] {
	case "their", "our", "they", "we", "these", "those", "my", "your":
		return true
	}
	return false
}

func (r *reader) coordinated(i int) bool { return r.child(i, "conj") >= 0 && !r.several(i) }

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
