package syntax

import (
	"strings"
	"testing"

	"hearsay/ingest/news"
)

// FuzzAnnotate holds every text to what check asks for: all characters but white
// space in tokens, spans in order, one tree a sentence.
func FuzzAnnotate(f *testing.F) {
	for _, s := range []string{
		"", " ", "\n\n\n", "Mr. Smith said: “We don't know.”", "hxxp://a[.]b/c?d=(e) x@y.z CVE-2020-1 C:\\a\\b.exe",
		"((((((((", "\"\"\"\"\"\"", "a\u00adb\u200bc\ufeff", "'s n't cannot gonna", "\xff\xfe\x00a", "é́e\u0301", "👩‍👩‍👧 ok",
		"[a](http://b \"c\") ![](/d) [![](/e)](/f) **g** *h* _i_ `j` ```", "[[[](http](http", "<b>x</b><!-- y --> &nbsp;<a", "# h\n## i\n**\n*",
		"U.S. The U.K.\n\nRep.", "2001:db8::1 1:2:3 ::", "a\\_b _c_ __d__ e**f**", "CAPS LINE\nlower line\nCAPS",
		"1,000.50% of $5m/h-x", "...!?!... -- — –", "[.]", "@", "#a", "//", "\\\\", "%%%", "a.b.c.d.e", "http://", "www.",
	} {
		f.Add(s, 0, 0)
	}
	f.Add("Headline here Body text.", 0, 13)
	m, err := Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string, a, b int) {
		d := &news.Document{ID: "x", Text: text}
		if 0 <= a && a < b && b <= len(text) {
			d.Regions = []news.Region{{Span: news.Span{Start: a, End: b}, Kind: news.Headline}}
		}
		m.Annotate(d)
		check(t, d)
		CoNLLU(d)
	})
}

// Texts that are out of all proportion must neither panic nor take a time that
// grows with the square of their length: a test run that hangs has failed.
func TestMonsters(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some megabytes")
	}
	for _, c := range []struct{ name, text string }{
		{"a long word", strings.Repeat("a", 10<<20)},
		{"a long line", strings.Repeat("The minister said so. ", 1<<16)},
		{"brackets", strings.Repeat("(", 100000)},
		{"closing brackets", strings.Repeat("x)", 50000)},
		{"quotes", strings.Repeat("\"", 100000)},
		{"curly quotes", strings.Repeat("“", 50000)},
		{"square brackets", strings.Repeat("[", 100000)},
		{"links", strings.Repeat("[a](http://b)", 10000)},
		{"broken links", strings.Repeat("[](http", 20000)},
		{"asterisks", strings.Repeat("** ", 50000)},
		{"emphasis", strings.Repeat("*a* _b_ `c` ", 10000)},
		{"tags", strings.Repeat("<b ", 30000) + strings.Repeat("<!--", 30000)},
		{"underscores", strings.Repeat("a_", 50000)},
		{"colons", strings.Repeat("a:", 50000)},
		{"capitals", strings.Repeat("A.", 50000)},
		{"not UTF-8", strings.Repeat("\xff\xc0 \x80", 30000)},
		{"dots", strings.Repeat(".", 100000)},
		{"hyphens", strings.Repeat("a-", 50000)},
		{"slashes", strings.Repeat("/", 100000)},
		{"a path", strings.Repeat("/a", 50000)},
		{"hosts", strings.Repeat("a[.]", 50000)},
		{"a long sentence", strings.Repeat("and then he went to the market ", 1000)},
		{"empty lines", strings.Repeat("\n \n", 50000)},
		{"lines", strings.Repeat("x\n", 50000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := annotate(t, c.text)
			for _, s := range d.Sentences {
				if n := s.End - s.First; n > longestSentence+1 {
					t.Fatalf("a sentence of %d tokens, want at most %d", n, longestSentence)
				}
			}
		})
	}
}

// A line of 10 MB is cut into sentences and tokens.
func TestLongLine(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 10 MB")
	}
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	const line = "The minister said so, and nobody denied it. "
	n := 10 << 20 / len(line)
	d := &news.Document{Text: strings.Repeat(line, n)}
	m.segment(d, m.worker())
	if len(d.Sentences) != n || len(d.Tokens) != 10*n {
		t.Errorf("%d sentences of %d tokens, want %d of %d", len(d.Sentences), len(d.Tokens), n, 10*n)
	}
}

// The same text gives the same layers whatever was read before it.
func TestAnnotateDependsOnTextAlone(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	const text = "Kaspersky denied that it had helped the hackers. \"It's false,\" its founder said."
	first := &news.Document{Text: text}
	m.Annotate(first)
	m.Annotate(&news.Document{Text: strings.Repeat("Another text comes between. ", 50)})
	longer := &news.Document{Text: text + "\n\n" + strings.Repeat("More text follows it. ", 40)}
	m.Annotate(longer)
	for i, want := range first.Tokens {
		if got := longer.Tokens[i]; got != want {
			t.Errorf("token %d alone %+v, in a longer text %+v", i, want, got)
		}
	}
}

// A corpus without empty lines is one given sentence: it is kept as one tree, and
// is not parsed at once.
func TestGivenSentenceOfAnyLength(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	const n = 20_000
	d := &news.Document{Text: strings.Repeat("word ", n)}
	for i := range n {
		d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: 5 * i, End: 5*i + 4}})
	}
	d.Sentences = []news.Sentence{{Span: news.Span{End: len(d.Text) - 1}, End: n}}
	m.Parse(d)
	roots := 0
	for i := range d.Tokens {
		if d.Head(i) < 0 {
			roots++
		}
		for h, steps := i, 0; h >= 0; h, steps = d.Head(h), steps+1 {
			if steps > n {
				t.Fatalf("token %d hangs in a circle", i)
			}
		}
	}
	if len(d.Sentences) != 1 || roots != 1 {
		t.Errorf("%d sentences with %d roots, want one of each", len(d.Sentences), roots)
	}
}
