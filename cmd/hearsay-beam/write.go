package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"hearsay/graph"
	"hearsay/ingest/reader"
)

func init() {
	beam.RegisterType(reflect.TypeFor[*writeFn]())
	beam.RegisterType(reflect.TypeFor[*rejectFn]())
	beam.RegisterType(reflect.TypeFor[*publishFn]())
	register.Emitter1[graph.Shard]()
	register.Iter1[[]byte]()
	register.Iter1[reject]()
	register.Iter1[graph.Shard]()
	register.Iter2[string, int]()
}

// writeFn sorts and writes a shard. A shard that is written again, by whoever,
// gets the same bytes under the same name.
type writeFn struct {
	Output string
	Shards int
}

func (fn *writeFn) ProcessElement(ctx context.Context, at int, blocks func(*[]byte) bool, emit func(graph.Shard)) error {
	name := fmt.Sprintf("quads-%05d-of-%05d", at+1, fn.Shards)
	s, err := writeLines(ctx, fn.Output, name, ".nq.gz", func(add func([]byte) error) error {
		for packed := []byte(nil); blocks(&packed); {
			block, err := unpack(packed)
			if err != nil {
				return err
			}
			for line := range bytes.Lines(block) {
				if err := add(line); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		emit(s)
	}
	return err
}

// rejectFn writes what isn't read, sorted.
type rejectFn struct{ Output string }

func (fn *rejectFn) ProcessElement(ctx context.Context, _ int, rejects func(*reject) bool, emit func(graph.Shard)) error {
	s, err := writeLines(ctx, fn.Output, "rejected", ".jsonl.gz", func(add func([]byte) error) error {
		for r := (reject{}); rejects(&r); {
			line, err := json.Marshal(r)
			if err == nil {
				err = add(append(line, '\n'))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		emit(s)
	}
	return err
}

// writeLines writes lines into a file here first, whose sum then is a part of the
// name under which it is put into the output.
func writeLines(ctx context.Context, output, name, ending string, feed func(add func([]byte) error) error) (graph.Shard, error) {
	tmp, err := os.CreateTemp("", "hearsay-shard-*")
	if err != nil {
		return graph.Shard{}, err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	s, err := graph.WriteShard(ctx, tmp, feed)
	if err != nil {
		return s, fmt.Errorf("%s: %w", name, err)
	}
	if _, err := tmp.Seek(0, io.SeekStart); err != nil {
		return s, err
	}
	s.Name = name + "-" + s.SHA256[:12] + ending
	return s, put(ctx, join(output, s.Name), tmp)
}

// publishFn writes the manifest, when everything that it names is there.
type publishFn struct{ Output, Reading string }

func (fn *publishFn) ProcessElement(ctx context.Context, _ []byte, shards, rejected func(*graph.Shard) bool, counts func(*string, *int) bool) error {
	m := graph.Manifest{Format: graph.ManifestFormat, Hearsay: graph.Version, Schema: graph.SchemaVersion, Reading: fn.Reading}
	for s := (graph.Shard{}); shards(&s); {
		m.Shards = append(m.Shards, s)
		m.Quads += s.Lines
	}
	slices.SortFunc(m.Shards, func(a, b graph.Shard) int { return cmp.Compare(a.Name, b.Name) })
	for s := (graph.Shard{}); rejected(&s); {
		m.Rejected = s
	}
	what, n := "", 0
	for counts(&what, &n) {
		switch what {
		case countDocuments:
			m.Documents = int64(n)
		case countDuplicates:
			m.Duplicates = int64(n)
		}
	}
	b, err := m.AppendJSON(nil)
	if err != nil {
		return err
	}
	return put(ctx, join(fn.Output, manifestName), bytes.NewReader(b))
}

// rejected names the input in the reason why it isn't read.
func rejected(path string, err error) reject {
	if s := (*reader.Skipped)(nil); asSkipped(err, &s) {
		return reject{s.Input, s.Err.Error()}
	}
	return reject{path, err.Error()}
}
