package graph

import (
	"encoding/csv"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Columns are the keys of the rows: the preferred ones in their order, those
// that no row has left out; without any, all keys sorted by name.
func Columns(rows []Row, preferred []string) []string {
	seen := map[string]bool{}
	for _, r := range rows {
		for k, v := range r {
			seen[k] = seen[k] || v != nil
		}
	}
	var columns []string
	for _, c := range preferred {
		if seen[c] {
			columns = append(columns, c)
		}
	}
	if len(columns) > 0 {
		return columns
	}
	for k := range seen {
		columns = append(columns, k)
	}
	sort.Strings(columns)
	return columns
}

// Cell is a value as text: IRIs without their brackets, times to the second,
// lists joined by semicolons, nothing for null.
func Cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if len(v) > 2 && v[0] == '<' && v[len(v)-1] == '>' && strings.Contains(v, ":") && !strings.ContainsAny(v, " \n") {
			return v[1 : len(v)-1]
		}
		return v
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = Cell(x)
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		for _, k := range []string{"@id", "@value"} {
			if x, ok := v[k]; ok {
				return Cell(x)
			}
		}
	}
	return fmt.Sprint(v)
}

// WriteCSV writes rows as comma-separated values with a line of column names.
// No columns stand for every key that a row has.
func WriteCSV(w io.Writer, rows []Row, columns []string) error {
	if len(columns) == 0 {
		columns = Columns(rows, nil)
	}
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	record := make([]string, len(columns))
	for _, r := range rows {
		for i, c := range columns {
			record[i] = Cell(r[c])
		}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}
