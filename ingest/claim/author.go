package claim

import "hearsay/ingest/news"

// author adds what the document says in its own voice: a claim for every clause
// that states a proposition and reports nobody. Reported content is cut out.
//
//	The attack hit Asia.                          -> author asserts it
//	It was reportedly leaked.                     -> author, probable (cue: reportedly)
//	"Computers are down," he said.                -> none
func (r *reader) author() {
	cues := map[int]bool{}
	for k := range r.claims {
		cues[r.claims[k].cue] = true
	}
	reported := r.reported(cues)
	done := map[int]int{} // clause head -> claim
	for p := range r.d.Propositions {
		prop := &r.d.Propositions[p]
		if prop.Head < 0 || prop.Head >= len(reported) || reported[prop.Head] || prop.Sentence < 0 || prop.Sentence >= len(r.d.Sentences) {
			continue
		}
		if k := r.d.Sentences[prop.Sentence].Kind; k == news.Boilerplate || k == news.Dateline {
			continue
		}
		r.enter(prop.Sentence)
		head := r.clause(prop.Head)
		if head < 0 || reported[head] || cues[head] || r.speaksUp(head) {
			continue
		}
		k, ok := done[head]
		if !ok {
			k = r.authorClaim(head, reported)
			done[head] = k
		}
		if k >= 0 && covers(r.claims[k].Content, r.d.Tokens[prop.Head].Span) {
			r.claims[k].Propositions = append(r.claims[k].Propositions, p)
		}
	}
}

// reported marks, by token, what belongs to attributions, of these cues, and to
// quoted speech. Who speaks in a relative clause is spoken of outside of it.
func (r *reader) reported(cues map[int]bool) []bool {
	reported := make([]bool, len(r.d.Tokens))
	for k := range r.claims {
		c := &r.claims[k]
		r.mark(reported, c.Cue)
		for _, s := range c.Content {
			r.mark(reported, s)
		}
		if c.cue >= 0 && r.rel(c.cue, "acl:relcl") && c.Source.Head < int(r.lo[c.cue]) {
			r.mark(reported, r.span(int(r.lo[c.cue]), int(r.hi[c.cue]))) // the home of Oake, | who told the press
		} else if h := c.Source.Head; h < 0 || !r.rel(h, "nsubj") || cues[r.d.Head(h)] || r.d.Head(h) > c.cue {
			r.mark(reported, c.Source.Span) // not that of "Oake found it but said"
		}
	}
	for q := range r.d.Quotes {
		if r.speech(q) {
			r.mark(reported, r.d.Quotes[q].Inner)
		}
	}
	return reported
}

func (r *reader) mark(reported []bool, s news.Span) {
	for i := r.d.TokenAt(s.Start); i < len(reported) && r.d.Tokens[i].Start < s.End; i++ {
		reported[i] = true
	}
}

// clause is the head of the main clause or conjoined clause that i belongs to.
func (r *reader) clause(i int) int {
	for n := 0; i >= r.first && i < r.end; n++ {
		if r.rel(i, "root") || r.rel(i, "conj", "parataxis") && (r.finite(i) || r.upos(i) == "VERB") && !r.nominalHead(i) || n > 200 {
			return i
		}
		i = r.d.Head(i)
	}
	return -1
}

// nominalHead reports whether i is coordinated inside a phrase or a lower clause.
func (r *reader) nominalHead(i int) bool {
	h := r.d.Head(i)
	for r.rel(h, "conj", "parataxis") && h >= r.first {
		h = r.d.Head(h)
	}
	return h < 0 || !r.rel(h, "root")
}

