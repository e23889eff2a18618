package gizmo

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"
)

// prototypes makes the methods of paths, terms and filters.
func (s *script) prototypes() {
	s.val, s.filt = s.vm.NewObject(), s.vm.NewObject()
	for _, name := range []string{"toString", "toJSON", "valueOf"} {
		s.function(s.val, name, func(call goja.FunctionCall) (goja.Value, error) {
			t, _ := unwrap(call.This).(quad.Value)
			return s.vm.ToValue(quad.StringOf(t)), nil
		})
	}
	s.open = s.vm.NewObject()
	for name, build := range s.steps() {
		s.method(name, func(p *Path, call goja.FunctionCall) (goja.Value, error) {
			step, err := build(call.Arguments)
			if err != nil {
				return nil, err
			}
			if step.Op == "" { // without an argument it changes nothing
				return call.This, nil
			}
			return s.continued(call.This, p, step)
		})
	}
	s.path = s.vm.CreateObject(s.open)
	s.finals()
}

// continued is the path with one more step.
func (s *script) continued(this goja.Value, p *Path, step Step) (goja.Value, error) {
	np := &Path{Steps: append(p.Steps[:len(p.Steps):len(p.Steps)], step)}
	if err := np.check(); err != nil {
		return nil, err
	}
	return s.object(this.ToObject(s.vm).Prototype(), np), nil
}

// method defines a method of every path, under Cayley's older name with a
// capital letter, too.
func (s *script) method(name string, fn func(*Path, goja.FunctionCall) (goja.Value, error)) {
	s.methodOf(s.open, name, fn)
}

func (s *script) methodOf(proto *goja.Object, name string, fn func(*Path, goja.FunctionCall) (goja.Value, error)) {
	wrapped := func(call goja.FunctionCall) (goja.Value, error) {
		p, ok := unwrap(call.This).(*Path)
		if !ok {
			return nil, fmt.Errorf("expected a path before the dot, got %s", describe(call.This))
		}
		return fn(p, call)
	}
	s.function(proto, name, wrapped)
	r := []rune(name)
	s.function(proto, string(unicode.ToUpper(r[0]))+string(r[1:]), wrapped)
}

// stepFunc reads the arguments of a step.
type stepFunc func(args []goja.Value) (Step, error)

// steps are Gizmo's steps by name.
func (s *script) steps() map[string]stepFunc {
	return map[string]stepFunc{
		"is":                s.nodes("is"),
		"out":               s.hop("out"),
		"in":                s.hop("in"),
		"both":              s.hop("both"),
		"labelContext":      s.hop("labelContext"),
		"follow":            s.other("follow"),
		"followR":           s.other("followR"),
		"and":               s.other("and"),
		"intersect":         s.other("and"),
		"or":                s.other("or"),
		"union":             s.other("or"),
		"except":            s.other("except"),
		"difference":        s.other("except"),
		"followRecursive":   s.recursive,
		"has":               s.has("has"),
		"hasR":              s.has("hasR"),
		"save":              s.save("save"),
		"saveR":             s.save("saveR"),
		"saveOpt":           s.save("saveOpt"),
		"saveOptR":          s.save("saveOptR"),
		"filter":            s.filter,
		"tag":               s.named("tag", false),
		"as":                s.named("tag", false),
		"back":              s.named("back", true),
		"saveInPredicates":  s.named("saveInPredicates", true),
		"saveOutPredicates": s.named("saveOutPredicates", true),
		"unique":            plain("unique"),
		"labels":            plain("labels"),
		"inPredicates":      plain("inPredicates"),
		"outPredicates":     plain("outPredicates"),
		"order":             plain("order"),
		"limit":             counted("limit"),
		"skip":              counted("skip"),
	}
}

func plain(op string) stepFunc {
	return func([]goja.Value) (Step, error) { return Step{Op: op}, nil }
}

