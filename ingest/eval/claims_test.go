package eval

import (
	"strings"
	"testing"
)

// TestScoreClaims holds our scorer to the figures that the field's own script for
// the annotated articles gave for the same two files.
func TestScoreClaims(t *testing.T) {
	gold, err := readStatements("testdata/claims/gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	got, err := readStatements("testdata/claims/got.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Counts{ // right, predicted - right, gold - right
		"found": {7, 2, 2}, "name": {4, 5, 5}, "stance": {5, 4, 4}, "coarse": {6, 3, 3},
		"certainty": {5, 4, 4}, "polarity": {6, 3, 3}, "nesting": {1, 3, 1},
	}
	var errs strings.Builder
	for m, c := range scoreClaims(gold, got, &errs) {
		if c != want[m] {
			t.Errorf("%s: %+v, want %+v", m, c, want[m])
		}
	}
	for line, n := range map[string]int{"missed ": 2, "superfluous ": 2, "wrong ": 5} {
		if k := strings.Count(errs.String(), line); k != n {
			t.Errorf("%d lines of %q, want %d:\n%s", k, line, n, errs.String())
		}
	}
}

func TestScoreClaimsOnItself(t *testing.T) {
	gold, err := readStatements("testdata/claims/gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for m, c := range scoreClaims(gold, gold, nil) {
		if c.FP != 0 || c.FN != 0 {
			t.Errorf("%s: %+v", m, c)
		}
	}
}
