package claim

// segment is the range of tokens of the attribution itself: subject, cue, and
// what follows the cue up to punctuation.
func (r *reader) segment(i, subject int) part {
	p := part{i, i}
	for k := range r.d.Children(i) {
		if k < i && r.rel(k, "aux", "advmod", "nsubj") && !r.comma(k, i) {
			p.first = min(p.first, k)
		}
	}
	first, last, _ := r.sourceRange(subject)
	if first < i && first >= r.first {
		p.first = min(p.first, first)
	} else if last > i && last < r.end {
		p.last = max(p.last, last, min(int(r.hi[subject]), r.end-1))
	}
	for p.last+1 < r.end && !r.punct(p.last+1) && r.inQuote[p.last+1] < 0 {
		p.last++
	}
	return p
}

// contentLeft reads what stands before the attribution, and goes on after it
// where the attribution interrupts a sentence.
//
//	It rained, police said.              -> It rained
//	"It rained," said Ms Smith.          -> It rained
//	"The attack," he said, "was ours."   -> The attack / was ours
//	The attack, he said, was ours.       -> The attack / was ours
func (r *reader) contentLeft(i, subject int, d *draft) bool {
	c, last := r.lookup(r.lex.verbs, i, that|quote)
	if c == nil || len(c.particles) > 0 && r.word(last+1, "to") {
		return false
	}
	seg := r.segment(i, subject)
	p := seg.first - 1
	if p <= r.first && r.quoteBefore(seg.first) < 0 || p < 0 {
		return false
	}
	d.entry, d.cue.last = c, last
	if q := r.quoteBefore(seg.first); q >= 0 {
		return r.quotedLeft(q, seg, d)
	}
	if r.relativeSpeaker(i) {
		return false
	}
	if r.word(p, "as") && p > r.first+1 {
		p--
	}
	if !r.word(p, ",", "-", "–", "—", "--", "?", "!", "\"", "”") || !r.parenthetic(i, c) || r.saysMore(i, last, subject, seg) {
		return false
	}
	root := r.d.Head(i)
	switch comp := r.d.Child(i, "ccomp", "parataxis"); {
	case comp >= 0 && comp < i:
		root = comp
	case r.rel(i, "parataxis", "dep", "discourse") && root >= r.first && root < r.end:
	case r.rel(i, "root", "conj") && r.clauseBefore(p) >= 0:
		for root = r.clauseBefore(p); r.rel(root, "advcl") && r.d.Head(root) >= r.first && r.d.Head(root) < root; {
			root = r.d.Head(root) // ten died when it fell, medics said
		}
	case r.endsAt(seg.last) && r.rootBefore(seg.first) >= 0: // the sentence ends with it
		root = r.rootBefore(seg.first)
	case (r.endsAt(seg.last) || r.goesOn(seg.last+1) || r.meanwhile(seg.last+1)) && r.low[p] == "," && r.tensedBefore(p) >= 0:
		root = r.tensedBefore(p)
	default:
		return false
	}
	if r.rel(root, "advcl") && r.subordinate(root) {
		return false // when he failed to come, his wife told the police
	}
	first := int(r.lo[root])
	if root > i || r.endsAt(seg.last) && r.beginsSentence(first) {
		first = min(first, r.first)
	}
	if first >= seg.first {
		return false
	}
	if r.rel(first, "cc") {
		first++
	}
	d.inner, d.rule = root, "left"
	d.content = append(d.content, part{first, p})
	if r.endsAt(seg.last) {
		return true
	}
	if r.goesOn(seg.last + 1) {
		d.content = append(d.content, part{seg.last + 2, r.beforeSemicolon(seg.last + 2)})
	} else if end := int(r.hi[root]); end > seg.last+1 && r.punct(seg.last+1) && r.low[seg.last+1] == "," && r.rel(i, "parataxis") && !r.word(seg.last+2, "citing", "quoting") {
		d.content = append(d.content, part{seg.last + 2, end})
	}
	return true
}

// goesOn reports whether what follows the comma at j is a second predicate of
// the clause before the attribution: It failed, police said, and should not fly.
func (r *reader) goesOn(j int) bool {
	if !r.word(j, ",") || !r.word(j+1, "and", "but", "or") || j+3 >= r.end {
		return false
	}
	for k := j + 2; k < r.end; k++ {
		switch u := r.upos(k); {
		case u == "AUX" || u == "VERB":
			h := k
			if a := r.d.Head(k); u == "AUX" && a > k && a < r.end {
				h = a
			}
			return (r.tensed(k) || r.d.Tokens[k].XPOS == "MD") && r.d.Child(h, "nsubj", "nsubj:pass", "expl") < 0 && r.verbCue(h) == nil
		case u != "ADV" && u != "PART":
			return false
		}
	}
	return false
}

