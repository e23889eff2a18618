package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// progress shows how far a command is: a bar on a terminal, nothing but the
// lines it is given elsewhere.
type progress struct {
	out       io.Writer
	quiet     bool
	bars      *mpb.Progress
	bar       *mpb.Bar
	documents atomic.Int64
	claims    atomic.Int64
	waiting   []string // lines for when the bar is gone
}

// newProgress shows progress through total bytes; 0 is an unknown total.
func newProgress(out io.Writer, quiet bool, total int64) *progress {
	p := &progress{out: out, quiet: quiet}
	if quiet || !hasRoom(out) {
		return p
	}
	p.bars = mpb.New(mpb.WithOutput(out), mpb.WithWidth(40))
	p.bar = p.bars.AddBar(total,
		mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string {
			return fmt.Sprintf("%d documents, %d claims ", p.documents.Load(), p.claims.Load())
		})),
		mpb.AppendDecorators(decor.Percentage(), decor.Name(" "), decor.AverageETA(decor.ET_STYLE_GO)))
	return p
}

// hasRoom reports whether out is a terminal that knows its size.
func hasRoom(out io.Writer) bool {
	f, ok := out.(*os.File)
	if !ok {
		return false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	return err == nil && width >= 60
}

// read tells of n bytes of input.
func (p *progress) read(n int) {
	if p.bar != nil {
		p.bar.IncrBy(n)
	}
}

// done tells of a document that is through.
func (p *progress) done(claims int) {
	p.documents.Add(1)
	p.claims.Add(int64(claims))
}

// line writes a line that must not get lost. Beside a bar it waits until that is
// gone: what is written above a bar is dropped when the bar ends first.
func (p *progress) line(s string) {
	if p.bars != nil {
		p.waiting = append(p.waiting, s)
		return
	}
	fmt.Fprintln(p.out, s)
}

// note writes a line about a document that is through: none beside a bar, which
// counts them, and none where it is to be quiet.
func (p *progress) note(s string) {
	if p.bars == nil && !p.quiet {
		fmt.Fprintln(p.out, s)
	}
}

func (p *progress) close() {
	if p.bars == nil {
		return
	}
	p.bar.Abort(true)
	p.bars.Wait()
	for _, s := range p.waiting {
		fmt.Fprintln(p.out, s)
	}
}

// reading shows how much of a file has been read: a bar on a terminal, nothing
// elsewhere.
type reading struct {
	bars *mpb.Progress
	bar  *mpb.Bar
}

func newReading(out io.Writer, path string) *reading {
	info, err := os.Stat(path)
	if err != nil || !hasRoom(out) {
		return &reading{}
	}
	bars := mpb.New(mpb.WithOutput(out), mpb.WithWidth(40))
	return &reading{bars, bars.AddBar(info.Size(), mpb.BarRemoveOnComplete(), mpb.PrependDecorators(decor.Name(path+" ")),
		mpb.AppendDecorators(decor.Percentage(), decor.Name(" "), decor.AverageETA(decor.ET_STYLE_GO)))}
}

// reader counts what is read of the file.
func (r *reading) reader(f io.Reader) io.Reader {
	if r.bar == nil {
		return f
	}
	return io.TeeReader(f, counting(r.bar.IncrBy))
}

// counting is told how much is written to it.
type counting func(int)

func (c counting) Write(p []byte) (int, error) {
	c(len(p))
	return len(p), nil
}

// end takes the bar away.
func (r *reading) end() {
	if r.bar != nil {
		r.bar.Abort(true)
		r.bars.Wait()
	}
}
