package graph

import (
	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

// TermKind says what a term of the vocabulary is.
type TermKind string

// The kinds of term.
const (
	ClassTerm    TermKind = "class"
	PropertyTerm TermKind = "property"
	StanceTerm   TermKind = "stance" // a property from a source to what it speaks of
	TopicTerm    TermKind = "topic"
)

// Term is a class, predicate or topic that the graph uses.
type Term struct {
	IRI        string
	Kind       TermKind
	Label      string // a word or two for people
	Definition string
	Parent     string // IRI of the broader class or predicate, "" for none
}

// OntologyQuads are the vocabulary as quads, with the label LabelOntology,
// sorted.
func OntologyQuads() []quad.Quad {
	var quads []quad.Quad
	add := func(s, p string, o quad.Value) {
		quads = append(quads, quad.Quad{Subject: quad.IRI(s), Predicate: quad.IRI(p), Object: o, Label: quad.IRI(LabelOntology)})
	}
	for _, t := range Vocabulary() {
		switch t.Kind {
		case ClassTerm:
			add(t.IRI, RDFType, quad.IRI(RDFSClass))
			if t.Parent != "" {
				add(t.IRI, SubClassOf, quad.IRI(t.Parent))
			}
		case TopicTerm:
			add(t.IRI, RDFType, quad.IRI(Topic))
		case StanceTerm:
			add(t.IRI, RDFType, quad.IRI(Stance))
			fallthrough
		case PropertyTerm:
			add(t.IRI, RDFType, quad.IRI(RDFProperty))
			if t.Parent != "" {
				add(t.IRI, SubPropertyOf, quad.IRI(t.Parent))
			}
		}
		add(t.IRI, RDFSLabel, quad.String(t.Label))
		add(t.IRI, RDFSComment, quad.String(t.Definition))
	}
	return sortQuads(quads)
}

// Vocabulary is every class, predicate, stance and topic of the graph with its
// definition, in the order in which docs/vocabulary.md shows them. Relations of
// the ontology come last; open relations (hs:rel/…) are as many as there are
// verbs and have no entry.
func Vocabulary() []Term {
	var terms []Term
	terms = append(terms, classTerms[:]...)
	terms = append(terms, propertyTerms[:]...)
	for _, s := range stanceTerms {
		t := Term{IRI: StancePredicate(s.stance), Kind: StanceTerm, Label: stanceWords(s.stance), Definition: s.definition}
		if s.stance == news.SuspendsJudgment {
			t.Parent = StancePredicate(news.Doubts)
		}
		terms = append(terms, t)
	}
	terms = append(terms, topicTerms[:]...)
	return append(terms, relationTerms[:]...)
}
