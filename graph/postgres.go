package graph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	csql "github.com/cayleygraph/cayley/graph/sql"
	cpostgres "github.com/cayleygraph/cayley/graph/sql/postgres"
	"github.com/cayleygraph/quad"
)

// pgStore keeps the quads in the tables that Cayley reads. Gizmo reads through
// Cayley, statement by statement: unlike with the other kinds of store, a query
// beside a write may see a part of it. What goes over many quads, and all that
// writes, is SQL of our own.
type pgStore struct {
	db *sql.DB
	qs *csql.QuadStore

	// planning makes queries take turns in being planned: Cayley's optimiser
	// counts the tables of all of them by one number that nothing guards
	// (sql/optimizer.go, nextTable).
	planning sync.Mutex

	// queries has a place for each query that runs: each takes some connections, of
	// which a server has a hundred by default for all of its clients.
	queries chan struct{}

	turns pgTurns
}

func newPostgres(db *sql.DB, qs *csql.QuadStore) *pgStore {
	return &pgStore{db: db, qs: qs, queries: make(chan struct{}, pgQueries)}
}

// pgQueries is how many queries run at once in one process; the others wait.
const pgQueries = 12

// admit waits for a place among the queries that run.
func (s *pgStore) admit(ctx context.Context) (leave func(), err error) {
	select {
	case s.queries <- struct{}{}:
		return func() { <-s.queries }, nil
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return nil, ErrTimeout
		}
		return nil, ctx.Err()
	}
}

// pgSchema makes the tables as Cayley reads them, with the indexes that its
// queries and ours use; the one by label is what Cayley lacks.
const pgSchema = `
CREATE TABLE IF NOT EXISTS nodes (
	hash BYTEA PRIMARY KEY, refs INT NOT NULL, value BYTEA, value_string TEXT, datatype TEXT, language TEXT,
	iri BOOLEAN, bnode BOOLEAN, value_int BIGINT, value_bool BOOLEAN, value_float DOUBLE PRECISION,
	value_time TIMESTAMP WITH TIME ZONE);
CREATE TABLE IF NOT EXISTS quads (
	horizon BIGSERIAL PRIMARY KEY, subject_hash BYTEA NOT NULL, predicate_hash BYTEA NOT NULL,
	object_hash BYTEA NOT NULL, label_hash BYTEA, ts TIMESTAMP);`

const pgIndexes = `
CREATE UNIQUE INDEX IF NOT EXISTS spo_unique ON quads (subject_hash, predicate_hash, object_hash) WHERE label_hash IS NULL;
CREATE UNIQUE INDEX IF NOT EXISTS spol_unique ON quads (subject_hash, predicate_hash, object_hash, label_hash) WHERE label_hash IS NOT NULL;
CREATE INDEX IF NOT EXISTS ops_index ON quads (object_hash, predicate_hash, subject_hash);
CREATE INDEX IF NOT EXISTS pos_index ON quads (predicate_hash, object_hash, subject_hash);
CREATE INDEX IF NOT EXISTS csp_index ON quads (label_hash, subject_hash, predicate_hash);`

const pgDropIndexes = `DROP INDEX IF EXISTS spo_unique, spol_unique, ops_index, pos_index, csp_index;`

// openPostgres connects to a database and makes the tables where they are missing.
func openPostgres(ctx context.Context, uri string, o Options) (backend, error) {
	s, err := openTables(ctx, uri, o, preparePostgres)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// openTables connects to a database that speaks PostgreSQL's protocol, prepares its
// tables and lets Cayley read them.
func openTables(ctx context.Context, uri string, o Options, prepare func(ctx context.Context, db *sql.DB, readOnly bool) error) (*pgStore, error) {
	db, err := connectPostgres(ctx, uri, o)
	if err != nil {
		return nil, err
	}
	if err := prepare(ctx, db, o.ReadOnly); err != nil {
		db.Close()
		return nil, err
	}
	qs, err := csql.New(cpostgres.Type, uri, nil)
	if err != nil {
		db.Close()
		return nil, err
	}
	inner, ok := qs.(*csql.QuadStore)
	if !ok {
		db.Close()
		return nil, fmt.Errorf("SQL store of type %T", qs)
	}
	return newPostgres(db, inner), nil
}

func connectPostgres(ctx context.Context, uri string, o Options) (*sql.DB, error) {
	db, err := sql.Open("postgres", uri)
	if err != nil {
		return nil, err
	}
	first, cancel := context.WithTimeout(ctx, max(o.LockTimeout, 5*time.Second))
	defer cancel()
	if err := db.PingContext(first); err != nil {
		db.Close()
		return nil, fmt.Errorf("connect: %w", err)
	}
	return db, nil
}

func preparePostgres(ctx context.Context, db *sql.DB, readOnly bool) error {
	var there, versioned bool
	err := db.QueryRowContext(ctx, `SELECT to_regclass('quads') IS NOT NULL AND to_regclass('csp_index') IS NOT NULL, to_regclass('hearsay_schema') IS NOT NULL`).Scan(&there, &versioned)
	if err == nil && there && versioned {
		return checkPostgresSchema(ctx, db)
	}
	if err != nil || there && readOnly {
		return err
	}
	if readOnly {
		return fmt.Errorf("%w in this database", ErrNoStore)
	}
	return pgTx(ctx, db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, pgSchema+pgIndexes+fmt.Sprintf(pgVersion, SchemaVersion))
		return err
	})
}

