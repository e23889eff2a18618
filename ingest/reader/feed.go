package reader

import (
	"fmt"
	"io"
	"strings"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"hearsay/ingest/news"
)

// readFeed reads the entries of an RSS or Atom file: each a document with the
// text that the feed gives of it, called by its address.
func (r *Reader) readFeed(in input, src io.Reader, yield func(*news.Document, error) bool) bool {
	raw := &io.LimitedReader{R: src, N: maxInMemory + 1}
	feed, err := gofeed.NewParser().Parse(raw)
	if raw.N <= 0 {
		err = fmt.Errorf("is larger than the %d bytes that a feed may have", maxInMemory)
	}
	if err != nil {
		return yield(nil, &Skipped{in.path, fmt.Errorf("is not an RSS or Atom feed: %w", err)})
	}
	for i, item := range feed.Items {
		d, err := r.entry(feed, item)
		if err == nil && d.ID == "" {
			d.ID = place(in.id, i+1)
		}
		if err == nil {
			err = r.finish(d)
		}
		if err != nil {
			d, err = nil, &Skipped{place(in.path, i+1), err}
		}
		if !yield(d, err) {
			return false
		}
	}
	return true
}

func (r *Reader) entry(feed *gofeed.Feed, item *gofeed.Item) (*news.Document, error) {
	d := &news.Document{ID: item.Link, URL: item.Link, Title: squeeze(item.Title), Outlet: squeeze(feed.Title)}
	if d.ID == "" {
		d.ID = item.GUID
	}
	if item.PublishedParsed != nil {
		d.Published = item.PublishedParsed.UTC()
	}
	if len(item.Authors) > 0 {
		d.Author = squeeze(item.Authors[0].Name)
	}
	body := item.Content
	if strings.TrimSpace(body) == "" {
		body = item.Description
	}
	if len(body) > r.limit() {
		return nil, fmt.Errorf("is larger than the %d bytes that one document may have", r.limit())
	}
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("is not HTML: %w", err)
	}
	setParagraphs(d, paragraphs(root, d.Title))
	return d, nil
}
