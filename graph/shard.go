package graph

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
)

// WriteShard writes the lines that feed gives, sorted, each once and compressed,
// and says what it wrote, its name aside. The same set of lines gives the same
// bytes. Lines beyond what fits into memory are sorted in temporary files.
func WriteShard(ctx context.Context, w io.Writer, feed func(add func(line []byte) error) error) (Shard, error) {
	lines := &sorter{limit: sortMemory}
	defer lines.close()
	var s Shard
	if err := feed(lines.add); err != nil {
		return s, err
	}
	sum := &summed{w: w, sum: sha256.New()}
	z, err := gzip.NewWriterLevel(sum, gzip.DefaultCompression)
	if err != nil {
		return s, err
	}
	err = lines.each(func(line []byte) error {
		if s.Lines++; s.Lines%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		_, err := z.Write(line)
		return err
	})
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return s, fmt.Errorf("write shard: %w", err)
	}
	s.Bytes, s.SHA256 = sum.n, hex.EncodeToString(sum.sum.Sum(nil))
	return s, nil
}

// summed counts and sums what goes through it.
type summed struct {
	w   io.Writer
	sum hash.Hash
	n   int64
}

func (s *summed) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.sum.Write(p[:n])
	s.n += int64(n)
	return n, err
}
