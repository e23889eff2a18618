package graph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// pgStore keeps the quads in the tables that Cayley has for PostgreSQL, and reads
// and writes them by statements of its own (see pgSnapshot and pgFound).
type pgStore struct {
	db       *sql.DB
	settings string // of a transaction that reads

	// queries has a place for each query that runs: each takes a connection, of
	// which a server has a hundred by default for all of its clients.
	queries chan struct{}

	mu       sync.Mutex // guards prepared
	prepared map[string]*sql.Stmt

	turns pgTurns
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
	s, err := openTables(ctx, uri, o, pgReads+pgByIndex, preparePostgres)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// openTables connects to a database that speaks PostgreSQL's protocol, and prepares
// its tables. settings are those of transactions that read.
func openTables(ctx context.Context, uri string, o Options, settings string, prepare func(ctx context.Context, db *sql.DB, readOnly bool) error) (*pgStore, error) {
	db, err := connectPostgres(ctx, uri, o)
	if err != nil {
		return nil, err
	}
	if err := prepare(ctx, db, o.ReadOnly); err != nil {
		db.Close()
		return nil, err
	}
	db.SetMaxIdleConns(pgQueries)
	return &pgStore{db: db, settings: settings, queries: make(chan struct{}, pgQueries), prepared: make(map[string]*sql.Stmt)}, nil
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
	var there, versioned, whole bool
	err := db.QueryRowContext(ctx, `SELECT to_regclass('quads') IS NOT NULL AND to_regclass('csp_index') IS NOT NULL, to_regclass('hearsay_schema') IS NOT NULL,
		to_regclass('hearsay_read_iri') IS NOT NULL`).Scan(&there, &versioned, &whole)
	if err == nil && there && versioned {
		err = checkPostgresSchema(ctx, db)
	}
	if err != nil || there && (readOnly || versioned && whole) {
		return err
	}
	if readOnly {
		return fmt.Errorf("%w in this database", ErrNoStore)
	}
	return pgTx(ctx, db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, pgSchema+pgIndexes+pgNotes+fmt.Sprintf(pgVersion, SchemaVersion))
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
	return errors.Join(s.turns.close(), s.db.Close())
}
