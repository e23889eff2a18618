package proposition

import (
	_ "embed"
	"strings"
	"sync"

	"hearsay/ingest/news"
)

//go:embed data/embedding.tsv
var embeddingTable string

// standing is what a word says of the clause that it takes.
type standing uint8

const (
	holds standing = iota
	fails
	plans
	probable
	possible
	unknown
	denies
	reports
)

var standings = map[string]standing{"holds": holds, "fails": fails, "plans": plans,
	"probable": probable, "possible": possible, "unknown": unknown, "denies": denies, "reports": reports}

// embedding gives the standing of a clause by the lemma that takes it and by
// the form of the clause.
type embedding struct{ inf, fin map[string]standing }

var embeddings = sync.OnceValue(func() *embedding {
	e := &embedding{map[string]standing{}, map[string]standing{}}
	for line := range strings.Lines(embeddingTable) {
		c := strings.Split(strings.TrimSpace(line), "\t")
		if len(c) != 3 || strings.HasPrefix(c[0], "#") {
			continue
		}
		for w := range strings.SplitSeq(c[2], "|") {
			if _, ok := e.inf[w]; !ok && c[1] != "fin" {
				e.inf[w] = standings[c[0]]
			}
			if _, ok := e.fin[w]; !ok && c[1] != "inf" {
				e.fin[w] = standings[c[0]]
			}
		}
	}
	return e
})

// factuality is the polarity of frame f, and how far whoever says it commits
// himself to it.
func (r *reader) factuality(f *frame) (news.Polarity, news.Certainty) {
	var g gauge
	switch f.kind {
	case verbal, copular, existential:
		g.negate(r.negated(f))
		r.hedge(&g, f)
		r.under(&g, f)
	case nominal:
		g.negate(r.denied(f.verb))
		r.hedgedNoun(&g, f.verb)
		r.underVerb(&g, f.verb)
	}
	if g.certainty == "" {
		g.certainty = news.Certain
	}
	return g.polarity(), g.certainty
}

// gauge collects what bears on a statement's truth.
type gauge struct {
	negative  bool
	certainty news.Certainty // "" while certain
}

func (g *gauge) negate(yes bool) { g.negative = g.negative != yes }

func (g *gauge) polarity() news.Polarity {
	if g.negative {
		return news.Negative
	}
	return news.Positive
}

// weaken lowers the certainty to c if that is lower.
func (g *gauge) weaken(c news.Certainty) {
	if rank(c) > rank(g.certainty) {
		g.certainty = c
	}
}

func rank(c news.Certainty) int {
	switch c {
	case news.Probable:
		return 1
	case news.Possible:
		return 2
	case news.CertaintyUnknown:
		return 3
	}
	return 0
}

// stand weakens or negates by what a governor says of its clause.
func (g *gauge) stand(s standing) {
	switch s {
	case fails:
		g.negate(true)
	case plans, unknown, denies:
		g.weaken(news.CertaintyUnknown)
	case probable:
		g.weaken(news.Probable)
	case possible:
		g.weaken(news.Possible)
	}
}

// negated reports whether the clause of f itself is negated.
//
//	did not, never, no computers were, nobody did, is no newcomer, without doing
func (r *reader) negated(f *frame) bool {
	negative := false
	for _, t := range f.rel {
		if r.isNegation(t) {
			negative = !negative
		}
	}
	if f.subject >= 0 && f.how == own && r.denied(f.subject) {
		negative = !negative
	}
	for i := range f.args {
		a := &f.args[i]
		switch {
		case a.kind == object || a.kind == predicate:
			if r.denied(a.head) {
				negative = !negative
			}
		case r.lower[a.head] == "longer" && r.denied(a.head):
			negative = !negative
		}
	}
	for c := range r.d.Children(f.verb) {
		switch {
		case r.rel(c, "advmod") && r.isNegation(c) && !contains(f.rel, c):
			negative = !negative
		case r.rel(c, "mark") && (r.lower[c] == "without" || r.lower[c] == "instead"):
			negative = !negative
		}
	}
	return negative
}

// denied reports whether noun i stands under no, or is nobody, none, nothing.
func (r *reader) denied(i int) bool {
	switch r.lower[i] {
	case "nobody", "none", "nothing", "neither", "no-one", "nowhere":
		return true
	}
	for c := range r.d.Children(i) {
		switch r.lower[c] {
		case "no", "neither":
			if r.rel(c, "det", "advmod", "cc:preconj") {
				return true
			}
		case "not":
			if r.rel(c, "advmod", "cc:preconj") && c < i && r.isNominal(i) && r.child(i, "cop") < 0 {
				return true
			}
		}
	}
	return false
}

func (r *reader) atRoot(i int) bool {
	for r.rel(i, "conj", "parataxis") && r.d.Head(i) >= 0 {
		i = r.d.Head(i)
	}
	return r.rel(i, "root")
}

