package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"hearsay/ingest/news"
	"hearsay/ingest/syntax"
	"hearsay/ingest/syntax/conllu"
)

// annotation is one run of the command.
type annotation struct {
	source
	format string
	tokens bool
}

func annotateCommand() *cobra.Command {
	var a annotation
	c := &cobra.Command{
		Use:   "annotate [PATH...]",
		Short: "Print the sentences, trees, mentions and entities of documents",
		Long: `Read documents and print the layers under their claims, without a store.

--format conllu  sentences, words, tags and trees as CoNLL-U; MISC has
                 SpaceAfter=No, TokenRange=START:END in code points, and NE=B-ORG
                 … in names (default)
--format json    a document a line: sentences, mentions, entities
--tokens         the input is CoNLL-U too: its words and sentences are kept, all
                 else is predicted
` + pathsHelp,
		Example: `  hearsay annotate article.txt
  hearsay annotate --format json news/
  hearsay annotate --tokens treebank.conllu`,
		RunE: func(c *cobra.Command, args []string) error { return a.command(c, args) },
	}
	a.flags(c)
	c.Flags().StringVar(&a.format, "format", "conllu", "conllu or json")
	c.Flags().BoolVar(&a.tokens, "tokens", false, "read CoNLL-U and keep its words and sentences")
	return c
}

func (a *annotation) command(c *cobra.Command, args []string) error {
	switch {
	case a.format != "conllu" && a.format != "json":
		return usage("--format %q: conllu and json are known", a.format)
	case a.tokens && a.format != "conllu":
		return usage("--tokens goes with --format conllu")
	}
	paths, err := a.inputs(c, args)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(c.OutOrStdout(), 1<<16)
	if a.tokens {
		err = annotateTokens(out, c.InOrStdin(), paths)
	} else {
		err = a.annotate(c, out, paths)
	}
	if ferr := out.Flush(); ferr != nil {
		return fmt.Errorf("write standard output: %w", ferr)
	}
	return err
}

func (a *annotation) annotate(c *cobra.Command, out io.Writer, paths []string) error {
	p, err := newPipeline(c.Context(), nil)
	if err != nil {
		return err
	}
	write := writeLayers
	if a.format == "conllu" {
		write = writeTrees
	}
	return a.each(c.Context(), c, p, paths, func(d *news.Document) error { return write(out, d) })
}

func writeTrees(w io.Writer, d *news.Document) error {
	for _, s := range syntax.CoNLLU(d) {
		if err := conllu.Write(w, s); err != nil {
			return err
		}
	}
	return nil
}

// annotateTokens predicts every column of CoNLL-U files but words and sentences.
func annotateTokens(w io.Writer, stdin io.Reader, paths []string) error {
	m, err := syntax.Default()
	if err != nil {
		return fmt.Errorf("load the language model: %w", err)
	}
	for _, path := range paths {
		var all []*conllu.Sentence
		if path == "-" {
			all, err = conllu.Read(stdin)
		} else {
			all, err = conllu.ReadFile(path)
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		m.Predict(all)
		for _, s := range all {
			if err := conllu.Write(w, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// The layers of a document as JSON; spans count code points.
type (
	layers struct {
		Document  string        `json:"document"`
		Text      string        `json:"text"`
		Sentences []spanJSON    `json:"sentences"`
		Mentions  []mentionJSON `json:"mentions"`
		Entities  []entityJSON  `json:"entities"`
	}
	spanJSON struct {
		Start int `json:"start"`
		End   int `json:"end"`
	}
	mentionJSON struct {
		spanJSON
		Type   news.EntityType `json:"type"`
		Entity string          `json:"entity,omitempty"`
	}
	entityJSON struct {
		ID      string          `json:"id"`
		Name    string          `json:"name"`
		Type    news.EntityType `json:"type"`
		Aliases []string        `json:"aliases"`
	}
)

func writeLayers(w io.Writer, d *news.Document) error {
	o := news.NewOffsets(d.Text)
	span := func(s news.Span) spanJSON {
		s = o.Span(s)
		return spanJSON{s.Start, s.End}
	}
	l := layers{Document: d.IRI, Text: d.Text, Sentences: []spanJSON{}, Mentions: []mentionJSON{}, Entities: []entityJSON{}}
	for _, s := range d.Sentences {
		l.Sentences = append(l.Sentences, span(s.Span))
	}
	for i := range d.Mentions {
		m := mentionJSON{spanJSON: span(d.Mentions[i].Span), Type: d.Mentions[i].Type}
		if e := d.Mentions[i].Entity; e >= 0 {
			m.Entity = d.Entities[e].IRI
		}
		l.Mentions = append(l.Mentions, m)
	}
	for i := range d.Entities {
		e := &d.Entities[i]
		aliases := e.Aliases
		if aliases == nil {
			aliases = []string{}
		}
		l.Entities = append(l.Entities, entityJSON{e.IRI, e.Name, e.Type, aliases})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(&l)
}
