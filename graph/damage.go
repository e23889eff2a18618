package graph

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// ErrDamaged is in errors about a store whose files are not what was written.
var ErrDamaged = errors.New("the store is damaged: hearsay check tells more, restore a backup or build it again")

// guarded runs fn, which reads a store's files. The databases read them through
// the memory map and trust what they find: a file that was cut off is a fault of
// memory, one that was changed a panic. Both become errors; panics of anybody else
// go on.
func guarded(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			if !isFault(r) && !inDatabase() {
				panic(r)
			}
			err = fmt.Errorf("%w (%v)", ErrDamaged, r)
		}
	}()
	return fn()
}

// isFault reports whether a panic is about memory that can't be read, which only a
// mapped file has.
func isFault(r any) bool {
	_, ok := r.(interface{ Addr() uintptr })
	return ok
}

// inDatabase reports whether the panic that is being recovered was raised by a
// database's code.
func inDatabase() bool {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	for panicked := false; ; {
		f, more := frames.Next()
		switch {
		case strings.HasPrefix(f.Function, "runtime."):
			panicked = panicked || strings.Contains(f.Function, "panic")
		case panicked:
			return strings.HasPrefix(f.Function, "go.etcd.io/bbolt") || strings.HasPrefix(f.Function, "github.com/hidal-go/") ||
				strings.HasPrefix(f.Function, "github.com/syndtr/goleveldb") || strings.HasPrefix(f.Function, "internal/") ||
				strings.HasPrefix(f.Function, "encoding/") || strings.HasPrefix(f.Function, "google.golang.org/protobuf")
		}
		if !more {
			return false
		}
	}
}
