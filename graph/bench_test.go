package graph

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/cayleygraph/quad"
)

// corpus yields quads shaped like ours: documents of 500 quads, sharing entities,
// predicates and propositions.
func corpus(documents int, yield func([]quad.Quad)) {
	iri := func(format string, args ...any) quad.IRI { return quad.IRI(fmt.Sprintf(format, args...)) }
	for d := range documents {
		label := iri("hs:doc/article-%08x", d)
		var quads []quad.Quad
		add := func(s quad.IRI, p string, o quad.Value) {
			quads = append(quads, quad.Quad{Subject: s, Predicate: quad.IRI(p), Object: o, Label: label})
		}
		add(label, RDFType, quad.IRI(Document))
		add(label, Identifier, quad.String(fmt.Sprintf("article-%d.txt", d)))
		add(label, IsString, quad.String(fmt.Sprintf("the text of article %d", d)))
		for c := range 30 {
			claim, source := iri("hs:claim/%020x", d*100+c), iri("hs:Source%d", (d*7+c*c)%997)
			prop := iri("hs:prop/%020x", (d*31+c*17)%(documents*10+7))
			at := iri("hs:doc/article-%08x#char=%d,%d", d, c*100, c*100+90)
			add(claim, RDFType, quad.IRI(Claim))
			add(claim, Source, source)
			add(claim, StanceOf, quad.IRI("hs:asserts"))
			add(claim, Certainty, quad.String("certain"))
			add(claim, Polarity, quad.String("positive"))
			add(claim, Content, prop)
			add(claim, DerivedFrom, at)
			add(claim, ContentText, quad.String(fmt.Sprintf("what claim %d of article %d says in its own words", c, d)))
			add(prop, RDFType, quad.IRI(Proposition))
			add(prop, RDFSubject, iri("hs:Entity%d", (d+c)%5003))
			add(prop, RDFPredicate, iri("hs:rel/verb-%d", c))
			add(source, "hs:asserts", prop)
			add(at, BeginIndex, quad.Int(c*100))
			add(at, EndIndex, quad.Int(c*100+90))
			add(at, AnchorOf, quad.String(fmt.Sprintf("sentence %d of article %d", c, d)))
			add(at, RefContext, label)
		}
		yield(quads)
	}
}

func BenchmarkPutDocument(b *testing.B) {
	for _, kind := range []string{"memory", "bolt"} {
		b.Run(kind, func(b *testing.B) {
			ctx := context.Background()
			uri := "memory:"
			if kind != "memory" {
				uri = kind + ":" + filepath.Join(b.TempDir(), "a.db")
			}
			s, err := Open(ctx, uri, Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			var docs [][]quad.Quad
			corpus(4000, func(q []quad.Quad) { docs = append(docs, q) })
			n, quads := 0, 0
			b.ReportAllocs()
			for b.Loop() {
				if n == len(docs) {
					b.Fatal("too few documents")
				}
				if err := s.apply(ctx, nil, docs[n]); err != nil {
					b.Fatal(err)
				}
				quads += len(docs[n])
				n++
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(quads), "µs/quad")
		})
	}
}

func BenchmarkExport(b *testing.B) {
	ctx := context.Background()
	s, err := Open(ctx, "bolt:"+filepath.Join(b.TempDir(), "a.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var lines bytes.Buffer
	quads := 0
	corpus(200, func(q []quad.Quad) {
		quads += len(q)
		if err := WriteNQuads(&lines, q); err != nil {
			b.Fatal(err)
		}
	})
	if _, err := s.Import(ctx, &lines, ImportOptions{Strict: true}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Export(ctx, io.Discard, ExportOptions{Format: "nquads"}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(quads)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}
