package reader

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
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
	var pages [][]pdfLine
	for i := 1; i <= min(file.NumPage(), maxPages); i++ {
		page := file.Page(i)
		if page.V.IsNull() {
			continue
		}
		pages = append(pages, pageLines(page.Content().Text))
	}
	list := joinLines(pages, commonSize(pages))
	if len(list) == 0 {
		return errors.New("has no text: it may be a scan, which has to go through text recognition first")
	}
	if !strings.Contains(d.Title, " ") {
		d.Title = "" // a file's name, as many programs put there
		if i := slices.IndexFunc(list, func(p paragraph) bool { return p.kind == news.Headline }); i >= 0 && i < 5 {
			d.Title = list[i].text
		}
	}
	if i := slices.IndexFunc(list, func(p paragraph) bool { return p.text == d.Title }); i >= 0 && i < 5 {
		list = slices.Delete(list, i, i+1)
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
// that follow each other are one; a gap between them is a space. The library
// knows no widths of composite fonts: half the size is taken for a letter then,
// and a wider gap for a space, which such files mostly write out.
func pageLines(pieces []pdf.Text) []pdfLine {
	var lines []pdfLine
	at, end, gap := 0.0, 0.0, 0.0
	for _, p := range pieces {
		if p.S == "" {
			continue
		}
		size := max(p.FontSize, 1)
		last := len(lines) - 1
		switch {
		case last < 0 || math.Abs(lines[last].y-p.Y) > size*0.4 || p.X < at-size:
			lines = append(lines, pdfLine{y: p.Y, size: size})
			last++
		case p.X > end+gap && !strings.HasSuffix(lines[last].text, " "):
			lines[last].text += " "
		}
		lines[last].text += p.S
		if p.W > 0 {
			end, gap = p.X+p.W, size*0.2
		} else {
			if p.X != at {
				end = p.X
			}
			end, gap = end+size*0.5, size*0.5
		}
		at = p.X
	}
	return lines
}

// commonSize is the size of most letters.
func commonSize(pages [][]pdfLine) float64 {
	letters := map[float64]int{}
	best := 0.0
	for _, lines := range pages {
		for _, l := range lines {
			letters[l.size] += len(l.text)
			if n := letters[l.size]; n > letters[best] || n == letters[best] && l.size < best {
				best = l.size
			}
		}
	}
	return best
}

// joinLines makes paragraphs of lines. A larger step down than between lines, a
// step up, another size and a new page after the end of a sentence begin a new
// one; one that is larger than the rest is a headline.
func joinLines(pages [][]pdfLine, common float64) []paragraph {
	var list []paragraph
	for _, lines := range pages {
		var before pdfLine
		for i, l := range lines {
			l.text = squeeze(ligatures.Replace(divided(strings.ToValidUTF8(l.text, "\uFFFD"))))
			if l.text == "" {
				continue
			}
			step := before.y - l.y
			apart := before.text == "" || step < 0 || step > 1.7*l.size || math.Abs(l.size-before.size) > 1
			if i == 0 && len(list) > 0 {
				apart = isSentence(list[len(list)-1].text) || l.size > common*1.15
			}
			switch {
			case !apart:
				p := &list[len(list)-1]
				p.text = joinWords(p.text, l.text)
			case l.size > common*1.15:
				list = append(list, paragraph{text: l.text, kind: news.Headline})
			default:
				list = append(list, paragraph{text: l.text})
			}
			before = l
		}
	}
	return list
}

// ligatures are what typesetters write for two or three letters.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "\u00ad", "")

// divided writes the hyphen that divides a word at the end of a line as one: some
// programs write a soft one there, or that of U+2010.
func divided(line string) string {
	line = strings.TrimRight(line, " ")
	for _, hyphen := range []string{"\u00ad", "\u2010"} {
		if rest, ok := strings.CutSuffix(line, hyphen); ok {
			return rest + "-"
		}
	}
	return line
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
