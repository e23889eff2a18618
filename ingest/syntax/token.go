package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/ingest/news"
)

// tokeniser cuts text into tokens: at white space, and inside of that where a
// classifier learned from the treebanks says so.
type tokeniser struct {
	cuts *linear
}

// chunk is a run of text without white space.
type chunk struct{ start, end int }

// space reports white space and the format characters that join nothing.
func space(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060' || r < ' ' && r >= 0
}

// longestChunk is where a run without white space is cut by force, in bytes.
const longestChunk = 400

// nextChunk is the first chunk in text[from:end]; empty at the end. A run of
// more than longestChunk bytes is cut there.
func nextChunk(text string, from, end int) chunk {
	for from < end {
		r, w := rune(text[from]), 1
		if r >= utf8.RuneSelf {
			r, w = utf8.DecodeRuneInString(text[from:end])
		}
		if !space(r) {
			break
		}
		from += w
	}
	at := from
	for at < end && at-from < longestChunk {
		r, w := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, w = utf8.DecodeRuneInString(text[at:end])
		}
		if space(r) {
			break
		}
		at += w
	}
	return chunk{from, at}
}

// The classes of characters that cuts stand between.
const (
	classLetter = iota
	classDigit
	classMark
)

func class(r rune) int {
	switch {
	case r < utf8.RuneSelf:
		if r|0x20 >= 'a' && r|0x20 <= 'z' {
			return classLetter
		}
		if r >= '0' && r <= '9' {
			return classDigit
		}
		return classMark
	case unicode.IsLetter(r) || unicode.IsMark(r) || r == '\u00ad':
		return classLetter
	case unicode.IsDigit(r):
		return classDigit
	}
	return classMark
}

// pieces walks over the chunks of a text, cut at the borders of its markup.
type pieces struct {
	text   string
	at     int
	end    int
	markup []news.Span // of this text, those before at left out
}

// next is the next chunk, and whether it is markup; empty at the end.
func (p *pieces) next() (chunk, bool) {
	c := nextChunk(p.text, p.at, p.end)
	p.at = c.end
	for len(p.markup) > 0 && p.markup[0].End <= c.start {
		p.markup = p.markup[1:]
	}
	if len(p.markup) == 0 || p.markup[0].Start >= c.end {
		return c, false
	}
	m := p.markup[0]
	if m.Start > c.start {
		p.at = m.Start
		return chunk{c.start, m.Start}, false
	}
	p.at = min(m.End, c.end)
	return chunk{c.start, p.at}, true
}

// peek is the next chunk that isn't markup.
func (p pieces) peek() chunk {
	for {
		if c, isMarkup := p.next(); !isMarkup {
			return c
		}
	}
}

// tokens appends the tokens of text[from:end], in which markup stands, to dst.
func (t *tokeniser) tokens(dst []news.Span, text string, from, end int, markup []news.Span, buf *cutBuffer) []news.Span {
	p := pieces{text, from, end, markup}
	prev := chunk{}
	for {
		c, isMarkup := p.next()
		switch {
		case c.start >= c.end:
			return dst
		case isMarkup:
			dst = append(dst, news.Span{Start: c.start, End: c.end})
		default:
			dst = t.cutChunk(dst, &p, prev, c, buf)
			prev = c
		}
	}
}

// cutBuffer is the memory of the features of a cut, used again.
type cutBuffer struct {
	features []uint32
}

