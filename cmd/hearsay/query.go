package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/queries"
)

// queryFlags are what the query command was told.
type queryFlags struct {
	db, gizmo, file, format string
	params, dirs            []string
	limit                   int
	timeout                 time.Duration
}

func queryCommand() *cobra.Command {
	var f queryFlags
	c := &cobra.Command{
		Use:   "query NAME [--param key=value]... | --gizmo SCRIPT | --file FILE",
		Short: "Ask the graph: a saved query, or a Gizmo script",
		Long: `Query runs a saved query, or a script in Gizmo, over a store.

Values of parameters reach the script as data, in the object params. An entity is
written as hs:NorthKorea, or by a name that a document uses for it. The table,
which a terminal gets, shows the columns that people read first; the other
formats have all of them. "hearsay queries" lists the saved queries.`,
		Example: `  hearsay query who-doubts --param about=hs:NorthKorea
  hearsay query what-does --param source=Symantec --format csv
  hearsay query --gizmo 'g.V("<hs:Kaspersky>").out("<hs:doubts>").all()'`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args) },
	}
	storeFlag(c, &f.db)
	c.Flags().StringArrayVarP(&f.params, "param", "p", nil, "value of a parameter, as about=hs:NorthKorea")
	c.Flags().StringVar(&f.gizmo, "gizmo", "", "run this script")
	c.Flags().StringVar(&f.file, "file", "", "run the script in this file; - is standard input")
	c.Flags().StringArrayVar(&f.dirs, "queries", nil, "folder with queries of your own")
	c.Flags().StringVar(&f.format, "format", "", "table, json, jsonl or csv (default: table on a terminal, else jsonl)")
	c.Flags().IntVar(&f.limit, "limit", 0, "at most so many rows")
	c.Flags().DurationVar(&f.timeout, "timeout", graph.DefaultTimeout, "give up after this time")
	return c
}

func (f *queryFlags) run(c *cobra.Command, args []string) error {
	if err := f.check(c, args); err != nil {
		return err
	}
	q, err := f.query(c, args)
	if err != nil {
		return err
	}
	values, err := f.values(q)
	if err != nil {
		return err
	}
	return withStore(c, f.db, true, func(store *graph.Store) error {
		params, err := q.Bind(values, func(name string) (string, error) { return store.Resolve(c.Context(), name) })
		if err != nil {
			return queryUsage(err)
		}
		return f.print(c, store, q, params)
	})
}

func (f *queryFlags) check(c *cobra.Command, args []string) error {
	ways := len(args)
	for _, name := range []string{"gizmo", "file"} {
		if c.Flags().Changed(name) {
			ways++
		}
	}
	if ways != 1 {
		return &exitError{code: exitUsage, err: errors.New("want one of: the NAME of a saved query, --gizmo SCRIPT, --file FILE"),
			hint: "hearsay queries lists the saved queries"}
	}
	if f.format == "" {
		f.format = "jsonl"
		if isTerminal(c.OutOrStdout()) {
			f.format = "table"
		}
	}
	switch f.format {
	case "table", "json", "jsonl", "csv":
	default:
		return usage("--format %q: table, json, jsonl and csv are known", f.format)
	}
	if f.limit < 0 {
		return usage("--limit %d: want a number of rows", f.limit)
	}
	if f.timeout <= 0 {
		return usage("--timeout %s: want a time, as 30s", f.timeout)
	}
	return nil
}

// query is the saved query, or the script as one.
func (f *queryFlags) query(c *cobra.Command, args []string) (*queries.Query, error) {
	if len(args) == 1 {
		set, err := loadQueries(f.dirs)
		if err != nil {
			return nil, err
		}
		q, err := set.Get(args[0])
		if err != nil {
			return nil, queryUsage(err)
		}
		return q, nil
	}
	script := f.gizmo
	if f.file != "" {
		data, err := readScript(c, f.file)
		if err != nil {
			return nil, err
		}
		script = string(data)
	}
	q, err := queries.ParseScript(script)
	if err != nil {
		return nil, usage("%w", err)
	}
	return q, nil
}

func readScript(c *cobra.Command, file string) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(c.InOrStdin())
	}
	return os.ReadFile(file)
}

func loadQueries(dirs []string) (*queries.Set, error) {
	set, err := queries.Load(dirs...)
	if err != nil {
		return nil, &exitError{code: exitUsage, err: err, hint: "hearsay queries NAME shows a query with its header"}
	}
	return set, nil
}

// values are the values of --param. A script without a header takes any
// parameter, as text.
func (f *queryFlags) values(q *queries.Query) (map[string]string, error) {
	values := map[string]string{}
	for _, p := range f.params {
		key, value, ok := strings.Cut(p, "=")
		if !ok || key == "" {
			return nil, usage("--param %q: want key=value", p)
		}
		if _, twice := values[key]; twice {
			return nil, usage("--param %s is given twice", key)
		}
		if q.Name == "" && q.Param(key) == nil {
			q.Params = append(q.Params, queries.Param{Name: key, Type: queries.String, Optional: true})
		}
		values[key] = value
	}
	if _, set := values["limit"]; !set && f.limit > 0 && q.Param("limit") != nil {
		values["limit"] = strconv.Itoa(f.limit)
	}
	return values, nil
}

// queryUsage is the error of a query that can't be run as it was asked for.
func queryUsage(err error) error {
	e := &exitError{code: exitUsage, err: err}
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		e.hint = h.Hint()
	}
	return e
}

func (f *queryFlags) print(c *cobra.Command, store *graph.Store, q *queries.Query, params map[string]any) error {
	rows := store.Query(c.Context(), q.Source, graph.QueryOptions{Params: params, Limit: f.limit, Timeout: f.timeout,
		Library: queries.Library, Trusted: q.Builtin})
	out := bufio.NewWriter(c.OutOrStdout())
	err := f.write(out, rows, q, c)
	if errors.Is(err, graph.ErrTimeout) {
		err = hinted(err, "--timeout gives it more time")
	}
	if ferr := out.Flush(); err == nil {
		err = ferr
	}
	return err
}

func (f *queryFlags) write(out *bufio.Writer, rows iter.Seq2[graph.Row, error], q *queries.Query, c *cobra.Command) error {
	if f.format == "jsonl" {
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		for row, err := range rows {
			if err == nil {
				err = enc.Encode(row)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	list := []graph.Row{}
	for row, err := range rows {
		if err != nil {
			return err
		}
		list = append(list, row)
	}
	switch f.format {
	case "json":
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(list)
	case "csv":
		return graph.WriteCSV(out, list, q.Columns)
	}
	left := writeTable(out, list, graph.Columns(list, q.Columns), terminalWidth(c.OutOrStdout()))
	if len(left) > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "no room for: %s; --format jsonl shows everything\n", strings.Join(left, ", "))
	}
	if len(list) == 0 {
		fmt.Fprintln(c.ErrOrStderr(), "nothing found")
	}
	return nil
}
