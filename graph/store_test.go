package graph

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hearsay/ingest/news"
)

// backends opens an empty store of every kind.
func backends(t *testing.T) map[string]*Store {
	t.Helper()
	stores := make(map[string]*Store)
	uris := []string{"memory:", "bolt:" + filepath.Join(t.TempDir(), "a.db"), "leveldb:" + filepath.Join(t.TempDir(), "level")}
	if uri := postgres(t); uri != "" {
		uris = append(uris, uri)
	}
	// No CockroachDB: its statements, run by PostgreSQL.
	if uri := postgres(t); uri != "" {
		uris = append(uris, "cockroach"+strings.TrimPrefix(uri, "postgres"))
	}
	for _, uri := range uris {
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

// postgres is a schema of its own in the database that HEARSAY_POSTGRES names, ""
// where it names none.
func postgres(t testing.TB) string {
	t.Helper()
	uri := os.Getenv("HEARSAY_POSTGRES")
	if uri == "" {
		return ""
	}
	db, err := sql.Open("postgres", uri)
	if err != nil {
		t.Fatal(err)
	}
	schema := fmt.Sprintf("test_%d_%d", os.Getpid(), time.Now().UnixNano())
	if _, err := db.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		db.Exec("DROP SCHEMA " + schema + " CASCADE")
		db.Close()
	})
	sep := "?"
	if strings.Contains(uri, "?") {
		sep = "&"
	}
	return uri + sep + "search_path=" + schema
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
		Propositions: []news.Proposition{{Subject: news.Argument{Span: at("It"), Entity: 1},
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
			whole := export()
			one, _, _ := strings.Cut(whole[strings.Index(whole, "<hs:claim/"):], "\n")
			if n, err := s.Delete(ctx, strings.NewReader(one)); err != nil || n != 1 {
				t.Fatalf("%d quads deleted, %v", n, err)
			}
			if res, err := s.Put(ctx, d); err != nil || res.Status != Replaced || export() != whole {
				t.Errorf("Put after a quad was deleted = %+v, %v", res, err)
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

// What isn't said in the document's own voice, affirmed and certain, gives no
// plain edge.
func TestPlainEdges(t *testing.T) {
	d := kaspersky("a.txt")
	plain := func() bool {
		for _, q := range Quads(d) {
			if plainText(q.Predicate) == "hs:rel/spread-to" {
				return true
			}
		}
		return false
	}
	relation := d.Propositions[0].Relation.Span
	at := func(deprel string, head int) news.Token {
		return news.Token{Span: relation, Deprel: deprel, Head: head, UPOS: "NOUN"}
	}
	d.Tokens = []news.Token{at("root", 0), at("acl", -1), at("conj", -1), at("appos", -3), at("acl:relcl", -4), {Deprel: "nsubj", Head: -5, XPOS: "WDT"}, at("acl:relcl", -6)}
	for head, want := range []bool{true, false, false, true, false, true, true} {
		if d.Propositions[0].Head = head; plain() != want {
			t.Errorf("head %d: plain edge %v, want %v", head, !want, want)
		}
	}
	d.Propositions[0].Head = 0
	for name, change := range map[string]func(*news.Claim){
		"not certain":          func(c *news.Claim) { c.Certainty = news.Possible },
		"negated":              func(c *news.Claim) { c.Polarity = news.Negative },
		"suggested":            func(c *news.Claim) { c.Stance = news.Suggests },
		"said by another":      func(c *news.Claim) { c.Source.Kind, c.Source.Entity = news.Named, 0 },
		"in nobody's claim":    func(c *news.Claim) { c.Propositions = nil },
		"the reporting itself": func(c *news.Claim) { c.Cue, c.Source.Kind, c.Source.Entity = relation, news.Named, 0 },
	} {
		kept := d.Claims[1]
		if change(&d.Claims[1]); plain() {
			t.Errorf("%s: a plain edge", name)
		}
		d.Claims[1] = kept
	}
	// An apposition is the document's own, also where the rest is another's.
	d.Propositions[0].Head, d.Claims[1].Propositions = 3, nil
	if !plain() {
		t.Error("no plain edge for an apposition")
	}
	d.Quotes = []news.Quote{{Span: news.Span{Start: 0, End: len(d.Text)}}}
	if plain() {
		t.Error("a plain edge for an apposition in a quotation")
	}
}

// Two identities with one text share a version until both are gone.
func TestIdentities(t *testing.T) {
	ctx := context.Background()
	for name, s := range backends(t) {
		t.Run(name, func(t *testing.T) {
			empty := exported(t, s)
			a, b := kaspersky("x/a.txt"), kaspersky("y/a.txt")
			if a.IRI != b.IRI {
				t.Fatal("the test needs one IRI")
			}
			for _, c := range []struct {
				d    *news.Document
				want PutStatus
			}{{a, Added}, {b, Added}, {a, Unchanged}, {b, Unchanged}} {
				if res, err := s.Put(ctx, c.d); err != nil || res.Status != c.want {
					t.Fatalf("%s: %+v, %v, want %s", c.d.ID, res, err, c.want)
				}
			}
			docs, err := s.Documents(ctx)
			if err != nil || len(docs) != 2 {
				t.Fatalf("%+v, %v, want both identities", docs, err)
			}
			// A new text under one of them leaves the other its version.
			next := kaspersky("x/a.txt")
			next.Text += " More."
			next.IRI = news.DocumentIRI(next.ID, next.Text)
			next.IdentifyClaims()
			if res, err := s.Put(ctx, next); err != nil || res.Status != Replaced || res.Old != a.IRI {
				t.Fatalf("%+v, %v, want %s replaced", res, err, a.IRI)
			}
			docs, err = s.Documents(ctx)
			if err != nil || len(docs) != 2 || docs[0].IRI != next.IRI || docs[1].IRI != b.IRI {
				t.Fatalf("%+v, %v", docs, err)
			}
			for _, id := range []string{"x/a.txt", "<" + b.IRI + ">"} {
				if _, err := s.Remove(ctx, id); err != nil {
					t.Fatal(err)
				}
			}
			if got := exported(t, s); got != empty {
				t.Errorf("left over:\n%s", got)
			}
			checked(t, s)
		})
	}
}

// A query within a query goes on while somebody waits to close.
func TestCloseWaitsForNestedQueries(t *testing.T) {
	for name, s := range backends(t) {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			if _, err := s.Put(ctx, kaspersky("a.txt")); err != nil {
				t.Fatal(err)
			}
			closed := make(chan error, 1)
			for _, err := range s.Query(ctx, `g.V("<hs:Kaspersky>").all()`, QueryOptions{}) {
				if err != nil {
					t.Fatal(err)
				}
				go func() { closed <- s.Close() }()
				for { // until the closing has begun
					_, err := s.Stats(ctx)
					if errors.Is(err, fs.ErrClosed) {
						break
					}
					if err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := <-closed; err != nil {
				t.Error(err)
			}
			if _, err := s.Put(ctx, kaspersky("b.txt")); !errors.Is(err, fs.ErrClosed) {
				t.Errorf("Put into a closed store: %v", err)
			}
		})
	}
}
