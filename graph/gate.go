package graph

import (
	"fmt"
	"io/fs"
	"sync"
)

// errClosed is what every use of a closed store gives.
var errClosed = fmt.Errorf("store is closed: %w", fs.ErrClosed)

// gate counts who uses a store. Unlike a lock it lets in who is in already, in the
// middle of a query, say, while somebody waits to be alone: two can't wait for
// each other.
type gate struct {
	mu     sync.Mutex
	change *sync.Cond
	inside int
	alone  bool // somebody is alone in
	closed bool
}

func newGate() *gate {
	g := &gate{}
	g.change = sync.NewCond(&g.mu)
	return g
}

func (g *gate) enter() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.alone {
		g.change.Wait()
	}
	if g.closed {
		return errClosed
	}
	g.inside++
	return nil
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside--; g.inside == 0 {
		g.change.Broadcast()
	}
}

// only runs fn while nobody is inside.
func (g *gate) only(fn func() error) error {
	g.mu.Lock()
	for g.inside > 0 || g.alone {
		g.change.Wait()
	}
	if g.closed {
		g.mu.Unlock()
		return errClosed
	}
	g.alone = true
	g.mu.Unlock()
	defer func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.alone = false
		g.change.Broadcast()
	}()
	return fn()
}

// close lets nobody in any more, waits until all have left, and reports whether
// it was the first to close.
func (g *gate) close() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	first := !g.closed
	g.closed = true
	for g.inside > 0 || g.alone {
		g.change.Wait()
	}
	return first
}
