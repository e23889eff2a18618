package proposition

import "slices"

// Limits that keep the work on a sentence linear in its length, whatever its
// tree looks like. Real arguments stay far below them.
const (
	maxExtent = 100 // tokens of an argument
	maxDepth  = 40  // levels below an argument's head
	maxPath   = 8   // governors above a verb: "wants to try to begin to stop it"
	maxSpread = 6   // conjuncts that an argument is distributed over
)

// cut says what an extent leaves out.
type cut uint8

const (
	// phrase is a noun phrase without what merely adds to it:
	//	the US firm, which was hacked, -> the US firm
	//	Simon Choi, a director at Hauri, -> Simon Choi
	phrase cut = iota
	// predication is the nominal or adjective of a copular clause, without its
	// subject, copula and adverbials:
	//	Choi is now a director at Hauri -> a director at Hauri
	predication
	// clause is everything below the head but its marker.
	clause
)

// extent lists the tokens of the argument headed by head, in order, without its
// marker. It is nil where there would be more than maxExtent.
func (r *reader) extent(head int, how cut) []int {
	var buf [maxExtent + 1]int
	toks := buf[:0]
	toks, ok := r.collect(toks, head, how, 0)
	toks = r.arrange(toks, ok)
	if how != clause {
		// A preposition may hang on the phrase's first word instead of its head.
		for len(toks) > 1 && toks[0] != head && r.rel(toks[0], "case") && r.rel(r.d.Head(toks[0]), "compound", "flat", "amod") {
			toks = toks[1:]
		}
	}
	return toks
}

// subjectExtent is the extent of head as the subject of frame f, without the
// clause of f where that modifies head, and without the title of head that f
// is about.
//
//	programs written in Korea -> programs
func (r *reader) subjectExtent(head int, f *frame) []int {
	if f.kind != title && f.kind != location && f.kind != exemplar && f.how != modified && f.how != antecedent {
		how := phrase
		if r.rel(head, "csubj") {
			how = clause
		}
		return r.extent(head, how)
	}
	r.except = f.head
	defer func() { r.except = -1 }()
	return r.extent(head, phrase)
}

func (r *reader) arrange(toks []int, ok bool) []int {
	if !ok || len(toks) == 0 {
		return nil
	}
	slices.Sort(toks)
	return r.list(r.trim(toks))
}

func (r *reader) collect(toks []int, i int, how cut, depth int) ([]int, bool) {
	if len(toks) >= maxExtent || depth > maxDepth {
		return toks, false
	}
	toks = append(toks, i)
	ok := true
	for c := range r.d.Children(i) {
		if r.leavesOut(c, i, how, depth) {
			continue
		}
		if toks, ok = r.collect(toks, c, how, depth+1); !ok {
			return toks, false
		}
	}
	return toks, true
}

// leavesOut reports whether an extent stops before child c of token i.
func (r *reader) leavesOut(c, i int, how cut, depth int) bool {
	if c == r.except {
		return true
	}
	switch r.d.Tokens[c].Deprel {
	case "discourse", "vocative", "reparandum":
		return true
	case "acl:relcl", "appos", "parataxis", "list", "dep":
		return how != clause
	case "acl":
		// ", leading to severe uprisings" adds and doesn't restrict.
		return how != clause && c > i && r.afterComma(c)
	case "cc", "conj", "cc:preconj":
		return depth == 0 && (how != clause || r.rel(c, "cc:preconj"))
	case "case":
		// The genitive's mark stays inside a phrase: "the company 's".
		return depth == 0 && (how != clause || c < i && r.child(i, "cop") < 0) && !r.insidePhrase(c, i)
	case "mark":
		return depth == 0
	case "advcl", "advcl:relcl":
		return depth == 0 && how == predication && (c < i || r.child(c, "mark") >= 0)
	case "nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer", "cop", "aux", "aux:pass", "expl":
		return depth == 0 && how != clause
	case "obl", "obl:unmarked", "obl:agent", "ccomp":
		return depth == 0 && how == predication
	case "advmod":
		return depth == 0 && how == predication && r.isNominal(i) && r.beforeCopula(c, i)
	}
	return false
}

// afterComma reports whether a comma opens the phrase of c.
func (r *reader) afterComma(c int) bool {
	first := c
	for k := range r.d.Children(c) {
		if k > c {
			break
		}
		if r.isPunct(k) && r.lower[k] == "," {
			return true
		}
		first = min(first, k)
	}
	return first > 0 && r.lower[first-1] == ","
}

// insidePhrase reports whether preposition c of noun i stands after the phrase's
// beginning: "the *down* payments".
func (r *reader) insidePhrase(c, i int) bool {
	for k := range r.d.Children(i) {
		if k >= c {
			return false
		}
		if r.rel(k, "det", "amod", "nummod", "nmod:poss", "compound") {
			return true
		}
	}
	return false
}

func (r *reader) child(i int, rels ...string) int { return r.d.Child(i, rels...) }

