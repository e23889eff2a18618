package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// openFile opens a file, and what it holds where its name ends in .gz or .zst. watch
// sees the file's own bytes go by; nil watches nothing.
func openFile(path string, watch func(io.Reader) io.Reader) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	var raw io.Reader = f
	if watch != nil {
		raw = watch(f)
	}
	in, err := decompressed(raw, f, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, errors.Join(err, f.Close()))
	}
	return in, nil
}

// decompressed reads raw, and closes f.
func decompressed(raw io.Reader, f io.Closer, path string) (io.ReadCloser, error) {
	switch {
	case strings.HasSuffix(path, ".gz"):
		z, err := gzip.NewReader(bufio.NewReaderSize(raw, 256<<10))
		if err != nil {
			return nil, err
		}
		return readCloser{z, f.Close}, nil
	case strings.HasSuffix(path, ".zst"):
		z, err := zstd.NewReader(raw, zstd.WithDecoderMaxMemory(maxWindow))
		if err != nil {
			return nil, err
		}
		return readCloser{z, func() error { z.Close(); return f.Close() }}, nil
	}
	return readCloser{raw, f.Close}, nil
}

// maxWindow is the memory that a compressed file may ask for, in bytes.
const maxWindow = 256 << 20

type readCloser struct {
	io.Reader
	close func() error
}

func (r readCloser) Close() error { return r.close() }

// compressor writes into w, compressed where the name says so. Close ends it and
// leaves w open.
func compressor(w io.Writer, path string) (io.WriteCloser, error) {
	switch {
	case strings.HasSuffix(path, ".gz"):
		return gzip.NewWriter(w), nil
	case strings.HasSuffix(path, ".zst"):
		return zstd.NewWriter(w)
	}
	return plainWriter{w}, nil
}

type plainWriter struct{ io.Writer }

func (plainWriter) Close() error { return nil }
