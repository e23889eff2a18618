package graph

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay/queries"
)

// BenchmarkQuery gives p50 and p95 of the saved queries, and of the hops that they
// are made of, in a store that holds -quads quads of the corpus, each from many
// starting points: entities, documents and claims, any as likely as another.
// "rows" are the rows of one answer.
func BenchmarkQuery(b *testing.B) {
	set, err := queries.Load()
	if err != nil {
		b.Fatal(err)
	}
	for _, uri := range benchmarkStores(b) {
		kind, _, _ := strings.Cut(uri, ":")
		documents := benchmarkDocuments()
		s := loaded(b, uri, documents)
		if err := s.Relink(context.Background()); err != nil {
			b.Fatal(err)
		}
		for _, h := range hops {
			b.Run(kind+"/"+h.name, func(b *testing.B) {
				timeQuery(b, s, documents, func(start *starts) (string, QueryOptions) {
					return h.script, QueryOptions{Params: map[string]any{"start": h.start(start)}, Trusted: true}
				})
			})
		}
		for _, c := range savedCases {
			b.Run(kind+"/"+c.name, func(b *testing.B) {
				q, err := set.Get(c.query)
				if err != nil {
					b.Fatal(err)
				}
				timeQuery(b, s, documents, func(start *starts) (string, QueryOptions) {
					given := map[string]string{}
					for name, from := range c.params {
						given[name] = strings.Trim(from(start), "<>")
					}
					params, err := q.Bind(given, func(name string) (string, error) { return name, nil })
					if err != nil {
						b.Fatal(err)
					}
					return q.Source, QueryOptions{Params: params, Library: queries.Library, Trusted: true}
				})
			})
		}
	}
}

// starts picks where queries begin.
type starts struct {
	r         *rand.Rand
	documents int
}

func (s *starts) entity() string {
	return corpusEntity(uint64(s.r.IntN(s.documents*corpusEntities + 50))).String()
}

func (s *starts) claim() string    { return corpusClaim(s.r.IntN(s.documents), s.r.IntN(25)).String() }
func (s *starts) document() string { return corpusDocumentIRI(s.r.IntN(s.documents)).String() }

var hops = []struct {
	name, script string
	start        func(*starts) string
}{
	{"hop: a claim's evidence", `g.V(params.start).save("<hs:source>", "source").save("<hs:contentText>", "text").out("<` + DerivedFrom + `>").save("<` + AnchorOf + `>", "words").save("<` + RefContext + `>", "doc").all()`, (*starts).claim},
	{"hop: one", `g.V(params.start).out("<hs:asserts>").all()`, (*starts).entity},
	{"hop: two", `g.V(params.start).in("<` + RDFSubject + `>").in("<hs:asserts>").unique().all()`, (*starts).entity},
	{"hop: two, either of two relations", `g.V(params.start).in(["<` + RDFSubject + `>", "<` + RDFObject + `>"]).in("<hs:content>").all()`, (*starts).entity},
	{"hop: three over five relations", `g.V(params.start).in(["<` + RDFSubject + `>", "<` + RDFObject + `>"]).tag("p").in("<hs:content>").tag("c").save("<hs:stance>", "stance").out("<hs:source>").all()`, (*starts).entity},
	{"hop: a document's claims", `g.V(params.start).in("<` + RefContext + `>").in("<` + DerivedFrom + `>").all()`, (*starts).document},
}

var savedCases = []struct {
	name, query string
	params      map[string]func(*starts) string
}{
	{"evidence of a claim", "evidence", map[string]func(*starts) string{"claim": (*starts).claim}},
	{"who-says", "who-says", map[string]func(*starts) string{"about": (*starts).entity}},
	{"who-doubts", "who-doubts", map[string]func(*starts) string{"about": (*starts).entity}},
	{"who-denies", "who-denies", map[string]func(*starts) string{"about": (*starts).entity}},
	{"what-does", "what-does", map[string]func(*starts) string{"source": (*starts).entity}},
	{"facts", "facts", map[string]func(*starts) string{"of": (*starts).entity}},
	{"who-blames-whom", "who-blames-whom", map[string]func(*starts) string{"whom": (*starts).entity}},
	{"who-declined", "who-declined", map[string]func(*starts) string{"about": (*starts).entity}},
	{"who-cites-whom", "who-cites-whom", map[string]func(*starts) string{"by": (*starts).entity}},
	{"attribution of an attack", "attribution", map[string]func(*starts) string{"attack": (*starts).entity}},
	{"numbers", "numbers", map[string]func(*starts) string{"about": (*starts).entity}},
	{"disputes", "disputes", map[string]func(*starts) string{"about": (*starts).entity}},
	{"sources", "sources", map[string]func(*starts) string{"about": (*starts).entity}},
	{"documents", "documents", map[string]func(*starts) string{"about": (*starts).entity}},
	{"changed-positions", "changed-positions", map[string]func(*starts) string{"source": (*starts).entity}},
	{"neighbourhood", "neighbourhood", map[string]func(*starts) string{"of": (*starts).entity}},
	{"connect", "connect", map[string]func(*starts) string{"from": (*starts).entity, "to": (*starts).entity}},
}

// timeQuery runs a query from one start after the other.
func timeQuery(b *testing.B, s *Store, documents int, query func(*starts) (string, QueryOptions)) {
	start := &starts{rand.New(rand.NewPCG(3, 4)), documents}
	var times []float64
	cpu, rows := newCPUMeter(), 0
	for b.Loop() {
		script, opts := query(start)
		cpu.start()
		begun := time.Now()
		for _, err := range s.Query(context.Background(), script, opts) {
			if err != nil {
				b.Fatal(fmt.Errorf("%v: %w", opts.Params, err))
			}
			rows++
		}
		times = append(times, time.Since(begun).Seconds()*1000)
		cpu.stop()
	}
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2], "p50-ms")
	b.ReportMetric(times[len(times)*95/100], "p95-ms")
	b.ReportMetric(float64(rows)/float64(len(times)), "rows")
	b.ReportMetric(float64(cpu.total.Microseconds())/1000/float64(len(times)), "cpu-ms")
	b.ReportMetric(0, "ns/op")
}
