package graph

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"hearsay/graph/gizmo"
)

// manyClaims is from how many claims on a query waits for the outline rather than
// reading them one by one.
const manyClaims = 2000

// natives answers from an outline what queries/lib/hs.js would ask the store for,
// one small path after the other. It must give what the library gives.
type natives struct {
	ctx   context.Context
	store *Store
	qs    cayley.QuadStore
	kept  *outline
}

// functions are what the library finds as the properties of native. A function
// that gives nil leaves the answer to the library.
func (n *natives) functions() map[string]gizmo.Native {
	text := func(args []any, i int) string {
		if i >= len(args) {
			return ""
		}
		s, _ := args[i].(string)
		return bare(s)
	}
	with := func(fn func(o *outline, args []any) (any, error)) gizmo.Native {
		return func(args []any) (any, error) {
			if n.kept == nil {
				return nil, nil
			}
			return fn(n.kept, args)
		}
	}
	return map[string]gizmo.Native{
		"claimsAbout": with(func(o *outline, args []any) (any, error) { return bracketedAll(o.claimsAbout(text(args, 0))), nil }),
		"claimsOn":    with(func(o *outline, args []any) (any, error) { return bracketedAll(o.about[text(args, 0)]), nil }),
		"claimsOf":    with(func(o *outline, args []any) (any, error) { return bracketedAll(o.bySource[text(args, 0)]), nil }),
		"partOf":      with(func(o *outline, args []any) (any, error) { return bracketedAll(o.partOf[text(args, 0)]), nil }),
		"claimsBy": with(func(o *outline, args []any) (any, error) {
			return bracketedAll(append(slices.Clone(o.byKind[text(args, 0)]), o.byStance[text(args, 0)]...)), nil
		}),
		"contents": with(func(o *outline, args []any) (any, error) {
			if c := o.claims[text(args, 0)]; c != nil {
				return bracketedAll(c.contents), nil
			}
			return nil, nil
		}),
		"counted":  with(func(o *outline, args []any) (any, error) { return o.counted(), nil }),
		"linkedBy": with(func(o *outline, args []any) (any, error) { return o.linkedBy(args), nil }),
		"name": with(func(o *outline, args []any) (any, error) {
			if label, ok := o.labels[text(args, 0)]; ok {
				return label, nil
			}
			return nil, nil
		}),
		"document":   with(func(o *outline, args []any) (any, error) { return o.document(text(args, 0)), nil }),
		"statement":  with(func(o *outline, args []any) (any, error) { return o.statement(text(args, 0)), nil }),
		"links":      with(func(o *outline, args []any) (any, error) { return o.linksOf(text(args, 0)), nil }),
		"identities": with(func(o *outline, args []any) (any, error) { return o.identitiesOf(text(args, 0)), nil }),
		"decision":   with(func(o *outline, args []any) (any, error) { return o.decision(text(args, 0)), nil }),
		"claim":      with(func(o *outline, args []any) (any, error) { return n.claim(o, text(args, 0)) }),
		"latest":     with(func(o *outline, args []any) (any, error) { return o.latest(args), nil }),
		"speakers":   with(func(o *outline, args []any) (any, error) { return o.speakers(args), nil }),
		"disputes":   with(func(o *outline, args []any) (any, error) { return o.disputes(args), nil }),
		"edges":      n.edges,
		"heads":      n.heads,
	}
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

// edges gives {predicate, id} for each edge between a node, args[0], and another,
// out of it or, where args[1] is "in", into it.
func (n *natives) edges(args []any) (any, error) {
	if len(args) != 2 || !n.store.exclusive() {
		return nil, nil
	}
	node, _ := args[0].(string)
	direction := quad.Subject
	if args[1] == "in" {
		direction = quad.Object
	}
	list, seen := []any{}, map[[2]string]bool{}
	err := eachQuad(n.ctx, n.qs, direction, quad.IRI(bare(node)), func(q quad.Quad) error {
		other, ok := q.Object.(quad.IRI)
		if direction == quad.Object {
			other, ok = q.Subject.(quad.IRI)
		}
		key := [2]string{plainText(q.Predicate), string(other)}
		if ok && !seen[key] {
			seen[key] = true
			list = append(list, map[string]any{"predicate": "<" + key[0] + ">", "id": "<" + key[1] + ">"})
		}
		return nil
	})
	return list, err
}

// latest gives of the claims args[0] the args[1] latest ones, those of one day by
// their names.
func (o *outline) latest(args []any) any {
	list, ok := args[0].([]any)
	most, isNumber := args[1].(int64)
	if !ok || !isNumber {
		return nil
	}
	type dated struct{ day, id string }
	claims := make([]dated, 0, len(list))
	for _, v := range list {
		id, _ := v.(string)
		c := o.claims[bare(id)]
		if c == nil {
			return nil
		}
		day := o.date(c.document)
		claims = append(claims, dated{dayOf(day), id})
	}
	slices.SortFunc(claims, func(a, b dated) int { return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.id, b.id)) })
	claims = claims[:min(int64(len(claims)), most)]
	out := make([]any, len(claims))
	for i, c := range claims {
		out[i] = c.id
	}
	return out
}

