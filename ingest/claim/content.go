package claim

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
	if comp < 0 {
		return r.clauseBySurface(i, subject, d)
	}
	if who := r.d.Child(comp, "nsubj", "nsubj:pass"); who > last+1 && r.word(who, "who") && r.word(who-1, ",") && r.addressed(i) {
		return false // told Neal Dunn, who had asked
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
	if from > last+1 && r.word(from-1, "that") && r.upos(from) == "AUX" && r.tensed(from) {
		from-- // said that did not prove it
	}
	d.content = append(d.content, part{from, r.rightEnd(i, comp)})
	r.fitQuote(d)
	return !d.content[0].empty()
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
			if r.low[j] == "that" && !r.punct(min(j+1, r.end-1)) {
				return j
			}
			return -1 // or "denied that, saying"
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
		if r.word(k, "that") && r.rel(k, "mark") && !r.punct(min(k+1, r.end-1)) {
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
