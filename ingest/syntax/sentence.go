package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/ingest/news"
)

// splitter finds sentence borders between tokens by a classifier learned from
// the treebanks, whose paragraphs it saw as running text, wrapped into lines, and
// with a line for each.
type splitter struct {
	borders *linear
}

// longestSentence is the length in tokens at which a sentence is cut by force:
// the parser's work grows with its square. The cut is made at the last
// semicolon, comma or line end of the last quarter, else right there.
const longestSentence = 250

// borderThreshold is the sum of weights from which a border is set: a little
// below even odds, which balances precision and recall.
const borderThreshold = -300

// view is what the splitter sees of a paragraph.
type view struct {
	text  string
	words []word
	width int  // of the longest line, in bytes
	style byte // how the paragraph ends and begins sentences: see styleOf
}

// word is a token as the splitter sees it.
type word struct {
	news.Span
	token int    // its index in the paragraph: markup isn't seen
	low   string // in lower case, digits as 0; one form for all addresses
	shape byte   // see wordShape
	line  byte   // what stands between it and the token before: see gaps
	depth int8   // open brackets before it, at most 3
	quote bool   // inside quotation marks, by parity
	ahead byte   // tokens up to the next final mark or line end: see bucketLength
}

// The gaps between tokens.
const (
	gapNone  = iota // no space
	gapSpace        // spaces
	gapWrap         // a line end where the next word would not have fitted
	gapLine         // a line end where it would have: a break that somebody meant
	gapItem         // a line end before an item of a list: always a border
)

// The shapes of words.
const (
	shapeLower = iota
	shapeTitle
	shapeUpper
	shapeInitial // one capital
	shapeDigit
	shapeFinal // . ! ? and their runs
	shapeOpen
	shapeClose
	shapeQuote // straight quotation marks, which may open or close
	shapeBullet
	shapeMark
	shapeAbbreviation
)

func wordShape(s string) byte {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsUpper(r):
		switch {
		case strings.HasSuffix(s, "."):
			return shapeAbbreviation
		case utf8.RuneCountInString(s) == 1:
			return shapeInitial
		case isUpper(s):
			return shapeUpper
		}
		return shapeTitle
	case unicode.IsLetter(r):
		if strings.HasSuffix(s, ".") {
			return shapeAbbreviation
		}
		return shapeLower
	case unicode.IsDigit(r):
		return shapeDigit
	}
	switch s {
	case "\"", "''", "``", "'":
		return shapeQuote
	case "(", "[", "{", "“", "‘", "«":
		return shapeOpen
	case ")", "]", "}", "”", "’", "»":
		return shapeClose
	case "•", "·", "*", "-", "–", "—", "▪", "●", "◦", "»»", "o", "‣", "■":
		return shapeBullet
	}
	if strings.Trim(s, ".!?…。") == "" {
		return shapeFinal
	}
	return shapeMark
}

// look prepares the view of the tokens of one paragraph, text[from:end], in which
// markup stands.
func (v *view) look(text string, from, end int, tokens, markup []news.Span) {
	v.text, v.words, v.width = text, v.words[:0], 0
	for line := range strings.SplitSeq(text[from:end], "\n") {
		v.width = max(v.width, len(line))
	}
	depth, quoted := int8(0), false
	last := from
	for k, t := range tokens {
		for len(markup) > 0 && markup[0].End <= t.Start {
			markup = markup[1:]
		}
		if len(markup) > 0 && markup[0].Start <= t.Start {
			continue
		}
		form := text[t.Start:t.End]
		w := word{Span: t, token: k, low: borderForm(form), shape: wordShape(form), depth: depth, quote: quoted}
		if w.shape == shapeAbbreviation && abbreviations[strings.TrimSuffix(w.low, ".")]&beforeName != 0 {
			w.shape = shapeTitle // a rank or title that begins a name
		}
		w.line = v.gap(last, t, len(v.words) == 0)
		switch form {
		case "(", "[":
			depth = min(depth+1, 3)
		case ")", "]":
			depth = max(depth-1, 0)
		case "\"":
			quoted = !quoted
		case "“", "``":
			quoted = true
		case "”", "''":
			quoted = false
		}
		if w.line >= gapLine {
			w.depth, depth = 0, 0
		}
		last = t.End
		v.words = append(v.words, w)
	}
	v.headlines()
	v.lookAhead()
	v.style = styleOf(v.words)
}

