// Package reader turns files into documents: plain text, outlet, title, date,
// URL, with boilerplate marked and kept. It finds no sentences and reads no
// claims: it says what is article and what is not.
package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"hearsay/ingest/news"
)

// MaxDocument is the size in bytes up to which a document is read where
// Reader.MaxDocument is not set. It holds for a file's bytes and for one line
// of JSONL; a JSONL file itself may be of any length.
const MaxDocument = 16 << 20

// Format is a way in which documents are written.
type Format string

// The formats. Auto decides by the file's ending, and by its first bytes where
// the ending says nothing.
const (
	Auto     Format = ""
	Text     Format = "text"
	Markdown Format = "markdown"
	HTML     Format = "html"
	JSONL    Format = "jsonl"
	Feed     Format = "feed" // RSS or Atom
	Mail     Format = "mail"
	Mbox     Format = "mbox"
	PDF      Format = "pdf"
	DOCX     Format = "docx"
	WARC     Format = "warc"
	Zip      Format = "zip"
	Gzip     Format = "gzip"
)

// Formats are the formats that can be named, in the order in which help lists
// them.
var Formats = [...]Format{Text, Markdown, HTML, JSONL, Feed, Mail, Mbox, PDF, DOCX, WARC, Zip, Gzip}

// Skipped is the error of an input that can't be read; reading goes on with the
// next one.
type Skipped struct {
	Input string // path, or path:line of a JSONL file
	Err   error  // why, and what would have been accepted
}

func (e *Skipped) Error() string { return e.Input + ": " + e.Err.Error() }
func (e *Skipped) Unwrap() error { return e.Err }

// Reader reads documents. Its fields are set before use; the zero value reads
// English documents of every format and nothing from standard input.
type Reader struct {
	Stdin       io.Reader       // what "-" stands for
	Format      Format          // Auto, or the format of every input
	MaxDocument int             // bytes; 0 is the constant MaxDocument
	AnyLanguage bool            // don't skip what isn't English
	OnRead      func(bytes int) // told of every piece of input consumed, from the reading goroutine
}

// Documents yields the documents of the paths in order. A path is a file, a
// folder (all files below it whose ending is known, in order of their names), a
// glob pattern or "-" for standard input. An input that can't be read gives a
// *Skipped error in its place. A document without text is such an input, too.
func (r *Reader) Documents(ctx context.Context, paths []string) iter.Seq2[*news.Document, error] {
	return func(yield func(*news.Document, error) bool) {
		from := map[string]string{} // path identities of this run, and the file that has each
		for in := range expand(paths) {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if in.err != nil {
				if !yield(nil, &Skipped{in.path, in.err}) {
					return
				}
				continue
			}
			for d, err := range r.open(in) {
				if err == nil && d.ID == in.id {
					if other, taken := from[d.ID]; taken && other != in.path {
						err = fmt.Errorf("would replace %s, which has the same name %q; give the folder that holds both", other, d.ID)
					}
					from[d.ID] = in.path
				}
				if err != nil {
					err = skipped(in.path, err)
					d = nil
				}
				if !yield(d, err) {
					return
				}
			}
		}
	}
}

// Stream yields the documents of one stream, wherever it comes from: path names
// it in errors and tells its format by its ending, id is the identity of a
// document that brings none of its own.
func (r *Reader) Stream(path, id string, src io.Reader) iter.Seq2[*news.Document, error] {
	return func(yield func(*news.Document, error) bool) {
		r.read(input{path: path, id: id}, r.Format, &counted{src, r.OnRead}, 0, func(d *news.Document, err error) bool {
			if err != nil {
				d, err = nil, skipped(path, err)
			}
			return yield(d, err)
		})
	}
}

// skipped names the input in an error that doesn't do so yet.
func skipped(input string, err error) error {
	if s := (*Skipped)(nil); errors.As(err, &s) {
		return err
	}
	return &Skipped{input, err}
}

// open yields the documents of one input.
func (r *Reader) open(in input) iter.Seq2[*news.Document, error] {
	return func(yield func(*news.Document, error) bool) {
		src := r.Stdin
		if in.path != "-" {
			f, err := os.Open(in.path)
			if err != nil {
				yield(nil, withoutPath(err))
				return
			}
			defer f.Close()
			src = f
		} else if src == nil {
			src = bytes.NewReader(nil)
		}
		r.Stream(in.path, in.id, src)(yield)
	}
}

