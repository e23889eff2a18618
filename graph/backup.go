package graph

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
)

// A backup is a gzip file of sorted N-Quads whose last line is a comment that
// says how many quads and which SHA-256 of all lines before it. It fits every
// kind of store, and other programs can read it.
const backupTrailer = "# hearsay backup: %d quads, SHA-256 %s\n"

// Backup writes the store as it is now, while it is used, and says how many quads
// that were.
func (s *Store) Backup(ctx context.Context, w io.Writer) (int, error) {
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	c := &lineCounter{w: z, sum: sha256.New()}
	if err := s.Export(ctx, c, ExportOptions{Format: "nquads"}); err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	if _, err := fmt.Fprintf(z, backupTrailer, c.lines, hex.EncodeToString(c.sum.Sum(nil))); err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	if err := z.Close(); err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	return c.lines, nil
}

type lineCounter struct {
	w     io.Writer
	sum   hash.Hash
	lines int
}

func (c *lineCounter) Write(p []byte) (int, error) {
	c.lines += bytes.Count(p, []byte{'\n'})
	c.sum.Write(p)
	return c.w.Write(p)
}

// Errors of Restore that a caller may branch on.
var (
	ErrNotBackup = errors.New("no complete backup")
	ErrNotEmpty  = errors.New("the store holds documents")
)

// Restore puts a backup into a store without documents. The backup is read as a
// whole before anything is stored: one that is cut off or changed gives an error
// that wraps ErrNotBackup and leaves the store as it was.
func (s *Store) Restore(ctx context.Context, r io.ReadSeeker) (ImportResult, error) {
	docs, err := s.Documents(ctx)
	if err != nil {
		return ImportResult{}, fmt.Errorf("restore: %w", err)
	}
	if len(docs) > 0 {
		return ImportResult{}, fmt.Errorf("restore into %s: %w", s.uri, ErrNotEmpty)
	}
	if err := verifyBackup(r); err != nil {
		return ImportResult{}, fmt.Errorf("restore: %w", err)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return ImportResult{}, fmt.Errorf("restore: %w", err)
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return ImportResult{}, fmt.Errorf("restore: %w", err)
	}
	res, err := s.Import(ctx, z, ImportOptions{Strict: true})
	if err != nil {
		return res, fmt.Errorf("restore: %w", err)
	}
	return res, nil
}

// verifyBackup reads a backup to its end and compares it with its last line.
func verifyBackup(r io.Reader) error {
	z, err := gzip.NewReader(r)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotBackup, err)
	}
	in, sum, n := bufio.NewReaderSize(z, 1<<20), sha256.New(), 0
	for {
		line, err := readLine(in)
		if err != nil {
			return fmt.Errorf("%w: it ends after %d quads: %w", ErrNotBackup, n, err)
		}
		if line != "" && line[0] == '#' {
			if got := line + "\n"; got != fmt.Sprintf(backupTrailer, n, hex.EncodeToString(sum.Sum(nil))) {
				return fmt.Errorf("%w: its last line says %q, after %d quads with another sum", ErrNotBackup, line, n)
			}
			if rest, err := io.Copy(io.Discard, in); err != nil || rest > 0 {
				return fmt.Errorf("%w: %d bytes after its last line, %v", ErrNotBackup, rest, err)
			}
			return nil
		}
		n++
		io.WriteString(sum, line)
		io.WriteString(sum, "\n")
	}
}
