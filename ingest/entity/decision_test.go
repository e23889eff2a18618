package entity

import (
	"reflect"
	"strings"
	"testing"

	"hearsay/ingest/news"
)

func TestDecisions(t *testing.T) {
	decisions, err := ReadDecisions(strings.NewReader(`# who is who
merge hs:LazarusGroup hs:FancyBear   # for the sake of the test
split hs:Turkey hs:doc/t hs:Turkey_Town

merge hs:A hs:B
merge hs:B hs:A
`))
	if err != nil || len(decisions) != 4 {
		t.Fatal(decisions, err)
	}
	known := NewKnown(testEntities).Decided(decisions)
	for _, c := range []struct{ iri, text, want string }{
		{"hs:doc/x-12345678", "APT28 and Lazarus Group", "hs:LazarusGroup"},
		{"hs:doc/t-12345678", "in Turkey today", "hs:Turkey_Town"},
		{"hs:doc/tea-1234567", "in Turkey today", "hs:Turkey"},
	} {
		d := plain(c.text)
		d.IRI = c.iri
		resolve(d, known, nil)
		if len(d.Entities) != 1 || d.Entities[0].IRI != c.want {
			t.Errorf("%s %q: %+v, want %s alone", c.iri, c.text, d.Entities, c.want)
		}
	}
	circle := &news.Document{Entities: []news.Entity{{IRI: "hs:A"}}}
	known.apply(circle)
	if circle.Entities[0].IRI != "hs:A" {
		t.Errorf("a circle moved hs:A to %s", circle.Entities[0].IRI)
	}
}

func TestBadDecisions(t *testing.T) {
	for name, line := range map[string]string{
		"apart from itself": "apart hs:A hs:A", "one of two": "one hs:A hs:B",
		"unknown verb": "join hs:A hs:B", "one entity": "merge hs:A", "itself": "merge hs:A hs:A",
		"no IRI": "merge A B", "a document": "merge hs:A hs:doc/b", "split without document": "split hs:A hs:B hs:C",
	} {
		if _, err := ReadDecisions(strings.NewReader("\n" + line)); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%s: error %v, want one that names line 2", name, err)
		}
	}
}

func TestSuspicious(t *testing.T) {
	got := Suspicious([]Seen{
		{IRI: "hs:JohnSmith", Name: "John Smith", Class: "hs:Person", Documents: []string{"a", "b"}},
		{IRI: "hs:Mist", Name: "Mist", Class: "hs:Organization", Documents: []string{"a"}},
		{IRI: "hs:Mist_Malware", Name: "Mist", Class: "hs:Malware", Documents: []string{"b"}, Merged: []string{"ambiguous:Zinc: Zinc"}},
		{IRI: "hs:Кaspersky", Name: "Кaspersky", Class: "hs:Organization"},
		{IRI: "hs:AdaStone", Name: "Ada Stone", Class: "hs:Person", Documents: []string{"a"}},
	})
	want := []Suspicion{
		{"hs:JohnSmith", "", "maybe namesakes: a and b share nobody else"},
		{"hs:Mist", "hs:Mist_Malware", "both are called Mist"},
		{"hs:Mist_Malware", "", "ambiguous:Zinc: Zinc"},
		{"hs:Кaspersky", "", "letters of several scripts in Кaspersky"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
