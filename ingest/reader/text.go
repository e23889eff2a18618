package reader

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/ingest/news"
)

// line is one line of a text without the white space around it.
type line struct {
	news.Span
	text   string
	before bool // an empty line, or the beginning, stands before it
	after  bool // an empty line, or the end, stands after it
}

// splitLines lists the lines of text[from:] that aren't empty.
func splitLines(text string, from int) []line {
	var lines []line
	gap := true
	for at := from; at < len(text); {
		end := strings.IndexAny(text[at:], "\n\r")
		next := len(text)
		if end < 0 {
			end = len(text)
		} else {
			end += at
			next = end + 1
			if text[end] == '\r' && next < len(text) && text[next] == '\n' {
				next++
			}
		}
		raw := text[at:end]
		left := strings.TrimLeftFunc(raw, space)
		start := at + len(raw) - len(left)
		trimmed := strings.TrimRightFunc(left, space)
		if trimmed == "" {
			gap = true
			if len(lines) > 0 {
				lines[len(lines)-1].after = true
			}
		} else {
			lines = append(lines, line{Span: news.Span{Start: start, End: start + len(trimmed)}, text: trimmed, before: gap})
			gap = false
		}
		at = next
	}
	if len(lines) > 0 {
		lines[len(lines)-1].after = true
	}
	return lines
}

func space(c rune) bool { return unicode.IsSpace(c) || c == '\ufeff' || c == '\u200b' }

// markText finds the title, date, author, outlet and regions of d.Text. Its
// first titleEnd bytes are the title where a format named one; with 0 the title
// is looked for in the first line.
func markText(d *news.Document, titleEnd int) {
	lines := splitLines(d.Text, titleEnd)
	if titleEnd > 0 {
		d.Regions = append(d.Regions, news.Region{Span: news.Span{End: titleEnd}, Kind: news.Headline})
	} else if i := titleLine(lines); i >= 0 {
		d.Title = cleanTitle(lines[i].text)
		d.Regions = append(d.Regions, news.Region{Span: lines[i].Span, Kind: news.Headline})
		for _, l := range lines[:i] {
			kind := news.Boilerplate
			if readHeadLine(d, l) {
				kind = news.Dateline
			}
			d.Regions = append(d.Regions, news.Region{Span: l.Span, Kind: kind})
		}
		lines = lines[i+1:]
	}
	markLines(d, lines)
	sortRegions(d)
}

// clockAlone is a line that says when an entry of a running report was made:
// "4:55 p.m.", "14.20 GMT".
var clockAlone = regexp.MustCompile(`(?i)^\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?\s*[-–—:]?$`)

// markLines marks what isn't body among the lines after the title.
func markLines(d *news.Document, lines []line) {
	mark := func(s news.Span, kind news.RegionKind) {
		d.Regions = append(d.Regions, news.Region{Span: s, Kind: kind})
	}
	if len(lines) == 1 && len(d.Regions) == 0 && isSentence(lines[0].text) {
		if n := readDateline(d, lines[0].text); n > 0 {
			mark(news.Span{Start: lines[0].Start, End: lines[0].Start + n}, news.Dateline)
		}
		return // all there is to read, whatever it looks like
	}
	kinds := boilerplate(lines)
	inHead, paragraphs, underByline := true, 0, false
	for i, l := range lines {
		if kinds[i] {
			mark(l.Span, news.Boilerplate)
			continue
		}
		if inHead || i >= len(lines)-2 {
			if readHeadLine(d, l) || underByline && isRole(l) {
				underByline = byline.MatchString(l.text)
				mark(l.Span, news.Dateline)
				continue
			}
		}
		underByline = false
		if signOff.MatchString(l.text) && len(l.text) < 200 {
			mark(l.Span, news.Dateline)
			continue
		}
		if clockAlone.MatchString(l.text) || readsAsDate(l.text) && readHeadLine(d, l) {
			mark(l.Span, news.Dateline)
			continue
		}
		if isHeading(lines, i) {
			mark(l.Span, news.Headline)
			continue
		}
		if paragraphs < 3 {
			if n := readDateline(d, l.text); n > 0 {
				mark(news.Span{Start: l.Start, End: l.Start + n}, news.Dateline)
			}
		}
		if paragraphs++; len(l.text) > 120 || paragraphs > 2 {
			inHead = false
		}
	}
}

