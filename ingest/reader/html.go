package reader

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
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
	list := paragraphs(article.ContentNode, d.Title)
	if d.Published.IsZero() || d.Published.Equal(d.Published.Truncate(24*time.Hour)) {
		d.Published = publishedAt(page, d.Published)
	}
	setParagraphs(d, list)
	return nil
}

// setParagraphs makes the text of the title and the paragraphs, with empty lines
// between them.
func setParagraphs(d *news.Document, list []paragraph) {
	var b strings.Builder
	add := func(text string, kind news.RegionKind) {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(text)
		if kind != news.Body {
			d.Regions = append(d.Regions, news.Region{Span: news.Span{Start: start, End: b.Len()}, Kind: kind})
		}
	}
	if d.Title != "" {
		add(d.Title, news.Headline)
	}
	for _, p := range list {
		add(p.text, p.kind)
	}
	d.Text = b.String()
	markRest(d, 0)
}

// publishedAt is the time that a page's metadata gives, where it falls on the day
// that was found; else the day.
func publishedAt(page *html.Node, day time.Time) time.Time {
	for n := range page.Descendants() {
		var stamp string
		switch {
		case n.Type == html.ElementNode && n.Data == "meta" && publicationTime[attribute(n, "property")+attribute(n, "name")+attribute(n, "itemprop")]:
			stamp = attribute(n, "content")
		case n.Type == html.TextNode && n.Parent.Data == "script":
			if m := linkedTime.FindStringSubmatch(n.Data); m != nil {
				stamp = m[1]
			}
		}
		t, err := time.Parse(time.RFC3339, strings.TrimSpace(stamp))
		if err == nil && (day.IsZero() || t.Format(time.DateOnly) == day.Format(time.DateOnly)) {
			return t.UTC()
		}
	}
	return day
}

var (
	publicationTime = set("article:published_time|og:article:published_time|datePublished|parsely-pub-date|sailthru.date")
	linkedTime      = regexp.MustCompile(`"datePublished"\s*:\s*"([^"]+)"`)
)

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// squeeze makes one line of a text.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

var blocks = set("p|h1|h2|h3|h4|h5|h6|li|ul|ol|dl|dt|dd|blockquote|pre|div|section|article|main|body|table|tr|figure|figcaption|hr")

// kinds are the elements whose text is no body text.
var kinds = map[string]news.RegionKind{
	"h1": news.Headline, "h2": news.Headline, "h3": news.Headline, "h4": news.Headline, "h5": news.Headline, "h6": news.Headline,
	"pre": news.Boilerplate, "table": news.Boilerplate,
}

// paragraph is a block of a page, on one line.
type paragraph struct {
	text string
	kind news.RegionKind
}

// blockReader gathers the blocks of a page.
type blockReader struct {
	list  []paragraph
	run   strings.Builder
	kind  news.RegionKind
	title string
	all   strings.Builder // the letters of the title and of all blocks so far
}

// paragraphs lists the blocks below a node. A first block that repeats the title
// is left out, and one that repeats everything before it.
func paragraphs(root *html.Node, title string) []paragraph {
	r := &blockReader{title: title}
	r.all.WriteString(letters(title))
	r.walk(root)
	r.flush()
	return r.list
}

func (r *blockReader) flush() {
	text := squeeze(strings.ToValidUTF8(r.run.String(), "\uFFFD"))
	r.run.Reset()
	if text == "" || len(r.list) == 0 && text == r.title {
		return
	}
	own, all := letters(text), r.all.String()
	if len(r.list) > 0 && (own == all || own == all[len(letters(r.title)):]) {
		return
	}
	r.all.WriteString(own)
	r.list = append(r.list, paragraph{text, r.kind})
}

func letters(s string) string { return strings.ReplaceAll(s, " ", "") }

func (r *blockReader) walk(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		r.run.WriteString(n.Data)
		return
	case n.Type != html.ElementNode && n.Type != html.DocumentNode:
		return
	case n.Data == "script" || n.Data == "style" || n.Data == "figcaption":
		return
	case n.Data == "br" || n.Data == "td" || n.Data == "th":
		r.run.WriteByte(' ')
	}
	block := blocks[n.Data]
	outer := r.kind
	if block {
		r.flush()
		if kind, special := kinds[n.Data]; special {
			r.kind = kind
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c)
	}
	if block {
		r.flush()
		r.kind = outer
	}
}
