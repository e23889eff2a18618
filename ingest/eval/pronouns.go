package eval

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/syntax/conllu"
)

// PronounExamples collects examples for resolving pronouns from OntoGUM's training
// part and GAP's development part.
func PronounExamples(o Options) ([]entity.PronounExample, error) {
	files, err := filepath.Glob(filepath.Join(o.Data, "coref", "ontogum-open-train", "*.conll"))
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	var out []entity.PronounExample
	for _, f := range files {
		gold, err := readClusters(f)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(filepath.Base(f), ".conll")
		trees, err := conllu.ReadFile(filepath.Join(o.Data, "parse", "gum-open-train", name+".conllu"))
		if err != nil {
			return nil, err
		}
		d := newGold(trees).document()
		o.Pipeline.Syntax.Parse(d)
		in := clusterOf(gold)
		out = append(out, entity.PronounExamples(d, o.Pipeline.Known, func(p, c news.Mention) entity.Verdict {
			a, ok := in[wholePhrase(d, &p)]
			if b, also := in[wholePhrase(d, &c)]; ok && also && a == b {
				return entity.Right
			}
			return entity.Wrong
		})...)
	}
	gap, err := gapRows(filepath.Join(o.Data, "coref", "gap-development.tsv"))
	if err != nil {
		return nil, err
	}
	for i := range gap {
		out = append(out, gap[i].examples(o)...)
	}
	return out, nil
}

// gapRow is a line of GAP: a text, a pronoun and two names.
type gapRow struct {
	id, text string
	spans    [3]news.Span // of the pronoun, A and B
	right    [3]bool      // of A and B
}

func gapRows(path string) ([]gapRow, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var out []gapRow
	for n, row := range rows[1:] {
		if len(row) < 10 {
			return nil, fmt.Errorf("read %s: line %d has %d columns, want 11", path, n+2, len(row))
		}
		g := gapRow{id: row[0], text: row[1]}
		for k, c := range [3]int{2, 4, 7} {
			at, err := strconv.Atoi(row[c+1])
			if err != nil {
				return nil, fmt.Errorf("read %s: line %d: %w", path, n+2, err)
			}
			g.spans[k] = byteSpan(row[1], at, row[c])
			g.right[k] = k > 0 && strings.EqualFold(row[c+2], "true")
		}
		out = append(out, g)
	}
	return out, nil
}

// byteSpan is the span of a part of the text that begins at a code point.
func byteSpan(text string, codePoints int, part string) news.Span {
	at := 0
	for range codePoints {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return news.Span{Start: at, End: min(len(text), at+len(part))}
}

// examples judges the candidates that are mentions of A's and B's entities.
func (g *gapRow) examples(o Options) []entity.PronounExample {
	if g.right[1] == g.right[2] {
		return nil
	}
	resolved := &news.Document{ID: g.id, IRI: "hs:doc/gap", Text: g.text}
	o.Pipeline.Syntax.Annotate(resolved)
	entity.Resolve(resolved, o.Pipeline.Known)
	a, b := entityAt(resolved, g.spans[1]), entityAt(resolved, g.spans[2])
	of := map[news.Span]int{}
	for _, m := range resolved.Mentions {
		if m.Kind == news.Name {
			of[m.Span] = m.Entity
		}
	}
	d := &news.Document{ID: g.id, IRI: "hs:doc/gap", Text: g.text}
	o.Pipeline.Syntax.Annotate(d)
	return entity.PronounExamples(d, o.Pipeline.Known, func(p, c news.Mention) entity.Verdict {
		e, ok := of[c.Span]
		if p.Span != g.spans[0] || !ok || e < 0 || a == b {
			return entity.Unsure
		}
		if e == a && g.right[1] || e == b && g.right[2] {
			return entity.Right
		}
		return entity.Wrong
	})
}

// entityAt is the entity of a mention that overlaps the span, the shortest where
// several do; -1 for none.
func entityAt(d *news.Document, s news.Span) int {
	best, length := -1, 1<<30
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Entity >= 0 && m.Overlaps(s) && m.Len() < length && m.Len() <= 2*s.Len()+4 {
			best, length = m.Entity, m.Len()
		}
	}
	return best
}
