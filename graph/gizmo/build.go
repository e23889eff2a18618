package gizmo

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"hearsay/graph/plan"
)

// builder turns plans into Cayley's paths over one store.
type builder struct {
	ctx context.Context
	qs  graph.QuadStore
}

// scope is the label context that holds at one place of a path. Cayley forgets
// it inside follow and followRecursive: here those get it handed down.
type scope struct {
	set  bool
	via  []any
	tags []string
}

func (s scope) apply(p *path.Path) *path.Path {
	if !s.set {
		return p
	}
	return p.LabelContextWithTags(s.tags, s.via...)
}

// path builds a whole path of its own.
func (b *builder) path(p *Path) (*path.Path, error) {
	np, _, err := b.extend(path.StartMorphism(), scope{}, p)
	return np, err
}

// morphism builds a path that continues another one in its label context.
func (b *builder) morphism(p *Path, sc scope) (*path.Path, error) {
	np, _, err := b.extend(sc.apply(path.StartMorphism()), sc, p)
	return np, err
}

// extend appends a plan's steps to np.
func (b *builder) extend(np *path.Path, sc scope, p *Path) (*path.Path, scope, error) {
	for i := range p.Steps {
		var err error
		np, sc, err = b.step(np, sc, &p.Steps[i])
		if err != nil {
			return nil, sc, fmt.Errorf("%s: %w", p.Steps[i].Op, err)
		}
	}
	return np, sc, nil
}

func (b *builder) step(np *path.Path, sc scope, s *Step) (*path.Path, scope, error) {
	via, err := b.via(s.Via)
	if err != nil {
		return nil, sc, err
	}
	switch s.Op {
	case "V", "is":
		return np.Is(values(s.Values)...), sc, nil
	case "out":
		return np.OutWithTags(s.Tags, via...), sc, nil
	case "in":
		return np.InWithTags(s.Tags, via...), sc, nil
	case "both":
		return np.BothWithTags(s.Tags, via...), sc, nil
	case "labelContext":
		sc = scope{true, via, s.Tags}
		return sc.apply(np), sc, nil
	case "has", "hasR":
		np, err = b.has(np, s, via[0])
	case "filter":
		var filters []shape.ValueFilter
		if filters, err = valueFilters(s.Filters); err == nil {
			np = np.Filters(filters...)
		}
	case "save":
		return np.Save(via[0], s.Tags[0]), sc, nil
	case "saveR":
		return np.SaveReverse(via[0], s.Tags[0]), sc, nil
	case "saveOpt":
		return np.SaveOptional(via[0], s.Tags[0]), sc, nil
	case "saveOptR":
		return np.SaveOptionalReverse(via[0], s.Tags[0]), sc, nil
	case "follow", "followR", "followRecursive":
		np, err = b.follow(np, sc, s, via)
	case "and", "or", "except":
		np, err = b.combine(np, s)
	default:
		return b.plain(np, s), sc, nil
	}
	return np, sc, err
}

// plain are the steps that can't fail.
func (b *builder) plain(np *path.Path, s *Step) *path.Path {
	switch s.Op {
	case "tag":
		return np.Tag(s.Tags...)
	case "back":
		return np.Back(s.Tags[0])
	case "unique":
		return np.Unique()
	case "labels":
		return np.Labels()
	case "inPredicates":
		return np.InPredicates()
	case "outPredicates":
		return np.OutPredicates()
	case "saveInPredicates":
		return np.SavePredicates(true, s.Tags[0])
	case "saveOutPredicates":
		return np.SavePredicates(false, s.Tags[0])
	case "limit":
		return np.Limit(int64(s.N))
	case "skip":
		return np.Skip(int64(s.N))
	case "order":
		return np.Order()
	}
	panic("unknown step " + s.Op) // Run recovers
}

func (b *builder) has(np *path.Path, s *Step, via any) (*path.Path, error) {
	reverse := s.Op == "hasR"
	if len(s.Filters) > 0 {
		filters, err := valueFilters(s.Filters)
		return np.HasFilter(via, reverse, filters...), err
	}
	if reverse {
		return np.HasReverse(via, values(s.Values)...), nil
	}
	return np.Has(via, values(s.Values)...), nil
}

