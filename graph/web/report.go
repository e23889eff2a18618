package web

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"io"
	"sort"
	"strings"
	texttemplate "text/template"

	"hearsay/graph"
)

// Report writes what the graph has about an entity, a topic or a proposition, to
// hand over: the sides with their quotes and sources, the disputes, numbers, a
// timeline and a drawing. format is markdown or html; HTML stands in one file.
// id is an IRI. A node of which nothing is known gives an error that wraps
// graph.ErrNotFound.
func Report(ctx context.Context, w io.Writer, store *graph.Store, id, format string) error {
	s, err := New(store, Options{})
	if err != nil {
		return err
	}
	r, err := s.report(ctx, id)
	if err != nil {
		return fmt.Errorf("report on %s: %w", id, err)
	}
	switch format {
	case "markdown":
		return markdownReport.Execute(w, r)
	case "html":
		return writeHTMLReport(w, r)
	}
	return fmt.Errorf("report format %q: want markdown or html", format)
}

// report is what a report tells.
type report struct {
	*entityView
	Open      *disputesView // what is disputed of it
	Documents []graph.Row   // that are quoted, the earliest first
	Sources   int
	Claims    int
}

func (s *Server) report(ctx context.Context, id string) (*report, error) {
	v, err := s.entityView(ctx, id)
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, graph.ErrNotFound
	}
	d, err := s.disputesAbout(ctx, id)
	if err != nil {
		return nil, err
	}
	r := &report{entityView: v, Open: d}
	documents, sources, claims := map[string]graph.Row{}, map[string]bool{}, map[string]bool{}
	see := func(rows []graph.Row) {
		for _, row := range rows {
			documents[graph.Cell(row["document"])] = row
			sources[graph.Cell(row["source"])] = true
			claims[graph.Cell(row["claim"])] = true
		}
	}
	for _, g := range v.Said {
		see(g.Claims)
	}
	see(v.Says)
	r.Sources, r.Claims = len(sources), len(claims)
	for _, row := range documents {
		r.Documents = append(r.Documents, row)
	}
	sort.Slice(r.Documents, func(i, j int) bool {
		a, b := r.Documents[i], r.Documents[j]
		return graph.Cell(a["date"])+graph.Cell(a["document"]) < graph.Cell(b["date"])+graph.Cell(b["document"])
	})
	return r, nil
}

// writeHTMLReport writes the report as a page with its style inside: it is a
// file, read without a server.
func writeHTMLReport(w io.Writer, r *report) error {
	style, err := assets.ReadFile("assets/page.css")
	if err != nil {
		return err
	}
	var b bytes.Buffer
	data := map[string]any{"R": r, "Style": template.CSS(style)} // our own file, no text of anybody's
	if err := pages["report"].ExecuteTemplate(&b, "report", data); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

var markdownReport = texttemplate.Must(texttemplate.New("report.md").Funcs(texttemplate.FuncMap{
	"md": escapeMarkdown, "words": words, "number": groupDigits, "bare": bareIRI,
}).ParseFS(templateFiles, "templates/report.md"))

// escapeMarkdown writes a text on one line so that Markdown shows it as it is.
func escapeMarkdown(v any) string {
	text := strings.Join(strings.Fields(clean(v)), " ")
	var b strings.Builder
	for i, r := range text {
		if strings.ContainsRune("\\`*_[]<>|~&", r) || i == 0 && strings.ContainsRune("#+-=", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
