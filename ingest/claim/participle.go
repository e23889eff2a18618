package claim

// withSubject is the subject of participle i in an absolute phrase, by its words:
// with Oake of Norvik calling it a burden and Ann Ross saying so. -1 for none.
func (r *reader) withSubject(i int) int {
	if r.d.Tokens[i].XPOS != "VBG" || r.rel(i, "root") {
		return -1
	}
	h := -1
	for j := i - 1; j > r.first && j > i-12; j-- {
		switch r.upos(j) {
		case "PROPN", "NOUN", "PRON":
			if h < 0 {
				h = j
			}
			continue
		case "DET", "ADJ", "NUM":
			continue
		}
		switch {
		case r.word(j, "of", "from") && h >= 0:
			h = -1 // what stands before it is the head
			continue
		case h >= 0 && (r.word(j, "with") || r.word(j, "and") && r.absolute(j)):
			for r.rel(h, "flat") && r.d.Head(h) > j && r.d.Head(h) < i {
				h = r.d.Head(h)
			}
			if r.person(h) {
				return h
			}
		}
		return -1
	}
	return -1
}

// absolute reports whether "with" and a participle that is a cue stand before
// the conjunction at j.
func (r *reader) absolute(j int) bool {
	for v := j - 1; v > r.first; v-- {
		if r.d.Tokens[v].XPOS == "VBG" && r.verbCue(v) != nil {
			for w := v - 1; w > v-8 && w > r.first; w-- {
				if r.low[w] == "with" {
					return true
				}
			}
		}
	}
	return false
}

// participleSubject is the subject of participle i under verb h. A participle
// that carries on a report belongs to the one who reports, wherever a parser
// hangs it:
//
//	Police said the man fled, adding that ... -> Police
func (r *reader) participleSubject(i, h, depth int) int {
	for n := 0; r.inQuote[h] >= 0 && r.inQuote[i] < 0 && r.d.Head(h) >= r.first && n < maxClimb; n++ {
		h = r.d.Head(h) // "It is hard," she said, calling it a burden
	}
	if carriesOn(r.lemma(i)) {
		for k := h; k >= r.first; {
			if r.rel(k, "ccomp") && r.d.Head(k) >= r.first {
				up := r.d.Head(k)
				if c := r.verbCue(up); c != nil {
					if s := r.subject(up, depth+1); s >= 0 && s < i {
						return s
					}
				}
			}
			if !r.rel(k, "ccomp", "conj", "advcl", "xcomp", "parataxis") {
				break
			}
			k = r.d.Head(k)
		}
	}
	if mark := r.d.Child(i, "mark", "case"); mark >= 0 && r.low[mark] == "as" {
		if obj := r.d.Child(h, "obj", "iobj"); obj > h {
			return obj // cited police as saying
		}
		if s := r.d.Child(h, "nsubj:pass"); s >= 0 && s < h && (r.lemma(h) == "quote" || r.lemma(h) == "cite") {
			return r.antecedent(s, h) // was quoted by AP as saying
		}
	}
	if mark := r.d.Child(i, "mark", "case"); mark >= 0 && !r.word2(mark, "by", "in", "while", "whilst", "when", "after", "before", "without", "despite", "for", "as") {
		return -1
	}
	if mark := r.d.Child(i, "mark", "case"); mark >= 0 && r.word2(mark, "for", "of", "from") && r.d.Child(h, "obj") > h {
		return -1 // blame him for encouraging it
	}
	if r.rel(h, "acl:relcl") && r.commaBefore(i) { // issued an opinion on X, which took effect, finding it unlawful
		if up := r.d.Head(h); r.rel(up, "obj", "obl", "nmod") && (!r.person(up) || !r.commaBefore(h) && r.word(int(r.lo[h]), "which", "that")) {
			for n := 0; r.rel(up, "obj", "obl", "nmod", "acl", "appos") && r.d.Head(up) >= r.first && n < maxClimb; n++ {
				up = r.d.Head(up)
			}
			if r.upos(up) == "VERB" {
				h = up
			}
		}
	}
	for n := 0; r.rel(h, "xcomp", "ccomp") && r.d.Child(h, "nsubj", "nsubj:pass") < 0 && r.d.Head(h) >= r.first && n < maxClimb; n++ {
		h = r.d.Head(h)
	}
	return r.reporter(r.subject(h, depth+1), i, h)
}

// reporter is s, the subject of participle i under h, or where that is nobody the
// subject of a cue above: Experts called it risky, as margins are thin, noting that.
func (r *reader) reporter(s, i, h int) int {
	if s < 0 || r.person(s) || !r.punct(i-1) && !r.punct(max(i-2, 0)) {
		return s
	}
	for up := r.d.Head(h); up >= r.first; up = r.d.Head(up) {
		if k := r.d.Child(up, "nsubj"); k >= 0 && k < i && r.person(k) && r.verbCue(up) != nil {
			return k
		}
	}
	return s
}

// carriesOn reports whether a participle of the verb goes on with what its
// source was just said to have said.
func carriesOn(lemma string) bool {
	switch lemma {
	case "add", "note", "say", "state", "explain", "stress", "cite", "insist", "claim", "argue", "warn", "quote",
		"emphasize", "continue", "point", "write", "conclude", "urge", "promise", "vow", "blame", "accuse":
		return true
	}
	return false
}
