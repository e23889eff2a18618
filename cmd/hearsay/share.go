package main

import (
	"context"
	"fmt"
	"iter"
	"os"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/ingest"
	"hearsay/ingest/news"
	"hearsay/ingest/reader"
	"hearsay/seeds"
)

func (s *source) shareFlag(c *cobra.Command) {
	c.Flags().BoolVar(&s.again, "again", false, "in a PostgreSQL store: read documents again that were read in the same way")
}

// share divides the documents with other processes that read into the store, where
// it is a kind that several may write.
func (s *source) share(ctx context.Context, store *graph.Store, p *ingest.Pipeline) error {
	if s.again || !store.Shared() {
		return nil
	}
	settings := []string{fmt.Sprint(s.reader.AnyLanguage), string(s.reader.Format)}
	for _, name := range []string{s.predicates, s.cues, decisionsFile} {
		b, err := os.ReadFile(name)
		if err != nil && name == decisionsFile || name == "" {
			b = nil
		} else if err != nil {
			return err
		}
		settings = append(settings, string(b))
	}
	known, err := knownEntities(ctx, store)
	if err != nil {
		return err
	}
	for i := range known {
		settings = append(settings, fmt.Sprintf("%s %s %q %q", known[i].IRI, known[i].Type, known[i].Name, known[i].Aliases))
	}
	var samples reader.Reader
	fingerprint, err := graph.Fingerprint(p.Run(ctx, samples.FS(seeds.Articles)), settings...)
	if err != nil {
		return err
	}
	s.turns = store.Turns(fingerprint)
	return nil
}

// ours leaves out the documents that other processes read. Those that one of them
// is just reading come last: it may have been killed.
func (s *source) ours(ctx context.Context, documents iter.Seq2[*news.Document, error]) iter.Seq2[*news.Document, error] {
	if s.turns == nil {
		return documents
	}
	return func(yield func(*news.Document, error) bool) {
		var left []*news.Document
		for d, err := range documents {
			turn := graph.Ours
			if err == nil {
				turn, err = s.turns.Take(ctx, d.ID, d.IRI)
			}
			switch {
			case turn == graph.Others && err == nil:
				left = append(left, d)
				continue
			case turn == graph.Read && err == nil:
				s.elsewhere++
				continue
			}
			if !yield(d, err) {
				return
			}
		}
		for _, d := range left {
			turn, err := s.turns.Wait(ctx, d.ID, d.IRI)
			if turn == graph.Read && err == nil {
				s.elsewhere++
				continue
			}
			if !yield(d, err) {
				return
			}
		}
	}
}
