package news

import (
	"strings"
	"testing"
)

func TestStatementLabel(t *testing.T) {
	computers := &Quantity{Value: 300000, Bound: MoreThan, Unit: "computer"}
	for _, c := range []struct {
		s    statement
		want string
	}{
		{statement{subject: "hs:NorthKorea", predicate: "hs:involvedIn", object: "hs:FBIDirector"}, "North Korea is involved in FBI Director"},
		{statement{subject: "hs:NorthKorea", predicate: "hs:involvedIn", object: "hs:APT28", polarity: Negative}, "North Korea is not involved in APT28"},
		{statement{subject: "hs:Lazarus", predicate: "hs:rel/be-similar-to", object: "hs:360Netlab"}, "Lazarus is similar to 360 Netlab"},
		{statement{subject: "hs:Petya", predicate: "hs:rel/spread-to", object: "hs:Spain", polarity: Negative}, "Petya does not spread to Spain"},
		{statement{subject: "hs:Petya", predicate: "hs:affected", quantity: computers}, "Petya affected more than 300000 computers"},
		{statement{subject: "hs:Petya", predicate: "hs:affected", quantity: computers, polarity: Negative}, "it is not so that Petya affected more than 300000 computers"},
		{statement{predicate: "hs:rel/crash", quantity: &Quantity{Value: 2, Bound: Exactly, Unit: "fast bus"}}, "2 fast buses crash"},
		{statement{predicate: "hs:affected", quantity: computers}, "something affected more than 300000 computers"},
		{statement{subject: "hs:doc/a-01234567#char=3,9", predicate: "hs:rel/be-similar-to", object: "hs:X", plural: true}, "the raid are similar to X"},
		{statement{subject: "hs:doc/a-01234567#char=3,9", predicate: "hs:accuses", object: "hs:X", polarity: Negative, plural: true}, "the raid do not accuse X"},
		{statement{predicate: "hs:targets", object: "hs:Sony"}, "somebody targets Sony"},
		{statement{subject: "hs:A", predicate: "hs:accuses", object: "hs:B", polarity: Negative}, "A does not accuse B"},
		{statement{subject: "hs:A", predicate: "http://schema.org/worksFor", object: "hs:B", polarity: Negative}, "A does not work for B"},
		{statement{subject: "hs:A", predicate: "http://schema.org/isPartOf", object: "hs:B"}, "A is part of B"},
		{statement{subject: "hs:A", predicate: "http://schema.org/founder", object: "hs:Paris_Person"}, "A has founder Paris (person)"},
		{statement{subject: "hs:A", predicate: "hs:rel/carry-out", object: "hs:doc/a-01234567#char=3,9"}, "A carries out the raid"},
	} {
		if got := c.s.label(func(iri string) string {
			if strings.Contains(iri, "#char=") {
				return "the raid"
			}
			return ""
		}); got != c.want {
			t.Errorf("%+v: %q, want %q", c.s, got, c.want)
		}
	}
}

// The label of a shared node must not depend on how one document names it.
func TestLabelIsSharedByDocuments(t *testing.T) {
	label := func(text, name string) string {
		d := &Document{IRI: "hs:doc/a-01234567", Text: text, Entities: []Entity{{IRI: "hs:NorthKorea", Name: name, Named: true}},
			Propositions: []Proposition{{Subject: Argument{Span: Span{0, len(name)}, Entity: 0}, Object: Argument{Entity: -1},
				Relation: Relation{Predicate: "hs:rel/rise"}, Polarity: Positive}}}
		d.IdentifyPropositions()
		return d.Propositions[0].Label
	}
	a, b := label("North Korea rose", "North Korea"), label("the DPRK rose", "the DPRK")
	if a != b || a != "North Korea rises" {
		t.Errorf("labels %q and %q, want the same", a, b)
	}
}
