package graph

import (
	"bufio"
	"encoding/csv"
	"encoding/json"

	"github.com/cayleygraph/quad"
)

// csvEncoder writes a quad a row. Blank nodes have their _: and IRIs stand
// without brackets; kind tells an object that is an IRI from one that is text.
type csvEncoder struct{ w *csv.Writer }

func newCSVEncoder(w *bufio.Writer) *csvEncoder {
	e := &csvEncoder{w: csv.NewWriter(w)}
	e.w.Write([]string{"subject", "predicate", "object", "kind", "datatype", "language", "label"}) // the error stays until close
	return e
}

func (e *csvEncoder) quad(q quad.Quad) error {
	o := termOf(q.Object)
	return e.w.Write([]string{termOf(q.Subject).text, termOf(q.Predicate).text, o.text, o.kind, o.datatype, o.language, termOf(q.Label).text})
}

func (e *csvEncoder) close() error {
	e.w.Flush()
	return e.w.Error()
}

// jsonEncoder writes an array of objects, a quad each, its terms as in N-Quads.
type jsonEncoder struct {
	w     *bufio.Writer
	begun bool
}

func (e *jsonEncoder) quad(q quad.Quad) error {
	text := func(v quad.Value) string { return string(appendTerm(nil, v)) }
	row := struct {
		Subject   string `json:"subject"`
		Predicate string `json:"predicate"`
		Object    string `json:"object"`
		Label     string `json:"label,omitempty"`
	}{Subject: text(q.Subject), Predicate: text(q.Predicate), Object: text(q.Object)}
	if q.Label != nil {
		row.Label = text(q.Label)
	}
	return writeItem(e.w, &e.begun, row)
}

func (e *jsonEncoder) close() error { return endArray(e.w, e.begun) }

// writeItem writes one element of an array, a line each.
func writeItem(w *bufio.Writer, begun *bool, item any) error {
	sep := ",\n"
	if !*begun {
		sep, *begun = "[\n", true
	}
	if _, err := w.WriteString(sep); err != nil {
		return err
	}
	b, err := marshal(item)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

func endArray(w *bufio.Writer, begun bool) error {
	end := "\n]\n"
	if !begun {
		end = "[]\n"
	}
	_, err := w.WriteString(end)
	return err
}

// marshal is JSON without HTML escapes: IRIs stay readable.
func marshal(v any) ([]byte, error) {
	var b jsonBuffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return b[:len(b)-1], nil
}

type jsonBuffer []byte

func (b *jsonBuffer) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}

// jsonldEncoder writes expanded JSON-LD 1.1: an array of named graphs, each with
// one node. The quads of one subject and label that come in a row share one; a
// graph that comes again is the same graph.
type jsonldEncoder struct {
	w              *bufio.Writer
	begun          bool
	subject, label quad.Value
	node           map[string]any
}

func (e *jsonldEncoder) quad(q quad.Quad) error {
	if e.node == nil || q.Subject != e.subject || q.Label != e.label {
		if err := e.flush(); err != nil {
			return err
		}
		e.subject, e.label = q.Subject, q.Label
		e.node = map[string]any{"@id": termOf(q.Subject).text}
	}
	p, o := termOf(q.Predicate).text, termOf(q.Object)
	if p == RDFType && o.kind != "literal" {
		types, _ := e.node["@type"].([]string)
		e.node["@type"] = append(types, o.text)
		return nil
	}
	values, _ := e.node[p].([]any)
	e.node[p] = append(values, jsonldValue(q.Object))
	return nil
}

func jsonldValue(v quad.Value) any {
	o := termOf(v)
	switch {
	case o.kind != "literal":
		return map[string]string{"@id": o.text}
	case o.language != "":
		return map[string]string{"@value": o.text, "@language": o.language}
	case o.datatype != "":
		return map[string]string{"@value": o.text, "@type": o.datatype}
	}
	return map[string]string{"@value": o.text}
}

func (e *jsonldEncoder) flush() error {
	if e.node == nil {
		return nil
	}
	var item any = e.node
	if e.label != nil {
		item = map[string]any{"@id": termOf(e.label).text, "@graph": []any{e.node}}
	}
	e.node = nil
	return writeItem(e.w, &e.begun, item)
}

func (e *jsonldEncoder) close() error {
	if err := e.flush(); err != nil {
		return err
	}
	return endArray(e.w, e.begun)
}
