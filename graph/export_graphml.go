package graph

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// graphml writes GraphML 1.0. label and weight are what Gephi looks for, name and
// interaction what Cytoscape does.
func (d *drawn) graphml(out *bufio.Writer, base string) error {
	w := xmlWriter{out}
	w.WriteString(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
		` xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">` + "\n")
	nodes := append([]column[*netNode]{
		{"label", "string", func(n *netNode) any { return n.label }},
		{"name", "string", func(n *netNode) any { return n.label }},
		{"color", "string", func(n *netNode) any { return hexColor(kindColors[n.kind]) }},
	}, nodeColumns(base)...)
	edges := append([]column[*netEdge]{
		{"label", "string", func(e *netEdge) any { return e.label() }},
		{"interaction", "string", func(e *netEdge) any { return e.label() }},
		{"weight", "int", func(e *netEdge) any { return e.weight() }},
		{"color", "string", func(e *netEdge) any { return hexColor(sideColors[e.side]) }},
	}, edgeColumns(base)...)
	graphmlKeys(w, "node", nodes)
	graphmlKeys(w, "edge", edges)
	w.WriteString(`<graph id="hearsay" edgedefault="directed">` + "\n")
	for _, id := range sorted(d.nodes) {
		w.WriteString("<node")
		w.attr("id", xmlID(id))
		w.WriteByte('>')
		graphmlData(w, "node", d.nodes[id], nodes)
		w.WriteString("</node>\n")
	}
	for i, e := range d.edges {
		w.WriteString("<edge")
		w.attr("id", "e"+strconv.Itoa(i))
		w.attr("source", xmlID(e.source))
		w.attr("target", xmlID(e.target))
		w.WriteByte('>')
		graphmlData(w, "edge", e, edges)
		w.WriteString("</edge>\n")
	}
	_, err := w.WriteString("</graph>\n</graphml>\n")
	return err
}

func hexColor(c [3]uint8) string {
	if c == ([3]uint8{}) {
		c = [3]uint8{150, 150, 150}
	}
	return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
}

func graphmlKeys[T any](w xmlWriter, class string, columns []column[T]) {
	for _, c := range columns {
		fmt.Fprintf(w, `<key id="%s-%s" for="%s" attr.name="%s" attr.type="%s"/>`+"\n", class, c.name, class, c.name, c.typ)
	}
}

func graphmlData[T any](w xmlWriter, class string, row T, columns []column[T]) {
	for _, c := range columns {
		if v := fmt.Sprint(c.value(row)); v != "" {
			w.WriteString(`<data key="` + class + "-" + c.name + `">`)
			w.text(v)
			w.WriteString("</data>")
		}
	}
}

// localName is what follows the last /, # or : of an IRI.
func localName(iri string) string { return iri[strings.LastIndexAny(iri, "/#:")+1:] }
