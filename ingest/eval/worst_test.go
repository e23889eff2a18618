package eval

import (
	"strings"
	"testing"

	"hearsay/ingest/news"
	"hearsay/ingest/proposition"
)

func TestWriteOpenIEErrors(t *testing.T) {
	gold := Extractions{"s": {tuple(1, "is", "Sophia", "a robot"), tuple(1, "lives in", "Sophia", "Hong Kong", "since 2015"), tuple(1, "made", "Hanson", "Sophia")}}
	predicted := Extractions{"s": {
		tuple(0.9, "is", "Sophia", "a robot"),
		tuple(0.5, "lives", "Sophia", "Hong"),
		tuple(0.6, "likes", "Sophia", "tea"),
		tuple(0.8, "sees", "Sophia", "tea"),
		tuple(0.1, "made", "Hanson", "Sophia"), // below the confidence asked for
	}}
	want := `missed       0.00 found: (Hanson; made; Sophia)
       best  -
       in    s
missed       0.43 found: (Sophia; lives in; Hong Kong; since 2015)
       best  (Sophia; lives; Hong)
       in    s
superfluous  0.80 sure, 0.00 right: (Sophia; sees; tea)
       in    s
superfluous  0.60 sure, 0.00 right: (Sophia; likes; tea)
       in    s
`
	var got strings.Builder
	writeOpenIEErrors(&got, gold, predicted, 0.5)
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// words is a document of one sentence.
func words(text string) *news.Document {
	d := &news.Document{Text: text}
	at := 0
	for _, w := range strings.Fields(text) {
		d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: at, End: at + len(w)}})
		at += len(w) + 1
	}
	d.Sentences = []news.Sentence{{Span: news.Span{End: len(text)}, End: len(d.Tokens)}}
	return d
}

func TestWriteFactualityErrors(t *testing.T) {
	d := words("He failed to leave")
	judged := []proposition.Judgment{{Document: d, Token: 1, Value: 3}, {Document: d, Token: 3, Value: -3}, {Document: d, Token: 0, Value: 1}}
	want := `wrong        5.50 off: leave, 2.50
       gold  -3.00
       in    He failed to leave
wrong        2.00 off: failed, 1.00
       gold  3.00
       in    He failed to leave
`
	var got strings.Builder
	writeFactualityErrors(&got, judged, []float64{1, 2.5, 0})
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestWriteAttributionErrors(t *testing.T) {
	d := words("Oake thinks Bram saw Ruys said so and Ruys said no")
	d.Claims = []news.Claim{{Source: news.Source{Span: d.Tokens[2].Span, Kind: news.Named}, CueHead: 1, Cue: d.Tokens[1].Span}}
	c := attributionCounts{flaws: newAttributionFlaws()}
	c.add(d, []attributed{
		{Doc: "x", Source: []int{1}, Cue: []int{2}, Text: "Bram saw Ruys"},
		{Doc: "x", Source: []int{3}, Cue: []int{4}, Text: "Ruys"},
		{Doc: "x", Source: []int{5}, Cue: []int{6}, Text: "so"},
		{Doc: "x", Cue: []int{10}, Text: "no"},
	})
	want := `missed       - | said | no
       in    x
missed       Ruys | said | so
       in    x
missed       Bram | saw | Ruys
       in    x
wrong        source: Bram | thinks | Bram saw Ruys
       gold  Oake
       in    x
`
	var got strings.Builder
	c.flaws.write(&got)
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}
