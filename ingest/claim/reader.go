package claim

import (
	"strings"

	"hearsay/ingest/news"
)

// found is a claim with the tokens that it was read from.
type found struct {
	news.Claim
	cue     int // head token of the cue
	content int // head token of the content, -1 where there is none
	quoted  int // index of the quotation that ends the content, -1 for none
}

// reader holds one document while its claims are read.
type reader struct {
	d   *news.Document
	lex *Lexicon

	low     []string     // lower-case forms by token
	lo, hi  []int32      // range of each token's subtree
	mention []int32      // mention whose head a token is, -1 for none
	inQuote []int32      // outermost quotation that a token stands in, -1 for none
	taken   []bool       // quotations that belong to a claim
	spent   map[int]bool // cues that tell their source's own stance within its words

	s, first, end int // the sentence at hand and its tokens

	claims []found
	full   map[string]string // fuller names by entity IRI, see fullNames
	byCue  map[int][]int     // claims by the sentence of their cue, see indexClaims
	heads  []int             // scratch of sources
}

func newReader(d *news.Document, lex *Lexicon) *reader {
	d.IndexTrees()
	n := len(d.Tokens)
	ints := make([]int32, 4*n)
	r := &reader{d: d, lex: lex, low: make([]string, n),
		lo: ints[:n:n], hi: ints[n : 2*n : 2*n], mention: ints[2*n : 3*n : 3*n], inQuote: ints[3*n:],
		taken: make([]bool, len(d.Quotes)), spent: map[int]bool{}}
	for i := range d.Tokens {
		r.low[i] = strings.ToLower(d.Form(i))
		r.lo[i], r.hi[i] = int32(i), int32(i)
		r.mention[i], r.inQuote[i] = -1, -1
	}
	for i := range d.Tokens {
		for h := d.Head(i); h >= 0 && (r.lo[h] > int32(i) || r.hi[h] < int32(i)); h = d.Head(h) {
			r.lo[h], r.hi[h] = min(r.lo[h], int32(i)), max(r.hi[h], int32(i))
		}
	}
	for m := range d.Mentions {
		if h := d.Mentions[m].Head; h >= 0 && h < n {
			if k := r.mention[h]; k < 0 || d.Mentions[m].Len() > d.Mentions[k].Len() {
				r.mention[h] = int32(m)
			}
		}
	}
	for m := range d.Mentions { // a name covers all its words
		if d.Mentions[m].Kind != news.Name {
			continue
		}
		for i := d.TokenAt(d.Mentions[m].Start); i < n && d.Tokens[i].End <= d.Mentions[m].End; i++ {
			if r.mention[i] < 0 {
				r.mention[i] = int32(m)
			}
		}
	}
	last := 0
	for q := range d.Quotes {
		if d.Quotes[q].Start < last {
			continue // nested
		}
		last = d.Quotes[q].End
		for i := d.TokenAt(d.Quotes[q].Inner.Start); i < n && d.Tokens[i].End <= d.Quotes[q].Inner.End; i++ {
			r.inQuote[i] = int32(q)
		}
	}
	return r
}

// indexClaims lists the claims by the sentence of their cue.
func (r *reader) indexClaims() {
	r.byCue = make(map[int][]int, len(r.claims))
	for k := range r.claims {
		s := r.d.SentenceAt(r.claims[k].Cue.Start)
		r.byCue[s] = append(r.byCue[s], k)
	}
}

// enter makes s the sentence at hand.
func (r *reader) enter(s int) {
	r.s, r.first, r.end = s, r.d.Sentences[s].First, r.d.Sentences[s].End
}

// lemma is token i's lemma in lower case.
func (r *reader) lemma(i int) string { return strings.ToLower(r.d.Tokens[i].Lemma) }

func (r *reader) upos(i int) string { return r.d.Tokens[i].UPOS }

// rel reports whether token i has one of the relations, subtypes included.
func (r *reader) rel(i int, rels ...string) bool {
	for _, rel := range rels {
		if news.IsRel(r.d.Tokens[i].Deprel, rel) {
			return true
		}
	}
	return false
}

// word reports whether token i exists in the sentence at hand and is one of the words.
func (r *reader) word(i int, words ...string) bool {
	if i < r.first || i >= r.end {
		return false
	}
	for _, w := range words {
		if r.low[i] == w {
			return true
		}
	}
	return false
}

func (r *reader) punct(i int) bool {
	if r.d.Tokens[i].UPOS == "PUNCT" {
		return true
	}
	switch r.low[i] {
	case ",", ".", ";", ":", "\"", "“", "”", "''", "``", "*", "(", ")":
		return true
	}
	return false
}

// caseOf is the preposition of noun i in lower case, "" for none.
func (r *reader) caseOf(i int) string {
	if k := r.d.Child(i, "case", "mark"); k >= 0 && k < i {
		return r.low[k]
	}
	return ""
}

