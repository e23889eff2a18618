package proposition

// arguments adds what hangs on p, a word of the relation along path.
func (r *reader) arguments(f *frame, p int, path []int) {
	for c := range r.d.Children(p) {
		if contains(f.rel, c) || contains(path, c) || c == f.subject {
			continue
		}
		if a, ok := r.argument(c, p); ok {
			f.args = append(f.args, a)
		}
	}
	sortArgs(f.args)
}

// argument reads child c of predicate p.
func (r *reader) argument(c, p int) (arg, bool) {
	a := arg{head: c, from: p}
	if n := r.antecedent(c, p); n >= 0 {
		a.head = n
	}
	var ok bool
	if a.kind, ok = r.argKindOf(c); !ok {
		return a, false
	}
	a.mark = r.marker(c)
	if a.kind == oblique && c > p && r.child(c, "nummod") >= 0 && r.child(p, "obj") < 0 && !r.isTime(&a) && !r.isPassive(p) &&
		(len(a.mark) == 0 || len(a.mark) == 1 && approximates(r.lower[a.mark[0]])) {
		a.kind, a.mark = object, nil // "killed about 40 people"
	}
	switch {
	case a.kind == content || r.rel(c, "advcl"):
		if r.child(c, "cop") >= 0 {
			a.mark = r.markers(c, "mark")
		}
		a.toks = r.extent(a.head, clause)
	case a.kind == predicate && !r.isNominal(c):
		a.toks = r.extent(a.head, predication)
	default:
		a.toks = r.extent(a.head, phrase)
	}
	if a.kind == oblique && len(a.mark) == 0 {
		a.kind = adjunct
	}
	a.role = r.role(&a)
	return a, true
}

// approximates reports whether a preposition before a number may only round it.
func approximates(p string) bool { return p == "about" || p == "around" || p == "over" }

// argKindOf is what child c of a predicate is to it; ok is false for what is no
// argument.
func (r *reader) argKindOf(c int) (k argKind, ok bool) {
	switch r.d.Tokens[c].Deprel {
	case "obj":
		return object, true
	case "iobj":
		return indirect, true
	case "obl:agent":
		return agent, true
	case "obl", "obl:unmarked", "obl:npmod", "obl:tmod", "nmod":
		return oblique, !connective(r.lower[c])
	case "ccomp":
		return content, true
	case "xcomp":
		if r.upos(c) == "VERB" {
			return content, !r.chained(c)
		}
		return predicate, !r.chained(c)
	case "advcl":
		return adjunct, true
	case "advmod":
		word := r.upos(c) == "ADV" || r.upos(c) == "ADJ"
		return adjunct, word && r.xpos(c) != "WRB" && !r.isNegation(c) && !connective(r.lower[c])
	}
	return 0, false
}

// connective reports whether a word, by itself or after a preposition, links
// sentences and says nothing of its clause: "thus", "for example".
func connective(w string) bool {
	switch w {
	case "thus", "however", "therefore", "moreover", "furthermore", "also", "instead", "hence", "consequently", "nevertheless",
		"nonetheless", "though", "too", "as", "so", "even", "just", "additionally", "example", "instance", "addition", "fact", "turn", "conclusion":
		return true
	}
	return false
}

// sortArgs orders arguments by where they stand; there are few.
func sortArgs(args []arg) {
	for i := 1; i < len(args); i++ {
		for j := i; j > 0 && args[j].head < args[j-1].head; j-- {
			args[j], args[j-1] = args[j-1], args[j]
		}
	}
}

// sharedArguments adds the object and obliques that stand after the last of
// coordinated verbs and hang on the first: "found and removed *the code*".
func (r *reader) sharedArguments(f *frame) {
	v := f.verb
	h := r.d.Head(v)
	if !r.rel(v, "conj") || h < 0 || !r.isPredicate(h) {
		return
	}
	for i := range f.args {
		if f.args[i].kind == object || f.args[i].kind == oblique {
			return
		}
	}
	for c := range r.d.Children(h) {
		if c < v || !r.rel(c, "obj", "obl") {
			continue
		}
		if a, ok := r.argument(c, h); ok {
			f.args = append(f.args, a)
		}
	}
}

