// Package eval measures the language stages against gold standards: readers for
// them, scores, and the board on which all scores stand beside the levels they
// have to pass and to reach. It knows the format of the data, not where it is.
package eval

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"text/tabwriter"

	"hearsay/ingest"
)

// Options say what to measure, and on what.
type Options struct {
	Data     string // folder with the gold standards
	Articles fs.FS  // the sample articles, some of which are annotated
	Pipeline *ingest.Pipeline
	Errors   io.Writer // where parts that can list their errors do so, nil for nowhere
}

// errors is where the errors of one document go, under its name; nil for nowhere.
func (o Options) errors(document string) io.Writer {
	if o.Errors == nil {
		return nil
	}
	fmt.Fprintf(o.Errors, "== %s\n", document)
	return o.Errors
}

// Task is a part of the evaluation.
type Task struct {
	Name string
	Doc  string // what it measures, a line
	Run  func(context.Context, Options) (Table, error)
}

// Tasks lists all parts in the order of the pipeline.
func Tasks() []Task {
	return []Task{
		{"syntax", "tokens, sentences, tags, lemmas and trees, from raw text and on gold tokens", Syntax},
		{"entities", "names on gold tokens: UNER EWT, WNUT17, AnnoCTR", Entities},
		{"coref", "references inside a document: OntoGUM with system mentions, pronouns of GAP", Coref},
		{"linking", "whom names are taken for, within documents and across them, in annotated articles", Linking},
		{"factuality", "whether what a predicate says happened, on It Happened", Factuality},
		{"attribution", "sources, cues and contents of GUM's attribution relations", Attribution},
		{"claims", "who says what, with stance, certainty and polarity, in annotated articles", Claims},
		{"openie", "relation tuples of single sentences, on CaRB", OpenIE},
	}
}

// Score is one measured figure.
type Score struct {
	Task   string  `json:"task"`
	Set    string  `json:"set"`    // what it was measured on: "EWT dev, raw"
	Metric string  `json:"metric"` // "LAS"
	Value  float64 `json:"value"`  // in percent unless the metric says otherwise
	Count  int     `json:"count"`  // number of gold items behind it
	Pass   float64 `json:"pass,omitempty"`
	Reach  float64 `json:"reach,omitempty"` // levels, 0 where none is set
}

// Verdict is "reached", "passed", "below", or "" where no level is set.
func (s *Score) Verdict() string {
	switch {
	case s.Pass == 0 && s.Reach == 0:
		return ""
	case s.Reach > 0 && s.Value >= s.Reach:
		return "reached"
	case s.Value >= s.Pass:
		return "passed"
	}
	return "below"
}

// Table is a list of scores.
type Table []Score

// WriteText prints the scores aligned, a line each.
func (t Table) WriteText(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 2, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "task\tset\tmetric\tvalue\tn\tpass\treach\t\t")
	level := func(v float64) string {
		if v == 0 {
			return ""
		}
		return fmt.Sprintf("%g", v)
	}
	for i := range t {
		s := &t[i]
		fmt.Fprintf(tw, "%s\t%s\t%s\t%.2f\t%d\t%s\t%s\t%s\t\n",
			s.Task, s.Set, s.Metric, s.Value, s.Count, level(s.Pass), level(s.Reach), s.Verdict())
	}
	return tw.Flush()
}

// WriteJSON prints the scores as one JSON array.
func (t Table) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(t)
}

// Counts add up decisions: found and right, found and wrong, missed.
type Counts struct{ TP, FP, FN int }

// Add adds other counts.
func (c *Counts) Add(o Counts) { c.TP += o.TP; c.FP += o.FP; c.FN += o.FN }

// Precision is in percent, 0 where nothing was found.
func (c Counts) Precision() float64 { return percent(c.TP, c.TP+c.FP) }

// Recall is in percent, 0 where there was nothing to find.
func (c Counts) Recall() float64 { return percent(c.TP, c.TP+c.FN) }

// F1 is the harmonic mean of precision and recall in percent.
func (c Counts) F1() float64 { return percent(2*c.TP, 2*c.TP+c.FP+c.FN) }

func percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}
