package graph

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
)

// terms reads a list of a script's texts or one: as values, nodes in angle brackets.
func terms(arg any) []quad.Value {
	list, ok := arg.([]any)
	if !ok {
		list = []any{arg}
	}
	vals := make([]quad.Value, 0, len(list))
	for _, v := range list {
		if s, ok := v.(string); ok {
			vals = append(vals, quad.StringToValue(s))
		}
	}
	return vals
}

// idsOf are the ids of those terms that the store has.
func (n *natives) idsOf(arg any) ([]uint64, error) {
	var list []uint64
	for _, v := range terms(arg) {
		var id uint64
		var err error
		if iri, ok := v.(quad.IRI); ok {
			id, err = n.read.node(string(iri))
		} else {
			id, err = n.read.id(v)
		}
		if err != nil {
			return nil, err
		}
		if id != 0 {
			list = append(list, id)
		}
	}
	return list, nil
}

// step gives what the predicates args[2] lead to from the nodes args[0], or with "in"
// for args[1] what leads there: each once, sorted. With a number args[3] at most so
// many of them, whichever come first.
func (n *natives) step(args []any) (any, error) {
	if len(args) < 3 {
		return nil, nil
	}
	nodes, err := n.idsOf(args[0])
	if err != nil {
		return nil, err
	}
	predicates, err := n.idsOf(args[2])
	if err != nil {
		return nil, err
	}
	most := int64(-1)
	if len(args) > 3 {
		most, _ = args[3].(int64)
	}
	found, err := n.read.follow(nodes, predicates, args[1] == "in", most)
	if err != nil {
		return nil, err
	}
	return n.read.script(found)
}

// follow gives the nodes at the other end of edges, each once, at most so many unless
// most is negative.
func (l *lookup) follow(nodes, predicates []uint64, in bool, most int64) ([]uint64, error) {
	if err := l.aheadStep(nodes, predicates, in); err != nil {
		return nil, err
	}
	var found []uint64
	full := func() bool { return most >= 0 && int64(len(found)) >= most }
	for _, p := range predicates {
		for _, node := range nodes {
			if full() {
				return found, nil
			}
			if !in {
				list, err := l.objects(node, p)
				if err != nil {
					return nil, err
				}
				found = append(found, list...)
				continue
			}
			err := l.subjects(node, p, func(subject, label uint64) (bool, error) {
				l.labelOf[subject] = label
				found = append(found, subject)
				return !full(), nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	if full() {
		found = found[:most]
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// aheadStep says what follow will ask for.
func (l *lookup) aheadStep(nodes, predicates []uint64, in bool) error {
	if in {
		return l.aheadInto(nodes, predicates)
	}
	return l.ahead(nodes, predicates...)
}

// script gives values as scripts have them, sorted.
func (l *lookup) script(list []uint64) ([]any, error) {
	out := make([]any, len(list))
	for i, id := range list {
		v, err := l.value(id)
		if err != nil {
			return nil, err
		}
		if iri, ok := v.(quad.IRI); ok {
			l.ids[string(iri)] = id
		}
		out[i] = scriptValue(v)
	}
	slices.SortFunc(out, compareValues)
	return out, nil
}

// predicates gives those of the edges out of a node args[0] or, where args[1] is
// "in", into it.
func (n *natives) predicates(args []any) (any, error) {
	node, err := n.read.node(nodeOf(args))
	if err != nil || len(args) < 2 {
		return nil, err
	}
	if node == 0 {
		return []any{}, nil
	}
	list, err := n.read.predicates(node, args[1] == "in")
	if err != nil {
		return nil, err
	}
	return n.read.script(list)
}

// having gives of the nodes args[0] those that have the value args[2] in one of the
// predicates args[1], or any value where there is no args[2].
func (n *natives) having(args []any) (any, error) {
	list, ok := args[0].([]any)
	if !ok || len(args) < 2 {
		return nil, nil
	}
	predicates, err := n.idsOf(args[1])
	if err != nil {
		return nil, err
	}
	var objects []uint64
	out := []any{}
	if len(args) > 2 {
		if objects, err = n.idsOf(args[2]); len(objects) == 0 || err != nil {
			return out, err
		}
	}
	nodes := make([]uint64, len(list))
	for i, v := range list {
		if nodes[i], err = n.read.node(bare(textOf(v))); err != nil {
			return nil, err
		}
	}
	if err := n.read.ahead(nodes, predicates...); err != nil {
		return nil, err
	}
	for i, v := range list {
		node := nodes[i]
		has, err := n.read.has(node, predicates, objects)
		if err != nil {
			return nil, err
		}
		if has {
			out = append(out, v)
		}
	}
	return out, nil
}

// grouped gives the nodes args[0] by the text that the predicate args[1] leads to, ""
// for none.
func (n *natives) grouped(args []any) (any, error) {
	if len(args) < 2 {
		return nil, nil
	}
	list, ok := args[0].([]any)
	if !ok {
		return nil, nil
	}
	nodes, err := n.idsOf(list)
	if err == nil {
		err = n.read.ahead(nodes)
	}
	if err != nil {
		return nil, err
	}
	groups := map[string]any{}
	for _, v := range list {
		node, err := n.read.node(bare(textOf(v)))
		if err != nil {
			return nil, err
		}
		text, err := n.read.firstText(node, bare(textOf(args[1])))
		if err != nil {
			return nil, err
		}
		group, _ := groups[text].([]any)
		groups[text] = append(group, v)
	}
	return groups, nil
}

// lined is hs.line: a text on one line.
func lined(v any) any {
	s, ok := v.(string)
	if !ok {
		return nil
	}
	return strings.Join(strings.Fields(s), " ")
}

// compareValues puts values into the order in which scripts have them.
func compareValues(a, b any) int {
	x, okA := a.(string)
	y, okB := b.(string)
	if okA && okB {
		return strings.Compare(x, y)
	}
	return cmp.Compare(numeric(a), numeric(b))
}

func numeric(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	case string:
		f, _ := strconv.ParseFloat(v, 64)
		return f
	}
	return 0
}
