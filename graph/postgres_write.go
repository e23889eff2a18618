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

// pgForget takes back that documents were read of which something was changed: who
// stores one notes it after that.
const pgForget = `
DELETE FROM hearsay_read WHERE iri IN (SELECT value_string FROM nodes WHERE hash IN (SELECT c FROM changed));`

const pgRemove = `
WITH gone AS (DELETE FROM quads q USING staged t WHERE q.subject_hash = t.s AND q.predicate_hash = t.p AND q.object_hash = t.o
	AND (q.label_hash = t.c OR q.label_hash IS NULL AND t.c IS NULL) RETURNING t.s, t.p, t.o, t.c)
	INSERT INTO changed SELECT DISTINCT * FROM gone;` + pgForget + `
UPDATE nodes SET refs = refs - u.n FROM ` + pgUses + ` WHERE hash = u.h;
DELETE FROM nodes n USING ` + pgUses + ` WHERE n.hash = u.h AND n.refs <= 0;`

const pgAdd = `
WITH new AS (INSERT INTO quads (subject_hash, predicate_hash, object_hash, label_hash)
	SELECT DISTINCT s, p, o, c FROM staged ON CONFLICT DO NOTHING RETURNING subject_hash, predicate_hash, object_hash, label_hash)
	INSERT INTO changed SELECT * FROM new;
INSERT INTO nodes SELECT m.hash, u.n, m.value, m.value_string, m.datatype, m.language, m.iri, m.bnode, m.value_int, m.value_bool, m.value_float, m.value_time
	FROM ` + pgUses + ` JOIN (SELECT DISTINCT ON (hash) * FROM staged_nodes) m ON m.hash = u.h
	ON CONFLICT (hash) DO UPDATE SET refs = nodes.refs + EXCLUDED.refs;` + pgForget

// copyQuads puts quads and their values into the temporary tables.
func copyQuads(ctx context.Context, tx *sql.Tx, quads []quad.Quad) error {
	c := newCopier(ctx, tx, pgStaged)
	for _, q := range quads {
		if err := c.add(q); err != nil {
			return err
		}
	}
	return c.end()
}

// copier streams quads into one table and their values into another, some after the
// other: one connection copies into one table at a time. Of a value whose quads lie
// far apart it may copy more than one row.
type copier struct {
	ctx    context.Context
	tx     *sql.Tx
	into   [2]string // tables for quads and values
	quads  *sql.Stmt // nil while none are copied
	seen   map[refs.ValueHash]bool
	values []quad.Value // to be copied

	mostSeen, mostValues int // that it holds
}

// pgStaged are the temporary tables.
var pgStaged = [2]string{"staged", "staged_nodes"}

func newCopier(ctx context.Context, tx *sql.Tx, into [2]string) *copier {
	return &copier{ctx: ctx, tx: tx, into: into, seen: make(map[refs.ValueHash]bool), mostSeen: 2_000_000, mostValues: 100_000}
}

func (c *copier) add(q quad.Quad) (err error) {
	if c.quads == nil {
		if c.quads, err = c.tx.PrepareContext(c.ctx, pq.CopyIn(c.into[0], "s", "p", "o", "c")); err != nil {
			return err
		}
	}
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
	if _, err = c.quads.ExecContext(c.ctx, row[:]...); err == nil && len(c.values) >= c.mostValues {
		err = c.end()
	}
	if len(c.seen) >= c.mostSeen {
		clear(c.seen)
	}
	return err
}

// end copies the values that are left.
func (c *copier) end() error {
	if c.quads == nil {
		return nil
	}
	if err := endCopy(c.ctx, c.quads); err != nil {
		return err
	}
	c.quads = nil
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
	c.values = c.values[:0]
	return endCopy(c.ctx, nodes)
}

func endCopy(ctx context.Context, rows *sql.Stmt) error {
	if _, err := rows.ExecContext(ctx); err != nil {
		return err
	}
	return rows.Close()
}

// cancel ends what was begun.
func (c *copier) cancel() error {
	if c.quads == nil {
		return nil
	}
	return c.quads.Close()
}

// load writes all anew in one transaction: without indexes, which are built at the
// end. Readers see the old content until it commits.
func (s *pgStore) load(ctx context.Context, feed feed, alone func(func() error) error) error {
	return pgTx(ctx, s.db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, pgStage); err != nil {
			return err
		}
		c := newCopier(ctx, tx, pgStaged)
		if err := feed.each(c.add); err != nil {
			return err
		}
		if err := c.end(); err != nil {
			return err
		}
		return alone(func() error {
			_, err := tx.ExecContext(ctx, `ANALYZE staged; ANALYZE staged_nodes;`+pgLoad)
			return err
		})
	})
}

// A document's quads come to lie together: they are read together. What was there is
// little, and deleted row by row: a table that was truncated is empty to those, too,
// whose transaction began before.
const pgLoad = `
SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL work_mem = '256MB';
DELETE FROM quads; DELETE FROM nodes; DELETE FROM hearsay_read;` + pgDropIndexes + `
INSERT INTO quads (subject_hash, predicate_hash, object_hash, label_hash) SELECT DISTINCT ON (c, s, p, o) s, p, o, c FROM staged ORDER BY c, s, p, o;
INSERT INTO nodes SELECT m.hash, u.n, m.value, m.value_string, m.datatype, m.language, m.iri, m.bnode, m.value_int, m.value_bool, m.value_float, m.value_time
	FROM (SELECT h, count(*)::int AS n FROM (SELECT subject_hash AS h FROM quads UNION ALL SELECT predicate_hash FROM quads
		UNION ALL SELECT object_hash FROM quads UNION ALL SELECT label_hash FROM quads) x WHERE h IS NOT NULL GROUP BY h) u
	JOIN staged_nodes m ON m.hash = u.h ON CONFLICT DO NOTHING;` + pgIndexes + `
ANALYZE quads; ANALYZE nodes;`