// authorClaim adds the claim for the clause of head and returns its index, -1
// where nothing is left of it.
func (r *reader) authorClaim(head int, reported []bool) int {
	lo, hi := int(r.lo[head]), int(r.hi[head])
	for k := range r.d.Children(head) { // clauses of their own
		if r.rel(k, "conj", "parataxis") && (r.finite(k) || r.upos(k) == "VERB") && k > head {
			hi = min(hi, int(r.lo[k])-1)
		}
	}
	var spans []news.Span
	for i := lo; i <= hi; {
		for i <= hi && reported[i] {
			i++
		}
		j := i
		for j <= hi && !reported[j] {
			j++
		}
		if i <= hi {
			first, last := r.trim(i, j-1)
			for last > first && (r.relative(last) || r.rel(last, "cc", "mark") || r.punct(last)) {
				last--
			}
			if first <= last && (last > first || head == first || r.rel(first, "nsubj") && r.d.Head(first) == head) {
				spans = append(spans, r.span(first, last))
			}
		}
		i = j
	}
	if len(spans) == 0 || !covers(spans, r.d.Tokens[head].Span) {
		return -1
	}
	f := found{cue: -1, content: head, quoted: -1}
	f.Claim = news.Claim{Sentence: r.s, Source: news.Source{Kind: news.Author, Entity: -1, Head: -1}, CueHead: -1,
		Stance: news.Asserts, Certainty: news.Certain, Polarity: news.Positive, Quotation: news.Indirect,
		Content: spans, About: -1, Rule: "author"}
	if i, c := r.hedgeOf(head, lo, hi); i >= 0 {
		f.Certainty, f.Cue, f.CueHead = c, r.d.Tokens[i].Span, i
	} else if c := r.modality(head, part{lo, hi}); c != "" {
		f.Certainty = c
	}
	if last := r.end - 1; r.low[last] == "?" {
		f.Stance, f.Certainty, f.Polarity = news.Asks, news.CertaintyUnknown, news.PolarityUnknown
	} else if r.openQuestion(part{lo, hi}) {
		f.Stance, f.Certainty, f.Polarity = news.SuspendsJudgment, news.CertaintyUnknown, news.PolarityUnknown
	}
	r.topics(&f)
	r.claims = append(r.claims, f)
	return len(r.claims) - 1
}

// hedgedPart is the adverb that hedges a subject or object of head, or its number,
// and with that the clause; -1 for none.
//
//	stabbed reportedly several people -> reportedly
//	an allegedly corrupt man resigned -> none
func (r *reader) hedgedPart(head, lo, hi int) int {
	for i := lo; i <= hi; i++ {
		if !r.rel(i, "advmod") || hedge(r.low[i]) == "" {
			continue
		}
		h := r.d.Head(i)
		if r.rel(h, "nummod") || r.rel(h, "amod", "advmod") && r.word(h, "several", "many", "some", "dozens", "hundreds", "more", "least", "half") {
			h = r.d.Head(h)
		}
		if h > i && h <= hi && r.nominal(h) && r.d.Head(h) == head && r.rel(h, "nsubj", "obj") {
			return i
		}
	}
	return -1
}

// speaksUp reports whether clause i says no more than that somebody spoke: issued a
// statement.
func (r *reader) speaksUp(i int) bool {
	obj := r.d.Child(i, "obj")
	if obj <= i || r.passive(i) {
		return false
	}
	switch r.lemma(obj) {
	case "statement", "announcement", "remark", "comment":
	default:
		return false
	}
	switch r.lemma(i) {
	case "issue", "release", "publish", "make", "give", "put", "post", "read", "deliver":
		return !r.negated(i)
	}
	return false
}

// hedgeOf is the word that marks the clause as hearsay without a source, and
// what it leaves of certainty: reportedly; is believed to.
func (r *reader) hedgeOf(head, lo, hi int) (int, news.Certainty) {
	for k := range r.d.Children(head) {
		if k >= lo && k <= hi && r.rel(k, "advmod") {
			if c := hedge(r.low[k]); c != "" {
				return k, c
			}
		}
	}
	if k := r.hedgedPart(head, lo, hi); k >= 0 {
		return k, hedge(r.low[k])
	}
	for k := range r.d.Children(head) { // by reports on Saturday, two died
		if k >= lo && k <= hi && r.rel(k, "obl") && r.word(k, "reports", "accounts", "rumours", "rumors") && r.caseOf(k) == "by" && r.d.Child(k, "nmod:poss") < 0 {
			return k, news.Probable
		}
	}
	if r.passive(head) {
		switch r.lemma(head) {
		case "believe", "think", "suspect", "say", "report", "allege", "rumor", "rumour", "assume", "presume", "consider", "expect", "estimate", "accuse", "blame", "claim":
			return head, news.Probable
		}
	}
	return -1, ""
}