// interruption reads an attribution between the subject of a clause and its
// verb, or between a clause and an infinitive of its own.
//
//	The fuel, officials said, spilled          -> The fuel ... spilled
//	It would be tested, he said, to see why    -> It would be tested ... to see why
func (r *reader) interruption(i, subject int, d *draft) bool {
	c, last := r.lookup(r.lex.verbs, i, that|quote)
	if c == nil || !r.parenthetic(i, c) || r.inQuote[i] >= 0 || subject > i || r.relativeSpeaker(i) || r.gerund(i) {
		return false
	}
	seg := r.segment(i, subject)
	p, next := seg.first-1, seg.last+2
	if p <= r.first || !r.word(p, ",") || !r.word(seg.last+1, ",") || next >= r.end-1 || r.quoteBefore(seg.first) >= 0 || r.inQuote[next] >= 0 || r.saysMore(i, last, subject, seg) {
		return false
	}
	for j := seg.first; j < i; j++ {
		if r.upos(j) == "VERB" {
			return false // Choi, a director who works for it and advises them, said
		}
	}
	first := r.first
	for j := p - 1; j > r.first; j-- {
		if r.word(j, ";", ":") || r.word(j, ",") && r.rel(j+1, "cc") {
			first = j + 1
			break
		}
	}
	if r.rel(first, "cc") {
		first++
	}
	finite := -1
	for j := first; j < p; j++ {
		if u := r.upos(j); (u == "VERB" || u == "AUX") && r.tensed(j) && !r.rel(j, "acl") {
			finite = j
		}
	}
	u, x := r.upos(next), r.d.Tokens[next].XPOS
	switch {
	case finite < 0 && (u == "VERB" || u == "AUX") && (r.tensed(next) || x == "MD") && r.nominal(p-1):
	case finite >= 0 && r.low[next] == "to" && r.d.Head(next) > next && r.rel(r.d.Head(next), "xcomp", "advcl", "ccomp"):
	default:
		return false
	}
	d.entry, d.cue.last, d.rule = c, last, "interruption"
	d.inner = finite
	if finite < 0 {
		d.inner = next
		if h := r.d.Head(next); u == "AUX" && h > next && h < r.end {
			d.inner = h
		}
	}
	d.content = append(d.content, part{first, p}, part{next, r.end - 1})
	return true
}

// relativeSpeaker reports whether cue i has a relative pronoun as its subject, so
// that it interrupts nothing: the court, which rules on such matters, said.
func (r *reader) relativeSpeaker(i int) bool {
	k := r.d.Child(i, "nsubj")
	return r.rel(i, "acl:relcl") && k >= 0 && r.word(k, "which", "who", "that")
}

