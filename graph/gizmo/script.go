package gizmo

import (
	"context"
	"errors"
	"fmt"
	"runtime/metrics"
	"strings"
	"sync"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/voc"
	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
)

// script is one run of one script.
type script struct {
	vm   *goja.Runtime
	host host
	ns   voc.Namespaces
	path *goja.Object // prototype of paths that can be run
	open *goja.Object // prototype of morphisms
	val  *goja.Object // prototype of terms
	filt *goja.Object // prototype of filters
	rows int          // emitted
}

const scriptName, libraryName = "query", "library"

// runScript runs a script whose paths host follows.
func runScript(ctx context.Context, src string, opts Options, h host) (err error) {
	s := &script{vm: goja.New(), host: h}
	s.vm.SetMaxCallStackSize(maxStack)
	defer func() {
		if r := recover(); r != nil {
			err = s.fault(r)
		}
	}()
	s.globals(opts.Params)
	s.natives(opts.Natives)
	main, err := compile(scriptName, src)
	if err != nil {
		return err
	}
	stop := s.watch(ctx, opts.Memory)
	defer stop()
	if opts.Library != "" {
		lib, err := compileLibrary(opts.Library)
		if err == nil {
			_, err = s.vm.RunProgram(lib)
		}
		if err != nil {
			return fmt.Errorf("library: %w", scriptError(err))
		}
	}
	last, err := s.vm.RunProgram(main)
	if err != nil {
		return scriptError(err)
	}
	return s.last(last)
}

// last gives the script's last value to the reader where nothing else was given:
// g.V().count() is a query of its own.
func (s *script) last(v goja.Value) error {
	if s.rows > 0 || nothing(v) || unwrap(v) != nil {
		return nil
	}
	if _, callable := goja.AssertFunction(v); callable {
		return nil
	}
	row, err := s.export(v)
	if err != nil || row == nil {
		return nil
	}
	return s.host.emit(row)
}

// fault turns what was thrown outside of a running program into an error.
func (s *script) fault(r any) error {
	if err, ok := r.(error); ok {
		return scriptError(err)
	}
	return &Error{Message: fmt.Sprint(r)}
}

// watch interrupts the script when ctx ends or its values grow too large.
func (s *script) watch(ctx context.Context, limit uint64) (stop func()) {
	done := make(chan struct{})
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	heap := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	before := heap()
	go func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-ctx.Done():
				s.vm.Interrupt(ctx.Err())
				return
			case <-tick.C:
				if heap() > before+limit {
					s.vm.Interrupt(ErrMemory)
					return
				}
			}
		}
	}()
	return func() { close(done) }
}

// compiled remembers what libraries compile to: they are few and the same for every
// query, and take longer to compile than most queries to run.
var compiled = struct {
	sync.Mutex
	programs map[string]*goja.Program
}{programs: make(map[string]*goja.Program)}

// maxLibraries is how many libraries are remembered.
const maxLibraries = 8

func compileLibrary(src string) (*goja.Program, error) {
	compiled.Lock()
	p := compiled.programs[src]
	compiled.Unlock()
	if p != nil {
		return p, nil
	}
	p, err := compile(libraryName, src)
	if err != nil {
		return nil, err
	}
	compiled.Lock()
	defer compiled.Unlock()
	if len(compiled.programs) < maxLibraries {
		compiled.programs[src] = p
	}
	return p, nil
}

// compile parses a script; the error says where and what.
func compile(name, src string) (*goja.Program, error) {
	tree, err := parser.ParseFile(nil, name, src, 0)
	if err != nil {
		var list parser.ErrorList
		if errors.As(err, &list) && len(list) > 0 {
			e := list[0]
			return nil, &Error{e.Position.Line, e.Position.Column, "syntax error: " + e.Message}
		}
		return nil, &Error{Message: err.Error()}
	}
	p, err := goja.CompileAST(tree, false)
	if err != nil {
		var e *goja.CompilerSyntaxError
		if errors.As(err, &e) && e.File != nil {
			at := e.File.Position(e.Offset)
			return nil, &Error{at.Line, at.Column, "syntax error: " + e.Message}
		}
		return nil, &Error{Message: err.Error()}
	}
	return p, nil
}

// scriptError gives an error of the runtime its place in the script.
func scriptError(err error) error {
	var interrupted *goja.InterruptedError
	if errors.As(err, &interrupted) {
		if cause, ok := interrupted.Value().(error); ok {
			return cause
		}
		return fmt.Errorf("interrupted: %v", interrupted.Value())
	}
	var overflow *goja.StackOverflowError
	if errors.As(err, &overflow) {
		return placed(overflow.Stack(), fmt.Sprintf("more than %d calls within calls", maxStack))
	}
	var thrown *goja.Exception
	if errors.As(err, &thrown) {
		return placed(thrown.Stack(), message(thrown))
	}
	return err
}

