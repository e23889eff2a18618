package syntax

import (
	"strings"
	"unicode/utf8"

	"hearsay/ingest/news"
	"hearsay/ingest/syntax/conllu"
)

// passage is a paragraph of a treebank as running text, with its gold tokens and
// the tokens that begin sentences.
type passage struct {
	text   string
	tokens []news.Span
	starts map[int]bool // by index of the token
}

// passages joins sentences to paragraphs as their text stood.
func passages(all []*conllu.Sentence) []passage {
	var out []passage
	var text strings.Builder
	var cur passage
	flush := func() {
		if len(cur.tokens) > 0 {
			cur.text = strings.TrimRight(text.String(), " ")
			out = append(out, cur)
		}
		text.Reset()
		cur = passage{starts: map[int]bool{}}
	}
	flush()
	doc := ""
	for _, s := range all {
		if s.NewPar || s.Doc != doc {
			flush()
			doc = s.Doc
		}
		cur.starts[len(cur.tokens)] = true
		cur.tokens = append(cur.tokens, SentenceText(&text, s)...)
	}
	flush()
	return out
}

// SentenceText appends the text of a sentence, with the space that follows it,
// and returns where its words stand. The words of a contraction share its
// characters.
func SentenceText(b *strings.Builder, s *conllu.Sentence) []news.Span {
	spans := make([]news.Span, len(s.Words))
	for i := 0; i < len(s.Words); i++ {
		start := b.Len()
		if r := s.RangeAt(i); r != nil && r.First == i {
			b.WriteString(r.Form)
			shareOut(spans[i:r.Last+1], s.Words[i:r.Last+1], r.Form, start)
			i = r.Last
			if !r.NoSpace {
				b.WriteByte(' ')
			}
			continue
		}
		b.WriteString(s.Words[i].Form)
		spans[i] = news.Span{Start: start, End: b.Len()}
		if !s.Words[i].NoSpace {
			b.WriteByte(' ')
		}
	}
	return spans
}

// shareOut splits the characters of a contraction between its words: by their
// forms where these make it up, else the last word takes what is left.
func shareOut(spans []news.Span, words []conllu.Word, form string, start int) {
	at := 0
	for k := range words {
		n := len(words[k].Form)
		left := len(words) - 1 - k
		if k == len(words)-1 {
			n = len(form) - at
		}
		n = max(0, min(n, len(form)-at-left))
		for at+n < len(form) && !utf8.RuneStart(form[at+n]) {
			n++
		}
		spans[k] = news.Span{Start: start + at, End: start + at + n}
		at += n
	}
}

// trainTokeniser learns where to cut inside chunks.
func trainTokeniser(all []passage) *tokeniser {
	var cases []observation
	buf := &cutBuffer{}
	for i := range all {
		p := &all[i]
		cut := map[int]bool{}
		for _, t := range p.tokens {
			cut[t.Start] = true
		}
		prev := chunk{}
		for in := (pieces{text: p.text, end: len(p.text), markup: markup(nil, p.text, 0, len(p.text))}); ; {
			c, isMarkup := in.next()
			if c.start >= c.end {
				break
			}
			if isMarkup {
				continue
			}
			f := cutFeatures{text: p.text, prev: prev, chunk: c, next: in.peek(), buf: buf}
			for i := c.start + 1; i < c.end; i++ {
				if utf8.RuneStart(p.text[i]) && f.candidate(i) {
					cases = append(cases, observation{append([]uint32(nil), f.at(i)...), cut[i]})
				}
			}
			prev = c
		}
	}
	return &tokeniser{cuts: trainLinear(cases, 17, 8, 0.3, 3e-3)}
}

// wrapped is the passage with its spaces at line ends turned into newlines, at
// most width bytes a line.
func (p *passage) wrapped(width int) passage {
	text := []byte(p.text)
	start, last := 0, -1
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] != ' ' {
			continue
		}
		if i-start > width && last >= 0 {
			text[last] = '\n'
			start = last + 1
		}
		last = i
	}
	return passage{string(text), p.tokens, p.starts}
}

// joined is several paragraphs with one newline between each two.
func joined(ps []passage) passage {
	out := passage{starts: map[int]bool{}}
	for _, p := range ps {
		at := len(out.text)
		if at > 0 {
			out.text += "\n"
			at++
		}
		for k := range p.starts {
			out.starts[len(out.tokens)+k] = true
		}
		for _, t := range p.tokens {
			out.tokens = append(out.tokens, news.Span{Start: t.Start + at, End: t.End + at})
		}
		out.text += p.text
	}
	return out
}

// trainSplitter learns sentence borders from paragraphs as they are, wrapped
// into lines, and joined by single line ends.
func trainSplitter(all []passage) *splitter {
	var views []passage
	for i := range all {
		views = append(views, all[i])
		if len(all[i].text) > 100 && i%2 == 0 {
			views = append(views, all[i].wrapped(60+i%5*10))
		}
	}
	for i := 0; i+4 <= len(all); i += 4 {
		views = append(views, joined(all[i:i+2]), joined(all[i+1:i+4]))
	}
	var cases []observation
	v := &view{}
	for i := range views {
		p := &views[i]
		v.look(p.text, 0, len(p.text), p.tokens, markup(nil, p.text, 0, len(p.text)))
		start := 0
		for k := 1; k < len(v.words); k++ {
			begins := false
			for t := v.words[k-1].token + 1; t <= v.words[k].token; t++ {
				begins = begins || p.starts[t]
			}
			if v.candidate(k) && v.words[k].line != gapItem {
				cases = append(cases, observation{v.features(nil, k, start), begins})
			}
			if begins {
				start = k
			}
		}
	}
	return &splitter{borders: trainLinear(cases, 18, 5, 0.2, 2e-2)}
}
