// Package gizmotest holds what every store must answer: a fixed graph, queries over
// it, and their rows. Only tests use it.
package gizmotest

import (
	_ "embed"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
)

//go:embed queries.txt
var queries string

// Query is a script and its rows as JSON, sorted unless it orders them itself; an
// error is the last row.
type Query struct {
	Script string
	Rows   []string
}

// Queries are the queries of the suite. In the file a line is a script, the lines
// after it that begin with a tab are its rows.
func Queries() []Query {
	var list []Query
	for line := range strings.Lines(queries) {
		line = strings.TrimSuffix(line, "\n")
		if row, ok := strings.CutPrefix(line, "\t"); ok {
			list[len(list)-1].Rows = append(list[len(list)-1].Rows, row)
		} else if line != "" {
			list = append(list, Query{Script: line})
		}
	}
	return list
}

// Params are the parameters that the scripts are run with.
func Params() map[string]any { return map[string]any{"name": "Bob", "n": 3} }

// People is the graph of the suite.
func People() []quad.Quad {
	iri := func(s string) quad.Value { return quad.IRI(s) }
	q := func(s, p string, o quad.Value, label string) quad.Quad {
		out := quad.Quad{Subject: quad.StringToValue(s), Predicate: iri(p), Object: o}
		if label != "" {
			out.Label = iri(label)
		}
		return out
	}
	day := func(y int, m time.Month, d int) quad.Value {
		return quad.Time(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
	}
	return []quad.Quad{
		q("<alice>", "follows", iri("bob"), ""), q("<bob>", "follows", iri("fred"), ""),
		q("<charlie>", "follows", iri("bob"), ""), q("<charlie>", "follows", iri("dani"), ""),
		q("<dani>", "follows", iri("bob"), ""), q("<dani>", "follows", iri("greg"), ""),
		q("<emily>", "follows", iri("fred"), ""), q("<fred>", "follows", iri("greg"), ""),
		q("_:b1", "follows", iri("alice"), ""),
		q("<bob>", "status", quad.String("cool"), "status_graph"), q("<dani>", "status", quad.String("cool"), "status_graph"),
		q("<greg>", "status", quad.String("cool"), "status_graph"), q("<emily>", "status", quad.String("smart"), "smart_graph"),
		q("<greg>", "status", quad.String("smart"), "smart_graph"),
		q("<alice>", "name", quad.String("Alice A."), ""), q("<bob>", "name", quad.String("Bob"), ""),
		q("<alice>", "name", quad.LangString{Value: "Alicia", Lang: "es"}, ""),
		q("<charlie>", "name", quad.String("Charlie"), ""),
		q("<alice>", "age", quad.Int(42), ""), q("<bob>", "age", quad.Int(30), ""), q("<greg>", "age", quad.Int(35), ""),
		q("<alice>", "score", quad.Float(2.5), ""), q("<bob>", "score", quad.Float(1.25), ""), q("<dani>", "score", quad.Int(3), ""),
		q("<alice>", "active", quad.Bool(true), ""),
		q("<alice>", "born", day(2017, 5, 15), ""), q("<bob>", "born", day(2016, 1, 2), ""),
		q("<alice>", "wears", quad.TypedString{Value: "XL", Type: "size"}, ""),
	}
}
