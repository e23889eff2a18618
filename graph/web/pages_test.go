package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"hearsay/ingest/news"
)

func TestPages(t *testing.T) {
	s := server(t, Options{})
	html := map[string]string{"Accept": "text/html"}
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	doc, prop := "hs:doc/lamps-out-c195f7f3", "hs:prop/c1b13774e728fac932c3"
	for _, q := range []request{
		{name: "documents", path: "/documents", status: 200, want: "Lamps out in Marrow Bay"},
		{name: "documents about", path: "/documents?about=Veldania", status: 200, want: "!Cause of the outage"},
		{name: "document", path: "/document?id=" + url.QueryEscape(doc), status: 200, want: `class="content side-oppose"`},
		{name: "document: hostile text", path: "/document?id=" + url.QueryEscape(doc), status: 200, want: "&lt;script&gt;alert(1)&lt;/script&gt;"},
		{name: "document: direction characters", path: "/document?id=" + url.QueryEscape(doc), status: 200, want: "!\u202e"},
		{name: "no such document", path: "/document?id=hs:doc/none-00000000", header: html, status: 404, want: "there is nothing of that name"},
		{name: "entity", path: "/entity?id=hs:KestrelLabs", status: 200, want: "director"},
		{name: "entity in brackets", path: "/entity?id=%3Chs:Ostrava%3E", status: 200, want: "What is said of it"},
		{name: "no such entity", path: "/entity?id=hs:Nobody", header: html, status: 404, want: "hs:Nobody"},
		{name: "no id", path: "/entity", header: html, status: 400, want: "id"},
		{name: "proposition", path: "/proposition?id=" + prop, status: 200, want: "side-uncommitted"},
		{name: "disputes", path: "/disputes", status: 200, want: "the outage attributed to Ostrava"},
		{name: "disputes about", path: "/disputes?about=hs:Nobody", status: 200, want: "No statement has two sides"},
		{name: "ask", path: "/ask", status: 200, want: "/ask/who-doubts?about=hs%3ANorthKorea"},
		{name: "ask a query", path: "/ask/who-doubts?about=Ostrava&run=1", status: 200, want: "Ada Finch"},
		{name: "ask wrongly", path: "/ask/who-says?run=1", status: 400, want: "parameter about: missing"},
		{name: "ask an unknown one", path: "/ask/who-say", header: html, status: 404, want: "who-says"},
		{name: "search", path: "/search?q=kestrel", status: 200, want: "/entity?id=hs%3AKestrelLabs"},
		{name: "search, misspelt", path: "/search?q=Veldannia", status: 200, want: "veldannia → veldania"},
		{name: "search, hostile", path: "/search?q=%3Cscript%3E%22", status: 200, want: "&lt;script&gt;"},
		{name: "entities", path: "/entities?kind=person", status: 200, want: "Ada Finch"},
		{name: "a node leads to its page", path: "/node?id=" + claimOf(t, s.store, "hs:Veldania"), status: 303, want: "/claim"},
		{name: "claim", path: "/claim?id=" + claimOf(t, s.store, "hs:MarrowBayCourier"), status: 200, want: "about the claim of"},
		{name: "no such claim", path: "/claim?id=hs:claim/none", header: html, status: 404, want: "there is nothing"},
		{name: "review of a read-only store", method: "POST", path: "/review", body: "id=hs:claim/x&verdict=accept", header: form, status: 403, want: "--writable"},
		{name: "any other node", path: "/entity?id=hs:doubts", status: 200, want: "doubts"},
		{name: "page that is none", path: "/nothing", header: html, status: 404, want: "<h1>"},
	} {
		q.run(t, s)
	}
}

