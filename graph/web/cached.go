package web

import (
	"context"
	"sync"
	"time"
)

// cached holds what is dear to read from the store. It is read when it is first
// asked for, and again in the background when it is older than its life: who asks
// then gets the old one.
type cached[T any] struct {
	load func(context.Context) (T, error)

	mu      sync.Mutex
	value   T
	read    time.Time // zero while there is none
	reading bool
}

// life is how long what was read is taken for current. Writes through this
// server end it.
const life = 2 * time.Minute

func (c *cached[T]) get(ctx context.Context) (T, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.read.IsZero() {
		value, err := c.load(ctx)
		if err != nil {
			return value, err
		}
		c.value, c.read = value, time.Now()
	} else if time.Since(c.read) > life && !c.reading {
		c.reading = true
		go c.refresh(context.WithoutCancel(ctx))
	}
	return c.value, nil
}

func (c *cached[T]) refresh(ctx context.Context) {
	value, err := c.load(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reading = false
	if err == nil {
		c.value, c.read = value, time.Now()
	}
}

// stale has what was read read again, in the background, when it is next asked for.
func (c *cached[T]) stale() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.read.IsZero() {
		c.read = time.Now().Add(-life - time.Second)
	}
}

// forget drops what was read: the store has changed.
func (c *cached[T]) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.read = time.Time{}
}
