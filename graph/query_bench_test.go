package graph

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
)

// loaded is a store with so many documents of the corpus.
func loaded(b testing.TB, uri string, documents int) *Store {
	b.Helper()
	ctx := context.Background()
	s, err := Open(ctx, uri, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	err = s.load(ctx, s.back.(loader), func(add func(quad.Quad) error) (err error) {
		corpus(documents, func(quads []quad.Quad) {
			for _, q := range quads {
				if err == nil {
					err = add(q)
				}
			}
		})
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkQuery gives p50 and p95 of the shapes that the saved queries have, each
// from many starting points. -load sets the size: 2070 documents are a million
// quads.
func BenchmarkQuery(b *testing.B) {
	uris := []string{"bolt:" + filepath.Join(b.TempDir(), "a.db")}
	if uri := postgres(b); uri != "" {
		uris = append(uris, uri)
	}
	for _, uri := range uris {
		kind, _, _ := strings.Cut(uri, ":")
		s := loaded(b, uri, *loadDocuments)
		for _, q := range []struct {
			name, script string
			start        func(i int) string
		}{
			{"evidence of a claim", `g.V(params.start).save("<hs:source>", "source").save("<hs:contentText>", "text").out("<` + DerivedFrom + `>").save("<` + AnchorOf + `>", "words").save("<` + RefContext + `>", "doc").all()`,
				func(i int) string { return fmt.Sprintf("<hs:claim/%020x>", i%*loadDocuments*100+i%30) }},
			{"one hop", `g.V(params.start).out("<hs:asserts>").all()`, func(i int) string { return fmt.Sprintf("<hs:Source%d>", i%997) }},
			{"two hops", `g.V(params.start).in("<` + RDFSubject + `>").in("<hs:asserts>").unique().all()`, func(i int) string { return fmt.Sprintf("<hs:Entity%d>", i%5003) }},
			{"three hops", `g.V(params.start).in("<` + RDFSubject + `>").tag("p").in("<hs:content>").tag("c").save("<hs:stance>", "stance").out("<hs:source>").limit(100).all()`,
				func(i int) string { return fmt.Sprintf("<hs:Entity%d>", i%5003) }},
			{"a document's claims", `g.V(params.start).in("<` + RefContext + `>").in("<` + DerivedFrom + `>").all()`, func(i int) string { return fmt.Sprintf("<hs:doc/article-%08x>", i%*loadDocuments) }},
		} {
			b.Run(kind+"/"+q.name, func(b *testing.B) {
				var times []float64
				rows := 0
				for i := 0; b.Loop(); i++ {
					begun := time.Now()
					for _, err := range s.Query(context.Background(), q.script, QueryOptions{Params: map[string]any{"start": q.start(i * 37)}, Limit: 1000}) {
						if err != nil {
							b.Fatal(err)
						}
						rows++
					}
					times = append(times, time.Since(begun).Seconds()*1000)
				}
				slices.Sort(times)
				b.ReportMetric(times[len(times)/2], "p50-ms")
				b.ReportMetric(times[len(times)*95/100], "p95-ms")
				b.ReportMetric(float64(rows)/float64(len(times)), "rows")
			})
		}
	}
}

// A query that would go on for minutes ends soon after its deadline.
func TestDeadline(t *testing.T) {
	s := loaded(t, "bolt:"+filepath.Join(t.TempDir(), "a.db"), 120)
	for _, script := range []string{
		`g.V().count()`,
		`g.V().out().out().out().out().count()`,
		`g.V().both().both().both().all()`,
		`g.V().in().out().in().out().unique().all()`,
		`g.V().followRecursive(g.M().both(), 50).count()`,
		`g.V().and(g.V().out().in()).and(g.V().in().out()).count()`,
		`g.V().has("<hs:polarity>", regex("n")).out().in().out().order().all()`,
		`g.V().except(g.V().out().out().out()).count()`,
		`while (true) g.V().out().count()`,
	} {
		begun, rows := time.Now(), 0
		var last error
		for _, err := range s.Query(context.Background(), script, QueryOptions{Timeout: 50 * time.Millisecond, Limit: 1 << 30}) {
			last = err
			rows++
		}
		took := time.Since(begun)
		t.Logf("%4d ms, %d rows, %v: %s", took.Milliseconds(), rows, last, script)
		if took > 5*time.Second { // on a busy machine; milliseconds on an idle one
			t.Errorf("%s took %s past a deadline of 50 ms", script, took)
		}
	}
}
