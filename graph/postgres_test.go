package graph

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
)

// cable is a line to a database that can be cut.
type cable struct {
	net.Listener
	to  string
	mu  sync.Mutex
	cut bool
	all []net.Conn
}

// lay makes a line to the database of uri, and says how it is reached.
func lay(t *testing.T, uri string) (*cable, string) {
	t.Helper()
	u, err := url.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{Listener: l, to: u.Host}
	t.Cleanup(func() { l.Close(); c.set(true) })
	go c.serve()
	u.Host = l.Addr().String()
	return c, u.String()
}

func (c *cable) serve() {
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

// set cuts the line, or mends it.
func (c *cable) set(cut bool) {
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

// A copier that can't hold all values copies some of them again; the store comes to
// hold each once, with the right count.
func TestCopierHoldsLittle(t *testing.T) {
	uri := postgres(t)
	if uri == "" {
		t.Skip("HEARSAY_POSTGRES names no database")
	}
	ctx := context.Background()
	s, err := Open(ctx, uri, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	want, quads := map[string]bool{}, append(randomQuads(rand.New(rand.NewPCG(1, 2)), 500), OntologyQuads()...)
	for _, q := range quads {
		want[string(AppendNQuad(nil, q))] = true
	}
	for _, statement := range []string{pgAdd, pgLoad} {
		err := pgTx(ctx, s.back.(*pgStore).db, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, pgStage); err != nil {
				return err
			}
			c := newCopier(ctx, tx, pgStaged)
			c.mostSeen, c.mostValues = 7, 3
			for _, q := range quads {
				if err := c.add(q); err != nil {
					return err
				}
			}
			if err := c.end(); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, statement)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		sameLines(t, s, want)
		checked(t, s)
	}
}

// A database that is gone in the middle of a load, of a document and of a query
// gives errors, nothing half, and is used again when it is back.
func TestPostgresGoneAndBack(t *testing.T) {
	uri := postgres(t)
	if uri == "" {
		t.Skip("HEARSAY_POSTGRES names no database")
	}
	line, uri := lay(t, uri)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	s, err := Open(ctx, uri, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Put(ctx, kaspersky("a.txt")); err != nil {
		t.Fatal(err)
	}
	before := exported(t, s)
	n := 0
	err = s.load(ctx, s.back.(loader), func(add func(quad.Quad) error) error {
		_, err := feedCorpus(60, func(q quad.Quad) error {
			if n++; n == 20_000 {
				line.set(true)
			}
			return add(q)
		})
		return err
	})
	if err == nil {
		t.Error("a load went through without a database")
	}
	if _, err := s.Put(ctx, kaspersky("b.txt")); err == nil {
		t.Error("a document was stored without a database")
	}
	for _, err := range s.Query(ctx, `g.V("<hs:Kaspersky>").out().all()`, QueryOptions{}) {
		if err == nil {
			t.Error("a query was answered without a database")
		}
	}
	line.set(false)
	if got := exported(t, s); got != before {
		t.Errorf("after the database went and came the store holds\n%s\nwant\n%s", got, before)
	}
	if _, err := s.Put(ctx, kaspersky("b.txt")); err != nil {
		t.Errorf("after the database came back: %v", err)
	}
	if got := rows(t, s, `g.V("<hs:Kaspersky>").out("<hs:doubts>").all()`); len(got) == 0 {
		t.Error("after the database came back a query finds nothing")
	}
	var b bytes.Buffer
	if _, err := feedCorpus(50, func(q quad.Quad) error { return WriteNQuads(&b, []quad.Quad{q}) }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(ctx, &b, ImportOptions{Strict: true}); err != nil {
		t.Errorf("a load after the database came back: %v", err)
	}
	if got := exported(t, s); !strings.Contains(got, string(corpusClaim(7, 7))) || !strings.Contains(got, "b.txt") {
		t.Error("the load after that isn't whole")
	}
}
