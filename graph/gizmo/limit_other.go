//go:build !unix

package gizmo

import "runtime/debug"

// limitMemory makes the collector work harder near n bytes; the script's own
// limit holds besides.
func limitMemory(n uint64) { debug.SetMemoryLimit(int64(n / 2)) }
