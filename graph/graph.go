// Package graph is the only importer of Cayley: the vocabulary, documents as
// quads, the store, queries and exports. It knows nothing of how claims are
// found.
package graph

import (
	_ "github.com/cayleygraph/cayley/graph/kv"
	_ "github.com/cayleygraph/cayley/graph/memstore"
	_ "github.com/cayleygraph/cayley/query/gizmo"
	_ "github.com/cayleygraph/cayley/server/http"
	_ "github.com/cayleygraph/cayley/ui"
	_ "github.com/hidal-go/hidalgo/kv/bbolt"
	_ "go.etcd.io/bbolt"
)
