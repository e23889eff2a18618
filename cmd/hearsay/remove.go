package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"hearsay/graph"
)

func removeCommand() *cobra.Command {
	var db string
	c := &cobra.Command{
		Use:   "remove DOC...",
		Short: "Take documents out of a store",
		Long: `Take the quads of documents out of a store. Everyone else's stay: what other
documents say too is still there.

DOC is a document's IRI (hs:doc/...) or its identity: JSONL id, URL or path.`,
		Example: `  hearsay remove hs:doc/wannacry-1f2e3d4c
  hearsay remove https://example.org/2017/wannacry`,
		Args: atLeastOne("a document"),
		RunE: func(c *cobra.Command, args []string) error {
			return withStore(c, db, false, func(store *graph.Store) error { return remove(c, store, args) })
		},
	}
	storeFlag(c, &db)
	return c
}

func remove(c *cobra.Command, store *graph.Store, docs []string) error {
	var failed error
	for _, doc := range docs {
		gone, err := store.Remove(c.Context(), doc)
		if err != nil {
			failed = err
			break
		}
		for _, iri := range gone {
			fmt.Fprintln(c.OutOrStdout(), "removed", iri)
		}
	}
	if err := settle(c.Context(), store, nil); err != nil {
		return errors.Join(failed, err)
	}
	if errors.Is(failed, graph.ErrNotFound) {
		return hinted(failed, "hearsay query documents lists what is there")
	}
	return failed
}

// atLeastOne demands an argument.
func atLeastOne(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usage("%s is needed: %s", what, c.UseLine())
		}
		return nil
	}
}
