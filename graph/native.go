package graph

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"hearsay/graph/gizmo"
)

// natives answer what queries/lib/hs.js would ask the store for, one small path
// after the other: from the outline where it is in memory, else from the indexes. It
// must give what the library gives.
type natives struct {
	kept *outline // nil for none
	read *lookup
	from newestFirst // what newest goes on with
}

// functions are what the library finds as the properties of native. A function
// that gives nil leaves the answer to the library.
func (n *natives) functions() map[string]gizmo.Native {
	outlined := func(fn func(o *outline, node string) any) gizmo.Native {
		return func(args []any) (any, error) {
			if n.kept == nil {
				return nil, nil
			}
			return fn(n.kept, nodeOf(args)), nil
		}
	}
	node := func(fn func(node string) (any, error)) gizmo.Native {
		return func(args []any) (any, error) { return fn(nodeOf(args)) }
	}
	return map[string]gizmo.Native{
		"claimsOn": outlined(func(o *outline, node string) any { return bracketedAll(o.about[node]) }),
		"claimsOf": outlined(func(o *outline, node string) any { return bracketedAll(o.bySource[node]) }),
		"partOf":   outlined(func(o *outline, node string) any { return bracketedAll(o.partOf[node]) }),
		"claimsBy": outlined(func(o *outline, node string) any {
			return bracketedAll(append(slices.Clone(o.byKind[node]), o.byStance[node]...))
		}),
		"contents": outlined(func(o *outline, node string) any {
			if c := o.claims[node]; c != nil {
				return bracketedAll(c.contents)
			}
			return nil
		}),
		"counted":    outlined(func(o *outline, _ string) any { return o.counted() }),
		"statement":  node(n.statement),
		"links":      outlined(func(o *outline, node string) any { return o.linksOf(node) }),
		"identities": outlined(func(o *outline, node string) any { return o.identitiesOf(node) }),
		"linkedBy": func(args []any) (any, error) {
			if n.kept == nil {
				return nil, nil
			}
			return n.kept.linkedBy(args), nil
		},
		"speakers":        n.speakers,
		"disputes":        n.disputes,
		"claimsAbout":     node(n.claimsAbout),
		"name":            node(n.name),
		"document":        node(n.document),
		"decision":        node(n.decision),
		"claim":           node(n.claim),
		"latest":          n.latest,
		"heads":           n.heads,
		"soon":            n.soon,
		"newest":          n.newest,
		"latestDocuments": n.latestDocuments,
		"step":            n.step,
		"predicates":      n.predicates,
		"having":          n.having,
		"grouped":         n.grouped,
		"claimsIn":        node(func(node string) (any, error) { return n.read.claimsIn(node) }),
	}
}

// nodeOf is the node that a script asks about.
func nodeOf(args []any) string {
	if len(args) == 0 {
		return ""
	}
	return bare(textOf(args[0]))
}

func bare(node string) string { return strings.TrimSuffix(strings.TrimPrefix(node, "<"), ">") }

// bracketed is a node as scripts write it, nil for "".
func bracketed(iri string) any {
	if iri == "" {
		return nil
	}
	return "<" + iri + ">"
}

func bracketedAll(ids []string) []any {
	list := make([]any, len(ids))
	for i, id := range ids {
		list[i] = "<" + id + ">"
	}
	return list
}

// orNil is a text, nil for "".
func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// What the outline knows of a claim or a document, else what the indexes do.

func (n *natives) headOf(claim string) (*outClaim, error) {
	if n.kept != nil {
		return n.kept.claims[claim], nil
	}
	return n.read.head(claim)
}

func (n *natives) paperOf(document string) (*paper, error) {
	if n.kept != nil {
		return n.kept.documents[document], nil
	}
	return n.read.paper(document)
}

// dateOf is a document's, "" for none.
func (n *natives) dateOf(document string) (string, error) {
	if n.kept != nil {
		return n.kept.date(document), nil
	}
	return n.read.date(document)
}

