package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"hearsay/ingest/news"
	"hearsay/ingest/reader"
)

// place is a span of code points with its text.
type place struct {
	Text  string `json:"text"`
	Start *int   `json:"start"`
	End   *int   `json:"end"`
}

// statement is a claim in the output contract's form; in gold, with what else is
// acceptable.
type statement struct {
	ID       string `json:"id"`
	Document string `json:"document"`
	Sentence *place `json:"sentence"`
	Source   struct {
		Kind string `json:"kind"`
		Name string `json:"name"`
		place
	} `json:"source"`
	Cue       *place                       `json:"cue"`
	Stance    string                       `json:"stance"`
	Certainty string                       `json:"certainty"`
	Polarity  string                       `json:"polarity"`
	Content   *place                       `json:"content"`
	About     string                       `json:"about"`
	Optional  bool                         `json:"optional"`
	Alt       map[string][]json.RawMessage `json:"alt"`
}

// claimMetrics are what is right of a claim, in the order of the board.
var claimMetrics = []string{"found", "name", "stance", "coarse", "certainty", "polarity", "nesting"}

// claimLevels are the shares of found claims that pass and reach; of found and
// nesting, F1.
var claimLevels = map[string][2]float64{"found": {65, 82}, "name": {80, 92}, "stance": {75, 88},
	"coarse": {88, 95}, "certainty": {80, 90}, "polarity": {92, 97}, "nesting": {45, 70}}

// Claims scores the claims of the articles under DIR/claims: how many are found,
// and of those found how often source name, stance, coarse stance, certainty and
// polarity are right. Claims of kind author are left out on both sides; a gold
// claim marked optional is neither missed nor superfluous.
func Claims(ctx context.Context, o Options) (Table, error) {
	dir := filepath.Join(o.Data, "claims")
	paths, _ := filepath.Glob(filepath.Join(dir, "*.txt"))
	if len(paths) == 0 {
		return nil, fmt.Errorf("no articles %s", filepath.Join(dir, "*.txt"))
	}
	sort.Strings(paths)
	var r reader.Reader
	total := map[string]Counts{}
	n := 0
	for d, err := range o.Pipeline.Run(ctx, r.Documents(ctx, paths)) {
		if err != nil {
			return nil, fmt.Errorf("read claims' articles: %w", err)
		}
		gold, err := readStatements(strings.TrimSuffix(paths[n], ".txt") + ".jsonl")
		if err != nil {
			return nil, err
		}
		got, err := decodeStatements(bytes.NewReader(news.AppendClaims(nil, d)))
		if err != nil {
			return nil, err
		}
		for m, c := range scoreClaims(gold, got, o.errors(filepath.Base(paths[n]))) {
			sum := total[m]
			sum.Add(c)
			total[m] = sum
		}
		n++
	}
	return claimTable(total), nil
}

// claimTable turns counts into the board's scores.
func claimTable(total map[string]Counts) Table {
	found := total["found"]
	count := found.TP + found.FN
	t := Table{
		{Metric: "found, precision", Value: found.Precision(), Count: found.TP + found.FP, Pass: 75, Reach: 75},
		{Metric: "found, recall", Value: found.Recall(), Count: count},
	}
	for _, m := range claimMetrics {
		c, l := total[m], claimLevels[m]
		s := Score{Metric: m + " right, % of found", Value: percent(c.TP, found.TP), Count: found.TP, Pass: l[0], Reach: l[1]}
		if m == "found" || m == "nesting" {
			s.Metric, s.Value, s.Count = m+", F1", c.F1(), c.TP+c.FN
		}
		t = append(t, s)
	}
	for i := range t {
		t[i].Task, t[i].Set = "claims", "articles"
	}
	return t
}

func readStatements(path string) ([]statement, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read gold claims: %w", err)
	}
	defer f.Close()
	s, err := decodeStatements(f)
	if err != nil {
		return nil, fmt.Errorf("read gold claims %s: %w", path, err)
	}
	return s, nil
}

func decodeStatements(r io.Reader) ([]statement, error) {
	var all []statement
	dec := json.NewDecoder(r)
	for {
		var s statement
		if err := dec.Decode(&s); err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		if s.Source.Kind != string(news.Author) {
			all = append(all, s)
		}
	}
}