// pgVersion notes the schema of a store, where none is noted: the first one.
const pgVersion = `
CREATE TABLE IF NOT EXISTS hearsay_schema (one BOOLEAN PRIMARY KEY CHECK (one), version INT NOT NULL);
INSERT INTO hearsay_schema VALUES (true, %d) ON CONFLICT DO NOTHING;`

func checkPostgresSchema(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, `SELECT version FROM hearsay_schema`).Scan(&version); err != nil {
		return err
	}
	if version != SchemaVersion {
		return fmt.Errorf("%w: it has version %d, this program %d", ErrSchema, version, SchemaVersion)
	}
	return nil
}

// pgLock is the lock that every writer of this program takes.
const pgLock = 0x68656172736179

// pgTx runs fn in a transaction, one writer at a time.
func pgTx(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, pgLock); err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (s *pgStore) Close() error {
	return errors.Join(s.turns.close(), s.qs.Close(), s.db.Close())
}

func (s *pgStore) snapshot(ctx context.Context) (cayley.QuadStore, func(), error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, nil, err
	}
	return &pgSnapshot{QuadStore: s.qs, db: s.db, tx: tx, planning: &s.planning, named: make(map[string]quad.Value)}, func() { tx.Rollback() }, nil
}

// pgSnapshot reads many quads in one statement, their values joined.
type pgSnapshot struct {
	*csql.QuadStore
	db       *sql.DB
	tx       *sql.Tx
	planning *sync.Mutex
	named    map[string]quad.Value // values that queries have named, by hash
}

// Stats counts the quads.
func (s *pgSnapshot) Stats(ctx context.Context, _ bool) (cayley.Stats, error) {
	st := cayley.Stats{Quads: refs.Size{Exact: true}, Nodes: refs.Size{Exact: true}}
	err := s.tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM quads), (SELECT count(*) FROM nodes)`).Scan(&st.Quads.Value, &st.Nodes.Value)
	return st, err
}

func (s *pgSnapshot) each(ctx context.Context, d quad.Direction, v quad.Value, fn func(quad.Quad) error) error {
	h := refs.HashOf(v)
	return s.read(ctx, fn, " WHERE q."+d.String()+"_hash = $1", h[:])
}

func (s *pgSnapshot) all(ctx context.Context, fn func(quad.Quad) error) error {
	return s.read(ctx, fn, "")
}

// read gathers the quads before it gives the first: fn may read, too, and a
// transaction reads one thing at a time. Without a condition it goes in steps.
func (s *pgSnapshot) read(ctx context.Context, fn func(quad.Quad) error, where string, args ...any) error {
	const columns = `q.horizon, q.subject_hash, q.predicate_hash, q.object_hash, q.label_hash`
	names := make(map[string]quad.Value)
	last, step := int64(-1), where == ""
	for {
		query := `SELECT ` + columns + ` FROM quads q` + where + ` ORDER BY q.horizon`
		if step {
			query = fmt.Sprintf(`SELECT %s FROM quads q WHERE q.horizon > %d ORDER BY q.horizon LIMIT 20000`, columns, last)
		}
		hashes, err := s.hashes(ctx, query, args)
		if err != nil {
			return err
		}
		if err := s.names(ctx, hashes, names); err != nil {
			return err
		}
		for _, h := range hashes {
			var q quad.Quad
			for i, d := range quad.Directions {
				if len(h.hash[i]) > 0 {
					v := names[string(h.hash[i])]
					if v == nil {
						return fmt.Errorf("%w: quad %d has no %s", ErrDamaged, h.horizon, d)
					}
					q.Set(d, v)
				}
			}
			if err := fn(q); err != nil {
				return err
			}
			last = h.horizon
		}
		if !step || len(hashes) == 0 {
			return ctx.Err()
		}
	}
}

// pgQuad is a quad by the hashes of its values.
type pgQuad struct {
	horizon int64
	hash    [4][]byte
}

func (s *pgSnapshot) hashes(ctx context.Context, query string, args []any) ([]pgQuad, error) {
	rows, err := s.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []pgQuad
	for rows.Next() {
		var q pgQuad
		if err := rows.Scan(&q.horizon, &q.hash[0], &q.hash[1], &q.hash[2], &q.hash[3]); err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, rows.Err()
}

// pgNames is how many values are asked for in one statement.
const pgNames = 10_000

// names reads the values that aren't known yet.
func (s *pgSnapshot) names(ctx context.Context, quads []pgQuad, names map[string]quad.Value) error {
	if len(names) > maxNames {
		clear(names)
	}
	var missing [][]byte
	for _, q := range quads {
		for _, h := range q.hash {
			if _, ok := names[string(h)]; !ok && len(h) > 0 {
				names[string(h)] = nil
				missing = append(missing, h)
			}
		}
	}
	for len(missing) > 0 {
		n := min(len(missing), pgNames)
		if err := pgValues(ctx, s.tx, missing[:n], names); err != nil {
			return err
		}
		missing = missing[n:]
	}
	return nil
}
