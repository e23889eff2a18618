package web

import (
	"fmt"
	"sort"
	"strings"

	"github.com/mattn/go-runewidth"

	"hearsay/graph"
)

// drawing is a node with what is linked to it, in three columns: who takes a
// stance on it at the left, what it takes a stance on at the right; facts lead to
// the right. Columns keep names apart, which a layout by forces does not.
type drawing struct {
	Width, Height int
	Center        drawnNode
	Nodes         []drawnNode
	Edges         []drawnEdge
	BoxX          int // left edge of the centre's box
	Left, Right   int // nodes left out for want of room
}

type drawnNode struct {
	X, Y   int
	Name   string // cut to fit
	Full   string
	Href   string
	Anchor string // of the text: start, middle or end
	TextX  int
	Kind   string
}

type drawnEdge struct {
	Path   string // of an SVG path
	Label  string
	X, Y   int
	Anchor string
	Side   string
	Dashed bool
}

const (
	drawWidth  = 960
	drawRow    = 34
	drawMost   = 14 // nodes in a column
	drawMargin = 28
	drawSide   = 230 // from the edge to the nodes of a column: room for their names
	boxWidth   = 210
)

// neighbour is a node beside the drawn one, with every stance between the two.
type neighbour struct {
	id, name string
	edges    []string
	side     string
	count    int
}

// drawEntity draws an entity from the rows of who-says, what-does and facts. Nil
// where there is nothing to draw.
func drawEntity(id, name string, said, says, facts []graph.Row) *drawing {
	left := neighbours(said, "source", id)
	right := neighbours(says, "target", id)
	for _, f := range facts {
		if bareIRI(f["target"]) == id { // "Ada Finch is a director at it" leads to it
			left = merge(left, f, "source", "fact")
		} else {
			right = merge(right, f, "target", "fact")
		}
	}
	if len(left)+len(right) == 0 {
		return nil
	}
	return lay(id, name, left, right)
}

func neighbours(rows []graph.Row, end, center string) []neighbour {
	var list []neighbour
	for _, r := range rows {
		if n := bareIRI(r[end]); n == "" || n == center {
			continue
		}
		list = merge(list, r, end, sideOf(r["stance"]))
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].count > list[j].count })
	return list
}

func merge(list []neighbour, r graph.Row, end, side string) []neighbour {
	id, edge := bareIRI(r[end]), words(r["edge"])
	for i := range list {
		if list[i].id != id {
			continue
		}
		list[i].count++
		if !contains(list[i].edges, edge) {
			list[i].edges = append(list[i].edges, edge)
		}
		if list[i].side != side {
			list[i].side = "mixed"
		}
		return list
	}
	return append(list, neighbour{id: id, name: graph.Cell(r[end+"_name"]), edges: []string{edge}, side: side, count: 1})
}

func lay(id, name string, left, right []neighbour) *drawing {
	d := &drawing{Width: drawWidth}
	if n := len(left) - drawMost; n > 0 {
		left, d.Left = left[:drawMost], n
	}
	if n := len(right) - drawMost; n > 0 {
		right, d.Right = right[:drawMost], n
	}
	d.Height = 2*drawMargin + max(len(left), len(right), 2)*drawRow
	center := drawWidth / 2
	switch {
	case len(left) == 0:
		center = drawSide
	case len(right) == 0:
		center = drawWidth - drawSide
	}
	d.BoxX = center - boxWidth/2
	d.Center = drawnNode{X: center, Y: d.Height / 2, TextX: center, Anchor: "middle",
		Name: runewidth.Truncate(clean(name), 30, "…"), Full: clean(name), Href: nodeURL(id), Kind: "center"}
	d.column(left, drawSide, "end", -12, 1)
	d.column(right, drawWidth-drawSide, "start", 12, -1)
	return d
}

