package graph

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	ckv "github.com/cayleygraph/cayley/graph/kv"
	_ "github.com/cayleygraph/cayley/writer" // the writer that NewQuadWriter makes
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv/bbolt"
	bolt "go.etcd.io/bbolt"
)

var benchmarkQuads = flag.Int("quads", 100_000, "how many quads the stores of benchmarks hold, about")

// benchmarkDocuments is how many documents of the corpus those are.
func benchmarkDocuments() int { return max(1, *benchmarkQuads/corpusDocument) }

// benchmarkStores names an empty store of each kind that loads.
func benchmarkStores(b *testing.B) []string {
	uris := []string{"bolt:" + filepath.Join(b.TempDir(), "a.db")}
	if uri := postgres(b); uri != "" {
		uris = append(uris, uri)
	}
	return uris
}

// cpuMeter adds up the processor time between start and stop.
type cpuMeter struct{ begun, total time.Duration }

func newCPUMeter() *cpuMeter { return &cpuMeter{} }
func (m *cpuMeter) start()   { m.begun = cpuTime() }
func (m *cpuMeter) stop()    { m.total += cpuTime() - m.begun }

// feedCorpus gives add every quad of the corpus and counts them.
func feedCorpus(documents int, add func(quad.Quad) error) (n int, err error) {
	corpus(documents, func(quads []quad.Quad) {
		for _, q := range quads {
			if n++; err == nil {
				err = add(q)
			}
		}
	})
	return n, err
}

// BenchmarkLoad loads -quads quads of the corpus into an empty store: with our
// loader, and into bbolt as Cayley does it best, with indexes that lead from each
// place of a quad as ours do, in batches of 10,000. What it costs to make the quads is measured on its own and
// taken off. Besides: the quads a second of wall time, and the most memory.
func BenchmarkLoad(b *testing.B) {
	documents := benchmarkDocuments()
	cpu := newCPUMeter()
	cpu.start()
	begun := time.Now()
	quads, _ := feedCorpus(documents, func(quad.Quad) error { return nil })
	cpu.stop()
	made, wall := cpu.total, time.Since(begun)
	ways := []struct {
		name string
		load func(ctx context.Context) error
	}{{"cayley", func(ctx context.Context) error {
		return loadByCayley(filepath.Join(b.TempDir(), "cayley.db"), documents)
	}}}
	for _, uri := range append(benchmarkStores(b), "leveldb:"+filepath.Join(b.TempDir(), "level")) {
		kind, _, _ := strings.Cut(uri, ":")
		ways = append(ways, struct {
			name string
			load func(ctx context.Context) error
		}{kind, func(ctx context.Context) error {
			s, err := Open(ctx, uri, Options{})
			if err != nil {
				return err
			}
			defer s.Close()
			return s.load(ctx, s.back.(loader), func(add func(quad.Quad) error) error {
				_, err := feedCorpus(documents, add)
				return err
			})
		}})
	}
	for _, way := range ways {
		b.Run(way.name, func(b *testing.B) {
			cpu := newCPUMeter()
			for b.Loop() {
				resetPeak()
				cpu.start()
				if err := way.load(context.Background()); err != nil {
					b.Fatal(err)
				}
				cpu.stop()
			}
			b.ReportMetric(float64((cpu.total/time.Duration(b.N)-made).Nanoseconds())/1000/float64(quads), "cpu-µs/quad")
			b.ReportMetric(float64(quads)/((b.Elapsed()/time.Duration(b.N))-wall).Seconds(), "quads/s")
			b.ReportMetric(float64(peakMemory()>>20), "peak-MB")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// loadByCayley fills a new store through Cayley's own writer.
func loadByCayley(path string, documents int) error {
	db, err := bolt.Open(path, 0o644, &bolt.Options{InitialMmapSize: mmapSize, NoFreelistSync: true, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	defer db.Close()
	defer func(two []ckv.QuadIndex) { ckv.DefaultQuadIndexes = two }(ckv.DefaultQuadIndexes)
	ckv.DefaultQuadIndexes = append(slices.Clone(ckv.DefaultQuadIndexes),
		ckv.QuadIndex{Dirs: []quad.Direction{quad.Label, quad.Subject, quad.Predicate}},
		ckv.QuadIndex{Dirs: []quad.Direction{quad.Predicate, quad.Object, quad.Subject}})
	if err := ckv.Init(bbolt.New(db), nil); err != nil {
		return err
	}
	qs, err := ckv.New(bbolt.New(db), kvOptions())
	if err != nil {
		return err
	}
	w, err := cayley.NewQuadWriter("single", qs, cayley.Options{"ignore_duplicate": true})
	if err != nil {
		return err
	}
	batch := make([]quad.Quad, 0, importBatch)
	_, err = feedCorpus(documents, func(q quad.Quad) error {
		if batch = append(batch, q); len(batch) < importBatch {
			return nil
		}
		err := w.AddQuadSet(batch)
		batch = batch[:0]
		return err
	})
	if err != nil {
		return err
	}
	return w.AddQuadSet(batch)
}

// resetPeak makes the system forget the most memory that this process has had.
func resetPeak() { os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) } // elsewhere the peak stays

// peakMemory is the most memory that the process has had, pages of mapped files
// included, in bytes; 0 where the system doesn't tell.
func peakMemory() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kb := 0
	fmt.Sscan(rest, &kb)
	return kb << 10
}
