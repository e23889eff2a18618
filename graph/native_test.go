package graph

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/queries"
)

// answers are a saved query's rows as JSON, with what the outline knows or
// without.
func answers(t *testing.T, s *Store, q *queries.Query, values map[string]string, opts QueryOptions) string {
	t.Helper()
	ctx := context.Background()
	params, err := q.Bind(values, func(name string) (string, error) { return s.Resolve(ctx, name) })
	if err != nil {
		t.Fatal(err)
	}
	var rows []Row
	opts.Params, opts.Library, opts.Trusted, opts.Limit = params, queries.Library, true, 100_000
	for row, err := range s.Query(ctx, q.Source, opts) {
		if err != nil {
			t.Fatalf("%s %v: %v", q.Name, values, err)
		}
		rows = append(rows, row)
	}
	out, err := json.MarshalIndent(rows, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// sameAnswers asks every saved query from memory, from the indexes and through
// Cayley.
func sameAnswers(t *testing.T, s *Store) {
	t.Helper()
	ctx := context.Background()
	set, err := queries.Load()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Outline(ctx); err != nil || (s.outline() == nil) == s.exclusive() {
		t.Fatalf("no outline: %v", err)
	}
	kept, ways := s.outlined.value, []string{"the indexes", "memory", "memory, again"}
	if !s.exclusive() {
		ways = ways[:1]
	}
	for _, q := range set.All() {
		for _, values := range []map[string]string{{}, {"about": "hs:WannaCry"}, {"about": "hs:attribution"}, {"source": "hs:Kaspersky"}, {"of": "hs:WannaCry"}, {"of": "hs:Petya"}, {"of": "hs:A"}, {"about": "hs:A"}, {"about": "hs:A_Mayor"}, {"source": "hs:B"}, {"source": "hs:A_Mayor"}, {"by": "hs:A_Mayor"}, {"about": "hs:Petya", "limit": "2"}, {"limit": "2"}, {"about": "hs:Petya", "review": "not-rejected"},
			{"attack": "hs:WannaCry"}, {"suspect": "hs:NorthKorea"}, {"who": "hs:Kaspersky"}, {"review": "accepted", "about": "hs:WannaCry"},
			{"review": "accepted"}, {"review": "undecided"}, {"review": "not-rejected"}, {"since": "2017-06-01"}, {"until": "2017-05-31"}, {"since": "2030-01-01", "until": "2031-03-01"},
			{"unnamed": "true"}, {"unnamed": "true", "about": "hs:Ostrava"}, {"about": "hs:Ruritania", "since": "2017-05-02", "limit": "1"}, {"about": "hs:Nobody"}} {
			if !fitting(q, values) {
				continue
			}
			want := answers(t, s, q, values, QueryOptions{Plain: true})
			for _, from := range ways {
				s.outlined.value = kept
				if from == "the indexes" {
					s.outlined.value = nil
				}
				if got := answers(t, s, q, values, QueryOptions{}); got != want {
					t.Errorf("%s %v: from %s\n%s\nthrough Cayley\n%s", q.Name, values, from, got, want)
				}
			}
		}
	}
}

// fitting reports whether the query has these parameters and needs no others.
func fitting(q *queries.Query, values map[string]string) bool {
	for k := range values {
		if q.Param(k) == nil {
			return false
		}
	}
	for _, p := range q.Params {
		if _, given := values[p.Name]; !given && !p.Optional {
			return false
		}
	}
	return true
}

// TestAnswersOfMany: where there is more than is asked for, what is read from the
// latest document on, or of the most spoken of alone, is what Cayley gives of all.
func TestAnswersOfMany(t *testing.T) {
	uris := []string{"bolt:" + filepath.Join(t.TempDir(), "a.db")}
	if uri := postgres(t); uri != "" {
		uris = append(uris, uri)
	}
	for _, uri := range uris {
		kind, _, _ := strings.Cut(uri, ":")
		t.Run(kind, func(t *testing.T) { testAnswersOfMany(t, uri) })
	}
}

func testAnswersOfMany(t *testing.T, uri string) {
	ctx := context.Background()
	s := loaded(t, uri, 110)
	if err := s.Relink(ctx); err != nil {
		t.Fatal(err)
	}
	set, err := queries.Load()
	if err != nil {
		t.Fatal(err)
	}
	few := map[string]string{"limit": "7"}
	month := map[string]string{"limit": "7", "since": "2020-02-01", "until": "2020-02-10"}
	many := map[string]string{"limit": "7", "about": "hs:Entity0"}
	for _, c := range []struct {
		query  string
		values []map[string]string
	}{
		{"attribution", []map[string]string{few, month, {"limit": "7", "side": "oppose"}, {"suspect": "hs:Entity0", "limit": "7"}}},
		{"who-blames-whom", []map[string]string{few, month, {"limit": "7", "by": "hs:Entity0"}}},
		{"who-declined", []map[string]string{few, month, many}},
		{"who-cites-whom", []map[string]string{few, month}},
		{"documents", []map[string]string{few, month, many}},
		{"disputes", []map[string]string{few, month, many}},
		{"sources", []map[string]string{few, month, many}},
		{"numbers", []map[string]string{few, many}},
		{"who-says", []map[string]string{many, {"limit": "7", "about": "hs:Entity0", "since": "2020-02-01"}}},
		{"neighbourhood", []map[string]string{{"limit": "7", "of": "hs:Entity0"}}},
	} {
		q, err := set.Get(c.query)
		if err != nil {
			t.Fatal(err)
		}
		for _, values := range c.values {
			want := answers(t, s, q, values, QueryOptions{Plain: true})
			for _, many := range []int{50, manyClaims} { // by documents, by claims
				if got := answers(t, s, q, values, QueryOptions{many: many}); got != want {
					t.Errorf("%s %v: from the indexes\n%s\nthrough Cayley\n%s", q.Name, values, got, want)
				}
			}
			if want == "null" {
				t.Errorf("%s %v has no rows", q.Name, values)
			}
		}
	}
}

// TestOutlineAnswers: what is answered from memory and from the indexes is what Cayley
// answers, and stays so when decisions are made and documents come and go.
func TestOutlineAnswers(t *testing.T) {
	for _, uri := range []string{"memory:", "bolt:" + filepath.Join(t.TempDir(), "a.db"), postgres(t)} {
		kind, _, _ := strings.Cut(uri, ":")
		if kind == "" {
			continue
		}
		t.Run(kind, func(t *testing.T) { testOutlineAnswers(t, uri) })
	}
}

func testOutlineAnswers(t *testing.T, uri string) {
	ctx := context.Background()
	s, err := Open(ctx, uri, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	story := story(1, 400)
	for _, d := range append(disputing(), printed(1, 1, story), printed(2, 2, story)) {
		if _, err := s.Put(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Relink(ctx); err != nil {
		t.Fatal(err)
	}
	sameAnswers(t, s)
	first := disputing()[0].IRI
	for _, l := range []EntityLink{
		{A: "hs:A", B: "hs:Kaspersky", Rule: "partial-name", Score: 0.9, Evidence: "both a", Documents: []string{first}},
		{A: "hs:A", B: "hs:A", Rule: "namesakes", Score: 0.8, Evidence: "mayor here", Documents: []string{first}, Owner: "hs:A_Mayor", Label: "A (mayor)"},
	} {
		if err := s.Relink(ctx, l); err != nil {
			t.Fatal(err)
		}
		sameAnswers(t, s)
	}
	d := kaspersky("a.txt")
	if _, err := s.Put(ctx, d); err != nil {
		t.Fatal(err)
	}
	if s.outline() != nil {
		t.Error("the outline is still there after a write")
	}
	sameAnswers(t, s)
	if _, err := s.Decide(ctx, Decision{Target: d.Claims[0].ID, Verdict: Accept, Reliability: "B", Credibility: "2", Note: "heard twice"}); err != nil {
		t.Fatal(err)
	}
	if s.outline() == nil && s.exclusive() {
		t.Error("the outline is gone after a decision")
	}
	sameAnswers(t, s)
	// A decision on a disputed claim changes the rankings that ask for decisions.
	if _, err := s.Decide(ctx, Decision{Target: disputing()[1].Claims[0].ID, Verdict: Reject}); err != nil {
		t.Fatal(err)
	}
	sameAnswers(t, s)
}
