package claim

import "hearsay/ingest/news"

// citations gives what a report cites its source for to that source: the paper
// said, citing Europol.
func (r *reader) citations() {
	for s := range r.d.Sentences {
		if k := r.d.Sentences[s].Kind; k == news.Boilerplate || k == news.Dateline {
			continue
		}
		r.enter(s)
		for i := r.first; i < r.end; i++ {
			if r.word(i, "citing", "quoting") && !r.rel(i, "amod") {
				r.citation(i)
			}
			if r.gerund(i) {
				r.quotedAs(i)
			}
			if r.word(i, "reported", "quoted", "cited", "told", "related", "noted", "observed", "stated", "explained", "mentioned", "documented", "confirmed", "announced", "pointed") &&
				r.word(i-1, "as") && (r.word(i+1, "by") || r.word(i+1, "to", "in") && r.word(i, "reported", "quoted", "cited", "told", "related")) {
				r.relayed(i)
			}
		}
	}
}

// quotedAs reads who is quoted, at the "as" before gerund i, and gives the one who
// quotes the same content, about his claim.
//
//	It fell, Tass quoted the minister as saying        -> the minister; Tass, about it
//	He was quoted by Tass as saying that it fell       -> he; Tass, about it
func (r *reader) quotedAs(i int) {
	v := r.d.Head(i)
	if !r.word(i-1, "as") || v < r.first || v > i || r.lemma(v) != "quote" && r.lemma(v) != "cite" || r.verbCue(i) == nil {
		return
	}
	said := r.d.Child(v, "obj", "iobj", "nsubj:pass")
	if said >= r.first {
		said = r.antecedent(said, v)
	}
	outer, inner := -1, -1
	for _, k := range r.byCue[r.s] {
		switch r.claims[k].cue {
		case v:
			outer = k
		case i:
			inner = k
		}
	}
	if outer < 0 || said < r.first || !r.speaks(said) {
		return
	}
	if inner < 0 {
		o := &r.claims[outer]
		if touches(o.Content, r.d.Tokens[i].Span) {
			return
		}
		f := *o
		f.Source, f.Cue, f.CueHead, f.cue, f.Rule = r.source(said), r.d.Tokens[i].Span, i, i, "quoted-as"
		if touches(f.Content, f.Source.Span) {
			return
		}
		inner = len(r.claims)
		r.keep(f)
	}
	o, c := &r.claims[outer], &r.claims[inner]
	o.About = inner
	if !touches(o.Content, r.d.Tokens[said].Span) {
		o.Content, o.content, o.quoted, o.Quotation = c.Content, c.content, c.quoted, c.Quotation
	}
}

func (r *reader) citation(i int) {
	obj := r.d.Child(i, "obj")
	if obj <= i || !r.person(obj) {
		return
	}
	outer := -1
	for _, k := range r.byCue[r.s] {
		if c := &r.claims[k]; r.rel(i, "acl") && c.Source.Head == r.d.Head(i) && c.Source.Head >= r.first && len(c.Content) > 0 && c.Stance.Coarse() == "support" {
			outer = k // according to a report citing the mayor
			break
		}
		if c := &r.claims[k]; c.cue > obj && c.Source.Head < i && r.d.Head(i) == c.cue && r.commas(c.Source.Head, i) && c.Stance.Coarse() == "support" &&
			len(c.Content) > 0 && c.Extent().Start > c.Cue.End && !r.tensedBetween(i, c.cue) {
			outer = k // the paper, citing the mayor, reported that
			break
		}
		if c := &r.claims[k]; c.cue >= r.first && c.cue < i && len(c.Content) > 0 &&
			c.Stance.Coarse() == "support" && !touches(c.Content, r.d.Tokens[i].Span) &&
			(c.Extent().End <= r.d.Tokens[i].Start || r.commas(r.d.TokenAt(c.Cue.End-1), i)) {
			if outer < 0 || c.cue != r.claims[outer].cue {
				outer = k
			}
		}
	}
	if outer < 0 {
		return
	}
	for _, h := range append([]int(nil), r.conjuncts(obj)...) {
		f := r.claims[outer]
		f.Source, f.About = r.source(h), -1
		f.Cue, f.CueHead, f.cue, f.Rule = r.d.Tokens[i].Span, i, i, "citing"
		inner := len(r.claims)
		for _, k := range r.byCue[r.s] {
			if c := &r.claims[k]; c.cue == r.claims[outer].cue && c.About < 0 && c.content == f.content {
				c.About = inner
			}
		}
		r.keep(f)
	}
}

