package claim

import (
	"sort"
	"strings"

	"hearsay/ingest/news"
)

// quoteStartingAt is the outermost quotation whose mark stands at or just after
// byte pos, only spaces and light punctuation between; -1 for none.
func (r *reader) quoteStartingAt(pos int) int {
	q := sort.Search(len(r.d.Quotes), func(k int) bool { return r.d.Quotes[k].Start >= pos })
	if q < len(r.d.Quotes) && strings.Trim(r.d.Text[pos:r.d.Quotes[q].Start], " \t\r\n,:;*_>-–—") == "" {
		return q
	}
	return -1
}

// quoteBefore is the outermost quotation that ends right before token i, -1 for none.
func (r *reader) quoteBefore(i int) int {
	pos := r.d.Tokens[i].Start
	k := sort.Search(len(r.d.Quotes), func(k int) bool { return r.d.Quotes[k].Start >= pos }) - 1
	for n := 0; k >= 0 && n < 4; k, n = k-1, n+1 {
		q := &r.d.Quotes[k]
		if q.End <= pos && strings.Trim(r.d.Text[q.End:pos], " \t\r\n,:;*_-–—") == "" {
			if k > 0 && r.d.Quotes[k-1].Contains(q.Span) {
				continue
			}
			if !r.reaches(q, pos) {
				return -1
			}
			return k
		}
	}
	return -1
}

// reaches reports whether an attribution at pos may belong to quotation q before
// it: both in one sentence, or the quotation ends with a mark that splitters take
// for the end of one.
func (r *reader) reaches(q *news.Quote, pos int) bool {
	if r.d.SentenceAt(q.Inner.End-1) == r.d.SentenceAt(pos) {
		return true
	}
	if strings.Contains(r.d.Text[q.End:pos], "\n") {
		return false
	}
	switch inner := strings.TrimRight(r.d.Slice(q.Inner), " *"); inner[max(len(inner)-1, 0):] {
	case ",", "?", "!", "-":
		return true
	case ".": // "It is so." Oake said.
		s := r.d.SentenceAt(pos)
		return s < len(r.d.Sentences) && r.d.Tokens[r.d.Sentences[s].First].Start == pos && r.d.Sentences[s].End-r.d.Sentences[s].First <= 6
	}
	return false
}

// inside is the range of tokens within a quotation.
func (r *reader) inside(q int) part {
	in := r.d.Quotes[q].Inner
	first, end := r.d.TokenAt(in.Start), r.d.TokenAt(in.End)
	if end < len(r.d.Tokens) && r.d.Tokens[end].Start < in.End {
		end++
	}
	return part{first, end - 1}
}

// speech reports whether a quotation is something said, no title or scare
// quotes: a clause, or a run of words that ends like a sentence.
func (r *reader) speech(q int) bool {
	p := r.inside(q)
	if p.empty() {
		return false
	}
	for i := p.first; i <= p.last; i++ {
		if u := r.upos(i); u == "VERB" || u == "AUX" {
			return true
		}
	}
	end := r.low[p.last]
	return p.last-p.first >= 2 && (end == "." || end == "!" || end == "?" || end == ",")
}

