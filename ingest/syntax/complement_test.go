package syntax

import (
	"testing"

	"hearsay/ingest/news"
)

// A clause right after its head is the head's; one that a mark divides from it, or
// that begins otherwise, stays beside it.
func TestComplements(t *testing.T) {
	type word struct {
		form, upos, deprel string
		head               int // from the word itself
	}
	for _, c := range []struct {
		words []word
		want  string
	}{
		{[]word{{"proof", "NOUN", "root", 0}, {"he", "PRON", "nsubj", 1}, {"left", "VERB", "parataxis", -2}}, "acl"},
		{[]word{{"thinks", "VERB", "root", 0}, {"he", "PRON", "nsubj", 1}, {"left", "VERB", "parataxis", -2}}, "ccomp"},
		{[]word{{"ten", "NUM", "root", 0}, {"he", "PRON", "nsubj", 1}, {"left", "VERB", "parataxis", -2}}, "parataxis"},
		{[]word{{"proof", "NOUN", "root", 0}, {":", "PUNCT", "punct", 2}, {"he", "PRON", "nsubj", 1}, {"left", "VERB", "parataxis", -3}}, "parataxis"},
		{[]word{{"proof", "NOUN", "root", 0}, {"now", "ADV", "advmod", 2}, {"he", "PRON", "nsubj", 1}, {"left", "VERB", "parataxis", -3}}, "parataxis"},
		{[]word{{"thinks", "VERB", "root", 0}, {"left", "VERB", "parataxis", -1}, {"he", "PRON", "nsubj", -1}}, "parataxis"},
	} {
		d := &news.Document{}
		at := -1
		for i, w := range c.words {
			start := len(d.Text)
			d.Text += w.form
			d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: start, End: len(d.Text)}, UPOS: w.upos, Deprel: w.deprel, Head: w.head})
			d.Text += " "
			if w.deprel == "parataxis" {
				at = i
			}
		}
		d.IndexTrees()
		complements(d)
		if got := d.Tokens[at].Deprel; got != c.want {
			t.Errorf("%q: %s, want %s", d.Text, got, c.want)
		}
	}
}
