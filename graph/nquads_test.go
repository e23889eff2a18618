package graph

import (
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
)

// The rules of the W3C's N-Quads grammar, case by case: each that its test suite
// has (nq-syntax-*, nt-syntax-*, literal_*), and more.
func TestNQuadsGrammar(t *testing.T) {
	for _, line := range []string{
		`<hs:a> <hs:b> <hs:c> <hs:d> .`,
		`<hs:a> <hs:b> <hs:c> .`,
		`<hs:a><hs:b><hs:c>.`,
		"\t<hs:a>\t<hs:b>  <hs:c>\t<hs:d>\t.\t# comment",
		`_:a <hs:b> _:c _:d .`,
		`_:1a <hs:b> _:a.b-c_d.`,
		`_:Zoë <hs:b> "" .`,
		`_:b <hs:b> ""@en _:1a .`,
		`<hs:a> <hs:b> " !\"#$%&'()*+,-./:;<=>?@[]^_{|}~" .`,
		"<hs:a> <hs:b> \"\x01\x08\x0b\x1f\u007f\u0080\u07ff\u0800\ufffd\U0010fffd\" .",
		`<hs:!$%25&'()*+,-./0123456789:/@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~?#> <hs:b> <hs:c> .`,
		`<hs:a> <hs:b> "c" .`,
		`<hs:a> <hs:b> "c"@en <hs:d> .`,
		`<hs:a> <hs:b> "c"@en-GB-x-1 .`,
		`<hs:a> <hs:b> "c"^^<hs:t> _:d .`,
		`<hs:a> <hs:b> "tab\t back\b new\n ret\r form\f quote\" single\' slash\\ " .`,
		`<hs:a> <hs:b> "\u00e9\U0001F600" .`,
		`<http://example/\u00e9> <hs:b> <hs:c> .`,
		`<http://example/é?q=1&r=%20#f> <hs:b> <hs:c> .`,
		"<hs:a> <hs:b> \"a tab:\t and a \u0001\" .",
		`<hs:a> <hs:b> "it's # no comment" .`,
	} {
		if _, ok, err := ParseNQuad(line); err != nil || !ok {
			t.Errorf("%s: %v, want a quad", line, err)
		}
	}
	for _, line := range []string{"", "   ", "# only a comment", "\t# <hs:a> <hs:b> <hs:c> ."} {
		if _, ok, err := ParseNQuad(line); err != nil || ok {
			t.Errorf("%q: %v, %v, want nothing", line, ok, err)
		}
	}
	for line, want := range map[string]string{
		`<hs:a> <hs:b> <hs:c>`:                         "the final .",
		`<hs:a> <hs:b> .`:                              "an object",
		`<hs:a> <hs:b> <hs:c> <hs:d> <hs:e> .`:         "the final .",
		`<hs:a> <hs:b> <hs:c> . <hs:d> .`:              "the end of the line",
		`<hs:a> <hs:b> <hs:c> "label" .`:               "a label",
		`"a" <hs:b> <hs:c> .`:                          "a subject",
		`<hs:a> _:b <hs:c> .`:                          "a predicate",
		`<hs:a> "b" <hs:c> .`:                          "a predicate",
		`<a> <hs:b> <hs:c> .`:                          "an absolute IRI",
		`<hs:a b> <hs:b> <hs:c> .`:                     "a character that an IRI may hold",
		`<hs:a\u0020> <hs:b> <hs:c> .`:                 "a character that an IRI may hold",
		`<hs:a\n> <hs:b> <hs:c> .`:                     "an escape",
		`<hs:{a}> <hs:b> <hs:c> .`:                     "a character that an IRI may hold",
		`<hs:a <hs:b> <hs:c> .`:                        "a character that an IRI may hold",
		`<hs:a> <hs:b> "c .`:                           "the closing",
		`<hs:a> <hs:b> 'c' .`:                          "an object",
		`<hs:a> <hs:b> """c""" .`:                      "a label",
		`<hs:a> <hs:b> "\a" .`:                         "an escape",
		`<hs:a> <hs:b> "\u00zz" .`:                     "4 hexadecimal digits",
		`<hs:a> <hs:b> "\uD800" .`:                     "4 hexadecimal digits",
		`<hs:a> <hs:b> "\U00110000" .`:                 "8 hexadecimal digits",
		`<hs:a> <hs:b> "c"@ .`:                         "a language tag",
		`<hs:a> <hs:b> "c"@1 .`:                        "a language tag",
		`<hs:a> <hs:b> "c"@en- .`:                      "a language tag",
		`<hs:a> <hs:b> "c"^^t .`:                       "^^<datatype>",
		`<hs:a> <hs:b> "c"^<hs:t> .`:                   "^^<datatype>",
		`<hs:a> <hs:b> "c" ^^<hs:t> .`:                 "a label",
		`<hs:a> <hs:b> 1 .`:                            "an object",
		`@prefix : <hs:> .`:                            "a subject",
		`<hs:a> <hs:b> <hs:c>, <hs:d> .`:               "a label",
		`_: <hs:b> <hs:c> .`:                           "a name",
		`_::a <hs:b> <hs:c> .`:                         "a name",
		`_:abc:def <hs:b> <hs:c> .`:                    "a predicate",
		`@base <hs:> .`:                                "a subject",
		`<hs:a> <hs:b> <hs:c>; <hs:d> <hs:e> .`:        "a label",
		`<hs:a\/b> <hs:b> <hs:c> .`:                    "an escape",
		`<hs:a\u00ZZ11> <hs:b> <hs:c> .`:               "4 hexadecimal digits",
		`<hs:a\U00ZZ1111> <hs:b> <hs:c> .`:             "8 hexadecimal digits",
		`<hs:a> <b> <hs:c> .`:                          "an absolute IRI",
		`<hs:a> <hs:b> <c> .`:                          "an absolute IRI",
		`<hs:a> <hs:b> "c"^^<t> .`:                     "an absolute IRI",
		`<hs:a> <hs:b> <hs:c> <d> .`:                   "an absolute IRI",
		`<hs:a> <hs:b> <hs:c> "d"@en .`:                "a label",
		`<hs:a> <hs:b> <hs:c> "d"^^<hs:t> .`:           "a label",
		`<hs:a> <hs:b> "\U0000WXYZ" .`:                 "8 hexadecimal digits",
		`<hs:a> <hs:b> "abc' .`:                        "the closing",
		`<hs:a> <hs:b> '''c''' .`:                      "an object",
		`<hs:a> <hs:b> c" .`:                           "an object",
		`<hs:a> <hs:b> 1.0 .`:                          "an object",
		`<hs:a> <hs:b> 1.0e0 .`:                        "an object",
		"<hs:a> <hs:b> \"c\rd\" .":                     "as an escape",
		`_:-a <hs:b> <hs:c> .`:                         "a name",
		"<hs:a> <hs:b> \"\xff\" .":                     "UTF-8",
		`<hs:a> <hs:b> "c"@en^^<hs:t> .`:               "a label",
		`hs:a <hs:b> <hs:c> .`:                         "a subject",
		`<hs:a> <hs:b> <hs:c> <hs:d> . trailing words`: "the end of the line",
	} {
		_, ok, err := ParseNQuad(line)
		if err == nil || ok {
			t.Errorf("%s: accepted", line)
		} else if !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want an error about %s", line, err, want)
		}
	}
}