func counted(op string) stepFunc {
	return func(args []goja.Value) (Step, error) {
		n, err := integer(arg(args, 0), "a number")
		if err == nil && n < 0 {
			err = fmt.Errorf("expected a number of at least 0, got %d", n)
		}
		return Step{Op: op, N: n}, err
	}
}

func arg(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}

func (s *script) nodes(op string) stepFunc {
	return func(args []goja.Value) (Step, error) {
		nodes, err := s.terms(args)
		return Step{Op: op, Values: nodes}, err
	}
}

// hop reads (predicates or path, tags...).
func (s *script) hop(op string) stepFunc {
	return func(args []goja.Value) (Step, error) {
		via, err := s.vias(arg(args, 0))
		if err != nil {
			return Step{}, err
		}
		tags, err := s.tags(args[min(1, len(args)):])
		return Step{Op: op, Via: via, Tags: tags}, err
	}
}

// other reads (path); without one the path stays as it is.
func (s *script) other(op string) stepFunc {
	return func(args []goja.Value) (Step, error) {
		if nothing(arg(args, 0)) {
			return Step{}, nil
		}
		p, ok := unwrap(args[0]).(*Path)
		if !ok {
			return Step{}, fmt.Errorf("expected a path, such as g.V() or g.M(), got %s", describe(args[0]))
		}
		return Step{Op: op, Path: p}, nil
	}
}

// recursive reads (predicate or path, [depth], tags...).
func (s *script) recursive(args []goja.Value) (Step, error) {
	via, err := s.vias(arg(args, 0))
	if err != nil {
		return Step{}, err
	}
	if len(via) != 1 {
		return Step{}, fmt.Errorf("expected one predicate or path, got %s", describe(arg(args, 0)))
	}
	step := Step{Op: "followRecursive", Via: via, Path: via[0].Path}
	if step.Path != nil {
		step.Via = nil
	}
	rest := args[1:]
	if len(rest) > 0 {
		if n, err := integer(rest[0], "a depth"); err == nil {
			step.N, rest = n, rest[1:]
		}
	}
	step.Tags, err = s.tags(rest)
	return step, err
}

// has reads (predicate or path, nodes... or filters...).
func (s *script) has(op string) stepFunc {
	return func(args []goja.Value) (Step, error) {
		via, err := s.vias(arg(args, 0))
		if err != nil {
			return Step{}, err
		}
		if len(via) != 1 {
			return Step{}, fmt.Errorf("expected one predicate or path, got %s", describe(arg(args, 0)))
		}
		step := Step{Op: op, Via: via}
		if filters := s.filters(args[1:]); len(filters) > 0 && len(filters) == len(args)-1 {
			step.Filters = filters
			return step, nil
		}
		step.Values, err = s.terms(args[1:])
		return step, err
	}
}

func (s *script) filters(args []goja.Value) []Filter {
	var out []Filter
	for _, a := range args {
		if f, ok := unwrap(a).(Filter); ok {
			out = append(out, f)
		}
	}
	return out
}

func (s *script) filter(args []goja.Value) (Step, error) {
	filters := s.filters(args)
	if len(filters) == 0 || len(filters) != len(args) {
		return Step{}, fmt.Errorf("expected filters: regex(), like(), gt(), gte(), lt() or lte()")
	}
	return Step{Op: "filter", Filters: filters}, nil
}

// save reads (predicate or path, [tag]); without a tag it is the predicate.
func (s *script) save(op string) stepFunc {
	return func(args []goja.Value) (Step, error) {
		via, err := s.vias(arg(args, 0))
		if err != nil {
			return Step{}, err
		}
		if len(via) != 1 || len(args) > 2 {
			return Step{}, fmt.Errorf("expected a predicate or path, and a tag")
		}
		step := Step{Op: op, Via: via}
		switch {
		case len(args) == 2 && !nothing(args[1]):
			tag, err := text(args[1], "the name of a tag")
			if err != nil {
				return Step{}, err
			}
			step.Tags = []string{tag}
		case via[0].Path != nil:
			return Step{}, fmt.Errorf("expected a tag after the path")
		default:
			step.Tags = []string{quad.StringOf(via[0].Term.Value)}
		}
		if step.Tags[0] == "" {
			return Step{}, fmt.Errorf("expected the name of a tag, got an empty one")
		}
		return step, nil
	}
}

