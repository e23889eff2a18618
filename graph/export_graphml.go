package graph

import (
	"bufio"
	"encoding/xml"
	"sort"
	"strings"

	"github.com/cayleygraph/quad"
)

// graphmlEncoder writes what graph drawing programs read: IRIs and blank nodes as
// nodes, each once, with label, class and other literals as their data; every
// other quad as an edge with its predicate and the label that it comes from. Types
// are data, not edges.
type graphmlEncoder struct {
	w       *bufio.Writer
	subject string
	data    map[string][]string // of the subject
	edges   []graphmlEdge
	written map[string]bool // nodes that have been written
	wanted  map[string]bool // nodes that edges lead to
}

type graphmlEdge struct{ predicate, object, label string }

const graphmlHead = `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="type" for="node" attr.name="type" attr.type="string"/>
<key id="data" for="node" attr.name="data" attr.type="string"/>
<key id="predicate" for="edge" attr.name="label" attr.type="string"/>
<key id="from" for="edge" attr.name="from" attr.type="string"/>
<graph id="hearsay" edgedefault="directed">
`

func newGraphmlEncoder(w *bufio.Writer) *graphmlEncoder {
	w.WriteString(graphmlHead) // the error stays until close
	return &graphmlEncoder{w: w, data: map[string][]string{}, written: map[string]bool{}, wanted: map[string]bool{}}
}

func (e *graphmlEncoder) quad(q quad.Quad) error {
	s, p, o := termOf(q.Subject).text, termOf(q.Predicate).text, termOf(q.Object)
	if s != e.subject {
		e.flush()
		e.subject = s
	}
	switch {
	case p == RDFSLabel:
		e.put("label", o.text)
	case p == RDFType:
		e.put("type", o.text)
	case o.kind == "literal":
		e.put("data", localName(p)+": "+o.text)
	default:
		e.edges = append(e.edges, graphmlEdge{p, o.text, termOf(q.Label).text})
	}
	return nil
}

func (e *graphmlEncoder) put(key, text string) {
	if !contains(e.data[key], text) {
		e.data[key] = append(e.data[key], text)
	}
}

// flush writes the subject's node and its edges.
func (e *graphmlEncoder) flush() {
	if e.subject == "" {
		return
	}
	e.node(e.subject, e.data)
	for _, edge := range e.edges {
		e.w.WriteString(`<edge source="`)
		e.escape(e.subject)
		e.w.WriteString(`" target="`)
		e.escape(edge.object)
		e.w.WriteString(`">`)
		e.item("predicate", edge.predicate)
		if edge.label != "" {
			e.item("from", edge.label)
		}
		e.w.WriteString("</edge>\n")
		e.wanted[edge.object] = true
	}
	clear(e.data)
	e.edges = e.edges[:0]
}

func (e *graphmlEncoder) node(id string, data map[string][]string) {
	if e.written[id] {
		return
	}
	e.written[id] = true
	e.w.WriteString(`<node id="`)
	e.escape(id)
	e.w.WriteString(`">`)
	if len(data["label"]) == 0 {
		e.item("label", localName(id))
	}
	for _, key := range []string{"label", "type", "data"} {
		if len(data[key]) > 0 {
			e.item(key, strings.Join(data[key], "; "))
		}
	}
	e.w.WriteString("</node>\n")
}

func (e *graphmlEncoder) item(key, text string) {
	e.w.WriteString(`<data key="` + key + `">`)
	e.escape(text)
	e.w.WriteString("</data>")
}

// escape writes XML text; characters that XML can't hold become U+FFFD.
func (e *graphmlEncoder) escape(s string) { xml.EscapeText(e.w, []byte(s)) }

func (e *graphmlEncoder) close() error {
	e.flush()
	var rest []string
	for id := range e.wanted {
		if !e.written[id] {
			rest = append(rest, id)
		}
	}
	sort.Strings(rest)
	for _, id := range rest {
		e.node(id, nil)
	}
	_, err := e.w.WriteString("</graph>\n</graphml>\n")
	return err
}

// localName is what follows the last /, # or : of an IRI.
func localName(iri string) string { return iri[strings.LastIndexAny(iri, "/#:")+1:] }
