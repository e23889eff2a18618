package eval

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"hearsay/ingest/proposition"
)

// Extractions are relation tuples by sentence.
type Extractions map[string][]proposition.Tuple

// OpenIEScore is what CaRB reports: precision, recall and F1 at the confidence
// where F1 is best, and the area under the precision-recall curve.
type OpenIEScore struct {
	Precision, Recall, F1 float64 // 0 to 1
	Confidence            float64 // the threshold of the best F1
	AUC                   float64 // 0 to 1
	Tuples                int     // predicted at that confidence
}

// ReadCaRB reads tuples in CaRB's form, one a line: sentence, relation,
// arguments, separated by tabs. Attribution contexts ("C: …") are left out, as
// in CaRB's own reader.
func ReadCaRB(name string, in io.Reader) (Extractions, error) {
	out := Extractions{}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		c := strings.Split(strings.TrimSpace(lines.Text()), "\t")
		if len(c) < 3 {
			return nil, fmt.Errorf("%s:%d: %d columns: want sentence, relation, arguments", name, n, len(c))
		}
		t := proposition.Tuple{Relation: strings.TrimSpace(c[1]), Confidence: 1}
		for _, a := range c[2:] {
			if !strings.Contains(a, "C: ") {
				t.Args = append(t.Args, strings.TrimSpace(a))
			}
		}
		s := strings.TrimSpace(c[0])
		out[s] = append(out[s], t)
	}
	return out, lines.Err()
}

// CaRB scores predicted tuples against gold ones by the definition of Bhardwaj,
// Aggarwal and Mausam (2019): tuples match by the words that their parts share,
// arguments after the second counting to the second; recall takes each gold
// tuple's best match, precision matches one to one, greedily.
func CaRB(gold, predicted Extractions) OpenIEScore {
	thresholds := confidences(gold, predicted)
	n := len(thresholds)
	p, pl := make([]float64, n), make([]float64, n)
	r, rl := make([]float64, n), make([]float64, n)
	for sentence, want := range gold {
		got := predicted[sentence]
		table := matches(want, got)
		prev := 0
		for _, c := range sentenceConfidences(got) {
			at := slices.Index(thresholds, c)
			var kept []int
			for j := range got {
				if got[j].Confidence >= c {
					kept = append(kept, j)
				}
			}
			precision, recall := oneToOne(table, kept), bestOfEach(table, kept)
			for k := prev; k <= at; k++ {
				p[k] += precision
				pl[k] += float64(len(kept))
				r[k] += recall
				rl[k] += float64(len(want))
			}
			prev = at + 1
		}
		for k := prev; k < n; k++ {
			rl[k] += float64(len(want))
		}
	}
	return curve(thresholds, p, pl, r, rl)
}

// curve is the best point of the curve and the area under it, with the point of
// precision 1 and recall 0 added.
func curve(thresholds, p, pl, r, rl []float64) OpenIEScore {
	var s OpenIEScore
	lastR, lastP := 0.0, 1.0
	for k := len(thresholds) - 1; k >= 0; k-- {
		precision, recall := quotient(p[k], pl[k], 1), quotient(r[k], rl[k], 0)
		s.AUC += (recall - lastR) * (precision + lastP) / 2
		lastR, lastP = recall, precision
		if f := harmonic(precision, recall); f > s.F1 {
			s.Precision, s.Recall, s.F1 = precision, recall, f
			s.Confidence, s.Tuples = thresholds[k], int(pl[k])
		}
	}
	return s
}

func quotient(a, b, none float64) float64 {
	if b == 0 {
		return none
	}
	return a / b
}

func confidences(gold, predicted Extractions) []float64 {
	var all []float64
	for sentence := range gold {
		for _, t := range predicted[sentence] {
			all = append(all, t.Confidence)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func sentenceConfidences(ts []proposition.Tuple) []float64 {
	out := make([]float64, 0, len(ts))
	for i := range ts {
		out = append(out, ts[i].Confidence)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// overlap is how much of a predicted tuple is right and of a gold one found.
type overlap struct{ precision, recall float64 }

func matches(gold, predicted []proposition.Tuple) [][]overlap {
	table := make([][]overlap, len(gold))
	for i := range gold {
		table[i] = make([]overlap, len(predicted))
		for j := range predicted {
			table[i][j] = TupleOverlap(&gold[i], &predicted[j])
		}
	}
	return table
}

// oneToOne sums the precision of the pairs that a greedy matching chooses.
func oneToOne(table [][]overlap, kept []int) float64 {
	rows, cols := map[int]bool{}, map[int]bool{}
	sum := 0.0
	for range min(len(table), len(kept)) {
		best, row, col := -1.0, -1, -1
		for i := range table {
			if rows[i] {
				continue
			}
			for _, j := range kept {
				if !cols[j] && table[i][j].precision > best {
					best, row, col = table[i][j].precision, i, j
				}
			}
		}
		rows[row], cols[col] = true, true
		sum += best
	}
	return sum
}

// bestOfEach sums the best recall of each gold tuple.
func bestOfEach(table [][]overlap, kept []int) float64 {
	sum := 0.0
	for i := range table {
		best := 0.0
		for _, j := range kept {
			best = max(best, table[i][j].recall)
		}
		sum += best
	}
	return sum
}

// TupleOverlap compares a predicted tuple with a gold one as CaRB's binary lenient
// match does: by the words that relation, first argument and all the rest share,
// each of which must share one. Verbs of saying also match with the arguments
// the other way round.
func TupleOverlap(gold, predicted *proposition.Tuple) overlap {
	g, p := binary(gold.Args), binary(predicted.Args)
	straight := lenient(gold.Relation, g, predicted.Relation, p)
	for _, said := range [...]string{"said", "told", "added", "adds", "says"} {
		if strings.Contains(gold.Relation, said) && len(p) == 2 {
			turned := lenient(gold.Relation, g, predicted.Relation, []string{p[1], p[0]})
			if turned.precision > straight.precision || turned.precision == straight.precision && turned.recall > straight.recall {
				return turned
			}
			break
		}
	}
	return straight
}

func binary(args []string) []string {
	if len(args) < 2 {
		return args
	}
	return []string{args[0], strings.Join(args[1:], " ")}
}

func lenient(goldRel string, gold []string, rel string, args []string) overlap {
	same, wanted, given := shared(goldRel, rel, true)
	if same == 0 {
		return overlap{}
	}
	for i := range gold {
		if i >= len(args) {
			return overlap{}
		}
		s, w, g := shared(gold[i], args[i], false)
		if s == 0 {
			return overlap{}
		}
		same, wanted, given = same+s, wanted+w, given+g
	}
	return overlap{quotient(same, given, 0), quotient(same, wanted, 0)}
}

// shared counts the words that two parts have in common, and each's own. In
// relations "be" matches "is".
func shared(gold, predicted string, relation bool) (same, wanted, given float64) {
	left := map[string]int{}
	g, p := strings.Fields(gold), strings.Fields(predicted)
	for _, w := range p {
		left[w]++
	}
	is := false
	for _, w := range g {
		is = is || w == "is"
		if left[w] > 0 {
			left[w]--
			same++
		}
	}
	if relation && is && left["be"] > 0 {
		same++
	}
	return same, float64(len(g)), float64(len(p))
}
