package graph

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// Formats are the formats that Export writes.
func Formats() []string { return []string{"nquads", "jsonld", "graphml", "csv", "json"} }

// ExportOptions say what is exported and how.
type ExportOptions struct {
	Format string // one of Formats
	Base   string // written in place of hs:; "" leaves hs: as it is
	Label  string // only the quads of this label, "" for all
}

// Export writes the store's quads, sorted, so that two stores with the same
// quads give the same bytes.
func (s *Store) Export(ctx context.Context, w io.Writer, opts ExportOptions) error {
	b := bufio.NewWriterSize(w, 256<<10)
	enc, err := newEncoder(b, opts)
	if err != nil {
		return err
	}
	err = s.view(ctx, func(qs cayley.QuadStore) error {
		var quads []quad.Quad
		gather := func(q quad.Quad) error {
			quads = append(quads, q)
			return nil
		}
		var err error
		if opts.Label != "" {
			err = eachQuad(ctx, qs, quad.Label, quad.IRI(opts.Label), gather)
		} else {
			err = allQuads(ctx, qs, gather)
		}
		if err != nil {
			return err
		}
		for _, q := range sortQuads(quads) {
			if err := enc.quad(q); err != nil {
				return err
			}
		}
		return enc.close()
	})
	if err == nil {
		err = b.Flush()
	}
	if err != nil {
		return fmt.Errorf("export %s: %w", opts.Format, err)
	}
	return nil
}

// encoder writes quads in one format.
type encoder interface {
	quad(quad.Quad) error
	close() error // writes what ends the file; the writer stays open
}

func newEncoder(w *bufio.Writer, opts ExportOptions) (encoder, error) {
	switch opts.Format {
	case "nquads":
		return &nquadsEncoder{w: w, base: opts.Base}, nil
	}
	return nil, fmt.Errorf("export: unknown format %q; one of %s", opts.Format, strings.Join(Formats(), ", "))
}

type nquadsEncoder struct {
	w    *bufio.Writer
	base string
	line []byte
}

func (e *nquadsEncoder) quad(q quad.Quad) error {
	e.line = AppendNQuad(e.line[:0], expand(q, e.base))
	_, err := e.w.Write(e.line)
	return err
}

func (e *nquadsEncoder) close() error { return nil }

// expand writes base in place of hs: in every IRI.
func expand(q quad.Quad, base string) quad.Quad {
	if base == "" {
		return q
	}
	for _, d := range quad.Directions {
		if iri, ok := q.Get(d).(quad.IRI); ok && strings.HasPrefix(string(iri), "hs:") {
			q.Set(d, quad.IRI(base)+iri[len("hs:"):])
		}
	}
	return q
}
