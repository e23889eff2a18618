package main

import (
	"github.com/spf13/cobra"

	"hearsay/ingest"
	"hearsay/ingest/eval"
	"hearsay/ingest/syntax"
)

// fitCommand fits the small models of the propositions anew. It is for those
// who change their rules, and hidden from the others.
func fitCommand() *cobra.Command {
	var data string
	c := &cobra.Command{
		Use:       "fit --data DIR confidence|factuality",
		Short:     "Fit a small model and print its weights",
		Long:      "Fit the weights of the tuples' confidence (on CaRB) or of factuality (on It\nHappened) and print them. They belong into ingest/proposition/data.",
		Example:   "  hearsay fit --data ../data confidence > confidence.tsv",
		Hidden:    true,
		Args:      cobra.ExactArgs(1),
		ValidArgs: []string{"confidence", "factuality"},
		RunE: func(c *cobra.Command, args []string) error {
			model, err := syntax.Default()
			if err != nil {
				return err
			}
			p := &ingest.Pipeline{Syntax: model}
			fit := eval.FitConfidence
			switch args[0] {
			case "confidence":
			case "factuality":
				fit = eval.FitFactuality
			default:
				return usage("unknown model %q: want confidence or factuality", args[0])
			}
			weights, err := fit(p, data)
			if err != nil {
				return err
			}
			_, err = c.OutOrStdout().Write(weights)
			return err
		},
	}
	c.Flags().StringVar(&data, "data", "", "folder with the gold standards")
	return c
}
