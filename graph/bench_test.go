package graph

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

// BenchmarkPutDocument stores one document after the other, each in a transaction
// of its own, in a store that holds -quads quads.
func BenchmarkPutDocument(b *testing.B) {
	for _, uri := range benchmarkStores(b) {
		kind, _, _ := strings.Cut(uri, ":")
		b.Run(kind, func(b *testing.B) {
			ctx, total := context.Background(), benchmarkDocuments()
			s := loaded(b, uri, total)
			w := newCorpusWriter(total, 27) // the corpus would begin anew with the texts that are there
			n, quads := total, 0
			cpu := newCPUMeter()
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				d := w.document(n)
				n, quads = n+1, quads+len(d)
				b.StartTimer()
				cpu.start()
				if err := s.apply(ctx, nil, d); err != nil {
					b.Fatal(err)
				}
				cpu.stop()
			}
			b.ReportMetric(float64(cpu.total.Microseconds())/1000/float64(b.N), "cpu-ms/op")
			b.ReportMetric(float64(quads)/float64(b.N), "quads/op")
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
	corpus(benchmarkDocuments(), func(q []quad.Quad) {
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