// heads gives {claim, source, source_kind, stance, document, date} of claims.
// Many of them are worth reading the outline for.
func (n *natives) heads(args []any) (any, error) {
	list, ok := args[0].([]any)
	if !ok {
		return nil, nil
	}
	if n.kept == nil && len(list) >= manyClaims && n.store.exclusive() {
		if err := n.store.Outline(n.ctx); err != nil {
			return nil, err
		}
		n.kept = n.store.outline()
	}
	if n.kept == nil {
		return nil, nil
	}
	rows := make([]any, len(list))
	for i, v := range list {
		id, _ := v.(string)
		c := n.kept.claims[bare(id)]
		if c == nil {
			return nil, nil
		}
		day := dayOf(n.kept.date(c.document))
		rows[i] = map[string]any{"claim": id, "source": bracketed(n.kept.voiceOf(c)), "source_kind": orNil(c.kind), "stance": orNil(c.stance),
			"document": bracketed(c.document), "date": orNil(day), "copy_of": bracketed(c.copyOf)}
	}
	return rows, nil
}

// document is hs.doc; nil for what is none.
func (o *outline) document(id string) any {
	d := o.documents[id]
	if d == nil {
		return nil
	}
	return map[string]any{"document": "<" + id + ">", "headline": cmp.Or(d.headline, o.name(id)), "outlet": orNil(d.outlet), "date": orNil(d.date), "url": orNil(d.url)}
}

// name is hs.name.
func (o *outline) name(id string) string {
	if label, ok := o.labels[id]; ok {
		return label
	}
	if at := strings.LastIndexAny(id[:max(len(id)-1, 0)], "#/:"); at >= 0 {
		return id[at+1:]
	}
	return id
}

