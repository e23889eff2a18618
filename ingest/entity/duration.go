package entity

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"hearsay/ingest/news"
)

// named reads the words that are times by themselves.
//
//	today tonight yesterday tomorrow · now · recently
func (c *clock) named(i int) (expression, bool) {
	x := expression{first: i, last: i}
	days, part := 0, ""
	switch c.word(i) {
	case "today":
	case "tonight":
		part = "TNI"
	case "yesterday":
		days = -1
	case "tomorrow":
		days = 1
	default:
		return x, false
	}
	if news.IsRel(c.d.Tokens[i].Deprel, "flat") || c.d.Tokens[i].UPOS == "PROPN" && i > c.first {
		return x, false // USA Today
	}
	if p, ok := dayParts[c.word(i+1)]; ok && part == "" {
		x.last++
		part = "T" + p
	}
	if !c.base.IsZero() {
		x.value = c.base.AddDate(0, 0, days).Format("2006-01-02") + part
	}
	return x, true
}

// relative: last month · this year · the past three years · next week.
func (c *clock) relative(i int) (expression, bool) {
	j, steps, determined, from := i, 0, false, c.base
	if w := c.word(j); w == "the" || w == "over" || w == "earlier" || w == "later" {
		j++
	}
	switch c.word(j) {
	case "last", "past", "previous":
		steps, determined = -1, true
	case "this", "current":
		determined = true
	case "next", "coming", "upcoming", "following":
		steps, determined = 1, true
	}
	if !determined {
		return expression{}, false
	}
	switch c.word(j) {
	case "next", "following", "previous":
		if c.word(i) == "the" { // "the next day" is that after the one told of, "next week" the reader's
			from = c.anchored()
		}
	}
	if v, after := number(c.d, j+1, c.end); after > j+1 {
		if u, ok := unit(c.word(after)); ok {
			return expression{i, after, period(v, u)}, true
		}
		return expression{}, false
	}
	if u, ok := unit(c.word(j + 1)); ok && !strings.HasSuffix(c.word(j+1), "s") {
		return expression{i, j + 1, shifted(from, u, steps)}, true
	}
	if s, ok := seasons[c.word(j+1)]; ok && (s != "FA" || c.d.Tokens[j+1].UPOS == "NOUN" || c.word(j+1) == "autumn") {
		if c.base.IsZero() {
			return expression{i, j + 1, "XXXX-" + s}, true
		}
		y := c.base.Year()
		if over := c.base.Month() > 8 || s == "SP" && c.base.Month() > 5; steps < 0 && !over || steps > 0 && over {
			y += steps
		}
		return expression{i, j + 1, fmt.Sprintf("%d-%s", y, s)}, true
	}
	if p, ok := dayParts[c.word(j+1)]; ok && c.word(j) == "this" && !c.base.IsZero() {
		return expression{i, j + 1, c.base.Format("2006-01-02") + "T" + p}, true
	}
	return expression{}, false
}

func unit(w string) (string, bool) {
	if u, ok := units[w]; ok {
		return u, true
	}
	if w == "centuries" {
		return "100Y", true
	}
	u, ok := units[strings.TrimSuffix(w, "s")]
	return u, ok
}

