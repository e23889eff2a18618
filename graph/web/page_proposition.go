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
	Single  string      // the one source behind it, "" where there are others
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
		render(w, http.StatusOK, "proposition", page{Title: clean(rows[0]["name"]), Data: v})
	}
}

func viewProposition(id string, prop graph.Row, claims []graph.Row) propositionView {
	v := propositionView{ID: id, Prop: prop}
	var spoken []graph.Row
	holders := map[string]string{}
	for _, c := range claims {
		cites, _ := c["cites"].([]any)
		switch {
		case len(cites) > 0:
			v.Chain = append(v.Chain, c)
		case c["source_kind"] == "author":
			v.Own = append(v.Own, c)
		default:
			spoken = append(spoken, c)
			if holdsIt(c["stance"]) == "support" {
				holders[graph.Cell(c["source"])] = graph.Cell(c["source_name"])
			}
		}
	}
	v.Groups, v.Sources = groupBy(spoken, holdsIt), len(holders)
	if len(holders) == 1 && len(v.Own) == 0 {
		for _, name := range holders {
			v.Single = name
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

// showDisputes shows what sources disagree about.
func (s *Server) showDisputes(w http.ResponseWriter, r *http.Request) {
	about := r.URL.Query().Get("about")
	data := map[string]any{"About": about}
	for key, query := range map[string]string{"Disputes": "disputes", "Numbers": "numbers", "Changed": "changed-positions", "Attributions": "attribution"} {
		values := map[string]string{}
		switch query {
		case "disputes", "numbers":
			values["about"] = about
		case "attribution":
			values["attack"] = about
		}
		rows, err := s.ask(r.Context(), query, values)
		if err != nil {
			fail(w, r, statusOf(err), err)
			return
		}
		data[key] = rows
	}
	data["Spreads"] = spreads(data["Numbers"].([]graph.Row))
	data["Attacks"] = attacks(data["Attributions"].([]graph.Row))
	render(w, http.StatusOK, "disputes", page{Title: "Disputes", Active: "disputes", Data: data})
}

// spread is the numbers given for one thing.
type spread struct {
	Thing, Unit string
	Low, High   float64
	Clash       bool
	Rows        []graph.Row
}

// spreads groups numbers by thing and unit; one number alone is no spread.
func spreads(rows []graph.Row) []spread {
	var list []spread
	for _, r := range rows {
		value, ok := number(r["value"])
		if !ok {
			continue
		}
		thing, unit := clean(r["thing"]), clean(r["unit"])
		i := len(list) - 1
		if i < 0 || list[i].Thing != thing || list[i].Unit != unit {
			list = append(list, spread{Thing: thing, Unit: unit, Low: value, High: value})
			i++
		}
		l := &list[i]
		l.Low, l.High = min(l.Low, value), max(l.High, value)
		l.Clash = l.Clash || r["clash"] == "conflicts"
		l.Rows = append(l.Rows, r)
	}
	kept := list[:0]
	for _, l := range list {
		if l.Low != l.High {
			kept = append(kept, l)
		}
	}
	return kept
}

func number(v any) (float64, bool) {
	switch n := v.(type) {
	case int64:
		return float64(n), true
	case int:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// attack is one event with everybody who says, denies or doubts who did it.
type attack struct {
	ID, Name string
	Suspects []string
	Rows     []graph.Row
}

// attacks groups attributions by event and keeps those on which positions differ.
func attacks(rows []graph.Row) []attack {
	var list []attack
	at := map[string]int{}
	for _, r := range rows {
		id := bareIRI(r["attack"])
		if id == "" {
			continue
		}
		i, ok := at[id]
		if !ok {
			i = len(list)
			at[id] = i
			list = append(list, attack{ID: id, Name: clean(r["attack_name"])})
		}
		a := &list[i]
		if name := clean(r["suspect_name"]); name != "" && !contains(a.Suspects, name) {
			a.Suspects = append(a.Suspects, name)
		}
		a.Rows = append(a.Rows, r)
	}
	kept := list[:0]
	for _, a := range list {
		if differ(a) {
			kept = append(kept, a)
		}
	}
	return kept
}

func differ(a attack) bool {
	stances := map[bool]bool{}
	for _, r := range a.Rows {
		stances[holdsIt(r["stance"]) == "support"] = true
	}
	return len(stances) > 1 || len(a.Suspects) > 1
}
