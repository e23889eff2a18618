package graph

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

// Relink recomputes every link between claims and between propositions, and
// stores them under LabelLinks, each with the rule that made it. They depend on
// the set of documents alone. It does nothing where they are as they should be.
func (s *Store) Relink(ctx context.Context) error {
	var g *linker
	err := s.view(ctx, func(qs cayley.QuadStore) (err error) {
		g, err = readLinker(ctx, qs)
		return err
	})
	if err != nil {
		return fmt.Errorf("link claims: %w", err)
	}
	g.claims()
	g.negations()
	g.rivals()
	g.quantities()
	return s.PutGraph(ctx, LabelLinks, sortQuads(g.quads))
}

// linkClaim is what of a claim decides its links.
type linkClaim struct {
	id, source, document string
	stance               news.Stance
	certainty, polarity  string
	contents             []string // propositions
	published            time.Time
}

// linkProposition is what of a proposition decides its links.
type linkProposition struct {
	id, subject, predicate, object, polarity, bound, unit string
	value                                                 float64
	counted                                               bool
}

// linker gathers claims and propositions, then the links between them.
type linker struct {
	claim map[string]*linkClaim
	prop  map[string]*linkProposition
	// within holds pairs of known entities of which the first belongs to the
	// second: a group to its country.
	within map[[2]string]bool
	quads  []quad.Quad
	seen   map[string]bool
}

