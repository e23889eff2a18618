package entity

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"hearsay/ingest/news"
)

// plain is a document of one sentence whose tokens are the words between spaces;
// word/TAG gives a tag, PROPN is that of words with a capital.
func plain(text string) *news.Document {
	d := &news.Document{ID: "t", IRI: "hs:doc/t"}
	for _, w := range strings.Fields(text) {
		form, tag, ok := strings.Cut(w, "/")
		if !ok {
			tag = "NOUN"
			if firstRune(form) >= 'A' && firstRune(form) <= 'Z' {
				tag = "PROPN"
			}
		}
		if d.Text != "" {
			d.Text += " "
		}
		t := news.Token{Span: news.Span{Start: len(d.Text), End: len(d.Text) + len(form)}, UPOS: tag, Lemma: strings.ToLower(form), Deprel: "dep"}
		if len(d.Tokens) > 0 {
			t.Head = -1
		}
		d.Text += form
		d.Tokens = append(d.Tokens, t)
	}
	d.Sentences = []news.Sentence{{Span: news.Span{Start: 0, End: len(d.Text)}, End: len(d.Tokens), NewPar: true}}
	return d
}

var testEntities = []news.Entity{
	{IRI: "hs:UnitedStates", Name: "United States", Type: news.Location, Aliases: []string{"US", "U.S."}},
	{IRI: "hs:WorldHealthOrganization", Name: "World Health Organization", Type: news.Organization, Aliases: []string{"WHO"}},
	{IRI: "hs:Turkey", Name: "Turkey", Type: news.Location},
	{IRI: "hs:FancyBear", Name: "Fancy Bear", Type: news.ThreatActor, Aliases: []string{"APT28", "Zinc"}},
	{IRI: "hs:LazarusGroup", Name: "Lazarus Group", Type: news.ThreatActor, Aliases: []string{"HIDDEN COBRA", "Zinc"}},
	{IRI: "hs:NjRAT", Name: "njRAT", Type: news.Malware},
	{IRI: "hs:Anchor", Name: "Anchor", Type: news.Malware},
	{IRI: "hs:UnitedNations", Name: "United Nations", Type: news.Organization, Aliases: []string{"UN"}},
}

func linked(d *news.Document) []string {
	var out []string
	for _, m := range d.Mentions {
		if m.Kind == news.Name && m.Entity >= 0 && d.Entities[m.Entity].Known {
			out = append(out, d.Slice(m.Span)+"="+strings.TrimPrefix(d.Entities[m.Entity].IRI, "hs:"))
		}
	}
	return out
}

func TestKnownNames(t *testing.T) {
	known := NewKnown(testEntities)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"the US and the U.S. agree/VERB", []string{"US=UnitedStates", "U.S.=UnitedStates"}},
		{"he told/VERB us/PRON", nil},
		{"Us/PRON people", nil},
		{"the WHO said", []string{"WHO=WorldHealthOrganization"}},
		{"Who/PRON said it", nil},
		{"in Turkey today", []string{"Turkey=Turkey"}},
		{"Turkey/NOUN is/AUX tasty", nil},
		{"the group APT-28 and APT 28 and apt28", []string{"APT-28=FancyBear", "APT 28=FancyBear", "apt28=FancyBear"}},
		{"named Hidden Cobra by", []string{"Hidden Cobra=LazarusGroup"}},
		{"the malware NJRAT spread", []string{"NJRAT=NjRAT"}},
		{"Anchor Street", nil},
		{"the Anchor malware", []string{"Anchor=Anchor"}},
		{"the group Zinc struck", nil}, // two own the name
		{"the group Zinc , or Lazarus Group", []string{"Zinc=LazarusGroup", "Lazarus Group=LazarusGroup"}},
		{"the mission to the United Nations", []string{"United Nations=UnitedNations"}},
	} {
		d := plain(c.text)
		resolve(d, known, nil)
		if got := linked(d); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %v, want %v", c.text, got, c.want)
		}
	}
}

func TestAmbiguous(t *testing.T) {
	if got := NewKnown(testEntities).Ambiguous(); !reflect.DeepEqual(got, []string{"Zinc"}) {
		t.Errorf("ambiguous names: %v, want [Zinc]", got)
	}
}

func TestLocalName(t *testing.T) {
	for name, want := range map[string]string{
		"North Korea": "NorthKorea", "Federal Bureau of Investigation": "FederalBureauOfInvestigation",
		"al-Qaeda": "AlQaeda", "O'Brien": "OBrien", "São Paulo": "SãoPaulo", "!!": "", "": "",
	} {
		if got := LocalName(name); got != want {
			t.Errorf("LocalName(%q) = %q, want %q", name, got, want)
		}
	}
	if got := IRI("Claim", news.Organization, false); got != "hs:Claim_Organization" {
		t.Errorf("a name of the vocabulary: %s", got)
	}
}

func BenchmarkKnown(b *testing.B) {
	text := strings.Repeat("the United States said in Ankara that some of the people who live there have never heard of Name77 Word3 before ", 100)
	d := plain(text)
	for _, n := range []int{0, 100_000} {
		entities := make([]news.Entity, n)
		for i := range entities {
			entities[i] = news.Entity{IRI: fmt.Sprint("hs:", i), Name: fmt.Sprintf("Name%d Word%d", i, i%100), Type: news.Organization}
		}
		known := NewKnown(append(testEntities, entities...))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				known.matches(pieces(d))
			}
		})
	}
}
