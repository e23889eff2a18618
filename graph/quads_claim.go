package graph

import "hearsay/ingest/news"

// claim writes the claim's node and the direct edges of its stance.
func (w *quadWriter) claim(c *news.Claim) {
	source := w.source(c)
	w.edge(c.ID, RDFType, Claim)
	w.text(c.ID, RDFSLabel, w.claimLabel(c))
	w.edge(c.ID, Source, source)
	w.text(c.ID, SourceKind, string(c.Source.Kind))
	if c.Source.Kind != news.Author && !c.Source.Empty() {
		w.edge(c.ID, SourceMention, w.d.SpanIRI(w.o, c.Source.Span))
	}
	w.edge(c.ID, StanceOf, StancePredicate(c.Stance))
	w.text(c.ID, Certainty, string(c.Certainty))
	w.text(c.ID, Polarity, string(c.Polarity))
	w.text(c.ID, Quotation, string(c.Quotation))
	if !c.Cue.Empty() {
		w.text(c.ID, Cue, oneLine(w.d.Slice(c.Cue)))
		w.edge(c.ID, CueMention, w.d.SpanIRI(w.o, c.Cue))
	}
	w.text(c.ID, Rule, c.Rule)
	evidence := w.place(w.evidence(c))
	w.edge(c.ID, DerivedFrom, evidence)
	for _, s := range c.Content {
		w.edge(c.ID, ContentAt, w.d.SpanIRI(w.o, s))
	}
	if len(c.Content) > 0 {
		w.text(c.ID, ContentText, w.d.Slice(c.Extent()))
	}
	w.content(c, source, evidence)
	for _, t := range c.Targets {
		w.edge(c.ID, Target, w.d.Entities[t].IRI)
		w.stance(source, c.Stance, w.d.Entities[t].IRI)
	}
	for _, t := range c.Topics {
		w.edge(c.ID, About, t)
		w.stance(source, c.Stance, t)
	}
}

// source is the node of who speaks; of the author, the document.
func (w *quadWriter) source(c *news.Claim) string {
	if c.Source.Kind == news.Author || c.Source.Empty() && c.Source.Entity < 0 {
		return w.d.IRI
	}
	return w.node(c.Source.Entity, c.Source.Span)
}

// content links the claim and its source to what is claimed: the propositions,
// the inner claim, else the words, else (a refusal without a matter) the sentence.
func (w *quadWriter) content(c *news.Claim, source, evidence string) {
	var nodes []string
	for _, p := range c.Propositions {
		nodes = append(nodes, w.d.Propositions[p].ID)
	}
	if c.About >= 0 {
		nodes = append(nodes, w.d.Claims[c.About].ID)
	}
	if len(nodes) == 0 && len(c.Content) > 0 {
		nodes = append(nodes, w.place(c.Extent()))
	}
	for _, n := range nodes {
		w.edge(c.ID, Content, n)
	}
	if len(nodes) == 0 {
		nodes = append(nodes, evidence)
	}
	for _, n := range nodes {
		w.stance(source, c.Stance, n)
	}
}

// stance writes the direct edge from a source to what its stance is about.
// Who suspends judgment doubts, too: the ontology says so, and both edges are there.
func (w *quadWriter) stance(source string, s news.Stance, to string) {
	w.edge(source, StancePredicate(s), to)
	if s == news.SuspendsJudgment {
		w.edge(source, StancePredicate(news.Doubts), to)
	}
}

// evidence is the sentence or sentences that hold the claim's source, cue and
// content.
func (w *quadWriter) evidence(c *news.Claim) news.Span {
	at := c.Extent().Cover(c.Cue)
	if c.Source.Kind != news.Author {
		at = at.Cover(c.Source.Span)
	}
	if c.Sentence >= 0 && c.Sentence < len(w.d.Sentences) {
		at = at.Cover(w.d.Sentences[c.Sentence].Span)
	}
	if at.Empty() {
		return at
	}
	for _, edge := range [2]int{at.Start, at.End - 1} {
		if i := w.d.SentenceAt(edge); i < len(w.d.Sentences) && w.d.Sentences[i].Start <= edge {
			at = at.Cover(w.d.Sentences[i].Span)
		}
	}
	return at
}

// claimLabel is a line for people: Kaspersky suspends judgment: too early to tell.
func (w *quadWriter) claimLabel(c *news.Claim) string {
	who := c.Source.Name
	switch {
	case who != "":
	case c.Source.Kind == news.Author:
		who = documentLabel(w.d)
	default:
		who = oneLine(w.d.Slice(c.Source.Span))
	}
	label := who + " " + stanceWords(c.Stance)
	if len(c.Content) > 0 {
		label += ": " + shorten(oneLine(w.d.Slice(c.Extent())), 120)
	}
	return label
}

// stanceWords are a stance as words: "suspends judgment".
func stanceWords(s news.Stance) string {
	b := []byte(s)
	for i, c := range b {
		if c == '-' {
			b[i] = ' '
		}
	}
	if s == news.Unreachable {
		return "was unreachable"
	}
	return string(b)
}

// shorten cuts s after at most n characters, at a space where there is one.
func shorten(s string, n int) string {
	count, space := 0, 0
	for i, r := range s {
		if count == n {
			if space > 0 {
				i = space
			}
			return s[:i] + "…"
		}
		if r == ' ' {
			space = i
		}
		count++
	}
	return s
}
