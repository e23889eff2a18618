package graph

import (
	"math"
	"strings"
)

// exclusive reports whether a relation's subject has only one object: an attack
// has one culprit, a thing one origin.
func exclusive(predicate string) bool {
	return predicate == "hs:attributed-to" || predicate == "hs:originates-from"
}

// belongs reports whether a relation puts its subject under its object: a group
// under its country, a person under an employer.
func belongs(predicate string) bool {
	switch predicate {
	case NSSchema + "isPartOf", NSSchema + "memberOf", NSSchema + "worksFor", "hs:originates-from", "hs:located-at", "hs:rel/be-of":
		return true
	}
	return false
}

// rivals are the propositions that exclude others: one event is the subject of
// each key.
func (g *linker) rivals(fact func(LinkFact)) {
	for _, p := range g.prop {
		if exclusive(p.predicate) && p.subject != "" && p.object != "" && p.polarity != "negative" && g.shared(p) {
			fact(LinkFact{Key: p.subject + " " + p.predicate, ID: p.id, Object: p.object})
		}
	}
}

// linkRivals links propositions that exclude each other: the same thing attributed
// to two culprits, neither of which belongs to the other by what is known or by
// what anybody says.
func linkRivals(list []LinkFact, link func(LinkEdge)) {
	for a, b := range pairs(list) {
		if a.Object != b.Object {
			l := newLink(a.ID, RivalOf, b.ID, ruleRivals)
			l.Unless = bothWays(a.Object, b.Object)
			link(l)
		}
	}
}

// shared reports whether a proposition is about named things: what has no name
// is a node of one document and no rival of anything.
func (g *linker) shared(p *linkProposition) bool {
	return !strings.HasPrefix(p.subject, "hs:doc/") && !strings.HasPrefix(p.object, "hs:doc/")
}

// quantities are the propositions with a number, under what they count.
func (g *linker) quantities(fact func(LinkFact)) {
	for _, p := range g.prop {
		if !p.counted || p.polarity == "negative" || p.predicate == "" || !g.shared(p) {
			continue
		}
		f := LinkFact{Key: strings.Join([]string{p.subject, p.predicate, p.object, p.unit}, " "), ID: p.id, Bound: p.bound, Value: p.value}
		if p.subject != "" || p.object != "" {
			fact(f)
			continue
		}
		key := f.Key
		for _, d := range p.documents { // what is counted is known within a document alone
			f.Key = key + " " + d
			fact(f)
		}
	}
}

// linkQuantities links different numbers of the same thing: the same subject,
// relation, object and unit. Numbers whose bounds leave no value in common
// conflict; others differ. Numbers that a document places at different times are
// beyond it: the dates of the documents tell that a toll has risen.
func linkQuantities(list []LinkFact, link func(LinkEdge)) {
	for a, b := range pairs(list) {
		switch {
		case a.Value == b.Value && a.Bound == b.Bound:
		case compatible(a, b):
			link(newLink(a.ID, DiffersFrom, b.ID, ruleDiffer))
		default:
			link(newLink(a.ID, ConflictsWith, b.ID, ruleConflict))
		}
	}
}

// compatible reports whether some number satisfies both quantities.
func compatible(a, b LinkFact) bool {
	lowA, highA := a.bounds()
	lowB, highB := b.bounds()
	return max(lowA, lowB) <= min(highA, highB)
}

// bounds are the least and the greatest number that a quantity allows; about
// allows a tenth more or less.
func (f LinkFact) bounds() (low, high float64) {
	switch f.Bound {
	case "more-than":
		return math.Nextafter(f.Value, math.Inf(1)), math.Inf(1)
	case "at-least":
		return f.Value, math.Inf(1)
	case "less-than":
		return math.Inf(-1), math.Nextafter(f.Value, math.Inf(-1))
	case "at-most":
		return math.Inf(-1), f.Value
	case "about":
		return f.Value - math.Abs(f.Value)/10, f.Value + math.Abs(f.Value)/10
	}
	return f.Value, f.Value
}
