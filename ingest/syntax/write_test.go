package syntax

import (
	"strings"
	"testing"

	"hearsay/ingest/news"
	"hearsay/ingest/syntax/conllu"
)

// A document built by hand: "“It’s” Rom, can't." with a name.
func TestCoNLLU(t *testing.T) {
	text := "“It’s” Rom, can't."
	d := &news.Document{ID: "d", Text: text}
	at := 0
	for i, form := range []string{"“", "It", "’s", "”", "Rom", ",", "ca", "n't", "."} {
		start := at + strings.Index(text[at:], form)
		at = start + len(form)
		d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: start, End: at}, Lemma: form, UPOS: "X", Deprel: "dep"})
		if i > 0 {
			d.Tokens[i].Head = -i
		}
	}
	d.Sentences = []news.Sentence{{Span: news.Span{Start: 0, End: len(text)}, First: 0, End: len(d.Tokens), NewPar: true}}
	d.Mentions = []news.Mention{{Span: d.Tokens[4].Span, Kind: news.Name, Type: news.Location, Entity: -1}}
	var b strings.Builder
	for _, s := range CoNLLU(d) {
		if err := conllu.Write(&b, s); err != nil {
			t.Fatal(err)
		}
	}
	want := `# newdoc id = d
# sent_id = d-1
# text = “It’s” Rom, can't.
1	“	“	X	_	_	0	dep	_	SpaceAfter=No|TokenRange=0:1
2-3	It’s	_	_	_	_	_	_	_	SpaceAfter=No
2	It	It	X	_	_	1	dep	_	TokenRange=1:3
3	’s	’s	X	_	_	1	dep	_	TokenRange=3:5
4	”	”	X	_	_	1	dep	_	TokenRange=5:6
5	Rom	Rom	X	_	_	1	dep	_	NE=B-LOC|SpaceAfter=No|TokenRange=7:10
6	,	,	X	_	_	1	dep	_	TokenRange=10:11
7-8	can't	_	_	_	_	_	_	_	SpaceAfter=No
7	ca	ca	X	_	_	1	dep	_	TokenRange=12:14
8	n't	n't	X	_	_	1	dep	_	TokenRange=14:17
9	.	.	X	_	_	1	dep	_	TokenRange=17:18

`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
