package graph

import (
	"strings"
	"testing"
	"time"
)

func TestLinkAnswers(t *testing.T) {
	const monday, tuesday = 1_700_000_000, 1_700_086_400
	undated := time.Time{}.Unix()
	claim := func(id, source, document string, day int64, object, bound string, value float64) LinkFact {
		return LinkFact{ID: id, Source: source, Document: document, Published: day, Object: object, Bound: bound, Value: value}
	}
	tests := []struct {
		name string
		a, b LinkFact
		want string
	}{
		{"the same number", claim("a", "police", "1", monday, "", "exact", 17), claim("b", "clinic", "2", tuesday, "", "at-least", 17), AgreesWith + ": " + ruleSameNumber},
		{"numbers of one day", claim("a", "police", "1", monday, "", "exact", 17), claim("b", "clinic", "2", monday, "", "exact", 12), DisagreesWith + ": " + ruleOtherNumber},
		{"numbers of one document", claim("a", "police", "1", undated, "", "exact", 17), claim("b", "clinic", "1", undated, "", "exact", 12), DisagreesWith + ": " + ruleOtherNumber},
		{"numbers of undated documents", claim("a", "police", "1", undated, "", "exact", 17), claim("b", "clinic", "2", undated, "", "exact", 12), ""},
		{"a toll that rose", claim("a", "police", "1", monday, "", "exact", 12), claim("b", "clinic", "2", tuesday, "", "exact", 17), ""},
		{"a number that a source revised", claim("a", "police", "1", monday, "", "exact", 12), claim("b", "police", "2", tuesday, "", "exact", 17), ChangedFrom + ": " + ruleRevised},
		{"a number told twice in one document", claim("a", "police", "1", monday, "", "exact", 12), claim("b", "police", "1", monday, "", "exact", 17), ""},
		{"numbers that could both hold", claim("a", "police", "1", monday, "", "at-least", 12), claim("b", "clinic", "2", monday, "", "exact", 17), ""},
		{"two culprits", claim("a", "police", "1", monday, "hs:Borland", "", 0), claim("b", "clinic", "2", tuesday, "hs:Drovia", "", 0), DisagreesWith + ": " + ruleRivalClaims},
		{"another culprit later", claim("a", "police", "1", monday, "hs:Borland", "", 0), claim("b", "police", "2", tuesday, "hs:Drovia", "", 0), ChangedFrom + ": " + ruleRevised},
		{"one culprit", claim("a", "police", "1", monday, "hs:Borland", "", 0), claim("b", "clinic", "2", monday, "hs:Borland", "", 0), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.a.Rule, tt.b.Rule = "answer", "answer"
			var got []string
			for _, l := range LinksOf([]LinkFact{tt.b, tt.a}) {
				got = append(got, l.Predicate+": "+l.Rule)
				if (l.Unless != "") != (tt.a.Object != "") {
					t.Errorf("unless %q", l.Unless)
				}
			}
			if g := strings.Join(got, "; "); g != tt.want {
				t.Errorf("got %q, want %q", g, tt.want)
			}
		})
	}
}
