package proposition

// subject finds the head of the subject of predicate v, -1 where the text
// doesn't say who. It follows:
//
//	own         Sony was hacked                      -> Sony
//	antecedent  the group that hacked Sony           -> the group
//	shared      it found Sony and hacked it          -> it
//	controlled  they tried to stop it, using a tool  -> they
//	            they urged him to stop it            -> him
//	modified    code written in Korea                -> code
func (r *reader) subject(v int) (int, controller) {
	how := own
	for range maxPath {
		if s := r.ownSubject(v); s >= 0 {
			if n := r.antecedent(s, v); n >= 0 {
				return n, antecedent
			}
			return s, how
		}
		if s := r.listedSubject(v); s >= 0 {
			return s, shared
		}
		h := r.d.Head(v)
		if h < 0 {
			return -1, how
		}
		switch {
		case r.rel(v, "conj"):
			if !r.isPredicate(h) {
				return -1, how
			}
			if how == own {
				how = shared
			}
			if s := r.nearerSubject(v, h); s >= 0 {
				return s, shared
			}
		case r.rel(v, "xcomp"):
			how = controlled
			if o := r.controllingObject(h, v); o >= 0 {
				return o, controlled
			}
		case r.rel(v, "advcl", "obl", "obj"):
			if r.isFinite(v) || !r.isPredicate(h) {
				return -1, how
			}
			how = controlled
			if o := r.aboutObject(h, v); o >= 0 {
				return o, controlled
			}
		case r.rel(v, "acl"):
			return r.modifiedNoun(v, h)
		default:
			return -1, how
		}
		v = h
	}
	return -1, how
}

// listedSubject is the subject of the first of several predicates in a row which
// a parser hung below the second, v: Ann made tea, was late, and left. -1 for none.
func (r *reader) listedSubject(v int) int {
	if !r.isFinite(v) {
		return -1
	}
	for c := range r.d.Children(v) {
		if c > v {
			break
		}
		if !r.rel(c, "advcl", "ccomp", "parataxis") || !r.isFinite(c) || r.child(c, "mark") >= 0 || r.xpos(c) == "VBG" {
			continue
		}
		if s := r.ownSubject(c); s >= 0 && s < c && !r.rel(s, "obl") {
			return s
		}
	}
	return -1
}

// nearerSubject is the subject of a clause between h and its conjunct v that
// agrees with v in number or tense where h does not, -1 otherwise: the parser
// may have hung v too high.
//
//	it includes elements that belong to them and *were* leaked -> elements
//	he said the North is no newcomer and *has* been mining     -> the North
func (r *reader) nearerSubject(v, h int) int {
	want := r.finiteNumber(v)
	s := r.ownSubject(h)
	if want == 0 || s < 0 || r.antecedent(s, h) >= 0 {
		return -1
	}
	if r.agreesWith(s, want) {
		c := r.child(h, "ccomp")
		if c > h && c < v && r.xpos(h) == "VBD" && r.isPresent(c) && r.isPresent(v) {
			if t := r.ownSubject(c); t >= 0 && r.agreesWith(t, want) {
				return t
			}
		}
		return -1
	}
	for i := v - 1; i > h; i-- {
		if !r.rel(i, "acl:relcl", "ccomp") || !r.d.Dominates(h, i) {
			continue
		}
		t := r.ownSubject(i)
		if t < 0 {
			continue
		}
		if n := r.antecedent(t, i); n >= 0 {
			t = n
		}
		if r.agreesWith(t, want) {
			return t
		}
	}
	return -1
}

// isPresent reports whether the clause of v is in the present tense.
func (r *reader) isPresent(v int) bool {
	for c := range r.d.Children(v) {
		if r.rel(c, "aux", "cop") {
			return r.xpos(c) == "VBZ" || r.xpos(c) == "VBP"
		}
	}
	return r.xpos(v) == "VBZ" || r.xpos(v) == "VBP"
}

// finiteNumber is 's' where the verb form at v asks for a subject in the
// singular, 'p' for the plural, 0 where it doesn't tell.
func (r *reader) finiteNumber(v int) byte {
	for c := range r.d.Children(v) {
		if r.rel(c, "aux", "cop") {
			if n := formNumber(r.lower[c], r.xpos(c)); n != 0 {
				return n
			}
		}
	}
	return formNumber(r.lower[v], r.xpos(v))
}

func formNumber(form, xpos string) byte {
	switch form {
	case "was", "is", "has", "does":
		return 's'
	case "were", "are", "have", "do":
		if xpos == "VBP" || xpos == "VBD" {
			return 'p'
		}
	}
	switch xpos {
	case "VBZ":
		return 's'
	case "VBP":
		return 'p'
	}
	return 0
}

// agreesWith reports whether noun i can be the subject of a verb in the number.
// Names and pronouns that are both, and nouns for groups, agree with either.
func (r *reader) agreesWith(i int, number byte) bool {
	switch r.xpos(i) {
	case "NN":
		return number == 's' || r.child(i, "conj") >= 0
	case "NNS":
		return number == 'p'
	}
	switch r.lower[i] {
	case "it", "he", "she", "this":
		return number == 's'
	case "they", "we", "these", "those":
		return number == 'p'
	}
	return true
}

