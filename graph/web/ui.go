package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/cayleygraph/cayley/ui"
)

//go:embed assets
var assets embed.FS

// edit is one exact replacement in a file of Cayley's bundle. A bundle that no
// longer has old exactly count times is not the one that was read.
type edit struct {
	old, new string
	count    int
}

// Cayley's bundle, read from github.com/cayleygraph/cayley at the version in
// go.mod. It is made for a developer's machine with a network: it calls one
// fixed address, loads its editor and its icons from elsewhere, and offers a
// page that the server itself does not answer.
const (
	indexFile = "index.html"
	appFile   = "static/js/main.84d3ab8c.chunk.js"
	libFile   = "static/js/2.7d84b3fa.chunk.js"
	appCSS    = "static/css/main.72fe53e6.chunk.css"
	libCSS    = "static/css/2.6b51f286.chunk.css"
	logoFile  = "static/media/logo.ca711468.svg"
)

const (
	shapeItem = `r.a.createElement(J.d,{activated:"queryShape"===n,onClick:function(){return c("queryShape")}},"Query Shape"),`
	writeItem = `,r.a.createElement(J.d,{activated:"write"===n,onClick:function(){return c("write")}},"Write")`
	nodeView  = `ce=function(e){var t=e.node;return r.a.createElement("g",null,r.a.createElement("circle",{r:5,fill:"#21D4FD"}),r.a.createElement("text",{textAnchor:"end"},t.id))}`
	linkView  = `re=function(e){var t=e.link;return r.a.createElement("line",{x1:t.source.x,y1:t.source.y,x2:t.target.x,y2:t.target.y,strokeWidth:2,stroke:"#999",strokeOpacity:.6},r.a.createElement("text",null,t.id))}`
	rowsStart = `var l,u=e[Symbol.iterator]();!(a=(l=u.next()).done);a=!0){var o=l.value;if("source"in o&&"target"in o){var s=o.source["@id"],f=o.target["@id"];n.add(s),n.add(f),t.push({source:s,target:f})}}`
	rowsNamed = `var l,u=window.hearsay.rows(e)[Symbol.iterator]();!(a=(l=u.next()).done);a=!0){var o=l.value;n.add(o.source),n.add(o.target),t.push(o)}`
	drawingOf = `l&&"result"in l?r.a.createElement(ne,{data:ae(l.result),nodeComponent:ce,linkComponent:re}):null`
	drawnWell = `l&&"result"in l&&l.result&&l.result.length?r.a.createElement(ne,{data:ae(l.result),nodeComponent:ce,linkComponent:re}):l?window.hearsay.notice(r.a,l):null`
)

// cayleyEdits are the changes to each file that is served of the bundle.
func cayleyEdits(writable bool) map[string][]edit {
	app := []edit{
		{`"http://localhost:64210"`, `window.location.origin`, 1},
		{`new URLSearchParams({lang:n})`, `window.hearsay.parameters({lang:n})`, 1},
		{`Object(a.useState)("query")`, `Object(a.useState)(window.hearsay.page)`, 1},
		{`,{label:"GraphQL",value:"graphql"},{label:"MQL",value:"mql"}]`, `]`, 1},
		{`.distance(100)`, `.distance(150)`, 1},
		{`.force("charge",Object(Z.c)())`, `.force("charge",Object(Z.c)().strength(-600))`, 1},
		{shapeItem, "", 1},
		{nodeView, `ce=function(e){return window.hearsay.node(r.a,e.node)}`, 1},
		{linkView, `re=function(e){return window.hearsay.link(r.a,e.link)}`, 1},
		{rowsStart, rowsNamed, 1},
		{drawingOf, drawnWell, 1},
		{"\n//# sourceMappingURL=main.84d3ab8c.chunk.js.map", "", 1},
	}
	links := `,window.hearsay.links.map(function(e){return r.a.createElement(J.d,{key:e.href,tag:"a",href:e.href},e.text)})`
	if writable {
		app = append(app, edit{writeItem, writeItem + links, 1})
	} else {
		app = append(app, edit{writeItem, links, 1})
	}
	return map[string][]edit{
		appFile: app,
		libFile: {
			{`"http://localhost:64210"`, `window.location.origin`, 1},
			{`https://cdn.jsdelivr.net/npm/monaco-editor@0.18.1/min/vs`, `/ui/no-such-editor`, 2},
			{`https://reactjs.org/docs/error-decoder.html?invariant=`, `React error `, 2},
			{` https://fb.me/react-polyfills`, ``, 2},
			{` Read more at http://fb.me/use-check-prop-types`, ``, 1},
			{"\n//# sourceMappingURL=2.7d84b3fa.chunk.js.map", "", 1},
		},
		appCSS: {
			{`@import url(https://fonts.googleapis.com/icon?family=Material+Icons);`, ``, 1},
			{"\n/*# sourceMappingURL=main.72fe53e6.chunk.css.map */", "", 1},
		},
		libCSS: {{"\n/*# sourceMappingURL=2.6b51f286.chunk.css.map */", "", 1}},
		indexFile: {
			{`<title>Cayley</title>`, `<title>Query · hearsay</title><link href="/ui/icon.svg" rel="icon" type="image/svg+xml">`, 1},
			{`<link rel="shortcut icon" href="/favicon.ico"/>`, ``, 1},
			{`</head>`, `<link href="/ui/cayley.css" rel="stylesheet"></head>`, 1},
			{`<div id="root"></div>`, `<div id="root"></div>` + preparedMark + `<script src="/ui/hearsay.js"></script><script src="/ui/editor.js"></script>`, 1},
		},
		"gizmo.d.ts": {{` ([syntax](https://github.com/google/re2/wiki/Syntax))`, ` (RE2 syntax)`, 1}},
		logoFile:     nil, "logo192.png": nil, "logo512.png": nil, "manifest.json": nil,
		"robots.txt": {{"# https://www.robotstxt.org/robotstxt.html\n", "", 1}},
	}
}

