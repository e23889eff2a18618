package graph

import (
	"bufio"
	"bytes"
	"container/heap"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// sorter sorts lines by their bytes, in bounded memory: past its limit they go to
// temporary files, which close removes.
type sorter struct {
	limit int // bytes of lines held in memory
	buf   []byte
	ends  []int // ends of the lines in buf
	runs  []*os.File
}

const sortMemory = 64 << 20

// add takes one line, with its newline.
func (s *sorter) add(line []byte) error {
	if len(s.buf)+len(line) > s.limit && len(s.ends) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.buf = append(s.buf, line...)
	s.ends = append(s.ends, len(s.buf))
	return nil
}

// lines are those in memory, sorted.
func (s *sorter) lines() [][]byte {
	lines := make([][]byte, len(s.ends))
	start := 0
	for i, end := range s.ends {
		lines[i] = s.buf[start:end]
		start = end
	}
	slices.SortFunc(lines, compareLines)
	return lines
}

func compareLines(a, b []byte) int { return bytes.Compare(a, b) }

func (s *sorter) spill() error {
	f, err := os.CreateTemp("", "hearsay-sort-*")
	if err != nil {
		return fmt.Errorf("sort: %w", err)
	}
	s.runs = append(s.runs, f)
	w := bufio.NewWriterSize(f, 1<<20)
	for _, l := range s.lines() {
		if _, err := w.Write(l); err != nil {
			return fmt.Errorf("sort: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("sort: %w", err)
	}
	s.buf, s.ends = s.buf[:0], s.ends[:0]
	return nil
}

// each calls fn with every distinct line in order. The line is only valid until
// fn returns.
func (s *sorter) each(fn func(line []byte) error) error {
	var last []byte
	once := func(line []byte) error {
		if last != nil && bytes.Equal(last, line) {
			return nil
		}
		last = append(last[:0], line...)
		return fn(line)
	}
	if len(s.runs) == 0 {
		for _, l := range s.lines() {
			if err := once(l); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	var m merge
	for _, f := range s.runs {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("sort: %w", err)
		}
		r := &run{r: bufio.NewReaderSize(f, 256<<10)}
		if err := r.next(); err == nil {
			m = append(m, r)
		} else if !errors.Is(err, io.EOF) {
			return fmt.Errorf("sort: %w", err)
		}
	}
	heap.Init(&m)
	for len(m) > 0 {
		if err := once(m[0].line); err != nil {
			return err
		}
		switch err := m[0].next(); {
		case err == nil:
			heap.Fix(&m, 0)
		case errors.Is(err, io.EOF):
			heap.Pop(&m)
		default:
			return fmt.Errorf("sort: %w", err)
		}
	}
	return nil
}

// close removes the temporary files.
func (s *sorter) close() {
	for _, f := range s.runs {
		f.Close()
		os.Remove(f.Name())
	}
	s.runs = nil
}

// run is one sorted file.
type run struct {
	r    *bufio.Reader
	line []byte
}

func (r *run) next() error {
	r.line = r.line[:0]
	for {
		part, err := r.r.ReadSlice('\n')
		r.line = append(r.line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// merge is a heap of runs by their next line.
type merge []*run

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, j int) bool { return compareLines(m[i].line, m[j].line) < 0 }
func (m merge) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merge) Push(x any)        { *m = append(*m, x.(*run)) }
func (m *merge) Pop() any {
	old := *m
	r := old[len(old)-1]
	*m = old[:len(old)-1]
	return r
}
