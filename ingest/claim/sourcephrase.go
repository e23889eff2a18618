package claim

import (
	"strings"

	"hearsay/ingest/news"
)

// sourceRange is the noun phrase around head h by the contract's first
// convention: titles and articles, no relative clause, no apposition but a name,
// no "of ..." after a name.
//
//	Simon Choi, a director at Hauri, who ...       -> Simon Choi
//	The Vice President, Mike Pence                 -> The Vice President, Mike Pence
//	President Hassan Rouhani of Iran               -> President Hassan Rouhani
//	scientists from Tsinghua University            -> scientists from Tsinghua University
//	both Symantec                                  -> Symantec
func (r *reader) sourceRange(h int) (first, last, name int) {
	first, last, name = h, h, h
	for k := range r.d.Children(h) {
		switch {
		case k < h:
			if r.before(k) && r.inQuote[k] == r.inQuote[h] {
				first = min(first, int(r.lo[k]))
			}
		case r.rel(k, "flat", "compound", "nmod:desc", "goeswith", "fixed"):
			last = max(last, r.phraseEnd(k))
		case r.rel(k, "appos") && k == h+1, r.rel(k, "conj") && r.withinPhrase(h, k) && r.d.Child(h, "appos") < 0:
			last = max(last, r.phraseEnd(k))
		}
	}
	if r.upos(h) == "ADJ" && first == h && h > r.first && r.upos(h-1) == "DET" {
		first-- // the premier, read as an adjective
	}
	for j := first; j < h; j++ {
		if r.word(j, "and") && r.word(j+1, "other") {
			first = j + 1
		}
	}
	for j := first; j < h; j++ {
		if r.word(j, "which", "who", "whom") && !r.acronym(j) || r.isTime(j) && r.upos(j) == "PROPN" && !r.word(j+1, "'s", "’s") {
			first = j + 1
		}
	}
	for first < h && (r.punct(first) || r.word2(first, "both", "either", "neither", "but", "and", "as", "that", "while", "which", "who", "whom") && !r.acronym(first)) {
		first++
	}
	if m := r.mention[h]; m >= 0 && r.d.Mentions[m].Kind == news.Name {
		first, last = r.coverMention(int(m), first, last)
	}
	if r.takesPrepositions(h) {
		last = r.withPrepositions(h, last)
	}
	if last == h && r.upos(h) == "NOUN" { // the news agency [ISNA], hung elsewhere
		for last+1 < r.end && r.upos(last+1) == "PROPN" && !r.isTime(last+1) {
			last++
			name = last
		}
	}
	last, name = r.hyphened(last, name)
	for last > h && r.inQuote[last] >= 0 && r.inQuote[h] < 0 {
		last-- // a source's name ends where a quotation begins
	}
	first = r.leftOf(h, first)
	if end, k := r.wholeName(h); k >= 0 {
		return first, max(last, end), k
	}
	if k := r.nameInApposition(h, first, last); k >= 0 {
		_, last, name = r.sourceRange(k)
	}
	return first, last, name
}

// leftOf is the beginning of a source that a parser cut: one subject in two
// (Puerto Rico | governor), a word for an outlet before its name (newspaper |
// The Hindu).
func (r *reader) leftOf(h, first int) int {
	p := first - 1
	if p < r.first {
		return first
	}
	top := p
	for n := 0; r.rel(top, "flat", "nmod", "compound") && r.d.Head(top) >= r.first && r.d.Head(top) < first && n < maxClimb; n++ {
		top = r.d.Head(top)
	}
	if r.low[p] == "," && r.isPersonName(h) { // A member of Parliament, | Samir Dilou said
		for k := range r.d.Children(max(r.d.Head(h), 0)) {
			if k < p && r.rel(k, "nsubj") && int(r.hi[k]) >= p-1 && int(r.hi[k]) <= p && r.upos(k) == "NOUN" && r.speakerNoun(k) {
				return int(r.lo[k])
			}
		}
	}
	switch {
	case first == h && r.capital(h) && r.capital(p) && r.rel(top, "root", "dislocated", "dep", "vocative", "obl") && !r.isTime(p) && r.d.Child(p, "case") < 0 && !r.word(p-1, "in", "at", "from", "to"):
		return min(int(r.lo[p]), p)
	case top != h && r.rel(top, "nsubj") && r.d.Head(top) == r.d.Head(h) && r.upos(top) != "PRON" && !r.isTime(top):
		return min(first, int(r.lo[top]))
	case r.upos(p) == "NOUN" && r.rel(p, "case", "compound", "nmod:desc") && r.d.Head(p) == h && r.speakerNoun(p):
		return p
	}
	return first
}

