package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/graph/web"
)

func reportCommand() *cobra.Command {
	var db, about, format, out string
	c := &cobra.Command{
		Use:   "report --about ENTITY",
		Short: "Write up what is said about somebody or something",
		Long: `Report writes what the graph has about an entity or a topic, to hand over: the sides
with their quotes and sources, the disputes, numbers that differ, a timeline and
(in HTML) a drawing. The HTML stands in one file that needs nothing else.`,
		Example: "  hearsay report --about hs:NorthKorea\n  hearsay report --about WannaCry --format html -o wannacry.html",
		Args:    noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if about == "" {
				return usage("--about is missing: want an entity, as hs:NorthKorea or its name")
			}
			if format != "markdown" && format != "html" {
				return usage("--format %q: markdown and html are known", format)
			}
			return withStore(c, db, true, func(store *graph.Store) error { return writeReport(c, store, about, format, out) })
		},
	}
	storeFlag(c, &db)
	c.Flags().StringVar(&about, "about", "", "entity or topic")
	c.Flags().StringVar(&format, "format", "markdown", "markdown or html")
	c.Flags().StringVarP(&out, "output", "o", "", "write to this file")
	return c
}

func writeReport(c *cobra.Command, store *graph.Store, about, format, out string) error {
	id := strings.TrimSuffix(strings.TrimPrefix(about, "<"), ">")
	if !strings.HasPrefix(id, "hs:") {
		iri, err := store.Resolve(c.Context(), about)
		if err != nil {
			return queryUsage(err)
		}
		id = iri
	}
	var b strings.Builder
	err := web.Report(c.Context(), &b, store, id, format)
	switch {
	case errors.Is(err, graph.ErrNotFound):
		return hinted(err, "hearsay query sources lists who speaks")
	case err != nil:
		return err
	}
	if out == "" {
		w := bufio.NewWriter(c.OutOrStdout())
		_, err := io.WriteString(w, b.String())
		return errors.Join(err, w.Flush())
	}
	if err := os.WriteFile(out, []byte(b.String()), 0o666); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}
