package graph

import (
	"errors"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// What the library of the saved queries asks of claims, read from the indexes.

// least is the value that stands first in the order that scripts have, nil for none.
func (l *lookup) least(objects []uint64) (quad.Value, error) {
	var first quad.Value
	for _, id := range objects {
		v, err := l.value(id)
		if err != nil {
			return nil, err
		}
		if first == nil || compareValues(scriptValue(v), scriptValue(first)) < 0 {
			first = v
		}
	}
	return first, nil
}

// first is the first value of a node's predicate, nil for none.
func (l *lookup) first(node uint64, predicate string) (quad.Value, error) {
	p, err := l.node(predicate)
	if err != nil || p == 0 || node == 0 {
		return nil, err
	}
	list, err := l.objects(node, p)
	if err != nil {
		return nil, err
	}
	return l.least(list)
}

// firstText is that as text, "" for none.
func (l *lookup) firstText(node uint64, predicate string) (string, error) {
	v, err := l.first(node, predicate)
	if err != nil || v == nil {
		return "", err
	}
	return plainText(v), nil
}

// claimsAbout are the claims on a node or on a statement that it takes part in, and
// those on these claims.
func (l *lookup) claimsAbout(iri string) ([]string, error) {
	node, err := l.node(iri)
	if err != nil {
		return nil, err
	}
	found := l.claimSet()
	if err := found.about(node); err != nil {
		return nil, err
	}
	return found.names()
}

// statements are a node and the statements that it takes part in.
func (l *lookup) statements(node uint64) ([]uint64, error) {
	list, places := []uint64{node}, []uint64(nil)
	roles := []string{Time, Place, Instrument, Manner, OtherArgument}
	if err := l.aheadOf([]uint64{node}, append([]string{RDFSubject, RDFObject}, roles...)...); err != nil {
		return nil, err
	}
	add := func(list *[]uint64) func(s, _ uint64) error {
		return func(s, _ uint64) error {
			*list = append(*list, s)
			return nil
		}
	}
	for _, part := range []string{RDFSubject, RDFObject} {
		if err := l.into(node, part, add(&list)); err != nil {
			return nil, err
		}
	}
	for _, role := range roles {
		if err := l.into(node, role, add(&places)); err != nil {
			return nil, err
		}
	}
	if err := l.aheadOf(places, DerivedFrom); err != nil {
		return nil, err
	}
	for _, place := range places {
		if err := l.into(place, DerivedFrom, add(&list)); err != nil {
			return nil, err
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// aheadOf is aheadInto by the predicates' names.
func (l *lookup) aheadOf(objects []uint64, predicates ...string) error {
	if !l.batched() {
		return nil
	}
	list, err := l.nodes(predicates...)
	if err != nil {
		return err
	}
	return l.aheadInto(objects, list)
}

// into is subjects by the predicate's name.
func (l *lookup) into(object uint64, predicate string, fn func(subject, label uint64) error) error {
	p, err := l.node(predicate)
	if err != nil || p == 0 {
		return err
	}
	return l.subjects(object, p, func(subject, label uint64) (bool, error) { return true, fn(subject, label) })
}

// claimSet gathers claims, each once.
type claimSet struct {
	l    *lookup
	seen map[uint64]bool
	list []uint64
}

func (l *lookup) claimSet() *claimSet { return &claimSet{l: l, seen: map[uint64]bool{}} }

// on adds the claims that have one of the nodes in one of the predicates.
func (c *claimSet) on(nodes []uint64, predicates ...string) error {
	if err := c.l.aheadOf(nodes, predicates...); err != nil {
		return err
	}
	for _, p := range predicates {
		for _, n := range nodes {
			err := c.l.into(n, p, func(claim, label uint64) error {
				if !c.seen[claim] {
					c.seen[claim] = true
					c.l.labelOf[claim] = label
					c.list = append(c.list, claim)
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// about adds the claims on a node or on a statement that it takes part in, and those
// on these claims.
func (c *claimSet) about(node uint64) error {
	if node == 0 {
		return nil
	}
	statements, err := c.l.statements(node)
	if err != nil {
		return err
	}
	if err := c.on(statements, Content); err != nil {
		return err
	}
	if err := c.on([]uint64{node}, Target, About); err != nil {
		return err
	}
	for from := 0; from < len(c.list); {
		now := c.list[from:]
		from = len(c.list)
		if err := c.on(now, Content); err != nil {
			return err
		}
	}
	return nil
}

// names are the claims' IRIs, sorted.
func (c *claimSet) names() ([]string, error) {
	list := make([]string, len(c.list))
	for i, id := range c.list {
		var err error
		if list[i], err = c.l.iri(id); err != nil {
			return nil, err
		}
	}
	slices.Sort(list)
	return list, nil
}

// headPredicates are those of which a head consists.
var headPredicates = [...]string{Source, SourceKind, StanceOf, DerivedFrom, CopyOf}

// head is what most questions on a claim are decided by, without its contents; nil
// for what is no claim.
func (l *lookup) head(iri string) (*outClaim, error) {
	claim, err := l.node(iri)
	if err != nil || claim == 0 {
		return nil, err
	}
	var want [len(headPredicates)]uint64
	for i, p := range headPredicates {
		if want[i], err = l.node(p); err != nil {
			return nil, err
		}
	}
	var got [len(want)]string
	some := false
	err = l.properties(claim, func(predicate uint64, objects []uint64) error {
		at := slices.Index(want[:], predicate)
		some = true
		v, err := l.least(objects)
		if err == nil && v != nil {
			got[at] = plainText(v)
		}
		return err
	}, want[:]...)
	if err != nil || !some {
		return nil, err
	}
	document, _, _ := strings.Cut(got[3], "#")
	return &outClaim{source: got[0], kind: got[1], stance: strings.TrimPrefix(got[2], "hs:"), place: got[3], document: document, copyOf: got[4]}, nil
}

// date is a document's, "" for none.
func (l *lookup) date(iri string) (string, error) {
	document, err := l.node(iri)
	if err != nil || document == 0 {
		return "", err
	}
	return l.dateOf(document)
}

func (l *lookup) dateOf(document uint64) (string, error) {
	if day, ok := l.days[document]; ok {
		return day, nil
	}
	day, err := l.firstText(document, DatePublished)
	if err == nil {
		l.days[document] = day
	}
	return day, err
}

// aheadRows says that all that the claims' rows tell will be asked for.
func (l *lookup) aheadRows(claims []string) error {
	if !l.batched() {
		return nil
	}
	ids, err := l.nodes(claims...)
	if err == nil {
		err = l.ahead(ids)
	}
	if err == nil {
		err = l.aheadOf(ids, Decides)
	}
	var sources, others, documents []string
	for _, id := range ids {
		if err != nil {
			return err
		}
		err = l.values(id, func(predicate string, v quad.Value) {
			switch predicate {
			case Source:
				sources = append(sources, plainText(v))
				return
			case DerivedFrom:
				document, _, _ := strings.Cut(plainText(v), "#")
				documents = append(documents, document)
			}
			others = append(others, plainText(v))
		}, Source, Target, Content, About, DerivedFrom)
	}
	if err != nil {
		return err
	}
	return errors.Join(l.aheadNodes(documents, Headline, Publisher, DatePublished, URL, RDFSLabel),
		l.aheadNodes(append(others, sources...), RDFSLabel, AnchorOf))
}

// aheadDates says that the claims' dates will be asked for.
func (l *lookup) aheadDates(claims []uint64) error {
	if !l.batched() {
		return nil
	}
	list := make([]uint64, 0, len(claims))
	for _, claim := range claims {
		if label := l.labelOf[claim]; label != 0 {
			list = append(list, label)
		}
	}
	date, err := l.node(DatePublished)
	if err != nil {
		return err
	}
	return l.ahead(list, date)
}

// claimDate is that of a claim's document, which is the label of the claim's quads.
func (l *lookup) claimDate(claim uint64) (string, error) {
	if label := l.labelOf[claim]; label != 0 {
		if date, err := l.dateOf(label); date != "" || err != nil {
			return date, err
		}
		if name, err := l.iri(label); strings.HasPrefix(name, "hs:doc/") || err != nil {
			return "", err // without a date
		}
	}
	iri, err := l.iri(claim)
	if err != nil {
		return "", err
	}
	c, err := l.head(iri)
	if err != nil || c == nil {
		return "", err
	}
	return l.date(c.document)
}

// claimsIn counts the claims of a document.
func (l *lookup) claimsIn(iri string) (int64, error) {
	document, err := l.node(iri)
	if err != nil || document == 0 {
		return 0, err
	}
	stance, err := l.node(StanceOf)
	if err != nil {
		return 0, err
	}
	claims := map[uint64]bool{}
	err = l.labelled(document, []uint64{stance}, func(subject, _ uint64) error {
		claims[subject] = true
		return nil
	})
	return int64(len(claims)), err
}
