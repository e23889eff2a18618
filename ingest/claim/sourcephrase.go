package claim

import "hearsay/ingest/news"

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
	for j := h + 1; j < last; j++ {
		if r.word(j, ",") && r.word(j+1, "among", "including") { // leaders, among them the head of the union
			last, name = j-1, h
		}
	}
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
