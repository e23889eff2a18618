package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"hearsay/graph"
	"hearsay/ingest/news"
)

// fixture builds documents by hand: what the stages would find, said in the
// test's own words, so that no test here depends on a model.
type fixture struct {
	t  testing.TB
	d  *news.Document
	at map[string]int // entity IRI to index
}

func article(t testing.TB, id, outlet, title, date, body string) *fixture {
	t.Helper()
	text := title + "\n\n" + body
	d := &news.Document{ID: id, Text: text, Title: title, Outlet: outlet, Language: "en",
		URL: "https://news.example/" + id, IRI: news.DocumentIRI(id, text)}
	d.Published, _ = time.Parse(time.DateOnly, date)
	f := &fixture{t: t, d: d, at: map[string]int{}}
	f.sentences()
	return f
}

// sentences splits at stops and line ends, which is enough for these texts.
func (f *fixture) sentences() {
	start := 0
	for i := 0; i < len(f.d.Text); i++ {
		end := f.d.Text[i] == '\n' || strings.HasPrefix(f.d.Text[i:], ". ") || i == len(f.d.Text)-1
		if !end {
			continue
		}
		s := news.Span{Start: start, End: i + 1}
		for s.Start < s.End && strings.ContainsRune(" \n", rune(f.d.Text[s.Start])) {
			s.Start++
		}
		for s.Start < s.End && strings.ContainsRune(" \n", rune(f.d.Text[s.End-1])) {
			s.End--
		}
		if !s.Empty() {
			// One token a sentence: SentenceAt goes by tokens' sentences.
			f.d.Tokens = append(f.d.Tokens, news.Token{Span: s, Deprel: "root"})
			n := len(f.d.Tokens)
			f.d.Sentences = append(f.d.Sentences, news.Sentence{Span: s, First: n - 1, End: n})
		}
		start = i + 1
	}
}

// span finds words in the text, from the sentence that holds near on.
func (f *fixture) span(words, near string) news.Span {
	f.t.Helper()
	if words == "" {
		return news.Span{}
	}
	from := strings.Index(f.d.Text, near)
	i := -1
	if from >= 0 {
		s := f.d.Sentences[f.d.SentenceAt(from)]
		if i = strings.Index(f.d.Text[s.Start:], words); i >= 0 {
			i += s.Start
		}
	}
	if i < 0 {
		f.t.Fatalf("%s: no %q near %q", f.d.ID, words, near)
	}
	return news.Span{Start: i, End: i + len(words)}
}

func (f *fixture) entity(iri, name string, typ news.EntityType, aliases ...string) int {
	if i, ok := f.at[iri]; ok {
		return i
	}
	i := len(f.d.Entities)
	f.at[iri] = i
	f.d.Entities = append(f.d.Entities, news.Entity{IRI: iri, Name: name, Type: typ, Named: true, Aliases: aliases})
	if at := strings.Index(f.d.Text, name); at >= 0 {
		f.d.Mentions = append(f.d.Mentions, news.Mention{Span: news.Span{Start: at, End: at + len(name)}, Type: typ, Entity: i})
	}
	return i
}

// prop adds a proposition; object may be "" and quantity nil.
func (f *fixture) prop(near, subject, relation, predicate, object string, q *news.Quantity, label string) int {
	arg := func(iri string) news.Argument {
		if iri == "" {
			return news.Argument{Entity: -1}
		}
		e, ok := f.at[iri]
		if !ok {
			f.t.Fatalf("no entity %s", iri)
		}
		return news.Argument{Entity: e, Span: f.d.Sentences[f.d.SentenceAt(strings.Index(f.d.Text, near))].Span}
	}
	p := news.Proposition{Subject: arg(subject), Object: arg(object), Quantity: q, Polarity: news.Positive,
		Certainty: news.Certain, Confidence: 1, Label: label,
		Relation: news.Relation{Span: f.span(relation, near), Text: relation, Lemma: relation, Predicate: predicate}}
	f.d.Propositions = append(f.d.Propositions, p)
	return len(f.d.Propositions) - 1
}

type said struct {
	source, iri  string // words and entity; iri "" is unnamed, source "" is the author
	cue          string
	stance       news.Stance
	content      string
	certainty    news.Certainty
	polarity     news.Polarity
	quotation    news.Quotation
	propositions []int
	about        int // claim index + 1
	targets      []string
	topics       []string
}

