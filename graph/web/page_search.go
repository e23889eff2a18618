package web

import "net/http"

// hit is something that a search found.
type hit struct{ ID, Name, Kind string }

// showSearch searches the names of entities, the claims and the texts.
func (s *Server) showSearch(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query().Get("q")
	data := map[string]any{"Q": clean(q)}
	if q != "" {
		words, err := s.search.get(r.Context())
		if err != nil {
			fail(w, r, http.StatusInternalServerError, err)
			return
		}
		data["Found"] = words.find(q)
	}
	render(w, http.StatusOK, "search", page{Title: "Search", Active: "search", Search: q, Data: data})
}
