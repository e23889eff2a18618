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
	if c == nil || r.quoteBefore(r.segment(i, subject).first) >= 0 {
		return false
	}
	j := max(last, i) + 1
	for n := 0; j < r.end && r.inQuote[j] < 0; j, n = j+1, n+1 {
		if u := r.upos(j); u == "VERB" || u == "AUX" || u == "SCONJ" || n > 25 || r.rel(j, "nsubj") && j != subject && !r.d.Dominates(subject, j) {
			return false
		}
	}
	if j >= r.end && !r.word(r.end-1, ":") {
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
	next := p.last + 1
	for next < r.end && r.punct(next) {
		next++
	}
	if p.empty() || next < r.end && !r.rel(next, "cc") && !r.speech(q) {
		return false
	}
	if next < r.end && p.last < r.end && p.last-p.first < 4 && r.partOfClause(p, next) {
		return false
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, r.top(p), "quote-right"
	d.content = append(d.content, p)
	d.quoted = q
	return true
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

// freeQuotes gives quotations that stand free to whoever was just quoted: one
// that follows an attributed quotation in the same paragraph, and one that
// carries on from the paragraph before.
//
//	"One," he said. "Two."   -> Two, with the same source and cue
//	"One.¶"Two," he said     -> One.¶"Two
func (r *reader) freeQuotes() {
	last := -1 // top-level quotation before
	for q := range r.d.Quotes {
		if last >= 0 && r.d.Quotes[last].Contains(r.d.Quotes[q].Span) {
			continue
		}
		if !r.taken[q] && r.freeStanding(q) {
			if k := r.speakerBefore(q, last); k >= 0 {
				r.resume(q, k)
			} else {
				r.introduced(q)
			}
		}
		last = q
	}
}

// freeStanding reports whether quotation q consists of whole sentences.
func (r *reader) freeStanding(q int) bool {
	p := r.inside(q)
	if p.empty() || !r.speech(q) {
		return false
	}
	s := r.d.SentenceAt(r.d.Tokens[p.first].Start)
	if s >= len(r.d.Sentences) || r.d.Sentences[s].Kind == news.Boilerplate {
		return false
	}
	first := r.d.Sentences[s].First
	for i := first; i < p.first; i++ {
		if !r.punct(i) && !r.attributed(i) {
			return false
		}
	}
	e := r.d.SentenceAt(r.d.Tokens[p.last].Start)
	for i := p.last + 1; e < len(r.d.Sentences) && i < r.d.Sentences[e].End; i++ {
		if !r.punct(i) {
			return false
		}
	}
	return true
}

// attributed reports whether token i belongs to the source, cue or content of
// the claim read last before it.
func (r *reader) attributed(i int) bool {
	s := r.d.SentenceAt(r.d.Tokens[i].Start)
	for k := range r.claims {
		if c := &r.claims[k]; c.quoted >= 0 && r.d.SentenceAt(c.Cue.Start) == s {
			return true
		}
	}
	return false
}

// speakerBefore is the claim that quotation q carries on from, -1 for none.
func (r *reader) speakerBefore(q, last int) int {
	if last < 0 {
		return -1
	}
	between := r.d.Text[r.d.Quotes[last].End:r.d.Quotes[q].Start]
	if strings.Contains(strings.ReplaceAll(between, "\r", ""), "\n\n") && r.d.Quotes[last].Closed {
		return -1
	}
	for k := len(r.claims) - 1; k >= 0; k-- {
		c := &r.claims[k]
		if c.quoted != last {
			continue
		}
		// nothing but the attribution may stand between the two
		s := r.d.SentenceAt(c.Cue.Start)
		start := r.d.Quotes[q].Start
		if s < len(r.d.Sentences) && r.d.SentenceAt(start) <= s+1 && (r.d.Sentences[s].End >= r.d.TokenAt(start) || r.d.Sentences[s].Span.End <= start) ||
			strings.TrimSpace(between) == "" {
			return k
		}
	}
	return -1
}

// introduced gives a free-standing quotation to whom the sentence before it in
// the paragraph speaks of: the only source of that sentence, or, where the quoted
// says "I" or "we", its subject, a person.
//
//	The actor told of his start. "I had no work."  -> The actor (cue: told of)
//	She left the show. "I wanted more."            -> She (no cue)
func (r *reader) introduced(q int) {
	p := r.inside(q)
	s := r.d.SentenceAt(r.d.Tokens[p.first].Start)
	if s == 0 || s >= len(r.d.Sentences) || r.d.Sentences[s].NewPar || r.d.Sentences[s-1].Kind != r.d.Sentences[s].Kind {
		return
	}
	first, last := r.trim(p.first, p.last)
	if last < first {
		return
	}
	before := r.d.Sentences[s-1].Span
	only := -1
	for k := range r.claims {
		c := &r.claims[k]
		if c.Source.Kind == news.Author || !before.Contains(c.Source.Span) || c.Source.Empty() {
			continue
		}
		if only >= 0 && r.claims[only].Source.Span != c.Source.Span {
			return
		}
		only = k
	}
	r.enter(s - 1)
	f := found{cue: -1, content: r.top(p), outer: -1, quoted: q}
	f.Claim = news.Claim{CueHead: -1}
	switch {
	case only >= 0 && r.claims[only].Stance.Coarse() != "no-comment":
		f = r.claims[only]
		f.content, f.quoted = r.top(p), q
	case only < 0 && r.saysI(p):
		h := r.personSubject()
		if h < 0 {
			return
		}
		f.Source = r.source(h)
	default:
		return
	}
	f.About, f.Targets, f.Rule = -1, nil, "introduced"
	f.Stance, f.Certainty, f.Polarity, f.Quotation = news.Asserts, news.Certain, news.Positive, news.Direct
	f.Content, f.Sentence = []news.Span{r.span(first, last)}, s
	r.taken[q] = true
	r.claims = append(r.claims, f)
}

// saysI reports whether somebody speaks of themself in tokens p.
func (r *reader) saysI(p part) bool {
	for i := p.first; i <= p.last; i++ {
		switch r.low[i] {
		case "i", "we", "my", "our":
			return true
		}
	}
	return false
}

// personSubject is the subject of the sentence at hand where it is a person, by
// pronoun or as a recognised name; -1 otherwise.
func (r *reader) personSubject() int {
	for i := r.first; i < r.end; i++ {
		if !r.rel(i, "root") {
			continue
		}
		k := r.d.Child(i, "nsubj")
		if k < 0 {
			return -1
		}
		if r.word(k, "he", "she") {
			return k
		}
		if m := r.mention[k]; m >= 0 && r.d.Mentions[m].Type == news.Person && r.d.Mentions[m].Entity >= 0 {
			return k
		}
		return -1
	}
	return -1
}

// resume makes a claim of quotation q with the source and cue of claim k, or
// stretches k over it where no attribution stands between them.
func (r *reader) resume(q, k int) {
	p := r.inside(q)
	first, last := r.trim(p.first, p.last)
	if last < first {
		return
	}
	s := r.span(first, last)
	old := r.claims[k]
	r.taken[q] = true
	if end := old.Extent().End; strings.Trim(r.d.Text[min(end, s.Start):s.Start], " \t\r\n.,!?;:\"“”‘’'*") == "" && end < s.Start {
		c := &r.claims[k]
		c.Content = append([]news.Span(nil), c.Content...)
		c.Content[len(c.Content)-1].End = s.End
		c.quoted = q
		return
	}
	f := old
	f.content, f.quoted = r.top(p), q
	f.Content, f.Sentence, f.Rule = []news.Span{s}, r.d.SentenceAt(s.Start), "resumed"
	f.Quotation = news.Direct
	if c, _ := r.lookup(r.lex.verbs, f.cue, that|quote); c != nil {
		f.Stance, f.Certainty = c.stance, c.certainty
	}
	r.enter(f.Sentence)
	r.interpret(&f, &draft{inner: f.content, content: []part{{first, last}}, entry: &cue{stance: f.Stance, certainty: f.Certainty}})
	r.claims = append(r.claims, f)
}
