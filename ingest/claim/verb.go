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
	if c := r.verbCue(i); c == nil || len(c.particles) == 0 && r.phrasal(i) || r.partOfName(i) || r.hypothetical(i) || r.gardenPath(i) || r.opensWithCue(i) {
		return
	}
	if r.rel(i, "amod", "compound", "case") && !(r.bare(i) && r.tensed(i)) {
		return
	}
	if r.passive(i) {
		r.passiveVerb(i)
		return
	}
	if r.showsNone(i) {
		return
	}
	heads := r.speaking(i, r.sources(i))
	if len(heads) == 0 || !r.witness(i, heads[0]) || r.d.Tokens[i].XPOS == "VBZ" && r.word(heads[0], "many", "several", "few", "others", "both") {
		return // in many states: no verb
	}
	if r.inQuote[i] >= 0 && r.inQuote[heads[0]] < 0 && r.gerund(i) {
		return // a gerund that is quoted
	}
	for _, h := range heads {
		if r.inQuote[i] >= 0 && r.firstPerson(h) {
			return
		}
	}
	d := draft{cue: part{i, i}, head: i, inner: -1, quoted: -1, negated: r.negated(i)}
	for _, route := range [...]func(*reader, int, int, *draft) bool{
		(*reader).asSaid, (*reader).interruption, (*reader).predicate, (*reader).quoteRight, (*reader).clauseRight, (*reader).objectPhrase,
		(*reader).contentLeft, (*reader).infinitive, (*reader).object,
	} {
		if route(r, i, heads[0], &d) {
			r.add(&d, heads)
			return
		}
	}
}

// showsNone reports whether verb i has no evidence for its object: had shown no
// proof that it failed. Nobody says there that it did.
func (r *reader) showsNone(i int) bool {
	k := r.d.Child(i, "obj")
	if k <= i || !r.evidence(k) && !r.word2(k, "proof") {
		return false
	}
	det := r.d.Child(k, "det")
	return det >= 0 && r.word2(det, "no", "any") && (r.word2(det, "no") || r.negated(i))
}

// phrasal reports whether a particle makes another verb of verb i: showed up, but
// not feared up to ten had died.
func (r *reader) phrasal(i int) bool {
	k := r.d.Child(i, "compound:prt")
	return k > i && !r.word2(k, "back") && !(r.word2(k, "up") && r.word(k+1, "to") && k+2 < r.end && r.upos(k+2) == "NUM")
}

// partOfName reports whether i is a capitalised word between capitalised words of
// a sentence that is no headline: Sultan Said bin Taimur.
func (r *reader) partOfName(i int) bool {
	return i > r.first && r.d.Sentences[r.s].Kind == news.Body && r.titled(i) && r.titled(i-1) && r.upos(i-1) == "PROPN" && i+1 < r.end && !r.punct(i+1)
}

