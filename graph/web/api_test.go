package web

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// request is a request and what its answer has to be.
type request struct {
	name, method, path, body string
	header                   map[string]string
	status                   int
	want                     string // in the body; with a leading ! not in it
}

func (q request) run(t *testing.T, h http.Handler) {
	t.Run(q.name, func(t *testing.T) {
		if q.method == "" {
			q.method = "GET"
		}
		r := httptest.NewRequest(q.method, "http://127.0.0.1:64210"+q.path, strings.NewReader(q.body))
		for k, v := range q.header {
			if k == "Host" {
				r.Host = v
			} else {
				r.Header.Set(k, v)
			}
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		body := w.Body.String()
		if w.Code != q.status {
			t.Fatalf("status %d, want %d: %.300s", w.Code, q.status, body)
		}
		if not, ok := strings.CutPrefix(q.want, "!"); ok && strings.Contains(body, not) || !ok && !strings.Contains(body, q.want) {
			t.Errorf("want %q in %.600s", q.want, body)
		}
		if strings.HasPrefix(w.Header().Get("Content-Type"), "application/") && strings.Contains(w.Header().Get("Content-Type"), "json") && !json.Valid([]byte(body)) {
			t.Errorf("not JSON: %.300s", body)
		}
		for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"} {
			if w.Header().Get(name) == "" {
				t.Errorf("no header %s", name)
			}
		}
	})
}

