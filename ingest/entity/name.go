package entity

import (
	"sort"
	"strings"
	"unicode"

	"hearsay/ingest/news"
)

// candidate is a span of tokens that may be a name.
type candidate struct {
	first, last int
	typ         news.EntityType
	known       []int32    // fitting aliases, everyday names first
	indicator   *indicator // where an exact grammar gave it
	rank        int        // of two that overlap and are equally long, the lower wins
	rule        string
}

// findNames gathers the candidates of the exact grammars, of the known entities
// and of the recogniser, and keeps those that don't cross a longer one. A known
// name inside a longer name stays as a nested mention: the United Nations of the
// mission to the United Nations.
func (r *resolver) findNames() {
	cs := r.exact()
	matches := r.known.matches(pieces(r.d))
	learned := r.recognised(matches)
	r.learned = map[[2]int]news.EntityType{}
	for _, c := range learned {
		r.learned[[2]int{c.first, c.last}] = c.typ
	}
	cs = append(cs, r.knownNames(matches)...)
	cs = r.doubted(cs, learned)
	known := cs
	cs = append(cs, learned...)
	cs = append(cs, r.defined(learned)...)
	cs = append(cs, r.wares(known)...)
	cs = append(cs, r.guess(learned)...)
	cs = append(cs, r.runs(known, learned)...)
	cs = append(cs, r.datelines()...)
	cs = append(cs, r.repeated(known, cs)...)
	sort.SliceStable(cs, func(i, j int) bool {
		a, b := &cs[i], &cs[j]
		if (a.indicator != nil) != (b.indicator != nil) {
			return a.indicator != nil
		}
		if la, lb := a.last-a.first, b.last-b.first; la != lb {
			return la > lb
		}
		if a.rank != b.rank {
			return a.rank < b.rank
		}
		return a.first < b.first
	})
	for i := range cs {
		c := &cs[i]
		over, inside := r.overlap(c)
		if inside && !r.mayNest(c) || r.halfNationality(c) {
			continue
		}
		if over && (!inside || len(c.known) == 0 || r.refs[r.cover[c.first]-1].indicator != nil) {
			r.adopt(c)
			continue
		}
		x := ref{Mention: news.Mention{Kind: news.Name, Type: c.typ, Rule: c.rule}, known: c.known, indicator: c.indicator, nested: over}
		x.Head = r.headOf(c.first, c.last)
		if c.indicator != nil {
			x.Span = c.indicator.Span
		}
		p := r.add(c.first, c.last, x)
		if !over {
			r.take(c.first, c.last)
		}
		if c.typ == news.Person {
			r.person(p)
		}
	}
	r.echoes()
	r.demonyms()
	r.sided()
	r.unknownDemonyms()
}

// overlap reports whether c touches a name already kept, and whether it lies
// strictly within one.
func (r *resolver) overlap(c *candidate) (over, inside bool) {
	for i := c.first; i <= c.last; i++ {
		over = over || r.taken(i)
	}
	if !over || !r.taken(c.first) {
		return over, false
	}
	x := &r.refs[r.cover[c.first]-1]
	return true, x.first <= c.first && c.last <= x.last && x.last-x.first > c.last-c.first
}

// mayNest reports whether the name that holds c may hold a name of its own: that
// of a body or an event may, if it is a country's or stands after a preposition
// ("mission to the United Nations"); those of a person and a place ("New South
// Wales") don't.
func (r *resolver) mayNest(c *candidate) bool {
	switch r.refs[r.cover[c.first]-1].Type {
	case news.Person, news.Location, news.Malware, news.ThreatActor, news.Product:
		return false
	}
	if len(c.known) > 0 && r.t.country[r.known.Entities[r.known.names[c.known[0]].entity].Name] {
		return true
	}
	before := c.first - 1
	if before > 0 && r.lower(before) == "the" {
		before--
	}
	return before >= 0 && r.d.Tokens[before].UPOS == "ADP"
}

// halfNationality reports whether c is the first word of a nationality of two: the
// "North" of "North Korean malware".
func (r *resolver) halfNationality(c *candidate) bool {
	return c.first == c.last && c.last+1 < len(r.d.Tokens) && r.t.demonym[r.d.Form(c.last)+" "+r.d.Form(c.last+1)] != ""
}

