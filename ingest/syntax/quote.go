package syntax

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/ingest/news"
)

// FindQuotes fills d.Quotes with the passages between quotation marks, in order
// of their starts, nested ones included. It reads the text alone, in one pass.
//
//	He said “no”.                     curly marks            -> no
//	He said "no".                     straight marks         -> no
//	a 'human error', he said          single marks           -> human error
//	“He called it ‘odd’,” she said    nested                 -> He called it ‘odd’, / odd
//	“One.¶“Two,” he said              over paragraphs        -> One. (not closed) / Two,
//	“One two.¶Next paragraph          closing mark missing   -> One two. (not closed)
//	the workers' pay, don't, '90s     apostrophes            -> none
//	a 6" pipe                         inches                 -> none
func FindQuotes(d *news.Document) {
	f := quoteFinder{text: d.Text, quotes: d.Quotes[:0]}
	f.marks()
	f.pair()
	sort.SliceStable(f.quotes, func(i, j int) bool {
		a, b := f.quotes[i], f.quotes[j]
		return a.Start < b.Start || a.Start == b.Start && a.End > b.End
	})
	d.Quotes = f.quotes
}

// family tells marks that belong together.
type family uint8

const (
	straight  family = iota // "
	curly                   // “ ” „
	guillemet               // « »
	single                  // ' ‘ ’
	border                  // end of a paragraph, no mark
)

// mark is a possible quotation mark, or the end of a paragraph.
type mark struct {
	news.Span
	family      family
	open, close bool
	either      bool // opens where nothing is open, else closes
	plural      bool // a closing single mark that may as well be a plural's apostrophe
}

type quoteFinder struct {
	text   string
	list   []mark
	stack  []mark
	quotes []news.Quote
}

