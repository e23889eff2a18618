package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hearsay/ingest/eval"
	"hearsay/seeds"
)

// evalCommand measures the pipeline on gold standards that aren't part of the
// product.
func evalCommand() *cobra.Command {
	var data, format string
	var floors, errs bool
	var help strings.Builder
	names := []string{"all"}
	for _, t := range eval.Tasks() {
		names = append(names, t.Name)
		fmt.Fprintf(&help, "  %-12s %s\n", t.Name, t.Doc)
	}
	c := &cobra.Command{
		Use:   "eval --data DIR " + strings.Join(names, "|") + "...",
		Short: "Measure the language stages on gold standards",
		Long: "Measure the language stages on gold standards and print every score beside\n" +
			"the level it has to pass and the one it is to reach.\n\n" + help.String() + "  all          everything",
		Example:   "  hearsay eval --data ../data syntax\n  hearsay eval --data ../data --format json all",
		ValidArgs: names,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && floors {
				args = []string{"all"}
			}
			if len(args) == 0 {
				return usage("name what to measure: %s", strings.Join(names, ", "))
			}
			if data == "" {
				return usage("--data: name the folder with the gold standards")
			}
			if format != "table" && format != "json" {
				return usage("--format %s: want table or json", format)
			}
			for _, a := range args {
				if !slices.Contains(names, a) {
					return usage("unknown part %q: want %s", a, strings.Join(names, ", "))
				}
			}
			return runEval(c, data, format, args, floors, errs)
		},
	}
	c.Flags().StringVar(&data, "data", "", "folder with the gold standards")
	c.Flags().StringVar(&format, "format", "table", "table or json")
	c.Flags().BoolVar(&errs, "errors", false, "list on standard error what was missed, superfluous or wrong, where a part can")
	c.Flags().BoolVar(&floors, "floors", false, "fail where a score is below its floor in ingest/eval/floors.tsv")
	return c
}

func runEval(c *cobra.Command, data, format string, parts []string, floors, errs bool) error {
	pipeline, err := newPipeline(c.Context(), nil)
	if err != nil {
		return err
	}
	options := eval.Options{Data: data, Articles: seeds.Articles, Pipeline: pipeline}
	if errs {
		options.Errors = c.ErrOrStderr()
	}
	var board eval.Table
	for _, t := range eval.Tasks() {
		if !slices.Contains(parts, t.Name) && !slices.Contains(parts, "all") {
			continue
		}
		scores, err := t.Run(c.Context(), options)
		if err != nil {
			return fmt.Errorf("eval %s: %w", t.Name, err)
		}
		board = append(board, scores...)
	}
	write := board.WriteText
	if format == "json" {
		write = board.WriteJSON
	}
	if err := write(c.OutOrStdout()); err != nil || !floors {
		return err
	}
	bad, err := board.BelowFloor()
	if err == nil && len(bad) > 0 {
		err = fmt.Errorf("scores below their floors:\n%s", strings.Join(bad, "\n"))
	}
	return err
}