// hyphened goes on over a hyphen that a tokeniser cut at, and the name after it:
// study co | - author Karen Alley.
func (r *reader) hyphened(last, name int) (int, int) {
	if last+2 >= r.end || r.low[last+1] != "-" || r.d.Tokens[last].End != r.d.Tokens[last+1].Start || r.d.Tokens[last+1].End != r.d.Tokens[last+2].Start {
		return last, name
	}
	last += 2
	for last+1 < r.end && r.upos(last+1) == "PROPN" && !r.isTime(last+1) {
		last++
		name = last
	}
	return last, name
}

// before reports whether child k that stands before its noun belongs to the phrase.
func (r *reader) before(k int) bool {
	return !r.rel(k, "cc", "punct", "case", "mark", "advcl", "acl", "parataxis", "cop", "nsubj", "aux", "discourse", "appos", "obl", "dep", "csubj", "ccomp", "conj")
}

// phraseEnd is the end of what follows a name's head: its own names and
// prepositional phrases without clauses.
func (r *reader) phraseEnd(k int) int {
	end := k
	for c := range r.d.Children(k) {
		if c > k && r.rel(c, "flat", "compound", "fixed", "goeswith", "conj", "nmod") && r.d.Child(c, "nsubj") < 0 && int(r.hi[c])-k < 12 && !r.comma(end+1, c) {
			end = max(end, r.phraseEnd(c))
		}
	}
	return end
}

// comma reports whether punctuation stands between tokens a and b.
func (r *reader) comma(a, b int) bool {
	for i := a; i < b; i++ {
		if r.punct(i) {
			return true
		}
	}
	return false
}

func (r *reader) coverMention(m, first, last int) (int, int) {
	s := r.d.Mentions[m].Span
	if a := r.d.TokenAt(s.Start); a >= r.first && a < first {
		first = a
	}
	if b := r.d.TokenAt(s.End - 1); b < r.end && b > last && b-last < 10 {
		last = b
	}
	return first, last
}

// takesPrepositions reports whether phrases after h belong to the source:
// "scientists from Tsinghua", "Department of Forestry", but not "Rouhani of Iran".
func (r *reader) takesPrepositions(h int) bool {
	if r.upos(h) != "PROPN" {
		return true
	}
	if m := r.mention[h]; m >= 0 && r.d.Mentions[m].Kind == news.Name {
		return false // its span says where the name ends
	}
	switch r.lemma(h) {
	case "department", "ministry", "institute", "university", "centre", "center", "office", "bureau", "agency", "academy",
		"council", "bank", "house", "association", "federation", "board", "committee", "commission", "union", "party",
		"church", "college", "school", "organization", "organisation", "army", "court", "society", "league", "chamber",
		"secretary", "minister", "member", "leader", "deputy", "senator", "representative", "congressman", "congresswoman", "lawyer", "ambassador", "commissioner", "president", "director", "chief", "head", "chair", "chairman", "mayor", "bishop", "king", "queen", "governor", "speaker", "mission", "embassy", "congress", "state", "republic", "kingdom", "service", "group", "team", "ministers":
		return true
	}
	return false
}

// withPrepositions extends the phrase of h over the phrases that follow it
// without punctuation.
func (r *reader) withPrepositions(h, last int) int {
	for k := range r.d.Children(h) {
		if k <= h || int(r.lo[k]) > last+1 || !r.rel(k, "nmod", "obl", "nummod", "amod") || r.rel(k, "nmod:unmarked") || r.isTime(k) && r.caseOf(k) == "on" {
			continue
		}
		if c := r.caseOf(k); c == "including" || c == "according" || c == "by" && r.upos(h) == "PROPN" || c == "like" || c == "as" || c == "" && !r.rel(k, "nummod", "amod") {
			continue
		}
		last = max(last, r.prepositionEnd(k))
	}
	return last
}

