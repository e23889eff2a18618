package reader

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // encodings of headers and bodies
	"github.com/emersion/go-message/mail"
	"golang.org/x/net/html"

	"hearsay/ingest/news"
)

// readMail reads a message: its subject as title, its sender as author, its
// plain text or else the text of its HTML. Quoted messages and the signature are
// set aside; attachments are left out.
func readMail(d *news.Document, raw []byte) error {
	m, err := mail.CreateReader(bytes.NewReader(raw))
	if err != nil && !message.IsUnknownCharset(err) {
		return fmt.Errorf("is not a mail message: %w", err)
	}
	defer m.Close()
	subject, err := m.Header.Subject()
	if err != nil && !message.IsUnknownCharset(err) {
		subject = ""
	}
	d.Title = squeeze(strings.ToValidUTF8(subject, "\uFFFD"))
	if t, err := m.Header.Date(); err == nil && !t.IsZero() {
		d.Published = t.UTC()
	}
	if from, err := m.Header.AddressList("From"); err == nil && len(from) > 0 {
		if d.Author = from[0].Name; d.Author == "" {
			d.Author = from[0].Address
		}
	}
	plain, page, err := mailParts(m)
	if err != nil {
		return err
	}
	if strings.TrimSpace(plain) == "" && page != "" {
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			return fmt.Errorf("is not HTML: %w", err)
		}
		setParagraphs(d, paragraphs(root, d.Title))
		return nil
	}
	d.Text = strings.ReplaceAll(strings.ToValidUTF8(plain, "\uFFFD"), "\r\n", "\n")
	if d.Title != "" {
		d.Regions = append(d.Regions, news.Region{Span: news.Span{End: len(d.Title)}, Kind: news.Headline})
		d.Text = d.Title + "\n\n" + d.Text
	}
	markQuoted(d, len(d.Title))
	markRest(d, 0)
	return nil
}

// mailParts are the first plain and the first HTML part.
func mailParts(m *mail.Reader) (plain, page string, err error) {
	for range 1000 {
		part, err := m.NextPart()
		if errors.Is(err, io.EOF) {
			return plain, page, nil
		}
		if err != nil && !message.IsUnknownCharset(err) {
			return plain, page, fmt.Errorf("has a broken part: %w", err)
		}
		inline, ok := part.Header.(*mail.InlineHeader)
		if !ok {
			continue
		}
		kind, _, _ := inline.ContentType()
		body, err := io.ReadAll(part.Body)
		if err != nil {
			return plain, page, fmt.Errorf("has a broken part: %w", err)
		}
		switch {
		case kind == "text/plain" && plain == "":
			plain = string(body)
		case kind == "text/html" && page == "":
			page = string(body)
		}
	}
	return plain, page, errors.New("has more than 1000 parts")
}

// markQuoted sets quoted lines and the signature aside.
func markQuoted(d *news.Document, from int) {
	for _, l := range splitLines(d.Text, from) {
		if strings.HasPrefix(l.text, ">") {
			d.Regions = append(d.Regions, news.Region{Span: l.Span, Kind: news.Boilerplate})
			continue
		}
		if l.text == "--" {
			d.Regions = append(d.Regions, news.Region{Span: news.Span{Start: l.Start, End: len(d.Text)}, Kind: news.Boilerplate})
			return
		}
	}
}

// readMbox reads the messages of a mailbox, each as a document called by its
// number.
func (r *Reader) readMbox(in input, src io.Reader, yield func(*news.Document, error) bool) bool {
	lines := bufio.NewReaderSize(src, 1<<16)
	var message bytes.Buffer
	n, long := 0, false
	flush := func() bool {
		if n == 0 {
			return true
		}
		d := &news.Document{ID: place(in.id, n)}
		var err error
		switch {
		case long:
			err = fmt.Errorf("message is longer than the %d bytes that one document may have", r.limit())
		default:
			if err = readMail(d, message.Bytes()); err == nil {
				err = r.finish(d)
			}
		}
		message.Reset()
		long = false
		if err != nil {
			return yield(nil, &Skipped{place(in.path, n), err})
		}
		return yield(d, nil)
	}
	for {
		line, err := readLine(lines, r.limit())
		if errors.Is(err, io.EOF) {
			return flush()
		}
		if err != nil && !errors.Is(err, errLong) {
			return flush() && yield(nil, &Skipped{in.path, withoutPath(err)})
		}
		if bytes.HasPrefix(line, []byte("From ")) {
			if !flush() {
				return false
			}
			n++
			continue
		}
		if bytes.HasPrefix(line, []byte(">From ")) {
			line = line[1:] // how a mailbox writes a line that begins with From
		}
		if long = long || err != nil || message.Len()+len(line) > r.limit(); !long {
			message.Write(line)
			message.WriteByte('\n')
		}
	}
}