// marks lists all marks and paragraph ends.
func (f *quoteFinder) marks() {
	for i := 0; i < len(f.text); {
		c := f.text[i]
		if c < utf8.RuneSelf {
			n := 1
			switch c {
			case '"':
				f.double(i, 1, straight)
			case '\'':
				if strings.HasPrefix(f.text[i:], "''") {
					n = 2
					f.add(mark{Span: news.Span{Start: i, End: i + n}, family: curly, close: true})
				} else {
					f.single(i, 1)
				}
			case '`':
				if strings.HasPrefix(f.text[i:], "``") {
					n = 2
					f.add(mark{Span: news.Span{Start: i, End: i + n}, family: curly, open: true})
				}
			case '\n':
				if end := blankLine(f.text, i); end > 0 {
					f.add(mark{Span: news.Span{Start: i, End: end}, family: border})
					n = end - i
				}
			}
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(f.text[i:])
		at := news.Span{Start: i, End: i + n}
		switch r {
		case '“', '”', '„', '‟', '″':
			f.curly(i, n, r)
		case '«', '»':
			f.add(mark{Span: at, family: guillemet, open: r == '«', close: r == '»'})
		case '‘', '’', '‚', '‛':
			f.single(i, n)
		}
		i += n
	}
	f.add(mark{Span: news.Span{Start: len(f.text), End: len(f.text)}, family: border})
}

func (f *quoteFinder) add(m mark) { f.list = append(f.list, m) }

// blankLine is the end of the blank lines that follow the newline at i, 0 where
// the next line has text.
func blankLine(text string, i int) int {
	blank := false
	end := i + 1
	for j := i + 1; j < len(text); j++ {
		switch text[j] {
		case '\n':
			blank, end = true, j+1
		case ' ', '\t', '\r':
		default:
			if blank {
				return end
			}
			return 0
		}
	}
	return len(text)
}

// before is the character before i, emphasis of Markdown passed over; a space
// at the start.
func (f *quoteFinder) before(i int) rune {
	for i > 0 && (f.text[i-1] == '*' || f.text[i-1] == '_') {
		i--
	}
	if i == 0 {
		return ' '
	}
	r, _ := utf8.DecodeLastRuneInString(f.text[:i])
	return r
}

// after is the character at i, emphasis of Markdown passed over; a space at the end.
func (f *quoteFinder) after(i int) rune {
	for i < len(f.text) && (f.text[i] == '*' || f.text[i] == '_') {
		i++
	}
	if i >= len(f.text) {
		return ' '
	}
	r, _ := utf8.DecodeRuneInString(f.text[i:])
	return r
}

// opens reports whether a mark between the two characters looks like an opening one.
func opens(before, after rune) bool {
	return (unicode.IsSpace(before) || strings.ContainsRune("([{—–-/\"“‘'", before)) &&
		!unicode.IsSpace(after) && !strings.ContainsRune(",.;:!?)", after)
}

// closes reports whether a mark between the two characters looks like a closing one.
func closes(before, after rune) bool {
	return !unicode.IsSpace(before) && !strings.ContainsRune("([{", before) &&
		!unicode.IsLetter(after) && !unicode.IsDigit(after)
}

func (f *quoteFinder) double(i, n int, fam family) {
	b, a := f.before(i), f.after(i+n)
	m := mark{Span: news.Span{Start: i, End: i + n}, family: fam, open: opens(b, a), close: closes(b, a)}
	if !m.open && !m.close { // said"Hello", " no "
		m.either = true
	}
	f.add(m)
}

func (f *quoteFinder) curly(i, n int, r rune) {
	b, a := f.before(i), f.after(i+n)
	m := mark{Span: news.Span{Start: i, End: i + n}, family: curly}
	switch r {
	case '“', '„', '‟':
		m.open = true
		m.close = closes(b, a) && !opens(b, a)
	default:
		m.close = true
		m.open = opens(b, a) && !closes(b, a)
	}
	f.add(m)
}

func (f *quoteFinder) single(i, n int) {
	b, a := f.before(i), f.after(i+n)
	m := mark{Span: news.Span{Start: i, End: i + n}, family: single}
	r, _ := utf8.DecodeRuneInString(f.text[i:])
	m.open = r != '’' && opens(b, a) && !elision(f.text[i+n:])
	m.close = r != '‘' && r != '‚' && closes(b, a)
	if m.close && (b == 's' || b == 'z' || b == 'x') && a == ' ' {
		next := f.after(i + n + 1)
		m.plural = unicode.IsLetter(next) || unicode.IsDigit(next)
	}
	if m.open || m.close {
		f.add(m)
	}
}

// elision reports whether the word after an apostrophe is one that lost its
// beginning: '90s, 'em, 'tis.
func elision(rest string) bool {
	end := 0
	for end < len(rest) && (rest[end]|0x20 >= 'a' && rest[end]|0x20 <= 'z' || rest[end] >= '0' && rest[end] <= '9') {
		end++
	}
	word := strings.ToLower(rest[:end])
	switch word {
	case "em", "tis", "twas", "til", "till", "cause", "n", "bout", "round", "s":
		return true
	}
	return (len(word) == 3 || len(word) == 2) && word[0] >= '0' && word[0] <= '9' && (len(word) == 2 || word[2] == 's')
}

// pair walks the marks with a stack of open ones.
func (f *quoteFinder) pair() {
	for k, m := range f.list {
		switch {
		case m.family == border:
			f.endParagraph(k)
		case m.family == single:
			f.pairSingle(k)
		case f.isOpen(m.family) && (m.either || m.close && (!m.open || m.family != straight)):
			f.closeTo(m)
		case m.open && f.isOpen(m.family):
			f.abandon(m.family, m.Start)
			f.push(m)
		case m.open || m.either && !f.inches(m):
			f.push(m)
		}
	}
}

// inches reports whether a straight mark stands right after a digit: 6" pipe.
func (f *quoteFinder) inches(m mark) bool {
	return m.Start > 0 && f.text[m.Start-1] >= '0' && f.text[m.Start-1] <= '9'
}

const maxNesting = 4

func (f *quoteFinder) push(m mark) {
	if len(f.stack) < maxNesting {
		f.stack = append(f.stack, m)
	}
}

func (f *quoteFinder) isOpen(fam family) bool {
	for _, m := range f.stack {
		if m.family == fam {
			return true
		}
	}
	return false
}

// closeTo closes the innermost open quotation of the mark's family; what is
// still open within it was none.
func (f *quoteFinder) closeTo(m mark) {
	for k := len(f.stack) - 1; k >= 0; k-- {
		if o := f.stack[k]; o.family == m.family {
			f.emit(o, m.Start, m.End, true)
			f.stack = f.stack[:k]
			return
		}
	}
}

// emit records a quotation whose inside ends at inner.
func (f *quoteFinder) emit(o mark, inner, end int, closed bool) {
	if in := (news.Span{Start: o.End, End: inner}); !in.Empty() {
		f.quotes = append(f.quotes, news.Quote{Span: news.Span{Start: o.Start, End: end}, Inner: in, Closed: closed})
	}
}

// abandon ends an open quotation of the family whose closing mark is missing: at
// the end of its line, at limit at the latest.
func (f *quoteFinder) abandon(fam family, limit int) {
	for k := len(f.stack) - 1; k >= 0; k-- {
		o := f.stack[k]
		if o.family != fam {
			continue
		}
		end := limit
		if nl := strings.IndexByte(f.text[o.End:limit], '\n'); nl >= 0 {
			end = o.End + nl
		}
		end = o.End + len(strings.TrimRightFunc(f.text[o.End:end], unicode.IsSpace))
		f.emit(o, end, end, false)
		f.stack = append(f.stack[:k], f.stack[k+1:]...)
		return
	}
}

// pairSingle decides between quotation mark and apostrophe.
func (f *quoteFinder) pairSingle(k int) {
	m := f.list[k]
	top := len(f.stack) - 1
	inSingle := top >= 0 && f.stack[top].family == single
	switch {
	case m.open && !inSingle:
		f.push(m)
	case inSingle && m.close && !(m.plural && f.laterClose(k)):
		f.closeTo(m)
	}
}

// laterClose reports whether another single mark closes before one opens.
func (f *quoteFinder) laterClose(k int) bool {
	const window = 16 // marks; keeps the whole linear
	for _, m := range f.list[k+1 : min(k+window, len(f.list))] {
		switch {
		case m.family == border || m.family == single && m.open && !m.close:
			return false
		case m.family == single && m.close:
			return true
		}
	}
	return false
}

// endParagraph ends what is still open at list[k], a paragraph's end: an opening
// mark at the head of the next paragraph goes on with the quotation, and a lone
// closing mark further on ends it there.
func (f *quoteFinder) endParagraph(k int) {
	at := f.list[k]
	kept := f.stack[:0]
	for _, o := range f.stack {
		switch {
		case o.family == single:
		case f.reopened(k, o.family):
			end := o.End + len(strings.TrimRightFunc(f.text[o.End:at.Start], unicode.IsSpace))
			f.emit(o, end, end, false)
		case o.family != straight && f.closedLater(k, o.family):
			kept = append(kept, o)
		default:
			rest := f.stack
			f.stack = []mark{o}
			f.abandon(o.family, at.Start)
			f.stack = rest
		}
	}
	f.stack = kept
}

// reopened reports whether the paragraph after list[k] begins with an opening mark.
func (f *quoteFinder) reopened(k int, fam family) bool {
	if k+1 >= len(f.list) {
		return false
	}
	next := f.list[k+1]
	return next.family == fam && next.open &&
		strings.Trim(f.text[f.list[k].End:next.Start], " \t\r\n*_>") == ""
}

// closedLater reports whether the next double mark, at most three paragraphs on,
// closes.
func (f *quoteFinder) closedLater(k int, fam family) bool {
	borders := 0
	for _, m := range f.list[k+1:] {
		switch {
		case m.family == border:
			if borders++; borders > 2 {
				return false
			}
		case m.family == fam:
			return m.close && !m.open
		}
	}
	return false
}
