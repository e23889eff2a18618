package graph

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"strconv"
)

// xmlWriter writes XML; a bufio.Writer keeps its first error until it is flushed.
type xmlWriter struct{ *bufio.Writer }

// text escapes; characters that XML can't hold become U+FFFD.
func (w xmlWriter) text(s string) { xml.EscapeText(w, []byte(s)) }

// attr writes an attribute.
func (w xmlWriter) attr(name, value string) {
	w.WriteString(" " + name + `="`)
	w.text(value)
	w.WriteByte('"')
}

// gexf writes GEXF 1.3: nodes by kind and edges by side have colours of their
// own, and each edge weighs as much as it has claims. The kind of an edge keeps
// Gephi from merging several stances of one source on one thing.
func (d *drawn) gexf(out *bufio.Writer, base string) error {
	w := xmlWriter{out}
	w.WriteString(xml.Header + `<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">` + "\n" +
		`<meta><creator>hearsay ` + Version + `</creator><description>who takes which stance on what</description></meta>` + "\n" +
		`<graph mode="static" defaultedgetype="directed">` + "\n")
	nodes, edges := nodeColumns(base), edgeColumns(base)
	gexfAttributes(w, "node", nodes)
	gexfAttributes(w, "edge", edges)
	fmt.Fprintf(w, "<nodes count=\"%d\">\n", len(d.nodes))
	for _, id := range sorted(d.nodes) {
		n := d.nodes[id]
		w.WriteString("<node")
		w.attr("id", xmlID(id))
		w.attr("label", n.label)
		w.WriteByte('>')
		gexfValues(w, n, nodes)
		color, ok := kindColors[n.kind]
		if !ok {
			color = [3]uint8{150, 150, 150}
		}
		gexfColor(w, color)
		w.WriteString("</node>\n")
	}
	fmt.Fprintf(w, "</nodes>\n<edges count=\"%d\">\n", len(d.edges))
	for i, e := range d.edges {
		w.WriteString("<edge")
		w.attr("id", "e"+strconv.Itoa(i))
		w.attr("source", xmlID(e.source))
		w.attr("target", xmlID(e.target))
		w.attr("kind", e.label())
		w.attr("label", e.label())
		w.attr("weight", strconv.Itoa(e.weight()))
		w.WriteByte('>')
		gexfValues(w, e, edges)
		gexfColor(w, sideColors[e.side])
		w.WriteString("</edge>\n")
	}
	_, err := w.WriteString("</edges>\n</graph>\n</gexf>\n")
	return err
}

func gexfColor(w xmlWriter, c [3]uint8) {
	fmt.Fprintf(w, `<viz:color r="%d" g="%d" b="%d"/>`, c[0], c[1], c[2])
}

func gexfAttributes[T any](w xmlWriter, class string, columns []column[T]) {
	w.WriteString(`<attributes class="` + class + `">`)
	for _, c := range columns {
		typ := c.typ
		if typ == "int" {
			typ = "integer"
		}
		w.WriteString(`<attribute id="` + c.name + `" title="` + c.name + `" type="` + typ + `"/>`)
	}
	w.WriteString("</attributes>\n")
}

func gexfValues[T any](w xmlWriter, row T, columns []column[T]) {
	w.WriteString("<attvalues>")
	for _, c := range columns {
		if v := fmt.Sprint(c.value(row)); v != "" {
			w.WriteString("<attvalue")
			w.attr("for", c.name)
			w.attr("value", v)
			w.WriteString("/>")
		}
	}
	w.WriteString("</attvalues>")
}
