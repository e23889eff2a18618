package graph

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// Explanation says why something is in the graph.
type Explanation struct {
	ID       string     `json:"id"`
	Kind     string     `json:"kind"` // claim, proposition, edge, entity, document, place, link or term
	Label    string     `json:"label"`
	Notes    []string   `json:"notes,omitempty"` // rules that made or merged it
	Evidence []Evidence `json:"evidence"`
}

// Evidence is one place of one document.
type Evidence struct {
	Claim     string    `json:"claim,omitempty"`
	Document  string    `json:"document"`
	Title     string    `json:"title,omitempty"`
	Outlet    string    `json:"outlet,omitempty"`
	URL       string    `json:"url,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Source    string    `json:"source,omitempty"` // name of who speaks
	Stance    string    `json:"stance,omitempty"`
	Certainty string    `json:"certainty,omitempty"`
	Rule      string    `json:"rule,omitempty"`
	Text      string    `json:"text"`            // the sentence or sentences
	Start     int       `json:"start"`           // of Text in the document, in code points
	Marks     []Mark    `json:"marks,omitempty"` // within Text, in order
}

// Mark is a marked part of an Evidence's text, in code points from its start.
type Mark struct {
	Role  string `json:"role"` // source, cue or content
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// maxEvidence is how many places an explanation shows.
const maxEvidence = 100

// Explain says where a claim, a proposition, an edge or any other node comes
// from. id is an IRI with or without angle brackets; an edge is its subject,
// predicate and object, separated by spaces. What isn't there gives an error
// that wraps ErrNotFound.
func (s *Store) Explain(ctx context.Context, id string) (*Explanation, error) {
	var x *explainer
	err := s.view(ctx, func(qs cayley.QuadStore) error {
		x = &explainer{ctx: ctx, qs: qs, texts: make(map[string][]rune), out: &Explanation{ID: strings.TrimSpace(id)}}
		return x.explain(strings.TrimSpace(id))
	})
	if err != nil {
		return nil, fmt.Errorf("explain %s: %w", id, err)
	}
	return x.out, nil
}

type explainer struct {
	ctx   context.Context
	qs    cayley.QuadStore
	texts map[string][]rune // of documents
	out   *Explanation
}

func (x *explainer) explain(id string) error {
	if q, ok, err := ParseNQuad(id + " ."); err == nil && ok {
		return x.edge(q)
	}
	if parts := strings.Fields(id); len(parts) == 3 {
		var terms [3]quad.Value
		for i, p := range parts {
			terms[i] = nodeTerm(p)
		}
		return x.edge(quad.Quad{Subject: terms[0], Predicate: terms[1], Object: terms[2]})
	}
	return x.node(string(nodeTerm(id).(quad.IRI)))
}

func nodeTerm(s string) quad.Value {
	return quad.IRI(strings.TrimSuffix(strings.TrimPrefix(s, "<"), ">"))
}

// node explains what an IRI stands for, by its class.
func (x *explainer) node(iri string) error {
	n, err := x.read(iri)
	if err != nil {
		return err
	}
	if len(n) == 0 {
		if at, ok := parsePlace(iri); ok {
			return x.place(iri, at)
		}
		return ErrNotFound
	}
	x.out.ID, x.out.Label = iri, n.text(RDFSLabel)
	switch n.text(RDFType) {
	case Claim:
		x.out.Kind = "claim"
		return x.claim(iri)
	case Proposition:
		x.out.Kind = "proposition"
		return x.proposition(iri)
	case Document:
		x.out.Kind = "document"
		x.out.Evidence = append(x.out.Evidence, x.document(iri, n))
		return nil
	case Mention:
		at, _ := parsePlace(iri)
		return x.place(iri, at)
	case Link:
		x.out.Kind = "link"
		return x.link(n)
	case RDFSClass, RDFProperty, Topic, Stance:
		x.out.Kind, x.out.Notes = "term", []string{n.text(RDFSComment)}
		return nil
	}
	x.out.Kind = "entity"
	for _, role := range n.all(DescribedAs) {
		x.out.Notes = append(x.out.Notes, "described as "+role)
	}
	x.out.Notes = append(x.out.Notes, n.all(MergedBecause)...)
	if err := x.identities(iri); err != nil {
		return err
	}
	for _, p := range []string{Source, Target} {
		if err := x.claims(p, iri, nil); err != nil {
			return err
		}
	}
	return nil
}

// properties are the objects of one subject by predicate, each once, sorted.
type properties map[string][]string

func (p properties) text(predicate string) string {
	if len(p[predicate]) == 0 {
		return ""
	}
	return p[predicate][0]
}

func (p properties) all(predicate string) []string { return p[predicate] }

// read gathers what is said of a node: the texts of literals, IRIs as they are.
func (x *explainer) read(iri string) (properties, error) { return nodeProperties(x.ctx, x.qs, iri) }

func nodeProperties(ctx context.Context, qs cayley.QuadStore, iri string) (properties, error) {
	p := make(properties)
	err := eachQuad(ctx, qs, quad.Subject, quad.IRI(iri), func(q quad.Quad) error {
		key, _ := q.Predicate.(quad.IRI)
		val := plainText(q.Object)
		if !contains(p[string(key)], val) {
			p[string(key)] = append(p[string(key)], val)
		}
		return nil
	})
	for _, vals := range p {
		sort.Strings(vals)
	}
	return p, err
}

// plainText is a value without quotes, brackets and type.
func plainText(v quad.Value) string {
	switch v := v.(type) {
	case quad.IRI:
		return string(v)
	case quad.TypedString:
		return string(v.Value)
	case quad.Int:
		return strconv.FormatInt(int64(v), 10)
	case quad.Float:
		return strconv.FormatFloat(float64(v), 'g', -1, 64)
	case quad.Bool:
		return strconv.FormatBool(bool(v))
	case quad.Time:
		return formatTime(time.Time(v))
	case quad.BNode:
		return v.String()
	}
	return literalText(v)
}

func (x *explainer) document(iri string, n properties) Evidence {
	e := Evidence{Document: iri, Title: n.text(Headline), Outlet: n.text(Publisher), URL: n.text(URL)}
	if t, err := time.Parse(time.RFC3339, n.text(DatePublished)); err == nil {
		e.Published = t
	}
	return e
}

// evidence is a place with its text and its document.
func (x *explainer) evidence(at place) (Evidence, error) {
	n, err := x.read(at.document)
	if err != nil {
		return Evidence{}, err
	}
	e := x.document(at.document, n)
	text, ok := x.texts[at.document]
	if !ok {
		text = []rune(n.text(IsString))
		x.texts[at.document] = text
	}
	if at.start >= 0 && at.start <= at.end && at.end <= len(text) {
		e.Text, e.Start = string(text[at.start:at.end]), at.start
	}
	return e, nil
}

// claim adds the sentence of a claim with its source, cue and content marked.
func (x *explainer) claim(iri string) error {
	if len(x.out.Evidence) == maxEvidence {
		return nil
	}
	n, err := x.read(iri)
	if err != nil {
		return err
	}
	at, ok := parsePlace(n.text(DerivedFrom))
	if !ok {
		return nil
	}
	e, err := x.evidence(at)
	if err != nil {
		return err
	}
	e.Claim, e.Stance, e.Certainty, e.Rule = iri, strings.TrimPrefix(n.text(StanceOf), "hs:"), n.text(Certainty), n.text(Rule)
	if e.Source, err = x.name(n.text(Source)); err != nil {
		return err
	}
	for _, m := range []struct{ role, predicate string }{{"source", SourceMention}, {"cue", CueMention}, {"content", ContentAt}} {
		for _, p := range n.all(m.predicate) {
			if span, ok := parsePlace(p); ok && span.start >= at.start && span.end <= at.end {
				e.Marks = append(e.Marks, Mark{m.role, span.start - at.start, span.end - at.start})
			}
		}
	}
	sort.SliceStable(e.Marks, func(i, j int) bool { return e.Marks[i].Start < e.Marks[j].Start })
	x.out.Evidence = append(x.out.Evidence, e)
	return nil
}

func (x *explainer) name(iri string) (string, error) {
	n, err := x.read(iri)
	if err != nil || n.text(RDFSLabel) == "" {
		return iri, err
	}
	return n.text(RDFSLabel), nil
}

// claims adds every claim that has the node as object of the predicate and
// passes the filter.
func (x *explainer) claims(predicate, iri string, keep func(properties) bool) error {
	var found []string
	err := eachQuad(x.ctx, x.qs, quad.Object, quad.IRI(iri), func(q quad.Quad) error {
		if q.Predicate == quad.IRI(predicate) && !contains(found, plainText(q.Subject)) {
			found = append(found, plainText(q.Subject))
		}
		return nil
	})
	if err != nil {
		return err
	}
	sort.Strings(found)
	for _, c := range found {
		n, err := x.read(c)
		if err != nil {
			return err
		}
		if x.shown(c) || keep != nil && !keep(n) {
			continue
		}
		if err := x.claim(c); err != nil {
			return err
		}
	}
	return nil
}

func (x *explainer) shown(claim string) bool {
	for _, e := range x.out.Evidence {
		if e.Claim == claim {
			return true
		}
	}
	return false
}

// proposition adds the claims that hold it, and the places that state it where
// no claim does.
func (x *explainer) proposition(iri string) error {
	if err := x.claims(Content, iri, nil); err != nil {
		return err
	}
	n, err := x.read(iri)
	if err != nil {
		return err
	}
	for _, p := range n.all(DerivedFrom) {
		if at, ok := parsePlace(p); ok && !x.covered(at) {
			if err := x.add(at); err != nil {
				return err
			}
		}
	}
	return nil
}

// covered reports whether a place lies in a text that is shown already.
func (x *explainer) covered(at place) bool {
	for _, e := range x.out.Evidence {
		if e.Document == at.document && e.Start <= at.start && at.end <= e.Start+len([]rune(e.Text)) {
			return true
		}
	}
	return false
}

func (x *explainer) add(at place) error {
	e, err := x.evidence(at)
	if err == nil && len(x.out.Evidence) < maxEvidence {
		x.out.Evidence = append(x.out.Evidence, e)
	}
	return err
}

func (x *explainer) place(iri string, at place) error {
	x.out.ID, x.out.Kind = iri, "place"
	if err := x.add(at); err != nil {
		return err
	}
	if len(x.out.Evidence) == 0 || x.out.Evidence[0].Text == "" {
		return ErrNotFound
	}
	x.out.Label = oneLine(x.out.Evidence[0].Text)
	return nil
}

// link adds both ends of a computed link.
func (x *explainer) link(n properties) error {
	if p := n.text(RDFPredicate); p == SameAs || p == NamesakeOf {
		x.out.Notes = []string{identityNote(n)}
		return nil
	}
	x.out.Notes = n.all(Rule)
	for _, end := range []string{n.text(RDFSubject), n.text(RDFObject)} {
		var err error
		if strings.HasPrefix(end, "hs:prop/") {
			err = x.proposition(end)
		} else {
			err = x.claim(end)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// place is a place of a document, in code points.
type place struct {
	document   string
	start, end int
}

// parsePlace reads hs:doc/…#char=a,b, whatever follows after &.
func parsePlace(iri string) (place, bool) {
	doc, rest, ok := strings.Cut(iri, "#char=")
	if !ok {
		return place{}, false
	}
	rest, _, _ = strings.Cut(rest, "&")
	a, b, _ := strings.Cut(rest, ",")
	start, err1 := strconv.Atoi(a)
	end, err2 := strconv.Atoi(b)
	return place{doc, start, end}, err1 == nil && err2 == nil && doc != ""
}
