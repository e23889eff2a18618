package web

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"unicode"

	"hearsay/graph"
	"hearsay/ingest/news"
	"hearsay/queries"
)

//go:embed templates
var templateFiles embed.FS

//go:embed scripts
var scriptFiles embed.FS

// pages are the templates of our own pages, each with the frame around it.
var pages = parsePages()

func parsePages() map[string]*template.Template {
	funcs := template.FuncMap{"node": nodeURL, "side": sideOf, "clean": clean, "words": words, "cell": graph.Cell,
		"heading": heading, "query": withQuery, "iri": bareIRI, "anchor": anchor,
		"isNode": isNode, "number": groupDigits, "example": exampleURL, "exampleText": exampleText}
	frame := template.Must(template.New("frame").Funcs(funcs).ParseFS(templateFiles, "templates/frame.gohtml", "templates/parts.gohtml"))
	set := map[string]*template.Template{}
	for _, name := range []string{"document", "documents", "claim", "entity", "entities", "proposition", "disputes", "ask", "query", "search", "node", "error", "report"} {
		set[name] = template.Must(template.Must(frame.Clone()).ParseFS(templateFiles, "templates/"+name+".gohtml"))
	}
	return set
}

// page is what the frame shows around every page.
type page struct {
	Title  string
	Active string // which entry of the menu
	Search string // what the search box holds
	Data   any
}

func render(w http.ResponseWriter, status int, name string, p page) {
	var b bytes.Buffer
	if err := pages[name].ExecuteTemplate(&b, "frame", p); err != nil {
		http.Error(w, "internal error: "+err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

func renderError(w http.ResponseWriter, status int, message string) {
	render(w, status, "error", page{Title: http.StatusText(status), Data: clean(message)})
}

// script runs one of the pages' own scripts on a node.
func (s *Server) script(ctx context.Context, name, id string) ([]graph.Row, error) {
	src, err := scriptFiles.ReadFile("scripts/" + name + ".js")
	if err != nil {
		return nil, err
	}
	return s.rows(ctx, string(src), graph.QueryOptions{Params: map[string]any{"id": "<" + id + ">"}, Limit: maxRows, Trusted: true})
}

// ask runs a saved query with these values.
func (s *Server) ask(ctx context.Context, name string, values map[string]string) ([]graph.Row, error) {
	q, err := s.opts.Queries.Get(name)
	if err != nil {
		return nil, err
	}
	params, err := q.Bind(values, func(name string) (string, error) { return s.store.Resolve(ctx, name) })
	if err != nil {
		return nil, err
	}
	return s.rows(ctx, q.Source, graph.QueryOptions{Params: params, Limit: maxRows, Trusted: q.Builtin})
}

// idOf is the node that a page is asked for: ?id=, an IRI with or without its
// brackets.
func idOf(r *http.Request) (string, error) {
	v, err := graph.ParseTerm(strings.TrimSpace(r.URL.Query().Get("id")))
	if err != nil {
		return "", fmt.Errorf("?id=: %w", err)
	}
	return bareIRI(graph.Cell(v.String())), nil
}

var errNoSuchNode = errors.New("there is nothing of that name in the graph")

// nodeURL is the page that shows a node best.
func nodeURL(v any) string {
	id := bareIRI(v)
	page := "/node"
	switch {
	case strings.HasPrefix(id, "hs:doc/") && !strings.Contains(id, "#"):
		page = "/document"
	case strings.HasPrefix(id, "hs:prop/"):
		page = "/proposition"
	case strings.HasPrefix(id, "hs:claim/"):
		page = "/claim"
	case strings.HasPrefix(id, "hs:") && !strings.Contains(id, "/"):
		page = "/entity"
	}
	return page + "?id=" + url.QueryEscape(id)
}

func bareIRI(v any) string {
	s, _ := v.(string)
	return strings.TrimSuffix(strings.TrimPrefix(s, "<"), ">")
}

// sideOf is the coarse stance, which colours go by.
func sideOf(stance any) string { return news.Stance(graph.Cell(stance)).Coarse() }

// words are a stance, a certainty or a relation as words: directorAt is "director at".
func words(v any) string { return graph.Spoken(graph.Cell(v)) }

// heading is a column's name for people.
func heading(column string) string {
	return strings.ReplaceAll(strings.TrimSuffix(column, "_name"), "_", " ")
}

// anchor names a claim's place on its document's page.
func anchor(claim any) string { return "claim-" + strings.TrimPrefix(bareIRI(claim), "hs:claim/") }

// clean shows what would steer a text's display (control and direction
// characters) as U+FFFD, a character for a character.
func clean(v any) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, graph.Cell(v))
}

// withQuery is the address of a saved query, on /ask/NAME, /api/queries/NAME or
// Cayley's page, with a value.
func withQuery(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	path, hash, found := strings.Cut(path, "#")
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	if found {
		path += "#" + hash
	}
	return path
}

// groupDigits writes a number with a comma at every third digit.
func groupDigits(v any) string {
	whole, rest, _ := strings.Cut(graph.Cell(v), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		whole += "." + rest
	}
	return sign + whole
}

func isNode(v any) bool {
	s, ok := v.(string)
	return ok && strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">")
}

// exampleURL is a saved query's page with an example's values.
func exampleURL(q *queries.Query, e queries.Example) string {
	values := url.Values{"run": {"1"}}
	for k, v := range e {
		values.Set(k, v)
	}
	return "/ask/" + q.Name + "?" + values.Encode()
}

// exampleText are an example's values for people.
func exampleText(e queries.Example) string {
	var parts []string
	for k, v := range e {
		parts = append(parts, k+"="+v)
	}
	sort.Strings(parts)
	if len(parts) == 0 {
		return "all"
	}
	return strings.Join(parts, " ")
}

// showNode leads to the page of whatever node it is. What has no page of its own
// is shown with its quads.
func (s *Server) showNode(w http.ResponseWriter, r *http.Request) {
	id, err := idOf(r)
	if err != nil {
		fail(w, r, http.StatusBadRequest, err)
		return
	}
	if target := nodeURL(id); !strings.HasPrefix(target, "/node") {
		http.Redirect(w, r, target, http.StatusSeeOther)
		return
	}
	s.showQuads(w, r, id)
}

func (s *Server) showQuads(w http.ResponseWriter, r *http.Request, id string) {
	about, err := s.script(r.Context(), "node", id)
	var quads []graph.Row
	if err == nil {
		quads, err = s.script(r.Context(), "quads", id)
	}
	switch {
	case err != nil:
		fail(w, r, statusOf(err), err)
	case len(quads) == 0:
		fail(w, r, http.StatusNotFound, fmt.Errorf("%s: %w", id, errNoSuchNode))
	default:
		render(w, http.StatusOK, "node", page{Title: clean(about[0]["name"]), Data: map[string]any{"ID": id, "About": about[0], "Quads": quads}})
	}
}