// headlines makes the end of a line in capitals a border where the next line isn't
// in capitals.
func (v *view) headlines() {
	start, before := 0, false // of the line, and whether the line before is in capitals
	for i := 1; i <= len(v.words); i++ {
		if i < len(v.words) && v.words[i].line < gapWrap {
			continue
		}
		capitals := v.capitals(v.words[start:i])
		if before && !capitals {
			v.words[start].line = gapItem
		}
		start, before = i, capitals && i-start > 2
	}
}

// capitals reports whether words have letters, all of them capitals.
func (v *view) capitals(words []word) bool {
	return isUpper(v.text[words[0].Start:words[len(words)-1].End])
}

// borderForm is the form of a token in the features of borders: one for all
// addresses of the web, one for straight quotation marks.
func borderForm(form string) string {
	if form == "``" || form == "''" {
		return `"`
	}
	if strings.Contains(form, "://") || strings.HasPrefix(form, "www.") {
		return anyAddress
	}
	return lowerPlain(form)
}

// lookAhead counts for every word the tokens up to the next final mark or line end.
func (v *view) lookAhead() {
	n := longestSentence
	for i := len(v.words) - 1; i >= 0; i-- {
		w := &v.words[i]
		if w.shape == shapeFinal {
			n = 0
		}
		w.ahead = bucketLength(n)
		if w.line >= gapWrap {
			n = 0
		}
		n++
	}
}

// styleOf tells whether sentences in a paragraph end with marks, and whether the
// words after the marks begin with capitals: where some do and some don't, where
// all do, and where none does.
func styleOf(words []word) byte {
	finals, capitals, lower := false, false, false
	for i := range words {
		if words[i].shape != shapeFinal {
			continue
		}
		finals = true
		if i+1 < len(words) {
			switch words[i+1].shape {
			case shapeLower:
				lower = true
			case shapeTitle, shapeUpper, shapeInitial:
				capitals = true
			}
		}
	}
	style := byte(0)
	for k, yes := range [...]bool{finals, capitals, lower} {
		if yes {
			style |= 1 << k
		}
	}
	return style
}

// gap classifies what stands between byte last and token t.
func (v *view) gap(last int, t news.Span, first bool) byte {
	between := v.text[last:t.Start]
	switch {
	case first || between == "":
		return gapNone
	case !strings.ContainsAny(between, "\n\r\u2028\u2029"):
		return gapSpace
	}
	line := strings.TrimLeft(between[strings.LastIndexByte(between, '\n')+1:]+v.text[t.Start:min(len(v.text), t.Start+8)], " \t\r")
	if itemMark(line) || strings.Count(strings.TrimSpace(between), "\n") > 0 { // a line of markup alone
		return gapItem
	}
	start := strings.LastIndexByte(v.text[:last], '\n') + 1
	length := len(strings.TrimRight(v.text[start:last], " \t"))
	chunk := nextChunk(v.text, t.Start, len(v.text))
	const narrow, widest = 45, 130
	if v.width < narrow || v.width > widest || length+1+chunk.end-chunk.start <= v.width-3 {
		return gapLine
	}
	return gapWrap
}

