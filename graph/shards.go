package graph

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"
)

// ShardFile is a shard with the way to its bytes.
type ShardFile struct {
	Shard
	Open func() (io.ReadCloser, error)
}

// Verify reads a shard's file and compares it with what the manifest says of it.
func (f ShardFile) Verify(ctx context.Context) error {
	in, err := f.Open()
	if err != nil {
		return fmt.Errorf("%w: shard %s: %w", ErrManifest, f.Name, err)
	}
	defer in.Close()
	sum := &summed{w: io.Discard, sum: sha256.New()}
	if _, err := io.Copy(sum, readerUntil{ctx, in}); err != nil {
		return fmt.Errorf("%w: shard %s: %w", ErrManifest, f.Name, err)
	}
	if got := hex.EncodeToString(sum.sum.Sum(nil)); got != f.SHA256 || sum.n != f.Bytes {
		return fmt.Errorf("%w: shard %s has %d bytes with SHA-256 %s, expected %d with %s", ErrManifest, f.Name, sum.n, got, f.Bytes, f.SHA256)
	}
	return nil
}

// readerUntil stops reading when its context ends.
type readerUntil struct {
	ctx context.Context
	in  io.Reader
}

func (r readerUntil) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.in.Read(p)
}

// each gives the shard's quads in batches, which fn may keep, and compares their
// number with what the manifest says.
func (f ShardFile) each(ctx context.Context, fn func([]quad.Quad) error) error {
	in, err := f.Open()
	if err != nil {
		return fmt.Errorf("shard %s: %w", f.Name, err)
	}
	defer in.Close()
	z, err := gzip.NewReader(bufio.NewReaderSize(readerUntil{ctx, in}, 256<<10))
	if err != nil {
		return fmt.Errorf("shard %s: %w", f.Name, err)
	}
	lines, count := 0, 0
	err = eachPart(z, func(text string) error {
		p := parseLines(text, "", true)
		for _, bad := range p.bad {
			bad.Line += lines
			return bad
		}
		lines, count = lines+p.lines, count+len(p.quads)
		if len(p.quads) == 0 {
			return nil
		}
		return fn(p.quads)
	})
	if err != nil {
		return fmt.Errorf("shard %s: %w", f.Name, err)
	}
	if int64(count) != f.Lines {
		return fmt.Errorf("%w: shard %s has %d quads, expected %d", ErrManifest, f.Name, count, f.Lines)
	}
	return nil
}

// ShardOptions say how shards are imported.
type ShardOptions struct {
	Workers  int               // shards read at the same time; 0 is one a processor
	Progress func(quads int64) // told now and then how many quads were read; nil for nobody
}

func (o ShardOptions) workers(shards int) int {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return max(1, min(o.Workers, shards))
}

// shardLoader is a store that takes shards side by side, and remembers those that
// it has.
type shardLoader interface {
	loadShards(ctx context.Context, shards []ShardFile, fresh bool, o ShardOptions) error
}

// ImportShards adds the quads of shards to the store, after all of them were
// verified. A store that is nearly empty is stored as a whole, or not at all where
// an error ends it. After a kill the same import goes on with the shards that it
// hasn't read yet; what the store has already changes nothing. fresh says whether the store had no documents before.
func (s *Store) ImportShards(ctx context.Context, shards []ShardFile, o ShardOptions) (fresh bool, err error) {
	if err := parallel(ctx, o.workers(len(shards)), shards, func(ctx context.Context, f ShardFile) error { return f.Verify(ctx) }); err != nil {
		return false, fmt.Errorf("import: %w; nothing was imported", err)
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return false, err
	}
	defer unlock()
	l, nearlyEmpty, err := s.loads(ctx)
	has := false
	if err == nil {
		has, err = s.hasDocuments(ctx)
	}
	if err != nil {
		return false, fmt.Errorf("import: %w", err)
	}
	if sl, ok := s.back.(shardLoader); ok {
		err = sl.loadShards(ctx, shards, nearlyEmpty, o)
	} else if nearlyEmpty {
		read := newSpool(shards)
		err = s.loadOn(ctx, l, feed{func(add func(quad.Quad) error) error { return feedShards(ctx, shards, o, add, read) }, read})
	} else {
		err = s.addShards(ctx, shards, o)
	}
	if err != nil {
		return false, fmt.Errorf("import: %w", err)
	}
	return !has, nil
}

// batch are quads of a shard; whole is its checksum where they are its last ones.
type batch struct {
	quads []quad.Quad
	whole string
}

// feedShards reads shards side by side, but for those that the spool has, and gives
// their quads one by one.
func feedShards(ctx context.Context, shards []ShardFile, o ShardOptions, add func(quad.Quad) error, read *spool) error {
	shards = slices.DeleteFunc(slices.Clone(shards), func(f ShardFile) bool { return read.whole[f.SHA256] })
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := o.workers(len(shards))
	batches := make(chan batch, workers)
	done := make(chan error, 1)
	go func() {
		done <- parallel(ctx, workers, shards, func(ctx context.Context, f ShardFile) error {
			give := func(b batch) error {
				select {
				case batches <- b:
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			if err := f.each(ctx, func(quads []quad.Quad) error { return give(batch{quads: quads}) }); err != nil {
				return err
			}
			return give(batch{whole: f.SHA256})
		})
		close(batches)
	}()
	var failed error
	n := int64(0)
	for b := range batches {
		for _, q := range b.quads {
			if failed == nil {
				failed = add(q)
			}
		}
		if failed == nil && b.whole != "" {
			failed = read.shard(b.whole)
		}
		if failed != nil {
			cancel()
		}
		if n += int64(len(b.quads)); o.Progress != nil {
			o.Progress(n)
		}
	}
	if err := <-done; failed == nil {
		failed = err
	}
	return failed
}

// addShards adds shards one after the other to a store that has other quads, too.
func (s *Store) addShards(ctx context.Context, shards []ShardFile, o ShardOptions) error {
	n := int64(0)
	for _, f := range shards {
		err := f.each(ctx, func(batch []quad.Quad) error {
			if n += int64(len(batch)); o.Progress != nil {
				o.Progress(n)
			}
			return s.apply(ctx, nil, batch)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// parallel calls fn for every item, some at a time, until one fails.
func parallel[T any](ctx context.Context, workers int, items []T, fn func(context.Context, T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan T)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for item := range work {
				if err := fn(ctx, item); err != nil {
					cancel(err)
				}
			}
		}()
	}
	for _, item := range items {
		select {
		case work <- item:
		case <-ctx.Done():
		}
	}
	close(work)
	wg.Wait()
	return context.Cause(ctx)
}
