package claim

import (
	"sort"
	"strings"

	"hearsay/ingest/news"
)

// finish links the claims, adds what the document says in its own voice, and
// writes everything to the document in order.
func (r *reader) finish() {
	r.citations()
	r.cede()
	r.dedupe()
	r.nest()
	for k := range r.claims {
		r.targets(&r.claims[k])
		r.topics(&r.claims[k])
	}
	r.propositions()
	r.shared()
	r.author()
	d := r.d
	for k := range r.claims {
		d.Claims = append(d.Claims, r.claims[k].Claim)
	}
	d.SortClaims()
}

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
			if r.word(i, "reported", "quoted", "cited", "told", "related") && r.word(i-1, "as") && r.word(i+1, "by", "to", "in") {
				r.relayed(i)
			}
		}
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
		f.Source = r.source(h)
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

// cede cuts a content before the source of a later attribution that goes on
// beyond it: said A, and his critics | blame him.
func (r *reader) cede() {
	for k := range r.claims {
		a := &r.claims[k]
		if len(a.Content) == 0 || a.quoted >= 0 {
			continue
		}
		end := &a.Content[len(a.Content)-1]
		for _, j := range r.byCue[r.d.SentenceAt(a.Cue.Start)] {
			b := &r.claims[j]
			if b.Source.Empty() || b.Cue.Start < end.End || b.Source.Start <= a.Cue.End || b.Source.End > end.End || b.Source.Start <= end.Start+8 || b.Rule == "phrase" || b.Rule == "citing" {
				continue
			}
			first, last := r.d.TokenAt(end.Start), r.d.TokenAt(b.Source.Start)-1
			for last > first && (r.punct(last) || r.rel(last, "cc", "mark")) {
				last--
			}
			if last > first {
				end.End = r.d.Tokens[last].End
			}
		}
	}
}

// dedupe drops claims that say the same as an earlier one, and claims whose cue
// stands within another's.
func (r *reader) dedupe() {
	at := map[news.Span]int{} // last claim kept by cue
	kept := r.claims[:0]
	renumber := make([]int, len(r.claims))
	for k := range r.claims {
		c := r.claims[k]
		if j, ok := at[c.Cue]; ok && r.same(&kept[j], &c) {
			renumber[k] = j
			continue
		}
		renumber[k] = len(kept)
		at[c.Cue] = len(kept)
		kept = append(kept, c)
	}
	for k := range kept {
		if kept[k].About >= 0 {
			kept[k].About = renumber[kept[k].About]
		}
	}
	r.claims = kept
	r.indexClaims()
}

func (r *reader) same(a, b *found) bool {
	return a.Source.Span == b.Source.Span && a.Stance == b.Stance && a.Extent().Overlaps(b.Extent())
}

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
	case "claim", "statement", "report", "suggestion", "assertion", "remark", "comment", "finding", "theory", "conclusion", "assessment", "view", "argument", "account", "estimate", "prediction", "explanation", "version", "denial":
		fits = func(s news.Stance) bool { return s.Coarse() == "support" || s == news.Blames }
	default:
		return -1
	}
	best := -1
	for j := k - 1; j >= 0 && j >= k-maxBack; j-- {
		o := &r.claims[j]
		if o.CueHead >= c.CueHead || c.Sentence-o.Sentence > 3 || o.Source.Kind == news.Unresolved || !fits(o.Stance) ||
			o.Source.Kind == news.Author || r.sameSource(&o.Source, &c.Source) || o.About >= 0 {
			continue
		}
		if r.word2(h, "this", "that") && (c.Sentence-o.Sentence > 1 || r.d.Sentences[c.Sentence].NewPar) && !r.mentions(o, c.Source.Entity) {
			continue // a pronoun reaches farther only where its speaker is spoken of
		}
		if best < 0 || o.cue > r.claims[best].cue {
			best = j
		}
	}
	return best
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

