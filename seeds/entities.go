package seeds

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
)

//go:embed entities.tsv.gz
var entitiesGZ []byte

// Entities is the table of known entities, a line each: IRI, type, name and
// aliases separated by |, in four columns with tabs between, in the order of the
// IRIs. It says of them what entities.nq says, which also has demonyms, capitals
// and countries, and is faster to read.
func Entities() (string, error) {
	r, err := gzip.NewReader(bytes.NewReader(entitiesGZ))
	if err != nil {
		return "", fmt.Errorf("embedded entities: %w", err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return "", fmt.Errorf("embedded entities: %w", err)
	}
	return string(text), nil
}
