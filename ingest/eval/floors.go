package eval

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// floorsTable lists scores that must not get worse: task, set, metric and the
// lowest value, with tabs between. Scores that it doesn't name have no floor.
//
//go:embed floors.tsv
var floorsTable string

// BelowFloor lists the scores of the table that are below their floor, and the
// floors of the tasks in it that no score answers to.
func (t Table) BelowFloor() ([]string, error) { return t.below(floorsTable) }

func (t Table) below(floors string) ([]string, error) {
	scores, tasks := map[[3]string]float64{}, map[string]bool{}
	for _, s := range t {
		scores[[3]string{s.Task, s.Set, s.Metric}] = s.Value
		tasks[s.Task] = true
	}
	var bad []string
	line := 0
	for row := range strings.Lines(floors) {
		line++
		c := strings.Split(strings.TrimRight(row, "\n"), "\t")
		if row == "\n" || strings.HasPrefix(row, "#") {
			continue
		}
		if len(c) != 4 {
			return nil, fmt.Errorf("floors line %d: want task, set, metric and value, separated by tabs", line)
		}
		floor, err := strconv.ParseFloat(c[3], 64)
		if err != nil {
			return nil, fmt.Errorf("floors line %d: %w", line, err)
		}
		value, measured := scores[[3]string{c[0], c[1], c[2]}]
		switch {
		case !tasks[c[0]]:
		case !measured:
			bad = append(bad, fmt.Sprintf("%s, %s, %s: not measured, floor %g", c[0], c[1], c[2], floor))
		case value < floor:
			bad = append(bad, fmt.Sprintf("%s, %s, %s: %.2f, floor %g", c[0], c[1], c[2], value, floor))
		}
	}
	return bad, nil
}
