package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/cayleygraph/quad"
)

// parser reads N-Quads in parts that are parsed side by side, and gives them in their
// order. It holds a few parts at a time.
type parser struct {
	ctx    context.Context
	cancel context.CancelFunc
	parts  chan chan part
}

// part are some lines of an input, parsed.
type part struct {
	quads []quad.Quad
	bad   []LineError // counted from the part's first line
	lines int
	err   error // what ends the input here, io.EOF aside
}

// partSize is how many bytes of an input are parsed together, about.
const partSize = 256 << 10

// newParser begins to read. Whoever makes a parser must close it.
func newParser(ctx context.Context, r io.Reader, opts ImportOptions) *parser {
	ctx, cancel := context.WithCancel(ctx)
	p := &parser{ctx: ctx, cancel: cancel, parts: make(chan chan part, runtime.GOMAXPROCS(0))}
	go func() {
		defer close(p.parts)
		err := eachPart(r, func(text string) error {
			c, err := p.promise()
			if err == nil {
				go func() { c <- parseLines(text, opts.Base, opts.Strict) }()
			}
			return err
		})
		if err != nil {
			if c, gone := p.promise(); gone == nil {
				c <- part{err: err}
			}
		}
	}()
	return p
}

// promise makes room for a part.
func (p *parser) promise() (chan<- part, error) {
	c := make(chan part, 1)
	select {
	case p.parts <- c:
		return c, nil
	case <-p.ctx.Done():
		return nil, p.ctx.Err()
	}
}

// next is the next part; io.EOF ends the input.
func (p *parser) next() (part, error) {
	c, ok := <-p.parts
	switch {
	case ok:
		return <-c, nil
	case p.ctx.Err() != nil:
		return part{}, p.ctx.Err()
	}
	return part{}, io.EOF
}

// close ends the reading. The input isn't read any more when it returns.
func (p *parser) close() {
	p.cancel()
	for range p.parts {
	}
}

// CheckNQuads reads N-Quads to the end, or to the first bad line, which it gives as a
// LineError.
func CheckNQuads(ctx context.Context, r io.Reader) error {
	opts := ImportOptions{Strict: true}
	im := &importer{opts: opts, parser: newParser(ctx, r, opts)}
	defer im.parser.close()
	for {
		if _, err := im.next(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// eachPart calls fn with parts of r that end with a line's end, or with the input's.
func eachPart(r io.Reader, fn func(text string) error) error {
	var rest []byte // the beginning of a line
	buf := make([]byte, partSize)
	for {
		n, err := io.ReadFull(r, buf)
		end := bytes.LastIndexByte(buf[:n], '\n') + 1
		if end > 0 {
			if err := fn(string(append(rest, buf[:end]...))); err != nil {
				return err
			}
			rest = rest[:0]
		}
		if rest = append(rest, buf[end:n]...); len(rest) > maxLine {
			return fmt.Errorf("longer than %d MB", maxLine>>20)
		}
		switch {
		case err == nil:
		case !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
			return err
		case len(rest) > 0:
			return fn(string(rest))
		default:
			return nil
		}
	}
}

// parseLines parses the lines of a text. A strict parse ends with the first bad one.
func parseLines(text, base string, strict bool) (p part) {
	p.quads = make([]quad.Quad, 0, len(text)/128)
	for line := range strings.Lines(text) {
		p.lines++
		line = rebase(strings.TrimRight(line, "\r\n"), base)
		q, ok, err := ParseNQuad(line)
		if err == nil && ok && strings.ContainsAny(line, "\\\x00") { // a NUL is what parses and can't be stored
			err = checkQuad(q)
		}
		switch {
		case err != nil:
			p.bad = append(p.bad, LineError{p.lines, err})
			if strict {
				return p
			}
		case ok:
			p.quads = append(p.quads, q)
		}
	}
	return p
}

// rebase turns the IRIs of a line that begin with base into hs: ones.
func rebase(line, base string) string {
	if base == "" {
		return line
	}
	return strings.ReplaceAll(line, "<"+base, "<hs:")
}
