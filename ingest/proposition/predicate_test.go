package proposition

import (
	"strings"
	"testing"
)

func TestDefaultPredicates(t *testing.T) {
	p, err := ReadPredicates("predicates.tsv", strings.NewReader(predicateTable), nil)
	if err != nil {
		t.Fatal(err)
	}
	for words, rules := range p.rules {
		if words != strings.ToLower(strings.TrimSpace(words)) {
			t.Errorf("words %q: want lower case without blanks around", words)
		}
		for _, r := range rules {
			if !validIRI(r.predicate) {
				t.Errorf("%s: predicate %q", words, r.predicate)
			}
		}
	}
}

func TestReadPredicatesErrors(t *testing.T) {
	tests := []struct{ name, table, want string }{
		{"too few columns", "hs:targets\tsubj\thit\n", "x:1: 3 columns: want predicate, subject, object, words"},
		{"no IRI", "# a comment\ntargets\tsubj\tobj\thit\n", `x:2: predicate "targets": want an absolute IRI`},
		{"empty words", "hs:targets\tsubj\tobj\thit||strike\n", "x:1: predicate hs:targets: empty words"},
		{"unknown class", "hs:targets\tsubj\tobj:thing\thit\n", `x: hit: no class "thing"`},
	}
	for _, test := range tests {
		_, err := ReadPredicates("x", strings.NewReader(test.table), nil)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
		}
	}
}

func TestUserPredicatesComeFirst(t *testing.T) {
	p, err := ReadPredicates("mine.tsv", strings.NewReader("http://example.org/robs\tsubj\tobj\trob\nhs:meets\tobj\tsubj\tattack\n"), DefaultPredicates())
	if err != nil {
		t.Fatal(err)
	}
	d := document(tree(`they/they/PRON/PRP/2/nsubj robbed/rob/VERB/VBD/0/root banks/bank/NOUN/NNS/2/obj and/and/CCONJ/CC/5/cc attacked/attack/VERB/VBD/2/conj us/we/PRON/PRP/5/obj`))
	Extract(d, p)
	if len(d.Propositions) != 2 || d.Propositions[0].Relation.Predicate != "http://example.org/robs" ||
		d.Propositions[1].Relation.Predicate != "hs:meets" || !d.Propositions[1].Relation.Inverse {
		t.Errorf("got %+v", d.Propositions)
	}
}

func TestOpenPredicate(t *testing.T) {
	tests := []struct{ lemma, want string }{
		{"be similar to", "hs:rel/be-similar-to"},
		{"shut down", "hs:rel/shut-down"},
		{"re-elect", "hs:rel/re-elect"},
		{"be “under” <fire>", "hs:rel/be-under-fire"},
		{"être à", "hs:rel/être-à"},
		{"$", "hs:rel/other"},
		{"", "hs:rel/other"},
	}
	for _, test := range tests {
		if got := openPredicate(test.lemma); got != test.want || !validIRI(got) {
			t.Errorf("openPredicate(%q) = %q, want %q", test.lemma, got, test.want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	tests := []struct {
		s    string
		want float64
		ok   bool
	}{
		{"300,000", 300000, true}, {"2.5", 2.5, true}, {"twenty-three", 23, true}, {"dozen", 12, true},
		{"5k", 5000, true}, {"3m", 3e6, true}, {"1,000+", 1000, true},
		{"", 0, false}, {"several", 0, false}, {"twenty-odd", 0, false}, {"1.2.3", 0, false},
	}
	for _, test := range tests {
		if got, ok := parseNumber(test.s); ok != test.ok || ok && got != test.want {
			t.Errorf("parseNumber(%q) = %g, %v; want %g, %v", test.s, got, ok, test.want, test.ok)
		}
	}
}

func TestWeights(t *testing.T) {
	for name, text := range map[string]string{"confidence": confidenceWeights, "factuality": factualityWeights} {
		m, err := readLinear(text)
		if err != nil || len(m.weights) < 50 {
			t.Errorf("%s: %d weights, %v", name, len(m.weights), err)
		}
	}
	if _, err := readLinear("bias 0.1\n"); err == nil {
		t.Error("a line without a tab: want an error")
	}
}
