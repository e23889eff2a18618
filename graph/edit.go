package graph

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// Delete takes the quads that r names, as N-Quads, out of the store, in one
// transaction, and says how many were there. A quad must be given with its
// label: one without a label means the quad that has none. A malformed line ends
// it with a LineError before anything is removed.
func (s *Store) Delete(ctx context.Context, r io.Reader) (int, error) {
	var want []quad.Quad
	lines := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := readLine(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, fmt.Errorf("delete: line %d: %w", n, err)
		}
		q, ok, perr := ParseNQuad(line)
		if perr != nil {
			return 0, fmt.Errorf("delete: %w", LineError{n, perr})
		}
		if ok {
			want = append(want, q)
		}
		if err != nil {
			break
		}
	}
	return s.remove(ctx, func(qs cayley.QuadStore) ([]quad.Quad, error) {
		var found []quad.Quad
		for _, q := range sortQuads(want) {
			there, err := holds(ctx, qs, q)
			if err != nil {
				return nil, err
			}
			if there {
				found = append(found, q)
			}
		}
		return found, nil
	})
}

// DeleteNode takes every quad out of the store that has the node as subject,
// predicate, object or label, and says how many those were. node is a term of
// N-Quads.
func (s *Store) DeleteNode(ctx context.Context, node string) (int, error) {
	v, err := ParseTerm(node)
	if err != nil {
		return 0, fmt.Errorf("delete node: %w", LineError{1, err})
	}
	return s.remove(ctx, func(qs cayley.QuadStore) ([]quad.Quad, error) {
		var found []quad.Quad
		for _, d := range quad.Directions {
			err := eachQuad(ctx, qs, d, v, func(q quad.Quad) error {
				found = append(found, q)
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
		return sortQuads(found), nil
	})
}

func (s *Store) remove(ctx context.Context, find func(cayley.QuadStore) ([]quad.Quad, error)) (int, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return 0, err
	}
	defer unlock()
	var found []quad.Quad
	err = s.view(ctx, func(qs cayley.QuadStore) (err error) {
		found, err = find(qs)
		return err
	})
	if err == nil {
		err = s.apply(ctx, found, nil)
	}
	if err != nil {
		return 0, fmt.Errorf("delete: %w", err)
	}
	return len(found), nil
}

// holds reports whether the store has exactly this quad, its label included.
func holds(ctx context.Context, qs cayley.QuadStore, want quad.Quad) (bool, error) {
	found, line := false, string(AppendNQuad(nil, want))
	err := eachQuad(ctx, qs, quad.Subject, want.Subject, func(q quad.Quad) error {
		if string(AppendNQuad(nil, q)) == line {
			found = true
		}
		return nil
	})
	return found, err
}

// ParseTerm reads one term of N-Quads: <iri>, _:blank or a literal. An IRI of a
// known scheme may stand without its brackets.
func ParseTerm(s string) (quad.Value, error) {
	if !utf8.ValidString(s) {
		return nil, errNotUTF8
	}
	if s != "" && s[0] != '<' && s[0] != '"' && s[0] != '_' {
		s = "<" + s + ">"
	}
	p := &nquadParser{line: s}
	v, err := p.term(quad.Object, true, "an IRI in angle brackets, a blank node or a literal")
	if err == nil && p.pos != len(p.line) {
		err = p.expected("the end")
	}
	return v, err
}

// Pattern selects quads: each part that isn't nil is the list of values allowed
// there.
type Pattern struct{ Subject, Predicate, Object, Label []quad.Value }

// Select calls fn with every quad that fits the pattern. It reads through the
// index of the first part that is given, in the order subject, label, object,
// predicate, and through all quads without any.
func (s *Store) Select(ctx context.Context, p Pattern, fn func(quad.Quad) error) error {
	filter := func(q quad.Quad) error {
		if fits(p.Subject, q.Subject) && fits(p.Predicate, q.Predicate) && fits(p.Object, q.Object) && fits(p.Label, q.Label) {
			return fn(q)
		}
		return nil
	}
	err := s.view(ctx, func(qs cayley.QuadStore) error {
		for _, part := range []struct {
			d      quad.Direction
			values []quad.Value
		}{{quad.Subject, p.Subject}, {quad.Label, p.Label}, {quad.Object, p.Object}, {quad.Predicate, p.Predicate}} {
			if part.values == nil {
				continue
			}
			for _, v := range part.values {
				if err := eachQuad(ctx, qs, part.d, v, filter); err != nil {
					return err
				}
			}
			return nil
		}
		return allQuads(ctx, qs, filter)
	})
	if err != nil {
		return fmt.Errorf("select: %w", err)
	}
	return nil
}

func fits(allowed []quad.Value, v quad.Value) bool {
	if allowed == nil {
		return true
	}
	for _, a := range allowed {
		if quad.ToString(a) == quad.ToString(v) {
			return true
		}
	}
	return false
}
