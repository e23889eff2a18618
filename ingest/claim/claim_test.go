package claim

import (
	"flag"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hearsay/ingest/news"
)

var update = flag.Bool("update", false, "write what Extract gives into testdata/claims.txt")

// document builds a document from rows of tokens FORM/LEMMA/UPOS/XPOS/HEAD/DEPREL,
// a sentence a row, heads counted from 1 in the sentence; "~" glues a token to
// the one before it.
func document(t testing.TB, rows []string) *news.Document {
	d := &news.Document{IRI: "hs:doc/test"}
	var text strings.Builder
	for _, row := range rows {
		s := news.Sentence{First: len(d.Tokens)}
		for _, f := range strings.Fields(row) {
			glued := strings.HasPrefix(f, "~")
			c := strings.Split(strings.TrimPrefix(f, "~"), "/")
			if len(c) != 6 {
				t.Fatalf("token %q: want FORM/LEMMA/UPOS/XPOS/HEAD/DEPREL", f)
			}
			head, err := strconv.Atoi(c[4])
			if err != nil {
				t.Fatalf("token %q: %v", f, err)
			}
			if text.Len() > 0 && !glued {
				text.WriteByte(' ')
			}
			tok := news.Token{Lemma: c[1], UPOS: c[2], XPOS: c[3], Deprel: c[5]}
			if head > 0 {
				tok.Head = head - 1 - (len(d.Tokens) - s.First)
			}
			tok.Start = text.Len()
			text.WriteString(c[0])
			tok.End = text.Len()
			d.Tokens = append(d.Tokens, tok)
		}
		s.End = len(d.Tokens)
		s.Span = d.SpanOf(s.First, s.End-1)
		d.Sentences = append(d.Sentences, s)
	}
	d.Text = text.String()
	straightQuotes(d)
	return d
}

// straightQuotes pairs the straight marks of a test's text.
func straightQuotes(d *news.Document) {
	open := -1
	for i := 0; i < len(d.Text); i++ {
		if d.Text[i] != '"' {
			continue
		}
		if open < 0 {
			open = i
			continue
		}
		d.Quotes = append(d.Quotes, news.Quote{Span: news.Span{Start: open, End: i + 1},
			Inner: news.Span{Start: open + 1, End: i}, Closed: true})
		open = -1
	}
}

// show is a claim in one line.
func show(d *news.Document, c *news.Claim) string {
	var content []string
	for _, s := range c.Content {
		content = append(content, d.Slice(s))
	}
	source := d.Slice(c.Source.Span)
	if source == "" {
		source = "-"
	}
	about := ""
	if c.About >= 0 {
		about = " | about " + d.Slice(d.Claims[c.About].Source.Span) + ": " + d.Slice(d.Claims[c.About].Cue)
	}
	topics := ""
	if len(c.Topics) > 0 {
		topics = " | " + strings.Join(c.Topics, " ")
	}
	return fmt.Sprintf("%s (%s) | %s | %s %s %s %s | %s%s%s", source, c.Source.Kind, d.Slice(c.Cue), c.Stance, c.Certainty,
		c.Polarity, c.Quotation, strings.Join(content, " ... "), about, topics)
}

