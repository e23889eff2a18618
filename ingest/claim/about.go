package claim

import (
	"strings"

	"hearsay/ingest/news"
)

// nest makes a claim about the one that is its content: whose cue heads it.
//
//	A said that B denied C   -> A about B
//	denied the accusation    -> about the accusation made before
func (r *reader) nest() {
	byCue := make(map[int]int, len(r.claims))
	for k := len(r.claims) - 1; k >= 0; k-- {
		byCue[r.claims[k].cue] = k
	}
	for k := range r.claims {
		c := &r.claims[k]
		if c.About >= 0 || c.content < 0 || len(c.Content) == 0 {
			continue
		}
		if j, ok := byCue[c.content]; ok && j != k && r.claims[j].cue != c.cue && c.Extent().Contains(r.claims[j].Cue) && !r.loops(k, j) {
			c.About = j
			continue
		}
		if j := r.phraseWithin(k); j >= 0 && !r.loops(k, j) {
			c.About = j
			continue
		}
		if j, ok := byCue[r.topOf(c)]; ok && r.claims[j].cue > c.cue && c.Rule != "phrase" && c.Extent().Contains(r.claims[j].Cue) && !r.loops(k, j) {
			c.About = j
			continue
		}
		if j := r.spokenOf(k); j >= 0 && !r.loops(k, j) {
			c.About = j
		}
	}
}

// phraseWithin is the claim by "according to" that a report consists of: the paper
// said that, according to police, two were held. -1 for none.
func (r *reader) phraseWithin(k int) int {
	c := &r.claims[k]
	s := c.Extent()
	for _, j := range r.byCue[r.d.SentenceAt(s.Start)] {
		o := &r.claims[j]
		if j == k || o.Rule != "phrase" || len(o.Content) == 0 || !s.Contains(o.Cue) || !s.Contains(o.Source.Span) {
			continue
		}
		// beside the phrase and what it attributes nothing is left of the content
		covered := o.Extent().Len() + o.Cue.Len() + o.Source.Len()
		if s.Contains(o.Extent()) && s.Len()-covered <= 8 {
			return j
		}
	}
	return -1
}

// topOf is the highest token of a claim's content.
func (r *reader) topOf(c *found) int {
	s := c.Extent()
	return r.top(part{r.d.TokenAt(s.Start), r.d.TokenAt(s.End - 1)})
}

// loops reports whether claim j is already about claim k.
func (r *reader) loops(k, j int) bool {
	for n := 0; j >= 0 && n <= len(r.claims); n++ {
		if j == k {
			return true
		}
		j = r.claims[j].About
	}
	return false
}

// spokenOf is the earlier claim that the content of claim k stands for: "the
// accusation", "the call". It must be the nearest claim of the fitting kind, of
// somebody else, at most three sentences before.
func (r *reader) spokenOf(k int) int {
	c := &r.claims[k]
	h := c.content
	if c.Rule != "object" && c.Rule != "passive" || r.d.Child(h, "acl", "nmod:poss") >= 0 {
		return -1
	}
	if det := r.d.Child(h, "det", "det:predet"); !r.word2(h, "this", "that") && (det < 0 || !r.word2(det, "the", "this", "that", "these", "those", "such", "all", "any", "both")) {
		return -1
	}
	var fits func(news.Stance) bool
	found := false // only what was found can be meant
	switch r.lemma(h) {
	case "this", "that":
		if c.Stance.Coarse() != "oppose" && c.Stance != news.Confirms || r.d.Child(h, "acl") >= 0 {
			return -1
		}
		fits = func(s news.Stance) bool { return s.Coarse() == "support" || s == news.Blames || s == news.Criticizes }
	case "criticism", "complaint", "condemnation":
		fits = func(s news.Stance) bool { return s == news.Criticizes || s == news.Blames || s == news.Asserts }
	case "accusation", "allegation", "charge":
		fits = func(s news.Stance) bool { return s == news.Blames || s == news.Asserts || s == news.Believes }
	case "call", "demand", "request", "proposal", "recommendation":
		fits = func(s news.Stance) bool { return s == news.Demands }
	case "finding", "conclusion":
		fits = func(s news.Stance) bool { return s.Coarse() == "support" }
		found = true
	case "claim", "statement", "report", "suggestion", "assertion", "remark", "comment", "theory", "assessment", "view", "argument", "account", "estimate", "prediction", "explanation", "version", "denial":
		fits = func(s news.Stance) bool { return s.Coarse() == "support" || s == news.Blames }
	default:
		return -1
	}
	best := -1
	for at := max(0, c.Sentence-3); at <= c.Sentence; at++ {
		for _, j := range r.byCue[at] {
			if r.meant(k, j, h, fits, found) && (best < 0 || r.claims[j].cue > r.claims[best].cue) {
				best = j
			}
		}
	}
	return best
}

// meant reports whether noun h, the content of claim k, can stand for claim j.
func (r *reader) meant(k, j, h int, fits func(news.Stance) bool, found bool) bool {
	c, o := &r.claims[k], &r.claims[j]
	if o.CueHead >= c.CueHead || o.Source.Kind == news.Unresolved || !fits(o.Stance) || o.Source.Kind == news.Author ||
		r.sameSource(&o.Source, &c.Source) || o.About >= 0 || found && !r.finds(o.cue) {
		return false
	}
	// a pronoun reaches farther only where its speaker is spoken of
	return !r.word2(h, "this", "that") || c.Sentence-o.Sentence <= 1 && !r.d.Sentences[c.Sentence].NewPar || r.mentions(o, c.Source.Entity)
}

// finds reports whether cue i tells a result and no opinion: found, concluded.
func (r *reader) finds(i int) bool {
	switch r.lemma(i) {
	case "find", "conclude", "show", "reveal", "determine", "discover", "establish", "indicate", "demonstrate", "suggest", "report":
		return true
	}
	return false
}

// mentions reports whether the content of a claim names entity e.
func (r *reader) mentions(c *found, e int) bool {
	if e < 0 {
		return false
	}
	for i := r.d.TokenAt(c.Extent().Start); i < len(r.d.Tokens) && r.d.Tokens[i].End <= c.Extent().End; i++ {
		if m := r.mention[i]; m >= 0 && r.d.Mentions[m].Entity == e {
			return true
		}
	}
	return false
}

// sameSource reports whether two sources are one: by entity, by name, or unnamed
// and worded alike.
func (r *reader) sameSource(a, b *news.Source) bool {
	if a.Entity >= 0 || b.Entity >= 0 {
		return a.Entity == b.Entity
	}
	if a.Kind != b.Kind || a.Name != b.Name {
		return false
	}
	return a.Name != "" || strings.EqualFold(strings.TrimPrefix(strings.ToLower(r.d.Slice(a.Span)), "the "), strings.TrimPrefix(strings.ToLower(r.d.Slice(b.Span)), "the "))
}
