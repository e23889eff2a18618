package graph

import (
	"context"
	"database/sql"
	"sync"
)

// pgTurns keeps locks of the session of one connection: PostgreSQL lets go of them
// when the connection ends, and with it when the process does.
type pgTurns struct {
	mu   sync.Mutex // one statement at a time
	conn *sql.Conn
}

// pgNotes remembers which version of a document was read, and how.
const pgNotes = `
CREATE TABLE IF NOT EXISTS hearsay_read (id TEXT PRIMARY KEY, iri TEXT NOT NULL, reading TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS hearsay_read_iri ON hearsay_read (iri);`

// pgName is the number of a lock: stores in different schemas have different ones.
const pgName = `hashtextextended(current_schema() || ' ' || $1, 0)`

func (t *pgTurns) close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.conn == nil {
		return nil
	}
	err := t.conn.Close()
	t.conn = nil
	return err
}

func (s *pgStore) hold(ctx context.Context, name string) (func(), error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock(`+pgName+`)`, name); err != nil {
		conn.Close()
		return nil, err
	}
	return func() {
		// Where it can't be let go of the connection is broken, and the lock gone.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock(`+pgName+`)`, name)
		conn.Close()
	}, nil
}

func (s *pgStore) tryHold(ctx context.Context, name string) (func(), bool, error) {
	t := &s.turns
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.conn == nil {
		conn, err := s.db.Conn(ctx)
		if err != nil {
			return nil, false, err
		}
		t.conn = conn
	}
	var ok bool
	if err := t.conn.QueryRowContext(ctx, `SELECT pg_try_advisory_lock(`+pgName+`)`, name).Scan(&ok); err != nil {
		t.conn.Close() // what it held others may take: storing it twice changes nothing
		t.conn = nil
		return nil, false, err
	}
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.conn != nil {
			_, _ = t.conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock(`+pgName+`)`, name)
		}
	}, ok, nil
}

func (s *pgStore) note(ctx context.Context, id, iri, reading string) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO hearsay_read VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET iri = EXCLUDED.iri, reading = EXCLUDED.reading`, id, iri, reading)
	return err
}

func (s *pgStore) noted(ctx context.Context, id, iri, reading string) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM hearsay_read WHERE id = $1 AND iri = $2 AND reading = $3`, id, iri, reading).Scan(&n)
	return n > 0, err
}
