package graph

import (
	"database/sql"
	"time"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// pgValueColumns are the columns of a value in the order of pgNode.fields.
const pgValueColumns = `n.value_string, n.datatype, n.language, n.iri, n.bnode, n.value_int, n.value_bool, n.value_float, n.value_time`

// pgValues selects values by their hashes.
const pgValues = `SELECT hash, ` + pgValueColumns + ` FROM nodes n WHERE hash = ANY($1)`

// eachValue puts the values of rows into names.
func eachValue(rows *sql.Rows, names map[refs.ValueHash]quad.Value) error {
	defer rows.Close()
	for rows.Next() {
		var hash sql.RawBytes
		var n pgNode
		if err := rows.Scan(append([]any{&hash}, n.fields()...)...); err != nil {
			return err
		}
		names[refs.ValueHash(hash)] = n.value()
	}
	return rows.Err()
}

// pgNode is a row of the values' table, each kind in its own columns.
type pgNode struct {
	text, datatype, language sql.NullString
	iri, blank, boolean      sql.NullBool
	integer                  sql.NullInt64
	float                    sql.NullFloat64
	time                     sql.NullTime
}

// fields are what a row is scanned into.
func (n *pgNode) fields() []any {
	return []any{&n.text, &n.datatype, &n.language, &n.iri, &n.blank, &n.integer, &n.boolean, &n.float, &n.time}
}

// pgNodeOf is the row of a value.
func pgNodeOf(v quad.Value) pgNode {
	var n pgNode
	text := func(s string) { n.text = sql.NullString{String: s, Valid: true} }
	yes := sql.NullBool{Bool: true, Valid: true}
	switch v := v.(type) {
	case quad.IRI:
		text(string(v))
		n.iri = yes
	case quad.BNode:
		text(string(v))
		n.blank = yes
	case quad.String:
		text(string(v))
	case quad.TypedString:
		text(string(v.Value))
		n.datatype = sql.NullString{String: string(v.Type), Valid: true}
	case quad.LangString:
		text(string(v.Value))
		n.language = sql.NullString{String: v.Lang, Valid: true}
	case quad.Int:
		n.integer = sql.NullInt64{Int64: int64(v), Valid: true}
	case quad.Float:
		n.float = sql.NullFloat64{Float64: float64(v), Valid: true}
	case quad.Bool:
		n.boolean = sql.NullBool{Bool: bool(v), Valid: true}
	case quad.Time:
		n.time = sql.NullTime{Time: time.Time(v).UTC(), Valid: true}
	}
	return n
}

// columns are the row's values in the order of pgNodeColumns.
func (n *pgNode) columns() []any {
	return []any{n.text, n.datatype, n.language, n.iri, n.blank, n.integer, n.boolean, n.float, n.time}
}

var pgNodeColumns = [...]string{"value_string", "datatype", "language", "iri", "bnode", "value_int", "value_bool", "value_float", "value_time"}

func (n *pgNode) value() quad.Value {
	switch {
	case n.text.Valid && n.iri.Bool:
		return quad.IRI(n.text.String)
	case n.text.Valid && n.blank.Bool:
		return quad.BNode(n.text.String)
	case n.text.Valid && n.language.Valid:
		return quad.LangString{Value: quad.String(n.text.String), Lang: n.language.String}
	case n.text.Valid && n.datatype.Valid:
		return quad.TypedString{Value: quad.String(n.text.String), Type: quad.IRI(n.datatype.String)}
	case n.text.Valid:
		return quad.String(n.text.String)
	case n.integer.Valid:
		return quad.Int(n.integer.Int64)
	case n.boolean.Valid:
		return quad.Bool(n.boolean.Bool)
	case n.float.Valid:
		return quad.Float(n.float.Float64)
	case n.time.Valid:
		return quad.Time(n.time.Time.UTC())
	}
	return nil
}
