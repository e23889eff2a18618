package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"hearsay/ingest"
	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/syntax"
)

var errBroken = errors.New("broken input")

// numbered yields n documents of different length, with an error in place of
// every tenth.
func numbered(n int) iter.Seq2[*news.Document, error] {
	return func(yield func(*news.Document, error) bool) {
		for i := range n {
			d := &news.Document{ID: fmt.Sprint(i), Text: "The minister said on Monday that nobody was hurt."}
			for range (n - i) % 5 {
				d.Text += " Experts doubted it."
			}
			d.IRI = news.DocumentIRI(d.ID, d.Text)
			var err error
			if i%10 == 9 {
				d, err = nil, errBroken
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

func pipeline(t *testing.T, workers int) *ingest.Pipeline {
	t.Helper()
	model, err := syntax.Default()
	if err != nil {
		t.Fatal(err)
	}
	return &ingest.Pipeline{Syntax: model, Known: entity.NewKnown(nil), Workers: workers}
}

func TestRunKeepsTheOrder(t *testing.T) {
	var want []string
	for _, workers := range []int{1, 2, 7} {
		var got []string
		for d, err := range pipeline(t, workers).Run(context.Background(), numbered(25)) {
			if err != nil {
				got = append(got, err.Error())
				continue
			}
			got = append(got, d.ID+string(news.AppendClaims(nil, d)))
		}
		if want == nil {
			want = got
		}
		if len(got) != 25 || !slices.Equal(got, want) {
			t.Errorf("%d workers give %q, one gives %q", workers, got, want)
		}
	}
}

func TestRunStops(t *testing.T) {
	p := pipeline(t, 2)
	n := 0
	for range p.Run(context.Background(), numbered(100)) {
		if n++; n == 3 {
			break
		}
	}

	// Also while the input waits for its next document, as standard input does.
	ctx, cancel := context.WithCancel(context.Background())
	forever := make(chan struct{})
	defer close(forever)
	waiting := func(yield func(*news.Document, error) bool) {
		for d, err := range numbered(2) {
			if !yield(d, err) {
				return
			}
		}
		<-forever
	}
	var last error
	done := make(chan struct{})
	go func() {
		defer close(done)
		seen := 0
		for _, err := range p.Run(ctx, waiting) {
			if last = err; err == nil {
				if seen++; seen == 2 {
					cancel()
				}
			}
		}
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("Run goes on after its context has ended")
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("Run ends with %v", last)
	}
}

// A document over which a stage panics is an error in its place, and the next ones
// are read.
func TestRunGoesOnAfterAPanic(t *testing.T) {
	p := pipeline(t, 2)
	p.Syntax = nil // whatever it is asked, it panics
	n := 0
	for d, err := range p.Run(context.Background(), numbered(9)) {
		var stumbled *ingest.Stumbled
		if !errors.As(err, &stumbled) || stumbled.Document != d.ID {
			t.Errorf("document %d: %v, want one that names it", n, err)
		}
		n++
	}
	if n != 9 {
		t.Errorf("%d documents, want 9", n)
	}
}
