package graph

import (
	"context"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

func TestRelinkEntities(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, "memory:", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var first string
	for _, d := range disputing() {
		if _, err := s.Put(ctx, d); err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = d.IRI
		}
	}
	count := func(p string) int {
		return len(rows(t, s, `g.V("<hs:Link>").in("<`+RDFType+`>").has("<`+RDFPredicate+`>", "<`+p+`>").all()`))
	}
	// B is A: what A blames and B denies is no disagreement of two any more.
	same := EntityLink{A: "hs:A", B: "hs:B", Rule: "partial-name", Score: 0.85, Evidence: "both president", Documents: []string{first}}
	if err := s.Relink(ctx, same); err != nil {
		t.Fatal(err)
	}
	if n := count(SameAs); n != 1 {
		t.Errorf("%d links between entities, want 1", n)
	}
	if n := count(DisagreesWith); n >= 3 {
		t.Errorf("%d disagreements, want fewer than the three of two sources", n)
	}
	for _, id := range []string{"hs:B", "hs:A"} {
		x, err := s.Explain(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		notes := strings.Join(x.Notes, "\n")
		for _, want := range []string{"hs:B is hs:A: partial-name, score 0.85: both president", "hearsay entities split hs:B hs:A"} {
			if !strings.Contains(notes, want) {
				t.Errorf("explain %s: no %q in %q", id, want, notes)
			}
		}
	}
	// A name of two owners: what one says in one document is not the other's.
	owner := EntityLink{A: "hs:A", B: "hs:A", Rule: "namesakes", Score: 0.8, Evidence: "mayor here", Documents: []string{first}, Owner: "hs:A_Mayor", Label: "A (mayor)"}
	if err := s.Relink(ctx, owner); err != nil {
		t.Fatal(err)
	}
	if n := count(SameAs); n != 0 {
		t.Errorf("%d links that no longer hold", n)
	}
	if n := count(ChangedFrom); n != 0 {
		t.Errorf("%d changes of position between two persons of one name", n)
	}
	x, err := s.Explain(ctx, "hs:A_Mayor")
	if err != nil || x.Label != "A (mayor)" || len(x.Notes) != 1 || !strings.Contains(x.Notes[0], "another hs:A in "+first) {
		t.Errorf("explain the owner: %+v, %v", x, err)
	}
	if err := s.Relink(ctx); err != nil {
		t.Fatal(err)
	}
	if n := count(NamesakeOf); n != 0 {
		t.Errorf("%d namesakes after a relink without", n)
	}
}

// Who is blamed and denies it is one person, by whatever name the document has it,
// also where the name has an owner of its own there, or is another one's.
func TestRenamedTargets(t *testing.T) {
	const doc = "hs:doc/a-00000000"
	var quads []quad.Quad
	claim := func(id, source string, stance news.Stance, predicate, object string) {
		for _, q := range [][2]string{{Source, source}, {StanceOf, "hs:" + string(stance)}, {predicate, object}} {
			quads = append(quads, quad.Quad{Subject: quad.IRI(id), Predicate: quad.IRI(q[0]), Object: quad.IRI(q[1]), Label: quad.IRI(doc)})
		}
	}
	claim("hs:claim/1", "hs:C", news.Blames, Target, "hs:A")
	claim("hs:claim/2", "hs:A", news.Denies, About, Attribution)
	claim("hs:claim/3", "hs:C", news.Blames, Target, "hs:Ann")
	for _, tt := range []struct {
		name  string
		links []EntityLink
		want  int
	}{
		{"no other names", nil, 1},
		{"an owner of its own", []EntityLink{{A: "hs:A", B: "hs:A", Documents: []string{doc}, Owner: "hs:A_Mayor"}}, 1},
		{"two names of one", []EntityLink{{A: "hs:Ann", B: "hs:A"}}, 2},
	} {
		links := LinkPartsOf(quads, NewRenaming(tt.links)).Links
		if len(links) != tt.want {
			t.Errorf("%s: %v, want %d", tt.name, links, tt.want)
		}
		for _, l := range links {
			if l.Rule != ruleDenied {
				t.Errorf("%s: %v", tt.name, l)
			}
		}
	}
}
