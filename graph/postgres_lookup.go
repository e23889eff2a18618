package graph

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"hearsay/graph/plan"
)

// pgLookup answer from what they have read, and read in few statements: all that
// was announced together, all quads of a subject at once, and the values of all that
// was found when the first of them is asked for.
type pgLookup struct {
	ctx    context.Context
	s      *pgSnapshot
	ids    map[refs.ValueHash]uint64
	hashes []refs.ValueHash       // by id
	out    map[uint64][]plan.Quad // all quads of a subject; not of one that has many
	of     map[[2]uint64][]uint64 // all objects of a subject in a predicate; not where they are many
	into   map[[2]uint64][]pgEdge // all subjects of an object in a predicate; not where they are many
	long   map[uint64]bool        // subjects that have many quads
	texts  refs.ValueHash         // the predicate of the texts, which are long
	fresh  []refs.ValueHash       // found, and not named yet
}

// pgEdge is where an edge comes from, and the label of a quad that says so.
type pgEdge struct{ subject, label uint64 }

// What is read at a time.
const (
	pgMany  = 100     // quads of one subject, or of one node in a predicate, that are kept
	pgAhead = 1000    // subjects, or nodes in predicates
	pgFresh = 2000    // values
	pgKept  = 100_000 // lists of quads that are kept
)

func (s *pgSnapshot) indexes(ctx context.Context) indexes {
	return &pgLookup{ctx: ctx, s: s, ids: map[refs.ValueHash]uint64{}, hashes: make([]refs.ValueHash, 1), out: map[uint64][]plan.Quad{}, of: map[[2]uint64][]uint64{},
		into: map[[2]uint64][]pgEdge{}, long: map[uint64]bool{}, texts: refs.HashOf(quad.IRI(IsString))}
}

// id numbers a value. Whether the store has it shows in what is found.
func (x *pgLookup) id(v quad.Value) (uint64, error) { return x.number(refs.HashOf(v)), nil }

func (x *pgLookup) number(h refs.ValueHash) uint64 {
	id, ok := x.ids[h]
	if !ok {
		id = uint64(len(x.hashes))
		x.ids[h], x.hashes = id, append(x.hashes, h)
	}
	return id
}

// node is the id of a quad's node, 0 for none.
func (x *pgLookup) node(ref refs.Ref) uint64 {
	h, ok := ref.(refs.ValueHash)
	if !ok {
		return 0
	}
	if _, known := x.ids[h]; !known {
		x.fresh = append(x.fresh, h)
	}
	return x.number(h)
}

func (x *pgLookup) value(id uint64) (quad.Value, error) {
	h := x.hashes[id]
	if v := x.s.named[h]; v != nil {
		return v, nil
	}
	x.fresh = x.fresh[max(0, len(x.fresh)-pgFresh):]
	list := []cayley.Ref{h}
	for _, other := range x.fresh {
		list = append(list, other)
	}
	x.fresh = x.fresh[:0]
	values, err := x.s.ValuesOf(x.ctx, list)
	if err != nil {
		return nil, err
	}
	if values[0] == nil {
		return nil, fmt.Errorf("%w: value %x is missing", ErrDamaged, h)
	}
	return values[0], nil
}

// want is what is asked for with these ids, 0 for any.
func (x *pgLookup) want(subject, predicate, object, label uint64) (w plan.Want) {
	for i, id := range [...]uint64{subject, predicate, object, label} {
		if id != 0 {
			w[i] = []refs.Ref{x.hashes[id]}
		}
	}
	return w
}

// each calls fn with quads until it gives false.
func (x *pgLookup) each(w plan.Want, fn func(plan.Quad) (bool, error)) error {
	found := x.s.Find(x.ctx, w)
	defer found.Close()
	for {
		quads, err := found.Next(x.ctx)
		if err != nil || len(quads) == 0 {
			return err
		}
		for _, q := range quads {
			if more, err := fn(q); !more || err != nil {
				return err
			}
		}
	}
}

func (x *pgLookup) subjects(object, predicate uint64, fn func(subject, label uint64) (bool, error)) error {
	if edges, ok := x.into[[2]uint64{object, predicate}]; ok {
		for _, e := range edges {
			if more, err := fn(e.subject, e.label); !more || err != nil {
				return err
			}
		}
		return nil
	}
	seen := map[uint64]bool{}
	return x.each(x.want(0, predicate, object, 0), func(q plan.Quad) (bool, error) {
		subject := x.node(q[0])
		if seen[subject] {
			return true, nil
		}
		seen[subject] = true
		return fn(subject, x.node(q[3]))
	})
}

// quads are those of a subject; !ok where they are many.
func (x *pgLookup) quads(subject uint64) (quads []plan.Quad, ok bool, err error) {
	if err := x.ahead([]uint64{subject}); err != nil {
		return nil, false, err
	}
	quads, ok = x.out[subject]
	return quads, ok, nil
}

