package claim

// possessed is the noun that two joint owners have: Baloch and Waseem's mother,
// where a parser took the first owner for the subject. -1 for none.
func (r *reader) possessed(k, i int) int {
	and := false
	for j := k + 1; j < min(i, k+8); j++ {
		switch {
		case r.word(j, "and"):
			and = true
		case r.upos(j) == "PROPN":
		case r.word(j, "'s", "’s") && and:
			for m := j + 1; m < i; m++ {
				if r.upos(m) == "NOUN" && !(m+1 < i && r.upos(m+1) == "NOUN") {
					return m
				}
			}
			return -1
		default:
			return -1
		}
	}
	return -1
}

// misplacedSubject is the subject of a participle that a parser hung on h, the
// verb that it reports.
func (r *reader) misplacedSubject(i, h, depth int) int {
	from := h
	for h >= from && h < r.end {
		h = r.d.Head(h)
	}
	for h >= r.first && r.nominal(h) && r.d.Child(h, "nsubj") < 0 {
		h = r.d.Head(h)
	}
	if h < r.first {
		return -1
	}
	return r.reporter(r.subject(h, depth+1), i, h)
}

// subjectBySurface is the noun right before a finite cue, or right after one
// that follows a quotation, where the tree gives the cue no subject. -1 for none.
//
//	while some say it rained        -> some
//	"We stand ready" tweeted Johnson -> Johnson
func (r *reader) subjectBySurface(i int) int {
	if r.rel(i, "acl") || r.verbCue(i) == nil {
		return -1
	}
	if k := r.d.Child(i, "obj", "iobj"); k > i && k-i < 6 && r.person(k) && r.upos(k) != "PRON" && (r.tensed(i) || r.d.Tokens[i].XPOS == "VB") && (r.quoteBefore(i) >= 0 || r.lastWords(i, k)) {
		return k
	}
	plural := r.d.Tokens[i].XPOS == "VB" && i > r.first && r.low[i-1] == "," && r.d.Child(i, "aux", "mark") < 0 // his critics, which include Norvik, blame
	if !r.tensed(i) && !plural || r.gerund(i) {
		return -1
	}
	if c, _ := r.lookup(r.lex.verbs, i, quote); c != nil && r.quoteBefore(i) >= 0 {
		if k := r.nounAfter(i); k >= 0 {
			return k
		}
	}
	j := i - 1
	for j > r.first && (r.upos(j) == "AUX" || r.upos(j) == "ADV" || r.upos(j) == "PART") {
		j--
	}
	if r.word(j, ",") {
		j = r.beforeRelative(j)
	}
	if j < r.first || r.upos(j) != "NOUN" && r.upos(j) != "PROPN" && r.upos(j) != "NUM" && !(r.upos(j) == "ADJ" && r.d.Head(j) > i && r.speakerNoun(j)) && !r.word(j, "he", "she", "they", "some", "many", "others") {
		return -1
	}
	if !r.bare(i) && j == i-1 && r.d.Tokens[i].XPOS == "VBD" && !r.rel(i, "root") {
		return -1 // may be a participle: the statement issued
	}
	for n := 0; n < 6; n++ {
		h := r.d.Head(j)
		if h < r.first || h >= i {
			break
		}
		switch {
		case r.rel(j, "nmod", "flat", "compound", "appos") && r.nominal(h) && !(r.rel(j, "appos") && r.commaBefore(j)):
			j = h
		case r.rel(j, "conj") && r.nominal(h) && r.andOr(j) && !r.word(int(r.lo[j])-1, ",") && !(r.punct(int(r.lo[j])) && r.d.Child(j, "det", "nmod:poss") >= 0) && r.d.Child(j, "cc:preconj") < 0:
			j = h
		default:
			n = 6
		}
	}
	if !r.person(j) && !(r.bare(i) && r.speaks(j)) || r.rel(j, "obj", "obl") && !r.bare(i) && !r.isTime(j-1) {
		return -1 // but: On Thursday officials reported
	}
	return j
}

// beforeRelative is the last token of the noun phrase before the insertion that
// the comma at j ends: a relative clause, an apposition; j itself where there is none.
//
//	critics, which include Greenpeace, | blame   researchers, both abroad, | reported
func (r *reader) beforeRelative(j int) int {
	for k := j - 1; k > r.first && j-k < 30; k-- {
		if r.low[k] != "," {
			continue
		}
		if r.word(k+1, "and", "but", "or", "while", "after", "when", "if", "because", "although", "though", "since", "as") {
			return j
		}
		return k - 1
	}
	return j
}

// nounAfter is the head of the noun phrase right after cue i, by its words:
// "It is so," said study co-author Karen Alley. -1 for none.
func (r *reader) nounAfter(i int) int {
	noun, name := -1, -1
	for j := i + 1; j < min(i+12, r.end) && !r.punct(j); j++ {
		switch r.upos(j) {
		case "PROPN":
			if name < 0 && !r.isTime(j) {
				name = j
			}
		case "NOUN":
			if name < 0 {
				noun = j
			}
		case "ADP", "AUX", "SCONJ", "PRON", "CCONJ":
			j = r.end
		case "VERB":
			if r.tensed(j) || r.d.Tokens[j].XPOS == "VBN" {
				j = r.end
			}
		}
	}
	if name < 0 {
		name = noun
	}
	if name >= 0 && r.person(name) {
		return name
	}
	return -1
}

// lastWords reports whether cue i and noun k after it end the sentence, after a
// comma: it rained, says an expert.
func (r *reader) lastWords(i, k int) bool {
	return i > r.first && r.low[i-1] == "," && r.bare(i) && int(r.hi[k]) >= r.end-2 && r.d.Child(i, "ccomp", "parataxis") < i
}

// andOr reports whether conjunct j is joined by "and" or "or".
func (r *reader) andOr(j int) bool {
	for k := range r.d.Children(j) {
		if r.rel(k, "cc") && r.word2(k, "and", "or") {
			return true
		}
	}
	return false
}
