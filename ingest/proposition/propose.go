package proposition

import (
	"slices"
	"strings"

	"hearsay/ingest/news"
)

// propose adds the propositions of frame f: one for each way to choose among
// what is coordinated in its subject and its object.
func (r *reader) propose(f *frame) {
	if f.subject < 0 || r.onlyReports(f) {
		return
	}
	u, canonical := r.find(r.predicates, r.slotsOf(f))
	switch {
	case canonical:
		r.spreadOver(f, u)
	case f.kind == possession || f.kind == location || f.kind == nominal || f.kind == attribute:
		// What a noun phrase merely implies is stated only where the table knows it.
	default:
		r.spreadOver(f, r.open(f))
	}
}

// onlyReports reports whether a frame says no more than that somebody says,
// thinks or causes its content: that is a claim, not a proposition.
func (r *reader) onlyReports(f *frame) bool {
	reports := false
	for i := range f.args {
		switch f.args[i].kind {
		case object, predicate:
			return false
		case content:
			reports = true
		}
	}
	return reports
}

// open is the reading of a relation that keeps its lemma.
func (r *reader) open(f *frame) reading {
	u := reading{subject: part{"subj", f.subject, -1}, object: part{"", -1, -2}, light: -1}
	if k := r.objectOf(f); k >= 0 {
		u.object = part{"obj", f.args[k].head, k}
	}
	return u
}

// objectOf picks the argument that is the proposition's object, -1 for none: the
// agent of a passive, else as for tuples, but times, manners, clauses that hang
// loosely and bare adverbs are further arguments.
func (r *reader) objectOf(f *frame) int {
	for i := range f.args {
		if f.args[i].kind == agent {
			return i
		}
	}
	k := r.second(f)
	if k < 0 {
		return -1
	}
	a := &f.args[k]
	if a.role == "time" || a.role == "manner" || a.kind == adjunct || a.kind == content {
		return -1
	}
	return k
}

// spreadOver adds a proposition for each pair of conjuncts of what u relates.
func (r *reader) spreadOver(f *frame, u reading) {
	var left, right [maxSpread]int
	heads := append(right[:0], u.object.head)
	if u.object.head >= 0 {
		heads = r.conjuncts(u.object.head, right[:0])
	}
	for _, x := range r.conjuncts(u.subject.head, left[:0]) {
		for _, y := range heads {
			v := u
			v.subject.head, v.object.head = x, y
			r.state(f, v)
		}
	}
}

// state adds one proposition. Subject and object keep the order of the text;
// Inverse says that the canonical predicate has them the other way round.
func (r *reader) state(f *frame, u reading) {
	a, b := u.subject, u.object
	inverse := b.arg == -1 && a.arg != -1
	if inverse {
		a, b = b, a
	}
	p := news.Proposition{Sentence: r.sentence, Head: f.head, Confidence: 0.5}
	var ok bool
	if p.Subject, ok = r.participant(a.head, r.subjectExtent(a.head, f)); !ok {
		return
	}
	p.Object = news.Argument{Head: -1, Entity: -1}
	if b.head >= 0 {
		if p.Object, ok = r.participant(b.head, r.extent(b.head, phrase)); !ok {
			return
		}
		if p.Object.Span == p.Subject.Span || p.Object.Entity >= 0 && p.Object.Entity == p.Subject.Entity {
			return
		}
	}
	var mark []int
	if b.arg >= 0 && f.args[b.arg].kind != adjunct {
		mark = f.args[b.arg].mark
	}
	p.Relation = r.relationOf(f, mark, u.light)
	p.Relation.Inverse = inverse
	p.Relation.Predicate = u.predicate
	if u.predicate == "" {
		p.Relation.Predicate, p.Relation.Inverse = r.openPredicateOf(f, &p, b)
	}
	p.Arguments = r.furtherArguments(f, a, b, u.light)
	p.Quantity = r.quantityOf(&p)
	p.Polarity, p.Certainty = r.factuality(f)
	r.d.Propositions = append(r.d.Propositions, p)
}

