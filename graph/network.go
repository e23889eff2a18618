package graph

import (
	"context"
	"sort"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

// network is the graph as analysts draw it and hand it on: who takes which stance
// on what. Its nodes are entities, statements, documents and words; mentions,
// claims and links are what its edges are made of, and no nodes.
type network struct {
	*linker
	facts     []netFact
	said      map[string]*saying   // of claims: what linkClaim leaves out
	documents map[string]*paper    // by IRI
	decisions map[string]*Decision // the last one on each node
	labels    map[string]string
	aliases   map[string][]string
	classes   map[string]string
	words     map[string]string // of places in a text
	mentioned map[string]int    // in how many documents
	between   []netLink         // links between statements
	copyOf    map[string]string // claims that repeat one in an earlier copy of their document
}

// saying is a claim's own words and where they stand.
type saying struct{ kind, quotation, cue, text, evidence string }

// paper is what an export tells of a document.
type paper struct{ id, headline, outlet, date, url string }

// netFact is a plain edge: something that a document says in its own voice.
type netFact struct{ subject, predicate, object, document string }

type netLink struct{ from, predicate, to string }

// readNetwork reads the store, or one label of it, in one go.
func readNetwork(ctx context.Context, qs cayley.QuadStore, label string) (*network, error) {
	n := &network{linker: newLinker(), said: map[string]*saying{}, documents: map[string]*paper{}, decisions: map[string]*Decision{},
		labels: map[string]string{}, aliases: map[string][]string{}, classes: map[string]string{}, words: map[string]string{}, mentioned: map[string]int{}, copyOf: map[string]string{}}
	decisions := map[quad.Value]*Decision{}
	add := func(q quad.Quad) error {
		switch {
		case q.Label == quad.IRI(LabelDecisions):
			decided(decisions, q)
		case q.Label == quad.IRI(LabelLinks):
			n.link(q)
		case q.Label != quad.IRI(LabelOntology):
			n.add(q)
		}
		return nil
	}
	var err error
	if label != "" {
		err = eachQuad(ctx, qs, quad.Label, quad.IRI(label), add)
	} else {
		err = allQuads(ctx, qs, add)
	}
	n.decisions = lastDecisions(decisions)
	n.finish()
	return n, err
}

// add takes what a document, or the known entities, say.
func (n *network) add(q quad.Quad) {
	s, p, o := plainText(q.Subject), plainText(q.Predicate), plainText(q.Object)
	switch {
	case strings.HasPrefix(s, "hs:claim/"):
		n.claimQuad(s, p, o, q)
	case strings.HasPrefix(s, "hs:prop/"):
		n.readProposition(s, p, q)
		if p == RDFSLabel {
			n.labels[s] = o
		}
	case strings.HasPrefix(s, "hs:doc/") && !strings.Contains(s, "#"):
		n.documentQuad(s, p, o)
	default:
		n.entityQuad(s, p, o, q)
	}
}

func (n *network) claimQuad(id, predicate, object string, q quad.Quad) {
	n.readClaim(id, predicate, q)
	t := n.said[id]
	if t == nil {
		t = &saying{}
		n.said[id] = t
	}
	switch predicate {
	case SourceKind:
		t.kind = object
	case Quotation:
		t.quotation = object
	case Cue:
		t.cue = object
	case ContentText:
		t.text = oneLine(object)
	case DerivedFrom:
		t.evidence = object
	}
}

func (n *network) documentQuad(id, predicate, object string) {
	d := n.documents[id]
	if d == nil {
		d = &paper{}
		n.documents[id] = d
	}
	switch predicate {
	case Identifier:
		if d.id == "" || object < d.id {
			d.id = object
		}
	case Headline:
		d.headline = object
	case RDFSLabel:
		n.labels[id] = object
	case Publisher:
		d.outlet = object
	case DatePublished:
		d.date = object
	case URL:
		d.url = object
	case Mentions:
		n.mentioned[object]++
	}
}

// entityQuad takes the quads of entities and of places in a text. A quad between
// two of them that is no bookkeeping is a fact.
func (n *network) entityQuad(subject, predicate, object string, q quad.Quad) {
	switch predicate {
	case RDFSLabel:
		if known := n.labels[subject]; known == "" || object < known {
			n.labels[subject] = object
		}
	case AltLabel:
		if !contains(n.aliases[subject], object) {
			n.aliases[subject] = append(n.aliases[subject], object)
		}
	case RDFType:
		if TypeOf(object) != "" || object == Topic {
			n.classes[subject] = object
		}
	case AnchorOf:
		n.words[subject] = oneLine(object)
	case Demonym, Capital, CountryOf, MergedBecause, SameAs, RefContext, BeginIndex, EndIndex, Certainty, Time, Place, Instrument, Manner, OtherArgument:
	default:
		doc := plainText(q.Label)
		_, node := q.Object.(quad.IRI)
		if node && strings.HasPrefix(doc, "hs:doc/") && !isStance(predicate) {
			n.facts = append(n.facts, netFact{subject, predicate, object, doc})
		}
	}
}

func isStance(predicate string) bool {
	return strings.HasPrefix(predicate, "hs:") && knownStance(news.Stance(predicate[len("hs:"):]))
}

// link takes a computed link between two statements, or that a claim is a copy.
func (n *network) link(q quad.Quad) {
	s, p, o := plainText(q.Subject), plainText(q.Predicate), plainText(q.Object)
	switch {
	case strings.HasPrefix(s, "hs:prop/") && strings.HasPrefix(o, "hs:prop/"):
		n.between = append(n.between, netLink{s, p, o})
	case p == CopyOf && strings.HasPrefix(s, "hs:claim/"):
		if first := n.copyOf[s]; first == "" || o < first {
			n.copyOf[s] = o
		}
	}
}

// finish puts everything into an order that doesn't depend on the store's.
func (n *network) finish() {
	for _, c := range n.claim {
		sort.Strings(c.contents)
		sort.Strings(c.about)
		sort.Strings(c.targets)
		sort.Strings(c.topics)
	}
	for _, list := range n.aliases {
		sort.Strings(list)
	}
	sort.Slice(n.facts, func(i, j int) bool {
		a, b := n.facts[i], n.facts[j]
		return a.subject+" "+a.predicate+" "+a.object+" "+a.document < b.subject+" "+b.predicate+" "+b.object+" "+b.document
	})
	sort.Slice(n.between, func(i, j int) bool {
		a, b := n.between[i], n.between[j]
		return a.from+" "+a.predicate+" "+a.to < b.from+" "+b.predicate+" "+b.to
	})
}

// sorted are a map's keys in order.
func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// name is what people call a node.
func (n *network) name(id string) string {
	switch {
	case n.labels[id] != "":
		return n.labels[id]
	case n.words[id] != "":
		return n.words[id]
	}
	return localName(id)
}

// voice is who speaks: of a document's own voice, its outlet where that is known.
func (n *network) voice(c *linkClaim) string {
	if d := n.documents[c.source]; d != nil && d.outlet != "" {
		return d.outlet
	}
	return n.name(c.source)
}

// kind is what a node is, in one word: an entity's type, or statement, topic,
// document, words, or unnamed for a source without a name.
func (n *network) kind(id string) string {
	switch {
	case strings.HasPrefix(id, "hs:prop/"):
		return "statement"
	case n.documents[id] != nil:
		return "document"
	case n.classes[id] == Topic, id == Attribution:
		return "topic"
	case strings.HasPrefix(id, "hs:doc/") && n.labels[id] != "":
		return "unnamed"
	case strings.HasPrefix(id, "hs:doc/"):
		return "words"
	}
	if t := TypeOf(n.classes[id]); t != "" {
		return string(t)
	}
	return "other"
}

// stanceOf and sourceOf are what an analyst corrected them to, else what was read.
func (n *network) stanceOf(c *linkClaim) news.Stance {
	if d := n.decisions[c.id]; d != nil && d.Verdict == Correct && d.Stance != "" {
		return d.Stance
	}
	return c.stance
}

func (n *network) sourceOf(c *linkClaim) string {
	if d := n.decisions[c.id]; d != nil && d.Verdict == Correct && d.Source != "" {
		return d.Source
	}
	return c.source
}

func (n *network) rejected(c *linkClaim) bool {
	d := n.decisions[c.id]
	return d != nil && d.Verdict == Reject
}

// repeated reports whether a claim repeats one that is there, too.
func (n *network) repeated(c *linkClaim) bool { return n.claim[n.copyOf[c.id]] != nil }

// day is the day of a document, "" where it has none.
func (n *network) day(document string) string {
	if d := n.documents[document]; d != nil && len(d.date) >= len("2006-01-02") {
		return d.date[:len("2006-01-02")]
	}
	return ""
}
