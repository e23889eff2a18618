package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// Every route, an error, a refusal and a redirect included, has the headers that
// keep a page from being framed, sniffed, or made to load from elsewhere.
func TestSecurityHeaders(t *testing.T) {
	s := server(t, Options{Token: "s3cret"})
	for _, path := range []string{"/", "/healthz", "/metrics", "/documents", "/api/v2/formats", "/nothing", "/?token=s3cret"} {
		for _, token := range []string{"", "Bearer s3cret"} {
			r := httptest.NewRequest("GET", "http://127.0.0.1"+path, nil)
			r.Header.Set("Authorization", token)
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
				"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=()"} {
				if got := w.Header().Get(name); !strings.Contains(got, want) {
					t.Errorf("%s, %d: %s is %q, want %q", path, w.Code, name, got, want)
				}
			}
		}
	}
}

// What changes the store is refused to another site's page however its browser
// names it, and by method: nothing changes by GET.
func TestNoWritesFromOtherSites(t *testing.T) {
	s := server(t, Options{Writable: true})
	for _, path := range []string{"/api/v2/write", "/api/v2/delete", "/api/v2/node/delete", "/review"} {
		for name, header := range map[string]map[string]string{
			"by origin": {"Origin": "https://evil.example"}, "of no origin": {"Origin": "null"}, "of another port": {"Origin": "http://127.0.0.1:1"},
			"cross-site": {"Sec-Fetch-Site": "cross-site"}, "a sister site": {"Sec-Fetch-Site": "same-site"},
			"a form that is sent": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
		} {
			request{name: path + " " + name, method: "POST", path: path, body: "<hs:a> <hs:b> <hs:c> .", header: header, status: 403}.run(t, s)
		}
	}
	for _, path := range []string{"/api/v2/write", "/api/v2/delete", "/api/v2/node/delete"} {
		request{name: path + " by GET", path: path, status: 404}.run(t, s)
	}
	request{name: "nothing was written", path: "/api/v2/read?sub=%3Chs:a%3E", status: 200, want: "!hs:a"}.run(t, s)
}

// Bodies that are too long and queries that take too long end with an error that
// says so; nothing of a body is stored.
func TestLimits(t *testing.T) {
	s := server(t, Options{Writable: true, Timeout: 50 * time.Millisecond})
	long := "<hs:long> <hs:b> <hs:c> .\n" + strings.Repeat("# filling\n", maxWrite/10)
	for _, q := range []request{
		{name: "write", method: "POST", path: "/api/v2/write", body: long, status: 413, want: "error"},
		{name: "delete", method: "POST", path: "/api/v2/delete", body: long, status: 413, want: "error"},
		{name: "node delete", method: "POST", path: "/api/v2/node/delete", body: long, status: 413, want: "error"},
		{name: "nothing was written", path: "/api/v2/read?sub=%3Chs:long%3E", status: 200, want: "!hs:long"},
		{name: "time", method: "POST", path: "/api/v2/query?lang=gizmo", body: "while (true) {}", status: 504, want: "error"},
		{name: "rows", method: "POST", path: "/api/v2/query?lang=gizmo&limit=100001", body: "g.V().all()", status: 400, want: "100000"},
	} {
		q.run(t, s)
	}
}

// A client that opens a connection and sends nothing, stops in the middle of a
// header or a body, or sends a header of a megabyte, doesn't hold the connection.
func TestConnectionLimits(t *testing.T) {
	l, err := Listen("127.0.0.1:0", "", false)
	if err != nil {
		t.Fatal(err)
	}
	srv := server(t, Options{Writable: true}).httpServer()
	if srv.ReadHeaderTimeout <= 0 || srv.ReadTimeout <= 0 || srv.WriteTimeout <= 0 || srv.IdleTimeout <= 0 {
		t.Errorf("a time without a limit: %+v", srv)
	}
	srv.ReadHeaderTimeout, srv.ReadTimeout, srv.IdleTimeout = 50*time.Millisecond, 100*time.Millisecond, 50*time.Millisecond
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	for name, sent := range map[string]string{
		"nothing":                "",
		"half a header":          "GET / HTTP/1.1\r\nHost: loc",
		"half a body":            "POST /api/v2/write HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n<hs:a>",
		"a request, then idle":   "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"a header of a megabyte": "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + strings.Repeat("a", 1<<20),
	} {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		c.SetDeadline(time.Now().Add(time.Minute))
		_, _ = c.Write([]byte(sent)) // the server may hang up in the middle
		if answer, err := io.ReadAll(c); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: the connection was held; answer %.60q", name, answer)
		}
		c.Close()
	}
	if err := srv.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		t.Error(err)
	}
}

// Each request is logged as one structured line, without the token that it brought.
func TestLog(t *testing.T) {
	var out bytes.Buffer
	s := server(t, Options{Token: "s3cret", Log: slog.New(slog.NewJSONHandler(&out, nil))})
	for _, path := range []string{"/documents", "/?token=s3cret"} {
		r := httptest.NewRequest("GET", "http://127.0.0.1"+path, nil)
		r.Header.Set("Cookie", tokenCookie+"=s3cret")
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	for line := range strings.Lines(out.String()) {
		var got map[string]any
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		for _, name := range []string{"time", "level", "msg", "method", "path", "status", "bytes", "ms", "remote"} {
			if _, ok := got[name]; !ok {
				t.Errorf("no %s in %s", name, line)
			}
		}
	}
	if n := strings.Count(out.String(), "\n"); n != 2 || strings.Contains(out.String(), "s3cret") {
		t.Errorf("%d lines, want 2 without the token:\n%s", n, out.String())
	}
}

// A handler that panics is an answer, a line in the log and a count.
func TestPanicIsAnswered(t *testing.T) {
	var out bytes.Buffer
	m := newMetrics()
	h := observe(slog.New(slog.NewTextHandler(&out, nil)), m, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("odd") }))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/x", nil))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "odd") || !strings.Contains(out.String(), "odd") {
		t.Errorf("%d %s; log %.200s", w.Code, w.Body, out.String())
	}
	w = httptest.NewRecorder()
	m.handler().ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/metrics", nil))
	if !strings.Contains(w.Body.String(), `hearsay_http_requests_total{route="none",status="500"} 1`) {
		t.Errorf("not counted:\n%s", w.Body)
	}
}

// /healthz says so when the store can't be read, and /metrics keeps its secret.
func TestHealthAndMetrics(t *testing.T) {
	s := server(t, Options{Token: "s3cret"})
	request{name: "metrics without the token", path: "/metrics", status: 401}.run(t, s)
	request{name: "health", path: "/healthz", status: 200, want: "ok"}.run(t, s)
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	request{name: "health of a closed store", path: "/healthz", status: 503, want: "closed"}.run(t, s)
}
