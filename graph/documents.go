package graph

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

// PutStatus says what storing a document changed.
type PutStatus int

// The outcomes of Put.
const (
	Unchanged PutStatus = iota // the store had exactly these quads
	Added                      // the identity was new
	Replaced                   // an older version, or an older reading, was taken out
)

func (p PutStatus) String() string {
	return [...]string{"unchanged", "added", "replaced"}[p]
}

// PutResult is what Put did.
type PutResult struct {
	Status         PutStatus
	IRI            string // the document version's IRI
	Old            string // IRI of the version that was replaced, "" for none
	Added, Removed int    // quads
}

// DocumentInfo is what the store knows of a document as a whole.
type DocumentInfo struct {
	IRI, ID                    string
	Title, Outlet, Author, URL string
	Published                  time.Time // zero where unknown
}

// Put stores a document in one transaction and takes out the older version of
// the same identity. A document that the store holds already, read the same way,
// changes nothing. Two identities with the same name and text share one IRI:
// both are kept on it, and the rest is what was stored first.
func (s *Store) Put(ctx context.Context, d *news.Document) (PutResult, error) {
	quads := Quads(d)
	unlock, err := s.lock(ctx)
	if err != nil {
		return PutResult{}, err
	}
	defer unlock()
	res := PutResult{IRI: d.IRI}
	var remove, add []quad.Quad
	err = s.view(ctx, func(qs cayley.QuadStore) (err error) {
		remove, add, res.Old, err = replacement(ctx, qs, d, quads)
		return err
	})
	if err == nil {
		err = s.apply(ctx, remove, add)
	}
	if err != nil {
		return res, fmt.Errorf("store %s: %w", d.ID, err)
	}
	res.Added, res.Removed = len(add), len(remove)
	switch {
	case len(add)+len(remove) == 0:
		res.Status = Unchanged
	case res.Old != "":
		res.Status = Replaced
	default:
		res.Status = Added
	}
	return res, nil
}

// replacement is what to remove and to add so that the store has this version of
// the document and none before it; old is the version that goes, "" for none.
func replacement(ctx context.Context, qs cayley.QuadStore, d *news.Document, quads []quad.Quad) (remove, add []quad.Quad, old string, err error) {
	olds, err := versions(ctx, qs, d.ID)
	if err != nil {
		return nil, nil, "", err
	}
	for _, iri := range olds {
		if iri == d.IRI {
			continue
		}
		old = iri
		gone, err := withoutIdentity(ctx, qs, iri, d.ID)
		if err != nil {
			return nil, nil, "", err
		}
		remove = append(remove, gone...)
	}
	have, err := labelQuads(ctx, qs, d.IRI)
	if err != nil {
		return nil, nil, "", err
	}
	stored := identities(have)
	if len(stored) > 0 && !contains(stored, d.ID) {
		// The same text under another identity: it only gains a name.
		return remove, []quad.Quad{identityQuad(d.IRI, d.ID)}, old, nil
	}
	out, in := difference(have, quads)
	out = keepIdentities(out)
	if old == "" && len(out)+len(in) > 0 && contains(stored, d.ID) {
		old = d.IRI
	}
	return append(remove, out...), in, old, nil
}