// message is what was thrown, in words.
func message(e *goja.Exception) string {
	v := e.Value()
	if v == nil {
		return "error"
	}
	if o, ok := v.(*goja.Object); ok {
		if cause, ok := o.Export().(error); ok {
			return cause.Error()
		}
		name, text := o.Get("name"), o.Get("message")
		if text != nil && name != nil && !nothing(text) {
			if name.String() == "GoError" || name.String() == "TypeError" && strings.Contains(text.String(), "(): ") {
				return text.String()
			}
			return name.String() + ": " + text.String()
		}
	}
	return shorten(v.String(), 200)
}

func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// placed is an error at the innermost call of the script itself.
func placed(stack []goja.StackFrame, msg string) error {
	for _, f := range stack {
		if f.SrcName() == scriptName {
			at := f.Position()
			return &Error{at.Line, at.Column, msg}
		}
	}
	return &Error{Message: msg}
}

// throw raises an error in the script, which may catch it. What ends the run is
// no error of the script: it can't be caught.
func (s *script) throw(method string, err error) goja.Value {
	var inner *goja.Exception // thrown by a function that the method called
	if errors.As(err, &inner) {
		panic(inner.Value())
	}
	var interrupted *goja.InterruptedError
	var overflow *goja.StackOverflowError
	if errors.Is(err, errStopped) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		errors.As(err, &interrupted) || errors.As(err, &overflow) {
		s.vm.Interrupt(scriptError(err))
		return goja.Undefined()
	}
	panic(s.vm.NewTypeError(method + "(): " + err.Error()))
}

// function defines a function of the script; its errors name it.
func (s *script) function(o *goja.Object, name string, fn func(goja.FunctionCall) (goja.Value, error)) {
	wrapped := func(call goja.FunctionCall) goja.Value {
		v, err := fn(call)
		if err != nil {
			return s.throw(name, err)
		}
		return v
	}
	if err := o.Set(name, wrapped); err != nil {
		panic(err)
	}
}

// globals defines g, graph, params and the makers of terms and filters.
func (s *script) globals(params map[string]any) {
	s.prototypes()
	g := s.vm.NewObject()
	for _, name := range []string{"V", "Vertex"} {
		s.function(g, name, func(call goja.FunctionCall) (goja.Value, error) {
			nodes, err := s.terms(call.Arguments)
			return s.object(s.path, &Path{Steps: []Step{{Op: "V", Values: nodes}}}), err
		})
	}
	for _, name := range []string{"M", "Morphism"} {
		s.function(g, name, func(goja.FunctionCall) (goja.Value, error) {
			return s.object(s.open, &Path{}), nil
		})
	}
	for _, name := range []string{"emit", "Emit"} {
		s.function(g, name, func(call goja.FunctionCall) (goja.Value, error) {
			row, err := s.export(call.Argument(0))
			if err != nil || row == nil {
				return goja.Null(), err
			}
			s.rows++
			return goja.Null(), s.host.emit(row)
		})
	}
	s.namespaces(g)
	s.vm.Set("g", g)
	s.vm.Set("graph", g)
	if params == nil {
		params = map[string]any{}
	}
	s.vm.Set("params", s.toScript(params))
	s.makers()
}

// natives defines native, where there are any.
func (s *script) natives(functions map[string]Native) {
	if len(functions) == 0 {
		return
	}
	native := s.vm.NewObject()
	for name, fn := range functions {
		s.function(native, name, func(call goja.FunctionCall) (goja.Value, error) {
			args := make([]any, len(call.Arguments))
			for i, a := range call.Arguments {
				args[i] = a.Export()
			}
			v, err := fn(args)
			return s.toScript(v), err
		})
	}
	s.vm.Set("native", native)
}

