package entity

import (
	"bufio"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sort"
)

// magic begins a recogniser's file; its number changes with the features.
const magic = "hearsay names 1\n"

// Save writes the recogniser: the hashes of its features as differences, their
// weights label by label, transitions, and the words with their clusters.
func (m *Recogniser) Save(w io.Writer) error {
	z, err := flate.NewWriter(w, flate.BestCompression)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(z)
	b.WriteString(magic)
	var n [binary.MaxVarintLen64]byte
	put := func(v int64) { b.Write(n[:binary.PutVarint(n[:], v)]) }
	last, rows := 0, []int32{}
	put(int64(len(m.lanes) / rowWords))
	for h, at := range m.rows {
		if at != 0 {
			put(int64(h - last))
			last = h
			rows = append(rows, at-1)
		}
	}
	for k := range nLabels {
		for _, at := range rows {
			b.WriteByte(byte(m.weight(int(at), k)))
		}
	}
	for i := range nLabels {
		for j := range nLabels {
			put(int64(m.next[i][j]))
		}
	}
	words := make([]string, 0, len(m.clusters))
	for w := range m.clusters {
		words = append(words, w)
	}
	sort.Strings(words)
	put(int64(len(words)))
	for _, w := range words {
		put(int64(len(w)))
		b.WriteString(w)
		for _, c := range m.clusters[w] {
			put(int64(c))
		}
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return z.Close()
}

var errModel = errors.New("not a recogniser of this version")

// LoadRecogniser reads what Save wrote.
func LoadRecogniser(r io.Reader) (*Recogniser, error) {
	b := bufio.NewReaderSize(flate.NewReader(r), 1<<16)
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(b, head); err != nil || string(head) != magic {
		return nil, errModel
	}
	var failed error
	get := func(limit int64) int64 {
		v, err := binary.ReadVarint(b)
		if err == nil && (v > limit || v < -limit) {
			err = errModel
		}
		if err != nil {
			failed = err
			return 0
		}
		return v
	}
	m := &Recogniser{rows: make([]int32, hashSize)}
	n := int(get(hashSize))
	h := 0
	for i := range n {
		h += int(get(hashSize))
		if h < 0 || h >= hashSize {
			return nil, errModel
		}
		m.rows[h] = int32(i + 1)
	}
	weights := make([]int8, n*rowSize)
	column := make([]byte, n)
	for k := range nLabels {
		if _, err := io.ReadFull(b, column); err != nil {
			return nil, fmt.Errorf("read weights: %w", err)
		}
		for i, c := range column {
			weights[i*rowSize+k] = int8(c)
		}
	}
	m.lanes = make([]uint64, n*rowWords)
	for i := range n {
		m.setRow(i, weights[i*rowSize:][:rowSize])
	}
	for i := range nLabels {
		for j := range nLabels {
			m.next[i][j] = int32(get(1 << 30))
		}
	}
	words := int(get(1 << 20))
	m.clusters = make(map[string][nClusters]uint16, words)
	var buf [256]byte
	for range words {
		l := get(255)
		if failed != nil || l < 0 {
			break
		}
		if _, err := io.ReadFull(b, buf[:l]); err != nil {
			return nil, fmt.Errorf("read words: %w", err)
		}
		var c [nClusters]uint16
		for k := range c {
			c[k] = uint16(get(1 << 16))
		}
		m.clusters[string(buf[:l])] = c
	}
	if failed != nil {
		return nil, fmt.Errorf("read model: %w", failed)
	}
	return m, nil
}
