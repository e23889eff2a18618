package entity

import (
	"strings"
	"unicode"

	"hearsay/ingest/news"
)

// pronoun is what its form says.
type pronoun struct {
	person  uint8 // 1, 2 or 3
	number  plurality
	gender  gender
	animate bool
	reflex  bool
}

var pronouns = map[string]pronoun{
	"i": {1, singular, noGender, true, false}, "me": {1, singular, noGender, true, false}, "my": {1, singular, noGender, true, false},
	"mine": {1, singular, noGender, true, false}, "myself": {1, singular, noGender, true, true},
	"we": {1, plural, noGender, false, false}, "us": {1, plural, noGender, false, false}, "our": {1, plural, noGender, false, false},
	"ours": {1, plural, noGender, false, false}, "ourselves": {1, plural, noGender, false, true},
	"you": {2, noNumber, noGender, true, false}, "your": {2, noNumber, noGender, true, false},
	"yours": {2, noNumber, noGender, true, false}, "yourself": {2, singular, noGender, true, true},
	"he": {3, singular, male, true, false}, "him": {3, singular, male, true, false}, "his": {3, singular, male, true, false},
	"himself": {3, singular, male, true, true},
	"she":     {3, singular, female, true, false}, "her": {3, singular, female, true, false}, "hers": {3, singular, female, true, false},
	"herself": {3, singular, female, true, true},
	"it":      {3, singular, neuter, false, false}, "its": {3, singular, neuter, false, false}, "itself": {3, singular, neuter, false, true},
	"they": {3, plural, noGender, false, false}, "them": {3, plural, noGender, false, false}, "their": {3, plural, noGender, false, false},
	"theirs": {3, plural, noGender, false, false}, "themselves": {3, plural, noGender, false, true}, "'em": {3, plural, noGender, false, false},
}

// findPhrases adds mentions for pronouns and for descriptions headed by nouns.
func (r *resolver) findPhrases() {
	for i := range r.d.Tokens {
		t := &r.d.Tokens[i]
		if r.taken(i) {
			continue
		}
		switch t.UPOS {
		case "PRON", "DET":
			if p, ok := pronouns[r.lower(i)]; ok && !r.expletive(i) {
				r.add(i, i, ref{
					Mention: news.Mention{Kind: news.Pronoun, Head: i, Type: typeOfPronoun(p)},
					gender:  p.gender, number: p.number, animate: p.animate,
				})
			}
		case "NOUN", "PROPN", "ADJ", "NUM":
			r.nominal(i)
		}
	}
}

func typeOfPronoun(p pronoun) news.EntityType {
	if p.animate {
		return news.Person
	}
	return news.Other
}

// nominal adds the phrase that noun i heads, unless it is part of a name or a
// modifier.
func (r *resolver) nominal(i int) {
	t := &r.d.Tokens[i]
	for _, rel := range [...]string{"compound", "flat", "fixed", "goeswith", "amod", "nummod", "advmod", "case", "discourse"} {
		if news.IsRel(t.Deprel, rel) {
			return
		}
	}
	if r.namedHead(i) {
		return
	}
	if t.UPOS == "ADJ" || t.UPOS == "NUM" {
		if r.d.Child(i, "det") < 0 || !unicode.IsUpper(firstRune(r.d.Form(i))) {
			return
		}
	}
	first, last := r.extent(i, 0)
	class := r.t.nouns[strings.ToLower(t.Lemma)]
	x := ref{Mention: news.Mention{Kind: news.Nominal, Head: i, Type: typeOfClass(class)}, number: singular}
	x.animate = class == personNoun
	if t.UPOS == "PROPN" && class != personNoun && class != groupNoun {
		x.Type = news.Other
	}
	if t.Feat("Number") == "Plur" || t.XPOS == "NNS" || t.XPOS == "NNPS" {
		x.number = plural
	}
	x.gender = nounGender[strings.ToLower(t.Lemma)]
	if x.gender == noGender && !x.animate && x.number == singular {
		x.gender = neuter
	}
	r.add(first, last, x)
}

// namedHead reports whether a person's name has token i as its head, as
// "President" is that of "President Hassan Rouhani".
func (r *resolver) namedHead(i int) bool {
	for k := range r.d.Children(i) {
		if news.IsRel(r.d.Tokens[k].Deprel, "flat") && r.taken(k) && r.refs[r.cover[k]-1].Head == i {
			return true
		}
	}
	return false
}

// extent is the phrase around head i: its modifiers and its phrases of "of" and
// the like, without relative clause, apposition and conjuncts.
func (r *resolver) extent(i, depth int) (first, last int) {
	first, last = i, i
	if depth > 20 {
		return i, i
	}
	s := &r.d.Sentences[min(r.d.SentenceAt(r.d.Tokens[i].Start), len(r.d.Sentences)-1)]
	for k := range r.d.Children(i) {
		rel := r.d.Tokens[k].Deprel
		if k < i {
			switch {
			case news.IsRel(rel, "case"), news.IsRel(rel, "cc"), news.IsRel(rel, "mark"), news.IsRel(rel, "punct"), news.IsRel(rel, "cop"),
				news.IsRel(rel, "nsubj"), news.IsRel(rel, "advcl"), news.IsRel(rel, "aux"), news.IsRel(rel, "parataxis"), rel == "cc:preconj",
				news.IsRel(rel, "advmod") && first == i && r.d.Child(i, "nsubj") >= 0, news.IsRel(rel, "expl"), news.IsRel(rel, "obl"),
				news.IsRel(rel, "discourse"), news.IsRel(rel, "csubj"), news.IsRel(rel, "dep"):
				continue
			}
			a, _ := r.extent(k, depth+1)
			first = min(first, a)
			continue
		}
		switch {
		case news.IsRel(rel, "nmod"), news.IsRel(rel, "compound"), news.IsRel(rel, "flat"), news.IsRel(rel, "fixed"),
			news.IsRel(rel, "nummod"), news.IsRel(rel, "amod") && k == last+1, news.IsRel(rel, "goeswith"):
			if r.d.Tokens[k-1].UPOS == "PUNCT" && r.d.Form(k-1) != "-" {
				continue
			}
			_, b := r.extent(k, depth+1)
			last = max(last, b)
		case news.IsRel(rel, "case") && depth > 0 && k == last+1:
			last = k
		}
	}
	first, last = max(first, s.First), min(last, s.End-1)
	return min(first, i), max(last, i)
}

// weather and the like: "it" that stands for nothing.
//
//	it is clear that …  it seems …  it was too early to tell  it rained
func (r *resolver) expletive(i int) bool {
	if r.lower(i) != "it" {
		return false
	}
	t := &r.d.Tokens[i]
	if news.IsRel(t.Deprel, "expl") {
		return true
	}
	h := r.d.Head(i)
	if h < 0 || !news.IsRel(t.Deprel, "nsubj") {
		return false
	}
	if r.d.Child(h, "csubj") >= 0 {
		return true
	}
	switch r.d.Tokens[h].Lemma {
	case "seem", "appear", "rain", "snow", "happen", "turn":
		return r.d.Child(h, "ccomp", "xcomp") >= 0 || r.d.Tokens[h].Lemma == "rain"
	}
	if r.d.Tokens[h].UPOS == "ADJ" && r.d.Child(h, "cop") >= 0 {
		return r.d.Child(h, "ccomp", "advcl", "xcomp") > h && r.d.Child(h, "conj") < 0
	}
	return false
}