// claimPair is a gold claim and the predicted one that it was matched with.
type claimPair struct{ gold, got *statement }

// scoreClaims counts one document. What was missed, superfluous or wrong goes to
// errs where that isn't nil.
func scoreClaims(gold, got []statement, errs io.Writer) map[string]Counts {
	var need, optional, predicted, rest []*statement
	for i := range gold {
		if gold[i].Optional {
			optional = append(optional, &gold[i])
		} else {
			need = append(need, &gold[i])
		}
	}
	for i := range got {
		predicted = append(predicted, &got[i])
	}
	matched := matchClaims(need, predicted)
	used := map[*statement]bool{}
	for _, p := range matched {
		used[p.got] = true
	}
	for _, p := range predicted {
		if !used[p] {
			rest = append(rest, p)
		}
	}
	extra := matchClaims(optional, rest)
	free := map[*statement]bool{}
	for _, p := range extra {
		free[p.got] = true
	}
	n := len(predicted) - len(free)
	out := map[string]Counts{}
	for _, m := range claimMetrics[:len(claimMetrics)-1] {
		right := 0
		for _, p := range matched {
			if p.right(m) {
				right++
			}
		}
		out[m] = Counts{TP: right, FP: n - right, FN: len(need) - right}
	}
	out["nesting"] = nestingCounts(need, predicted, matched, extra, free)
	if errs != nil {
		writeClaimErrors(errs, need, predicted, matched, used, free)
	}
	return out
}

// nestingCounts compares what claims are about.
func nestingCounts(need, predicted []*statement, matched, extra []claimPair, free map[*statement]bool) Counts {
	to, by := map[string]string{}, map[string]*statement{}
	for _, p := range matched {
		to[p.got.ID], by[p.gold.ID] = p.gold.ID, p.got
	}
	for _, p := range extra {
		to[p.got.ID] = p.gold.ID
	}
	right, wanted, said := 0, 0, 0
	for _, g := range need {
		abouts, none := g.abouts()
		hit := false
		if p := by[g.ID]; p != nil && p.About != "" {
			for _, a := range abouts {
				hit = hit || a != "" && to[p.About] == a
			}
		}
		if hit {
			right++
		}
		if hit || g.About != "" && !none {
			wanted++
		}
	}
	for _, p := range predicted {
		if !free[p] && p.About != "" {
			said++
		}
	}
	return Counts{TP: right, FP: said - right, FN: wanted - right}
}

// abouts are the acceptable inner claims; none says that having none is one of
// the alternatives.
func (g *statement) abouts() (ids []string, none bool) {
	ids = append(ids, g.About)
	for _, a := range g.Alt["about"] {
		var id *string
		if json.Unmarshal(a, &id) != nil || id == nil {
			none = true
			continue
		}
		ids = append(ids, *id)
	}
	return ids, none
}

// right reports whether one aspect of a matched claim is as the gold accepts it.
func (p claimPair) right(metric string) bool {
	g, c := p.gold, p.got
	switch metric {
	case "found":
		return true
	case "name":
		if !g.accepts("kind", g.Source.Kind, c.Source.Kind) {
			return false
		}
		return c.Source.Kind != string(news.Named) || g.sameName(c)
	case "stance":
		return g.accepts("stance", g.Stance, c.Stance)
	case "coarse":
		want := news.Stance(c.Stance).Coarse()
		if news.Stance(g.Stance).Coarse() == want {
			return true
		}
		for _, a := range g.altStrings("stance") {
			if news.Stance(a).Coarse() == want {
				return true
			}
		}
		return false
	case "certainty":
		return g.accepts("certainty", g.Certainty, c.Certainty)
	}
	return g.accepts("polarity", g.Polarity, c.Polarity)
}

func (g *statement) accepts(key, first, value string) bool {
	if first == value {
		return true
	}
	for _, a := range g.altStrings(key) {
		if a == value {
			return true
		}
	}
	return false
}

func (g *statement) altStrings(key string) []string {
	var out []string
	for _, a := range g.Alt[key] {
		var s *string
		if json.Unmarshal(a, &s) == nil && s != nil {
			out = append(out, *s)
		}
	}
	return out
}