// adopt gives a name of the same tokens its known entities, or its type.
func (r *resolver) adopt(c *candidate) {
	if !r.taken(c.first) {
		return
	}
	x := &r.refs[r.cover[c.first]-1]
	if x.first == c.first && x.last == c.last && x.indicator == nil && len(x.known) == 0 {
		x.known = c.known
	}
}

func (r *resolver) exact() []candidate {
	var out []candidate
	for _, x := range indicators(r.d.Text) {
		first := r.d.TokenAt(x.Start)
		if first >= len(r.d.Tokens) || r.d.Tokens[first].Start >= x.End {
			continue
		}
		last := first
		for last+1 < len(r.d.Tokens) && r.d.Tokens[last+1].Start < x.End {
			last++
		}
		out = append(out, candidate{first: first, last: last, typ: x.typ, indicator: &x, rule: "grammar:" + x.kind})
	}
	return out
}

// knownNames are the places where a known name stands and the writing and the
// words around it bear it out. A name that has once been borne out is believed
// in the whole document.
func (r *resolver) knownNames(matches []match) []candidate {
	readings := make([][]int32, len(matches))
	sure := map[int32]bool{}
	for i, m := range matches {
		text := r.d.Slice(m.span)
		fits := r.known.fitting(m, text)
		readings[i] = r.believed(m, text, fits, nil)
		for _, at := range readings[i] {
			sure[r.known.names[at].entity] = true
		}
	}
	var out []candidate
	for i, m := range matches {
		rule := "known"
		if len(readings[i]) == 0 && len(sure) > 0 {
			text := r.d.Slice(m.span)
			readings[i] = r.believed(m, text, r.known.fitting(m, text), sure)
			rule = "sure"
		}
		if aliases := readings[i]; len(aliases) > 0 {
			e := &r.known.Entities[r.known.names[aliases[0]].entity]
			if m.first < m.last && r.d.Form(m.first) == "the" {
				m.first++
			}
			out = append(out, candidate{first: m.first, last: m.last, typ: e.Type, known: aliases, rule: rule})
		}
	}
	return out
}

// personal reports whether the word at i is in the gazetteer of persons' names.
func (r *resolver) personal(i int) bool {
	return r.t.names[r.d.Form(i)]&(maleName|femaleName|familyName) != 0
}

// recognised are the names that the trained recogniser finds.
func (r *resolver) recognised(matches []match) []candidate {
	if r.recogniser == nil {
		return nil
	}
	doc := written{}
	sentences := make([][]word, len(r.d.Sentences))
	all := make([]word, len(r.d.Tokens))
	for i := range all {
		all[i] = word{r.d.Form(i), r.d.Tokens[i].UPOS}
	}
	for s := range r.d.Sentences {
		sentences[s] = all[r.d.Sentences[s].First:r.d.Sentences[s].End]
		doc.note(sentences[s])
	}
	var out []candidate
	var views []view
	var labels []uint8
	for s := range sentences {
		first := r.d.Sentences[s].First
		n := 0
		for n < len(matches) && matches[n].first < r.d.Sentences[s].End {
			n++
		}
		here := matches[:n]
		labels = knownLabels(labels, r.known, here, first, r.d.Sentences[s].End)
		matches = matches[n:]
		views = look(views[:0], r.t, r.recogniser.cluster, sentences[s], doc, labels)
		r.recogniser.names(views, func(a, b int, t news.EntityType) {
			if a == b && (a == 0 && r.plainNoun(first) || strings.HasSuffix(r.lower(first+a), "s") && r.t.demonym[r.d.Form(first+a)] != "") {
				return
			}
			if w := r.lower(first + b); b > a && (w == "government" || w == "regime") && r.t.demonym[r.d.Slice(r.d.SpanOf(first+a, first+b-1))] != "" {
				return // a description of a country: see institution
			}
			c := candidate{first: first + a, last: first + b, typ: t, rank: 1, rule: "recognised"}
			r.widen(&c, r.d.Sentences[s])
			if place, ok := r.placeBefore(&c, here); ok {
				out = append(out, place)
			}
			out = append(out, c)
		})
	}
	r.noPersons(out)
	return out
}

