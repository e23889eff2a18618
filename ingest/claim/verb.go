package claim

import "hearsay/ingest/news"

// part is a range of tokens, both included.
type part struct{ first, last int }

func (p part) empty() bool { return p.last < p.first }

// draft is a claim in the making: what was found around one cue.
type draft struct {
	cue     part // tokens of the cue
	head    int  // its head token
	entry   *cue
	content []part
	inner   int // head token of the content, -1 where unknown or none
	quoted  int // quotation that ends the content, -1 for none
	negated bool
	rule    string
}

// lookup finds what the lexicon says of verb i in a frame; last is the last
// token of the cue. The entry with most particles wins.
func (r *reader) lookup(table map[string][]cue, i int, f frames) (c *cue, last int) {
	entries := table[r.lemma(i)]
	for k := range entries {
		e := &entries[k]
		if e.frames&f == 0 || c != nil && len(e.particles) <= len(c.particles) {
			continue
		}
		if end, ok := r.particles(i, e.particles); ok {
			c, last = e, end
		}
	}
	return c, last
}

// particles reports whether the words follow token i, adverbs passed over before
// the first; end is the last of them.
func (r *reader) particles(i int, words []string) (end int, ok bool) {
	if len(words) == 0 {
		return i, true
	}
	j := i + 1
	for n := 0; n < 2 && j < r.end && r.low[j] != words[0] && r.upos(j) == "ADV"; n++ {
		j++
	}
	for _, w := range words {
		if !r.word(j, w) {
			return 0, false
		}
		j++
	}
	return j - 1, true
}

// verbCue is any entry of verb i, nil where it is no cue.
func (r *reader) verbCue(i int) *cue {
	c, _ := r.lookup(r.lex.verbs, i, ^frames(0))
	return c
}

// verb reads the attributions that verb i signals. The routes are tried from
// the surest to the loosest; the first that finds a content wins.
func (r *reader) verb(i int) {
	if r.verbCue(i) == nil || r.rel(i, "amod", "compound", "case") && !(r.bare(i) && r.tensed(i)) || r.hypothetical(i) {
		return
	}
	if r.passive(i) {
		r.passiveVerb(i)
		return
	}
	heads := r.speaking(i, r.sources(i))
	if len(heads) == 0 {
		return
	}
	if r.inQuote[i] >= 0 && r.firstPerson(heads[0]) {
		return
	}
	d := draft{cue: part{i, i}, head: i, inner: -1, quoted: -1, negated: r.negated(i)}
	for _, route := range [...]func(*reader, int, int, *draft) bool{
		(*reader).predicate, (*reader).quoteRight, (*reader).clauseRight, (*reader).objectPhrase,
		(*reader).contentLeft, (*reader).infinitive, (*reader).object,
	} {
		if route(r, i, heads[0], &d) {
			r.add(&d, heads)
			return
		}
	}
}

// speaking keeps the heads only where the first can be a source.
func (r *reader) speaking(i int, heads []int) []int {
	if len(heads) == 0 || heads[0] == i || !r.speaks(heads[0]) {
		return nil
	}
	return heads
}

func (r *reader) firstPerson(h int) bool {
	if k := r.d.Child(h, "nmod:poss"); k >= 0 && r.word2(k, "our", "my", "your") {
		return true
	}
	return r.word2(h, "i", "we", "you", "me", "us", "our", "my", "your")
}

// hypothetical reports whether verb i did not happen: could say, expected to
// announce, if he says, didn't ask, imperatives.
func (r *reader) hypothetical(i int) bool {
	if r.aux(i, "could", "should", "might", "must", "may") && !r.negated(i) {
		return true
	}
	if mark := r.d.Child(i, "mark"); mark >= 0 && mark < i && r.word2(mark, "if", "unless", "whether") {
		return true
	}
	if r.rel(i, "xcomp", "advcl", "acl", "csubj") {
		if mark := r.d.Child(i, "mark"); mark >= 0 && r.low[mark] == "to" {
			switch r.lemma(max(r.d.Head(i), r.first)) {
			case "go", "continue", "begin", "proceed", "start", "rush":
				return false
			}
			return true
		}
	}
	return false
}

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
	}
	if p < 0 || r.d.Child(p, "mark", "cop", "aux") >= 0 {
		return false
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, p, "predicate"
	d.content = append(d.content, part{int(r.lo[obj]), r.rightEnd(i, p)})
	if r.evaluative(int(r.lo[p]), int(r.hi[p])) && c.stance == news.Asserts {
		d.entry = &cue{stance: news.Criticizes, certainty: news.Certain}
	}
	return true
}

