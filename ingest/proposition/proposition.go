// Package proposition reads relations off the trees: who does what to whom, with
// polarity, certainty, quantities, times and places.
package proposition

import "hearsay/ingest/news"

// Extract fills d.Propositions.
func Extract(d *news.Document) {}
