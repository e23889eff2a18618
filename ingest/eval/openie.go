package eval

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"hearsay/ingest"
	"hearsay/ingest/news"
	"hearsay/ingest/proposition"
)

// OpenIE scores the relation tuples of single sentences by CaRB on its
// development part under DIR/oie.
func OpenIE(_ context.Context, o Options) (Table, error) {
	gold, err := carbDev(o.Data)
	if err != nil {
		return nil, err
	}
	docs := make(map[string]*news.Document, len(gold))
	predicted := Extractions{}
	n := 0
	for sentence, g := range gold {
		docs[sentence] = o.Pipeline.Line(sentence)
		predicted[sentence] = proposition.Tuples(docs[sentence], 0)
		n += len(g)
	}
	s := CaRB(gold, predicted)
	if errs := o.errors("CaRB dev"); errs != nil {
		writeOpenIEErrors(errs, gold, predicted, s.Confidence)
	}
	held, err := heldOut(gold, docs)
	if err != nil {
		return nil, err
	}
	c := CaRB(gold, held)
	score := func(metric string, value, pass, reach float64) Score {
		return Score{Task: "openie", Set: "CaRB dev", Metric: metric, Value: value, Count: n, Pass: pass, Reach: reach}
	}
	return Table{
		score("F1", 100*s.F1, 49, 54),
		score("AUC", 100*s.AUC, 30, 35),
		score("precision at best F1", 100*s.Precision, 0, 0),
		score("recall at best F1", 100*s.Recall, 0, 0),
		score("confidence of best F1 (0 to 1)", s.Confidence, 0, 0),
		score("tuples at best F1 (number)", float64(s.Tuples), 0, 0),
		score("F1, confidence fitted on other folds", 100*c.F1, 0, 0),
		score("AUC, confidence fitted on other folds", 100*c.AUC, 0, 0),
	}, nil
}

// folds is the number of parts of the cross-validation.
const folds = 5

// heldOut extracts the tuples of each fold with a confidence that was fitted on
// the others: the built-in weights have seen the sentences that they are
// measured on.
func heldOut(gold Extractions, docs map[string]*news.Document) (Extractions, error) {
	sentences := slices.Sorted(maps.Keys(gold))
	out := Extractions{}
	for fold := range folds {
		var fitter proposition.ConfidenceFitter
		for i, s := range sentences {
			if i%folds != fold {
				fitter.Add(docs[s], 0, func(t *proposition.Tuple) float64 { return worth(gold[s], t) })
			}
		}
		weights := fitter.Weights()
		for i := fold; i < len(sentences); i += folds {
			ts, err := fitter.Tuples(docs[sentences[i]], 0, weights)
			if err != nil {
				return nil, err
			}
			out[sentences[i]] = ts
		}
	}
	return out, nil
}

func carbDev(data string) (Extractions, error) {
	path := filepath.Join(data, "oie", "dev.tsv")
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open CaRB's development part: %w", err)
	}
	defer f.Close()
	return ReadCaRB(path, f)
}

// FitConfidence fits the weights of the tuples' confidence on CaRB's development
// part under data, and gives them in the form of their data file. A tuple is
// worth the mean of precision and recall of its best match.
func FitConfidence(p *ingest.Pipeline, data string) ([]byte, error) {
	gold, err := carbDev(data)
	if err != nil {
		return nil, err
	}
	var fitter proposition.ConfidenceFitter
	for _, s := range slices.Sorted(maps.Keys(gold)) {
		fitter.Add(p.Line(s), 0, func(t *proposition.Tuple) float64 { return worth(gold[s], t) })
	}
	return fitter.Weights(), nil
}

func worth(gold []proposition.Tuple, t *proposition.Tuple) float64 {
	best := 0.0
	for i := range gold {
		o := TupleOverlap(&gold[i], t)
		best = max(best, (o.precision+o.recall)/2)
	}
	return best
}
