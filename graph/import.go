package graph

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

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

// Import reads N-Quads and adds them to the store. Bad lines are skipped and
// reported, or end it with a LineError. What ImportResult counts as stored is
// stored, also when an error ends it.
func (s *Store) Import(ctx context.Context, r io.Reader, opts ImportOptions) (ImportResult, error) {
	s.write.Lock()
	defer s.write.Unlock()
	var res ImportResult
	var batch []quad.Quad
	flush := func() error {
		if err := s.apply(ctx, nil, batch); err != nil {
			return err
		}
		res.Quads += len(batch)
		batch = batch[:0]
		if opts.Progress != nil {
			opts.Progress(res)
		}
		return ctx.Err()
	}
	lines := bufio.NewReaderSize(r, 1<<20)
	for more := true; more; {
		line, err := readLine(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			return res, fmt.Errorf("import: line %d: %w", res.Lines+1, err)
		}
		more = err == nil
		res.Lines++
		q, ok, err := ParseNQuad(rebase(line, opts.Base))
		if err == nil && ok {
			err = checkQuad(q)
		}
		if err != nil {
			bad := LineError{res.Lines, err}
			if opts.Strict {
				if ferr := flush(); ferr != nil {
					return res, fmt.Errorf("import: %w", ferr)
				}
				return res, fmt.Errorf("import: %w", bad)
			}
			res.Skipped++
			if opts.Skipped != nil {
				opts.Skipped(bad)
			}
			continue
		}
		if ok {
			batch = append(batch, q)
		}
		if len(batch) == importBatch {
			if err := flush(); err != nil {
				return res, fmt.Errorf("import: %w", err)
			}
		}
	}
	if err := flush(); err != nil {
		return res, fmt.Errorf("import: %w", err)
	}
	return res, nil
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

// rebase turns the IRIs of a line that begin with base into hs: ones.
func rebase(line, base string) string {
	if base == "" {
		return line
	}
	return strings.ReplaceAll(line, "<"+base, "<hs:")
}
