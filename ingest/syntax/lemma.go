package syntax

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/ingest/syntax/conllu"
)

// lemmatiser finds lemmas by the longest known ending of a word with its tags:
// an ending that is the whole word is an exception learned as such. Both were
// learned from the treebanks.
type lemmatiser struct {
	rules map[string]lemmaRule // by tags, a space and an ending; whole words begin with ^
	// rank is a word's place among the frequent words, -1 for an unknown one; nil
	// knows none. It decides between provok and provoke.
	rank func(word string) int32
}

// lemmaRule cuts bytes off the end and adds others, in lower case unless keep is
// set.
type lemmaRule struct {
	keep bool
	cut  int
	add  string
}

// longestEnding is the longest ending tried, in bytes; longer ones are whole words.
const longestEnding = 6

// properTag reports whether words with this tag keep their case.
func properTag(xpos string) bool { return strings.HasPrefix(xpos, "NNP") }

// lemma is the lemma of a form with its tags; the form itself, in lower case
// unless it is a proper noun, where no rule applies.
func (l *lemmatiser) lemma(form, upos, xpos string) string {
	word := lemmaForm(form, upos)
	lower := strings.ToLower(word)
	var buf [64]byte
	key := append(append(append(append(buf[:0], upos...), '/'), xpos...), ' ')
	n := len(key)
	if r, ok := l.rules[string(append(append(key, '^'), lower...))]; ok {
		return r.apply(word, lower)
	}
	if base, ok := irregular[inflected(xpos)+lower]; ok {
		return base
	}
	for i := max(0, len(lower)-longestEnding); i <= len(lower); i++ {
		if i < len(lower) && !utf8.RuneStart(lower[i]) {
			continue
		}
		if r, ok := l.rules[string(append(key[:n], lower[i:]...))]; ok && r.cut <= len(lower) {
			return l.sure(r.apply(word, lower), lower, xpos)
		}
	}
	if properTag(xpos) || upos == "SYM" || upos == "X" {
		return word
	}
	return lower
}

// inflected is the table of irregular forms that a tag belongs to, "" for none.
func inflected(xpos string) string {
	switch xpos {
	case "VBD", "VBN":
		return "V"
	case "NNS":
		return "N"
	}
	return ""
}

// sure is the lemma that a rule gave, or, if that is no word, the most frequent
// word that the inflected form may come from.
func (l *lemmatiser) sure(lemma, lower, xpos string) string {
	if l.rank == nil || l.rank(lemma) >= 0 {
		return lemma
	}
	best, top := lemma, int32(-1)
	try := func(word string) {
		if r := l.rank(word); len(word) > 2 && r >= 0 && (top < 0 || r < top) {
			best, top = word, r
		}
	}
	switch xpos {
	case "VBG", "VBD", "VBN":
		stem, ok := strings.CutSuffix(lower, "ing")
		if !ok {
			stem, ok = strings.CutSuffix(lower, "ed")
		}
		if n := len(stem); ok && n > 1 {
			try(stem)
			try(stem + "e")
			if stem[n-1] == stem[n-2] {
				try(stem[:n-1])
			}
		} else {
			try(lower)
		}
	case "VBZ", "NNS":
		if stem, ok := strings.CutSuffix(lower, "s"); ok {
			try(stem)
			try(strings.TrimSuffix(stem, "e"))
		}
		if xpos == "NNS" {
			try(lower)
		}
	}
	return best
}

// lemmaForm is what a lemma is made from: marks as they are, words without
// typographic variants.
func lemmaForm(form, upos string) string {
	if upos == "PUNCT" {
		return form
	}
	return plain(form)
}

func (r lemmaRule) apply(word, lower string) string {
	if r.keep && len(word) == len(lower) {
		lower = word
	}
	cut := min(r.cut, len(lower))
	if cut == 0 && r.add == "" {
		return lower
	}
	return lower[:len(lower)-cut] + r.add
}

// ruleFor is the rule that makes lemma out of word.
func ruleFor(word, lemma, xpos string) lemmaRule {
	keep := properTag(xpos)
	from := word
	if !keep {
		from = strings.ToLower(word)
	}
	n := 0
	for n < len(from) && n < len(lemma) && from[n] == lemma[n] {
		n++
	}
	for n > 0 && (n < len(from) && !utf8.RuneStart(from[n]) || n < len(lemma) && !utf8.RuneStart(lemma[n])) {
		n--
	}
	return lemmaRule{keep, len(from) - n, lemma[n:]}
}

