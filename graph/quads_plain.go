package graph

import "hearsay/ingest/news"

// plainEdges writes as facts what the document says in its own voice, affirmed
// and certain, and nothing else:
//
//	"It spread to Spain."                      -> WannaCry spread-to Spain
//	"Choi, a director at Hauri, said …"        -> SimonChoi directorAt Hauri
//	"Choi said it spread to Spain."            -> nothing: it is Choi's
//	"It isn't proof that Lazarus was behind it" -> nothing: nobody says so
//	"It reportedly spread to Spain."           -> nothing: it isn't certain
func (w *quadWriter) plainEdges() {
	own := make([]bool, len(w.d.Propositions))
	for i := range w.d.Claims {
		c := &w.d.Claims[i]
		if c.Source.Kind != news.Author {
			continue
		}
		for _, p := range c.Propositions {
			own[p] = certain(c)
		}
	}
	for i := range w.d.Propositions {
		p := &w.d.Propositions[i]
		if p.Certainty != news.Certain || p.Polarity != news.Positive || !own[i] && !w.aside(p) || w.reported(p) || w.embedded(p.Head) {
			continue
		}
		if subject, object := w.arguments(p); subject != "" && object != "" {
			w.edge(subject, p.Relation.Predicate, object)
		}
	}
}

// certain reports whether the author affirms a claim without reserve.
func certain(c *news.Claim) bool {
	return c.Stance == news.Asserts && c.Certainty == news.Certain && c.Polarity == news.Positive
}

// aside reports whether a proposition is what the document says of somebody in
// passing, in an apposition, a title or a genitive: those are its own words even
// in a sentence that reports another's.
func (w *quadWriter) aside(p *news.Proposition) bool {
	if p.Head < 0 || p.Head >= len(w.d.Tokens) || p.Sentence >= len(w.d.Sentences) || w.d.Sentences[p.Sentence].Kind != news.Body {
		return false
	}
	switch t := &w.d.Tokens[p.Head]; t.Deprel {
	case "appos", "compound", "flat", "nmod", "nmod:poss", "nmod:desc":
		return t.UPOS == "NOUN" || t.UPOS == "PROPN"
	}
	return false
}

// reported reports whether a proposition stands in what somebody else says, in a
// quotation, in what the author says with reserve, or is the reporting itself.
func (w *quadWriter) reported(p *news.Proposition) bool {
	at := p.Relation.Span.Cover(p.Subject.Span)
	if p.Head >= 0 && p.Head < len(w.d.Tokens) {
		at = w.d.Tokens[p.Head].Span
	}
	for _, q := range w.d.Quotes {
		if q.Contains(at) {
			return true
		}
	}
	for i := range w.d.Claims {
		c := &w.d.Claims[i]
		if c.Source.Kind == news.Author && certain(c) {
			continue
		}
		if c.Cue.Contains(at) {
			return true
		}
		for _, s := range c.Content {
			if s.Contains(at) {
				return true
			}
		}
	}
	return false
}

// embedded reports whether a token stands in a clause that another word takes as
// its complement or condition: "this is no proof that X did it" doesn't say that X
// did it, however certain the clause is by itself. A relative clause has to show
// by its pronoun that it is one. It errs on the side of yes.
func (w *quadWriter) embedded(token int) bool {
	for t := token; t >= 0 && t < len(w.d.Tokens); t = w.d.Head(t) {
		switch w.d.Tokens[t].Deprel {
		case "ccomp", "xcomp", "csubj", "csubj:pass", "csubj:outer", "advcl", "acl":
			return true
		case "acl:relcl":
			if !w.relative(t) {
				return true
			}
		}
	}
	return false
}

// relative reports whether a relative pronoun stands between a relative clause's
// head and the noun that it belongs to.
func (w *quadWriter) relative(t int) bool {
	for i := max(w.d.Head(t), 0); i < t; i++ {
		switch w.d.Tokens[i].XPOS {
		case "WDT", "WP", "WP$", "WRB":
			return true
		}
	}
	return false
}