// column places nodes at x and draws their edges to or from the centre, which
// lies in direction toward.
func (d *drawing) column(list []neighbour, x int, align string, textShift, toward int) {
	top := (d.Height - len(list)*drawRow) / 2
	for i, n := range list {
		y := top + i*drawRow + drawRow/2
		d.Nodes = append(d.Nodes, drawnNode{X: x, Y: y, TextX: x + textShift, Anchor: align, Full: clean(n.name),
			Name: runewidth.Truncate(clean(n.name), 28, "…"), Href: nodeURL(n.id), Kind: kindOf(n.id)})
		x1, x2 := x+toward*9, d.Center.X-toward*boxWidth/2
		if toward < 0 { // from the centre to the right
			x1, x2 = d.Center.X+boxWidth/2, x-9
		}
		y1, y2 := y, d.Center.Y
		if toward < 0 {
			y1, y2 = d.Center.Y, y
		}
		mid := (x1 + x2) / 2
		room := max(10, (max(x1, x2)-min(x1, x2)-20)/6) // characters between the node and the box
		label := strings.Join(n.edges, ", ")
		if n.count > len(n.edges) {
			label += fmt.Sprintf(" ×%d", n.count)
		}
		d.Edges = append(d.Edges, drawnEdge{Path: fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, mid, y1, mid, y2, x2, y2),
			Label: runewidth.Truncate(label, room, "…"), X: x + toward*20, Y: y - 4, Side: n.side, Anchor: map[int]string{1: "start", -1: "end"}[toward],
			Dashed: n.side == "uncommitted" || n.side == "no-comment"})
	}
}

// drawRows draws the rows of a query that has source and target: the sources in
// a column at the left, the targets at the right, an edge for each pair. Nil where
// no row has both.
func drawRows(rows []graph.Row) *drawing {
	d := &drawing{Width: drawWidth}
	var left, right []neighbour
	type pair struct{ from, to string }
	edges := map[pair]*neighbour{}
	var order []pair
	for _, r := range rows {
		p := pair{bareIRI(r["source"]), bareIRI(r["target"])}
		if p.from == "" || p.to == "" {
			continue
		}
		side := sideOf(r["stance"])
		if r["stance"] == nil {
			side = sideOf(r["edge"])
		}
		left, right = merge(left, r, "source", side), merge(right, r, "target", side)
		if edges[p] == nil {
			edges[p] = &neighbour{}
			order = append(order, p)
		}
		list := merge([]neighbour{*edges[p]}[:min(1, edges[p].count)], r, "target", side)
		edges[p] = &list[0]
	}
	if len(order) == 0 {
		return nil
	}
	if n := len(left) - 2*drawMost; n > 0 {
		left, d.Left = left[:2*drawMost], n
	}
	if n := len(right) - 2*drawMost; n > 0 {
		right, d.Right = right[:2*drawMost], n
	}
	d.Height = 2*drawMargin + max(len(left), len(right))*drawRow
	from, to := d.place(left, drawSide, "end", -12), d.place(right, drawWidth-2*drawSide, "start", 12)
	fan := map[string]int{}
	for _, p := range order {
		fan[p.from]++
	}
	for _, p := range order {
		y1, ok1 := from[p.from]
		y2, ok2 := to[p.to]
		if ok1 && ok2 {
			d.join(edges[p], y1, y2, fan[p.from] > 1)
		}
	}
	return d
}

// place puts nodes into a column at x and says at which height each is.
func (d *drawing) place(list []neighbour, x int, align string, textShift int) map[string]int {
	at := map[string]int{}
	top := (d.Height - len(list)*drawRow) / 2
	for i, n := range list {
		y := top + i*drawRow + drawRow/2
		at[n.id] = y
		length := 28
		if align == "start" {
			length = 56 // the column at the right has more room
		}
		d.Nodes = append(d.Nodes, drawnNode{X: x, Y: y, TextX: x + textShift, Anchor: align, Full: clean(n.name),
			Name: runewidth.Truncate(clean(n.name), length, "…"), Href: nodeURL(n.id), Kind: kindOf(n.id)})
	}
	return at
}

// join draws an edge between the columns of drawRows, with its label at the left
// end, or at the right one where edges fan out from the left.
func (d *drawing) join(n *neighbour, y1, y2 int, fans bool) {
	const x1, x2 = drawSide + 9, drawWidth - 2*drawSide - 9
	mid := (x1 + x2) / 2
	e := drawnEdge{Path: fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, mid, y1, mid, y2, x2, y2),
		Label: runewidth.Truncate(strings.Join(n.edges, ", "), 26, "…"), X: x1 + 6, Y: y1 - 4, Side: n.side, Anchor: "start",
		Dashed: n.side == "uncommitted" || n.side == "no-comment"}
	if fans {
		e.X, e.Y, e.Anchor = x2-6, y2-4, "end"
	}
	d.Edges = append(d.Edges, e)
}

func kindOf(id string) string {
	switch {
	case strings.HasPrefix(id, "hs:prop/"), strings.HasPrefix(id, "hs:claim/"):
		return "statement"
	case strings.HasPrefix(id, "hs:doc/"):
		return "place"
	}
	return "entity"
}
