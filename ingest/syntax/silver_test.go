package syntax

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/ingest/syntax/conllu"
)

func TestPlainTexts(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.txt":   "As it is.\n",
		"b.csv":   "url,text\nhttp://a,\"One, two.\"\nhttp://b,Three.\n",
		"c/d.md":  "# Head\n\n* [A](https://a.b/c \"A\")\n  * *The* [bank](https://a.b/x_%28y%29) closes. [(Paper)](https://p.q)\n",
		"e.other": "not read",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := plainTexts(dir)
	want := []string{"As it is.\n", "One, two.", "Three.", "A\n\nThe bank closes.\n\n"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("texts %q, %v; want %q", got, err, want)
	}
	if none, err := plainTexts(filepath.Join(dir, "nowhere")); err != nil || none != nil {
		t.Errorf("a folder that isn't there: %q, %v; want nothing", none, err)
	}
}

func TestWellFormed(t *testing.T) {
	for _, c := range []struct {
		name, text string
		finite     bool
		want       bool
	}{
		{"a sentence", "The bank closed its doors .", true, true},
		{"no verb", "The bank and its doors .", false, false},
		{"too short", "It closed .", true, false},
		{"no end", "The bank closed its doors", true, false},
		{"begins in the middle", "the bank closed its doors .", true, false},
		{"numbers", "It 1 2 3 4 5 6 .", true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &conllu.Sentence{}
			for _, w := range strings.Fields(c.text) {
				s.Words = append(s.Words, conllu.Word{Form: w})
			}
			if c.finite {
				s.Words[1].Feats = "Tense=Past|VerbForm=Fin"
			}
			if got := wellFormed(s); got != c.want {
				t.Errorf("%q: %v, want %v", c.text, got, c.want)
			}
		})
	}
}

func TestMarks(t *testing.T) {
	// Root, a, comma, b, dash, c
	var before []uint32
	var sum uint32
	for _, form := range []string{rootForm, "a", ",", "b", "--", "c"} {
		sum += divides(form)
		before = append(before, sum)
	}
	for _, c := range []struct {
		i, j, want int
	}{{1, 3, 2}, {3, 1, 2}, {1, 5, 3}, {3, 5, 1}, {2, 3, 0}, {4, 5, 0}, {1, 2, 0}, {5, 4, 0}} {
		if got := marks(before, c.i, c.j) - distances; got != c.want {
			t.Errorf("between %d and %d: class %d, want %d", c.i, c.j, got, c.want)
		}
	}
}

func TestCanonicalFeatures(t *testing.T) {
	v := &vocabulary{vectors: indexOf([]string{"bank"}), words: indexOf([]string{"bank", wordKey("http://x.org/y")})}
	first := v.of("hxxp://evil[.]com/a")
	for _, form := range []string{"CVE-2017-0144", "tasksche.exe", "10.0.0[.]1", "a.b@example.org"} {
		if v.of(form) != first {
			t.Errorf("%s is another word to the network than an address", form)
		}
	}
	if v.of("bank’s") != v.of("bank's") {
		t.Error("a curly apostrophe makes another word")
	}
	if f := v.of("savings-bank"); f.vector != 0 {
		t.Errorf("vector %d of savings-bank, want that of bank", f.vector)
	}
	if v.of("bank") == v.of("BANK") {
		t.Error("capitals leave no trace")
	}
}

func TestWhatTeachersDisagreeOnIsLeftOpen(t *testing.T) {
	word := conllu.Word{Form: "dogs", Lemma: "dog", UPOS: "NOUN", XPOS: "NNS", Feats: "Number=Plur", Head: 2, Deprel: "nsubj"}
	for _, c := range []struct {
		name        string
		other, want conllu.Word
	}{
		{"all agreed", word, word},
		{"another tag", conllu.Word{UPOS: "VERB", XPOS: "NNS", Feats: "_", Head: 2, Deprel: "nsubj"},
			conllu.Word{Form: "dogs", Lemma: "dog", UPOS: "?", XPOS: "NNS", Feats: "?", Head: 2, Deprel: "nsubj"}},
		{"another relation", conllu.Word{UPOS: "NOUN", XPOS: "NNS", Feats: "Number=Plur", Head: 2, Deprel: "obj"},
			conllu.Word{Form: "dogs", Lemma: "dog", UPOS: "NOUN", XPOS: "NNS", Feats: "Number=Plur", Head: 2, Deprel: "?"}},
		{"another head, which leaves no relation", conllu.Word{UPOS: "NOUN", XPOS: "NNS", Feats: "Number=Plur", Head: 3, Deprel: "nsubj"},
			conllu.Word{Form: "dogs", Lemma: "dog", UPOS: "NOUN", XPOS: "NNS", Feats: "Number=Plur", Head: -1, Deprel: "?"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := word
			if leaveOpen(&got, &c.other); got != c.want {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}
