package web

import (
	"fmt"
	"net/http"

	"hearsay/graph"
)

// propositionView is a proposition's page: both sides, beside each other.
type propositionView struct {
	ID      string
	Prop    graph.Row
	Groups  []group
	Own     []graph.Row // what documents say in their own voice
	Chain   []graph.Row // claims about claims
	Sources int         // different sources that hold it
	Review  reviewView
	Single  string // the one source behind it, "" where there are others
}

func (s *Server) showProposition(w http.ResponseWriter, r *http.Request) {
	id, err := idOf(r)
	if err != nil {
		fail(w, r, http.StatusBadRequest, err)
		return
	}
	rows, err := s.script(r.Context(), "proposition", id)
	switch {
	case err != nil:
		fail(w, r, statusOf(err), err)
	case rows[0]["known"] != true:
		fail(w, r, http.StatusNotFound, fmt.Errorf("proposition %s: %w", id, errNoSuchNode))
	default:
		v := viewProposition(id, rows[0], rows[1:])
		if v.Review, err = s.reviewView(r.Context(), id); err != nil {
			fail(w, r, statusOf(err), err)
			return
		}
		render(w, http.StatusOK, "proposition", page{Title: clean(rows[0]["name"]), Data: v})
	}
}

func viewProposition(id string, prop graph.Row, claims []graph.Row) propositionView {
	v := propositionView{ID: id, Prop: prop}
	var spoken []graph.Row
	holders, owners := map[string]string{}, map[string]string{}
	for _, c := range foldCopies(claims) {
		cites, _ := c["cites"].([]any)
		switch {
		case len(cites) > 0:
			v.Chain = append(v.Chain, c)
		case c["source_kind"] == "author":
			v.Own = append(v.Own, c)
			owners[graph.Cell(c["document"])] = graph.Cell(c["source_name"])
		default:
			spoken = append(spoken, c)
			if holdsIt(c["stance"]) == "support" {
				holders[graph.Cell(c["source"])] = graph.Cell(c["source_name"])
			}
		}
	}
	v.Groups, v.Sources = groupBy(spoken, holdsIt), len(holders)
	// A document and its copies are one voice.
	if len(holders)+len(owners) == 1 {
		for _, voices := range []map[string]string{holders, owners} {
			for _, name := range voices {
				v.Single = name
			}
		}
	}
	return v
}

// holdsIt is where a stance puts a source on a statement: who blames somebody
// for it holds it, however much that opposes the one to blame.
func holdsIt(stance any) string {
	if stance == "blames" {
		return "support"
	}
	return sideOf(stance)
}
