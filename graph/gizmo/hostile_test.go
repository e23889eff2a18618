package gizmo

import (
	"context"
	"os"
	"testing"
	"time"
)

// hostile are scripts that would hang, bloat or kill a program that ran them
// unguarded.
var hostile = []string{
	"while(true){}",
	"for(;;) g.V('<alice>')",
	"(function f(){ f() })()",
	"var y={}; y.y=y; g.V(y)",
	"var y={}; y.y=y; g.emit(y)",
	"var y=[]; y[0]=y; g.V(y)",
	"var y=[]; y[0]=y; g.emit(y)",
	"iri(1)", "iri()", "iri({})", "lang('x')", "typed(1,2)",
	"g.V().out({a:1}).all()", "g.V().out('x', 5).all()", "g.V().out(function(){}).all()",
	"g.V().has().all()", "g.V().save().all()", "g.V().save('<a>', {}).all()", "g.V().back().all()", "g.V().tag().all()",
	"g.V().follow(1).all()", "g.V().and({}).all()", "g.V().filter(1).all()", "g.V().limit('x').all()", "g.V().limit(-5).all()",
	"g.V().labels().back('x').all()", "g.V().tag('x').outPredicates().back('x').all()", "g.M().all()",
	"g.V().followRecursive().all()", "g.V().followRecursive('<follows>', 1e9).all()",
	"'x'.repeat(1<<30)", "'x'.padEnd(1e9)", "'x'.padStart(1<<30, 'ab')",
	"var s='x'; while(true) s+=s",
	"var a=[]; while(true) a.push('xxxxxxxxxxxxxxxx'+a.length)",
	"new Array(4e9).fill(1)", "[].sort.call({length:4e9})", "[].fill.call({length:4e9},1)", "[].indexOf.call({length:4e9},1)",
	"[].join.call({length:4e9})", "new Array(4294967295).join('x')", "Array.from({length:4e9})", "[].concat(new Array(4e9)).reverse()",
	"[].reverse.call({length:4e9})", "[].includes.call({length:9e15}, 1)", "Array.apply(null, {length: 4e8})", "Math.max.apply(null, new Array(4e8))",
	"JSON.stringify(new Array(4e8))", "var a=[]; a.length=4e9; a.map(String)", "var a=[]; a[4294967294]=1; a.sort()",
	"new ArrayBuffer(1e12)", "new Uint8Array(2e9)", "new Uint8Array(1e8).sort(function(){ while(true){} })",
	"/(a+)+$(?=x)/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')",
	"/^(([a-z])+.)+[A-Z]([a-z])+$(?!x)/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')",
	"new RegExp('(x+x+)+(?=y)').exec('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')",
	"'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.replace(/(a*)*\\1(?=b)/, '')",
	"throw 1", "throw {}", "throw null", "throw undefined", "throw g.V()", "undefinedName", "null.x", "(", "var 1", "g.V(", "'", "`${",
	"g.V().all().all()", "g.all()", "g.V.call(null)", "g.V().out.call(1)", "g.V().out.call({})", "g.V().all.apply(g.M())",
	"new g.V()", "delete g.V; g.V()", "g = 1; g.V()", "Object.prototype.out = 1; g.V().all()",
	"Object.defineProperty(Object.prototype, 'length', {get: function(){ throw 1 }}); g.V([1])",
	"var p=g.V(); for(var i=0;i<100000;i++) p=p.out(); p.all()",
	"var p=g.V(); for(var i=0;i<100;i++) p=p.and(p); p.all()",
	"var p=g.V(); for(var i=0;i<100000;i++) p=g.V().and(p); p.all()",
	"g.V().forEach(function(){ throw 'x' })", "g.V().forEach(function f(){ f() })", "g.V().forEach(1)", "g.V().forEach(g.V())",
	"g.V().forEach(function(){ while(true){} })",
	"g.emit(function(){})", "g.emit(g)", "g.emit(g.V())", "g.emit(Symbol('x'))", "g.emit(new Map())", "g.emit(new Proxy({}, {get: function(){ throw 1 }}))",
	"g.emit({get a(){ throw 1 }})", "g.emit({toJSON: function(){ while(true){} }})", "g.emit(new Date(NaN))", "g.emit(NaN)", "g.emit(1/0)", "g.emit(10n)",
	"var a=[]; a.length=4e9; g.emit(a)", "var a=[]; a.length=4e9; g.V(a)",
	"while(true) g.emit(1)", "while(true) g.V().all()", "for(;;) g.V().getLimit(-1)", "while(true) try { while(true){} } catch(e) {}",
	"try { (function f(){ f() })() } catch(e) { while(true){} }",
	"var o={}; for(var i=0;i<1e9;i++) o['k'+i]=i",
	"async function f(){ while(true) await 1 } f()", "new Promise(function(r){ while(true){} })", "function* f(){ while(true) yield 1 } for (var x of f()) {}",
	"eval('while(true){}')", "new Function('while(true){}')()", "JSON.parse('['.repeat(1e6))", "eval('('.repeat(1e6))",
	"JSON.stringify((function(){ var o={}, p=o; for(var i=0;i<1e6;i++) p=p.a={}; return o })())",
	"g.V().has('<name>', regex('(')).all()", "g.V().filter(regex('(a{1000}){1000}')).all()", "g.V().filter(like('" + "%a%a%a%a%a%a%a%a%a%a%a%a" + "')).all()",
	"String.prototype.toString = function(){ throw 1 }; g.V('<alice>').all()",
	"Array.prototype.push = null; g.V('<alice>').tagArray()", "Date = null; g.emit(g.V('<alice>').out('<born>').toValue())",
	"g.V(new Array(1e7))", "g.V.apply(null, new Array(1e6))", "g.V('<alice>').tag(new Array(1e6))",
	"Object.getOwnPropertySymbols(g.V()).forEach(function(s){ var o={}; o[s]=g.V()[s]; g.V().and(o).all() })",
	"globalThis.constructor.constructor('while(true){}')()",
	"\x00", "\xff\xfe", "var \u202e = 1",
}

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "run-scripts" {
		if err := Serve(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// testPool runs scripts in copies of the test's own program.
func testPool(t testing.TB) *Pool {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := NewPool(exe, "run-scripts")
	t.Cleanup(p.Close)
	return p
}

// TestHostile runs every hostile script under a short deadline: each must end
// soon after it, with an error or without, and leave the program standing.
func TestHostile(t *testing.T) {
	qs, pool := peopleStore(t), testPool(t)
	for _, script := range hostile {
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		done := make(chan error, 1)
		begun := time.Now()
		go func() {
			done <- pool.Run(ctx, qs, script, Options{Limit: 1000, Memory: 64 << 20}, func(any) bool { return true })
		}()
		select {
		case err := <-done:
			t.Logf("%6.0f ms  %.60s  %v", time.Since(begun).Seconds()*1000, script, err)
		case <-time.After(20 * time.Second):
			t.Errorf("hangs: %s", script)
		}
		cancel()
	}
	// The program still works.
	if got := pooled(pool, qs, `g.V("<alice>").out("<follows>").all()`, Options{}); len(got) != 1 || got[0] != `{"id":"\u003cbob\u003e"}` {
		t.Errorf("after the hostile scripts: %s", got)
	}
}

// BenchmarkScript compares a small script run here with one in a process.
func BenchmarkScript(b *testing.B) {
	qs := peopleStore(b)
	const script = `g.V("<alice>").out("<follows>").all()`
	for name, run := range map[string]func() []string{
		"here":    func() []string { return results(qs, script, Options{}) },
		"process": func() []string { return pooled(testPool(b), qs, script, Options{}) },
		"pool":    nil,
	} {
		b.Run(name, func(b *testing.B) {
			if run == nil {
				pool := testPool(b)
				run = func() []string { return pooled(pool, qs, script, Options{}) }
			}
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
		})
	}
}
