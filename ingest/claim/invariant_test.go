package claim

import (
	"fmt"
	"math/rand"
	"os"
	"strings"
	"testing"

	"hearsay/ingest/news"
)

// broken lists what a document's claims must never be, whatever its trees:
// outside the text or out of order, about nothing, about each other in a circle,
// the cue within the content, the speaker within the words, reported words within the document's own, or there
// twice.
func broken(d *news.Document) []string {
	var out []string
	bad := func(k int, format string, args ...any) {
		out = append(out, fmt.Sprintf("claim %d, %s: %s", k, show(d, &d.Claims[k]), fmt.Sprintf(format, args...)))
	}
	whole := news.Span{End: len(d.Text)}
	seen := map[string]int{}
	for k := range d.Claims {
		c := &d.Claims[k]
		if c.About < -1 || c.About >= len(d.Claims) {
			out = append(out, fmt.Sprintf("claim %d is about claim %d of %d", k, c.About, len(d.Claims)))
			return out
		}
	}
	for k := range d.Claims {
		c := &d.Claims[k]
		last := 0
		for _, s := range c.Content {
			if !whole.Contains(s) || s.Empty() || s.Start < last {
				bad(k, "content %v", c.Content)
			}
			if s.Overlaps(c.Cue) && c.Source.Kind != news.Author {
				bad(k, "cue %v within content %v", c.Cue, s)
			}
			if s.Overlaps(c.Source.Span) && c.Source.Kind != news.Author {
				bad(k, "source %v within content %v", c.Source.Span, s)
			}
			last = s.End
		}
		for j := range d.Claims {
			if c.Rule == "author" && d.Claims[j].Rule != "author" && touches(c.Content, d.Claims[j].Cue) {
				bad(k, "the document's own words hold claim %d", j)
			}
			for _, s := range d.Claims[j].Content {
				if c.Rule == "author" && d.Claims[j].Rule != "author" && touches(c.Content, s) {
					bad(k, "the document's own words hold claim %d", j)
				}
			}
		}
		if !whole.Contains(c.Cue) || !whole.Contains(c.Source.Span) || c.Sentence < 0 || c.Sentence >= len(d.Sentences) {
			bad(k, "cue %v, source %v, sentence %d", c.Cue, c.Source.Span, c.Sentence)
		}
		if !knownStance(c.Stance) || c.Certainty == "" || c.Polarity == "" || c.Quotation == "" {
			bad(k, "an empty label")
		}
		for _, p := range c.Propositions {
			if p < 0 || p >= len(d.Propositions) {
				bad(k, "proposition %d of %d", p, len(d.Propositions))
			}
		}
		for n, j := 0, k; j >= 0; j = d.Claims[j].About {
			if n++; n > len(d.Claims) {
				bad(k, "about itself in a circle")
				break
			}
		}
		key := fmt.Sprint(c.Source.Span, c.Cue, c.Content, c.Stance)
		if j, ok := seen[key]; ok {
			bad(k, "the same as claim %d", j)
		}
		seen[key] = k
	}
	return out
}

// goldenRows are the trees of testdata/claims.txt, a text each.
func goldenRows(t testing.TB) [][]string {
	raw, err := os.ReadFile("testdata/claims.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for block := range strings.SplitSeq(strings.TrimSpace(string(raw)), "\n\n") {
		var rows []string
		for line := range strings.Lines(block) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && line[0] != '=' {
				rows = append(rows, line)
			}
		}
		out = append(out, rows)
	}
	return out
}

// TestInvariants holds every text of the golden file, alone and in chance company,
// to what claims never are.
func TestInvariants(t *testing.T) {
	texts := goldenRows(t)
	check := func(rows []string) {
		d := document(t, rows)
		Extract(d)
		for _, b := range broken(d) {
			t.Errorf("%q: %s", d.Text, b)
		}
	}
	var all []string
	for _, rows := range texts {
		check(rows)
		all = append(all, rows...)
	}
	r := rand.New(rand.NewSource(1))
	for range 300 {
		var rows []string
		for range 2 + r.Intn(5) {
			rows = append(rows, all[r.Intn(len(all))])
		}
		check(rows)
	}
}

// A claim that is dropped for saying what another says moves those after it: what
// a report is about is looked up where it stands then.
func TestAboutAfterDuplicatesWereDropped(t *testing.T) {
	d := &news.Document{Text: "Norvik says it rained. Ostrava says Veldania denies it."}
	lex := standard()
	d.Tokens = make([]news.Token, 0, 8)
	for _, w := range []struct{ start, end int }{{0, 6}, {7, 11}, {12, 14}, {15, 21}, {23, 30}, {31, 35}, {36, 44}, {45, 51}, {52, 54}} {
		d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: w.start, End: w.end}})
	}
	d.Sentences = []news.Sentence{{Span: news.Span{End: 22}, End: 4}, {Span: news.Span{Start: 23, End: 55}, First: 4, End: 9}}
	r := newReader(d, lex)
	at := func(source, cue, first, last, content int, rule string) found {
		return found{cue: cue, content: content, quoted: -1, Claim: news.Claim{Sentence: d.SentenceAt(d.Tokens[cue].Start),
			Source: news.Source{Span: d.Tokens[source].Span, Entity: -1}, Cue: d.Tokens[cue].Span, CueHead: cue, Stance: news.Asserts,
			Content: []news.Span{d.SpanOf(first, last)}, About: -1, Rule: rule}}
	}
	first := at(0, 1, 2, 3, 3, "clause")
	outer, inner := at(4, 5, 6, 8, 7, "clause"), at(6, 7, 8, 8, 8, "phrase")
	r.claims = []found{first, first, first, outer, inner}
	r.indexClaims()
	r.dedupe()
	r.nest()
	if len(r.claims) != 3 || r.claims[1].About != 2 || r.claims[0].About != -1 || r.claims[2].About != -1 {
		t.Fatalf("claims %+v: want the second of three about the third", r.claims)
	}
	for s, ks := range r.byCue {
		for _, k := range ks {
			if k >= len(r.claims) || d.SentenceAt(r.claims[k].Cue.Start) != s {
				t.Errorf("sentence %d has claim %d of %d", s, k, len(r.claims))
			}
		}
	}
}
