package graph

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
	"github.com/lib/pq"

	"hearsay/graph/plan"
)

// pgPart is how many quads or nodes come at a time.
const pgPart = 1000

// pgWhere is the condition on quads that are wanted, as alternatives, and its
// arguments. The index that begins with the subject is two, of quads with a label
// and of those without.
func pgWhere(w plan.Want) (alternatives []string, args []any) {
	var conditions []string
	for i, d := range quad.Directions {
		if w[i] == nil {
			continue
		}
		hashes := make(pq.ByteaArray, 0, len(w[i]))
		for _, node := range w[i] {
			switch node := node.(type) {
			case refs.ValueHash:
				hashes = append(hashes, node[:])
			case refs.PreFetchedValue:
				h := refs.HashOf(node.NameOf())
				hashes = append(hashes, h[:])
			}
		}
		if len(hashes) == 1 {
			args = append(args, hashes[0])
			conditions = append(conditions, fmt.Sprintf("%s_hash = $%d", d, len(args)))
			continue
		}
		args = append(args, hashes)
		conditions = append(conditions, fmt.Sprintf("%s_hash = ANY($%d)", d, len(args)))
	}
	all := strings.Join(conditions, " AND ")
	if w[direction(quad.Subject)] == nil || w[direction(quad.Label)] != nil {
		return []string{all}, args
	}
	return []string{all + " AND label_hash IS NOT NULL", all + " AND label_hash IS NULL"}, args
}

// pgSelect is the statement that selects columns of the quads that are wanted.
func pgSelect(columns string, w plan.Want) (statement string, args []any) {
	alternatives, args := pgWhere(w)
	for i, where := range alternatives {
		alternatives[i] = "SELECT " + columns + " FROM quads"
		if where != "" {
			alternatives[i] += " WHERE " + where
		}
	}
	return strings.Join(alternatives, " UNION ALL "), args
}

// Find reads at first no more than a part, in one statement.
func (s *pgSnapshot) Find(_ context.Context, w plan.Want) plan.Cursor[plan.Quad] {
	statement, args := pgSelect("subject_hash, predicate_hash, object_hash, label_hash", w)
	f := &pgFound[plan.Quad]{s: s, statement: statement, args: args, scan: scanQuad}
	if len(args) == 0 {
		f.statement += " ORDER BY horizon"
	}
	return f
}

// Nodes gives every node.
func (s *pgSnapshot) Nodes(context.Context) plan.Cursor[refs.Ref] {
	return &pgFound[refs.Ref]{s: s, statement: `SELECT hash FROM nodes ORDER BY hash`, scan: func(rows *sql.Rows) (refs.Ref, error) {
		var hash []byte
		if err := rows.Scan(&hash); err != nil {
			return nil, err
		}
		return refs.ValueHash(hash), nil
	}}
}

// Count looks at no more than most quads.
func (s *pgSnapshot) Count(ctx context.Context, w plan.Want, most int) (n int, err error) {
	statement, args := pgSelect("1", w)
	rows, err := s.query(ctx, fmt.Sprintf(`SELECT count(*) FROM (%s LIMIT %d) AS looked`, statement, most), args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}

func scanQuad(rows *sql.Rows) (plan.Quad, error) {
	var hashes [4]sql.RawBytes
	if err := rows.Scan(&hashes[0], &hashes[1], &hashes[2], &hashes[3]); err != nil {
		return plan.Quad{}, err
	}
	var q plan.Quad
	for i, h := range hashes {
		if len(h) == len(refs.ValueHash{}) {
			q[i] = refs.ValueHash(h)
		}
	}
	return q, nil
}

// pgFound gives what a statement finds. Most find little, and are done with one
// answer. Where there is more than a part, a cursor of the server begins anew: it
// gives one part after the other, and lets other statements come between.
type pgFound[T any] struct {
	s         *pgSnapshot
	statement string
	args      []any
	scan      func(*sql.Rows) (T, error)
	begun     bool
	cursor    string // its name, "" for none
}

func (f *pgFound[T]) Next(ctx context.Context) ([]T, error) {
	if !f.begun {
		f.begun = true
		list, err := f.list(ctx, f.statement+fmt.Sprintf(" LIMIT %d", pgPart+1), f.args...)
		if err != nil || len(list) <= pgPart {
			return list, err
		}
		f.s.cursors++
		name := fmt.Sprintf("found%d", f.s.cursors)
		if _, err := f.s.tx.ExecContext(ctx, "DECLARE "+name+" NO SCROLL CURSOR FOR "+f.statement, f.args...); err != nil {
			return nil, err
		}
		f.cursor = name
	}
	if f.cursor == "" {
		return nil, nil
	}
	rows, err := f.s.tx.QueryContext(ctx, fmt.Sprintf("FETCH %d FROM %s", pgPart, f.cursor))
	if err != nil {
		return nil, err
	}
	return f.all(rows)
}

func (f *pgFound[T]) list(ctx context.Context, statement string, args ...any) ([]T, error) {
	rows, err := f.s.query(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	return f.all(rows)
}

func (f *pgFound[T]) all(rows *sql.Rows) ([]T, error) {
	defer rows.Close()
	var out []T
	for rows.Next() {
		x, err := f.scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// Close leaves no cursor open.
func (f *pgFound[T]) Close() {
	if f.cursor != "" {
		// Where it can't be closed the transaction has failed, and it with it.
		_, _ = f.s.tx.Exec("CLOSE " + f.cursor)
		f.cursor = ""
	}
}
