package eval

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/syntax"
)

// levels of F1 to pass and to reach.
var nameLevels = map[string][2]float64{"UNER EWT dev": {72, 80}, "WNUT17 dev": {36, 42}, "AnnoCTR dev": {60, 70}}

// ScoreRecogniser scores the recogniser alone on the development sets.
func ScoreRecogniser(data string, m *syntax.Model, known *entity.Known, r *entity.Recogniser) (Table, error) {
	var table Table
	for _, s := range developmentSets() {
		all, err := s.read(data)
		if err != nil {
			return nil, err
		}
		found := r.Names(s.samples(m, all, 0), known)
		var c Counts
		for i := range all {
			var spans []goldName
			for _, x := range found[i] {
				spans = append(spans, goldName{x.First, x.Last, x.Type})
			}
			c.Add(s.compare(&all[i], spans))
		}
		table = append(table, s.scores("names", c)...)
	}
	return table, nil
}

func (s *nameSet) scores(task string, c Counts) Table {
	l, n := nameLevels[s.name], c.TP+c.FN
	return Table{
		{Task: task, Set: s.name, Metric: "P", Value: c.Precision(), Count: n},
		{Task: task, Set: s.name, Metric: "R", Value: c.Recall(), Count: n},
		{Task: task, Set: s.name, Metric: "F1", Value: c.F1(), Count: n, Pass: l[0], Reach: l[1]},
	}
}

// goldName is a name in a sentence: its first and last word and its type.
type goldName struct {
	first, last int
	typ         news.EntityType
}

// names reads the names off the labels of a sentence.
func (s *nameSet) names(x *namedSentence) []goldName {
	var out []goldName
	for i := 0; i < len(x.labels); i++ {
		if x.labels[i] == "O" {
			continue
		}
		last := i
		for last+1 < len(x.labels) && x.labels[last+1] == "I-"+x.labels[i][2:] {
			last++
		}
		out = append(out, goldName{i, last, s.types[x.labels[i][2:]][0]})
		i = last
	}
	return out
}

// compare counts names on exact spans and types. Types that the corpus doesn't
// have are left out.
func (s *nameSet) compare(x *namedSentence, found []goldName) Counts {
	gold := map[goldName]bool{}
	for _, g := range s.names(x) {
		gold[g] = true
	}
	c := Counts{FN: len(gold)}
	for _, f := range found {
		switch {
		case gold[f]:
			c.TP++
			c.FN--
		case s.marks(f.typ):
			c.FP++
		}
	}
	return c
}

// Entities scores the names that the whole stage finds, on gold tokens: the
// recogniser with grammars, known entities and corrections.
func Entities(_ context.Context, o Options) (Table, error) {
	var table Table
	for _, s := range developmentSets() {
		all, err := s.read(o.Data)
		if err != nil {
			return nil, err
		}
		var c Counts
		for first := 0; first < len(all); {
			end := first + 1
			for end < len(all) && all[end].doc == all[first].doc {
				end++
			}
			c.Add(s.resolve(o, all[first:end]))
			first = end
		}
		table = append(table, s.scores("entities", c)...)
	}
	return table, nil
}

// resolve runs a document of the corpus through the stage and compares its names.
func (s *nameSet) resolve(o Options, sentences []namedSentence) Counts {
	d := &news.Document{ID: s.name, IRI: "hs:doc/names"}
	for i := range sentences {
		addSentence(d, sentences[i].words)
	}
	o.Pipeline.Syntax.Parse(d)
	entity.Resolve(d, o.Pipeline.Known)
	found, rules := make([][]goldName, len(sentences)), map[[3]int]string{}
	outer := news.Span{}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		nationality := strings.HasPrefix(m.Rule, "demonym:") && s.nationalities
		if m.Kind != news.Name && !nationality || outer.Contains(m.Span) {
			continue
		}
		outer = m.Span
		k := d.SentenceAt(m.Start)
		first := d.Sentences[k].First
		g := goldName{d.TokenAt(m.Start) - first, d.TokenAt(m.End-1) - first, m.Type}
		found[k] = append(found[k], g)
		rules[[3]int{k, g.first, g.last}] = m.Rule
	}
	var c Counts
	for i := range sentences {
		c.Add(s.compare(&sentences[i], found[i]))
		if o.Errors != nil {
			s.list(o.Errors, &sentences[i], found[i], func(g goldName) string { return rules[[3]int{i, g.first, g.last}] })
		}
	}
	return c
}

// list writes what a sentence's names were taken for and should have been.
func (s *nameSet) list(w io.Writer, x *namedSentence, found []goldName, rule func(goldName) string) {
	gold := s.names(x)
	line := func(what string, g goldName, why string) {
		fmt.Fprintf(w, "%s: %s %s %q %s\n", s.name, what, g.typ, strings.Join(x.words[g.first:g.last+1], " "), why)
	}
	for _, g := range gold {
		if !slices.Contains(found, g) {
			line("missed", g, "")
		}
	}
	for _, f := range found {
		if !slices.Contains(gold, f) && s.marks(f.typ) {
			line("superfluous", f, rule(f))
		}
	}
}

// marks reports whether the corpus marks names of the type.
func (s *nameSet) marks(t news.EntityType) bool {
	for _, ts := range s.types {
		if len(ts) > 0 && ts[0] == t {
			return true
		}
	}
	return false
}
