package entity

import (
	"strings"
	"unicode"

	"hearsay/ingest/news"
)

// joinNames groups the names of the document: by known entity, by their letters,
// by parts of a longer name, by acronym.
func (r *resolver) joinNames() {
	r.chooseKnown()
	r.indexCountries()
	r.joinExact()
	r.metonyms()
	r.joinAcronyms()
	r.joinPartial()
}

// chooseKnown settles on one known entity for each name. One that is nobody's
// everyday name and has two owners stays open, unless the document names one of
// them elsewhere.
func (r *resolver) chooseKnown() {
	sure, alone := map[int32]bool{}, map[int32]bool{} // alone: by a name that nobody else has
	for i := range r.refs {
		if x := &r.refs[i]; len(x.known) > 0 && !r.open(x) {
			sure[r.known.names[x.known[0]].entity] = true
			if len(x.known) == 1 {
				alone[r.known.names[x.known[0]].entity] = true
			}
		}
	}
	for i := range r.refs {
		x := &r.refs[i]
		if len(x.known) == 0 {
			continue
		}
		pick := r.asRegion(i, alone)
		if r.open(x) {
			pick = -1
			for _, at := range x.known {
				if sure[r.known.names[at].entity] {
					pick = at
					break
				}
			}
		}
		if pick < 0 {
			x.Rule = "ambiguous:" + r.d.Slice(x.Span)
			x.Type = r.known.Entities[r.known.names[x.known[0]].entity].Type
			continue
		}
		a := &r.known.names[pick]
		e := &r.known.Entities[a.entity]
		x.known, x.Type = []int32{pick}, e.Type
		if x.Kind == news.Name {
			x.Rule = "known:" + e.Name
			if !a.main {
				x.Rule = "alias:" + a.text
			}
		}
	}
}

// asRegion is the first reading of a name, or that as a state or province where it
// shares its name with a country or city and the text speaks of its neighbours.
//
//	results in Georgia, Michigan and Wisconsin; Senator David Perdue of Georgia    the state
//	Georgia, Armenia and Turkey                                                  the country
//	Washington, beside Washington, D.C.                                          the city
func (r *resolver) asRegion(i int, alone map[int32]bool) int32 {
	x := &r.refs[i]
	first := x.known[0]
	for _, at := range x.known {
		if r.t.region[r.known.Entities[r.known.names[at].entity].Name] == "" {
			first = at
			break
		}
	}
	if alone[r.known.names[first].entity] {
		return first
	}
	for _, at := range x.known {
		e := &r.known.Entities[r.known.names[at].entity]
		country := r.t.region[e.Name]
		if country == "" || at == first {
			continue
		}
		near, far := 0, 0
		for k := max(0, i-40); k < min(len(r.refs), i+40); k++ {
			y := &r.refs[k]
			if len(y.known) != 1 || y.sent != x.sent {
				continue
			}
			name := r.known.Entities[r.known.names[y.known[0]].entity].Name
			switch {
			case r.t.region[name] == country:
				near++
			case r.t.country[name] && name != country:
				far++
			}
		}
		if near > far {
			return at
		}
	}
	return first
}

// open reports whether the name's readings leave its owner open.
func (r *resolver) open(x *ref) bool {
	if len(x.known) < 2 || r.known.names[x.known[0]].main {
		return false
	}
	owners := 0
	for _, at := range x.known {
		if r.t.region[r.known.Entities[r.known.names[at].entity].Name] == "" {
			owners++ // a state or province is chosen by its neighbours
		}
	}
	return owners != 1
}

// decided is the known entity of a mention, -1 for none.
func (r *resolver) decided(x *ref) int32 {
	if len(x.known) != 1 {
		return -1
	}
	return r.known.names[x.known[0]].entity
}

// bare is a name for comparison: without article, possessive and legal form.
func bare(name string) string {
	words := strings.Fields(Fold(name))
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for len(words) > 1 && legalForms[strings.Trim(words[len(words)-1], ".,")] {
		words = words[:len(words)-1]
	}
	return strings.TrimRight(strings.Join(words, " "), ".,")
}

