package graph

import (
	"cmp"
	"fmt"
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
	first := map[string]bool{}    // by source and answer
	last := map[string]LinkFact{} // by source
	var answers []LinkFact
	for _, f := range given {
		key := fmt.Sprint(f.Source, " ", f.Object, " ", f.Value, " ", f.Bound)
		if !first[key] && !repeats(slices.DeleteFunc(slices.Clone(answers[max(0, len(answers)-maxPairs):]), func(a LinkFact) bool { return !sameAnswer(a, f) }), f) {
			answers = append(answers, f)
		}
		first[key] = true
		if before, ok := last[f.Source]; ok && !sameAnswer(before, f) && before.Document != f.Document && before.Published < f.Published {
			l := newLink(f.ID, ChangedFrom, before.ID, ruleRevised)
			l.Unless = apart(before, f)
			link(l)
		}
		last[f.Source] = f
	}
	for i, a := range answers {
		for _, b := range answers[i+1 : min(len(answers), i+maxPairs)] {
			switch {
			case a.Source == b.Source:
			case a.Object != "" && a.Object != b.Object:
				l := newLink(a.ID, DisagreesWith, b.ID, ruleRivalClaims)
				l.Unless = apart(a, b)
				link(l)
			case a.Object != "":
			case a.Value == b.Value && compatible(a, b):
				link(newLink(a.ID, AgreesWith, b.ID, ruleSameNumber))
			case !compatible(a, b) && together(a, b):
				link(newLink(a.ID, DisagreesWith, b.ID, ruleOtherNumber))
			}
		}
	}
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
