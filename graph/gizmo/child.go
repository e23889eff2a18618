package gizmo

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
)

// Serve is the process that runs scripts for a Pool: it reads one order after the
// other from r, asks for what the scripts want on w, and returns when r ends. It
// opens no file and holds no store. It should be the only thing that its process
// does: a script may end it.
func Serve(r io.Reader, w io.Writer) error {
	debug.SetMaxStack(64 << 20)
	limitMemory(childMemory)
	c := &child{dec: json.NewDecoder(bufio.NewReaderSize(r, 64<<10)), w: bufio.NewWriterSize(w, 64<<10)}
	c.enc = json.NewEncoder(c.w)
	c.enc.SetEscapeHTML(false)
	for {
		var o order
		if err := c.dec.Decode(&o); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("read order: %w", err)
		}
		err := c.run(o)
		if c.err != nil {
			return c.err
		}
		if err := c.send(question{Op: "done", Err: toFault(err)}); err != nil {
			return err
		}
	}
}

// childMemory is what a process that runs scripts may take in all, in bytes.
const childMemory = 1 << 30

// child is the host of the scripts of its process: it hands on what they ask for.
type child struct {
	dec *json.Decoder
	w   *bufio.Writer
	enc *json.Encoder
	err error // of the pipe
}

func (c *child) run(o order) error {
	params := map[string]any{}
	if len(o.Params) > 0 {
		v, err := decodeJSON(o.Params)
		if err != nil {
			return err
		}
		params, _ = v.(map[string]any)
	}
	return runScript(context.Background(), o.Script, Options{Params: params, Library: o.Library, Memory: o.Memory}, c)
}

func (c *child) send(q question) error {
	if c.err == nil {
		c.err = c.enc.Encode(q)
	}
	if c.err == nil {
		c.err = c.w.Flush()
	}
	return c.err
}

func (c *child) ask(q question) (answer, error) {
	var a answer
	if err := c.send(q); err != nil {
		return a, err
	}
	if c.err = c.dec.Decode(&a); c.err != nil {
		return a, c.err
	}
	return a, a.Err.error()
}

func (c *child) rows(p *Path, limit int) error {
	_, err := c.ask(question{Op: "rows", Path: p, Limit: limit})
	return err
}

func (c *child) count(p *Path) (int64, error) {
	a, err := c.ask(question{Op: "count", Path: p})
	return a.Count, err
}

func (c *child) emit(row any) error {
	_, err := c.ask(question{Op: "emit", Row: row})
	return err
}

func (c *child) each(p *Path, tags bool, limit int, fn func(map[string]any) error) error {
	a, err := c.ask(question{Op: "each", Path: p, Tags: tags, Limit: limit})
	for err == nil {
		for _, coded := range a.Rows {
			row := make(map[string]any, len(coded))
			for k, s := range coded {
				if row[k], err = decodeValue(s); err != nil {
					return err
				}
			}
			if err := fn(row); err != nil {
				if a.More {
					c.ask(question{Op: "close", Walk: a.Walk}) // the script's error counts
				}
				return err
			}
		}
		if !a.More {
			return nil
		}
		a, err = c.ask(question{Op: "next", Walk: a.Walk})
	}
	return err
}
