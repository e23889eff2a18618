// Package ingest is the pipeline from documents to claims.
package ingest

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"

	"hearsay/ingest/claim"
	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/proposition"
	"hearsay/ingest/syntax"
)

// Pipeline reads claims out of documents. Its fields are set before the first
// use and not changed after it; it is safe for concurrent use.
type Pipeline struct {
	Syntax *syntax.Model
	Known  *entity.Known
	// Predicates name the relations; nil is the built-in table.
	Predicates *proposition.Predicates
	// Cues are the words that signal an attribution; nil is the built-in lexicon.
	Cues    *claim.Lexicon
	Workers int // documents read at the same time; 0 is one a processor
}

// Stumbled is the error of a document over which a stage panicked: a defect of
// ours, which must not end the reading of the others.
type Stumbled struct {
	Document string // its identity
	Panic    any
	Stack    []byte
}

func (e *Stumbled) Error() string {
	return fmt.Sprintf("%s: a stage stumbled over it, which is a defect of hearsay: %v %.2000s", e.Document, e.Panic, e.Stack)
}

// Read runs every stage over one document; its error is a *Stumbled.
func (p *Pipeline) Read(d *news.Document) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &Stumbled{d.ID, r, debug.Stack()}
		}
	}()
	p.Syntax.Annotate(d)
	entity.Resolve(d, p.Known)
	proposition.Extract(d, p.Predicates)
	d.IdentifyPropositions()
	(&claim.Extractor{Lexicon: p.Cues}).Extract(d)
	d.IdentifyClaims()
	return nil
}

// Run reads documents in parallel and yields them in the order in which they
// came, whatever the number of workers; errors of the input, and of Read, are
// passed on in their place. It holds at most 2 × Workers documents. It stops early when ctx
// ends or the consumer does.
func (p *Pipeline) Run(ctx context.Context, in iter.Seq2[*news.Document, error]) iter.Seq2[*news.Document, error] {
	type job struct {
		doc  *news.Document
		err  error
		done chan struct{}
	}
	return func(yield func(*news.Document, error) bool) {
		workers := p.Workers
		if workers <= 0 {
			workers = runtime.GOMAXPROCS(0)
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		work := make(chan *job)
		order := make(chan *job, 2*workers)
		for range workers {
			go func() {
				for j := range work {
					if j.err == nil {
						j.err = p.Read(j.doc)
					}
					close(j.done)
				}
			}()
		}
		go func() {
			defer close(order)
			defer close(work)
			for d, err := range in {
				j := &job{doc: d, err: err, done: make(chan struct{})}
				select {
				case order <- j:
				case <-ctx.Done():
					return
				}
				select {
				case work <- j:
				case <-ctx.Done():
					close(j.done)
					return
				}
			}
		}()
		for {
			var j *job
			select {
			case next, more := <-order:
				if !more {
					return
				}
				j = next
			case <-ctx.Done(): // also while the input is waiting for its next document
				yield(nil, ctx.Err())
				return
			}
			select {
			case <-j.done:
			case <-ctx.Done():
				yield(nil, ctx.Err())
				return
			}
			if !yield(j.doc, j.err) {
				return
			}
		}
	}
}
