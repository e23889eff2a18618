package entity

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"hearsay/ingest/news"
)

var months = map[string]time.Month{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4,
	"jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

var weekdays = map[string]time.Weekday{
	"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
	"sun": 0, "mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6,
}

// units of time with their ISO 8601 letter; those of the clock come after a T.
var units = map[string]string{
	"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "month": "M",
	"year": "Y", "decade": "10Y", "century": "100Y", "weekend": "WE", "quarter": "Q", "fortnight": "2W",
}

var seasons = map[string]string{"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}

var dayParts = map[string]string{
	"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "noon": "12:00", "midnight": "24:00",
}

// clock reads the time expressions of one sentence.
type clock struct {
	d      *news.Document
	base   time.Time // the document's date, zero where unknown
	anchor time.Time // the day that was last spoken of, zero for none
	first  int
	end    int
}

// expression is a time expression: tokens [first, last] and its TIMEX3 value.
type expression struct {
	first, last int
	value       string
}

// times finds the time expressions of the tokens [first, end) and normalises them
// to ISO 8601 as TIMEX3 writes it, against the clock's dates. Where the year can't
// be known it is XXXX; where nothing is, the value is "".
//
//	May 12, 2017       2017-05-12      since 2008         2008/..
//	in May             2017-05         from 2010 to 2014  2010/2014
//	on Monday          2017-05-15      two days later     2017-05-14
//	last month         2017-04         for three weeks    P3W
//	the 1990s          199X            first quarter      2017-Q1
//	10:30 am on Monday 2017-05-15T10:30
func (c *clock) times(emit func(expression)) {
	for i := c.first; i < c.end; {
		x, ok := c.at(i)
		if !ok {
			i++
			continue
		}
		x = c.interval(x)
		emit(x)
		if day, err := time.Parse("2006-01-02", prefixOf(x.value, 10)); err == nil {
			c.anchor = day
		}
		i = x.last + 1
	}
}

func prefixOf(s string, n int) string { return s[:min(len(s), n)] }

func (c *clock) word(i int) string {
	if i < c.first || i >= c.end {
		return ""
	}
	return strings.TrimSuffix(strings.ToLower(c.d.Form(i)), ".")
}

// at reads the expression that starts at token i.
func (c *clock) at(i int) (expression, bool) {
	for _, read := range [...]func(int) (expression, bool){
		c.isoDate, c.hourDate, c.monthDate, c.dayMonth, c.weekdayDate, c.quarterDate, c.seasonDate,
		c.relative, c.named, c.measured, c.decadeDate, c.yearDate,
	} {
		if x, ok := read(i); ok {
			return x, true
		}
	}
	return expression{}, false
}

// interval widens an expression by the preposition before it, or joins it with
// the one after it.
func (c *clock) interval(x expression) expression {
	if strings.HasPrefix(x.value, "P") || x.value == "" || strings.HasSuffix(x.value, "_REF") {
		return x
	}
	before := c.word(x.first - 1)
	if before == "as" && c.word(x.first-2) == "early" { // since as early as 2013
		before = c.word(x.first - 4)
	}
	if w := c.word(x.last + 1); (before == "from" || before == "between" || w == "-" || w == "–") &&
		(w == "to" || w == "and" || w == "-" || w == "–" || w == "until" || w == "through") {
		if y, ok := c.at(x.last + 2); ok && len(y.value) >= 4 && y.value[0] != 'P' {
			return expression{x.first, y.last, c.inYear(x, y.value) + "/" + y.value}
		}
	}
	switch before {
	case "since", "after":
		x.value += "/.."
	case "until", "till", "before":
		x.value = "../" + x.value
	}
	return x
}

// inYear gives a month or day without a year of its own the year of the end of its
// interval, or the one before it: "from November to May 2016".
func (c *clock) inYear(x expression, end string) string {
	year, err := strconv.Atoi(prefixOf(end, 4))
	if err != nil || len(x.value) < 7 || x.value[4] != '-' || x.value[5] > '1' {
		return x.value
	}
	for i := x.first; i <= x.last; i++ {
		if _, ok := months[c.word(i)]; !ok && digits(c.word(i)) > 2 {
			return x.value
		}
	}
	if _, named := months[c.word(x.first)]; !named && digits(c.word(x.first)) == 0 {
		return x.value // a weekday, "last month"
	}
	if x.value[4:] > end[4:] {
		year--
	}
	return fmt.Sprintf("%04d", year) + x.value[4:]
}

// isoDate: 2017-05-12, 2017/05/12, 15/05/2017 where one number can't be a month.
func (c *clock) isoDate(i int) (expression, bool) {
	start := c.d.Tokens[i].Start
	run := c.d.Text[start:min(len(c.d.Text), start+10)]
	if k := strings.IndexAny(run, " \n\t,;"); k >= 0 {
		run = run[:k]
	}
	var y, m, d int
	sep := strings.IndexAny(run, "-/.")
	if sep != 4 && sep != 2 && sep != 1 {
		return expression{}, false
	}
	parts := strings.FieldsFunc(strings.TrimRight(run, ".-/"), func(r rune) bool { return r == rune(run[sep]) })
	if len(parts) != 3 {
		return expression{}, false
	}
	var n [3]int
	for k, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil {
			return expression{}, false
		}
		n[k] = v
	}
	switch {
	case sep == 4:
		y, m, d = n[0], n[1], n[2]
	case len(parts[2]) == 4 && n[0] > 12:
		y, m, d = n[2], n[1], n[0]
	case len(parts[2]) == 4 && (n[1] > 12 || run[sep] == '/'):
		y, m, d = n[2], n[0], n[1]
	case len(parts[2]) == 4 && run[sep] == '.':
		y, m, d = n[2], n[1], n[0]
	default:
		return expression{}, false
	}
	if y < 1000 || m < 1 || m > 12 || d < 1 || d > 31 {
		return expression{}, false
	}
	last := i
	for last+1 < c.end && c.d.Tokens[last].End < start+len(strings.TrimRight(run, ".-/")) {
		last++
	}
	return expression{i, last, fmt.Sprintf("%04d-%02d-%02d", y, m, d)}, true
}

// year reads a year of four digits.
func (c *clock) year(i int) (int, bool) {
	w := c.word(i)
	if len(w) != 4 || digits(w) != 4 {
		return 0, false
	}
	y, err := strconv.Atoi(w)
	return y, err == nil && y >= 1000 && y < 2200
}

// dayOfMonth reads 12, 12th, 1st.
func (c *clock) dayOfMonth(i int) (int, bool) {
	w := c.word(i)
	n := digits(w)
	if n == 0 || n > 2 {
		return 0, false
	}
	switch w[n:] {
	case "", "st", "nd", "rd", "th":
	default:
		return 0, false
	}
	v, err := strconv.Atoi(w[:n])
	return v, err == nil && v >= 1 && v <= 31
}

// month reads a month's name. "May", "March" and the short forms must be
// written and stand like names.
func (c *clock) month(i int) (time.Month, bool) {
	w := c.word(i)
	m, ok := months[w]
	if !ok {
		return 0, false
	}
	form := c.d.Form(i)
	if form[0] < 'A' || form[0] > 'Z' {
		return 0, false
	}
	if len(w) <= 4 || w == "march" {
		if u := c.d.Tokens[i].UPOS; u == "AUX" || u == "VERB" {
			return 0, false
		}
		if len(w) <= 4 && w != "may" && w != "june" && w != "july" {
			_, day := c.dayOfMonth(i + 1)
			_, before := c.dayOfMonth(i - 1)
			_, year := c.year(i + 1)
			return m, day || year || before
		}
	}
	return m, true
}

// monthDate: May 12, 2017 · May 12 · May 2017 · May.
func (c *clock) monthDate(i int) (expression, bool) {
	m, ok := c.month(i)
	if !ok {
		return expression{}, false
	}
	j := i + 1
	if c.word(j) == "" && j < c.end { // the full stop of "Sept ."
		j++
	}
	if day, ok := c.dayOfMonth(j); ok {
		if c.word(j+1) == "," {
			if y, ok := c.year(j + 2); ok {
				return expression{i, j + 2, date(y, m, day)}, true
			}
		}
		if y, ok := c.year(j + 1); ok {
			return expression{i, j + 1, date(y, m, day)}, true
		}
		return expression{i, j, c.nearest(i, m, day)}, true
	}
	if c.word(j) == "of" || c.word(j) == "," {
		j++
	}
	if y, ok := c.year(j); ok {
		return expression{i, j, fmt.Sprintf("%04d-%02d", y, m)}, true
	}
	return c.directed(expression{i, i, prefixOf(c.nearest(i, m, 0), 7)}, int(m)), true
}

// dayMonth: 12 May 2017 · 12th of May · the 12th of May.
func (c *clock) dayMonth(i int) (expression, bool) {
	day, ok := c.dayOfMonth(i)
	if !ok {
		return expression{}, false
	}
	j := i + 1
	if c.word(j) == "of" {
		j++
	}
	m, ok := c.month(j)
	if !ok {
		return expression{}, false
	}
	k := j + 1
	if c.word(k) == "," {
		k++
	}
	if y, ok := c.year(k); ok {
		return expression{i, k, date(y, m, day)}, true
	}
	return expression{i, j, c.nearest(j, m, day)}, true
}

func date(y int, m time.Month, d int) string { return fmt.Sprintf("%04d-%02d-%02d", y, m, d) }

// nearest is the day or, where day is 0, month without a year, as seen from the
// document's date: the last one, or the next where the verb tells of the future.
func (c *clock) nearest(at int, m time.Month, day int) string {
	if c.base.IsZero() {
		if day == 0 {
			return fmt.Sprintf("XXXX-%02d", m)
		}
		return fmt.Sprintf("XXXX-%02d-%02d", m, day)
	}
	y := c.base.Year()
	then := time.Date(y, m, max(day, 1), 0, 0, 0, 0, time.UTC)
	ahead := then.Sub(c.base).Hours() / 24
	coming := c.future(at)
	switch c.word(at - 1) {
	case "until", "till", "by":
		coming = true
	}
	switch {
	case coming && ahead < -31:
		y++
	case !coming && ahead > 8:
		y--
	}
	if day == 0 {
		return fmt.Sprintf("%04d-%02d", y, m)
	}
	return date(y, m, day)
}

// future reports whether the verb that governs token i is in the future.
func (c *clock) future(i int) bool {
	for h, n := i, 0; h >= 0 && n < 6; h, n = c.d.Head(h), n+1 {
		if c.d.Tokens[h].UPOS != "VERB" && n > 0 && c.d.Head(h) >= 0 {
			continue
		}
		for k := max(c.first, h-4); k < h; k++ {
			switch c.word(k) {
			case "will", "'ll", "shall":
				return true
			}
		}
		if c.d.Tokens[h].UPOS == "VERB" {
			return c.word(h-1) == "to" && c.d.Tokens[h].Feat("VerbForm") == "Inf" && n <= 2
		}
	}
	return false
}

// directed applies "last" and "next" before a bare month or weekday.
func (c *clock) directed(x expression, month int) expression {
	w := c.word(x.first - 1)
	if c.base.IsZero() || (w != "last" && w != "next") {
		return x
	}
	x.first--
	y := c.base.Year()
	switch {
	case w == "last" && month >= int(c.base.Month()):
		y--
	case w == "next" && month <= int(c.base.Month()):
		y++
	}
	x.value = fmt.Sprintf("%04d-%02d", y, month)
	return x
}

// weekdayDate: Monday · last Monday · next Friday · Monday morning · Monday, May 15.
func (c *clock) weekdayDate(i int) (expression, bool) {
	w, j := c.word(i), i
	shift := 0
	switch w {
	case "last", "past", "this", "next", "coming", "previous":
		j++
		shift = map[string]int{"last": -7, "past": -7, "previous": -7, "next": 7, "coming": 1}[w]
	}
	wd, ok := weekdays[c.word(j)]
	if !ok || c.d.Form(j)[0] < 'A' || c.d.Form(j)[0] > 'Z' || len(c.word(j)) < 4 && c.word(j+1) != "," {
		return expression{}, false
	}
	x := expression{first: i, last: j}
	k := j + 1
	if c.word(k) == "," {
		k++
	}
	if y, ok := c.monthDate(k); ok && len(y.value) == 10 {
		return expression{i, y.last, y.value}, true
	}
	if y, ok := c.dayMonth(k); ok {
		return expression{i, y.last, y.value}, true
	}
	if c.base.IsZero() {
		x.value = fmt.Sprintf("XXXX-WXX-%d", (int(wd)+6)%7+1)
	} else {
		x.value = c.weekday(j, wd, shift).Format("2006-01-02")
	}
	if p, ok := dayParts[c.word(x.last+1)]; ok {
		x.last++
		x.value += "T" + p
	}
	return x, true
}

func (c *clock) weekday(at int, wd time.Weekday, shift int) time.Time {
	back := (int(c.base.Weekday()) - int(wd) + 7) % 7
	day := c.base.AddDate(0, 0, -back)
	switch {
	case shift < 0 && back == 0:
		return day.AddDate(0, 0, -7)
	case shift > 0 || shift == 0 && back > 0 && c.future(at):
		return day.AddDate(0, 0, 7)
	}
	return day
}
