package entity

import (
	"strconv"
	"strings"

	"hearsay/ingest/news"
)

var small = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
	"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var scale = map[string]float64{
	"dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
	"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "lakh": 1e5, "crore": 1e7,
}

// number reads a number that starts at token i and ends before limit.
//
//	300,000            300000
//	1.5 million        1500000
//	twenty-five        25
//	two hundred and 6  206
//	a dozen            12
//
// It gives the index after its last token, i where there is none.
func number(d *news.Document, i, limit int) (value float64, end int) {
	total, current, any := 0.0, 0.0, false
	j := i
	for ; j < limit; j++ {
		w := strings.ToLower(d.Form(j))
		if v, ok := figure(w); ok {
			if any {
				break
			}
			current, any = v, true
			continue
		}
		if v, ok := small[w]; ok {
			if any && !(current >= 20 && int(current)%10 == 0 && v < 10 && v > 0) && current < 100 {
				break
			}
			current, any = current+v, true
			continue
		}
		if v, ok := scale[w]; ok && (any || w == "dozen" && article(d, i, j) || v >= 100 && len(w) > 2 && article(d, i, j)) {
			if !any {
				current = 1
			}
			any = true
			if v == 100 {
				current *= v
			} else {
				total += current * v
				current = 0
			}
			continue
		}
		if (w == "and" || w == "-") && any && j+1 < limit && joins(d, j, w) {
			continue
		}
		if (w == "a" || w == "an") && j == i {
			continue
		}
		break
	}
	if !any {
		return 0, i
	}
	return total + current, j
}

// article reports whether only "a" stands between i and j.
func article(d *news.Document, i, j int) bool {
	return j == i+1 && (strings.EqualFold(d.Form(i), "a") || strings.EqualFold(d.Form(i), "an"))
}

// joins reports whether "and" or a hyphen at j lies inside a spelled number:
// "two hundred and six", "twenty-five", not "two and three".
func joins(d *news.Document, j int, w string) bool {
	before, after := strings.ToLower(d.Form(j-1)), strings.ToLower(d.Form(j+1))
	_, next := small[after]
	if w == "-" {
		return next && small[before] >= 20
	}
	return next && (before == "hundred" || before == "thousand" || before == "million")
}

// figure reads digits with commas and a decimal point, with a letter for the
// scale: 1,200 3.5 10k.
func figure(w string) (float64, bool) {
	if w == "" || (w[0] < '0' || w[0] > '9') && w[0] != '.' {
		return 0, false
	}
	factor := 1.0
	for _, s := range [...]string{"bn", "mn", "tn", "k", "m", "b"} {
		if rest, ok := strings.CutSuffix(w, s); ok {
			w, factor = rest, scale[s]
			break
		}
	}
	if strings.IndexByte(w, ',') > 0 {
		groups := strings.Split(w, ",")
		for k, g := range groups {
			whole, _, _ := strings.Cut(g, ".")
			if k > 0 && len(whole) != 3 && !(len(whole) == 2 && len(groups) > 2) {
				return 0, false
			}
		}
		w = strings.ReplaceAll(w, ",", "")
	}
	for i := 0; i < len(w); i++ {
		if (w[i] < '0' || w[i] > '9') && w[i] != '.' {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(w, 64)
	return v * factor, err == nil
}

// currencies are written before or after an amount.
var currencies = map[string]string{
	"$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR",
	"euros": "EUR", "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "¥": "JPY", "yen": "JPY", "jpy": "JPY",
	"yuan": "CNY", "renminbi": "CNY", "cny": "CNY", "rmb": "CNY", "rouble": "RUB", "roubles": "RUB", "ruble": "RUB",
	"rubles": "RUB", "rub": "RUB", "₽": "RUB", "rupee": "INR", "rupees": "INR", "₹": "INR", "rs": "INR", "inr": "INR",
	"won": "KRW", "₩": "KRW", "krw": "KRW", "a$": "AUD", "c$": "CAD", "nz$": "NZD", "hk$": "HKD", "chf": "CHF",
	"franc": "CHF", "francs": "CHF", "krona": "SEK", "hryvnia": "UAH", "bitcoin": "BTC", "bitcoins": "BTC", "btc": "BTC",
	"₿": "BTC", "eth": "ETH", "cent": "USD", "cents": "USD", "peso": "MXN", "pesos": "MXN", "real": "BRL", "reais": "BRL",
}

// ambiguousCurrency are also common words: they need the amount before them, and
// a tag that fits.
var ambiguousCurrency = map[string]bool{"won": true, "pound": true, "real": true, "rs": true, "eth": true, "pounds": true}

// amounts finds money and quantities in tokens [first, end) that are not taken.
//
//	$10 million         money     10000000
//	300,000 computers   quantity  300000
//	9.3 %               quantity  9.3
func amounts(d *news.Document, first, end int, taken func(i int) bool, emit func(first, last int, t news.EntityType, value string)) {
	for i := first; i < end; i++ {
		if taken(i) {
			continue
		}
		start := i
		_, prefixed := currencies[strings.ToLower(d.Form(i))]
		if prefixed && !(len(d.Form(i)) > 2 && shapeOf(d.Form(i)) == lower && !strings.ContainsAny(d.Form(i), "$€£¥₽₹₩₿")) && i+1 < end && d.Tokens[i].End >= d.Tokens[i+1].Start-1 && !taken(i+1) {
			i++
		} else {
			prefixed = false
		}
		v, after := number(d, i, end)
		if after == i {
			i = start
			continue
		}
		last := after - 1
		switch next := lowerAt(d, after, end); {
		case prefixed:
			emit(start, last, news.Money, amount(v))
		case currencies[next] != "" && !(ambiguousCurrency[next] && d.Tokens[after].UPOS == "VERB"):
			if next == "cent" || next == "cents" {
				v /= 100
			}
			emit(start, after, news.Money, amount(v))
			last = after
		case next == "%" || next == "percent":
			emit(start, after, news.QuantityType, amount(v))
			last = after
		case next == "per" && lowerAt(d, after+1, end) == "cent":
			emit(start, after+1, news.QuantityType, amount(v))
			last = after + 1
		case lone(d, start, last):
			// "one of them", "No one": not a count.
		default:
			emit(start, last, news.QuantityType, amount(v))
		}
		i = last
	}
}

// lone reports whether the number is a single "one", an item's label or part of
// a name.
func lone(d *news.Document, first, last int) bool {
	t := &d.Tokens[first]
	if first != last {
		return false
	}
	if strings.EqualFold(d.Form(first), "one") || t.UPOS == "PROPN" || t.UPOS == "PRON" {
		return true
	}
	return t.UPOS != "NUM" || !news.IsRel(t.Deprel, "nummod") && t.Deprel != "" && strings.HasPrefix(t.Deprel, "flat")
}

func lowerAt(d *news.Document, i, end int) string {
	if i >= end {
		return ""
	}
	return strings.ToLower(d.Form(i))
}

func amount(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