// claimDate is that of a claim's document; !ok for what is no claim.
func (n *natives) claimDate(claim string) (date string, ok bool, err error) {
	if n.kept == nil {
		node, err := n.read.node(claim)
		if err != nil {
			return "", false, err
		}
		date, err = n.read.claimDate(node)
		return date, true, err
	}
	c := n.kept.claims[claim]
	if c == nil {
		return "", false, nil
	}
	return n.kept.date(c.document), true, nil
}

func (n *natives) decisionOn(node string) (*Decision, error) {
	if n.kept != nil {
		return n.kept.decisions[node], nil
	}
	return n.read.decision(node)
}

func (n *natives) claimsAbout(node string) (any, error) {
	if n.kept != nil {
		return bracketedAll(n.kept.claimsAbout(node)), nil
	}
	list, err := n.read.claimsAbout(node)
	return bracketedAll(list), err
}

// latest gives of the claims args[0] the args[1] latest ones, those of one day by
// their names, from the day args[2] on up to the day args[3].
func (n *natives) latest(args []any) (any, error) {
	if len(args) < 4 {
		return nil, nil
	}
	list, ok := args[0].([]any)
	most, isNumber := args[1].(int64)
	if !ok || !isNumber {
		return nil, nil
	}
	if n.kept == nil {
		nodes, err := n.idsOf(list)
		if err == nil {
			err = n.read.aheadDates(nodes)
		}
		if err != nil {
			return nil, err
		}
	}
	span := asked{since: dayOf(textOf(args[2])), until: dayOf(textOf(args[3]))}
	type dated struct{ day, id string }
	claims := make([]dated, 0, len(list))
	for _, v := range list {
		id := textOf(v)
		date, ok, err := n.claimDate(bare(id))
		if err != nil || !ok {
			return nil, err
		}
		if day := dayOf(date); span.within(day) {
			claims = append(claims, dated{day, id})
		}
	}
	slices.SortFunc(claims, func(a, b dated) int { return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.id, b.id)) })
	claims = claims[:min(int64(len(claims)), most)]
	out := make([]any, len(claims))
	for i, c := range claims {
		out[i] = c.id
	}
	return out, nil
}

// heads gives {claim, source, source_kind, stance, document, date} of claims.
func (n *natives) heads(args []any) (any, error) {
	list, ok := args[0].([]any)
	if !ok {
		return nil, nil
	}
	claims, err := n.claimsOf(list)
	if err != nil || claims == nil {
		return nil, err
	}
	rows := make([]any, len(list))
	for i, c := range claims {
		date, err := n.dateOf(c.document)
		if err != nil {
			return nil, err
		}
		source := c.source
		if c.copyOf != "" && c.kind != "named" {
			if first, err := n.headOf(c.copyOf); err != nil {
				return nil, err
			} else if first != nil {
				source = first.source
			}
		}
		rows[i] = map[string]any{"claim": list[i], "source": bracketed(source), "source_kind": orNil(c.kind), "stance": orNil(c.stance),
			"document": bracketed(c.document), "date": orNil(dayOf(date)), "copy_of": bracketed(c.copyOf)}
	}
	return rows, nil
}

// soon says that rows of the claims args[0] will be asked for.
func (n *natives) soon(args []any) (any, error) {
	list, ok := args[0].([]any)
	if !ok || n.kept != nil {
		return nil, nil
	}
	ids := make([]string, len(list))
	for i, v := range list {
		ids[i] = bare(textOf(v))
	}
	return nil, n.read.aheadRows(ids)
}

// claimsOf are the heads of claims; nil where one of them is none.
func (n *natives) claimsOf(list []any) ([]*outClaim, error) {
	ids := make([]string, len(list))
	for i, v := range list {
		ids[i] = bare(textOf(v))
	}
	if n.kept == nil {
		if err := n.read.aheadNodes(slices.Clone(ids), headPredicates[:]...); err != nil {
			return nil, err
		}
	}
	claims := make([]*outClaim, len(ids))
	var documents, sources, first []string // of which more will be asked
	for i, id := range ids {
		c, err := n.headOf(id)
		if err != nil || c == nil {
			return nil, err
		}
		claims[i] = c
		documents, sources, first = append(documents, c.document), append(sources, c.source), append(first, c.copyOf)
	}
	if n.kept == nil {
		return claims, errors.Join(n.read.aheadNodes(documents, DatePublished), n.read.aheadNodes(sources, RDFSLabel),
			n.read.aheadNodes(first, headPredicates[:]...))
	}
	return claims, nil
}

