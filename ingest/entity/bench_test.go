package entity_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/syntax"
	"hearsay/seeds"
)

// articles are the sample articles' texts, one after the other.
func articles(b *testing.B) string {
	b.Helper()
	files, err := filepath.Glob("../../seeds/articles/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatal("no articles", err)
	}
	var text strings.Builder
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		text.Write(raw)
		text.WriteString("\n\n")
	}
	return text.String()
}

// The stage against the parser, on the same text; both report tokens/s.
func BenchmarkResolve(b *testing.B) {
	model, err := syntax.Default()
	if err != nil {
		b.Fatal(err)
	}
	table, err := seeds.Entities()
	if err != nil {
		b.Fatal(err)
	}
	entities, err := entity.ReadTable(table)
	if err != nil {
		b.Fatal(err)
	}
	known := entity.NewKnown(entities)
	text := articles(b)
	for _, size := range []struct {
		name  string
		times int
	}{{"short", 1}, {"long", 10}} {
		d := &news.Document{ID: "b", IRI: "hs:doc/b", Text: strings.Repeat(text, size.times)}
		model.Annotate(d)
		b.Run("resolve/"+size.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				entity.Resolve(d, known)
			}
			b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
	d := &news.Document{ID: "b", IRI: "hs:doc/b", Text: text}
	model.Annotate(d)
	b.Run("parse/short", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			model.Parse(d)
		}
		b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
	})
	b.Run("table", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			table, err := seeds.Entities()
			if err != nil {
				b.Fatal(err)
			}
			entities, err := entity.ReadTable(table)
			if err != nil {
				b.Fatal(err)
			}
			entity.NewKnown(entities)
		}
	})
}

// What 100,000 known names more cost: names that the text doesn't have, and whose
// first words it partly has.
func BenchmarkManyNames(b *testing.B) {
	model, err := syntax.Default()
	if err != nil {
		b.Fatal(err)
	}
	d := &news.Document{ID: "b", IRI: "hs:doc/b", Text: articles(b)}
	model.Annotate(d)
	words := strings.Fields(d.Text)
	for _, n := range []int{0, 100_000} {
		entities := make([]news.Entity, n)
		for i := range entities {
			name := fmt.Sprintf("%s Quornby %d", words[i%len(words)], i)
			entities[i] = news.Entity{IRI: entity.IRI(name, news.Organization, false), Name: name, Type: news.Organization}
		}
		known := entity.NewKnown(entities)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				entity.Resolve(d, known)
			}
			b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}
