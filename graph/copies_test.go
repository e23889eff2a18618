package graph

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"hearsay/ingest/news"
)

// story is n words of a made-up report.
func story(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%d", r.IntN(3000))
	}
	return words
}

func TestAlike(t *testing.T) {
	a, b := story(1, 400), story(2, 400)
	text := func(words ...[]string) string {
		var all []string
		for _, w := range words {
			all = append(all, w...)
		}
		return strings.Join(all, " ")
	}
	whole := textSketch(text(a), nil)
	for _, c := range []struct {
		name string
		text string
		want float64 // share of common word sequences
	}{
		{"the same", text(a), 1},
		{"other case and stops", strings.ToUpper(text(a)) + "!", 1},
		{"another headline", text([]string{"Another", "headline", "over", "it"}, a), 397. / 401},
		{"the last quarter cut", text(a[:300]), 297. / 397},
		{"half of it, with as much of another", text(a[:200], b[:200]), 197. / 597},
		{"another story", text(b), 0},
		{"another story that quotes thirty words", text(b, a[100:130]), 27. / 800},
	} {
		if got := alike(whole, textSketch(c.text, nil)); math.Abs(got-c.want) > 0.11 {
			t.Errorf("%s: alike %.2f, want about %.2f", c.name, got, c.want)
		}
	}
	page := "Menu Home Sport " + text(a)
	if got := alike(whole, textSketch(page, [][2]int{{0, 15}})); got != 1 {
		t.Errorf("with boilerplate set aside: %.2f, want 1", got)
	}
	short := strings.Repeat("word ", 20)
	if alike(textSketch(short, nil), textSketch(short, nil)) != 1 || alike(textSketch(short, nil), textSketch(short+"more", nil)) != 0 {
		t.Error("short texts are copies where they are the same, and only there")
	}
	if got := textSketch("too few words", nil); got != "" {
		t.Errorf("a text of three words has the sketch %q", got)
	}
}

// printed is a story as one paper prints it: "officials" and the paper itself
// assert the same.
func printed(n int, day int, words []string) *news.Document {
	d := &news.Document{ID: fmt.Sprintf("paper-%d", n), Outlet: fmt.Sprintf("Paper %d", n), Title: fmt.Sprintf("Headline %d", n),
		Published: time.Date(2031, 3, day, 0, 0, 0, 0, time.UTC)}
	lead := "Officials said that Ostrava fell dark. Ostrava fell dark. "
	d.Text = d.Title + "\n\n" + lead + strings.Join(words, " ")
	at := func(s string, from int) news.Span {
		i := from + strings.Index(d.Text[from:], s)
		return news.Span{Start: i, End: i + len(s)}
	}
	said, own := at("Officials", 0), at(". Ostrava", 0).Start+2
	d.Entities = []news.Entity{{IRI: "hs:Ostrava", Name: "Ostrava", Type: news.Location, Named: true}}
	d.Sentences = []news.Sentence{{Span: news.Span{Start: said.Start, End: own - 1}}, {Span: at("Ostrava fell dark.", own)}}
	for i, from := range []int{said.Start, own} {
		content := at("Ostrava fell dark", from)
		d.Propositions = append(d.Propositions, news.Proposition{Sentence: i, Subject: news.Argument{Span: at("Ostrava", from), Entity: 0},
			Relation: news.Relation{Span: at("fell dark", from), Text: "fell dark", Lemma: "fall dark", Predicate: "hs:rel/fall-dark"},
			Object:   news.Argument{Entity: -1}, Polarity: news.Positive, Certainty: news.Certain})
		c := news.Claim{Sentence: i, Source: news.Source{Kind: news.Author, Entity: -1, Head: -1}, Stance: news.Asserts, Certainty: news.Certain,
			Polarity: news.Positive, Content: []news.Span{content}, Propositions: []int{i}, About: -1}
		if i == 0 {
			c.Source, c.Cue = news.Source{Kind: news.Unnamed, Span: said, Entity: -1, Head: -1}, at("said", from)
		}
		d.Claims = append(d.Claims, c)
	}
	d.IRI = news.DocumentIRI(d.ID, d.Text)
	d.IdentifyPropositions()
	d.IdentifyClaims()
	return d
}

// TestCopies: forty papers print one report, cut at different places; one paper
// writes its own. The links depend on the set of documents alone.
func TestCopies(t *testing.T) {
	ctx := context.Background()
	var docs []*news.Document
	for n := range 40 {
		docs = append(docs, printed(n, 1+n%7, story(1, 400)[:400-5*(n%10)]))
	}
	docs = append(docs, printed(40, 9, story(2, 400)))
	build := func(order []int) (*Store, string) {
		s, err := Open(ctx, "memory:", Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		for _, i := range order {
			if _, err := s.Put(ctx, docs[i]); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Relink(ctx); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := s.Export(ctx, &b, ExportOptions{Format: "nquads", Label: LabelLinks}); err != nil {
			t.Fatal(err)
		}
		return s, b.String()
	}
	forth, back := make([]int, len(docs)), make([]int, len(docs))
	for i := range docs {
		forth[i], back[i] = i, len(docs)-1-i
	}
	s, links := build(forth)
	if _, other := build(back); other != links {
		t.Error("the links depend on the order of the documents")
	}
	copies := map[string]string{}
	for _, r := range rows(t, s, `g.V("<hs:Document>").in("<`+RDFType+`>").has("<hs:copyOf>").all()`) {
		copies[r] = r
	}
	if len(copies) != 39 || copies["<"+docs[0].IRI+">"] != "" || copies["<"+docs[40].IRI+">"] != "" {
		t.Errorf("%d documents are copies, want 39: all but the first and the one with a story of its own", len(copies))
	}
	var edges strings.Builder
	if err := s.Export(ctx, &edges, ExportOptions{Format: "csv-edges"}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(edges.String(), ",asserts,"); n != 4 {
		t.Errorf("the drawing has %d assertions, want those of two papers and their officials:\n%s", n, edges.String())
	}
	// Both claims of each copy repeat those of the first.
	for i, c := range docs[0].Claims {
		if got := rows(t, s, `g.V("<`+c.ID+`>").in("<hs:copyOf>").all()`); len(got) != 39 {
			t.Errorf("claim %d is repeated %d times, want 39", i, len(got))
		}
	}
	// Two voices agree: the first paper's and the other's.
	if n := strings.Count(links, "<"+AgreesWith+"> <hs:claim/"); n == 0 || n > 6 {
		t.Errorf("%d agreements, want those of two reports with two voices each", n)
	}
	// Without the first, the next is the original.
	if _, err := s.Remove(ctx, docs[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Relink(ctx); err != nil {
		t.Fatal(err)
	}
	if got := rows(t, s, `g.V("<`+docs[14].Claims[0].ID+`>").in("<hs:copyOf>").all()`); len(got) != 38 {
		t.Errorf("after the first is gone, the second is repeated %d times, want 38", len(got))
	}
}

// BenchmarkTextSketch sketches a text of 2,000 words with three pieces of
// boilerplate.
func BenchmarkTextSketch(b *testing.B) {
	text := strings.Join(story(3, 2000), " ")
	aside := [][2]int{{0, 40}, {900, 1000}, {8000, 8400}}
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		textSketch(text, aside)
	}
}
