package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The tables of the network's input: hashed prefixes, suffixes and shapes.
const (
	affixTables = 5
	affixRows   = 8192
)

// features are what the network sees of one token before its context.
type features struct {
	vector int32              // row of the word vectors, -1 for none
	word   int32              // row of the trained word table, 0 for unknown
	affix  [affixTables]int32 // rows of the affix tables
	marks  uint32             // see divides
}

// vocabulary maps word forms to rows.
type vocabulary struct {
	vectors *hashIndex
	words   *hashIndex // numbered from firstWord
}

// The first rows of the trained word table.
const (
	unknownWord = iota
	rootWord
	firstWord
)

// rootForm stands at the head of every sentence as the root's head.
const rootForm = "<ROOT>"

// plain makes typographic variants one: curly quotes and dashes become their
// ASCII counterparts. Only features are made from it; forms stay as they are.
func plain(form string) string {
	for i := 0; i < len(form); i++ {
		if form[i] >= utf8.RuneSelf {
			return plainer.Replace(form)
		}
	}
	return form
}

var plainer = strings.NewReplacer("’", "'", "‘", "'", "`", "'", "´", "'", "“", `"`, "”", `"`, "„", `"`,
	"«", `"`, "»", `"`, "–", "-", "—", "--", "−", "-", "‑", "-", "…", "...", "\u00ad", "", "\u00a0", " ")

// anyAddress stands for addresses, file names, hashes and numbers of
// vulnerabilities, which are all nouns to the network.
const anyAddress = "http://www.example.com"

// canonical is the form that features are made of.
func canonical(form string) string {
	if form != "" && form[0] != '@' && form[0] != '#' && protected(form) == len(form) {
		return anyAddress
	}
	return plain(form)
}

// wordKey is a form's key in the trained word table.
func wordKey(form string) string { return digitless(strings.ToLower(canonical(form))) }

// of computes the features of a form.
func (v *vocabulary) of(form string) features {
	form = canonical(form)
	lower := strings.ToLower(form)
	f := features{vector: v.vector(lower), marks: divides(form)}
	if w := v.words.find(digitless(lower)); w >= 0 {
		f.word = firstWord + w
	}
	n := utf8.RuneCountInString(form)
	f.affix = [affixTables]int32{
		bucket('p', prefix(form, 3, n)),
		bucket('s', suffix(form, 2, n)),
		bucket('t', suffix(form, 3, n)),
		bucket('u', suffix(form, 4, n)),
		bucket('h', shape(form)),
	}
	return f
}

// vector looks a lower-case word up, else its last part after a hyphen.
func (v *vocabulary) vector(lower string) int32 {
	if r := v.vectors.find(lower); r >= 0 {
		return r
	}
	if i := strings.LastIndexByte(lower, '-'); i > 0 && i+1 < len(lower) {
		return v.vectors.find(lower[i+1:])
	}
	return -1
}

// digitless writes every digit as 0, so that numbers of one length are one word.
func digitless(s string) string {
	if strings.IndexFunc(s, unicode.IsDigit) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, s)
}

// prefix is the first k of form's n code points, marked where that is all of it.
func prefix(form string, k, n int) string {
	if n <= k {
		return form + "$"
	}
	i := 0
	for ; k > 0; k-- {
		_, w := utf8.DecodeRuneInString(form[i:])
		i += w
	}
	return form[:i]
}

func suffix(form string, k, n int) string {
	if n <= k {
		return "^" + form
	}
	i := len(form)
	for ; k > 0; k-- {
		_, w := utf8.DecodeLastRuneInString(form[:i])
		i -= w
	}
	return form[i:]
}

// shape writes letters as x or X, digits as d, and at most three of a kind in a
// row: WannaCry is XxxxXxx, CVE-2017-0144 is XXX-ddd-ddd.
func shape(form string) string {
	b := make([]byte, 0, len(form))
	var last rune
	run := 0
	for _, r := range form {
		switch {
		case r >= 'a' && r <= 'z':
			r = 'x'
		case r >= 'A' && r <= 'Z':
			r = 'X'
		case r >= '0' && r <= '9':
			r = 'd'
		case r >= utf8.RuneSelf && unicode.IsUpper(r):
			r = 'X'
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			r = 'x'
		case r >= utf8.RuneSelf:
			r = 'u'
		}
		if r != last {
			run = 0
		}
		if run++; run <= 3 {
			b = append(b, byte(r))
		}
		last = r
	}
	return string(b)
}

// bucket hashes a feature of a kind into a row (FNV-1a).
func bucket(kind byte, s string) int32 {
	h := uint32(2166136261)
	h = (h ^ uint32(kind)) * 16777619
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	h ^= h >> 15
	return int32(h % affixRows)
}
