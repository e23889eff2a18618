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

// tokens appends the tokens of text[from:end] to dst.
func (t *tokeniser) tokens(dst []news.Span, text string, from, end int, buf *cutBuffer) []news.Span {
	prev := chunk{}
	for at := from; ; {
		c := nextChunk(text, at, end)
		if c.start >= c.end {
			return dst
		}
		at = c.end
		dst = t.cutChunk(dst, text, prev, c, end, buf)
		prev = c
	}
}

// cutBuffer is the memory of the features of a cut, used again.
type cutBuffer struct {
	features []uint32
}

// cutChunk appends the tokens of one chunk.
func (t *tokeniser) cutChunk(dst []news.Span, text string, prev, c chunk, end int, buf *cutBuffer) []news.Span {
	start := c.start
	whole := true
	for i := c.start; i < c.end; i++ {
		if b := text[i]; !letter(b) {
			whole = false
			break
		}
	}
	if whole && !contractible(text[c.start:c.end]) {
		return append(dst, news.Span{Start: c.start, End: c.end})
	}
	f := cutFeatures{text: text, prev: prev, chunk: c, next: nextChunk(text, c.end, min(end, c.end+40)), buf: buf}
	guard := c.start
	for i := c.start; i < c.end; {
		if i >= guard && (i == c.start || class(lastRune(text, c.start, i)) == classMark) {
			if n := protected(text[i:c.end]); n > 0 {
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

// cut decides about byte i of a chunk. A hyphen or slash inside a word is cut
// off on both sides or on none.
func (t *tokeniser) cut(f *cutFeatures, i int) bool {
	score := t.cuts.decide(f.at(i))
	switch {
	case f.infix(i):
		score += t.cuts.decide(f.at(i + 1))
	case f.infix(i - 1):
		score += t.cuts.decide(f.at(i - 1))
	}
	return score > 0
}

// infix reports whether byte i is a hyphen or slash between letters or digits.
func (f *cutFeatures) infix(i int) bool {
	if i <= f.start || i+1 >= f.end || f.text[i] != '-' && f.text[i] != '/' {
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

// cutFeatures describes places inside one chunk.
type cutFeatures struct {
	text       string
	prev, next chunk
	chunk
	buf *cutBuffer
}

// candidate reports whether the chunk may be cut at byte i.
func (f *cutFeatures) candidate(i int) bool {
	a := lastRune(f.text, f.start, i)
	b, _ := utf8.DecodeRuneInString(f.text[i:f.end])
	ca, cb := class(a), class(b)
	if ca == classLetter && cb == classDigit {
		return false // APT33, MP3; but 10MM may be two tokens
	}
	if ca != cb || ca == classMark {
		return !unicode.IsMark(b) && b != '\u00ad' && b != '\ufe0f' && b != '\u200d' && a != '\u200d'
	}
	return ca == classLetter && f.joint(i)
}

// joint reports whether letters may be cut at i, before the ending of a
// contraction.
func (f *cutFeatures) joint(i int) bool {
	rest := f.text[i:f.end]
	for _, e := range endings {
		if len(rest) >= len(e) && strings.EqualFold(rest[:len(e)], e) && (len(rest) == len(e) || !alphanumeric(rest[len(e)])) {
			return true
		}
	}
	l, r := f.leftRun(i), f.rightRun(i)
	if !contractible(f.text[l:r]) {
		return false
	}
	for _, e := range bareEndings {
		if strings.EqualFold(f.text[i:r], e) {
			return true
		}
	}
	return false
}

// run is the stretch of letters or digits around the place, to the left or right.
func (f *cutFeatures) leftRun(i int) int {
	for i > f.start {
		r, w := utf8.DecodeLastRuneInString(f.text[f.start:i])
		if class(r) == classMark {
			break
		}
		i -= w
	}
	return i
}

func (f *cutFeatures) rightRun(i int) int {
	for i < f.end {
		r, w := utf8.DecodeRuneInString(f.text[i:f.end])
		if class(r) == classMark {
			break
		}
		i += w
	}
	return i
}

// lowerPlain is a short string in the form that features are made of.
func lowerPlain(s string) string {
	if len(s) > 40 {
		s = s[:40]
	}
	return digitless(strings.ToLower(plain(s)))
}

// closers reports whether s is closing brackets and quotation marks alone.
func closers(s string) bool { return strings.Trim(s, ")]}>\"'”’»") == "" }

// place is what stands around a cut, in the form that features are made of.
type place struct {
	left, right   string // the runs of letters or digits on both sides, or the mark
	far, beyond   string // the characters after them
	before, after string // the chunk up to the cut and from it
	edges         int    // 1 where left begins the chunk, plus 2 where right ends it
	l, r          int    // where left begins and right ends
}

// look describes the place of byte i.
func (f *cutFeatures) look(i int) (p place) {
	text := f.text
	p.l, p.r = f.leftRun(i), f.rightRun(i)
	p.left, p.right = lowerPlain(text[p.l:i]), lowerPlain(text[i:p.r])
	if p.l == i { // a mark on the left
		_, w := utf8.DecodeLastRuneInString(text[f.start:i])
		p.l = i - w
		p.left = lowerPlain(text[p.l:i])
	}
	if p.r == i {
		_, w := utf8.DecodeRuneInString(text[i:f.end])
		p.r = i + w
		p.right = lowerPlain(text[i:p.r])
	}
	p.before, p.after = lowerPlain(text[f.start:i]), lowerPlain(text[i:f.end])
	if p.l > f.start {
		p.far = lowerPlain(string(lastRune(text, f.start, p.l)))
	} else {
		p.edges = 1
	}
	if p.r < f.end {
		_, w := utf8.DecodeRuneInString(text[p.r:f.end])
		p.beyond = lowerPlain(text[p.r : p.r+w])
	}
	if p.r >= f.end || closers(text[p.r:f.end]) {
		p.edges += 2
	}
	return p
}

// at is the feature set of a cut at byte i.
func (f *cutFeatures) at(i int) []uint32 {
	p := f.look(i)
	nextShape := "$"
	if f.next.start < f.next.end {
		nextShape = shape(plain(f.text[f.next.start:min(f.next.end, f.next.start+12)]))
	}
	prev := lowerPlain(f.text[f.prev.start:f.prev.end])
	ls, rs := shape(p.left), shape(p.right)
	out := f.buf.features[:0]
	emit := func(kind byte, n int, parts ...string) {
		h := mixInt(featureHash(kind), n)
		for _, part := range parts {
			h = mixString(h, part)
		}
		out = append(out, mixEnd(h))
	}
	emit('a', 0)
	emit('b', p.edges, p.left, rs)
	emit('c', p.edges, p.right, ls)
	emit('d', 0, p.left, p.right)
	emit('e', 0, p.before, p.after)
	emit('f', p.edges, p.after)
	emit('g', p.edges, p.before)
	emit('h', 0, p.far, p.left, rs, p.beyond)
	emit('i', 0, p.far, ls, p.right, p.beyond)
	emit('j', p.edges, shape(f.text[p.l:i]), shape(f.text[i:p.r]))
	emit('k', 0, shape(plain(p.before)), shape(plain(p.after)))
	emit('l', p.edges, p.right, nextShape)
	emit('m', p.edges, p.left, p.right, nextShape)
	emit('n', min(len(p.left), 6), ls, p.right, p.beyond)
	emit('o', 0, prev, p.left, p.right)
	f.buf.features = out
	return out
}
