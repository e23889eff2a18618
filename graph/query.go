package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	cayley "github.com/cayleygraph/cayley/graph"
	cquery "github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
)

// Query runs a Gizmo script and yields its rows as they are found. Parameters
// are the properties of the script's global object params. An error ends the
// rows: it says line and column where the script is at fault, and which limit
// was reached.
func (s *Store) Query(ctx context.Context, script string, opts QueryOptions) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if opts.Limit <= 0 {
			opts.Limit = DefaultLimit
		}
		if opts.Timeout <= 0 {
			opts.Timeout = DefaultTimeout
		}
		params, err := json.Marshal(opts.Params)
		if err != nil {
			yield(nil, fmt.Errorf("parameters: %w", err))
			return
		}
		ctx, cancel := context.WithTimeout(ctx, opts.Timeout)
		defer cancel()
		stopped := false
		err = s.view(ctx, func(qs cayley.QuadStore) error {
			col := cquery.JSON
			if opts.JSONLD {
				col = cquery.JSONLD
			}
			it, err := gizmo.NewSession(qs).Execute(ctx, "var params = JSON.parse("+string(appendJSONString(params))+");"+opts.Library+"\n"+script, cquery.Options{Limit: opts.Limit, Collation: col})
			if err != nil {
				return err
			}
			defer it.Close()
			for it.Next(ctx) {
				r := it.Result()
				row, ok := r.(map[string]any)
				if r == nil {
					continue
				}
				if !ok {
					row = Row{"id": r}
				}
				if !yield(row, nil) {
					stopped = true
					return nil
				}
			}
			return it.Err()
		})
		if err != nil && !stopped {
			yield(nil, fmt.Errorf("query: %w", err))
		}
	}
}

func appendJSONString(b []byte) []byte {
	s, _ := json.Marshal(string(b))
	return s
}
