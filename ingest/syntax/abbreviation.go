package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What follows an abbreviation with a stop that doesn't end a sentence.
const (
	beforeName    = 1 << iota // a capital: Rep. Adam Schiff
	beforeNumber              // a number: p. 5
	beforeNumeral             // a number, if it has a capital itself: No. 5
	beforeAny                 // anything: cf. the report
)

// abbreviations are those that keep their stop and go on, by what must follow.
// Those that end sentences as well (Inc., Jr., etc., U.S.) are left to what the
// treebanks teach.
var abbreviations = func() map[string]int {
	m := map[string]int{}
	for kind, words := range map[int]string{
		beforeName: `mr mrs ms messrs mx dr drs prof rep reps sen sens gov govs gen lt col maj capt cmdr cdr cpt sgt ssgt
			cpl pvt pfc adm vadm radm brig rev fr hon pres supt insp det cllr amb atty sec-gen mme mlle mgr msgr
			st ste mt ft v`,
		beforeNumber:  "p pp paras fig figs eq vol vols ca est rs",
		beforeNumeral: `no nos nr para ch chap sec sect art arts jan feb mar apr jun jul aug sep sept oct nov dec`,
		beforeAny:     "vs cf viz approx e.g i.e",
	} {
		for _, w := range strings.Fields(words) {
			m[w] |= kind
		}
	}
	return m
}()

// goesOn reports whether a word with a stop is an abbreviation that goes on with
// the text that follows. Ranks and titles, which begin with a capital, may stand
// before an ordinal too: Sgt. 1st Class.
func goesOn(word, following string) bool {
	kind := abbreviations[strings.ToLower(word)]
	if kind == 0 {
		return false
	}
	following = strings.TrimLeft(following, " \t\n\"'“‘(*_[")
	next, _ := utf8.DecodeRuneInString(following)
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case kind&beforeAny != 0:
		return true
	case word == "v": // of a case before a court
		return unicode.IsUpper(next)
	case unicode.IsUpper(first):
		return kind&(beforeNumber|beforeNumeral) != 0 && (unicode.IsDigit(next) || strings.ContainsRune("IVXLC", next)) ||
			kind&beforeName != 0 && (unicode.IsUpper(next) || ordinal(following))
	}
	return kind&beforeNumber != 0 && unicode.IsDigit(next)
}

// ordinal reports whether s begins with 1st, 2nd, 3rd or 4th.
func ordinal(s string) bool {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	return n > 0 && n+2 <= len(s) && strings.Contains("st nd rd th", s[n:n+2])
}

// dotted reports whether s is letters with a stop after each, two or more: U.S.,
// p.m., e.g., a.k.a.; or Ph.D.
func dotted(s string) bool {
	if s == "Ph.D." {
		return true
	}
	if len(s) < 4 || len(s)%2 != 0 {
		return false
	}
	for i := 0; i < len(s); i += 2 {
		if !letter(s[i]) || s[i+1] != '.' {
			return false
		}
	}
	return true
}
