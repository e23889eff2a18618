package claim

import "strings"

// skipAdjuncts passes over a time and an adverb that belong to the cue: said on
// Friday the country is; said publicly the forest should.
func (r *reader) skipAdjuncts(from, comp int) int {
	if from >= r.end {
		return from
	}
	j := from
	if r.word(j, "on", "in", "at", "last", "this", "late", "early", "earlier") {
		for k := j + 1; k < min(j+4, comp); k++ {
			if r.isTime(k) {
				j = k + 1
				break
			}
			if u := r.upos(k); u != "DET" && u != "ADJ" && u != "PROPN" && u != "NUM" {
				break
			}
		}
	} else if r.isTime(j) || r.upos(j) == "ADV" && strings.HasSuffix(r.low[j], "ly") {
		j++
	}
	if r.word(from, "in") && from+3 < comp && r.rel(from+1, "nmod:poss") { // said in its report, the fault is
		if k := r.phraseAfter(from + 1); k+1 < comp && r.low[k] == "," && r.document(k-1) && r.nominal(k+1) {
			return k + 1
		}
	}
	if j > from && j < comp && j < r.end && !r.punct(j) && r.upos(j) != "VERB" && r.upos(j) != "AUX" {
		if r.word(j, "that") && r.rel(j, "mark") {
			j++
		}
		return j
	}
	return from
}

// document reports whether noun k is what words stand in: a report, a tweet.
func (r *reader) document(k int) bool {
	switch r.lemma(k) {
	case "report", "statement", "letter", "tweet", "post", "release", "message", "memo", "note", "email", "announcement", "advisory", "bulletin", "blog", "speech", "analysis", "paper", "study", "book", "interview", "address", "column":
		return true
	}
	return false
}

