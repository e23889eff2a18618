package entity

import (
	"strings"

	"hearsay/ingest/news"
)

// role is what the text calls a cluster: the head noun of an apposition, a title
// or a predicate, with the nationality beside it.
type role struct {
	noun, country string
	rank          string // vice, deputy, former …, "" for none
	of            string // name of what it is of: "Ashford" of the mayor of Ashford
}

// String is the role for people.
func (ro role) String() string {
	s := ro.noun
	if ro.rank != "" {
		s = ro.rank + " " + s
	}
	switch {
	case ro.of != "":
		s += " of " + ro.of
	case ro.country != "":
		s += " of " + ro.country
	}
	return s
}

// same reports whether two roles are one office, whoever's it is.
func (ro role) same(other role) bool {
	return ro.noun == other.noun && ro.country == other.country && ro.rank == other.rank
}

var ranks = setOf("vice deputy former ex assistant acting prime foreign defense defence finance interior first second chief general")

// joinPhrases joins appositions and collects the roles that names are given.
//
//	the prosecutor general of Tehran, Ali Alghasi Mehr   one person
//	Hauri Inc., an anti-virus company                    one company, role company
//	anti-virus software company Hauri                    role company
//	Rouhani is the president of Iran                     role president
func (r *resolver) joinPhrases() {
	r.roles = map[int][]role{}
	for i := range r.refs {
		x := &r.refs[i]
		if x.value || x.Kind == news.Pronoun {
			continue
		}
		if x.Kind == news.Name {
			r.titleRoles(i)
		} else {
			r.entitled(i)
			r.named(i)
		}
		h := r.d.Head(x.Head)
		if h < 0 {
			continue
		}
		rel := r.d.Tokens[x.Head].Deprel
		j := int(r.head[h]) - 1
		switch {
		case j < 0 || j == i || r.refs[j].value:
		case news.IsRel(rel, "appos"):
			if x.first > 0 && r.d.Form(x.first-1) == ":" {
				break // Sudan: Army and RSF trade blame
			}
			if !r.runsOn(i) {
				r.apposition(r.apposed(j, i), i)
			}
		case news.IsRel(rel, "nsubj") && r.d.Child(h, "cop") >= 0 && r.d.Child(h, "case") < 0 && r.refs[j].Kind == news.Nominal && !r.negated(h):
			r.addRole(r.root(i), r.roleOf(j))
		}
	}
	// Roles move to the clusters' roots.
	moved := map[int][]role{}
	for i := range r.refs {
		if rs := r.roles[i]; rs != nil {
			moved[r.root(i)] = append(moved[r.root(i)], rs...)
		}
	}
	r.roles = moved
}

// runsOn reports whether a finite verb follows the whole phrase of i without a mark,
// so that the phrase is its subject and no apposition to what stands before it:
// according to letters seen by Krebs, | a member who was called White tried it.
func (r *resolver) runsOn(i int) bool {
	head := r.refs[i].Head
	first, last := r.d.Subtree(head)
	if first == 0 || r.d.Form(first-1) != "," || r.d.Child(head, "acl:relcl", "acl") < 0 || last+1 >= len(r.d.Tokens) || r.d.SentenceAt(r.d.Tokens[last+1].Start) != r.refs[i].sent {
		return false
	}
	v := last + 1
	switch r.d.Tokens[v].XPOS {
	case "VBD", "VBZ", "VBP", "MD":
	default:
		return false
	}
	if h := r.d.Head(v); r.d.Tokens[v].UPOS == "AUX" && h > v {
		v = h
	}
	return r.d.Child(v, "nsubj") < 0
}

// christened makes products of the names of ships and the like.
//
//	the Dali, a Singapore-flagged vessel      the container ship Dali
func (r *resolver) christened() {
	ships := map[string]bool{}
	for i := range r.refs {
		x := &r.refs[i]
		if x.Kind != news.Name || x.indicator != nil || r.decided(x) >= 0 {
			continue
		}
		k := r.d.Child(x.Head, "appos")
		if x.first > 0 && vessels[r.d.Tokens[x.first-1].Lemma] && (r.d.Child(x.Head, "det") >= 0 || r.d.Child(x.first-1, "det") >= 0) || k > x.last && vessels[r.d.Tokens[k].Lemma] {
			ships[r.d.Slice(x.Span)] = true
		}
	}
	for i := range r.refs {
		if x := &r.refs[i]; x.Kind == news.Name && ships[r.d.Slice(x.Span)] {
			x.Type, x.animate, x.gender, x.person = news.Product, false, neuter, ""
		}
	}
}