// shifted is the calendar unit that lies steps away from a day, "" from none.
func shifted(b time.Time, u string, steps int) string {
	if b.IsZero() {
		return ""
	}
	switch u {
	case "D":
		return b.AddDate(0, 0, steps).Format("2006-01-02")
	case "W", "WE":
		y, w := b.AddDate(0, 0, 7*steps).ISOWeek()
		s := fmt.Sprintf("%d-W%02d", y, w)
		if u == "WE" {
			s += "-WE"
		}
		return s
	case "M":
		return time.Date(b.Year(), b.Month()+time.Month(steps), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
	case "Q":
		q := b.Year()*4 + (int(b.Month())-1)/3 + steps
		return fmt.Sprintf("%d-Q%d", q/4, q%4+1)
	case "Y":
		return strconv.Itoa(b.Year() + steps)
	case "10Y":
		return strconv.Itoa(b.Year()/10+steps) + "X"
	case "100Y":
		return strconv.Itoa(b.Year()/100+steps) + "XX"
	}
	return ""
}

// period is an ISO 8601 duration: P3W, PT24H, P20Y.
func period(v float64, u string) string {
	switch {
	case u == "WE":
		u = "W"
	case u == "Q":
		v, u = v*3, "M"
	case u == "10Y" || u == "100Y" || u == "2W":
		n := digits(u)
		factor, err := strconv.Atoi(u[:n])
		if err == nil {
			v, u = v*float64(factor), u[n:]
		}
	}
	t := ""
	if u[0] == 'T' {
		t, u = "T", u[1:]
	}
	return "P" + t + strconv.FormatFloat(v, 'f', -1, 64) + u
}

// measured: two days ago · three weeks later · for 24 hours · a year earlier.
func (c *clock) measured(i int) (expression, bool) {
	v, after := number(c.d, i, c.end)
	if after == i {
		if w := c.word(i); (w != "a" && w != "an") || i+1 >= c.end {
			return expression{}, false
		}
		v, after = 1, i+1
	}
	if c.word(after) == "-" || c.word(after) == "more" || c.word(after) == "full" {
		after++
	}
	u, ok := unit(c.word(after))
	if !ok {
		return expression{}, false
	}
	x := expression{i, after, period(v, u)}
	sign, from := 0, c.base
	switch c.word(after + 1) {
	case "ago":
		sign = -1
	case "earlier", "prior":
		sign, from = -1, c.anchored()
	case "later", "afterwards":
		sign, from = 1, c.anchored()
	case "before", "after":
		return c.reckoned(x, v, u)
	case "from":
		if c.word(after+2) == "now" {
			sign = 1
			after++
		}
	}
	if sign == 0 {
		// "a second man" and "a day" alone are no times that we can place.
		return x, c.word(i) != "a" && c.word(i) != "an" || c.word(i-1) == "for" || c.word(i-1) == "within"
	}
	x.last = after + 1
	x.value = moved(from, sign*int(v), u)
	return x, true
}

// reckoned places a measure before "before" or "after": from the day that follows,
// or where a clause or phrase ends, from the one last spoken of. From anything else
// that follows it can't be placed and stays a measure.
//
//	two days after May 12, 2017   2017-05-14      two days after the attack   P2D
func (c *clock) reckoned(x expression, v float64, u string) (expression, bool) {
	k := x.last + 1
	sign := 1
	if c.word(k) == "before" {
		sign = -1
	}
	if k+1 >= c.end || c.d.Tokens[k+1].UPOS == "PUNCT" || c.word(k+1) == "and" || c.word(k+1) == "," {
		return expression{x.first, k, moved(c.anchored(), sign*int(v), u)}, true
	}
	if y, ok := c.at(k + 1); ok {
		if day, err := time.Parse("2006-01-02", y.value); err == nil {
			return expression{x.first, y.last, moved(day, sign*int(v), u)}, true
		}
	}
	return x, c.word(x.first) != "a" && c.word(x.first) != "an"
}

func (c *clock) anchored() time.Time {
	if c.anchor.IsZero() {
		return c.base
	}
	return c.anchor
}

// moved is the date n units away, as exact as the unit is.
func moved(from time.Time, n int, u string) string {
	if from.IsZero() || n > 100000 || n < -100000 {
		return ""
	}
	switch u {
	case "D":
		return from.AddDate(0, 0, n).Format("2006-01-02")
	case "W", "WE":
		return from.AddDate(0, 0, 7*n).Format("2006-01-02")
	case "2W":
		return from.AddDate(0, 0, 14*n).Format("2006-01-02")
	case "M":
		return time.Date(from.Year(), from.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
	case "Q":
		return time.Date(from.Year(), from.Month()+time.Month(3*n), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
	case "Y":
		return fmt.Sprintf("%04d", from.Year()+n)
	case "10Y":
		return fmt.Sprintf("%04d", from.Year()+10*n)
	case "100Y":
		return fmt.Sprintf("%04d", from.Year()+100*n)
	}
	return from.Format("2006-01-02") // hours, minutes: the same day, near enough
}

// yearDate: a year where one is expected: after a preposition, in brackets, in a
// row with others, or tagged as an unmodified number.
func (c *clock) yearDate(i int) (expression, bool) {
	y, ok := c.year(i)
	if !ok || y < 1400 && c.word(i-1) != "in" && c.word(i-1) != "since" {
		return expression{}, false
	}
	x := expression{i, i, c.word(i)}
	t := &c.d.Tokens[i]
	switch c.word(i - 1) {
	case "in", "since", "until", "till", "by", "during", "early", "late", "mid", "of", "from", "before", "after", "year",
		"(", "between", "as", "to", "for", "-", "and", "–", "/", "mid-", "around", "circa":
		if c.d.Tokens[i].UPOS != "NUM" && t.UPOS != "" && t.UPOS != "NOUN" && t.UPOS != "PROPN" {
			return x, false
		}
		if next := c.word(i + 1); next == "%" || next == "percent" || currencies[next] != "" {
			return x, false
		}
		if c.counts(i) {
			return x, y >= 1950 && y <= 2035 && c.word(i-1) != "of"
		}
		return x, true
	}
	if y >= 1900 && y <= 2050 && (t.Head > 0 && news.IsRel(t.Deprel, "nmod") || news.IsRel(t.Deprel, "nmod:unmarked") ||
		news.IsRel(t.Deprel, "obl") || news.IsRel(t.Deprel, "compound") || c.word(i-1) == "the" && t.Head > 0) {
		return x, true
	}
	return x, false
}

// counts reports whether a number stands before the plural of what it counts:
// "of 1500 computers".
func (c *clock) counts(i int) bool {
	if i+1 >= c.end || c.d.Tokens[i+1].UPOS != "NOUN" {
		return false
	}
	t := &c.d.Tokens[i+1]
	return t.Feat("Number") == "Plur" || t.Feats == "" && strings.HasSuffix(c.word(i+1), "s")
}

// decadeDate: the 1990s · the late 1980s · the '90s.
func (c *clock) decadeDate(i int) (expression, bool) {
	w := c.word(i)
	if rest, ok := strings.CutSuffix(w, "s"); ok {
		rest = strings.TrimRight(rest, "'’")
		if len(rest) == 4 && digits(rest) == 4 && rest[3] == '0' {
			return expression{i, i, rest[:3] + "X"}, true
		}
		if short := strings.TrimLeft(rest, "'’"); short != rest && len(short) == 2 && digits(short) == 2 && short[1] == '0' {
			return expression{i, i, "19" + short[:1] + "X"}, true
		}
	}
	return expression{}, false
}

// quarterDate: the first quarter of 2017 · Q1 2017 · first half of 2020.
func (c *clock) quarterDate(i int) (expression, bool) {
	w, j, n := c.word(i), i, 0
	name := "Q"
	switch {
	case len(w) == 2 && w[0] == 'q' && w[1] >= '1' && w[1] <= '4':
		n = int(w[1] - '0')
	case c.word(i+1) == "quarter" || c.word(i+1) == "half":
		n = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4}[w]
		j = i + 1
		if c.word(j) == "half" {
			name = "H"
		}
	}
	if n == 0 || name == "H" && n > 2 {
		return expression{}, false
	}
	k := j + 1
	if c.word(k) == "of" || c.word(k) == "in" {
		k++
	}
	if y, ok := c.year(k); ok {
		return expression{i, k, fmt.Sprintf("%04d-%s%d", y, name, n)}, true
	}
	if name == "H" {
		return expression{}, false
	}
	if c.base.IsZero() {
		return expression{i, j, fmt.Sprintf("XXXX-Q%d", n)}, true
	}
	return expression{i, j, fmt.Sprintf("%04d-Q%d", c.base.Year(), n)}, true
}

// seasonDate: summer 2017 · the winter of 2015.
func (c *clock) seasonDate(i int) (expression, bool) {
	s, ok := seasons[c.word(i)]
	if !ok {
		return expression{}, false
	}
	k := i + 1
	if c.word(k) == "of" {
		k++
	}
	y, ok := c.year(k)
	if !ok {
		return expression{}, false
	}
	return expression{i, k, fmt.Sprintf("%04d-%s", y, s)}, true
}

// hourDate: 10:30 am · 5 p.m. · 14:00 UTC · 10:30 am on Monday.
func (c *clock) hourDate(i int) (expression, bool) {
	w := c.word(i)
	h, m, last := -1, 0, i
	if k := strings.IndexByte(w, ':'); k > 0 && digits(w[k+1:]) >= 2 && digits(w[:k]) == k {
		var err error
		if h, err = strconv.Atoi(w[:k]); err != nil {
			return expression{}, false
		}
		if m, err = strconv.Atoi(w[k+1 : k+3]); err != nil {
			return expression{}, false
		}
	} else if n := digits(w); n > 0 && n <= 2 && (n == len(w) || w[n:] == "am" || w[n:] == "pm") {
		v, err := strconv.Atoi(w[:n])
		half := w[n:]
		if half == "" {
			half = strings.ReplaceAll(c.word(i+1), ".", "")
		}
		if err != nil || half != "am" && half != "pm" {
			return expression{}, false
		}
		h = v
	}
	if h < 0 || h > 24 || m > 59 {
		return expression{}, false
	}
	half := strings.ReplaceAll(c.word(last+1), ".", "")
	if half == "am" || half == "pm" {
		last++
	} else if strings.HasSuffix(w, "am") || strings.HasSuffix(w, "pm") {
		half = w[len(w)-2:]
	}
	if half == "pm" && h < 12 {
		h += 12
	} else if half == "am" && h == 12 {
		h = 0
	}
	switch strings.ToUpper(c.word(last + 1)) {
	case "UTC", "GMT", "EST", "EDT", "PST", "CET", "BST", "IST":
		last++
	}
	value := fmt.Sprintf("T%02d:%02d", h, m)
	k := last + 1
	if w := c.word(k); w == "on" || w == "," {
		k++
	}
	if y, ok := c.dateAt(k); ok {
		return expression{i, y.last, y.value + value}, true
	}
	if base := c.anchored(); !base.IsZero() {
		return expression{i, last, base.Format("2006-01-02") + value}, true
	}
	return expression{i, last, "XXXX-XX-XX" + value}, true
}

// dateAt reads a full date.
func (c *clock) dateAt(i int) (expression, bool) {
	if i >= c.end {
		return expression{}, false
	}
	for _, read := range [...]func(int) (expression, bool){c.isoDate, c.monthDate, c.dayMonth, c.weekdayDate, c.named} {
		if x, ok := read(i); ok && len(x.value) == 10 {
			return x, true
		}
	}
	return expression{}, false
}
