package ingest

import (
	"testing"

	"hearsay/ingest/syntax"
)

func TestLine(t *testing.T) {
	m, err := syntax.Default()
	if err != nil {
		t.Fatal(err)
	}
	p := Pipeline{Syntax: m}
	tests := []struct{ name, text, want string }{
		{"escapes of a treebank", "He called it `` a bug '' -LRB- twice -RRB- . It was not .", "He|called|it|``|a|bug|''|-LRB-|twice|-RRB-|.|It|was|not|.|"},
		{"words cut already stay as they are", "Acme Inc. of St. Ives , with 2.5m e-mails , sued .", "Acme|Inc.|of|St.|Ives|,|with|2.5m|e-mails|,|sued|.|"},
		{"running text", "He wasn't there. He left, they say.", "He|was|n't|there|.|He|left|,|they|say|.|"},
		{"blank", " ", ""},
	}
	for _, test := range tests {
		d := p.Line(test.text)
		if d.Text != test.text || len(d.Sentences) > 1 {
			t.Errorf("%s: text %q, %d sentences", test.name, d.Text, len(d.Sentences))
		}
		got := ""
		for i := range d.Tokens {
			got += d.Form(i) + "|"
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