// claim adds a claim that stands in the sentence with near.
func (f *fixture) claim(near string, s said) int {
	f.t.Helper()
	c := news.Claim{Sentence: f.d.SentenceAt(strings.Index(f.d.Text, near)), Stance: s.stance, Certainty: s.certainty,
		Polarity: s.polarity, Quotation: s.quotation, Propositions: s.propositions, About: s.about - 1, Topics: s.topics,
		Cue: f.span(s.cue, near), Rule: "by hand"}
	if c.Certainty == "" {
		c.Certainty = news.Certain
	}
	if c.Polarity == "" {
		c.Polarity = news.Positive
	}
	if c.Quotation == "" {
		c.Quotation = news.Indirect
	}
	if s.content != "" {
		c.Content = []news.Span{f.span(s.content, near)}
	}
	c.Source = news.Source{Kind: news.Author, Entity: -1, Head: -1}
	if s.source != "" {
		c.Source = news.Source{Kind: news.Unnamed, Span: f.span(s.source, near), Entity: -1}
		if e, ok := f.at[s.iri]; ok {
			c.Source.Kind, c.Source.Entity, c.Source.Name = news.Named, e, f.d.Entities[e].Name
		}
	}
	for _, t := range s.targets {
		c.Targets = append(c.Targets, f.at[t])
	}
	f.d.Claims = append(f.d.Claims, c)
	return len(f.d.Claims) // for about
}

