package web

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const result = `(document.querySelector(".viewer") || {innerText: ""}).innerText`

func TestCayleyQueryPage(t *testing.T) {
	b := browse(t, Options{})
	b.open("/", 1280)
	b.until(`document.querySelector(".hearsay-editor textarea") && document.querySelector(".hearsay-editor textarea").value === "g.V().all()"`)
	b.do(chromedp.Click(".actions button"))
	b.until(result + `.includes("hs:Ostrava")`)
	b.until(`document.querySelectorAll(".saved option").length > 10`)
	b.shot("query-1280")

	// An empty result shows an empty list and leaves the page alive.
	set := `(function () { var a = document.querySelector(".hearsay-editor textarea"); a.value = %; a.dispatchEvent(new Event("input")); return true; })()`
	write := func(script string) { b.until(strings.Replace(set, "%", quote(script), 1)) }
	write(`g.V("<hs:Nobody>").out().all()`)
	b.do(chromedp.Click(".actions button"))
	b.until(result + `.includes('"result": []')`)
	b.do(chromedp.Click(".actions button"))
	b.until(`document.querySelectorAll(".mdc-list-item").length > 2`)

	// A wrong script shows its error.
	write(`g.V(`)
	b.do(chromedp.Click(".actions button"))
	b.until(result + `.includes('"error"')`)

	// The keyboard runs a query, and the history has them all.
	write(`g.V("<hs:Veldania>").out("<hs:blames>").all()`)
	b.do(chromedp.Focus(".hearsay-editor textarea"), chromedp.KeyEvent("\r", chromedp.KeyModifiers(2)))
	b.until(result + `.includes("hs:Ostrava")`)
	b.do(chromedp.Click(`.mdc-tab:nth-of-type(2)`))
	b.until(`document.querySelectorAll(".QueryHistory .mdc-list-item").length === 5`)
	b.shot("query-history-1280")

	nav := b.text(".mdc-drawer")
	for _, gone := range []string{"Query Shape", "Write"} {
		if strings.Contains(nav, gone) {
			t.Errorf("the menu of a read-only server offers %s", gone)
		}
	}
	if got := b.text("body"); strings.Contains(got, "play_circle_filled") || strings.Contains(got, "Loading") {
		t.Errorf("an icon's name or a loading notice is on the page: %q", got)
	}
}

func TestCayleySavedQuery(t *testing.T) {
	b := browse(t, Options{})
	b.open("/?query=who-doubts&about=Ostrava&run=1", 1280)
	b.until(result + `.includes("suspends-judgment")`)
	b.until(`document.querySelector('.fields input[name="about"]').value === "Ostrava"`)
	b.shot("saved-query-1280")
	b.do(chromedp.Click(".viewer a"))
	time.Sleep(300 * time.Millisecond) // the page changes under the poll otherwise
	b.until(`location.pathname !== "/"`)

	b.open("/?query=who-doubts&about=Ostrava&run=1", 390)
	b.until(result + `.includes("suspends-judgment")`)
	b.until(`document.documentElement.scrollWidth <= 390`)
	b.shot("saved-query-390")
}

func TestCayleyVisualize(t *testing.T) {
	b := browse(t, Options{})
	b.open("/?query=neighbourhood&of=hs:Ostrava&run=1#visualize", 1280)
	b.until(`document.querySelectorAll(".graph .node").length >= 5`)
	time.Sleep(4 * time.Second) // the drawing settles
	names := b.text(".graph")
	for _, want := range []string{"Ada Finch", "Kestrel Labs", "the outage attributed to Ostrava", "blames"} {
		if !strings.Contains(names, want) {
			t.Errorf("the drawing does not name %q: %q", want, names)
		}
	}
	b.shot("visualize-1280")

	// From the Query page, too, and without a word more.
	b.open("/?query=attribution&run=1", 1280)
	b.until(result + `.includes("hs:Veldania")`)
	b.do(chromedp.Evaluate(`[...document.querySelectorAll(".mdc-drawer .mdc-list-item")].find(e => e.textContent === "Visualize").click()`, nil))
	b.until(`document.querySelectorAll(".graph .node").length >= 5`)

	// Names are asked for where the rows bring none.
	b.open("/?run=1&script="+`g.V("%3Chs:KestrelLabs%3E").tag("source").out("%3Chs:doubts%3E").tag("target").all()#visualize`, 1280)
	b.until(`document.querySelector(".graph") && document.querySelector(".graph").textContent.includes("the outage attributed to Ostrava")`)

	// Nothing found, and an error, are said; the page stays.
	b.open("/?run=1&script="+`g.V("%3Chs:Nobody%3E").tag("source").out().tag("target").all()#visualize`, 1280)
	b.until(`document.querySelector(".notice") && document.querySelector(".notice").innerText.includes("Nothing found")`)
	b.shot("visualize-empty-1280")
	b.open("/?run=1&script=g.V(#visualize", 1280)
	b.until(`document.querySelector(".notice.failed") !== null`)
}

func TestCayleyWritePage(t *testing.T) {
	b := browse(t, Options{Writable: true})
	b.open("/", 1280)
	b.until(`document.querySelectorAll(".mdc-drawer .mdc-list-item").length > 2`)
	b.do(chromedp.Evaluate(`[...document.querySelectorAll(".mdc-drawer .mdc-list-item")].find(e => e.textContent === "Write").click()`, nil))
	b.until(`document.querySelector('textarea[aria-label="N-Quads"]') !== null`)
	b.until(`(function () { var a = document.querySelector("textarea"); a.value = "<hs:a> <hs:b> <hs:c> <hs:test> ."; a.dispatchEvent(new Event("input")); return true; })()`)
	b.do(chromedp.Click(".actions button"))
	b.until(`fetch("/api/v2/query?lang=gizmo&qu=" + encodeURIComponent('g.V("<hs:a>").out("<hs:b>").all()')).then(r => r.text()).then(t => t.includes("hs:c"))`)
	b.shot("write-1280")
}
