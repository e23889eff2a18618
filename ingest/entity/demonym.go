package entity

import (
	"strings"

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
		if !ok || strings.HasSuffix(r.d.Form(i), "s") && t.UPOS != "ADJ" || i+1 < len(r.d.Tokens) && r.t.demonym[r.d.Form(i)+" "+r.d.Form(i+1)] != "" {
			continue
		}
		var known []int32
		for _, e := range r.known.Named(country) {
			if e.Name == country && e.Type == news.Location {
				known = r.known.main(e.IRI)
			}
		}
		x := ref{Mention: news.Mention{Kind: news.Nominal, Type: news.Location, Rule: "demonym:" + r.d.Slice(r.d.SpanOf(first, i)), Value: ""}, known: known, nested: true}
		x.Head = i
		p := r.add(first, i, x)
		p.country = country
	}
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
