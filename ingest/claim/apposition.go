package claim

import "hearsay/ingest/news"

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
