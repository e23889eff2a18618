package claim

import "hearsay/ingest/news"

// phrase reads attributions by prepositional phrases at token i.
//
//	According to AP, it rained        -> it rained
//	It rained, according to police.   -> It rained
//	In Iran's view, it rained         -> it rained
func (r *reader) phrase(i int) {
	var h, from, to int // head of the source; the phrase's tokens
	cueEnd := i
	switch {
	case r.word(i, "according") && r.word(i+1, "to"):
		h, cueEnd = r.phraseHead(i, i+1), i+1
	case r.word(i, "per") && r.rel(i, "case") && r.sourcePer(i, r.d.Head(i)):
		h = r.d.Head(i)
	case r.word(i, "in", "by") && r.rel(i, "case"):
		h, cueEnd = r.viewOf(i)
	default:
		return
	}
	if h >= r.first && h < r.end && r.word(h, "statement", "statements", "tweet", "post") { // according to a statement by X
		for k := range r.d.Children(h) {
			if c := r.caseOf(k); k > h && r.rel(k, "nmod") && (c == "by" || c == "from") && r.person(k) {
				h = k
				break
			}
		}
	}
	if h < r.first || h >= r.end || !r.speaks(h) {
		return
	}
	from = i
	heads := append([]int(nil), r.conjuncts(h)...)
	to = r.afterRole(r.afterSource(cueEnd, heads))
	d := draft{cue: part{from, cueEnd}, head: i, entry: &cue{stance: news.Asserts, certainty: news.Certain},
		inner: -1, quoted: -1, rule: "phrase"}
	if !r.phraseContent(h, from, to, &d) {
		return
	}
	r.add(&d, heads)
}

// afterSource is the last token of a phrase whose cue ends at cueEnd and whose
// sources are heads, with a link, an abbreviation, an apposition or a relative
// clause after them.
func (r *reader) afterSource(cueEnd int, heads []int) int {
	to := cueEnd
	for _, k := range heads {
		_, last, _ := r.sourceRange(k)
		to = max(to, last)
	}
	for to+1 < r.end && !r.punct(to+1) && r.d.Dominates(heads[0], to+1) {
		to++
	}
	if r.word(to+1, "]") && r.word(to+2, "(") { // a link
		to++
	}
	if r.word(to+1, "(") { // an abbreviation
		for j := to + 2; j < min(to+8, r.end); j++ {
			if r.word(j, ")") {
				to = j
				break
			}
		}
	}
	if to+1 < r.end && r.punct(to+1) { // an apposition or relative clause
		for _, k := range heads {
			if hi := int(r.hi[k]); hi > to+1 && hi < r.end-1 && r.punct(hi+1) && r.d.Child(k, "acl:relcl", "appos") > to && !(hi+2 < r.end && r.upos(hi+2) == "VERB" && r.verbCue(hi+2) != nil) {
				to = hi
			}
		}
	}
	if r.word(to+1, ",") && r.word(to+2, "who", "which", "whose") { // a relative clause, wherever it hangs
		for j := to + 3; j < min(to+20, r.end-2); j++ {
			if r.word(j, ",") {
				to = j - 1
				break
			}
		}
	}
	return to
}

// afterRole passes over a role in apposition to a source that ends at to, where
// the clause comes after it: according to Amy Cook, director of the event, | it fell.
func (r *reader) afterRole(to int) int {
	if !r.word(to+1, ",") {
		return to
	}
	role := false
	for j := to + 2; j < min(to+16, r.end-2); j++ {
		switch u := r.upos(j); {
		case r.punct(j) && r.low[j] != ",":
			return to // the men - Wu Zhiyong, Wang Qian and Xu Ke - found it
		case r.low[j] == ",":
			if role && r.tensedBetween(j, r.end) && !r.nameThenCue(j+1) {
				return j - 1
			}
			return to
		case u == "VERB" || u == "AUX" || u == "PRON" && !r.rel(j, "nmod:poss"):
			return to
		case u == "NOUN" && !role:
			if j+1 < r.end && r.upos(j+1) == "NOUN" {
				continue
			}
			if role = r.speakerNoun(j); !role {
				return to
			}
		}
	}
	return to
}

// nameThenCue reports whether a name between commas and a cue follow at j, so that
// the role before it is the name's and no source's: according to ISNA, the
// prosecutor, | Ali Mehr, said.
func (r *reader) nameThenCue(j int) bool {
	k := j
	for k < r.end-1 && r.upos(k) == "PROPN" {
		k++
	}
	return k > j && r.word(k, ",") && r.upos(k+1) == "VERB" && r.tensed(k+1) && r.verbCue(k+1) != nil
}

// tensedBetween reports whether a finite verb stands between two tokens.
func (r *reader) tensedBetween(a, b int) bool {
	for j := a; j < b; j++ {
		if u := r.upos(j); (u == "VERB" || u == "AUX") && (r.tensed(j) || r.d.Tokens[j].XPOS == "MD") {
			return true
		}
	}
	return false
}