// predicateBySurface reads a noun phrase and a second one that starts right after
// it with "a" or a quotation mark.
func (r *reader) predicateBySurface(i, last int, c *cue, d *draft) bool {
	j := r.phraseAfter(last + 1)
	if j <= last+1 || j >= r.end-1 || !r.word(j, "a", "an", "\"", "“", "‘", "'") {
		return false
	}
	end := j
	for end+1 < r.end && (!r.punct(end+1) || r.inQuote[end+1] >= 0 || r.word(end+1, "\"", "“")) {
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
		if c == nil || last >= j || obj >= 0 && j <= obj || obj < 0 && !(f == as && j == last+1) {
			continue
		}
		h := r.d.Head(j)
		if h < 0 || r.rel(j, "fixed") {
			continue
		}
		if at := r.d.Head(h); at != i && !(obj >= 0 && (at == obj || r.d.Dominates(obj, h) && f&(objOf|objTo|as|objFor) != 0 && r.commonTo(obj, h, i))) {
			continue
		}
		d.entry, d.cue.last, d.inner, d.rule = c, last, h, "object-phrase"
		from := j + 1
		if obj >= 0 {
			from = min(int(r.lo[obj]), j)
		}
		d.content = append(d.content, part{max(from, last+1), r.rightEnd(i, h)})
		return true
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

// infinitive reads infinitives and gerunds, with or without an object.
//
//	urged Iran to leave  -> Iran to leave
//	vowed to leave       -> to leave
//	denied leaving       -> leaving
func (r *reader) infinitive(i, subject int, d *draft) bool {
	if c, _ := r.lookup(r.lex.verbs, i, inf|to|ing); c == nil || !r.person(subject) {
		return false
	}
	x := -1
	for k := range r.d.Children(i) {
		if k > i && r.rel(k, "xcomp", "ccomp", "advcl", "obl") && (r.upos(k) == "VERB" || r.d.Child(k, "cop", "aux", "mark") >= 0) {
			x = k
			break
		}
	}
	obj := r.d.Child(i, "obj", "iobj")
	if obj < i {
		obj = r.d.Child(i, "obl")
	}
	if x < 0 && obj > i { // urged [Iran to leave] with the clause under the object
		if k := r.d.Child(obj, "acl"); k > obj && r.d.Child(k, "mark") >= 0 && r.low[r.d.Child(k, "mark")] == "to" {
			x = k
		}
	}
	if x < 0 {
		return false
	}
	mark := r.d.Child(x, "mark")
	infinitival := mark >= 0 && r.low[mark] == "to"
	f, from := frames(0), int(r.lo[x])
	switch {
	case infinitival && obj > i && obj < x:
		f, from = inf, min(from, int(r.lo[obj]))
		if k := r.d.Child(obj, "case"); k >= 0 && r.d.Head(k) == obj {
			from = k + 1
		}
	case infinitival && r.d.Child(x, "nsubj") > i:
		f = inf
	case infinitival:
		f = to
	case r.gerund(x):
		f = ing
	default:
		return false
	}
	c, last := r.lookup(r.lex.verbs, i, f)
	if c == nil && f == inf && r.d.Child(i, "obj", "iobj") < i { // demanded from Interpol to publish
		f, from = to, int(r.lo[x])
		c, last = r.lookup(r.lex.verbs, i, f)
	}
	if c == nil || last >= x {
		return false
	}
	if from <= last {
		from = last + 1
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, x, "infinitive"
	d.content = append(d.content, part{from, r.rightEnd(i, x)})
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
	obj := -1
	if len(c.particles) == 0 || r.rel(last, "compound:prt") {
		obj = r.d.Child(i, "obj")
		if obj < 0 && r.d.Child(i, "ccomp") > i {
			obj = r.d.Child(i, "ccomp")
		}
	} else {
		for k := last + 1; k < r.end; k++ {
			if h := r.d.Head(last); h > last {
				obj = h
			} else if r.nominal(k) && int(r.lo[k]) <= last+1 {
				obj = k
			}
			break
		}
		if obj < 0 {
			for k := last + 1; k < min(last+8, r.end) && !r.punct(k); k++ {
				if int(r.lo[k]) <= last+1 && r.nominal(k) {
					obj = k
				}
			}
		}
	}
	if r.word(i, "citing", "quoting") && obj > i && r.person(obj) {
		return false // whom a report cites is its source's source, see citations
	}
	if obj <= i || r.word2(obj, "itself", "himself", "herself", "themselves") && c.stance == news.Asserts {
		return false
	}
	if (c.stance == news.Asserts || c.stance == news.Suggests) && len(c.particles) == 0 && !r.propositional(obj) && !r.announces(r.lemma(i)) {
		return false
	}
	if c.stance == news.Demands && len(c.particles) == 0 && r.upos(obj) == "PRON" {
		return false
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, obj, "object"
	if v := r.verbAfter(i, obj); v >= 0 {
		if t, end := r.lookup(r.lex.verbs, i, that); t != nil && !r.addressed(i) {
			d.entry, d.cue.last, d.inner, d.rule = t, end, v, "object-clause"
			d.content = append(d.content, part{int(r.lo[obj]), max(v, r.rightEnd(i, v))})
			r.fitQuote(d)
			return true
		}
	}
	end := r.withAdjuncts(i, r.objectEnd(i, obj))
	d.content = append(d.content, part{last + 1, max(obj, r.carryOn(i, obj, end))})
	if d.content[0].first < int(r.lo[obj]) {
		d.content[0].first = max(last+1, int(r.lo[obj]))
	}
	return true
}

// verbAfter is a finite verb that follows the object of cue i without a relative
// pronoun or punctuation between, so that both are a clause: announced the tests
// by a laboratory found poison. -1 for none.
func (r *reader) verbAfter(i, obj int) int {
	for j := obj + 1; j < r.end && !r.punct(j); j++ {
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

// agentAfter reports whether "by" follows verb j, which is then a participle.
func (r *reader) agentAfter(j int) bool { return r.word(j+1, "by") }

// withAdjuncts stretches an object that ends at end over the phrases of cue i
// that follow it at once: demanded an explanation from Russia. Times stay out.
func (r *reader) withAdjuncts(i, end int) int {
	for k := range r.d.Children(i) {
		if k <= end || !r.rel(k, "obl") || int(r.lo[k]) != end+1 || r.isTime(k) {
			continue
		}
		switch r.caseOf(k) {
		case "of", "for", "in", "to", "with", "about", "against", "from", "on", "over", "into", "at", "between":
			end = max(end, r.prepositionEnd(k))
		}
	}
	return end
}

// announces reports whether a bare object of the verb is what was made known.
func (r *reader) announces(lemma string) bool {
	switch lemma {
	case "announce", "reveal", "disclose", "report", "claim", "confirm", "divulge", "proclaim", "mention", "list", "cite", "reiterate", "stress", "highlight", "propose", "allege", "suggest":
		return true
	}
	return false
}

// propositional reports whether noun h stands for an event or a statement.
func (r *reader) propositional(h int) bool {
	if r.upos(h) == "PROPN" || r.upos(h) == "PRON" || r.upos(h) == "NUM" {
		return false
	}
	if r.d.Child(h, "acl", "acl:relcl") >= 0 {
		return true
	}
	w := r.lemma(h)
	for _, e := range [...]string{"tion", "sion", "ment", "ance", "ence", "ing", "ity", "ness", "ure", "al", "ship", "cy"} {
		if len(w) > len(e)+2 && w[len(w)-len(e):] == e {
			return true
		}
	}
	return r.d.Child(h, "nmod") > h
}

// passiveVerb reads a passive with its agent.
//
//	The attack was claimed by the rebels            -> The attack
//	reported by local press as belonging to the army -> belonging to the army
//	It was confirmed by police that he died         -> he died
func (r *reader) passiveVerb(i int) {
	a := r.agent(i)
	if a < 0 || !r.person(a) {
		return
	}
	heads := append([]int(nil), r.conjuncts(a)...)
	d := draft{cue: part{i, i}, head: i, inner: -1, quoted: -1, negated: r.negated(i), rule: "passive"}
	if comp := r.d.Child(i, "ccomp", "csubj"); comp > a {
		if c, last := r.lookup(r.lex.verbs, i, that|wh); c != nil {
			d.entry, d.cue.last, d.inner = c, last, comp
			d.content = append(d.content, part{r.afterThat(comp), r.rightEnd(i, comp)})
			r.add(&d, heads)
			return
		}
	}
	c, last := r.lookup(r.lex.verbs, i, np|that|as|objTo|objFor|pred|inf)
	if c == nil {
		return
	}
	d.entry, d.cue.last = c, last
	if x := r.d.Child(i, "xcomp", "advcl"); x > a && c.frames&(as|inf) != 0 {
		d.inner = x
		from := int(r.lo[x])
		if r.word(from, "as") {
			from++
		}
		d.content = append(d.content, part{from, int(r.hi[x])})
		r.add(&d, heads)
		return
	}
	asCue, _ := r.lookup(r.lex.verbs, i, as)
	for j := a + 1; j <= int(r.hi[i]) && asCue != nil; j++ {
		if r.word(j, "as") && !r.comma(a, j) && j+1 < r.end {
			d.inner, d.entry = j+1, asCue
			d.content = append(d.content, part{j + 1, int(r.hi[i])})
			r.add(&d, heads)
			return
		}
	}
	s := r.d.Child(i, "nsubj:pass", "csubj")
	if s < 0 && r.rel(i, "acl") {
		s = r.d.Head(i)
	}
	if s < 0 || s > i || r.word2(s, "who", "which", "that") {
		if s = r.antecedent(max(s, 0), i); s < 0 || s > i {
			return
		}
	}
	first, _, _ := r.sourceRange(s)
	end := min(int(r.hi[s]), i-1)
	if r.rel(i, "acl") {
		end = r.prepositionEnd(s)
		if end >= i {
			end = i - 1
		}
	}
	d.inner = s
	d.content = append(d.content, part{first, end})
	r.add(&d, heads)
}
