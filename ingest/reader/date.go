package reader

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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
	anyDate  = regexp.MustCompile(`(?i:` + dateForms + `)`)
	anyClock = regexp.MustCompile(clockForms)
	// barWord is what may stand beside the date in a line about publication.
	barWord = regexp.MustCompile(`^(?i:published|updated|posted|modified|dated?|written|first|last|on|at|by|and|of|est|edt|et|ist|bst|cest|cet|gmt|utc|pst|pdt|[ap]\.?m\.?|\d{1,4}|min|mins|minutes?|read|hours?|days?|ago|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$`)
	ordinal = regexp.MustCompile(`(\d)(?:st|nd|rd|th)\b`)
	weekday = regexp.MustCompile(`^` + dayNames)
	// dateline is what stands before the first sentence of a wire report:
	// SEOUL, May 16, 2017 (Reuters) -
	dateline = regexp.MustCompile(`^(?:[A-Z][A-Z.'’-]*[A-Z](?:[ /][A-Z][A-Z.'’-]*[A-Z])*|[A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+){0,3})` +
		`(?:, (?:[A-Z][A-Za-z.]+\s?){1,3})?(?:,\s*((?:` + dateForms + `)|` + monthNames + `\s+\d{1,2}|\d{1,2}\s+` + monthNames + `))?` +
		`\s*(?:\(([A-Z][^()]{1,40})\))?\s*(?:--|[-–—])\s+`)
	agencyAlone = regexp.MustCompile(`^\(([A-Z][A-Za-z ]{1,20})\)\s*(?:--|[-–—])\s+`) // (CNN) —
	allCaps     = regexp.MustCompile(`^[A-Z][A-Z.'’-]*[A-Z]`)
	byline      = regexp.MustCompile(`^(?:By|BY|by|Written by|Author:|Reported by)\s+((?:[A-Z][\w.'’-]*|[a-z]{2,3}|and|,)(?:[ ,]+(?:[A-Z][\w.'’-]*|and|de|van|von|der|bin|al|el|&))*)(?:\s*[,|–—-].*)?\.?$`)
	// signOff is a wire report's last line.
	signOff = regexp.MustCompile(`\bcontributed (?:reporting )?(?:to|for) this (?:report|story|article)\.$|^[\[(]?(?:Additional |Further )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|Reported|Written|Edited) by [A-Z].*`)
	// metadataLine is a line of a header that names its field.
	metadataLine = regexp.MustCompile(`^(?i:(title|headline|outlet|source|publisher|publication|date|published|author|by|byline|url|link))\s?:\s+(\S.*)$`)
)

// readsAsDate reports whether a line says when a text was published, and perhaps
// by whom, and nothing else.
//
//	Monday, September 23, 2019
//	MARCH 4, 2021 / 10:30 AM / UPDATED 2 HOURS AGO
//	October 20, 2030 | Pinebarrow Labs | 7 min read
//	The ferry sank on March 4, 2021                  -> no
func readsAsDate(s string) bool {
	if len(s) > 120 || !hasYear(s) || !anyDate.MatchString(s) {
		return len(s) < 40 && publishedAlone.MatchString(s)
	}
	s = anyClock.ReplaceAllString(anyDate.ReplaceAllString(s, " "), " ")
	names := 0
	for _, w := range strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(" \t\u00a0,:|/()•·–—-", c) }) {
		switch c, _ := utf8.DecodeRuneInString(w); {
		case barWord.MatchString(w):
		case unicode.IsUpper(c) && !strings.HasSuffix(w, "."):
			names++
		default:
			return false
		}
	}
	return names <= 5
}

var zone = regexp.MustCompile(`\b([A-Z]{2,5})\)?$`)

var barAuthor = regexp.MustCompile(`\b[Bb]y ([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4})`)

// hasYear reports whether four digits stand in a row, without which there is no
// date. It is much cheaper than the search for one.
func hasYear(s string) bool {
	digits := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			digits = 0
		} else if digits++; digits == 4 {
			return true
		}
	}
	return false
}

var publishedAlone = regexp.MustCompile(`^(?i:published|updated|posted|last updated)$`)

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
	if m := byline.FindStringSubmatch(l.text); m != nil && !isSentence(strings.TrimSuffix(l.text, ".")) {
		if d.Author == "" {
			d.Author = strings.TrimRight(m[1], " ,")
		}
		setPublished(d, anyDate.FindString(l.text), anyClock.FindString(anyDate.ReplaceAllString(l.text, "")))
		return true
	}
	if readsAsDate(l.text) {
		setPublished(d, anyDate.FindString(l.text), anyClock.FindString(anyDate.ReplaceAllString(l.text, "")))
		if m := barAuthor.FindStringSubmatch(l.text); m != nil && d.Author == "" {
			d.Author = m[1]
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
	if m := agencyAlone.FindStringSubmatchIndex(s); m != nil {
		if d.Outlet == "" {
			d.Outlet = s[m[2]:m[3]]
		}
		return m[1]
	}
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
	if z := zone.FindStringSubmatch(clock); z != nil && z[1] != "GMT" && z[1] != "UTC" && z[1] != "AM" && z[1] != "PM" {
		clock = "" // ET, IST, CST: nobody can know which
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