// A term on its own is read by the same rules.
func TestParseTerm(t *testing.T) {
	for in, want := range map[string]quad.Value{"hs:a": quad.IRI("hs:a"), "<hs:a>": quad.IRI("hs:a"), "_:a.b": quad.BNode("a.b"),
		`"a"@en`: quad.LangString{Value: "a", Lang: "en"}, "_:\ufffd": quad.BNode("\ufffd")} {
		if got, err := ParseTerm(in); err != nil || got != want {
			t.Errorf("%s: %#v, %v; want %#v", in, got, err, want)
		}
	}
	for _, in := range []string{"", "a", "<hs:a", "_:", "_:a ", "_:a\xe2\x80", "<hs:\xff>", "\"\xff\"", "_:a."} {
		if got, err := ParseTerm(in); err == nil {
			t.Errorf("%q: accepted as %#v", in, got)
		}
	}
}

// What can't be given back as it was is refused before it is stored.
func TestCheckQuad(t *testing.T) {
	good := quad.Quad{Subject: quad.IRI("hs:a"), Predicate: quad.IRI("hs:b"), Object: quad.String("c"), Label: quad.IRI("hs:d")}
	if err := checkQuad(good); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*quad.Quad){
		"no subject":        func(q *quad.Quad) { q.Subject = nil },
		"text as subject":   func(q *quad.Quad) { q.Subject = quad.String("a") },
		"blank predicate":   func(q *quad.Quad) { q.Predicate = quad.BNode("b") },
		"number as label":   func(q *quad.Quad) { q.Label = quad.Int(1) },
		"relative IRI":      func(q *quad.Quad) { q.Object = quad.IRI("a") },
		"space in an IRI":   func(q *quad.Quad) { q.Object = quad.IRI("hs:a b") },
		"bad blank node":    func(q *quad.Quad) { q.Subject = quad.BNode("a b") },
		"empty language":    func(q *quad.Quad) { q.Object = quad.LangString{Value: "c"} },
		"bad datatype":      func(q *quad.Quad) { q.Object = quad.TypedString{Value: "c", Type: "t"} },
		"invalid UTF-8":     func(q *quad.Quad) { q.Object = quad.String("\xff") },
		"a NUL":             func(q *quad.Quad) { q.Object = quad.String("a\x00b") },
		"parts of a second": func(q *quad.Quad) { q.Object = quad.Time(time.Unix(1, 5).UTC()) },
	} {
		q := good
		change(&q)
		if err := checkQuad(q); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if got := safeIRI("hs:a b\"<\xff>"); got != "hs:a%20b%22%3C\uFFFD%3E" {
		t.Errorf("safeIRI = %q", got)
	}
	if got := safeText("a\x00b\tc\x07\xff"); got != "ab\tc\uFFFD" {
		t.Errorf("safeText = %q", got)
	}
}
