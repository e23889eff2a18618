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
		root = r.clauseBefore(p)
	case seg.last >= r.end-2 && r.rootBefore(seg.first) >= 0: // the sentence ends with it
		root = r.rootBefore(seg.first)
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
			return true
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

// clauseBefore is the head of a clause that ends at or before token p.
func (r *reader) clauseBefore(p int) int {
	for j := p; j >= r.first; j-- {
		if r.finite(j) {
			return j
		}
	}
	return -1
}
