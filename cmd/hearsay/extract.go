package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/ingest"
	"hearsay/ingest/news"
	"hearsay/ingest/proposition"
)

// extraction is one run of the command.
type extraction struct {
	source
	format        string
	lines         bool
	minConfidence float64
}

func extractCommand() *cobra.Command {
	var e extraction
	c := &cobra.Command{
		Use:   "extract [PATH...]",
		Short: "Print the claims or propositions of documents",
		Long: `Read documents and print what is found in them, without a store.

--format jsonl         claims, one a line: who takes which stance to what (default)
--format propositions  propositions, one a line
--format nquads        the quads that build would store
--format openie        relation tuples of single sentences, with --lines: each
                       input line is one sentence
` + pathsHelp,
		Example: `  hearsay extract article.txt
  hearsay extract --format propositions news/
  curl -s https://example.org/article.html | hearsay extract -
  hearsay extract --format openie --lines sentences.txt`,
		RunE: func(c *cobra.Command, args []string) error { return e.command(c, args) },
	}
	e.flags(c)
	c.Flags().StringVar(&e.format, "format", "jsonl", "jsonl, propositions, nquads or openie")
	c.Flags().BoolVar(&e.lines, "lines", false, "with --format openie: every line of the input is a sentence")
	c.Flags().Float64Var(&e.minConfidence, "min-confidence", 0, "with --format openie: leave out tuples below this, 0 to 1")
	return c
}

func (e *extraction) command(c *cobra.Command, args []string) error {
	appendTo, known := map[string]func([]byte, *news.Document) []byte{
		"jsonl": news.AppendClaims, "propositions": news.AppendPropositions,
		"nquads": appendQuads, "openie": e.appendTuples}[e.format]
	switch {
	case !known:
		return usage("--format %q: jsonl, propositions, nquads and openie are known", e.format)
	case e.lines != (e.format == "openie"):
		return usage("--format openie and --lines go together: every line is one sentence")
	case e.minConfidence < 0 || e.minConfidence > 1:
		return usage("--min-confidence %g: 0 to 1 is needed", e.minConfidence)
	}
	paths, err := e.inputs(c, args)
	if err != nil {
		return err
	}
	p, err := newPipeline(c.Context(), nil)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(c.OutOrStdout(), 1<<16)
	write := func(d *news.Document) error {
		_, err := out.Write(appendTo(nil, d))
		return err
	}
	if e.lines {
		err = e.eachLine(c.Context(), c, p, paths, write)
	} else {
		err = e.each(c.Context(), c, p, paths, write)
	}
	if ferr := out.Flush(); ferr != nil {
		return fmt.Errorf("write standard output: %w", ferr)
	}
	return err
}

func appendQuads(dst []byte, d *news.Document) []byte {
	for _, q := range graph.Quads(d) {
		dst = graph.AppendNQuad(dst, q)
	}
	return dst
}

// appendTuples writes the tuples of a document that is one sentence.
func (e *extraction) appendTuples(dst []byte, d *news.Document) []byte {
	for s := range d.Sentences {
		for _, t := range proposition.Tuples(d, s) {
			if t.Confidence < e.minConfidence {
				continue
			}
			dst = fmt.Appendf(dst, "%s\t%.4f\t%s\t%s\n", d.Text, t.Confidence, t.Relation, strings.Join(t.Args, "\t"))
		}
	}
	return dst
}

// eachLine reads every line of the paths as a document of one sentence. It needs
// no more than the tree.
func (e *extraction) eachLine(_ context.Context, c *cobra.Command, p *ingest.Pipeline, paths []string, fn func(*news.Document) error) error {
	bar := newProgress(c.ErrOrStderr(), e.quiet, 0)
	defer bar.close()
	read := func(yield func(*news.Document, error) bool) {
		for d, err := range sentences(c.InOrStdin(), paths) {
			if err == nil {
				d = p.Line(d.Text)
			}
			if !yield(d, err) {
				return
			}
		}
	}
	return e.run(read, bar, fn)
}

// sentences yields the lines of files as documents.
func sentences(stdin io.Reader, paths []string) iter.Seq2[*news.Document, error] {
	return func(yield func(*news.Document, error) bool) {
		for _, path := range paths {
			in := stdin
			if path != "-" {
				f, err := os.Open(path)
				if err != nil {
					yield(nil, err)
					return
				}
				defer f.Close()
				in = f
			}
			lines := bufio.NewScanner(in)
			lines.Buffer(nil, 1<<20)
			for n := 1; lines.Scan(); n++ {
				text := strings.ToValidUTF8(lines.Text(), "\uFFFD")
				if strings.TrimSpace(text) == "" {
					continue
				}
				d := &news.Document{ID: fmt.Sprintf("%s:%d", path, n), Text: text, Language: "en"}
				d.IRI = news.DocumentIRI(d.ID, text)
				if !yield(d, nil) {
					return
				}
			}
			if err := lines.Err(); err != nil {
				yield(nil, fmt.Errorf("read %s: %w (a sentence may have 1 MiB)", path, err))
				return
			}
		}
	}
}
