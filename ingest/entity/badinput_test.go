package entity

import (
	"runtime"
	"strings"
	"testing"

	"hearsay/ingest/news"
)

// What malformed or hostile input must not do: each case says what is wanted.
func TestBadInput(t *testing.T) {
	long := strings.Repeat("A", 10_000)
	entities := []news.Entity{
		{IRI: "hs:A", Name: "Grey Heron", Type: news.ThreatActor, Aliases: []string{"Quiet Bird", "Grey Heron"}},
		{IRI: "hs:B", Name: "Quiet Bird", Type: news.ThreatActor, Aliases: []string{"Grey Heron"}}, // each other's alias
		{IRI: "hs:Kaspersky", Name: "Kaspersky", Type: news.Organization},
		{IRI: "hs:Yandex", Name: "Яндекс", Type: news.Organization},
		{IRI: "hs:Shin", Name: "שין בית", Type: news.Organization},
		{IRI: "hs:Long", Name: long, Type: news.Organization},
		{IRI: "hs:Nothing", Name: "", Type: news.Organization},
		{IRI: "hs:Marks", Name: "\u202e\u200b", Type: news.Organization},
	}
	known := NewKnown(entities)
	for _, c := range []struct{ why, text, want string }{
		{"aliases in a circle: the everyday name decides", "the Quiet Bird group", "hs:B"},
		{"another script", "from Яндекс today", "hs:Yandex"},
		{"a script from right to left", "from שין בית today", "hs:Shin"},
		{"a homoglyph is no known name", "from Кaspersky today", ""},
		{"a mark of direction is no letter", "from Kasper\u202esky today", "hs:Kaspersky"},
		{"an accent is no other name", "from Kaspérsky today", "hs:Kaspersky"},
	} {
		d := plain(c.text)
		resolve(d, known, nil)
		got := ""
		if len(d.Entities) > 0 {
			got = d.Entities[0].IRI
		}
		if got != c.want {
			t.Errorf("%s: %q is %q, want %q", c.why, c.text, got, c.want)
		}
	}
	d := plain("the firm " + long + " said/VERB no")
	resolve(d, known, nil)
	for _, e := range d.Entities {
		if len(e.Name) > 200 || len(e.IRI) > 300 {
			t.Errorf("a name of 10,000 characters became one of %d, with an IRI of %d", len(e.Name), len(e.IRI))
		}
	}
}

// A document of 200,000 words takes memory by its length: ten times that of one of
// 20,000, or not much more.
func TestLongDocument(t *testing.T) {
	known := NewKnown(testEntities)
	sentence := "Ann Trout of Turkey told/VERB the APT28 group in Georgia that/SCONJ she/PRON saw/VERB the Drovian ship of Drovia on Monday and/CCONJ it/PRON sank/VERB . "
	one := plain(sentence)
	memory := func(words int) uint64 {
		d := &news.Document{ID: "t", IRI: "hs:doc/t"}
		n := words / len(one.Tokens)
		d.Text = strings.Repeat(one.Text+" ", n)
		for k := range n {
			at, first := k*(len(one.Text)+1), len(d.Tokens)
			for _, tok := range one.Tokens {
				tok.Start, tok.End = tok.Start+at, tok.End+at
				d.Tokens = append(d.Tokens, tok)
			}
			d.Sentences = append(d.Sentences, news.Sentence{Span: news.Span{Start: at, End: at + len(one.Text)}, First: first, End: len(d.Tokens)})
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		resolve(d, known, nil)
		runtime.ReadMemStats(&after)
		if len(d.Mentions) < words/10 {
			t.Errorf("%d mentions in %d words", len(d.Mentions), words)
		}
		return after.TotalAlloc - before.TotalAlloc
	}
	short, long := memory(20_000), memory(200_000)
	t.Logf("20,000 words: %d kB, 200,000 words: %d kB", short>>10, long>>10)
	if long > 15*short {
		t.Errorf("200,000 words take %d times the memory of 20,000", long/short)
	}
}
