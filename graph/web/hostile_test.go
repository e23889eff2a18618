package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
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
	f.Fuzz(func(t *testing.T, path, query, body string) {
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
			t.Errorf("%s %s?%s: %.300s", method, path, query, w.Body)
		}
	})
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
