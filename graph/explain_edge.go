package graph

import (
	"sort"
	"strings"

	"github.com/cayleygraph/quad"
)

// edge explains a quad: by the claim whose stance it shows, by the places that
// state it, or by the rule that computed it.
func (x *explainer) edge(q quad.Quad) error {
	s, p, o := plainText(q.Subject), plainText(q.Predicate), plainText(q.Object)
	var labels []string
	err := eachQuad(x.ctx, x.qs, quad.Subject, q.Subject, func(have quad.Quad) error {
		if have.Predicate == q.Predicate && have.Object == q.Object {
			labels = append(labels, plainText(have.Label))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(labels) == 0 {
		return ErrNotFound
	}
	sort.Strings(labels)
	x.out.Kind = "edge"
	if x.out.Label, err = x.edgeLabel(s, p, o); err != nil {
		return err
	}
	for _, predicate := range []string{Content, About, Target} {
		if err := x.claims(predicate, o, func(n properties) bool { return shows(n, s, p) }); err != nil {
			return err
		}
	}
	if err := x.claims(Source, s, func(n properties) bool { return shows(n, s, p) && contains(n.all(DerivedFrom), o) }); err != nil {
		return err
	}
	if contains(labels, LabelLinks) {
		n, err := x.read(LinkEdge{From: s, Predicate: p, To: o}.ID())
		if err != nil {
			return err
		}
		if err := x.link(n); err != nil {
			return err
		}
	}
	if err := x.stated(s, p, o, labels); err != nil || len(x.out.Evidence) > 0 {
		return err
	}
	return x.recorded(labels)
}

// shows reports whether a claim's stance gives the direct edge from s by p.
func shows(n properties, s, p string) bool {
	stance := n.text(StanceOf)
	return n.text(Source) == s && (stance == p || stance == "hs:suspends-judgment" && p == "hs:doubts")
}

func (x *explainer) edgeLabel(s, p, o string) (string, error) {
	var words []string
	for _, iri := range []string{s, p, o} {
		name, err := x.name(iri)
		if err != nil {
			return "", err
		}
		words = append(words, name)
	}
	return strings.Join(words, " "), nil
}

// stated adds the places where the labelled documents state a plain edge.
func (x *explainer) stated(s, p, o string, labels []string) error {
	var props []string
	err := eachQuad(x.ctx, x.qs, quad.Object, quad.IRI(s), func(q quad.Quad) error {
		if q.Predicate == quad.IRI(RDFSubject) && !contains(props, plainText(q.Subject)) {
			props = append(props, plainText(q.Subject))
		}
		return nil
	})
	if err != nil {
		return err
	}
	sort.Strings(props)
	for _, prop := range props {
		n, err := x.read(prop)
		if err != nil {
			return err
		}
		if n.text(RDFPredicate) != p || n.text(RDFObject) != o || n.text(Polarity) == "negative" {
			continue
		}
		for _, place := range n.all(DerivedFrom) {
			if at, ok := parsePlace(place); ok && contains(labels, at.document) && !x.covered(at) {
				if err := x.add(at); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// recorded names the documents of an edge that no claim or statement explains.
func (x *explainer) recorded(labels []string) error {
	for _, l := range labels {
		if !strings.HasPrefix(l, "hs:doc/") {
			x.out.Notes = append(x.out.Notes, "in "+l)
			continue
		}
		n, err := x.read(l)
		if err != nil {
			return err
		}
		x.out.Evidence = append(x.out.Evidence, x.document(l, n))
	}
	return nil
}
