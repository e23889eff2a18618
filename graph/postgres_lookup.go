package graph

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
	"github.com/lib/pq"

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

// read reads quads, and with them the value of one node of each, where there is one
// in the row.
func (x *pgLookup) read(named int, statement string, args ...any) ([]plan.Quad, error) {
	f := &pgFound[plan.Quad]{s: x.s, scan: func(rows *sql.Rows) (plan.Quad, error) {
		var n pgNode
		q, err := scanQuad(rows, n.fields()...)
		if h, ok := q[named].(refs.ValueHash); ok && err == nil {
			if v := n.value(); v != nil {
				x.s.named[h] = v
				x.number(h)
			}
		}
		return q, err
	}}
	return f.list(x.ctx, statement, args...)
}

// pgOut selects the quads of subjects, at most so many of each, with the objects'
// values but for long texts.
var pgOut = fmt.Sprintf(`SELECT q.*, %[2]s FROM unnest($1::bytea[]) AS k(h) CROSS JOIN LATERAL (
	(SELECT subject_hash, predicate_hash, object_hash, label_hash FROM quads WHERE subject_hash = k.h AND label_hash IS NOT NULL LIMIT %[1]d)
	UNION ALL (SELECT subject_hash, predicate_hash, object_hash, label_hash FROM quads WHERE subject_hash = k.h AND label_hash IS NULL LIMIT %[1]d)) AS q
	LEFT JOIN nodes n ON n.hash = q.object_hash AND q.predicate_hash <> $2`, pgMany+1, pgValueColumns)

func (x *pgLookup) batched() bool { return true }

func (x *pgLookup) ahead(subjects []uint64, predicates ...uint64) error {
	x.forget()
	if len(predicates) > 0 {
		return x.aheadOf(subjects, predicates)
	}
	missing := make([]uint64, 0, len(subjects))
	for _, id := range subjects {
		if _, known := x.out[id]; !known && !x.long[id] && id != 0 {
			missing = append(missing, id)
		}
	}
	for part := range slices.Chunk(missing, pgAhead) {
		quads, err := x.read(2, pgOut, x.list(part), x.texts[:])
		if err != nil {
			return err
		}
		for _, id := range part {
			x.out[id] = nil
		}
		for _, q := range quads {
			id := x.node(q[0])
			x.out[id] = append(x.out[id], q)
			x.node(q[1])
		}
		for _, id := range part {
			if len(x.out[id]) > pgMany {
				x.long[id] = true
				delete(x.out, id)
			}
		}
	}
	return nil
}

// pgOf selects the quads of subjects in predicates, at most so many of each pair,
// with the objects' values.
var pgOf = fmt.Sprintf(`SELECT q.*, %[2]s FROM unnest($1::bytea[]) AS k(h) CROSS JOIN unnest($2::bytea[]) AS p(h) CROSS JOIN LATERAL (
	(SELECT subject_hash, predicate_hash, object_hash, label_hash FROM quads WHERE subject_hash = k.h AND predicate_hash = p.h AND label_hash IS NOT NULL LIMIT %[1]d)
	UNION ALL (SELECT subject_hash, predicate_hash, object_hash, label_hash FROM quads WHERE subject_hash = k.h AND predicate_hash = p.h AND label_hash IS NULL LIMIT %[1]d)) AS q
	JOIN nodes n ON n.hash = q.object_hash`, pgMany+1, pgValueColumns)

func (x *pgLookup) aheadOf(subjects, predicates []uint64) error {
	return x.pairs(subjects, predicates, func(s, p uint64) bool {
		_, whole := x.out[s]
		_, known := x.of[[2]uint64{s, p}]
		return whole || known
	}, func(part, predicates []uint64) error {
		quads, err := x.read(2, pgOf, x.list(part), x.list(predicates))
		if err != nil {
			return err
		}
		found, count := map[[2]uint64][]uint64{}, map[[2]uint64]int{}
		for _, q := range quads {
			key, object := [2]uint64{x.node(q[0]), x.node(q[1])}, x.node(q[2])
			if count[key]++; !slices.Contains(found[key], object) {
				found[key] = append(found[key], object)
			}
		}
		each(part, predicates, func(key [2]uint64) {
			if count[key] <= pgMany {
				x.of[key] = found[key]
			}
		})
		return nil
	})
}

// pairs calls fn with parts of the nodes for which something isn't known in one of the
// predicates.
func (x *pgLookup) pairs(nodes, predicates []uint64, known func(node, predicate uint64) bool, fn func(part, predicates []uint64) error) error {
	predicates = slices.DeleteFunc(slices.Clone(predicates), func(id uint64) bool { return id == 0 })
	missing := slices.DeleteFunc(slices.Clone(nodes), func(n uint64) bool {
		return n == 0 || !slices.ContainsFunc(predicates, func(p uint64) bool { return !known(n, p) })
	})
	slices.Sort(missing)
	for part := range slices.Chunk(slices.Compact(missing), max(1, pgAhead/max(1, len(predicates)))) {
		if err := fn(part, predicates); err != nil {
			return err
		}
	}
	return nil
}

// each calls fn with each node in each predicate.
func each(nodes, predicates []uint64, fn func(key [2]uint64)) {
	for _, n := range nodes {
		for _, p := range predicates {
			fn([2]uint64{n, p})
		}
	}
}

// forget keeps memory bounded.
func (x *pgLookup) forget() {
	if len(x.out)+len(x.of)+len(x.into) > pgKept {
		clear(x.out)
		clear(x.of)
		clear(x.into)
	}
}

func (x *pgLookup) list(ids []uint64) pq.ByteaArray {
	hashes := make(pq.ByteaArray, len(ids))
	for i, id := range ids {
		hashes[i] = x.hashes[id][:]
	}
	return hashes
}

// pgInto selects the quads of objects in predicates, at most so many of each pair,
// with the subjects' values.
var pgInto = fmt.Sprintf(`SELECT q.*, %[2]s FROM unnest($1::bytea[]) AS o(h) CROSS JOIN unnest($2::bytea[]) AS p(h) CROSS JOIN LATERAL (
	SELECT subject_hash, predicate_hash, object_hash, label_hash FROM quads WHERE object_hash = o.h AND predicate_hash = p.h LIMIT %[1]d) AS q
	JOIN nodes n ON n.hash = q.subject_hash`, pgMany+1, pgValueColumns)

func (x *pgLookup) aheadInto(objects, predicates []uint64) error {
	x.forget()
	return x.pairs(objects, predicates, func(o, p uint64) bool {
		_, known := x.into[[2]uint64{o, p}]
		return known
	}, func(part, predicates []uint64) error {
		quads, err := x.read(0, pgInto, x.list(part), x.list(predicates))
		if err != nil {
			return err
		}
		found, seen, count := map[[2]uint64][]pgEdge{}, map[[3]uint64]bool{}, map[[2]uint64]int{}
		for _, q := range quads {
			e, key := pgEdge{x.node(q[0]), x.node(q[3])}, [2]uint64{x.node(q[2]), x.node(q[1])}
			count[key]++
			if at := [3]uint64{key[0], key[1], e.subject}; !seen[at] {
				seen[at], found[key] = true, append(found[key], e)
			}
		}
		each(part, predicates, func(key [2]uint64) {
			if count[key] <= pgMany {
				x.into[key] = found[key]
			}
		})
		return nil
	})
}
