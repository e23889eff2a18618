package main

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"hearsay/graph"
)

// maxFeed is the size in bytes up to which a feed is fetched.
const maxFeed = 32 << 20

// fetcher gets feeds politely: with a pause between requests, asking for what
// has changed only, and leaving a feed that fails alone for longer and longer.
type fetcher struct {
	client *http.Client
	pause  time.Duration // between two requests
	last   time.Time
	feeds  map[string]*feedState
}

// feedState is what is remembered of a feed.
type feedState struct {
	ETag      string    `json:"etag,omitempty"`
	Modified  string    `json:"modified,omitempty"`
	Failures  int       `json:"failures,omitempty"`
	NotBefore time.Time `json:"notBefore,omitzero"`
}

// readFeedStates reads what an earlier run remembered; a file that isn't there,
// or is broken, is nothing remembered: the feeds are then read as a whole.
func readFeedStates(path string) map[string]*feedState {
	states := map[string]*feedState{}
	raw, err := os.ReadFile(path)
	if err == nil && json.Unmarshal(raw, &states) != nil {
		clear(states)
	}
	for url, s := range states {
		if s == nil {
			delete(states, url)
		}
	}
	return states
}

// writeFeedStates keeps them for the next run; the old file stays until the new
// one is whole.
func writeFeedStates(path string, states map[string]*feedState) error {
	raw, err := json.MarshalIndent(states, "", "  ")
	if err != nil {
		return err
	}
	next := path + ".new"
	if err := os.WriteFile(next, append(raw, '\n'), 0o644); err != nil {
		return fmt.Errorf("remember the feeds: %w", err)
	}
	return os.Rename(next, path)
}

// forget has a feed read as a whole the next time.
func (f *fetcher) forget(url string) {
	if s := f.feeds[url]; s != nil {
		s.ETag, s.Modified = "", ""
	}
}

// maxBackOff is the longest time for which a failing feed is left alone.
const maxBackOff = 6 * time.Hour

// get fetches a feed; nil for one that hasn't changed or that has to wait.
func (f *fetcher) get(ctx context.Context, url string) ([]byte, error) {
	state := f.feeds[url]
	if state == nil {
		state = &feedState{}
		f.feeds[url] = state
	}
	if time.Now().Before(state.NotBefore) {
		return nil, nil
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(time.Until(f.last.Add(f.pause))):
	}
	body, wait, err := f.request(ctx, url, state)
	f.last = time.Now()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		state.Failures++
		wait = max(wait, min(time.Minute<<min(state.Failures, 10), maxBackOff))
		state.NotBefore = time.Now().Add(wait)
		return nil, fmt.Errorf("%w; asked again in %s", err, wait.Round(time.Second))
	}
	state.Failures = 0
	return body, nil
}

// request asks once. wait is how long the server wants to be left alone.
func (f *fetcher) request(ctx context.Context, url string, state *feedState) (body []byte, wait time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("User-Agent", "hearsay/"+graph.Version)
	req.Header.Set("Accept", "application/atom+xml, application/rss+xml, application/xml, text/xml;q=0.9, */*;q=0.5")
	if state.ETag != "" {
		req.Header.Set("If-None-Match", state.ETag)
	}
	if state.Modified != "" {
		req.Header.Set("If-Modified-Since", state.Modified)
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close()
	if seconds, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && seconds > 0 {
		wait = min(time.Duration(seconds)*time.Second, maxBackOff)
	}
	switch resp.StatusCode {
	case http.StatusNotModified:
		return nil, 0, nil
	case http.StatusOK:
	default:
		return nil, wait, fmt.Errorf("answered %s", resp.Status)
	}
	body, err = io.ReadAll(io.LimitReader(resp.Body, maxFeed+1))
	if err == nil && len(body) > maxFeed {
		err = fmt.Errorf("is larger than the %d bytes that a feed may have", maxFeed)
	}
	if err != nil {
		return nil, wait, err
	}
	state.ETag, state.Modified = resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	return body, 0, nil
}

// opmlFeeds lists the addresses of the feeds in an OPML file.
func opmlFeeds(raw []byte) ([]string, error) {
	type outline struct {
		URL      string    `xml:"xmlUrl,attr"`
		Outlines []outline `xml:"outline"`
	}
	var file struct {
		Outlines []outline `xml:"body>outline"`
	}
	if err := xml.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("is not OPML: %w", err)
	}
	var feeds []string
	var walk func([]outline)
	walk = func(list []outline) {
		for _, o := range list {
			if isURL(o.URL) {
				feeds = append(feeds, o.URL)
			}
			walk(o.Outlines)
		}
	}
	walk(file.Outlines)
	if len(feeds) == 0 {
		return nil, errors.New("names no feed: outlines with xmlUrl are looked for")
	}
	return feeds, nil
}
