// Package entity finds mentions, resolves references inside a document, links
// entities to those already known and normalises time expressions. It knows
// nothing of claims or of the graph.
package entity

import "hearsay/ingest/news"

// Resolve fills d.Mentions and d.Entities.
func Resolve(d *news.Document, known *Known) {}
