// Package storetest has what tests of stores do to them.
package storetest

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Cable is a line to a database that can be cut.
type Cable struct {
	net.Listener
	to  string
	mu  sync.Mutex
	cut bool
	all []net.Conn
}

// Lay makes a line to the database of uri, and says how it is reached.
func Lay(t testing.TB, uri string) (*Cable, string) {
	t.Helper()
	u, err := url.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &Cable{Listener: l, to: u.Host}
	t.Cleanup(func() { l.Close(); c.Cut(true) })
	go c.serve()
	u.Host = l.Addr().String()
	return c, u.String()
}

func (c *Cable) serve() {
	for {
		near, err := c.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", c.to)
		c.mu.Lock()
		if err != nil || c.cut {
			near.Close()
			if err == nil {
				far.Close()
			}
			c.mu.Unlock()
			continue
		}
		c.all = append(c.all, near, far)
		c.mu.Unlock()
		go func() { io.Copy(near, far); near.Close() }()
		go func() { io.Copy(far, near); far.Close() }()
	}
}

// Cut cuts the line, or mends it.
func (c *Cable) Cut(cut bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = cut
	if cut {
		for _, conn := range c.all {
			conn.Close()
		}
		c.all = nil
	}
}