func (o *outline) statement(id string) any {
	p := o.statements[id]
	if p == nil {
		return nil
	}
	return map[string]any{"subject": bracketed(p.subject), "predicate": bracketed(p.predicate), "object": bracketed(p.object), "polarity": orNil(p.polarity),
		"bound": orNil(p.bound), "unit": orNil(p.unit), "value": p.value}
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
func (o *outline) decision(id string) any {
	d := o.decisions[id]
	if d == nil {
		return false
	}
	return map[string]any{"time": d.Time.UTC().Format("2006-01-02T15:04:05Z"), "review": string(d.Verdict), "grade": orNil(d.Grade()),
		"review_note": orNil(d.Note), "right_stance": orNil(string(d.Stance)), "right_source": bracketed(d.Source)}
}

// claim is hs.claim.
func (n *natives) claim(o *outline, id string) (any, error) {
	c := o.claims[id]
	if c == nil {
		return nil, nil
	}
	has := map[string][]any{}
	err := eachQuad(n.ctx, n.qs, quad.Subject, quad.IRI(id), func(q quad.Quad) error {
		p, v := plainText(q.Predicate), scriptValue(q.Object)
		if !slices.Contains(has[p], v) {
			has[p] = append(has[p], v)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, list := range has {
		slices.SortFunc(list, compareValues)
	}
	first := func(predicate string) any {
		if list := has[predicate]; len(list) > 0 {
			return list[0]
		}
		return nil
	}
	list := func(predicate string) []any { return append([]any{}, has[predicate]...) }
	sentence, err := n.words(c.place)
	if err != nil {
		return nil, err
	}
	target := cmp.Or(first(Target), first(Content), first(About), bracketed(c.place))
	targetName, err := n.contentName(o, target)
	if err != nil {
		return nil, err
	}
	row := map[string]any{"claim": "<" + id + ">", "source": bracketed(c.source), "source_name": o.voice(c), "source_kind": orNil(c.kind), "stance": orNil(c.stance),
		"edge": orNil(c.stance), "target": target, "target_name": targetName, "targets": list(Target), "contents": list(Content),
		"certainty": first(Certainty), "polarity": first(Polarity), "quotation": first(Quotation), "cue": first(Cue), "content": lined(first(ContentText)),
		"sentence": sentence, "place": bracketed(c.place), "document": bracketed(c.document), "headline": nil, "outlet": nil, "date": nil, "url": nil}
	if d := o.documents[c.document]; d != nil {
		row["headline"], row["outlet"], row["url"] = cmp.Or(d.headline, o.name(c.document)), orNil(d.outlet), orNil(d.url)
		if d.date != "" {
			row["date"] = dayOf(d.date)
		}
	} else {
		row["headline"] = o.name(c.document)
	}
	if c.copyOf != "" {
		row["copy_of"] = bracketed(c.copyOf)
	}
	if decision, ok := o.decision(id).(map[string]any); ok {
		for k, v := range decision {
			if k != "time" && v != nil {
				row[k] = v
			}
		}
	}
	return row, nil
}

// voice is who a claim is told to be of: of a document's own, its outlet.
func (o *outline) voice(c *outClaim) any {
	if c.kind != "author" {
		if c.source == "" {
			return nil
		}
		return o.name(c.source)
	}
	if d := o.documents[c.document]; d != nil && d.outlet != "" {
		return d.outlet
	} else if d != nil && d.headline != "" {
		return d.headline
	}
	return o.name(c.document)
}

// words are those of a place in a text, nil for none.
func (n *natives) words(place string) (any, error) {
	var found any
	err := eachQuad(n.ctx, n.qs, quad.Subject, quad.IRI(place), func(q quad.Quad) error {
		if q.Predicate == quad.IRI(AnchorOf) && found == nil {
			found = lined(plainText(q.Object))
		}
		return nil
	})
	return found, err
}

// contentName is hs.contentName.
func (n *natives) contentName(o *outline, node any) (any, error) {
	s, ok := node.(string)
	id := bare(s)
	if !ok || id == s {
		return node, nil
	}
	if label, ok := o.labels[id]; ok && label != "" {
		return label, nil
	}
	if strings.HasPrefix(id, "hs:claim/") {
		return n.label(id)
	}
	if strings.Contains(id, "#") {
		if found, err := n.words(id); found != nil || err != nil {
			return found, err
		}
	}
	return o.name(id), nil
}

// label is a claim's, which the outline leaves out.
func (n *natives) label(id string) (any, error) {
	var found any = localName(id)
	err := eachQuad(n.ctx, n.qs, quad.Subject, quad.IRI(id), func(q quad.Quad) error {
		if q.Predicate == quad.IRI(RDFSLabel) {
			found = plainText(q.Object)
		}
		return nil
	})
	return found, err
}

// lined is hs.line: a text on one line.
func lined(v any) any {
	s, ok := v.(string)
	if !ok {
		return nil
	}
	return strings.Join(strings.Fields(s), " ")
}

// compareValues puts values into the order in which scripts have them.
func compareValues(a, b any) int {
	x, okA := a.(string)
	y, okB := b.(string)
	if okA && okB {
		return strings.Compare(x, y)
	}
	return cmp.Compare(numeric(a), numeric(b))
}

func numeric(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	case string:
		f, _ := strconv.ParseFloat(v, 64)
		return f
	}
	return 0
}
