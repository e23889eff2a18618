package graph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/cayleygraph/quad"
)

// pgShardLock is held by whoever imports shards: one at a time.
const pgShardLock = pgLock + 1

// pgShardTables hold shards that were copied, until all are and go into the store
// together. They aren't logged: a crash of the server empties all three, a crash of
// this program none. A shard's rows and its entry in load_shards come in one
// transaction.
const pgShardTables = `
CREATE UNLOGGED TABLE IF NOT EXISTS load_shards (sha256 TEXT PRIMARY KEY, lines BIGINT NOT NULL);
CREATE UNLOGGED TABLE IF NOT EXISTS load_quads (s BYTEA, p BYTEA, o BYTEA, c BYTEA);
CREATE UNLOGGED TABLE IF NOT EXISTS load_nodes (LIKE nodes);`

const pgDropShardTables = `DROP TABLE IF EXISTS load_shards, load_quads, load_nodes CASCADE;`

// pgShardViews show what was copied where pgLoad and pgAdd look for it.
const pgShardViews = `
CREATE TEMP VIEW staged AS SELECT s, p, o, c FROM load_quads;
CREATE TEMP VIEW staged_nodes AS SELECT * FROM load_nodes;
CREATE TEMP TABLE IF NOT EXISTS changed (s BYTEA, p BYTEA, o BYTEA, c BYTEA) ON COMMIT DROP;
ANALYZE load_quads; ANALYZE load_nodes;`

// pgKeep copies what the store holds beside the shards, before it is written anew.
const pgKeep = `
INSERT INTO load_quads SELECT subject_hash, predicate_hash, object_hash, label_hash FROM quads;
INSERT INTO load_nodes SELECT * FROM nodes;`

// loadShards copies shards by connections of their own, then makes them a part of
// the store in one transaction.
func (s *pgStore) loadShards(ctx context.Context, shards []ShardFile, fresh bool, o ShardOptions) error {
	lock, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer lock.Close()
	var ours bool
	if err := lock.QueryRowContext(ctx, `SELECT pg_try_advisory_lock($1)`, pgShardLock).Scan(&ours); err != nil {
		return err
	}
	if !ours {
		return fmt.Errorf("another import of shards: %w", ErrLocked)
	}
	defer lock.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, pgShardLock)
	missing, err := s.missingShards(ctx, shards)
	if err != nil {
		return err
	}
	var n atomic.Int64
	err = parallel(ctx, o.workers(len(missing)), missing, func(ctx context.Context, f ShardFile) error {
		return s.copyShard(ctx, f, func(quads int) {
			if n.Add(int64(quads)); o.Progress != nil {
				o.Progress(n.Load())
			}
		})
	})
	if err != nil {
		return err
	}
	return pgTx(ctx, s.db, func(tx *sql.Tx) error {
		change := pgShardViews + pgAdd
		if fresh {
			change = pgShardViews + pgKeep + pgLoad
		}
		_, err := tx.ExecContext(ctx, change+`DROP VIEW staged, staged_nodes;`+pgDropShardTables)
		return err
	})
}

// missingShards are those that weren't copied yet. What other shards have left is
// dropped.
func (s *pgStore) missingShards(ctx context.Context, shards []ShardFile) ([]ShardFile, error) {
	if _, err := s.db.ExecContext(ctx, pgShardTables); err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT sha256 FROM load_shards`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	have := map[string]bool{}
	for rows.Next() {
		var sum string
		if err := rows.Scan(&sum); err != nil {
			return nil, err
		}
		have[sum] = true
	}
	var missing []ShardFile
	for _, f := range shards {
		if !have[f.SHA256] {
			missing = append(missing, f)
		}
	}
	if err := rows.Err(); err != nil || len(shards)-len(missing) == len(have) {
		return missing, err
	}
	_, err = s.db.ExecContext(ctx, pgDropShardTables+pgShardTables)
	return shards, err
}

// copyShard copies one shard in one transaction.
func (s *pgStore) copyShard(ctx context.Context, f ShardFile, done func(quads int)) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	c := newCopier(ctx, tx, [2]string{"load_quads", "load_nodes"})
	err = f.each(ctx, func(quads []quad.Quad) error {
		for _, q := range quads {
			if err := c.add(q); err != nil {
				return err
			}
		}
		done(len(quads))
		return nil
	})
	if err != nil {
		return errors.Join(err, c.cancel())
	}
	if err := c.end(); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO load_shards VALUES ($1, $2)`, f.SHA256, f.Lines); err != nil {
		return err
	}
	return tx.Commit()
}
