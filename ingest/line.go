package ingest

import (
	"strings"

	"hearsay/ingest/news"
)

// Line reads text as one sentence, with tokens and tree and nothing else. Quotes
// and brackets may be written as the Penn Treebank escapes them; where commas and
// stops stand apart, the words are taken as they are.
func (p *Pipeline) Line(text string) *news.Document {
	d := &news.Document{Text: unescape(text), Language: "en"}
	if tokenised(text) {
		split(d)
		p.Syntax.Parse(d)
	} else {
		p.Syntax.Annotate(d)
	}
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

// tokenised reports whether text has been cut into words already: its last stop
// stands apart, and so does every comma.
func tokenised(text string) bool {
	text = strings.TrimSpace(text)
	for _, stop := range [...]string{" .", " ?", " !", " ''", " \""} {
		if strings.HasSuffix(text, stop) {
			return strings.Count(text, ", ") == strings.Count(text, " , ")
		}
	}
	return false
}

// split makes one sentence of the words of d that stand apart.
func split(d *news.Document) {
	for i := 0; i < len(d.Text); {
		if d.Text[i] == ' ' || d.Text[i] == '\t' {
			i++
			continue
		}
		start := i
		for i < len(d.Text) && d.Text[i] != ' ' && d.Text[i] != '\t' {
			i++
		}
		d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: start, End: i}})
	}
	if n := len(d.Tokens); n > 0 {
		d.Sentences = []news.Sentence{{Span: d.Tokens[0].Span.Cover(d.Tokens[n-1].Span), End: n, NewPar: true}}
	}
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
