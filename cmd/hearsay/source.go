package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/ingest"
	"hearsay/ingest/claim"
	"hearsay/ingest/news"
	"hearsay/ingest/proposition"
	"hearsay/ingest/reader"
)

// source reads documents for a command and keeps count of what it couldn't read.
type source struct {
	predicates string // file with predicates of the user's own, "" for none
	cues       string // file with cues of the user's own, "" for none
	reader     reader.Reader
	workers    int
	quiet      bool

	report             func(line string) // writes a line to standard error, above the progress
	documents, skipped int
	turns              *graph.Turns // divides documents among processes; nil where nobody else reads into the store
	elsewhere          int          // documents that other processes have read
	again              bool         // read what was read in the same way, too
}

const pathsHelp = `
A PATH is a file, a folder (its files with known endings, in the order of their
names), a pattern in quotation marks ("news/**/*.html") or - for standard input.
Text, Markdown, HTML, JSONL, RSS and Atom, mail, PDF, Word, WARC and gzip and zip
archives of these are read. A line of JSONL is
{"id","title","text","date","url","outlet"}.
Documents of more than 16 MiB, in another language than English, or that can't
be read are skipped and named; the exit code is then 3.`

func (s *source) flags(c *cobra.Command) {
	c.Flags().IntVar(&s.workers, "workers", 0, "documents read at the same time (0: one a processor)")
	c.Flags().BoolVar(&s.reader.AnyLanguage, "any-language", false, "read documents that don't seem to be English, too")
	c.Flags().StringVar((*string)(&s.reader.Format), "input-format", "", "format of every input: "+formatNames()+" (default: by ending and content)")
	c.Flags().StringVar(&s.predicates, "predicates", "", "file with predicates of your own, read before the built-in ones: see docs/propositions.md")
	c.Flags().StringVar(&s.cues, "cues", "", "file with cues of your own, which replace the built-in ones: see docs/claims.md")
	c.Flags().BoolVarP(&s.quiet, "quiet", "q", false, "show no progress")
}

// inputs are the arguments of a command that reads documents: standard input
// where there are none and it is not a terminal.
func (s *source) inputs(c *cobra.Command, args []string) ([]string, error) {
	s.reader.Stdin = c.InOrStdin()
	if f := s.reader.Format; f != reader.Auto && !slices.Contains(reader.Formats[:], f) {
		return nil, usage("--input-format %q: %s are known", f, formatNames())
	}
	if s.workers < 0 {
		return nil, usage("--workers %d: 0 or more is needed", s.workers)
	}
	if len(args) > 0 {
		return args, nil
	}
	if isTerminal(c.InOrStdin()) {
		return nil, usage("no input: name files or folders, or - for standard input")
	}
	return []string{"-"}, nil
}

// each reads the paths, runs the pipeline and gives every document to fn, in
// order. It names what was skipped and ends with an exit code of 3 then.
func (s *source) each(ctx context.Context, c *cobra.Command, p *ingest.Pipeline, paths []string, fn func(*news.Document) error) error {
	bar := newProgress(c.ErrOrStderr(), s.quiet, reader.Size(paths))
	defer bar.close()
	s.reader.OnRead = bar.read
	s.report = bar.note
	p.Workers = s.workers
	if err := s.ownPredicates(p); err != nil {
		return err
	}
	if err := s.ownCues(p); err != nil {
		return err
	}
	return s.run(p.Run(ctx, s.ours(ctx, s.reader.Documents(ctx, paths))), bar, func(d *news.Document) error {
		if err := fn(d); err != nil || s.turns == nil {
			return err
		}
		return s.turns.Done(context.WithoutCancel(ctx), d.ID, d.IRI)
	})
}

// ownPredicates sets the predicates of p to the user's, before the built-in ones.
func (s *source) ownPredicates(p *ingest.Pipeline) error {
	if s.predicates == "" {
		return nil
	}
	f, err := os.Open(s.predicates)
	if err != nil {
		return err
	}
	defer f.Close()
	p.Predicates, err = proposition.ReadPredicates(s.predicates, f, proposition.DefaultPredicates())
	return err
}

// ownCues adds the user's cues to those of p.
func (s *source) ownCues(p *ingest.Pipeline) error {
	if s.cues == "" {
		return nil
	}
	f, err := os.Open(s.cues)
	if err != nil {
		return err
	}
	defer f.Close()
	p.Cues = claim.StandardLexicon()
	if err := p.Cues.Add(f); err != nil {
		return fmt.Errorf("read cues %s: %w", s.cues, err)
	}
	return nil
}

func (s *source) run(documents iter.Seq2[*news.Document, error], bar *progress, fn func(*news.Document) error) error {
	for d, err := range documents {
		if skips(err) {
			s.skipped++
			bar.line(fmt.Sprintf("hearsay: skipped %s", err))
			continue
		}
		if err != nil {
			return err
		}
		if err := fn(d); err != nil {
			return err
		}
		s.documents++
		bar.done(len(d.Claims))
	}
	if s.skipped > 0 {
		return &exitError{code: exitSkipped, err: fmt.Errorf("%d of %d inputs skipped, the rest is done", s.skipped, s.skipped+s.documents)}
	}
	return nil
}

// skips reports whether an error concerns one input alone.
func skips(err error) bool {
	var skipped *reader.Skipped
	var stumbled *ingest.Stumbled
	return errors.As(err, &skipped) || errors.As(err, &stumbled)
}

func formatNames() string {
	var names []string
	for _, f := range reader.Formats {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}
