package proposition

import "hearsay/ingest/news"

// antecedent is the noun that relative pronoun p of the clause of v stands for,
// -1 where p is no relative pronoun.
func (r *reader) antecedent(p, v int) int {
	if !r.isRelative(p) {
		return -1
	}
	for range maxPath {
		h := r.d.Head(v)
		if h < 0 {
			return -1
		}
		if r.rel(v, "acl:relcl") {
			if r.lower[p] == "who" {
				return r.person(h)
			}
			return h
		}
		if !r.rel(v, "conj", "xcomp", "ccomp", "advcl") {
			return -1
		}
		v = h
	}
	return -1
}

// person is the noun that "who" stands for where the clause hangs on noun h: h
// itself, or what h belongs to where h is known to be no person.
//
//	Choi, a director at Hauri who advises -> Choi
func (r *reader) person(h int) int {
	k := r.mention[h]
	if k == 0 {
		return r.named(h)
	}
	switch r.d.Mentions[k-1].Type {
	case news.Organization, news.Location, news.Malware, news.Product, news.Event:
	default:
		return r.named(h)
	}
	for i, n := h, 0; n < maxPath && r.rel(i, "nmod", "compound", "appos"); n++ {
		i = r.d.Head(i)
		if k := r.mention[i]; k > 0 && r.d.Mentions[k-1].Type == news.Person {
			return r.named(i)
		}
	}
	return h
}

// named is the name that noun h stands in apposition to, h itself where there is
// none.
func (r *reader) named(h int) int {
	if g := r.d.Head(h); r.rel(h, "appos") && r.upos(g) == "PROPN" && r.upos(h) == "NOUN" {
		return g
	}
	return h
}

// isRelative reports whether token i is who, which, that, whom or whose.
func (r *reader) isRelative(i int) bool {
	switch r.lower[i] {
	case "who", "which", "that", "whom":
		if r.upos(i) != "PRON" && r.upos(i) != "DET" {
			return false
		}
		return r.d.Tokens[i].Feat("PronType") != "Dem" && r.xpos(i) != "DT"
	}
	return false
}

// isFinite reports whether the clause of v has a subject place of its own: a
// finite verb form, an auxiliary or a copula that is finite.
func (r *reader) isFinite(v int) bool {
	if finite(r.xpos(v)) {
		return true
	}
	for c := range r.d.Children(v) {
		if r.rel(c, "aux", "cop") && finite(r.xpos(c)) {
			return true
		}
	}
	return false
}

func finite(xpos string) bool {
	switch xpos {
	case "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
}
