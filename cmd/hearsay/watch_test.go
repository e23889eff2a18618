package main

import (
	"bufio"
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"hearsay/graph"
	"hearsay/graph/storetest"
)

const feedHead = `<rss version="2.0"><channel><title>The Varo Courier</title>`

func feedItem(n string, text string) string {
	return `<item><title>Ferry ` + n + `</title><link>https://courier.example/` + n + `</link><description>` + text + `</description></item>`
}

// TestWatch follows a feed that changes, stays, fails, redirects and sends
// garbage, and a folder beside it.
func TestWatch(t *testing.T) {
	body, status, conditional := feedHead+feedItem("one", "Kaspersky denied on Tuesday that it had known of the attack.")+`</channel></rss>`, http.StatusOK, 0
	stall, retry := false, ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/feed", http.StatusMovedPermanently)
			return
		}
		tag := `"` + strings.Map(func(c rune) rune {
			if unicode.IsLetter(c) {
				return c
			}
			return -1
		}, body) + `"`
		if status == http.StatusOK && r.Header.Get("If-None-Match") == tag {
			conditional++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if stall {
			select {
			case <-r.Context().Done():
			case <-time.After(10 * time.Second):
			}
			return
		}
		if retry != "" {
			w.Header().Set("Retry-After", retry)
		}
		w.Header().Set("ETag", tag)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	defer server.Close()
	dir := t.TempDir()
	store, err := graph.Open(t.Context(), "memory:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	w := &watching{store: store, seen: map[string]string{}, known: map[string]bool{}, fetch: newFetcher(), once: true}
	w.fetch.pause, w.fetch.client.Timeout = 0, time.Second
	w.quiet = true
	if w.pipeline, err = newPipeline(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	round := func() (out, problems string) {
		t.Helper()
		for _, f := range w.fetch.feeds {
			f.NotBefore = time.Time{}
		}
		c := watchCommand()
		c.SetContext(t.Context())
		var stdout, stderr bytes.Buffer
		c.SetOut(&stdout)
		c.SetErr(&stderr)
		if err := w.round(c, []string{server.URL + "/old", dir}); err != nil && !strings.Contains(err.Error(), "skipped") {
			t.Fatal(err)
		}
		return stdout.String(), stderr.String()
	}
	steps := []struct {
		name           string
		do             func()
		stdout, stderr string
	}{
		{"a new entry, and an empty folder", func() {}, "added https://courier.example/one: Ferry one", "holds no file"},
		{"nothing new", func() {}, "", ""},
		{"a file in the folder", func() {
			write(t, filepath.Join(dir, "two.txt"), "Ferry two\n\nSymantec doubted on Tuesday that Spain had known of the attack.\n")
		}, "added two.txt: Ferry two", ""},
		{"the server fails", func() { status = http.StatusServiceUnavailable }, "", "answered 503 Service Unavailable; asked again in"},
		{"garbage", func() { status, body = http.StatusOK, "<html>no feed" }, "", "is not an RSS or Atom feed"},
		{"a feed that stalls", func() { stall = true }, "", "asked again in"},
		{"too much to ask", func() { stall, status, retry = false, http.StatusTooManyRequests, "7200" }, "", "answered 429 Too Many Requests; asked again in 2h0m0s"},
		{"a syndicated copy", func() {
			status, retry = http.StatusOK, ""
			long := "Kaspersky denied on Tuesday that it had known of the attack. " + strings.Repeat("The ferry lay on its side in the harbour of Varo, and nobody on the quay could say why it had sunk. ", 6)
			body = feedHead + feedItem("three", long) + feedItem("four", long) + `</channel></rss>`
		}, "added https://courier.example/four: Ferry four (", ""},
		{"a changed entry", func() {
			body = feedHead + feedItem("one", "Kaspersky confirmed on Friday that it had known of the attack.") + `</channel></rss>`
		}, "replaced https://courier.example/one: Ferry one", ""},
	}
	for _, s := range steps {
		s.do()
		out, problems := round()
		if !strings.Contains(out, s.stdout) || s.stdout == "" && out != "" {
			t.Errorf("%s: prints %q, want %q", s.name, out, s.stdout)
		}
		if !strings.Contains(problems, s.stderr) || s.stderr == "" && problems != "" {
			t.Errorf("%s: says %q, want %q", s.name, problems, s.stderr)
		}
	}
	copied, err := store.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range copied {
		first, err := store.CopyOf(t.Context(), d.IRI)
		if err != nil || (first != nil) != (d.ID == "https://courier.example/three") { // neither has a date: the first by name is the original
			t.Errorf("%s is a copy of %v, %v", d.ID, first, err)
		}
	}
	if conditional == 0 {
		t.Error("the server was never asked for changes alone")
	}
}

// TestFeedStates: what a feed answered is remembered from run to run, and feeds
// that fail are left alone for longer and longer.
func TestFeedStates(t *testing.T) {
	asked, status := "", http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header.Get("If-None-Match")
		w.Header().Set("ETag", `"one"`)
		w.WriteHeader(status)
	}))
	defer server.Close()
	file := filepath.Join(t.TempDir(), "db.feeds")
	get := func() (wait time.Duration) {
		t.Helper()
		f := newFetcher()
		f.feeds, f.pause = readFeedStates(file), 0
		if s := f.feeds[server.URL]; s != nil {
			s.NotBefore = time.Time{}
		}
		asked = "nothing"
		_, _ = f.get(t.Context(), server.URL)
		if err := writeFeedStates(file, f.feeds); err != nil {
			t.Fatal(err)
		}
		return time.Until(readFeedStates(file)[server.URL].NotBefore).Round(time.Minute)
	}
	if get(); asked != "" {
		t.Errorf("the first request asks for changes since %q", asked)
	}
	if get(); asked != `"one"` {
		t.Errorf("the second request asks for changes since %q, want \"one\"", asked)
	}
	status = http.StatusInternalServerError
	var waits []time.Duration
	for range 4 {
		waits = append(waits, get())
	}
	if want := []time.Duration{2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute}; !slices.Equal(waits, want) {
		t.Errorf("left alone for %v, want %v", waits, want)
	}
	write(t, file, "{broken")
	status = http.StatusOK
	if get(); asked != "" {
		t.Error("a broken file is not taken for nothing remembered")
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestOPML(t *testing.T) {
	feeds, err := opmlFeeds([]byte(`<opml><body><outline text="News"><outline xmlUrl="https://courier.example/feed"/></outline><outline xmlUrl="http://post.example/rss"/></body></opml>`))
	if err != nil || strings.Join(feeds, " ") != "https://courier.example/feed http://post.example/rss" {
		t.Errorf("got %q, %v", feeds, err)
	}
	for _, broken := range []string{"<opml><body>", "<opml><body></body></opml>", "nothing"} {
		if _, err := opmlFeeds([]byte(broken)); err == nil {
			t.Errorf("%q is taken for OPML with feeds", broken)
		}
	}
}

// A database that is gone for a while ends no watch: what came meanwhile is read when
// it is back.
func TestWatchOutlivesItsDatabase(t *testing.T) {
	direct := postgresSchema(t)
	line, db := storetest.Lay(t, direct)
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("one.txt", "Kaspersky denied on Tuesday that it had known of the attack.")
	cmd := program(t, "watch", "-q", "--every", "1s", "--db", db, dir)
	errs, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill() }()
	said := make(chan string, 100)
	go func() {
		for lines := bufio.NewScanner(errs); lines.Scan(); {
			said <- lines.Text()
		}
	}()
	await := func(doc string) {
		t.Helper()
		for range 300 {
			s, err := graph.Open(context.Background(), direct, graph.Options{ReadOnly: true})
			if err == nil {
				docs, _ := s.Documents(context.Background())
				s.Close()
				if slices.ContainsFunc(docs, func(d graph.DocumentInfo) bool { return d.ID == doc }) {
					return
				}
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Fatalf("%s isn't stored", doc)
	}
	await("one.txt")
	line.Cut(true)
	write("two.txt", "Symantec denied on Tuesday that it had known of the attack.")
	select {
	case text := <-said:
		if !strings.HasPrefix(text, "hearsay: ") { // a folder that is skipped, or what remained of the round before
			t.Errorf("without a database: %s", text)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("nothing is said of a database that is gone")
	}
	line.Cut(false)
	await("two.txt")
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after an interrupt: %v", err)
	}
}