// relativeObject fills in the object of a relative clause that has no pronoun:
// "the code *they used*". Nouns of time, place, manner and reason are adjuncts.
func (r *reader) relativeObject(f *frame) {
	v := f.verb
	top := f.head
	if !r.rel(top, "acl:relcl") || f.passive || f.how != own || f.subject < 0 {
		return
	}
	for i := range f.args {
		if k := f.args[i].kind; k == object || k == content || f.args[i].head < v && k == oblique {
			return
		}
	}
	n := r.d.Head(top)
	for c := range r.d.Children(top) {
		if r.xpos(c) == "WRB" || r.isRelative(c) {
			return
		}
	}
	switch r.lemma(n) {
	case "time", "day", "year", "moment", "way", "reason", "place", "month", "week", "fact", "night":
		return
	}
	f.args = append(f.args, arg{head: n, kind: object, toks: r.extent(n, phrase), from: v})
	sortArgs(f.args)
}

// reported gives a verb of saying in parenthesis the clause around it as its
// content: "It failed, *he said*".
func (r *reader) reported(f *frame) {
	v := f.verb
	if !r.rel(v, "parataxis") || f.how != own || f.subject < 0 {
		return
	}
	for i := range f.args {
		if k := f.args[i].kind; k == object || k == content {
			return
		}
	}
	switch r.lemma(v) {
	case "say", "tell", "add", "report", "write", "note", "announce", "state", "explain", "claim", "believe", "think", "warn":
	default:
		return
	}
	h := r.d.Head(v)
	if h < 0 {
		return
	}
	toks := r.extent(h, clause)
	first, last := r.d.Subtree(v)
	kept := toks[:0]
	for _, t := range toks {
		if t < first || t > last {
			kept = append(kept, t)
		}
	}
	f.args = append(f.args, arg{head: h, kind: content, toks: r.trim(kept), from: v})
}

// role says whether an argument tells time, place, instrument or manner.
func (r *reader) role(a *arg) string {
	if k := r.mention[a.head]; k > 0 {
		switch r.d.Mentions[k-1].Type {
		case "date":
			if a.kind != object {
				return "time"
			}
		case "location":
			if a.kind == oblique && len(a.mark) > 0 && placePrep(r.lower[a.mark[0]]) {
				return "place"
			}
		}
	}
	if a.kind != oblique && a.kind != adjunct {
		return ""
	}
	if r.isTime(a) {
		return "time"
	}
	if r.upos(a.head) == "ADV" {
		return r.adverbRole(a.head)
	}
	if len(a.mark) == 0 {
		return ""
	}
	switch m := r.lower[a.mark[0]]; {
	case m == "with" || m == "using" || m == "via":
		return "instrument"
	case placePrep(m) && (r.upos(a.head) == "PROPN" || isPlaceNoun(r.lemma(a.head))):
		return "place"
	}
	return ""
}

func (r *reader) adverbRole(i int) string {
	l := r.lower[i]
	switch l {
	case "here", "there", "worldwide", "abroad", "overseas", "globally", "online", "elsewhere", "nationwide", "everywhere":
		return "place"
	}
	if len(l) > 4 && l[len(l)-2:] == "ly" {
		return "manner"
	}
	return ""
}

func placePrep(p string) bool {
	switch p {
	case "in", "at", "on", "near", "around", "across", "throughout", "within", "outside", "inside", "under", "along", "between", "behind":
		return true
	}
	return false
}

func isPlaceNoun(l string) bool {
	switch l {
	case "country", "city", "world", "region", "area", "town", "state", "province", "building", "street", "house",
		"capital", "home", "office", "site", "village", "border", "district", "airport", "hospital", "school", "island":
		return true
	}
	return false
}

// isTime reports whether an oblique or bare phrase tells when or how long.
func (r *reader) isTime(a *arg) bool {
	h := a.head
	switch l := r.lemma(h); l {
	case "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
		"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
		"year", "month", "week", "day", "hour", "minute", "second", "decade", "century", "season",
		"night", "morning", "evening", "afternoon", "today", "yesterday", "tomorrow", "tonight", "weekend", "summer", "winter", "spring", "autumn":
		return true
	case "now", "then", "recently", "currently", "already", "previously", "later", "earlier", "soon", "ago", "once", "afterwards", "initially", "formerly", "lately", "meanwhile", "again", "still":
		return r.upos(h) == "ADV"
	}
	if r.upos(h) == "ADV" && (r.lower[h] == "later" || r.lower[h] == "earlier") {
		return true
	}
	if r.upos(h) == "NUM" && len(r.lower[h]) == 4 && (r.lower[h][0] == '1' || r.lower[h][0] == '2') && isDigits(r.lower[h]) {
		return true
	}
	if r.upos(h) == "NUM" || r.upos(h) == "NOUN" {
		l := r.lower[h]
		if len(l) == 5 && l[4] == 's' && isDigits(l[:4]) {
			return true
		}
	}
	if len(a.mark) > 0 {
		switch r.lower[a.mark[0]] {
		case "during", "until", "till", "since":
			return true
		}
	}
	return false
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
