package graph

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"

	"hearsay/ingest/news"
)

// netNode is a node of a drawing.
type netNode struct {
	id, label, kind string
	aliases         []string
	documents       int    // that mention it
	says, told      int    // claims that it makes, and that are made of it
	review, grade   string // what an analyst decided last
}

// netEdge is everything that one source says in one way of one node, or a link.
type netEdge struct {
	source, target, relation string
	kind                     string // stance, part (of a statement), fact or link
	side                     string // the coarse stance, "" for what is none
	certainty                []string
	claims, documents        []string
	first, last              string // days
}

// drawn are the network's nodes and edges in order.
type drawn struct {
	*network
	nodes map[string]*netNode
	edges []*netEdge
	at    map[[4]string]*netEdge
}

func (n *network) draw() *drawn {
	d := &drawn{network: n, nodes: map[string]*netNode{}, at: map[[4]string]*netEdge{}}
	for _, id := range sorted(n.claim) {
		if c := n.claim[id]; !n.rejected(c) && !n.repeated(c) && c.source != "" {
			d.claim(c)
		}
	}
	for _, f := range n.facts {
		d.edge(f.subject, f.predicate, f.object, "fact").see("", f.document, n.day(f.document))
	}
	for _, id := range sorted(d.nodes) {
		d.parts(id)
	}
	for _, l := range n.between {
		if d.nodes[l.from] != nil && d.nodes[l.to] != nil {
			d.edge(l.from, l.predicate, l.to, "link")
		}
	}
	slices.SortFunc(d.edges, func(a, b *netEdge) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.kind, b.kind), cmp.Compare(a.relation, b.relation), cmp.Compare(a.target, b.target))
	})
	return d
}

// claim draws an edge from the source to each thing that the claim is about:
// statements, targets and topics, who made an inner claim; else its words.
func (d *drawn) claim(c *linkClaim) {
	stance, source := d.stanceOf(c), d.sourceOf(c)
	targets := slices.Concat(c.contents, c.targets, c.topics)
	for _, id := range c.about {
		if inner := d.network.claim[id]; inner != nil && inner.source != "" {
			targets = append(targets, d.sourceOf(inner))
		}
	}
	if t := d.said[c.id]; len(targets) == 0 && t != nil && t.evidence != "" {
		targets = []string{t.evidence}
	}
	d.node(source).says++
	for _, target := range targets {
		e := d.edge(source, StancePredicate(stance), target, "stance")
		e.side = stance.Coarse()
		e.see(c.id, c.document, d.day(c.document))
		if c.certainty != "" && !contains(e.certainty, c.certainty) {
			e.certainty = append(e.certainty, c.certainty)
		}
		d.nodes[target].told++
	}
}

// parts links a statement to who and what it is about.
func (d *drawn) parts(id string) {
	p := d.prop[id]
	if p == nil {
		return
	}
	if p.subject != "" {
		d.edge(id, RDFSubject, p.subject, "part")
	}
	if p.object != "" {
		d.edge(id, RDFObject, p.object, "part")
	}
}

func (d *drawn) node(id string) *netNode {
	v := d.nodes[id]
	if v == nil {
		v = &netNode{id: id, label: d.name(id), kind: d.kind(id), aliases: d.aliases[id], documents: d.mentioned[id]}
		if dec := d.decisions[id]; dec != nil {
			v.review, v.grade = string(dec.Verdict), dec.Grade()
		}
		d.nodes[id] = v
	}
	return v
}

func (d *drawn) edge(source, relation, target, kind string) *netEdge {
	key := [4]string{source, kind, relation, target}
	e := d.at[key]
	if e == nil {
		d.node(source)
		d.node(target)
		e = &netEdge{source: source, relation: relation, target: target, kind: kind}
		d.at[key] = e
		d.edges = append(d.edges, e)
	}
	return e
}

// see counts a claim in a document of this day.
func (e *netEdge) see(claim, document, day string) {
	if claim != "" {
		e.claims = append(e.claims, claim)
	}
	if !contains(e.documents, document) {
		e.documents = append(e.documents, document)
	}
	if day == "" {
		return
	}
	if e.first == "" || day < e.first {
		e.first = day
	}
	e.last = max(e.last, day)
}

// weight is how often it is said: 1 for what is no claim.
func (e *netEdge) weight() int { return max(len(e.claims), 1) }

// label is the relation for people: denies, attributed to, rival of.
func (e *netEdge) label() string { return Spoken(localName(e.relation)) }

