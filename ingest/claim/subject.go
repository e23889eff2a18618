package claim

import (
	"slices"
	"strings"
)

// sources are the heads of whoever is the subject of cue i, a head for each
// conjunct; none where no source is named.
//
//	Symantec and Kaspersky said                -> Symantec / Kaspersky
//	Officials, including the mayor, said       -> Officials
//	He blamed them and said                    -> He
//	scientists ..., who said; a note saying    -> scientists / a note
//	It was confirmed by police                 -> police
//	The firm shut the site, saying             -> The firm
func (r *reader) sources(i int) []int {
	r.heads = r.heads[:0]
	h := r.withSubject(i)
	if h < 0 {
		h = r.subject(i, 0)
	}
	if h < 0 {
		return nil
	}
	if k := r.issuer(h, i); k >= 0 {
		h = k
	}
	return r.withLast(r.conjuncts(h), h, i)
}

// withLast adds to the heads of cue i's subject h one that a parser hung elsewhere:
// medics and activists said.
func (r *reader) withLast(heads []int, h, i int) []int {
	if !r.word(h+1, "and", "or") || i-1 <= h+1 {
		return heads
	}
	for j := h + 2; j < i; j++ {
		if u := r.upos(j); u != "NOUN" && u != "PROPN" && u != "ADJ" && u != "DET" {
			return heads
		}
	}
	if k := i - 1; r.nominal(k) && r.person(k) && r.d.Head(k) != i && !slices.Contains(heads, k) && !r.d.Dominates(h, k) {
		heads = append(heads, k)
	}
	return heads
}

// issuer is who issued document h just before cue i: They released a statement
// which said. -1 for none.
func (r *reader) issuer(h, i int) int {
	v := r.d.Head(h)
	if !r.rel(h, "obj") || v < r.first || v > h || h > i || r.passive(v) {
		return -1
	}
	switch r.lemma(h) {
	case "statement", "letter", "tweet", "post", "release", "message", "memo", "note", "email", "announcement", "communique", "report", "warning", "speech", "notice":
	default:
		return -1
	}
	switch r.lemma(v) {
	case "release", "issue", "publish", "post", "write", "send", "tweet", "make", "give", "put", "read", "distribute", "share", "deliver":
	default:
		return -1
	}
	if k := r.subject(v, 1); k >= 0 && r.person(k) {
		return k
	}
	return -1
}

func (r *reader) nominal(i int) bool {
	switch r.upos(i) {
	case "NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X":
		return true
	}
	return false
}

const maxClimb = 8

// subject is the head of who does i, -1 where the text does not say.
func (r *reader) subject(i, depth int) int {
	if depth > maxClimb {
		return -1
	}
	if r.passive(i) {
		if k := r.agent(i); k >= 0 || depth == 0 {
			return k
		}
		return r.passiveSubject(i) // X was quoted as saying
	}
	if k := r.ownSubject(i); k >= 0 {
		return k
	}
	h := r.d.Head(i)
	if h < r.first || h >= r.end {
		return -1
	}
	if h > i && r.gerund(i) && r.rel(i, "advcl", "acl", "amod", "dep") {
		return r.misplacedSubject(i, h, depth)
	}
	return r.sharedSubject(i, h, depth)
}

func (r *reader) passiveSubject(i int) int {
	if k := r.d.Child(i, "nsubj:pass"); k >= 0 {
		return r.antecedent(k, i)
	}
	return -1
}

// ownSubject is the subject of verb i itself, by the tree or by its place.
func (r *reader) ownSubject(i int) int {
	nsubj := -1
	for k := range r.d.Children(i) {
		dep := r.d.Tokens[k].Deprel
		if dep != "nsubj" && dep != "nsubj:outer" && dep != "nsubj:pass" || r.word2(k, "there") || nsubj >= 0 && (k > i || r.bracketed(k) || r.between(nsubj, k)) || k < i && r.isTime(k) {
			continue
		}
		nsubj = k // of several, the one next to the verb
	}
	if nsubj >= 0 && nsubj < i {
		nsubj = r.notAccordingTo(nsubj)
	}
	if nsubj >= 0 {
		if k := r.lastSpeaker(nsubj, i); k >= 0 {
			return k
		}
		if k := r.possessed(nsubj, i); k >= 0 {
			return k
		}
		return r.antecedent(nsubj, i)
	}
	// the subject may hang on the clause that the verb reports
	if c := r.d.Child(i, "ccomp"); c > i {
		if k := r.d.Child(c, "nsubj"); k >= 0 && k < i {
			return r.antecedent(k, i)
		}
	}
	return r.subjectBySurface(i)
}

