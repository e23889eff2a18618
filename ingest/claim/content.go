package claim

import "hearsay/ingest/news"

// clauseRight reads a clause after the cue.
//
//	said (that) it rained            -> it rained
//	asked whether it rained          -> whether it rained
//	said A, and added that B         -> A   (B is the next cue's)
//	said A, citing B                 -> A
func (r *reader) clauseRight(i, subject int, d *draft) bool {
	c, last := r.lookup(r.lex.verbs, i, that|wh)
	if c == nil {
		return false
	}
	comp := r.complement(i, last)
	if comp < 0 {
		return false
	}
	from := r.afterThat(comp)
	if from <= last {
		from = last + 1
	}
	if r.interrogative(comp, from) {
		if w, end := r.lookup(r.lex.verbs, i, wh); w != nil {
			c, last = w, end
		}
	} else if t, end := r.lookup(r.lex.verbs, i, that); t != nil {
		c, last = t, end
	} else {
		return false
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, comp, "clause"
	to := r.rightEnd(i, comp)
	d.content = append(d.content, part{from, to})
	r.fitQuote(d)
	return !d.content[0].empty()
}

// complement is the head of the clause after cue i, -1 for none. Where a parser
// gave it another relation it must still look like a clause.
func (r *reader) complement(i, last int) int {
	for k := range r.d.Children(i) {
		if k > last && r.rel(k, "ccomp", "csubj") {
			return k
		}
	}
	for k := range r.d.Children(i) {
		if k <= last {
			continue
		}
		switch {
		case r.rel(k, "xcomp", "obj", "dep") && r.finite(k):
			return k
		case r.rel(k, "parataxis", "advcl", "acl", "obl") && r.finite(k) && r.verbCue(k) == nil && r.leads(k, last):
			return k
		}
	}
	// "said that" with the clause hung elsewhere
	for k := last + 1; k < min(last+6, r.end); k++ {
		if r.word(k, "that") && r.rel(k, "mark") {
			if h := r.d.Head(k); h > k && h < r.end {
				return h
			}
		}
	}
	return -1
}

// finite reports whether k heads a clause with a subject of its own.
func (r *reader) finite(k int) bool {
	return r.d.Child(k, "nsubj", "nsubj:pass", "expl", "csubj") >= 0 &&
		(r.upos(k) == "VERB" || r.upos(k) == "AUX" || r.d.Child(k, "cop", "aux") >= 0)
}

// leads reports whether k's clause starts right after the cue, without a comma
// or a conjunction of its own.
func (r *reader) leads(k, last int) bool {
	lo := int(r.lo[k])
	if lo > last+1 {
		for j := last + 1; j < lo; j++ {
			if r.punct(j) {
				return false
			}
		}
	}
	if m := r.d.Child(k, "mark"); m >= 0 && !r.word2(m, "that", "if", "whether") {
		return false
	}
	return lo > last && !r.word(lo, ",", ";", "and", "but")
}

// afterThat is the first token of clause comp after its "that".
func (r *reader) afterThat(comp int) int {
	first := int(r.lo[comp])
	for k := range r.d.Children(comp) {
		if k < comp && r.low[k] == "that" && r.rel(k, "mark") {
			return k + 1
		}
	}
	return first
}

// interrogative reports whether the clause is a question.
func (r *reader) interrogative(comp, from int) bool {
	for j := from; j < min(from+2, r.end); j++ {
		if r.word(j, "whether", "if") && r.rel(j, "mark") ||
			r.word(j, "who", "what", "why", "how", "when", "where", "which", "whom", "whose") && r.upos(j) != "SCONJ" {
			return true
		}
		if r.upos(j) != "ADP" {
			break
		}
	}
	return false
}

// rightEnd is the last token of what cue i reports after it, with head comp: as
// far as the cue's clause goes, but for what carries on with another attribution.
func (r *reader) rightEnd(i, comp int) int {
	end := int(r.hi[i])
	for v := i; r.rel(v, "root"); {
		end = r.end - 1
		break
	}
	if int(r.hi[comp]) > end {
		end = int(r.hi[comp])
	}
	for k := range r.d.Children(i) {
		if k > comp && r.cuts(k, i) {
			end = min(end, int(r.lo[k])-1)
			break
		}
	}
	if r.rel(i, "root", "conj", "parataxis") {
		end = min(end, r.carryOn(i, comp, end))
	}
	for end > comp && (r.punct(end) && r.inQuote[end] < 0 || r.rel(end, "cc")) {
		end--
	}
	return end
}

// cuts reports whether child k of cue i, after the content, is no part of it.
func (r *reader) cuts(k, i int) bool {
	switch {
	case r.rel(k, "conj"):
		return true
	case r.rel(k, "advcl"):
		if m := r.d.Child(k, "mark", "advmod", "case"); m >= 0 && m <= k && r.word2(m, "when", "after", "while", "as", "before", "in") {
			return r.verbCue(k) != nil || r.d.Child(k, "nsubj") < 0
		}
		return r.gerund(k) && r.verbCue(k) != nil || r.d.Child(k, "mark") < 0 && r.gerund(k) && r.punct(max(int(r.lo[k])-1, r.first)) && r.d.Child(k, "nsubj") < 0 && r.verbCue(k) != nil
	case r.rel(k, "parataxis"):
		return r.verbCue(k) != nil && r.d.Child(k, "nsubj") >= 0
	case r.rel(k, "obl"):
		c := r.caseOf(k)
		return c == "according" || c == "per"
	}
	return false
}

// carryOn is the token before a participle or clause inside the content that
// goes on reporting: ", adding that", ", citing", ", according to".
func (r *reader) carryOn(i, comp, end int) int {
	for j := comp + 1; j < end; j++ {
		if !r.punct(j-1) || r.inQuote[j] >= 0 {
			continue
		}
		if r.upos(j) == "VERB" && r.gerund(j) && carriesOn(r.lemma(j)) && r.rel(j, "advcl", "conj", "parataxis", "dep") {
			return j - 1
		}
		if (r.word(j, "according") && r.word(j+1, "to")) || r.word(j, "when", "after") && r.word(j+1, "asked", "being", "pressed") {
			return j - 1
		}
	}
	return end
}

// objectEnd is the end of object obj of cue i, without adjuncts of the verb.
func (r *reader) objectEnd(i, obj int) int {
	end := int(r.hi[obj])
	for k := range r.d.Children(obj) {
		if k <= obj {
			continue
		}
		if r.rel(k, "parataxis", "appos", "list") && r.punct(max(int(r.lo[k])-1, 0)) || r.rel(k, "acl:relcl") && r.commaBefore(k) ||
			r.rel(k, "conj") && r.finite(k) || r.rel(k, "advcl") && r.commaBefore(k) {
			end = min(end, int(r.lo[k])-1)
			break
		}
	}
	for end > obj && r.punct(end) {
		end--
	}
	return end
}

// commaBefore reports whether a comma stands at the start of k's phrase or before it.
func (r *reader) commaBefore(k int) bool {
	lo := int(r.lo[k])
	return r.punct(lo) || lo > r.first && r.punct(lo-1)
}

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
	if c == nil {
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
	if !r.punct(p) || r.low[p] == ")" || c.frames&that == 0 && c.frames&quote != 0 && r.inQuote[i] < 0 {
		return false
	}
	root := r.d.Head(i)
	switch comp := r.d.Child(i, "ccomp", "parataxis"); {
	case comp >= 0 && comp < i:
		root = comp
	case r.rel(i, "parataxis", "dep", "discourse") && root >= r.first && root < r.end:
	case r.rel(i, "root", "conj") && r.clauseBefore(p) >= 0:
		root = r.clauseBefore(p)
	default:
		return false
	}
	first := int(r.lo[root])
	if root > i {
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
	if end := int(r.hi[root]); end > seg.last+1 && r.punct(seg.last+1) && r.low[seg.last+1] == "," && r.rel(i, "parataxis") {
		d.content = append(d.content, part{seg.last + 2, end})
	}
	return true
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

// add makes a claim for every source of a draft.
func (r *reader) add(d *draft, heads []int) {
	var spans []news.Span
	sentence := r.s
	for n, p := range d.content {
		first, last := r.trim(p.first, p.last)
		if last < first {
			continue
		}
		s := r.span(first, last)
		if n == 0 {
			sentence = r.d.SentenceAt(s.Start)
		}
		spans = append(spans, s)
	}
	if len(spans) == 0 && d.entry.stance != news.DeclinesComment && d.entry.stance != news.Unreachable {
		return
	}
	for _, h := range heads {
		f := found{cue: d.head, content: d.inner, outer: -1, quoted: d.quoted}
		f.Claim = news.Claim{Sentence: sentence, Source: r.source(h), Cue: r.span(d.cue.first, d.cue.last), CueHead: d.head,
			Stance: d.entry.stance, Certainty: d.entry.certainty, Content: spans, About: -1, Rule: d.rule}
		if f.Source.Overlaps(f.Cue) || len(spans) > 0 && spans[0] == f.Source.Span {
			continue
		}
		f.Quotation = r.quotation(spans, f.Stance)
		r.interpret(&f, d)
		if d.quoted >= 0 {
			r.taken[d.quoted] = true
		}
		r.claims = append(r.claims, f)
	}
}