// readLinker reads, predicate by predicate, what decides the links.
func readLinker(ctx context.Context, qs cayley.QuadStore) (*linker, error) {
	g := &linker{claim: map[string]*linkClaim{}, prop: map[string]*linkProposition{},
		within: map[[2]string]bool{}, seen: map[string]bool{}}
	published := map[string]time.Time{}
	for _, p := range []string{Source, StanceOf, Certainty, Polarity, Content, RDFSubject, RDFPredicate, RDFObject, Value, BoundOf, Unit, DatePublished} {
		err := eachQuad(ctx, qs, quad.Predicate, quad.IRI(p), func(q quad.Quad) error {
			if q.Label == quad.IRI(LabelLinks) {
				return nil
			}
			s := plainText(q.Subject)
			switch {
			case p == DatePublished:
				if t, ok := q.Object.(quad.Time); ok {
					published[s] = time.Time(t)
				}
			case strings.HasPrefix(s, "hs:claim/"):
				g.readClaim(s, p, q)
			case strings.HasPrefix(s, "hs:prop/"):
				g.readProposition(s, p, q.Object)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	err := eachQuad(ctx, qs, quad.Predicate, quad.IRI(CountryOf), func(q quad.Quad) error {
		g.within[[2]string{plainText(q.Subject), plainText(q.Object)}] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, c := range g.claim {
		c.published = published[c.document]
		slices.Sort(c.contents)
		c.contents = slices.Compact(c.contents)
	}
	return g, nil
}

func (g *linker) readClaim(id, predicate string, q quad.Quad) {
	c := g.claim[id]
	if c == nil {
		c = &linkClaim{id: id}
		g.claim[id] = c
	}
	c.document = plainText(q.Label)
	o := plainText(q.Object)
	switch predicate {
	case Source:
		c.source = o
	case StanceOf:
		c.stance = news.Stance(strings.TrimPrefix(o, "hs:"))
	case Certainty:
		c.certainty = o
	case Polarity:
		c.polarity = o
	case Content:
		if strings.HasPrefix(o, "hs:prop/") {
			c.contents = append(c.contents, o)
		}
	}
}

func (g *linker) readProposition(id, predicate string, o quad.Value) {
	p := g.prop[id]
	if p == nil {
		p = &linkProposition{id: id}
		g.prop[id] = p
	}
	switch predicate {
	case RDFSubject:
		p.subject = plainText(o)
	case RDFPredicate:
		p.predicate = plainText(o)
	case RDFObject:
		p.object = plainText(o)
	case Polarity:
		p.polarity = plainText(o)
	case BoundOf:
		p.bound = plainText(o)
	case Unit:
		p.unit = plainText(o)
	case Value:
		switch v := o.(type) {
		case quad.Int:
			p.value, p.counted = float64(v), true
		case quad.Float:
			p.value, p.counted = float64(v), true
		}
	}
}

// add links from to with its rule; a symmetric link is stored from the lesser id.
func (g *linker) add(from, predicate, to, rule string) {
	if from == to {
		return
	}
	if predicate != ChangedFrom && to < from {
		from, to = to, from
	}
	id := linkIRI(from, predicate, to)
	if g.seen[id] {
		return
	}
	g.seen[id] = true
	edge := func(s, p string, o quad.Value) {
		g.quads = append(g.quads, quad.Quad{Subject: quad.IRI(s), Predicate: quad.IRI(p), Object: o, Label: quad.IRI(LabelLinks)})
	}
	edge(from, predicate, quad.IRI(to))
	edge(id, RDFType, quad.IRI(Link))
	edge(id, RDFSubject, quad.IRI(from))
	edge(id, RDFPredicate, quad.IRI(predicate))
	edge(id, RDFObject, quad.IRI(to))
	edge(id, Rule, quad.String(rule))
}

// linkIRI names a link after its parts.
func linkIRI(from, predicate, to string) string {
	sum := sha256.Sum256([]byte(from + " " + predicate + " " + to))
	return "hs:link/" + hex.EncodeToString(sum[:10])
}

// position is what a claim holds of a proposition: 1 that it is so, -1 that it is
// not, 0 neither.
func (c *linkClaim) position(p *linkProposition) int {
	sign := 0
	switch c.stance {
	case news.Asserts, news.Confirms, news.Estimates, news.Suggests, news.Believes, news.Predicts, news.Warns, news.Promises, news.Blames:
		sign = 1
	case news.Denies, news.Doubts:
		sign = -1
	}
	if p.polarity == string(news.Negative) {
		sign = -sign
	}
	return sign
}

// statement is a proposition with its negation: what positions are held on.
func (p *linkProposition) statement() string {
	return strings.Join([]string{p.subject, p.predicate, p.object, p.bound, fmt.Sprint(p.counted, p.value), p.unit}, "\x00")
}

// holding is one source's claim about one statement.
type holding struct {
	claim *linkClaim
	sign  int
}

// claims links the claims about one statement: those of different sources agree
// or disagree, a source's own show when it changed its position. Of a source's
// claims with the same position the first stands for all, so that copies of one
// report add nothing.
func (g *linker) claims() {
	for _, held := range g.holdings() {
		first := map[string]holding{} // by source and position
		last := map[string]holding{}  // by source
		var stand []holding
		for _, h := range held {
			key := fmt.Sprint(h.claim.source, " ", h.sign)
			if _, ok := first[key]; !ok {
				first[key] = h
				stand = append(stand, h)
			}
			if before, ok := last[h.claim.source]; ok && before.sign != h.sign && before.claim.document != h.claim.document &&
				before.claim.published.Before(h.claim.published) {
				g.add(h.claim.id, ChangedFrom, before.claim.id, "same source, same statement, other position, later document")
			}
			last[h.claim.source] = h
		}
		g.pairs(stand)
	}
}

// maxPairs bounds the claims about one statement that are linked with one another.
const maxPairs = 64

func (g *linker) pairs(stand []holding) {
	for i, a := range stand {
		for _, b := range stand[i+1 : min(len(stand), i+maxPairs)] {
			switch {
			case a.claim.source == b.claim.source:
			case a.sign == b.sign:
				g.add(a.claim.id, AgreesWith, b.claim.id, "different sources, same statement, same position")
			default:
				g.add(a.claim.id, DisagreesWith, b.claim.id, "different sources, same statement, opposite positions")
			}
		}
	}
}

// holdings are the positions on each statement, in order of time, document and id.
func (g *linker) holdings() [][]holding {
	by := map[string][]holding{}
	for _, c := range g.claim {
		for _, id := range c.contents {
			if p := g.prop[id]; p != nil && p.predicate != "" {
				if sign := c.position(p); sign != 0 {
					by[p.statement()] = append(by[p.statement()], holding{c, sign})
				}
			}
		}
	}
	out := make([][]holding, 0, len(by))
	for _, held := range by {
		if len(held) < 2 {
			continue
		}
		slices.SortFunc(held, func(a, b holding) int {
			return cmp.Or(a.claim.published.Compare(b.claim.published), cmp.Compare(a.claim.document, b.claim.document),
				cmp.Compare(a.claim.id, b.claim.id), cmp.Compare(a.sign, b.sign))
		})
		out = append(out, held)
	}
	return out
}

// negations links a negated proposition to the positive one where that exists.
func (g *linker) negations() {
	by := map[string][]*linkProposition{}
	for _, p := range g.prop {
		if p.predicate != "" {
			by[p.statement()] = append(by[p.statement()], p)
		}
	}
	for _, list := range by {
		for i, a := range list {
			for _, b := range list[i+1:] {
				if a.polarity != b.polarity {
					g.add(a.id, DisagreesWith, b.id, "one is the negation of the other")
				}
			}
		}
	}
}
