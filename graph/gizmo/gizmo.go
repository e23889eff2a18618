// Package gizmo runs scripts in Gizmo, Cayley's JavaScript query language, so
// that no script can harm the program that runs it. A script builds paths; each
// path becomes a plan, which is checked, and then followed by Cayley's own
// iterators. Scripts never hold anything of the store: they can run in a process
// of their own, a Pool's, and must where they aren't trusted, since one native
// call of JavaScript ('x'.repeat(1<<30), a regular expression) can neither be
// interrupted nor bounded.
package gizmo

import (
	"context"
	"errors"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/quad/voc/core" // what addDefaultNamespaces knows
)

// Options limit a run. Zero values are the defaults below.
type Options struct {
	Params  map[string]any // properties of the script's global object params
	Library string         // runs before the script, in the same globals
	Limit   int            // most rows of the whole script; 0 is DefaultLimit
	JSONLD  bool           // values as JSON-LD
	Memory  uint64         // bytes that the script's own values may take; 0 is DefaultMemory

	// Natives are functions of the program that the script finds as the properties
	// of its global object native; scripts in a Pool have none.
	Natives map[string]Native
}

// Native is a function of the program that a script may call. It gets texts,
// numbers, booleans and lists of these, and gives the same and objects; nil is
// null, and an error ends the script.
type Native func(args []any) (any, error)

// Limits of a run that sets none, and those that can't be changed.
const (
	DefaultLimit  = 10_000
	DefaultMemory = 256 << 20
	maxScript     = 1 << 20 // bytes of a script with its library
	maxSteps      = 1000    // steps of a path, paths within it included
	maxDepth      = 50      // of paths within paths
	maxArray      = 200_000 // values that a script may hold of one path
	maxStack      = 1000    // calls within calls
)

// Errors that a caller may branch on; they are wrapped with where and what.
var (
	ErrScript  = errors.New("script")         // the script is at fault
	ErrTimeout = errors.New("time limit")     // the deadline passed
	ErrMemory  = errors.New("memory limit")   // its values grew too large
	errStopped = errors.New("reader stopped") // the reader wants no more rows
)

// Error is a fault of a script, with its place.
type Error struct {
	Line, Column int // from 1; 0 where unknown
	Message      string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Message)
}

// Is makes every Error an ErrScript.
func (e *Error) Is(target error) bool { return target == ErrScript }

// Run runs a script over a store and calls emit with each row: a
// map[string]any of tags, or what the script emitted. It stops when emit returns
// false. It never panics, and ends soon after ctx does, unless the script hangs
// in one native call: see Pool.
func Run(ctx context.Context, qs graph.QuadStore, script string, opts Options, emit func(any) bool) error {
	w, err := newWalker(ctx, qs, script, &opts, emit)
	if err != nil {
		return err
	}
	return ended(ctx, runScript(ctx, script, opts, w))
}

// newWalker is what follows the script's paths; it fills in opts' defaults.
func newWalker(ctx context.Context, qs graph.QuadStore, script string, opts *Options, emit func(any) bool) (*walker, error) {
	if opts.Limit <= 0 {
		opts.Limit = DefaultLimit
	}
	if opts.Memory == 0 {
		opts.Memory = DefaultMemory
	}
	if n := len(script) + len(opts.Library); n > maxScript {
		return nil, &Error{Message: fmt.Sprintf("the script has %d bytes, at most %d are run", n, maxScript)}
	}
	return &walker{ctx: ctx, qs: qs, opts: *opts, left: opts.Limit, sink: emit}, nil
}

// ended is the error of a run: a deadline that passed counts before what it led to.
func ended(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, errStopped):
		return nil
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return ErrTimeout
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return err
}
