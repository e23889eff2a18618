package graph

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hidal-go/hidalgo/kv"

	"hearsay/queries"
)

// BenchmarkQuery gives p50 and p95 of the saved queries, and of the hops that they
// are made of, in a store that holds -quads quads of the corpus, each from many
// starting points: entities, documents and claims, any as likely as another; and of
// the saved queries about the entities that are spoken of most ("of many") and about
// the whole graph ("all"). "rows" are the rows of one answer, "reads" the entries of
// bbolt that it took: how that grows with -quads tells more than times do. Beside
// other work the processor's time ("cpu") says more than the clock's. With -keep FOLDER
// the store stays there for the next run.
func BenchmarkQuery(b *testing.B) {
	set, err := queries.Load()
	if err != nil {
		b.Fatal(err)
	}
	for _, uri := range benchmarkStores(b) {
		kind, _, _ := strings.Cut(uri, ":")
		documents := benchmarkDocuments()
		s := linked(b, uri, documents)
		reads := countReads(s)
		for _, h := range hops {
			b.Run(kind+"/"+h.name, func(b *testing.B) {
				timeQuery(b, s, reads, documents, func(start *starts) (string, QueryOptions) {
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
				timeQuery(b, s, reads, documents, func(start *starts) (string, QueryOptions) {
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

// popular is one of the entities that are spoken of most.
func (s *starts) popular() string { return corpusEntity(uint64(s.r.IntN(5))).String() }

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
	{"who-says of many", "who-says", map[string]func(*starts) string{"about": (*starts).popular}},
	{"who-says of many in a month", "who-says", map[string]func(*starts) string{"about": (*starts).popular, "since": fixed("2021-03-01"), "until": fixed("2021-03-31")}},
	{"who-doubts of many", "who-doubts", map[string]func(*starts) string{"about": (*starts).popular}},
	{"who-denies of many", "who-denies", map[string]func(*starts) string{"about": (*starts).popular}},
	{"what-does of many", "what-does", map[string]func(*starts) string{"source": (*starts).popular}},
	{"what-does of many about another", "what-does", map[string]func(*starts) string{"source": (*starts).popular, "about": (*starts).entity}},
	{"facts of many", "facts", map[string]func(*starts) string{"of": (*starts).popular}},
	{"who-blames-whom by many", "who-blames-whom", map[string]func(*starts) string{"by": (*starts).popular}},
	{"who-declined of many", "who-declined", map[string]func(*starts) string{"about": (*starts).popular}},
	{"who-cites-whom of many", "who-cites-whom", map[string]func(*starts) string{"whom": (*starts).popular}},
	{"attribution of many", "attribution", map[string]func(*starts) string{"suspect": (*starts).popular}},
	{"numbers of many", "numbers", map[string]func(*starts) string{"about": (*starts).popular}},
	{"disputes of many", "disputes", map[string]func(*starts) string{"about": (*starts).popular}},
	{"sources of many", "sources", map[string]func(*starts) string{"about": (*starts).popular}},
	{"documents of many", "documents", map[string]func(*starts) string{"about": (*starts).popular}},
	{"changed-positions of many", "changed-positions", map[string]func(*starts) string{"source": (*starts).popular}},
	{"neighbourhood of many", "neighbourhood", map[string]func(*starts) string{"of": (*starts).popular}},
	{"connect many", "connect", map[string]func(*starts) string{"from": (*starts).popular, "to": (*starts).popular}},
	{"attribution, all", "attribution", nil},
	{"attribution, all of a month", "attribution", map[string]func(*starts) string{"since": fixed("2021-03-01"), "until": fixed("2021-03-31")}},
	{"who-blames-whom, all", "who-blames-whom", nil},
	{"who-declined, all", "who-declined", nil},
	{"who-cites-whom, all", "who-cites-whom", nil},
	{"changed-positions, all", "changed-positions", nil},
	{"documents, all", "documents", nil},
	{"documents, all of a month", "documents", map[string]func(*starts) string{"since": fixed("2021-03-01"), "until": fixed("2021-03-31")}},
	{"numbers, all", "numbers", nil},
	{"disputes, all", "disputes", nil},
	{"sources, all", "sources", nil},
}

func fixed(value string) func(*starts) string { return func(*starts) string { return value } }

// benchmarkKeep is where BenchmarkQuery keeps its store.
var benchmarkKeep = flag.String("keep", "", "folder in which the query benchmark keeps the store for the next run")

// linked is a store with so many documents of the corpus, and the links between them.
func linked(b *testing.B, uri string, documents int) *Store {
	kind, _, _ := strings.Cut(uri, ":")
	if *benchmarkKeep != "" && kind == "bolt" {
		path := filepath.Join(*benchmarkKeep, fmt.Sprintf("corpus-%d.db", documents))
		uri = "bolt:" + path
		if _, err := os.Stat(path); err == nil {
			s, err := Open(context.Background(), uri, Options{ReadOnly: true})
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { s.Close() })
			return s
		}
	}
	s := loaded(b, uri, documents)
	if err := s.Relink(context.Background()); err != nil {
		b.Fatal(err)
	}
	return s
}

// timeQuery runs a query from one start after the other.
func timeQuery(b *testing.B, s *Store, reads *int, documents int, query func(*starts) (string, QueryOptions)) {
	start := &starts{rand.New(rand.NewPCG(3, 4)), documents}
	var times, cpuTimes []float64
	cpu, rows := newCPUMeter(), 0
	*reads = 0
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
		before := cpu.total
		cpu.stop()
		cpuTimes = append(cpuTimes, (cpu.total-before).Seconds()*1000)
	}
	slices.Sort(times)
	slices.Sort(cpuTimes)
	n := float64(len(times))
	b.ReportMetric(times[len(times)/2], "p50-ms")
	b.ReportMetric(times[len(times)*95/100], "p95-ms")
	b.ReportMetric(cpuTimes[len(times)/2], "p50-cpu-ms")
	b.ReportMetric(cpuTimes[len(times)*95/100], "p95-cpu-ms")
	b.ReportMetric(float64(rows)/n, "rows")
	b.ReportMetric(float64(*reads)/n, "reads")
	b.ReportMetric(float64(cpu.total.Microseconds())/1000/n, "cpu-ms")
	if rows > 0 {
		b.ReportMetric(float64(cpu.total.Microseconds())/1000/float64(rows), "cpu-ms/row")
	}
	b.ReportMetric(0, "ns/op")
}

// countReads has a store of bbolt count the entries that are read from it.
func countReads(s *Store) *int {
	n := new(int)
	if back, ok := s.back.(*boltStore); ok {
		back.db = countedKV{back.db, n}
	}
	return n
}

type countedKV struct {
	kv.KV
	n *int
}

func (c countedKV) Tx(ctx context.Context, rw bool) (kv.Tx, error) {
	tx, err := c.KV.Tx(ctx, rw)
	return countedTx{tx, c.n}, err
}

type countedTx struct {
	kv.Tx
	n *int
}

func (t countedTx) Get(ctx context.Context, key kv.Key) (kv.Value, error) {
	*t.n++
	return t.Tx.Get(ctx, key)
}

func (t countedTx) get(bucket, key []byte) ([]byte, error) {
	*t.n++
	return t.Tx.(layoutTx).get(bucket, key)
}

func (t countedTx) scan(bucket, prefix []byte, fn func(key, val []byte) (bool, error)) error {
	*t.n++
	return t.Tx.(layoutTx).scan(bucket, prefix, func(key, val []byte) (bool, error) {
		*t.n++
		return fn(key, val)
	})
}

func (t countedTx) GetBatch(ctx context.Context, keys []kv.Key) ([]kv.Value, error) {
	*t.n += len(keys)
	return t.Tx.GetBatch(ctx, keys)
}

func (t countedTx) Scan(ctx context.Context, opts ...kv.IteratorOption) kv.Iterator {
	return countedIterator{t.Tx.Scan(ctx, opts...), t.n}
}

type countedIterator struct {
	kv.Iterator
	n *int
}

func (it countedIterator) Next(ctx context.Context) bool {
	*it.n++
	return it.Iterator.Next(ctx)
}

func (it countedIterator) Seek(ctx context.Context, key kv.Key) bool {
	*it.n++
	return kv.Seek(ctx, it.Iterator, key)
}
