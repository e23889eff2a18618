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
	const text = "He called it `` a bug '' -LRB- twice -RRB- . It was not ."
	d := p.Line(text)
	if d.Text != text || len(d.Sentences) != 1 {
		t.Fatalf("text %q, %d sentences", d.Text, len(d.Sentences))
	}
	got := ""
	for i := range d.Tokens {
		got += d.Form(i) + "|"
	}
	if want := "He|called|it|``|a|bug|''|-LRB-|twice|-RRB-|.|It|was|not|.|"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