// under weakens or negates by what the clause of f hangs on: the words that its
// relation passes through, then those above it.
func (r *reader) under(g *gauge, f *frame) {
	for x, n := f.verb, 0; n < maxPath; n++ {
		h := r.d.Head(x)
		if h < 0 {
			return
		}
		form := r.embedding.inf
		switch {
		case r.rel(x, "xcomp"):
			g.stand(form[strings.ToLower(r.lemma(h))])
		case r.rel(x, "ccomp", "csubj"):
			if r.isFinite(x) {
				form = r.embedding.fin
			}
			g.stand(form[strings.ToLower(r.lemma(h))])
			r.asked(g, x)
			r.undone(g, h)
		case r.rel(x, "acl"):
			// "proof they did it" may look like a relative clause.
			if _, content := r.embedding.fin[strings.ToLower(r.lemma(h))]; r.child(x, "mark") < 0 && !(content && r.isFinite(x)) {
				return
			}
			if r.isFinite(x) {
				form = r.embedding.fin
			}
			s, ok := form[strings.ToLower(r.lemma(h))]
			if !ok && !r.isFinite(x) {
				s = plans
			}
			g.stand(s)
			r.undone(g, h)
			r.refuted(g, h)
			return
		case r.rel(x, "advcl", "obl", "obj"):
			r.adverbial(g, x, h)
			return
		case r.rel(x, "conj"):
			// Coordinated clauses share what they hang on.
		default:
			return
		}
		x = h
	}
}

// undone weakens what is said under a negation: "no evidence that they did it",
// "didn't say that they did". Whether they did stays open.
func (r *reader) undone(g *gauge, h int) {
	negative := r.denied(h)
	for c := range r.d.Children(h) {
		switch {
		case r.rel(c, "advmod") && r.isNegation(c):
			negative = true
		case r.rel(c, "obj", "nsubj") && r.denied(c):
			negative = true
		}
	}
	if negative {
		g.weaken(news.CertaintyUnknown)
	}
}

// refuted weakens the content of a noun that its sentence calls false or unproven:
// "claims that they did it were false".
func (r *reader) refuted(g *gauge, noun int) {
	h := r.d.Head(noun)
	if h < 0 || !r.rel(noun, "nsubj") || r.child(h, "cop") < 0 {
		return
	}
	switch l := strings.ToLower(r.lemma(h)); l {
	case "baseless", "unfounded", "groundless", "nonsense", "lie", "hoax", "fake", "fabrication", "myth", "unsubstantiated":
		g.weaken(news.CertaintyUnknown)
	default:
		if r.embedding.fin[l] == unknown {
			g.weaken(news.CertaintyUnknown)
		}
	}
}

// insufficient weakens what would have to be shown: "is not enough to prove that
// they did it", "is too weak to prove it".
func (r *reader) insufficient(g *gauge, h int) {
	enough := r.lower[h] == "enough" || r.lower[h] == "sufficient" || r.lower[h] == "adequate"
	for c := range r.d.Children(h) {
		switch {
		case !r.rel(c, "advmod"):
		case r.lower[c] == "too":
			g.weaken(news.CertaintyUnknown)
		case r.lower[c] == "enough", r.lower[c] == "sufficiently":
			enough = true
		}
	}
	if enough {
		r.undone(g, h)
	}
}

// asked weakens an embedded question: "who did it is unclear".
func (r *reader) asked(g *gauge, x int) {
	for c := range r.d.Children(x) {
		if r.rel(c, "mark") && (r.lower[c] == "whether" || r.lower[c] == "if") {
			g.weaken(news.CertaintyUnknown)
		}
	}
}

// adverbial weakens a purpose or condition: "to steal data", "if it fails".
func (r *reader) adverbial(g *gauge, x, h int) {
	for c := range r.d.Children(x) {
		if !r.rel(c, "mark") {
			continue
		}
		switch r.lower[c] {
		case "if", "unless", "lest", "whether":
			g.weaken(news.CertaintyUnknown)
		case "to":
			if r.upos(h) == "ADJ" {
				g.stand(r.embedding.inf[strings.ToLower(r.lemma(h))])
				r.insufficient(g, h)
				break
			}
			g.weaken(news.CertaintyUnknown)
		case "of", "from", "for":
			g.stand(r.embedding.inf[strings.ToLower(r.lemma(h))])
			if l := r.lemma(h); l == "accuse" || l == "suspect" || l == "charge" {
				g.weaken(news.Probable)
			}
		}
	}
}

// hedgedNoun weakens what a noun of an event presupposes.
func (r *reader) hedgedNoun(g *gauge, n int) {
	for c := range r.d.Children(n) {
		if !r.rel(c, "amod", "compound") {
			continue
		}
		switch r.lower[c] {
		case "alleged", "suspected", "apparent", "presumed", "purported", "likely", "probable":
			g.weaken(news.Probable)
		case "possible", "potential", "hypothetical":
			g.weaken(news.Possible)
		case "future", "planned", "attempted", "threatened", "imminent", "failed", "proposed":
			g.weaken(news.CertaintyUnknown)
		}
	}
	if r.child(n, "det") < 0 && r.child(n, "nmod:poss") < 0 && r.d.Tokens[n].Feat("Number") != "Plur" {
		g.weaken(news.Probable)
	}
}

// underVerb weakens an event that is the object of a denial, a plan or an
// attempt: "denied involvement in the hack", "planned an attack on Sony".
func (r *reader) underVerb(g *gauge, n int) {
	h := r.d.Head(n)
	if h < 0 || !r.rel(n, "obj", "obl", "nmod") {
		return
	}
	l := strings.ToLower(r.lemma(h))
	if s := r.embedding.inf[l]; s == fails || s == plans || s == denies {
		g.weaken(news.CertaintyUnknown)
	} else if s != holds && s != reports && s != unknown {
		g.stand(s)
	}
	r.undone(g, h)
}

// isQuestion reports whether sentence s asks.
func (r *reader) isQuestion(s int) bool {
	sent := &r.d.Sentences[s]
	for i := sent.End - 1; i >= sent.First && i >= sent.End-3; i-- {
		if r.lower[i] == "?" {
			return true
		}
	}
	return false
}
