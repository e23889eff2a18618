package eval

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/syntax/conllu"
)

// Coref scores coreference: OntoGUM with system mentions on gold tokens, and the
// ambiguous pronouns of GAP from raw text.
func Coref(_ context.Context, o Options) (Table, error) {
	table, err := ontoGUM(o, "dev")
	if err != nil {
		return nil, err
	}
	gap, err := GAP(o, "gap-validation.tsv")
	if err != nil {
		return nil, err
	}
	return append(table, gap...), nil
}

func ontoGUM(o Options, part string) (Table, error) {
	files, err := filepath.Glob(filepath.Join(o.Data, "coref", "ontogum-open-"+part, "*.conll"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("coref: no files in %s", filepath.Join(o.Data, "coref", "ontogum-open-"+part))
	}
	sort.Strings(files)
	var c corefCounts
	n := 0
	for _, f := range files {
		gold, err := readClusters(f)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(filepath.Base(f), ".conll")
		trees, err := conllu.ReadFile(filepath.Join(o.Data, "parse", "gum-open-"+part, name+".conllu"))
		if err != nil {
			return nil, err
		}
		g := newGold(trees)
		d := g.document()
		o.Pipeline.Syntax.Parse(d)
		entity.Resolve(d, o.Pipeline.Known)
		for _, k := range gold {
			n += len(k)
		}
		c.add(gold, systemClusters(d))
	}
	set := "OntoGUM " + part
	return Table{
		{Task: "coref", Set: set, Metric: "MUC F1", Value: c.muc(), Count: n},
		{Task: "coref", Set: set, Metric: "B3 F1", Value: c.b3(), Count: n},
		{Task: "coref", Set: set, Metric: "CEAFe F1", Value: c.ceaf(), Count: n},
		{Task: "coref", Set: set, Metric: "P", Value: (c.mucP.percent() + c.bP.percent() + c.ceafP.percent()) / 3, Count: n},
		{Task: "coref", Set: set, Metric: "R", Value: (c.mucR.percent() + c.bR.percent() + c.ceafR.percent()) / 3, Count: n},
		{Task: "coref", Set: set, Metric: "CoNLL F1", Value: (c.muc() + c.b3() + c.ceaf()) / 3, Count: n, Pass: 38, Reach: 50},
	}, nil
}

// document is a copy of the gold text with its tokens and sentences alone.
func (g *gold) document() *news.Document {
	d := &news.Document{ID: "gold", IRI: "hs:doc/gold", Text: g.doc.Text}
	d.Tokens = append(d.Tokens, g.doc.Tokens...)
	d.Sentences = append(d.Sentences, g.doc.Sentences...)
	for i := range d.Sentences {
		d.Sentences[i].NewPar = g.sentences[i].NewPar
	}
	return d
}

// readClusters reads the clusters of two and more mentions of a CoNLL file whose
// last column has "(1", "1)" and "(1)".
func readClusters(path string) ([][]span, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	open, clusters := map[string][]int{}, map[string][]span{}
	token := 0
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		c := strings.Split(sc.Text(), "\t")
		if len(c) < 3 || strings.HasPrefix(c[0], "#") {
			continue
		}
		for s := c[len(c)-1]; s != "" && s != "_"; {
			switch {
			case s[0] == '(':
				n := 1 + leadingDigits(s[1:])
				open[s[1:n]] = append(open[s[1:n]], token)
				if n < len(s) && s[n] == ')' {
					s = s[1:n] + s[n:]
				} else {
					s = s[n:]
				}
			case leadingDigits(s) > 0:
				n := leadingDigits(s)
				id := s[:n]
				if k := len(open[id]); k > 0 {
					clusters[id] = append(clusters[id], span{open[id][k-1], token})
					open[id] = open[id][:k-1]
				}
				s = s[min(n+1, len(s)):]
			default:
				s = s[1:]
			}
		}
		token++
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return several(clusters), nil
}

func leadingDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func several(clusters map[string][]span) [][]span {
	ids := make([]string, 0, len(clusters))
	for id := range clusters {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	var out [][]span
	for _, id := range ids {
		if len(clusters[id]) > 1 {
			out = append(out, clusters[id])
		}
	}
	return out
}

// systemClusters are the entities with two and more mentions. A mention's span is
// that of the whole phrase, as OntoGUM has it: with titles, relative clauses and
// appositions. Adjectives of nationality are left out.
func systemClusters(d *news.Document) [][]span {
	clusters := make([]map[span]bool, len(d.Entities))
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Entity < 0 || strings.HasPrefix(m.Rule, "demonym") {
			continue
		}
		if clusters[m.Entity] == nil {
			clusters[m.Entity] = map[span]bool{}
		}
		clusters[m.Entity][wholePhrase(d, m)] = true
	}
	var out [][]span
	for _, c := range clusters {
		if len(c) < 2 {
			continue
		}
		var list []span
		for s := range c {
			list = append(list, s)
		}
		sort.Slice(list, func(i, j int) bool {
			return list[i][0] < list[j][0] || list[i][0] == list[j][0] && list[i][1] < list[j][1]
		})
		out = append(out, list)
	}
	return out
}

// wholePhrase is the subtree of the mention's head without what leads into it.
func wholePhrase(d *news.Document, m *news.Mention) span {
	first, last := d.TokenAt(m.Start), d.TokenAt(m.End-1)
	if m.Kind == news.Pronoun {
		return span{first, last}
	}
	a, b := m.Head, m.Head
	for k := range d.Children(m.Head) {
		rel := d.Tokens[k].Deprel
		switch {
		case news.IsRel(rel, "case"), news.IsRel(rel, "cc"), news.IsRel(rel, "mark"), news.IsRel(rel, "punct"), news.IsRel(rel, "cop"),
			news.IsRel(rel, "nsubj"), news.IsRel(rel, "conj"), news.IsRel(rel, "parataxis"), news.IsRel(rel, "advcl"), news.IsRel(rel, "aux"),
			news.IsRel(rel, "dep"), news.IsRel(rel, "discourse"), news.IsRel(rel, "obl"), news.IsRel(rel, "ccomp"), rel == "cc:preconj",
			news.IsRel(rel, "orphan"), news.IsRel(rel, "list"):
			if rel == "case" && k == m.Head+1 && d.Form(k) != "'s" && d.Form(k) != "’s" && d.Form(k) != "'" {
				continue
			}
			if rel == "case" && k > m.Head { // the possessive belongs to the phrase
				b = max(b, k)
			}
			continue
		}
		x, y := d.Subtree(k)
		a, b = min(a, x), max(b, y)
	}
	return span{min(a, first), max(b, last)}
}

// GAP scores the decision whether a pronoun means name A and name B, by F1 over
// both (Webster et al. 2018).
func GAP(o Options, file string) (Table, error) {
	rows, err := gapRows(filepath.Join(o.Data, "coref", file))
	if err != nil {
		return nil, err
	}
	var c Counts
	for i := range rows {
		g := &rows[i]
		d := &news.Document{ID: g.id, IRI: "hs:doc/gap", Text: g.text}
		o.Pipeline.Syntax.Annotate(d)
		entity.Resolve(d, o.Pipeline.Known)
		p := entityAt(d, g.spans[0])
		for k := 1; k <= 2; k++ {
			system := p >= 0 && p == entityAt(d, g.spans[k])
			switch {
			case g.right[k] && system:
				c.TP++
			case g.right[k]:
				c.FN++
			case system:
				c.FP++
			}
		}
	}
	set, n := "GAP "+strings.TrimSuffix(strings.TrimPrefix(file, "gap-"), ".tsv"), c.TP+c.FN
	return Table{
		{Task: "coref", Set: set, Metric: "P", Value: c.Precision(), Count: n},
		{Task: "coref", Set: set, Metric: "R", Value: c.Recall(), Count: n},
		{Task: "coref", Set: set, Metric: "F1", Value: c.F1(), Count: n, Pass: 60, Reach: 70},
	}, nil
}
