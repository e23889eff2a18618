package reader

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"

	"hearsay/ingest/news"
)

// readWARC reads the pages of a web archive: its responses with status 200 whose
// content is HTML or plain text, called by their addresses. Everything else in
// it is passed over.
func (r *Reader) readWARC(in input, src io.Reader, yield func(*news.Document, error) bool) bool {
	records := bufio.NewReaderSize(src, 1<<16)
	for n := 1; ; n++ {
		name := place(in.path, n)
		header, block, err := nextRecord(records)
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			return yield(nil, &Skipped{name, err})
		}
		if header.Get("WARC-Type") == "response" && strings.HasPrefix(header.Get("Content-Type"), "application/http") {
			d, err := r.response(header, block)
			if d != nil || err != nil {
				if err != nil {
					d, err = nil, &Skipped{name, err}
				}
				if !yield(d, err) {
					return false
				}
			}
		}
		if _, err := io.Copy(io.Discard, block); err != nil {
			return yield(nil, &Skipped{name, withoutPath(err)})
		}
	}
}

// nextRecord reads a record's header and gives its block.
func nextRecord(records *bufio.Reader) (textproto.MIMEHeader, io.Reader, error) {
	line := ""
	for line == "" {
		raw, err := records.ReadString('\n')
		if err != nil {
			return nil, nil, err
		}
		line = strings.TrimSpace(raw)
	}
	if !strings.HasPrefix(line, "WARC/") {
		return nil, nil, fmt.Errorf("is not a web archive: %.40q stands where WARC/1.0 should", line)
	}
	header, err := textproto.NewReader(records).ReadMIMEHeader()
	if err != nil {
		return nil, nil, fmt.Errorf("has a broken record header: %w", err)
	}
	size, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
	if err != nil || size < 0 {
		return nil, nil, fmt.Errorf("has a record with Content-Length %q", header.Get("Content-Length"))
	}
	return header, io.LimitReader(records, size), nil
}

// response reads a page of an HTTP response, nil for what is none.
func (r *Reader) response(header textproto.MIMEHeader, block io.Reader) (*news.Document, error) {
	page, err := http.ReadResponse(bufio.NewReader(block), nil)
	if err != nil {
		return nil, fmt.Errorf("has a broken HTTP response: %w", err)
	}
	defer page.Body.Close()
	kind, _, _ := strings.Cut(page.Header.Get("Content-Type"), ";")
	format := map[string]Format{"text/html": HTML, "application/xhtml+xml": HTML, "text/plain": Text}[kind]
	if page.StatusCode != http.StatusOK || format == Auto {
		return nil, nil
	}
	var body io.Reader = page.Body
	if page.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(page.Body); err != nil {
			return nil, fmt.Errorf("has a broken compressed page: %w", err)
		}
	}
	raw, err := io.ReadAll(io.LimitReader(body, int64(r.limit())+1))
	if err != nil {
		return nil, fmt.Errorf("has a broken page: %w", err)
	}
	if len(raw) > r.limit() {
		return nil, fmt.Errorf("is larger than the %d bytes that one document may have", r.limit())
	}
	address := strings.Trim(header.Get("WARC-Target-URI"), "<>")
	d := &news.Document{ID: address, URL: address}
	if err := parse(d, format, bytes.TrimSpace(raw)); err != nil {
		return nil, err
	}
	d.ID, d.URL = address, address
	return d, r.finish(d)
}
