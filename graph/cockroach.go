package graph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/lib/pq"
)

// cockroachStore keeps the quads in CockroachDB, which speaks PostgreSQL's
// protocol: in the same tables, read by the same statements. What differs is here.
// It has no advisory locks, so rows are locked; no temporary tables without an
// experiment, so documents are staged in common ones; no changes of tables within
// transactions, so there is no load; and transactions that have to be run again.
type cockroachStore struct {
	pg *pgStore

	mu   sync.Mutex
	held map[*sql.Tx]bool // those that lock a row
}

func openCockroach(ctx context.Context, uri string, o Options) (backend, error) {
	uri = "postgres" + strings.TrimPrefix(uri, "cockroach")
	pg, err := openTables(ctx, uri, o, pgReads, prepareCockroach)
	if err != nil {
		return nil, err
	}
	return &cockroachStore{pg: pg, held: map[*sql.Tx]bool{}}, nil
}

const cockroachTables = `
CREATE TABLE IF NOT EXISTS staged (s BYTEA, p BYTEA, o BYTEA, c BYTEA);
CREATE TABLE IF NOT EXISTS staged_nodes (LIKE nodes);
CREATE TABLE IF NOT EXISTS changed (s BYTEA, p BYTEA, o BYTEA, c BYTEA);
CREATE TABLE IF NOT EXISTS hearsay_lock (name TEXT PRIMARY KEY);
INSERT INTO hearsay_lock VALUES ('commit') ON CONFLICT DO NOTHING;`

