package syntax

import (
	"os"
	"strings"
	"testing"
	"time"

	"hearsay/ingest/news"
)

// benchmark runs f on a news text and reports white-space words a second. Set
// GOMAXPROCS (-cpu 1) to measure one core, and HEARSAY_KERNEL (see nn) to measure
// another kernel than the fastest.
func benchmark(b *testing.B, f func(m *Model, d *news.Document, w *worker)) {
	m, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	text, err := os.ReadFile("testdata/news.txt")
	if err != nil {
		b.Fatal(err)
	}
	d := &news.Document{Text: string(text)}
	m.Annotate(d)
	w := m.worker()
	words := len(strings.Fields(d.Text))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		f(m, d, w)
		n += words
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkSegment(b *testing.B) {
	benchmark(b, func(m *Model, d *news.Document, w *worker) { m.segment(d, w) })
}

func BenchmarkTagAndParse(b *testing.B) {
	benchmark(b, func(m *Model, d *news.Document, w *worker) { m.parse(d, w, false) })
}

func BenchmarkAnnotate(b *testing.B) {
	benchmark(b, func(m *Model, d *news.Document, _ *worker) { m.Annotate(d) })
}

func BenchmarkLemmas(b *testing.B) {
	benchmark(b, func(m *Model, d *news.Document, _ *worker) {
		for i := range d.Tokens {
			m.lemmas.lemma(d.Form(i), d.Tokens[i].UPOS, d.Tokens[i].XPOS)
		}
	})
}

func BenchmarkAnnotateParallel(b *testing.B) {
	m, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	text, err := os.ReadFile("testdata/news.txt")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	start := time.Now()
	b.RunParallel(func(p *testing.PB) {
		d := &news.Document{Text: string(text)}
		for p.Next() {
			m.Annotate(d)
		}
	})
	b.ReportMetric(float64(b.N*len(strings.Fields(string(text))))/time.Since(start).Seconds(), "words/s")
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(embedded); err != nil {
			b.Fatal(err)
		}
	}
}
