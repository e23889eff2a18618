package proposition

// relation lists the words of the relation that the verbs of path make, from the
// last up to the first, with auxiliaries, negation, particles and the adverbs
// that stand before the verb.
//
//	has not yet tried to stop it -> has not yet tried to stop
//	shut the plant down          -> shut down
func (r *reader) relation(path []int) []int {
	var buf [4 * maxPath]int
	toks := buf[:0]
	for k, p := range path {
		toks = append(toks, p)
		for c := range r.d.Children(p) {
			if len(toks) < cap(toks) && r.inRelation(c, p, k+1 < len(path)) {
				toks = append(toks, c)
			}
		}
		toks = r.adverbsBefore(toks, p)
	}
	if v := path[0]; len(path) > 1 && r.rel(v, "conj") && r.child(v, "mark") < 0 {
		// "able to reinforce it and defeat them": the two share "to".
		if m := r.child(r.d.Head(v), "mark"); m >= 0 && r.lower[m] == "to" {
			toks = append(toks, m)
		}
	}
	top := path[len(path)-1]
	if h := r.d.Head(top); h >= 0 && r.rel(top, "conj") && r.ownSubject(top) < 0 {
		toks = r.sharedAuxiliaries(toks, top, h)
	}
	return r.list(toks)
}

// inRelation reports whether child c of verb p belongs to the relation wherever
// it stands. An infinitive's "to" does below another verb.
func (r *reader) inRelation(c, p int, below bool) bool {
	switch r.d.Tokens[c].Deprel {
	case "aux", "aux:pass", "cop":
		// What stands before the last of several subjects belongs to another clause.
		return r.subjects(p) < 2 || c > r.ownSubject(p)
	case "compound:prt":
		return true
	case "mark":
		return below && r.lower[c] == "to" && c < p
	case "advmod":
		return c < p && r.isNegation(c)
	}
	return false
}

// adverbsBefore adds the single adverbs between p and what else of the relation
// stands before it.
func (r *reader) adverbsBefore(toks []int, p int) []int {
	for i := p - 1; i >= 0 && len(toks) < cap(toks); i-- {
		if contains(toks, i) {
			continue
		}
		if r.d.Head(i) != p || !r.rel(i, "advmod") || r.upos(i) != "ADV" || r.xpos(i) == "WRB" || r.hasChildren(i) {
			break
		}
		toks = append(toks, i)
	}
	return toks
}

func (r *reader) hasChildren(i int) bool {
	for range r.d.Children(i) {
		return true
	}
	return false
}

// sharedAuxiliaries adds the auxiliaries of h to those of its conjunct v, where
// the two share them: "was hit and *killed*", "will come and *see*".
func (r *reader) sharedAuxiliaries(toks []int, v, h int) []int {
	if r.xpos(v) != r.xpos(h) && r.upos(v) != "ADJ" || finite(r.xpos(v)) || r.child(v, "aux", "cop") >= 0 {
		return toks
	}
	for c := range r.d.Children(h) {
		if c < h && len(toks) < cap(toks) && (r.rel(c, "aux", "cop") || r.rel(c, "advmod") && r.isNegation(c)) {
			toks = append(toks, c)
		}
	}
	return toks
}

// isNegation reports whether token i negates what it hangs on.
func (r *reader) isNegation(i int) bool {
	switch r.lower[i] {
	case "not", "n't", "n’t", "never", "nt":
		return true
	}
	return false
}