// targets are the entities that a blame, criticism or praise is directed at.
func (r *reader) targets(c *found) {
	switch c.Stance {
	case news.Blames, news.Criticizes, news.Praises:
	default:
		return
	}
	if len(c.Content) == 0 {
		return
	}
	from := r.d.TokenAt(c.Content[0].Start)
	best, bestDepth := -1, 1<<30
	for i := from; i < len(r.d.Tokens) && r.d.Tokens[i].End <= c.Extent().End; i++ {
		m := r.mention[i]
		if m < 0 || r.d.Mentions[m].Entity < 0 {
			continue
		}
		e := r.d.Mentions[m].Entity
		if e == c.Source.Entity {
			continue
		}
		switch r.d.Entities[e].Type {
		case news.Person, news.Organization, news.Location, news.ThreatActor:
		default:
			continue
		}
		depth := 0
		for h := i; h >= from && h != c.cue && depth < 20; h = r.d.Head(h) {
			depth++
		}
		if depth < bestDepth {
			best, bestDepth = e, depth
		}
	}
	if best >= 0 && bestDepth <= 3 {
		c.Targets = []int{best}
	}
}

// imputed is the predicate of what blaming itself states: who blames A for B
// holds that B is attributed to A.
const imputed = "hs:attributed-to"

// propositions links the claims with what their contents state: not what is
// reported within them. What a blame imputes hangs on the cue itself.
func (r *reader) propositions() {
	inner := r.innermost()
	of := map[int][]int{} // claims by cue
	for k := range r.claims {
		of[r.claims[k].cue] = append(of[r.claims[k].cue], k)
	}
	for p := range r.d.Propositions {
		h := r.d.Propositions[p].Head
		for _, k := range of[h] {
			if c := &r.claims[k]; c.Stance == news.Blames && r.d.Propositions[p].Relation.Predicate == imputed {
				c.Propositions = append(c.Propositions, p)
			}
		}
		if h < 0 || h >= len(inner) || inner[h] == -1 {
			continue
		}
		for _, k := range of[int(inner[h])] {
			c := &r.claims[k]
			if c.Stance != news.Unreachable && covers(c.Content, r.d.Tokens[h].Span) && r.stated(h, c) {
				c.Propositions = append(c.Propositions, p)
			}
		}
	}
}

// stated reports whether the proposition at token h is what claim c states, not
// what its content takes for granted in a relative clause, an apposition, a
// participle or a name's description: too early to tell whether A, based on the
// evidence that B -> A alone.
func (r *reader) stated(h int, c *found) bool {
	for n := 0; n < 40; n++ {
		if h == c.content {
			return true
		}
		up := r.d.Head(h)
		if up < 0 || !covers(c.Content, r.d.Tokens[up].Span) {
			return true
		}
		switch {
		case r.rel(h, "ccomp", "xcomp", "csubj", "conj", "parataxis", "root"):
		case r.rel(h, "advcl", "acl") && !r.rel(h, "acl:relcl"):
			mark := r.d.Child(h, "mark")
			if mark < 0 || !r.word2(mark, "to", "whether", "that") {
				return false
			}
		case up == c.content && r.rel(h, "nsubj", "obj", "obl", "nmod") && r.propositional(h) && r.upos(c.content) == "NOUN":
		default:
			return false
		}
		h = up
	}
	return false
}

// shared gives a claim the propositions of the one that it is about, where both
// have one content: the paper said, citing Europol.
func (r *reader) shared() {
	for k := range r.claims {
		c := &r.claims[k]
		if c.About >= 0 && len(c.Propositions) == 0 && c.Extent() == r.claims[c.About].Extent() {
			c.Propositions = append(c.Propositions, r.claims[c.About].Propositions...)
		}
	}
}

func covers(spans []news.Span, s news.Span) bool {
	for _, t := range spans {
		if t.Contains(s) {
			return true
		}
	}
	return false
}

// innermost is, by token, the cue of the narrowest claim whose content holds it,
// -1 for none. Claims of one cue count as one.
func (r *reader) innermost() []int32 {
	inner := make([]int32, len(r.d.Tokens))
	for i := range inner {
		inner[i] = -1
	}
	order := make([]int, len(r.claims))
	for k := range r.claims {
		order[k] = k
	}
	sort.SliceStable(order, func(x, y int) bool {
		return r.claims[order[x]].Extent().Len() > r.claims[order[y]].Extent().Len()
	})
	for _, k := range order {
		for _, s := range r.claims[k].Content {
			for i := r.d.TokenAt(s.Start); i < len(inner) && r.d.Tokens[i].End <= s.End; i++ {
				inner[i] = int32(r.claims[k].cue)
			}
		}
	}
	return inner
}
