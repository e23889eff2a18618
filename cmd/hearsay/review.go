package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/ingest/news"
)

// reviewFlags are what the review command was told.
type reviewFlags struct {
	db, note, grade, stance, source, by string
	accept, reject, correct, json       bool
}

func reviewCommand() *cobra.Command {
	var f reviewFlags
	c := &cobra.Command{
		Use:   "review [ID --accept | --reject | --correct]",
		Short: "Decide on a claim, or list what was decided",
		Long: `Review stores an analyst's decision on a claim, a proposition, or on the entity that
names were merged into. Decisions are quads in a graph of their own,
hs:graph/decisions: what was read stays as it is, a build leaves them alone, and
an export has them. The last decision on a node is the current one. Saved queries
take --param review=accepted, not-rejected or undecided.

--grade takes an Admiralty grade: the source's reliability, A to F, and the
information's credibility, 1 to 6. Without an ID, review lists the decisions.`,
		Example: "  hearsay review\n  hearsay review hs:claim/0ba1a5f29ec002434121 --accept --grade B2 --note 'heard twice'\n" +
			"  hearsay review hs:claim/0ba1a5f29ec002434121 --correct --stance denies",
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return f.list(c)
			}
			return f.decide(c, args[0])
		},
	}
	storeFlag(c, &f.db)
	c.Flags().BoolVar(&f.accept, "accept", false, "it is as it was read")
	c.Flags().BoolVar(&f.reject, "reject", false, "it is not in the text, or not so")
	c.Flags().BoolVar(&f.correct, "correct", false, "it is in the text, but with another stance or source")
	c.Flags().StringVar(&f.stance, "stance", "", "the right stance, for --correct")
	c.Flags().StringVar(&f.source, "source", "", "who really speaks, for --correct: an entity")
	c.Flags().StringVar(&f.grade, "grade", "", "Admiralty grade, as B2")
	c.Flags().StringVar(&f.note, "note", "", "why")
	c.Flags().StringVar(&f.by, "by", "", "who decides")
	c.Flags().BoolVar(&f.json, "json", false, "list as JSON lines")
	return c
}

func (f *reviewFlags) decide(c *cobra.Command, id string) error {
	d := graph.Decision{Target: id, Note: f.note, By: f.by, Stance: news.Stance(f.stance)}
	given := 0
	for _, v := range []struct {
		flag    bool
		verdict graph.Verdict
	}{{f.accept, graph.Accept}, {f.reject, graph.Reject}, {f.correct, graph.Correct}} {
		if v.flag {
			d.Verdict = v.verdict
			given++
		}
	}
	if given != 1 {
		return usage("want one of --accept, --reject and --correct")
	}
	for _, r := range strings.ToUpper(f.grade) {
		switch {
		case r >= 'A' && r <= 'F' && d.Reliability == "" && d.Credibility == "":
			d.Reliability = string(r)
		case r >= '1' && r <= '6' && d.Credibility == "":
			d.Credibility = string(r)
		default:
			return usage("--grade %q: want an Admiralty grade, as B2", f.grade)
		}
	}
	return withStore(c, f.db, false, func(store *graph.Store) error {
		if f.source != "" {
			d.Source = strings.Trim(f.source, "<>")
			if !strings.HasPrefix(d.Source, "hs:") {
				iri, err := store.Resolve(c.Context(), f.source)
				if err != nil {
					return queryUsage(err)
				}
				d.Source = iri
			}
		}
		stored, err := store.Decide(c.Context(), d)
		switch {
		case errors.Is(err, graph.ErrNotFound):
			return hinted(err, "hearsay query who-says shows claims with their ids")
		case errors.Is(err, graph.ErrDecision):
			return usage("%w", err)
		case err != nil:
			return err
		}
		_, err = fmt.Fprintln(c.OutOrStdout(), stored.ID)
		return err
	})
}

func (f *reviewFlags) list(c *cobra.Command) error {
	if f.accept || f.reject || f.correct {
		return usage("want the id of what is decided")
	}
	return withStore(c, f.db, true, func(store *graph.Store) error {
		list, err := store.Decisions(c.Context(), "")
		if err != nil {
			return err
		}
		return f.write(c.OutOrStdout(), list)
	})
}

func (f *reviewFlags) write(out io.Writer, list []graph.Decision) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, d := range list {
		var err error
		if f.json {
			err = enc.Encode(d)
		} else {
			_, err = fmt.Fprintln(out, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s %s %s %s %s", d.Time.Format(time.RFC3339), d.Target,
				d.Verdict, d.Grade(), d.Stance, d.Source, printable(d.By), printable(d.Note))), " "))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
