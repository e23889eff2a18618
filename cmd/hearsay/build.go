package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/ingest/news"
)

// building is one run of build.
type building struct {
	source
	db    string
	store *graph.Store

	counts [3]int // documents by graph.PutStatus
	claims int
	known  map[string]bool // known entities that the documents mention
}

func buildCommand() *cobra.Command {
	var b building
	c := &cobra.Command{
		Use:   "build [PATH...]",
		Short: "Read documents into a store",
		Long: `Read documents and store what is found in them, a transaction a document; those of
the first build go into a journal beside the store, and then all at once into it.

Building again changes nothing; a document that was changed replaces its old
version. A document is known by its JSONL id, else its URL, else its path below
the folder that was named. An interrupted build keeps every document that it
has reported, and running it again goes on.

Several processes, also on several machines, may build into one PostgreSQL store
at the same time: a document that one of them is reading the others leave to it,
and one that was read in the same way is not read again (--again reads it). What
a process was reading when it was killed another one takes.
` + pathsHelp,
		Example: `  hearsay build news/
  hearsay build --db bolt:archive.db "2017/**/*.html" wire.jsonl
  curl -s https://example.org/feed.jsonl | hearsay build --input-format jsonl -`,
		RunE: func(c *cobra.Command, args []string) error { return b.command(c, args) },
	}
	b.flags(c)
	storeFlag(c, &b.db)
	b.shareFlag(c)
	return c
}

func (b *building) command(c *cobra.Command, args []string) error {
	paths, err := b.inputs(c, args)
	if err != nil {
		return err
	}
	fresh := freshFile(b.db)
	err = withStore(c, b.db, false, func(store *graph.Store) error {
		b.store = store
		return b.build(c, paths)
	})
	if fresh && b.documents == 0 && err != nil {
		err = errors.Join(err, dropFile(b.db))
	}
	return err
}

// build reads the paths into b.store.
func (b *building) build(c *cobra.Command, paths []string) error {
	start := time.Now()
	b.known = map[string]bool{}
	p, err := newPipeline(c.Context(), b.store)
	if err == nil {
		err = b.share(c.Context(), b.store, p)
	}
	if err != nil {
		return err
	}
	// A document that is being stored is stored to its end, so that what was
	// reported is there and nothing is there by half.
	ctx := context.WithoutCancel(c.Context())
	into, err := b.store.NewBuilder(ctx)
	if err != nil {
		return err
	}
	err = b.each(c.Context(), c, p, paths, func(d *news.Document) error {
		res, err := into.Put(ctx, d)
		if err != nil {
			return err
		}
		b.counts[res.Status]++
		b.claims += len(d.Claims)
		noteKnown(b.known, d)
		b.report(fmt.Sprintf("%s %s (%s)", res.Status, d.ID, plural(len(d.Claims), "claim")))
		return nil
	})
	if closing := into.Close(); closing != nil {
		return b.kept(errors.Join(err, closing))
	}
	var skips *exitError
	switch {
	case errors.Is(err, context.Canceled):
		return hinted(fmt.Errorf("interrupted: %s stored", plural(b.documents, "document")), "run the same command again to go on")
	case err != nil && !errors.As(err, &skips):
		return b.kept(err)
	}
	if err := settle(ctx, b.store, b.known); err != nil {
		return b.kept(err)
	}
	elsewhere := ""
	if b.elsewhere > 0 {
		elsewhere = fmt.Sprintf("; %s read before or by others", plural(b.elsewhere, "document"))
	}
	fmt.Fprintf(c.OutOrStdout(), "%s: %d added, %d replaced, %d unchanged%s; %s; %s in %s\n",
		plural(b.documents, "document"), b.counts[graph.Added], b.counts[graph.Replaced], b.counts[graph.Unchanged],
		elsewhere, plural(b.claims, "claim"), b.db, time.Since(start).Round(time.Millisecond))
	return err
}

// kept is an error that ended a build, with what the store has of it.
func (b *building) kept(err error) error {
	err = fmt.Errorf("%w (%s stored)", err, plural(b.documents, "document"))
	if errors.Is(err, syscall.ENOSPC) {
		return hinted(err, "make room on the disk and run the same command again; what is stored is kept")
	}
	return err
}

// settle makes the rest of a store fit its documents: the known entities that
// they mention, and the links between their claims. A build that didn't come so
// far is put right by the next one.
//
// Where several processes read into one store they settle it one after the other,
// each with what all have stored.
func settle(ctx context.Context, store *graph.Store, mentioned map[string]bool) error {
	return store.Alone(ctx, func() error {
		if store.Shared() {
			all, err := store.Mentioned(ctx)
			if err != nil {
				return err
			}
			mentioned = map[string]bool{}
			for _, m := range all {
				mentioned[m.IRI] = true
			}
		}
		return settleAlone(ctx, store, mentioned)
	})
}

func settleAlone(ctx context.Context, store *graph.Store, mentioned map[string]bool) error {
	if err := errors.Join(describe(ctx, store, mentioned), forget(ctx, store)); err != nil {
		return fmt.Errorf("store known entities: %w", err)
	}
	return relink(ctx, store)
}
