package graph

import (
	"cmp"
	"context"
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
// entities are the links between entities that the same documents give; they are
// stored with the others, and decide whose claims agree with whose.
func (s *Store) Relink(ctx context.Context, entities ...EntityLink) error {
	table, names := newLinkTable(), NewRenaming(entities)
	err := s.view(ctx, func(qs cayley.QuadStore) error {
		return eachLabel(ctx, qs, linkPredicates[:], LabelLinks, func(quads []quad.Quad) error {
			table.add(LinkPartsOf(quads, names))
			return nil
		})
	})
	if err != nil {
		return fmt.Errorf("link claims: %w", err)
	}
	quads := table.quads()
	for i := range entities {
		quads = append(quads, entities[i].Quads()...)
	}
	return s.PutGraph(ctx, LabelLinks, sortQuads(quads))
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
	sourceKind           string
	said, cued           uint64 // hashes of its words and its cue, 0 for none
}

// linkProposition is what of a proposition decides its links.
type linkProposition struct {
	id, subject, predicate, object, polarity, bound, unit string
	value                                                 float64
	counted                                               bool
	documents                                             []string
}

// linker gathers the claims and propositions of a document, or of a store.
type linker struct {
	claim     map[string]*linkClaim
	prop      map[string]*linkProposition
	published map[string]time.Time // by document
	// within holds pairs of known entities of which one belongs to the other: a
	// group to its country.
	within   map[string]bool
	asides   map[string][][2]int // boilerplate, by document
	sketches map[string]string   // of texts, by document
}

func newLinker() *linker {
	return &linker{claim: map[string]*linkClaim{}, prop: map[string]*linkProposition{},
		published: map[string]time.Time{}, within: map[string]bool{}, asides: map[string][][2]int{}, sketches: map[string]string{}}
}

// linkPredicates are those of the quads that decide the links. Boilerplate comes
// before the text that it is a part of.
var linkPredicates = [...]string{Source, StanceOf, Certainty, Polarity, Content, Target, About, RDFSubject, RDFPredicate, RDFObject, Value, BoundOf, Unit, DatePublished, CountryOf,
	SourceKind, ContentText, Cue, Boilerplate, IsString}

// read takes a quad whose predicate is one of linkPredicates.
func (g *linker) read(predicate string, q quad.Quad) {
	if q.Label == quad.IRI(LabelLinks) {
		return
	}
	s := plainText(q.Subject)
	switch {
	case predicate == DatePublished:
		if t, ok := q.Object.(quad.Time); ok {
			g.published[s] = time.Time(t)
		}
	case predicate == Boilerplate:
		if at, ok := charRange(plainText(q.Object)); ok {
			g.asides[s] = append(g.asides[s], at)
		}
	case predicate == IsString:
		if sketch := textSketch(plainText(q.Object), g.asides[s]); sketch != "" {
			g.sketches[s] = sketch
		}
	case predicate == CountryOf:
		g.within[bothWays(s, plainText(q.Object))] = true
	case strings.HasPrefix(s, "hs:claim/"):
		g.readClaim(s, predicate, q)
	case strings.HasPrefix(s, "hs:prop/"):
		g.readProposition(s, predicate, q)
	}
}

// settle ends the reading.
func (g *linker) settle() {
	for _, c := range g.claim {
		c.published = g.published[c.document]
		slices.Sort(c.contents)
		c.contents = slices.Compact(c.contents)
	}
	for _, p := range g.prop {
		if belongs(p.predicate) && p.polarity != string(news.Negative) {
			g.within[bothWays(p.subject, p.object)] = true
		}
	}
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
	case SourceKind:
		c.sourceKind = o
	case ContentText:
		c.said = hashWords(foldWords(o, nil))
	case Cue:
		c.cued = hashWords(foldWords(o, nil))
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

// positions are the positions that claims take on statements.
func (g *linker) positions(fact func(LinkFact)) {
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
			f := LinkFact{Key: p.statement(), ID: c.id, Source: c.source, Document: c.document, Published: c.published.Unix(), Stand: int8(st)}
			if c.sourceKind != string(news.Named) {
				f.Kind, f.Sketch = c.sourceKind, g.sketches[c.document]
			}
			fact(f)
			if weaker := p.implied(); weaker != "" && st == inFavour {
				f.Key = weaker
				fact(f)
			}
		}
	}
}

