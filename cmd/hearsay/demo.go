package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/ingest/news"
	"hearsay/seeds"
)

// demo is one run of the command.
type demo struct {
	source
	addr    string
	noServe bool

	docs  []*news.Document
	took  time.Duration
	pairs []dispute
}

// dispute is two claims that disagree.
type dispute struct{ a, b voice }

// voice is a claim with what is shown of it.
type voice struct {
	source, stance, content string
}

func demoCommand() *cobra.Command {
	var d demo
	c := &cobra.Command{
		Use:   "demo",
		Short: "Build a graph of the sample articles and serve it",
		Long: `Read the sample articles, build the graph in a store of its own, say what was
found in it, and serve it. The store is in a temporary folder that goes when the
demo ends.`,
		Example: "  hearsay demo\n  hearsay demo --no-serve",
		Args:    noArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return d.command(c) },
	}
	c.Flags().IntVar(&d.workers, "workers", 0, "documents read at the same time (0: one a processor)")
	c.Flags().BoolVarP(&d.quiet, "quiet", "q", false, "show no progress")
	c.Flags().BoolVar(&d.noServe, "no-serve", false, "end after the summary")
	c.Flags().StringVar(&d.addr, "addr", defaultAddress, "address to serve on")
	return c
}

func (d *demo) command(c *cobra.Command) (err error) {
	if _, err := d.inputs(c, []string{"seeds"}); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "hearsay-demo-")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	return withStore(c, "bolt:"+filepath.Join(dir, "demo.db"), false, func(store *graph.Store) error {
		if err := d.build(c, store, filepath.Join(dir, "seeds")); err != nil {
			return err
		}
		if err := d.summary(c.OutOrStdout()); err != nil || d.noServe {
			return err
		}
		return d.serve(c, store)
	})
}

// build reads the sample articles into the store.
func (d *demo) build(c *cobra.Command, store *graph.Store, dir string) error {
	if err := os.CopyFS(dir, seeds.Articles); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	start := time.Now()
	p, err := newPipeline(c.Context(), store)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	err = d.each(c.Context(), c, p, []string{dir}, func(doc *news.Document) error {
		d.docs = append(d.docs, doc)
		noteKnown(known, doc)
		_, err := store.Put(c.Context(), doc)
		return err
	})
	if err != nil {
		return err
	}
	if err := settle(c.Context(), store, known); err != nil {
		return err
	}
	d.took = time.Since(start)
	d.pairs, err = d.disputes(c.Context(), store)
	return err
}

// disputes are the pairs of claims of which one denies or doubts the other, or
// that the store links as disagreeing, each pair of sources once.
func (d *demo) disputes(ctx context.Context, store *graph.Store) ([]dispute, error) {
	const script = `g.V("<hs:Claim>").in("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>").tag("a")` +
		`.out("<http://purl.org/spar/cito/disagreesWith>").tag("b").all()`
	voices := map[string]voice{}
	for _, doc := range d.docs {
		for i := range doc.Claims {
			voices["<"+doc.Claims[i].ID+">"] = speak(doc, &doc.Claims[i])
		}
	}
	var list []dispute
	seen := map[string]bool{}
	note := func(a, b voice) {
		if a.source > b.source {
			a, b = b, a
		}
		pair := a.source + "\n" + b.source
		if a.source == "" || a.source == b.source || seen[pair] {
			return
		}
		seen[pair] = true
		list = append(list, dispute{a, b})
	}
	for _, doc := range d.docs {
		for i := range doc.Claims {
			c := &doc.Claims[i]
			if c.About >= 0 && (c.Stance == news.Denies || c.Stance == news.Doubts) {
				note(speak(doc, c), speak(doc, &doc.Claims[c.About]))
			}
		}
	}
	for row, err := range store.Query(ctx, script, graph.QueryOptions{}) {
		if err != nil {
			return nil, fmt.Errorf("list disagreements: %w", err)
		}
		note(voices[fmt.Sprint(row["a"])], voices[fmt.Sprint(row["b"])])
	}
	sort.Slice(list, func(i, j int) bool {
		return list[i].a.source+"\n"+list[i].b.source < list[j].a.source+"\n"+list[j].b.source
	})
	return list, nil
}

// speak is what a claim says, for people; the document itself speaks under its
// outlet's name.
func speak(doc *news.Document, c *news.Claim) voice {
	v := voice{source: c.Source.Name, stance: string(c.Stance)}
	switch c.Source.Kind {
	case news.Author:
		v.source = doc.Outlet
	case news.Unnamed:
		v.source = doc.Slice(c.Source.Span)
	case news.Unresolved:
		v.source = ""
	}
	if len(c.Content) > 0 {
		v.content = shorten(doc.Slice(c.Extent()), 70)
	}
	return v
}

// shorten cuts a text at a space, to about n characters on one line.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if len([]rune(s)) <= n {
		return s
	}
	s = string([]rune(s)[:n])
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return s + " ..."
}

// summary prints what was found.
func (d *demo) summary(out io.Writer) error {
	claims, words := 0, 0
	stances, sources := map[string]int{}, map[string]int{}
	for _, doc := range d.docs {
		words += len(strings.Fields(doc.Text))
		claims += len(doc.Claims)
		for i := range doc.Claims {
			c := &doc.Claims[i]
			stances[string(c.Stance)]++
			if c.Source.Kind == news.Named {
				sources[c.Source.Name]++
			}
		}
	}
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintf(w, "%s with %d words give %s, read and stored in %s.\n\nDocuments\n",
		plural(len(d.docs), "document"), words, plural(claims, "claim"), d.took.Round(time.Millisecond))
	for _, doc := range d.docs {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", doc.Published.Format("2006-01-02"), shorten(doc.Title, 64), doc.Outlet)
	}
	fmt.Fprint(w, "\nClaims by stance\n")
	for _, s := range top(stances, len(stances)) {
		fmt.Fprintf(w, "  %4d  %s\n", stances[s], s)
	}
	fmt.Fprint(w, "\nWho speaks most\n")
	for _, s := range top(sources, 10) {
		fmt.Fprintf(w, "  %4d  %s\n", sources[s], s)
	}
	fmt.Fprint(w, "\nWho disagrees with whom\n")
	for _, p := range d.pairs {
		fmt.Fprintf(w, "  %s %s: %s\n    %s %s: %s\n", p.a.source, p.a.stance, p.a.content, p.b.source, p.b.stance, p.b.content)
	}
	return w.Flush()
}

// top are the keys with the n highest counts, equal ones by name.
func top(counts map[string]int, n int) []string {
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		if counts[keys[i]] != counts[keys[j]] {
			return counts[keys[i]] > counts[keys[j]]
		}
		return keys[i] < keys[j]
	})
	return keys[:min(n, len(keys))]
}

// serve serves the demo's store and says where to look first.
func (d *demo) serve(c *cobra.Command, store *graph.Store) error {
	f := serveFlags{db: "the sample articles", addr: d.addr, logFormat: "off", timeout: graph.DefaultTimeout}
	return f.serve(c, store, func(url string) {
		fmt.Fprintf(c.OutOrStdout(), "\nWho says what about whom, drawn: %s\nCtrl-C ends the demo.\n", url+preparedQuery)
	})
}

// preparedQuery opens Cayley's page with the query that draws who attributes
// which attack to whom, and who contradicts.
const preparedQuery = "?query=attribution&run=1#visualize"
