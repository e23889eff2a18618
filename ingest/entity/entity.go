// Package entity finds mentions, resolves references inside a document, links
// entities to those already known and normalises time expressions.
package entity

import "hearsay/ingest/news"

// Known is an immutable index of known entities. It is safe for concurrent use.
type Known struct{}

// NewKnown indexes known entities by name and alias.
func NewKnown(entities []news.Entity) *Known { return &Known{} }

// Resolve fills d.Mentions and d.Entities.
func Resolve(d *news.Document, known *Known) {}
