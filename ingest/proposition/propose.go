package proposition

import (
	"slices"
	"strings"

	"hearsay/ingest/news"
)

// propose adds the propositions of frame f: one for each way to choose among
// what is coordinated in its subject and its object.
func (r *reader) propose(f *frame) {
	if f.subject < 0 || f.how == modified && len(f.args) == 0 || r.onlyReports(f) || r.expletive(f) || strings.HasPrefix(r.lower[f.subject], "http") {
		return
	}
	var buf [4]reading
	found := r.find(buf[:0], r.predicates, f)
	for _, u := range found {
		r.spreadOver(f, u)
	}
	// What a noun phrase merely implies is stated only where the table knows it.
	if len(found) == 0 && r.saysSomething(f) && f.kind != possession && f.kind != location && f.kind != nominal && f.kind != exemplar {
		r.spreadOver(f, r.open(f))
	}
}

// expletive reports whether a frame says something of a clause in the place of
// its "it": "it was too early to tell", "it is no surprise that they failed".
func (r *reader) expletive(f *frame) bool {
	if f.kind != copular || r.lower[f.subject] != "it" {
		return false
	}
	for c := range r.d.Children(f.verb) {
		if r.rel(c, "advcl", "acl", "ccomp", "xcomp", "csubj") && c > f.verb && r.child(c, "mark") >= 0 {
			return true
		}
	}
	return false
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

// saysSomething reports whether a frame outside the table states more than that
// somebody speaks, exists, or has yet to do what isn't said.
func (r *reader) saysSomething(f *frame) bool {
	lemma := strings.ToLower(r.lemma(f.verb))
	if r.embedding.fin[lemma] == reports && f.kind == verbal && f.head == f.verb {
		return false
	}
	if len(f.args) > 0 {
		return true
	}
	return lemma != "be" && lemma != "have" && f.how != controlled
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
	if k < 0 || r.attributes(&f.args[k]) {
		return -1
	}
	a := &f.args[k]
	if a.kind == indirect {
		for i := range f.args {
			if f.args[i].kind == object {
				return i
			}
		}
	}
	if f.passive && a.role == "place" || a.role == "time" || a.role == "manner" || a.kind == adjunct || a.kind == content {
		return -1
	}
	return k
}

// attributes reports whether an argument only says who says so: "according to
// police".
func (r *reader) attributes(a *arg) bool {
	return len(a.mark) > 0 && r.lower[a.mark[0]] == "according"
}

// spreadOver adds a proposition for each pair of conjuncts of what u relates.
func (r *reader) spreadOver(f *frame, u reading) {
	var left, right [maxSpread]int
	heads := append(right[:0], u.object.head)
	if u.object.head >= 0 {
		heads = r.conjuncts(u.object.head, right[:0])
	}
	subjects := append(left[:0], u.subject.head)
	if u.subject.head >= 0 && (f.kind != nominal || u.subject.arg != -1) {
		subjects = r.conjuncts(u.subject.head, left[:0])
	}
	for _, x := range subjects {
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
	inverse := b.arg == -1 && a.arg != -1 || f.kind == nominal && (b.place == "ctrl" || b.place == "poss" && a.arg != -1)
	toll := a.head < 0 && b.arg >= 0 // "the death toll rose to 17"
	if inverse || toll {
		a, b, inverse = b, a, true
	}
	if a.head < 0 || f.kind == location && r.mention[a.head] == 0 || f.kind == nominal && b.head >= 0 && r.unresolved(b.head) {
		return
	}
	if f.kind == nominal && a.place == "subj" {
		g := *f
		g.supply = "is" // "Hauri's director" is director
		f = &g
	}
	p := news.Proposition{Sentence: r.sentence, Head: f.head}
	if !r.participants(f, &p, a, b) {
		return
	}
	if toll {
		p.Relation = r.tollRelation(f, a, u.light)
	} else {
		p.Relation = r.relationOf(f, b, u.light)
	}
	p.Relation.Inverse = inverse
	p.Relation.Predicate = u.predicate
	if u.predicate == "" {
		p.Relation.Predicate, p.Relation.Inverse = r.openPredicateOf(f, &p, b)
	}
	p.Arguments = r.furtherArguments(f, &p, a, b, u.light)
	p.Quantity = r.quantityOf(&p)
	p.Polarity, p.Certainty = r.factuality(f)
	if p.Certainty == news.Certain && r.imputes(f, u.predicate) {
		p.Certainty = news.Probable
	}
	p.Confidence = r.confidence(f, r.wordCount(p.Subject.Span), r.wordCount(p.Object.Span), max(b.arg, -1))
	r.d.Propositions = append(r.d.Propositions, p)
}

// participants sets subject and object of p to the phrases of a and b; false
// where there is nothing to relate.
func (r *reader) participants(f *frame, p *news.Proposition, a, b part) (ok bool) {
	p.Object = news.Argument{Head: -1, Entity: -1}
	if p.Subject, ok = r.participant(a.head, r.partExtent(f, a, b)); !ok || b.head < 0 {
		return ok
	}
	if p.Object, ok = r.participant(b.head, r.partExtent(f, b, a)); !ok || p.Object.Span == p.Subject.Span {
		return false
	}
	if p.Object.Entity >= 0 && p.Object.Entity == p.Subject.Entity {
		if f.kind != verbal && len(r.markers(b.head, "case")) == 0 {
			return false // "APT29, a Russian group": they are one
		}
		// Subject and object of one clause are two, or a reflexive says so.
		p.Object.Entity = -1
	}
	return true
}

// imputes reports whether a frame lays an event to somebody's charge without
// saying that it is so: who attributes, blames or claims is another matter.
//
//	they blamed Iran for the attack -> (the attack, hs:attributed-to, Iran) probable
func (r *reader) imputes(f *frame, predicate string) bool {
	if predicate != "hs:attributed-to" && predicate != "hs:involvedIn" {
		return false
	}
	if f.kind == nominal {
		return r.rel(f.verb, "obj")
	}
	switch r.lemma(f.verb) {
	case "attribute", "ascribe", "trace", "link", "tie", "connect", "blame", "pin", "hold", "fault", "implicate", "claim", "admit", "accept":
		return f.kind == verbal
	}
	return false
}

// partExtent lists the words of participant a, without those of the other one
// that hang on them: "the attack" of "the attack on Sony".
func (r *reader) partExtent(f *frame, a, other part) []int {
	if a.arg == -1 && f.kind != nominal {
		return r.subjectExtent(a.head, f)
	}
	if a.arg >= 0 && f.args[a.arg].head == a.head && !contains(f.args[a.arg].toks, other.head) {
		return f.args[a.arg].toks
	}
	if other.place != "poss" {
		r.except = other.head
		defer func() { r.except = -1 }()
	}
	return r.extent(a.head, phrase)
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

func (r *reader) wordCount(s news.Span) int {
	if s.Empty() {
		return 0
	}
	return strings.Count(r.d.Slice(s), " ") + 1
}

func (r *reader) span(toks []int) news.Span {
	if len(toks) == 0 {
		return news.Span{}
	}
	return r.d.SpanOf(toks[0], toks[len(toks)-1])
}

// furtherArguments lists what a proposition has beside subject and object.
func (r *reader) furtherArguments(f *frame, p *news.Proposition, a, b part, light int) []news.Argument {
	var out []news.Argument
	for i := range f.args {
		g := &f.args[i]
		if b.arg == -2 && g.kind == predicate {
			continue
		}
		if i == a.arg || i == b.arg || i == light || r.attributes(g) || g.head == a.head || g.head == b.head || r.isNegation(g.head) {
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
		if !x.Empty() && !p.Object.Contains(x.Span) && !p.Subject.Contains(x.Span) {
			out = append(out, x)
		}
	}
	return out
}
