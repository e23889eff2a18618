package queries

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Type is the type of a parameter.
type Type string

// The types of parameters, and what the script gets of them.
const (
	Entity  Type = "entity"  // the entity's IRI in angle brackets: "<hs:Kaspersky>"
	Node    Type = "node"    // any IRI in angle brackets: "<hs:claim/…>"
	String  Type = "string"  // the string
	Integer Type = "integer" // a number without fraction
	Number  Type = "number"  // a number
	Date    Type = "date"    // RFC 3339 in UTC: "2017-05-15T00:00:00Z"
	Boolean Type = "boolean" // true or false
	Choice  Type = "choice"  // one of the parameter's choices, a string
)

const typeNames = "entity, node, string, integer, number, date, boolean"

func (t Type) known() bool {
	switch t {
	case Entity, Node, String, Integer, Number, Date, Boolean, Choice:
		return true
	}
	return false
}

// Param is a parameter of a query. An optional one without a value and without
// a default is null for the script.
type Param struct {
	Name        string
	Type        Type
	Choices     []string // of a Choice
	Default     string   // as the user would write it
	Optional    bool
	Description string
}

// Resolver finds the IRI (without brackets) of the entity that has a name.
type Resolver func(name string) (iri string, err error)

// ParamError says what is wrong with the value of a parameter.
type ParamError struct {
	Param *Param
	Err   error
}

func (e *ParamError) Error() string { return "parameter " + e.Param.Name + ": " + e.Err.Error() }
func (e *ParamError) Unwrap() error { return e.Err }

// Bind checks the values given by name and makes the object that the script
// gets as params: every parameter of the query is in it, null where it is
// optional and absent. An empty value counts as absent. Names of entities go
// through resolve; without it they are only checked to be there. Errors are
// *UnknownError or *ParamError.
func (q *Query) Bind(values map[string]string, resolve Resolver) (map[string]any, error) {
	for name := range values {
		if q.Param(name) == nil {
			var known []string
			for _, p := range q.Params {
				known = append(known, p.Name)
			}
			return nil, &UnknownError{Kind: "parameter", Name: name, Near: Near(name, known), Known: known}
		}
	}
	params := make(map[string]any, len(q.Params))
	for i := range q.Params {
		p := &q.Params[i]
		text := values[p.Name]
		if text == "" {
			text = p.Default
		}
		if text == "" {
			if !p.Optional {
				return nil, &ParamError{p, fmt.Errorf("missing: want %s", p.Want())}
			}
			params[p.Name] = nil
			continue
		}
		v, err := p.value(text, resolve)
		if err != nil {
			return nil, &ParamError{p, err}
		}
		params[p.Name] = v
	}
	return params, nil
}

// Want says in words what the parameter takes.
func (p *Param) Want() string {
	switch p.Type {
	case Entity:
		return "an entity, as hs:NorthKorea or its name"
	case Node:
		return "an IRI, as hs:claim/…"
	case Integer:
		return "a whole number"
	case Number:
		return "a number"
	case Date:
		return "a day, as 2017-05-15"
	case Boolean:
		return "true or false"
	case Choice:
		return "one of " + strings.Join(p.Choices, ", ")
	}
	return "a text"
}

func (p *Param) value(s string, resolve Resolver) (any, error) {
	bad := fmt.Errorf("%q is not %s", s, p.Want())
	switch p.Type {
	case Entity:
		if iri, ok := asIRI(s); ok {
			return "<" + iri + ">", nil
		}
		if resolve == nil {
			return s, nil
		}
		iri, err := resolve(s)
		if err != nil {
			return nil, err
		}
		return "<" + iri + ">", nil
	case Node:
		iri, ok := asIRI(s)
		if !ok {
			return nil, bad
		}
		return "<" + iri + ">", nil
	case Integer:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n > 1<<53 || n < -1<<53 {
			return nil, bad
		}
		return n, nil
	case Number:
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, bad
		}
		return f, nil
	case Date:
		for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01", "2006"} {
			if t, err := time.Parse(layout, s); err == nil {
				return t.UTC().Format(time.RFC3339), nil
			}
		}
		return nil, bad
	case Boolean:
		b, err := strconv.ParseBool(s)
		if err != nil {
			return nil, bad
		}
		return b, nil
	case Choice:
		for _, c := range p.Choices {
			if c == s {
				return s, nil
			}
		}
		return nil, bad
	}
	return s, nil
}

// asIRI takes <x> or a name in one of the graph's schemes; the brackets go.
func asIRI(s string) (string, bool) {
	bracketed := strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">")
	if bracketed {
		s = s[1 : len(s)-1]
	}
	if s == "" || strings.ContainsAny(s, "<>\"{}|\\^` \t\r\n") {
		return "", false
	}
	for _, r := range s {
		if r < ' ' || r == 0x7f {
			return "", false
		}
	}
	if bracketed {
		return s, true
	}
	for _, scheme := range []string{"hs:", "http://", "https://", "urn:"} {
		if len(s) > len(scheme) && strings.HasPrefix(s, scheme) {
			return s, true
		}
	}
	return "", false
}