// entitled joins an office or a kind of body with the name that follows it without
// a comma.
//
//	[US Secretary of State] Mike Pompeo      television [broadcaster] PBS
func (r *resolver) entitled(i int) {
	x := &r.refs[i]
	w := strings.ToLower(r.d.Tokens[x.Head].Lemma)
	if x.number == plural || x.value || r.t.nouns[w] != personNoun && r.t.nouns[w] != groupNoun && !titles[w] {
		return
	}
	for j := i + 1; j < len(r.refs) && j < i+12 && r.refs[j].sent == x.sent; j++ {
		y := &r.refs[j]
		if y.Kind != news.Name || y.nested && y.Type != x.Type || y.first > x.last+1 {
			continue
		}
		after := y.first == x.last+1
		within := y.last == x.last && y.first > x.Head && !r.divided(x.Head, y.first)
		if !after && !within || r.root(i) == r.root(j) {
			continue
		}
		person := y.Type == news.Person && x.Type == news.Person
		body := y.Type == news.Organization && x.Type == news.Organization && y.first == x.Head+1 && (!r.isSubject(y) || r.d.Head(y.Head) == r.d.Head(x.Head))
		if (person || body) && !r.clashes(y, x) {
			r.addRole(r.root(j), r.roleOf(i))
			r.join(i, j, "")
			x.Rule = "title"
			return
		}
	}
}

// bodies are the nouns that say after a name what kind of body has it.
var bodies = setOf(`service agency newspaper daily magazine broadcaster channel network station movement party group militia gang
	organization organisation union alliance bloc company firm`)

// named joins the description of a body with the name before its nouns.
//
//	Ukraine's [SBU] state security service, the [Wagner] mercenary group, [Interfax] news agency
//	Google's company, the [Google] parent company                         not
func (r *resolver) named(i int) {
	x := &r.refs[i]
	if x.number == plural || !bodies[strings.ToLower(r.d.Tokens[x.Head].Lemma)] {
		return
	}
	k := x.Head - 1
	for ; k >= x.first && !r.taken(k); k-- {
		if u := r.d.Tokens[k].UPOS; u != "NOUN" && u != "ADJ" {
			return
		}
		switch r.lower(k) {
		case "parent", "sister", "holding", "rival", "partner", "successor":
			return
		}
	}
	if k < x.first {
		return
	}
	j := int(r.cover[k]) - 1
	switch r.d.Slice(r.refs[j].Span) {
	case "UN", "U.N.", "United Nations", "EU", "E.U.", "European Union":
		return // its agencies are others
	}
	if y := &r.refs[j]; y.Kind == news.Name && y.last == k && y.first >= x.first && (y.Type == news.Organization || y.Type == news.ThreatActor) && r.root(i) != r.root(j) {
		r.addRole(r.root(j), r.roleOf(i))
		r.join(j, i, "kind:"+strings.ToLower(r.d.Tokens[x.Head].Lemma))
	}
}

// divided reports whether the name at token to is no more than part of what the
// description headed by token head says: "a spokesman for President Putin" isn't
// Putin, but "the representative for Iran Brian Hook" is Hook.
func (r *resolver) divided(head, to int) bool {
	inner := false // after a clitic
	for i := head + 1; i < to; i++ {
		switch {
		case r.clitic(i):
			inner = true
		case inner && r.t.nouns[r.lower(i)] == personNoun:
			return true
		}
	}
	return inner && r.clitic(to-1)
}

// clitic reports whether a preposition, a possessive or a mark stands at i.
func (r *resolver) clitic(i int) bool {
	switch r.d.Tokens[i].UPOS {
	case "ADP", "PART", "PUNCT", "CCONJ", "SCONJ", "VERB", "DET":
		return true
	}
	return false
}

// apposed is the mention that i stands in apposition to: j, or the person above it
// where the parser took the nearest noun: "the director of the society, Bob
// Hughes".
func (r *resolver) apposed(j, i int) int {
	if r.refs[i].Type != news.Person || r.refs[j].Type == news.Person {
		return j
	}
	h := r.d.Head(r.refs[j].Head)
	for n := 0; h >= 0 && n < 3; h, n = r.d.Head(h), n+1 {
		k := int(r.head[h]) - 1
		if k >= 0 && r.refs[k].Kind == news.Nominal && r.refs[k].Type == news.Person && r.refs[k].Start < r.refs[j].Start {
			return k
		}
	}
	return j
}

func (r *resolver) negated(h int) bool {
	for k := range r.d.Children(h) {
		if r.d.Tokens[k].Lemma == "not" || r.d.Tokens[k].Feat("Polarity") == "Neg" {
			return true
		}
	}
	return false
}

