package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
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
	switch {
	case ca == classLetter && cb == classDigit:
		return false // APT33, MP3
	case ca == classDigit && cb == classLetter:
		return f.unit(i) // 10MM may be two tokens
	case ca != cb || ca == classMark:
		return !unicode.IsMark(b) && b != '\u00ad' && b != '\ufe0f' && b != '\u200d' && a != '\u200d' &&
			!f.glued(i, a, b)
	}
	return ca == classLetter && f.joint(i)
}

// unit reports whether a number ends at i: not in vjw0rm, not in 0x7f.
func (f *cutFeatures) unit(i int) bool {
	number := f.text[f.leftRun(i):i]
	return strings.Trim(number, "0123456789") == "" && (number != "0" || f.text[i]|0x20 != 'x')
}

// glued reports whether the characters a and b on both sides of i, one of them a
// mark, are of one token:
//
//	5.4 1,200 6:30 24/7         between digits
//	snake_case win32\_disk f**k in words
//	?!! $$$ --- [...]           runs
//	U.S. p.m. e.g. Rep.         abbreviations
//	'll 'd n't                  what an apostrophe begins
func (f *cutFeatures) glued(i int, a, b rune) bool {
	switch {
	case a == b && strings.ContainsRune("=-*_~+$#", a), strings.ContainsRune("!?", a) && strings.ContainsRune("!?", b):
		return true
	case a == '_' || b == '_' || a == '\\' || b == '\\':
		return f.inName(i)
	case a == '*' || b == '*':
		return f.censored(i)
	case a == '/' || b == '/':
		return class(a) == classDigit && f.inNumber(i) || class(b) == classDigit && i-1 > f.start && f.inNumber(i-1)
	case a == '[' || b == ']':
		return strings.HasPrefix(f.text[i-1:f.end], "[...]") || b == ']' && strings.HasSuffix(f.text[f.start:i], "[...")
	case a == '.' || a == ':' || a == ',':
		return class(b) == classDigit && i-1 > f.start && f.inNumber(i-1) || a == '.' && f.inDotted(i)
	case b == '.' || b == ':' || b == ',':
		return class(a) == classDigit && f.inNumber(i) || b == '.' && (f.inDotted(i) || f.abbreviated(i))
	}
	return f.clitic(i, a)
}

// inName reports whether underscores, which Markdown escapes with a backslash,
// hang on letters or digits at i.
func (f *cutFeatures) inName(i int) bool {
	joins := func(c byte) bool { return c == '_' || c == '\\' }
	l, r := i, i
	for l > f.start && joins(f.text[l-1]) {
		l--
	}
	for r < f.end && joins(f.text[r]) {
		r++
	}
	return strings.IndexByte(f.text[l:r], '_') >= 0 && (f.leftRun(l) < l || f.rightRun(r) > r)
}

// censored reports whether i is at asterisks that stand for letters: f**k.
func (f *cutFeatures) censored(i int) bool {
	l, r := i, i
	for l > f.start && f.text[l-1] == '*' {
		l--
	}
	for r < f.end && f.text[r] == '*' {
		r++
	}
	return l > f.start && r < f.end && letter(f.text[l-1]) && letter(f.text[r])
}

// inNumber reports whether the mark at byte i stands between digits: a comma
// where three of them follow.
func (f *cutFeatures) inNumber(i int) bool {
	n := 0
	for i+1+n < f.end && digit(f.text[i+1+n]) {
		n++
	}
	return digit(f.text[i-1]) && n > 0 && (f.text[i] != ',' || n == 3)
}

// inDotted reports whether the letters and stops around i are an abbreviation of
// single letters, whose last stop may be missing, or a name that begins with one:
// U.S., U.S, M.E.Doc; but not U.S.The.
func (f *cutFeatures) inDotted(i int) bool {
	const most = 16
	l, r := i, i
	for l > f.start && i-l < most && (letter(f.text[l-1]) || f.text[l-1] == '.') {
		l--
	}
	for r < f.end && r-i < most && (letter(f.text[r]) || f.text[r] == '.') {
		r++
	}
	s := strings.TrimSuffix(f.text[l:r], ".")
	last := strings.LastIndexByte(s, '.') + 1
	if i > l+last+1 {
		return false // in the last word, or at the stop after it
	}
	word := s[last:]
	return len(word) == 1 && dotted(s+".") || len(word) > 1 && dotted(s[:last]) && !beginners[strings.ToLower(word)]
}

// abbreviated reports whether the stop at byte i belongs to the word before it,
// which is an abbreviation.
func (f *cutFeatures) abbreviated(i int) bool {
	after, _, _ := strings.Cut(f.text[i+1:min(len(f.text), i+40)], "\n\n")
	return (i+1 == f.end || class(rune(f.text[i+1])) == classMark) && goesOn(f.text[f.leftRun(i):i], after)
}

// clitic reports whether i stands between an apostrophe, which a is then, and the
// rest of a contraction.
func (f *cutFeatures) clitic(i int, a rune) bool {
	if a != '\'' && a != '’' && a != '`' {
		return false
	}
	if rest := f.text[i:f.end]; len(rest) >= 3 && rest[2] == 's' && digit(rest[0]) && digit(rest[1]) {
		return f.rightRun(i) == i+3 // '90s
	}
	at := i - utf8.RuneLen(a)
	if at <= f.start || class(lastRune(f.text, f.start, at)) != classLetter {
		return false
	}
	switch strings.ToLower(f.text[i:min(f.rightRun(i), i+3)]) {
	case "s", "d", "m", "t", "ll", "ve", "re":
		return true
	}
	return false
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
	if f.text[i-1]|0x20 == 't' { // it|s, whose sense the next word tells
		emit('p', 0, p.left, p.right, lowerPlain(f.text[f.next.start:f.next.end]))
	}
	f.buf.features = out
	return out
}
