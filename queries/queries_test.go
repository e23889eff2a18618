package queries

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestBuiltin(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"who-says", "who-doubts", "who-denies", "who-blames-whom", "who-declined", "what-does", "attribution",
		"evidence", "connect", "numbers", "neighbourhood", "documents"} {
		q, err := set.Get(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if !q.Builtin || len(q.Columns) == 0 || q.Summary() == "" {
			t.Errorf("%s: builtin %v, columns %v, summary %q", name, q.Builtin, q.Columns, q.Summary())
		}
		for _, p := range q.Params {
			if p.Description == "" {
				t.Errorf("%s: parameter %s has no description", name, p.Name)
			}
		}
	}
}

const good = `/**
 * Who says what. And more
 * of it.
 *
 * @query   ask
 * @param   {entity} about - whom
 * @param   {integer} [limit=10] - rows
 * @param   {a|b} [side] - one
 * @columns x y
 * @draw
 * @example about="North Korea" limit=5
 * @example about=hs:X
 */
g.V()`

func TestParse(t *testing.T) {
	q, err := Parse("dir/ask.js", good)
	if err != nil {
		t.Fatal(err)
	}
	want := &Query{Name: "ask", Description: "Who says what. And more\nof it.", Columns: []string{"x", "y"}, Draws: true, Source: good, File: "dir/ask.js",
		Params: []Param{{Name: "about", Type: Entity, Description: "whom"}, {Name: "limit", Type: Integer, Default: "10", Optional: true, Description: "rows"},
			{Name: "side", Type: Choice, Choices: []string{"a", "b"}, Optional: true, Description: "one"}},
		Examples: []Example{{"about": "North Korea", "limit": "5"}, {"about": "hs:X"}}}
	if !reflect.DeepEqual(q, want) {
		t.Errorf("got  %+v\nwant %+v", q, want)
	}
	if got := q.Summary(); got != "Who says what." {
		t.Errorf("summary %q", got)
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"no header", "/**", "/*", "ask.js:1: no header"},
		{"open header", "*/", "", "ask.js:1: the header's comment is not closed"},
		{"no name", "@query   ask\n *", "", "ask.js:1: the header has no @query line"},
		{"other name", "@query   ask", "@query   asks", "does not match the file's name"},
		{"bad name", "@query   ask", "@query   Ask it", "ask.js:5: @query \"Ask it\""},
		{"no description", " * Who says what. And more\n * of it.\n", "", "no description"},
		{"no example", "@example about=\"North Korea\" limit=5\n * @example about=hs:X", "", "no @example"},
		{"bad example", "@example about=hs:X", "@example hs:X", "ask.js:12: @example hs:X: want name=value"},
		{"example without what it needs", "@example about=hs:X", "@example limit=1", "parameter about: missing"},
		{"example of the wrong type", "limit=5", "limit=five", "not a whole number"},
		{"unknown tag", "@draw", "@paint", "ask.js:10: unknown tag @paint"},
		{"unknown type", "{entity}", "{thing}", "ask.js:6: @param about: unknown type {thing}"},
		{"no type", "{entity} about", "about", "ask.js:6: @param about - whom: want {type} name"},
		{"bad default", "[limit=10]", "[limit=ten]", "its default: \"ten\" is not a whole number"},
		{"twice", "[limit=10]", "[about]", "@param about is there twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := strings.Replace(good, c.from, c.to, 1)
			if src == good {
				t.Fatal("the case changes nothing")
			}
			if _, err := Parse("dir/ask.js", src); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestBind(t *testing.T) {
	q := &Query{Params: []Param{{Name: "e", Type: Entity, Optional: true}, {Name: "n", Type: Node, Optional: true}, {Name: "s", Type: String, Optional: true},
		{Name: "i", Type: Integer, Optional: true}, {Name: "f", Type: Number, Optional: true}, {Name: "d", Type: Date, Optional: true},
		{Name: "b", Type: Boolean, Optional: true}, {Name: "c", Type: Choice, Choices: []string{"x", "y"}, Optional: true}}}
	resolve := func(name string) (string, error) {
		if name == "Kaspersky Lab" {
			return "hs:Kaspersky", nil
		}
		return "", errors.New("nobody")
	}
	for _, c := range []struct {
		param, value string
		want         any // an error where it is nil
	}{
		{"e", "hs:X", "<hs:X>"}, {"e", "<hs:X>", "<hs:X>"}, {"e", "Kaspersky Lab", "<hs:Kaspersky>"}, {"e", "Nobody", nil}, {"e", "<hs:X> .", nil},
		{"n", "hs:claim/0a", "<hs:claim/0a>"}, {"n", "claim", nil}, {"n", "hs:a b", nil}, {"n", "<hs:a>b>", nil},
		{"s", `"); g.V()`, `"); g.V()`},
		{"i", "12", int64(12)}, {"i", "1.5", nil}, {"i", "1e400", nil}, {"i", "99999999999999999", nil},
		{"f", "1.5", 1.5}, {"f", "NaN", nil}, {"f", "1e999", nil},
		{"d", "2017-05-15", "2017-05-15T00:00:00Z"}, {"d", "2017-05-15T10:00:00+02:00", "2017-05-15T08:00:00Z"}, {"d", "2017", "2017-01-01T00:00:00Z"}, {"d", "15/5/17", nil},
		{"b", "true", true}, {"b", "maybe", nil}, {"c", "y", "y"}, {"c", "z", nil},
	} {
		got, err := q.Bind(map[string]string{c.param: c.value}, resolve)
		var bad *ParamError
		switch {
		case c.want == nil && !errors.As(err, &bad):
			t.Errorf("%s=%s: %v, want a ParamError", c.param, c.value, err)
		case c.want != nil && (err != nil || got[c.param] != c.want):
			t.Errorf("%s=%s: %v, %v; want %v", c.param, c.value, got[c.param], err, c.want)
		}
		if err == nil && len(got) != len(q.Params) {
			t.Errorf("%s=%s: %d parameters, want all %d", c.param, c.value, len(got), len(q.Params))
		}
	}
	_, err := q.Bind(map[string]string{"ee": "x"}, nil)
	var unknown *UnknownError
	if !errors.As(err, &unknown) || unknown.Hint() != "did you mean e?" && !strings.HasPrefix(unknown.Hint(), "known: ") {
		t.Errorf("an unknown parameter: %v", err)
	}
}

func TestNear(t *testing.T) {
	names := []string{"who-says", "who-doubts", "who-denies", "what-does", "connect", "documents"}
	for _, c := range []struct {
		name string
		want []string
	}{
		{"who-dobuts", []string{"who-doubts"}}, {"whosays", []string{"who-says"}}, {"document", []string{"documents"}},
		{"conn", []string{"connect"}}, {"xyzzy", []string{}}, {"", []string{}},
	} {
		if got := Near(c.name, names); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Near(%q) = %q, want %q", c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "acb", 1}, {"kaspersky", "kasperski", 1}, {"a", "xyz", 3}, {"northkorea", "southkorea", 2}} {
		if got := Distance(c.a, c.b, 9); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
		if c.want > 0 && Distance(c.a, c.b, c.want-1) != c.want {
			t.Errorf("Distance(%q, %q) over its limit is not the limit and one", c.a, c.b)
		}
	}
}

func TestLoadDir(t *testing.T) {
	dir := t.TempDir()
	write := func(name, src string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("ask.js", good)
	write("who-says.js", strings.Replace(good, "@query   ask", "@query   who-says", 1))
	write("notes.txt", "no query")
	set, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if q, err := set.Get("who-says"); err != nil || q.Builtin || !strings.HasPrefix(q.Description, "Who says what. And more") {
		t.Errorf("the folder's who-says does not take the built-in one's place: %v, %v", q, err)
	}
	write("bad.js", "g.V()")
	write("worse.js", "/** x @query */")
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "bad.js:1") || !strings.Contains(err.Error(), "worse.js:1") {
		t.Errorf("error %v, want both files named", err)
	}
}

func FuzzParseScript(f *testing.F) {
	f.Add(good)
	f.Add("/** @param {a|b} [x=c] */")
	f.Add("/**\n * @example x=\"")
	f.Fuzz(func(t *testing.T, src string) {
		q, err := ParseScript(src)
		if err != nil {
			return
		}
		for _, e := range q.Examples {
			if _, err := q.Bind(e, nil); err != nil {
				t.Errorf("an example of a script that parses can't be bound: %v", err)
			}
		}
	})
}
