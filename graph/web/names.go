package web

import (
	"context"
	"fmt"
	"net/http"
	"sort"
	"strings"

	"hearsay/graph"
)

// nameIndex are the names of the store's entities, sorted without regard to
// case; folds are the same in small letters.
type nameIndex struct {
	names []graph.Name
	folds []string
}

func readNames(ctx context.Context, store *graph.Store) (*nameIndex, error) {
	names, err := store.Names(ctx)
	if err != nil {
		return nil, err
	}
	sort.SliceStable(names, func(i, j int) bool { return strings.ToLower(names[i].Text) < strings.ToLower(names[j].Text) })
	x := &nameIndex{names: names, folds: make([]string, len(names))}
	for i, n := range names {
		x.folds[i] = strings.ToLower(n.Text)
	}
	return x, nil
}

// completion is an entity whose name begins like what was typed.
type completion struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Type string `json:"type,omitempty"`
}

// complete answers /api/complete?q=… with at most twenty entities: names that
// begin so before names with a word that begins so.
func (s *Server) complete(w http.ResponseWriter, r *http.Request) {
	q := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(r.URL.Query().Get("q"), "hs:")))
	x, err := s.names.get(r.Context())
	if err != nil {
		fail(w, r, http.StatusInternalServerError, err)
		return
	}
	found, seen := []completion{}, map[string]bool{}
	for pass := 0; pass < 2 && q != ""; pass++ {
		for i, fold := range x.folds {
			if len(found) == 20 {
				break
			}
			ok := strings.HasPrefix(fold, q)
			if pass == 1 {
				ok = strings.Contains(fold, " "+q)
			}
			if n := x.names[i]; ok && !seen[n.IRI] {
				seen[n.IRI] = true
				found = append(found, completion{n.IRI, n.Text, string(graph.TypeOf(n.Class))})
			}
		}
	}
	w.Header().Set("Content-Type", "application/json")
	writeJSON(w, found)
}

const namesScript = `params.ids.forEach(function (id) { g.emit({ id: id, name: hs.contentName("<" + id + ">") }); });`

// readableNames answers /api/names?id=…&id=… with the name of each node.
func (s *Server) readableNames(w http.ResponseWriter, r *http.Request) {
	ids := r.URL.Query()["id"]
	if len(ids) > 200 {
		fail(w, r, http.StatusBadRequest, fmt.Errorf("%d ids: want at most 200", len(ids)))
		return
	}
	found := map[string]string{}
	if len(ids) > 0 {
		rows, err := s.rows(r.Context(), namesScript, graph.QueryOptions{Params: map[string]any{"ids": ids}, Limit: len(ids), Trusted: true})
		if err != nil {
			fail(w, r, statusOf(err), err)
			return
		}
		for _, row := range rows {
			found[graph.Cell(row["id"])] = graph.Cell(row["name"])
		}
	}
	w.Header().Set("Content-Type", "application/json")
	writeJSON(w, found)
}
