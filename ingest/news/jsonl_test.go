package news

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// sample is "Zoë said “über 300 PCs fell” on Monday." with one claim.
func sample() *Document {
	text := "Zoë said “über 300 PCs\nfell” on Monday."
	at := func(s string) Span {
		i := strings.Index(text, s)
		return Span{i, i + len(s)}
	}
	d := &Document{IRI: "hs:doc/a-01234567", Text: text,
		Sentences: []Sentence{{Span: Span{0, len(text)}}},
		Entities:  []Entity{{IRI: "hs:Zoë", Name: "Zoë"}},
	}
	d.Propositions = []Proposition{{ID: "hs:prop/1",
		Subject:  Argument{Span: at("über 300 PCs"), Entity: -1},
		Relation: Relation{Span: at("fell"), Text: "fell", Lemma: "fall", Predicate: "hs:rel/fall"},
		Object:   Argument{Entity: -1},
		Arguments: []Argument{{Span: at("Monday"), Entity: -1, Role: "time",
			Value: "2017-05-15"}},
		Quantity: &Quantity{Span: at("300"), Value: 300, Bound: MoreThan, Unit: "pc"},
		Polarity: Positive, Certainty: Certain,
	}}
	d.Claims = []Claim{
		{ID: "hs:claim/1", Source: Source{Span: at("Zoë"), Kind: Named, Name: "Zoë", Entity: 0},
			Cue: at("said"), Stance: Asserts, Certainty: Certain, Polarity: Positive, Quotation: Direct,
			Content: []Span{at("über 300"), at("fell")}, Propositions: []int{0}, About: 1},
		{ID: "hs:claim/2", Source: Source{Kind: Author, Entity: -1, Head: -1}, Stance: Asserts,
			Certainty: Certain, Polarity: Positive, Quotation: Indirect, About: -1},
	}
	return d
}

func TestAppendClaims(t *testing.T) {
	want := `{"id":"hs:claim/1","document":"hs:doc/a-01234567","sentence":{"start":0,"end":39},` +
		`"source":{"kind":"named","name":"Zoë","entity":"hs:Zoë","text":"Zoë","start":0,"end":3},` +
		`"cue":{"text":"said","start":4,"end":8},"stance":"asserts","certainty":"certain","polarity":"positive",` +
		`"quotation":"direct","content":{"text":"über 300 PCs\nfell","start":10,"end":27,"spans":[[10,18],[23,27]]},` +
		`"propositions":["hs:prop/1"],"about":"hs:claim/2"}` + "\n" +
		`{"id":"hs:claim/2","document":"hs:doc/a-01234567","sentence":{"start":0,"end":39},` +
		`"source":{"kind":"author"},"stance":"asserts","certainty":"certain","polarity":"positive",` +
		`"quotation":"indirect","propositions":[]}` + "\n"
	if got := string(AppendClaims(nil, sample())); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAppendPropositions(t *testing.T) {
	want := `{"id":"hs:prop/1","document":"hs:doc/a-01234567","claims":["hs:claim/1"],` +
		`"subject":{"text":"über 300 PCs","start":10,"end":22},` +
		`"relation":{"text":"fell","lemma":"fall","predicate":"hs:rel/fall","start":23,"end":27},` +
		`"arguments":[{"role":"time","text":"Monday","start":32,"end":38,"value":"2017-05-15"}],` +
		`"quantity":{"value":300,"bound":"more-than","unit":"pc"},"polarity":"positive","certainty":"certain"}` + "\n"
	if got := string(AppendPropositions(nil, sample())); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "a\"b\\c", "\x00\x1f\x7f", "ü\xff\u2028\ufffd", "\r\n\t"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got string
		if err := json.Unmarshal(appendString(nil, s), &got); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if utf8.ValidString(s) && got != s {
			t.Errorf("%q came back as %q", s, got)
		}
	})
}
