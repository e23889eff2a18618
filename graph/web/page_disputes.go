package web

import (
	"context"
	"net/http"
	"slices"

	"hearsay/graph"
)

// disputesView is what sources disagree about.
type disputesView struct {
	About    string
	Attacks  []attack
	Disputes []graph.Row
	Spreads  []spread
	Changed  []graph.Row
}

func (s *Server) showDisputes(w http.ResponseWriter, r *http.Request) {
	about := r.URL.Query().Get("about")
	var v *disputesView
	var err error
	if about == "" {
		v, err = s.disputes.get(r.Context())
	} else {
		v, err = s.disputesAbout(r.Context(), about)
	}
	if err != nil {
		fail(w, r, statusOf(err), err)
		return
	}
	render(w, http.StatusOK, "disputes", page{Title: "Disputes", Active: "disputes", Data: v})
}

// disputesAbout gathers the disputes about an entity, all of them for none.
func (s *Server) disputesAbout(ctx context.Context, about string) (*disputesView, error) {
	v := &disputesView{About: about}
	var numbers, attributions []graph.Row
	for _, q := range []struct {
		name, param string
		rows        *[]graph.Row
	}{{"disputes", "about", &v.Disputes}, {"numbers", "about", &numbers}, {"changed-positions", "source", &v.Changed},
		{"attribution", "attack", &attributions}} {
		rows, err := s.ask(ctx, q.name, map[string]string{q.param: about})
		if err != nil {
			return nil, err
		}
		*q.rows = rows
	}
	v.Spreads, v.Attacks = spreads(numbers), attacks(attributions)
	// A number with no other opponent than another number is among the spreads.
	v.Disputes = slices.DeleteFunc(v.Disputes, func(r graph.Row) bool {
		opposers, _ := r["opposers"].([]any)
		return r["number"] != nil && len(opposers) == 0
	})
	return v, nil
}

// spread is the numbers given for one thing.
type spread struct {
	Thing, Unit string
	group       string // what tells things of the same words apart
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
		thing, unit, group := clean(r["thing"]), clean(r["unit"]), graph.Cell(r["group"])
		i := len(list) - 1
		if i < 0 || list[i].Thing != thing || list[i].Unit != unit || list[i].group != group {
			list = append(list, spread{Thing: thing, Unit: unit, group: group, Low: value, High: value})
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
