package entity

import (
	"strings"

	"hearsay/ingest/news"
)

// joinPartial joins family names and first names to the person, and the short
// names of organizations to the long ones.
//
//	Simon Choi … Choi    BAE Systems … BAE    Mohammad bin Salman … Mohammad
func (r *resolver) joinPartial() {
	type entry struct{ at, words int }
	byWord := map[string][]entry{}
	add := func(key string, i, words int) {
		for _, e := range byWord[key] {
			if r.root(e.at) == r.root(i) {
				return
			}
		}
		byWord[key] = append(byWord[key], entry{i, words})
	}
	for i := range r.refs {
		x := &r.refs[i]
		if x.Kind != news.Name || x.first == x.last || x.nested || x.indicator != nil || x.country != "" {
			continue
		}
		words := strings.Fields(bare(r.d.Slice(x.Span)))
		switch {
		case len(words) < 2:
		case x.Type == news.Person:
			add("p "+words[len(words)-1], i, len(words))
			add("p "+words[0], i, len(words))
			if len(words) > 2 {
				add("p "+strings.Join(words[1:], " "), i, len(words))
			}
		case x.Type == news.Location || x.Type == news.Date:
		default:
			add("o "+words[0], i, len(words))
			if len(words) > 2 {
				add("o "+words[0]+" "+words[1], i, len(words))
				if r.t.demonym[r.d.Form(x.first)] != "" {
					add("o "+strings.Join(words[1:], " "), i, len(words)) // the Libyan Red Crescent … the Red Crescent
				}
			}
		}
	}
	for i := range r.refs {
		x := &r.refs[i]
		if x.Kind != news.Name || x.nested || x.indicator != nil || x.country != "" {
			continue
		}
		name := bare(r.d.Slice(x.Span))
		n := len(strings.Fields(name))
		pick := func(es []entry) int {
			best := -1
			for _, e := range es {
				if e.words <= n || r.root(e.at) == r.root(i) || !r.mayBePart(x, &r.refs[e.at]) {
					continue
				}
				// The nearest before it, else the first after it.
				if best < 0 || e.at < i {
					best = e.at
				}
			}
			return best
		}
		if j := pick(byWord["p "+name]); j >= 0 && (x.Type == news.Person || r.decided(x) < 0) && !(n == 1 && r.kin(x)) {
			x.Type, x.animate, x.number = news.Person, true, singular
			if x.gender == noGender || n == 1 {
				x.gender = r.refs[j].gender
			}
			r.join(j, i, "partial-name:"+r.d.Slice(r.refs[j].Span))
		} else if j := pick(byWord["o "+name]); j >= 0 && (x.Type != news.Person || n > 1 && r.decided(x) < 0) && x.Type != news.Location && r.distinctive(x, name) {
			if x.Type == news.Person {
				x.Type = news.Other // Grace Ocean, of Grace Ocean Private Ltd
			}
			r.agree(j, i)
			r.join(j, i, "partial-name:"+r.d.Slice(r.refs[j].Span))
		}
	}
}

// kinship are the nouns of the family.
var kinship = setOf(`father mother son daughter brother sister wife husband widow widower cousin uncle aunt nephew niece
	grandfather grandmother grandson granddaughter fiancé fiancée girlfriend boyfriend twin stepson stepdaughter`)

// kin reports whether a name is given to somebody's relative, who has a first name
// as others do: "his father, Dmitry", "her son Ivan".
func (r *resolver) kin(x *ref) bool {
	h := r.d.Head(x.Head)
	return h >= 0 && h < x.first && news.IsRel(r.d.Tokens[x.Head].Deprel, "appos") && kinship[r.d.Tokens[h].Lemma] ||
		x.first > 0 && kinship[r.d.Tokens[x.first-1].Lemma]
}

// mayBePart reports whether the short name x may stand for the long name y.
func (r *resolver) mayBePart(x, y *ref) bool {
	if a, b := r.decided(x), r.decided(y); a >= 0 && a != b && !(y.Type == news.Person && r.known.Entities[a].Type == news.Location && x.first == x.last && !r.placed(x)) {
		return false
	}
	return !(x.gender != noGender && y.gender != noGender && x.gender != y.gender && titleBefore(r, x))
}

// placed reports whether a preposition of place stands before the name.
func (r *resolver) placed(x *ref) bool {
	if x.first == 0 {
		return false
	}
	switch r.lower(x.first - 1) {
	case "in", "at", "near", "to", "from", "outside", "across", "through", "into":
		return true
	}
	return false
}

func titleBefore(r *resolver, x *ref) bool {
	return x.first > 0 && titleGender[strings.TrimSuffix(r.lower(x.first-1), ".")] != noGender
}

// distinctive reports whether a short name says by itself which organization is
// meant: no common word, place or nationality.
func (r *resolver) distinctive(x *ref, name string) bool {
	text := r.d.Slice(x.Span)
	return len(name) > 1 && r.t.demonym[text] == "" && !r.t.country[text] && r.t.names[text]&placeName == 0 &&
		!(r.t.words[name] && x.first == r.d.Sentences[x.sent].First)
}
