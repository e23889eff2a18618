package reader

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"hearsay/ingest/news"
)

// readDOCX reads the paragraphs of a Word document: word/document.xml of the
// archive, with title, author and date from docProps/core.xml.
func readDOCX(d *news.Document, raw []byte) error {
	if bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")) { // a container of OLE
		return errors.New("is an encrypted Word document, or one of Word before 2007: save it as .docx without its password")
	}
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return fmt.Errorf("is not a Word document (.docx): %w", err)
	}
	body, err := member(archive, "word/document.xml")
	if err != nil {
		return err
	}
	if core, err := member(archive, "docProps/core.xml"); err == nil {
		var props struct {
			Title   string `xml:"title"`
			Creator string `xml:"creator"`
			Created string `xml:"created"`
		}
		if xml.Unmarshal(core, &props) == nil {
			d.Title, d.Author, d.Published = squeeze(props.Title), squeeze(props.Creator), ParseDate(props.Created)
		}
	}
	list, err := wordParagraphs(body)
	if err != nil {
		return err
	}
	if d.Title == "" && len(list) > 1 && list[0].kind == news.Headline {
		d.Title = list[0].text
	}
	if len(list) > 0 && list[0].text == d.Title {
		list = list[1:]
	}
	setParagraphs(d, list)
	return nil
}

func member(archive *zip.Reader, name string) ([]byte, error) {
	f, err := archive.Open(name)
	if err != nil {
		return nil, errors.New("is not a Word document (.docx): it has no " + name + "; an encrypted one has to be saved without its password")
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, freeGrowth+1))
	if err == nil && len(text) > freeGrowth {
		err = fmt.Errorf("%s is larger than %d bytes", name, freeGrowth)
	}
	return text, err
}

// wordParagraphs lists the paragraphs: w:p with w:t, tabs and breaks as spaces,
// styles called Title or Heading as headlines, tables set aside.
func wordParagraphs(body []byte) ([]paragraph, error) {
	var list []paragraph
	var text strings.Builder
	kind, inText, tables := news.Body, false, 0
	decoder := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, fmt.Errorf("is a broken Word document: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "tab", "br":
				text.WriteByte(' ')
			case "tbl":
				tables++
			case "pStyle":
				if style := strings.ToLower(value(t, "val")); strings.HasPrefix(style, "heading") || style == "title" {
					kind = news.Headline
				}
			}
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "tbl":
				tables--
			case "p":
				if tables > 0 {
					kind = news.Boilerplate
				}
				if p := squeeze(text.String()); p != "" {
					list = append(list, paragraph{p, kind})
				}
				text.Reset()
				kind = news.Body
			}
		}
	}
}

func value(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
