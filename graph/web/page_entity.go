package web

import (
	"context"
	"fmt"
	"net/http"
	"sort"

	"hearsay/graph"
)

// entityView is an entity's page.
type entityView struct {
	ID       string
	About    graph.Row
	Says     []graph.Row
	Said     []group // what others say of it, by side
	Facts    []graph.Row
	Timeline []graph.Row
	Drawing  *drawing
	Review   reviewView
	Term     bool // a word of the vocabulary, of which nothing is said
}

// group is the claims of one side.
type group struct {
	Side   string
	Claims []graph.Row
}

// sides are the coarse stances in the order that pages show them.
var sides = []string{"support", "oppose", "uncommitted", "no-comment", "directive"}

func groupBy(rows []graph.Row, sideOf func(stance any) string) []group {
	var groups []group
	for _, side := range sides {
		g := group{Side: side}
		for _, r := range rows {
			if sideOf(r["stance"]) == side {
				g.Claims = append(g.Claims, r)
			}
		}
		if len(g.Claims) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

func (s *Server) showEntity(w http.ResponseWriter, r *http.Request) {
	id, err := idOf(r)
	if err != nil {
		fail(w, r, http.StatusBadRequest, err)
		return
	}
	v, err := s.entityView(r.Context(), id)
	switch {
	case err != nil:
		fail(w, r, statusOf(err), err)
	case v == nil:
		fail(w, r, http.StatusNotFound, fmt.Errorf("%s: %w", id, errNoSuchNode))
	case v.Term:
		s.showQuads(w, r, id)
	default:
		render(w, http.StatusOK, "entity", page{Title: clean(v.About["name"]), Active: "entities", Data: v})
	}
}

func (s *Server) entityView(ctx context.Context, id string) (*entityView, error) {
	about, err := s.script(ctx, "node", id)
	if err != nil {
		return nil, err
	}
	v := &entityView{ID: id, About: about[0]}
	said, err := s.ask(ctx, "who-says", map[string]string{"about": id})
	if err != nil {
		return nil, err
	}
	if v.Says, err = s.ask(ctx, "what-does", map[string]string{"source": id}); err != nil {
		return nil, err
	}
	if v.Facts, err = s.ask(ctx, "facts", map[string]string{"of": id}); err != nil {
		return nil, err
	}
	types, _ := about[0]["types"].([]any)
	if len(types)+len(said)+len(v.Says) == 0 {
		return nil, nil
	}
	v.Term = len(said)+len(v.Says) == 0 && !entityTypes(types)
	said, v.Says = foldCopies(said), foldCopies(v.Says)
	var others []graph.Row
	for _, row := range said {
		if bareIRI(row["source"]) != id {
			others = append(others, row)
		}
	}
	v.Said = groupBy(others, sideOf)
	if v.Review, err = s.reviewView(ctx, id); err != nil {
		return nil, err
	}
	v.Timeline = timeline(append(append([]graph.Row{}, said...), v.Says...))
	v.Drawing = drawEntity(id, graph.Cell(about[0]["name"]), others, v.Says, v.Facts)
	return v, nil
}

// foldCopies puts the claims that repeat another in a copy of the same text under
// that one, as copies, and leaves the rest as it is.
func foldCopies(rows []graph.Row) []graph.Row {
	at := map[any]int{}
	var kept []graph.Row
	for _, r := range rows {
		if r["copy_of"] == nil {
			at[r["claim"]] = len(kept)
			kept = append(kept, r)
		}
	}
	for _, r := range rows {
		first := r["copy_of"]
		if first == nil {
			continue
		}
		i, ok := at[first]
		if !ok { // the original is not among the rows: the first copy stands for it
			at[first] = len(kept)
			kept = append(kept, r)
			continue
		}
		copies, _ := kept[i]["copies"].([]graph.Row)
		kept[i]["copies"] = append(copies, r)
	}
	return kept
}

func entityTypes(types []any) bool {
	for _, t := range types {
		if c := bareIRI(t); c == graph.Topic || graph.TypeOf(c) != "" {
			return true
		}
	}
	return false
}

// timeline is each dated claim once, the oldest first.
func timeline(rows []graph.Row) []graph.Row {
	seen := map[string]bool{}
	var list []graph.Row
	for _, r := range rows {
		id := graph.Cell(r["claim"])
		if r["date"] == nil || seen[id] {
			continue
		}
		seen[id] = true
		list = append(list, r)
	}
	sort.SliceStable(list, func(i, j int) bool { return graph.Cell(list[i]["date"]) < graph.Cell(list[j]["date"]) })
	return list
}

// showEntities lists the entities by kind.
func (s *Server) showEntities(w http.ResponseWriter, r *http.Request) {
	x, err := s.names.get(r.Context())
	if err != nil {
		fail(w, r, http.StatusInternalServerError, err)
		return
	}
	kind := r.URL.Query().Get("kind")
	counts, seen := map[string]int{}, map[string]bool{}
	var list []graph.Name
	for _, n := range x.names {
		k := string(graph.TypeOf(n.Class))
		if n.Alias || k == "" || seen[n.IRI] {
			continue
		}
		seen[n.IRI] = true
		counts[k]++
		if (kind == "" || k == kind) && len(list) < 2000 {
			list = append(list, n)
		}
	}
	kinds := make([]string, 0, len(counts))
	for k := range counts {
		kinds = append(kinds, k)
	}
	sort.Strings(kinds)
	render(w, http.StatusOK, "entities", page{Title: "Entities", Active: "entities",
		Data: map[string]any{"Names": list, "Kinds": kinds, "Counts": counts, "Kind": kind}})
}
