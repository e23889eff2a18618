package claim

import (
	"strings"
	"testing"
)

func TestEmbeddedLexicon(t *testing.T) {
	l := newLexicon()
	if err := l.Add(strings.NewReader(embedded)); err != nil {
		t.Fatal(err)
	}
	if len(l.verbs) < 300 || len(l.nouns) < 100 || len(l.adjectives) < 30 {
		t.Errorf("%d verbs, %d nouns, %d adjectives", len(l.verbs), len(l.nouns), len(l.adjectives))
	}
}

func TestLexiconAdd(t *testing.T) {
	for _, c := range []struct{ line, err string }{
		{"verb\tthat quote\tasserts\tcertain\tbleat bray+about", ""},
		{"# comment", ""},
		{"verb\tthat\tasserts\tcertain", "4 columns, want 5"},
		{"adverb\tthat\tasserts\tcertain\tx", `class "adverb"`},
		{"verb\tthem\tasserts\tcertain\tx", `frame "them"`},
		{"verb\tthat\tsays\tcertain\tx", `stance "says"`},
		{"verb\tthat\tasserts\tsure\tx", `certainty "sure"`},
	} {
		err := newLexicon().Add(strings.NewReader(c.line + "\n"))
		if c.err == "" && err != nil || c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
			t.Errorf("%q: error %v, want %q", c.line, err, c.err)
		}
	}
}

func TestLexiconOverride(t *testing.T) {
	l := StandardLexicon()
	if err := l.Add(strings.NewReader("verb\tthat\tdoubts\tpossible\tsay\n")); err != nil {
		t.Fatal(err)
	}
	for _, c := range l.verbs["say"] {
		if c.frames&that != 0 && c.stance != "doubts" {
			t.Errorf("say still %s in frame that", c.stance)
		}
	}
	for _, c := range standard().verbs["say"] {
		if c.frames&that != 0 && c.stance != "asserts" {
			t.Errorf("the standard lexicon changed: %s", c.stance)
		}
	}
}