// joinExact joins mentions of one known entity, and names of the same letters.
func (r *resolver) joinExact() {
	byKnown, byName := map[int32]int{}, map[string]int{}
	for i := range r.refs {
		x := &r.refs[i]
		if x.Kind != news.Name && x.country == "" || x.value {
			continue
		}
		if k := r.decided(x); k >= 0 {
			if j, ok := byKnown[k]; ok {
				r.join(j, i, "exact-name")
			} else {
				byKnown[k] = i
			}
		}
		name := bare(r.d.Slice(x.Span))
		if x.country != "" {
			name = bare(x.country)
		}
		if x.indicator != nil {
			name = x.indicator.iri()
		}
		j, ok := byName[name]
		switch {
		case !ok:
			byName[name] = i
		case r.decided(x) >= 0 && r.decided(&r.refs[r.root(j)]) >= 0 && r.decided(x) != r.decided(&r.refs[r.root(j)]):
			// Two known entities of one spelling stay two.
		default:
			r.agree(j, i)
			r.join(j, i, "exact-name")
		}
	}
}

// agree gives two mentions of one name one type: that of the known one, else that
// of the earlier, unless it says nothing.
func (r *resolver) agree(i, j int) {
	a, b := &r.refs[i], &r.refs[j]
	switch {
	case a.Type == b.Type:
	case r.decided(b) >= 0 && r.decided(a) < 0, a.Type == news.Other && a.indicator == nil && r.decided(a) < 0:
		a.Type, a.animate = b.Type, b.animate
	default:
		b.Type, b.animate = a.Type, a.animate
	}
}

// sayVerbs are verbs that a city does only when it stands for a government.
var sayVerbs = setOf(`say deny accuse announce blame reject warn want seek agree vow claim insist refuse demand urge call
	condemn threaten pledge hope believe consider decide impose respond reply argue maintain declare admit acknowledge
	tell ask expel sanction retaliate denounce criticize criticise confirm suspect view regard see oppose support back
	dismiss propose offer sign recognize recognise intend plan fear welcome praise order withdraw promise need speak pin
	summon retort protest object deny rebuff rebuke negotiate lobby fund arm finance deploy station annex invade boycott veto
	ratify blacklist designate extradite interfere meddle accept`)

// speechNouns are what only somebody makes: a claim from Berlin.
var speechNouns = setOf(`claim accusation charge statement allegation criticism protest pressure threat warning response reply
	reaction demand request denial order offer message signal support backing permission approval assurance`)

// metonyms reads a capital as its country where it acts or is dealt with, and
// "the North" as the country of the document that its name begins.
//
//	Beijing denied the claim -> China, metonym:capital    a summit in Beijing -> the city
//	the claim from Berlin    -> Germany                   a train from Berlin -> the city
//	Moscow calls verdict scandalous -> Russia
//	the North is no newcomer -> North Korea, short:the North
func (r *resolver) metonyms() {
	for i := range r.refs {
		x := &r.refs[i]
		if x.nested && x.Kind != news.Name || x.Type != news.Location && x.Kind == news.Name {
			continue
		}
		text := r.d.Slice(x.Span)
		if c, ok := r.t.capital[text]; ok && x.Kind == news.Name && r.acts(x) {
			r.isCountry(i, c, "metonym:capital")
			continue
		}
		if w := strings.TrimPrefix(text, "the "); w != text || strings.HasPrefix(text, "The ") {
			w = strings.TrimPrefix(w, "The ")
			if c := r.shortCountry(i, w); c != "" {
				r.isCountry(i, c, "short:"+text)
			}
			continue
		}
		if x.Kind == news.Name && x.first > 0 && r.lower(x.first-1) == "the" {
			if c := r.shortCountry(i, text); c != "" {
				r.isCountry(i, c, "short:the "+text)
			}
		}
	}
}

// acts reports whether the place is the subject of a verb of saying or deciding,
// or one side of a relation.
func (r *resolver) acts(x *ref) bool {
	t := &r.d.Tokens[x.Head]
	h := r.d.Head(x.Head)
	if h >= 0 && news.IsRel(t.Deprel, "nsubj") && sayVerbs[r.d.Tokens[h].Lemma] {
		return true
	}
	if k := r.d.Child(x.Head, "case"); k >= 0 {
		switch r.lower(k) {
		case "by", "between", "against":
			return true
		case "from": // the noun before it, wherever the parser hangs the phrase
			return k > 0 && speechNouns[r.d.Tokens[k-1].Lemma]
		}
	}
	return r.headlined(x)
}

// headlined reports whether the name stands before what a headline has as a verb,
// though the tagger takes it for a noun: "Moscow calls verdict scandalous".
func (r *resolver) headlined(x *ref) bool {
	s, i := &r.d.Sentences[x.sent], x.last+1
	if i >= s.End || r.d.Form(s.End-1) == "." {
		return false
	}
	verb, ok := strings.CutSuffix(r.lower(i), "s")
	return ok && r.d.Tokens[i].UPOS == "NOUN" && sayVerbs[verb]
}

