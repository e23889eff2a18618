package eval

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"hearsay/ingest/news"
	"hearsay/ingest/syntax"
	"hearsay/ingest/syntax/conllu"
)

// levels are the development figures of the syntax stages to pass and to reach.
var levels = map[string][2]float64{
	"EWT, gold UPOS":    {96.0, 97},
	"EWT, gold UAS":     {87.5, 91},
	"EWT, gold LAS":     {84.5, 88.5},
	"EWT, raw UPOS":     {94.5, 95.8},
	"EWT, raw UAS":      {84, 88},
	"EWT, raw LAS":      {81, 85.5},
	"EWT, raw sentence": {82, 89},
	"GUM, raw UPOS":     {95.5, 97},
	"GUM, raw UAS":      {85, 89},
	"GUM, raw LAS":      {81.5, 86.5},
	"GUM news, raw LAS": {83, 88},
}

// relations are those whose errors become false claims.
var relations = []string{"nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "ccomp", "xcomp", "advcl", "acl:relcl",
	"parataxis", "appos", "conj", "nmod", "compound", "root"}

// Syntax scores the development parts under DIR/parse, from raw text as the
// CoNLL 2018 shared task does it and on gold tokens, by corpus and by genre of
// GUM, and the F1 of relations by themselves.
func Syntax(_ context.Context, o Options) (Table, error) {
	var board Table
	groups, names, err := devSets(filepath.Join(o.Data, "parse"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		gold := newGold(groups[name])
		board = append(board, scoreGold(o.Pipeline.Syntax, name, gold)...)
		board = append(board, scoreRaw(o.Pipeline.Syntax, name, gold)...)
	}
	for i := range board {
		s := &board[i]
		s.Task = "syntax"
		l := levels[s.Set+" "+s.Metric]
		s.Pass, s.Reach = l[0], l[1]
	}
	return board, nil
}

// devSets reads the development sentences: each corpus, and each genre of GUM.
func devSets(dir string) (groups map[string][]*conllu.Sentence, names []string, err error) {
	groups = map[string][]*conllu.Sentence{}
	for _, set := range []struct{ name, pattern string }{{"EWT", "*-ud-dev.conllu"}, {"GUM", "gum-open-dev/*.conllu"}} {
		paths, _ := filepath.Glob(filepath.Join(dir, set.pattern))
		if len(paths) == 0 {
			return nil, nil, fmt.Errorf("no treebank %s", filepath.Join(dir, set.pattern))
		}
		for _, p := range paths {
			s, err := conllu.ReadFile(p)
			if err != nil {
				return nil, nil, fmt.Errorf("read treebank: %w", err)
			}
			groups[set.name] = append(groups[set.name], s...)
			if parts := strings.Split(filepath.Base(p), "_"); set.name == "GUM" && len(parts) == 3 {
				genre := "GUM " + parts[1]
				groups[genre] = append(groups[genre], s...)
			}
		}
	}
	for name := range groups {
		names = append(names, name)
	}
	slices.Sort(names)
	return groups, names, nil
}

// gold is a treebank as running text.
type gold struct {
	sentences []*conllu.Sentence
	doc       news.Document      // its text, gold tokens and sentences
	words     []*conllu.Word     // by token
	at        map[news.Span]int  // token by its span
	borders   map[news.Span]bool // spans of sentences
	first     []int              // first token of the sentence, by token
}

// newGold joins sentences to paragraphs, with an empty line between these.
func newGold(all []*conllu.Sentence) *gold {
	g := &gold{sentences: all, at: map[news.Span]int{}, borders: map[news.Span]bool{}}
	var text strings.Builder
	doc := ""
	for i, s := range all {
		if i > 0 && (s.NewPar || s.Doc != doc) {
			text.WriteString("\n\n")
		}
		doc = s.Doc
		first := len(g.words)
		for k, span := range syntax.SentenceText(&text, s) {
			g.at[span] = len(g.words)
			g.words = append(g.words, &s.Words[k])
			g.first = append(g.first, first)
			g.doc.Tokens = append(g.doc.Tokens, news.Token{Span: span})
		}
		last := len(g.words)
		span := g.doc.Tokens[first].Span.Cover(g.doc.Tokens[last-1].Span)
		g.borders[span] = true
		g.doc.Sentences = append(g.doc.Sentences, news.Sentence{Span: span, First: first, End: last})
	}
	g.doc.Text = text.String()
	return g
}

// tally counts what agrees between gold words and system tokens.
type tally struct {
	system, gold                              int
	words, upos, xpos, feats, lemma, uas, las int
}

// compare counts over aligned words. Heads agree where they are aligned, or both
// are the root.
func (g *gold) compare(d *news.Document) tally {
	t := tally{system: len(d.Tokens), gold: len(g.words)}
	for i := range d.Tokens {
		tok := &d.Tokens[i]
		k, ok := g.at[tok.Span]
		if !ok {
			continue
		}
		w := g.words[k]
		t.words++
		upos, xpos, feats, lemma := tok.UPOS == w.UPOS, tok.XPOS == w.XPOS, tok.Feats == w.Feats, tok.Lemma == w.Lemma
		count(&t.upos, upos)
		count(&t.xpos, xpos)
		count(&t.feats, feats)
		count(&t.lemma, lemma)
		if g.sameHead(d, i, k) {
			t.uas++
			count(&t.las, tok.Deprel == w.Deprel)
		}
	}
	return t
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

// sameHead reports whether system token i hangs where gold word k does.
func (g *gold) sameHead(d *news.Document, i, k int) bool {
	h := d.Head(i)
	if w := g.words[k]; h < 0 || w.Head == 0 {
		return h < 0 && w.Head == 0
	}
	at, ok := g.at[d.Tokens[h].Span]
	return ok && at == g.first[k]+g.words[k].Head-1
}

// table turns counts into F1 scores: accuracies where all words are aligned.
func (t tally) table(set string) Table {
	var out Table
	add := func(metric string, n int) {
		out = append(out, Score{Set: set, Metric: metric, Value: percent(2*n, t.system+t.gold), Count: t.gold})
	}
	if t.words != t.gold || t.system != t.gold {
		add("token", t.words)
	}
	add("UPOS", t.upos)
	add("XPOS", t.xpos)
	add("feats", t.feats)
	add("lemma", t.lemma)
	add("UAS", t.uas)
	add("LAS", t.las)
	return out
}

func scoreRaw(m *syntax.Model, name string, g *gold) Table {
	d := &news.Document{Text: g.doc.Text}
	m.Annotate(d)
	out := g.compare(d).table(name + ", raw")
	c := Counts{FN: len(g.borders)}
	for _, s := range d.Sentences {
		if g.borders[s.Span] {
			c.TP++
			c.FN--
		} else {
			c.FP++
		}
	}
	return append(out, Score{Set: name + ", raw", Metric: "sentence", Value: c.F1(), Count: len(g.borders)})
}

func scoreGold(m *syntax.Model, name string, g *gold) Table {
	m.Parse(&g.doc)
	out := g.compare(&g.doc).table(name + ", gold")
	if name != "EWT" && name != "GUM" && name != "GUM news" {
		return out
	}
	for _, rel := range relations {
		var c Counts
		for i := range g.doc.Tokens {
			has, want := g.doc.Tokens[i].Deprel == rel, g.words[i].Deprel == rel
			right := has && want && g.sameHead(&g.doc, i, i)
			count(&c.TP, right)
			count(&c.FP, has && !right)
			count(&c.FN, want && !right)
		}
		out = append(out, Score{Set: name + ", gold", Metric: rel + " F1", Value: c.F1(), Count: c.TP + c.FN})
	}
	return out
}
