package syntax

import "testing"

func TestGoesOn(t *testing.T) {
	for _, c := range []struct {
		word, following string
		want            bool
	}{
		{"Rep", " Adam Schiff", true}, {"GEN", " LEE", true}, {"Sgt", " 1st Class", true}, {"Lt", " Gov. Dan", true},
		{"Rep", " **Adam** said", true}, {"No", " 5", true}, {"Vol", " II", true}, {"pp", " 3-5", true},
		{"approx", " five", true}, {"vs", " the", true}, {"v", " Bar Co.", true}, {"St", " Petersburg", true},
		// What may end a sentence.
		{"Inc", " The", false}, {"etc", " And", false}, {"Rep", " said", false}, {"rep", " The", false}, {"No", " The", false},
		{"no", " 5", false}, {"v", " low", false}, {"word", " The", false}, {"", " The", false}, {"Rep", "", false},
	} {
		if got := goesOn(c.word, c.following); got != c.want {
			t.Errorf("%s.%s: goes on %v, want %v", c.word, c.following, got, c.want)
		}
	}
}

func TestDotted(t *testing.T) {
	for _, s := range []string{"U.S.", "p.m.", "e.g.", "a.k.a.", "Ph.D."} {
		if !dotted(s) {
			t.Errorf("%s isn't read as an abbreviation", s)
		}
	}
	for _, s := range []string{"", "J.", "U.S", "..", "U..S.", "end.", "U.S.A", "1.2.", "a.b.cd."} {
		if dotted(s) {
			t.Errorf("%s is read as an abbreviation", s)
		}
	}
}
