package claim

import (
	"strings"

	"hearsay/ingest/news"
)

// conjuncts are noun h and the nouns coordinated with it.
func (r *reader) conjuncts(h int) []int {
	r.heads = append(r.heads[:0], h)
	for k := range r.d.Children(h) { // the CIA and other agencies, read as one noun
		if k < h && r.rel(k, "cc") && k > r.first && r.word(k+1, "other") && r.upos(k-1) == "PROPN" {
			r.heads = append(r.heads, k-1)
		}
	}
	apart := r.describing(h) || r.oneName(h)
	for k := range r.d.Children(h) {
		if !apart && r.rel(k, "conj") && r.nominal(k) && r.d.Child(k, "nsubj") < 0 && r.d.Child(k, "case") < 0 && !r.sharedName(h, k) && !r.withinPhrase(h, k) && !r.inName(h, k) {
			r.heads = append(r.heads, k)
		}
	}
	return r.heads
}

// oneName reports whether the names coordinated with h make up one name: the
// Institute of Epidemiology, Disease Control and Research (IEDCR); Road Transport
// and Bridges Minister Obaidul Quader.
func (r *reader) oneName(h int) bool {
	_, k := r.wholeName(h)
	return k >= 0
}

// wholeName is the last token of such a name and the head of what names it, -1
// where h is none.
func (r *reader) wholeName(h int) (end, name int) {
	if r.upos(h) != "PROPN" || r.isPersonName(h) {
		return h, -1
	}
	end = h
	for k := range r.d.Children(h) {
		if k > h && r.rel(k, "conj", "appos", "nmod", "flat") {
			end = max(end, int(r.hi[k]))
		}
		if k > h && r.rel(k, "conj") && r.isPersonName(k) && r.word(k-1, "minister", "secretary") && r.upos(k-2) == "PROPN" && k-2 > h ||
			k > h && r.rel(k, "conj") && r.isPersonName(k) && k-2 > h && r.speakerNoun(h) && r.speakerNoun(k-1) && r.rel(k-2, "cc") { // President and CEO Andy Vesey
			return r.phraseEnd(k), k
		}
	}
	if !r.word(end, ")") || !r.word(end-2, "(") {
		return h, -1
	}
	short, initials := r.d.Form(end-1), ""
	for j := int(r.lo[h]); j < end-2; j++ {
		if c := r.d.Form(j)[0]; c >= 'A' && c <= 'Z' {
			initials += string(c)
		}
	}
	if len(short) > 2 && strings.HasSuffix(initials, short) {
		return end, h
	}
	return h, -1
}

// describing reports whether the nouns coordinated with name h describe it, set
// off by commas: Maya Cummings, his wife and the chair of the party, said.
func (r *reader) describing(h int) bool {
	if !r.isPersonName(h) {
		return false
	}
	n, end := 0, h
	for k := range r.d.Children(h) {
		if !r.rel(k, "conj") || k < h {
			continue
		}
		if r.upos(k) != "NOUN" || r.d.Child(k, "det", "nmod:poss") < 0 || n == 0 && (!r.word(int(r.lo[k])-1, ",") && !r.punct(int(r.lo[k])) || r.d.Child(k, "cc") >= 0) {
			return false
		}
		n, end = n+1, int(r.hi[k])
	}
	return n > 1 && r.word(end+1, ",")
}

// sharedName reports whether two roles belong to one name: President and CEO
// Andy Vesey; co-author and geochemist Seth John.
func (r *reader) sharedName(h, k int) bool {
	return k > h && k-h <= 5 && !r.isPersonName(h) && r.nameAt(k) >= 0 && r.d.Child(k, "det", "nmod:poss") < 0 &&
		r.d.Child(h, "acl", "nmod", "det") < 0 && r.d.Child(h, "flat") < 0 && r.lo[k] <= int32(h)+2
}

// inName reports whether one name holds h and k: the Food and Drug Administration.
func (r *reader) inName(h, k int) bool {
	for _, i := range [...]int{h, k} {
		if m := r.mention[i]; m >= 0 && r.d.Mentions[m].Kind == news.Name && r.d.Mentions[m].Contains(r.span(h, k)) {
			return true
		}
	}
	return false
}

// nameAt is the name that noun k is or that follows it at once, -1 for none.
func (r *reader) nameAt(k int) int {
	if r.isPersonName(k) {
		return k
	}
	if k+1 < r.end && r.upos(k) == "NOUN" && r.upos(k+1) == "PROPN" && !r.isTime(k+1) {
		return k + 1
	}
	return -1
}

// withinPhrase reports whether conjunct k of h belongs to something between
// them: Dr Klaire, the author and a specialist; the Department of Forestry and
// Fire Protection.
func (r *reader) withinPhrase(h, k int) bool {
	if a := r.d.Child(h, "appos"); a > h && a < k && !r.comma(a, k) {
		return true
	}
	n := r.d.Child(h, "nmod")
	if n > h && n < k && r.isPersonName(h) && !r.isPersonName(k) && r.d.Child(k, "det") < 0 && !r.comma(n, k) {
		return true // Carl Hensman of the Bill and Melinda Gates Foundation
	}
	return n > h && n < k && r.upos(h) == "PROPN" && r.upos(n) == "PROPN" && r.upos(k) == "PROPN" &&
		r.d.Child(k, "det") < 0 && !r.comma(h, k) && !r.isPersonName(h)
}
