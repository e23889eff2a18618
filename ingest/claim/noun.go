package claim

import "hearsay/ingest/news"

// noun reads an attribution that a noun signals, where the text names its source.
//
//	Macron's suggestion that fires be discussed  -> fires be discussed
//	accusations of theft by critics              -> theft
//	The ministry issued a warning that           -> (The ministry)
//	Our conclusion is that it rained             -> it rained
func (r *reader) noun(i int) {
	if len(r.lex.nouns[r.lemma(i)]) == 0 || r.rel(i, "compound", "amod") {
		return
	}
	h, cueFirst := r.holder(i)
	if h < 0 || !r.speaks(h) || !r.person(h) || r.inQuote[i] >= 0 && r.firstPerson(h) || r.word2(h, "my", "your", "our") {
		return
	}
	d := draft{cue: part{cueFirst, i}, head: i, inner: -1, quoted: -1, rule: "noun"}
	if !r.nounContent(i, &d) && !r.afterHolder(i, h, &d) {
		return
	}
	heads := append([]int(nil), r.conjuncts(h)...)
	r.add(&d, heads)
}

// holder is the head of whoever a noun cue belongs to, and the first token of
// the cue; -1 for none.
func (r *reader) holder(i int) (h, cueFirst int) {
	if k := r.d.Child(i, "nmod:poss"); k >= 0 {
		return k, i
	}
	for k := range r.d.Children(i) {
		if k > i && r.rel(k, "nmod") {
			if c := r.caseOf(k); c == "by" || c == "from" {
				return k, i
			}
		}
	}
	v := r.d.Head(i)
	if k := r.holderByVerb(i, v); k >= 0 {
		return k, i
	}
	if v < r.first || v > i || !r.rel(i, "obj") || i-v > 4 || r.passive(v) || r.hypothetical(v) || r.negated(v) {
		return -1, i
	}
	switch r.lemma(v) {
	case "make", "issue", "release", "give", "express", "have", "voice", "raise", "publish", "deliver", "offer",
		"lodge", "file", "hold", "share", "reach", "draw", "level", "send", "sound", "convey", "reiterate", "repeat":
	default:
		return -1, i
	}
	if s := r.subject(v, 0); s >= 0 && s < v {
		return s, v
	}
	return -1, i
}

// holderByVerb is the holder of noun cue i, object of v, that a parser hung on the
// verb: denied accusations by the union that. -1 for none.
func (r *reader) holderByVerb(i, v int) int {
	if v < r.first || v > i || !r.rel(i, "obj") || !r.word(i+1, "by") || r.passive(v) {
		return -1
	}
	for k := range r.d.Children(v) {
		if k > i && r.rel(k, "obl") && int(r.lo[k]) == i+1 {
			return k
		}
	}
	return -1
}

// afterHolder finds the content of a noun cue after its holder h: by the union
// that she lied; by critics of theft.
func (r *reader) afterHolder(i, h int, d *draft) bool {
	_, last, _ := r.sourceRange(h)
	j := last + 1
	if h < i || j >= r.end-1 {
		return false
	}
	f := phraseFrames[r.low[j]]
	if r.low[j] == "that" {
		f = that
	}
	c, _ := r.lookup(r.lex.nouns, i, f)
	if c == nil || f == 0 || f == that && !r.tensedBetween(j+1, r.end) {
		return false
	}
	end := j
	for k := range r.d.Children(h) {
		if k > last && int(r.lo[k]) <= j {
			end, d.inner = max(end, int(r.hi[k])), k
		}
	}
	if end <= j {
		return false
	}
	d.entry = c
	d.content = append(d.content, part{j + 1, end})
	return true
}

var phraseFrames = map[string]frames{"of": ofPhrase, "for": forPhrase, "about": aboutPhrase, "over": overPhrase,
	"against": againstPhrase, "on": onPhrase}

// nounContent finds the content of noun cue i.
func (r *reader) nounContent(i int, d *draft) bool {
	for k := range r.d.Children(i) {
		if k < i || r.commaBefore(k) && !r.rel(k, "ccomp") {
			continue
		}
		mark := r.d.Child(k, "mark")
		switch {
		case r.rel(k, "acl", "ccomp", "appos", "dep") && (!r.rel(k, "acl:relcl") || r.gapless(k)) && r.finite(k):
			if c, _ := r.lookup(r.lex.nouns, i, that); c != nil {
				d.entry, d.inner = c, k
				from := r.afterThat(k)
				if r.word(from, "that") && r.upos(from) == "SCONJ" {
					from++
				}
				d.content = append(d.content, part{from, int(r.hi[k])})
				r.fitQuote(d)
				return true
			}
		case r.rel(k, "acl", "advcl") && mark >= 0 && r.low[mark] == "to":
			if c, _ := r.lookup(r.lex.nouns, i, to); c != nil {
				d.entry, d.inner = c, k
				d.content = append(d.content, part{int(r.lo[k]), int(r.hi[k])})
				return true
			}
		case r.rel(k, "nmod", "obl", "acl", "advcl"):
			f := phraseFrames[r.caseOf(k)]
			if c, _ := r.lookup(r.lex.nouns, i, f); c != nil && f != 0 && int(r.lo[k])+1 <= k {
				d.entry, d.inner = c, k
				d.content = append(d.content, part{int(r.lo[k]) + 1, r.objectEnd(i, k)})
				return true
			}
		}
	}
	for k := range r.d.Children(max(r.d.Head(i), r.first)) { // a phrase of the noun, hung on its verb
		if k <= i || int(r.lo[k]) != i+1 || !r.rel(k, "obl") {
			continue
		}
		switch f := phraseFrames[r.caseOf(k)]; {
		case f&(againstPhrase|ofPhrase|aboutPhrase|overPhrase) != 0 && i+1 < k:
			if c, _ := r.lookup(r.lex.nouns, i, f); c != nil {
				d.entry, d.inner = c, k
				d.content = append(d.content, part{i + 2, r.objectEnd(i, k)})
				return true
			}
		}
	}
	return r.copularContent(i, d)
}