// openPredicateOf is the predicate of a relation that keeps its lemma. A passive
// with its agent states what the active verb does, the other way round.
func (r *reader) openPredicateOf(f *frame, p *news.Proposition, b part) (string, bool) {
	if f.passive && b.arg >= 0 && f.args[b.arg].kind == agent && f.head == f.verb {
		return openPredicate(r.verbKey(f.verb)), true
	}
	return openPredicate(p.Relation.Lemma), false
}

// participant is the argument that token head stands for: the phrase around
// it, as far as it is contiguous, and the entity that it refers to.
func (r *reader) participant(head int, toks []int) (news.Argument, bool) {
	a := news.Argument{Head: head, Entity: -1}
	if len(toks) == 0 || r.isRelative(head) && r.upos(head) == "PRON" && r.d.Tokens[head].Feat("PronType") == "Rel" {
		return a, false
	}
	a.Span = r.span(r.contiguous(toks, head))
	if k := r.mention[head]; k > 0 {
		a.Entity = r.d.Mentions[k-1].Entity
	}
	return a, !a.Empty()
}

// contiguous is the run of toks around head without a hole.
func (r *reader) contiguous(toks []int, head int) []int {
	k := slices.Index(toks, head)
	if k < 0 {
		return toks[:1]
	}
	lo, hi := k, k
	for lo > 0 && toks[lo-1] == toks[lo]-1 {
		lo--
	}
	for hi+1 < len(toks) && toks[hi+1] == toks[hi]+1 {
		hi++
	}
	return r.trim(toks[lo : hi+1])
}

func (r *reader) span(toks []int) news.Span {
	if len(toks) == 0 {
		return news.Span{}
	}
	return r.d.SpanOf(toks[0], toks[len(toks)-1])
}

// furtherArguments lists what a proposition has beside subject and object.
func (r *reader) furtherArguments(f *frame, a, b part, light int) []news.Argument {
	var out []news.Argument
	for i := range f.args {
		g := &f.args[i]
		if i == a.arg || i == b.arg || i == light || g.head == a.head || g.head == b.head || r.isNegation(g.head) {
			continue
		}
		toks := r.contiguous(g.toks, g.head)
		if n := len(g.mark); n > 0 && len(toks) > 0 && g.mark[n-1] == toks[0]-1 {
			toks = append(append(make([]int, 0, n+len(toks)), g.mark...), toks...)
			toks = r.contiguous(toks, g.head)
		}
		x := news.Argument{Span: r.span(toks), Head: g.head, Entity: -1, Role: g.role}
		if x.Role == "" {
			x.Role = "other"
		}
		if k := r.mention[g.head]; k > 0 {
			x.Entity = r.d.Mentions[k-1].Entity
			if x.Role == "time" {
				x.Value = r.d.Mentions[k-1].Value
			}
		}
		if !x.Empty() {
			out = append(out, x)
		}
	}
	return out
}

// relationOf is the relation's words with a preposition that leads to its object.
// A light verb's object is part of it: "played a role in".
func (r *reader) relationOf(f *frame, mark []int, light int) news.Relation {
	toks := make([]int, 0, len(f.rel)+len(mark)+1)
	toks = append(append(toks, f.rel...), mark...)
	lemma := r.lemmaOf(f, mark)
	if light >= 0 {
		toks = append(toks, f.args[light].toks...)
		lemma = join(r.lemmaOf(f, nil), join(r.lemma(f.args[light].head), strings.ToLower(r.words(mark))))
	}
	if len(f.rel) == 0 && f.kind == nominal {
		toks = append(toks, f.verb)
	}
	slices.Sort(toks)
	rel := news.Relation{Tokens: toks, Lemma: lemma}
	if len(toks) == 0 {
		rel.Text = f.supply
		return rel
	}
	var words []string
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
func (r *reader) lemmaOf(f *frame, mark []int) string {
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
	if f.kind == nominal {
		words = append(words, strings.ToLower(r.lemma(f.verb)))
	}
	for _, m := range mark {
		words = append(words, r.lower[m])
	}
	return strings.Join(words, " ")
}

func supplyLemma(s string) string {
	if s == "has" {
		return "have"
	}
	return "be"
}