// TestCopiedPages: what two papers print of one report is told once.
func TestCopiedPages(t *testing.T) {
	body := "Officials said that Ostrava fell dark. " + strings.Repeat("The harbour of the town lay still and nobody on the quay could tell why the lamps were out that night. ", 8)
	var docs []*news.Document
	for i, outlet := range []string{"First Gazette", "Second Gazette", "Third Gazette"} {
		f := article(t, fmt.Sprintf("copy-%d", i), outlet, "Dark night "+outlet, fmt.Sprintf("2031-04-0%d", i+1), body)
		f.entity("hs:Ostrava", "Ostrava", news.Location)
		p := f.prop("Officials", "hs:Ostrava", "fell dark", "hs:rel/fall-dark", "", nil, "Ostrava falls dark")
		f.claim("Officials", said{source: "Officials", cue: "said", stance: news.Asserts, content: "Ostrava fell dark", propositions: []int{p}})
		docs = append(docs, f.d)
	}
	s, err := New(store(t, docs...), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, outlined := range []bool{false, true} {
		if outlined {
			if err := s.store.Outline(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for _, q := range []request{
			{name: "the first document", path: "/document?id=" + url.QueryEscape(docs[0].IRI), status: 200, want: "2 copies of this text"},
			{name: "a copy", path: "/document?id=" + url.QueryEscape(docs[2].IRI), status: 200, want: "Almost the same text stands in"},
			{name: "one source", path: "/proposition?id=" + docs[0].Propositions[0].ID, status: 200, want: "Single source."},
			{name: "told once", path: "/proposition?id=" + docs[0].Propositions[0].ID, status: 200, want: "the same in 2 copies"},
			{name: "counted once", path: "/api/queries/sources?unnamed=true", status: 200, want: `"claims":1,`},
		} {
			q.run(t, s)
		}
	}
}

func TestReview(t *testing.T) {
	s := server(t, Options{Writable: true})
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	claim := claimOf(t, s.store, "hs:Veldania")
	for _, q := range []request{
		{name: "decide", method: "POST", path: "/review", body: "id=" + claim + "&verdict=accept&reliability=B&credibility=2&note=%3Cb%3E", header: form, status: 303},
		{name: "decided", path: "/claim?id=" + claim, status: 200, want: "&lt;b&gt;"},
		{name: "in its document", path: "/document?id=" + url.QueryEscape("hs:doc/lamps-out-c195f7f3"), status: 200, want: "accepted"},
		{name: "demanded by a query", path: "/api/queries/who-says?about=hs:Ostrava&review=accepted", status: 200, want: `"grade":"B2"`},
		{name: "correct the source", method: "POST", path: "/review", body: "id=" + claim + "&verdict=correct&source=Ada+Finch&stance=doubts", header: form, status: 303},
		{name: "corrected", path: "/claim?id=" + claim, status: 200, want: "hs:AdaFinch"},
		{name: "correct to nobody", method: "POST", path: "/review", body: "id=" + claim + "&verdict=correct&source=Nobody", header: form, status: 400, want: "Nobody"},
		{name: "no such verdict", method: "POST", path: "/review", body: "id=" + claim + "&verdict=shrug", header: form, status: 400, want: "accept, reject or correct"},
		{name: "no such claim", method: "POST", path: "/review", body: "id=hs:claim/none&verdict=accept", header: form, status: 404},
		{name: "a statement", method: "POST", path: "/review", body: "id=hs:prop/c1b13774e728fac932c3&verdict=reject&note=forged", header: form, status: 303},
		{name: "a statement, decided", path: "/proposition?id=hs:prop/c1b13774e728fac932c3", status: 200, want: "forged"},
		{name: "a merge", method: "POST", path: "/review", body: "id=hs:KestrelLabs&verdict=reject&note=two+firms", header: form, status: 303},
		{name: "another site", method: "POST", path: "/review", body: "id=" + claim + "&verdict=reject", header: map[string]string{"Content-Type": form["Content-Type"], "Origin": "https://evil.example"}, status: 403},
	} {
		q.run(t, s)
	}
}

func TestPagesLook(t *testing.T) {
	b := browse(t, Options{Writable: true})
	doc, prop := url.QueryEscape("hs:doc/lamps-out-c195f7f3"), "hs:prop/c1b13774e728fac932c3"
	for _, p := range []struct{ name, path string }{
		{"document", "/document?id=" + doc}, {"entity", "/entity?id=hs:KestrelLabs"}, {"proposition", "/proposition?id=" + prop},
		{"disputes", "/disputes"}, {"ask", "/ask"}, {"ask-query", "/ask/who-says?about=Ostrava&run=1"}, {"search", "/search?q=kestrel"},
		{"documents", "/documents"}, {"entities", "/entities"}, {"node", "/node?id=hs:doubts"},
		{"claim", "/claim?id=" + claimOf(t, store(t, twoArticles(t)...), "hs:MarrowBayCourier")},
	} {
		for _, width := range []int{1280, 390} {
			b.open(p.path, width)
			b.until(`document.readyState === "complete"`)
			var wide int
			b.do(chromedp.Evaluate(`document.documentElement.scrollWidth`, &wide))
			if wide > width {
				t.Errorf("%s is %d pixels wide on a screen of %d", p.name, wide, width)
			}
			b.until(`[...document.querySelectorAll("main *")].every(e => e.scrollWidth <= e.clientWidth || e.tabIndex === 0 || !/auto|scroll/.test(getComputedStyle(e).overflowX))`)
			name := fmt.Sprintf("%s-%d", p.name, width)
			b.shot(name)
			b.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}))
			b.shot(name + "-dark")
			b.do(emulation.SetEmulatedMedia())
		}
	}
	// Names complete themselves, and a claim that is jumped to is marked.
	b.open("/ask/who-says", 1280)
	b.do(chromedp.SendKeys(`input[name="about"]`, "kes"))
	b.until(`document.querySelector("datalist option[value='hs:KestrelLabs']") !== null`)
	b.open("/document?id="+doc, 1280)
	b.do(chromedp.Click(".text a.content"))
	time.Sleep(100 * time.Millisecond)
	b.until(`document.querySelector(".note:target") !== null`)
	if text := b.text("main"); !strings.Contains(text, "<script>alert(1)</script>") {
		t.Error("the article's own words are not shown as they are")
	}
}
