package graph

import (
	"context"
	"database/sql"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
	"github.com/lib/pq"
)

// apply removes and adds in one transaction: quads are copied into a temporary
// table and compared there, so that a document costs a handful of round trips. A
// value's count is of the places that it stands in, as Cayley counts.
func (s *pgStore) apply(ctx context.Context, remove, add []quad.Quad) error {
	return pgTx(ctx, s.db, func(tx *sql.Tx) error {
		return changeQuads(ctx, tx, pgStage, change{pgRemove, remove}, change{pgAdd, add})
	})
}

// change is a statement, and the quads that it wants staged.
type change struct {
	statement string
	quads     []quad.Quad
}

// changeQuads makes one change after the other, each over tables that stage empties.
func changeQuads(ctx context.Context, tx *sql.Tx, stage string, changes ...change) error {
	for _, c := range changes {
		if len(c.quads) == 0 {
			continue
		}
		if _, err := tx.ExecContext(ctx, stage); err != nil {
			return err
		}
		if err := copyQuads(ctx, tx, c.quads); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, c.statement); err != nil {
			return err
		}
	}
	return nil
}

// pgStage makes the temporary tables, empty.
const pgStage = `
CREATE TEMP TABLE IF NOT EXISTS staged (s BYTEA, p BYTEA, o BYTEA, c BYTEA) ON COMMIT DROP;
CREATE TEMP TABLE IF NOT EXISTS staged_nodes (LIKE nodes) ON COMMIT DROP;
CREATE TEMP TABLE IF NOT EXISTS changed (s BYTEA, p BYTEA, o BYTEA, c BYTEA) ON COMMIT DROP;
TRUNCATE staged, staged_nodes, changed;`

// pgUses are the values of the quads that changed, with how often they stand there.
const pgUses = `(SELECT h, count(*)::int AS n FROM
	(SELECT s AS h FROM changed UNION ALL SELECT p FROM changed UNION ALL SELECT o FROM changed UNION ALL SELECT c FROM changed) x
	WHERE h IS NOT NULL GROUP BY h) u`

const pgRemove = `
WITH gone AS (DELETE FROM quads q USING staged t WHERE q.subject_hash = t.s AND q.predicate_hash = t.p AND q.object_hash = t.o
	AND (q.label_hash = t.c OR q.label_hash IS NULL AND t.c IS NULL) RETURNING t.s, t.p, t.o, t.c)
	INSERT INTO changed SELECT DISTINCT * FROM gone;
UPDATE nodes SET refs = refs - u.n FROM ` + pgUses + ` WHERE hash = u.h;
DELETE FROM nodes n USING ` + pgUses + ` WHERE n.hash = u.h AND n.refs <= 0;`

const pgAdd = `
WITH new AS (INSERT INTO quads (subject_hash, predicate_hash, object_hash, label_hash)
	SELECT DISTINCT s, p, o, c FROM staged ON CONFLICT DO NOTHING RETURNING subject_hash, predicate_hash, object_hash, label_hash)
	INSERT INTO changed SELECT * FROM new;
INSERT INTO nodes SELECT m.hash, u.n, m.value, m.value_string, m.datatype, m.language, m.iri, m.bnode, m.value_int, m.value_bool, m.value_float, m.value_time
	FROM ` + pgUses + ` JOIN staged_nodes m ON m.hash = u.h
	ON CONFLICT (hash) DO UPDATE SET refs = nodes.refs + EXCLUDED.refs;`

// copyQuads puts quads and their values into the temporary tables.
func copyQuads(ctx context.Context, tx *sql.Tx, quads []quad.Quad) error {
	c := &copier{ctx: ctx, tx: tx, seen: make(map[refs.ValueHash]bool), into: pgStaged}
	if err := c.begin(); err != nil {
		return err
	}
	for _, q := range quads {
		if err := c.add(q); err != nil {
			return err
		}
	}
	return c.end()
}

// copier streams quads into a table and keeps their values for another: one
// connection copies into one table at a time.
type copier struct {
	ctx    context.Context
	tx     *sql.Tx
	quads  *sql.Stmt
	seen   map[refs.ValueHash]bool
	values []quad.Value
	into   [2]string // tables for quads and values
}

// pgStaged are the temporary tables.
var pgStaged = [2]string{"staged", "staged_nodes"}

func (c *copier) begin() (err error) {
	c.quads, err = c.tx.PrepareContext(c.ctx, pq.CopyIn(c.into[0], "s", "p", "o", "c"))
	return err
}

func (c *copier) add(q quad.Quad) error {
	var row [4]any
	for i, d := range quad.Directions {
		v := q.Get(d)
		if v == nil {
			continue
		}
		h := refs.HashOf(v)
		row[i] = h[:]
		if !c.seen[h] {
			c.seen[h] = true
			c.values = append(c.values, v)
		}
	}
	_, err := c.quads.ExecContext(c.ctx, row[:]...)
	return err
}

// end copies the values and closes.
func (c *copier) end() error {
	if _, err := c.quads.ExecContext(c.ctx); err != nil {
		return err
	}
	if err := c.quads.Close(); err != nil {
		return err
	}
	nodes, err := c.tx.PrepareContext(c.ctx, pq.CopyIn(c.into[1], append([]string{"hash", "refs"}, pgNodeColumns[:]...)...))
	if err != nil {
		return err
	}
	for _, v := range c.values {
		n, h := pgNodeOf(v), refs.HashOf(v)
		if _, err := nodes.ExecContext(c.ctx, slices.Concat([]any{h[:], 0}, n.columns())...); err != nil {
			return err
		}
	}
	c.values = nil
	if _, err := nodes.ExecContext(c.ctx); err != nil {
		return err
	}
	return nodes.Close()
}

// load writes all anew in one transaction: without indexes, which are built at the
// end. Readers see the old content until it commits.
func (s *pgStore) load(ctx context.Context, feed feed, alone func(func() error) error) error {
	return pgTx(ctx, s.db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, pgStage); err != nil {
			return err
		}
		c := &copier{ctx: ctx, tx: tx, seen: make(map[refs.ValueHash]bool), into: pgStaged}
		if err := c.begin(); err != nil {
			return err
		}
		if err := feed(c.add); err != nil {
			return err
		}
		if err := c.end(); err != nil {
			return err
		}
		return alone(func() error {
			_, err := tx.ExecContext(ctx, pgLoad)
			return err
		})
	})
}

const pgLoad = `
SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL work_mem = '256MB';
TRUNCATE quads, nodes;` + pgDropIndexes + `
INSERT INTO quads (subject_hash, predicate_hash, object_hash, label_hash) SELECT DISTINCT s, p, o, c FROM staged;
INSERT INTO nodes SELECT m.hash, u.n, m.value, m.value_string, m.datatype, m.language, m.iri, m.bnode, m.value_int, m.value_bool, m.value_float, m.value_time
	FROM (SELECT h, count(*)::int AS n FROM (SELECT subject_hash AS h FROM quads UNION ALL SELECT predicate_hash FROM quads
		UNION ALL SELECT object_hash FROM quads UNION ALL SELECT label_hash FROM quads) x WHERE h IS NOT NULL GROUP BY h) u
	JOIN staged_nodes m ON m.hash = u.h;` + pgIndexes + `
ANALYZE quads; ANALYZE nodes;`
