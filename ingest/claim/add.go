package claim

import "hearsay/ingest/news"

func touches(spans []news.Span, s news.Span) bool {
	for _, t := range spans {
		if t.Overlaps(s) {
			return true
		}
	}
	return false
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
	if d.negated { // the negation carries the stance
		d.cue.first = min(d.cue.first, r.auxStart(d.head))
	}
	for _, h := range heads {
		f := found{cue: d.head, content: d.inner, quoted: d.quoted}
		f.Claim = news.Claim{Sentence: sentence, Source: r.source(h), Cue: r.span(d.cue.first, d.cue.last), CueHead: d.head,
			Stance: d.entry.stance, Certainty: d.entry.certainty, Content: spans, About: -1, Rule: d.rule}
		if r.authors(h) {
			f.Source = news.Source{Kind: news.Author, Entity: -1, Head: -1}
		}
		if f.Source.Overlaps(f.Cue) || touches(spans, f.Source.Span) || touches(spans, f.Cue) {
			continue
		}
		f.Quotation = r.quotation(spans, f.Stance)
		if !r.interpret(&f, d) {
			return
		}
		if d.quoted >= 0 {
			r.taken[d.quoted] = true
		}
		r.claims = append(r.claims, f)
	}
}
