package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"hearsay/ingest/eval/recombine"
	"hearsay/ingest/reader"
)

func generateCommand() *cobra.Command {
	var folder string
	var n, from, seed uint64
	c := &cobra.Command{
		Use:   "generate",
		Short: "Make a collection of any size out of texts, to measure with",
		Long: `Make documents out of the paragraphs of texts, as JSONL on standard output: to
measure how time, memory and disk grow. Names are exchanged for others whose
frequencies follow Zipf's law. The same texts and seed give the same documents;
--from makes a part of a collection.

Of the files in the folder, tables (.csv) have a column "text"; the others are
what hearsay build reads.`,
		Example: "  hearsay generate --texts news/ --documents 10000 > made.jsonl\n  hearsay build --db bolt:made.db made.jsonl",
		Args:    noArgs,
		Hidden:  true,
		RunE: func(c *cobra.Command, _ []string) error {
			if folder == "" {
				return usage("--texts FOLDER is needed")
			}
			texts, err := textsOf(folder)
			if err != nil {
				return err
			}
			source := recombine.NewSource(texts)
			if source.Empty() {
				return fmt.Errorf("generate: %s has no paragraphs with names in them", folder)
			}
			out := bufio.NewWriterSize(c.OutOrStdout(), 1<<16)
			lines := json.NewEncoder(out)
			for i := range n {
				if err := errors.Join(c.Context().Err(), lines.Encode(source.Document(seed, from+i))); err != nil {
					return err
				}
			}
			return out.Flush()
		},
	}
	c.Flags().StringVar(&folder, "texts", "", "folder with the texts to take paragraphs of")
	c.Flags().Uint64Var(&n, "documents", 1000, "number of documents")
	c.Flags().Uint64Var(&from, "from", 0, "number of the first document")
	c.Flags().Uint64Var(&seed, "seed", 1, "seed")
	return c
}

// textsOf are the texts of a folder, those that can be read.
func textsOf(folder string) ([]string, error) {
	var texts []string
	for d, err := range (&reader.Reader{}).FS(os.DirFS(folder)) {
		if skip := (*reader.Skipped)(nil); errors.As(err, &skip) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("generate: %w", err)
		}
		texts = append(texts, d.Text)
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		rows, err := table(name)
		if err != nil {
			return nil, fmt.Errorf("generate: %s: %w", name, err)
		}
		texts = append(texts, rows...)
	}
	return texts, nil
}

// table is the column "text" of a table.
func table(name string) ([]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	at := slices.Index(rows[0], "text")
	if at < 0 {
		return nil, errors.New(`has no column "text"`)
	}
	var texts []string
	for _, row := range rows[1:] {
		texts = append(texts, row[at])
	}
	return texts, nil
}