// TestExtract holds every family of rules to testdata/claims.txt: a name, the
// tree, and the claims after "=".
func TestExtract(t *testing.T) {
	const path = "testdata/claims.txt"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for i, block := range strings.Split(strings.TrimSpace(string(raw)), "\n\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		var name string
		var rows, want, got []string
		for _, line := range strings.Split(block, "\n") {
			switch {
			case strings.HasPrefix(line, "# "):
				name = line[2:]
			case strings.HasPrefix(line, "= "):
				want = append(want, line[2:])
			default:
				rows = append(rows, line)
			}
		}
		d := document(t, rows)
		Extract(d)
		for k := range d.Claims {
			got = append(got, show(d, &d.Claims[k]))
		}
		fmt.Fprintf(&out, "# %s\n%s\n", name, strings.Join(rows, "\n"))
		for _, g := range got {
			fmt.Fprintf(&out, "= %s\n", g)
		}
		t.Run(name, func(t *testing.T) {
			if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w && !*update {
				t.Errorf("%s\ngot  %s\nwant %s", d.Text, g, w)
			}
		})
	}
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestBoilerplateGivesNoClaim(t *testing.T) {
	row := "Police/police/NOUN/NNS/2/nsubj said/say/VERB/VBD/0/root he/he/PRON/PRP/4/nsubj fled/flee/VERB/VBD/2/ccomp ~././PUNCT/./2/punct"
	d := document(t, []string{row, row})
	d.Sentences[1].Kind = news.Boilerplate
	Extract(d)
	if len(d.Claims) != 1 || d.Claims[0].Sentence != 0 {
		t.Errorf("%d claims: %+v", len(d.Claims), d.Claims)
	}
}

func TestNamedSourceIsResolved(t *testing.T) {
	d := document(t, []string{"He/he/PRON/PRP/2/nsubj said/say/VERB/VBD/0/root it/it/PRON/PRP/4/nsubj rained/rain/VERB/VBD/2/ccomp"})
	Extract(d)
	if s := d.Claims[0].Source; s.Kind != news.Unresolved || s.Name != "" || s.Entity != -1 {
		t.Errorf("a pronoun that nothing explains: %+v", s)
	}
	d.Entities = []news.Entity{{IRI: "hs:TildaOake", Name: "Tilda Oake", Type: news.Person, Named: true}}
	d.Mentions = []news.Mention{{Span: d.Tokens[0].Span, Head: 0, Kind: news.Pronoun, Type: news.Person, Entity: 0}}
	Extract(d)
	if s := d.Claims[0].Source; s.Kind != news.Named || s.Name != "Tilda Oake" || s.Entity != 0 {
		t.Errorf("a resolved pronoun: %+v", s)
	}
}

// randomDocument is a document with arbitrary words and arbitrary trees.
func randomDocument(r *rand.Rand) *news.Document {
	words := []string{"said", "that", "\"", ",", ".", "he", "Iran", "citing", "according", "to", "declined", "comment",
		"not", "will", "reached", "by", "as", "told", "the", "and", "which", "been", ";", "believe", "claims", "confident", "ü", "'s", "(", "]"}
	upos := []string{"VERB", "NOUN", "PROPN", "PRON", "PUNCT", "AUX", "ADP", "ADJ", "SCONJ", "CCONJ", "ADV", "PART", "DET", "NUM", "X", "SYM"}
	xpos := []string{"VBD", "VBG", "VBN", "VBZ", "VB", "NN", "NNP", "PRP", "MD"}
	rels := []string{"nsubj", "ccomp", "obj", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "conj", "cc", "mark", "case", "obl",
		"nsubj:pass", "obl:agent", "aux:pass", "aux", "appos", "flat", "nmod", "nmod:poss", "punct", "det", "dep", "compound:prt", "advmod", "cop", "fixed"}
	d := &news.Document{}
	for s := 0; s < 1+r.Intn(4); s++ {
		first, n := len(d.Tokens), 1+r.Intn(14)
		order := r.Perm(n) // a token's head stands before it in this order
		place := make([]int, n)
		for p, i := range order {
			place[i] = p
		}
		for i := 0; i < n; i++ {
			if len(d.Text) > 0 && r.Intn(6) > 0 {
				d.Text += " "
			}
			w := words[r.Intn(len(words))]
			t := news.Token{Span: news.Span{Start: len(d.Text), End: len(d.Text) + len(w)}, Lemma: strings.TrimSuffix(w, "d"),
				UPOS: upos[r.Intn(len(upos))], XPOS: xpos[r.Intn(len(xpos))], Deprel: rels[r.Intn(len(rels))]}
			if w == "said" {
				t.Lemma, t.UPOS = "say", "VERB"
			}
			d.Text += w
			if p := place[i]; p > 0 {
				t.Head = order[r.Intn(p)] - i
			} else {
				t.Deprel = "root"
			}
			d.Tokens = append(d.Tokens, t)
		}
		d.Sentences = append(d.Sentences, news.Sentence{Span: d.SpanOf(first, len(d.Tokens)-1), First: first, End: len(d.Tokens),
			Kind: news.RegionKind(r.Intn(4)), NewPar: r.Intn(2) == 0})
	}
	straightQuotes(d)
	for i := range d.Tokens {
		if r.Intn(5) == 0 {
			d.Propositions = append(d.Propositions, news.Proposition{Head: i, Sentence: d.SentenceAt(d.Tokens[i].Start)})
		}
		if r.Intn(5) == 0 {
			d.Mentions = append(d.Mentions, news.Mention{Span: d.Tokens[i].Span, Head: i, Entity: r.Intn(3) - 1,
				Kind: news.MentionKind(r.Intn(3)), Type: news.Person})
		}
	}
	d.Entities = []news.Entity{{IRI: "hs:A", Name: "A", Type: news.Person, Named: true}, {IRI: "hs:B", Type: news.Event}}
	return d
}

// FuzzExtract wants no panic and what broken lists, whatever the trees look like.
func FuzzExtract(f *testing.F) {
	for seed := int64(0); seed < 1000; seed++ {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed int64) {
		d := randomDocument(rand.New(rand.NewSource(seed)))
		Extract(d)
		for _, b := range broken(d) {
			t.Errorf("%q: %s", d.Text, b)
		}
		d.IdentifyClaims()
		news.AppendClaims(nil, d)
	})
}

func BenchmarkExtract(b *testing.B) {
	raw, err := os.ReadFile("testdata/claims.txt")
	if err != nil {
		b.Fatal(err)
	}
	var rows []string
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' && line[0] != '=' {
			rows = append(rows, line)
		}
	}
	d := document(b, rows)
	words := len(d.Tokens)
	b.ReportAllocs()
	for b.Loop() {
		Extract(d)
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// What a blame imputes hangs on its cue, and is what the claim states.
func TestBlameStatesWhatItImputes(t *testing.T) {
	d := &news.Document{IRI: "hs:doc/x", Text: "Ostrava blamed Veldania for WannaCry."}
	word := func(start, end, head int, lemma, upos, rel string) {
		d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: start, End: end}, Lemma: lemma, UPOS: upos, Head: head, Deprel: rel})
	}
	word(0, 7, 1, "Ostrava", "PROPN", "nsubj")
	word(8, 14, 0, "blame", "VERB", "root")
	word(15, 23, -1, "Veldania", "PROPN", "obj")
	word(24, 27, 1, "for", "ADP", "case")
	word(28, 36, -3, "WannaCry", "PROPN", "obl")
	word(36, 37, -4, ".", "PUNCT", "punct")
	d.Sentences = []news.Sentence{{Span: news.Span{End: 37}, End: 6}}
	d.IndexTrees()
	for _, predicate := range []string{"hs:accuses", "hs:attributed-to"} {
		d.Propositions = append(d.Propositions, news.Proposition{Head: 1, Relation: news.Relation{Predicate: predicate}})
	}
	Extract(d)
	for _, c := range d.Claims {
		if c.Stance == news.Blames {
			if !slices.Equal(c.Propositions, []int{1}) {
				t.Errorf("blame states %v, want what is attributed to Veldania", c.Propositions)
			}
			return
		}
	}
	t.Error("no blame in", d.Text)
}
