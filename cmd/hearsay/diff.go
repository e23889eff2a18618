package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/queries"
)

// change is one difference between two states of a graph.
type change struct {
	Change   string `json:"change"` // new, withdrawn or changed
	What     string `json:"what"`   // claim, position (a source's, on one statement) or dispute
	Source   string `json:"source,omitempty"`
	Stance   string `json:"stance,omitempty"`
	Before   string `json:"before,omitempty"` // the earlier stance and certainty of a claim, stance and day of a position, sides of a dispute
	After    string `json:"after,omitempty"`
	Content  string `json:"content"`
	Outlet   string `json:"outlet,omitempty"`
	Date     string `json:"date,omitempty"`
	Document string `json:"document,omitempty"` // its identity
	Claim    string `json:"claim,omitempty"`
}

func diffCommand() *cobra.Command {
	var db, since, format string
	c := &cobra.Command{
		Use:   "diff --since DAY | OLD.nq NEW.nq",
		Short: "Show what is new: claims, positions and disputes",
		Long: `Diff shows what came since a day (by the documents' own dates), or what differs
between two exports in N-Quads: new, withdrawn and changed claims, positions that
sources changed, and disputes that are new, gone or have other sides.
A claim counts as changed where the same source says the same words in the same
article with another stance or certainty; a source that took another position
later is shown with both.`,
		Example: "  hearsay diff --since 2017-05-15\n  hearsay diff monday.nq tuesday.nq --format jsonl",
		Args:    cobra.MaximumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			if format != "text" && format != "jsonl" {
				return usage("--format %q: text and jsonl are known", format)
			}
			var changes []change
			var err error
			switch {
			case len(args) == 2 && since == "":
				changes, err = diffExports(c.Context(), args[0], args[1])
			case len(args) == 0 && since != "":
				day, perr := time.Parse(time.DateOnly, since)
				if perr != nil {
					return usage("--since %q: want a day, as 2017-05-15", since)
				}
				err = withStore(c, db, true, func(store *graph.Store) error {
					changes, err = diffSince(c.Context(), store, day.Format(time.DateOnly))
					return err
				})
			default:
				return usage("want --since DAY, or two exports: OLD.nq NEW.nq")
			}
			if err != nil {
				return err
			}
			return writeChanges(c.OutOrStdout(), changes, format)
		},
	}
	storeFlag(c, &db)
	c.Flags().StringVar(&since, "since", "", "show what documents from this day on brought")
	c.Flags().StringVar(&format, "format", "text", "text or jsonl")
	return c
}

// saidScript gives every claim that isn't a document's own, with the identity of
// its document.
const saidScript = `var ids = {};
hs.rows(hs.all(g.V("named", "unnamed", "unresolved").in("<hs:sourceKind>"))).forEach(function (row) {
  if (!(row.document in ids)) ids[row.document] = hs.get(row.document, "<" + hs.SCHEMA + "identifier>");
  g.emit(Object.assign(row, { identity: ids[row.document] }));
});`

// state is what a graph holds that a diff compares.
type state struct {
	claims   []graph.Row
	disputes map[string]graph.Row
	changed  []graph.Row
}

func readState(ctx context.Context, store *graph.Store, since string) (*state, error) {
	st := &state{disputes: map[string]graph.Row{}}
	gather := func(script string, params map[string]any, to func(graph.Row)) error {
		opts := graph.QueryOptions{Params: params, Library: queries.Library, Trusted: true, Limit: 1 << 20, Timeout: 10 * time.Minute}
		for row, err := range store.Query(ctx, script, opts) {
			if err != nil {
				return err
			}
			to(row)
		}
		return nil
	}
	params := map[string]any{"since": nil}
	if since != "" {
		params["since"] = since
	}
	err := gather(saidScript, params, func(r graph.Row) { st.claims = append(st.claims, r) })
	set, lerr := queries.Load()
	if err = errors.Join(err, lerr); err != nil {
		return nil, err
	}
	for name, to := range map[string]func(graph.Row){
		"disputes":          func(r graph.Row) { st.disputes[graph.Cell(r["proposition"])] = r },
		"changed-positions": func(r graph.Row) { st.changed = append(st.changed, r) },
	} {
		q, err := set.Get(name)
		if err != nil {
			return nil, err
		}
		if err := gather(q.Source, map[string]any{"limit": 100_000}, to); err != nil {
			return nil, err
		}
	}
	return st, nil
}

func diffSince(ctx context.Context, store *graph.Store, since string) ([]change, error) {
	st, err := readState(ctx, store, since)
	if err != nil {
		return nil, err
	}
	var changes []change
	for _, r := range st.claims {
		changes = append(changes, claimChange("new", r))
	}
	for _, r := range st.changed {
		if graph.Cell(r["date"]) >= since {
			changes = append(changes, positionChange(r))
		}
	}
	for _, r := range st.disputes {
		if graph.Cell(r["latest"]) >= since {
			changes = append(changes, disputeChange("new", r))
		}
	}
	return sortChanges(changes), nil
}

