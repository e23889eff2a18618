package graph

import "time"

// Row is one result of a query: an object whose keys are the tags, untagged
// results under "id". Values are as Cayley gives them: "<hs:NorthKorea>" for an
// IRI, text for a string, int64, float64, bool or time.Time for native literals.
type Row map[string]any

// QueryOptions limit a query. Its zero value is a query without parameters, with
// the default limits.
type QueryOptions struct {
	Params   map[string]any // values of the script's global object params: data, never code
	Library  string         // a script that runs before it, in the same globals; its lines don't count in errors
	Limit    int            // most rows; 0 is DefaultLimit
	Timeout  time.Duration  // 0 is DefaultTimeout
	Trusted  bool           // the script is the program's own: it runs here, whatever Options.Scripts says
	Plain    bool           // a trusted script has the store alone, without what the outline knows: for tests
	Distinct bool           // leave out a row that is equal to an earlier one
	many     int            // instead of manyClaims: for tests
	JSONLD   bool           // values as JSON-LD objects ({"@id": …}), as Visualize wants them
}

// Limits of a query that sets none.
const (
	DefaultLimit   = 10_000
	DefaultTimeout = 30 * time.Second
)