// clauseBySurface reads a clause after the cue by its words alone, where the
// tree has none: after time, place and addressee, a noun phrase and a finite verb
// before any comma.
func (r *reader) clauseBySurface(i, subject int, d *draft) bool {
	c, last := r.lookup(r.lex.verbs, i, that)
	venue := r.upos(min(last+1, r.end-1)) == "ADP" && r.d.Child(i, "obj") < 0
	if c == nil || !r.bare(i) && !r.addressed(i) && !r.gerund(i) && !venue || r.d.Child(i, "xcomp", "ccomp") > i {
		return false
	}
	j := last + 1
	if r.addressed(i) {
		j = r.phraseAfter(j)
	}
	for n := 0; n < 2 && j < r.end && r.upos(j) == "ADP"; n++ {
		j = r.phraseAfter(j + 1)
	}
	j = r.skipAdjuncts(j, r.end)
	if venue && !r.bare(i) && (r.word(j, "that", "which", "who") || j < r.end && r.upos(j) == "ADJ") {
		return false // reported on the fire that destroyed it
	}
	if r.word(j, "that") {
		j++
	}
	if j >= r.end || r.punct(j) && r.inQuote[j] < 0 || !r.nominal(j) {
		return false
	}
	v := -1
	for k := j + 1; k < r.end && !r.word(k, ",", ";", "when", "after", "before", "until", "since", "because", "although", "while"); k++ {
		if u := r.upos(k); (u == "VERB" || u == "AUX") && r.tensed(k) || u == "AUX" && r.d.Tokens[k].XPOS == "MD" {
			if r.rel(k-1, "cc") {
				return false // maintains his innocence and blames
			}
			v = k
			break
		}
	}
	if v < 0 || r.rel(i, "acl") && (!r.person(subject) || r.depicts(r.lemma(i))) {
		return false
	}
	if s := r.d.Child(v, "nsubj", "nsubj:pass"); s >= 0 && r.d.Dominates(s, i) {
		return false // the speaker in relaying the news said
	}
	if h := r.d.Head(i); r.rel(i, "acl:relcl") && h >= r.first && r.rel(h, "nsubj") && (r.d.Head(h) == v || r.d.Head(h) == r.d.Head(v)) {
		return false // the wreck they found last June was hers
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, v, "clause-surface"
	if h := r.d.Head(v); r.upos(v) == "AUX" && h >= j && h < r.end {
		d.inner = h
	}
	end := r.end - 1
	if !r.rel(i, "root", "conj", "amod") && int(r.hi[i]) > v {
		end = int(r.hi[i])
	}
	if r.rel(i, "acl") { // groups claiming it was stolen | gathered
		for u := d.inner + 1; u <= end; u++ {
			if x := r.d.Tokens[u].XPOS; (x == "VBD" || x == "VBZ" || x == "VBP") && r.d.Child(u, "nsubj", "nsubj:pass", "cc", "mark") < 0 && r.upos(u) == "VERB" && !r.word(u-1, "and", "or", "who", "which", "that") {
				end = r.auxStart(u) - 1
			}
		}
	}
	d.content = append(d.content, part{j, r.carryOn(i, v, end)})
	r.fitQuote(d)
	return true
}

// gardenPath reads a cue that a parser took for a participle before a noun though
// a noun that speaks stands right before it, and reports whether it did.
//
//	A report alleged fireworks were used -> A report: fireworks were used
func (r *reader) gardenPath(i int) bool {
	k := i - 1
	h := r.d.Head(i)
	if !r.rel(i, "amod", "acl") || !strings.HasSuffix(r.low[i], "ed") || k < r.first || h <= i || h >= r.end || r.upos(k) != "NOUN" && r.upos(k) != "PROPN" || !r.person(k) || r.inQuote[i] >= 0 {
		return false
	}
	c, last := r.lookup(r.lex.verbs, i, that)
	v := -1
	for j := i + 1; j < r.end && v < 0; j++ {
		if u := r.upos(j); (u == "VERB" || u == "AUX") && r.tensed(j) {
			v = j
		}
	}
	if c == nil || v < 0 || r.comma(i, v) {
		return false
	}
	if a := r.d.Head(v); r.upos(v) == "AUX" && a > v && a < r.end {
		v = a
	}
	d := draft{cue: part{i, last}, head: i, entry: c, inner: v, quoted: -1, rule: "garden-path",
		content: []part{{last + 1, r.end - 1}}}
	r.add(&d, []int{k})
	return true
}

// opensWithCue reads a cue that begins its sentence before its subject and a
// quotation, and reports whether it did.
//
//	Added Oake, "It is odd." -> Oake: It is odd
func (r *reader) opensWithCue(i int) bool {
	if i != r.first || r.inQuote[i] >= 0 || r.gerund(i) || r.d.Tokens[i].XPOS == "VB" {
		return false
	}
	c, last := r.lookup(r.lex.verbs, i, quote)
	j := last + 1
	for c != nil && j < r.end && !r.punct(j) && r.upos(j) != "VERB" && r.upos(j) != "AUX" && r.upos(j) != "PRON" {
		j++
	}
	if c == nil || j == last+1 || !r.word(j, ",", ":") {
		return false
	}
	k, q := j-1, r.quoteStartingAt(r.d.Tokens[j].End)
	for r.rel(k, "flat") && r.d.Head(k) > last {
		k = r.d.Head(k)
	}
	if q < 0 || !r.speech(q) || !r.nominal(k) || !r.person(k) {
		return false
	}
	p := r.inside(q)
	r.add(&draft{cue: part{i, last}, head: i, entry: c, inner: r.top(p), quoted: q, rule: "opening", content: []part{p}}, []int{k})
	return true
}

// afterAddressee is the first token after whom cue i is told to, where its clause
// comp starts there; -1 where the tree needs no help.
func (r *reader) afterAddressee(i, last, comp int) int {
	if !r.addressed(i) || r.lemma(i) != "tell" && r.d.Child(i, "obj", "iobj") < 0 {
		return -1
	}
	j := r.phraseAfter(last + 1)
	for n := 0; n < 2 && j < comp && r.upos(j) == "ADP"; n++ {
		j = r.phraseAfter(j + 1)
	}
	if j >= comp || j <= last+1 || r.punct(j) {
		return -1
	}
	if r.word(j, "that") && r.rel(j, "mark") {
		j++
	}
	return j
}

// phraseAfter is the token after the noun phrase that starts at j.
func (r *reader) phraseAfter(j int) int {
	if j < r.end && r.upos(j) == "PRON" && !r.rel(j, "nmod:poss") {
		return j + 1
	}
	seen := false
	for ; j < r.end; j++ {
		switch r.upos(j) {
		case "DET", "PRON":
			if seen || r.upos(j) == "PRON" && !r.rel(j, "nmod:poss") {
				return j
			}
		case "PART":
			if !seen || !r.word(j, "'s", "’s", "'", "’") {
				return j
			}
			seen = false
		case "NOUN", "PROPN", "NUM":
			seen = true
		case "PUNCT": // KDKA-TV
			if !seen || r.low[j] != "-" || j+1 >= r.end || r.d.Tokens[j-1].End != r.d.Tokens[j].Start || r.d.Tokens[j].End != r.d.Tokens[j+1].Start {
				return j
			}
		case "ADJ":
			if seen {
				return j
			}
		case "VERB":
			if !r.rel(j, "amod") {
				return j // their proposed deal
			}
		default:
			return j
		}
	}
	return j
}

// complementAbove is the head of cue i where a parser made the clause that it
// reports its head: researchers reported seas appear. -1 for none.
func (r *reader) complementAbove(i int) int {
	h := r.d.Head(i)
	if h > i && h < r.end && r.tensed(i) && r.rel(i, "advcl", "acl", "dep", "csubj", "nsubj", "amod", "ccomp") && r.d.Child(i, "mark") < 0 &&
		r.finite(h) && (!r.comma(i+1, i+2) || r.word(i+2, "citing", "quoting")) && r.d.Child(h, "nsubj", "nsubj:pass", "expl") > i && r.d.Child(i, "obj", "xcomp") < 0 {
		return h
	}
	return -1
}

// participleBetween reports whether a participle that carries on the report stands
// between the cue and clause k: emphasized the need, saying "it is".
func (r *reader) participleBetween(last, k int) bool {
	for j := last + 1; j < k; j++ {
		if r.gerund(j) && r.upos(j) == "VERB" && r.verbCue(j) != nil && r.punct(j-1) && r.rel(j, "advcl", "csubj", "parataxis", "dep") {
			return true
		}
	}
	return false
}

// addressed reports whether the object of cue i is whom it is said to.
func (r *reader) addressed(i int) bool {
	switch r.lemma(i) {
	case "tell", "inform", "advise", "notify", "remind", "assure", "reassure", "warn", "brief", "ask", "teach", "show",
		"convince", "persuade", "promise", "urge", "alert", "caution":
		return true
	}
	return false
}

// tensed reports whether k is a finite verb or has a finite auxiliary.
func (r *reader) tensed(k int) bool {
	switch r.d.Tokens[k].XPOS {
	case "VBD", "VBZ", "VBP":
		return true
	}
	if r.d.Tokens[k].XPOS == "VBN" && r.rel(k, "root") && k > r.first && r.nominal(k-1) && !r.word(k+1, "by") && r.d.Child(k, "aux", "nsubj", "nsubj:pass", "cop") < 0 {
		return true // the minister called for a vote, with a misread subject
	}
	if r.d.Tokens[k].XPOS == "VB" && k > r.first && r.d.Child(k, "aux", "mark", "obj") < 0 {
		switch r.upos(k - 1) {
		case "NOUN", "PROPN", "PRON", "DET":
			return true // some say
		}
	}
	return r.d.Child(k, "aux", "cop") >= 0
}

// earlierSubject reports whether cue i has a subject besides k, before the cue.
func (r *reader) earlierSubject(i, k int) bool {
	s := r.d.Child(i, "nsubj")
	return s >= 0 && s < i && s != k
}

// bare reports whether cue i takes no plain object, so that what follows it must
// be a clause.
func (r *reader) bare(i int) bool {
	switch r.lemma(i) {
	case "say", "state", "add", "insist", "argue", "think", "find", "conclude", "maintain", "contend", "remark", "observe", "claim", "believe":
		return true
	}
	return false
}

// holdsVerb reports whether noun k's phrase has a verb or auxiliary.
func (r *reader) holdsVerb(k int) bool {
	for j := int(r.lo[k]); j <= int(r.hi[k]); j++ {
		if u := r.upos(j); (u == "VERB" || u == "AUX") && !r.rel(j, "acl:relcl", "conj", "amod") {
			return true
		}
	}
	return false
}