func diffExports(ctx context.Context, before, after string) ([]change, error) {
	var states [2]*state
	for i, file := range []string{before, after} {
		st, err := stateOfExport(ctx, file)
		if err != nil {
			return nil, err
		}
		states[i] = st
	}
	return compare(states[0], states[1]), nil
}

func stateOfExport(ctx context.Context, file string) (*state, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	store, err := graph.Open(ctx, "memory:", graph.Options{})
	if err != nil {
		return nil, err
	}
	defer store.Close()
	if _, err := store.Import(ctx, in, graph.ImportOptions{Strict: true}); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return readState(ctx, store, "")
}

// words names a claim by who says what where, whatever the version of the
// article: its id is that of one version.
func words(r graph.Row) string {
	return strings.Join([]string{graph.Cell(r["identity"]), graph.Cell(r["source"]), graph.Cell(r["content"]), graph.Cell(r["cue"])}, "\x00")
}

func manner(r graph.Row) string {
	return strings.TrimSpace(graph.Cell(r["stance"]) + " " + graph.Cell(r["certainty"]))
}

func compare(before, after *state) []change {
	had := map[string]graph.Row{}
	for _, r := range before.claims {
		had[words(r)] = r
	}
	var changes []change
	has := map[string]bool{}
	for _, r := range after.claims {
		key := words(r)
		has[key] = true
		old, there := had[key]
		switch {
		case !there:
			changes = append(changes, claimChange("new", r))
		case manner(old) != manner(r):
			ch := claimChange("changed", r)
			ch.Before, ch.After, ch.Stance = manner(old), manner(r), ""
			changes = append(changes, ch)
		}
	}
	for key, r := range had {
		if !has[key] {
			changes = append(changes, claimChange("withdrawn", r))
		}
	}
	known := map[string]bool{}
	for _, r := range before.changed {
		known[words(r)+graph.Cell(r["earlier"])] = true
	}
	for _, r := range after.changed {
		if !known[words(r)+graph.Cell(r["earlier"])] {
			changes = append(changes, positionChange(r))
		}
	}
	for p, r := range after.disputes {
		old := before.disputes[p]
		switch {
		case old == nil:
			changes = append(changes, disputeChange("new", r))
		case sidesOf(old) != sidesOf(r):
			ch := disputeChange("changed", r)
			ch.Before, ch.After = sidesOf(old), sidesOf(r)
			changes = append(changes, ch)
		}
	}
	for p, r := range before.disputes {
		if after.disputes[p] == nil {
			changes = append(changes, disputeChange("withdrawn", r))
		}
	}
	return sortChanges(changes)
}

func claimChange(kind string, r graph.Row) change {
	return change{Change: kind, What: "claim", Source: graph.Cell(r["source_name"]), Stance: graph.Cell(r["stance"]), Content: graph.Cell(r["content"]),
		Outlet: graph.Cell(r["outlet"]), Date: graph.Cell(r["date"]), Document: graph.Cell(r["identity"]), Claim: graph.Cell(r["claim"])}
}

// positionChange is that a source holds another position than it held before.
func positionChange(r graph.Row) change {
	ch := claimChange("changed", r)
	ch.What = "position"
	ch.Before = graph.Cell(r["earlier_stance"]) + " " + graph.Cell(r["earlier_date"])
	ch.After, ch.Stance = graph.Cell(r["stance"]), ""
	return ch
}

// sidesOf is who stands where in a dispute.
func sidesOf(r graph.Row) string {
	var sides []string
	for _, side := range []struct{ column, words string }{{"supporters", "for"}, {"opposers", "against"}, {"uncommitted", "open"}} {
		if names := graph.Cell(r[side.column]); names != "" {
			sides = append(sides, side.words+": "+names)
		}
	}
	return strings.Join(sides, "; ")
}

func disputeChange(kind string, r graph.Row) change {
	return change{Change: kind, What: "dispute", Content: graph.Cell(r["proposition_name"]), Date: graph.Cell(r["latest"])}
}

func sortChanges(list []change) []change {
	sort.Slice(list, func(i, j int) bool {
		a, b := list[i], list[j]
		for _, x := range [][2]string{{b.What, a.What}, {a.Date, b.Date}, {a.Document, b.Document}, {a.Source, b.Source}, {a.Content, b.Content}, {a.Change, b.Change}} {
			if x[0] != x[1] {
				return x[0] < x[1]
			}
		}
		return a.Claim < b.Claim
	})
	return list
}

func writeChanges(w io.Writer, list []change, format string) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	signs := map[string]string{"new": "+", "withdrawn": "-", "changed": "~"}
	for _, ch := range list {
		if format == "jsonl" {
			if err := enc.Encode(ch); err != nil {
				return err
			}
			continue
		}
		line := []string{signs[ch.Change], ch.Date, ch.Source, ch.Stance}
		if ch.Change == "changed" {
			line = append(line, ch.Before, "→", ch.After)
		}
		if ch.What == "dispute" {
			line = append(line, "dispute:")
		}
		line = append(line, ch.Content)
		if ch.Outlet != "" {
			line = append(line, "("+ch.Outlet+")")
		}
		fmt.Fprintln(out, printable(strings.Join(line, " ")))
	}
	return out.Flush()
}