// noPersons corrects the types of what the recogniser took for persons, by the words
// before one of a name's places; what it says of one place holds for all.
//
//	the Red Crescent denied …   an organization: no article stands before a person's name
//	a blackout in Calvenna      a location, unless it is a first name
//	the Trump administration    still a person
func (r *resolver) noPersons(cs []candidate) {
	types := map[string]news.EntityType{}
	for _, c := range cs {
		if c.typ != news.Person || c.first == 0 {
			continue
		}
		name := r.d.Slice(r.d.SpanOf(c.first, c.last))
		head := r.headOf(c.first, c.last)
		if news.IsRel(r.d.Tokens[head].Deprel, "compound") {
			continue
		}
		switch before := r.lower(c.first - 1); {
		case len(r.known.Named(name)) > 0:
		case before == "the" && c.last > c.first && !r.personal(c.last) && (!r.personal(c.first) || r.t.words[r.lower(c.first)]) && !titles[r.lower(c.first)]:
			types[name] = news.Organization
		case (before == "in" || before == "near") && c.last == c.first && !odd(name) && !r.personal(c.first) && types[name] == "":
			types[name] = news.Location
		}
	}
	for i := range cs {
		if t, ok := types[r.d.Slice(r.d.SpanOf(cs[i].first, cs[i].last))]; ok && cs[i].typ == news.Person {
			cs[i].typ = t
		}
	}
}

// placeBefore cuts the place or the office's matter off that a person's name was
// taken together with, and returns the place.
//
//	Mayor of [London] [Sadiq Khan]         Chief Executive of [Hong Kong] [Carrie Lam]
//	Minister of Information [Moammar al-Eryani]
//	[Paris Hilton]                         whole: nothing else is left of the name
func (r *resolver) placeBefore(c *candidate, known []match) (candidate, bool) {
	if c.typ != news.Person || c.first == 0 || c.last < c.first+1 {
		return candidate{}, false
	}
	of := r.lower(c.first-1) == "of" || r.lower(c.first-1) == "for"
	for _, m := range known {
		e := r.known.Entities[r.known.names[m.alias].entity]
		if m.first == c.first && m.last < c.last && e.Type == news.Location && (of || c.last > m.last+1) && !r.personal(m.first) {
			c.first = m.last + 1
			return candidate{}, false // the known name is a candidate of its own
		}
	}
	if !of || c.last < c.first+2 {
		return candidate{}, false
	}
	if r.t.words[r.lower(c.first)] && !r.personal(c.first) {
		c.first++
		return candidate{}, false
	}
	if r.t.names[r.d.Form(c.first)]&placeName == 0 || r.personal(c.first) {
		return candidate{}, false
	}
	place := candidate{first: c.first, last: c.first, typ: news.Location, rank: 1, rule: "recognised"}
	c.first++
	return place, true
}

// plainNoun reports whether the first word of a sentence is a common noun for
// persons or groups, tagged or written as one elsewhere: "Aides said".
func (r *resolver) plainNoun(i int) bool {
	w := r.lower(i)
	class := r.t.nouns[w]
	if class == noClass {
		class = r.t.nouns[strings.TrimSuffix(w, "s")]
	}
	return (class == personNoun || class == groupNoun) && r.t.names[r.d.Form(i)] == 0 && shapeOf(r.d.Form(i)) == mixed &&
		(r.d.Tokens[i].UPOS == "NOUN" || strings.HasSuffix(w, "s") && r.t.nouns[strings.TrimSuffix(w, "s")] == class)
}

