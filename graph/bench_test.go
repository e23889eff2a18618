package graph

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
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
			headroom := make([]byte, 160<<20) // as a command that writes has it
			defer runtime.KeepAlive(headroom)
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

// BenchmarkImport reads a file of N-Quads with -quads quads into an empty store: what
// it costs and takes for each quad, and the most memory.
func BenchmarkImport(b *testing.B) {
	path, quads := filepath.Join(b.TempDir(), "corpus.nq"), 0
	out, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	corpus(benchmarkDocuments(), func(q []quad.Quad) {
		quads += len(q)
		if err := WriteNQuads(out, q); err != nil {
			b.Fatal(err)
		}
	})
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
	for _, kind := range []string{"bolt", "leveldb"} {
		b.Run(kind, func(b *testing.B) {
			cpu := newCPUMeter()
			for b.Loop() {
				b.StopTimer()
				s, err := Open(context.Background(), kind+":"+filepath.Join(b.TempDir(), "store"), Options{})
				if err != nil {
					b.Fatal(err)
				}
				in, err := os.Open(path)
				if err != nil {
					b.Fatal(err)
				}
				resetPeak()
				b.StartTimer()
				cpu.start()
				if _, err := s.Import(context.Background(), in, ImportOptions{Strict: true}); err != nil {
					b.Fatal(err)
				}
				cpu.stop()
				b.StopTimer()
				in.Close()
				s.Close()
				b.StartTimer()
			}
			b.ReportMetric(float64(cpu.total.Nanoseconds())/1000/float64(quads*b.N), "cpu-µs/quad")
			b.ReportMetric(float64(quads*b.N)/b.Elapsed().Seconds(), "quads/s")
			b.ReportMetric(float64(peakMemory()>>20), "peak-MB")
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
