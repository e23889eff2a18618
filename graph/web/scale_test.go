//go:build unix

package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"hearsay/graph"
	"hearsay/ingest/news"
)

// made is document n of a made-up newsroom: eight sentences, in each of which one
// of many sources takes a stance on one of many events. Sources and events come
// as often as in news: a few of them all the time; an event has a few suspects.
func made(n int) *news.Document {
	stances := []news.Stance{news.Asserts, news.Asserts, news.Believes, news.Denies, news.Blames, news.SuspendsJudgment, news.DeclinesComment, news.Estimates}
	seldom := func(k, of int) int { // the smaller the more often
		x := uint32(n*2654435761 + k*40503)
		return int(uint64(x%1000) * uint64(x>>12%1000) / 1000 * uint64(of) / 1000)
	}
	d := &news.Document{ID: fmt.Sprintf("made-%d", n), Title: fmt.Sprintf("Report %d", n), Outlet: fmt.Sprintf("Outlet %d", n%40),
		Published: time.Date(2030, 1, 1+n%700, 0, 0, 0, 0, time.UTC)}
	d.Text = d.Title + "\n\n"
	for k, stance := range stances {
		source, event := seldom(k, 4000), seldom(k+8, 2000)
		actor, relation := (7*event+seldom(k+16, 6))%300, "hs:attributed-to"
		if n%4 > 0 { // most claims are about something else than guilt
			relation = fmt.Sprintf("hs:rel/do-%d", (n+k)%40)
		}
		start := len(d.Text)
		sentence := fmt.Sprintf("Source %d said that Actor %d was behind Event %d.", source, actor, event)
		d.Text += sentence + " "
		span := news.Span{Start: start, End: start + len(sentence)}
		content := news.Span{Start: start + len(fmt.Sprintf("Source %d said that ", source)), End: span.End - 1}
		e := len(d.Entities)
		for _, x := range []struct {
			kind string
			n    int
			typ  news.EntityType
		}{{"Source", source, news.Organization}, {"Actor", actor, news.ThreatActor}, {"Event", event, news.Event}} {
			d.Entities = append(d.Entities, news.Entity{IRI: fmt.Sprintf("hs:%s%d", x.kind, x.n), Name: fmt.Sprintf("%s %d", x.kind, x.n), Type: x.typ, Named: true})
			d.Mentions = append(d.Mentions, news.Mention{Span: span, Type: x.typ, Entity: len(d.Entities) - 1})
		}
		d.Tokens = append(d.Tokens, news.Token{Span: span, Deprel: "root"})
		d.Sentences = append(d.Sentences, news.Sentence{Span: span, First: k, End: k + 1})
		p := news.Proposition{Sentence: k, Subject: news.Argument{Span: content, Entity: e + 2}, Object: news.Argument{Span: content, Entity: e + 1},
			Relation: news.Relation{Span: content, Text: "was behind", Lemma: "be behind", Predicate: relation}, Polarity: news.Positive, Certainty: news.Certain}
		c := news.Claim{Sentence: k, Source: news.Source{Span: news.Span{Start: start, End: start + 6}, Kind: news.Named, Name: d.Entities[e].Name, Entity: e},
			Cue: news.Span{Start: content.Start - 10, End: content.Start - 6}, Stance: stance, Certainty: news.Certain, Polarity: news.Positive,
			Quotation: news.Indirect, Content: []news.Span{content}, Propositions: []int{k}, About: -1}
		if relation == "hs:attributed-to" {
			c.Topics = []string{graph.Attribution}
		}
		if stance == news.Blames {
			c.Targets = []int{e + 1}
		}
		if k == 0 {
			p.Quantity = &news.Quantity{Span: news.Span{Start: content.End - 1, End: content.End}, Value: float64(100 + n%50), Bound: news.Exactly, Unit: "victim"}
		}
		d.Propositions = append(d.Propositions, p)
		d.Claims = append(d.Claims, c)
	}
	d.IRI = news.DocumentIRI(d.ID, d.Text)
	d.IdentifyPropositions()
	d.IdentifyClaims()
	return d
}

// BenchmarkPages times every page over a made-up graph of HEARSAY_BENCH_DOCS
// documents (200 unless told; some 170 quads each), after one visit.
func BenchmarkPages(b *testing.B) {
	docs := 200
	if n, err := strconv.Atoi(os.Getenv("HEARSAY_BENCH_DOCS")); err == nil {
		docs = n
	}
	ctx := context.Background()
	store, err := graph.Open(ctx, "bolt:"+filepath.Join(b.TempDir(), "made.db"), graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	start := time.Now()
	lines, done := io.Pipe()
	go func() {
		var line []byte
		for n := range docs {
			for _, q := range graph.Quads(made(n)) {
				line = graph.AppendNQuad(line[:0], q)
				_, _ = done.Write(line)
			}
		}
		done.Close()
	}()
	if _, err := store.Import(ctx, lines, graph.ImportOptions{Strict: true}); err != nil {
		b.Fatal(err)
	}
	b.Logf("loaded in %s", time.Since(start).Round(time.Second))
	if err := store.Relink(ctx); err != nil {
		b.Fatal(err)
	}
	b.Logf("linked in %s", time.Since(start).Round(time.Second))
	stats, err := store.Stats(ctx)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d quads, %d claims in %s", stats.Quads, stats.Claims, time.Since(start).Round(time.Second))
	s, err := New(store, Options{})
	if err != nil {
		b.Fatal(err)
	}
	start = time.Now()
	s.warm(ctx)
	b.Logf("read ahead in %s", time.Since(start).Round(100*time.Millisecond))
	doc := made(docs / 2)
	for _, path := range []string{"/disputes", "/documents", "/entities", "/document?id=" + doc.IRI, "/entity?id=" + doc.Entities[0].IRI,
		"/proposition?id=" + doc.Propositions[1].ID, "/search?q=source+99", "/search?q=soruce", "/ask/who-doubts?about=" + doc.Entities[2].IRI,
		"/ask/neighbourhood?of=" + doc.Entities[0].IRI, "/ask/connect?from=hs:Source3&to=hs:Source77", "/api/queries/attribution?attack=" + doc.Entities[2].IRI,
		"/api/queries/evidence?claim=" + doc.Claims[0].ID, "/api/queries/attribution", "/api/queries/sources", "/api/queries/disputes",
		"/ask/sources?run=1", "/ask/disputes?run=1", "/ask/sources?since=2030-06-01", "/ask/disputes?since=2030-06-01"} {
		b.Run(path, func(b *testing.B) {
			visit(b, s, path)
			var times, cpu []time.Duration
			b.ReportAllocs()
			for b.Loop() {
				start, before := time.Now(), cpuTime(b)
				visit(b, s, path)
				times, cpu = append(times, time.Since(start)), append(cpu, cpuTime(b)-before)
			}
			slices.Sort(times)
			slices.Sort(cpu)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
			b.ReportMetric(float64(cpu[len(cpu)/2].Microseconds())/1000, "p50-cpu-ms")
		})
	}
}

// cpuTime is what the process has used of the processors, which a busy machine
// doesn't stretch as it does the time of day.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func visit(b *testing.B, h http.Handler, path string) {
	b.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1"+path, nil))
	if w.Code != http.StatusOK {
		b.Fatalf("%s: %d %.200s", path, w.Code, w.Body)
	}
}
