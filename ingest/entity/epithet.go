package entity

import (
	"strings"

	"hearsay/ingest/news"
)

// epithets are the nouns by which news varies the name of whom it speaks, and the
// kind of name: "company" for what kinds has, else a type. They introduce nobody.
var epithets = map[string]string{
	"giant": "company", "carrier": "company", "lender": "company", "retailer": "company", "startup": "company", "start-up": "company",
	"developer": "company", "conglomerate": "company", "insurer": "company", "platform": "company", "company": "company", "firm": "company",
	"manufacturer": "company", "agency": "agency", "bank": "bank", "airline": "airline", "group": "body", "organisation": "body",
	"organization": "body", "charity": "body", "watchdog": "body", "union": "body", "newspaper": "newspaper", "paper": "newspaper",
	"magazine": "newspaper", "outlet": "newspaper", "broadcaster": "company", "party": "party",
}

// persons are epithets of persons.
var persons = setOf(`democrat republican conservative liberal socialist independent nationalist populist leader politician lawmaker
	legislator billionaire millionaire tycoon mogul magnate businessman businesswoman entrepreneur singer actor actress
	star rapper musician novelist footballer striker midfielder defender goalkeeper veteran strongman monarch pontiff
	year-old`)

// epithet is the last mention of the name that description i varies: the only one of
// its kind in the last sentence that has one, or the only one that is a subject there.
// -1 for none.
//
//	Samsung denied it. The South Korean giant said …      Samsung
//	Cantwell left. The Washington Democrat said …          Cantwell
//	Samsung sued Apple over it. The US company said …      the subject, Samsung
func (r *resolver) epithet(i int) int {
	x := &r.refs[i]
	noun := strings.ToLower(r.d.Tokens[x.Head].Lemma)
	kind := epithets[noun]
	if kind == "" && strings.HasSuffix(noun, "maker") && len(noun) > 7 && noun != "lawmaker" && noun != "filmmaker" {
		kind = "company" // carmaker, drugmaker
	}
	if noun == "maker" && r.d.Child(x.Head, "compound") >= 0 {
		kind = "company" // the iPhone maker
	}
	if x.number == plural || kind == "" && !persons[noun] || !r.isSubject(x) || r.otherOne(x) || kinds[noun] != nil && !r.particular(x) {
		return -1 // of "the company" byKind has decided
	}
	found, subject, sent := -1, false, -1
	for j := i - 1; j >= 0 && j >= i-reach && x.sent-r.refs[j].sent <= 4; j-- {
		y := &r.refs[j]
		if sent >= 0 && y.sent != sent {
			break
		}
		root := r.root(j)
		if y.sent == x.sent || y.aside || y.value || y.nested || r.total[root] == 0 || !r.varies(kind, j) {
			continue
		}
		sent = y.sent
		switch s := r.place(y) == subjectPlace; {
		case found < 0, s && !subject:
			found, subject = j, s
		case r.root(found) != root && s == subject:
			return -1
		}
	}
	if found < 0 || kind == "agency" && !subject || x.sent-sent > 2 && r.rivals(i, found, kind) {
		return -1
	}
	return found
}

// rivals reports whether another name before i might be meant as well as j's.
func (r *resolver) rivals(i, j int, kind string) bool {
	for k := i - 1; k >= 0 && k >= i-reach; k-- {
		if y := &r.refs[k]; y.Kind == news.Name && !y.aside && !y.nested && r.root(k) != r.root(j) && r.varies(kind, k) {
			return true
		}
	}
	return false
}

// otherOne reports whether a description sets itself apart: another, the other.
func (r *resolver) otherOne(x *ref) bool {
	for k := x.first; k <= x.last; k++ {
		switch r.lower(k) {
		case "other", "another", "second", "third", "rival", "former", "same", "parent":
			return true
		}
	}
	return false
}

// varies reports whether an epithet of the kind, "" for persons, may stand for the
// cluster of mention j.
func (r *resolver) varies(kind string, j int) bool {
	root := r.root(j)
	if kind == "" {
		return r.refs[root].Type == news.Person
	}
	named := -1
	for k := root; k <= j && named < 0; k++ {
		if r.refs[k].Kind == news.Name && r.root(k) == root {
			named = k
		}
	}
	switch typ := r.refs[root].Type; {
	case named < 0:
		return false
	case kind == "body":
		return typ == news.Organization || typ == news.ThreatActor
	default:
		return typ == news.Organization && r.fitsKind(kind, named)
	}
}

// roleNames are other words for one office.
var roleNames = map[string]string{"executive": "ceo", "attorney": "lawyer", "spokeswoman": "spokesman", "spokesperson": "spokesman",
	"congresswoman": "congressman", "chairwoman": "chairman", "chairperson": "chairman", "premier": "minister"}

// general are the words for holders of several offices.
var general = map[string]map[string]bool{
	"leader":     setOf("president minister chancellor king queen ayatollah emir sultan dictator"),
	"lawmaker":   setOf("senator congressman representative deputy mp legislator"),
	"legislator": setOf("senator congressman representative deputy mp lawmaker"),
	"politician": setOf("senator congressman representative deputy mp lawmaker minister governor mayor president chancellor"),
	"official":   setOf("commissioner secretary undersecretary"),
}

// answers reports whether one that has role ro may be called by want, the country
// aside.
func (ro role) answers(want role) bool {
	if ro.noun == want.noun {
		return ro.rank == want.rank
	}
	return general[want.noun][ro.noun] && want.rank == "" && (ro.rank == "" || ro.rank == "prime")
}
