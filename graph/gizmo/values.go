package gizmo

import (
	"fmt"
	"math"
	"reflect"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"
)

// hidden is the symbol under which a script's objects carry what they stand for.
// A script that finds it gains nothing: what it yields is checked by type.
var hidden = goja.NewSymbol("hearsay")

// object makes a script object that stands for v.
func (s *script) object(proto *goja.Object, v any) goja.Value {
	o := s.vm.CreateObject(proto)
	if err := o.DefineDataPropertySymbol(hidden, s.vm.ToValue(v), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE); err != nil {
		panic(err)
	}
	return o
}

// unwrap is what a script object stands for, nil for any other value.
func unwrap(v goja.Value) any {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	if o.ExportType() == reflect.TypeFor[goja.Proxy]() {
		return nil
	}
	h := o.GetSymbol(hidden)
	if h == nil {
		return nil
	}
	return h.Export()
}

func nothing(v goja.Value) bool { return v == nil || goja.IsUndefined(v) || goja.IsNull(v) }

// term reads a value of the graph: "<iri>", "text", a number, a boolean, a Date
// or what iri(), str() and so on have made.
func (s *script) term(v goja.Value) (quad.Value, error) {
	if t, ok := unwrap(v).(quad.Value); ok {
		return t, nil
	}
	if o, ok := v.(*goja.Object); ok {
		if o.ClassName() == "Date" {
			if t, valid := o.Export().(time.Time); valid {
				return quad.Time(t.UTC()), nil
			}
		}
		return nil, fmt.Errorf(`expected "<iri>", a text, a number, a boolean or a Date, got %s`, describe(v))
	}
	switch x := v.Export().(type) {
	case string:
		return quad.StringToValue(x), nil
	case bool:
		return quad.Bool(x), nil
	case int64:
		return quad.Int(x), nil
	case float64:
		if x == float64(int64(x)) {
			return quad.Int(int64(x)), nil
		}
		return quad.Float(x), nil
	}
	return nil, fmt.Errorf(`expected "<iri>", a text, a number, a boolean or a Date, got %s`, describe(v))
}

// describe names a value for an error.
func describe(v goja.Value) string {
	switch {
	case v == nil || goja.IsUndefined(v):
		return "undefined"
	case goja.IsNull(v):
		return "null"
	}
	switch unwrap(v).(type) {
	case *Path:
		return "a path"
	case Filter:
		return "a filter"
	case quad.Value:
		return "a term"
	}
	o, ok := v.(*goja.Object)
	if !ok {
		text := v.String()
		if len(text) > 40 {
			text = text[:40] + "…"
		}
		kind := "the number"
		switch v.Export().(type) {
		case string:
			kind = "the text"
		case bool:
			kind = "the boolean"
		}
		return fmt.Sprintf("%s %q", kind, text)
	}
	if _, callable := goja.AssertFunction(o); callable {
		return "a function"
	}
	if o.ClassName() == "Array" {
		return "an array"
	}
	return "an object"
}

// list is the elements of an array, or the value itself.
func (s *script) list(v goja.Value) ([]goja.Value, error) {
	o, ok := v.(*goja.Object)
	if !ok || o.ClassName() != "Array" {
		return []goja.Value{v}, nil
	}
	n := o.Get("length").ToInteger()
	if n > maxSteps {
		return nil, fmt.Errorf("an array of %d, at most %d are taken", n, maxSteps)
	}
	out := make([]goja.Value, n)
	for i := range out {
		out[i] = o.Get(fmt.Sprint(i))
	}
	return out, nil
}

// terms reads every argument, which may each be an array.
func (s *script) terms(args []goja.Value) ([]Term, error) {
	var out []Term
	for _, a := range args {
		items, err := s.list(a)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			if nothing(item) {
				return nil, fmt.Errorf("expected a node, got %s", describe(item))
			}
			t, err := s.term(item)
			if err != nil {
				return nil, err
			}
			out = append(out, Term{t})
		}
	}
	return out, nil
}

// vias reads predicates: nothing (all of them), one, an array, or a path.
func (s *script) vias(v goja.Value) ([]Via, error) {
	if nothing(v) {
		return nil, nil
	}
	items, err := s.list(v)
	if err != nil {
		return nil, err
	}
	out := make([]Via, 0, len(items))
	for _, item := range items {
		if p, ok := unwrap(item).(*Path); ok {
			if len(items) > 1 {
				return nil, fmt.Errorf("expected one path or an array of predicates, got a path in an array")
			}
			out = append(out, Via{Path: p})
			continue
		}
		t, err := s.term(item)
		if err != nil {
			return nil, fmt.Errorf("predicate: %w", err)
		}
		out = append(out, Via{Term: Term{t}})
	}
	return out, nil
}