// asSaid reads "as" before an attribution that comments on the clause around it.
//
//	As Oake told the paper, it rained -> it rained
//	It rained, as the court put it    -> It rained
func (r *reader) asSaid(i, subject int, d *draft) bool {
	mark := r.d.Child(i, "mark", "case", "advmod")
	c, last := r.lookup(r.lex.verbs, i, that|quote)
	if c == nil || mark < r.first || mark > i || !r.word(mark, "as") || r.d.Head(i) < r.first || !r.rel(i, "advcl", "parataxis", "acl", "dep") {
		return false
	}
	switch r.lemma(i) {
	case "continue", "begin", "start", "go", "repeat", "conclude", "finish", "swear", "rule":
		return false // as the probe continued
	}
	seg := r.segment(i, subject)
	if c.frames&that == 0 || r.saysMore(i, last, subject, seg) && len(c.particles) == 0 || !r.person(subject) {
		return false
	}
	end := seg.last
	switch {
	case (mark == r.first || r.punct(mark-1) && r.onlyAdjuncts(part{r.first, mark - 1}, r.d.Head(i))) && r.word(end+1, ",") && end+3 < r.end:
		d.content = append(d.content, part{end + 2, r.end - 1})
	case mark > r.first+1 && r.punct(mark-1) && end >= r.end-2:
		d.content = append(d.content, part{r.first, mark - 2})
	case mark > r.first+1 && r.word(mark-1, ",") && r.word(end+1, ","):
		d.content = append(d.content, part{r.first, mark - 2}, part{end + 2, r.end - 1})
	default:
		return false
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, r.d.Head(i), "as-said"
	if d.content[0].first > i {
		r.fitQuote(d)
	}
	return true
}

// beforeSemicolon is the last token of the sentence, or that before a semicolon
// after token j.
func (r *reader) beforeSemicolon(j int) int {
	for ; j < r.end; j++ {
		if r.low[j] == ";" {
			return j - 1
		}
	}
	return r.end - 1
}

// parenthetic reports whether cue i can follow what it reports without
// quotation marks: it rained, police said.
func (r *reader) parenthetic(i int, c *cue) bool {
	if c.frames&that == 0 {
		return false
	}
	if c.frames&quote != 0 {
		return true
	}
	switch r.lemma(i) {
	case "show", "indicate", "believe", "estimate", "suspect", "think", "hear", "know", "understand", "find", "charge", "allege", "suppose", "figure":
		return true
	}
	return false
}

// saysMore reports whether the cue has something to report after it, so that
// what stands before is none of it.
func (r *reader) saysMore(i, last, subject int, seg part) bool {
	for j := last + 1; j <= seg.last; j++ {
		if r.d.Dominates(subject, j) {
			continue
		}
		if u := r.upos(j); u == "VERB" || u == "AUX" {
			return !(r.gerund(j) && r.word(j-1, "as") && j == seg.last) // quoted him as saying
		}
		if quotes := r.lemma(i) == "quote" || r.lemma(i) == "cite"; quotes && r.rel(j, "obj") && r.word(seg.last-1, "as") {
			continue
		}
		if r.rel(j, "obj", "ccomp", "xcomp") && r.d.Head(j) == i && !r.addressed(i) {
			return true
		}
	}
	return false
}

// rootBefore is the root of the sentence where it stands before token i, -1 otherwise.
func (r *reader) rootBefore(i int) int {
	for j := r.first; j < i; j++ {
		if r.rel(j, "root") && (r.upos(j) == "VERB" || r.finite(j)) {
			return j
		}
	}
	return -1
}

// endsAt reports whether nothing but a time, a place or brackets stands between
// token j and the end of the sentence.
func (r *reader) endsAt(j int) bool {
	if j >= r.end-2 {
		return true
	}
	if r.end-j > 12 {
		return false
	}
	for k := j + 1; k < r.end; k++ {
		switch r.upos(k) {
		case "VERB", "AUX", "SCONJ", "PRON", "CCONJ":
			return r.inBrackets(k)
		}
		if r.inQuote[k] >= 0 {
			return false
		}
	}
	return true
}

// inBrackets reports whether a bracket opens before token k and closes after it.
func (r *reader) inBrackets(k int) bool {
	for j := k; j > r.first && j > k-8; j-- {
		if r.word(j, "(") {
			return true
		}
	}
	return false
}

// tensedBefore is the first finite verb before token p that belongs to no
// relative clause, -1 for none.
func (r *reader) tensedBefore(p int) int {
	for j := r.first; j < p; j++ {
		if u := r.upos(j); (u == "VERB" || u == "AUX") && r.tensed(j) && !r.rel(j, "acl", "amod") {
			if h := r.d.Head(j); u == "AUX" && h > j && h < p {
				return h
			}
			return j
		}
	}
	return -1
}

// beginsSentence reports whether what stands before token first belongs to the
// clause that begins there, whatever it hangs on: times, places, the subject, but
// no clause or other attribution.
func (r *reader) beginsSentence(first int) bool {
	for j := r.first; j < first; j++ {
		if u := r.upos(j); u == "VERB" && (r.verbCue(j) != nil || r.tensed(j)) && !(r.d.Tokens[j].XPOS == "VBN" && (r.rel(j, "amod") || r.d.Tokens[j].Deprel == "acl")) || r.punct(j) && r.low[j] != "," && r.d.Tokens[j].XPOS != "HYPH" || r.rel(j, "cc") {
			return false
		}
	}
	return true
}

// subordinate reports whether a conjunction of time, reason or condition begins
// the clause of k.
func (r *reader) subordinate(k int) bool {
	return r.word(int(r.lo[k]), "when", "after", "before", "while", "whilst", "until", "since", "because", "although", "though", "once", "if", "unless", "as")
}

// clauseBefore is the head of a clause that ends at or before token p.
func (r *reader) clauseBefore(p int) int {
	for j := p; j >= r.first; j-- {
		if r.finite(j) {
			return j
		}
	}
	return -1
}