// document is hs.doc; nil for what is none.
func (n *natives) document(id string) (any, error) {
	d, err := n.paperOf(id)
	if err != nil || d == nil {
		return nil, err
	}
	headline, err := n.headline(d, id)
	return map[string]any{"document": "<" + id + ">", "headline": headline, "outlet": orNil(d.outlet), "date": orNil(d.date), "url": orNil(d.url)}, err
}

// headline is a document's, else its name.
func (n *natives) headline(d *paper, id string) (string, error) {
	if d != nil && d.headline != "" {
		return d.headline, nil
	}
	return n.nameOf(id)
}

// name is a node's label, nil for none.
func (n *natives) name(id string) (any, error) {
	label, err := n.labelOf(id)
	return orNil(label), err
}

// labelOf is a node's label, "" for none. The outline leaves out those of claims.
func (n *natives) labelOf(id string) (string, error) {
	if n.kept != nil && !strings.HasPrefix(id, "hs:claim/") {
		return n.kept.labels[id], nil
	}
	return n.read.label(id)
}

// nameOf is hs.name.
func (n *natives) nameOf(id string) (string, error) {
	label, err := n.labelOf(id)
	if label != "" || err != nil {
		return label, err
	}
	if at := strings.LastIndexAny(id[:max(len(id)-1, 0)], "#/:"); at >= 0 {
		return id[at+1:], nil
	}
	return id, nil
}

// statement is hs.statement; nil for what is none.
func (n *natives) statement(id string) (any, error) {
	var p *outStatement
	var err error
	if n.kept != nil {
		p = n.kept.statements[id]
	} else {
		p, err = n.read.statement(id)
	}
	if err != nil || p == nil {
		return nil, err
	}
	return map[string]any{"subject": bracketed(p.subject), "predicate": bracketed(p.predicate), "object": bracketed(p.object), "polarity": orNil(p.polarity),
		"bound": orNil(p.bound), "unit": orNil(p.unit), "value": p.value}, nil
}

// counted are the statements with a number.
func (o *outline) counted() []any {
	var ids []string
	for id, p := range o.statements {
		if p.bound != "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return bracketedAll(ids)
}

// linkedBy are the statements with a link of one of these predicates.
func (o *outline) linkedBy(args []any) any {
	predicates, ok := args[0].([]any)
	if !ok {
		return nil
	}
	var ids []string
	for id, links := range o.links {
		if slices.ContainsFunc(links, func(l outLink) bool { return slices.Contains(predicates, any("<"+l.predicate+">")) }) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return bracketedAll(ids)
}

func (o *outline) linksOf(id string) any {
	list := []any{}
	for _, l := range o.links[id] {
		list = append(list, map[string]any{"predicate": "<" + l.predicate + ">", "other": "<" + l.other + ">"})
	}
	return list
}

// identitiesOf is hs.identities.
func (o *outline) identitiesOf(id string) any {
	list := []any{}
	for _, l := range o.identities[id] {
		list = append(list, map[string]any{"predicate": "<" + l.predicate + ">", "other": "<" + l.other + ">", "back": l.back})
	}
	return list
}

// decision is hs.decision; false for none.
func (n *natives) decision(id string) (any, error) {
	d, err := n.decisionOn(id)
	if err != nil || d == nil {
		return false, err
	}
	return map[string]any{"time": d.Time.UTC().Format("2006-01-02T15:04:05Z"), "review": string(d.Verdict), "grade": orNil(d.Grade()),
		"review_note": orNil(d.Note), "right_stance": orNil(string(d.Stance)), "right_source": bracketed(d.Source)}, nil
}
