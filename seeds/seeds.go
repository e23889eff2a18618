// Package seeds holds the sample articles and the known entities.
package seeds

import "embed"

// Articles holds twelve articles in the folder "articles", written for this
// project, as text, HTML and JSONL. Six tell of real events, with the publicly
// known positions of real people and organisations in reported speech; six are
// invented, places, people, firms and newspapers alike, and say so in their
// outlet.
//
//go:embed articles
var Articles embed.FS