// Spoken is the name of a relation, a stance or a certainty as words:
//
//	attributed-to -> attributed to
//	directorAt    -> director at
func Spoken(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case r == '-':
			b.WriteByte(' ')
		case r >= 'A' && r <= 'Z':
			b.WriteByte(' ')
			b.WriteRune(r + 'a' - 'A')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// column is one property of nodes or edges, as GraphML, GEXF and CSV have it. A
// value that is nil stands for none.
type column[T any] struct {
	name, typ string // typ: string or int
	value     func(T) any
}

func nodeColumns(base string) []column[*netNode] {
	return []column[*netNode]{
		{"iri", "string", func(n *netNode) any { return expandIRI(n.id, base) }},
		{"kind", "string", func(n *netNode) any { return n.kind }},
		{"aliases", "string", func(n *netNode) any { return strings.Join(n.aliases, "; ") }},
		{"documents", "int", func(n *netNode) any { return n.documents }},
		{"says", "int", func(n *netNode) any { return n.says }},
		{"told", "int", func(n *netNode) any { return n.told }},
		{"review", "string", func(n *netNode) any { return n.review }},
		{"grade", "string", func(n *netNode) any { return n.grade }},
	}
}

func edgeColumns(base string) []column[*netEdge] {
	return []column[*netEdge]{
		{"kind", "string", func(e *netEdge) any { return e.kind }},
		{"relation", "string", func(e *netEdge) any { return expandIRI(e.relation, base) }},
		{"side", "string", func(e *netEdge) any { return e.side }},
		{"certainty", "string", func(e *netEdge) any { return strings.Join(e.certainty, "; ") }},
		{"claims", "int", func(e *netEdge) any { return len(e.claims) }},
		{"documents", "int", func(e *netEdge) any { return len(e.documents) }},
		{"first", "string", func(e *netEdge) any { return e.first }},
		{"last", "string", func(e *netEdge) any { return e.last }},
	}
}

func expandIRI(iri, base string) string {
	if rest, ok := strings.CutPrefix(iri, "hs:"); ok && base != "" {
		return base + rest
	}
	return iri
}

// xmlID is a name for a node that XML takes as one (NMTOKEN), the same for the
// same node in every export.
func xmlID(iri string) string {
	if rest, ok := strings.CutPrefix(iri, "hs:prop/"); ok {
		return "hs:prop." + rest
	}
	var b strings.Builder
	changed := false
	for _, r := range iri {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(":._-", r) {
			b.WriteRune(r)
			continue
		}
		b.WriteByte('.')
		changed = true
	}
	if changed {
		sum := sha256.Sum256([]byte(iri))
		b.WriteString("-" + hex.EncodeToString(sum[:5]))
	}
	return b.String()
}

// exportNetwork writes the formats that are made of the network.
func exportNetwork(ctx context.Context, w *bufio.Writer, qs cayley.QuadStore, opts ExportOptions) error {
	n, err := readNetwork(ctx, qs, opts.Label)
	if err != nil {
		return err
	}
	switch opts.Format {
	case "graphml":
		return n.draw().graphml(w, opts.Base)
	case "gexf":
		return n.draw().gexf(w, opts.Base)
	case "csv-nodes":
		d := n.draw()
		rows := make([]*netNode, 0, len(d.nodes))
		for _, id := range sorted(d.nodes) {
			rows = append(rows, d.nodes[id])
		}
		label := column[*netNode]{"label", "string", func(n *netNode) any { return n.label }}
		return writeTable(w, rows, slices.Insert(nodeColumns(opts.Base), 1, label))
	case "csv-edges":
		return writeTable(w, n.draw().edges, csvEdgeColumns(opts.Base))
	case "csv-claims":
		return writeTable(w, n.claimRows(), claimColumns(opts.Base))
	case "stix":
		return n.stix(w, opts.Base)
	}
	return fmt.Errorf("unknown format %q", opts.Format)
}

// csvEdgeColumns name the columns as Gephi and Cytoscape expect them of a table.
func csvEdgeColumns(base string) []column[*netEdge] {
	return append([]column[*netEdge]{
		{"source", "string", func(e *netEdge) any { return expandIRI(e.source, base) }},
		{"target", "string", func(e *netEdge) any { return expandIRI(e.target, base) }},
		{"label", "string", func(e *netEdge) any { return e.label() }},
		{"weight", "int", func(e *netEdge) any { return e.weight() }},
	}, edgeColumns(base)...)
}

// netClaim is a claim as a row of a table.
type netClaim struct {
	*linkClaim
	*saying
	n *network
}

func (n *network) claimRows() []netClaim {
	rows := make([]netClaim, 0, len(n.claim))
	for _, id := range sorted(n.claim) {
		rows = append(rows, netClaim{n.claim[id], n.said[id], n})
	}
	slices.SortStableFunc(rows, func(a, b netClaim) int {
		return cmp.Or(cmp.Compare(n.day(a.document), n.day(b.document)), cmp.Compare(a.document, b.document), cmp.Compare(firstChar(a.evidence), firstChar(b.evidence)))
	})
	return rows
}

// firstChar is where a place begins: hs:doc/…#char=12,40.
func firstChar(place string) int {
	_, after, _ := strings.Cut(place, "#char=")
	number, _, _ := strings.Cut(after, ",")
	at, _ := strconv.Atoi(number)
	return at
}

func claimColumns(base string) []column[netClaim] {
	text := func(name string, f func(netClaim) string) column[netClaim] {
		return column[netClaim]{name, "string", func(c netClaim) any { return f(c) }}
	}
	paperOf := func(f func(*paper) string) func(netClaim) string {
		return func(c netClaim) string {
			if d := c.n.documents[c.document]; d != nil {
				return f(d)
			}
			return ""
		}
	}
	names := func(c netClaim, ids []string) string {
		list := make([]string, len(ids))
		for i, id := range ids {
			list[i] = c.n.name(id)
		}
		return strings.Join(list, "; ")
	}
	decided := func(f func(*Decision) string) func(netClaim) string {
		return func(c netClaim) string {
			if d := c.n.decisions[c.id]; d != nil {
				return f(d)
			}
			return ""
		}
	}
	return []column[netClaim]{
		text("claim", func(c netClaim) string { return expandIRI(c.id, base) }),
		text("source", func(c netClaim) string { return expandIRI(c.source, base) }),
		text("source_name", func(c netClaim) string { return c.n.voice(c.linkClaim) }),
		text("source_kind", func(c netClaim) string { return c.kind }),
		text("stance", func(c netClaim) string { return string(c.stance) }),
		text("side", func(c netClaim) string { return c.stance.Coarse() }),
		text("certainty", func(c netClaim) string { return c.certainty }),
		text("polarity", func(c netClaim) string { return c.polarity }),
		text("content", func(c netClaim) string { return c.text }),
		text("statements", func(c netClaim) string { return names(c, c.contents) }),
		text("targets", func(c netClaim) string { return names(c, c.targets) }),
		text("topics", func(c netClaim) string { return names(c, c.topics) }),
		text("about_claim", func(c netClaim) string { return strings.Join(c.about, "; ") }),
		text("cue", func(c netClaim) string { return c.cue }),
		text("quotation", func(c netClaim) string { return c.quotation }),
		text("sentence", func(c netClaim) string { return c.n.words[c.evidence] }),
		text("place", func(c netClaim) string { return expandIRI(c.evidence, base) }),
		text("date", func(c netClaim) string { return c.n.day(c.document) }),
		text("outlet", paperOf(func(d *paper) string { return d.outlet })),
		text("headline", paperOf(func(d *paper) string { return d.headline })),
		text("url", paperOf(func(d *paper) string { return d.url })),
		text("document", paperOf(func(d *paper) string { return d.id })),
		text("copy_of", func(c netClaim) string { return expandIRI(c.n.copyOf[c.id], base) }),
		text("review", decided(func(d *Decision) string { return string(d.Verdict) })),
		text("grade", decided((*Decision).Grade)),
		text("right_stance", decided(func(d *Decision) string { return string(d.Stance) })),
		text("right_source", decided(func(d *Decision) string { return d.Source })),
		text("note", decided(func(d *Decision) string { return d.Note })),
	}
}

// writeTable writes rows as CSV, the columns' names first.
func writeTable[T any](w *bufio.Writer, rows []T, columns []column[T]) error {
	out := csv.NewWriter(w)
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = c.name
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, r := range rows {
		for i, c := range columns {
			record[i] = fmt.Sprint(c.value(r))
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// sideColors are the colours of stances in drawings, by side, dark enough for
// white paper; "" is for edges that are no stance.
var sideColors = map[string][3]uint8{"support": {26, 111, 55}, "oppose": {163, 39, 28}, "uncommitted": {200, 140, 0},
	"no-comment": {120, 130, 140}, "directive": {91, 58, 166}, "": {170, 176, 182}}

// kindColors are the colours of nodes; what isn't there is grey.
var kindColors = map[string][3]uint8{string(news.Person): {214, 96, 77}, string(news.Organization): {33, 102, 172}, string(news.Location): {90, 174, 97},
	string(news.Event): {178, 24, 43}, string(news.ThreatActor): {118, 42, 131}, string(news.Malware): {140, 81, 10}, "statement": {253, 219, 199}, "topic": {0, 0, 0}}
