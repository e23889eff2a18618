package graph

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
)

// record is a key of two words, and perhaps a word more.
type record interface{ ~[2]uint64 | ~[3]uint64 }

func compareRecords[R record](a, b R) int {
	if a[0] != b[0] {
		return cmp.Compare(a[0], b[0])
	}
	return cmp.Compare(a[1], b[1])
}

// records sorts records by their keys in bounded memory. What doesn't fit goes to
// temporary files, sorted beside whoever adds.
type records[R record] struct {
	limit int // records held in memory
	dir   string
	buf   []R
	files []*os.File
	wg    sync.WaitGroup
	mu    sync.Mutex
	err   error
}

func (s *records[R]) add(r R) {
	if len(s.buf) == s.limit {
		full := s.buf
		s.wg.Wait() // at most one run is sorted beside
		s.wg.Add(1)
		go func() {
			defer s.wg.Done()
			s.spill(full)
		}()
		s.buf = make([]R, 0, s.limit)
	}
	s.buf = append(s.buf, r)
}

func (s *records[R]) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil && err != nil {
		s.err = fmt.Errorf("sort: %w", err)
	}
}

func (s *records[R]) spill(full []R) {
	slices.SortFunc(full, compareRecords[R])
	f, err := os.CreateTemp(s.dir, "hearsay-load-*")
	if err != nil {
		s.fail(err)
		return
	}
	s.files = append(s.files, f)
	w := bufio.NewWriterSize(f, 1<<20)
	var b []byte
	for _, r := range full {
		b = b[:0]
		for i := range len(r) {
			b = binary.LittleEndian.AppendUint64(b, r[i])
		}
		if _, err := w.Write(b); err != nil {
			s.fail(err)
			return
		}
	}
	s.fail(w.Flush())
}

// each calls fn with every record in order and ends the sorter.
func (s *records[R]) each(fn func(R) error) error {
	defer s.close()
	s.wg.Wait()
	if s.err != nil {
		return s.err
	}
	slices.SortFunc(s.buf, compareRecords[R])
	m := merger[R]{{buf: s.buf}}
	for _, f := range s.files {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("sort: %w", err)
		}
		m = append(m, &source[R]{r: bufio.NewReaderSize(f, 512<<10)})
	}
	for i := len(m) - 1; i >= 0; i-- {
		if err := m[i].next(); errors.Is(err, io.EOF) {
			m = slices.Delete(m, i, i+1)
		} else if err != nil {
			return fmt.Errorf("sort: %w", err)
		}
	}
	heap.Init(&m)
	for len(m) > 0 {
		if err := fn(m[0].cur); err != nil {
			return err
		}
		switch err := m[0].next(); {
		case errors.Is(err, io.EOF):
			heap.Pop(&m)
		case err != nil:
			return fmt.Errorf("sort: %w", err)
		case len(m) > 1:
			heap.Fix(&m, 0)
		}
	}
	return nil
}

func (s *records[R]) close() {
	s.wg.Wait()
	for _, f := range s.files {
		f.Close()
		os.Remove(f.Name())
	}
	s.files, s.buf = nil, nil
}

// source is a sorted run, in memory or in a file.
type source[R record] struct {
	cur R
	buf []R
	r   *bufio.Reader
	raw [24]byte
}

func (s *source[R]) next() error {
	if s.r == nil {
		if len(s.buf) == 0 {
			return io.EOF
		}
		s.cur, s.buf = s.buf[0], s.buf[1:]
		return nil
	}
	b := s.raw[:8*len(s.cur)]
	if _, err := io.ReadFull(s.r, b); err != nil {
		return err
	}
	for i := range len(s.cur) {
		s.cur[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return nil
}

type merger[R record] []*source[R]

func (m merger[R]) Len() int           { return len(m) }
func (m merger[R]) Less(i, j int) bool { return compareRecords(m[i].cur, m[j].cur) < 0 }
func (m merger[R]) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merger[R]) Push(x any)        { *m = append(*m, x.(*source[R])) }
func (m *merger[R]) Pop() any {
	old := *m
	s := old[len(old)-1]
	*m = old[:len(old)-1]
	return s
}
