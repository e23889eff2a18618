package graph

import (
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

// Quads turns a document into its quads, sorted as N-Quads lines and without
// duplicates. They depend on the document alone; each has the document's IRI as
// label. Reported content gives no plain edge: only what the document says in
// its own voice, affirmed and certain, does.
func Quads(d *news.Document) []quad.Quad {
	w := newQuadWriter(d)
	w.document()
	for i := range d.Entities {
		w.entity(&d.Entities[i])
	}
	for i := range d.Propositions {
		w.proposition(&d.Propositions[i])
	}
	for i := range d.Claims {
		w.claim(&d.Claims[i])
	}
	w.plainEdges()
	return sortQuads(w.quads)
}

// quadWriter gathers the quads of one document.
type quadWriter struct {
	d     *news.Document
	o     *news.Offsets
	label quad.IRI
	quads []quad.Quad
}

func newQuadWriter(d *news.Document) *quadWriter {
	return &quadWriter{d: d, o: news.NewOffsets(d.Text), label: safeIRI(d.IRI)}
}

// edge adds a quad between nodes.
func (w *quadWriter) edge(subject, predicate, object string) {
	w.quads = append(w.quads, quad.Quad{Subject: safeIRI(subject), Predicate: safeIRI(predicate),
		Object: safeIRI(object), Label: w.label})
}

// text adds a quad with a string, unless that is empty.
func (w *quadWriter) text(subject, predicate, s string) {
	if s != "" {
		w.value(subject, predicate, safeText(s))
	}
}

func (w *quadWriter) value(subject, predicate string, v quad.Value) {
	w.quads = append(w.quads, quad.Quad{Subject: safeIRI(subject), Predicate: quad.IRI(predicate), Object: v, Label: w.label})
}

func (w *quadWriter) document() {
	d, iri := w.d, w.d.IRI
	w.edge(iri, RDFType, Document)
	w.text(iri, Identifier, d.ID)
	w.text(iri, RDFSLabel, documentLabel(d))
	w.text(iri, Headline, d.Title)
	w.text(iri, Publisher, d.Outlet)
	w.text(iri, Author, d.Author)
	w.text(iri, InLanguage, d.Language)
	if d.URL != "" {
		if u := safeIRI(d.URL); absoluteIRI(string(u)) {
			w.edge(iri, URL, d.URL)
		} else {
			w.text(iri, URL, d.URL)
		}
	}
	if !d.Published.IsZero() {
		w.value(iri, DatePublished, quad.Time(d.Published.UTC().Truncate(time.Second)))
	}
	w.value(iri, IsString, quad.String(strings.ToValidUTF8(strings.ReplaceAll(d.Text, "\x00", "\uFFFD"), "\uFFFD")))
	w.text(iri, ReadBy, "hearsay "+Version)
	for _, r := range d.Regions {
		if r.Kind == news.Boilerplate {
			w.edge(iri, Boilerplate, d.SpanIRI(w.o, r.Span))
		}
	}
	for i := range d.Mentions {
		if e := d.Mentions[i].Entity; e >= 0 && d.Entities[e].Named {
			w.edge(iri, Mentions, d.Entities[e].IRI)
		}
	}
}

// documentLabel is what people call the document: its title, else its identity.
func documentLabel(d *news.Document) string {
	if d.Title != "" {
		return d.Title
	}
	return d.ID
}

// entity writes what the document says of an entity. Known entities have their
// class and names in hs:graph/entities, once for all documents.
func (w *quadWriter) entity(e *news.Entity) {
	for _, why := range e.Merged {
		w.text(e.IRI, MergedBecause, why)
	}
	if e.Named {
		for _, role := range e.Roles {
			w.text(e.IRI, DescribedAs, role)
		}
	}
	if e.Known {
		return
	}
	w.edge(e.IRI, RDFType, ClassOf(e.Type))
	w.text(e.IRI, RDFSLabel, e.Name)
	if e.Named {
		for _, a := range e.Aliases {
			if a != e.Name {
				w.text(e.IRI, AltLabel, a)
			}
		}
	}
}

// node is the IRI of an argument or a source. Without an entity that is its
// place in the text, which is then labelled with its words.
func (w *quadWriter) node(entity int, at news.Span) string {
	if entity < 0 {
		iri := w.d.SpanIRI(w.o, at)
		w.text(iri, RDFSLabel, oneLine(w.d.Slice(at)))
		return iri
	}
	return w.d.Entities[entity].IRI
}

// place describes a place in the text, and is its IRI.
func (w *quadWriter) place(at news.Span) string {
	iri := w.d.SpanIRI(w.o, at)
	w.anchor(iri, at)
	return iri
}

func (w *quadWriter) anchor(iri string, at news.Span) {
	c := w.o.Span(at)
	w.edge(iri, RDFType, Mention)
	w.value(iri, BeginIndex, quad.Int(c.Start))
	w.value(iri, EndIndex, quad.Int(c.End))
	w.text(iri, AnchorOf, w.d.Slice(at))
	w.edge(iri, RefContext, w.d.IRI)
}

// oneLine joins words that the text breaks over lines.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
