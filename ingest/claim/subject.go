package claim

import (
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
	return r.conjuncts(h)
}

// withSubject is the subject of participle i in an absolute phrase, by its words:
// with Oake of Norvik calling it a burden and Ann Ross saying so. -1 for none.
func (r *reader) withSubject(i int) int {
	if r.d.Tokens[i].XPOS != "VBG" || r.rel(i, "root") {
		return -1
	}
	h := -1
	for j := i - 1; j > r.first && j > i-12; j-- {
		switch r.upos(j) {
		case "PROPN", "NOUN", "PRON":
			if h < 0 {
				h = j
			}
			continue
		case "DET", "ADJ", "NUM":
			continue
		}
		switch {
		case r.word(j, "of", "from") && h >= 0:
			h = -1 // what stands before it is the head
			continue
		case h >= 0 && (r.word(j, "with") || r.word(j, "and") && r.absolute(j)):
			for r.rel(h, "flat") && r.d.Head(h) > j && r.d.Head(h) < i {
				h = r.d.Head(h)
			}
			if r.person(h) {
				return h
			}
		}
		return -1
	}
	return -1
}

// absolute reports whether "with" and a participle that is a cue stand before
// the conjunction at j.
func (r *reader) absolute(j int) bool {
	for v := j - 1; v > r.first; v-- {
		if r.d.Tokens[v].XPOS == "VBG" && r.verbCue(v) != nil {
			for w := v - 1; w > v-8 && w > r.first; w-- {
				if r.low[w] == "with" {
					return true
				}
			}
		}
	}
	return false
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

// conjuncts are noun h and the nouns coordinated with it.
func (r *reader) conjuncts(h int) []int {
	r.heads = append(r.heads[:0], h)
	for k := range r.d.Children(h) { // the CIA and other agencies, read as one noun
		if k < h && r.rel(k, "cc") && k > r.first && r.word(k+1, "other") && r.upos(k-1) == "PROPN" {
			r.heads = append(r.heads, k-1)
		}
	}
	apart := r.describing(h) || r.oneName(h)
	for k := range r.d.Children(h) {
		if !apart && r.rel(k, "conj") && r.nominal(k) && r.d.Child(k, "nsubj") < 0 && r.d.Child(k, "case") < 0 && !r.sharedName(h, k) && !r.withinPhrase(h, k) {
			r.heads = append(r.heads, k)
		}
	}
	return r.heads
}

// oneName reports whether the names coordinated with h make up one name: the
// Institute of Epidemiology, Disease Control and Research (IEDCR); Road Transport
// and Bridges Minister Obaidul Quader.
func (r *reader) oneName(h int) bool {
	_, k := r.wholeName(h)
	return k >= 0
}

// wholeName is the last token of such a name and the head of what names it, -1
// where h is none.
func (r *reader) wholeName(h int) (end, name int) {
	if r.upos(h) != "PROPN" || r.isPersonName(h) {
		return h, -1
	}
	end = h
	for k := range r.d.Children(h) {
		if k > h && r.rel(k, "conj", "appos", "nmod", "flat") {
			end = max(end, int(r.hi[k]))
		}
		if k > h && r.rel(k, "conj") && r.isPersonName(k) && r.word(k-1, "minister", "secretary") && r.upos(k-2) == "PROPN" && k-2 > h {
			return r.phraseEnd(k), k
		}
	}
	if !r.word(end, ")") || !r.word(end-2, "(") {
		return h, -1
	}
	short, initials := r.d.Form(end-1), ""
	for j := int(r.lo[h]); j < end-2; j++ {
		if c := r.d.Form(j)[0]; c >= 'A' && c <= 'Z' {
			initials += string(c)
		}
	}
	if len(short) > 2 && strings.HasSuffix(initials, short) {
		return end, h
	}
	return h, -1
}

// describing reports whether the nouns coordinated with name h describe it, set
// off by commas: Maya Cummings, his wife and the chair of the party, said.
func (r *reader) describing(h int) bool {
	if !r.isPersonName(h) {
		return false
	}
	n, end := 0, h
	for k := range r.d.Children(h) {
		if !r.rel(k, "conj") || k < h {
			continue
		}
		if r.upos(k) != "NOUN" || r.d.Child(k, "det", "nmod:poss") < 0 || n == 0 && (!r.word(int(r.lo[k])-1, ",") && !r.punct(int(r.lo[k])) || r.d.Child(k, "cc") >= 0) {
			return false
		}
		n, end = n+1, int(r.hi[k])
	}
	return n > 1 && r.word(end+1, ",")
}

// sharedName reports whether two roles belong to one name: President and CEO
// Andy Vesey; co-author and geochemist Seth John.
func (r *reader) sharedName(h, k int) bool {
	return k > h && k-h <= 5 && !r.isPersonName(h) && r.nameAt(k) >= 0 && r.d.Child(k, "det", "nmod:poss") < 0 &&
		r.d.Child(h, "acl", "nmod", "det") < 0 && r.d.Child(h, "flat") < 0 && r.lo[k] <= int32(h)+2
}

// nameAt is the name that noun k is or that follows it at once, -1 for none.
func (r *reader) nameAt(k int) int {
	if r.isPersonName(k) {
		return k
	}
	if k+1 < r.end && r.upos(k) == "NOUN" && r.upos(k+1) == "PROPN" && !r.isTime(k+1) {
		return k + 1
	}
	return -1
}

// withinPhrase reports whether conjunct k of h belongs to something between
// them: Dr Klaire, the author and a specialist; the Department of Forestry and
// Fire Protection.
func (r *reader) withinPhrase(h, k int) bool {
	if a := r.d.Child(h, "appos"); a > h && a < k && !r.comma(a, k) {
		return true
	}
	n := r.d.Child(h, "nmod")
	if n > h && n < k && r.isPersonName(h) && !r.isPersonName(k) && r.d.Child(k, "det") < 0 && !r.comma(n, k) {
		return true // Carl Hensman of the Bill and Melinda Gates Foundation
	}
	return n > h && n < k && r.upos(h) == "PROPN" && r.upos(n) == "PROPN" && r.upos(k) == "PROPN" &&
		r.d.Child(k, "det") < 0 && !r.comma(h, k) && !r.isPersonName(h)
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
		if dep != "nsubj" && dep != "nsubj:outer" && dep != "nsubj:pass" || r.word2(k, "there") || nsubj >= 0 && (k > i || r.bracketed(k)) || k < i && r.isTime(k) {
			continue
		}
		nsubj = k // of several, the one next to the verb
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

// participleSubject is the subject of participle i under verb h. A participle
// that carries on a report belongs to the one who reports, wherever a parser
// hangs it:
//
//	Police said the man fled, adding that ... -> Police
func (r *reader) participleSubject(i, h, depth int) int {
	for n := 0; r.inQuote[h] >= 0 && r.inQuote[i] < 0 && r.d.Head(h) >= r.first && n < maxClimb; n++ {
		h = r.d.Head(h) // "It is hard," she said, calling it a burden
	}
	if carriesOn(r.lemma(i)) {
		for k := h; k >= r.first; {
			if r.rel(k, "ccomp") && r.d.Head(k) >= r.first {
				up := r.d.Head(k)
				if c := r.verbCue(up); c != nil {
					if s := r.subject(up, depth+1); s >= 0 && s < i {
						return s
					}
				}
			}
			if !r.rel(k, "ccomp", "conj", "advcl", "xcomp", "parataxis") {
				break
			}
			k = r.d.Head(k)
		}
	}
	if mark := r.d.Child(i, "mark", "case"); mark >= 0 && r.low[mark] == "as" && r.d.Child(h, "obj") > h {
		return r.d.Child(h, "obj") // cited police as saying
	}
	if mark := r.d.Child(i, "mark", "case"); mark >= 0 && !r.word2(mark, "by", "in", "while", "whilst", "when", "after", "before", "without", "despite", "for", "as") {
		return -1
	}
	if mark := r.d.Child(i, "mark", "case"); mark >= 0 && r.word2(mark, "for", "of", "from") && r.d.Child(h, "obj") > h {
		return -1 // blame him for encouraging it
	}
	if r.rel(h, "acl:relcl") && r.commaBefore(i) { // issued an opinion on X, which took effect, finding it unlawful
		if up := r.d.Head(h); r.rel(up, "obj", "obl", "nmod") && (!r.person(up) || !r.commaBefore(h) && r.word(int(r.lo[h]), "which", "that")) {
			for n := 0; r.rel(up, "obj", "obl", "nmod", "acl", "appos") && r.d.Head(up) >= r.first && n < maxClimb; n++ {
				up = r.d.Head(up)
			}
			if r.upos(up) == "VERB" {
				h = up
			}
		}
	}
	for n := 0; r.rel(h, "xcomp", "ccomp") && r.d.Child(h, "nsubj", "nsubj:pass") < 0 && r.d.Head(h) >= r.first && n < maxClimb; n++ {
		h = r.d.Head(h)
	}
	return r.reporter(r.subject(h, depth+1), i, h)
}

// reporter is s, the subject of participle i under h, or where that is nobody the
// subject of a cue above: Experts called it risky, as margins are thin, noting that.
func (r *reader) reporter(s, i, h int) int {
	if s < 0 || r.person(s) || !r.punct(i-1) && !r.punct(max(i-2, 0)) {
		return s
	}
	for up := r.d.Head(h); up >= r.first; up = r.d.Head(up) {
		if k := r.d.Child(up, "nsubj"); k >= 0 && k < i && r.person(k) && r.verbCue(up) != nil {
			return k
		}
	}
	return s
}

// carriesOn reports whether a participle of the verb goes on with what its
// source was just said to have said.
func carriesOn(lemma string) bool {
	switch lemma {
	case "add", "note", "say", "state", "explain", "stress", "cite", "insist", "claim", "argue", "warn", "quote",
		"emphasize", "continue", "point", "write", "conclude", "urge", "promise", "vow", "blame", "accuse":
		return true
	}
	return false
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
	return -1
}
