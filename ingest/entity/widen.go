package entity

import (
	"slices"
	"strings"
	"unicode"

	"hearsay/ingest/news"
)

// widen completes a name that the recogniser cut short.
//
//	Jing-[Shan Zhao]                                 Jing-Shan Zhao
//	[Muqtada] al-Sadr                                Muqtada al-Sadr
//	[Cheong Seong]-chang                             Cheong Seong-chang
//	[Department of Forestry] and Fire Protection     the whole department
//
// and takes off a common noun before it.
func (r *resolver) widen(c *candidate, s news.Sentence) {
	for c.last > c.first && !strings.ContainsFunc(r.d.Form(c.last), wordRune) {
		c.last-- // "Jamal [..."
	}
	for c.first < c.last && shapeOf(r.d.Form(c.first)) == lower && (r.t.nouns[r.lower(c.first)] != noClass || epithets[r.lower(c.first)] != "" || strings.HasSuffix(r.lower(c.first), "maker")) {
		c.first++ // the drugmaker [Pfizer]
	}
	for c.first-2 >= s.First && r.hyphenated(c.first-2) && r.ofName(c.first-2) {
		c.first -= 2
	}
	for c.first > s.First && r.leads(c.first-1, c) {
		c.first--
	}
	for c.last+2 < s.End && r.hyphenated(c.last) && r.ofName(c.last+2) {
		c.last += 2
	}
	for c.typ == news.Person && c.last+1 < s.End && r.capital(c.last+1) && news.IsRel(r.d.Tokens[c.last+1].Deprel, "flat") &&
		r.d.Head(c.last+1) >= c.first && r.d.Head(c.last+1) <= c.last && r.t.demonym[r.d.Form(c.last+1)] == "" {
		c.last++ // [Regina] Ip
	}
	if c.typ == news.Person && c.last > c.first && r.givenName(c.last, s.End) {
		c.last += 2
	}
	if k := c.last + 3; c.typ == news.Person && k < s.End && particles[r.lower(c.last+1)] && r.d.Form(c.last+2) == "-" && r.capital(k) {
		c.last = k
	}
	r.headed(c, s)
	r.owned(c, s)
	if c.typ != news.Organization || c.last+2 >= s.End || r.lower(c.last+1) != "and" || !r.capital(c.last+2) {
		return
	}
	of, body := false, false
	for i := c.first; i <= c.last; i++ {
		of = of || r.lower(i) == "of"
		body = body || orgHeads[r.lower(i)]
	}
	k, joined := c.last+1, false
	for k+1 < s.End && r.capital(k+1) && r.d.Tokens[k+1].UPOS == "PROPN" {
		k++
		// The second part must hang on what follows "of", not on the body itself.
		h := r.d.Head(k)
		joined = joined || h > c.first && h <= c.last && h != r.headOf(c.first, c.last)
	}
	if of && body && joined {
		c.last = k
	}
}

// givenName reports whether the capitalised word at i and a hyphen begin a given
// name that goes on in lower case, as Korean and Chinese ones do. A word of the
// language before a noun is another compound: "the Donald Trump-led effort".
func (r *resolver) givenName(i, end int) bool {
	t := r.d.Tokens
	if i+2 >= end || r.d.Form(i+1) != "-" || t[i].End != t[i+1].Start || t[i+1].End != t[i+2].Start || !r.capital(i) {
		return false
	}
	second := r.d.Form(i + 2)
	if len(second) > 6 || strings.ContainsFunc(second, func(c rune) bool { return !unicode.IsLower(c) }) {
		return false
	}
	if !r.t.words[second] {
		return true
	}
	switch u := t[i+2].UPOS; {
	case u == "VERB", u == "ADJ":
		return false
	case i+3 >= end:
		return true
	}
	switch t[i+3].UPOS {
	case "NOUN", "PROPN", "ADJ", "NUM":
		return t[i+3].End == t[i+2].End
	}
	return r.d.Form(i+3) != "-"
}

func wordRune(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || c == '!' || c == ')' }

// ofName reports whether the word at i is a proper noun, or at least no word of
// the language: "Okvist" of Okvist-Marr.
func (r *resolver) ofName(i int) bool {
	return r.d.Tokens[i].UPOS == "PROPN" || !r.t.words[r.lower(i)] && r.t.demonym[r.d.Form(i)] == ""
}

