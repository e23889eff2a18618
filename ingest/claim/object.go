package claim

import "hearsay/ingest/news"

// predicate reads an object and what it is called: the contract's "called it a
// stunt".
//
//	Schiff called it "a non-starter"     -> it "a non-starter
//	Critics branded the plan reckless    -> the plan reckless
func (r *reader) predicate(i, subject int, d *draft) bool {
	c, last := r.lookup(r.lex.verbs, i, pred)
	if c == nil || !r.person(subject) {
		return false
	}
	obj := r.d.Child(i, "obj", "iobj")
	if h := r.d.Head(i); r.rel(i, "acl") && h >= r.first && h < i && (r.word2(h, "what") || obj >= 0 && obj < i && r.word2(obj, "which", "that") || obj < 0 && r.propositional(h) && subject > h && subject < i) {
		return r.whatCalled(i, last, c, d)
	}
	if obj < i {
		return r.predicateBySurface(i, last, c, d)
	}
	p := r.d.Child(i, "xcomp")
	if p < 0 {
		p = r.d.Child(i, "ccomp")
	}
	if p < 0 || p < obj && r.d.Child(p, "nsubj") < 0 {
		p = -1
		for k := range r.d.Children(i) { // two objects, or a predicate hung on the object
			if k > obj && r.rel(k, "obj") {
				p = k
			}
		}
		if k := r.d.Child(obj, "appos"); p < 0 && k > obj && !r.comma(obj, int(r.lo[k])) {
			p = k
		}
		for k := range r.d.Children(obj) { // an adjective after its noun: called the order swift
			if p < 0 && k > obj && r.rel(k, "amod") && (k == obj+1 || r.inQuote[k] >= 0) {
				p = k
			}
		}
	}
	if p < 0 {
		return c.stance == news.Asserts && r.predicateBySurface(i, last, c, d)
	}
	if r.d.Child(p, "mark", "cop", "aux") >= 0 {
		return false
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, p, "predicate"
	end := r.phraseLimit(p, r.rightEnd(i, p))
	if q := r.inQuote[p]; q >= 0 && r.inQuote[i] < 0 && r.inside(int(q)).last < end && r.rel(min(r.inside(int(q)).last+2, r.end-1), "cc") {
		end = r.inside(int(q)).last // called it "lousy" and left
	}
	for k := range r.d.Children(i) { // declared it a pandemic | on Monday
		if lo := int(r.lo[k]); r.rel(k, "obl") && lo > int(r.hi[p]) && lo <= end && r.isTime(k) {
			end = lo - 1
		}
	}
	d.content = append(d.content, part{int(r.lo[obj]), end})
	if r.evaluative(int(r.lo[p]), int(r.hi[p])) && c.stance == news.Asserts {
		d.entry = &cue{stance: news.Criticizes, certainty: news.Certain}
	}
	return true
}

// whatCalled reads "what X called Y", "an allegation X called Y": the words that
// were used.
func (r *reader) whatCalled(i, last int, c *cue, d *draft) bool {
	p := -1
	for k := range r.d.Children(i) {
		if k > last && p < 0 && r.rel(k, "xcomp", "obj", "ccomp", "obl") && r.d.Child(k, "case", "mark") < 0 {
			p = k
		}
	}
	if p < 0 {
		return false
	}
	at := part{last + 1, r.objectEnd(i, p)}
	if q := r.inQuote[p]; q >= 0 {
		at = r.inside(int(q))
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, p, "predicate"
	d.content = append(d.content, at)
	if r.evaluative(at.first, at.last) && c.stance == news.Asserts {
		d.entry = &cue{stance: news.Criticizes, certainty: news.Certain}
	}
	return true
}

// predicateBySurface reads a noun phrase and a second one that starts right after
// it with "a" or a quotation mark.
func (r *reader) predicateBySurface(i, last int, c *cue, d *draft) bool {
	j := r.phraseAfter(last + 1)
	for n := 0; n < 2 && j > last+1 && j < r.end && r.upos(j) == "ADP"; n++ { // called the inquiry into it "odd"
		if k := r.phraseAfter(j + 1); k < r.end && r.word(k, "\"", "“") {
			j = k
		}
	}
	if j <= last+1 || j >= r.end-1 || !r.word(j, "a", "an", "\"", "“", "‘", "'") {
		return false
	}
	end := j
	q := r.inQuote[min(j+1, r.end-1)]
	if q >= 0 && r.inQuote[j] < 0 && r.punct(j) {
		if r.beginsFinite(r.inside(int(q))) {
			return false // found his letter "was meant to mislead"
		}
		end = min(r.inside(int(q)).last, r.end-1)
	}
	for q < 0 && end+1 < r.end && (!r.punct(end+1) || r.inQuote[end+1] >= 0 || r.word(end+1, "\"", "“")) {
		end++
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, j, "predicate"
	d.content = append(d.content, part{last + 1, end})
	if r.evaluative(j, end) && c.stance == news.Asserts {
		d.entry = &cue{stance: news.Criticizes, certainty: news.Certain}
	}
	return true
}

// objectFrames maps prepositions to the frame of an object with them.
var objectFrames = map[string]frames{"of": objOf, "for": objFor, "on": objOn, "upon": objOn, "to": objTo,
	"with": objWith, "over": objOver, "in": objIn, "as": as, "at": objAt}

// objectPhrase reads an object and a phrase with the preposition that the cue wants.
//
//	accused Iran of the attack       -> Iran of the attack
//	attribute this to human activity -> this to human activity
//	see the attack as an anomaly     -> the attack as an anomaly
func (r *reader) objectPhrase(i, subject int, d *draft) bool {
	const all = objOf | objFor | objOn | objTo | objWith | objOver | objIn | objAt | as
	if c, _ := r.lookup(r.lex.verbs, i, all); c == nil || !r.person(subject) {
		return false
	}
	obj := r.d.Child(i, "obj", "iobj", "ccomp", "nsubj:pass")
	if obj < i {
		obj = -1
	}
	for j := i + 1; j < r.end; j++ {
		f, ok := objectFrames[r.low[j]]
		if !ok || !r.rel(j, "case", "mark", "fixed", "cc", "advmod") {
			continue
		}
		c, last := r.lookup(r.lex.verbs, i, f)
		if c != nil && obj < 0 && len(c.particles) > 0 && r.rel(last, "case") && r.d.Head(last) > last && r.d.Head(last) < j {
			obj = r.d.Head(last) // referred to the vote as
		}
		if c == nil || last >= j || obj >= 0 && j <= obj || obj < 0 && !(f == as && j == last+1) {
			continue
		}
		h := r.d.Head(j)
		if h < 0 || r.rel(j, "fixed") || r.venue(h) || f == as && (r.rel(j, "advmod") && r.word(h+1, "as") || r.gerund(h) && r.endsAt(h)) {
			continue // as high as six; quoted him as saying
		}
		if at := r.d.Head(h); at != i && !(obj >= 0 && (at == obj || r.d.Dominates(obj, h) && f&(objOf|objTo|as|objFor) != 0 && r.commonTo(obj, h, i))) {
			continue
		}
		d.entry, d.cue.last, d.inner, d.rule = c, last, h, "object-phrase"
		if c.stance == news.Estimates && !r.counts(j, int(r.hi[h])) {
			return false
		}
		if f == as && c.stance == news.Asserts && !r.classifies(i) && r.evaluative(j, int(r.hi[h])) {
			d.entry = &cue{stance: news.Criticizes, certainty: news.Certain}
		}
		from := j + 1
		if obj >= 0 {
			from = min(int(r.lo[obj]), j)
		}
		if len(c.particles) > 0 {
			from = last + 1
		}
		d.content = append(d.content, part{max(from, last+1), r.phraseLimit(h, min(max(int(r.hi[h]), h), r.rightEnd(i, h)))})
		return true
	}
	return false
}

// classifies reports whether verb i puts its object into a class by decision.
func (r *reader) classifies(i int) bool {
	switch r.lemma(i) {
	case "designate", "classify", "list", "identify", "categorize", "categorise", "confirm", "name":
		return true
	}
	return false
}

// counts reports whether a number stands between two tokens.
func (r *reader) counts(first, last int) bool {
	for i := first; i <= last && i < r.end; i++ {
		if r.upos(i) == "NUM" || r.word(i, "dozens", "hundreds", "thousands", "millions", "billions", "scores") {
			return true
		}
	}
	return false
}

// commonTo reports whether h hangs a short way below obj, so that a parser may
// have missed that its phrase belongs to the verb.
func (r *reader) commonTo(obj, h, i int) bool {
	n := 0
	for k := h; k >= 0 && k != obj; k = r.d.Head(k) {
		if n++; n > 2 || r.rel(k, "acl", "advcl") && k != h {
			return false
		}
	}
	return true
}

// object reads a bare object.
//
//	condemned the attack      -> the attack
//	called for calm           -> calm (cue: called for)
//	denied the accusation     -> the accusation
func (r *reader) object(i, subject int, d *draft) bool {
	c, last := r.lookup(r.lex.verbs, i, np)
	if c == nil || !r.person(subject) {
		return false
	}
	if k := r.d.Child(i, "obj"); k >= 0 && k < i && r.word(k, "which") && r.rel(i, "acl:relcl") {
		return r.relativeObject(i, c, last, d)
	}
	obj := r.bareObject(i, c, last)
	if r.word(i, "citing", "quoting") && obj > i && r.person(obj) {
		return false // whom a report cites is its source's source, see citations
	}
	if obj <= i || !r.reportable(i, obj, c) {
		return false
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, obj, "object"
	if r.word(obj, "this", "that") && r.punct(min(obj+1, r.end-1)) {
		d.content = append(d.content, part{obj, obj})
		return true
	}
	if v := r.verbAfter(i, obj); v >= 0 {
		if t, end := r.lookup(r.lex.verbs, i, that); t != nil && !r.addressed(i) {
			d.entry, d.cue.last, d.inner, d.rule = t, end, v, "object-clause"
			d.content = append(d.content, part{int(r.lo[obj]), max(v, r.rightEnd(i, v))})
			r.fitQuote(d)
			return true
		}
	}
	end := r.phraseLimit(obj, r.withoutVenue(obj, r.withAdjuncts(i, r.objectEnd(i, obj))))
	d.content = append(d.content, part{last + 1, max(obj, r.carryOn(i, obj, end))})
	if d.content[0].first < int(r.lo[obj]) {
		d.content[0].first = max(last+1, int(r.lo[obj]))
	}
	return true
}

// bareObject is the head of the object of cue i, whose last token is last: of the
// verb, or of its preposition. -1 for none.
func (r *reader) bareObject(i int, c *cue, last int) int {
	if len(c.particles) == 0 || r.rel(last, "compound:prt") {
		if r.word(last+1, "that") && r.word(last+2, ",", ".", ";") {
			return last + 1 // denied that, read as the beginning of a clause
		}
		if k := r.d.Child(i, "obj"); k >= 0 {
			return k
		}
		if k := r.d.Child(i, "ccomp"); k > i {
			return k
		}
		return -1
	}
	if h := r.d.Head(last); h > last && h < r.end {
		return h
	}
	obj := -1
	for k := last + 1; k < min(last+8, r.end) && !r.punct(k); k++ {
		if int(r.lo[k]) <= last+1 && r.nominal(k) {
			obj = k
		}
	}
	return obj
}

// relativeObject takes what a relative clause denies, admits or condemns: accused
// of inciting it, which he denied.
func (r *reader) relativeObject(i int, c *cue, last int, d *draft) bool {
	h := r.d.Head(i)
	if h < r.first || h >= i || c.stance != news.Denies {
		return false
	}
	for r.rel(h, "nmod", "obl") && r.d.Head(h) >= r.first && (r.propositional(r.d.Head(h)) || r.gerund(r.d.Head(h))) {
		h = r.d.Head(h)
	}
	if !r.propositional(h) && r.upos(h) != "VERB" {
		return false
	}
	first := int(r.lo[h])
	if k := r.d.Child(h, "case", "mark"); k >= 0 && k == first {
		first++
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, h, "relative"
	d.content = append(d.content, part{first, int(r.lo[i]) - 1})
	return true
}

// phraseLimit cuts a content that is a noun phrase, up to end, before a clause
// that a parser hung in it: his rival as weak | and his campaign called.
func (r *reader) phraseLimit(head, end int) int {
	cut := -1
	for j := head + 1; j <= end; j++ {
		if r.inQuote[j] >= 0 {
			cut = -1
			continue
		}
		switch {
		case r.word(j, ":"):
			return max(head, j-1)
		case r.word(j, "that", "which", "who", "whom", "whose", "where", "when", "what", "how", "why", "whether", "if", "because", "after", "before", "since", "until", "although", "though"):
			return end
		case r.rel(j, "cc") && r.word(j, "and", "but", "while") || r.word(j, "as", "while") && (r.upos(j) != "ADP" || j+1 < r.end && r.upos(j+1) == "AUX"):
			cut = j
		}
		switch r.d.Tokens[j].XPOS {
		case "VBD", "VBZ", "VBP", "MD":
			if cut > head {
				return cut - 1
			}
			return end
		case "VBN":
			if cut > head && r.d.Child(j, "obj") > j && r.d.Child(j, "aux") < 0 {
				return cut - 1 // and levied sanctions
			}
			if cut > head && r.verbCue(j) != nil && !r.agentAfter(j) && r.d.Child(j, "aux") < 0 && r.upos(cut+1) == "PRON" {
				return cut - 1
			}
		}
	}
	return end
}

// verbAfter is a finite verb that follows the object of cue i without a relative
// pronoun or punctuation between, so that both are a clause: announced the tests
// by a laboratory found poison. -1 for none.
func (r *reader) verbAfter(i, obj int) int {
	for j := obj + 1; j < r.end; j++ {
		if r.punct(j) {
			if j = r.afterInsertion(j); j < 0 {
				return -1
			}
		}
		if r.word(j, "that", "which", "who", "whom", "whose", "where", "when", "as", "after", "before", "if", "while", "because", "since", "until", "and", "or", "but", "than", "what", "how") || r.upos(j) == "SCONJ" || r.upos(j) == "PRON" {
			return -1
		}
		switch r.d.Tokens[j].XPOS {
		case "VBD", "VBZ", "VBP", "MD":
			if r.agentAfter(j) || r.word(j-1, "to") {
				return -1
			}
			if h := r.d.Head(j); r.upos(j) == "AUX" && h > j && h < r.end {
				return h
			}
			return j
		}
	}
	return -1
}

// afterInsertion is the finite verb right after the comma that ends the insertion
// begun by the one at j: the algae, like warm water, might. -1 for none.
func (r *reader) afterInsertion(j int) int {
	if r.low[j] != "," || r.word(j+1, "and", "but", "or", "that", "citing", "adding", "saying") {
		return -1
	}
	relative := r.word(j+1, "who", "which", "whose")
	for k := j + 1; k < min(j+16, r.end-1); k++ {
		switch r.d.Tokens[k].XPOS {
		case "VBD", "VBZ", "VBP", "MD":
			if !relative {
				return -1
			}
		}
		if r.low[k] == "," {
			switch r.d.Tokens[k+1].XPOS {
			case "VBD", "VBZ", "VBP", "MD":
				return k + 1
			}
		}
	}
	return -1
}

// agentAfter reports whether "by" follows verb j, which is then a participle.
func (r *reader) agentAfter(j int) bool { return r.word(j+1, "by") }

// withAdjuncts stretches an object that ends at end over the phrases of cue i
// that follow it at once: demanded an explanation from Russia. Times stay out.
func (r *reader) withAdjuncts(i, end int) int {
	for k := range r.d.Children(i) {
		if m := r.d.Child(k, "mark"); k > end && r.rel(k, "advcl", "xcomp") && m == end+1 && r.low[m] == "to" {
			end = max(end, int(r.hi[k])) // his authority to make the change
			continue
		}
		if k <= end || !r.rel(k, "obl") || int(r.lo[k]) != end+1 || r.isTime(k) {
			continue
		}
		if r.upos(end) == "NOUN" && r.holderByVerb(end, i) == k { // denied accusations by the union that
			end = max(end, int(r.hi[k]))
			continue
		}
		switch r.caseOf(k) {
		case "of", "for", "in", "to", "with", "about", "against", "from", "on", "over", "into", "at", "between", "due", "among", "regarding":
			end = max(end, r.prepositionEnd(k))
		}
	}
	return end
}