// tags reads names: strings, or arrays of them.
func (s *script) tags(args []goja.Value) ([]string, error) {
	var out []string
	for _, a := range args {
		if nothing(a) {
			continue
		}
		items, err := s.list(a)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			text, ok := item.Export().(string)
			if !ok {
				return nil, fmt.Errorf("expected the name of a tag, got %s", describe(item))
			}
			out = append(out, text)
		}
	}
	return out, nil
}

// text reads one string.
func text(v goja.Value, what string) (string, error) {
	if !nothing(v) {
		if s, ok := v.Export().(string); ok {
			return s, nil
		}
	}
	return "", fmt.Errorf("expected %s, got %s", what, describe(v))
}

// integer reads one whole number.
func integer(v goja.Value, what string) (int, error) {
	if !nothing(v) {
		switch n := v.Export().(type) {
		case int64:
			return int(max(min(n, 1<<40), -1<<40)), nil
		case float64:
			if n == n && n <= 1<<40 && n >= -1<<40 {
				return int(n), nil
			}
		}
	}
	return 0, fmt.Errorf("expected %s, got %s", what, describe(v))
}

// export turns what a script emits into plain data: maps, slices, strings,
// numbers and booleans; dates as RFC 3339. It refuses functions, cycles and what is too large.
func (s *script) export(v goja.Value) (any, error) {
	e := exporter{s: s, left: maxArray}
	return e.value(v)
}

type exporter struct {
	s    *script
	left int
	open []*goja.Object // the objects that the value lies in
}

func (e *exporter) value(v goja.Value) (any, error) {
	if e.left--; e.left < 0 {
		return nil, fmt.Errorf("more than %d values in one row", maxArray)
	}
	if nothing(v) {
		return nil, nil
	}
	switch x := unwrap(v).(type) {
	case quad.Value:
		return quad.StringOf(x), nil
	case *Path:
		return nil, fmt.Errorf("expected data, got a path: call all(), toArray() or count() on it")
	case Filter:
		return nil, fmt.Errorf("expected data, got a filter")
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return e.primitive(v)
	}
	if _, callable := goja.AssertFunction(o); callable {
		return nil, fmt.Errorf("expected data, got a function")
	}
	for _, outer := range e.open {
		if outer.SameAs(o) {
			return nil, fmt.Errorf("expected data, got an object that contains itself")
		}
	}
	if len(e.open) == maxDepth {
		return nil, fmt.Errorf("objects within objects to a depth of more than %d", maxDepth)
	}
	e.open = append(e.open, o)
	defer func() { e.open = e.open[:len(e.open)-1] }()
	return e.object(o)
}

func (e *exporter) primitive(v goja.Value) (any, error) {
	switch x := v.Export().(type) {
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, nil // as JSON.stringify does
		}
		return x, nil
	case string, bool, int64:
		return x, nil
	case nil:
		return nil, nil
	}
	return v.String(), nil
}

func (e *exporter) object(o *goja.Object) (any, error) {
	switch o.ClassName() {
	case "Date":
		if t, ok := o.Export().(time.Time); ok {
			return t.UTC().Format(time.RFC3339), nil
		}
		return nil, nil // Invalid Date
	case "String", "Number", "Boolean":
		return e.primitive(e.s.vm.ToValue(o.Export()))
	case "Array":
		n := int(o.Get("length").ToInteger())
		if n > e.left {
			return nil, fmt.Errorf("more than %d values in one row", maxArray)
		}
		out := make([]any, n)
		for i := range out {
			var err error
			if out[i], err = e.value(o.Get(fmt.Sprint(i))); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	out := make(map[string]any)
	for _, k := range o.Keys() {
		x, err := e.value(o.Get(k))
		if err != nil {
			return nil, err
		}
		out[k] = x
	}
	return out, nil
}

// toScript turns a row's value into one of the script.
func (s *script) toScript(v any) goja.Value {
	switch v := v.(type) {
	case time.Time:
		d, err := s.vm.New(s.vm.Get("Date"), s.vm.ToValue(v.UnixMilli()))
		if err != nil {
			return goja.Null()
		}
		return d
	case map[string]any:
		o := s.vm.NewObject()
		for k, x := range v {
			o.Set(k, s.toScript(x))
		}
		return o
	case []any:
		items := make([]any, len(v))
		for i, x := range v {
			items[i] = s.toScript(x)
		}
		return s.vm.NewArray(items...)
	}
	return s.vm.ToValue(v)
}
