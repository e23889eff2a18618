// Package claim reads attributions off the trees: who says, doubts, denies or
// demands what, with cue, stance, certainty and the exact characters.
package claim

import "hearsay/ingest/news"

// Extract fills d.Claims; what the document says in its own voice has a source
// of kind Author.
func Extract(d *news.Document) {}