// notAccordingTo is subject k, or its apposition where k itself is whom "according
// to" leads: according to ISNA, the prosecutor, Ali Mehr, said.
func (r *reader) notAccordingTo(k int) int {
	lo := int(r.lo[k])
	for j := k; j >= max(r.first+1, k-6); j-- {
		if r.word(j, "to") && r.word(j-1, "according") {
			lo = j
			break
		}
	}
	if !r.word(lo, "to") {
		return k
	}
	who := k
	for a := range r.d.Children(k) {
		if a > k && r.rel(a, "appos") && r.commaBefore(a) && (who == k || r.upos(a) == "PROPN") {
			who = a // the name after the role
		}
	}
	return who
}

// lastSpeaker is the noun right before cue i, which ends its sentence, where the
// parser gave the cue the subject of the clause before: The total rose, university
// data indicated. -1 for none.
func (r *reader) lastSpeaker(nsubj, i int) int {
	j := i - 1
	if nsubj >= j || !r.endsAt(i) || r.verbCue(i) == nil || r.upos(j) != "NOUN" && r.upos(j) != "PROPN" || !r.person(j) {
		return -1
	}
	for p := j; p > nsubj; p-- {
		if r.low[p] == "," && !r.inBrackets(p) {
			if r.tensedBetween(nsubj, p) && !r.tensedBetween(p, i) {
				return j
			}
			return -1
		}
	}
	return -1
}

// sharedSubject is the subject that verb i shares with its head h.
func (r *reader) sharedSubject(i, h, depth int) int {
	switch {
	case r.rel(i, "conj"):
		if up := r.reportsAgain(i); up >= 0 {
			return r.subject(up, depth+1)
		}
		if r.gerund(i) && !r.gerund(h) { // implying A would be needed, but recommending B
			for g := h; g >= r.first && g < r.end; g = r.d.Head(g) {
				if r.gerund(g) && r.upos(g) == "VERB" {
					return r.subject(g, depth+1)
				}
			}
		}
		for n := 0; r.tensed(i) && r.upos(h) == "VERB" && !r.tensed(h) && r.d.Child(h, "nsubj") < 0 && r.d.Head(h) >= r.first && n < maxClimb; n++ {
			h = r.d.Head(h) // lists it as belonging ... and states
		}
		switch r.upos(h) {
		case "VERB", "AUX", "ADJ", "NOUN":
			if k := r.passiveSubject(h); r.passive(h) && k >= 0 && !r.passive(i) {
				return k // was arrested by police and said
			}
			return r.subject(h, depth+1)
		}
	case r.rel(i, "acl:relcl"):
		return -1
	case r.mainVerb(i):
		return h
	case r.rel(i, "acl") && r.gerund(i) && r.commaBefore(i) && r.d.Head(h) >= r.first && r.rel(h, "obj", "obl", "nmod"):
		return r.participleSubject(i, r.d.Head(h), depth)
	case r.rel(i, "acl"):
		if r.upos(i) == "VERB" && r.nominal(h) && (r.gerund(i) || r.d.Tokens[i].XPOS == "VBD" && r.bare(i) && r.d.Child(i, "ccomp") > i) {
			return h
		}
	case r.rel(i, "advcl") && r.word(i-1, "to") && r.word2(h, "went", "goes", "go", "gone", "proceeded", "continued"):
		return r.subject(h, depth+1)
	case r.rel(i, "advcl", "parataxis", "dep"):
		if r.gerund(i) {
			return r.participleSubject(i, h, depth)
		}
	case r.rel(i, "xcomp"):
		switch r.lemma(h) {
		case "go", "continue", "begin", "start", "keep", "quote", "cite", "proceed", "rush", "hasten", "take", "appear", "seem", "stop":
			return r.subject(h, depth+1)
		}
	}
	return -1
}