// prepositionEnd is the end of noun k's phrase, up to a clause, an apposition or
// a parenthesis.
func (r *reader) prepositionEnd(k int) int {
	end := k
	for c := range r.d.Children(k) {
		if c < k {
			continue
		}
		switch {
		case r.rel(c, "flat", "compound", "fixed"), r.rel(c, "nmod", "amod", "nummod", "obl") && !r.comma(end+1, c),
			r.rel(c, "conj") && r.nominal(c) && r.d.Child(c, "nsubj") < 0 && r.d.Child(c, "cc:preconj") < 0 && !r.comma(end+1, c):
			end = max(end, r.prepositionEnd(c))
		}
	}
	return end
}

// nameInApposition is the name that a role in front of it describes: "The Vice
// President, Mike Pence". -1 where h is a name itself or there is none.
func (r *reader) nameInApposition(h, first, last int) int {
	if r.isPersonName(h) {
		return -1
	}
	if k := r.apposed(h, first, last); k >= 0 {
		return k
	}
	for k := range r.d.Children(h) {
		if k > h && r.rel(k, "conj") && r.sharedName(h, k) {
			return r.nameAt(k)
		}
		if k > h && r.rel(k, "appos", "flat", "nmod:desc") && r.upos(k) == "PROPN" && int(r.lo[k]) <= last+2 && r.isPersonName(k) {
			return k
		}
	}
	return -1
}

// apposed is the name right after the phrase first to last of role h, past
// brackets and a comma, on whichever of its nouns a parser hung it: The president
// of the League, Jamel Msallem; Member of Parliament (MP) Yvette Cooper; the
// group, the Islamic State. -1 for none.
func (r *reader) apposed(h, first, last int) int {
	k := last + 1
	if r.word(k, "(") && r.word(k+2, ")") {
		k += 3
	}
	if r.word(k, ",") {
		k++
	}
	if r.word(k, "the") {
		k++
	}
	for k < r.end && r.d.Head(k) > k && r.d.Head(k) < r.end && r.rel(k, "amod", "compound", "nmod:desc") && r.capital(k) {
		k = r.d.Head(k)
	}
	if n := r.titledName(h, last); n >= 0 {
		return n
	}
	if k >= r.end || k == last+1 && !r.rel(k, "appos") && !(r.speakerNoun(h) && r.isPersonName(k)) || r.upos(k) != "PROPN" || !r.rel(k, "appos", "flat", "nmod", "nmod:desc") || r.d.Child(k, "case") >= 0 {
		return -1
	}
	if up := r.d.Head(k); up < first || up > last {
		return -1
	}
	if r.isPersonName(k) {
		return k
	}
	m := r.mention[k]
	if m < 0 || r.d.Mentions[m].Kind != news.Name || !r.speakerNoun(h) || r.d.Tokens[h].XPOS == "NNS" || r.upos(h) != "NOUN" {
		return -1
	}
	switch r.d.Mentions[m].Type {
	case news.Organization, news.ThreatActor:
		return k
	}
	return -1
}

// titledName is the name of a person that follows role h, whose phrase ends at
// last, after a comma and a title: the study's author, candidate Maninder Thind,
// said. -1 for none.
func (r *reader) titledName(h, last int) int {
	if !r.word(last+1, ",") || !r.speakerNoun(h) || r.d.Tokens[h].XPOS == "NNS" {
		return -1
	}
	for k := last + 2; k < min(last+11, r.end); k++ {
		if m := r.mention[k]; m >= 0 && r.d.Mentions[m].Kind == news.Name && r.d.Mentions[m].Type == news.Person {
			if k == last+2 {
				return -1
			}
			next := r.d.TokenAt(r.d.Mentions[m].End)
			if next < r.end && (r.low[next] == "," || r.upos(next) == "VERB") {
				return k
			}
			return -1
		}
		switch r.upos(k) {
		case "ADJ", "NOUN", "PROPN", "CCONJ":
		default:
			return -1
		}
	}
	return -1
}

