package web

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"hearsay/ingest/news"
)

// FuzzRequests: whatever is asked for, the server answers, and never that it
// broke.
func FuzzRequests(f *testing.F) {
	for _, seed := range [][3]string{
		{"/document", "id=hs:doc/x%23char=1,2", ""}, {"/api/v2/query", "lang=gizmo&param.x=1", "/** @param {date} x */ g.emit(params)"},
		{"/api/v2/read", `sub=<a:b>,"x"@en&label=_:a`, ""}, {"/search", "q=%ff%00", ""}, {"/ask/who-says", "about=<hs:X>&limit=-1", ""},
		{"/api/complete", "q=(", ""}, {"/api/names", "id=%3C&id=hs:X", ""}, {"/", "query=who-says&about=</script>", ""}, {"/node", "id=\"", ""},
		{"/review", "", "id=hs:claim/x&verdict=accept&note=%00"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	s, err := New(store(f, twoArticles(f)...), Options{Timeout: 200 * time.Millisecond, Writable: true})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, path, query, body string) { answersWell(t, s, path, query, body) })
}

// answersWell fails where a request's answer is that the server broke.
func answersWell(t *testing.T, s *Server, path, query, body string) int {
	t.Helper()
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	r := httptest.NewRequest(method, "http://127.0.0.1/", strings.NewReader(body))
	r.URL = &url.URL{Scheme: "http", Host: "127.0.0.1", Path: "/" + strings.TrimLeft(path, "/"), RawQuery: query}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code == http.StatusInternalServerError {
		t.Errorf("%s %s?%.200s %.200q: %.300s", method, path, query, body, w.Body)
	}
	return w.Code
}

var randomRequests = flag.Int("requests", 2000, "how many requests TestRandomRequests sends")

// TestRandomRequests sends requests of every route with what people and others may
// write into them, and with it cut, joined and repeated.
func TestRandomRequests(t *testing.T) {
	s, err := New(store(t, twoArticles(t)...), Options{Timeout: 200 * time.Millisecond, Writable: true})
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{"/", "/healthz", "/api/v2/query", "/api/v2/read", "/api/v2/formats", "/api/v2/write", "/api/v2/delete", "/api/v2/node/delete",
		"/api/queries", "/api/queries/who-doubts", "/api/names", "/api/complete", "/node", "/documents", "/document", "/entities", "/entity",
		"/proposition", "/claim", "/review", "/disputes", "/ask", "/ask/who-says", "/search", "/ui/editor.js", "/../etc/passwd"}
	names := []string{"id", "q", "qu", "lang", "limit", "sub", "pred", "obj", "label", "about", "since", "query", "script", "run", "param.x", "char", "claim", "verdict", "note", "page"}
	values := []string{"", "1", "-1", "99999999999999999999", "gizmo", "hs:Ostrava", "<hs:Veldania>", "hs:claim/x", "hs:doc/x#char=1,2", `"x"@en`, "_:a", "2031-05-01",
		"%00", "\xff\xfe", "</script>", "(", "'\"`", "\u202e", "g.V().all()", "g.V(", "accept", strings.Repeat("a", 3000)}
	bodies := []string{"", "", "", "<hs:a> <hs:b> <hs:c> .", "<hs:a> <hs:b>", "id=hs:claim/x&verdict=accept&note=%00", blames, "{}", "\x00", "g.emit(params)"}
	r := rand.New(rand.NewPCG(3, 5))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	codes := map[int]int{}
	for range *randomRequests {
		path, query, body := pick(paths), url.Values{}, pick(bodies)
		for range r.IntN(5) {
			v := pick(values) + pick(values)
			query.Add(pick(names), v[:r.IntN(len(v)+1)])
		}
		raw := query.Encode()
		if r.IntN(4) == 0 {
			path += pick(values)
			raw = raw[:r.IntN(len(raw)+1)] + pick(values)
		}
		codes[answersWell(t, s, path, raw, body)]++
	}
	t.Logf("answers by status: %v", codes)
	for _, code := range []int{http.StatusOK, http.StatusBadRequest, http.StatusNotFound} {
		if codes[code] == 0 {
			t.Errorf("no request got a %d: %v", code, codes)
		}
	}
}

