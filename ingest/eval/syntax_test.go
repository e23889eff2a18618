package eval

import (
	"strings"
	"testing"

	"hearsay/ingest/news"
	"hearsay/ingest/syntax/conllu"
)

const treebank = `# newdoc id = d
# sent_id = 1
1	Dogs	dog	NOUN	NNS	_	3	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	SpaceAfter=No
2	do	do	AUX	VBP	_	3	aux	_	_
3	n't	not	PART	RB	_	0	root	_	_
4	.	.	PUNCT	.	_	3	punct	_	_

# sent_id = 2
1	Yes	yes	INTJ	UH	_	0	root	_	_

`

func parse(t *testing.T, text string) []*conllu.Sentence {
	t.Helper()
	all, err := conllu.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// system is a document with tokens in the gold standard's text, all tags right.
func system(g *gold, spans []news.Span, heads []int) *news.Document {
	d := &news.Document{Text: g.doc.Text}
	for i, s := range spans {
		tok := news.Token{Span: s, Head: heads[i]}
		if k, ok := g.at[s]; ok {
			w := g.words[k]
			tok.UPOS, tok.XPOS, tok.Lemma, tok.Deprel = w.UPOS, w.XPOS, w.Lemma, w.Deprel
		}
		d.Tokens = append(d.Tokens, tok)
	}
	return d
}

func TestCompare(t *testing.T) {
	g := newGold(parse(t, treebank))
	if g.doc.Text != "Dogs don't. Yes " {
		t.Fatalf("text %q", g.doc.Text)
	}
	right := []news.Span{{Start: 0, End: 4}, {Start: 5, End: 7}, {Start: 7, End: 10}, {Start: 10, End: 11}, {Start: 12, End: 15}}
	for _, c := range []struct {
		name            string
		spans           []news.Span
		heads           []int
		words, uas, las int
	}{
		{"all right", right, []int{2, 1, 0, -1, 0}, 5, 5, 5},
		{"one wrong head", right, []int{1, 1, 0, -1, 0}, 5, 4, 4},
		{"the root of the second sentence hangs from the first", right, []int{2, 1, 0, -1, -2}, 5, 4, 4},
		{"a contraction in one: its words and those that hang from it are lost",
			[]news.Span{{Start: 0, End: 4}, {Start: 5, End: 10}, {Start: 10, End: 11}, {Start: 12, End: 15}}, []int{1, 0, -1, 0}, 3, 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := g.compare(system(g, c.spans, c.heads))
			if got.words != c.words || got.uas != c.uas || got.las != c.las {
				t.Errorf("words %d, UAS %d, LAS %d; want %d, %d, %d", got.words, got.uas, got.las, c.words, c.uas, c.las)
			}
		})
	}
}

func TestCounts(t *testing.T) {
	c := Counts{TP: 6}
	c.Add(Counts{FP: 2, FN: 6})
	if c.Precision() != 75 || c.Recall() != 50 || c.F1() != 60 {
		t.Errorf("%v: precision %v, recall %v, F1 %v; want 75, 50, 60", c, c.Precision(), c.Recall(), c.F1())
	}
	if (Counts{}).F1() != 0 {
		t.Error("nothing to find gives no F1")
	}
}

func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		score Score
		want  string
	}{
		{Score{Value: 90}, ""},
		{Score{Value: 90, Pass: 91, Reach: 95}, "below"},
		{Score{Value: 91, Pass: 91, Reach: 95}, "passed"},
		{Score{Value: 95, Pass: 91, Reach: 95}, "reached"},
		{Score{Value: 95, Pass: 91}, "passed"},
	} {
		if got := c.score.Verdict(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.score, got, c.want)
		}
	}
}

func TestTableText(t *testing.T) {
	var b strings.Builder
	err := Table{{Task: "syntax", Set: "EWT, raw", Metric: "LAS", Value: 85.456, Count: 10, Pass: 81, Reach: 85.5}}.WriteText(&b)
	if err != nil || !strings.Contains(b.String(), "EWT, raw     LAS  85.46  10    81   85.5  passed") {
		t.Errorf("%v\n%s", err, b.String())
	}
}
