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

// rivals links propositions that exclude each other: the same thing attributed to
// two culprits, neither of which belongs to the other by what is known or by what
// anybody says.
func (g *linker) rivals() {
	for _, p := range g.prop {
		if belongs(p.predicate) && p.polarity != "negative" {
			g.within[[2]string{p.subject, p.object}] = true
		}
	}
	by := map[string][]*linkProposition{}
	for _, p := range g.prop {
		if exclusive(p.predicate) && p.subject != "" && p.object != "" && p.polarity != "negative" && g.shared(p) {
			key := p.subject + " " + p.predicate
			by[key] = append(by[key], p)
		}
	}
	for _, list := range by {
		for i, a := range list {
			for _, b := range list[i+1:] {
				if a.object != b.object && !g.within[[2]string{a.object, b.object}] && !g.within[[2]string{b.object, a.object}] {
					g.add(a.id, RivalOf, b.id, "the same event attributed to different parties")
				}
			}
		}
	}
}

// shared reports whether a proposition is about named things: what has no name
// is a node of one document and no rival of anything.
func (g *linker) shared(p *linkProposition) bool {
	return !strings.HasPrefix(p.subject, "hs:doc/") && !strings.HasPrefix(p.object, "hs:doc/")
}

// quantities links different numbers of the same thing: the same subject,
// relation, object and unit. Numbers whose bounds leave no value in common
// conflict; others differ. Numbers that a document places at different times are
// beyond it: the dates of the documents tell that a toll has risen.
func (g *linker) quantities() {
	by := map[string][]*linkProposition{}
	for _, p := range g.prop {
		if !p.counted || p.polarity == "negative" || p.predicate == "" || !g.shared(p) {
			continue
		}
		key := strings.Join([]string{p.subject, p.predicate, p.object, p.unit}, " ")
		if p.subject != "" || p.object != "" {
			by[key] = append(by[key], p)
			continue
		}
		for _, d := range p.documents { // what is counted is known within a document alone
			by[key+" "+d] = append(by[key+" "+d], p)
		}
	}
	for _, list := range by {
		for i, a := range list {
			for _, b := range list[i+1:] {
				if a.value == b.value && a.bound == b.bound {
					continue
				}
				if compatible(a, b) {
					g.add(a.id, DiffersFrom, b.id, "numbers of the same thing that could both hold")
				} else {
					g.add(a.id, ConflictsWith, b.id, "numbers of the same thing that can't both hold")
				}
			}
		}
	}
}

// compatible reports whether some number satisfies both quantities.
func compatible(a, b *linkProposition) bool {
	lowA, highA := a.bounds()
	lowB, highB := b.bounds()
	return max(lowA, lowB) <= min(highA, highB)
}

// bounds are the least and the greatest number that a quantity allows; about
// allows a tenth more or less.
func (p *linkProposition) bounds() (low, high float64) {
	switch p.bound {
	case "more-than":
		return math.Nextafter(p.value, math.Inf(1)), math.Inf(1)
	case "at-least":
		return p.value, math.Inf(1)
	case "less-than":
		return math.Inf(-1), math.Nextafter(p.value, math.Inf(-1))
	case "at-most":
		return math.Inf(-1), p.value
	case "about":
		return p.value - math.Abs(p.value)/10, p.value + math.Abs(p.value)/10
	}
	return p.value, p.value
}
