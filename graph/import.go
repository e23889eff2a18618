package graph

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// maxLine is the longest line of N-Quads that is read, in bytes.
const maxLine = 64 << 20

// ImportOptions say how N-Quads are imported.
type ImportOptions struct {
	Strict   bool               // stop at the first bad line, before anything after it is stored
	Base     string             // IRIs that begin with it are stored as hs: and the rest; "" for none
	Skipped  func(LineError)    // told of each bad line that is left out, unless Strict; nil for nobody
	Progress func(ImportResult) // told now and then how far it is; nil for nobody
}

// ImportResult counts what was imported.
type ImportResult struct {
	Lines   int // read
	Quads   int // stored, duplicates and those that were there already included
	Skipped int // bad lines
}

// LineError is a bad line of an input.
type LineError struct {
	Line int // from 1
	Err  error
}

func (e LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e LineError) Unwrap() error { return e.Err }

// importBatch is how many quads one transaction of an import holds.
const importBatch = 10_000

// An import of more quads than that into a store with fewer is a load: the store
// is written anew, as a whole.
const loadFrom = 50_000

// Import reads N-Quads and adds them to the store. Bad lines are skipped and
// reported, or end it with a LineError. A large import into a store that is nearly
// empty is stored as a whole, or not at all where an error ends it; of any other,
// what ImportResult counts as stored is stored, also after an error.
func (s *Store) Import(ctx context.Context, r io.Reader, opts ImportOptions) (ImportResult, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return ImportResult{}, err
	}
	defer unlock()
	im := &importer{s: s, ctx: ctx, opts: opts, parser: newParser(ctx, r, opts)}
	defer im.parser.close()
	if err := im.run(); err != nil {
		return im.res, fmt.Errorf("import: %w", err)
	}
	return im.res, nil
}

// importer is one import on its way.
type importer struct {
	s      *Store
	ctx    context.Context
	opts   ImportOptions
	parser *parser
	res    ImportResult
	batch  []quad.Quad
}

func (im *importer) run() error {
	l, fresh, err := im.s.loads(im.ctx)
	if err != nil {
		return err
	}
	most := importBatch
	if fresh {
		most = loadFrom
	}
	for {
		quads, err := im.next()
		im.batch = append(im.batch, quads...)
		switch {
		case errors.Is(err, io.EOF):
			return im.flush()
		case err != nil && !fresh:
			return errors.Join(im.flush(), err)
		case err != nil:
			return err
		case len(im.batch) < most:
		case fresh:
			return im.load(l)
		default:
			if err := im.flush(); err != nil {
				return err
			}
		}
	}
}

// flush stores the batch.
func (im *importer) flush() error {
	for len(im.batch) > 0 {
		n := min(len(im.batch), importBatch)
		if err := im.s.apply(im.ctx, nil, im.batch[:n]); err != nil {
			return err
		}
		im.res.Quads += n
		im.batch = im.batch[n:]
		im.progress()
		if err := im.ctx.Err(); err != nil {
			return err
		}
	}
	im.batch = nil
	return nil
}

func (im *importer) progress() {
	if im.opts.Progress != nil {
		im.opts.Progress(im.res)
	}
}

// load writes the store anew, with what it holds, the batch and the rest.
func (im *importer) load(l loader) error {
	n := 0
	err := im.s.load(im.ctx, l, func(add func(quad.Quad) error) error {
		quads, err := im.batch, error(nil)
		im.batch = nil
		for {
			for _, q := range quads {
				if err := add(q); err != nil {
					return err
				}
			}
			n += len(quads)
			switch {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return err
			case im.opts.Progress != nil:
				read := im.res
				read.Quads = n
				im.opts.Progress(read)
			}
			quads, err = im.next()
		}
	})
	if err == nil {
		im.res.Quads = n
		im.progress()
	}
	return err
}

// next are the next quads, with what ends the input after them. It reports bad lines
// unless the import is strict.
func (im *importer) next() ([]quad.Quad, error) {
	p, err := im.parser.next()
	if err != nil {
		return nil, err
	}
	for _, bad := range p.bad {
		bad.Line += im.res.Lines
		if im.opts.Strict {
			return p.quads, bad
		}
		im.res.Skipped++
		if im.opts.Skipped != nil {
			im.opts.Skipped(bad)
		}
	}
	im.res.Lines += p.lines
	if p.err != nil {
		return p.quads, fmt.Errorf("line %d: %w", im.res.Lines+1, p.err)
	}
	return p.quads, nil
}

// loads is the store's loader where a large import should be a load.
func (s *Store) loads(ctx context.Context) (loader, bool, error) {
	if s.opts.ReadOnly {
		return nil, false, fmt.Errorf("write to %s: %w", s.uri, ErrReadOnly)
	}
	l, ok := s.back.(loader)
	if !ok {
		return nil, false, nil
	}
	fresh := false
	err := s.view(ctx, func(qs cayley.QuadStore) error {
		st, err := qs.Stats(ctx, false)
		fresh = st.Quads.Value < loadFrom
		return err
	})
	return l, fresh, err
}

// load writes the store anew with what it holds and what feed gives. The caller
// holds s.write.
func (s *Store) load(ctx context.Context, l loader, each func(add func(quad.Quad) error) error) error {
	return s.loadOn(ctx, l, feed{each: each})
}

// loadOn is load with what earlier tries have read.
func (s *Store) loadOn(ctx context.Context, l loader, from feed) error {
	defer s.wrote(ctx)
	return l.load(ctx, feed{func(add func(quad.Quad) error) error {
		err := s.view(ctx, func(qs cayley.QuadStore) error { return allQuads(ctx, qs, add) })
		if err != nil {
			return err
		}
		return from.each(add)
	}, from.read}, s.gate.only)
}

// readLine reads a line without its end; the last one comes with io.EOF.
func readLine(r *bufio.Reader) (string, error) {
	var long []byte
	for {
		part, err := r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			if long = append(long, part...); len(long) > maxLine {
				return "", fmt.Errorf("longer than %d MB", maxLine>>20)
			}
			continue
		}
		line := string(part)
		if long != nil {
			line = string(append(long, part...))
		}
		return strings.TrimRight(line, "\r\n"), err
	}
}
