package main

import (
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// Lines go from stage to stage compressed: a runner holds or shuffles each of
// them several times, and quads of one document have much in common.

var packer = sync.OnceValues(func() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(false))
})

var unpacker = sync.OnceValues(func() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
})

// pack compresses lines.
func pack(lines []byte) ([]byte, error) {
	z, err := packer()
	if err != nil {
		return nil, err
	}
	return z.EncodeAll(lines, make([]byte, 0, len(lines)/4)), nil
}

// unpack gives the lines that were packed.
func unpack(packed []byte) ([]byte, error) {
	z, err := unpacker()
	if err != nil {
		return nil, err
	}
	lines, err := z.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("unpack lines: %w", err)
	}
	return lines, nil
}