// commas reports whether nothing but punctuation and an addressee without a verb
// stands between the cue that ends at last and the participle i: reported, citing.
func (r *reader) commas(last, i int) bool {
	for j := last + 1; j < i; j++ {
		if u := r.upos(j); u == "VERB" || u == "AUX" {
			return false
		}
	}
	return i > last+1 && r.punct(i-1)
}

// relayed reads who passes a report on: "It is so", he said, as quoted by AP. AP's
// claim has the content of his, and is about it.
func (r *reader) relayed(i int) {
	h := r.d.Head(i + 1)
	if h <= i+1 || h >= r.end || !r.nominal(h) || !r.person(h) {
		return
	}
	q, inner := r.quoteBefore(i-1), -1
	for k := len(r.claims) - 1; k >= 0 && k >= len(r.claims)-4*maxBack && inner < 0; k-- {
		if c := &r.claims[k]; q >= 0 && c.quoted == q {
			inner = k
		}
	}
	for _, k := range r.byCue[r.s] {
		if c := &r.claims[k]; inner < 0 && c.cue < i && c.cue >= r.first && len(c.Content) > 0 {
			inner = k
		}
	}
	if inner < 0 {
		r.asReported(i, h)
		return
	}
	for _, k := range append([]int(nil), r.conjuncts(h)...) {
		f := r.claims[inner]
		f.Source, f.Cue, f.CueHead, f.cue = r.source(k), r.d.Tokens[i].Span, i, i
		f.Stance, f.Certainty, f.Polarity = news.Asserts, news.Certain, news.Positive
		f.About, f.Rule = inner, "relayed"
		if !f.Source.Overlaps(f.Extent()) {
			r.keep(f)
		}
	}
}

// asReported reads "as noted by X" at participle i, which comments on the clause
// around it.
//
//	As noted by Norvik, it rained     -> it rained
//	It rained, as reported by Norvik. -> It rained
func (r *reader) asReported(i, h int) {
	if !r.word(i+1, "by") || r.inQuote[i] >= 0 {
		return
	}
	_, last, _ := r.sourceRange(h)
	at := part{0, -1}
	switch {
	case i-1 == r.first && r.word(last+1, ",") && r.tensedBetween(last+2, r.end):
		at = part{last + 2, r.end - 1}
	case r.word(i-2, ",") && r.endsAt(last) && r.tensedBetween(r.first, i-2):
		at = part{r.first, i - 3}
	}
	first, end := r.trim(at.first, at.last)
	if at.empty() || end < first {
		return
	}
	for _, k := range append([]int(nil), r.conjuncts(h)...) {
		f := found{cue: i, content: r.top(part{first, end}), quoted: -1}
		f.Claim = news.Claim{Sentence: r.s, Source: r.source(k), Cue: r.d.Tokens[i].Span, CueHead: i, Stance: news.Asserts, Certainty: news.Certain,
			Polarity: news.Positive, Content: []news.Span{r.span(first, end)}, About: -1, Rule: "relayed"}
		f.Quotation = r.quotation(f.Content, f.Stance)
		if !f.Source.Overlaps(f.Extent()) && !f.Cue.Overlaps(f.Extent()) {
			r.keep(f)
		}
	}
}
