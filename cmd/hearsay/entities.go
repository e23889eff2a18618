package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/ingest/entity"
)

// decisionsFile holds what was decided about entities, in the working directory.
const decisionsFile = "hearsay.decisions"

// readDecisions are the decisions of the working directory, none where it has no
// such file.
func readDecisions() ([]entity.Decision, error) {
	f, err := os.Open(decisionsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, err := entity.ReadDecisions(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", decisionsFile, err)
	}
	return d, nil
}

// entitiesCommand is about who is who.
func entitiesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "entities",
		Short: "Decide who is who, against the rules where they are wrong",
		Long: `Decide who is who. Decisions are lines of the file ` + decisionsFile + ` in the working
directory, which can be kept under version control; taking a line out takes the
decision back. They hold for what is read afterwards: build again to apply them
to documents that a store has.`,
		Example: `  hearsay entities list --suspicious
  hearsay entities merge hs:LazarusGroup hs:HiddenCobra
  hearsay entities split hs:JohnSmith hs:doc/fire hs:JohnSmith_Mayor`,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		&cobra.Command{
			Use: "merge A B", Short: "Say that B is A",
			Args: exactly(2, "two entities"),
			RunE: func(c *cobra.Command, a []string) error { return decide(c, "merge "+iri(a[0])+" "+iri(a[1])) },
		},
		&cobra.Command{
			Use: "split A DOC B", Short: "Say that in document DOC, A is another: B",
			Args: exactly(3, "an entity, a document and the other entity's name"),
			RunE: func(c *cobra.Command, a []string) error {
				return decide(c, "split "+iri(a[0])+" "+iri(a[1])+" "+iri(a[2]))
			},
		},
		entitiesListCommand(),
	)
	return c
}

func exactly(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return usage("%d arguments, want %s", len(args), what)
		}
		return nil
	}
}

// iri takes the brackets off an entity's name.
func iri(s string) string { return strings.TrimSuffix(strings.TrimPrefix(s, "<"), ">") }

// decide adds a line to the decisions, once.
func decide(c *cobra.Command, line string) error {
	if _, err := entity.ReadDecisions(strings.NewReader(line)); err != nil {
		return usage("%w", err)
	}
	have, err := readDecisions()
	if err != nil {
		return err
	}
	for _, d := range have {
		if d.String() == line {
			fmt.Fprintf(c.OutOrStdout(), "%s has it already\n", decisionsFile)
			return nil
		}
	}
	f, err := os.OpenFile(decisionsFile, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, line)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", decisionsFile, err)
	}
	fmt.Fprintf(c.OutOrStdout(), "noted in %s; build again to apply it to documents already stored\n", decisionsFile)
	return nil
}

func entitiesListCommand() *cobra.Command {
	var db string
	var suspicious bool
	c := &cobra.Command{
		Use: "list", Short: "List the entities that documents mention, or the suspicious ones",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withStore(c, db, true, func(store *graph.Store) error {
				seen, err := seenEntities(c.Context(), store)
				if err != nil {
					return err
				}
				out := c.OutOrStdout()
				if suspicious {
					for _, s := range entity.Suspicious(seen) {
						fmt.Fprintf(out, "%s\t%s\t%s\n", s.IRI, s.Other, s.Reason)
					}
					return nil
				}
				for i := range seen {
					fmt.Fprintf(out, "%s\t%s\t%s\n", seen[i].IRI, seen[i].Name, plural(len(seen[i].Documents), "document"))
				}
				return nil
			})
		},
	}
	storeFlag(c, &db)
	c.Flags().BoolVar(&suspicious, "suspicious", false, "only those that may be two, or two that may be one, with the reason")
	return c
}

// seenEntities are the entities that documents mention, by IRI.
func seenEntities(ctx context.Context, store *graph.Store) ([]entity.Seen, error) {
	mentioned, err := store.Mentioned(ctx)
	if err != nil {
		return nil, err
	}
	known, err := knownEntities(ctx, store)
	if err != nil {
		return nil, err
	}
	isKnown := make(map[string]bool, len(known))
	for i := range known {
		isKnown[known[i].IRI] = true
	}
	names, err := store.Names(ctx)
	if err != nil {
		return nil, err
	}
	label := make(map[string]graph.Name, len(names))
	for _, n := range names {
		if !n.Alias {
			label[n.IRI] = n
		}
	}
	out := make([]entity.Seen, len(mentioned))
	for i, m := range mentioned {
		out[i] = entity.Seen{
			IRI: m.IRI, Name: label[m.IRI].Text, Class: label[m.IRI].Class, Known: isKnown[m.IRI],
			Documents: m.Documents, Merged: m.Because,
		}
	}
	return out, nil
}