// preparedMark is where index.html gets the query to open with.
const preparedMark = "<!--prepared-->"

// bundle is Cayley's UI, changed, and our assets beside it, ready to be served.
type bundle struct {
	files map[string][]byte // by path without the leading slash
	etags map[string]string
	index []byte
	csp   string // of the index page, which has one inline script of Cayley's
}

// newBundle fails where the embedded UI isn't the one that the edits were made for.
func newBundle(writable bool) (*bundle, error) {
	b := &bundle{files: map[string][]byte{}, etags: map[string]string{}}
	for name, edits := range cayleyEdits(writable) {
		data, err := fs.ReadFile(ui.FS, path.Join("web", name))
		if err != nil {
			return nil, fmt.Errorf("cayley's user interface: %w", err)
		}
		if data, err = apply(name, data, edits); err != nil {
			return nil, err
		}
		b.add(name, data)
	}
	b.index = b.files[indexFile]
	delete(b.files, indexFile)
	b.csp = contentPolicy("'sha256-" + inlineHash(b.index) + "'")
	return b, fs.WalkDir(assets, "assets", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := assets.ReadFile(p)
		b.add("ui/"+strings.TrimPrefix(p, "assets/"), data)
		return err
	})
}

func (b *bundle) add(name string, data []byte) {
	sum := sha256.Sum256(data)
	b.files[name] = data
	b.etags[name] = `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

func apply(name string, data []byte, edits []edit) ([]byte, error) {
	for _, e := range edits {
		n := bytes.Count(data, []byte(e.old))
		if n != e.count {
			return nil, fmt.Errorf("cayley's user interface changed: %s has %.60q %d times, want %d", name, e.old, n, e.count)
		}
		data = bytes.ReplaceAll(data, []byte(e.old), []byte(e.new))
	}
	return data, nil
}

// inlineHash is the hash, as a content security policy wants it, of the one
// script that stands in the page itself.
func inlineHash(page []byte) string {
	_, rest, _ := bytes.Cut(page, []byte("<script>"))
	script, _, _ := bytes.Cut(rest, []byte("</script>"))
	sum := sha256.Sum256(script)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// prepared is what the Query and Visualize pages open with.
type prepared struct {
	Name   string            `json:"name,omitempty"`
	Text   string            `json:"text,omitempty"`
	Values map[string]string `json:"values,omitempty"`
	Run    bool              `json:"run,omitempty"`
}

// serveIndex writes Cayley's page, with a query to open with where p has one. It
// stands there as data: nothing of it is run by the page.
func (b *bundle) serveIndex(w http.ResponseWriter, p *prepared) {
	page := b.index
	var block []byte
	if p != nil {
		data, err := json.Marshal(p) // escapes <, > and &
		if err == nil {
			block = []byte(`<script type="application/json" id="prepared">` + string(data) + `</script>`)
		}
	}
	page = bytes.Replace(page, []byte(preparedMark), block, 1)
	h := w.Header()
	h.Set("Content-Security-Policy", b.csp)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	_, _ = w.Write(page)
}

func (b *bundle) serveFile(w http.ResponseWriter, r *http.Request) bool {
	name := strings.TrimPrefix(r.URL.Path, "/")
	data, ok := b.files[name]
	if !ok {
		return false
	}
	h := w.Header()
	ctype := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) {
	case ".ts", ".txt":
		ctype = "text/plain; charset=utf-8"
	case ".js":
		ctype = "text/javascript; charset=utf-8"
	}
	h.Set("Content-Type", ctype)
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", b.etags[name])
	if r.Header.Get("If-None-Match") == b.etags[name] {
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	_, _ = w.Write(data)
	return true
}
