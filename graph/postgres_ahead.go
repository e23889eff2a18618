package graph

import (
	"database/sql"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/lib/pq"

	"hearsay/graph/plan"
)

// What a lookup in PostgreSQL reads ahead: the quads of many nodes in one statement,
// and values with them.

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
		eachPair(part, predicates, func(key [2]uint64) {
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

// eachPair calls fn with each node in each predicate.
func eachPair(nodes, predicates []uint64, fn func(key [2]uint64)) {
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
		eachPair(part, predicates, func(key [2]uint64) {
			if count[key] <= pgMany {
				x.into[key] = found[key]
			}
		})
		return nil
	})
}