// isPersonName reports whether h is a name and no title.
func (r *reader) isPersonName(h int) bool {
	if r.speakerNoun(h) && r.d.Child(h, "flat", "compound") < 0 {
		return false
	}
	if m := r.mention[h]; m >= 0 {
		return r.d.Mentions[m].Kind == news.Name && r.d.Mentions[m].Type == news.Person
	}
	if r.upos(h) != "PROPN" {
		return false
	}
	return !r.takesPrepositions(h)
}

// source describes who the noun h is.
func (r *reader) source(h int) news.Source {
	first, last, name := r.sourceRange(h)
	s := news.Source{Span: r.span(first, last), Entity: -1, Head: h, Kind: news.Unnamed}
	m := r.mention[name]
	if m < 0 {
		m = r.mentionIn(first, last, name)
	}
	if m >= 0 && r.d.Mentions[m].Entity >= 0 {
		s.Entity = r.d.Mentions[m].Entity
		if e := &r.d.Entities[s.Entity]; e.Named && r.crowd(name) && e.Type != news.Person {
			s.Entity = -1 // "the researchers" are not the journal that printed them
		} else if e.Named && !(first == last && r.upos(name) == "NOUN" && r.speakerNoun(name) && r.d.Mentions[m].Kind == news.Name) {
			s.Kind, s.Name = news.Named, r.fuller(e, first, last)
			return s
		} else if e.Named {
			s.Entity = -1 // "Aides" at the head of a sentence are nobody's name
		}
	}
	if e := r.maker(h, last); e >= 0 {
		s.Entity, s.Kind, s.Name = e, news.Named, r.d.Entities[e].Name
		return s
	}
	switch {
	case r.upos(name) == "PRON" && r.referring(name):
		if s.Entity < 0 {
			s.Kind = news.Unresolved
		}
	case r.upos(name) == "PROPN" && !r.speakerRole(name):
		s.Kind, s.Name = news.Named, r.d.Slice(r.span(r.nameStart(first, name), last))
	case r.upos(name) == "NOUN" && r.titled(name-1) && r.titled(name) && name > r.first+1 && r.d.Sentences[r.s].Kind == news.Body:
		s.Kind, s.Name = news.Named, r.d.Slice(r.span(name-1, last)) // Greek Reporter
	}
	return s
}

// maker is the named entity that made document h, whose phrase ends at last: a UN
// report, Tasnim's report, a statement by Norvik, a story in the Post. -1 where h
// is no document or nobody is named.
func (r *reader) maker(h, last int) int {
	in := false
	switch r.lemma(h) {
	case "story", "article", "piece", "editorial", "op-ed", "column", "interview":
		in = true
	case "report", "study", "survey", "statement", "press", "analysis", "filing", "announcement", "presentation", "post", "tweet", "letter",
		"poll", "release", "website", "site", "blog", "paper", "data", "figure", "estimate", "projection", "advisory", "bulletin", "memo",
		"investigation", "review", "assessment", "document", "communique", "research", "briefing", "account":
	default:
		return -1
	}
	for k := range r.d.Children(h) {
		ok := false
		switch {
		case k < h:
			ok = r.rel(k, "compound", "nmod:poss", "amod")
		case k <= last && r.rel(k, "nmod", "obl"):
			c := r.caseOf(k)
			ok = c == "by" || c == "from" || in && (c == "in" || c == "on")
		}
		m := r.mention[k]
		if !ok || m < 0 || r.d.Mentions[m].Kind != news.Name || r.d.Mentions[m].Entity < 0 {
			continue
		}
		e := r.d.Mentions[m].Entity
		switch r.d.Entities[e].Type {
		case news.Organization, news.Person:
			if r.d.Entities[e].Named {
				return e
			}
		}
	}
	return -1
}

// crowd reports whether noun i stands for several people: the researchers.
func (r *reader) crowd(i int) bool {
	return r.d.Tokens[i].XPOS == "NNS" && !strings.HasSuffix(r.low[i], "authorities")
}