// sourcePer reports whether "per" at i names who says so and no rate: per
// police, per the framework, but not 5 euro per person.
func (r *reader) sourcePer(i, h int) bool {
	if h <= i || h >= r.end || r.upos(h) == "NUM" || i > r.first && (r.upos(i-1) == "NUM" || r.word(i-1, "%", "$")) {
		return false
	}
	if r.upos(h) == "PROPN" {
		return true
	}
	return (i == r.first || r.punct(i-1)) && r.upos(h) == "NOUN" && r.d.Child(h, "det", "nmod:poss") > i && r.person(h)
}

// phraseHead is the noun that "according to" leads.
func (r *reader) phraseHead(i, to int) int {
	h := r.d.Head(i)
	if h > to && r.nominal(h) {
		return h
	}
	if h = r.d.Head(to); h > to && r.nominal(h) {
		return h
	}
	for k := range r.d.Children(i) {
		if k > to && r.nominal(k) {
			return k
		}
	}
	return -1
}

// viewOf is the source of "in the view of X", "in X's words": its head and the
// last token of the cue; -1 where token i starts no such phrase.
func (r *reader) viewOf(i int) (h, cueEnd int) {
	v := r.d.Head(i)
	if v <= i || v >= r.end || v-i > 8 {
		return -1, i
	}
	switch r.low[v] {
	case "view", "opinion", "words", "eyes", "estimation", "judgment", "judgement":
		if r.low[i] != "in" {
			return -1, i
		}
	case "account", "reckoning", "estimate", "report", "count", "tally":
		if r.low[i] != "by" {
			return -1, i
		}
	default:
		return -1, i
	}
	if k := r.d.Child(v, "nmod:poss"); k > i {
		return k, i
	}
	if k := r.d.Child(v, "nmod"); k > v && r.caseOf(k) == "of" {
		return k, v + 1
	}
	return -1, i
}

// phraseContent finds what a phrase from..to attributes.
func (r *reader) phraseContent(h, from, to int, d *draft) bool {
	g := r.governor(h)
	lo, hi := r.first, r.end-1
	if to+1 >= r.end-1 { // at the end: of the whole sentence
		for k := g; k >= r.first; k = r.d.Head(k) {
			g = k
		}
	}
	for g >= 0 && r.rel(g, "conj") && r.d.Head(g) >= r.first && !r.word(int(r.lo[g]), "but", "while") {
		g = r.d.Head(g)
	}
	if g >= 0 && !r.rel(g, "root") && (r.rel(g, "ccomp", "acl", "advcl") || r.rel(g, "conj") && r.finite(g)) {
		lo, hi = int(r.lo[g]), int(r.hi[g])
		if lo > from || hi < from {
			lo, hi = r.first, r.end-1
		}
		if r.rel(g, "ccomp", "acl:relcl") && hi < to {
			hi = to
		}
	}
	for j := from - 1; j > lo; j-- {
		if r.word(j, ";") {
			lo = j + 1
			break
		}
	}
	for j := to + 1; j < hi; j++ {
		if r.word(j, ";") {
			hi = j
			break
		}
	}
	for j := to + 2; j < hi; j++ { // according to Oake, it fell, | but Norvik said
		if r.word(j, ",") && r.word(j+1, "but", "while", "though", "although", "whereas") && r.nextCue(j+1) {
			hi = j
			break
		}
	}
	if r.rel(lo, "cc", "mark") && lo < from-1 && g >= 0 && !r.rel(g, "root") {
		lo++
	}
	if from-1 > lo && r.rel(from-1, "cc") && r.word(from-1, "but", "and") && r.tensedBetween(to+1, hi) {
		lo = from // it had been agreed, but according to Oake | they left
	}
	left, right := part{lo, from - 1}, part{to + 1, hi}
	d.inner = g
	if q := r.quoteBefore(from); q >= 0 && r.inside(q).first < r.first && r.speech(q) {
		left, d.quoted = r.inside(q), q
	}
	switch {
	case left.last-left.first < 1 || r.onlyAdjuncts(left, g):
		if left.last-left.first >= 1 && !r.comma(right.first, right.first+1) {
			return false
		}
		if right.last-right.first < 1 {
			return false
		}
		d.content = []part{right}
		r.fitQuote(d)
	case g >= right.first && g <= right.last && right.last-right.first >= 1:
		d.content = []part{left, right}
	default:
		d.content = []part{left}
	}
	return true
}

// onlyAdjuncts reports whether what stands before the phrase is introductory and
// the clause comes after it.
func (r *reader) onlyAdjuncts(left part, g int) bool {
	if g < 0 || g <= left.last {
		return false
	}
	for i := left.first; i <= left.last; i++ {
		if r.rel(i, "nsubj", "csubj", "root", "expl") {
			return false
		}
	}
	return true
}

// governor is the head of the clause that noun h hangs in.
func (r *reader) governor(h int) int {
	for k := r.d.Head(h); k >= r.first && k < r.end; k = r.d.Head(k) {
		if r.upos(k) == "VERB" || r.upos(k) == "AUX" || r.d.Child(k, "nsubj", "nsubj:pass", "cop") >= 0 || r.rel(k, "root") {
			return k
		}
	}
	return -1
}