// headed completes a name that "of" ties to a capitalised body before it.
//
//	Office of the [Director of National Intelligence]
//	Supreme Court of the [United Kingdom]
func (r *resolver) headed(c *candidate, s news.Sentence) {
	if c.typ != news.Organization && c.typ != news.Location && c.typ != news.Person {
		return
	}
	k := c.first - 1
	if k > s.First && r.lower(k) == "the" {
		k--
	}
	if k <= s.First || r.lower(k) != "of" || !r.capital(k-1) || r.opens(k-1) && r.t.words[r.lower(k-1)] {
		return
	}
	k--
	if !stateBodies[r.lower(k)] {
		return
	}
	for k > s.First && r.capital(k-1) && r.d.Tokens[k-1].UPOS != "PUNCT" && !(r.opens(k-1) && r.t.words[r.lower(k-1)]) && r.t.demonym[r.d.Form(k-1)] == "" && !titles[r.lower(k-1)] {
		k--
	}
	c.first, c.typ = k, news.Organization
}

// owned completes the name of a body that has a possessive in it, or an "and"
// before what was found.
//
//	the [Alachua Sheriff]'s Office       the Search and [Rescue Agency]
func (r *resolver) owned(c *candidate, s news.Sentence) {
	if k := c.last + 2; k < s.End && c.typ != news.Location && (r.lower(k-1) == "'s" || r.lower(k-1) == "’s") && r.capital(k) && orgHeads[r.lower(k)] &&
		(titles[r.lower(c.last)] || c.typ == news.Organization) && r.lower(max(s.First, c.first-1)) == "the" {
		c.last, c.typ = k, news.Organization
	}
	// The Sudanese [Doctors' Union]: whose body it is comes before a mark.
	if k := c.first - 2; c.typ == news.Organization && k > s.First && (r.lower(k+1) == "'" || r.lower(k+1) == "’") && orgHeads[r.lower(c.last)] && r.capital(k) && strings.HasSuffix(r.lower(k), "s") {
		for c.first = k; c.first-1 > s.First && r.capital(c.first-1) && r.lower(c.first-1) != "the"; {
			c.first--
		}
	}
	k := c.first - 2
	if c.typ == news.Organization && k > s.First && r.lower(k+1) == "and" && r.capital(k) && r.lower(k-1) == "the" && r.t.words[r.lower(k)] && orgHeads[r.lower(c.last)] {
		c.first = k
	}
}

// stateBodies head names that go on with whose they are.
var stateBodies = setOf("office court parliament ministry department bank university council bureau")

// particles join the parts of an Arabic name.
var particles = setOf("al el as ash an ar az ad at")

// leads reports whether the capitalised word i before a name belongs to it: a first
// name ("Recep" of Tayyip Erdoğan), or a modifier of a body's name ("Combined" of
// Joint Task Force); no title, nationality, country or common noun.
func (r *resolver) leads(i int, c *candidate) bool {
	t := &r.d.Tokens[i]
	w := r.lower(i)
	if !r.capital(i) || titles[strings.TrimSuffix(w, ".")] || r.t.demonym[r.d.Form(i)] != "" || r.t.country[r.d.Form(i)] || ranks[w] ||
		r.opens(i) && r.t.words[w] || r.d.Form(i) == "US" || r.d.Form(i) == "U.S." || r.d.Form(i) == "UK" || r.d.Form(i) == "The" {
		return false
	}
	inside := func(k int) bool { return k >= c.first && k <= c.last }
	h := r.d.Head(i)
	switch c.typ {
	case news.Person:
		if t.UPOS != "PROPN" || r.t.nouns[w] == personNoun && r.t.words[w] || shapeOf(r.d.Form(i)) == capitals {
			return false
		}
		over := news.IsRel(r.d.Tokens[c.first].Deprel, "flat") && r.d.Head(c.first) == i
		return over || news.IsRel(t.Deprel, "flat") && inside(h)
	case news.Organization, news.Event, news.Work:
		if t.UPOS != "PROPN" && t.UPOS != "ADJ" && t.UPOS != "VERB" || r.t.nouns[w] == personNoun {
			return false
		}
		return inside(h) && (news.IsRel(t.Deprel, "compound") || news.IsRel(t.Deprel, "flat") || news.IsRel(t.Deprel, "amod"))
	}
	return false
}

