package web

import (
	"encoding/json"
	"net/url"
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// TestAccessible runs axe-core over every page, light and dark, where
// HEARSAY_AXE names its script (axe.min.js of the npm package axe-core).
func TestAccessible(t *testing.T) {
	file := os.Getenv("HEARSAY_AXE")
	if file == "" {
		t.Skip("set HEARSAY_AXE to axe.min.js of the npm package axe-core")
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b := browse(t, Options{Writable: true})
	for _, scheme := range []string{"light", "dark"} {
		b.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}))
		for _, path := range []string{
			"/document?id=" + url.QueryEscape("hs:doc/lamps-out-c195f7f3"), "/entity?id=hs:KestrelLabs", "/proposition?id=hs:prop/c1b13774e728fac932c3",
			"/disputes", "/documents?about=hs:Ostrava", "/search", "/ask/who-says?run=1", "/nothing", "/ask", "/ask/who-says?about=Ostrava&run=1", "/search?q=kestrel", "/documents", "/entities", "/claim?id=" + claimOf(t, store(t, twoArticles(t)...), "hs:MarrowBayCourier"), "/node?id=hs:prop/none",
		} {
			b.open(path, 1280)
			var found string
			b.do(chromedp.Evaluate(string(axe)+";0", nil), chromedp.Evaluate(`axe.run().then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + " " + (n.any[0] || {message: ""}).message)}))))`,
				&found, chromedp.EvalAsValue, awaitPromise))
			var violations []map[string]any
			if err := json.Unmarshal([]byte(found), &violations); err != nil {
				t.Fatal(err)
			}
			for _, v := range violations {
				t.Errorf("%s (%s): %s: %s %v", path, scheme, v["id"], v["help"], v["nodes"])
			}
		}
	}
}

func awaitPromise(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