func (x *pgLookup) objects(subject, predicate uint64) ([]uint64, error) {
	if list, ok := x.of[[2]uint64{subject, predicate}]; ok {
		return list, nil
	}
	quads, ok, err := x.quads(subject)
	if err != nil {
		return nil, err
	}
	seen, list := map[uint64]bool{}, []uint64(nil)
	add := func(q plan.Quad) (bool, error) {
		if id := x.node(q[2]); q[1] == refs.Ref(x.hashes[predicate]) && !seen[id] {
			seen[id], list = true, append(list, id)
		}
		return true, nil
	}
	if !ok {
		err := x.each(x.want(subject, predicate, 0, 0), add)
		return list, err
	}
	for _, q := range quads {
		add(q)
	}
	return list, nil
}

func (x *pgLookup) properties(subject uint64, fn func(predicate uint64, objects []uint64) error, predicates ...uint64) error {
	if len(predicates) > 0 {
		return x.some(subject, predicates, fn)
	}
	quads, ok, err := x.quads(subject)
	if err == nil && !ok {
		quads = nil
		err = x.each(x.want(subject, 0, 0, 0), func(q plan.Quad) (bool, error) {
			quads = append(quads, q)
			return true, nil
		})
	}
	if err != nil {
		return err
	}
	objects, seen := map[uint64][]uint64{}, map[[2]uint64]bool{}
	for _, q := range quads {
		p, o := x.node(q[1]), x.node(q[2])
		if objects[p] == nil {
			predicates = append(predicates, p)
		}
		if !seen[[2]uint64{p, o}] {
			seen[[2]uint64{p, o}], objects[p] = true, append(objects[p], o)
		}
	}
	for _, p := range predicates {
		if err := fn(p, objects[p]); err != nil {
			return err
		}
	}
	return nil
}

// some calls fn with those of the predicates that a node has.
func (x *pgLookup) some(subject uint64, predicates []uint64, fn func(predicate uint64, objects []uint64) error) error {
	for _, p := range predicates {
		list, err := x.objects(subject, p)
		if err == nil && len(list) > 0 {
			err = fn(p, list)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (x *pgLookup) has(subject uint64, predicates, objects []uint64) (bool, error) {
	wanted := objects
	if objects == nil {
		wanted = []uint64{0}
	}
	for _, p := range predicates {
		list, known := x.of[[2]uint64{subject, p}]
		for _, o := range wanted {
			n := 0
			switch {
			case known && (o == 0 && len(list) > 0 || slices.Contains(list, o)):
				n = 1
			case !known:
				var err error
				if n, err = x.s.Count(x.ctx, x.want(subject, p, o, 0), 1); err != nil {
					return false, err
				}
			}
			if n > 0 {
				return true, nil
			}
		}
	}
	return false, nil
}

// pgPredicates jumps from one predicate of a node to the next.
const pgPredicates = `WITH RECURSIVE p(h) AS (
	(SELECT predicate_hash FROM quads WHERE %[1]s_hash = $1 AND %[2]s ORDER BY predicate_hash LIMIT 1)
	UNION ALL SELECT (SELECT predicate_hash FROM quads WHERE %[1]s_hash = $1 AND %[2]s AND predicate_hash > p.h ORDER BY predicate_hash LIMIT 1) FROM p WHERE p.h IS NOT NULL)
SELECT h, h, h, h FROM p WHERE h IS NOT NULL`

func (x *pgLookup) predicates(node uint64, in bool) (list []uint64, err error) {
	ways := []string{fmt.Sprintf(pgPredicates, "object", "true")}
	if !in { // the index by subject is two
		ways = []string{fmt.Sprintf(pgPredicates, "subject", "label_hash IS NOT NULL"), fmt.Sprintf(pgPredicates, "subject", "label_hash IS NULL")}
	}
	for _, statement := range ways {
		f := &pgFound[plan.Quad]{s: x.s, scan: func(rows *sql.Rows) (plan.Quad, error) { return scanQuad(rows) }}
		quads, err := f.list(x.ctx, statement, x.hashes[node][:])
		if err != nil {
			return nil, err
		}
		for _, q := range quads {
			if id := x.node(q[1]); !slices.Contains(list, id) {
				list = append(list, id)
			}
		}
	}
	return list, nil
}

func (x *pgLookup) labelled(label uint64, predicates []uint64, fn func(subject, object uint64) error) error {
	want := x.want(0, 0, 0, label)
	for _, p := range predicates {
		want[1] = append(want[1], x.hashes[p])
	}
	return x.each(want, func(q plan.Quad) (bool, error) { return true, fn(x.node(q[0]), x.node(q[2])) })
}

func (x *pgLookup) edges(predicate uint64, fn func(subject, object uint64) error) error {
	return x.each(x.want(0, predicate, 0, 0), func(q plan.Quad) (bool, error) { return true, fn(x.node(q[0]), x.node(q[2])) })
}
