package proposition

// referent is the noun of the same sentence that pronoun p most likely stands
// for, -1 where none fits: the nearest subject before it that agrees in number
// and kind. It serves the tuples of single sentences, whose reader has no
// document to look into; a document's references are resolved by their own stage.
func (r *reader) referent(p int) int {
	k := pronounKind(r.lower[p])
	if k == 0 {
		return -1
	}
	for i := p - 1; i >= r.d.Sentences[r.sentence].First; i-- {
		if r.rel(i, "nsubj") && (r.agrees(i, k) || pronounKind(r.lower[i]) == k) {
			return i
		}
	}
	return -1
}

// pronounKind is 'p' for a person, 't' for a thing, 's' for several, 0 for no
// pronoun of the third person.
func pronounKind(s string) byte {
	switch s {
	case "he", "she", "him", "his", "her", "himself", "herself":
		return 'p'
	case "it", "its", "itself":
		return 't'
	case "they", "them", "their", "themselves":
		return 's'
	}
	return 0
}

// agrees reports whether noun i can be what a pronoun of kind k stands for.
func (r *reader) agrees(i int, k byte) bool {
	if r.upos(i) == "PRON" || r.upos(i) == "DET" || r.isTime(&arg{head: i}) {
		return false
	}
	several := r.xpos(i) == "NNS" || r.xpos(i) == "NNPS"
	for c := range r.d.Children(i) {
		several = several || r.rel(c, "conj") && r.isNominal(c)
	}
	switch k {
	case 'p':
		return !several && r.upos(i) == "PROPN"
	case 't':
		return !several
	}
	return several
}