// hyphenated reports whether capitalised tokens i and i+2 are joined by a hyphen
// without spaces.
func (r *resolver) hyphenated(i int) bool {
	t := r.d.Tokens
	return i+2 < len(t) && r.d.Form(i+1) == "-" && t[i].End == t[i+1].Start && t[i+1].End == t[i+2].Start &&
		r.capital(i) && r.capital(i+2)
}

func (r *resolver) capital(i int) bool { return unicode.IsUpper(firstRune(r.d.Form(i))) }

// defined finds names whose acronym follows in brackets, by its letters (after
// Schwartz and Hearst 2003).
//
//	Pacific Gas and Electric (PG&E)
//	the Joint Investigation Team (JIT)
func (r *resolver) defined(learned []candidate) []candidate {
	var out []candidate
	for s := range r.d.Sentences {
		sent := &r.d.Sentences[s]
		for i := sent.First + 2; i+2 < sent.End; i++ {
			acronym := r.d.Form(i + 1)
			if r.d.Form(i) != "(" || r.d.Form(i+2) != ")" || shapeOf(acronym) != capitals || len(acronym) > 10 {
				continue
			}
			if first := r.spelt(acronym, sent.First, i-1); first >= 0 {
				typ := r.typeOfDefined(first, i-1, learned)
				out = append(out,
					candidate{first: first, last: i - 1, typ: typ, rank: 3, rule: "defined"},
					candidate{first: i + 1, last: i + 1, typ: typ, rank: 3, rule: "defined"})
			}
		}
	}
	return append(out, r.spelled(learned)...)
}

// spelled finds names of bodies whose acronym stands anywhere in the document: the
// Rapid Support Forces of the RSF. Two letters are too few.
func (r *resolver) spelled(learned []candidate) []candidate {
	acronyms := map[rune][]string{} // by their last letter
	for _, c := range learned {
		form := r.d.Form(c.first)
		if n := len(form); c.first != c.last || c.typ != news.Organization || n < 3 || n > 6 || shapeOf(form) != capitals || strings.ContainsFunc(form, func(c rune) bool { return !unicode.IsUpper(c) }) {
			continue
		}
		if last := rune(form[len(form)-1]); !slices.Contains(acronyms[last], form) {
			acronyms[last] = append(acronyms[last], form)
		}
	}
	if len(acronyms) == 0 {
		return nil
	}
	var out []candidate
	for s := range r.d.Sentences {
		sent := &r.d.Sentences[s]
		if !r.running(sent) {
			continue
		}
		for i := sent.First; i < sent.End; i++ {
			if !r.capital(i) || i+1 < sent.End && r.capital(i+1) || shapeOf(r.d.Form(i)) == capitals {
				continue
			}
			for _, acronym := range acronyms[firstRune(r.d.Form(i))] {
				first := r.spelt(acronym, sent.First, i)
				if first >= 0 && first < i-1 && r.typeOfDefined(first, i, learned) == news.Organization {
					out = append(out, candidate{first: first, last: i, typ: news.Organization, rank: 3, rule: "defined"})
				}
			}
		}
	}
	return out
}

// typeOfDefined is that of the recognised name within, organization where a word
// is a body's, else other.
func (r *resolver) typeOfDefined(first, last int, learned []candidate) news.EntityType {
	for _, c := range learned {
		if c.first >= first && c.last <= last {
			return c.typ
		}
	}
	for i := first; i <= last; i++ {
		if orgHeads[r.lower(i)] && r.lower(i) != "system" && r.lower(i) != "systems" && r.lower(i) != "services" {
			return news.Organization
		}
	}
	return news.Other
}

// spelt is the first of the words up to last whose initials the acronym is, -1
// for none. Small words may be left out; "and" may be "&".
func (r *resolver) spelt(acronym string, from, last int) int {
	letters := []rune(strings.ReplaceAll(acronym, ".", ""))
	k := len(letters) - 1
	for i := last; i >= from && i > last-2*len(letters)-2; i-- {
		c := firstRune(r.d.Form(i))
		switch {
		case k >= 0 && unicode.IsUpper(c) && c == letters[k]:
			k--
		case k >= 0 && letters[k] == '&' && (r.lower(i) == "and" || c == '&'):
			k--
		case k >= 0 && unicode.IsLower(c) && unicode.ToUpper(c) == letters[k] && i != last:
			k--
		case unicode.IsLower(c) || c == '-' || c == '&':
		default:
			return -1
		}
		if k < 0 {
			if !unicode.IsUpper(c) || i == last {
				return -1
			}
			return i
		}
	}
	return -1
}
