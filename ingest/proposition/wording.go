package proposition

import (
	"slices"
	"strings"

	"hearsay/ingest/news"
)

// relationOf is the relation's words with what leads to its object b: a
// preposition, a light verb's object, or the noun that the object hangs on.
//
//	is responsible for, played a role in, is a director at, attack on
func (r *reader) relationOf(f *frame, b part, light int) news.Relation {
	var mark, inner []int
	lemma := ""
	switch {
	case light >= 0:
		inner, lemma = f.args[light].toks, r.lemma(f.args[light].head)
	case f.kind == nominal && b.head >= 0 && r.d.Head(b.head) == r.d.Head(f.verb):
		inner, lemma = []int{f.verb}, r.lemma(f.verb) // see misattached
	case b.arg == -2 && b.head >= 0 && r.d.Head(b.head) >= 0:
		inner, lemma = r.bridge(f, b)
	case f.kind == nominal:
		inner, lemma = []int{f.verb}, r.lemma(f.verb)
	case b.head < 0 && f.kind == copular:
		// "North Korea was involved": in what isn't said.
		for i := range f.args {
			if g := &f.args[i]; g.kind == predicate {
				inner, lemma = g.toks, r.d.Form(g.head)
			}
		}
	}
	if b.arg >= 0 && f.args[b.arg].kind != adjunct {
		mark = f.args[b.arg].mark
	} else if b.arg == -2 && b.head >= 0 {
		mark = r.marker(b.head)
	}
	toks := make([]int, 0, len(f.rel)+len(mark)+len(inner))
	toks = append(append(append(toks, f.rel...), inner...), mark...)
	slices.Sort(toks)
	toks = slices.Compact(toks)
	lemma = join(join(r.lemmaOf(f), strings.ToLower(lemma)), strings.ToLower(r.words(mark)))
	rel := r.wording(f, toks, lemma)
	if len(mark) > 0 && len(f.rel) > 0 && mark[0] < f.rel[0] {
		// "to which they belong": the words in the order of a main clause.
		rel.Text = join(r.words(without(toks, mark)), r.words(mark))
	}
	return rel
}

// tollRelation is the relation's words where a number is all that they relate:
// "the death toll rose to", "put the death toll at".
func (r *reader) tollRelation(f *frame, number part, light int) news.Relation {
	toks := append(append(make([]int, 0, 16), f.rel...), f.args[number.arg].mark...)
	if light >= 0 {
		toks = append(toks, f.args[light].toks...)
	} else if f.subject >= 0 {
		toks = append(toks, r.extent(f.subject, phrase)...)
	}
	slices.Sort(toks)
	return r.wording(f, slices.Compact(toks), r.lemmaOf(f))
}

// bridge lists the words of the noun between the copula, or nothing, and object
// b that hangs on it: "a director" of "is a director at Hauri".
func (r *reader) bridge(f *frame, b part) ([]int, string) {
	h := r.d.Head(b.head)
	for r.rel(b.head, "conj") && r.d.Head(h) >= 0 && h != f.verb {
		b.head, h = h, r.d.Head(h)
	}
	if f.kind == nominal {
		return []int{h}, r.lemma(h)
	}
	r.except = b.head
	defer func() { r.except = -1 }()
	return r.extent(h, predication), r.lemma(h)
}

// wording puts the words of a relation together.
func (r *reader) wording(f *frame, toks []int, lemma string) news.Relation {
	rel := news.Relation{Tokens: toks, Lemma: lemma}
	if len(toks) == 0 {
		rel.Text = f.supply
		return rel
	}
	words := make([]string, 0, len(toks)+1)
	if f.supply != "" {
		words = append(words, f.supply)
	}
	for _, t := range toks {
		words = append(words, r.d.Form(t))
	}
	rel.Text = strings.Join(words, " ")
	if f.supply == "" && toks[len(toks)-1]-toks[0] == len(toks)-1 {
		rel.Span = r.span(toks)
	}
	return rel
}

// lemmaOf is the relation in its dictionary form, without tense, mood, negation
// and adverbs.
//
//	was not involved in -> be involved in
//	may try to take it down -> try to take down
func (r *reader) lemmaOf(f *frame) string {
	var words []string
	if f.supply != "" {
		words = append(words, supplyLemma(f.supply))
	}
	passive := false
	for _, t := range f.rel {
		l := strings.ToLower(r.lemma(t))
		switch {
		case r.rel(t, "aux:pass") && t < f.verb:
			passive = true
			if len(words) == 0 || words[len(words)-1] != "be" {
				words = append(words, "be")
			}
		case r.rel(t, "cop"):
			words = append(words, "be")
		case r.rel(t, "aux", "advmod"):
		case t == f.verb && passive, r.xpos(t) == "VBN" && r.child(t, "aux:pass") >= 0:
			words = append(words, r.lower[t])
		case t == f.verb && f.passive:
			words = append(words, "be", r.lower[t])
		default:
			words = append(words, l)
		}
	}
	return strings.Join(words, " ")
}

func supplyLemma(s string) string {
	switch s {
	case "has":
		return "have"
	case "is in":
		return "be in"
	}
	return "be"
}
