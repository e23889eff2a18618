package web

import (
	"fmt"
	"net/http"
	"strings"

	"hearsay/graph"
	"hearsay/queries"
)

// queryHeader is a saved query as /api/queries tells of it.
type queryHeader struct {
	Name        string            `json:"name"`
	Description string            `json:"description"`
	Parameters  []paramHeader     `json:"parameters"`
	Columns     []string          `json:"columns"`
	Draws       bool              `json:"draws"`
	Examples    []queries.Example `json:"examples"`
	Builtin     bool              `json:"builtin"`
	Href        string            `json:"href"`
	Source      string            `json:"source"`
}

type paramHeader struct {
	Name        string   `json:"name"`
	Type        string   `json:"type"`
	Optional    bool     `json:"optional"`
	Default     string   `json:"default,omitempty"`
	Choices     []string `json:"choices,omitempty"`
	Description string   `json:"description,omitempty"`
}

func (s *Server) listQueries(w http.ResponseWriter, _ *http.Request) {
	list := []queryHeader{}
	for _, q := range s.opts.Queries.All() {
		h := queryHeader{Name: q.Name, Description: q.Description, Parameters: []paramHeader{}, Columns: q.Columns, Draws: q.Draws,
			Examples: q.Examples, Builtin: q.Builtin, Href: "/api/queries/" + q.Name, Source: q.Source}
		for _, p := range q.Params {
			h.Parameters = append(h.Parameters, paramHeader{p.Name, string(p.Type), p.Optional, p.Default, p.Choices, p.Description})
		}
		list = append(list, h)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-cache")
	writeJSON(w, list)
}

// runQuery answers /api/queries/NAME?key=value with its rows: a JSON list, or
// CSV where the client accepts that or format=csv asks for it.
func (s *Server) runQuery(w http.ResponseWriter, r *http.Request) {
	q, err := s.opts.Queries.Get(r.PathValue("name"))
	var rows []graph.Row
	if err == nil {
		rows, err = s.saved(r, q)
	}
	if err != nil {
		fail(w, r, statusOf(err), err)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Accept")
	if f := r.URL.Query().Get("format"); f == "csv" || f == "" && strings.Contains(r.Header.Get("Accept"), "text/csv") {
		h.Set("Content-Type", "text/csv; charset=utf-8")
		h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", q.Name+".csv"))
		_ = graph.WriteCSV(w, rows, columnsFor(q, rows))
		return
	}
	list, err := encodeRows(rows)
	if err != nil {
		fail(w, r, http.StatusInternalServerError, err)
		return
	}
	h.Set("Content-Type", "application/json")
	_, _ = w.Write(append(list, '\n'))
}

// columnsFor puts the query's columns first and what else its rows have after.
func columnsFor(q *queries.Query, rows []graph.Row) []string {
	columns := append([]string{}, q.Columns...)
	for _, k := range graph.Columns(rows, nil) {
		if !contains(columns, k) {
			columns = append(columns, k)
		}
	}
	return columns
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// saved runs a saved query with the values of the request; format is none of them.
func (s *Server) saved(r *http.Request, q *queries.Query) ([]graph.Row, error) {
	values := map[string]string{}
	for k, v := range r.URL.Query() {
		if k == "format" && q.Param(k) == nil {
			continue
		}
		values[k] = v[0]
	}
	params, err := q.Bind(values, s.resolver(r))
	if err != nil {
		return nil, err
	}
	return s.rows(r.Context(), q.Source, graph.QueryOptions{Params: params, Limit: maxRows, Trusted: q.Builtin})
}
