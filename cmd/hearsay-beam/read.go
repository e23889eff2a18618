package main

import (
	"bytes"
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"reflect"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"hearsay/graph"
	"hearsay/ingest/news"
	"hearsay/ingest/reader"
)

func init() {
	beam.RegisterType(reflect.TypeFor[*readFn]())
	beam.RegisterType(reflect.TypeFor[supersedeFn]())
	beam.RegisterType(reflect.TypeFor[standFn]())
	register.Emitter1[standing]()
	register.Emitter2[string, raw]()
	register.Emitter2[string, int]()
	register.Iter1[raw]()
}

// raw is a document as it was read, before any stage of language.
type raw struct {
	Order, Until string // see graph.Arrival
	ID, IRI      string
	Path         string // file that gave it its identity, "" where it brought its own
	Document     []byte // a news.Document, as gob
}

func (r *raw) arrival() graph.Arrival {
	return graph.Arrival{ID: r.ID, IRI: r.IRI, Order: r.Order, Until: r.Until}
}

// readFn reads the documents of a file.
type readFn struct {
	Format      string
	AnyLanguage bool
}

// ProcessElement gives each document by its identity. What the file holds and
// can't be read is rejected; a file that can't be opened fails the bundle, which
// the runner tries again.
func (fn *readFn) ProcessElement(ctx context.Context, f file, emit func(string, raw), rejects func(reject)) error {
	fs, err := filesystem.New(ctx, f.Path)
	if err != nil {
		return err
	}
	defer fs.Close()
	in, err := fs.OpenRead(ctx, f.Path)
	if err != nil {
		rejects(reject{f.Path, err.Error()})
		return nil
	}
	defer in.Close()
	return fn.read(f, in, emit, rejects)
}

func (fn *readFn) read(f file, in io.Reader, emit func(string, raw), rejects func(reject)) error {
	r := reader.Reader{Format: reader.Format(fn.Format), AnyLanguage: fn.AnyLanguage}
	n := 0
	for d, err := range r.Stream(f.Path, f.ID, in) {
		if err != nil {
			rejects(rejected(f.Path, err))
			continue
		}
		var b bytes.Buffer
		if err := gob.NewEncoder(&b).Encode(d); err != nil {
			return fmt.Errorf("encode %s: %w", d.ID, err)
		}
		doc := raw{Order: fmt.Sprintf("%s-%09d", f.Order, n), ID: d.ID, IRI: d.IRI, Document: b.Bytes()}
		if d.ID == f.ID {
			doc.Path = f.Path
		}
		n++
		emit(d.ID, doc)
	}
	return nil
}

// supersedeFn sets when a newer text of the same identity takes a document's
// place, and rejects files that have by chance the same name as others.
type supersedeFn struct{}

func (supersedeFn) ProcessElement(id string, docs func(*raw) bool, emit func(string, raw), rejects func(reject)) {
	by := map[string]raw{}
	var list []graph.Arrival
	for d := (raw{}); docs(&d); d = (raw{}) {
		by[d.Order] = d
		list = append(list, d.arrival())
	}
	graph.Supersede(list)
	from := ""
	kept := list[:0]
	for _, a := range list {
		if path := by[a.Order].Path; path != "" {
			other := from
			if from = path; other != "" && other != path {
				rejects(reject{path, fmt.Sprintf("would replace %s, which has the same name %q; give the folder that holds both", other, id)})
				continue
			}
		}
		kept = append(kept, a)
	}
	graph.Supersede(kept)
	for _, a := range kept {
		d := by[a.Order]
		d.Until = a.Until
		emit(d.IRI, d)
	}
}

// standing is a document version as the graph has it.
type standing struct {
	IRI      string
	IDs      []string // its identities
	Document []byte
}

// Names of what is counted.
const (
	countDocuments  = "documents"
	countDuplicates = "duplicates"
)

// standFn finds what is left in the end of the documents with one text and name.
type standFn struct{}

func (standFn) ProcessElement(iri string, docs func(*raw) bool, emit func(standing), count func(string, int)) {
	by := map[string][]byte{}
	var list []graph.Arrival
	for d := (raw{}); docs(&d); d = (raw{}) {
		by[d.Order] = d.Document
		list = append(list, d.arrival())
	}
	kept, ids, ok := graph.Standing(list)
	if !ok {
		count(countDuplicates, len(list))
		return
	}
	count(countDocuments, 1)
	count(countDuplicates, len(list)-1)
	emit(standing{IRI: iri, IDs: ids, Document: by[kept.Order]})
}

func decode(b []byte) (*news.Document, error) {
	d := &news.Document{}
	return d, gob.NewDecoder(bytes.NewReader(b)).Decode(d)
}