// negated reports whether a negation stands at verb i.
func (r *reader) negated(i int) bool {
	for k := range r.d.Children(i) {
		if k > i {
			break
		}
		switch r.low[k] {
		case "not", "n't", "n’t", "never", "nor", "neither", "hardly", "scarcely", "no":
			return !r.word(k+1, "only", "just", "merely")
		}
		if r.rel(k, "nsubj") {
			if r.word(int(r.lo[k]), "neither") {
				return true
			}
			if det := r.d.Child(k, "det", "advmod"); det >= 0 && r.word(det, "no", "neither") || r.word(k, "nobody", "none", "nothing", "no-one") {
				return true
			}
		}
	}
	// don't + think: a parser may hang the negation on the auxiliary
	for j := i - 1; j >= r.first && j >= i-3; j-- {
		if r.word(j, "not", "n't", "n’t", "never") {
			return !r.word(j+1, "only", "just", "merely")
		}
		if r.upos(j) != "AUX" && r.upos(j) != "ADV" && r.upos(j) != "PART" {
			break
		}
	}
	return false
}

// passive reports whether verb i is passive.
func (r *reader) passive(i int) bool {
	for k := range r.d.Children(i) {
		switch r.d.Tokens[k].Deprel {
		case "aux:pass":
			return true
		case "nsubj:pass":
			if !r.misreadPassive(i, k) {
				return true
			}
		}
	}
	return r.d.Tokens[i].XPOS == "VBN" && r.rel(i, "acl") && !r.rel(i, "acl:relcl") && !r.mainVerb(i)
}

// misreadPassive reports whether subject k makes no passive of verb i, which has
// no auxiliary: beside a plain subject it is a part of that; before a cue, after a
// comma, it speaks: He was found dead, police reported.
func (r *reader) misreadPassive(i, k int) bool {
	for c := range r.d.Children(i) {
		switch r.d.Tokens[c].Deprel {
		case "aux:pass":
			return false
		case "nsubj":
			return r.d.Tokens[i].XPOS == "VBD"
		}
	}
	if k > i || r.verbCue(i) == nil || !r.person(k) || r.agent(i) >= 0 {
		return false
	}
	if r.d.Tokens[i].XPOS == "VBD" {
		return true
	}
	return r.word(int(r.lo[k])-1, ",") || r.rel(i, "root") && int(r.hi[k]) == i-1 && r.d.Sentences[r.s].Kind == news.Body
}

// mainVerb reports whether participle i is in truth the finite verb of a sentence
// that has no other: The union called for a vote, read as a noun phrase.
func (r *reader) mainVerb(i int) bool {
	h := r.d.Head(i)
	if r.inQuote[i] >= 0 || !r.rel(i, "acl") || r.d.Tokens[i].XPOS != "VBN" || h < r.first || h > i || !r.rel(h, "root") || !r.nominal(h) || r.word(i+1, "by") {
		return false
	}
	for j := r.first; j < r.end; j++ {
		switch r.d.Tokens[j].XPOS {
		case "VBD", "VBZ", "VBP", "MD":
			if !r.rel(j, "acl:relcl") && r.d.Head(j) == h {
				return false
			}
		}
	}
	return r.d.Child(h, "cop") < 0
}

// aux reports whether verb i has one of the auxiliaries.
func (r *reader) aux(i int, words ...string) bool {
	for k := range r.d.Children(i) {
		if r.rel(k, "aux") {
			for _, w := range words {
				if r.low[k] == w {
					return true
				}
			}
		}
	}
	return false
}

// span is the span of tokens first to last, both included.
func (r *reader) span(first, last int) news.Span { return r.d.SpanOf(first, last) }

// trim cuts punctuation and quotation marks off both ends of a range of tokens;
// "!" and "?" at its end stay, and so does a closed pair of brackets.
func (r *reader) trim(first, last int) (int, int) {
	for first <= last && r.punct(first) && !r.word2(first, "(", "[", "$", "#", "-") {
		first++
	}
	for first <= last && r.punct(last) {
		f := r.low[last]
		if f == "!" || f == "?" || f == "%" || f == "…" {
			break
		}
		if f == ")" || f == "]" {
			if k := r.opening(first, last); k >= 0 && k < last-1 && !r.allPunct(k, last) {
				break
			}
		}
		last--
	}
	return first, last
}

// word2 is word without the sentence's bounds.
func (r *reader) word2(i int, words ...string) bool {
	for _, w := range words {
		if r.low[i] == w {
			return true
		}
	}
	return false
}

func (r *reader) allPunct(first, last int) bool {
	for i := first; i <= last; i++ {
		if !r.punct(i) {
			return false
		}
	}
	return true
}

// opening is the bracket that the one at last closes, -1 where it is before first.
func (r *reader) opening(first, last int) int {
	depth := 0
	for i := last; i >= first; i-- {
		switch r.low[i] {
		case ")", "]":
			depth++
		case "(", "[":
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
