package proposition

import (
	"fmt"
	"strings"
	"testing"

	"hearsay/ingest/news"
)

var fuzzWords = strings.Fields("they who that Sony attack said was to by of and not if 300,000 more than \" ( ) , which is director may no there")
var fuzzTags = strings.Fields("VERB/VBD VERB/VBN VERB/VBG VERB/VB NOUN/NN NOUN/NNS PROPN/NNP PRON/PRP PRON/WP ADJ/JJ ADV/RB ADP/IN PART/TO AUX/VBD AUX/MD PUNCT/, NUM/CD CCONJ/CC SCONJ/IN DET/DT")
var fuzzRels = strings.Fields("nsubj nsubj:pass obj iobj obl obl:agent obl:unmarked nmod nmod:poss nmod:desc appos acl acl:relcl advcl ccomp xcomp conj cc case mark aux aux:pass cop det amod advmod nummod compound compound:prt flat fixed parataxis punct expl csubj nsubj:outer dep root")

// arbitrary builds a tree of arbitrary words, tags and relations: every token
// hangs on an earlier one or, with the order turned round, on a later one.
func arbitrary(data []byte) string {
	var b strings.Builder
	n := min(len(data)/4, 60)
	turned := len(data) > 0 && data[0]%2 == 1
	for i := 0; i < n; i++ {
		w, t, r, h := data[4*i], data[4*i+1], data[4*i+2], int(data[4*i+3])
		head, rel := 0, "root"
		if i > 0 && !turned {
			head, rel = 1+h%i, fuzzRels[int(r)%len(fuzzRels)]
		}
		if turned && i < n-1 {
			head, rel = i+2+h%(n-1-i), fuzzRels[int(r)%len(fuzzRels)]
		}
		word := fuzzWords[int(w)%len(fuzzWords)]
		tag := strings.Split(fuzzTags[int(t)%len(fuzzTags)], "/")
		fmt.Fprintf(&b, "%d %s %s %s %s _ %d %s\n", i+1, word, word, tag[0], tag[1], head, rel)
	}
	return b.String()
}

func FuzzExtract(f *testing.F) {
	f.Add([]byte("\x02the quick brown fox jumps over it"))
	f.Add([]byte("\x01 0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d := document(arbitrary(data))
		if len(d.Tokens) == 0 {
			return
		}
		Extract(d, nil)
		for i := range d.Propositions {
			check(t, d, &d.Propositions[i])
		}
		tokens := make([]int, len(d.Tokens))
		for i := range tokens {
			tokens[i] = i
		}
		for _, v := range Factuality(d, tokens) {
			if v < -3 || v > 3 {
				t.Errorf("factuality %g", v)
			}
		}
		for s := range d.Sentences {
			for _, u := range Tuples(d, s) {
				if u.Relation == "" || len(u.Args) < 2 || u.Confidence < 0 || u.Confidence > 1 || u.Head < 0 || u.Head >= len(d.Tokens) {
					t.Errorf("tuple %+v", u)
				}
			}
		}
	})
}

// check reports a proposition that points outside its document or says nothing.
func check(t *testing.T, d *news.Document, p *news.Proposition) {
	t.Helper()
	whole := news.Span{Start: 0, End: len(d.Text)}
	if p.Subject.Empty() || !whole.Contains(p.Subject.Span) || p.Head < 0 || p.Head >= len(d.Tokens) {
		t.Errorf("subject %v, head %d", p.Subject, p.Head)
	}
	if !p.Object.Empty() && !whole.Contains(p.Object.Span) {
		t.Errorf("object %v", p.Object)
	}
	for _, a := range p.Arguments {
		if a.Empty() || !whole.Contains(a.Span) || a.Role == "" {
			t.Errorf("argument %+v", a)
		}
	}
	if p.Relation.Text == "" || !validIRI(p.Relation.Predicate) || p.Polarity == "" || p.Certainty == "" {
		t.Errorf("relation %+v, %s, %s", p.Relation, p.Polarity, p.Certainty)
	}
	for k := 1; k < len(p.Relation.Tokens); k++ {
		if p.Relation.Tokens[k] <= p.Relation.Tokens[k-1] {
			t.Errorf("relation's tokens %v: want them in order", p.Relation.Tokens)
		}
	}
}

func BenchmarkExtract(b *testing.B) {
	var text strings.Builder
	for range 100 {
		for _, test := range extractTests {
			text.WriteString(tree(test.tree))
			text.WriteByte('\n')
		}
	}
	d := document(text.String())
	b.ReportAllocs()
	for b.Loop() {
		Extract(d, nil)
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkTuples(b *testing.B) {
	docs := make([]*news.Document, len(tupleTests))
	words := 0
	for i, test := range tupleTests {
		docs[i] = document(tree(test.tree))
		words += len(docs[i].Tokens)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			Tuples(d, 0)
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