// beforeCopula reports whether child c of predicate i stands before the
// phrase proper: "is *now* a director", "was *not* a newcomer".
func (r *reader) beforeCopula(c, i int) bool {
	if c > i {
		return r.lower[c] != "enough"
	}
	for k := range r.d.Children(i) {
		if k > c && k < i && r.rel(k, "det", "cop", "case", "aux") {
			return true
		}
	}
	return r.isNegation(c)
}

// trim cuts punctuation from the ends; a pair of quotation marks or brackets
// around the whole stays.
func (r *reader) trim(toks []int) []int {
	for len(toks) > 0 {
		n := len(toks) - 1
		first, last := r.isPunct(toks[0]), r.isPunct(toks[n])
		if n > 0 && r.upos(toks[0]) == "CCONJ" && r.rel(toks[0], "cc") {
			toks = toks[1:]
			continue
		}
		if n > 0 && r.upos(toks[n]) == "CCONJ" && r.rel(toks[n], "cc") {
			toks = toks[:n]
			continue
		}
		switch {
		case n == 0:
			return toks
		case first && last && r.bracketed(toks):
			toks = toks[1:n]
		case first && last && r.paired(toks):
			return toks
		case last && !r.closesInside(toks):
			toks = toks[:n]
		case first && !r.opensInside(toks):
			toks = toks[1:]
		default:
			return toks
		}
	}
	return toks
}

func (r *reader) isPunct(i int) bool {
	return r.upos(i) == "PUNCT" || r.d.Tokens[i].Deprel == "punct"
}

func opening(s string) bool {
	switch s {
	case "\"", "“", "‘", "``", "`", "'", "(", "[", "«", "„", "-LRB-":
		return true
	}
	return false
}

func closing(s string) bool {
	switch s {
	case "\"", "”", "’", "''", "'", ")", "]", "»", "-RRB-":
		return true
	}
	return false
}

func (r *reader) paired(toks []int) bool {
	return opening(r.lower[toks[0]]) && closing(r.lower[toks[len(toks)-1]])
}

func (r *reader) bracketed(toks []int) bool {
	return r.lower[toks[0]] == "(" || r.lower[toks[0]] == "["
}

// closesInside reports whether the last token closes what another one opened.
func (r *reader) closesInside(toks []int) bool {
	n := len(toks) - 1
	if !closing(r.lower[toks[n]]) {
		return false
	}
	for _, t := range toks[1:n] {
		if r.isPunct(t) && opening(r.lower[t]) {
			return true
		}
	}
	return false
}

// opensInside reports whether the first token opens what another one closes.
func (r *reader) opensInside(toks []int) bool {
	if !opening(r.lower[toks[0]]) {
		return false
	}
	for _, t := range toks[1 : len(toks)-1] {
		if r.isPunct(t) && closing(r.lower[t]) {
			return true
		}
	}
	return false
}

// marker lists the preposition or subordinator of token i with what is fixed to
// it: "because of", "according to". A genitive mark is none.
func (r *reader) marker(i int) []int {
	m := r.markers(i, "case", "mark")
	if len(m) == 0 && r.rel(i, "nmod", "obl") {
		// It may hang on the phrase's first word instead of its head.
		c := r.child(i, "compound", "amod", "nummod", "flat")
		if c >= 0 && c < i {
			m = r.markers(c, "case")
		}
	}
	return m
}

// markers is marker for some of the relations only.
func (r *reader) markers(i int, rels ...string) []int {
	var buf [8]int
	toks := buf[:0]
	for c := range r.d.Children(i) {
		if c > i || len(toks) == cap(toks) || !r.rel(c, rels...) || r.upos(c) == "PUNCT" || r.insidePhrase(c, i) {
			continue
		}
		toks = append(toks, c)
		for f := range r.d.Children(c) {
			if r.rel(f, "fixed") && len(toks) < cap(toks) {
				toks = append(toks, f)
			}
		}
	}
	return r.list(toks)
}

// conjuncts yields the head and what is coordinated with it, at most maxSpread.
func (r *reader) conjuncts(head int, buf []int) []int {
	buf = append(buf, head)
	for c := range r.d.Children(head) {
		if r.rel(c, "conj") && len(buf) < maxSpread && r.alike(head, c) {
			buf = append(buf, c)
		}
	}
	return buf
}

// alike reports whether conjunct c can stand in the place of token i: a noun
// for a noun. What has a clause of its own can't.
func (r *reader) alike(i, c int) bool {
	return r.isNominal(i) == r.isNominal(c) && r.child(c, "nsubj", "cop") < 0 && r.fusedVerb(c) < 0
}

// fusedVerb is the verb of harm that the parser took for an adjective of the noun
// that it governs, -1 for none: "killed 40 people and *injured* dozens".
func (r *reader) fusedVerb(c int) int {
	if !r.rel(c, "conj") || r.child(c, "det", "nmod:poss") >= 0 {
		return -1
	}
	v := r.child(c, "amod")
	if v < 1 || v > c || !r.isToll(v) || r.upos(v) != "VERB" || !r.rel(v-1, "cc") {
		return -1
	}
	return v
}
