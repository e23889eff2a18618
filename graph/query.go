package graph

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	cayley "github.com/cayleygraph/cayley/graph"

	"hearsay/graph/gizmo"
)

// Errors of queries that a caller may branch on.
var (
	ErrScript  = gizmo.ErrScript  // the script is at fault: the message says where
	ErrTimeout = gizmo.ErrTimeout // QueryOptions.Timeout passed
	ErrMemory  = gizmo.ErrMemory  // the script's values grew too large
)

// Query runs a Gizmo script and yields its rows as they are found; what the
// script emits that is no object comes under "id". Parameters are the properties
// of the script's global object params. Rows end without an error at
// QueryOptions.Limit; an error ends them, too.
func (s *Store) Query(ctx context.Context, script string, opts QueryOptions) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for v, err := range s.QueryValues(ctx, script, opts) {
			row, ok := v.(map[string]any)
			if !ok && err == nil {
				row = Row{"id": v}
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// QueryValues is Query with what the script emits as it is, objects or not, as
// Cayley's API gives it.
func (s *Store) QueryValues(ctx context.Context, script string, opts QueryOptions) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		if opts.Timeout <= 0 {
			opts.Timeout = DefaultTimeout
		}
		ctx, cancel := context.WithTimeout(ctx, opts.Timeout)
		defer cancel()
		d := distinct{limit: opts.Limit, yield: yield}
		run := gizmo.Options{Params: opts.Params, Library: opts.Library, Limit: opts.Limit, JSONLD: opts.JSONLD}
		emit := func(v any) bool { return yield(v, nil) }
		if opts.Distinct {
			d.seen = make(map[string]bool)
			run.Limit, emit = maxRows, d.row
		}
		runner := gizmo.Run
		if s.pool != nil && !opts.Trusted {
			runner = s.pool.Run
		}
		stopped := false
		err := s.admitted(ctx, func(qs cayley.QuadStore) error {
			if snap, ok := qs.(indexed); ok && opts.Trusted && !opts.Plain {
				read := newLookup(snap.indexes(ctx))
				read.many = cmp.Or(opts.many, read.many)
				run.Natives = (&natives{kept: s.outline(), read: read}).functions()
			}
			if snap, ok := qs.(*kvSnapshot); ok {
				qs = &kvGraph{snap.QuadStore, snap}
			}
			return runner(ctx, qs, script, run, func(v any) bool {
				stopped = !emit(v)
				return !stopped
			})
		})
		switch {
		case err == nil || stopped:
		case errors.Is(err, ErrTimeout):
			yield(nil, fmt.Errorf("query: %w of %s", err, opts.Timeout))
		default:
			yield(nil, fmt.Errorf("query: %w", err))
		}
	}
}

// ServeScripts is the process that Options.Scripts starts: it runs scripts that
// come on r and asks for what they want on w, until r ends. It must be the only
// thing that its process does.
func ServeScripts(r io.Reader, w io.Writer) error { return gizmo.Serve(r, w) }

// maxRows is how many rows a query may look at to find distinct ones.
const maxRows = 1_000_000

// distinct lets each row pass once.
type distinct struct {
	limit int // most rows; 0 is DefaultLimit
	seen  map[string]bool
	yield func(any, error) bool
}

func (d *distinct) row(v any) bool {
	key, err := json.Marshal(v)
	if err != nil {
		return d.yield(nil, fmt.Errorf("query: %w", err))
	}
	if d.seen[string(key)] {
		return true
	}
	d.seen[string(key)] = true
	if d.limit <= 0 {
		d.limit = DefaultLimit
	}
	return d.yield(v, nil) && len(d.seen) < d.limit
}
