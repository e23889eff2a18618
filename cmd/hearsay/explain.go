package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"hearsay/graph"
)

func explainCommand() *cobra.Command {
	var db, format string
	c := &cobra.Command{
		Use:   "explain ID",
		Short: "Show the sentences behind a claim, a proposition or an edge",
		Long: `Show where something in the graph comes from: each sentence with its source,
cue and content marked, the document, its date and its outlet.

ID is the IRI of a claim or proposition, or an edge: subject, predicate and
object, as one argument or as three. On a terminal the parts are coloured,
elsewhere and under NO_COLOR they stand in brackets.`,
		Example: `  hearsay explain hs:claim/0123456789abcdef0123
  hearsay explain hs:Kaspersky hs:doubts hs:attribution`,
		Args: atLeastOne("an id"),
		RunE: func(c *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usage("--format %q: text and json are known", format)
			}
			if len(args) != 1 && len(args) != 3 {
				return usage("an id or the three parts of an edge are needed: %s", c.UseLine())
			}
			return withStore(c, db, true, func(store *graph.Store) error {
				e, err := store.Explain(c.Context(), strings.Join(args, " "))
				if errors.Is(err, graph.ErrNotFound) {
					return hinted(err, "ids come from hearsay query and hearsay extract; hearsay query documents lists the documents")
				}
				if err != nil {
					return err
				}
				if format == "json" {
					j := json.NewEncoder(c.OutOrStdout())
					j.SetEscapeHTML(false)
					return j.Encode(e)
				}
				_, err = io.WriteString(c.OutOrStdout(), explain(e, isTerminal(c.OutOrStdout()) && os.Getenv("NO_COLOR") == ""))
				return err
			})
		},
	}
	storeFlag(c, &db)
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}

// explain is an explanation for people.
func explain(e *graph.Explanation, color bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n", e.ID, e.Kind)
	if e.Label != "" {
		fmt.Fprintf(&b, "%s\n", e.Label)
	}
	for _, n := range e.Notes {
		fmt.Fprintf(&b, "  %s\n", n)
	}
	for _, v := range e.Evidence {
		b.WriteString("\n  " + strings.ReplaceAll(markUp(v.Text, v.Marks, color), "\n", "\n  ") + "\n")
		var facts []string
		for _, f := range []string{v.Source, v.Stance, v.Certainty} {
			if f != "" {
				facts = append(facts, f)
			}
		}
		if len(facts) > 0 {
			line := strings.Join(facts, " · ")
			if v.Claim != "" && v.Claim != e.ID {
				line += "  " + v.Claim
			}
			if v.Rule != "" {
				line += "  (" + v.Rule + ")"
			}
			b.WriteString("    " + line + "\n")
		}
		b.WriteString("    " + origin(&v) + "\n")
	}
	return b.String()
}

// origin is where evidence stands: title, outlet, date, document.
func origin(v *graph.Evidence) string {
	var parts []string
	if v.Title != "" {
		parts = append(parts, v.Title)
	}
	if v.Outlet != "" {
		parts = append(parts, v.Outlet)
	}
	if !v.Published.IsZero() {
		parts = append(parts, v.Published.Format("2006-01-02"))
	}
	return strings.Join(append(parts, v.Document), " · ")
}

var roleColors = map[string]string{"source": "\x1b[36m", "cue": "\x1b[33;1m", "content": "\x1b[4m"}

// markUp puts the marks into a text: colours, or [source: ...] where there are
// none. Marks may lie in each other.
func markUp(text string, marks []graph.Mark, color bool) string {
	open, shut := map[int]string{}, map[int]string{}
	for _, m := range marks {
		if m.End <= m.Start {
			continue
		}
		if color {
			open[m.Start] += roleColors[m.Role]
			shut[m.End] = "\x1b[0m"
			continue
		}
		open[m.Start] += "[" + m.Role + ": "
		shut[m.End] += "]"
	}
	var b strings.Builder
	n := 0
	for _, r := range text {
		b.WriteString(shut[n])
		if color && shut[n] != "" {
			b.WriteString(stillOpen(marks, n))
		}
		b.WriteString(open[n])
		b.WriteRune(r)
		n++
	}
	b.WriteString(shut[n])
	return b.String()
}

// stillOpen are the colours of the marks that go on through place n.
func stillOpen(marks []graph.Mark, n int) string {
	s := ""
	for _, m := range marks {
		if m.Start < n && n < m.End {
			s += roleColors[m.Role]
		}
	}
	return s
}