// prepareCockroach makes the tables, statement by statement: each is a change of
// its own there. The note of the schema comes last, and says that all are there.
func prepareCockroach(ctx context.Context, db *sql.DB, readOnly bool) error {
	var there int
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'hearsay_schema'`).Scan(&there)
	if err != nil {
		return err
	}
	if there > 0 {
		err := checkPostgresSchema(ctx, db)
		if !errors.Is(err, sql.ErrNoRows) { // somebody is just making it, or was killed then
			return err
		}
	}
	if readOnly {
		return fmt.Errorf("%w in this database", ErrNoStore)
	}
	all := pgSchema + pgIndexes + cockroachTables + pgNotes + fmt.Sprintf(pgVersion, SchemaVersion)
	for statement := range strings.SplitSeq(all, ";") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("make tables: %w", err)
		}
	}
	return nil
}

func (s *cockroachStore) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for tx := range s.held {
		tx.Rollback()
	}
	clear(s.held)
	return s.pg.Close()
}

// let lets go of a row.
func (s *cockroachStore) let(tx *sql.Tx) {
	s.mu.Lock()
	delete(s.held, tx)
	s.mu.Unlock()
	tx.Rollback()
}

func (s *cockroachStore) admit(ctx context.Context) (func(), error) { return s.pg.admit(ctx) }

func (s *cockroachStore) snapshot(ctx context.Context) (cayley.QuadStore, func(), error) {
	return s.pg.snapshot(ctx)
}

// The changes of a transaction. One writer at a time: what changes can be found
// before it is changed.
const (
	cockroachStage = `DELETE FROM staged WHERE true; DELETE FROM staged_nodes WHERE true; DELETE FROM changed WHERE true;`

	cockroachRemove = `
INSERT INTO changed SELECT DISTINCT t.s, t.p, t.o, t.c FROM staged t JOIN quads q ON q.subject_hash = t.s AND q.predicate_hash = t.p
	AND q.object_hash = t.o AND (q.label_hash = t.c OR q.label_hash IS NULL AND t.c IS NULL);` + pgForget + `
DELETE FROM quads WHERE label_hash IS NOT NULL AND (subject_hash, predicate_hash, object_hash, label_hash) IN (SELECT s, p, o, c FROM changed WHERE c IS NOT NULL);
DELETE FROM quads WHERE label_hash IS NULL AND (subject_hash, predicate_hash, object_hash) IN (SELECT s, p, o FROM changed WHERE c IS NULL);
UPDATE nodes SET refs = nodes.refs - u.n FROM ` + pgUses + ` WHERE nodes.hash = u.h;
DELETE FROM nodes WHERE refs <= 0 AND hash IN (SELECT u.h FROM ` + pgUses + `);`

	cockroachAdd = `
INSERT INTO changed SELECT DISTINCT t.s, t.p, t.o, t.c FROM staged t WHERE NOT EXISTS (SELECT 1 FROM quads q WHERE q.subject_hash = t.s
	AND q.predicate_hash = t.p AND q.object_hash = t.o AND (q.label_hash = t.c OR q.label_hash IS NULL AND t.c IS NULL));
INSERT INTO quads (subject_hash, predicate_hash, object_hash, label_hash) SELECT s, p, o, c FROM changed;
INSERT INTO nodes SELECT m.hash, u.n, m.value, m.value_string, m.datatype, m.language, m.iri, m.bnode, m.value_int, m.value_bool, m.value_float, m.value_time
	FROM ` + pgUses + ` JOIN staged_nodes m ON m.hash = u.h
	ON CONFLICT (hash) DO UPDATE SET refs = nodes.refs + excluded.refs;` + pgForget
)

func (s *cockroachStore) apply(ctx context.Context, remove, add []quad.Quad) error {
	return s.again(ctx, func(tx *sql.Tx) error {
		return changeQuads(ctx, tx, cockroachStage, change{cockroachRemove, remove}, change{cockroachAdd, add})
	})
}

// cockroachTries is how often a transaction is run that others get in the way of.
const cockroachTries = 10

// again runs fn in a transaction, one writer at a time, and again where the
// database asks for that.
func (s *cockroachStore) again(ctx context.Context, fn func(*sql.Tx) error) error {
	for try := 1; ; try++ {
		err := s.once(ctx, fn)
		if !retryable(err) || try == cockroachTries {
			return err
		}
		select {
		case <-time.After(time.Duration(try*try) * 10 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (s *cockroachStore) once(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := s.pg.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	if _, err := tx.ExecContext(ctx, `SELECT name FROM hearsay_lock WHERE name = 'commit' FOR UPDATE`); err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// retryable reports whether a transaction failed for the others that ran beside it.
func retryable(err error) bool {
	var e *pq.Error
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "CR000")
}

// hold locks the row of a name, by a transaction that ends with the connection.
func (s *cockroachStore) hold(ctx context.Context, name string) (func(), error) {
	release, _, err := s.lockRow(ctx, name, "")
	return release, err
}

func (s *cockroachStore) tryHold(ctx context.Context, name string) (func(), bool, error) {
	return s.lockRow(ctx, name, " NOWAIT")
}

func (s *cockroachStore) lockRow(ctx context.Context, name, wait string) (func(), bool, error) {
	if _, err := s.pg.db.ExecContext(ctx, `INSERT INTO hearsay_lock VALUES ($1) ON CONFLICT DO NOTHING`, name); err != nil {
		return nil, false, err
	}
	tx, err := s.pg.db.BeginTx(context.WithoutCancel(ctx), nil) // it outlives the caller
	if err != nil {
		return nil, false, err
	}
	_, err = tx.ExecContext(ctx, `SELECT name FROM hearsay_lock WHERE name = $1 FOR UPDATE`+wait, name)
	if err == nil {
		s.mu.Lock()
		s.held[tx] = true
		s.mu.Unlock()
		return func() { s.let(tx) }, true, nil
	}
	tx.Rollback()
	if e := (*pq.Error)(nil); errors.As(err, &e) && e.Code == "55P03" {
		return nil, false, nil
	}
	return nil, false, err
}

func (s *cockroachStore) note(ctx context.Context, id, iri, reading string) error {
	return s.pg.note(ctx, id, iri, reading)
}

func (s *cockroachStore) noted(ctx context.Context, id, iri, reading string) (bool, error) {
	return s.pg.noted(ctx, id, iri, reading)
}