// trainLemmas learns the rules: for each ending the most frequent one, kept
// where it differs from what the shorter endings say.
func trainLemmas(train []*conllu.Sentence) *lemmatiser {
	type tally map[lemmaRule]int
	counts := map[string]tally{}
	vote := func(key string, r lemmaRule) {
		if counts[key] == nil {
			counts[key] = tally{}
		}
		counts[key][r]++
	}
	for _, s := range train {
		for i := range s.Words {
			w := &s.Words[i]
			if w.Lemma == "" || w.Lemma == "_" || w.XPOS == "GW" {
				continue
			}
			word := lemmaForm(w.Form, w.UPOS)
			lower := strings.ToLower(word)
			rule := ruleFor(word, w.Lemma, w.XPOS)
			tags := w.UPOS + "/" + w.XPOS + " "
			vote(tags+"^"+lower, rule)
			for k := max(0, len(lower)-longestEnding); k <= len(lower); k++ {
				if k == len(lower) || utf8.RuneStart(lower[k]) {
					vote(tags+lower[k:], rule)
				}
			}
		}
	}
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	// Shorter endings first, whole words last: each is kept only if needed.
	length := func(k string) int {
		if strings.Contains(k, " ^") {
			return 1000
		}
		return len(k) - strings.IndexByte(k, ' ')
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(length(a), length(b)), strings.Compare(a, b))
	})
	l := &lemmatiser{rules: map[string]lemmaRule{}}
	for _, key := range keys {
		l.consider(key, counts[key])
	}
	return l
}

// consider adds the best rule for an ending unless shorter endings give it.
func (l *lemmatiser) consider(key string, votes map[lemmaRule]int) {
	var best lemmaRule
	top, sum := 0, 0
	for r, n := range votes {
		sum += n
		if n > top || n == top && ruleText(r) < ruleText(best) {
			best, top = r, n
		}
	}
	tags, ending, _ := strings.Cut(key, " ")
	upos, xpos, _ := strings.Cut(tags, "/")
	whole := strings.HasPrefix(ending, "^")
	if whole {
		ending = ending[1:]
	} else if sum < 3 && len(ending) > 0 || best.cut > len(ending)+1 {
		return // too rare, or cuts more than the ending tells
	}
	if strings.Contains(best.add, "\t") || !whole && (len(best.add) > 3 || strings.ToLower(best.add) != best.add) {
		return
	}
	if whole && best.keep && len(votes) == 1 {
		return // a name: the form itself, unless an ending said otherwise
	}
	have := l.lemma(ending, upos, xpos)
	if want := best.apply(ending, ending); have == want && (whole || l.found(tags, ending) == best) {
		return
	}
	l.rules[key] = best
}

// found is the rule of the longest ending of lower that has one.
func (l *lemmatiser) found(tags, lower string) lemmaRule {
	for i := range len(lower) + 1 {
		if r, ok := l.rules[tags+" "+lower[i:]]; ok {
			return r
		}
	}
	_, xpos, _ := strings.Cut(tags, "/")
	return lemmaRule{keep: properTag(xpos)}
}

func ruleText(r lemmaRule) string {
	mode := "l"
	if r.keep {
		mode = "k"
	}
	return mode + strconv.Itoa(r.cut) + " " + r.add
}

// text lists the rules, one a line.
func (l *lemmatiser) text() string {
	keys := make([]string, 0, len(l.rules))
	for k := range l.rules {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(k + "\t" + ruleText(l.rules[k]) + "\n")
	}
	return b.String()
}

// parseLemmas reads what text wrote; lines of another form are left out.
func parseLemmas(text string) *lemmatiser {
	l := &lemmatiser{rules: make(map[string]lemmaRule, strings.Count(text, "\n"))}
	for line := range strings.Lines(text) {
		key, rule, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		mode, add, ok2 := strings.Cut(rule, " ")
		if !ok || !ok2 || len(mode) < 2 {
			continue
		}
		cut, err := strconv.Atoi(mode[1:])
		if err == nil && cut >= 0 {
			l.rules[key] = lemmaRule{mode[0] == 'k', cut, add}
		}
	}
	return l
}

// isUpper reports whether a word has letters and all are capitals.
func isUpper(s string) bool {
	letters := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		letters = letters || unicode.IsUpper(r)
	}
	return letters
}
