package graph

import (
	"cmp"
	"math"
	"slices"
	"sort"
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
		if !exclusive(p.predicate) || p.subject == "" || p.object == "" || p.polarity == "negative" || !g.shared(p) {
			continue
		}
		for _, d := range p.documents {
			fact(LinkFact{Key: p.subject + " " + p.predicate, ID: p.id, Object: p.object, Document: d, Published: dated(g.published[d].Unix())})
		}
	}
}

// linkRivals links propositions that exclude each other: the same thing attributed
// to two culprits, neither of which belongs to the other by what is known or by
// what anybody says. Each is linked with those that were first named.
func linkRivals(list []LinkFact, link func(LinkEdge)) {
	list = earliest(list)
	for i, a := range list {
		for _, b := range list[:min(i, 2*few)] {
			if a.Object != b.Object {
				l := newLink(a.ID, RivalOf, b.ID, ruleRivals)
				l.Unless = bothWays(a.Object, b.Object)
				link(l)
			}
		}
	}
}

// earliest is of each proposition the fact of its first document, in the order
// of these.
func earliest(list []LinkFact) []LinkFact {
	byDate := func(a, b LinkFact) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Document, b.Document), cmp.Compare(a.ID, b.ID))
	}
	slices.SortFunc(list, byDate)
	seen := map[string]bool{}
	first := list[:0]
	for _, f := range list {
		if !seen[f.ID] {
			seen[f.ID] = true
			first = append(first, f)
		}
	}
	return first
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
// conflict; others differ. Each is linked with the nearest ones. Numbers that a
// document places at different times are beyond it: the dates of the documents
// tell that a toll has risen.
func linkQuantities(list []LinkFact, link func(LinkEdge)) {
	list = byID(list)
	eachConflict(list, func(a, b LinkFact) { link(newLink(a.ID, ConflictsWith, b.ID, ruleConflict)) })
	eachOverlap(list, func(a, b LinkFact) {
		if a.amount() != b.amount() {
			link(newLink(a.ID, DiffersFrom, b.ID, ruleDiffer))
		}
	})
}

// few is how many others of a kind a claim or number is linked with, so that the
// links of a key grow with what is linked and not with its square. Whoever has any
// of a kind is linked with one, and of up to few+1 each is linked with each.
const few = 4

// amount is what a quantity says.
type amount struct {
	value float64
	bound string
}

func (f *LinkFact) amount() amount { return amount{f.Value, f.Bound} }

// eachConflict calls found with each number and the nearest few below and the
// nearest few above it with which it can't both hold.
func eachConflict(list []LinkFact, found func(a, b LinkFact)) {
	byLow, byHigh := slices.Clone(list), slices.Clone(list)
	slices.SortFunc(byLow, compareLow)
	slices.SortFunc(byHigh, func(a, b LinkFact) int {
		_, highA := a.bounds()
		_, highB := b.bounds()
		return cmp.Or(cmp.Compare(highA, highB), compareLow(a, b))
	})
	for _, a := range list {
		low, high := a.bounds()
		above := sort.Search(len(byLow), func(i int) bool { l, _ := byLow[i].bounds(); return l > high })
		below := sort.Search(len(byHigh), func(i int) bool { _, h := byHigh[i].bounds(); return h >= low })
		for _, b := range byLow[above:min(above+few, len(byLow))] {
			found(a, b)
		}
		for _, b := range byHigh[max(0, below-few):below] {
			found(a, b)
		}
	}
}

// eachOverlap calls found with each number and those of the next few above with
// which it could both hold, and of those below with the one that reaches furthest.
func eachOverlap(list []LinkFact, found func(a, b LinkFact)) {
	list = slices.Clone(list)
	slices.SortFunc(list, compareLow)
	furthest := 0
	for i, a := range list {
		low, high := a.bounds()
		for _, b := range list[i+1 : min(i+1+few, len(list))] {
			if l, _ := b.bounds(); l <= high {
				found(a, b)
			}
		}
		_, reach := list[furthest].bounds()
		if i > 0 && reach >= low {
			found(a, list[furthest])
		}
		if high > reach {
			furthest = i
		}
	}
}

// compareLow puts numbers in the order of the least that they allow.
func compareLow(a, b LinkFact) int {
	lowA, highA := a.bounds()
	lowB, highB := b.bounds()
	return cmp.Or(cmp.Compare(lowA, lowB), cmp.Compare(highA, highB), cmp.Compare(a.ID, b.ID))
}

// compatible reports whether some number satisfies both quantities.
func compatible(a, b LinkFact) bool {
	lowA, highA := a.bounds()
	lowB, highB := b.bounds()
	return max(lowA, lowB) <= min(highA, highB)
}

// bounds are the least and the greatest number that a quantity allows; about
// allows a tenth more or less.
func (f *LinkFact) bounds() (low, high float64) {
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
