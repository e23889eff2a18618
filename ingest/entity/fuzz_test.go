package entity

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"hearsay/ingest/news"
)

// layers builds a document with arbitrary trees: every byte of shape says how a
// token is tagged and headed.
func layers(text string, shape []byte) *news.Document {
	d := plain(strings.ToValidUTF8(text, " "))
	tags := []string{"NOUN", "PROPN", "PRON", "ADJ", "NUM", "VERB", "DET", "PUNCT", "X", ""}
	rels := []string{"nsubj", "obj", "nmod", "nmod:poss", "compound", "flat", "appos", "conj", "case", "det", "root", "amod", "obl"}
	for i := range d.Tokens {
		if len(shape) == 0 {
			break
		}
		b := int(shape[i%len(shape)])
		t := &d.Tokens[i]
		t.UPOS, t.Deprel = tags[b%len(tags)], rels[(b/3)%len(rels)]
		if h := i + b%7 - 3; h >= 0 && h < len(d.Tokens) {
			t.Head = h - i
		}
		if b%11 == 0 {
			t.Feats = "Number=Plur"
		}
	}
	return d
}

func FuzzResolve(f *testing.F) {
	known := NewKnown(testEntities)
	f.Add("Both Symantec and Kaspersky said it was too early to tell , he said on Monday", []byte("abcdefgh"))
	f.Add("the North US WHO (JIT) Joint Investigation Team $ 5 million two days later 2017-05-12 hxxp://a[.]b CVE-2017-0144", []byte{1, 9, 17})
	f.Add("Мария \u202eABC\u202c Кaspersky É\u0301 \U0001F600 A", []byte{0})
	f.Add(strings.Repeat("Aa ", 300), []byte{1})
	f.Fuzz(func(t *testing.T, text string, shape []byte) {
		if len(text) > 4000 {
			return
		}
		d := layers(text, shape)
		resolve(d, known, nil)
		for i := range d.Mentions {
			m := &d.Mentions[i]
			if m.Start < 0 || m.End > len(d.Text) || m.Empty() || m.Head < 0 || m.Head >= len(d.Tokens) {
				t.Fatalf("mention %+v out of range", m)
			}
			if !utf8.ValidString(d.Slice(m.Span)) {
				t.Fatalf("mention %+v cuts a code point", m)
			}
			if m.Entity < -1 || m.Entity >= len(d.Entities) {
				t.Fatalf("mention %+v has no such entity", m)
			}
			if i > 0 && m.Start < d.Mentions[i-1].Start {
				t.Fatalf("mentions %d and %d out of order", i-1, i)
			}
		}
		iris := map[string]bool{}
		for i := range d.Entities {
			if iris[d.Entities[i].IRI] {
				t.Fatalf("two entities are %s", d.Entities[i].IRI)
			}
			iris[d.Entities[i].IRI] = true
			if e := &d.Entities[i]; e.IRI == "" || e.Name == "" || e.Type == "" {
				t.Fatalf("incomplete entity %+v", e)
			}
		}
		again := layers(text, shape)
		resolve(again, known, nil)
		if !reflect.DeepEqual(d.Mentions, again.Mentions) || !reflect.DeepEqual(d.Entities, again.Entities) {
			t.Fatal("two runs differ")
		}
	})
}
