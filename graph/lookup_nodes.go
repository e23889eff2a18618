package graph

import (
	"slices"

	"github.com/cayleygraph/quad"
)

// What the library of the saved queries asks of documents, statements and names, read
// from the indexes.

// paper is what the store has of a document; nil for what has neither headline, nor
// outlet, date or address.
func (l *lookup) paper(iri string) (*paper, error) {
	if d, ok := l.papers[iri]; ok {
		return d, nil
	}
	document, err := l.node(iri)
	if err != nil || document == 0 {
		return nil, err
	}
	d := &paper{}
	for _, part := range []struct {
		predicate string
		text      *string
	}{{Headline, &d.headline}, {Publisher, &d.outlet}} {
		if *part.text, err = l.firstText(document, part.predicate); err != nil {
			return nil, err
		}
	}
	if d.date, err = l.dateOf(document); err != nil {
		return nil, err
	}
	url, err := l.first(document, URL)
	if err != nil {
		return nil, err
	}
	if url != nil {
		d.url, _ = scriptValue(url).(string)
	}
	if *d == (paper{}) {
		d = nil
	}
	l.papers[iri] = d
	return d, nil
}

// label is a node's, "" for none.
func (l *lookup) label(iri string) (string, error) {
	if label, ok := l.labels[iri]; ok {
		return label, nil
	}
	node, err := l.node(iri)
	if err != nil {
		return "", err
	}
	label, err := l.firstText(node, RDFSLabel)
	if err == nil {
		l.labels[iri] = label
	}
	return label, err
}

// statement gives the parts of one, nil for a node that the store hasn't.
func (l *lookup) statement(iri string) (*outStatement, error) {
	node, err := l.node(iri)
	if err != nil || node == 0 {
		return nil, err
	}
	p := &outStatement{}
	err = l.properties(node, func(predicate uint64, objects []uint64) error {
		name, err := l.iri(predicate)
		if err != nil || !slices.Contains(statementParts, name) {
			return err
		}
		v, err := l.least(objects)
		if err == nil && v != nil {
			p.set(name, v)
		}
		return err
	})
	return p, err
}

var statementParts = []string{RDFSubject, RDFPredicate, RDFObject, Polarity, BoundOf, Unit, Value}

// decision is the last one on a node, nil for none.
func (l *lookup) decision(iri string) (*Decision, error) {
	node, err := l.node(iri)
	if err != nil || node == 0 {
		return nil, err
	}
	all := map[quad.Value]*Decision{}
	err = l.into(node, Decides, func(d, _ uint64) error {
		subject, err := l.value(d)
		if err != nil {
			return err
		}
		return l.values(d, func(predicate string, v quad.Value) {
			decided(all, quad.Quad{Subject: subject, Predicate: quad.IRI(predicate), Object: v})
		})
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return lastDecisions(all)[iri], nil
}

// values calls fn with each predicate and value of a node, each pair once; where
// predicates are given, only of these.
func (l *lookup) values(node uint64, fn func(predicate string, v quad.Value), predicates ...string) error {
	of, err := l.nodes(predicates...)
	if err != nil || len(of) == 0 && len(predicates) > 0 {
		return err
	}
	return l.properties(node, func(predicate uint64, objects []uint64) error {
		p, err := l.iri(predicate)
		if err != nil {
			return err
		}
		for _, id := range objects {
			v, err := l.value(id)
			if err != nil {
				return err
			}
			fn(p, v)
		}
		return nil
	}, of...)
}