// Remove takes a document's quads out, all others' stay. doc is its identity or
// its IRI (hs:doc/…, with or without angle brackets). The result says which
// versions were taken out; none gives an error that wraps ErrNotFound.
func (s *Store) Remove(ctx context.Context, doc string) ([]string, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	var gone []string
	var remove []quad.Quad
	err = s.view(ctx, func(qs cayley.QuadStore) error {
		iri := strings.TrimSuffix(strings.TrimPrefix(doc, "<"), ">")
		if strings.HasPrefix(iri, "hs:doc/") {
			quads, err := labelQuads(ctx, qs, iri)
			if err != nil {
				return err
			}
			if len(quads) > 0 {
				gone, remove = []string{iri}, quads
				return nil
			}
		}
		olds, err := versions(ctx, qs, doc)
		if err != nil {
			return err
		}
		for _, old := range olds {
			quads, err := withoutIdentity(ctx, qs, old, doc)
			if err != nil {
				return err
			}
			gone, remove = append(gone, old), append(remove, quads...)
		}
		return nil
	})
	if err == nil && len(gone) == 0 {
		err = fmt.Errorf("document %s: %w", doc, ErrNotFound)
	}
	if err == nil {
		err = s.apply(ctx, remove, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("remove: %w", err)
	}
	return gone, nil
}

// Documents lists every document in the order of the identities.
func (s *Store) Documents(ctx context.Context) ([]DocumentInfo, error) {
	var docs []DocumentInfo
	err := s.view(ctx, func(qs cayley.QuadStore) error {
		return eachQuad(ctx, qs, quad.Predicate, quad.IRI(Identifier), func(q quad.Quad) error {
			iri, ok := q.Subject.(quad.IRI)
			id, text := q.Object.(quad.String)
			if !ok || !text || q.Label != q.Subject {
				return nil
			}
			info := DocumentInfo{IRI: string(iri), ID: string(id)}
			err := eachQuad(ctx, qs, quad.Subject, iri, func(q quad.Quad) error {
				info.set(q)
				return nil
			})
			docs = append(docs, info)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	sort.Slice(docs, func(i, j int) bool {
		if docs[i].ID != docs[j].ID {
			return docs[i].ID < docs[j].ID
		}
		return docs[i].IRI < docs[j].IRI
	})
	return docs, nil
}

// CopyOf is the earlier document whose text a document repeats, nil for none. doc
// is the IRI of a document version. What Relink computed last counts.
func (s *Store) CopyOf(ctx context.Context, doc string) (*DocumentInfo, error) {
	var first *DocumentInfo
	err := s.view(ctx, func(qs cayley.QuadStore) error {
		origin := ""
		err := eachQuad(ctx, qs, quad.Subject, quad.IRI(doc), func(q quad.Quad) error {
			if q.Predicate == quad.IRI(CopyOf) && (origin == "" || plainText(q.Object) < origin) {
				origin = plainText(q.Object)
			}
			return nil
		})
		if err != nil || origin == "" {
			return err
		}
		first = &DocumentInfo{IRI: origin}
		return eachQuad(ctx, qs, quad.Subject, quad.IRI(origin), func(q quad.Quad) error {
			if IsIdentity(q) {
				first.ID = plainText(q.Object)
			}
			first.set(q)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("look for copies: %w", err)
	}
	return first, nil
}

func (d *DocumentInfo) set(q quad.Quad) {
	p, _ := q.Predicate.(quad.IRI)
	switch o := q.Object.(type) {
	case quad.String:
		switch string(p) {
		case Headline:
			d.Title = string(o)
		case Publisher:
			d.Outlet = string(o)
		case Author:
			d.Author = string(o)
		}
	case quad.IRI:
		if string(p) == URL {
			d.URL = string(o)
		}
	case quad.Time:
		if string(p) == DatePublished {
			d.Published = time.Time(o)
		}
	}
}

// PutGraph makes quads the whole content of a label that is no document's, such
// as LabelEntities. Every quad must have that label.
func (s *Store) PutGraph(ctx context.Context, label string, quads []quad.Quad) error {
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	for _, q := range quads {
		if q.Label != quad.IRI(label) {
			return fmt.Errorf("store %s: quad with label %s", label, q.Label)
		}
	}
	var remove, add []quad.Quad
	err = s.view(ctx, func(qs cayley.QuadStore) error {
		have, err := labelQuads(ctx, qs, label)
		remove, add = difference(have, quads)
		return err
	})
	if err == nil {
		err = s.apply(ctx, remove, add)
	}
	if err != nil {
		return fmt.Errorf("store %s: %w", label, err)
	}
	return nil
}

func identityQuad(iri, id string) quad.Quad {
	return quad.Quad{Subject: safeIRI(iri), Predicate: quad.IRI(Identifier), Object: safeText(id), Label: safeIRI(iri)}
}

// IsIdentity reports whether a quad gives a document its identity.
func IsIdentity(q quad.Quad) bool { return q.Predicate == quad.IRI(Identifier) && q.Subject == q.Label }

// identities are the identities under which a document version is stored.
func identities(quads []quad.Quad) []string {
	var ids []string
	for _, q := range quads {
		if id, ok := q.Object.(quad.String); ok && IsIdentity(q) {
			ids = append(ids, string(id))
		}
	}
	return ids
}

func keepIdentities(remove []quad.Quad) []quad.Quad {
	kept := remove[:0]
	for _, q := range remove {
		if !IsIdentity(q) {
			kept = append(kept, q)
		}
	}
	return kept
}

// withoutIdentity is what to remove so that identity id no longer has the
// version iri: all of it, unless another identity has it, too.
func withoutIdentity(ctx context.Context, qs cayley.QuadStore, iri, id string) ([]quad.Quad, error) {
	quads, err := labelQuads(ctx, qs, iri)
	if err != nil {
		return nil, err
	}
	if len(identities(quads)) > 1 {
		return []quad.Quad{identityQuad(iri, id)}, nil
	}
	return quads, nil
}

// versions are the IRIs of the document versions stored under an identity.
func versions(ctx context.Context, qs cayley.QuadStore, id string) ([]string, error) {
	var iris []string
	err := eachQuad(ctx, qs, quad.Object, safeText(id), func(q quad.Quad) error {
		if iri, ok := q.Subject.(quad.IRI); ok && IsIdentity(q) {
			iris = append(iris, string(iri))
		}
		return nil
	})
	sort.Strings(iris)
	return iris, err
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
