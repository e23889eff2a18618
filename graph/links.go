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
	g.replies()
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
	about                []string // claims that it is about
	targets, topics      []string
	published            time.Time
}

// linkProposition is what of a proposition decides its links.
type linkProposition struct {
	id, subject, predicate, object, polarity, bound, unit string
	value                                                 float64
	counted                                               bool
	documents                                             []string
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
	for _, p := range []string{Source, StanceOf, Certainty, Polarity, Content, Target, About, RDFSubject, RDFPredicate, RDFObject, Value, BoundOf, Unit, DatePublished} {
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
				g.readProposition(s, p, q)
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
		switch {
		case strings.HasPrefix(o, "hs:prop/"):
			c.contents = append(c.contents, o)
		case strings.HasPrefix(o, "hs:claim/"):
			c.about = append(c.about, o)
		}
	case Target:
		c.targets = append(c.targets, o)
	case About:
		c.topics = append(c.topics, o)
	}
}

func (g *linker) readProposition(id, predicate string, q quad.Quad) {
	p := g.prop[id]
	if p == nil {
		p = &linkProposition{id: id}
		g.prop[id] = p
	}
	if doc := plainText(q.Label); !slices.Contains(p.documents, doc) {
		p.documents = append(p.documents, doc)
	}
	o := q.Object
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

// stand is what a source holds of a statement.
type stand int8

const (
	against stand = iota - 1
	silent        // nothing that can agree or disagree
	inFavour
	undecided // it says that it can't be told
)

// stand is what the claim holds of a proposition.
func (c *linkClaim) stand(p *linkProposition) stand {
	st := silent
	switch c.stance {
	case news.Asserts, news.Confirms, news.Estimates, news.Suggests, news.Believes, news.Predicts, news.Warns, news.Promises, news.Blames:
		st = inFavour
	case news.Denies, news.Doubts:
		st = against
	case news.SuspendsJudgment:
		return undecided
	}
	if p.polarity == string(news.Negative) {
		st = -st
	}
	return st
}

// statement is a proposition with its negation: what positions are held on.
func (p *linkProposition) statement() string {
	return strings.Join([]string{p.subject, p.predicate, p.object, p.bound, fmt.Sprint(p.counted, p.value), p.unit}, "\x00")
}

// implied is the statement that follows from one: who an event is attributed to
// is involved in it. It is "" where none does.
func (p *linkProposition) implied() string {
	if p.predicate != "hs:attributed-to" || p.counted {
		return ""
	}
	weaker := linkProposition{subject: p.object, predicate: "hs:involvedIn", object: p.subject}
	return weaker.statement()
}

// holding is one source's claim about one statement.
type holding struct {
	claim *linkClaim
	stand stand
}

// claims links the claims about one statement: those of different sources agree
// or disagree, a source's own show when it changed its position. Of a source's
// claims with the same position the first stands for all, so that copies of one
// report add nothing.
func (g *linker) claims() {
	for _, held := range g.holdings() {
		first := map[string]bool{}   // by source and position
		last := map[string]holding{} // by source
		var stands []holding
		for _, h := range held {
			key := fmt.Sprint(h.claim.source, " ", h.stand)
			if !first[key] {
				first[key] = true
				stands = append(stands, h)
			}
			if before, ok := last[h.claim.source]; ok && before.stand != h.stand && before.claim.document != h.claim.document &&
				before.claim.published.Before(h.claim.published) {
				g.add(h.claim.id, ChangedFrom, before.claim.id, "same source, same statement, other position, later document")
			}
			last[h.claim.source] = h
		}
		g.pairs(stands)
	}
}

// maxPairs bounds the claims about one statement that are linked with one another.
const maxPairs = 64

func (g *linker) pairs(stands []holding) {
	for i, a := range stands {
		for _, b := range stands[i+1 : min(len(stands), i+maxPairs)] {
			switch {
			case a.claim.source == b.claim.source:
			case a.stand == b.stand:
				g.add(a.claim.id, AgreesWith, b.claim.id, "different sources, same statement, same position")
			case a.stand == -b.stand:
				g.add(a.claim.id, DisagreesWith, b.claim.id, "different sources, same statement, opposite positions")
			}
		}
	}
}

// replies links a claim that rejects or confirms another claim to that one, and
// the denial of who is blamed to the blame, where one document has both.
func (g *linker) replies() {
	denials := map[string][]*linkClaim{} // by document and source, those of responsibility
	for _, c := range g.claim {
		if c.stance == news.Denies && slices.Contains(c.topics, Attribution) {
			key := c.document + " " + c.source
			denials[key] = append(denials[key], c)
		}
	}
	for _, c := range g.claim {
		for _, id := range c.about {
			other := g.claim[id]
			if other == nil || other.source == c.source {
				continue
			}
			switch c.stance {
			case news.Denies, news.Doubts:
				g.add(c.id, DisagreesWith, id, "one claim rejects the other")
			case news.Confirms:
				g.add(c.id, AgreesWith, id, "one claim confirms the other")
			}
		}
		if c.stance != news.Blames {
			continue
		}
		for _, target := range c.targets {
			for _, d := range denials[c.document+" "+target] {
				if d.source != c.source {
					g.add(c.id, DisagreesWith, d.id, "who is blamed denies responsibility in the same document")
				}
			}
		}
	}
}

// holdings are the positions on each statement, in order of time, document and id.
func (g *linker) holdings() [][]holding {
	by := map[string][]holding{}
	for _, c := range g.claim {
		for _, id := range c.contents {
			p := g.prop[id]
			if p == nil || p.predicate == "" {
				continue
			}
			st := c.stand(p)
			if st == silent {
				continue
			}
			by[p.statement()] = append(by[p.statement()], holding{c, st})
			if weaker := p.implied(); weaker != "" && st == inFavour {
				by[weaker] = append(by[weaker], holding{c, st})
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
				cmp.Compare(a.claim.id, b.claim.id), cmp.Compare(a.stand, b.stand))
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
