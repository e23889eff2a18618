package reader

import (
	"regexp"
	"strings"
	"time"

	"github.com/araddon/dateparse"

	"hearsay/ingest/news"
)

const (
	monthNames = `(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Jun\.|Jul\.|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)`
	dayNames   = `(?:(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?[.,]?\s+)?`
	dateForms  = dayNames + monthNames + `\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}` +
		`|` + dayNames + `\d{1,2}(?:st|nd|rd|th)?\s+` + monthNames + `,?\s+\d{4}` +
		`|\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?`
	clockForms = `\d{1,2}(?:[:.]\d{2}){1,2}(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s*\(?(?:[A-Z]{2,5}|[+-]\d{2}:?\d{2})\)?)?`
)

var (
	// dateLine is a line that says when the text was published and nothing else.
	dateLine = regexp.MustCompile(`(?i:^(?:(?:first |last )?(?:published|updated|posted|modified|date|dated)(?: on| at)?\s*:?\s*)?)\(?(` +
		dateForms + `)(?:(?:,|\s+at|\s+[-–—|])?\s+(` + clockForms + `))?\)?(?:,?\s+(?:by|By|BY)\s+([A-Z][^.!?]{2,60}))?\s*(?:\||$)`)
	dateAnywhere = regexp.MustCompile(dateForms)
	ordinal      = regexp.MustCompile(`(\d)(?:st|nd|rd|th)\b`)
	weekday      = regexp.MustCompile(`^` + dayNames)
	// dateline is what stands before the first sentence of a wire report:
	// SEOUL, May 16, 2017 (Reuters) -
	dateline = regexp.MustCompile(`^(?:[A-Z][A-Z.'’-]*[A-Z](?:[ /][A-Z][A-Z.'’-]*[A-Z])*|[A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+){0,3})` +
		`(?:, (?:[A-Z][A-Za-z.]+\s?){1,3})?(?:,\s*((?:` + dateForms + `)|` + monthNames + `\s+\d{1,2}|\d{1,2}\s+` + monthNames + `))?` +
		`\s*(?:\(([A-Z][^()]{1,40})\))?\s*(?:--|[-–—])\s+`)
	allCaps = regexp.MustCompile(`^[A-Z][A-Z.'’-]*[A-Z]`)
	byline  = regexp.MustCompile(`^(?:By|BY|by|Written by|Author:|Reported by)\s+((?:[A-Z][\w.'’-]*|[a-z]{2,3}|and|,)(?:[ ,]+(?:[A-Z][\w.'’-]*|and|de|van|von|der|bin|al|el|&))*)(?:\s*[,|–—-].*)?\.?$`)
	// signOff is a wire report's last line.
	signOff = regexp.MustCompile(`^[\[(]?(?:Additional |Further )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|Reported|Written|Edited) by [A-Z].*`)
	// metadataLine is a line of a header that names its field.
	metadataLine = regexp.MustCompile(`^(?i:(title|headline|outlet|source|publisher|publication|date|published|author|by|byline|url|link))\s?:\s+(\S.*)$`)
)

func isDateLine(s string) bool { return len(s) < 120 && dateLine.MatchString(s) }

// readHeadLine reads a line between title and text: a date, a byline, a named
// field. It reports whether the line was one; what is known already stays.
//
//	Monday, September 23, 2019
//	Updated: 16 May 2017, 10:30 GMT
//	By Jane Roe, Technology Correspondent
//	Outlet: The Daily Example
func readHeadLine(d *news.Document, l line) bool {
	if len(l.text) > 160 {
		return false
	}
	if m := metadataLine.FindStringSubmatch(l.text); m != nil {
		return readField(d, strings.ToLower(m[1]), m[2])
	}
	if m := dateLine.FindStringSubmatch(l.text); m != nil {
		setPublished(d, m[1], m[2])
		if d.Author == "" {
			d.Author = m[3]
		}
		return true
	}
	if m := byline.FindStringSubmatch(l.text); m != nil && !isSentence(strings.TrimSuffix(l.text, ".")) {
		if d.Author == "" {
			d.Author = strings.TrimRight(m[1], " ,")
		}
		if date := dateAnywhere.FindString(l.text); date != "" {
			setPublished(d, date, "")
		}
		return true
	}
	// "By our correspondent": a byline without a name.
	return strings.HasPrefix(l.text, "By ") && len(strings.Fields(l.text)) <= 8 && !strings.ContainsAny(l.text, ".,;:!?")
}

// readField takes one named field over; false where its value can't be that.
func readField(d *news.Document, name, value string) bool {
	set := func(field *string) bool {
		if *field == "" {
			*field = value
		}
		return true
	}
	switch name {
	case "outlet", "source", "publisher", "publication":
		return !isSentence(value) && set(&d.Outlet)
	case "author", "by", "byline":
		return !isSentence(value) && set(&d.Author)
	case "url", "link":
		return strings.Contains(value, "://") && set(&d.URL)
	case "title", "headline":
		return set(&d.Title)
	}
	t := ParseDate(value)
	if !t.IsZero() && d.Published.IsZero() {
		d.Published = t
	}
	return !t.IsZero()
}

// readDateline is the length of the dateline at the beginning of a paragraph, 0
// where there is none. It needs a place in capital letters or an agency in
// brackets.
//
//	SEOUL (Reuters) - Researchers said ...            -> "SEOUL (Reuters) - "
//	PARIS, May 16, 2017 — The agency said ...          -> "PARIS, May 16, 2017 — "
//	Washington – a city of lawyers – said ...          -> nothing
func readDateline(d *news.Document, s string) int {
	m := dateline.FindStringSubmatchIndex(s)
	if m == nil {
		return 0
	}
	agency := m[4] >= 0
	if !agency && !allCaps.MatchString(s) || m[1] > 100 {
		return 0
	}
	if agency && d.Outlet == "" {
		d.Outlet = s[m[4]:m[5]]
	}
	if m[2] >= 0 {
		setPublished(d, s[m[2]:m[3]], "")
	}
	return m[1]
}

func setPublished(d *news.Document, date, clock string) {
	if !d.Published.IsZero() {
		return
	}
	if t := ParseDate(date + " " + clock); !t.IsZero() {
		d.Published = t
		return
	}
	d.Published = ParseDate(date)
}

// ParseDate reads a date as feeds, pages and people write it, in UTC where it
// names no zone. It gives the zero time for what it can't read, for a date
// without a year, and for one like 05/06/2017 whose order nobody can know.
func ParseDate(s string) time.Time {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}
	}
	s = ordinal.ReplaceAllString(weekday.ReplaceAllString(s, ""), "$1")
	s = strings.ReplaceAll(s, "Sept ", "Sep ")
	if slashed.MatchString(s) {
		return parseSlashed(s)
	}
	t, err := dateparse.ParseIn(s, time.UTC)
	if err != nil || t.Year() < 1800 || t.Year() > 2200 {
		return time.Time{}
	}
	return t.UTC()
}

var slashed = regexp.MustCompile(`^\d{1,2}[/.]\d{1,2}[/.]\d{4}$`)

// parseSlashed reads 16/05/2017 and 05/16/2017, of which only one order is
// possible.
func parseSlashed(s string) time.Time {
	s = strings.ReplaceAll(s, ".", "/")
	dayFirst, err1 := time.Parse("2/1/2006", s)
	monthFirst, err2 := time.Parse("1/2/2006", s)
	switch {
	case err1 == nil && (err2 != nil || dayFirst.Equal(monthFirst)):
		return dayFirst
	case err2 == nil && err1 != nil:
		return monthFirst
	}
	return time.Time{}
}
