package graph

import (
	"context"
	"slices"
	"strings"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// outline is what most questions about claims are decided by, in memory: who
// takes which stance on what, in which document, and the parts of statements. It
// is about 250 bytes a claim. The texts stay in the store.
type outline struct {
	claims     map[string]*outClaim
	statements map[string]*outStatement
	documents  map[string]*paper
	labels     map[string]string   // of everything but claims and places
	partOf     map[string][]string // statements by who or what takes part in them
	about      map[string][]string // claims by their contents, targets and topics
	bySource   map[string][]string
	byKind     map[string][]string
	byStance   map[string][]string
	links      map[string][]outLink // between statements, at both ends
	identities map[string][]outIdentity
	decisions  map[string]*Decision // the last one on each node
	ranked     *ranked
}

type outClaim struct {
	source, kind, stance, place, document string
	copyOf                                string // the claim that it repeats, "" for none
	contents                              []string
}

// outStatement is a proposition; value is nil where it has no number.
type outStatement struct {
	subject, predicate, object, polarity, bound, unit string
	value                                             any
}

type outLink struct{ predicate, other string }

// outIdentity is what the documents together say about who a node is: it is the
// other, or shares its name; back where the other is it, or shares its name.
type outIdentity struct {
	predicate, other string
	back             bool
}

func readOutline(ctx context.Context, qs cayley.QuadStore) (*outline, error) {
	o := &outline{claims: map[string]*outClaim{}, statements: map[string]*outStatement{}, documents: map[string]*paper{}, labels: map[string]string{},
		partOf: map[string][]string{}, about: map[string][]string{}, bySource: map[string][]string{}, byKind: map[string][]string{},
		byStance: map[string][]string{}, links: map[string][]outLink{}, identities: map[string][]outIdentity{}, ranked: &ranked{}}
	decisions := map[quad.Value]*Decision{}
	err := allQuads(ctx, qs, func(q quad.Quad) error {
		if q.Label == quad.IRI(LabelDecisions) {
			decided(decisions, q)
			return nil
		}
		o.add(q)
		return nil
	})
	if err != nil {
		return nil, err
	}
	o.decisions = lastDecisions(decisions)
	o.settle()
	return o, nil
}

// lastDecisions are the current ones by what they are about.
func lastDecisions(all map[quad.Value]*Decision) map[string]*Decision {
	last := map[string]*Decision{}
	for _, d := range all {
		if before := last[d.Target]; before == nil || before.before(d) {
			last[d.Target] = d
		}
	}
	return last
}

func (o *outline) add(q quad.Quad) {
	subject, ok := q.Subject.(quad.IRI)
	predicate, _ := q.Predicate.(quad.IRI)
	if !ok {
		return
	}
	s, p := string(subject), string(predicate)
	switch {
	case strings.HasPrefix(s, "hs:claim/"):
		o.claimQuad(s, p, q.Object)
	case strings.HasPrefix(s, "hs:prop/"):
		o.statementQuad(s, p, q)
	case strings.HasPrefix(s, "hs:link/"):
	default:
		o.otherQuad(s, p, q.Object)
	}
}

func (o *outline) claimQuad(id, predicate string, object quad.Value) {
	c := o.claims[id]
	if c == nil {
		c = &outClaim{}
		o.claims[id] = c
	}
	iri, _ := object.(quad.IRI)
	node := string(iri)
	switch predicate {
	case Source:
		c.source = node
	case SourceKind:
		c.kind = plainText(object)
	case StanceOf:
		c.stance = strings.TrimPrefix(node, "hs:")
	case DerivedFrom:
		c.place = node
		c.document, _, _ = strings.Cut(node, "#")
	case Content:
		c.contents = append(c.contents, node)
		o.about[node] = append(o.about[node], id)
	case CopyOf:
		if c.copyOf == "" || node < c.copyOf {
			c.copyOf = node
		}
	case Target, About:
		o.about[node] = append(o.about[node], id)
	}
}

func (o *outline) statementQuad(id, predicate string, q quad.Quad) {
	if q.Label == quad.IRI(LabelLinks) {
		if other, ok := q.Object.(quad.IRI); ok && strings.HasPrefix(string(other), "hs:prop/") {
			o.links[id] = append(o.links[id], outLink{predicate, string(other)})
			o.links[string(other)] = append(o.links[string(other)], outLink{predicate, id})
		}
		return
	}
	p := o.statements[id]
	if p == nil {
		p = &outStatement{}
		o.statements[id] = p
	}
	switch p.set(predicate, q.Object); predicate {
	case RDFSLabel:
		o.label(id, plainText(q.Object))
	case RDFSubject:
		o.partOf[p.subject] = append(o.partOf[p.subject], id)
	case RDFObject:
		o.partOf[p.object] = append(o.partOf[p.object], id)
	}
}

// set takes one part of a statement.
func (p *outStatement) set(predicate string, v quad.Value) {
	switch predicate {
	case RDFSubject:
		p.subject = plainText(v)
	case RDFObject:
		p.object = plainText(v)
	case RDFPredicate:
		p.predicate = plainText(v)
	case Polarity:
		p.polarity = plainText(v)
	case BoundOf:
		p.bound = plainText(v)
	case Unit:
		p.unit = plainText(v)
	case Value:
		p.value = scriptValue(v)
	}
}

// otherQuad takes labels, documents, and who or what stands in a statement as
// time, place, means and the like.
func (o *outline) otherQuad(id, predicate string, object quad.Value) {
	switch predicate {
	case RDFSLabel:
		o.label(id, plainText(object))
	case Headline, Publisher, DatePublished, URL:
		if strings.Contains(id, "#") {
			return
		}
		d := o.documents[id]
		if d == nil {
			d = &paper{}
			o.documents[id] = d
		}
		text := plainText(object)
		switch predicate {
		case Headline:
			d.headline = text
		case Publisher:
			d.outlet = text
		case DatePublished:
			d.date = text
		case URL:
			d.url, _ = scriptValue(object).(string)
		}
	case SameAs, NamesakeOf:
		if other, ok := object.(quad.IRI); ok {
			o.identities[id] = append(o.identities[id], outIdentity{predicate, string(other), false})
			o.identities[string(other)] = append(o.identities[string(other)], outIdentity{predicate, id, true})
		}
	case Time, Place, Instrument, Manner, OtherArgument:
		node, ok := object.(quad.IRI)
		_, statement, found := strings.Cut(id, "&")
		if ok && found {
			o.partOf[string(node)] = append(o.partOf[string(node)], "hs:"+statement)
		}
	}
}

// label keeps the first label in the order of the alphabet, as hs.get does.
func (o *outline) label(id, text string) {
	if known, ok := o.labels[id]; !ok || text < known {
		o.labels[id] = text
	}
}

// settle sorts what is listed, once each, and files the claims.
func (o *outline) settle() {
	for id, c := range o.claims {
		slices.Sort(c.contents)
		c.contents = slices.Compact(c.contents)
		o.bySource[c.source] = append(o.bySource[c.source], id)
		o.byKind[c.kind] = append(o.byKind[c.kind], id)
		o.byStance[c.stance] = append(o.byStance[c.stance], id)
	}
	for _, m := range []map[string][]string{o.partOf, o.about, o.bySource, o.byKind, o.byStance} {
		for k, list := range m {
			m[k] = different(list)
		}
	}
}

// claimsAbout are the claims on a node or on a statement that it takes part in,
// then those on these claims.
func (o *outline) claimsAbout(node string) []string {
	var list []string
	seen := map[string]bool{}
	take := func(ids []string) {
		for _, id := range ids {
			if !seen[id] && o.claims[id] != nil {
				seen[id] = true
				list = append(list, id)
			}
		}
	}
	take(o.about[node])
	for _, p := range o.partOf[node] {
		take(o.about[p])
	}
	slices.Sort(list)
	for i := 0; i < len(list); i++ {
		take(o.about[list[i]])
	}
	return list
}

// date is a document's, "" for none.
func (o *outline) date(document string) string {
	if d := o.documents[document]; d != nil {
		return d.date
	}
	return ""
}

// outlined keeps a store's outline while nothing but decisions is written.
type outlined struct {
	value   *outline
	written uint64 // how often the store was written
}

// Outline reads the store's outline, from which queries of the program's own
// then answer faster, until the store is written. It does nothing where other
// processes could write to the store, or where the outline is there.
func (s *Store) Outline(ctx context.Context) error {
	if !s.exclusive() {
		return nil
	}
	s.reading.Lock() // one reads it at a time
	defer s.reading.Unlock()
	s.outlineMu.Lock()
	before := s.outlined
	s.outlineMu.Unlock()
	if before.value != nil {
		return nil
	}
	return s.view(ctx, func(qs cayley.QuadStore) error {
		o, err := readOutline(ctx, qs)
		if err != nil {
			return err
		}
		s.outlineMu.Lock()
		defer s.outlineMu.Unlock()
		if s.outlined.written == before.written {
			s.outlined.value = o
		}
		return nil
	})
}

// exclusive reports whether nobody else writes to the store while it is open: a
// file is locked, a database server is open to others.
func (s *Store) exclusive() bool {
	kind, _, _ := strings.Cut(s.uri, ":")
	return kind == "bolt" || kind == "leveldb" || kind == "memory"
}

func (s *Store) outline() *outline {
	s.outlineMu.Lock()
	defer s.outlineMu.Unlock()
	return s.outlined.value
}

// wrote says that quads were written: all, or only those of one label. The
// outline is dropped, but after a decision only what it has of decisions is new.
func (s *Store) wrote(ctx context.Context, quads ...[]quad.Quad) {
	for _, list := range quads {
		for _, q := range list {
			if q.Label != quad.IRI(LabelDecisions) {
				quads = nil
				break
			}
		}
	}
	s.outlineMu.Lock()
	defer s.outlineMu.Unlock()
	s.outlined.written++
	if quads == nil || s.outlined.value == nil {
		s.outlined.value = nil
		return
	}
	decisions := map[quad.Value]*Decision{}
	err := s.view(ctx, func(qs cayley.QuadStore) error {
		return eachQuad(ctx, qs, quad.Label, quad.IRI(LabelDecisions), func(q quad.Quad) error {
			decided(decisions, q)
			return nil
		})
	})
	if err != nil {
		s.outlined.value = nil
		return
	}
	next := *s.outlined.value
	next.decisions, next.ranked = lastDecisions(decisions), &ranked{}
	s.outlined.value = &next
}

// scriptValue is a value as the library of the saved queries sees it: a node in
// angle brackets, a time as text.
func scriptValue(v quad.Value) any {
	switch v := v.(type) {
	case quad.IRI:
		return "<" + string(v) + ">"
	case quad.Int:
		return int64(v)
	case quad.Float:
		return float64(v)
	case quad.Bool:
		return bool(v)
	case quad.Time:
		return time.Time(v).UTC().Format("2006-01-02T15:04:05Z")
	}
	return plainText(v)
}
