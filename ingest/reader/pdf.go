package reader

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"

	"hearsay/ingest/news"
)

// maxPages is how many pages of a PDF file are read.
const maxPages = 2000

// readPDF reads the text of a PDF file in the order in which it was written into
// it, lines joined to paragraphs and words that were divided at their ends put
// together. A scanned or encrypted file has no text to read.
func readPDF(d *news.Document, raw []byte) (err error) {
	defer func() {
		// The library panics on some broken files.
		if p := recover(); p != nil {
			err = fmt.Errorf("is a broken PDF file: %v", p)
		}
	}()
	file, err := pdf.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if errors.Is(err, pdf.ErrInvalidPassword) {
		return errors.New("is an encrypted PDF file: save it without its password")
	}
	if err != nil {
		return fmt.Errorf("is a broken PDF file: %w", err)
	}
	info := file.Trailer().Key("Info")
	d.Title, d.Author = squeeze(info.Key("Title").Text()), squeeze(info.Key("Author").Text())
	var list []paragraph
	for i := 1; i <= min(file.NumPage(), maxPages); i++ {
		page := file.Page(i)
		if page.V.IsNull() {
			continue
		}
		list = joinLines(list, pageLines(page.Content().Text))
	}
	if len(list) == 0 {
		return errors.New("has no text: it may be a scan, which has to go through text recognition first")
	}
	if list[0].text == d.Title {
		list = list[1:]
	}
	setParagraphs(d, list)
	return nil
}

// pdfLine is a line of a page.
type pdfLine struct {
	text    string
	y, size float64
}

// pageLines puts the pieces of a page together to lines. Pieces on one height
// that follow each other are one; a gap between them is a space.
func pageLines(pieces []pdf.Text) []pdfLine {
	var lines []pdfLine
	end := 0.0
	for _, p := range pieces {
		if p.S == "" {
			continue
		}
		size := max(p.FontSize, 1)
		last := len(lines) - 1
		if last < 0 || math.Abs(lines[last].y-p.Y) > size*0.4 || p.X < end-20*size {
			lines = append(lines, pdfLine{y: p.Y, size: size})
			last++
		} else if p.X > end+size*0.2 && !strings.HasSuffix(lines[last].text, " ") {
			lines[last].text += " "
		}
		lines[last].text += p.S
		end = p.X + p.W
	}
	return lines
}

// joinLines adds lines to paragraphs. A larger step down than between lines, a
// step up and another size begin a new one.
func joinLines(list []paragraph, lines []pdfLine) []paragraph {
	var before pdfLine
	for i, l := range lines {
		l.text = squeeze(strings.ToValidUTF8(l.text, "\uFFFD"))
		if l.text == "" {
			continue
		}
		step := before.y - l.y
		if i == 0 || before.text == "" || step < 0 || step > 1.7*l.size || math.Abs(l.size-before.size) > 1 {
			list = append(list, paragraph{text: l.text})
		} else {
			p := &list[len(list)-1]
			p.text = joinWords(p.text, l.text)
		}
		before = l
	}
	return list
}

// joinWords puts a line after another, with a word that was divided whole.
//
//	the har- + bour master  -> the harbour master
//	a so-    + called expert -> a socalled expert (nobody can know)
//	the UK-  + based firm    -> the UK-based firm
func joinWords(a, b string) string {
	stem, divided := strings.CutSuffix(a, "-")
	last, _ := utf8.DecodeLastRuneInString(stem)
	first, _ := utf8.DecodeRuneInString(b)
	switch {
	case divided && unicode.IsLower(last) && unicode.IsLower(first):
		return stem + b
	case divided && unicode.IsLetter(last):
		return a + b
	}
	return a + " " + b
}
