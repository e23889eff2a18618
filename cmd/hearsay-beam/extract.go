package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"hearsay/graph"
	"hearsay/ingest"
	"hearsay/ingest/claim"
	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/proposition"
	"hearsay/ingest/reader"
	"hearsay/ingest/syntax"
	"hearsay/seeds"
)

func init() {
	beam.RegisterType(reflect.TypeFor[*extractFn]())
	register.Emitter1[string]()
	register.Emitter1[[]byte]()
	register.Emitter2[int, []byte]()
	register.Emitter2[string, graph.LinkFact]()
	register.Emitter2[string, graph.LinkEdge]()
	register.Emitter2[string, bool]()
}

// reading is what decides, beside the program, what is read out of a text: the
// contents of files.
type reading struct{ Decisions, Predicates, Cues string }

// pipelines has the pipeline of each reading in this process: the model and the
// known entities are loaded once, whatever the number of bundles.
var pipelines sync.Map // reading -> func() (*ingest.Pipeline, error)

func (r reading) pipeline() (*ingest.Pipeline, error) {
	load, _ := pipelines.LoadOrStore(r, sync.OnceValues(r.load))
	return load.(func() (*ingest.Pipeline, error))()
}

func (r reading) load() (*ingest.Pipeline, error) {
	model, err := syntax.Default()
	if err != nil {
		return nil, fmt.Errorf("load the language model: %w", err)
	}
	table, err := seeds.Entities()
	if err != nil {
		return nil, err
	}
	known, err := entity.ReadTable(table)
	if err != nil {
		return nil, fmt.Errorf("load the known entities: %w", err)
	}
	decisions, err := entity.ReadDecisions(strings.NewReader(r.Decisions))
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	p := &ingest.Pipeline{Syntax: model, Known: entity.NewKnown(known).Decided(decisions)}
	if r.Predicates != "" {
		if p.Predicates, err = proposition.ReadPredicates("--predicates", strings.NewReader(r.Predicates), proposition.DefaultPredicates()); err != nil {
			return nil, err
		}
	}
	if r.Cues != "" {
		p.Cues = claim.StandardLexicon()
		if err := p.Cues.Add(strings.NewReader(r.Cues)); err != nil {
			return nil, fmt.Errorf("read cues: %w", err)
		}
	}
	return p, nil
}

// digest is a fingerprint of a reading, of all models and rules: that of what is
// read out of the sample articles.
func (in reading) digest(anyLanguage bool) (string, error) {
	p, err := in.pipeline()
	if err != nil {
		return "", err
	}
	var r reader.Reader
	return graph.Fingerprint(p.Run(context.Background(), r.FS(seeds.Articles)), fmt.Sprint(anyLanguage), in.Decisions, in.Predicates, in.Cues)
}

// extractFn runs the language stages over one document.
type extractFn struct {
	Reading reading
	Shards  int

	pipeline *ingest.Pipeline
}

// Setup loads what the stages need, once a process.
func (fn *extractFn) Setup() (err error) {
	fn.pipeline, err = fn.Reading.pipeline()
	return err
}

// ProcessElement gives the document's quads by shard, and again those that decide
// links and those that say something of entities.
func (fn *extractFn) ProcessElement(s standing, blocks func(int, []byte), deciding, naming func([]byte), mentions func(string), rejects func(reject)) error {
	d, quads, err := fn.read(s)
	if err != nil {
		rejects(reject{s.IDs[0], err.Error()})
		return nil
	}
	err = errors.Join(emitBlocks(quads, fn.Shards, blocks), emitLines(quads, graph.DecidesLinks, deciding),
		emitLines(quads, graph.NewEntityGatherer().Add, naming))
	if err != nil {
		return err
	}
	for i := range d.Entities {
		if d.Entities[i].Known {
			mentions(d.Entities[i].IRI)
		}
	}
	return nil
}

// emitLines gives the quads that are wanted as packed lines, if there are any.
func emitLines(quads []graph.Quad, wanted func(graph.Quad) bool, emit func([]byte)) error {
	var lines []byte
	for _, q := range quads {
		if wanted(q) {
			lines = graph.AppendNQuad(lines, q)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	packed, err := pack(lines)
	if err == nil {
		emit(packed)
	}
	return err
}

// unpackQuads are the quads of packed lines.
func unpackQuads(packed []byte) ([]graph.Quad, error) {
	lines, err := unpack(packed)
	if err != nil {
		return nil, err
	}
	return parseLines(lines)
}

// parseLines are the quads of lines.
func parseLines(lines []byte) ([]graph.Quad, error) {
	var quads []graph.Quad
	for line := range strings.Lines(string(lines)) {
		q, ok, err := graph.ParseNQuad(strings.TrimRight(line, "\n"))
		if err != nil {
			return nil, err
		}
		if ok {
			quads = append(quads, q)
		}
	}
	return quads, nil
}

// read gives the quads of a document under all its identities. A document over
// which a stage stumbles is an error, not the end of the run.
func (fn *extractFn) read(s standing) (d *news.Document, quads []graph.Quad, err error) {
	defer func() {
		if p := recover(); p != nil {
			stack := string(debug.Stack())
			err = fmt.Errorf("a stage stumbled: %v %.2000s", p, stack)
		}
	}()
	if d, err = decode(s.Document); err != nil {
		return nil, nil, fmt.Errorf("decode: %w", err)
	}
	if err := fn.pipeline.Read(d); err != nil {
		return nil, nil, err
	}
	quads = graph.Quads(d)
	if len(s.IDs) != 1 || s.IDs[0] != d.ID {
		quads = slices.DeleteFunc(quads, graph.IsIdentity)
		quads = append(quads, graph.IdentityQuads(s.IRI, s.IDs)...)
	}
	return d, quads, nil
}

// emitBlocks gives quads as packed lines, those of one shard together. A shard has
// all quads of a subject: so a quad that several documents have meets itself.
func emitBlocks(quads []graph.Quad, shards int, emit func(int, []byte)) error {
	by := map[int][]byte{}
	for _, q := range quads {
		at := shardOf(fmt.Sprint(q.Subject), shards)
		by[at] = graph.AppendNQuad(by[at], q)
	}
	for at, block := range by {
		packed, err := pack(block)
		if err != nil {
			return err
		}
		emit(at, packed)
	}
	return nil
}

func shardOf(subject string, shards int) int {
	h := fnv.New64a()
	h.Write([]byte(subject))
	return int(h.Sum64() % uint64(shards))
}
