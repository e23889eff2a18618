package proposition

import "hearsay/ingest/news"

// hedge weakens by what stands inside the clause: modals, hedging adverbs,
// conditions, questions, the future.
func (r *reader) hedge(g *gauge, f *frame) {
	if r.subjects(f.verb) > 1 {
		// A parser's slip: what is said of whom can't be told.
		g.weaken(news.CertaintyUnknown)
	}
	path := [...]int{f.verb, f.head}
	for k, p := range path {
		if k > 0 && p == f.verb {
			break
		}
		for c := range r.d.Children(p) {
			switch {
			case r.rel(c, "aux"):
				r.modal(g, c)
			case r.rel(c, "advmod"):
				r.adverb(g, c)
			case r.rel(c, "mark") && p == f.head:
				r.subordinator(g, c)
			case r.rel(c, "advcl") && r.conditional(c):
				if r.upos(c) == "VERB" {
					g.weaken(news.CertaintyUnknown)
				}
			}
		}
	}
	for _, t := range f.rel {
		if r.rel(t, "aux") && r.d.Head(t) != f.verb {
			r.modal(g, t)
		}
	}
	if r.question && r.atRoot(f.head) {
		g.weaken(news.CertaintyUnknown)
	}
}

// subjects counts the subjects of predicate v.
func (r *reader) subjects(v int) int {
	n := 0
	for c := range r.d.Children(v) {
		if d := r.d.Tokens[c].Deprel; d == "nsubj" || d == "nsubj:pass" {
			n++
		}
	}
	return n
}

func (r *reader) modal(g *gauge, i int) {
	switch r.lower[i] {
	case "may", "might", "could", "can":
		g.weaken(news.Possible)
	case "would", "'d", "’d":
		if r.xpos(i) == "MD" {
			g.weaken(news.CertaintyUnknown)
		}
	case "should", "shall", "ought", "need":
		g.weaken(news.CertaintyUnknown)
	case "will", "'ll", "’ll", "wo", "must":
		g.weaken(news.Probable)
	}
}

func (r *reader) adverb(g *gauge, i int) {
	switch r.lower[i] {
	case "reportedly", "allegedly", "apparently", "supposedly", "purportedly", "probably", "likely", "presumably", "seemingly", "evidently", "ostensibly":
		g.weaken(news.Probable)
	case "possibly", "perhaps", "maybe", "potentially", "conceivably":
		g.weaken(news.Possible)
	}
}

// subordinator weakens what hangs under a condition or an open question.
func (r *reader) subordinator(g *gauge, i int) {
	switch r.lower[i] {
	case "if", "unless", "whether", "lest":
		g.weaken(news.CertaintyUnknown)
	}
}

// conditional reports whether clause c is a condition.
func (r *reader) conditional(c int) bool {
	for m := range r.d.Children(c) {
		if r.rel(m, "mark") {
			switch r.lower[m] {
			case "if", "unless", "lest":
				return true
			}
		}
	}
	return false
}
