package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"hearsay/ingest/syntax"
)

// trainSyntaxCommand makes the model of the syntax stages anew.
func trainSyntaxCommand() *cobra.Command {
	t := &syntax.Trainer{}
	var out, network string
	c := &cobra.Command{
		Use:   "syntax --data DIR --vectors FILE --out FILE",
		Short: "Train the segmenter, tagger, lemmatiser and parser",
		Long: "Train the segmenter, tagger, lemmatiser and parser from the treebanks under\n" +
			"DIR/parse and the plain texts under DIR/text, and write the model. Progress and\n" +
			"scores on the development parts go to standard error. The same data give the\n" +
			"same bytes. With --checkpoint, an interrupted training goes on where it was\n" +
			"after the last whole epoch.\n\n" +
			"First some teachers learn from the treebanks alone and parse the plain texts;\n" +
			"the model then learns from the treebanks and from what its teachers agree on.\n\n" +
			"With --network FILE, the network of that model is kept, and only tokeniser,\n" +
			"sentence splitter and lemmatiser are learned anew, in about a minute and without\n" +
			"--vectors. The model is the one that a whole training with the same network gives.",
		Example: "  hearsay train syntax --data ../data --vectors vectors.json --out ingest/syntax/model/syntax.bin\n" +
			"  hearsay train syntax --data ../data --network new.bin --out ingest/syntax/model/syntax.bin",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if t.Data == "" || t.Vectors == "" && network == "" || out == "" {
				return usage("train syntax: --data, --out, and --vectors or --network are needed")
			}
			t.Log = c.ErrOrStderr()
			if network != "" {
				m, err := t.Retrain(network)
				if err != nil {
					return err
				}
				return writeModel(m, out)
			}
			if t.Epochs < 1 || t.TeacherEpochs < 1 || t.Words < 1 || t.Teachers < 0 {
				return usage("--epochs, --teacher-epochs and --words: want positive numbers, --teachers none or more")
			}
			if err := t.Train(c.Context()); err != nil {
				return err
			}
			m, err := t.Model()
			if err != nil {
				return err
			}
			return writeModel(m, out)
		},
	}
	c.Flags().StringVar(&t.Data, "data", "", "folder with treebanks (parse/) and plain texts (text/)")
	c.Flags().StringVar(&t.Vectors, "vectors", "", "word vectors of 100 dimensions: GloVe's text format or wink-embeddings' JSON")
	c.Flags().StringVar(&out, "out", "", "file to write the model to")
	c.Flags().StringVar(&network, "network", "", "a model whose network is kept: the rest is trained anew")
	c.Flags().StringVar(&t.Checkpoint, "checkpoint", "", "file to save to after every epoch, and to resume from")
	c.Flags().IntVar(&t.Teachers, "teachers", syntax.DefaultTeachers, "networks that are trained first, to parse the plain texts; 0 for none")
	c.Flags().IntVar(&t.TeacherEpochs, "teacher-epochs", syntax.DefaultTeacherEpochs, "passes over the treebanks for each of them")
	c.Flags().IntVar(&t.Epochs, "epochs", syntax.DefaultEpochs, "passes over the treebanks")
	c.Flags().IntVar(&t.Words, "words", syntax.DefaultWords, "number of word vectors to keep, the frequent first")
	return c
}

func writeModel(m *syntax.Model, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = m.Encode(f)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
