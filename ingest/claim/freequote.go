package claim

import (
	"strings"

	"hearsay/ingest/news"
)

// freeQuotes gives quotations that stand free to whoever was just quoted: one
// that follows an attributed quotation in the same paragraph, and one that
// carries on from the paragraph before.
//
//	"One," he said. "Two."   -> Two, with the same source and cue
//	"One.¶"Two," he said     -> One.¶"Two
func (r *reader) freeQuotes() {
	r.indexClaims()
	last := -1 // top-level quotation before
	for q := range r.d.Quotes {
		if last >= 0 && r.d.Quotes[last].Contains(r.d.Quotes[q].Span) {
			continue
		}
		if !r.taken[q] && r.afterColon(q) {
			last = q
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

// afterColon gives a quotation after a colon to the subject of the clause before
// it, a person or body; where that clause is an attribution already, the
// quotation becomes its content.
//
//	Oake opposed the plan: "It is odd."   -> It is odd (cue: opposed)
func (r *reader) afterColon(q int) bool {
	before := strings.TrimRight(r.d.Text[:r.d.Quotes[q].Start], " \t\r\n*_>")
	if !strings.HasSuffix(before, ":") || !r.speech(q) {
		return false
	}
	s := r.d.SentenceAt(len(before) - 1)
	if k := r.d.Sentences[s].Kind; s >= len(r.d.Sentences) || k == news.Boilerplate || k == news.Dateline {
		return false
	}
	p := r.inside(q)
	first, last := r.trim(p.first, p.last)
	if last < first {
		return false
	}
	content := []news.Span{r.span(first, last)}
	for _, k := range r.byCue[s] {
		c := &r.claims[k]
		if (c.Rule == "object" || c.Rule == "noun") && c.Source.Kind != news.Author && c.Extent().End <= content[0].Start {
			c.Content, c.content, c.quoted, c.Quotation = content, r.top(p), q, news.Direct
			r.taken[q] = true
			return true
		}
	}
	r.enter(s)
	for i := r.first; i < r.end && i < first; i++ {
		if !r.rel(i, "root") || r.upos(i) != "VERB" {
			continue
		}
		heads := r.speaking(i, r.sources(i))
		if len(heads) == 0 || !r.person(heads[0]) || r.passive(i) {
			return false
		}
		d := draft{cue: part{i, i}, head: i, entry: &cue{stance: news.Asserts, certainty: news.Certain},
			content: []part{{first, last}}, inner: r.top(p), quoted: q, rule: "colon"}
		n := len(r.claims)
		r.add(&d, append([]int(nil), heads...))
		for k := n; k < len(r.claims); k++ {
			r.byCue[s] = append(r.byCue[s], k)
		}
		return true
	}
	return false
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
	quoted := r.attributed(s)
	for i := r.d.Sentences[s].First; i < p.first; i++ {
		if !r.punct(i) && !quoted {
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

// attributed reports whether sentence s has a claim whose content is a quotation.
func (r *reader) attributed(s int) bool {
	for _, k := range r.byCue[s] {
		if r.claims[k].quoted >= 0 {
			return true
		}
	}
	return false
}

// maxBack is how many sentences back a quotation looks for its speaker.
const maxBack = 60

// speakerBefore is the claim that quotation q carries on from, -1 for none.
func (r *reader) speakerBefore(q, last int) int {
	if last < 0 {
		return -1
	}
	between := r.d.Text[r.d.Quotes[last].End:r.d.Quotes[q].Start]
	if strings.Contains(strings.ReplaceAll(between, "\r", ""), "\n\n") && r.d.Quotes[last].Closed {
		return -1
	}
	start := r.d.Quotes[q].Start
	at := r.d.SentenceAt(start)
	for n := at; n >= 0 && n >= at-maxBack; n-- {
		of := r.byCue[n]
		for m := len(of) - 1; m >= 0; m-- {
			// nothing but the attribution may stand between the two
			if r.claims[of[m]].quoted == last && (at <= n+1 || strings.TrimSpace(between) == "") {
				return of[m]
			}
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
	if s >= len(r.d.Sentences) {
		return
	}
	first, last := r.trim(p.first, p.last)
	if last < first {
		return
	}
	if s == 0 || r.d.Sentences[s].NewPar || r.d.Sentences[s-1].Kind != r.d.Sentences[s].Kind {
		return
	}
	before := r.d.Sentences[s-1].Span
	only := -1
	for _, k := range r.byCue[s-1] {
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
	f := found{cue: -2 - q, content: r.top(p), quoted: q}
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
	r.keep(f)
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
	f.About, f.Polarity = -1, ""
	r.enter(f.Sentence)
	if f.cue < 0 {
		r.keep(f)
		return
	}
	if c, _ := r.lookup(r.lex.verbs, f.cue, that|quote); c != nil {
		f.Stance, f.Certainty = c.stance, c.certainty
	}
	r.interpret(&f, &draft{inner: f.content, content: []part{{first, last}}, entry: &cue{stance: f.Stance, certainty: f.Certainty}})
	r.keep(f)
}

// keep adds a claim once the claims are indexed.
func (r *reader) keep(f found) {
	s := r.d.SentenceAt(f.Cue.Start)
	r.byCue[s] = append(r.byCue[s], len(r.claims))
	r.claims = append(r.claims, f)
}
