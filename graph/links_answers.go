package graph

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"hearsay/ingest/news"
)

// answers are the claims that give one of several answers which exclude each
// other: who is behind an event, how many there are. Unlike positions they need
// not be on the very same statement.
func (g *linker) answers(fact func(LinkFact)) {
	for _, c := range g.claim {
		for _, id := range c.contents {
			p := g.prop[id]
			if p == nil || p.predicate == "" || c.stand(p) != inFavour {
				continue
			}
			f := LinkFact{ID: c.id, Source: c.source, Document: c.document, Published: c.published.Unix()}
			if c.sourceKind != string(news.Named) {
				f.Kind, f.Sketch = c.sourceKind, g.sketches[c.document]
			}
			switch {
			case p.counted:
				f.Key = strings.Join([]string{"number", p.subject, p.predicate, p.object, p.unit}, " ")
				if p.subject == "" && p.object == "" { // what is counted is known within a document alone
					f.Key += " " + c.document
				}
				f.Bound, f.Value = p.bound, p.value
			case exclusive(p.predicate) && p.subject != "" && p.object != "":
				f.Key, f.Object = strings.Join([]string{"culprit", p.subject, p.predicate}, " "), p.object
			default:
				continue
			}
			if g.shared(p) || p.counted && strings.HasSuffix(f.Key, c.document) {
				fact(f)
			}
		}
	}
}

// linkAnswers links the claims that answer one question: different sources with
// the same number agree, with rival answers disagree; a source that gives another
// answer in a later document has changed it. Numbers of different days are no
// disagreement: a toll rises.
func linkAnswers(given []LinkFact, link func(LinkEdge)) {
	if len(given) < 2 {
		return
	}
	slices.SortFunc(given, func(a, b LinkFact) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Document, b.Document), cmp.Compare(a.ID, b.ID),
			cmp.Compare(a.Value, b.Value), cmp.Compare(a.Bound, b.Bound), cmp.Compare(a.Object, b.Object))
	})
	type answer struct {
		source, object, bound string
		value                 float64
	}
	first := map[answer]bool{}
	last := map[string]LinkFact{} // by source
	var answers []LinkFact
	for _, f := range given {
		a := answer{f.Source, f.Object, f.Bound, f.Value}
		if !first[a] && !repeats(alikeAnswers(answers, f), f) {
			answers = append(answers, f)
		}
		first[a] = true
		if before, ok := last[f.Source]; ok && !sameAnswer(before, f) && before.Document != f.Document && before.Published < f.Published {
			l := newLink(f.ID, ChangedFrom, before.ID, ruleRevised)
			l.Unless = apart(before, f)
			link(l)
		}
		last[f.Source] = f
	}
	if answers[0].Object != "" {
		linkCulprits(answers, link)
		return
	}
	linkSameNumbers(answers, link)
	for len(answers) > 0 {
		n := 1
		for n < len(answers) && together(answers[0], answers[n]) {
			n++
		}
		linkOtherNumbers(answers[:n], link)
		answers = answers[n:]
	}
}

// alikeAnswers are those of the last answers that are the same as f, where f may
// be the same voice.
func alikeAnswers(answers []LinkFact, f LinkFact) []LinkFact {
	if f.Sketch == "" {
		return nil
	}
	var same []LinkFact
	for _, a := range answers[max(0, len(answers)-voices):] {
		if sameAnswer(a, f) {
			same = append(same, a)
		}
	}
	return same
}

// linkCulprits links each claim with those that first named another culprit: two
// claims for each of the first few. Answers are in the order of their dates.
func linkCulprits(answers []LinkFact, link func(LinkEdge)) {
	const claims = 2
	var named []string // one more than few: the claim's own doesn't count
	first := map[string][]LinkFact{}
	for _, a := range answers {
		if len(first[a.Object]) == 0 {
			if len(named) > few {
				continue
			}
			named = append(named, a.Object)
		}
		if len(first[a.Object]) <= claims {
			first[a.Object] = append(first[a.Object], a)
		}
	}
	for _, c := range answers {
		others := slices.DeleteFunc(slices.Clone(named), func(o string) bool { return o == c.Object })
		for _, o := range others[:min(few, len(others))] {
			for _, f := range otherSources(first[o], c, claims) {
				l := newLink(c.ID, DisagreesWith, f.ID, ruleRivalClaims)
				l.Unless = apart(c, f)
				link(l)
			}
		}
	}
}

// otherSources are the first n claims of other sources than that of c.
func otherSources(claims []LinkFact, c LinkFact, n int) []LinkFact {
	var list []LinkFact
	for _, f := range claims {
		if f.Source != c.Source && len(list) < n {
			list = append(list, f)
		}
	}
	return list
}

// linkSameNumbers links each claim with the first few that give its number,
// however bounded. Answers are in the order of their dates.
func linkSameNumbers(answers []LinkFact, link func(LinkEdge)) {
	bounded := map[amount]int{}
	first := map[float64][]LinkFact{}
	for _, a := range answers {
		if n := a.amount(); bounded[n] <= few {
			bounded[n]++
			first[a.Value] = append(first[a.Value], a)
		}
	}
	for _, c := range answers {
		linked := 0
		for _, f := range first[c.Value] {
			if f.Source != c.Source && linked < few && compatible(c, f) {
				link(newLink(c.ID, AgreesWith, f.ID, ruleSameNumber))
				linked++
			}
		}
	}
}

// linkOtherNumbers links claims that were published together with those that
// first gave the nearest numbers with which theirs can't both hold.
func linkOtherNumbers(answers []LinkFact, link func(LinkEdge)) {
	var numbers []LinkFact
	by := map[amount][]LinkFact{}
	for _, a := range answers {
		if len(by[a.amount()]) == 0 {
			numbers = append(numbers, a)
		}
		by[a.amount()] = append(by[a.amount()], a)
	}
	eachConflict(numbers, func(a, b LinkFact) {
		others := by[b.amount()]
		for _, c := range by[a.amount()] {
			for _, f := range otherSources(others[:min(2, len(others))], c, 1) {
				link(newLink(c.ID, DisagreesWith, f.ID, ruleOtherNumber))
			}
		}
	})
}

// together reports whether two claims stand in one document, or in documents that
// were published at the same time.
func together(a, b LinkFact) bool {
	return a.Document == b.Document || a.Published == b.Published && a.Published != time.Time{}.Unix()
}

// sameAnswer reports whether two claims give one answer, however bounded.
func sameAnswer(a, b LinkFact) bool { return a.Object == b.Object && a.Value == b.Value }

// apart is the pair of culprits of which neither may belong to the other where two
// claims rival, "" for numbers.
func apart(a, b LinkFact) string {
	if a.Object == "" {
		return ""
	}
	return bothWays(a.Object, b.Object)
}
