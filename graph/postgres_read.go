package graph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/lib/pq"

	"hearsay/graph/plan"
)

// pgSnapshot is the store as it is in one transaction. It answers Gizmo's paths by a
// plan in batches: a node is known by its value's hash, reckoned without asking.
type pgSnapshot struct {
	store   *pgStore
	tx      *sql.Tx
	cursors int                           // opened so far
	named   map[refs.ValueHash]quad.Value // values read so far; nil for one that isn't there
}

// Settings of a transaction that reads.
const (
	pgReads = `SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;`

	// Everything is led by an index, and planned once: what is asked for differs in
	// its values alone.
	pgByIndex = `SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL jit = off; SET LOCAL enable_seqscan = off;
	SET LOCAL enable_bitmapscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;`
)

func (s *pgStore) snapshot(ctx context.Context) (cayley.QuadStore, func(), error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	if _, err := tx.ExecContext(ctx, s.settings); err != nil {
		tx.Rollback()
		return nil, nil, err
	}
	return &pgSnapshot{store: s, tx: tx, named: make(map[refs.ValueHash]quad.Value)}, func() { tx.Rollback() }, nil
}

// query runs a statement, which each connection prepares once unless it has its
// values written into it.
func (s *pgSnapshot) query(ctx context.Context, statement string, args ...any) (*sql.Rows, error) {
	if len(args) == 0 {
		return s.tx.QueryContext(ctx, statement)
	}
	stmt, err := s.store.statement(ctx, statement)
	if err != nil {
		return nil, err
	}
	return s.tx.StmtContext(ctx, stmt).QueryContext(ctx, args...)
}

func (s *pgStore) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if stmt := s.prepared[text]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.db.PrepareContext(ctx, text)
	if err == nil {
		s.prepared[text] = stmt
	}
	return stmt, err
}

