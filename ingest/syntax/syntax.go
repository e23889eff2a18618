// Package syntax finds sentences and tokens, tags them and parses each sentence
// into a Universal Dependencies tree.
package syntax

import "hearsay/ingest/news"

// Model is a trained pipeline. It is safe for concurrent use.
type Model struct{}

// Default is the embedded model, loaded once.
func Default() (*Model, error) { return &Model{}, nil }

// Annotate fills Sentences, Tokens and Quotes from d.Text and d.Regions.
func (m *Model) Annotate(d *news.Document) {}
