package reader

import (
	"sort"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"hearsay/ingest/news"
)

// markMarkdown marks a Markdown document, whose text stays as it is: headings,
// front matter (its fields are read), code and raw HTML by Markdown's rules,
// everything else as in plain text.
func markMarkdown(d *news.Document) {
	from := frontMatter(d)
	var marks []news.Region
	root := goldmark.DefaultParser().Parse(text.NewReader([]byte(d.Text[from:])))
	_ = ast.Walk(root, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if !enter || n.Type() != ast.TypeBlock {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindHeading:
			s := shift(cover(n), from)
			if d.Title == "" {
				d.Title = cleanTitle(d.Slice(s))
			}
			marks = append(marks, news.Region{Span: s, Kind: news.Headline})
		case ast.KindFencedCodeBlock, ast.KindCodeBlock, ast.KindHTMLBlock:
			marks = append(marks, news.Region{Span: shift(cover(n), from), Kind: news.Boilerplate})
		}
		return ast.WalkContinue, nil
	})
	if from > 0 {
		d.Regions = append(d.Regions, news.Region{Span: news.Span{End: from}, Kind: news.Boilerplate})
	}
	for _, m := range marks {
		if !m.Empty() {
			d.Regions = append(d.Regions, m)
		}
	}
	sortRegions(d)
	if len(marks) == 0 && d.Title == "" {
		lines := splitLines(d.Text, from)
		if i := titleLine(lines); i >= 0 {
			d.Title = cleanTitle(lines[i].text)
			d.Regions = append(d.Regions, news.Region{Span: lines[i].Span, Kind: news.Headline})
			sortRegions(d)
		}
	}
	markRest(d, from)
}

// markRest marks the lines of d.Text[from:] that no region covers yet.
func markRest(d *news.Document, from int) {
	var rest []line
	for _, l := range splitLines(d.Text, from) {
		if !covered(d.Regions, l.Span) {
			rest = append(rest, l)
		}
	}
	markLines(d, rest)
	sortRegions(d)
}

func sortRegions(d *news.Document) {
	sort.Slice(d.Regions, func(i, j int) bool { return d.Regions[i].Start < d.Regions[j].Start })
}

func cover(n ast.Node) news.Span {
	var s news.Span
	for i := 0; i < n.Lines().Len(); i++ {
		l := n.Lines().At(i)
		s = s.Cover(news.Span{Start: l.Start, End: l.Stop})
	}
	return s
}

func shift(s news.Span, by int) news.Span {
	if s.Empty() {
		return s
	}
	return news.Span{Start: s.Start + by, End: s.End + by}
}

// covered reports whether a region, of those in order, overlaps s.
func covered(regions []news.Region, s news.Span) bool {
	i := sort.Search(len(regions), func(i int) bool { return regions[i].End > s.Start })
	return i < len(regions) && regions[i].Start < s.End
}

// frontMatter reads the fields between two lines of "---" at the beginning and
// gives the byte where the text goes on, 0 where there are none.
func frontMatter(d *news.Document) int {
	rest, ok := strings.CutPrefix(d.Text, "---\n")
	if !ok {
		return 0
	}
	end := strings.Index(rest, "\n---\n")
	if end < 0 {
		return 0
	}
	for _, l := range strings.Split(rest[:end], "\n") {
		name, value, ok := strings.Cut(l, ":")
		if !ok {
			continue
		}
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		if value != "" {
			readField(d, strings.ToLower(strings.TrimSpace(name)), value)
		}
	}
	return len("---\n") + end + len("\n---\n")
}
