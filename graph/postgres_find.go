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

// pgSelect is the statement that selects columns of the quads that are wanted. The
// nodes of the longest list are looked up one by one, each by an index that has all
// that is known: to an array the server would prefer an index of the rest, however
// many quads have that. The index that begins with the subject is two, of quads with
// a label and of those without.
//
// No index has label and object, and which of them has fewer quads is for the server
// to know: where these are given, but no subject, it gets the values in the statement
// itself.
func pgSelect(columns string, w plan.Want) (statement string, args []any) {
	longest := -1
	for i, nodes := range w {
		if len(nodes) > 1 && (longest < 0 || len(nodes) > len(w[longest])) {
			longest = i
		}
	}
	written := w[direction(quad.Label)] != nil && w[direction(quad.Object)] != nil && w[direction(quad.Subject)] == nil
	conditions, from := []string{}, ""
	for i, d := range quad.Directions {
		if w[i] == nil {
			continue
		}
		hashes := pgHashes(w[i])
		if written {
			conditions = append(conditions, fmt.Sprintf("%s_hash IN (%s)", d, pgLiterals(hashes)))
			continue
		}
		args = append(args, hashes)
		condition := fmt.Sprintf("%s_hash = ANY($%d)", d, len(args))
		switch {
		case i == longest:
			from = fmt.Sprintf("SELECT q.* FROM unnest($%d::bytea[]) AS k(h) CROSS JOIN LATERAL (", len(args))
			condition = fmt.Sprintf("%s_hash = k.h", d)
		case len(hashes) == 1:
			args[len(args)-1] = hashes[0]
			condition = fmt.Sprintf("%s_hash = $%d", d, len(args))
		}
		conditions = append(conditions, condition)
	}
	statement = "SELECT " + columns + " FROM quads"
	if len(conditions) > 0 {
		statement += " WHERE " + strings.Join(conditions, " AND ")
	}
	if w[direction(quad.Subject)] != nil && w[direction(quad.Label)] == nil {
		statement = statement + " AND label_hash IS NOT NULL UNION ALL " + statement + " AND label_hash IS NULL"
	}
	if from != "" {
		statement = from + statement + ") AS q"
	}
	return statement, args
}

// pgLiterals are hashes as they are written into a statement; NULL for none.
func pgLiterals(hashes pq.ByteaArray) string {
	if len(hashes) == 0 {
		return "NULL"
	}
	list := make([]string, len(hashes))
	for i, h := range hashes {
		list[i] = fmt.Sprintf(`'\x%x'::bytea`, h)
	}
	return strings.Join(list, ", ")
}

// pgHashes are nodes as a statement has them.
func pgHashes(nodes []refs.Ref) pq.ByteaArray {
	hashes := make(pq.ByteaArray, 0, len(nodes))
	for _, node := range nodes {
		switch node := node.(type) {
		case refs.ValueHash:
			hashes = append(hashes, node[:])
		case refs.PreFetchedValue:
			h := refs.HashOf(node.NameOf())
			hashes = append(hashes, h[:])
		}
	}
	return hashes
}

// Find reads at first no more than a part, in one statement.
func (s *pgSnapshot) Find(_ context.Context, w plan.Want) plan.Cursor[plan.Quad] {
	statement, args := pgSelect("subject_hash, predicate_hash, object_hash, label_hash", w)
	f := &pgFound[plan.Quad]{s: s, statement: statement, args: args, scan: func(rows *sql.Rows) (plan.Quad, error) { return scanQuad(rows) }}
	if !strings.Contains(statement, "WHERE") {
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

// scanQuad reads a row that begins with a quad's hashes.
func scanQuad(rows *sql.Rows, others ...any) (plan.Quad, error) {
	var hashes [4]sql.RawBytes
	if err := rows.Scan(append([]any{&hashes[0], &hashes[1], &hashes[2], &hashes[3]}, others...)...); err != nil {
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
