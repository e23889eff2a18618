package gizmo

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/cayleygraph/cayley/graph"
)

// Pool runs scripts in processes of their own: a script that hangs in one native
// call, or takes all memory, costs that process and nothing else. The processes
// hold no store: the paths that scripts build are followed here. A Pool is safe
// for concurrent use.
type Pool struct {
	command []string
	slots   chan struct{}

	mu     sync.Mutex
	idle   []*process
	closed bool
}

// How many scripts run at the same time, and how many processes wait for one.
const (
	maxProcesses = 32
	maxIdle      = 4
)

// NewPool makes a pool whose processes are started by command, which must call
// Serve with its standard input and output. None is started before it is needed.
func NewPool(command ...string) *Pool {
	return &Pool{command: command, slots: make(chan struct{}, maxProcesses)}
}

// Close ends the idle processes; those that run a script end with it.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, c := range p.idle {
		c.kill()
	}
	p.idle = nil
}

// Run is the package's Run, in a process of its own.
func (p *Pool) Run(ctx context.Context, qs graph.QuadStore, script string, opts Options, emit func(any) bool) error {
	w, err := newWalker(ctx, qs, script, &opts, emit)
	if err != nil {
		return err
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return ended(ctx, ctx.Err())
	}
	c, err := p.get()
	if err != nil {
		return fmt.Errorf("start a process for scripts: %w", err)
	}
	stop := context.AfterFunc(ctx, c.kill)
	err = c.run(script, opts, w)
	if !stop() || c.broken {
		c.kill()
	} else {
		p.put(c)
	}
	return ended(ctx, err)
}

// get takes an idle process, or starts one.
func (p *Pool) get() (*process, error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	return start(p.command)
}

func (p *Pool) put(c *process) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(p.idle) == maxIdle {
		c.kill()
		return
	}
	p.idle = append(p.idle, c)
}

// process is one that runs scripts, one after the other.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	dec    *json.Decoder
	enc    *json.Encoder
	w      *bufio.Writer
	stderr tail
	broken bool          // it can't run another script
	ended  chan struct{} // closed when it has ended
	once   sync.Once
}

func start(command []string) (*process, error) {
	c := &process{cmd: exec.Command(command[0], command[1:]...), ended: make(chan struct{})}
	// Nothing of the environment is any script's business.
	c.cmd.Env = []string{"GOMAXPROCS=2", "GOTRACEBACK=none", "TMPDIR=" + os.TempDir()}
	c.cmd.Stderr = &c.stderr
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		c.cmd.Wait() // how it ended is in what it said
		close(c.ended)
	}()
	c.in, c.w = in, bufio.NewWriterSize(in, 64<<10)
	c.enc, c.dec = json.NewEncoder(c.w), json.NewDecoder(bufio.NewReaderSize(out, 64<<10))
	c.enc.SetEscapeHTML(false)
	c.dec.UseNumber()
	return c, nil
}

// kill ends the process at once; it may be called twice, and by any goroutine.
func (c *process) kill() {
	c.once.Do(func() {
		c.cmd.Process.Kill()
		c.in.Close()
	})
}

// run has the process run a script and answers its questions.
func (c *process) run(script string, opts Options, w *walker) error {
	a := &answerer{w: w, walks: make(map[int]*walk)}
	defer a.close()
	params, err := json.Marshal(opts.Params)
	if err != nil {
		return fmt.Errorf("parameters: %w", err)
	}
	c.broken = true
	var send any = order{Script: script, Library: opts.Library, Params: params, Memory: opts.Memory}
	for {
		if err := c.enc.Encode(send); err != nil {
			return c.died(err)
		}
		if err := c.w.Flush(); err != nil {
			return c.died(err)
		}
		var q question
		if err := c.dec.Decode(&q); err != nil {
			return c.died(err)
		}
		if q.Op == "done" {
			c.broken = false
			return q.Err.error()
		}
		ans := a.answer(q)
		if ans.Err != nil && ans.Err.Kind == "stopped" {
			return errStopped // the reader has what it wants: the process is not asked to agree
		}
		send = ans
	}
}

// died says why a process ended in the middle of a script.
func (c *process) died(err error) error {
	c.kill()
	<-c.ended // all it said is here
	said := c.stderr.String()
	switch {
	case strings.Contains(said, "out of memory"), strings.Contains(said, "cannot allocate"), strings.Contains(said, "makeslice"):
		return ErrMemory
	case strings.Contains(said, "stack overflow"):
		return &Error{Message: "the script needs too deep a stack"}
	case said != "":
		line, _, _ := strings.Cut(said, "\n")
		return &Error{Message: "the script ended its process: " + line}
	}
	return &Error{Message: fmt.Sprintf("the script ended its process: %v", err)}
}

// tail keeps the beginning of what a process says before it dies.
type tail struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf.Write(p[:min(len(p), max(0, 4096-t.buf.Len()))])
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.buf.String()
}

// answerer follows the paths that a process asks for. A path is followed as far
// as the script has read: scripts may follow another in the middle of one.
type answerer struct {
	w     *walker
	walks map[int]*walk
	last  int
}

// walk is a path that is being followed.
type walk struct {
	next func() (map[string]any, error, bool)
	stop func()
}

// batch is how many results go in one answer.
const batch = 256

func (a *answerer) answer(q question) answer {
	if q.Path == nil && (q.Op == "rows" || q.Op == "each" || q.Op == "count") {
		return answer{Err: &fault{Message: "no path"}}
	}
	switch q.Op {
	case "rows":
		return answer{Err: toFault(a.w.rows(q.Path, q.Limit))}
	case "count":
		n, err := a.w.count(q.Path)
		return answer{Count: n, Err: toFault(err)}
	case "emit":
		return answer{Err: toFault(a.w.emit(numbers(q.Row)))}
	case "each":
		a.last++
		next, stop := iter.Pull2(a.w.seq(q.Path, q.Tags, q.Limit))
		a.walks[a.last] = &walk{next, stop}
		return a.read(a.last)
	case "next":
		return a.read(q.Walk)
	case "close":
		a.end(q.Walk)
	}
	return answer{}
}

func (a *answerer) read(id int) answer {
	w := a.walks[id]
	if w == nil {
		return answer{Err: &fault{Message: "no such walk"}}
	}
	ans := answer{Walk: id, More: true}
	for len(ans.Rows) < batch {
		row, err, ok := w.next()
		if !ok || err != nil {
			a.end(id)
			ans.More, ans.Err = false, toFault(err)
			break
		}
		coded := make(map[string]string, len(row))
		for k, v := range row {
			coded[k] = encodeValue(v)
		}
		ans.Rows = append(ans.Rows, coded)
	}
	return ans
}

func (a *answerer) end(id int) {
	if w := a.walks[id]; w != nil {
		w.stop()
		delete(a.walks, id)
	}
}

func (a *answerer) close() {
	for id := range a.walks {
		a.end(id)
	}
}

// seq is each as a sequence.
func (w *walker) seq(p *Path, tags bool, limit int) iter.Seq2[map[string]any, error] {
	return func(yield func(map[string]any, error) bool) {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // it may run in a goroutine of its own
		err := w.each(p, tags, limit, func(row map[string]any) error {
			if !yield(row, nil) {
				return errLimit
			}
			return nil
		})
		if err != nil && !errors.Is(err, errLimit) {
			yield(nil, err)
		}
	}
}
