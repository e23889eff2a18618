package graph

import (
	"bufio"
	"strings"

	"github.com/cayleygraph/quad"
)

// trigPrefixes are the namespaces that TriG shortens, in order.
var trigPrefixes = []struct{ name, ns string }{{"cito", NSCito}, {"hs", "hs:"}, {"nif", NSNIF}, {"owl", NSOWL}, {"prov", NSProv}, {"rdf", NSRDF},
	{"rdfs", NSRDFS}, {"schema", NSSchema}, {"skos", NSSKOS}, {"xsd", NSXSD}}

// trigEncoder writes TriG: quads that follow each other share graph, subject and
// predicate. A graph that comes again is the same graph.
type trigEncoder struct {
	w        *bufio.Writer
	base     string // what stands in place of hs:
	last     quad.Quad
	inside   bool // a statement is open
	prefixes bool // written
}

func (e *trigEncoder) quad(q quad.Quad) error {
	if !e.prefixes {
		e.head()
	}
	switch {
	case e.inside && q.Label == e.last.Label && q.Subject == e.last.Subject && q.Predicate == e.last.Predicate:
		e.w.WriteString(", ")
	case e.inside && q.Label == e.last.Label && q.Subject == e.last.Subject:
		e.w.WriteString(" ;\n    " + e.term(q.Predicate) + " ")
	case e.inside && q.Label == e.last.Label:
		e.w.WriteString(" .\n  " + e.term(q.Subject) + " " + e.term(q.Predicate) + " ")
	default:
		e.end()
		if q.Label != nil {
			e.w.WriteString(e.term(q.Label) + " ")
		}
		e.w.WriteString("{\n  " + e.term(q.Subject) + " " + e.term(q.Predicate) + " ")
	}
	_, err := e.w.WriteString(e.term(q.Object))
	e.last, e.inside = q, true
	return err
}

func (e *trigEncoder) head() {
	e.prefixes = true
	for _, p := range trigPrefixes {
		ns := p.ns
		if p.name == "hs" && e.base != "" {
			ns = e.base
		}
		e.w.WriteString("@prefix " + p.name + ": <" + ns + "> .\n")
	}
	e.w.WriteByte('\n')
}

func (e *trigEncoder) end() {
	if e.inside {
		e.w.WriteString(" .\n}\n\n")
	}
	e.inside = false
}

func (e *trigEncoder) close() error {
	if !e.prefixes {
		e.head()
	}
	e.end()
	return nil // what was written is checked when it is flushed
}

// term shortens an IRI, or a literal's datatype, where the rest needs no escapes.
func (e *trigEncoder) term(v quad.Value) string {
	text := string(appendTerm(nil, v))
	at := strings.LastIndex(text, "<")
	if at < 0 || !strings.HasSuffix(text, ">") || at > 0 && !strings.HasSuffix(text[:at], "^^") {
		return text
	}
	iri := text[at+1 : len(text)-1]
	for _, p := range trigPrefixes {
		ns := p.ns
		if p.name == "hs" && e.base != "" {
			ns = e.base
		}
		if rest, ok := strings.CutPrefix(iri, ns); ok && plainLocal(rest) {
			return text[:at] + p.name + ":" + rest
		}
	}
	return text
}

// plainLocal reports whether a local name may stand in TriG as it is.
func plainLocal(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		if !letter && (i == 0 || c != '-') && (c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}