// store puts the documents into a store in memory.
func store(t testing.TB, docs ...*news.Document) *graph.Store {
	t.Helper()
	ctx := context.Background()
	s, err := graph.Open(ctx, "memory:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, d := range docs {
		labels := make([]string, len(d.Propositions))
		for i := range d.Propositions {
			labels[i] = d.Propositions[i].Label
		}
		d.IdentifyPropositions()
		for i := range d.Propositions {
			d.Propositions[i].Label = labels[i] // the tests' own words
		}
		d.IdentifyClaims()
		if _, err := s.Put(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Relink(ctx); err != nil {
		t.Fatal(err)
	}
	return s
}

// twoArticles disagree about who dimmed the lamps of Marrow Bay.
func twoArticles(t testing.TB) []*news.Document {
	a := article(t, "lamps-out", "Marrow Bay Courier", "Lamps out in Marrow Bay", "2031-03-04",
		"The outage at Marrow Bay left 12,000 homes dark, the Harbour Board said on Tuesday. "+
			"Veldania blamed Ostrava for the outage. "+
			"Ostrava denied that it caused the outage. "+
			"Both Kestrel Labs and Ada Finch said it was too early to tell whether Ostrava caused the outage. "+
			"The Energy Ministry declined to comment on the cause. "+
			"<script>alert(1)</script> was printed on the notice \u202e by mistake.\n\n"+
			"The Courier said, citing Kestrel Labs, that the lamps would return by Friday.")
	outage := func(f *fixture) {
		f.entity("hs:MarrowBayOutage", "outage", news.Event, "Marrow Bay outage")
		f.entity("hs:Ostrava", "Ostrava", news.Location, "Ostravan Republic")
		f.entity("hs:KestrelLabs", "Kestrel Labs", news.Organization, "Kestrel")
	}
	outage(a)
	a.entity("hs:HarbourBoard", "Harbour Board", news.Organization)
	a.entity("hs:Veldania", "Veldania", news.Location)
	a.entity("hs:AdaFinch", "Ada Finch", news.Person)
	a.entity("hs:EnergyMinistry", "Energy Ministry", news.Organization)
	a.entity("hs:MarrowBayCourier", "Courier", news.Organization, "Marrow Bay Courier")
	homes := &news.Quantity{Span: a.span("12,000", "The outage at"), Value: 12000, Bound: news.Exactly, Unit: "home"}
	dark := a.prop("The outage at", "hs:MarrowBayOutage", "left", "hs:affected", "", homes, "the outage left 12000 homes dark")
	a.claim("Harbour Board", said{source: "the Harbour Board", iri: "hs:HarbourBoard", cue: "said", stance: news.Estimates,
		content: "The outage at Marrow Bay left 12,000 homes dark", propositions: []int{dark}})
	caused := "Ostrava caused the outage"
	p1 := a.prop("Veldania blamed", "hs:MarrowBayOutage", "blamed", "hs:attributed-to", "hs:Ostrava", nil, "the outage attributed to Ostrava")
	a.claim("Veldania blamed", said{source: "Veldania", iri: "hs:Veldania", cue: "blamed", stance: news.Blames, content: "Ostrava for the outage",
		propositions: []int{p1}, targets: []string{"hs:Ostrava"}, topics: []string{"hs:attribution"}})
	p2 := a.prop("Ostrava denied", "hs:MarrowBayOutage", "caused", "hs:attributed-to", "hs:Ostrava", nil, "the outage attributed to Ostrava")
	a.claim("Ostrava denied", said{source: "Ostrava", iri: "hs:Ostrava", cue: "denied", stance: news.Denies, content: "it caused the outage",
		polarity: news.Negative, propositions: []int{p2}, topics: []string{"hs:attribution"}})
	p3 := a.prop("Both Kestrel", "hs:MarrowBayOutage", "caused", "hs:attributed-to", "hs:Ostrava", nil, "the outage attributed to Ostrava")
	for _, s := range []struct{ words, iri string }{{"Kestrel Labs", "hs:KestrelLabs"}, {"Ada Finch", "hs:AdaFinch"}} {
		a.claim("Both Kestrel", said{source: s.words, iri: s.iri, cue: "said", stance: news.SuspendsJudgment, certainty: news.CertaintyUnknown,
			polarity: news.PolarityUnknown, content: "it was too early to tell whether " + caused, propositions: []int{p3}, topics: []string{"hs:attribution"}})
	}
	a.claim("The Energy Ministry", said{source: "The Energy Ministry", iri: "hs:EnergyMinistry", cue: "declined to comment", stance: news.DeclinesComment,
		certainty: news.CertaintyUnknown, polarity: news.PolarityUnknown, quotation: news.NoQuotation, content: "the cause"})
	back := a.prop("The Courier said", "hs:MarrowBayOutage", "would return", "hs:rel/return", "", nil, "the lamps return by Friday")
	inner := a.claim("The Courier said", said{source: "Kestrel Labs", iri: "hs:KestrelLabs", cue: "citing", stance: news.Predicts,
		content: "the lamps would return by Friday", propositions: []int{back}})
	a.claim("The Courier said", said{source: "The Courier", iri: "hs:MarrowBayCourier", cue: "said", stance: news.Asserts,
		content: "the lamps would return by Friday", about: inner})

	b := article(t, "lamps-cause", "The Veldan Mirror", "Cause of the outage still disputed", "2031-03-09",
		"The outage at Marrow Bay left more than 20,000 homes dark, some engineers said. "+
			"Kestrel Labs said that Ostrava probably caused the outage. "+
			"Ada Finch is a director at Kestrel Labs.")
	outage(b)
	b.entity("hs:AdaFinch", "Ada Finch", news.Person)
	homes2 := &news.Quantity{Span: b.span("more than 20,000", "The outage at"), Value: 20000, Bound: news.MoreThan, Unit: "home"}
	dark2 := b.prop("The outage at", "hs:MarrowBayOutage", "left", "hs:affected", "", homes2, "the outage left more than 20000 homes dark")
	b.claim("some engineers", said{source: "some engineers", cue: "said", stance: news.Estimates,
		content: "The outage at Marrow Bay left more than 20,000 homes dark", propositions: []int{dark2}})
	p4 := b.prop("Kestrel Labs said", "hs:MarrowBayOutage", "caused", "hs:attributed-to", "hs:Ostrava", nil, "the outage attributed to Ostrava")
	b.claim("Kestrel Labs said", said{source: "Kestrel Labs", iri: "hs:KestrelLabs", cue: "said", stance: news.Believes, certainty: news.Probable,
		content: "Ostrava probably caused the outage", propositions: []int{p4}, topics: []string{"hs:attribution"}})
	job := b.prop("Ada Finch is", "hs:AdaFinch", "director at", "hs:directorAt", "hs:KestrelLabs", nil, "Ada Finch director at Kestrel Labs")
	b.claim("Ada Finch is", said{stance: news.Asserts, content: "Ada Finch is a director at Kestrel Labs", propositions: []int{job}, quotation: news.NoQuotation})
	return []*news.Document{a.d, b.d}
}
