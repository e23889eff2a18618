package graph

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"hearsay/ingest/news"
)

func TestExplain(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, "memory:", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d := kaspersky("a.txt")
	d.Published = time.Date(2017, 5, 15, 0, 0, 0, 0, time.UTC)
	if _, err := s.Put(ctx, d); err != nil {
		t.Fatal(err)
	}
	marked := func(x *Explanation) string {
		e := x.Evidence[0]
		text, out, at := []rune(e.Text), "", 0
		for _, m := range e.Marks {
			out += string(text[at:m.Start]) + m.Role + "[" + string(text[m.Start:m.End]) + "]"
			at = m.End
		}
		return out + string(text[at:])
	}
	const doubts = "source[Kaspersky] cue[said] content[it was too early to tell who was behind WannaCry]."
	for _, c := range []struct{ id, kind, want string }{
		{d.Claims[0].ID, "claim", doubts},
		{"<" + d.Claims[0].ID + ">", "claim", doubts},
		{"hs:Kaspersky hs:doubts hs:attribution", "edge", doubts},
		{"<hs:Kaspersky> <hs:suspends-judgment> <hs:attribution>", "edge", doubts},
		{"hs:WannaCry hs:rel/spread-to hs:Spain", "edge", "It spread to Spain"},
		{d.Propositions[0].ID, "proposition", "content[It spread to Spain]."},
		{"hs:Kaspersky", "entity", doubts},
		{d.IRI + "#char=0,9", "place", "Kaspersky"},
	} {
		x, err := s.Explain(ctx, c.id)
		if err != nil {
			t.Errorf("%s: %v", c.id, err)
			continue
		}
		if x.Kind != c.kind || len(x.Evidence) != 1 || marked(x) != c.want {
			t.Errorf("%s: %+v, want %s %s", c.id, x, c.kind, c.want)
		}
	}
	x, err := s.Explain(ctx, d.Claims[0].ID)
	if err != nil || x.Evidence[0].Outlet != "The Daily" || x.Evidence[0].Published != d.Published || x.Evidence[0].Source != "Kaspersky" {
		t.Errorf("%+v, %v: lacks outlet, date or source", x, err)
	}
	for _, id := range []string{"hs:claim/00", "hs:Kaspersky hs:blames hs:Spain", "nonsense", ""} {
		if _, err := s.Explain(ctx, id); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q: %v, want not found", id, err)
		}
	}
}

// says is a document in which each "source stance" holds the proposition.
func says(id, day string, p news.Proposition, names []string, positions ...any) *news.Document {
	d := &news.Document{ID: id, Text: strings.Repeat("x", 200)}
	d.IRI = news.DocumentIRI(id, id)
	d.Published, _ = time.Parse("2006-01-02", day)
	for _, n := range names {
		d.Entities = append(d.Entities, news.Entity{IRI: "hs:" + n, Name: n, Type: news.Organization, Named: true})
	}
	d.Sentences = []news.Sentence{{Span: news.Span{Start: 0, End: 200}}}
	for i := 0; i < len(positions); i += 2 {
		at := 10 * (i + 1)
		q := p
		d.Propositions = append(d.Propositions, q)
		d.Claims = append(d.Claims, news.Claim{Source: news.Source{Span: news.Span{Start: at, End: at + 1}, Kind: news.Named, Entity: positions[i].(int)},
			Cue: news.Span{Start: at + 2, End: at + 3}, Stance: positions[i+1].(news.Stance), Certainty: news.Certain, Polarity: news.Positive,
			Content: []news.Span{{Start: at + 4, End: at + 5}}, Propositions: []int{i / 2}, About: -1})
	}
	d.IdentifyPropositions()
	d.IdentifyClaims()
	return d
}

// disputing are documents between which every rule of links has something to link.
func disputing() []*news.Document {
	names := []string{"A", "B", "C", "Petya", "Ruritania", "Graustark"}
	guilt := news.Proposition{Subject: news.Argument{Entity: 3}, Relation: news.Relation{Predicate: "hs:attributed-to"},
		Object: news.Argument{Entity: 4}, Polarity: news.Positive, Certainty: news.Certain}
	other := guilt
	other.Object.Entity = 5
	toll := func(n float64, b news.Bound) news.Proposition {
		return news.Proposition{Subject: news.Argument{Entity: 3}, Relation: news.Relation{Predicate: "hs:affected"}, Object: news.Argument{Entity: -1},
			Quantity: &news.Quantity{Value: n, Bound: b, Unit: "computer"}, Polarity: news.Positive, Certainty: news.Certain}
	}
	return []*news.Document{
		says("1", "2017-05-01", guilt, names, 0, news.Blames, 1, news.Denies, 2, news.Asserts),
		says("2", "2017-06-01", guilt, names, 0, news.Denies),
		says("3", "2017-06-01", other, names, 1, news.Blames),
		says("4", "2017-06-01", toll(300, news.MoreThan), names, 0, news.Estimates),
		says("5", "2017-06-01", toll(200, news.Exactly), names, 1, news.Estimates),
		says("6", "2017-06-01", toll(400, news.Exactly), names, 1, news.Estimates),
	}
}

func TestRelink(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, "memory:", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, d := range disputing() {
		if _, err := s.Put(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Relink(ctx); err != nil {
		t.Fatal(err)
	}
	count := func(p string) int {
		return len(rows(t, s, `g.V("<hs:Link>").in("<`+RDFType+`>").has("<`+RDFPredicate+`>", "<`+p+`>").all()`))
	}
	// A blames, C asserts, B denies; later A denies: A-C, B-A' agree;
	// A-B, B-C, A'-C disagree, and so do A-B', C-B' over rival culprits and the two
	// numbers of one day that can't both hold; A' changed from A.
	for p, want := range map[string]int{AgreesWith: 2, DisagreesWith: 6, ChangedFrom: 1, RivalOf: 1, ConflictsWith: 2, DiffersFrom: 1} {
		if got := count(p); got != want {
			t.Errorf("%d links %s, want %d", got, p, want)
		}
	}
	link := rows(t, s, `g.V("<hs:Link>").in("<`+RDFType+`>").has("<`+RDFPredicate+`>", "<`+ChangedFrom+`>").all()`)[0]
	x, err := s.Explain(ctx, link)
	if err != nil || len(x.Evidence) != 2 || len(x.Notes) != 1 {
		t.Errorf("explain link: %+v, %v; want two places and a rule", x, err)
	}
	// Links depend on the documents that are there, not on those that were.
	for _, id := range []string{"2", "3", "4", "5"} {
		if _, err := s.Remove(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Relink(ctx); err != nil {
		t.Fatal(err)
	}
	for p, want := range map[string]int{AgreesWith: 1, DisagreesWith: 2, ChangedFrom: 0, RivalOf: 0, ConflictsWith: 0} {
		if got := count(p); got != want {
			t.Errorf("after removals %d links %s, want %d", got, p, want)
		}
	}
}
