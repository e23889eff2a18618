package entity

import (
	"strings"
	"unicode"

	"hearsay/ingest/news"
)

// demonyms adds a mention of the country for each adjective of nationality.
//
//	Chinese state media -> China, rule demonym:Chinese
func (r *resolver) demonyms() {
	for i := range r.d.Tokens {
		t := &r.d.Tokens[i]
		if t.UPOS != "ADJ" && t.UPOS != "PROPN" || i > 0 && r.cover[i] != 0 && r.refs[r.cover[i]-1].last == i {
			continue
		}
		first := i
		country, ok := r.t.demonym[r.d.Form(i)]
		if i > 0 && r.d.Tokens[i-1].End+1 >= t.Start {
			if c, two := r.t.demonym[r.d.Form(i-1)+" "+r.d.Form(i)]; two {
				country, ok, first = c, true, i-1
			}
		}
		if !ok || strings.HasSuffix(r.d.Form(i), "s") && t.UPOS != "ADJ" && !r.wholePeople(i) || i+1 < len(r.d.Tokens) && r.t.demonym[r.d.Form(i)+" "+r.d.Form(i+1)] != "" {
			continue
		}
		known := r.countryAlias(country)
		x := ref{Mention: news.Mention{Kind: news.Nominal, Type: news.Location, Rule: "demonym:" + r.d.Slice(r.d.SpanOf(first, i)), Value: ""}, known: known, nested: true}
		x.Head = i
		p := r.add(first, i, x)
		p.country = country
	}
}

// sided adds a mention of the country in words such as "pro-Beijing" and
// "anti-American".
func (r *resolver) sided() {
	for i := range r.d.Tokens {
		t := &r.d.Tokens[i]
		form := r.d.Form(i)
		side, rest, ok := strings.Cut(form, "-")
		if !ok || !strings.EqualFold(side, "pro") && !strings.EqualFold(side, "anti") || r.taken(i) {
			continue
		}
		country, rule := r.t.demonym[rest], "demonym:"+rest
		if c := r.t.capital[rest]; c != "" {
			country, rule = c, "metonym:capital"
		} else if r.t.country[rest] {
			country, rule = rest, "known:"+rest
		}
		if country == "" {
			continue
		}
		x := ref{Mention: news.Mention{Kind: news.Nominal, Type: news.Location, Rule: rule}, known: r.countryAlias(country), nested: true}
		x.Span, x.Head = news.Span{Start: t.End - len(rest), End: t.End}, i
		r.add(i, i, x).country = country
	}
}

// countryAlias is the everyday name of a known country as a list of one alias.
func (r *resolver) countryAlias(country string) []int32 {
	var known []int32
	for _, e := range r.known.Named(country) {
		if e.Name == country && e.Type == news.Location {
			known = r.known.main(e.IRI)
		}
	}
	return known
}

// wholePeople reports whether "the Russians" at i stand for their country: without
// number or description, doing what a government does.
func (r *resolver) wholePeople(i int) bool {
	k := r.d.Child(i, "det")
	if k < 0 || r.lower(k) != "the" || k != i-1 {
		return false
	}
	for c := range r.d.Children(i) {
		if c != k && c != r.d.Child(i, "case") {
			return false
		}
	}
	return true
}

// unknownDemonyms reads an adjective made from a place that the document names as
// that place, where nothing is known of either.
//
//	the state of Drovia … the Drovian embassy    Drovia, demonym:Drovian
func (r *resolver) unknownDemonyms() {
	places := map[string]int{}
	for i := range r.refs {
		x := &r.refs[i]
		if name := r.d.Slice(x.Span); x.Kind == news.Name && r.maybePlace(x) && len(name) > 4 {
			if _, ok := places[name]; !ok {
				places[name] = i
			}
		}
	}
	if len(places) == 0 {
		return
	}
	found := map[string]bool{}
	for i := range r.d.Tokens {
		form := r.d.Form(i)
		if r.taken(i) && r.refs[r.cover[i]-1].last == i || len(form) < 6 || !unicode.IsUpper(firstRune(form)) || r.t.demonym[form] != "" || r.t.words[r.lower(i)] {
			continue
		}
		j, ok := placeOfAdjective(form, places)
		if !ok {
			continue
		}
		x := ref{Mention: news.Mention{Kind: news.Nominal, Type: news.Location, Rule: "demonym:" + form}, nested: true}
		x.Head = i
		p := r.add(i, i, x)
		p.country = r.d.Slice(r.refs[j].Span)
		found[p.country] = true
	}
	if len(found) == 0 {
		return
	}
	for k := range r.refs {
		if y := &r.refs[k]; y.Kind == news.Name && found[r.d.Slice(y.Span)] && r.maybePlace(y) {
			y.Type, y.animate = news.Location, false
		}
	}
}

// maybePlace reports whether a name of one word is a place's, or may be: of
// somebody or something unknown.
func (r *resolver) maybePlace(x *ref) bool {
	return x.first == x.last && x.indicator == nil && (x.Type == news.Location || len(x.known) == 0 &&
		(x.Type == news.Person || x.Type == news.Other) && r.t.names[r.d.Slice(x.Span)]&(maleName|femaleName|familyName) == 0)
}

// placeOfAdjective is the place that an adjective in -an, -ian or -ese is made of.
func placeOfAdjective(form string, places map[string]int) (int, bool) {
	for _, cut := range [...][2]string{{"n", ""}, {"ian", "ia"}, {"ian", ""}, {"ian", "y"}, {"an", "a"}, {"an", ""}, {"ese", ""}, {"ese", "a"}, {"i", ""}} {
		if stem, ok := strings.CutSuffix(form, cut[0]); ok {
			if j, ok := places[stem+cut[1]]; ok {
				return j, true
			}
		}
	}
	return 0, false
}

// main is the everyday name of an entity as a list of one alias.
func (k *Known) main(iri string) []int32 {
	i, ok := k.byIRI[iri]
	if !ok {
		return nil
	}
	hashes := hashName(k.Entities[i].Name)
	if len(hashes) == 0 {
		return nil
	}
	for at, ok := k.prefix[hashes[len(hashes)-1]]; ok && at >= 0; at = k.names[at].next {
		if k.names[at].entity == i && k.names[at].main {
			return []int32{at}
		}
	}
	return nil
}
