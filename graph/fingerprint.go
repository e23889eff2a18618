package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"

	"hearsay/ingest/news"
)

// Fingerprint tells ways of reading apart: it is the digest of all quads of
// sample documents that were read, and of what else decides the reading. Whatever
// changes what is read out of texts, models and rules included, changes it.
func Fingerprint(samples iter.Seq2[*news.Document, error], settings ...string) (string, error) {
	sum := sha256.New()
	for _, s := range settings {
		fmt.Fprintf(sum, "%d %s\n", len(s), s)
	}
	for d, err := range samples {
		if err != nil {
			return "", fmt.Errorf("read samples: %w", err)
		}
		if err := WriteNQuads(sum, Quads(d)); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
