package proposition

// clauseRels are the relations that a clause hangs on.
var clauseRels = [...]string{"root", "conj", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj", "dep", "list", "appos"}

// isPredicate reports whether token i heads a clause: a verb that is no mere
// modifier, a copular predicate, or a word with a subject.
func (r *reader) isPredicate(i int) bool {
	if !r.rel(i, clauseRels[:]...) {
		// "accused it of being behind the attack" may hang as a noun does.
		return r.rel(i, "obl", "obj") && r.child(i, "cop") >= 0
	}
	switch r.upos(i) {
	case "VERB":
		// "the *said* lap" is no clause.
		return !r.rel(i, "acl") || r.d.Head(i) < i || r.hasChildren(i)
	case "ADJ":
		// "at least 41 dead", as headlines have it
		if r.child(i, "nummod") >= 0 && r.isToll(i) {
			return true
		}
		// "is larger and *tougher*" shares the copula.
		if h := r.d.Head(i); h >= 0 && r.rel(i, "conj") && r.upos(h) == "ADJ" && r.child(h, "cop") >= 0 {
			return true
		}
	case "NOUN", "PROPN":
		if r.child(i, "nsubj") >= 0 && r.child(i, "obj") >= 0 {
			return true
		}
	case "PUNCT", "AUX":
		return r.child(i, "expl") >= 0 || r.upos(i) == "AUX" && r.child(i, "nsubj") >= 0 && r.child(i, "obl", "advmod") >= 0
	}
	return r.child(i, "cop", "nsubj") >= 0
}

// isToll reports whether a word tells what happened to so many.
func (r *reader) isToll(i int) bool {
	switch r.lower[i] {
	case "dead", "injured", "wounded", "missing", "hurt":
		return true
	}
	return false
}

// chained reports whether x is the complement that completes the relation of its
// governor, with the same subject: "tried to *stop* it", "is likely to *fail*",
// "was asked to *leave*". Under an object it has a subject of its own.
func (r *reader) chained(x int) bool {
	if !r.rel(x, "xcomp") || r.upos(x) != "VERB" && r.child(x, "cop") < 0 {
		return false
	}
	g := r.d.Head(x)
	return g >= 0 && r.isPredicate(g) && r.controllingObject(g, x) < 0
}

// governor is the word whose relation v completes, -1 where v stands alone.
//
//	tried to find and *stop* it -> tried
func (r *reader) governor(v int) int {
	for range maxPath {
		if r.chained(v) {
			return r.d.Head(v)
		}
		h := r.d.Head(v)
		if h < 0 || !r.rel(v, "conj") || r.ownSubject(v) >= 0 || r.isFinite(v) {
			return -1
		}
		v = h
	}
	return -1
}

// completed reports whether another verb completes the relation of v.
func (r *reader) completed(v int) bool {
	for c := range r.d.Children(v) {
		if r.rel(c, "xcomp") && r.chained(c) {
			return true
		}
	}
	return false
}

// clause reads the frame of the clause that token v heads, if it heads one that
// no other verb completes.
func (r *reader) clause(v int) {
	if !r.isPredicate(v) || r.completed(v) || r.impersonal(v) || r.basedOn(v) {
		return
	}
	var buf [maxPath]int
	path := append(buf[:0], v)
	for g := r.governor(v); g >= 0 && len(path) < maxPath; g = r.governor(g) {
		path = append(path, g)
	}
	top := path[len(path)-1]
	f := frame{kind: verbal, head: top, verb: v}
	f.subject, f.how = r.subject(top)
	if f.subject < 0 && top != v {
		f.subject, f.how = r.subject(v)
	}
	f.passive = r.isPassive(v)
	switch {
	case r.upos(v) == "AUX" || r.lemma(v) == "be" && r.child(v, "expl") >= 0:
		r.existential(&f, v)
	case r.upos(v) != "VERB" && (r.child(v, "cop") >= 0 || r.child(v, "obj") < 0) || r.child(v, "cop") >= 0 && r.child(v, "nsubj:outer") >= 0:
		r.copular(&f, path)
	default:
		r.verbal(&f, path)
	}
}

// verbal completes the frame of a clause around a verb.
func (r *reader) verbal(f *frame, path []int) {
	f.rel = r.relation(path)
	for _, p := range path {
		r.arguments(f, p, path)
	}
	r.sharedArguments(f)
	r.relativeObject(f)
	r.reported(f)
	r.add(f)
}

// copular completes the frame of a clause around a nominal or adjective:
//
//	Choi is a director at Hauri  -> (Choi, is, a director at Hauri)
//	the code is similar to ours  -> (the code, is similar to, ours)
//	the server is in Seoul       -> (the server, is in, Seoul)
func (r *reader) copular(f *frame, path []int) {
	v := f.verb
	f.kind = copular
	f.rel = r.relation(path)
	for _, p := range path {
		r.arguments(f, p, path)
	}
	r.sharedArguments(f)
	if !r.isNominal(v) && r.upos(v) != "VERB" && r.completedBy(f) {
		r.add(f)
		return
	}
	how := predication
	if r.upos(v) == "VERB" {
		how = clause
		f.subject, f.how = r.child(v, "nsubj:outer"), own
	}
	a := arg{head: v, kind: predicate, toks: r.extent(v, how), from: v}
	if how == predication {
		a.mark = r.markers(v, "case")
	}
	if how == clause {
		// "The goal is to win": what stands before the copula is the subject's.
		a.toks = after(a.toks, r.child(v, "cop"))
		f.passive = false
	}
	f.rel = without(f.rel, a.toks)
	if len(f.rel) == 0 {
		f.supply = "is"
	}
	args := []arg{a}
	for _, b := range f.args {
		if !contains(a.toks, b.head) {
			args = append(args, b)
		}
	}
	f.args = args
	r.add(f)
}

// completedBy reports whether an adjective's frame has what completes it:
// "similar *to ours*", "confident *that it works*".
func (r *reader) completedBy(f *frame) bool {
	for i := range f.args {
		if a := &f.args[i]; a.head > f.verb && a.role != "time" && (a.kind == oblique || a.kind == content || a.kind == object) {
			return true
		}
	}
	return false
}

// existential completes the frame of "there is": what there is is the subject.
//
//	there is a flaw in Windows -> (a flaw, is in, Windows)
func (r *reader) existential(f *frame, v int) {
	f.kind = existential
	f.rel = r.relation([]int{v})
	r.arguments(f, v, nil)
	if f.subject < 0 {
		f.subject = r.child(v, "nsubj", "obj")
	}
	r.add(f)
}

// isPassive reports whether the verb takes its object as subject: "was hacked",
// "the firm hacked last year".
func (r *reader) isPassive(v int) bool {
	if r.upos(v) == "ADJ" {
		return false // "was involved in", as the tagger sees it
	}
	for range maxPath {
		if r.upos(v) == "ADJ" {
			return false // "was involved": the tags call it a state
		}
		if r.child(v, "nsubj:pass", "aux:pass", "csubj:pass") >= 0 {
			return true
		}
		if r.xpos(v) != "VBN" || r.child(v, "aux", "cop") >= 0 {
			return false
		}
		if r.child(v, "nummod") >= 0 {
			return true
		}
		if r.rel(v, "acl") && !r.rel(v, "acl:relcl") || r.rel(v, "advcl") {
			return r.child(v, "obj") < 0 || r.child(v, "obl:agent") >= 0
		}
		h := r.d.Head(v)
		if !r.rel(v, "conj") || h < 0 || r.ownSubject(v) >= 0 {
			return false
		}
		v = h
	}
	return false
}

// add keeps a frame that says something.
func (r *reader) add(f *frame) {
	kept := f.args[:0]
	for _, a := range f.args {
		if len(a.toks) > 0 {
			kept = append(kept, a)
		}
	}
	f.args = kept
	r.frames = append(r.frames, *f)
}

// basedOn reports whether v only leads to what a statement rests on: "they said
// so, *based on* the evidence".
func (r *reader) basedOn(v int) bool {
	if r.lower[v] != "based" || r.child(v, "aux") >= 0 || !r.afterComma(v) {
		return false
	}
	o := r.child(v, "obl")
	if o < 0 {
		return false
	}
	m := r.marker(o)
	return len(m) > 0 && r.lower[m[0]] == "on"
}

// impersonal reports whether v says something of a clause in the place of "it":
// "it is crucial that they act".
func (r *reader) impersonal(v int) bool {
	e := r.child(v, "expl")
	return e >= 0 && r.lower[e] == "it" && r.child(v, "csubj", "ccomp") >= 0
}

// after lists the tokens of toks that stand after token c.
func after(toks []int, c int) []int {
	for len(toks) > 0 && toks[0] <= c {
		toks = toks[1:]
	}
	return toks
}

func contains(toks []int, t int) bool {
	for _, u := range toks {
		if u == t {
			return true
		}
	}
	return false
}

// without lists what is in a and not in b.
func without(a, b []int) []int {
	out := make([]int, 0, len(a))
	for _, t := range a {
		if !contains(b, t) {
			out = append(out, t)
		}
	}
	return out
}
