package syntax

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"hearsay/ingest/news"
)

func TestFindQuotes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // insides; "…" after one that is not closed
	}{
		{"curly", "He said “no”.", []string{"no"}},
		{"straight", `He said "no" and "yes," twice.`, []string{"no", "yes,"}},
		{"single", "blaming 'human error', he said", []string{"human error"}},
		{"curly single", "a ‘non-starter’ for all", []string{"non-starter"}},
		{"nested", "“He called it ‘odd’,” she said.", []string{"He called it ‘odd’,", "odd"}},
		{"nested straight", `'He said "no" to me,' she said.`, []string{`He said "no" to me,`, "no"}},
		{"apostrophe inside single", "'I don't know the workers' pay,' he said.", []string{"I don't know the workers' pay,"}},
		{"apostrophes", "the workers' pay, don't, rock 'n' roll, the '90s, it’s", nil},
		{"plural before a later quotation", "the workers' pay is 'low'", []string{"low"}},
		{"inches", `a 6" pipe and a 5'10" man`, nil},
		{"paragraphs", "“One.\n\n“Two,” he said.", []string{"One.…", "Two,"}},
		{"straight paragraphs", "\"One.\n\n\"Two,\" he said.", []string{"One.…", "Two,"}},
		{"over a paragraph", "“One.\n\nTwo,” he said.", []string{"One.\n\nTwo,"}},
		{"missing close", "titled “One two.\nNext line.\n\nAnd “more”.", []string{"One two.…", "more"}},
		{"missing straight close", "He said \"one two.\n\nShe said \"three\".", []string{"one two.…", "three"}},
		{"missing close before another", "a \"b c d \"e f\" g", []string{"b c d…", "e f"}},
		{"missing open", "One two,” he said. “Three.”", []string{"Three."}},
		{"interrupted", `"What is sad", he said, "is not seeing it."`, []string{"What is sad", "is not seeing it."}},
		{"dash", `He paused—"no"—and left.`, []string{"no"}},
		{"emphasis", `*"It is so," he says.*`, []string{"It is so,"}},
		{"guillemets", "Il dit «non» hier", []string{"non"}},
		{"TeX", "He said ``no'' twice.", []string{"no"}},
		{"tokenised", `He said " no " twice.`, []string{" no "}},
		{"brackets", `("no")`, []string{"no"}},
		{"empty", `a "" b`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &news.Document{Text: c.text}
			FindQuotes(d)
			var got []string
			for _, q := range d.Quotes {
				s := d.Slice(q.Inner)
				if !q.Closed {
					s += "…"
				}
				got = append(got, s)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("%q: got %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func FuzzFindQuotes(f *testing.F) {
	f.Add(`"a 'b' “c” ‘d’ «e» ''f`)
	f.Add("“\n\n“''``'\"\n\n”")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		d := &news.Document{Text: s}
		FindQuotes(d)
		last := 0
		for _, q := range d.Quotes {
			if q.Start < last || !q.Span.Contains(q.Inner) || q.Inner.Empty() || q.End > len(s) {
				t.Fatalf("%q: %+v after %d", s, q, last)
			}
			if !utf8.ValidString(d.Slice(q.Span)) || !utf8.ValidString(d.Slice(q.Inner)) {
				t.Fatalf("%q: %+v splits a character", s, q)
			}
			last = q.Start
		}
	})
}

func BenchmarkFindQuotes(b *testing.B) {
	d := &news.Document{Text: strings.Repeat("“It's the workers' pay,” he said, \"not 'ours'.\"\n\nAnd more words follow here.\n\n", 100)}
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		FindQuotes(d)
	}
}
