package graph

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cayleygraph/quad"
)

// A journal holds documents that a Builder has taken and the store hasn't yet, as
// N-Quads, each followed by a comment by which a whole document is known.
const journalMark = "# document: %d quads, SHA-256 %s\n"

// journaled is a store that has a place for a journal.
type journaled interface{ journal() string }

// journal is one that is being written.
type journal struct {
	f   *os.File
	buf bytes.Buffer
}

func newJournal(path string) (*journal, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(path))
	}
	return &journal{f: f}, nil
}

// add writes a document, and returns when it is on the disk.
func (j *journal) add(quads []quad.Quad) error {
	j.buf.Reset()
	var line []byte
	for _, q := range quads {
		line = AppendNQuad(line[:0], q)
		j.buf.Write(line)
	}
	sum := sha256.Sum256(j.buf.Bytes())
	fmt.Fprintf(&j.buf, journalMark, len(quads), hex.EncodeToString(sum[:]))
	if _, err := j.f.Write(j.buf.Bytes()); err != nil {
		return err
	}
	return j.f.Sync()
}

// remove ends a journal whose documents are in the store.
func (j *journal) remove() error { return errors.Join(j.f.Close(), os.Remove(j.f.Name())) }

// readJournal gives the quads of every whole document. What follows the last of
// them was being written when the process ended, and had not been reported.
func readJournal(path string, add func(quad.Quad) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in, sum := bufio.NewReaderSize(f, 1<<20), sha256.New()
	var quads []quad.Quad
	for {
		line, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err != nil {
			return nil // a whole document ends with a newline
		}
		if !strings.HasPrefix(line, "#") {
			io.WriteString(sum, line)
			io.WriteString(sum, "\n")
			q, ok, err := ParseNQuad(line)
			if err != nil || !ok {
				return nil
			}
			quads = append(quads, q)
			continue
		}
		if line+"\n" != fmt.Sprintf(journalMark, len(quads), hex.EncodeToString(sum.Sum(nil))) {
			return nil
		}
		for _, q := range quads {
			if err := add(q); err != nil {
				return err
			}
		}
		quads = quads[:0]
		sum.Reset()
	}
}

// takeUp loads what a build that was ended has left in its journal.
func (s *Store) takeUp(ctx context.Context) error {
	j, ok := s.back.(journaled)
	if !ok {
		return nil
	}
	if _, err := os.Stat(j.journal()); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	err := s.takeUpFrom(ctx, j.journal())
	if err != nil {
		return fmt.Errorf("take up the build that was interrupted (%s): %w", j.journal(), err)
	}
	return nil
}

func (s *Store) takeUpFrom(ctx context.Context, path string) error {
	if s.opts.ReadOnly {
		return s.reopen(ctx, func() error {
			w, err := Open(ctx, s.uri, Options{LockTimeout: s.opts.LockTimeout})
			if err != nil {
				return err
			}
			return w.Close()
		})
	}
	s.write.Lock()
	defer s.write.Unlock()
	err := s.load(ctx, s.back.(loader), func(add func(quad.Quad) error) error { return readJournal(path, add) })
	if err != nil {
		return err
	}
	return os.Remove(path)
}

// reopen runs fn while the store is closed.
func (s *Store) reopen(ctx context.Context, fn func() error) error {
	if err := s.back.Close(); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return err
	}
	back, err := openBackend(ctx, s.uri, s.opts)
	if err == nil {
		s.back = back
	}
	return err
}
