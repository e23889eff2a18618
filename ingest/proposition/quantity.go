package proposition

import (
	"strconv"
	"strings"

	"hearsay/ingest/news"
)

// quantityOf is the number that a proposition states of its object, or of its
// subject where there is no object: "more than 300,000 computers were taken
// down". Dates and names with numbers are none.
func (r *reader) quantityOf(p *news.Proposition) *news.Quantity {
	q := r.stated(p)
	if q == nil {
		return nil
	}
	switch q.Unit {
	case "person":
		q.Unit = "people"
	case "", "dead", "death", "body", "victim", "individual", "fatality", "casualty", "life", "injured", "wounded", "missing":
		// Tolls count people, whatever they are called.
		switch p.Relation.Predicate {
		case "hs:killed", "hs:injured", "hs:missing", "hs:displaced":
			q.Unit = "people"
		}
	}
	return q
}

func (r *reader) stated(p *news.Proposition) *news.Quantity {
	if p.Object.Head >= 0 {
		if q := r.quantity(p.Object.Head); q != nil {
			return q
		}
		if p.Subject.Entity >= 0 {
			return nil
		}
	}
	return r.quantity(p.Subject.Head)
}

// quantity reads the number of the phrase headed by head.
//
//	more than 300,000 computers -> more than 300000 computer
//	at least two dozen          -> at least 24
func (r *reader) quantity(head int) *news.Quantity {
	n, unit := -1, ""
	for c := range r.d.Children(head) {
		if r.rel(c, "nummod") {
			n, unit = c, strings.ToLower(r.lemma(head))
			break
		}
	}
	switch {
	case n < 0 && r.upos(head) == "NUM":
		n = head
		if c := r.child(head, "nmod"); c >= 0 && c > head {
			unit = strings.ToLower(r.lemma(c))
		}
	case n < 0 && (r.upos(head) == "NOUN" && magnitude(r.lemma(head)) > 0):
		return r.vague(head)
	}
	if n < 0 || r.upos(head) == "PROPN" {
		return nil
	}
	if k := r.mention[head]; k > 0 && r.d.Mentions[k-1].Type == news.Date {
		return nil
	}
	if n > 0 && r.d.Tokens[n-1].End == r.d.Tokens[n].Start && !r.isPunct(n-1) && r.upos(n-1) != "SYM" {
		return nil // part of a name: TA505
	}
	if r.lower[n] == "one" && n == head {
		return nil // "one of them"
	}
	value, ok := r.number(n)
	if !ok || unit == "" && len(r.lower[n]) == 4 && value > 1500 && value < 2100 {
		return nil
	}
	q := &news.Quantity{Span: r.d.Tokens[n].Span, Value: value, Bound: r.bound(n, head), Unit: unit}
	return q
}

// vague reads "hundreds of computers" as at least a hundred.
func (r *reader) vague(head int) *news.Quantity {
	l := r.lower[head]
	if !strings.HasSuffix(l, "s") {
		return nil
	}
	q := &news.Quantity{Span: r.d.Tokens[head].Span, Value: magnitude(r.lemma(head)), Bound: news.AtLeast}
	if c := r.child(head, "nmod"); c >= 0 {
		q.Unit = strings.ToLower(r.lemma(c))
		if m := r.child(c, "nmod"); magnitude(q.Unit) > 0 && m >= 0 {
			q.Value *= magnitude(q.Unit)
			q.Unit = strings.ToLower(r.lemma(m))
		}
	}
	return q
}

// number is the value of numeral n with the numerals that hang on it: "2.5
// million", "two hundred thousand", "1,200".
func (r *reader) number(n int) (float64, bool) {
	value, ok := parseNumber(r.lower[n])
	if !ok {
		return 0, false
	}
	for c := range r.d.Children(n) {
		if !r.rel(c, "compound", "flat", "nummod") {
			continue
		}
		w, ok := parseNumber(r.lower[c])
		switch {
		case !ok:
		case c < n && value >= 100 && w < value:
			value *= w
		case c < n:
			value += w
		case w >= 100 && w > value:
			value *= w
		}
	}
	return value, true
}

// bound reads the words around numeral n of the phrase headed by head.
func (r *reader) bound(n, head int) news.Bound {
	for c := range r.d.Children(n) {
		if r.upos(c) == "NUM" {
			n = min(n, c)
		}
	}
	lo := max(r.d.Sentences[r.sentence].First, min(n, head)-4)
	words := make([]string, 0, 4)
	for i := lo; i < n; i++ {
		words = append(words, r.lower[i])
	}
	before := " " + strings.Join(words, " ") + " "
	has := func(list ...string) bool {
		for _, w := range list {
			if strings.HasSuffix(before, " "+w+" ") {
				return true
			}
		}
		return false
	}
	switch {
	case has("no fewer than", "no less than", "not less than", "at least", "at the least", "minimum of"):
		return news.AtLeast
	case has("no more than", "not more than", "up to", "at most", "as many as", "as much as", "maximum of"):
		return news.AtMost
	case has("more than", "over", "above", "greater than", "upwards of", "exceeding", "in excess of", "well over"):
		return news.MoreThan
	case has("less than", "fewer than", "under", "below"):
		return news.LessThan
	case has("between"):
		return news.AtLeast
	case has("about", "around", "some", "approximately", "roughly", "nearly", "almost", "estimated", "an estimated", "circa", "close to"):
		return news.About
	}
	if i := n + 1; i < len(r.lower) && (r.lower[i] == "+" || r.lower[i] == "or") {
		return news.AtLeast
	}
	return news.Exactly
}

// parseNumber reads a numeral in digits or words; ok is false where it is none.
func parseNumber(s string) (float64, bool) {
	if s == "" {
		return 0, false
	}
	if c := s[0]; c >= '0' && c <= '9' || c == '.' {
		s = strings.TrimSuffix(strings.ReplaceAll(s, ",", ""), "+")
		scale := 1.0
		switch s[len(s)-1] {
		case 'k':
			scale, s = 1e3, s[:len(s)-1]
		case 'm':
			scale, s = 1e6, s[:len(s)-1]
		}
		v, err := strconv.ParseFloat(s, 64)
		return v * scale, err == nil
	}
	if m := magnitude(s); m > 0 {
		return m, true
	}
	tens, ones, split := strings.Cut(s, "-")
	v := smallNumber(tens)
	if v == 0 {
		return 0, false
	}
	if split {
		w := smallNumber(ones)
		return v + w, w > 0
	}
	return v, true
}

// magnitude is the value of a word that multiplies, 0 for any other.
func magnitude(s string) float64 {
	switch s {
	case "dozen":
		return 12
	case "score":
		return 20
	case "hundred":
		return 100
	case "thousand":
		return 1e3
	case "million":
		return 1e6
	case "billion":
		return 1e9
	case "trillion":
		return 1e12
	}
	return 0
}

var smallNumbers = [...]string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
	"eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"}

var tensNumbers = [...]string{"", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}

func smallNumber(s string) float64 {
	for i, w := range smallNumbers {
		if i > 0 && w == s {
			return float64(i)
		}
	}
	for i, w := range tensNumbers {
		if i > 0 && w == s {
			return float64(10 * i)
		}
	}
	return 0
}
