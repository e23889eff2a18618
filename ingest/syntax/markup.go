package syntax

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/ingest/news"
)

// markupFinder finds the markup that was left in a paragraph, in one pass. It
// becomes tokens like all text, but neither the splitter nor the parser sees it.
//
//	[the report](https://a.b/c "Title")  -> [ and ](https://a.b/c "Title")
//	![figure](/a/b.png)                  -> ![ and ](/a/b.png)
//	**bold**, *italic*, _so_, ~~struck~~ -> the marks
//	`cmd.exe`, ```                       -> the backticks
//	## Heading                           -> ##
//	a<br/>b, <b>bold</b>, <!-- no -->    -> tags and comments
//	&nbsp; &quot;                        -> entities, but not &amp; &lt; &gt;
//
// and leaves what only looks like it: * an item, 5 * 3, f**k, snake_case, [sic],
// [1](a), footnotes*, C* and D, “quoted”, a < b.
type markupFinder struct {
	text     string
	from, to int
	spans    []news.Span
	brackets []int    // where [ are open, the innermost last
	emphasis [128]int // where a mark stands open on this line, plus one; by character
}

// markup appends the markup in text[from:to] to dst, in order.
func markup(dst []news.Span, text string, from, to int) []news.Span {
	if !strings.ContainsAny(text[from:to], "[*_`#<&~") {
		return dst
	}
	f := markupFinder{text: text, from: from, to: to, spans: dst}
	first := len(dst)
	for i := from; i < to; {
		i += max(1, f.step(i))
	}
	found := f.spans[first:]
	slices.SortFunc(found, func(a, b news.Span) int { return a.Start - b.Start })
	kept := f.spans[:first]
	for _, s := range found {
		if n := len(kept); n == first || kept[n-1].End <= s.Start {
			kept = append(kept, s)
		}
	}
	return kept
}

// step looks at byte i and returns the number of bytes that it dealt with.
func (f *markupFinder) step(i int) int {
	switch f.text[i] {
	case '\n':
		clear(f.emphasis[:])
	case ':':
		if strings.HasPrefix(f.text[i:f.to], "://") {
			return addressLength(f.text[i:f.to])
		}
	case '[':
		if len(f.brackets) == maxBrackets {
			copy(f.brackets, f.brackets[1:])
			f.brackets = f.brackets[:maxBrackets-1]
		}
		f.brackets = append(f.brackets, i)
	case ']':
		return f.link(i)
	case '*', '_', '`', '~':
		return f.emphasise(i)
	case '#':
		n := run(f.text[i:f.to])
		if f.lineStart(i) && n <= 6 && i+n < f.to && f.text[i+n] == ' ' {
			f.add(i, i+n)
		}
		return n
	case '<':
		if n := tag(f.text[i:f.to]); n > 0 {
			f.add(i, i+n)
			return n
		}
	case '&':
		if n := entity(f.text[i:f.to]); n > 0 {
			f.add(i, i+n)
			return n
		}
	}
	return 1
}

// maxBrackets bounds the open brackets that are remembered.
const maxBrackets = 8

func (f *markupFinder) add(start, end int) {
	f.spans = append(f.spans, news.Span{Start: start, End: end})
}

// run is the number of times that s repeats its first byte at its start.
func run(s string) int {
	n := 1
	for n < len(s) && s[n] == s[0] {
		n++
	}
	return n
}

// addressLength is the length of the rest of an address, from its "://".
func addressLength(s string) int {
	n := 3
	for n < len(s) && n < longestChunk && s[n] > ' ' && strings.IndexByte(")]<>\"`", s[n]) < 0 {
		n++
	}
	for s[n-1] == '*' || s[n-1] == '_' { // emphasis around it
		n--
	}
	return n
}

// lineStart reports whether only white space stands before byte i on its line.
func (f *markupFinder) lineStart(i int) bool {
	for i > f.from && (f.text[i-1] == ' ' || f.text[i-1] == '\t') {
		i--
	}
	return i == f.from || f.text[i-1] == '\n'
}

// link ends the innermost bracket at the ] at i, and adds both ends of a link.
func (f *markupFinder) link(i int) int {
	if len(f.brackets) == 0 {
		return 1
	}
	open := f.brackets[len(f.brackets)-1]
	f.brackets = f.brackets[:len(f.brackets)-1]
	n := target(f.text[i+1 : f.to])
	if n == 0 {
		return 1
	}
	if open > f.from && f.text[open-1] == '!' {
		f.add(open-1, open+1)
	} else {
		f.add(open, open+1)
	}
	f.add(i, i+1+n)
	return 1 + n
}

// longestTarget is the length of the longest target of a link, in bytes.
const longestTarget = 2000

// target is the length of the target of a link in round brackets at the start of
// s, 0 where there is none.
func target(s string) int {
	if len(s) < 3 || s[0] != '(' {
		return 0
	}
	rest := strings.TrimLeft(s[1:min(len(s), longestTarget)], "<")
	known := false
	for _, start := range []string{"http", "hxxp", "www.", "/", "#", "mailto:", "ftp", "data:", "./", "../"} {
		known = known || strings.HasPrefix(rest, start)
	}
	if !known {
		return 0
	}
	depth := 0
	for n := 0; n < len(s) && n < longestTarget; n++ {
		switch s[n] {
		case '\n':
			return 0
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return n + 1
			}
		}
	}
	return 0
}

