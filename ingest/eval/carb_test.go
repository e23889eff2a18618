package eval

import (
	"math"
	"testing"

	"hearsay/ingest/proposition"
)

func tuple(confidence float64, relation string, args ...string) proposition.Tuple {
	return proposition.Tuple{Relation: relation, Args: args, Confidence: confidence}
}

func TestCaRB(t *testing.T) {
	gold := Extractions{"s": {tuple(1, "is", "Sophia", "a robot"), tuple(1, "lives in", "Sophia", "Hong Kong", "since 2015")}}
	tests := []struct {
		name            string
		predicted       []proposition.Tuple
		precision, rec  float64
		confidence, auc float64
	}{
		{"the gold itself", []proposition.Tuple{tuple(0.5, "is", "Sophia", "a robot"), tuple(0.5, "lives in", "Sophia", "Hong Kong since 2015")}, 1, 1, 0.5, 1},
		{"a relation that shares no word", []proposition.Tuple{tuple(0.5, "was", "Sophia", "a robot")}, 0, 0, 0, 0},
		{"a doubled tuple costs precision", []proposition.Tuple{tuple(0.9, "is", "Sophia", "a robot"), tuple(0.9, "is", "Sophia", "a robot"), tuple(0.9, "is", "Sophia", "a robot"), tuple(0.9, "is", "Sophia", "a robot")}, 0.25, 0.5, 0.9, 0.3125},
		{"part of the words", []proposition.Tuple{tuple(0.7, "lives in", "Sophia", "Hong Kong")}, 1, 5.0 / 14, 0.7, 5.0 / 14},
	}
	for _, test := range tests {
		s := CaRB(gold, Extractions{"s": test.predicted})
		near := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
		if !near(s.Precision, test.precision) || !near(s.Recall, test.rec) || !near(s.Confidence, test.confidence) || !near(s.AUC, test.auc) {
			t.Errorf("%s: got %+v", test.name, s)
		}
	}
}
