package syntax

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
)

// vectorSize is the width of the word vectors that training starts from.
const vectorSize = 100

// wordVectors are vectors trained elsewhere on much plain text, the frequent
// words first.
type wordVectors struct {
	words []string
	rows  [][]float32
}

// readVectors reads GloVe's own text format (a word and its numbers on a line)
// or the JSON of wink-embeddings.
func readVectors(path string) (*wordVectors, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var v *wordVectors
	if bytes.HasPrefix(data, []byte("{")) {
		v, err = parseWink(data)
	} else {
		v, err = parseGloVe(data)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return v, nil
}

func parseGloVe(data []byte) (*wordVectors, error) {
	v := &wordVectors{}
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		word, rest, ok := bytes.Cut(sc.Bytes(), []byte(" "))
		row, _, err := numbers(rest, ' ')
		if !ok || err != nil {
			return nil, fmt.Errorf("line %d: want a word and %d numbers", line, vectorSize)
		}
		v.words = append(v.words, string(word))
		v.rows = append(v.rows, row)
	}
	return v, sc.Err()
}

// parseWink reads {"words":["the",…],"vectors":{"the":[100 numbers, norm, rank],…}}.
func parseWink(data []byte) (*wordVectors, error) {
	errFormat := errors.New(`want {"words":[…],"vectors":{…}}`)
	_, rest, ok := bytes.Cut(data, []byte(`"words":`))
	if !ok {
		return nil, errFormat
	}
	v := &wordVectors{}
	dec := json.NewDecoder(bytes.NewReader(rest))
	if err := dec.Decode(&v.words); err != nil {
		return nil, err
	}
	rest = rest[dec.InputOffset():]
	_, rest, ok = bytes.Cut(rest, []byte(`"vectors":{`))
	if !ok {
		return nil, errFormat
	}
	v.rows = make([][]float32, len(v.words))
	for i := range v.words {
		k := bytes.Index(rest, []byte(`":[`))
		if k < 0 {
			return nil, errFormat
		}
		row, after, err := numbers(rest[k+3:], ',')
		if err != nil {
			return nil, fmt.Errorf("vector of %q: %w", v.words[i], err)
		}
		v.rows[i] = row
		end := bytes.IndexByte(after, ']')
		if end < 0 {
			return nil, errFormat
		}
		rest = after[end+1:]
	}
	return v, nil
}

// numbers reads the values of one vector and returns what follows them.
func numbers(b []byte, sep byte) ([]float32, []byte, error) {
	row := make([]float32, vectorSize)
	for i := range row {
		k := 0
		for k < len(b) && b[k] != sep && b[k] != ']' {
			k++
		}
		f, err := strconv.ParseFloat(string(b[:k]), 32)
		if err != nil {
			return nil, nil, err
		}
		row[i] = float32(f)
		b = b[min(k+1, len(b)):]
	}
	return row, b, nil
}

// ReadVectors reads word vectors as training does, the frequent words first, for
// other stages that learn from them.
func ReadVectors(path string) (words []string, rows [][]float32, err error) {
	v, err := readVectors(path)
	if err != nil {
		return nil, nil, err
	}
	return v.words, v.rows, nil
}