// emphasise deals with a run of the mark at i.
func (f *markupFinder) emphasise(i int) int {
	c := f.text[i]
	n := run(f.text[i:f.to])
	before, after := ' ', ' '
	if i > f.from {
		before, _ = utf8.DecodeLastRuneInString(f.text[f.from:i])
	}
	if i+n < f.to {
		after, _ = utf8.DecodeRuneInString(f.text[i+n : f.to])
	}
	opens := !unicode.IsSpace(after) && class(before) == classMark && before != '\\'
	closes := !unicode.IsSpace(before) && class(after) == classMark && before != '\\'
	switch {
	case n == 1 && c != '~':
		at := f.emphasis[c] - 1
		switch {
		case closes && at >= 0 && at+1 < i:
			f.add(at, at+1)
			f.add(i, i+1)
			f.emphasis[c] = 0
		case opens:
			f.emphasis[c] = i + 1
		}
	case c == '*' && n <= 3 || c == '~' && n == 2:
		if opens || closes {
			f.add(i, i+n)
		}
	case c == '`' && n == 3:
		f.add(i, i+n)
	}
	return n
}

// tags are the elements of HTML whose tags are markup in running text.
var tags = wordSet(`a abbr b big blockquote br center cite code dd del div dl dt em figcaption figure font h1 h2 h3
	h4 h5 h6 hr i iframe img ins li ol p pre q s script section small span strike strong style sub sup table tbody
	td th thead tr tt u ul`)

// wordSet is the set of the words of a text.
func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// longestTag is the length of the longest tag or comment, in bytes.
const longestTag = 1000

// tag is the length of the HTML tag or comment at the start of s, 0 for none.
func tag(s string) int {
	s = s[:min(len(s), longestTag)]
	if strings.HasPrefix(s, "<!--") {
		if i := strings.Index(s, "-->"); i > 0 {
			return i + 3
		}
		return 0
	}
	n := 1
	if n < len(s) && s[n] == '/' {
		n++
	}
	start := n
	for n < len(s) && alphanumeric(s[n]) {
		n++
	}
	if n-start > 10 || n == start || !tags[strings.ToLower(s[start:n])] || n < len(s) && strings.IndexByte(" \t\n/>", s[n]) < 0 {
		return 0
	}
	end := strings.IndexAny(s[n:], "<>")
	if end < 0 || s[n+end] == '<' {
		return 0
	}
	return n + end + 1
}

// entities are the named entities of HTML that stand for space or punctuation.
var entities = wordSet("nbsp quot apos lsquo rsquo ldquo rdquo laquo raquo ndash mdash hellip bull middot shy ensp emsp thinsp zwnj zwj")

// entity is the length of the entity at the start of s, 0 for none. One inside a
// word, such as don&#39;t, is none.
func entity(s string) int {
	n := 1
	for n < len(s) && n < 10 && (alphanumeric(s[n]) || s[n] == '#') {
		n++
	}
	if n >= len(s) || s[n] != ';' || !entities[s[1:n]] {
		return 0
	}
	return n + 1
}

// withMarkup turns the words that begin sentences into tokens that do. Markup
// between two sentences belongs to the first up to the last white space; where it
// fills a line, it is a sentence of its own. No sentence gets longer than
// longestSentence by it.
func (v *view) withMarkup(dst, starts []int, tokens []news.Span) []int {
	first := len(dst)
	begin := func(t int) {
		last := 0
		if len(dst) > first {
			last = dst[len(dst)-1]
		}
		for ; t-last > longestSentence; last += longestSentence {
			dst = append(dst, last+longestSentence)
		}
		if t > last && t < len(tokens) {
			dst = append(dst, t)
		}
	}
	if len(v.words) > 0 {
		if _, line, _ := v.gaps(0, v.words[0].token, tokens); line > 0 {
			begin(line)
		}
		for _, i := range starts {
			at := v.words[i].token
			line, lastLine, space := v.gaps(v.words[i-1].token+1, at, tokens)
			switch {
			case line > 0:
				begin(line)
				begin(lastLine)
			case space > 0:
				begin(space)
			default:
				begin(at)
			}
		}
		if line, _, _ := v.gaps(v.words[len(v.words)-1].token+1, len(tokens)-1, tokens); line > 0 {
			begin(line)
		}
	}
	begin(len(tokens))
	return dst
}

// gaps is the first and the last of the tokens from a to b with a line end before
// it, and the last with white space before it; 0 for none.
func (v *view) gaps(a, b int, tokens []news.Span) (line, lastLine, space int) {
	for t := max(a, 1); t <= b; t++ {
		switch gap := v.text[tokens[t-1].End:tokens[t].Start]; {
		case strings.IndexByte(gap, '\n') >= 0:
			if line == 0 {
				line = t
			}
			lastLine, space = t, t
		case gap != "":
			space = t
		}
	}
	return line, lastLine, space
}
