package claim

import "hearsay/ingest/news"

// rightEnd is the last token of what cue i reports after it, with head comp: as
// far as the cue's clause goes, but for what carries on with another attribution.
func (r *reader) rightEnd(i, comp int) int {
	end := int(r.hi[i])
	if r.rel(i, "root") {
		end = r.end - 1
	}
	if int(r.hi[comp]) > end {
		end = int(r.hi[comp])
	}
	for k := range r.d.Children(i) {
		if k > comp && r.cuts(k, i) && !(r.rel(k, "conj") && !r.rel(comp, "ccomp") && r.verbCue(k) == nil && r.d.Child(k, "nsubj") < 0) {
			end = min(end, int(r.lo[k])-1)
			break
		}
	}
	end = min(end, r.carryOn(i, comp, end))
	for end > comp && (r.punct(end) && r.inQuote[end] < 0 && !r.closes(comp, end) || r.rel(end, "cc")) {
		end--
	}
	return end
}

// closes reports whether the bracket at end was opened after token first.
func (r *reader) closes(first, end int) bool {
	return r.word2(end, ")", "]") && r.opening(first, end) >= 0
}

// cuts reports whether child k of cue i, after the content, is no part of it.
func (r *reader) cuts(k, i int) bool {
	switch {
	case r.rel(k, "conj"):
		lo := int(r.lo[k])
		if m := r.d.Child(k, "mark"); m >= 0 && r.low[m] == "that" {
			return false
		}
		if r.d.Child(k, "nsubj") < 0 && r.aux(k, "can", "may", "might", "could", "will", "would", "should", "must", "has", "have", "is", "are") && r.d.Tokens[i].XPOS == "VBD" && !r.punct(lo) {
			return false // said he can and may declare
		}
		return r.verbCue(k) != nil || r.d.Child(k, "nsubj") < 0 || !r.word(lo, "and") || r.punct(lo-1)
	case r.rel(k, "advcl"):
		if m := r.d.Child(k, "mark", "advmod", "case"); m >= 0 && m <= k && r.word2(m, "when", "after", "while", "as", "before", "in") {
			return r.verbCue(k) != nil || r.d.Child(k, "nsubj") < 0
		}
		return r.gerund(k) && r.verbCue(k) != nil || r.d.Child(k, "mark") < 0 && r.gerund(k) && r.punct(max(int(r.lo[k])-1, r.first)) && r.d.Child(k, "nsubj") < 0 && r.verbCue(k) != nil
	case r.rel(k, "parataxis"):
		return r.verbCue(k) != nil && r.d.Child(k, "nsubj") >= 0
	case r.rel(k, "obl"):
		c := r.caseOf(k)
		return c == "according" || c == "per"
	}
	return false
}

// carryOn is the token before a participle or clause inside the content that
// goes on reporting: ", adding that", ", citing", ", according to".
func (r *reader) carryOn(i, comp, end int) int {
	for j := comp + 1; j < end; j++ {
		switch {
		case r.inQuote[j] >= 0:
			if r.inQuote[j-1] < 0 && r.inQuote[comp] < 0 && j > comp+1 && r.sentenceBefore(j) && r.speech(int(r.inQuote[j])) {
				return j - 2 // a quotation that stands free after it
			}
		case r.upos(j) == "VERB" && r.reportsOn(i, comp, j):
			return int(r.lo[j]) - 1
		case r.low[j] == ";" && !r.word(j+1, "that") && !(r.word(j+1, "and") && r.word(j+2, "that")), r.punct(j-1) && r.turns(i, j, end):
			return j - 1
		}
	}
	return end
}

// reportsOn reports whether verb j in the content of cue i, with head comp, is a
// cue of its own that goes on with what i's source says.
func (r *reader) reportsOn(i, comp, j int) bool {
	if r.reportsAgain(j) >= 0 {
		return true
	}
	if !r.rel(j, "conj") || r.verbCue(j) == nil {
		return false
	}
	return r.gerund(j) && r.gerund(i) && !r.gerund(max(r.d.Head(j), 0)) || r.d.Dominates(comp, j) && r.speaksAgain(i, j)
}

// turns reports whether after the mark before token j somebody else speaks, the
// report is carried on, or the sentence around it is.
//
//	it fell, | while some say …               the rebuilding, | which one analyst puts at …
//	it fell, | however, …                     it is hiding it, | a charge officials deny
//	it fell, | officials said on Friday       it fell, | adding that …
//	"It fell", | meaning …                    it fell, | according to …
func (r *reader) turns(i, j, end int) bool {
	switch {
	case r.word(j, "while", "whereas", "although", "though"):
		return r.nextCue(j)
	case r.word(j, "which"):
		return r.toldOf(j)
	case r.word(j, "a", "an") && r.deniedAfter(j+1), r.resumes(i, j), r.reportedBy(j):
		return true
	case r.word(j, "however"):
		return r.word(j+1, ",") && j+4 < end
	case r.word(j, "according"):
		return r.word(j+1, "to")
	case r.word(j, "when", "after"):
		return r.word(j+1, "asked", "being", "pressed")
	case r.upos(j) != "VERB" || !r.gerund(j):
		return false
	case r.low[j] == "meaning" && r.rel(j, "advcl", "acl") && j > r.first+1 && (r.inQuote[j-2] >= 0 || r.word(j-1, "\"", "”")):
		return true
	}
	return carriesOn(r.lemma(j)) && r.rel(j, "advcl", "conj", "parataxis", "dep")
}

