package graph

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"hearsay/ingest/news"
)

var update = flag.Bool("update", false, "write generated files")

func TestVocabularyPage(t *testing.T) {
	const page = "../docs/vocabulary.md"
	var b bytes.Buffer
	if err := WriteVocabulary(&b); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.MkdirAll("../docs", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(page, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, b.Bytes()) {
		t.Error("docs/vocabulary.md is not what the constants say: run go test ./graph -run Vocabulary -update")
	}
}

func TestVocabularyIsComplete(t *testing.T) {
	terms := map[string]Term{}
	for _, term := range Vocabulary() {
		if _, twice := terms[term.IRI]; twice {
			t.Errorf("%s is defined twice", term.IRI)
		}
		if term.Label == "" || !strings.HasSuffix(term.Definition, ".") {
			t.Errorf("%s lacks a label or a definition", term.IRI)
		}
		terms[term.IRI] = term
	}
	for _, s := range news.Stances {
		if _, ok := terms[StancePredicate(s)]; !ok {
			t.Errorf("stance %s is not defined", s)
		}
	}
	for _, term := range Vocabulary() {
		if _, ok := terms[term.Parent]; term.Parent != "" && !ok {
			t.Errorf("%s is under %s, which is not defined", term.IRI, term.Parent)
		}
	}
	for _, q := range Quads(kaspersky("a.txt")) {
		p := plainText(q.Predicate)
		if _, ok := terms[p]; !ok && !strings.HasPrefix(p, "hs:rel/") {
			t.Errorf("documents use %s, which is not defined", p)
		}
		if p == RDFType {
			if _, ok := terms[plainText(q.Object)]; !ok {
				t.Errorf("documents use the class %s, which is not defined", q.Object)
			}
		}
	}
}

// The canonical relations are chosen where propositions are read; here they are
// defined.
func TestRelationsAreDefined(t *testing.T) {
	data, err := os.ReadFile("../ingest/proposition/data/predicates.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defined := map[string]bool{}
	for _, term := range Vocabulary() {
		defined[term.IRI] = true
	}
	for line := range strings.Lines(string(data)) {
		name, _, ok := strings.Cut(line, "\t")
		if ok && !strings.HasPrefix(name, "#") && name != "class" && !strings.Contains(name, "/rel/") && !strings.Contains(name, ":rel/") && !defined[name] {
			t.Errorf("%s is not defined", name)
			defined[name] = true
		}
	}
}

// The known entities that come with the program use the vocabulary's terms.
func TestSeedsUseTheVocabulary(t *testing.T) {
	f, err := os.Open("../seeds/entities.nq")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	quads, err := readNQuads(f)
	if err != nil {
		t.Fatal(err)
	}
	defined := map[string]bool{}
	for _, term := range Vocabulary() {
		defined[term.IRI] = true
	}
	for _, q := range quads {
		p, o := plainText(q.Predicate), plainText(q.Object)
		if !defined[p] || p == RDFType && TypeOf(o) == "" {
			t.Fatalf("%v uses a term that is not defined", q)
		}
	}
}
