// Seedgen writes the known entities and the gazetteers that the binary embeds,
// from tables of facts kept beside it and from the folders of --data: lexicons
// (MISP galaxy files, country codes, world cities, first names), parse and text
// (which words are common). NOTICE lists them. It is run by hand when a table or
// a lexicon changes:
//
//	go run ./cmd/seedgen --data DIR
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	data := flag.String("data", "", "folder with lexicons/, parse/ and text/")
	out := flag.String("out", ".", "root of the repository")
	flag.Parse()
	if *data == "" {
		fmt.Fprintln(os.Stderr, "seedgen: --data DIR is missing")
		os.Exit(2)
	}
	if err := run(*data, *out); err != nil {
		fmt.Fprintln(os.Stderr, "seedgen:", err)
		os.Exit(1)
	}
}

func run(data, out string) error {
	lexicons := filepath.Join(data, "lexicons")
	facts := filepath.Join(out, "cmd/seedgen/facts")
	s := newSet()
	steps := []func() error{
		func() error { return s.countries(facts, lexicons) },
		func() error { return s.wellKnown(facts) },
		func() error { return s.cities(facts) },
		func() error { return s.regions(facts) },
		func() error { return s.galaxies(lexicons) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	s.name()
	if err := s.write(out); err != nil {
		return err
	}
	nouns, err := os.ReadFile(filepath.Join(facts, "nouns.tsv"))
	if err != nil {
		return err
	}
	if err := writeGzip(filepath.Join(out, "ingest/entity/data/nouns.tsv.gz"), nouns); err != nil {
		return err
	}
	if err := writeWords(data, filepath.Join(out, "ingest/entity/data/words.txt.gz")); err != nil {
		return err
	}
	return writeGazetteer(lexicons, facts, filepath.Join(out, "ingest/entity/data/gazetteer.txt.gz"))
}