// shortCountry is the country of two words, mentioned in the document, whose name
// begins with the capitalised word: "the North" of North Korea. A compass point
// of something ("the North of England") is none.
func (r *resolver) shortCountry(i int, word string) string {
	if strings.Contains(word, " ") || word == "" || !unicode.IsUpper(firstRune(word)) {
		return ""
	}
	if k := r.d.Child(r.refs[i].Head, "nmod"); k > r.refs[i].Head {
		return ""
	}
	// Of two that begin so, the one first mentioned nearest before, else after.
	found, at := "", -1
	for name, first := range r.countries {
		if a, b, ok := strings.Cut(name, " "); !ok || a != word || strings.Contains(b, " ") {
			continue
		}
		nearer := first < i && (at > i || first > at) || first > i && at > i && first < at
		if at < 0 || nearer {
			found, at = name, first
		}
	}
	return found
}

// indexCountries notes the first mention of each country.
func (r *resolver) indexCountries() {
	r.countries = map[string]int{}
	for i := range r.refs {
		x := &r.refs[i]
		name := x.country
		if k := r.decided(x); k >= 0 && r.t.country[r.known.Entities[k].Name] {
			name = r.known.Entities[k].Name
		}
		if _, ok := r.countries[name]; !ok && r.t.country[name] {
			r.countries[name] = i
		}
	}
}

// isCountry makes mention i one of the country.
func (r *resolver) isCountry(i int, country, rule string) {
	x := &r.refs[i]
	x.country, x.Type, x.Rule = country, news.Location, rule
	x.gender, x.number, x.animate = neuter, singular, false
	x.known = nil
	for _, e := range r.known.Named(country) {
		if e.Name == country && e.Type == news.Location {
			x.known = r.known.main(e.IRI)
		}
	}
	x.up, x.who, x.called = i, r.decided(x), news.Location
	if j, ok := r.countries[country]; !ok {
		r.countries[country] = i
	} else if j != i {
		r.join(j, i, rule)
	}
}

// joinAcronyms joins a name in capitals to the name whose initials it is.
//
//	the Joint Investigation Team (JIT) … the JIT
func (r *resolver) joinAcronyms() {
	long := map[string]int{}
	for i := range r.refs {
		x := &r.refs[i]
		if x.Kind != news.Name || x.last == x.first || x.Type == news.Person || x.Type == news.Location && r.decided(x) >= 0 {
			continue
		}
		for _, key := range initials(r.d.Slice(x.Span)) {
			if j, ok := long[key]; ok && j >= 0 && r.root(j) != r.root(i) && bare(r.d.Slice(r.refs[j].Span)) != bare(r.d.Slice(x.Span)) {
				long[key] = -1 // two names of the same initials
			} else if !ok {
				long[key] = i
			}
		}
	}
	for i := range r.refs {
		x := &r.refs[i]
		if x.Kind != news.Name || x.first != x.last || r.decided(x) >= 0 && r.refs[r.root(i)].Type == news.Location {
			continue
		}
		text := strings.ReplaceAll(r.d.Slice(x.Span), ".", "")
		j, ok := long[text]
		if !ok || j < 0 || shapeOf(text) != capitals || len(text) < 2 {
			continue
		}
		full := &r.refs[j]
		defined := x.first-full.last <= 3 && x.first > full.last
		if a, b := r.decided(x), r.decided(full); a >= 0 && b >= 0 && a != b || len(text) == 2 && !defined && r.decided(x) >= 0 {
			continue
		}
		if r.decided(x) >= 0 && r.decided(full) < 0 && !defined {
			continue // the known owner of the acronym is another one, for all we know
		}
		x.Type, x.animate = full.Type, full.animate
		if r.decided(full) < 0 && defined {
			x.known = nil
			if x.up != i {
				x.up = i
			}
		}
		r.join(j, i, "acronym:"+r.d.Slice(full.Span))
	}
}

// initials are the acronyms that a name could have: with and without its small
// words.
func initials(name string) []string {
	var all, big strings.Builder
	for _, w := range strings.FieldsFunc(name, func(c rune) bool { return c == ' ' || c == '-' }) {
		c := firstRune(w)
		switch {
		case unicode.IsUpper(c):
			all.WriteRune(c)
			big.WriteRune(c)
		case unicode.IsLower(c):
			all.WriteRune(unicode.ToUpper(c))
		case w == "&":
			all.WriteRune(c)
			big.WriteRune(c)
		}
	}
	if all.String() == big.String() {
		return []string{big.String()}
	}
	return []string{big.String(), all.String()}
}
