package claim

import "hearsay/ingest/news"

// unverified reads who could not check something, and so leaves it open.
//
//	could not independently verify the claim  -> suspends-judgment: the claim
//	was unable to confirm that it was paid    -> suspends-judgment: it was paid
func (r *reader) unverified(i int) bool {
	if !checks(r.lemma(i)) || r.word(i+1, "nor", "or") {
		return false
	}
	v, first := i, r.auxStart(i)
	switch h := r.d.Head(i); {
	case r.negated(i) && r.aux(i, "could", "can", "ca"):
	case r.rel(i, "xcomp") && h >= r.first && h < i && r.word2(h, "unable"):
		v, first = h, h
	case r.rel(i, "xcomp") && h >= r.first && h < i && r.word2(h, "able") && r.negated(h):
		v, first = h, r.auxStart(h)
	default:
		return false
	}
	if r.rel(v, "ccomp") {
		return true // "said it could not verify it" is the outer cue's
	}
	what := r.d.Child(i, "ccomp", "obj")
	heads := r.speaking(v, r.sources(v))
	if what <= i || len(heads) == 0 || !r.person(heads[0]) {
		return false
	}
	d := draft{cue: part{first, i}, head: i, entry: &cue{stance: news.SuspendsJudgment, certainty: news.CertaintyUnknown}, inner: what, quoted: -1, rule: "unverified",
		content: []part{{r.afterThat(what), int(r.hi[what])}}}
	r.add(&d, append([]int(nil), heads...))
	return true
}

// checks reports whether the verb finds out whether something is so.
func checks(lemma string) bool {
	switch lemma {
	case "verify", "confirm", "corroborate", "authenticate", "substantiate":
		return true
	}
	return false
}

// yetToSay reads "has yet to comment on the case" at the infinitive i.
func (r *reader) yetToSay(i int) bool {
	h := r.d.Head(i)
	if !r.word(i-1, "to") || !r.word(i-2, "yet") || h < r.first || h >= i || !r.word2(h, "has", "have", "had") || r.rel(h, "ccomp") {
		return false
	}
	stance := news.DeclinesComment
	switch r.lemma(i) {
	case "comment", "confirm", "elaborate":
	case "respond", "reply", "answer":
		stance = news.Unreachable
	default:
		return false
	}
	heads := r.speaking(h, r.sources(h))
	if len(heads) == 0 || !r.person(heads[0]) {
		return false
	}
	r.silence(i, i, part{h, i}, stance, append([]int(nil), heads...))
	return true
}

// noWordFrom reads who is silent after a noun.
//
//	There was no immediate comment from Tehran      -> declines-comment
//	No response was available from the ministry     -> unreachable
func (r *reader) noWordFrom(i int) bool {
	stance := news.DeclinesComment
	switch r.lemma(i) {
	case "comment", "word", "reaction":
	case "response", "reply", "answer":
		stance = news.Unreachable
	default:
		return false
	}
	v, det := r.d.Head(i), r.d.Child(i, "det")
	if det < 0 || !r.word2(det, "no") || !r.rel(i, "nsubj", "nsubj:pass", "obj") || v < r.first || !r.word2(v, "was", "is", "were", "been", "available", "issued", "given") {
		return false
	}
	for _, at := range [...]int{i, v} {
		for k := range r.d.Children(at) {
			if k > i && r.rel(k, "nmod", "obl") && r.caseOf(k) == "from" && r.speaks(k) {
				r.silence(i, i, part{det, i}, stance, append([]int(nil), r.conjuncts(k)...))
				return true
			}
		}
	}
	return false
}