func (b *builder) follow(np *path.Path, sc scope, s *Step, via []any) (*path.Path, error) {
	switch s.Op {
	case "follow":
		np, inner, err := b.extend(np, sc, s.Path)
		if err == nil && inner.differs(sc) {
			np = np.LabelContextWithTags(sc.tags, sc.via...)
		}
		return np, err
	case "followR":
		m, err := b.morphism(s.Path, sc)
		if err != nil {
			return nil, err
		}
		return np.FollowReverse(m), nil
	}
	step := s.Path
	if step == nil {
		step = &Path{Steps: []Step{{Op: "out", Via: s.Via}}}
	}
	m, err := b.morphism(step, sc)
	if err != nil {
		return nil, err
	}
	if _, ok := b.qs.(plan.Store); ok {
		return plan.Recursive(np, m, s.N, s.Tags), nil
	}
	return np.FollowRecursive(m, s.N, s.Tags), nil
}

// differs reports whether a path within has set a label context of its own: it
// ends with that path.
func (s scope) differs(outer scope) bool {
	return s.set != outer.set || len(s.via) != len(outer.via) || len(s.via) > 0 && &s.via[0] != &outer.via[0]
}

func (b *builder) combine(np *path.Path, s *Step) (*path.Path, error) {
	other, err := b.path(s.Path)
	if err != nil {
		return nil, err
	}
	switch s.Op {
	case "and":
		return np.And(other), nil
	case "or":
		return np.Or(other), nil
	}
	// Cayley's except can't bear a path that is known to be empty, such as an
	// unknown node: nothing is excluded then.
	if empty, _ := shape.Optimize(b.ctx, other.Shape(), b.qs); shape.IsNull(empty) {
		return np, nil
	}
	return np.Except(other), nil
}

// via is what Cayley's paths take as predicates: values or one path.
func (b *builder) via(list []Via) ([]any, error) {
	var out []any
	for _, v := range list {
		if v.Path == nil {
			out = append(out, v.Term.Value)
			continue
		}
		if len(list) > 1 {
			return nil, fmt.Errorf("expected one path or a list of predicates")
		}
		p, err := b.path(v.Path)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func values(terms []Term) []quad.Value {
	var vals []quad.Value
	for _, t := range terms {
		vals = append(vals, t.Value)
	}
	return vals
}

func valueFilters(filters []Filter) ([]shape.ValueFilter, error) {
	var out []shape.ValueFilter
	for _, f := range filters {
		switch f.Op {
		case "regex":
			re, err := regexp.Compile(literalOf(f.Term.Value))
			if err != nil {
				return nil, fmt.Errorf("regex: %w", err)
			}
			out = append(out, shape.Regexp{Re: re, Refs: f.IRIs})
		case "like":
			out = append(out, shape.Wildcard{Pattern: literalOf(f.Term.Value)})
		default:
			op := map[string]iterator.Operator{"lt": iterator.CompareLT, "lte": iterator.CompareLTE,
				"gt": iterator.CompareGT, "gte": iterator.CompareGTE}[f.Op]
			out = append(out, comparison{op, f.Term.Value})
		}
	}
	return out, nil
}

func literalOf(v quad.Value) string {
	switch v := v.(type) {
	case quad.String:
		return string(v)
	case quad.IRI:
		return string(v)
	case quad.BNode:
		return string(v)
	}
	return strings.Trim(quad.StringOf(v), `"`)
}

// comparison compares as Cayley does, and integers with other numbers, too.
type comparison struct {
	op  iterator.Operator
	val quad.Value
}

func (c comparison) BuildIterator(qs graph.QuadStore, it iterator.Shape) iterator.Shape {
	want, ok := float(c.val)
	if !ok {
		return iterator.NewComparison(it, c.op, c.val, qs)
	}
	return iterator.NewValueFilter(qs, it, func(v quad.Value) (bool, error) {
		got, ok := float(v)
		return ok && iterator.RunFloatOp(quad.Float(got), c.op, quad.Float(want)), nil
	})
}

func float(v quad.Value) (float64, bool) {
	switch v := v.(type) {
	case quad.Int:
		return float64(v), true
	case quad.Float:
		return float64(v), true
	}
	return 0, false
}
