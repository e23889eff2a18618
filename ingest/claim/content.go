package claim

import (
	"strings"

	"hearsay/ingest/news"
)

// clauseRight reads a clause after the cue.
//
//	said (that) it rained            -> it rained
//	asked whether it rained          -> whether it rained
//	said A, and added that B         -> A   (B is the next cue's)
//	said A, citing B                 -> A
func (r *reader) clauseRight(i, subject int, d *draft) bool {
	c, last := r.lookup(r.lex.verbs, i, that|wh)
	if c == nil {
		return false
	}
	comp := r.complement(i, last)
	if comp >= 0 && r.inQuote[comp] >= 0 && r.quoteBefore(r.segment(i, subject).first) >= 0 {
		return false // "The attack," he said, "was ours"
	}
	if comp < 0 {
		return r.clauseBySurface(i, last, d)
	}
	from := r.afterThat(comp)
	if obj := r.d.Child(i, "obj"); obj > last && obj < comp && int(r.lo[obj]) <= from && !r.addressed(i) {
		from = min(from, int(r.lo[obj])) // the clause's subject, hung on the cue
	} else if obj > last && obj < comp && !r.addressed(i) && r.d.Child(comp, "nsubj", "nsubj:pass", "expl", "mark") < 0 {
		from = int(r.lo[obj])
	}
	if from <= last {
		from = last + 1
	}
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
	if j > from && j < comp && j < r.end && !r.punct(j) && r.upos(j) != "VERB" && r.upos(j) != "AUX" {
		if r.word(j, "that") && r.rel(j, "mark") {
			j++
		}
		return j
	}
	return from
}