// reportedBy reports whether an attribution of what stands before it begins at j:
// Oake thinks it failed, | officials said on Friday.
func (r *reader) reportedBy(j int) bool {
	for v := j + 1; v < min(j+16, r.end); v++ {
		if u := r.upos(v); u != "VERB" && u != "AUX" && (!r.punct(v) || r.low[v] == ",") {
			continue
		}
		c, _ := r.lookup(r.lex.verbs, v, that)
		s := r.d.Child(v, "nsubj")
		return c != nil && c.frames&quote != 0 && len(c.particles) == 0 && r.bare(v) && r.tensed(v) && s > j-1 && s < v && int(r.lo[s]) >= j &&
			r.d.Child(v, "aux", "mark") < 0 && r.person(s) && r.d.Child(v, "ccomp", "xcomp", "obj") < v && r.endsAt(r.segment(v, s).last)
	}
	return false
}

// toldOf reports whether somebody else says something in the relative clause of
// the pronoun at j.
func (r *reader) toldOf(j int) bool {
	for v := j + 2; v < min(j+12, r.end) && !r.punct(v); v++ {
		if s := r.d.Child(v, "nsubj"); (r.rel(v, "acl:relcl") || r.rel(v, "advcl:relcl")) && r.verbCue(v) != nil && s > j && s < v && r.person(s) {
			return true
		}
	}
	return false
}

// resumes reports whether the verb at j, after a comma, goes on with the sentence
// around the relative clause that cue i stands in: Reid, who says it fell, | left.
func (r *reader) resumes(i, j int) bool {
	participle := false // left, where a tree has no other verb for the sentence
	switch r.d.Tokens[j].XPOS {
	case "VBD", "VBZ", "VBP", "MD":
	case "VBN":
		participle = true
	default:
		return false
	}
	v := j
	if h := r.d.Head(j); r.upos(j) == "AUX" && h > j && h < r.end {
		v = h
	}
	if k := r.d.Child(v, "nsubj", "nsubj:pass", "expl"); k >= i {
		return false
	}
	for k, n := i, 0; k >= r.first && n < maxClimb; k, n = r.d.Head(k), n+1 {
		if r.rel(k, "acl:relcl") {
			return r.commaBefore(k) && !r.rel(r.d.Head(k), "obj", "obl") && (!participle || r.rel(r.d.Head(k), "root"))
		}
	}
	return false
}

// deniedAfter reports whether somebody denies the accusation whose noun stands at j:
// it is hiding evidence, | a charge officials deny.
func (r *reader) deniedAfter(j int) bool {
	switch r.lemma(min(j, r.end-1)) {
	case "charge", "claim", "accusation", "allegation", "assertion":
	default:
		return false
	}
	for v := j + 2; v < min(j+10, r.end) && !r.punct(v); v++ {
		if c := r.verbCue(v); c != nil && c.stance == news.Denies && r.upos(v) == "VERB" && r.tensed(v) {
			return true
		}
	}
	return false
}

// sentenceBefore reports whether something ends like a sentence right before the
// quotation that starts at token j, which starts like one.
func (r *reader) sentenceBefore(j int) bool {
	k := j - 1
	for k > r.first && r.punct(k) && !r.word(k, ".", "!", "?") {
		k--
	}
	w := r.low[k]
	if w[len(w)-1] != '.' {
		return false
	}
	form := r.d.Form(j)
	return form[0] >= 'A' && form[0] <= 'Z'
}

// nextCue reports whether another attribution starts at j: while some say.
func (r *reader) nextCue(j int) bool {
	for k := j + 1; k < min(j+7, r.end) && !r.punct(k); k++ {
		if r.upos(k) == "VERB" && r.bare(k) && r.tensed(k) {
			return true
		}
	}
	h := r.d.Head(j)
	return h > j && h < r.end && r.verbCue(h) != nil && r.d.Child(h, "nsubj") >= 0
}

// speaksAgain reports whether verb j has the pronoun of cue i's subject as its
// own subject: he says A but he means B.
func (r *reader) speaksAgain(i, j int) bool {
	a, b := r.d.Child(i, "nsubj"), r.d.Child(j, "nsubj")
	return a >= 0 && b >= 0 && r.upos(a) == "PRON" && r.low[a] == r.low[b] && r.low[a] != "i" && r.low[a] != "we"
}

// objectEnd is the end of object obj of cue i, without adjuncts of the verb.
func (r *reader) objectEnd(i, obj int) int {
	end := int(r.hi[obj])
	for k := range r.d.Children(obj) {
		if k <= obj {
			continue
		}
		if r.rel(k, "parataxis", "appos", "list") && r.commaBefore(k) || r.rel(k, "acl:relcl") && r.commaBefore(k) ||
			r.rel(k, "conj") && r.finite(k) || r.rel(k, "advcl", "obl", "nmod", "acl") && r.commaBefore(k) {
			end = min(end, int(r.lo[k])-1)
			break
		}
	}
	for end > obj && r.punct(end) && !r.closes(obj, end) {
		end--
	}
	return end
}

// commaBefore reports whether a comma stands at the start of k's phrase or before it.
func (r *reader) commaBefore(k int) bool {
	lo := int(r.lo[k])
	return r.punct(lo) || lo > r.first && r.punct(lo-1)
}