// makers defines iri(), str(), gt() and their like.
func (s *script) makers() {
	global := s.vm.GlobalObject()
	one := func(name string, fn func(string) quad.Value) {
		s.function(global, name, func(call goja.FunctionCall) (goja.Value, error) {
			t, err := text(call.Argument(0), "a text")
			return s.object(s.val, fn(t)), err
		})
	}
	one("iri", func(t string) quad.Value { return quad.IRI(t) })
	one("bnode", func(t string) quad.Value { return quad.BNode(t) })
	one("raw", quad.StringToValue)
	one("str", func(t string) quad.Value { return quad.String(t) })
	two := func(name, what string, fn func(a, b string) quad.Value) {
		s.function(global, name, func(call goja.FunctionCall) (goja.Value, error) {
			a, err := text(call.Argument(0), "a text")
			if err != nil {
				return nil, err
			}
			b, err := text(call.Argument(1), what)
			return s.object(s.val, fn(a, b)), err
		})
	}
	two("lang", "a language", func(a, b string) quad.Value { return quad.LangString{Value: quad.String(a), Lang: b} })
	two("typed", "a datatype's IRI", func(a, b string) quad.Value {
		return quad.TypedString{Value: quad.String(a), Type: quad.IRI(strings.Trim(b, "<>"))}
	})
	for _, op := range []string{"lt", "lte", "gt", "gte"} {
		s.function(global, op, func(call goja.FunctionCall) (goja.Value, error) {
			if nothing(call.Argument(0)) {
				return nil, fmt.Errorf("expected a value to compare with, got %s", describe(call.Argument(0)))
			}
			t, err := s.term(call.Argument(0))
			return s.object(s.filt, Filter{Op: op, Term: Term{t}}), err
		})
	}
	s.function(global, "like", func(call goja.FunctionCall) (goja.Value, error) {
		t, err := text(call.Argument(0), "a pattern, with % for any characters and ? for one")
		return s.object(s.filt, Filter{Op: "like", Term: Term{quad.String(t)}}), err
	})
	s.function(global, "regex", s.regex)
}

func (s *script) regex(call goja.FunctionCall) (goja.Value, error) {
	pattern, iris := call.Argument(0), call.Argument(1)
	if nothing(pattern) {
		return nil, fmt.Errorf("expected a regular expression as text, got %s", describe(pattern))
	}
	t, err := s.term(pattern)
	if err != nil {
		return nil, err
	}
	f := Filter{Op: "regex", Term: Term{t}, IRIs: !nothing(iris) && iris.ToBoolean()}
	switch t.(type) {
	case quad.String:
	case quad.IRI, quad.BNode:
		if !f.IRIs {
			return nil, fmt.Errorf("regular expressions match texts alone, unless the second argument is true")
		}
	default:
		return nil, fmt.Errorf("expected a regular expression as text, got %s", describe(pattern))
	}
	if _, err := valueFilters([]Filter{f}); err != nil {
		return nil, err
	}
	return s.object(s.filt, f), nil
}

// namespaces defines g.IRI and the prefixes that it expands.
func (s *script) namespaces(g *goja.Object) {
	for _, name := range []string{"IRI", "Uri"} {
		s.function(g, name, func(call goja.FunctionCall) (goja.Value, error) {
			t, err := text(call.Argument(0), "an IRI as text")
			return s.object(s.val, quad.IRI(s.ns.FullIRI(t))), err
		})
	}
	for _, name := range []string{"addNamespace", "AddNamespace"} {
		s.function(g, name, func(call goja.FunctionCall) (goja.Value, error) {
			prefix, err := text(call.Argument(0), "a prefix")
			if err != nil {
				return nil, err
			}
			full, err := text(call.Argument(1), "an IRI as text")
			s.ns.Register(voc.Namespace{Prefix: prefix + ":", Full: full})
			return goja.Undefined(), err
		})
	}
	for _, name := range []string{"addDefaultNamespaces", "AddDefaultNamespaces"} {
		s.function(g, name, func(goja.FunctionCall) (goja.Value, error) {
			voc.CloneTo(&s.ns)
			return goja.Undefined(), nil
		})
	}
	for _, name := range []string{"loadNamespaces", "LoadNamespaces"} {
		s.function(g, name, func(goja.FunctionCall) (goja.Value, error) {
			return goja.Undefined(), s.loadNamespaces()
		})
	}
}

// loadNamespaces reads the prefixes that Cayley keeps in the graph.
func (s *script) loadNamespaces() error {
	const base = "http://cayley.io/schema/"
	for _, ns := range []string{"cayley:", base} {
		p := &Path{Steps: []Step{{Op: "V"},
			{Op: "has", Via: []Via{{Term: Term{quad.IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")}}}, Values: []Term{{quad.IRI(ns + "namespace")}}},
			{Op: "save", Via: []Via{{Term: Term{quad.IRI(ns + "prefix")}}}, Tags: []string{"prefix"}}}}
		err := s.host.each(p, true, maxSteps, func(row map[string]any) error {
			full, _ := row["id"].(string)
			prefix, _ := row["prefix"].(string)
			s.ns.Register(voc.Namespace{Prefix: strings.Trim(prefix, "<>"), Full: strings.Trim(full, "<>")})
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