// maxDepth is how deep archives may lie in each other.
const maxDepth = 4

// read yields the documents of a stream. It reports whether to go on after it.
func (r *Reader) read(in input, format Format, src io.Reader, depth int, yield func(*news.Document, error) bool) bool {
	if depth > maxDepth {
		return yield(nil, &Skipped{in.path, fmt.Errorf("lies more than %d archives deep", maxDepth)})
	}
	if format == Auto {
		format = byEnding(in.path)
	}
	if format == Auto || format == Feed {
		head, err := firstLine(src)
		if err != nil {
			return yield(nil, &Skipped{in.path, withoutPath(err)})
		}
		if format == Auto {
			format = byContent(head)
		}
		src = io.MultiReader(bytes.NewReader(head), src)
	}
	switch format {
	case JSONL:
		return r.readLines(in, src, yield)
	case Gzip:
		return r.readGzip(in, src, depth, yield)
	case Zip:
		return r.readZip(in, src, depth, yield)
	case Mbox:
		return r.readMbox(in, src, yield)
	case Feed:
		return r.readFeed(in, src, yield)
	case WARC:
		return r.readWARC(in, src, yield)
	}
	d, err := r.readFile(in, format, src)
	if err != nil {
		d, err = nil, skipped(in.path, err)
	}
	return yield(d, err)
}

// firstLine reads until there is a line to judge by, or 4 KiB. It doesn't wait
// for more: the input may be a pipe that somebody is still writing to.
func firstLine(src io.Reader) ([]byte, error) {
	head := make([]byte, 0, 4096)
	for len(head) < cap(head) {
		n, err := src.Read(head[len(head):cap(head)])
		head = head[:len(head)+n]
		if errors.Is(err, io.EOF) || len(bytes.TrimSpace(head)) > 0 && bytes.IndexByte(head, '\n') > 0 {
			return head, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return head, nil
}

// readFile reads an input that is one document.
func (r *Reader) readFile(in input, format Format, src io.Reader) (*news.Document, error) {
	raw, err := io.ReadAll(io.LimitReader(src, int64(r.limit())+1))
	if err != nil {
		return nil, withoutPath(err)
	}
	if len(raw) > r.limit() {
		return nil, fmt.Errorf("is larger than the %d bytes that one document may have; split it, or write its articles as JSONL, one a line", r.limit())
	}
	d := &news.Document{ID: in.id}
	if err := parse(d, format, raw); err != nil {
		return nil, err
	}
	return d, r.finish(d)
}

// parse reads a document of the bytes of one file.
func parse(d *news.Document, format Format, raw []byte) (err error) {
	switch format {
	case HTML:
		return readHTML(d, raw)
	case Mail:
		return readMail(d, raw)
	case PDF:
		return readPDF(d, raw)
	case DOCX:
		return readDOCX(d, raw)
	}
	if d.Text, err = decode(raw); err != nil {
		return err
	}
	if format == Markdown {
		markMarkdown(d)
	} else {
		markText(d, 0)
	}
	return nil
}

// finish sets what follows from the text, and refuses documents that can't be
// read for claims.
func (r *Reader) finish(d *news.Document) error {
	if !hasWords(d) {
		return errors.New("has no text to read: nothing but a title, white space or boilerplate")
	}
	language := detectLanguage(d)
	if language != "en" && !r.AnyLanguage {
		return fmt.Errorf("seems to be written in the language %q, and only English is read; --any-language reads it all the same", language)
	}
	d.Language = language
	d.IRI = news.DocumentIRI(d.ID, d.Text)
	return nil
}

func (r *Reader) limit() int {
	if r.MaxDocument > 0 {
		return r.MaxDocument
	}
	return MaxDocument
}

// counted tells a reader's owner how much was read.
type counted struct {
	io.Reader
	tell func(int)
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.tell != nil && n > 0 {
		c.tell(n)
	}
	return n, err
}

// withoutPath drops operation and path from an error of package os: Skipped
// names the input already.
func withoutPath(err error) error {
	var p *os.PathError
	if !errors.As(err, &p) {
		return err
	}
	if errors.Is(err, os.ErrNotExist) {
		return errors.New("no such file or folder")
	}
	return p.Err
}