func server(t testing.TB, opts Options) *Server {
	t.Helper()
	s, err := New(store(t, twoArticles(t)...), opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const blames = `g.V("<hs:Veldania>").out("<hs:blames>").all()`

func TestAPI(t *testing.T) {
	s := server(t, Options{})
	query := "/api/v2/query?lang=gizmo"
	for _, q := range []request{
		{name: "script as body", method: "POST", path: query, body: blames, status: 200, want: `{"result": [{"id":"<hs:`},
		{name: "form content type", method: "POST", path: query, body: blames, header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, status: 200, want: "hs:Ostrava"},
		{name: "qu", path: query + "&qu=g.V(%22%3Chs:Veldania%3E%22).out(%22%3Chs:blames%3E%22).all()", status: 200, want: "hs:Ostrava"},
		{name: "json-ld", method: "POST", path: query, body: blames, header: map[string]string{"Accept": "application/ld+json"}, status: 200, want: `"@id":"hs:Ostrava"`},
		{name: "nothing found", method: "POST", path: query, body: `g.V("<hs:Nobody>").out().all()`, status: 200, want: `{"result": []}`},
		{name: "unknown node excepted", method: "POST", path: query, body: `g.V("<hs:Veldania>").out("<hs:blames>").except(g.V("<hs:Nobody>")).all()`, status: 200, want: "hs:Ostrava"},
		{name: "typed parameters by header", method: "POST", path: query + "&param.who=Veldania",
			body: "/** @param {entity} who - x */ g.V(params.who).out('<hs:blames>').all()", status: 200, want: "hs:Ostrava"},
		{name: "a parameter is data", method: "POST", path: query + "&param.x=%22%29%3Bwhile%28true%29%7B%7D%2F%2F", body: "g.emit({x: params.x})", status: 200, want: `");while(true){}//`},
		{name: "script error", method: "POST", path: query, body: "g.V(", status: 400, want: `"error"`},
		{name: "empty", method: "POST", path: query, body: " ", status: 400, want: "query is empty"},
		{name: "no language", method: "POST", path: "/api/v2/query", body: blames, status: 400, want: "language not specified"},
		{name: "other language", method: "POST", path: "/api/v2/query?lang=mql", body: "[]", status: 400, want: "want gizmo"},
		{name: "too long", method: "POST", path: query, body: strings.Repeat(" ", maxScript+1), status: 413, want: "error"},
		{name: "bad limit", method: "POST", path: query + "&limit=0", body: blames, status: 400, want: "want a number"},
		{name: "limit", method: "POST", path: query + "&limit=1", body: "g.V().all()", status: 200, want: `{"result": [{`},
		{name: "read", path: "/api/v2/read?sub=%3Chs:Veldania%3E&pred=%3Chs:blames%3E", status: 200, want: "<hs:Veldania> <hs:blames> <hs:Ostrava> <hs:doc/lamps-out-"},
		{name: "read two", path: "/api/v2/read?sub=%3Chs:Veldania%3E,%3Chs:Ostrava%3E&obj=%3Chs:attribution%3E", status: 200, want: "<hs:Ostrava> <hs:denies> <hs:attribution>"},
		{name: "read a bad term", path: "/api/v2/read?sub=%3Chs:", status: 400, want: "sub"},
		{name: "formats", path: "/api/v2/formats", status: 200, want: `"nquads"`},
		{name: "write is refused", method: "POST", path: "/api/v2/write", body: "<hs:a> <hs:b> <hs:c> .", status: 403, want: "--writable"},
		{name: "delete is refused", method: "POST", path: "/api/v2/delete", body: "<hs:a> <hs:b> <hs:c> .", status: 403, want: "--writable"},
		{name: "node delete is refused", method: "POST", path: "/api/v2/node/delete", body: "<hs:a>", status: 403, want: "--writable"},
		{name: "no shape", method: "POST", path: "/api/v1/shape/gizmo", body: blames, status: 404, want: "error"},
		{name: "queries", path: "/api/queries", status: 200, want: `"name":"who-doubts"`},
		{name: "saved query", path: "/api/queries/who-doubts?about=Ostrava", status: 200, want: `"source_name":"Ada Finch"`},
		{name: "saved query as CSV", path: "/api/queries/who-doubts?about=hs:Ostrava", header: map[string]string{"Accept": "text/csv"}, status: 200, want: "source_name,stance,content,certainty,date"},
		{name: "saved query that finds nothing", path: "/api/queries/who-declined?since=2040-01-01", status: 200, want: "[]\n"},
		{name: "unknown query", path: "/api/queries/who-doubt", status: 404, want: "who-doubts"},
		{name: "unknown parameter", path: "/api/queries/who-doubts?abuot=x", status: 400, want: "did you mean about?"},
		{name: "bad value", path: "/api/queries/who-doubts?since=yesterday", status: 400, want: "2017-05-15"},
		{name: "unknown entity", path: "/api/queries/who-doubts?about=Ostrawa", status: 400, want: "hs:Ostrava"},
		{name: "names", path: "/api/names?id=hs:Ostrava&id=hs:Nobody", status: 200, want: `"hs:Ostrava":"Ostrava"`},
		{name: "completion", path: "/api/complete?q=kes", status: 200, want: `"id":"hs:KestrelLabs"`},
		{name: "health", path: "/healthz", status: 200, want: "ok"},
		{name: "metrics", path: "/metrics", status: 200, want: "hearsay_http_requests_total"},
		{name: "index", path: "/", status: 200, want: "/ui/editor.js"},
		{name: "prepared query", path: "/?query=who-doubts&about=%3C/script%3E", status: 200, want: `\u003c/script\u003e`},
		{name: "unknown prepared query", path: "/?query=nope", status: 404, want: "unknown query"},
		{name: "no such file", path: "/service-worker.js", status: 404, want: "error"},
		{name: "post to a page", method: "POST", path: "/", status: 405, want: "GET"},
	} {
		q.run(t, s)
	}
}

func TestWrites(t *testing.T) {
	s := server(t, Options{Writable: true})
	for _, q := range []request{
		{name: "write", method: "POST", path: "/api/v2/write", body: "<hs:a> <hs:b> <hs:c> <hs:test> .\n<hs:a> <hs:b> <hs:d> .\n", status: 200, want: `"count":2`},
		{name: "written", path: "/api/v2/read?sub=%3Chs:a%3E", status: 200, want: "<hs:a> <hs:b> <hs:c> <hs:test> .\n<hs:a>"},
		{name: "a bad line writes nothing", method: "POST", path: "/api/v2/write", body: "<hs:a> <hs:b> <hs:e> .\n<hs:a> nonsense\n", status: 400, want: "line 2"},
		{name: "another site", method: "POST", path: "/api/v2/write", body: "<hs:a> <hs:b> <hs:f> .", header: map[string]string{"Origin": "https://evil.example"}, status: 403, want: "another site"},
		{name: "another site as text", method: "POST", path: "/api/v2/write", body: "<hs:a> <hs:b> <hs:f> .", header: map[string]string{"Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain"}, status: 403, want: "another site"},
		{name: "not written", path: "/api/v2/read?sub=%3Chs:a%3E", status: 200, want: "!<hs:f>"},
		{name: "delete needs the label", method: "POST", path: "/api/v2/delete", body: "<hs:a> <hs:b> <hs:c> .", status: 200, want: `"count":0`},
		{name: "delete", method: "POST", path: "/api/v2/delete", body: "<hs:a> <hs:b> <hs:c> <hs:test> .", status: 200, want: `"count":1`},
		{name: "the other is there", path: "/api/v2/read?sub=%3Chs:a%3E", status: 200, want: "<hs:a> <hs:b> <hs:d> ."},
		{name: "node delete of no node", method: "POST", path: "/api/v2/node/delete", body: "<hs:a> nonsense", status: 400, want: "line 1"},
		{name: "node delete", method: "POST", path: "/api/v2/node/delete", body: "<hs:a>", status: 200, want: `"count":1`},
		{name: "gone", path: "/api/v2/read?sub=%3Chs:a%3E", status: 200, want: "!hs:a"},
	} {
		q.run(t, s)
	}
}

func TestGuards(t *testing.T) {
	for _, q := range []request{
		{name: "rebound name", path: "/api/queries", header: map[string]string{"Host": "evil.example"}, status: 421, want: "evil.example"},
		{name: "loopback name", path: "/api/queries", header: map[string]string{"Host": "localhost:64210"}, status: 200},
		{name: "loopback address", path: "/api/queries", header: map[string]string{"Host": "[::1]:64210"}, status: 200},
		{name: "own name", path: "/api/queries", header: map[string]string{"Host": "desk.example"}, status: 200},
		{name: "another site reads", path: "/api/queries", header: map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, status: 403, want: "another site"},
		{name: "a link from another site", path: "/", header: map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, status: 200},
		{name: "own page", method: "POST", path: "/api/v2/query?lang=gizmo", body: blames, header: map[string]string{"Origin": "http://127.0.0.1:64210", "Host": "127.0.0.1:64210", "Sec-Fetch-Site": "same-origin"}, status: 200},
	} {
		q.run(t, server(t, Options{Hosts: []string{"desk.example"}}))
	}
	locked := server(t, Options{Token: "s3cret", AnyHost: true})
	for _, q := range []request{
		{name: "no token", path: "/api/queries", status: 401, want: "token"},
		{name: "wrong token", path: "/api/queries", header: map[string]string{"Authorization": "Bearer s3cre"}, status: 401},
		{name: "token", path: "/api/queries", header: map[string]string{"Authorization": "Bearer s3cret"}, status: 200},
		{name: "cookie", path: "/api/queries", header: map[string]string{"Cookie": tokenCookie + "=s3cret"}, status: 200},
		{name: "in the address, once", path: "/?token=s3cret", status: 303},
		{name: "health needs none", path: "/healthz", status: 200},
	} {
		q.run(t, locked)
	}
}

func TestListen(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0"} {
		if l, err := Listen(addr, "", false); err == nil {
			l.Close()
			t.Errorf("Listen(%q) without a token works", addr)
		}
	}
	for _, ok := range []struct {
		addr, token string
		insecure    bool
	}{{"0.0.0.0:0", "token", false}, {"0.0.0.0:0", "", true}, {"127.0.0.1:0", "", false}, {"localhost:0", "", false}} {
		l, err := Listen(ok.addr, ok.token, ok.insecure)
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
	}
}

// TestServeStops: a request that runs when the server is told to stop gets its
// answer, and the server ends.
func TestServeStops(t *testing.T) {
	l, err := Listen("127.0.0.1:0", "", false)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	s := server(t, Options{Timeout: 300 * time.Millisecond})
	go func() { done <- s.Serve(ctx, l) }()
	warm := func() bool { // what is read ahead is read: the next query is the request's
		s.latest.mu.Lock()
		defer s.latest.mu.Unlock()
		return !s.latest.read.IsZero()
	}
	for !warm() {
		time.Sleep(time.Millisecond)
	}
	answer := make(chan string, 1)
	go func() {
		resp, err := http.Post("http://"+l.Addr().String()+"/api/v2/query?lang=gizmo", "text/plain", strings.NewReader("while (true) {}"))
		if err != nil {
			answer <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		answer <- resp.Status + string(body)
	}()
	for len(s.slots) == 0 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	if got := <-answer; !strings.Contains(got, `"error"`) || strings.HasPrefix(got, "200") {
		t.Errorf("answer %q, want an error", got)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}
