package reader

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"hearsay/ingest/news"
)

// Limits of what is compressed. Text shrinks to a tenth; what grows two hundred
// times is made to fill a disk.
const (
	maxRatio    = 200
	freeGrowth  = 64 << 20  // bytes that may come out whatever went in
	maxInMemory = 256 << 20 // bytes of an archive that isn't a file of its own
	maxMembers  = 100_000   // files in one archive
)

// readGzip reads what a compressed stream holds, by its name without ".gz".
func (r *Reader) readGzip(in input, src io.Reader, depth int, yield func(*news.Document, error) bool) bool {
	packed := &counter{Reader: src}
	zip, err := gzip.NewReader(packed)
	if err != nil {
		return yield(nil, &Skipped{in.path, fmt.Errorf("is not valid gzip: %w", err)})
	}
	inner := input{path: in.path, id: strings.TrimSuffix(in.id, ".gz")}
	name := strings.TrimSuffix(in.path, ".gz")
	format := byEnding(name)
	out := &grown{Reader: zip, packed: &packed.n}
	if format == Auto {
		head, err := firstLine(out)
		if err != nil {
			return yield(nil, &Skipped{in.path, err})
		}
		format = byContent(head)
		return r.read(inner, format, io.MultiReader(bytes.NewReader(head), out), depth+1, yield)
	}
	return r.read(inner, format, out, depth+1, yield)
}

// readZip reads the files of an archive, in its order.
func (r *Reader) readZip(in input, src io.Reader, depth int, yield func(*news.Document, error) bool) bool {
	at, size, done, err := r.readerAt(in, src, depth)
	if err != nil {
		return yield(nil, &Skipped{in.path, err})
	}
	defer done()
	archive, err := zip.NewReader(at, size)
	if err != nil {
		return yield(nil, &Skipped{in.path, fmt.Errorf("is not a valid zip archive: %w", err)})
	}
	if len(archive.File) > maxMembers {
		return yield(nil, &Skipped{in.path, fmt.Errorf("holds %d files; %d are read", len(archive.File), maxMembers)})
	}
	for _, f := range archive.File {
		name := path.Clean("/" + strings.ReplaceAll(f.Name, "\\", "/"))[1:]
		if f.FileInfo().IsDir() || strings.HasPrefix(path.Base(name), ".") || strings.HasPrefix(name, "__MACOSX/") {
			continue
		}
		member := input{path: in.path + "/" + name, id: strings.TrimSuffix(in.id, ".zip") + "/" + name}
		if !r.readMember(member, f, depth, yield) {
			return false
		}
	}
	return true
}

func (r *Reader) readMember(in input, f *zip.File, depth int, yield func(*news.Document, error) bool) bool {
	switch {
	case f.Flags&1 != 0:
		return yield(nil, &Skipped{in.path, errors.New("is encrypted: unpack the archive to read it")})
	case byEnding(in.path) == Auto:
		return yield(nil, &Skipped{in.path, fmt.Errorf("has an ending that is not one of %s", knownEndings())})
	}
	src, err := f.Open()
	if err != nil {
		return yield(nil, &Skipped{in.path, err})
	}
	defer src.Close()
	packed := int64(f.CompressedSize64)
	return r.read(in, Auto, &grown{Reader: src, packed: &packed}, depth+1, yield)
}

// readerAt gives random access to an input: to the file where it is one, else to
// a copy in memory.
func (r *Reader) readerAt(in input, src io.Reader, depth int) (at io.ReaderAt, size int64, done func(), err error) {
	if depth == 0 && in.path != "-" {
		f, err := os.Open(in.path)
		if err != nil {
			return nil, 0, nil, withoutPath(err)
		}
		info, err := f.Stat()
		if err != nil {
			f.Close()
			return nil, 0, nil, err
		}
		if r.OnRead != nil {
			r.OnRead(int(info.Size()))
		}
		return f, info.Size(), func() { f.Close() }, nil
	}
	raw, err := io.ReadAll(io.LimitReader(src, maxInMemory+1))
	if err == nil && len(raw) > maxInMemory {
		err = fmt.Errorf("is larger than the %d bytes that an archive inside another may have", maxInMemory)
	}
	return bytes.NewReader(raw), int64(len(raw)), func() {}, err
}

// counter counts what was read.
type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// grown ends a stream that grows too much in unpacking.
type grown struct {
	io.Reader
	packed *int64 // bytes that went in
	n      int64  // bytes that came out
}

func (g *grown) Read(p []byte) (int, error) {
	n, err := g.Reader.Read(p)
	g.n += int64(n)
	if g.n > freeGrowth && g.n > maxRatio**g.packed {
		return n, fmt.Errorf("grows more than %d times in unpacking: not read further", maxRatio)
	}
	return n, err
}
