package graph

import (
	"math"

	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

// proposition writes the shared node of a statement, and the place where this
// document states it: certainty, time and place belong to that place. The plain
// edge is no business of this function.
func (w *quadWriter) proposition(p *news.Proposition) {
	subject, object := w.arguments(p)
	w.edge(p.ID, RDFType, Proposition)
	w.text(p.ID, RDFSLabel, p.Label)
	w.edge(p.ID, RDFPredicate, p.Relation.Predicate)
	if subject != "" {
		w.edge(p.ID, RDFSubject, subject)
	}
	if object != "" {
		w.edge(p.ID, RDFObject, object)
	}
	if p.Polarity != "" {
		w.text(p.ID, Polarity, string(p.Polarity))
	}
	if q := p.Quantity; q != nil {
		w.value(p.ID, Value, number(q.Value))
		w.text(p.ID, BoundOf, string(q.Bound))
		w.text(p.ID, Unit, q.Unit)
	}
	w.occurrence(p)
}

// arguments are the nodes of subject and object in the direction of the
// canonical predicate, "" for none. The object of a counted relation is its
// quantity and no node.
func (w *quadWriter) arguments(p *news.Proposition) (subject, object string) {
	node := func(a *news.Argument) string {
		if a.Entity < 0 && a.Empty() || w.d.Counted(p, a) {
			return ""
		}
		return w.node(a.Entity, a.Span)
	}
	subject, object = node(&p.Subject), node(&p.Object)
	if p.Relation.Inverse {
		return object, subject
	}
	return subject, object
}

// occurrence writes where the document states the proposition. Its node is that
// of the place and the proposition together: two statements may share the place.
func (w *quadWriter) occurrence(p *news.Proposition) {
	at := p.Relation.Span.Cover(p.Subject.Span).Cover(p.Object.Span)
	for i := range p.Relation.Tokens {
		if t := p.Relation.Tokens[i]; t < len(w.d.Tokens) {
			at = at.Cover(w.d.Tokens[t].Span)
		}
	}
	if at.Empty() {
		return
	}
	iri := w.d.SpanIRI(w.o, at) + "&" + p.ID[len("hs:"):]
	w.anchor(iri, at)
	w.edge(p.ID, DerivedFrom, iri)
	w.text(iri, Certainty, string(p.Certainty))
	for i := range p.Arguments {
		a := &p.Arguments[i]
		value := a.Value
		if value == "" {
			value = oneLine(w.d.Slice(a.Span))
		}
		if a.Entity >= 0 {
			w.edge(iri, rolePredicate(a.Role), w.d.Entities[a.Entity].IRI)
			continue
		}
		w.text(iri, rolePredicate(a.Role), value)
	}
}

func rolePredicate(role string) string {
	switch role {
	case "time":
		return Time
	case "place":
		return Place
	case "instrument":
		return Instrument
	case "manner":
		return Manner
	}
	return OtherArgument
}

// number is an integer where the value is one: gt(300) compares integers.
func number(f float64) quad.Value {
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return quad.Int(int64(f))
	}
	return quad.Float(f)
}
