package web

import (
	"context"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a headless Chromium that can reach nothing but the server of the
// test. It keeps what pages asked for and complained of.
type browser struct {
	t      *testing.T
	ctx    context.Context
	origin string

	mu         sync.Mutex
	foreign    []string // requests to other origins
	complaints []string // uncaught errors, errors on the console, policy violations
}

func findChromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("HEARSAY_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const how = "no Chromium: install Debian's chromium, or name one in HEARSAY_CHROMIUM"
	if os.Getenv("HEARSAY_REQUIRE_BROWSER") == "1" {
		t.Fatal(how)
	}
	t.Skip(how)
	return ""
}

// browse starts a server with these options over two articles, and a browser.
func browse(t *testing.T, opts Options) *browser {
	t.Helper()
	path := findChromium(t)
	s, err := New(store(t, twoArticles(t)...), opts)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	flags := append([]chromedp.ExecAllocatorOption{}, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.Headless,
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.ExecPath(path),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("disable-default-apps", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx, origin: srv.URL}
	b.do(network.Enable(), log.Enable())
	chromedp.ListenTarget(ctx, b.listen)
	t.Cleanup(b.check)
	return b
}

func (b *browser) listen(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(ev.Request.URL)
		if err == nil && u.Scheme != "data" && u.Scheme != "blob" && !strings.HasPrefix(ev.Request.URL, b.origin+"/") {
			b.foreign = append(b.foreign, ev.Request.URL)
		}
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, ev.ExceptionDetails.Error())
	case *log.EventEntryAdded:
		if ev.Entry.Level == log.LevelError && !strings.Contains(ev.Entry.Text, "status of 4") {
			b.complaints = append(b.complaints, ev.Entry.Text+" "+ev.Entry.URL)
		}
	}
}

// check fails the test where a page asked another host, or complained.
func (b *browser) check() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, u := range b.foreign {
		b.t.Errorf("a page asked for %s", u)
	}
	for _, c := range b.complaints {
		b.t.Errorf("a page complained: %s", c)
	}
}

func (b *browser) do(actions ...chromedp.Action) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if b.ctx == nil {
		b.t.Fatal("no browser")
	}
	if chromedp.FromContext(b.ctx).Target == nil { // the first action starts the browser, whose life must not end with ctx
		ctx = b.ctx
	}
	if err := chromedp.Run(ctx, actions...); err != nil {
		b.t.Fatalf("browser: %v", err)
	}
}

// open shows a page at the width of a screen.
func (b *browser) open(path string, width int) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(int64(width), 900), chromedp.Navigate(b.origin+path))
}

// until waits for an expression of the page to become true.
func (b *browser) until(expression string) {
	b.t.Helper()
	var ok bool
	err := chromedp.Run(b.ctx, chromedp.Poll(expression, &ok, chromedp.WithPollingTimeout(10*time.Second), chromedp.WithPollingInterval(50*time.Millisecond)))
	if err != nil {
		var text string
		_ = chromedp.Run(b.ctx, chromedp.Evaluate(`document.body.innerText.slice(0, 2000)`, &text))
		b.t.Fatalf("page never had %s: %v\n%s", expression, err, text)
	}
}

func (b *browser) text(selector string) string {
	b.t.Helper()
	var text string
	b.do(chromedp.Evaluate(`(document.querySelector(`+quote(selector)+`) || {innerText: ""}).innerText`, &text))
	return text
}

func quote(s string) string { return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"` }

// shot keeps a picture of the page in HEARSAY_ARTEFACTS, where that is set.
func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("HEARSAY_ARTEFACTS")
	if dir == "" {
		return
	}
	var png []byte
	b.do(chromedp.FullScreenshot(&png, 100))
	if err := os.MkdirAll(dir, 0o777); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o666); err != nil {
		b.t.Fatal(err)
	}
}
