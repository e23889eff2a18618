package graph

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// spool keeps on disk what a load has read of the shards of an import, so that the
// next try, after a kill, reads only the others. It begins with a header that names the
// shards; records of values, in the order of their ids, and of quads follow, and after
// the last quad of a shard one with its name and the sum of all before. What stands
// after the last such record counts for nothing.
type spool struct {
	header string
	path   string
	file   *os.File
	out    *bufio.Writer
	sum    uint32 // of what was written
	buf    []byte
	whole  map[string]bool // the shards that were read
	end    int64           // where the last shard's record ends
}

// The kinds of records.
const (
	spoolValue = 'v' // length and the value's entry in the log
	spoolQuad  = 'q' // four ids
	spoolShard = 's' // SHA-256 in hexadecimal digits, sum of what stands before
)

// spoolSuffix names the spool of a load beside a store.
const spoolSuffix = ".hearsay-import"

// newSpool is a spool for these shards, in whatever order.
func newSpool(shards []ShardFile) *spool {
	var sums []string
	for _, f := range shards {
		sums = append(sums, f.SHA256)
	}
	slices.Sort(sums)
	return &spool{header: fmt.Sprintf("hearsay spool 1 %x\n", sha256.Sum256([]byte(strings.Join(sums, " ")))), whole: map[string]bool{}}
}

// open opens the file and finds what counts of it. One of other shards is begun anew.
func (s *spool) open(path string) (err error) {
	if s.file, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return err
	}
	s.path = path
	if err := s.survey(); err != nil {
		return errors.Join(err, s.file.Close())
	}
	if s.end == 0 {
		s.end = int64(len(s.header))
		s.sum = crc32.ChecksumIEEE([]byte(s.header))
		if err := errors.Join(s.file.Truncate(0), second(s.file.WriteAt([]byte(s.header), 0))); err != nil {
			return errors.Join(err, s.file.Close())
		}
	}
	if err := errors.Join(s.file.Truncate(s.end), second(s.file.Seek(s.end, io.SeekStart))); err != nil {
		return errors.Join(err, s.file.Close())
	}
	s.out = bufio.NewWriterSize(s.file, 1<<20)
	return nil
}

func second[T any](_ T, err error) error { return err }

// survey reads the file for the shards that are whole.
func (s *spool) survey() error {
	r := &spoolReader{in: bufio.NewReaderSize(s.file, 1<<20)}
	header := make([]byte, len(s.header))
	if _, err := io.ReadFull(r, header); err != nil || string(header) != s.header {
		return nil
	}
	for {
		before := r.sum
		kind, _, name, sum, err := r.next()
		if err != nil {
			return nil // it was being written when the process ended
		}
		if kind == spoolShard {
			if sum != before {
				return nil
			}
			s.whole[name], s.end, s.sum = true, r.n, r.sum
		}
	}
}

// replay gives the values and quads of all that counts, in the order in which they
// were written.
func (s *spool) replay(value func(entry []byte) error, link func(ids) error) error {
	at := int64(len(s.header))
	r := &spoolReader{in: bufio.NewReaderSize(io.NewSectionReader(s.file, at, s.end-at), 1<<20)}
	for {
		kind, q, entry, _, err := r.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read %s: %w", s.path, err)
		case kind == spoolValue:
			err = value([]byte(entry))
		case kind == spoolQuad:
			err = link(q)
		}
		if err != nil {
			return err
		}
	}
}

func (s *spool) write(b []byte) error {
	s.buf = b[:0]
	s.sum = crc32.Update(s.sum, crc32.IEEETable, b)
	_, err := s.out.Write(b)
	return err
}

func (s *spool) value(entry []byte) error {
	return s.write(append(binary.AppendUvarint(append(s.buf, spoolValue), uint64(len(entry))), entry...))
}

func (s *spool) quad(q ids) error {
	b := append(s.buf, spoolQuad)
	for _, id := range q {
		b = binary.AppendUvarint(b, id)
	}
	return s.write(b)
}

// shard notes that all of a shard is written, and has the disk keep it.
func (s *spool) shard(sum string) error {
	b := binary.AppendUvarint(append(s.buf, spoolShard), uint64(len(sum)))
	b = binary.LittleEndian.AppendUint32(append(b, sum...), s.sum)
	if err := errors.Join(s.write(b), s.out.Flush(), s.file.Sync()); err != nil {
		return err
	}
	s.whole[sum] = true
	return nil
}

// close closes the file; keep says whether it is of use for another try.
func (s *spool) close(keep bool) error {
	err := s.file.Close()
	if !keep {
		err = errors.Join(err, os.Remove(s.path))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// spoolReader reads records and sums up what it reads.
type spoolReader struct {
	in  *bufio.Reader
	sum uint32
	n   int64
	one [1]byte
}

func (r *spoolReader) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	r.sum, r.n = crc32.Update(r.sum, crc32.IEEETable, p[:n]), r.n+int64(n)
	return n, err
}

func (r *spoolReader) ReadByte() (byte, error) {
	_, err := io.ReadFull(r, r.one[:])
	return r.one[0], err
}

var errSpool = errors.New("broken record")

// next reads a record: a quad's ids, or a value's entry or shard's name with the sum
// that follows it.
func (r *spoolReader) next() (kind byte, q ids, text string, sum uint32, err error) {
	if kind, err = r.ReadByte(); err != nil {
		return 0, q, "", 0, err
	}
	if kind == spoolQuad {
		for i := range q {
			if q[i], err = binary.ReadUvarint(r); err != nil {
				return 0, q, "", 0, err
			}
		}
		return kind, q, "", 0, nil
	}
	n, err := binary.ReadUvarint(r)
	switch {
	case err != nil:
		return 0, q, "", 0, err
	case kind != spoolValue && kind != spoolShard, kind == spoolShard && n != 2*sha256.Size, n > maxLine:
		return 0, q, "", 0, errSpool
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return 0, q, "", 0, err
	}
	if kind == spoolShard {
		if _, err := hex.DecodeString(string(b)); err != nil {
			return 0, q, "", 0, errSpool
		}
		var tail [4]byte
		if _, err := io.ReadFull(r, tail[:]); err != nil {
			return 0, q, "", 0, err
		}
		sum = binary.LittleEndian.Uint32(tail[:])
	}
	return kind, q, string(b), sum, nil
}
