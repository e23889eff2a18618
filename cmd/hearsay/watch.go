package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/ingest"
	"hearsay/ingest/news"
	"hearsay/ingest/reader"
)

// watching is one run of watch.
type watching struct {
	source
	db    string
	every time.Duration
	once  bool

	state string // file that remembers the feeds, "" for none

	store    *graph.Store
	pipeline *ingest.Pipeline
	fetch    fetcher
	seen     map[string]string // fingerprints of folders and files
	known    map[string]bool   // known entities that were mentioned since the store was settled
	news     []arrival         // of this round
}

// arrival is a document that came or changed, and what it says.
type arrival struct{ iri, head, claims string }

func watchCommand() *cobra.Command {
	var w watching
	c := &cobra.Command{
		Use:   "watch DIR|FILE|FEED-URL|FILE.opml...",
		Short: "Read what is new in folders and feeds, again and again",
		Long: `Look at folders, files and feeds (RSS or Atom, by their addresses or from an OPML
list), read what is new or changed into a store, and print a digest of it.

Feeds are asked politely: only for what has changed since the last time, a second
apart from each other, and less and less often while they fail. A document that
repeats an earlier one almost word for word is read, and told in one line.

What feeds answered last is remembered beside the store, in PATH.feeds.

Several processes, also on several machines, may watch the same things into one
PostgreSQL store: each document is read by one of them.`,
		Example: `  hearsay watch news/ https://example.org/feed.xml
  hearsay watch --every 1h subscriptions.opml
  hearsay watch --once news/`,
		Args: atLeastOne("a folder or a feed"),
		RunE: func(c *cobra.Command, args []string) error { return w.command(c, args) },
	}
	w.flags(c)
	storeFlag(c, &w.db)
	c.Flags().DurationVar(&w.every, "every", 15*time.Minute, "time between two looks")
	c.Flags().BoolVar(&w.once, "once", false, "look once")
	w.shareFlag(c)
	return c
}

func (w *watching) command(c *cobra.Command, args []string) error {
	if _, err := w.inputs(c, args); err != nil {
		return err
	}
	if w.every < time.Second {
		return usage("--every %s: a second or more is needed", w.every)
	}
	targets, err := watched(args)
	if err != nil {
		return err
	}
	fresh := freshFile(w.db)
	if kind, path, _ := strings.Cut(w.db, ":"); kind == "bolt" || kind == "leveldb" {
		w.state = path + ".feeds"
	}
	return withStore(c, w.db, false, func(store *graph.Store) (err error) {
		w.store, w.seen, w.known, w.fetch = store, map[string]string{}, map[string]bool{}, newFetcher()
		if w.state != "" && !fresh {
			w.fetch.feeds = readFeedStates(w.state)
		}
		if w.pipeline, err = newPipeline(c.Context(), store); err == nil {
			err = w.share(c.Context(), store, w.pipeline)
		}
		if err != nil {
			return err
		}
		for {
			err := w.round(c, targets)
			if errors.Is(err, context.Canceled) {
				return nil
			}
			if w.once {
				return err
			}
			if err != nil { // a database that is gone comes back
				fmt.Fprintf(c.ErrOrStderr(), "hearsay: %v; tried again in %s\n", err, w.every)
			}
			select {
			case <-c.Context().Done():
				return nil
			case <-time.After(w.every):
			}
		}
	})
}

// round looks at every target once. A target that fails is named; with --once it
// makes the exit code 3.
func (w *watching) round(c *cobra.Command, targets []string) error {
	failed := 0
	for _, target := range targets {
		err := w.look(c, target)
		switch {
		case errors.Is(err, context.Canceled):
			return err
		case errors.Is(err, errNamed):
			failed++
		case err != nil:
			failed++
			fmt.Fprintf(c.ErrOrStderr(), "hearsay: skipped %s: %v\n", target, err)
		}
	}
	if err := settle(context.WithoutCancel(c.Context()), w.store, w.known); err != nil {
		return err
	}
	clear(w.known)
	if err := w.digest(c); err != nil {
		return err
	}
	if w.state != "" && len(w.fetch.feeds) > 0 {
		if err := writeFeedStates(w.state, w.fetch.feeds); err != nil {
			return err
		}
	}
	if failed > 0 && w.once {
		return &exitError{code: exitSkipped, err: fmt.Errorf("%d of %d skipped, the rest is done", failed, len(targets))}
	}
	return nil
}