// linkPositions links the claims about one statement: those of different sources
// agree or disagree, a source's own show when it changed its position. Of a
// source's claims with the same position the first stands for all, so that copies
// of one report add nothing.
func linkPositions(held []LinkFact, link func(LinkEdge)) {
	if len(held) < 2 {
		return
	}
	slices.SortFunc(held, func(a, b LinkFact) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Document, b.Document),
			cmp.Compare(a.ID, b.ID), cmp.Compare(a.Stand, b.Stand))
	})
	type position struct {
		source string
		stand  int8
	}
	first := map[position]bool{}
	last := map[string]LinkFact{} // by source
	var stands []LinkFact
	for _, h := range held {
		p := position{h.Source, h.Stand}
		if !first[p] && !repeats(stands, h) {
			stands = append(stands, h)
		}
		first[p] = true
		if before, ok := last[h.Source]; ok && before.Stand != h.Stand && before.Document != h.Document && before.Published < h.Published {
			link(newLink(h.ID, ChangedFrom, before.ID, ruleChanged))
		}
		last[h.Source] = h
	}
	linkSides(stands, link)
}

// linkSides links each claim with the first few on its side, and with the first
// few on the other. Claims are in the order of their dates, those of a source on
// one side once.
func linkSides(stands []LinkFact, link func(LinkEdge)) {
	first := map[stand][]LinkFact{}
	for _, c := range stands {
		if side := stand(c.Stand); len(first[side]) <= few { // one more: that of the same source doesn't count
			first[side] = append(first[side], c)
		}
	}
	for _, c := range stands {
		for _, f := range first[stand(c.Stand)][:min(few, len(first[stand(c.Stand)]))] {
			if f.ID == c.ID {
				break // the later ones are linked with this one
			}
			link(newLink(c.ID, AgreesWith, f.ID, ruleAgree))
		}
		if stand(c.Stand) == undecided {
			continue
		}
		linked := 0
		for _, f := range first[-stand(c.Stand)] {
			if f.Source != c.Source && linked < few {
				link(newLink(c.ID, DisagreesWith, f.ID, ruleDisagree))
				linked++
			}
		}
	}
}

// repeats reports whether one of the claims is that of the same unnamed voice in
// a copy of the same text.
func repeats(stands []LinkFact, h LinkFact) bool {
	return h.Sketch != "" && slices.ContainsFunc(stands[max(0, len(stands)-voices):], func(s LinkFact) bool {
		return s.Kind == h.Kind && s.Stand == h.Stand && s.Document != h.Document && alike(s.Sketch, h.Sketch) >= copyAlike
	})
}

// voices is how many claims back the same unnamed voice is looked for.
const voices = 63

// replies links a claim that rejects or confirms another claim to that one, and
// the denial of who is blamed to the blame, where one document has both.
func (g *linker) replies(link func(LinkEdge)) {
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
				link(newLink(c.id, DisagreesWith, id, ruleRejects))
			case news.Confirms:
				link(newLink(c.id, AgreesWith, id, ruleConfirms))
			}
		}
		if c.stance != news.Blames {
			continue
		}
		for _, target := range c.targets {
			for _, d := range denials[c.document+" "+target] {
				if d.source != c.source {
					link(newLink(c.id, DisagreesWith, d.id, ruleDenied))
				}
			}
		}
	}
}

// negatable are the propositions, each under its statement.
func (g *linker) negatable(fact func(LinkFact)) {
	for _, p := range g.prop {
		if p.predicate != "" {
			fact(LinkFact{Key: p.statement(), ID: p.id, Polarity: p.polarity})
		}
	}
}

// linkNegations links a negated proposition to the positive one where that exists.
func linkNegations(list []LinkFact, link func(LinkEdge)) {
	list = byID(list) // one or two: their ids are made of the statement and the polarity
	for i := 1; i < len(list); i++ {
		if list[i].Polarity != list[i-1].Polarity {
			link(newLink(list[i].ID, DisagreesWith, list[i-1].ID, ruleNegation))
		}
	}
}