// named reads tags: one, or any number.
func (s *script) named(op string, one bool) stepFunc {
	return func(args []goja.Value) (Step, error) {
		tags, err := s.tags(args)
		if err == nil && (len(tags) == 0 || one && len(tags) > 1) {
			err = fmt.Errorf("expected the name of a tag, got %s", strings.Join(append([]string{fmt.Sprint(len(tags))}, "of them"), " "))
		}
		return Step{Op: op, Tags: tags}, err
	}
}

// finals defines what runs a path.
func (s *script) finals() {
	s.methodOf(s.path, "all", func(p *Path, _ goja.FunctionCall) (goja.Value, error) {
		s.rows++
		return goja.Undefined(), s.host.rows(p, -1)
	})
	s.methodOf(s.path, "getLimit", func(p *Path, call goja.FunctionCall) (goja.Value, error) {
		n, err := integer(call.Argument(0), "a number of rows")
		if err != nil {
			return nil, err
		}
		s.rows++
		return goja.Undefined(), s.host.rows(p, n)
	})
	s.methodOf(s.path, "count", func(p *Path, _ goja.FunctionCall) (goja.Value, error) {
		n, err := s.host.count(p)
		return s.vm.ToValue(n), err
	})
	for _, name := range []string{"forEach", "map"} {
		s.methodOf(s.path, name, s.forEach)
	}
	s.methodOf(s.path, "toArray", s.array(false))
	s.methodOf(s.path, "tagArray", s.array(true))
	s.methodOf(s.path, "toValue", s.single(false))
	s.methodOf(s.path, "tagValue", s.single(true))
}

// array reads an optional limit and gives the results, or their tags.
func (s *script) array(tags bool) func(*Path, goja.FunctionCall) (goja.Value, error) {
	return func(p *Path, call goja.FunctionCall) (goja.Value, error) {
		limit := -1
		if !nothing(call.Argument(0)) {
			n, err := integer(call.Argument(0), "a number of results")
			if err != nil {
				return nil, err
			}
			limit = n
		}
		items := []any{}
		err := s.host.each(p, tags, limit, func(row map[string]any) error {
			if len(items) == maxArray {
				return fmt.Errorf("more than %d results: give a limit, or use forEach", maxArray)
			}
			items = append(items, s.result(row, tags))
			return nil
		})
		return s.vm.NewArray(items...), err
	}
}

func (s *script) single(tags bool) func(*Path, goja.FunctionCall) (goja.Value, error) {
	return func(p *Path, _ goja.FunctionCall) (goja.Value, error) {
		out := goja.Null()
		err := s.host.each(p, tags, 1, func(row map[string]any) error {
			out = s.result(row, tags)
			return nil
		})
		return out, err
	}
}

func (s *script) result(row map[string]any, tags bool) goja.Value {
	if tags {
		return s.toScript(row)
	}
	return s.toScript(row["id"])
}

// forEach reads ([limit], function).
func (s *script) forEach(p *Path, call goja.FunctionCall) (goja.Value, error) {
	if n := len(call.Arguments); n != 1 && n != 2 {
		return nil, fmt.Errorf("expected a function, or a limit and a function, got %d arguments", n)
	}
	limit := -1
	if len(call.Arguments) == 2 {
		n, err := integer(call.Argument(0), "a number of results")
		if err != nil {
			return nil, err
		}
		limit = n
	}
	last := call.Argument(len(call.Arguments) - 1)
	fn, ok := goja.AssertFunction(last)
	if !ok {
		return nil, fmt.Errorf("expected a function, got %s", describe(last))
	}
	err := s.host.each(p, true, limit, func(row map[string]any) error {
		_, err := fn(call.This, s.toScript(row))
		return err
	})
	return goja.Null(), err
}
