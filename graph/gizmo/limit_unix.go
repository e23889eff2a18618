//go:build unix

package gizmo

import (
	"runtime/debug"
	"syscall"
)

// limitMemory makes the system refuse the process more than n bytes of data.
func limitMemory(n uint64) {
	debug.SetMemoryLimit(int64(n / 2))
	// Where the system knows no such limit, the script's own one holds.
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: n, Max: n})
}