// clauseBySurface reads a clause after the cue by its words alone, where the
// tree has none: after time, place and addressee, a noun phrase and a finite verb
// before any comma.
func (r *reader) clauseBySurface(i, last int, d *draft) bool {
	c, last := r.lookup(r.lex.verbs, i, that)
	if c == nil || !r.bare(i) && !r.addressed(i) && !r.gerund(i) || r.d.Child(i, "xcomp", "ccomp") > i {
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
	if r.word(j, "that") {
		j++
	}
	if j >= r.end || r.punct(j) && r.inQuote[j] < 0 || !r.nominal(j) {
		return false
	}
	v := -1
	for k := j + 1; k < r.end && !r.word(k, ",", ";"); k++ {
		if u := r.upos(k); (u == "VERB" || u == "AUX") && r.tensed(k) || u == "AUX" && r.d.Tokens[k].XPOS == "MD" {
			v = k
			break
		}
	}
	if v < 0 {
		return false
	}
	d.entry, d.cue.last, d.inner, d.rule = c, last, v, "clause-surface"
	if h := r.d.Head(v); r.upos(v) == "AUX" && h >= j && h < r.end {
		d.inner = h
	}
	end := r.end - 1
	if !r.rel(i, "root", "conj", "amod") && int(r.hi[i]) > v {
		end = int(r.hi[i])
	}
	d.content = append(d.content, part{j, r.carryOn(i, v, end)})
	r.fitQuote(d)
	return true
}

// phraseAfter is the token after the noun phrase that starts at j.
func (r *reader) phraseAfter(j int) int {
	if j < r.end && r.upos(j) == "PRON" {
		return j + 1
	}
	seen := false
	for ; j < r.end; j++ {
		switch r.upos(j) {
		case "DET", "PRON":
			if seen {
				return j
			}
		case "PART":
			if !seen || !r.word(j, "'s", "’s", "'", "’") {
				return j
			}
			seen = false
		case "NOUN", "PROPN", "NUM":
			seen = true
		case "ADJ":
		default:
			return j
		}
	}
	return j
}

// complement is the head of the clause after cue i, -1 for none. Where a parser
// gave it another relation it must still look like a clause: its subject hung on
// the cue as an object, the clause as parataxis, the whole as a noun phrase.
func (r *reader) complement(i, last int) int {
	for k := range r.d.Children(i) {
		if k > last && r.rel(k, "ccomp", "csubj") && !(r.commaBefore(k) && r.gerund(k) && r.verbCue(k) != nil) {
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
		case r.rel(k, "parataxis", "advcl", "acl", "obl", "conj") && r.finite(k) && r.verbCue(k) == nil && r.leads(k, last):
			return k
		case r.rel(k, "parataxis", "conj", "dep", "xcomp") && obj > last && obj < k && r.tensed(k) && r.d.Child(k, "nsubj", "cc", "mark") < 0 && !r.addressed(i) && r.verbCue(k) == nil:
			return k
		case r.d.Tokens[k].Deprel == "nsubj" && k > last && r.earlierSubject(i, k) && int(r.hi[k])-int(r.lo[k]) > 2:
			return k
		case r.rel(k, "obj") && r.bare(i) && (r.holdsVerb(k) || r.upos(k) == "ADJ" && int(r.hi[k])-int(r.lo[k]) > 2):
			return k
		}
	}
	// "said that" with the clause hung elsewhere
	for k := last + 1; k < min(last+6, r.end); k++ {
		if r.word(k, "that") && r.rel(k, "mark") {
			if h := r.d.Head(k); h > k && h < r.end {
				return h
			}
		}
	}
	return -1
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
		if u := r.upos(j); (u == "VERB" || u == "AUX") && !r.rel(j, "acl:relcl") {
			return true
		}
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
	return lo > last && !r.word(lo, ",", ";", "and", "but")
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
	for v := i; r.rel(v, "root"); {
		end = r.end - 1
		break
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
	for end > comp && (r.punct(end) && r.inQuote[end] < 0 || r.rel(end, "cc")) {
		end--
	}
	return end
}

// cuts reports whether child k of cue i, after the content, is no part of it.
func (r *reader) cuts(k, i int) bool {
	switch {
	case r.rel(k, "conj"):
		lo := int(r.lo[k])
		if r.verbCue(k) == nil && r.d.Child(k, "nsubj") < 0 && r.d.Child(k, "aux") >= 0 && r.d.Tokens[i].XPOS == "VBD" && !r.punct(lo) {
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
		if r.inQuote[j] >= 0 {
			continue
		}
		if r.low[j] == ";" {
			return j - 1
		}
		if r.word(j, "while", "whereas") && r.punct(j-1) && r.nextCue(j) {
			return j - 1
		}
		if r.upos(j) == "VERB" && r.rel(j, "conj") && r.verbCue(j) != nil && r.d.Dominates(comp, j) && r.speaksAgain(i, j) {
			return int(r.lo[j]) - 1
		}
		if !r.punct(j - 1) {
			continue
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
		if r.rel(k, "parataxis", "appos", "list") && r.punct(max(int(r.lo[k])-1, 0)) || r.rel(k, "acl:relcl") && r.commaBefore(k) ||
			r.rel(k, "conj") && r.finite(k) || r.rel(k, "advcl", "obl", "nmod", "acl") && r.commaBefore(k) {
			end = min(end, int(r.lo[k])-1)
			break
		}
	}
	for end > obj && r.punct(end) {
		end--
	}
	return end
}

// commaBefore reports whether a comma stands at the start of k's phrase or before it.
func (r *reader) commaBefore(k int) bool {
	lo := int(r.lo[k])
	return r.punct(lo) || lo > r.first && r.punct(lo-1)
}

// segment is the range of tokens of the attribution itself: subject, cue, and
// what follows the cue up to punctuation.
func (r *reader) segment(i, subject int) part {
	p := part{i, i}
	for k := range r.d.Children(i) {
		if k < i && r.rel(k, "aux", "advmod", "nsubj") && !r.comma(k, i) {
			p.first = min(p.first, k)
		}
	}
	first, last, _ := r.sourceRange(subject)
	if first < i && first >= r.first {
		p.first = min(p.first, first)
	} else if last > i && last < r.end {
		p.last = max(p.last, last, min(int(r.hi[subject]), r.end-1))
	}
	for p.last+1 < r.end && !r.punct(p.last+1) && r.inQuote[p.last+1] < 0 {
		p.last++
	}
	return p
}

// contentLeft reads what stands before the attribution, and goes on after it
// where the attribution interrupts a sentence.
//
//	It rained, police said.              -> It rained
//	"It rained," said Ms Smith.          -> It rained
//	"The attack," he said, "was ours."   -> The attack / was ours
//	The attack, he said, was ours.       -> The attack / was ours
func (r *reader) contentLeft(i, subject int, d *draft) bool {
	c, last := r.lookup(r.lex.verbs, i, that|quote)
	if c == nil {
		return false
	}
	seg := r.segment(i, subject)
	p := seg.first - 1
	if p <= r.first && r.quoteBefore(seg.first) < 0 || p < 0 {
		return false
	}
	d.entry, d.cue.last = c, last
	if q := r.quoteBefore(seg.first); q >= 0 {
		return r.quotedLeft(q, seg, d)
	}
	if r.word(p, "as") && p > r.first+1 {
		p--
	}
	if !r.word(p, ",", "-", "–", "—", "--", "?", "!", "\"", "”") || c.frames&that == 0 || r.saysMore(i, last, subject, seg) {
		return false
	}
	root := r.d.Head(i)
	switch comp := r.d.Child(i, "ccomp", "parataxis"); {
	case comp >= 0 && comp < i:
		root = comp
	case r.rel(i, "parataxis", "dep", "discourse") && root >= r.first && root < r.end:
	case r.rel(i, "root", "conj") && r.clauseBefore(p) >= 0:
		root = r.clauseBefore(p)
	default:
		return false
	}
	first := int(r.lo[root])
	if root > i {
		first = min(first, r.first)
	}
	if first >= seg.first {
		return false
	}
	if r.rel(first, "cc") {
		first++
	}
	d.inner, d.rule = root, "left"
	d.content = append(d.content, part{first, p})
	if end := int(r.hi[root]); end > seg.last+1 && r.punct(seg.last+1) && r.low[seg.last+1] == "," && r.rel(i, "parataxis") {
		d.content = append(d.content, part{seg.last + 2, end})
	}
	return true
}

// saysMore reports whether the cue has something to report after it, so that
// what stands before is none of it.
func (r *reader) saysMore(i, last, subject int, seg part) bool {
	for j := last + 1; j <= seg.last; j++ {
		if r.d.Dominates(subject, j) {
			continue
		}
		if u := r.upos(j); u == "VERB" || u == "AUX" {
			return true
		}
		if r.rel(j, "obj", "ccomp", "xcomp") && r.d.Head(j) == i && !r.addressed(i) {
			return true
		}
	}
	return false
}

// clauseBefore is the head of a clause that ends at or before token p.
func (r *reader) clauseBefore(p int) int {
	for j := p; j >= r.first; j-- {
		if r.finite(j) {
			return j
		}
	}
	return -1
}

func touches(spans []news.Span, s news.Span) bool {
	for _, t := range spans {
		if t.Overlaps(s) {
			return true
		}
	}
	return false
}

// add makes a claim for every source of a draft.
func (r *reader) add(d *draft, heads []int) {
	var spans []news.Span
	sentence := r.s
	for n, p := range d.content {
		first, last := r.trim(p.first, p.last)
		if last < first {
			continue
		}
		s := r.span(first, last)
		if n == 0 {
			sentence = r.d.SentenceAt(s.Start)
		}
		spans = append(spans, s)
	}
	if len(spans) == 0 && d.entry.stance != news.DeclinesComment && d.entry.stance != news.Unreachable {
		return
	}
	if d.negated { // the negation carries the stance
		d.cue.first = min(d.cue.first, r.auxStart(d.head))
	}
	for _, h := range heads {
		f := found{cue: d.head, content: d.inner, outer: -1, quoted: d.quoted}
		f.Claim = news.Claim{Sentence: sentence, Source: r.source(h), Cue: r.span(d.cue.first, d.cue.last), CueHead: d.head,
			Stance: d.entry.stance, Certainty: d.entry.certainty, Content: spans, About: -1, Rule: d.rule}
		if r.authors(h) {
			f.Source = news.Source{Kind: news.Author, Entity: -1, Head: -1}
		}
		if f.Source.Overlaps(f.Cue) || touches(spans, f.Source.Span) || touches(spans, f.Cue) {
			continue
		}
		f.Quotation = r.quotation(spans, f.Stance)
		if !r.interpret(&f, d) {
			return
		}
		if d.quoted >= 0 {
			r.taken[d.quoted] = true
		}
		r.claims = append(r.claims, f)
	}
}