// apposition joins a description with the name beside it. Two names beside each
// other are a person's affiliation or a place in a country: they stay two.
func (r *resolver) apposition(i, j int) {
	a, b := &r.refs[i], &r.refs[j]
	switch {
	case a.Kind == news.Name && b.Kind == news.Name:
		if a.Type == b.Type && (r.decided(a) < 0 || r.decided(b) < 0) && r.bracketed(b) && a.Type != news.Location {
			r.join(i, j, "apposition")
		}
		return
	case a.Kind == news.Name && r.clashes(a, b), b.Kind == news.Name && r.clashes(b, a):
		return
	}
	if a.Kind == news.Nominal {
		r.addRole(r.root(j), r.roleOf(i))
	}
	if b.Kind == news.Nominal {
		r.addRole(r.root(i), r.roleOf(j))
	}
	r.join(i, j, "apposition")
	if a.Kind == news.Nominal && b.Kind == news.Name && a.Rule == "" {
		a.Rule = "apposition"
	}
}

func (r *resolver) bracketed(x *ref) bool {
	return x.first > 0 && r.d.Form(x.first-1) == "("
}

// clashes reports whether a description can't be of the named one: a person's
// noun for an organization, a plural for one person.
func (r *resolver) clashes(name, nominal *ref) bool {
	if name.country != "" || name.indicator != nil {
		return true
	}
	if nominal.number == plural {
		return true
	}
	switch name.Type {
	case news.Person:
		return nominal.Type != news.Person && nominal.Type != news.Other
	case news.Organization, news.Location, news.Malware, news.ThreatActor, news.Product:
		return nominal.Type == news.Person
	}
	return false
}

// roleOf is the role that a description gives.
func (r *resolver) roleOf(i int) role {
	x := &r.refs[i]
	ro := role{noun: strings.ToLower(r.d.Tokens[x.Head].Lemma)}
	for k := x.first; k <= x.last && k < x.Head; k++ {
		if c := r.t.demonym[r.d.Form(k)]; c != "" {
			ro.country = c
		}
		if w := r.lower(k); ranks[w] {
			ro.rank = w
		}
	}
	if other := roleNames[ro.noun]; other != "" && (ro.noun != "executive" || ro.rank == "chief") {
		if ro.noun == "executive" {
			ro.rank = ""
		}
		if ro.noun == "premier" {
			ro.rank = "prime"
		}
		ro.noun = other
	}
	ro.of = r.nameBelow(x.Head)
	return ro
}

// nameBelow is the name that hangs on a noun by "of", "at" or "for", or before it
// by a possessive: Ashford of the mayor of Ashford.
func (r *resolver) nameBelow(head int) string {
	for k := range r.d.Children(head) {
		rel := r.d.Tokens[k].Deprel
		if !news.IsRel(rel, "nmod") || !r.taken(k) {
			continue
		}
		if c := r.d.Child(k, "case"); c < 0 || k > head && r.lower(c) != "of" && r.lower(c) != "at" && r.lower(c) != "for" {
			continue
		}
		y := &r.refs[r.cover[k]-1]
		if y.Type != news.Organization && y.Type != news.Location {
			continue
		}
		if e := r.decided(y); e >= 0 {
			return r.known.Entities[e].Name
		}
		return r.fullName(y)
	}
	return ""
}

func (r *resolver) addRole(root int, ro role) {
	if ro.noun != "" {
		r.roles[root] = append(r.roles[root], ro)
	}
}

// titleRoles reads the words before a name in its phrase.
//
//	Iranian President Hassan Rouhani   president, of Iran
//	news agency ISNA                   agency
func (r *resolver) titleRoles(i int) {
	x := &r.refs[i]
	s := &r.d.Sentences[x.sent]
	country, rank := "", ""
	var nouns []string
	for k := x.first - 1; k >= s.First && k >= x.first-6; k-- {
		t := &r.d.Tokens[k]
		if c := r.t.demonym[r.d.Form(k)]; c != "" {
			country = c
			continue
		}
		if w := r.lower(k); ranks[w] {
			rank = w
			continue
		}
		if t.UPOS != "NOUN" && t.UPOS != "PROPN" && t.UPOS != "ADJ" && r.d.Form(k) != "-" {
			break
		}
		if (t.UPOS == "NOUN" || t.UPOS == "PROPN") && t.Feat("Number") != "Plur" && !(r.taken(k) && r.refs[r.cover[k]-1].Type != news.Person) {
			nouns = append(nouns, strings.ToLower(t.Lemma))
		}
	}
	for n, noun := range nouns {
		class := r.t.nouns[noun]
		if n > 0 && class == noClass || !titles[noun] && typeOfClass(class) != x.Type {
			continue
		}
		r.addRole(i, role{noun: noun, country: country, rank: rank})
	}
}
