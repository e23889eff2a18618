package graph

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// Formats are the formats that Export writes. Those of the first line have every
// quad. The others have who takes which stance on what: what was rejected in a
// review is left out of graphml, gexf, csv-nodes, csv-edges and stix, what was
// corrected is as corrected, and what a copy of a text repeats is there once.
func Formats() []string {
	return []string{"nquads", "trig", "jsonld", "json", "csv",
		"graphml", "gexf", "csv-nodes", "csv-edges", "csv-claims", "stix"}
}

func isNetwork(format string) bool { return slices.Index(Formats(), format) >= 5 }

// ExportOptions say what is exported and how.
type ExportOptions struct {
	Format string // one of Formats
	Base   string // written in place of hs:; "" leaves hs: as it is
	Label  string // only the quads of this label, "" for all
}

// Export writes the store's quads, sorted as N-Quads lines, so that two stores
// with the same quads give the same bytes. What doesn't fit into memory is sorted
// in temporary files.
func (s *Store) Export(ctx context.Context, w io.Writer, opts ExportOptions) error {
	b := bufio.NewWriterSize(w, 256<<10)
	var err error
	if isNetwork(opts.Format) {
		err = s.view(ctx, func(qs cayley.QuadStore) error { return exportNetwork(ctx, b, qs, opts) })
	} else {
		err = s.exportQuads(ctx, b, opts)
	}
	if err == nil {
		err = b.Flush()
	}
	if err != nil {
		return fmt.Errorf("export %s: %w", opts.Format, err)
	}
	return nil
}

// exportQuads writes the formats that have a quad for a quad.
func (s *Store) exportQuads(ctx context.Context, b *bufio.Writer, opts ExportOptions) error {
	enc, err := newEncoder(b, opts)
	if err != nil {
		return err
	}
	lines := &sorter{limit: sortMemory}
	defer lines.close()
	err = s.view(ctx, func(qs cayley.QuadStore) error {
		var line []byte
		gather := func(q quad.Quad) error {
			line = AppendNQuad(line[:0], expand(q, opts.Base))
			return lines.add(line)
		}
		if opts.Label != "" {
			return eachQuad(ctx, qs, quad.Label, quad.IRI(opts.Label), gather)
		}
		return allQuads(ctx, qs, gather)
	})
	if err == nil {
		err = lines.each(func(line []byte) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return enc.line(line)
		})
	}
	if err == nil {
		err = enc.close()
	}
	return err
}

// encoder writes quads, which come as sorted lines of N-Quads, in one format.
type encoder interface {
	line([]byte) error
	close() error // writes what ends the file; the writer stays open
}

// newEncoder writes what begins the file.
func newEncoder(w *bufio.Writer, opts ExportOptions) (encoder, error) {
	var enc quadEncoder
	switch opts.Format {
	case "nquads":
		return nquadsEncoder{w}, nil
	case "jsonld":
		enc = &jsonldEncoder{w: w}
	case "trig":
		enc = &trigEncoder{w: w, base: opts.Base}
	case "csv":
		enc = newCSVEncoder(w)
	case "json":
		enc = &jsonEncoder{w: w}
	default:
		return nil, fmt.Errorf("unknown format; one of %s", strings.Join(Formats(), ", "))
	}
	return parsed{enc}, nil
}

type nquadsEncoder struct{ w *bufio.Writer }

func (e nquadsEncoder) line(l []byte) error {
	_, err := e.w.Write(l)
	return err
}

func (e nquadsEncoder) close() error { return nil }

// quadEncoder is an encoder that wants quads rather than lines.
type quadEncoder interface {
	quad(quad.Quad) error
	close() error
}

type parsed struct{ quadEncoder }

func (p parsed) line(l []byte) error {
	q, _, err := ParseNQuad(strings.TrimSuffix(string(l), "\n"))
	if err != nil {
		return err
	}
	return p.quad(q)
}

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

// term is a value in the parts that the table formats want.
type term struct {
	kind               string // iri, blank or literal
	text               string
	datatype, language string // of literals; no datatype is xsd:string
}

func termOf(v quad.Value) term {
	switch v := v.(type) {
	case nil:
		return term{}
	case quad.IRI:
		return term{kind: "iri", text: string(v)}
	case quad.BNode:
		return term{kind: "blank", text: "_:" + string(v)}
	case quad.LangString:
		return term{kind: "literal", text: string(v.Value), language: v.Lang}
	case quad.TypedString:
		return term{kind: "literal", text: string(v.Value), datatype: string(v.Type)}
	case quad.Int:
		return term{kind: "literal", text: plainText(v), datatype: NSXSD + "integer"}
	case quad.Float:
		return term{kind: "literal", text: formatDouble(float64(v)), datatype: NSXSD + "double"}
	case quad.Bool:
		return term{kind: "literal", text: plainText(v), datatype: NSXSD + "boolean"}
	case quad.Time:
		return term{kind: "literal", text: plainText(v), datatype: NSXSD + "dateTime"}
	}
	return term{kind: "literal", text: plainText(v)}
}