// titleLine is the index of the title, -1 where there is none: the first line but
// for navigation, and for the name of a section.
func titleLine(lines []line) int {
	i := 0
	for i < len(lines) && i < 12 && isBoilerplate(lines[i].text) {
		i++
	}
	if i+1 < len(lines) && sectionName.MatchString(lines[i].text) {
		below := i + 1
		for below < len(lines) && (readsAsDate(lines[below].text) || isBoilerplate(lines[below].text)) {
			below++
		}
		if isTitle(lines[below:]) {
			return below
		}
	}
	if isTitle(lines[i:]) {
		return i
	}
	return -1
}

// sectionName is a short label above a title: "WORLD", "Technology News".
var sectionName = regexp.MustCompile(`^(?:[A-Z]{3,}(?: [A-Z&]+){0,2}|(?:[A-Z][a-z]+ ){0,2}(?:News|Politics|Business|World|Technology|Security|Opinion|Analysis))$`)

// isRole reports whether a line below a byline says what the author is:
// "Technology reporter".
func isRole(l line) bool {
	return len(strings.Fields(l.text)) <= 5 && !strings.ContainsAny(l.text, ".!?\"“")
}

// isTitle reports whether the first of some lines is a title.
//
//	a line without final stop, an empty line, text        -> title
//	a line without final stop, then a date or byline      -> title
//	A Line in Title Case or a short one, then a paragraph  -> title
//	a sentence; the first line of a wrapped paragraph      -> no title
func isTitle(lines []line) bool {
	if len(lines) < 2 {
		return false
	}
	t := lines[0].text
	if len(t) > 300 || isSentence(t) || isBoilerplate(t) || readsAsDate(t) || metadataLine.MatchString(t) {
		return false
	}
	if lines[0].after {
		return true
	}
	next := lines[1].text
	if readsAsDate(next) || clockAlone.MatchString(next) || isBoilerplate(next) || byline.MatchString(next) || metadataLine.MatchString(next) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(next)
	if len(t) > 120 || unicode.IsLower(first) {
		return false
	}
	if titleCase(t) || len(next) > 2*len(t) && len(next) > 100 {
		return true
	}
	return false
}

// cleanTitle takes the marks of Markdown off a title.
func cleanTitle(s string) string {
	s = strings.TrimLeft(s, "#")
	return strings.TrimSpace(strings.Trim(s, "*_ "))
}

var abbreviationAtEnd = regexp.MustCompile(`(?:\b[A-Z]\.){2,}$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St|No)\.$`)

// isSentence reports whether a line ends as a sentence does, or holds the border
// of two.
func isSentence(s string) bool {
	t := strings.TrimRight(s, "\"'”’)*_ ")
	if strings.HasSuffix(t, ".") && !strings.HasSuffix(t, "...") && !abbreviationAtEnd.MatchString(t) {
		return true
	}
	return len(s) > 90 && sentenceBorder.MatchString(s)
}

var sentenceBorder = regexp.MustCompile(`[a-z0-9)"”][.!?]["”]? +["“]?[A-Z][a-z]+ [a-z]`)

// titleCase reports whether most longer words begin with a capital letter.
func titleCase(s string) bool {
	words, upper := 0, 0
	for _, w := range strings.Fields(s) {
		c, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "\"'“‘(*_#"))
		if len(w) < 4 || !unicode.IsLetter(c) {
			continue
		}
		words++
		if unicode.IsUpper(c) {
			upper++
		}
	}
	return words > 0 && upper*10 >= words*7
}

var bullet = regexp.MustCompile(`^[•*·–-] `)

// underline is the second line of a Markdown heading.
var underline = regexp.MustCompile(`^(?:-{3,}|={3,})$`)

// isHeading reports whether line i is a heading inside the text: short, by
// itself, unlike a sentence, with text after it.
func isHeading(lines []line, i int) bool {
	l := lines[i]
	if strings.HasPrefix(l.text, "#") {
		return true
	}
	if i+1 < len(lines) && !l.after && underline.MatchString(lines[i+1].text) && len(l.text) < 200 {
		return true
	}
	if i+1 >= len(lines) || !l.before || len(l.text) > 100 {
		return false
	}
	bold := strings.HasPrefix(l.text, "**") && strings.HasSuffix(l.text, "**") && strings.Count(l.text, "**") == 2
	t := strings.Trim(l.text, "*_ ")
	if t == "" || strings.ContainsAny(t[len(t)-1:], ".,;:!?\"'") || strings.ContainsAny(t, "\"“”") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(t)
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return false
	}
	if bold {
		return true
	}
	words := len(strings.Fields(t))
	next := lines[i+1].text
	if !l.after {
		return words <= 5 && (isSentence(next) || bullet.MatchString(next)) && len(next) > 2*len(t)
	}
	return words <= 12 && len(next) > len(t)
}
