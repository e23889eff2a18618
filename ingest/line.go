package ingest

import (
	"strings"

	"hearsay/ingest/news"
)

// Line reads text as one sentence, with tokens and tree and nothing else. Quotes
// and brackets may be written as the Penn Treebank escapes them.
func (p *Pipeline) Line(text string) *news.Document {
	d := &news.Document{Text: unescape(text), Language: "en"}
	p.Syntax.Annotate(d)
	if n := len(d.Sentences); n > 1 {
		d.Sentences[0].Span.End = d.Sentences[n-1].Span.End
		d.Sentences[0].End = d.Sentences[n-1].End
		d.Sentences = d.Sentences[:1]
		p.Syntax.Parse(d)
	}
	d.Text = text
	for i := range d.Tokens {
		t := &d.Tokens[i]
		for _, e := range escapes {
			if strings.HasPrefix(text[t.Start:], e.written) && t.Len() == len(e.meant) {
				t.End = t.Start + len(e.written)
			}
		}
	}
	return d
}

// escapes are the ways in which treebanks write what has a meaning of its own.
var escapes = [...]struct{ written, meant string }{
	{"``", `"`}, {"''", `"`},
	{"-LRB-", "("}, {"-RRB-", ")"}, {"-LSB-", "["}, {"-RSB-", "]"}, {"-LCB-", "{"}, {"-RCB-", "}"},
}

// unescape writes what stands alone in an escaped way as it is meant, and keeps
// every offset by filling up with blanks.
func unescape(text string) string {
	out := []byte(text)
	for _, e := range escapes {
		for from := 0; ; {
			i := strings.Index(text[from:], e.written)
			if i < 0 {
				break
			}
			i += from
			from = i + len(e.written)
			if (i == 0 || text[i-1] == ' ') && (from == len(text) || text[from] == ' ') {
				n := copy(out[i:], e.meant)
				for k := i + n; k < from; k++ {
					out[k] = ' '
				}
			}
		}
	}
	return string(out)
}