// Stats counts the quads; where that needn't be exact as far as loadFrom.
func (s *pgSnapshot) Stats(ctx context.Context, exact bool) (cayley.Stats, error) {
	limit := ""
	if !exact {
		limit = fmt.Sprintf("LIMIT %d", loadFrom)
	}
	st := cayley.Stats{Quads: refs.Size{Exact: exact}, Nodes: refs.Size{Exact: exact}}
	err := s.tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT (SELECT count(*) FROM (SELECT 1 FROM quads %[1]s) AS q), (SELECT count(*) FROM (SELECT 1 FROM nodes %[1]s) AS n)`,
		limit)).Scan(&st.Quads.Value, &st.Nodes.Value)
	return st, err
}

// OptimizeShape is where Cayley asks for a better way.
func (s *pgSnapshot) OptimizeShape(_ context.Context, sh shape.Shape) (shape.Shape, bool) {
	return plan.Optimize(s, sh)
}

// ValueOf reckons, and says of no value that it isn't there.
func (s *pgSnapshot) ValueOf(v quad.Value) (cayley.Ref, error) {
	if v == nil {
		return nil, nil
	}
	return refs.HashOf(v), nil
}

func (s *pgSnapshot) NameOf(ref cayley.Ref) (quad.Value, error) {
	list, err := s.ValuesOf(context.Background(), []cayley.Ref{ref})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// RefsOf is ValueOf of many.
func (s *pgSnapshot) RefsOf(_ context.Context, values []quad.Value) ([]cayley.Ref, error) {
	out := make([]cayley.Ref, len(values))
	for i, v := range values {
		out[i] = refs.HashOf(v)
	}
	return out, nil
}

// ValuesOf names nodes in one statement.
func (s *pgSnapshot) ValuesOf(ctx context.Context, list []cayley.Ref) ([]quad.Value, error) {
	if len(s.named) > maxNames {
		clear(s.named)
	}
	out := make([]quad.Value, len(list))
	var missing []refs.ValueHash
	for i, ref := range list {
		switch ref := ref.(type) {
		case nil:
		case refs.PreFetchedValue:
			out[i] = ref.NameOf()
		case refs.ValueHash:
			if _, ok := s.named[ref]; !ok && ref.Valid() {
				s.named[ref] = nil
				missing = append(missing, ref)
			}
		default:
			return nil, fmt.Errorf("unexpected node of type %T", ref)
		}
	}
	if err := s.name(ctx, missing); err != nil {
		return nil, err
	}
	for i, ref := range list {
		if h, ok := ref.(refs.ValueHash); ok {
			out[i] = s.named[h]
		}
	}
	return out, nil
}

// pgNames is how many values are asked for in one statement.
const pgNames = 10_000

// name reads values.
func (s *pgSnapshot) name(ctx context.Context, missing []refs.ValueHash) error {
	for len(missing) > 0 {
		n := min(len(missing), pgNames)
		hashes := make(pq.ByteaArray, n)
		for i := range hashes {
			hashes[i] = missing[i][:]
		}
		rows, err := s.query(ctx, pgValues, hashes)
		if err == nil {
			err = eachValue(rows, s.named)
		}
		if err != nil {
			for _, h := range missing {
				delete(s.named, h)
			}
			return err
		}
		missing = missing[n:]
	}
	return nil
}

// each calls fn with every quad that has v in direction d.
func (s *pgSnapshot) each(ctx context.Context, d quad.Direction, v quad.Value, fn func(quad.Quad) error) error {
	var w plan.Want
	w[direction(d)] = []refs.Ref{refs.HashOf(v)}
	return s.read(ctx, w, fn)
}

func (s *pgSnapshot) all(ctx context.Context, fn func(quad.Quad) error) error {
	return s.read(ctx, plan.Want{}, fn)
}

// read calls fn with the quads that are wanted. fn may read, too.
func (s *pgSnapshot) read(ctx context.Context, w plan.Want, fn func(quad.Quad) error) error {
	found := s.Find(ctx, w)
	defer found.Close()
	for {
		quads, err := found.Next(ctx)
		if err != nil || len(quads) == 0 {
			return errors.Join(err, ctx.Err())
		}
		if err := s.nameQuads(ctx, quads, fn); err != nil {
			return err
		}
	}
}

// nameQuads calls fn with quads that were found.
func (s *pgSnapshot) nameQuads(ctx context.Context, quads []plan.Quad, fn func(quad.Quad) error) error {
	var nodes []cayley.Ref
	for _, q := range quads {
		nodes = append(nodes, q[:]...)
	}
	values, err := s.ValuesOf(ctx, nodes)
	if err != nil {
		return err
	}
	for i, hashes := range quads {
		var q quad.Quad
		for k, d := range quad.Directions {
			v := values[4*i+k]
			if v == nil && hashes[k] != nil {
				return fmt.Errorf("%w: a quad has no %s", ErrDamaged, d)
			}
			q.Set(d, v)
		}
		if err := fn(q); err != nil {
			return err
		}
	}
	return nil
}

// pgLabels is how many labels are read together.
const pgLabels = 32

func (s *pgSnapshot) eachLabel(ctx context.Context, predicates []string, but string, fn func([]quad.Quad) error) error {
	labels, err := s.labels(ctx)
	if err != nil {
		return err
	}
	labels = slices.DeleteFunc(labels, func(l refs.Ref) bool { return l == refs.HashOf(quad.IRI(but)) })
	wanted := map[refs.Ref]bool{}
	for _, p := range predicates {
		wanted[refs.HashOf(quad.IRI(p))] = true
	}
	for some := range slices.Chunk(labels, pgLabels) {
		by := map[refs.Ref][]plan.Quad{}
		var w plan.Want
		w[direction(quad.Label)] = some
		found := s.Find(ctx, w)
		for {
			quads, err := found.Next(ctx)
			if err != nil || len(quads) == 0 {
				if err = errors.Join(err, ctx.Err()); err != nil {
					found.Close()
					return err
				}
				break
			}
			for _, q := range quads {
				if wanted[q[direction(quad.Predicate)]] {
					label := q[direction(quad.Label)]
					by[label] = append(by[label], q)
				}
			}
		}
		found.Close()
		for _, label := range some {
			var list []quad.Quad
			err := s.nameQuads(ctx, by[label], func(q quad.Quad) error {
				list = append(list, q)
				return nil
			})
			if err == nil && len(list) > 0 {
				err = fn(list)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// labels are all labels of quads.
func (s *pgSnapshot) labels(ctx context.Context) ([]refs.Ref, error) {
	rows, err := s.tx.QueryContext(ctx, `SELECT DISTINCT label_hash FROM quads WHERE label_hash IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var labels []refs.Ref
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, err
		}
		var h refs.ValueHash
		copy(h[:], b)
		labels = append(labels, h)
	}
	return labels, rows.Err()
}

// errPlanned is what Cayley's own iterators would get: there are none.
var errPlanned = errors.New("this store is read by plans alone")

func (s *pgSnapshot) Quad(cayley.Ref) (quad.Quad, error) { return quad.Quad{}, errPlanned }

func (s *pgSnapshot) QuadDirection(cayley.Ref, quad.Direction) (cayley.Ref, error) {
	return nil, errPlanned
}

func (s *pgSnapshot) QuadIterator(quad.Direction, cayley.Ref) iterator.Shape {
	return iterator.NewError(errPlanned)
}

func (s *pgSnapshot) QuadIteratorSize(context.Context, quad.Direction, cayley.Ref) (refs.Size, error) {
	return refs.Size{}, errPlanned
}

func (s *pgSnapshot) NodesAllIterator() iterator.Shape { return iterator.NewError(errPlanned) }
func (s *pgSnapshot) QuadsAllIterator() iterator.Shape { return iterator.NewError(errPlanned) }

func (s *pgSnapshot) ApplyDeltas([]cayley.Delta, cayley.IgnoreOpts) error { return ErrReadOnly }
func (s *pgSnapshot) NewQuadWriter() (quad.WriteCloser, error)            { return nil, ErrReadOnly }
func (s *pgSnapshot) Close() error                                        { return nil }