// TestHostileText: an article whose text is one endless line of markup, with
// characters that turn the direction of what follows, in its title, its outlet and
// the names in it, is shown as text and breaks no page.
func TestHostileText(t *testing.T) {
	const evil = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\u2066\" onmouseover=alert(3) \u0007"
	f := article(t, "evil", evil, "Evil "+evil, "2031-05-01", "Ostrava "+evil+" denied it. "+strings.Repeat(evil+" no end ", 10_000))
	f.entity("hs:Ostrava", evil, news.Location)
	f.entity("hs:Kestrel", "Ostrava", news.Organization)
	p := f.prop("Ostrava", "hs:Ostrava", "denied", "hs:rel/deny", "", nil, evil)
	f.claim("Ostrava", said{source: "Ostrava", iri: "hs:Kestrel", cue: "denied", stance: news.Denies, content: "it", propositions: []int{p}, targets: []string{"hs:Ostrava"}})
	s, err := New(store(t, f.d), Options{})
	if err != nil {
		t.Fatal(err)
	}
	prop, claim := f.d.Propositions[0].ID, f.d.Claims[0].ID
	for _, path := range []string{"/document?id=" + url.QueryEscape(f.d.IRI), "/entity?id=hs:Ostrava", "/entity?id=hs:Kestrel", "/proposition?id=" + prop, "/claim?id=" + claim, "/disputes",
		"/documents", "/entities", "/search?q=evil", "/ask/who-says?about=hs:Ostrava&run=1", "/ask/neighbourhood?of=hs:Kestrel&run=1", "/node?id=hs:Kestrel"} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://127.0.0.1"+path, nil))
		body := w.Body.String()
		if w.Code >= 400 || len(body) > 4<<20 {
			t.Errorf("%s: %d, %d bytes", path, w.Code, len(body))
		}
		for _, bad := range []string{"<script>alert", "<img src=x", "\" onmouseover", "\u202e", "\u2066", "\u0007"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s: the page has %q", path, bad)
			}
		}
		if policy := w.Header().Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("%s: policy %q", path, policy)
		}
	}
	var html strings.Builder
	if err := Report(t.Context(), &html, s.store, "hs:Ostrava", "html"); err != nil || strings.Contains(html.String(), "<script") || strings.Contains(html.String(), "\u202e") {
		t.Errorf("the report runs what the article says: %v", err)
	}
}

// TestManyAtOnce reads pages and writes quads at the same time; under the race
// detector it says whether they get into each other's way.
func TestManyAtOnce(t *testing.T) {
	s := server(t, Options{Writable: true})
	var wg sync.WaitGroup
	for client := range 16 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range 5 {
				path, body := []string{"/disputes", "/entity?id=hs:Ostrava", "/search?q=kestrel", "/api/queries/who-doubts?about=hs:Ostrava", "/documents"}[n], ""
				if client%4 == 0 {
					path, body = "/api/v2/write", fmt.Sprintf("<hs:a%d> <hs:b> <hs:c%d> <hs:test> .", client, n)
				}
				method := http.MethodGet
				if body != "" {
					method = http.MethodPost
				}
				w := httptest.NewRecorder()
				s.ServeHTTP(w, httptest.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(body)))
				if w.Code != http.StatusOK {
					t.Errorf("%s: %d %.200s", path, w.Code, w.Body)
				}
			}
		}()
	}
	wg.Wait()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/api/v2/read?label=hs:test", nil))
	if got := strings.Count(w.Body.String(), "\n"); got != 20 {
		t.Errorf("%d quads were written, want 20", got)
	}
}
