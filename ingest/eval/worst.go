package eval

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"hearsay/ingest/news"
	"hearsay/ingest/proposition"
)

// flaw is one error of a part: its line, and how bad it is.
type flaw struct {
	weight float64
	text   string
}

// writeWorst lists flaws, the worst first; equally bad ones in the order of their
// text, so that the list is the same from run to run.
func writeWorst(w io.Writer, flaws []flaw) {
	slices.SortFunc(flaws, func(a, b flaw) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.text, b.text))
	})
	for i := range flaws {
		fmt.Fprintln(w, flaws[i].text)
	}
}

// halfFound is the overlap below which a tuple counts as missed or superfluous in
// the list of errors; the scores know no such bound.
const halfFound = 0.5

// writeOpenIEErrors lists the gold tuples of which less than half was found, with
// what comes nearest, and then the tuples of at least the given confidence that
// less than half belongs to a gold one, the most confident first.
func writeOpenIEErrors(w io.Writer, gold, predicted Extractions, confidence float64) {
	var missed, superfluous []flaw
	for sentence, want := range gold {
		got := predicted[sentence]
		table := matches(want, got)
		for i := range want {
			best, at := 0.0, -1
			for j := range got {
				if got[j].Confidence >= confidence && table[i][j].recall > best {
					best, at = table[i][j].recall, j
				}
			}
			if best >= halfFound {
				continue
			}
			near := "-"
			if at >= 0 {
				near = showTuple(&got[at])
			}
			missed = append(missed, flaw{1 - best, fmt.Sprintf("missed       %.2f found: %s\n       best  %s\n       in    %s", best, showTuple(&want[i]), near, sentence)})
		}
		for j := range got {
			best := 0.0
			for i := range want {
				best = max(best, table[i][j].precision)
			}
			if c := got[j].Confidence; c >= confidence && best < halfFound {
				superfluous = append(superfluous, flaw{c, fmt.Sprintf("superfluous  %.2f sure, %.2f right: %s\n       in    %s", c, best, showTuple(&got[j]), sentence)})
			}
		}
	}
	writeWorst(w, missed)
	writeWorst(w, superfluous)
}

// showTuple is a tuple in one line, first argument first.
func showTuple(t *proposition.Tuple) string {
	parts := append([]string(nil), t.Args...)
	parts = slices.Insert(parts, min(1, len(parts)), t.Relation)
	return "(" + strings.Join(parts, "; ") + ")"
}

// farOff is the difference from which on a judgment of factuality, from -3 to 3,
// is listed as an error.
const farOff = 2

// writeFactualityErrors lists the judgments that values are far off from.
func writeFactualityErrors(w io.Writer, judged []proposition.Judgment, values []float64) {
	var flaws []flaw
	for i, j := range judged {
		off := math.Abs(values[i] - j.Value)
		if off < farOff {
			continue
		}
		d := j.Document
		s := d.Sentences[d.SentenceAt(d.Tokens[j.Token].Start)]
		flaws = append(flaws, flaw{off, fmt.Sprintf("wrong        %.2f off: %s, %.2f\n       gold  %.2f\n       in    %s", off, d.Form(j.Token), values[i], j.Value, d.Slice(s.Span))})
	}
	writeWorst(w, flaws)
}

// attributionFlaws collects the errors of one set of attributions. The worst are
// those of the cue words that fail most often.
type attributionFlaws struct {
	missed, sources map[string][]string // lines by the cue's words in lower case
}

func newAttributionFlaws() *attributionFlaws {
	return &attributionFlaws{map[string][]string{}, map[string][]string{}}
}

// miss notes a relation whose cue no claim has.
func (f *attributionFlaws) miss(r *attributed, d *news.Document) {
	cue := formsOf(d, r.Cue)
	key := strings.ToLower(cue)
	f.missed[key] = append(f.missed[key], fmt.Sprintf("missed       %s | %s | %s\n       in    %s", formsOf(d, r.Source), cue, r.Text, r.Doc))
}

// wrongSource notes a relation whose claim k has somebody else for a source.
func (f *attributionFlaws) wrongSource(r *attributed, d *news.Document, k int) {
	cue := formsOf(d, r.Cue)
	got := d.Slice(d.Claims[k].Source.Span)
	if got == "" {
		got = string(d.Claims[k].Source.Kind)
	}
	key := strings.ToLower(cue)
	f.sources[key] = append(f.sources[key], fmt.Sprintf("wrong        source: %s | %s | %s\n       gold  %s\n       in    %s", got, cue, r.Text, formsOf(d, r.Source), r.Doc))
}

func (f *attributionFlaws) write(w io.Writer) {
	for _, by := range []map[string][]string{f.missed, f.sources} {
		var flaws []flaw
		for _, lines := range by {
			for _, l := range lines {
				flaws = append(flaws, flaw{float64(len(lines)), l})
			}
		}
		writeWorst(w, flaws)
	}
}

// formsOf is the words of tokens counted from 1, "-" for none.
func formsOf(d *news.Document, tokens []int) string {
	var words []string
	for _, t := range tokens {
		if t > 0 && t <= len(d.Tokens) {
			words = append(words, d.Form(t-1))
		}
	}
	if len(words) == 0 {
		return "-"
	}
	return strings.Join(words, " ")
}