// quoteRight reads a quotation that follows the cue directly, only time, place
// and addressee between; it may run over many sentences.
//
//	Trump said on Friday "I can do it. I may do it."   -> I can do it. I may do it
//	He told reporters: "No."                            -> No
func (r *reader) quoteRight(i, subject int, d *draft) bool {
	c, last := r.lookup(r.lex.verbs, i, that|quote)
	if c != nil && r.word(last+1, "to") {
		return false // went on to say
	}
	if c == nil || r.quoteBefore(r.segment(i, subject).first) >= 0 {
		return false
	}
	j := max(last, i) + 1
	for n := 0; j < r.end && r.inQuote[j] < 0; j, n = j+1, n+1 {
		if u := r.upos(j); u == "VERB" || u == "AUX" || u == "SCONJ" || n > 25 || r.rel(j, "nsubj") && j != subject && !r.d.Dominates(subject, j) {
			return false
		}
	}
	if j >= r.end && !r.word(r.end-1, ":", ",") || j < r.end && r.bare(i) && r.subjectOfQuote(last+1, j) {
		return false
	}
	q := -1
	if j < len(r.d.Tokens) {
		q = r.quoteStartingAt(r.d.Tokens[j-1].End)
		if q < 0 && j > r.first {
			q = r.quoteStartingAt(r.d.Tokens[max(j-2, 0)].End)
		}
	}
	if q < 0 {
		return false
	}
	p := r.inside(q)
	if in := r.d.Slice(r.d.Quotes[q].Inner); strings.ContainsAny(in, "@/[") && !strings.Contains(in, " ") {
		return false // an address or a path
	}
	next := p.last + 1
	for next < r.end && r.punct(next) {
		next++
	}
	if p.empty() || next < r.end && !r.rel(next, "cc") && !r.speech(q) {
		return false
	}
	if k := p.first - 2; k > last && r.upos(k) == "ADP" {
		return false // briefed them on "vehicles"
	}
	if o := r.d.Child(i, "obj"); o > last && o < p.first && !r.addressed(i) && !r.tensedBetween(p.first, p.last+1) && !r.word(p.first-2, ",", ":") {
		return false // announced his death "with great sorrow"
	}
	if t := r.top(p); t >= 0 && !r.word(p.first-2, ",", ":") {
		if k := r.d.Child(t, "nsubj", "nsubj:pass"); k > last && k < p.first && k != subject {
			return false // told the paper Oake "was a great man"
		}
		if k := p.first - 2; k > last && r.low[k] == "to" && r.upos(k) == "PART" {
			return false // urged them to "leave"
		}
		if at := r.subjectBefore(i, last, p); at >= 0 {
			d.entry, d.cue.last, d.inner, d.rule = c, last, t, "quote-clause"
			d.content = append(d.content, part{at, p.last})
			d.quoted = q
			return true
		}
	}
	if next < r.end && p.last < r.end && p.last-p.first < 4 && r.partOfClause(p, next) {
		return false
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, r.top(p), "quote-right"
	d.content = append(d.content, p)
	d.quoted = q
	return true
}

// subjectBefore is where the subject of quoted words p begins that stands between
// them and the cue that ends at last; -1 where they have none or one of their own.
//
//	found his advice "was improper"          -> his
//	told the paper Oake "was a great man"    -> Oake
func (r *reader) subjectBefore(i, last int, p part) int {
	at := last + 1
	if !r.beginsFinite(p) || p.first-last < 3 || r.comma(at, p.first-1) {
		return -1
	}
	if !r.addressed(i) {
		if r.word(at, "that") {
			at++
		}
		return at
	}
	if at = r.phraseAfter(last + 1); at < p.first-1 && r.nominal(at) {
		return at
	}
	if k := p.first - 2; r.upos(k) == "PROPN" && k > last+1 {
		return k
	}
	return -1
}

// beginsFinite reports whether quoted words begin with a finite verb, whose
// subject stands before the quotation.
func (r *reader) beginsFinite(p part) bool {
	switch r.d.Tokens[p.first].XPOS {
	case "VBD", "VBZ", "VBP", "MD":
		return r.d.Form(p.first) == r.low[p.first]
	}
	return false
}

// subjectOfQuote reports whether a noun phrase from j runs up to the quotation at
// q, which goes on with its clause: claimed the nominee "has a backbone".
func (r *reader) subjectOfQuote(j, q int) bool {
	if q <= j || r.upos(j) == "ADV" || r.isTime(j) || r.comma(j, q-1) || r.d.Form(q)[0] >= 'A' && r.d.Form(q)[0] <= 'Z' {
		return false
	}
	at := r.phraseAfter(j)
	return at > j && (at == q || at == q-1 && r.punct(at) && !r.word(at, ",", ":"))
}

// partOfClause reports whether the quoted words are only a piece of the clause
// that goes on after them: said "unequivocal" proof exists.
func (r *reader) partOfClause(p part, next int) bool {
	for i := p.first; i <= p.last; i++ {
		if h := r.d.Head(i); h >= next {
			return true
		}
	}
	return false
}

// top is the token of a range that is highest in its tree.
func (r *reader) top(p part) int {
	for i := p.first; i <= p.last && i < len(r.d.Tokens); i++ {
		if h := r.d.Head(i); (h < p.first || h > p.last) && !r.punct(i) {
			return i
		}
	}
	return -1
}

// quotedLeft takes quotation q, which ends before the attribution seg, and the
// one after it where it goes on with the same sentence.
func (r *reader) quotedLeft(q int, seg part, d *draft) bool {
	p := r.inside(q)
	if p.empty() || !r.speech(q) && p.last-p.first < 1 {
		return false
	}
	if mixed := r.mixedLeft(q, p, seg); !mixed.empty() {
		p = mixed
	}
	d.inner, d.rule, d.quoted = r.top(p), "quote-left", q
	d.content = append(d.content, p)
	if seg.last+1 >= len(r.d.Tokens) {
		return true
	}
	next := r.quoteStartingAt(r.d.Tokens[seg.last].End)
	if next < 0 || seg.last+1 >= r.end || r.taken[next] {
		return true
	}
	r.taken[q] = true
	if lastChar := r.low[p.last]; lastChar != "." && lastChar != "!" && lastChar != "?" && r.low[seg.last+1] != "." {
		d.content = append(d.content, r.inside(next))
		d.quoted = next
	}
	return true
}

// mixedLeft is the whole clause before the attribution where quotation q is only
// its end: Interpol's law prohibits "any intervention," he said.
func (r *reader) mixedLeft(q int, p, seg part) part {
	none := part{0, -1}
	if p.first <= r.first+1 || p.first > r.end {
		return none
	}
	before := p.first - 1
	for before >= r.first && r.punct(before) {
		before--
	}
	if before < r.first || r.comma(before+1, p.first) && r.low[before+1] != "\"" && r.low[before+1] != "“" && r.low[before+1] != "'" && r.low[before+1] != "‘" {
		return none
	}
	for i := p.first; i <= p.last && i < r.end; i++ {
		if h := r.d.Head(i); h >= r.first && h < p.first {
			top := h
			for r.d.Head(top) >= r.first && r.d.Head(top) < seg.first && r.d.Head(top) != top {
				top = r.d.Head(top)
			}
			first := max(int(r.lo[top]), r.first)
			return part{first, p.last}
		}
	}
	for j := before; j >= r.first; j-- {
		if r.upos(j) == "VERB" || r.upos(j) == "AUX" {
			return part{r.first, p.last}
		}
	}
	return none
}

// fitQuote stretches or cuts a content to the right of its cue to the
// quotations in it: one that begins it is all of it, one that ends it is
// included to its end, over sentences.
func (r *reader) fitQuote(d *draft) {
	c := &d.content[0]
	for j := c.first; j <= c.last && j < len(r.d.Tokens); j++ {
		q := r.inQuote[j]
		if q < 0 {
			continue
		}
		if q == r.inQuote[d.head] {
			return // a report inside a quotation ends with its sentence
		}
		p := r.inside(int(q))
		if p.last > c.last {
			c.last = p.last
			d.quoted = int(q)
			break
		}
		if j <= c.first+1 && d.inner >= p.first && d.inner <= p.last && r.speech(int(q)) {
			c.last = p.last
			d.quoted = int(q)
			break
		}
		d.quoted = int(q)
		j = p.last
	}
}

// quotation tells how a content is rendered.
func (r *reader) quotation(spans []news.Span, stance news.Stance) news.Quotation {
	if stance == news.DeclinesComment || stance == news.Unreachable || len(spans) == 0 {
		return news.NoQuotation
	}
	in, out := false, false
	for _, s := range spans {
		for i := r.d.TokenAt(s.Start); i < len(r.d.Tokens) && r.d.Tokens[i].End <= s.End; i++ {
			if r.inQuote[i] >= 0 {
				in = true
			} else if !r.punct(i) {
				out = true
			}
		}
	}
	switch {
	case in && out:
		return news.Mixed
	case in:
		return news.Direct
	}
	return news.Indirect
}
