package claim

import "hearsay/ingest/news"

// clauseRight reads a clause after the cue.
//
//	said (that) it rained            -> it rained
//	asked whether it rained          -> whether it rained
//	said A, and added that B         -> A   (B is the next cue's)
//	said A, citing B                 -> A
func (r *reader) clauseRight(i, subject int, d *draft) bool {
	c, last := r.lookup(r.lex.verbs, i, that|wh)
	if c == nil || subject > i && r.quoteBefore(i) >= 0 {
		return false // "It is so," said study author Oake
	}
	comp := r.complement(i, last)
	begin := r.thatAfter(last)
	if begin < 0 {
		begin = r.thatAfterInsertion(last)
	}
	if r.addressed(i) && begin < 0 {
		if j := r.phraseAfter(last + 1); r.word(j, "that") && r.upos(j) == "SCONJ" {
			begin = j
		}
	}
	if begin >= 0 && (comp < 0 || int(r.lo[comp]) > begin+1 || comp <= begin) {
		if h := r.d.Head(begin); h > begin && h < r.end {
			comp = h
		}
	}
	if comp >= 0 && r.inQuote[comp] >= 0 && r.quoteBefore(r.segment(i, subject).first) >= 0 {
		return false // "The attack," he said, "was ours"
	}
	if lo := r.subjectOf(comp); lo > last+1 && r.word(lo, "who") && r.word(lo-1, ",") && r.addressed(i) {
		return false // told Neal Dunn, who had asked
	}
	if comp < 0 {
		return r.clauseBySurface(i, subject, d)
	}
	from := r.clauseStart(i, subject, last, begin, comp)
	if r.interrogative(comp, from) {
		if w, end := r.lookup(r.lex.verbs, i, wh); w != nil {
			c, last = w, end
		}
	} else if t, end := r.lookup(r.lex.verbs, i, that); t != nil {
		c, last = t, end
	} else {
		return false
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, comp, "clause"
	from = r.skipAdjuncts(from, comp)
	d.content = append(d.content, part{from, r.rightEnd(i, comp)})
	r.fitQuote(d)
	return !d.content[0].empty()
}

// subjectOf is the subject of clause comp, -1 for none.
func (r *reader) subjectOf(comp int) int {
	if comp < 0 {
		return -1
	}
	return r.d.Child(comp, "nsubj", "nsubj:pass")
}

// clauseStart is the first token of clause comp of cue i, which ends at last;
// begin is its "that", -1 for none. A parser may have hung the clause's subject on
// the cue, or an addressee's phrase on the clause.
func (r *reader) clauseStart(i, subject, last, begin, comp int) int {
	from := r.afterThat(comp)
	if begin >= 0 && comp > begin {
		from = begin + 1
	}
	if h := r.d.Head(comp); h > last && h < from && r.questionWord(h) {
		from = h
	}
	if obj := r.d.Child(i, "obj"); obj > last && obj < comp && int(r.lo[obj]) <= from && !r.addressed(i) {
		from = min(from, int(r.lo[obj])) // the clause's subject, hung on the cue
	} else if obj > last && obj < comp && !r.addressed(i) && r.d.Child(comp, "nsubj", "nsubj:pass", "expl", "mark") < 0 {
		from = int(r.lo[obj])
	}
	if a := r.afterAddressee(i, last, comp); a >= 0 {
		from = a
	}
	if begin < 0 && r.bare(i) && from > last+1 && !r.comma(last+1, from) && !r.word(last+1, "that") && !r.isTime(last+1) {
		switch r.upos(last + 1) {
		case "DET", "NOUN", "PROPN", "PRON", "NUM", "VERB", "ADJ":
			if !r.d.Dominates(subject, last+1) && subject < i {
				from = last + 1 // such a cue takes no object: what follows is the clause's
			}
		}
	}
	if r.bare(i) && r.upos(min(last+1, r.end-1)) == "ADP" { // found in ten states most were old, the subject hung elsewhere
		j := r.phraseAfter(last + 2)
		if j > last+2 && r.word(j, ",") {
			j++
		}
		if j > last+2 && j < r.end && (j < from || from == last+3) && r.nominal(j) && !r.comma(last, j-1) {
			from = j
		}
	}
	if from <= last || from == last+2 && r.personal(last+1) || from <= last+3 && r.word(last+1, "up") && r.word(last+2, "to") {
		from = last + 1
	}
	if r.word(from, ",") && r.word(from+1, "citing", "quoting") {
		for j := from + 2; j < min(from+14, comp); j++ {
			if r.word(j, ",") {
				from = j + 1
				break
			}
		}
	}
	return from
}

// thatAfter is the "that" which begins the clause of a cue that ends at last, only
// adverbs and phrases with prepositions between; -1 for none.
//
//	clarified in the proceedings that -> that
func (r *reader) thatAfter(last int) int {
	prep := false
	for j := last + 1; j < min(last+10, r.end); j++ {
		switch r.upos(j) {
		case "SCONJ":
			if r.low[j] == "that" {
				return j
			}
			return -1
		case "ADP":
			prep = true
		case "ADV":
		case "NOUN", "PROPN", "DET", "ADJ", "NUM":
			if !prep && !r.isTime(j) && !(r.word(j, "last", "this", "next", "late", "earlier") && r.isTime(j+1)) {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// thatAfterInsertion is the "that" which begins the clause of a cue that ends at
// last, after an insertion between commas; -1 for none.
//
//	reported on Monday, citing officials in Kyiv, that -> that
func (r *reader) thatAfterInsertion(last int) int {
	comma := -1
	for j := last + 1; j < min(last+40, r.end-1); j++ {
		switch {
		case r.inQuote[j] >= 0:
			return -1
		case r.word(j, "that") && r.upos(j) == "SCONJ":
			if comma >= 0 && r.word(j-1, ",") && j-1 > comma {
				return j
			}
			return -1
		case r.word(j, ",") && comma < 0:
			if !r.word(j+1, "citing", "quoting", "in", "on", "at", "during", "without") {
				return -1
			}
			comma = j
		case comma < 0 && (r.upos(j) == "VERB" || r.upos(j) == "AUX" || r.upos(j) == "SCONJ" || r.upos(j) == "PRON"):
			return -1
		}
	}
	return -1
}

// complement is the head of the clause after cue i, -1 for none. Where a parser
// gave it another relation it must still look like a clause: its subject hung on
// the cue as an object, the clause as parataxis, the whole as a noun phrase.
func (r *reader) complement(i, last int) int {
	for k := range r.d.Children(i) {
		if k > last && r.rel(k, "ccomp", "csubj") && !r.participleBetween(last, k) && !r.meanwhile(last+1) && !(r.commaBefore(k) && r.gerund(k) && r.verbCue(k) != nil) {
			return k
		}
	}
	obj := r.d.Child(i, "obj")
	for k := range r.d.Children(i) {
		if k <= last {
			continue
		}
		switch {
		case r.rel(k, "xcomp", "obj", "dep") && r.finite(k):
			return k
		case r.rel(k, "xcomp") && int(r.lo[k]) <= last+2 && r.personal(last+1) && r.finiteForm(k):
			return k // announced it planned to join
		case r.rel(k, "parataxis", "advcl", "acl", "obl", "conj") && r.finite(k) && r.verbCue(k) == nil && r.leads(k, last):
			return k
		case r.rel(k, "parataxis", "conj", "dep", "xcomp") && obj > last && obj < k && r.tensed(k) && r.d.Child(k, "nsubj", "cc", "mark") < 0 && !r.addressed(i) && r.verbCue(k) == nil:
			return k
		case r.d.Tokens[k].Deprel == "nsubj" && k > last && r.earlierSubject(i, k) && int(r.hi[k])-int(r.lo[k]) > 2:
			return k
		case r.rel(k, "obj", "iobj") && !(r.rel(k, "iobj") && r.addressed(i)) && r.bare(i) && (r.holdsVerb(k) || r.upos(k) == "ADJ" && int(r.hi[k])-int(r.lo[k]) > 2):
			return k
		}
	}
	for k := range r.d.Children(i) { // explained how it works: a free relative
		if c := r.d.Child(k, "acl:relcl", "advcl:relcl"); k > last && c > k && r.questionWord(k) && r.leads(k, last) {
			return c
		}
	}
	if h := r.complementAbove(i); h >= 0 {
		return h
	}
	// "said that" with the clause hung elsewhere
	for k := last + 1; k < min(last+6, r.end) && r.upos(k) != "VERB"; k++ {
		if r.word(k, "that") && r.rel(k, "mark") {
			if h := r.d.Head(k); h > k && h < r.end {
				return h
			}
		}
	}
	return -1
}

// meanwhile reports whether a comma and a conjunction of time or reason stand at
// j: ten died, medics said, | as fighting went on.
func (r *reader) meanwhile(j int) bool {
	return r.word(j, ",") && r.word(j+1, "as", "after", "before", "when", "while", "because", "since", "until", "although", "though", "amid")
}

// personal reports whether token j is a pronoun that can only be a subject.
func (r *reader) personal(j int) bool { return r.word(j, "he", "she", "they", "it", "we", "i") }

// finiteForm reports whether the form of verb k is finite.
func (r *reader) finiteForm(k int) bool {
	switch r.d.Tokens[k].XPOS {
	case "VBD", "VBZ", "VBP":
		return true
	}
	return false
}

// finite reports whether k heads a clause with a subject of its own.
func (r *reader) finite(k int) bool {
	return r.d.Child(k, "nsubj", "nsubj:pass", "expl", "csubj") >= 0 &&
		(r.upos(k) == "VERB" || r.upos(k) == "AUX" || r.d.Child(k, "cop", "aux") >= 0)
}

// leads reports whether k's clause starts right after the cue, without a comma
// or a conjunction of its own.
func (r *reader) leads(k, last int) bool {
	lo := int(r.lo[k])
	if lo > last+1 {
		for j := last + 1; j < lo; j++ {
			if r.punct(j) {
				return false
			}
		}
	}
	if m := r.d.Child(k, "mark"); m >= 0 && !r.word2(m, "that", "if", "whether") {
		return false
	}
	return lo > last && !r.word(lo, ",", ";", "and", "but", "as") && !(r.subordinate(k) && r.d.Head(lo) == k)
}

// afterThat is the first token of clause comp after its "that".
func (r *reader) afterThat(comp int) int {
	first := int(r.lo[comp])
	for k := range r.d.Children(comp) {
		if k < comp && r.low[k] == "that" && r.rel(k, "mark") {
			return k + 1
		}
	}
	return first
}

func (r *reader) questionWord(k int) bool {
	return r.word2(k, "how", "what", "why", "who", "where", "whom")
}

// interrogative reports whether the clause is a question.
func (r *reader) interrogative(comp, from int) bool {
	for j := from; j < min(from+2, r.end); j++ {
		if r.word(j, "whether", "if") && r.rel(j, "mark") ||
			r.word(j, "who", "what", "why", "how", "when", "where", "which", "whom", "whose") && r.upos(j) != "SCONJ" {
			return true
		}
		if r.upos(j) != "ADP" {
			break
		}
	}
	return false
}

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
		if r.inQuote[j] >= 0 && r.inQuote[j-1] < 0 && r.inQuote[comp] < 0 && j > comp+1 && r.sentenceBefore(j) && r.speech(int(r.inQuote[j])) {
			return j - 2 // a quotation that stands free after it
		}
		if r.inQuote[j] >= 0 {
			continue
		}
		if r.low[j] == ";" && !r.word(j+1, "that") && !(r.word(j+1, "and") && r.word(j+2, "that")) {
			return j - 1
		}
		if r.word(j, "while", "whereas", "although", "though") && r.punct(j-1) && r.nextCue(j) {
			return j - 1
		}
		if r.upos(j) == "VERB" && r.rel(j, "conj") && r.gerund(j) && r.gerund(i) && !r.gerund(max(r.d.Head(j), 0)) && r.verbCue(j) != nil {
			return int(r.lo[j]) - 1
		}
		if r.upos(j) == "VERB" && r.rel(j, "conj") && r.verbCue(j) != nil && r.d.Dominates(comp, j) && r.speaksAgain(i, j) {
			return int(r.lo[j]) - 1
		}
		if r.upos(j) == "VERB" && r.reportsAgain(j) >= 0 {
			return int(r.lo[j]) - 1
		}
		if !r.punct(j - 1) {
			continue
		}
		if r.resumes(i, j) || r.word(j, "which") && r.toldOf(j) || r.word(j, "a", "an") && r.deniedAfter(j+1) {
			return j - 1 // the rebuilding, | which one analyst puts at a million
		}
		if r.word(j, "however") && r.word(j+1, ",") && j+4 < end || r.reportedBy(j) {
			return j - 1 // a statement against it follows, or who says that it was said
		}
		if r.upos(j) == "VERB" && r.gerund(j) && r.rel(j, "advcl", "acl") && r.low[j] == "meaning" && j > r.first+1 && (r.inQuote[j-2] >= 0 || r.word(j-1, "\"", "”")) {
			return j - 1 // an explanation of what was quoted
		}
		if r.upos(j) == "VERB" && r.gerund(j) && carriesOn(r.lemma(j)) && r.rel(j, "advcl", "conj", "parataxis", "dep") {
			return j - 1
		}
		if (r.word(j, "according") && r.word(j+1, "to")) || r.word(j, "when", "after") && r.word(j+1, "asked", "being", "pressed") {
			return j - 1
		}
	}
	return end
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
