package reader

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"hearsay/ingest/news"
)

// Dates outside these are no dates of publication. They are fixed, since the
// library's own limit is today: a page must read the same next year.
var (
	oldest = time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC)
	newest = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
)

// readHTML finds the article in a page: its title, text, date, outlet, author
// and address. Navigation, captions and comments are left out; the plain text is
// the title, an empty line, and the text, a paragraph a line with empty lines
// between.
func readHTML(d *news.Document, raw []byte) error {
	if err := refuseBinary(raw); err != nil {
		return err
	}
	utf, err := charset.NewReader(bytes.NewReader(raw), "text/html")
	if err != nil {
		return fmt.Errorf("has an encoding that can't be read: %w", err)
	}
	page, err := html.Parse(utf)
	if err != nil {
		return fmt.Errorf("is not HTML: %w", err)
	}
	config := trafilatura.DefaultConfig()
	config.MinExtractedSize, config.MinOutputSize = 100, 1
	article, err := trafilatura.ExtractDocument(page, trafilatura.Options{
		Config: config, ExcludeComments: true, EnableFallback: true, Focus: trafilatura.Balanced,
		HtmlDateOptions: &htmldate.Options{UseOriginalDate: true, SkipExtensiveSearch: true, MinDate: oldest, MaxDate: newest}})
	if err != nil || article.ContentNode == nil {
		return errors.Join(errors.New("has no article that could be told from the rest of the page; save its text as .txt to read it"), err)
	}
	m := article.Metadata
	d.Title, d.Outlet, d.Author, d.URL = squeeze(m.Title), squeeze(m.Sitename), squeeze(m.Author), m.URL
	if !m.Date.IsZero() {
		d.Published = m.Date.UTC()
	}
	if m.URL != "" {
		d.ID = m.URL
	}
	d.Text = strings.ToValidUTF8(paragraphs(article.ContentNode, d.Title), "\uFFFD")
	setTitled(d, d.Title)
	return nil
}

// squeeze makes one line of a text.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

var blocks = set("p|h1|h2|h3|h4|h5|h6|li|ul|ol|dl|dt|dd|blockquote|pre|div|section|article|main|body|table|tr|figure|figcaption|hr")

// paragraphs is the text of a node, its blocks with an empty line between them.
// A first block that repeats the title is left out.
func paragraphs(root *html.Node, title string) string {
	var list []string
	var run strings.Builder
	flush := func() {
		if p := squeeze(run.String()); p != "" && (len(list) > 0 || p != title) {
			list = append(list, p)
		}
		run.Reset()
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			run.WriteString(n.Data)
			return
		case n.Type != html.ElementNode && n.Type != html.DocumentNode:
			return
		case n.Data == "script" || n.Data == "style" || n.Data == "figcaption":
			return
		case n.Data == "br" || n.Data == "td" || n.Data == "th":
			run.WriteByte(' ')
		}
		block := blocks[n.Data]
		if block {
			flush()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			flush()
		}
	}
	walk(root)
	flush()
	return strings.Join(list, "\n\n")
}