// look reads what is new in one target.
func (w *watching) look(c *cobra.Command, target string) (err error) {
	s := source{reader: w.reader, workers: w.workers, quiet: w.quiet, turns: w.turns}
	paths := []string{target}
	if isURL(target) {
		body, err := w.fetch.get(c.Context(), target)
		if err != nil || body == nil {
			return err
		}
		s.reader.Stdin, s.reader.Format, paths = bytes.NewReader(body), reader.Feed, []string{"-"}
	} else {
		print := fingerprint(target)
		if before, seen := w.seen[target]; seen && before == print {
			return nil
		}
		defer func() {
			if err == nil || errors.Is(err, errNamed) { // else not all of it was stored
				w.seen[target] = print
			}
		}()
	}
	ctx := context.WithoutCancel(c.Context())
	err = s.each(c.Context(), c, w.pipeline, paths, func(d *news.Document) error {
		res, err := w.store.Put(ctx, d)
		if err != nil {
			return err
		}
		noteKnown(w.known, d)
		if res.Status != graph.Unchanged {
			w.news = append(w.news, arrived(d, res.Status))
		}
		return nil
	})
	if err != nil && isURL(target) {
		w.fetch.forget(target) // not all of it was stored
	}
	if skips := (*exitError)(nil); errors.As(err, &skips) && skips.code == exitSkipped {
		return errNamed
	}
	return err
}

// errNamed: something was skipped, and each input of it is named already.
var errNamed = errors.New("inputs skipped")

// arrived is what a new document says, for people: its title, and who takes which
// stance to what, plain statements aside.
func arrived(d *news.Document, status graph.PutStatus) arrival {
	var b strings.Builder
	for i := range d.Claims {
		c := &d.Claims[i]
		if v := speak(d, c); c.Source.Kind == news.Named && c.Stance != news.Asserts {
			fmt.Fprintf(&b, "  %s %s: %s\n", printable(v.source), v.stance, printable(v.content))
		}
	}
	head := fmt.Sprintf("%s %s: %s (%s", status, printable(d.ID), printable(shorten(d.Title, 80)), plural(len(d.Claims), "claim"))
	return arrival{d.IRI, head, b.String()}
}

// digest prints what came in this round. Of a copy of an earlier document one
// line says so: what it says was said before.
func (w *watching) digest(c *cobra.Command) error {
	for _, a := range w.news {
		first, err := w.store.CopyOf(c.Context(), a.iri)
		if err != nil {
			return err
		}
		line := a.head + ")\n" + a.claims
		if first != nil {
			from := first.ID
			if first.Outlet != "" {
				from += ", " + first.Outlet
			}
			line = a.head + "; a copy of " + printable(from) + ")\n"
		}
		if _, err := fmt.Fprint(c.OutOrStdout(), line); err != nil {
			return err
		}
	}
	w.news = nil
	return nil
}

// fingerprint changes when a file of a folder comes, goes or is written.
func fingerprint(root string) string {
	var b strings.Builder
	_ = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			fmt.Fprintln(&b, path, err)
			return nil
		}
		if info, err := e.Info(); err == nil && !e.IsDir() {
			fmt.Fprintln(&b, path, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return b.String()
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// watched are the targets that arguments name: an OPML file names its feeds.
func watched(args []string) ([]string, error) {
	var targets []string
	for _, a := range args {
		if !strings.HasSuffix(strings.ToLower(a), ".opml") {
			targets = append(targets, a)
			continue
		}
		raw, err := os.ReadFile(a)
		if err != nil {
			return nil, err
		}
		feeds, err := opmlFeeds(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a, err)
		}
		targets = append(targets, feeds...)
	}
	return targets, nil
}

// newFetcher asks with a time limit, and names itself.
func newFetcher() fetcher {
	return fetcher{client: &http.Client{Timeout: 30 * time.Second}, pause: time.Second, feeds: map[string]*feedState{}}
}
