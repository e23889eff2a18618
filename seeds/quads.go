package seeds

import _ "embed"

// EntityQuads is entities.nq: the known entities as N-Quads with the label
// hs:graph/entities, which every store holds.
//
//go:embed entities.nq
var EntityQuads string
