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
to documents that a store has.

Within a document the rules decide, and between documents the links that build
computes: "hearsay explain ENTITY" shows each with its rule, score and evidence,
and how to undo it.`,
		Example: `  hearsay entities list --suspicious
  hearsay entities merge hs:LazarusGroup hs:HiddenCobra
  hearsay entities split hs:Trump hs:DonaldTrump
  hearsay entities split hs:JohnSmith hs:doc/fire hs:JohnSmith_Mayor`,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		&cobra.Command{
			Use: "merge A [B]", Short: "Say that B is A; or that all who are called A are one",
			Example: "  hearsay entities merge hs:ThreatActor41 hs:LazarusGroup",
			Args:    between(1, 2, "one entity or two"),
			RunE: func(c *cobra.Command, a []string) error {
				if len(a) == 1 {
					return decide(c, "one "+iri(a[0]))
				}
				return decide(c, "merge "+iri(a[0])+" "+iri(a[1]))
			},
		},
		&cobra.Command{
			Use: "split A [DOC] B", Short: "Say that in document DOC, A is another: B; or that A and B are two",
			Example: "  hearsay entities split hs:JohnSmith lamps-out 'John Smith of Varo'",
			Args:    between(2, 3, "two entities, or an entity, a document and the other entity's name"),
			RunE: func(c *cobra.Command, a []string) error {
				if len(a) == 2 {
					return decide(c, "apart "+iri(a[0])+" "+iri(a[1]))
				}
				return decide(c, "split "+iri(a[0])+" "+iri(a[1])+" "+iri(a[2]))
			},
		},
		entitiesListCommand(),
	)
	return c
}

func between(low, high int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < low || len(args) > high {
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
		Example: "  hearsay entities list --suspicious",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withStore(c, db, true, func(store *graph.Store) error {
				seen, err := seenEntities(c.Context(), store)
				if err != nil {
					return err
				}
				out := c.OutOrStdout()
				if suspicious {
					return listSuspicious(c, store, seen)
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

// listSuspicious prints what may be two or one, what the documents together were
// taken to say of it, and the aliases of several known entities, a line each:
// entity, other entity, reason.
func listSuspicious(c *cobra.Command, store *graph.Store, seen []entity.Seen) error {
	out := c.OutOrStdout()
	decisions, err := readDecisions()
	if err != nil {
		return err
	}
	told := map[string]bool{}
	for _, id := range entity.Identify(seen, decisions) {
		told[id.A] = told[id.A] || !id.Same
		other, what := id.B, "linked by "
		if !id.Same {
			other, what = id.Owner, "told apart by "
		}
		fmt.Fprintf(out, "%s\t%s\t%s%s, score %.2g: %s\n", id.A, other, what, id.Rule, id.Score, id.Evidence)
	}
	for _, s := range entity.Suspicious(seen) {
		if s.Other == "" && told[s.IRI] {
			continue
		}
		fmt.Fprintf(out, "%s\t%s\t%s\n", s.IRI, s.Other, s.Reason)
	}
	known, err := knownEntities(c.Context(), store)
	if err != nil {
		return err
	}
	inStore := map[string]bool{}
	for i := range seen {
		inStore[seen[i].IRI] = true
	}
	index := entity.NewKnown(known)
	for _, name := range index.Ambiguous() {
		owners := index.Named(name)
		for _, o := range owners[1:] {
			if inStore[owners[0].IRI] || inStore[o.IRI] {
				fmt.Fprintf(out, "%s\t%s\tambiguous: both are also called %s\n", owners[0].IRI, o.IRI, name)
			}
		}
	}
	return nil
}

// relink recomputes the links of a store: who is who across its documents, and
// what claims have to do with one another.
func relink(ctx context.Context, store *graph.Store) error {
	seen, err := seenEntities(ctx, store)
	if err != nil {
		return err
	}
	decisions, err := readDecisions()
	if err != nil {
		return err
	}
	ids := entity.Identify(seen, decisions)
	links := make([]graph.EntityLink, len(ids))
	for i, id := range ids {
		links[i] = graph.EntityLink{A: id.A, B: id.B, Rule: id.Rule, Score: id.Score, Evidence: id.Evidence,
			Documents: id.Documents, Owner: id.Owner, Label: id.Label}
	}
	return store.Relink(ctx, links...)
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
	label, aliases := make(map[string]graph.Name, len(names)), map[string][]string{}
	for _, n := range names {
		if n.Alias {
			aliases[n.IRI] = append(aliases[n.IRI], n.Text)
		} else {
			label[n.IRI] = n
		}
	}
	out := make([]entity.Seen, len(mentioned))
	for i, m := range mentioned {
		out[i] = entity.Seen{
			IRI: m.IRI, Name: label[m.IRI].Text, Class: label[m.IRI].Class, Known: isKnown[m.IRI],
			Documents: m.Documents, Merged: m.Because, Aliases: aliases[m.IRI], Roles: m.Roles,
		}
	}
	return out, nil
}
