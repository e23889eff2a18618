package proposition

import (
	"strconv"
	"strings"

	"hearsay/ingest/news"
)

// document builds a document from CoNLL-U rows, one sentence after another,
// their blank-separated columns ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL.
// Words stand a space apart.
func document(conllu string) *news.Document {
	d := &news.Document{}
	var text strings.Builder
	first := 0
	flush := func() {
		if len(d.Tokens) > first {
			d.Sentences = append(d.Sentences, news.Sentence{
				Span:  news.Span{Start: d.Tokens[first].Start, End: d.Tokens[len(d.Tokens)-1].End},
				First: first, End: len(d.Tokens),
			})
		}
		first = len(d.Tokens)
	}
	for line := range strings.Lines(conllu) {
		c := strings.Fields(line)
		if len(c) == 0 {
			flush()
			continue
		}
		if strings.HasPrefix(c[0], "#") || len(c) < 8 || strings.ContainsAny(c[0], "-.") {
			continue
		}
		id, _ := strconv.Atoi(c[0])
		head, _ := strconv.Atoi(c[6])
		t := news.Token{Lemma: c[2], UPOS: c[3], XPOS: c[4], Feats: c[5], Deprel: c[7]}
		if t.Feats == "_" {
			t.Feats = ""
		}
		if head > 0 {
			t.Head = head - id
		}
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		t.Start = text.Len()
		text.WriteString(c[1])
		t.End = text.Len()
		d.Tokens = append(d.Tokens, t)
	}
	flush()
	d.Text = text.String()
	d.IndexTrees()
	return d
}
