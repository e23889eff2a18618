package eval

import (
	"slices"
	"testing"
)

func TestBelow(t *testing.T) {
	board := Table{{Task: "syntax", Set: "EWT", Metric: "LAS", Value: 84.2}, {Task: "syntax", Set: "EWT", Metric: "UAS", Value: 86.9}}
	floors := "# task\tset\tmetric\tfloor\n\nsyntax\tEWT\tLAS\t84.2\nsyntax\tEWT\tUAS\t87\nsyntax\tGUM\tLAS\t80\nopenie\tCaRB\tF1\t40\n"
	got, err := board.below(floors)
	want := []string{"syntax, EWT, UAS: 86.90, floor 87", "syntax, GUM, LAS: not measured, floor 80"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	for _, broken := range []string{"syntax\tEWT\tLAS\n", "syntax\tEWT\tLAS\thigh\n"} {
		if _, err := board.below(broken); err == nil {
			t.Errorf("%q is taken for a table of floors", broken)
		}
	}
	if _, err := (Table{}).BelowFloor(); err != nil {
		t.Error(err)
	}
}