// doubted drops known malware and actors where the recogniser sees a person or a
// place and nothing beside them says otherwise.
func (r *resolver) doubted(known, learned []candidate) []candidate {
	person := map[int]bool{}
	for _, c := range learned {
		if c.typ == news.Person || c.typ == news.Location {
			person[c.first] = true
		}
	}
	kept := known[:0]
	for _, c := range known {
		cyber := cyberType(c.typ)
		m := match{first: c.first, last: c.last}
		if c.indicator == nil && cyber && person[c.first] && c.rule != "sure" && !r.borneOut(m, c.typ, false) {
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// believed drops the readings of a known name that its place doesn't bear out.
//
//	turkey, Turkey is delicious          no country without a proper noun's tag
//	Anchor, Chaos, Empire                malware only beside "malware", "group" …
//	WHO IS TO BLAME?                     no organization in a line of capitals
//
// sure has the entities that the document names elsewhere beyond doubt.
func (r *resolver) believed(m match, text string, aliases []int32, sure map[int32]bool) []int32 {
	var kept []int32
	one := m.first == m.last
	common := one && r.t.words[strings.ToLower(text)]
	proper := false
	for i := m.first; i <= m.last; i++ {
		proper = proper || r.d.Tokens[i].UPOS == "PROPN"
	}
	for _, at := range aliases {
		a := &r.known.names[at]
		cyber := cyberType(r.known.Entities[a.entity].Type)
		switch {
		case cyber && common && shapeOf(text) == lower:
			continue
		case cyber && (common || one && (len(text) < 4 || r.t.names[text] != 0) || !one && !proper && r.allCommon(m)):
			if !(proper && sure[a.entity]) && !r.borneOut(m, r.known.Entities[a.entity].Type, common) {
				continue
			}
		case one && r.known.Entities[a.entity].Type == news.Location && r.titled(m.first) && !r.t.country[r.known.Entities[a.entity].Name]:
			continue // Captain Rochester
		case one && !cyber && r.d.Tokens[m.first].UPOS == "NOUN" && r.opens(m.first) && shapeOf(text) == mixed && !odd(text):
			continue
		case common && (!proper || r.shouted(m.first)):
			continue
		case one && len(text) < 4 && shapeOf(text) == capitals && r.shouted(m.first) && r.t.words[strings.ToLower(text)]:
			continue
		}
		kept = append(kept, at)
	}
	if len(kept) > 1 {
		kept = r.bySense(m, kept)
	}
	return kept
}

// titled reports whether a capitalised title stands before token i.
func (r *resolver) titled(i int) bool {
	return i > 0 && !r.opens(i) && titles[strings.TrimSuffix(r.lower(i-1), ".")] && r.capital(i-1) && !placeHeads[r.lower(i-1)]
}

// opens reports whether token i is the first of its sentence.
func (r *resolver) opens(i int) bool {
	return r.d.Sentences[r.d.SentenceAt(r.d.Tokens[i].Start)].First == i
}

func (r *resolver) allCommon(m match) bool {
	for i := m.first; i <= m.last; i++ {
		if !r.t.words[r.lower(i)] {
			return false
		}
	}
	return true
}

// borneOut reports whether the words beside a match say that it names malware, an
// actor or the like: next to it where it is a common word.
func (r *resolver) borneOut(m match, t news.EntityType, common bool) bool {
	nouns := malwareNouns
	if t == news.ThreatActor {
		nouns = actorNouns
	}
	if seen, ok := r.learned[[2]int{m.first, m.last}]; ok && seen == t {
		return true // the recogniser takes it for that
	}
	reach := 3
	if common {
		reach = 1
	}
	return r.within(m, reach, nouns)
}

// beside reports whether one of the words stands within three tokens of the match.
func (r *resolver) beside(m match, words map[string]bool) bool { return r.within(m, 3, words) }

func (r *resolver) within(m match, reach int, words map[string]bool) bool {
	s := &r.d.Sentences[r.d.SentenceAt(r.d.Tokens[m.first].Start)]
	for i := max(s.First, m.first-reach); i <= min(s.End-1, m.last+reach); i++ {
		inside := i >= m.first && i <= m.last
		if w := r.lower(i); (words[w] || words[r.d.Tokens[i].Lemma]) && !(inside && m.first == m.last) {
			return true
		}
	}
	return false
}

// shouted reports whether the sentence is written in capitals throughout.
func (r *resolver) shouted(i int) bool {
	s := &r.d.Sentences[min(r.d.SentenceAt(r.d.Tokens[i].Start), len(r.d.Sentences)-1)]
	up, low := 0, 0
	for k := s.First; k < min(s.End, s.First+30); k++ {
		switch f := r.d.Form(k); {
		case len(f) > 1 && shapeOf(f) == capitals:
			up++
		case shapeOf(f) == lower && unicode.IsLetter(firstRune(f)):
			low++
		}
	}
	return up > 3 && up > 3*low
}

// bySense orders readings of several types by the words beside them: malware
// beside "malware", an actor beside "group".
func (r *resolver) bySense(m match, aliases []int32) []int32 {
	want := news.EntityType("")
	switch {
	case r.beside(m, malwareNouns):
		want = news.Malware
	case r.beside(m, actorNouns):
		want = news.ThreatActor
	default:
		return aliases
	}
	var first, rest []int32
	for _, at := range aliases {
		if r.known.Entities[r.known.names[at].entity].Type == want {
			first = append(first, at)
		} else {
			rest = append(rest, at)
		}
	}
	if len(first) > 0 {
		return first
	}
	return rest
}
