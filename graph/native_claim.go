package graph

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// parts are what a claim's row tells of it, values by predicate, sorted.
func (n *natives) parts(claim string) (map[string][]any, error) {
	node, err := n.read.node(claim)
	if err != nil || node == 0 {
		return nil, err
	}
	has := map[string][]any{}
	err = n.read.values(node, func(predicate string, v quad.Value) { has[predicate] = append(has[predicate], scriptValue(v)) },
		Source, SourceKind, StanceOf, Certainty, Polarity, Quotation, Cue, Content, ContentText, Target, About, DerivedFrom, CopyOf)
	for _, list := range has {
		slices.SortFunc(list, compareValues)
	}
	return has, err
}

// claim is hs.claim.
func (n *natives) claim(id string) (any, error) {
	if n.kept == nil {
		if err := n.read.aheadRows([]string{id}); err != nil {
			return nil, err
		}
	}
	has, err := n.parts(id)
	if err != nil || len(has) == 0 {
		return nil, err
	}
	first := func(predicate string) any {
		if list := has[predicate]; len(list) > 0 {
			return list[0]
		}
		return nil
	}
	list := func(predicate string) []any { return append([]any{}, has[predicate]...) }
	place := bare(textOf(first(DerivedFrom)))
	document, _, _ := strings.Cut(place, "#")
	stance := orNil(strings.TrimPrefix(bare(textOf(first(StanceOf))), "hs:"))
	target := cmp.Or(first(Target), first(Content), first(About), bracketed(place))
	row := map[string]any{"claim": "<" + id + ">", "source": first(Source), "source_kind": first(SourceKind), "stance": stance,
		"edge": stance, "target": target, "targets": list(Target), "contents": list(Content),
		"certainty": first(Certainty), "polarity": first(Polarity), "quotation": first(Quotation), "cue": first(Cue), "content": lined(first(ContentText)),
		"place": bracketed(place), "document": bracketed(document), "outlet": nil, "date": nil, "url": nil}
	if copied := first(CopyOf); copied != nil {
		row["copy_of"] = copied
	}
	d, err := n.paperOf(document)
	if err != nil {
		return nil, err
	}
	if d != nil {
		row["outlet"], row["url"], row["date"] = orNil(d.outlet), orNil(d.url), orNil(dayOf(d.date))
	}
	return row, n.words(row, d, bare(textOf(first(Source))), place, id)
}

// words adds to a claim's row what it takes other nodes to say: names, the sentence,
// and what an analyst decided.
func (n *natives) words(row map[string]any, d *paper, source, place, id string) (err error) {
	document := bare(textOf(row["document"]))
	if row["headline"], err = n.headline(d, document); err != nil {
		return err
	}
	if row["sentence"], err = n.anchor(place); err != nil {
		return err
	}
	if row["target_name"], err = n.contentName(row["target"]); err != nil {
		return err
	}
	if row["source_name"], err = n.voice(row, d, source); err != nil {
		return err
	}
	decision, err := n.decision(id)
	if decided, ok := decision.(map[string]any); ok {
		for k, v := range decided {
			if k != "time" && v != nil {
				row[k] = v
			}
		}
	}
	return err
}

// voice is who a claim is told to be of: of a document's own, its outlet.
func (n *natives) voice(row map[string]any, d *paper, source string) (any, error) {
	switch {
	case row["source_kind"] == "author" && d != nil && d.outlet != "":
		return d.outlet, nil
	case row["source_kind"] == "author":
		return row["headline"], nil
	case source == "":
		return nil, nil
	}
	return n.nameOf(source)
}

// anchor are the words of a place in a text, on one line; nil for none.
func (n *natives) anchor(place string) (any, error) {
	node, err := n.read.node(place)
	if err != nil {
		return nil, err
	}
	v, err := n.read.first(node, AnchorOf)
	if err != nil || v == nil {
		return nil, err
	}
	return lined(plainText(v)), nil
}

// contentName is hs.contentName.
func (n *natives) contentName(node any) (any, error) {
	s, ok := node.(string)
	id := bare(s)
	if !ok || id == s {
		return node, nil
	}
	label, err := n.labelOf(id)
	if label != "" || err != nil {
		return label, err
	}
	if strings.Contains(id, "#") {
		if found, err := n.anchor(id); found != nil || err != nil {
			return found, err
		}
	}
	return n.nameOf(id)
}
