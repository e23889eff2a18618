package reader

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"

	"hearsay/ingest/news"
)

// function words that make up at least a fifth of ordinary English and are rare
// in its neighbours.
var english = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`the of and to that is was for with on by from it he she they his her their
		has have had been were are which who whom said would could will not but after before when this there its at as an`) {
		set[w] = true
	}
	return set
}()

// detectLanguage is the ISO 639-1 code of the language of a document's body, "en"
// where the text is too short or too mixed to tell: a wrong guess must not lose
// an article.
func detectLanguage(d *news.Document) string {
	sample := bodySample(d, 4000)
	words, known, letters := 0, 0, 0
	for _, w := range strings.Fields(strings.ToLower(sample)) {
		w = strings.TrimFunc(w, func(c rune) bool { return !unicode.IsLetter(c) })
		if w == "" {
			continue
		}
		words++
		letters += len(w)
		if english[w] {
			known++
		}
	}
	if known*10 >= words || letters < 150 && !foreignScript(sample) {
		return "en"
	}
	info := whatlanggo.Detect(sample)
	if code := info.Lang.Iso6391(); code != "" && (info.IsReliable() || known*50 < words) {
		return code
	}
	return "en"
}

// foreignScript reports whether most letters are not Latin.
func foreignScript(s string) bool {
	latin, other := 0, 0
	for _, c := range s {
		switch {
		case unicode.Is(unicode.Latin, c):
			latin++
		case unicode.IsLetter(c):
			other++
		}
	}
	return other > latin
}

// bodySample is about the first n bytes of what is neither headline nor
// boilerplate.
func bodySample(d *news.Document, n int) string {
	var b strings.Builder
	at := 0
	for _, r := range d.Regions {
		b.WriteString(d.Text[at:r.Start])
		if b.Len() >= n {
			return b.String()
		}
		at = r.End
	}
	rest := d.Text[at:]
	if len(rest) > n {
		cut := n
		for cut < len(rest) && rest[cut] != ' ' && rest[cut] != '\n' {
			cut++
		}
		rest = rest[:cut]
	}
	b.WriteString(rest)
	return b.String()
}

// hasWords reports whether anything is left to read beside the title and
// boilerplate.
func hasWords(d *news.Document) bool {
	return strings.ContainsFunc(bodySample(d, 1<<30), unicode.IsLetter)
}