// speaking keeps the heads only where the first can be a source.
func (r *reader) speaking(i int, heads []int) []int {
	if len(heads) == 0 || heads[0] == i || !r.speaks(heads[0]) || r.word2(heads[0], "nobody", "no-one", "none") || r.word2(heads[0], "one") && r.word(heads[0]-1, "no") ||
		r.inQuote[heads[0]] >= 0 && r.word2(heads[0], "someone", "somebody", "anyone", "anybody", "everyone", "everybody") {
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

// infinitival reports whether "to" stands before verb i.
func (r *reader) infinitival(i int) bool {
	for k := range r.d.Children(i) {
		if k < i && r.low[k] == "to" && r.rel(k, "mark") {
			return true
		}
	}
	return false
}

// hypothetical reports whether verb i did not happen: could say, expected to
// announce, if he says, didn't ask, imperatives.
func (r *reader) hypothetical(i int) bool {
	if r.aux(i, "could", "should", "might", "must", "may") && !r.negated(i) {
		return true
	}
	if mark := r.d.Child(i, "mark", "cc"); mark >= 0 && mark < i && (r.word2(mark, "if", "unless", "whether") || r.gerund(i) && r.word2(mark, "without", "instead", "rather")) {
		return true
	}
	if r.gerund(i) && r.forgone(i) || r.rumoured(i) {
		return true
	}
	switch r.lemma(i) {
	case "know", "learn", "see", "find", "discover", "notice", "realize", "realise", "link", "connect", "tie", "trace", "show":
		if r.aux(i, "can", "will", "would", "'ll", "’ll") && !r.negated(i) {
			return true // will find, can connect: nobody has yet
		}
	}
	if r.rel(i, "xcomp", "advcl", "acl", "csubj", "ccomp") {
		if r.infinitival(i) {
			switch r.lemma(max(r.d.Head(i), r.first)) {
			case "go", "continue", "begin", "proceed", "start", "rush":
				return false
			}
			return true
		}
	}
	return false
}

// rumoured reports whether verb i stands in what a noun says is told by nobody in
// particular: the claim that the ministry confirmed it.
func (r *reader) rumoured(i int) bool {
	for v, n := i, 0; v >= r.first && n < maxClimb; v, n = r.d.Head(v), n+1 {
		if r.rel(v, "acl") && !r.rel(v, "acl:relcl") {
			h, mark := r.d.Head(v), r.d.Child(v, "mark")
			switch r.lemma(h) {
			case "claim", "rumor", "rumour", "myth", "hoax", "allegation", "suggestion", "idea", "notion", "possibility", "theory", "speculation":
				return mark >= 0 && r.word2(mark, "that") && r.d.Child(h, "nmod:poss") < 0
			}
			return false
		}
		if !r.rel(v, "conj", "ccomp", "xcomp") {
			return false
		}
	}
	return false
}

// forgone reports whether gerund i is what somebody does not do: stopped short of
// accusing them, refrained from saying so, avoided blaming anybody.
func (r *reader) forgone(i int) bool {
	h := r.d.Head(i)
	if h < r.first || h >= i || !r.rel(i, "advcl", "xcomp", "ccomp", "obl", "acl", "obj") {
		return false
	}
	switch r.lemma(h) {
	case "avoid", "refrain", "abstain", "resist", "shy", "short", "desist", "forgo":
		return true
	}
	return r.word(i-1, "of") && r.word(i-2, "short")
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
	infinitival := mark >= 0 && r.low[mark] == "to" && !r.gerund(x)
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
	case r.gerund(x) && !r.commaBefore(x) && !r.comma(i, x) && !(obj > i && obj < x):
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
	end := r.rightEnd(i, x)
	if !r.rel(i, "root", "conj", "parataxis", "advcl") {
		end = max(x, min(end, int(r.hi[x])))
	}
	d.content = append(d.content, part{from, end})
	return true
}

// passiveVerb reads a passive with its agent.
//
//	The attack was claimed by the rebels            -> The attack
//	reported by local press as belonging to the army -> belonging to the army
//	It was confirmed by police that he died         -> he died
func (r *reader) passiveVerb(i int) {
	a := r.agent(i)
	if a < 0 || !r.person(a) || r.negated(i) {
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
	c, last := r.lookup(r.lex.verbs, i, np)
	if c == nil {
		c, last = r.lookup(r.lex.verbs, i, that|as|objTo|objFor|pred|inf)
	}
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
		if from < x || !r.commaBefore(x) {
			d.content = append(d.content, part{from, int(r.hi[x])})
			r.add(&d, heads)
			return
		}
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
	r.passiveObject(i, &d, heads)
}

// passiveObject takes the subject of passive i, or the noun that it describes, as
// the content.
func (r *reader) passiveObject(i int, d *draft, heads []int) {
	if d.entry.frames&(np|that|objTo|objFor) == 0 {
		return
	}
	s := r.d.Child(i, "nsubj:pass", "csubj")
	switch {
	case s >= 0 && r.word2(s, "who", "which", "that"):
		s = r.antecedent(s, i)
	case s < 0 && r.rel(i, "acl"):
		s = r.d.Head(i)
	case s < 0 && r.rel(i, "conj"):
		s = r.d.Child(r.d.Head(i), "nsubj", "nsubj:pass")
	}
	if s >= r.first && s < i {
		if det := r.d.Child(s, "det"); det >= 0 && r.word(det, "no") {
			return // no cause was confirmed by the police
		}
	}
	if s < r.first || s > i || d.entry.frames&np == 0 && (!r.propositional(s) || r.d.Child(s, "acl") == i) {
		return
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
	r.add(d, heads)
}