// cutChunk appends the tokens of one chunk; p stands behind it.
func (t *tokeniser) cutChunk(dst []news.Span, p *pieces, prev, c chunk, buf *cutBuffer) []news.Span {
	text, start := p.text, c.start
	whole := true
	for i := c.start; i < c.end; i++ {
		if b := text[i]; !letter(b) {
			whole = false
			break
		}
	}
	if word := text[c.start:c.end]; whole && (!contractible(word) || word == "its" && !afterIs(text, p.peek())) {
		return append(dst, news.Span{Start: c.start, End: c.end})
	}
	f := cutFeatures{text: text, prev: prev, chunk: c, next: p.peek(), buf: buf}
	guard := c.start
	for i := c.start; i < c.end; {
		if i >= guard && (i == c.start || class(lastRune(text, c.start, i)) == classMark) {
			if n := protected(text[i:c.end]); n > 0 && !strings.HasSuffix(text[c.start:i], ".") {
				if i > start {
					dst = append(dst, news.Span{Start: start, End: i})
				}
				start = i
				guard = i + n
			}
		}
		_, w := utf8.DecodeRuneInString(text[i:c.end])
		i += w
		if i >= c.end {
			break
		}
		if i < guard {
			continue
		}
		if i == guard && guard > c.start && start < guard || f.candidate(i) && t.cut(&f, i) {
			dst = append(dst, news.Span{Start: start, End: i})
			start = i
		}
	}
	return append(dst, news.Span{Start: start, End: c.end})
}

// cut decides about byte i of a chunk. A hyphen, slash or ampersand inside a word
// is cut off on both sides or on none.
func (t *tokeniser) cut(f *cutFeatures, i int) bool {
	if f.halfBracket(i) {
		return true
	}
	score := t.cuts.decide(f.at(i))
	switch {
	case f.infix(i):
		score += t.cuts.decide(f.at(i + 1))
	case f.infix(i - 1):
		score += t.cuts.decide(f.at(i - 1))
	}
	return score > 0
}

// halfBracket reports whether i stands inside a square bracket that begins or ends
// the chunk, and whose other half isn't in it.
func (f *cutFeatures) halfBracket(i int) bool {
	return i == f.start+1 && f.text[f.start] == '[' && strings.IndexByte(f.text[i:f.end], ']') < 0 ||
		i == f.end-1 && f.text[i] == ']' && strings.IndexByte(f.text[f.start:i], '[') < 0
}

// infix reports whether byte i is a hyphen, slash or ampersand between letters or
// digits.
func (f *cutFeatures) infix(i int) bool {
	if i <= f.start || i+1 >= f.end || f.text[i] != '-' && f.text[i] != '/' && f.text[i] != '&' {
		return false
	}
	after, _ := utf8.DecodeRuneInString(f.text[i+1 : f.end])
	return class(lastRune(f.text, f.start, i)) != classMark && class(after) != classMark
}

func lastRune(text string, from, to int) rune {
	r, _ := utf8.DecodeLastRuneInString(text[from:to])
	return r
}

// contractible reports whether a word of letters alone may be two tokens.
// "Its", "Lets", "Ill" and "Id" are words of their own wherever somebody cares
// for capitals, and a possessor that is cut in two loses a source.
func contractible(word string) bool {
	if len(word) > 9 {
		return false
	}
	lower := strings.ToLower(word)
	if word != lower && (lower == "its" || lower == "lets" || lower == "ill" || lower == "id") {
		return false
	}
	return bare[lower]
}

// afterIs reports whether the chunk stands after "it's" rather than after what
// somebody owns: its a pity, but its 22nd month.
func afterIs(text string, c chunk) bool {
	if c.end <= c.start || c.end-c.start > 12 {
		return false
	}
	return isFollowers[strings.ToLower(strings.Trim(text[c.start:c.end], ".,!?"))]
}

var isFollowers = wordSet(`a an the not been so very just too also really like all only still now definitely probably
	getting going gonna pretty quite always never about because hard easy great good nice ok okay true time your my his her our`)

// bare are contractions without an apostrophe, as English spells them or as
// people type them.
var bare = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`cannot gonna wanna gotta outta kinda sorta dunno lemme gimme
		dont doesnt didnt isnt wasnt arent werent cant wont wouldnt couldnt shouldnt hasnt havent hadnt aint
		im ive ill id youre youve youll theyre theyve theyll thats theres whats heres hes shes its lets weve
		wheres whos todays mens`) {
		m[w] = true
	}
	return m
}()

// endings are what contractions end in; those of the second list need no
// apostrophe in the words above.
var (
	endings     = []string{"n't", "n’t", "n`t"}
	bareEndings = []string{"nt", "not", "na", "ta", "s", "m", "re", "ve", "ll", "d", "me", "no"}
)
