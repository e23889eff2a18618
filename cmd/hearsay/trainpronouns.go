package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"hearsay/ingest/entity"
	"hearsay/ingest/eval"
)

// trainPronounsCommand learns the weights of pronoun resolution.
func trainPronounsCommand() *cobra.Command {
	var data, out string
	var epochs int
	c := &cobra.Command{
		Use:   "pronouns --data DIR",
		Short: "Learn the weights of pronoun resolution",
		Long: "Learn the weights of pronoun resolution from OntoGUM's training part and GAP's\n" +
			"development part in DIR/coref, over the mentions that the embedded models find.",
		Example: "  hearsay train pronouns --data ../data",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if data == "" {
				return usage("--data: name the folder with the corpora")
			}
			p, err := newPipeline(c.Context(), nil)
			if err != nil {
				return err
			}
			examples, err := eval.PronounExamples(eval.Options{Data: data, Pipeline: p})
			if err != nil {
				return err
			}
			fmt.Fprintf(c.ErrOrStderr(), "%d pronouns\n", len(examples))
			return os.WriteFile(out, entity.TrainPronouns(examples, epochs), 0o644)
		},
	}
	c.Flags().StringVar(&data, "data", "", "folder with the corpora")
	c.Flags().StringVarP(&out, "output", "o", "ingest/entity/model/pronouns.txt", "file to write")
	c.Flags().IntVar(&epochs, "epochs", 20, "passes over the examples")
	return c
}
