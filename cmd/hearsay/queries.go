package main

import (
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"hearsay/queries"
)

func queriesCommand() *cobra.Command {
	var dirs []string
	c := &cobra.Command{
		Use:   "queries [NAME]",
		Short: "List the saved queries, or show one",
		Long: `Queries lists the saved queries. With the name of one it shows what it takes, and
the script.

A query of your own is a file NAME.js in a folder that you name with --queries.
It begins with a header like those of the built-in ones, which one of them shows.`,
		Example: "  hearsay queries\n  hearsay queries who-says\n  hearsay queries --queries mine",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			set, err := loadQueries(dirs)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return listQueries(c.OutOrStdout(), set)
			}
			q, err := set.Get(args[0])
			if err != nil {
				return queryUsage(err)
			}
			return showQuery(c.OutOrStdout(), q)
		},
	}
	c.Flags().StringArrayVar(&dirs, "queries", nil, "folder with queries of your own")
	return c
}

func listQueries(out io.Writer, set *queries.Set) error {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	for _, q := range set.All() {
		var params []string
		for _, p := range q.Params {
			if !p.Optional {
				params = append(params, p.Name)
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", q.Name, strings.Join(params, " "), q.Summary())
	}
	return w.Flush()
}

func showQuery(out io.Writer, q *queries.Query) error {
	fmt.Fprintf(out, "%s\n\n%s\n\n", q.Name, q.Description)
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	for _, p := range q.Params {
		note := p.Description
		switch {
		case !p.Optional:
			note += " (required)"
		case p.Default != "":
			note += " (default " + p.Default + ")"
		}
		kind := string(p.Type)
		if p.Type == queries.Choice && len(p.Choices) <= 5 {
			kind = strings.Join(p.Choices, "|")
		}
		fmt.Fprintf(w, "  --param %s=\t%s\t%s\n", p.Name, kind, note)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out, "\nExamples:")
	for _, e := range q.Examples {
		fmt.Fprintf(out, "  hearsay query %s%s\n", q.Name, exampleFlags(e))
	}
	_, err := fmt.Fprintf(out, "\n%s\n%s", q.File, q.Source)
	return err
}

// exampleFlags writes the values of an example as one would type them.
func exampleFlags(e queries.Example) string {
	keys := make([]string, 0, len(e))
	for k := range e {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var b strings.Builder
	for _, k := range keys {
		value := k + "=" + e[k]
		if strings.ContainsAny(value, " '\"$") {
			quoted, _ := json.Marshal(value) // as a shell reads it, for such plain values
			value = string(quoted)
		}
		b.WriteString(" --param " + value)
	}
	return b.String()
}