// itemMark reports whether a line begins as an item of a list, a row of a table
// or a heading does.
func itemMark(line string) bool {
	for _, mark := range []string{"* ", "- ", "• ", "– ", "· ", "▪", "● ", "**", "|", "#", "├", "│", "└", "![", "```", "---", "==="} {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	n := 0
	for n < len(line) && n < 3 && digit(line[n]) {
		n++
	}
	return n > 0 && n+1 < len(line) && (line[n] == '.' || line[n] == ')') && line[n+1] == ' '
}

// sentences appends the first word of every sentence after the first to dst.
func (s *splitter) sentences(dst []int, v *view, features []uint32) ([]int, []uint32) {
	start := 0
	for i := 1; i < len(v.words); i++ {
		if v.candidate(i) && !v.owns(i) {
			features = v.features(features[:0], i, start)
			if v.certain(i) || s.borders.decide(features) > borderThreshold {
				dst, start = append(dst, i), i
				continue
			}
		}
		if i-start >= longestSentence {
			start = v.forced(start, i)
			dst = append(dst, start)
		}
	}
	return dst, features
}

// forced is where an overlong sentence from start to i is cut.
func (v *view) forced(start, i int) int {
	for k := i; k > i-longestSentence/4 && k > start+1; k-- {
		if w := v.words[k-1].low; w == ";" || w == "," || w == "|" || v.words[k].line >= gapWrap {
			return k
		}
	}
	return i
}

// candidate reports whether a sentence may begin at word i.
func (v *view) candidate(i int) bool {
	w, p := &v.words[i], &v.words[i-1]
	if w.line < gapLine && v.goesOn(p, w) {
		return false
	}
	if w.line != gapNone {
		return true
	}
	return p.shape == shapeFinal || p.shape >= shapeClose && p.shape <= shapeQuote || p.shape == shapeMark ||
		w.shape == shapeBullet || w.shape == shapeMark
}

// owns reports whether the mark before word i makes a plural a possessor: the
// Doctors' | Union.
func (v *view) owns(i int) bool {
	if i < 2 || v.words[i].line != gapSpace {
		return false
	}
	p, owner := &v.words[i-1], &v.words[i-2]
	mark := v.text[p.Start:p.End]
	return (mark == "'" || mark == "’") && owner.End == p.Start && strings.HasSuffix(owner.low, "s") && (owner.shape == shapeLower || owner.shape == shapeTitle)
}

// goesOn reports whether p is an abbreviation that goes on with w.
func (v *view) goesOn(p, w *word) bool {
	form, ok := strings.CutSuffix(v.text[p.Start:p.End], ".")
	return ok && form != "" && goesOn(form, v.text[w.Start:w.End])
}

// certain reports whether a sentence must begin at word i:
//
//   - an item of a list
//     They agreed.|In May …            a stop without a space
//     "We know nothing."|She left.     the same after a quotation
//     in the U.S.|The company …        an abbreviation before a word that begins sentences
func (v *view) certain(i int) bool {
	w, p := &v.words[i], &v.words[i-1]
	switch {
	case w.line == gapItem:
		return true
	case w.shape != shapeTitle || w.line > gapWrap:
		return false
	case p.shape == shapeAbbreviation:
		return beginners[w.low]
	case w.line != gapNone || i < 2:
		return false
	}
	far := v.words[i-2].shape
	switch p.shape {
	case shapeFinal:
		return far == shapeLower || far == shapeDigit ||
			(far == shapeTitle || far == shapeUpper || far == shapeClose) && beginners[w.low]
	case shapeQuote, shapeClose:
		return far == shapeFinal && p.quote
	}
	return false
}

// beginners are words that begin sentences, and that headlines don't begin with a
// capital or rarely have after an abbreviation.
var beginners = wordSet(`the a an he she it they we you i his her its their our this that these those there but`)

// features describes the border before word i of the sentence begun at start.
func (v *view) features(out []uint32, i, start int) []uint32 {
	none := word{low: "$", shape: 99}
	at := func(k int) *word {
		if k < 0 || k >= len(v.words) {
			return &none
		}
		return &v.words[k]
	}
	p2, p, w, n, n2 := at(i-2), at(i-1), at(i), at(i+1), at(i+2)
	emit := func(kind byte, n int, a, b string) {
		out = append(out, mixEnd(mixString(mixString(mixInt(featureHash(kind), n), a), b)))
	}
	num := func(xs ...byte) (n int) {
		for _, x := range xs {
			n = n*16 + int(x&15)
		}
		return n
	}
	inside := byte(min(w.depth, 1))
	if w.quote {
		inside += 2
	}
	length := bucketLength(i - start)
	emit('A', num(p.shape, w.shape, w.line), "", "")
	emit('B', num(w.shape, w.line), p.low, "")
	emit('C', num(p.shape, w.line), w.low, "")
	emit('D', num(w.line), p.low, w.low)
	emit('E', num(w.shape, w.line), p2.low, p.low)
	emit('F', num(p2.shape, p.shape, w.shape, n.shape, w.line), "", "")
	emit('G', num(p.shape, w.shape, w.line, inside), "", "")
	emit('H', num(p.shape, w.shape, length, w.line), "", "")
	emit('I', num(p.shape, w.line), w.low, n.low)
	emit('J', num(p.shape, w.shape, w.line), n.low, "")
	emit('K', num(w.shape, n.shape, n2.shape, w.line), p.low, "")
	emit('L', num(p.shape, length, w.line), w.low, "")
	emit('M', num(p.shape, w.shape, w.line, at(i-3).shape), p2.low, "")
	emit('N', num(inside, length, w.line), p.low, "")
	emit('O', num(at(start).shape, p.shape, w.shape, w.line), at(start).low, "")
	emit('P', num(w.line, length), "", "")
	emit('Q', num(p.shape, w.shape, w.ahead, w.line), "", "")
	emit('R', num(p.shape, w.shape, v.style, w.line), "", "")
	return out
}

func bucketLength(n int) byte {
	for k, limit := range [...]int{1, 2, 3, 4, 6, 9, 13, 18, 25, 35, 50, 80} {
		if n <= limit {
			return byte(k)
		}
	}
	return 12
}
