package graph

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/cayleygraph/quad"
)

// LinkFact is what a document says that bears on links: facts of one rule and key
// are linked with one another, and with no others. So links can be computed key by
// key, wherever the facts of a key come together.
type LinkFact struct {
	Rule string // one of linkRules
	Key  string
	ID   string // of the claim or proposition; a fact of the same ID counts once

	Source, Document string // of a claim
	Published        int64  // when the document was published, Unix seconds
	Stand            int8   // the claim's position
	Kind, Sketch     string // of a voice without a name: its kind, and the document's textSketch
	Object, Polarity string // of a proposition
	Bound            string
	Value            float64
}

// LinkEdge is a link between two claims or two propositions.
type LinkEdge struct {
	From, Predicate, To string
	Rule                string // why, for people
	// Unless is a pair, see LinkParts.Within; the link doesn't hold where any
	// document or what is known of the entities has that pair. "" holds always.
	Unless string
}

// LinkParts is what one document brings to the links of all.
type LinkParts struct {
	Facts  []LinkFact
	Links  []LinkEdge // those within the document
	Within []string   // pairs of entities of which one belongs to the other
}

// linkRule is a rule for links that reach across documents.
type linkRule struct {
	name  string
	facts func(g *linker, fact func(LinkFact))
	links func(facts []LinkFact, link func(LinkEdge)) // a link may come more than once
}

var linkRules = [...]linkRule{
	{"position", (*linker).positions, linkPositions},
	{"negation", (*linker).negatable, linkNegations},
	{"rival", (*linker).rivals, linkRivals},
	{"quantity", (*linker).quantities, linkQuantities},
	{"answer", (*linker).answers, linkAnswers},
	{"copy", (*linker).copies, linkCopies},
}

// The reasons of links, the most telling first: of several for one link the
// first is stored.
const (
	ruleChanged     = "same source, same statement, other position, later document"
	ruleAgree       = "different sources, same statement, same position"
	ruleDisagree    = "different sources, same statement, opposite positions"
	ruleRevised     = "same source, another answer to the same question, later document"
	ruleSameNumber  = "different sources, the same number of the same thing"
	ruleRivalClaims = "different sources, the same event attributed to different parties"
	ruleOtherNumber = "different sources, numbers of the same thing that can't both hold, published at the same time"
	ruleRejects     = "one claim rejects the other"
	ruleConfirms    = "one claim confirms the other"
	ruleDenied      = "who is blamed denies responsibility in the same document"
	ruleNegation    = "one is the negation of the other"
	ruleRivals      = "the same event attributed to different parties"
	ruleDiffer      = "numbers of the same thing that could both hold"
	ruleConflict    = "numbers of the same thing that can't both hold"
	ruleCopy        = "almost the same text as that of an earlier document"
	ruleRepeated    = "the same words of the same source in a copy of the document"
)

var linkReasons = []string{ruleChanged, ruleRevised, ruleAgree, ruleDisagree, ruleSameNumber, ruleRivalClaims, ruleOtherNumber, ruleRejects, ruleConfirms, ruleDenied, ruleNegation, ruleRivals, ruleDiffer, ruleConflict, ruleCopy, ruleRepeated}

// newLink is a link; a symmetric one goes from the lesser id.
func newLink(from, predicate, to, rule string) LinkEdge {
	if predicate != ChangedFrom && predicate != CopyOf && to < from {
		from, to = to, from
	}
	return LinkEdge{From: from, Predicate: predicate, To: to, Rule: rule}
}

// ID names the link after its parts, its reason aside.
func (l LinkEdge) ID() string {
	sum := sha256.Sum256([]byte(l.From + " " + l.Predicate + " " + l.To))
	return "hs:link/" + hex.EncodeToString(sum[:10])
}

// Before reports whether l is stored rather than m, which has the same ID.
func (l LinkEdge) Before(m LinkEdge) bool {
	return slices.Index(linkReasons, l.Rule) < slices.Index(linkReasons, m.Rule)
}

// Quads are the link as quads with the label LabelLinks.
func (l LinkEdge) Quads() []Quad {
	id := l.ID()
	edge := func(s, p string, o quad.Value) quad.Quad {
		return quad.Quad{Subject: quad.IRI(s), Predicate: quad.IRI(p), Object: o, Label: quad.IRI(LabelLinks)}
	}
	return []Quad{
		edge(l.From, l.Predicate, quad.IRI(l.To)),
		edge(id, RDFType, quad.IRI(Link)),
		edge(id, RDFSubject, quad.IRI(l.From)),
		edge(id, RDFPredicate, quad.IRI(l.Predicate)),
		edge(id, RDFObject, quad.IRI(l.To)),
		edge(id, Rule, quad.String(l.Rule)),
	}
}

// bothWays is a pair of entities, whichever belongs to the other.
func bothWays(a, b string) string { return min(a, b) + " " + max(a, b) }

// LinkPartsOf is what the quads of one document, or of known entities, bring to
// the links. names are the sources' names across documents.
func LinkPartsOf(quads []Quad, names Renaming) LinkParts {
	g := newLinker()
	for _, q := range quads {
		if q.Predicate == quad.IRI(Boilerplate) {
			g.read(Boilerplate, q)
		}
	}
	for _, q := range quads {
		if p, ok := q.Predicate.(quad.IRI); ok && p != Boilerplate && slices.Contains(linkPredicates[:], string(p)) {
			g.read(string(p), q)
		}
	}
	g.settle()
	g.rename(names)
	var parts LinkParts
	for _, r := range linkRules {
		r.facts(g, func(f LinkFact) {
			f.Rule = r.name
			parts.Facts = append(parts.Facts, f)
		})
	}
	g.replies(func(l LinkEdge) { parts.Links = append(parts.Links, l) })
	for pair := range g.within {
		parts.Within = append(parts.Within, pair)
	}
	return parts
}

// DecidesLinks reports whether a quad is one of those that LinkPartsOf looks at.
func DecidesLinks(q Quad) bool {
	p, ok := q.Predicate.(quad.IRI)
	return ok && slices.Contains(linkPredicates[:], string(p))
}

// LinksOf are the links between the facts of one rule and key, each once. It
// reorders facts.
func LinksOf(facts []LinkFact) []LinkEdge {
	var links []LinkEdge
	seen := map[LinkEdge]bool{}
	for _, r := range linkRules {
		if len(facts) == 0 || facts[0].Rule != r.name {
			continue
		}
		r.links(facts, func(l LinkEdge) {
			if l.From != l.To && !seen[l] {
				seen[l] = true
				links = append(links, l)
			}
		})
	}
	return links
}

// byID are the facts of different IDs, which it puts in order.
func byID(list []LinkFact) []LinkFact {
	slices.SortFunc(list, func(a, b LinkFact) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(list, func(a, b LinkFact) bool { return a.ID == b.ID })
}
