package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"hearsay/graph"
	"hearsay/queries"
)

// askView is a saved query's page: its form and, once asked, its rows.
type askView struct {
	Query   *queries.Query
	Values  map[string]string
	Asked   bool
	Error   string
	Columns []string
	Rows    []graph.Row
	JSON    string // addresses of the rows for download, and of Cayley's pages
	CSV     string
	Cayley  string
	Draw    string
	Drawing *drawing // nil where the query's rows can't be drawn
}

func (s *Server) showQueries(w http.ResponseWriter, _ *http.Request) {
	render(w, http.StatusOK, "ask", page{Title: "Saved queries", Active: "ask", Data: s.opts.Queries.All()})
}

func (s *Server) showQuery(w http.ResponseWriter, r *http.Request) {
	q, err := s.opts.Queries.Get(r.PathValue("name"))
	if err != nil {
		fail(w, r, http.StatusNotFound, err)
		return
	}
	v := askView{Query: q, Values: map[string]string{}}
	given := r.URL.Query()
	v.Asked = len(given) > 0
	for _, p := range q.Params {
		v.Values[p.Name] = given.Get(p.Name)
	}
	status := http.StatusOK
	if v.Asked {
		v.Rows, err = s.ask(r.Context(), q.Name, v.Values)
		var hint interface{ Hint() string }
		switch {
		case err == nil:
		case errors.As(err, &hint):
			v.Error, status = err.Error()+": "+hint.Hint(), statusOf(err)
		default:
			v.Error, status = err.Error(), statusOf(err)
		}
	}
	v.Columns = graph.Columns(v.Rows, q.Columns)
	if q.Draws {
		v.Drawing = drawRows(v.Rows)
	}
	v.address()
	render(w, status, "query", page{Title: q.Name, Active: "ask", Data: v})
}

func (v *askView) address() {
	values := url.Values{}
	for k, x := range v.Values {
		if x != "" {
			values.Set(k, x)
		}
	}
	base := "/api/queries/" + v.Query.Name + "?"
	v.JSON, v.CSV = strings.TrimSuffix(base+values.Encode(), "?"), base
	values.Set("format", "csv")
	v.CSV += values.Encode()
	values.Del("format")
	values.Set("query", v.Query.Name)
	values.Set("run", "1")
	v.Cayley = "/?" + values.Encode()
	v.Draw = v.Cayley + "#visualize"
}

// Value is what a parameter's field holds.
func (v askView) Value(name string) string { return v.Values[name] }

// Link is the page behind a cell: that of the node in the same row whose name
// the column shows, or of the cell itself where it is a node.
func (v askView) Link(row graph.Row, column string) string {
	if column == "headline" {
		column = "document"
	}
	value := row[strings.TrimSuffix(column, "_name")]
	text, ok := value.(string)
	if !ok || !strings.HasPrefix(text, "<") || !strings.HasSuffix(text, ">") {
		return ""
	}
	return nodeURL(text)
}