// reportsAgain is the cue that verb i carries on after a comma though a parser hung
// it on the clause reported before: cited them as stating A, and claimed B -> cited.
// -1 for none.
func (r *reader) reportsAgain(i int) int {
	h, lo := r.d.Head(i), int(r.lo[i])
	if !r.rel(i, "conj") || !r.bare(i) && !(r.word(i+1, "that") && r.verbCue(i) != nil) || r.d.Tokens[i].XPOS != "VBD" || !r.word(lo, ",") || !r.word(lo+1, "and", "but") || r.inQuote[i] >= 0 ||
		r.d.Child(i, "nsubj", "nsubj:pass", "aux") >= 0 || h < r.first || !r.rel(h, "ccomp") {
		return -1
	}
	up := r.d.Head(h)
	for up >= r.first && r.gerund(up) && r.rel(up, "advcl") {
		up = r.d.Head(up)
	}
	if up < r.first || up > i || r.d.Tokens[up].XPOS != "VBD" || r.verbCue(up) == nil || r.inQuote[up] >= 0 {
		return -1
	}
	return up
}

// acronym reports whether k is written in capitals, so that it is a name and no
// pronoun: the WHO.
func (r *reader) acronym(k int) bool {
	f := r.d.Form(k)
	return len(f) > 1 && f == strings.ToUpper(f) && f != r.low[k]
}

// bracketed reports whether k stands in brackets of its own: the Agency (EMA) said.
func (r *reader) bracketed(k int) bool {
	return r.word(k-1, "(", "[") && r.word(k+1, ")", "]")
}

// relative reports whether k is a relative pronoun.
func (r *reader) relative(k int) bool {
	return r.word2(k, "who", "which", "that", "whom") && r.upos(k) == "PRON"
}

func (r *reader) gerund(i int) bool {
	return r.d.Tokens[i].XPOS == "VBG" || strings.HasSuffix(r.low[i], "ing")
}

// between reports whether k, read as a second subject, is an apposition to the name h:
// neither Cargill, a major producer, nor Norvik.
func (r *reader) between(h, k int) bool {
	return r.upos(h) == "PROPN" && r.upos(k) == "NOUN" && r.commaBefore(k) && r.word(k+1, ",")
}

// agent is who did the passive i: by X.
func (r *reader) agent(i int) int {
	for k := range r.d.Children(i) {
		if r.d.Tokens[k].Deprel == "obl:agent" || k > i && r.rel(k, "obl", "nmod") && r.caseOf(k) == "by" {
			return k
		}
	}
	return -1
}

// antecedent is subject k of verb i, or what it stands for where it is a
// relative pronoun.
func (r *reader) antecedent(k, i int) int {
	if !r.word2(k, "who", "which", "that", "whom") || r.upos(k) == "DET" || r.acronym(k) {
		return k
	}
	for v := i; v >= r.first; v = r.d.Head(v) {
		if r.rel(v, "acl") {
			h := r.d.Head(v)
			// a name in apposition or a title's name: "Mehr, a man who said"
			for r.rel(h, "flat") || r.low[k] == "who" && h >= r.first && r.rel(h, "nmod", "conj", "appos") && !r.isPersonName(h) && r.commaBefore(k) && r.d.Head(h) >= r.first && r.nominal(r.d.Head(h)) {
				h = r.d.Head(h)
			}
			if h >= r.first && h < r.end {
				return h
			}
			return -1
		}
		if !r.rel(v, "conj") {
			break
		}
	}
	if r.word(k, "who") && r.word(k-1, ",") && r.rel(i, "ccomp", "parataxis", "advcl") { // said Volker Türk, who urged
		for h := k - 2; h >= r.first && r.nominal(h); h = r.d.Head(h) {
			if !r.rel(h, "flat", "compound", "amod") {
				return h
			}
		}
	}
	return -1
}
