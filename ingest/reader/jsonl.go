package reader

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay/ingest/news"
)

// record is a line of JSONL. Other fields are passed over.
type record struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Text   string `json:"text"`
	Date   string `json:"date"`
	URL    string `json:"url"`
	Outlet string `json:"outlet"`
	Author string `json:"author"`
}

// readLines yields the documents of a JSONL input, a line at a time. A line that
// can't be read is skipped by itself.
func (r *Reader) readLines(in input, src io.Reader, yield func(*news.Document, error) bool) bool {
	lines := bufio.NewReaderSize(src, 1<<16)
	for n := 1; ; n++ {
		raw, err := readLine(lines, r.limit())
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			long := errors.Is(err, errLong)
			if long {
				err = fmt.Errorf("line is longer than the %d bytes that one document may have", r.limit())
			}
			if !yield(nil, &Skipped{place(in.path, n), err}) {
				return false
			}
			if !long {
				return true
			}
			continue
		}
		if n == 1 {
			raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
		}
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		d, err := r.readRecord(raw, place(in.id, n))
		if err != nil {
			d, err = nil, &Skipped{place(in.path, n), err}
		}
		if !yield(d, err) {
			return false
		}
	}
}

// place is the n-th record of an input.
func place(input string, n int) string { return input + ":" + strconv.Itoa(n) }

var errLong = errors.New("line too long")

// readLine reads up to the next line feed, or through it with errLong where that
// is more than limit bytes. Memory stays within the limit.
func readLine(b *bufio.Reader, limit int) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := b.ReadSlice('\n')
		if !long && len(line)+len(part) > limit+1 {
			long, line = true, nil
		}
		if !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && (len(line) > 0 || long):
			err = nil
		}
		if long && err == nil {
			err = errLong
		}
		return bytes.TrimSuffix(line, []byte("\n")), err
	}
}

// readRecord reads one line. A record without id and URL is called by the place
// where it stands.
func (r *Reader) readRecord(raw []byte, name string) (*news.Document, error) {
	if !utf8.Valid(raw) {
		return nil, errors.New("is not valid UTF-8, which JSON has to be")
	}
	var rec record
	if err := json.Unmarshal(raw, &rec); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("is broken JSON at byte %d: %w; a line is {\"id\",\"title\",\"text\",\"date\",\"url\",\"outlet\"}", syntax.Offset, err)
		}
		return nil, fmt.Errorf("is not an article: %w; a line is {\"id\",\"title\",\"text\",\"date\",\"url\",\"outlet\"}", err)
	}
	if strings.TrimSpace(rec.Text) == "" {
		return nil, errors.New(`has no "text"; a line is {"id","title","text","date","url","outlet"}`)
	}
	d := &news.Document{ID: rec.ID, Title: strings.TrimSpace(rec.Title), Text: rec.Text,
		Outlet: rec.Outlet, Author: rec.Author, URL: rec.URL, Published: ParseDate(rec.Date)}
	if d.ID == "" {
		d.ID = rec.URL
	}
	if d.ID == "" {
		d.ID = name
	}
	setTitled(d, rec.Title)
	return d, r.finish(d)
}

// setTitled puts the title before the text, with an empty line between them, and
// marks what isn't body.
func setTitled(d *news.Document, title string) {
	if strings.TrimSpace(title) == "" {
		markText(d, 0)
		return
	}
	d.Text = title + "\n\n" + d.Text
	markText(d, len(title))
}