// fuller is the entity's name, or the name as it stands in tokens first to last
// where that is longer by words before it: "United States" for "States".
func (r *reader) fuller(e *news.Entity, first, last int) string {
	if e.Known {
		return e.Name
	}
	if r.full == nil {
		r.fullNames()
	}
	if f := r.full[e.IRI]; f != "" {
		return f
	}
	end := last
	for end > first && !r.capital(end) {
		end--
	}
	start := end
	for start > first && r.capital(start-1) && !r.speakerNoun(start-1) {
		start--
	}
	if text := r.d.Slice(r.span(start, end)); len(text) > len(e.Name) && strings.HasSuffix(text, " "+e.Name) {
		return text
	}
	return e.Name
}

// fullNames finds names of which a recogniser left out the beginning: Recep
// Tayyip Erdoğan, where the words hang together in the tree.
func (r *reader) fullNames() {
	r.full = map[string]string{}
	for m := range r.d.Mentions {
		n := &r.d.Mentions[m]
		if n.Kind != news.Name || n.Entity < 0 || r.d.Entities[n.Entity].Known {
			continue
		}
		e := &r.d.Entities[n.Entity]
		first := r.d.TokenAt(n.Start)
		start := first
		for start > 0 && r.d.Tokens[start-1].End+1 >= r.d.Tokens[start].Start && r.capital(start-1) && !r.speakerNoun(start-1) &&
			r.upos(start-1) == "PROPN" && !r.isTime(start-1) && r.sameName(start-1, first) {
			start--
		}
		if start == first || e.Type != news.Person && e.Type != news.Organization {
			continue
		}
		if text := r.d.Text[r.d.Tokens[start].Start:n.End]; strings.HasSuffix(text, " "+e.Name) && len(text) > len(r.full[e.IRI]) {
			r.full[e.IRI] = text
		}
	}
}

// sameName reports whether tokens a and b are tied as parts of one name.
func (r *reader) sameName(a, b int) bool {
	return r.d.Head(a) == b || r.d.Head(b) == a && r.rel(b, "flat") || r.rel(b, "flat") && r.d.Head(a) == r.d.Head(b) ||
		r.rel(a, "compound", "flat") && r.d.Head(a) == b
}

// capital reports whether token i is tagged as part of a name.
func (r *reader) capital(i int) bool {
	return strings.HasPrefix(r.d.Tokens[i].XPOS, "NNP") || r.upos(i) == "PROPN"
}

// titled reports whether token i starts with a capital letter.
func (r *reader) titled(i int) bool {
	if i < r.first || i >= r.end {
		return false
	}
	c := r.d.Form(i)[0]
	return c >= 'A' && c <= 'Z'
}

// referring reports whether pronoun i stands for somebody mentioned elsewhere.
func (r *reader) referring(i int) bool {
	switch r.low[i] {
	case "he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "we", "i", "who":
		return true
	}
	return false
}

// speakerRole reports whether a capitalised noun is a role, no name: "Police".
func (r *reader) speakerRole(i int) bool {
	if r.d.Child(i, "compound", "flat", "nmod") >= 0 {
		return false
	}
	t := speakers()
	return t.nouns[r.low[i]] || t.nouns[r.lemma(i)]
}

// nameStart is where the run of capitalised words that ends a phrase begins.
func (r *reader) nameStart(first, name int) int {
	i := name
	for i > first && r.upos(i-1) == "PROPN" {
		i--
	}
	return i
}

// mentionIn is a name mention within tokens first to last that ends the phrase
// of head, -1 for none.
func (r *reader) mentionIn(first, last, head int) int32 {
	best := int32(-1)
	for i := first; i <= last; i++ {
		m := r.mention[i]
		if m < 0 || r.d.Mentions[m].Kind != news.Name || r.d.Mentions[m].Entity < 0 {
			continue
		}
		if i > head && !r.rel(i, "flat", "appos") {
			continue
		}
		if r.rel(i, "flat", "appos") && r.d.Dominates(head, i) {
			best = m
		}
	}
	return best
}
