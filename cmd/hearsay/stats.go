package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/ingest/news"
)

func statsCommand() *cobra.Command {
	var db, format string
	c := &cobra.Command{
		Use:     "stats",
		Short:   "Count what a store holds",
		Example: "  hearsay stats\n  hearsay stats --format json",
		Args:    noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if format != "text" && format != "json" {
				return usage("--format %q: text and json are known", format)
			}
			return withStore(c, db, true, func(store *graph.Store) error {
				s, err := store.Stats(c.Context())
				if err != nil {
					return err
				}
				if format == "json" {
					return json.NewEncoder(c.OutOrStdout()).Encode(s)
				}
				return writeStats(c.OutOrStdout(), s)
			})
		},
	}
	storeFlag(c, &db)
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}

func writeStats(out io.Writer, s graph.Stats) error {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', tabwriter.AlignRight)
	for _, row := range []struct {
		n    int
		what string
	}{
		{s.Documents, "documents"}, {s.Claims, "claims"}, {s.Propositions, "propositions"},
		{s.Sources, "sources"}, {s.Entities, "entities"}, {s.Quads, "quads"},
		{s.Agreements, "agreements between claims"}, {s.Disagreements, "disagreements between claims"},
		{s.Rivals, "rival propositions"}, {s.Conflicts, "conflicting quantities"},
	} {
		fmt.Fprintf(w, "%d\t  %s\n", row.n, row.what)
	}
	fmt.Fprint(w, "\t\n")
	for _, stance := range news.Stances {
		if n := s.Stances[stance]; n > 0 {
			fmt.Fprintf(w, "%d\t  %s\n", n, stance)
		}
	}
	return w.Flush()
}