// gapless reports whether nothing is missing in the relative clause of k, so that
// it is what the noun says: the recommendation the fires be added; the allegations
// by Norvik that it had lied, whose "that" no parser can call a pronoun.
func (r *reader) gapless(k int) bool {
	if lo := int(r.lo[k]); r.low[lo] == "that" && r.upos(lo) == "SCONJ" && r.d.Child(k, "nsubj", "nsubj:pass", "expl") > lo {
		return true
	}
	return r.d.Child(k, "nsubj:pass") >= 0 && r.d.Child(k, "aux:pass") >= 0 && !r.word(int(r.lo[k]), "that", "which", "who", "whom", "whose") && r.d.Tokens[r.d.Child(k, "aux:pass")].XPOS == "VB"
}

// copularContent reads "X's conclusion is that Y".
func (r *reader) copularContent(i int, d *draft) bool {
	h := r.d.Head(i)
	c, _ := r.lookup(r.lex.nouns, i, that|to)
	if c == nil {
		return false
	}
	j := i + 1
	for j < r.end-1 && r.word(j, "have", "has", "had") {
		j++
	}
	if r.word(j, ":", "include", "included", "are", "were") && j+1 < r.end && c.stance == news.Demands {
		d.entry, d.inner = c, j+1
		d.content = append(d.content, part{j + 1, r.end - 1})
		return true
	}
	if h <= i || h >= r.end || !r.rel(i, "nsubj") {
		return false
	}
	for j := i + 1; j < min(h, i+25); j++ {
		if r.word(j, "is", "was", "remains", "remained") && r.word(j+1, "that") {
			d.entry, d.inner = c, h
			if h <= j+1 {
				return false
			}
			d.content = append(d.content, part{j + 2, int(r.hi[h])})
			return true
		}
	}
	return false
}

// frameIn is the first of the cues that has frame f, nil for none.
func frameIn(cues []cue, f frames) *cue {
	for k := range cues {
		if cues[k].frames&f != 0 {
			return &cues[k]
		}
	}
	return nil
}

// adjective reads the attitude of an adjective's subject.
//
//	Officials are confident that it will hold -> it will hold
//	He was skeptical of the plan              -> the plan
func (r *reader) adjective(i int) {
	word := r.lemma(i)
	if r.upos(i) == "VERB" {
		word = r.low[i]
	}
	if len(r.lex.adjectives[word]) == 0 || r.rel(i, "amod") {
		return
	}
	var heads []int
	if r.upos(i) != "VERB" {
		heads = r.speaking(i, r.sources(i))
	} else if k := r.passiveSubject(i); k >= 0 && r.agent(i) < 0 {
		heads = r.speaking(i, r.conjuncts(k))
	}
	if len(heads) == 0 || !r.person(heads[0]) || r.low[heads[0]] == "it" && r.d.Child(i, "csubj", "ccomp") >= 0 ||
		r.inQuote[i] >= 0 && r.firstPerson(heads[0]) || r.hypothetical(i) {
		return
	}
	heads = append([]int(nil), heads...)
	d := draft{cue: part{i, i}, head: i, inner: -1, quoted: -1, negated: r.negated(i), rule: "adjective"}
	for k := range r.d.Children(i) {
		if k < i {
			continue
		}
		f := frames(0)
		from := int(r.lo[k])
		mark := r.d.Child(k, "mark")
		switch {
		case r.rel(k, "ccomp", "advcl", "parataxis") && r.finite(k):
			from = r.afterThat(k)
			if f = that; r.interrogative(k, from) {
				f = wh
			} else if mark >= 0 && r.low[mark] != "that" {
				continue
			}
		case r.rel(k, "xcomp", "advcl") && mark >= 0 && r.low[mark] == "to":
			f = to
		case r.rel(k, "obl", "nmod", "advcl"):
			f = phraseFrames[r.caseOf(k)]
			from++
		}
		if c := frameIn(r.lex.adjectives[word], f); c != nil && f != 0 && from <= k {
			d.entry, d.inner = c, k
			d.content = append(d.content, part{from, r.rightEnd(i, k)})
			r.add(&d, heads)
			return
		}
	}
}
