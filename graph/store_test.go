package graph

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/ingest/news"
)

// backends opens an empty store of every kind.
func backends(t *testing.T) map[string]*Store {
	t.Helper()
	stores := make(map[string]*Store)
	for _, uri := range []string{"memory:", "bolt:" + filepath.Join(t.TempDir(), "a.db"), "leveldb:" + filepath.Join(t.TempDir(), "level")} {
		s, err := Open(context.Background(), uri, Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		name, _, _ := strings.Cut(uri, ":")
		stores[name] = s
	}
	return stores
}

// kaspersky is "Kaspersky said it was too early to tell who was behind WannaCry."
func kaspersky(id string) *news.Document {
	text := "Kaspersky said it was too early to tell who was behind WannaCry. It spread to Spain."
	at := func(s string) news.Span {
		i := strings.Index(text, s)
		return news.Span{Start: i, End: i + len(s)}
	}
	d := &news.Document{ID: id, IRI: news.DocumentIRI(id, text), Text: text, Title: "Who did it?", Outlet: "The Daily",
		Sentences: []news.Sentence{{Span: news.Span{Start: 0, End: 64}}, {Span: at("It spread to Spain.")}},
		Entities: []news.Entity{{IRI: "hs:Kaspersky", Name: "Kaspersky", Type: news.Organization, Named: true},
			{IRI: "hs:WannaCry", Name: "WannaCry", Type: news.Malware, Named: true},
			{IRI: "hs:Spain", Name: "Spain", Type: news.Location, Named: true, Known: true}},
		Propositions: []news.Proposition{{Head: 0, Subject: news.Argument{Span: at("It"), Entity: 1},
			Relation: news.Relation{Span: at("spread to"), Text: "spread to", Lemma: "spread to", Predicate: "hs:rel/spread-to"},
			Object:   news.Argument{Span: at("Spain"), Entity: 2}, Polarity: news.Positive, Certainty: news.Certain}},
		Claims: []news.Claim{
			{Source: news.Source{Span: at("Kaspersky"), Kind: news.Named, Name: "Kaspersky", Entity: 0}, Cue: at("said"),
				Stance: news.SuspendsJudgment, Certainty: news.CertaintyUnknown, Polarity: news.PolarityUnknown, Quotation: news.Indirect,
				Content: []news.Span{at("it was too early to tell who was behind WannaCry")}, About: -1, Topics: []string{Attribution}},
			{Sentence: 1, Source: news.Source{Kind: news.Author, Entity: -1, Head: -1}, Stance: news.Asserts, Certainty: news.Certain,
				Polarity: news.Positive, Quotation: news.NoQuotation, Content: []news.Span{at("It spread to Spain")}, Propositions: []int{0}, About: -1},
		},
	}
	d.Mentions = []news.Mention{{Span: at("Kaspersky"), Entity: 0}, {Span: at("WannaCry"), Entity: 1}, {Span: at("Spain"), Entity: 2}}
	d.IdentifyPropositions()
	d.IdentifyClaims()
	return d
}

func rows(t *testing.T, s *Store, script string) []string {
	t.Helper()
	var out []string
	for r, err := range s.Query(context.Background(), script, QueryOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r["id"].(string))
	}
	return out
}

func TestPutAndRemove(t *testing.T) {
	ctx := context.Background()
	for name, s := range backends(t) {
		t.Run(name, func(t *testing.T) {
			export := func() string {
				var b bytes.Buffer
				if err := s.Export(ctx, &b, ExportOptions{Format: "nquads"}); err != nil {
					t.Fatal(err)
				}
				return b.String()
			}
			empty := export()
			d := kaspersky("a.txt")
			for _, want := range []PutStatus{Added, Unchanged} {
				res, err := s.Put(ctx, d)
				if err != nil || res.Status != want {
					t.Fatalf("Put = %+v, %v, want %s", res, err, want)
				}
			}
			if got := rows(t, s, `g.V("<hs:Kaspersky>").out("<hs:doubts>").all()`); len(got) != 2 || got[0] != "<hs:attribution>" && got[1] != "<hs:attribution>" {
				t.Errorf("Kaspersky doubts %q", got)
			}
			if got := rows(t, s, `g.V("<hs:WannaCry>").out("<hs:rel/spread-to>").all()`); len(got) != 1 || got[0] != "<hs:Spain>" {
				t.Errorf("plain edge to %q, want Spain", got)
			}
			docs, err := s.Documents(ctx)
			if err != nil || len(docs) != 1 || docs[0].Outlet != "The Daily" {
				t.Errorf("Documents = %+v, %v", docs, err)
			}
			if _, err := s.Remove(ctx, "a.txt"); err != nil {
				t.Fatal(err)
			}
			if got := export(); got != empty {
				t.Errorf("after Remove:\n%s", got)
			}
		})
	}
}
