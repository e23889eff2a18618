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
		case r.rel(v, "xcomp"):
			how = controlled
			if o := r.controllingObject(h, v); o >= 0 {
				return o, controlled
			}
		case r.rel(v, "advcl"):
			if r.isFinite(v) || !r.isPredicate(h) {
				return -1, how
			}
			how = controlled
		case r.rel(v, "acl"):
			return r.modifiedNoun(v, h)
		default:
			return -1, how
		}
		v = h
	}
	return -1, how
}

// ownSubject is the subject among v's own children, expletives aside.
func (r *reader) ownSubject(v int) int {
	best := -1
	for c := range r.d.Children(v) {
		switch r.d.Tokens[c].Deprel {
		case "nsubj", "nsubj:pass":
			return c
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

// modifiedNoun is the subject of a clause v that modifies noun h: the noun itself
// for a relative clause or participle, and for an infinitive whoever has or makes
// the plan.
//
//	programs written in Korea, officials investigating it -> the noun
//	their plan to stop it                                 -> their
//	they made an attempt to stop it                       -> they
func (r *reader) modifiedNoun(v, h int) (int, controller) {
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
			return h
		}
		if !r.rel(v, "conj", "xcomp", "ccomp", "advcl") {
			return -1
		}
		v = h
	}
	return -1
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