// ownSubject is the subject among v's own children, expletives aside.
func (r *reader) ownSubject(v int) int {
	best := -1
	for c := range r.d.Children(v) {
		switch r.d.Tokens[c].Deprel {
		case "nsubj", "nsubj:pass":
			// Of several, which only a parser's slip makes, the nearest counts.
			if best < 0 || c < v {
				best = c
			}
			continue
		}
		if best >= 0 {
			continue
		}
		switch r.d.Tokens[c].Deprel {
		case "nummod":
			// "22 were killed and 59 injured"
			if (r.upos(v) == "VERB" || r.isToll(v)) && c < v {
				best = c
			}
		case "nsubj:outer", "csubj", "csubj:pass", "csubj:outer":
			best = c
		}
	}
	return best
}

// controllingObject is the object of governor h that is the understood subject
// of its complement x: "urged *him* to stop it". With promise it is not.
func (r *reader) controllingObject(h, x int) int {
	if l := r.lemma(h); l == "promise" || l == "vow" || l == "threaten" {
		return -1
	}
	for c := range r.d.Children(h) {
		if r.rel(c, "obj", "iobj") && c < x {
			if n := r.antecedent(c, h); n >= 0 {
				return n
			}
			return c
		}
	}
	return -1
}

// aboutObject is the participant of governor h that its clause v is about,
// where that is not the subject.
//
//	accused *it* of being behind the attack, kept *him* from leaving
//	it was wrong for *them* to accuse China
func (r *reader) aboutObject(h, v int) int {
	m := r.child(v, "mark")
	if m < 0 {
		return -1
	}
	switch r.lower[m] {
	case "of", "from", "for", "into":
		return r.controllingObject(h, v)
	case "to":
		if r.upos(h) != "ADJ" {
			return -1
		}
		for c := range r.d.Children(h) {
			if r.rel(c, "obl") && c > h && c < v {
				if k := r.marker(c); len(k) == 1 && r.lower[k[0]] == "for" {
					return c
				}
			}
		}
	}
	return -1
}

// modifiedNoun is the subject of a clause v that modifies noun h: the noun itself
// for a relative clause or participle, and for an infinitive whoever has or makes
// the plan.
//
//	programs written in Korea, officials investigating it -> the noun
//	their plan to stop it                                 -> their
//	they made an attempt to stop it                       -> they
func (r *reader) modifiedNoun(v, h int) (int, controller) {
	if r.lemma(v) == "use" && r.xpos(v) == "VBG" && r.rel(h, "obj") && r.d.Head(h) >= 0 {
		// "mined money using programs": who mines, not the money, uses them.
		if s, _ := r.subject(r.d.Head(h)); s >= 0 {
			return s, controlled
		}
	}
	if r.xpos(v) == "VBG" && v > h && !r.rel(v, "acl:relcl") && r.afterComma(v) {
		// "became a regular, making his debut": the clause's subject does so.
		if c := r.clauseOf(h); c >= 0 {
			if s, _ := r.subject(c); s >= 0 && s != h {
				return s, controlled
			}
		}
	}
	if r.rel(v, "acl:relcl") || r.xpos(v) == "VBG" || r.xpos(v) == "VBN" || r.xpos(v) == "JJ" {
		return h, modified
	}
	if r.child(v, "mark") < 0 {
		return h, modified
	}
	if r.isOrdinal(h) {
		// "the first woman to land", "was the first woman to land"
		if s := r.ownSubject(h); s >= 0 && r.child(h, "cop") >= 0 {
			return s, controlled
		}
		return h, modified
	}
	if p := r.child(h, "nmod:poss"); p >= 0 {
		return p, controlled
	}
	if g := r.d.Head(h); g >= 0 && r.rel(h, "obj") {
		if s := r.ownSubject(g); s >= 0 {
			if n := r.antecedent(s, g); n >= 0 {
				return n, controlled
			}
			return s, controlled
		}
	}
	return -1, controlled
}

// clauseOf is the predicate whose object or complement noun h is, -1 for none.
func (r *reader) clauseOf(h int) int {
	if r.isPredicate(h) {
		return h
	}
	for n := 0; n < maxPath && h >= 0; n++ {
		g := r.d.Head(h)
		if g >= 0 && r.rel(h, "obj", "xcomp", "obl") && r.isPredicate(g) {
			return g
		}
		if !r.rel(h, "nmod", "conj") {
			return -1
		}
		h = g
	}
	return -1
}

// isOrdinal reports whether noun h is the first, last or only one of its kind.
func (r *reader) isOrdinal(h int) bool {
	for c := range r.d.Children(h) {
		if r.rel(c, "amod") {
			switch r.lower[c] {
			case "first", "second", "third", "last", "only", "latest", "next":
				return true
			}
		}
	}
	return false
}
