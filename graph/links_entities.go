package graph

import (
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// EntityLink is what documents taken together say about who is who: the entity B
// of some is the A of others, or a name has an owner of its own in some documents.
type EntityLink struct {
	A, B      string // B is A; equal where a name has several owners
	Rule      string
	Score     float64 // 0 to 1
	Evidence  string  // for people
	Documents []string
	Owner     string // IRI of the owner in Documents where a name has several, else ""
	Label     string // of the owner
}

// Quads are the link, the node of it with rule, score and evidence, and the owner
// that it makes.
func (l *EntityLink) Quads() []quad.Quad {
	from, predicate := l.B, SameAs
	if l.Owner != "" {
		from, predicate = l.Owner, NamesakeOf
	}
	var out []quad.Quad
	add := func(s, p string, o quad.Value) {
		out = append(out, quad.Quad{Subject: safeIRI(s), Predicate: quad.IRI(p), Object: o, Label: quad.IRI(LabelLinks)})
	}
	id := LinkEdge{From: from, Predicate: predicate, To: l.A}.ID()
	add(from, predicate, safeIRI(l.A))
	add(id, RDFType, quad.IRI(Link))
	add(id, RDFSubject, safeIRI(from))
	add(id, RDFPredicate, quad.IRI(predicate))
	add(id, RDFObject, safeIRI(l.A))
	add(id, Rule, safeText(l.Rule))
	add(id, Score, quad.Float(l.Score))
	add(id, Evidenced, safeText(l.Evidence))
	for _, d := range l.Documents {
		add(id, DerivedFrom, safeIRI(d))
	}
	if l.Owner != "" {
		add(l.Owner, RDFType, quad.IRI(Person))
		add(l.Owner, RDFSLabel, safeText(l.Label))
		for _, d := range l.Documents {
			add(l.Owner, DerivedFrom, safeIRI(d))
		}
	}
	return out
}

// Renaming maps the source or target of a claim to who it is by the links between
// entities: sources that are one neither agree nor disagree with each other, and a
// namesake who is blamed is who denies it.
type Renaming struct {
	same  map[string]string
	owner map[[2]string]string
}

// NewRenaming makes it of all links between entities.
func NewRenaming(links []EntityLink) Renaming {
	r := Renaming{same: map[string]string{}, owner: map[[2]string]string{}}
	for _, l := range links {
		if l.Owner == "" {
			r.same[l.B] = l.A
		}
		for _, d := range l.Documents {
			if l.Owner != "" {
				r.owner[[2]string{d, l.A}] = l.Owner
			}
		}
	}
	return r
}

// chain bounds how often an entity is another one that is another one.
const chain = 8

func (r Renaming) of(document, iri string) string {
	if o := r.owner[[2]string{document, iri}]; o != "" {
		return o
	}
	for n := 0; n < chain && r.same[iri] != ""; n++ {
		iri = r.same[iri]
	}
	return iri
}

// rename gives the claims the sources and targets that they have across documents.
func (g *linker) rename(r Renaming) {
	for _, c := range g.claim {
		c.source = r.of(c.document, c.source)
		for i, t := range c.targets {
			c.targets[i] = r.of(c.document, t)
		}
	}
}

// identities adds to an explanation what documents together say about who an
// entity is, and how to take it back.
func (x *explainer) identities(iri string) error {
	var links []string
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		err := eachQuad(x.ctx, x.qs, d, quad.IRI(iri), func(q quad.Quad) error {
			if p := plainText(q.Predicate); q.Label == quad.IRI(LabelLinks) && (p == SameAs || p == NamesakeOf) {
				links = append(links, LinkEdge{From: plainText(q.Subject), Predicate: p, To: plainText(q.Object)}.ID())
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	slices.Sort(links)
	for _, l := range slices.Compact(links) {
		n, err := x.read(l)
		if err != nil {
			return err
		}
		x.out.Notes = append(x.out.Notes, identityNote(n))
	}
	return nil
}

// identityNote is a link between entities for people.
func identityNote(n properties) string {
	from, to := n.text(RDFSubject), n.text(RDFObject)
	note, undo := from+" is "+to, "hearsay entities split "+from+" "+to
	if n.text(RDFPredicate) == NamesakeOf {
		note, undo = from+" is another "+to+" in "+strings.Join(n.all(DerivedFrom), ", "), "hearsay entities merge "+to
	}
	return note + ": " + n.text(Rule) + ", score " + n.text(Score) + ": " + n.text(Evidenced) + " (to undo: " + undo + ")"
}
