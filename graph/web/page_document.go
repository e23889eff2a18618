package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"hearsay/graph"
)

// maxShown is how many characters of a document its page shows.
const maxShown = 300_000

// documentView is a document's page: its paragraphs, each with the claims that
// begin in it.
type documentView struct {
	Doc        graph.Row
	Paragraphs []paragraph
	Claims     int
	Cut        bool // the text goes on
}

type paragraph struct {
	Heading bool
	Aside   bool // boilerplate
	Pieces  []piece
	Claims  []graph.Row
	Own     []graph.Row // claims of the document itself
}

// piece is a run of text that the same claims cover.
type piece struct {
	Text   string
	Class  string // what to mark it as, "" for nothing
	Title  string // for a reader who can't see colours
	Anchor string // the claim to jump to, "" for none
}

func (s *Server) showDocument(w http.ResponseWriter, r *http.Request) {
	id, err := idOf(r)
	if err != nil {
		fail(w, r, http.StatusBadRequest, err)
		return
	}
	rows, err := s.script(r.Context(), "document", id)
	switch {
	case err != nil:
		fail(w, r, statusOf(err), err)
	case rows[0]["known"] != true:
		fail(w, r, http.StatusNotFound, fmt.Errorf("document %s: %w", id, errNoSuchNode))
	default:
		v := layDocument(rows[0], rows[1:])
		render(w, http.StatusOK, "document", page{Title: clean(rows[0]["headline"]), Active: "documents", Data: v})
	}
}

// mark is a part of the text with a role in a claim.
type mark struct {
	start, end int // code points
	role       string
	claim      graph.Row
}

var charRE = regexp.MustCompile(`#char=(\d+),(\d+)`)

// charSpan reads the offsets of a place: hs:doc/…#char=12,40.
func charSpan(place any) (start, end int, ok bool) {
	text, _ := place.(string)
	if u, err := url.PathUnescape(text); err == nil {
		text = u
	}
	m := charRE.FindStringSubmatch(text)
	if m == nil {
		return 0, 0, false
	}
	start, _ = strconv.Atoi(m[1])
	end, _ = strconv.Atoi(m[2])
	return start, end, start < end
}

func layDocument(doc graph.Row, claims []graph.Row) documentView {
	text := []rune(clean(doc["text"]))
	v := documentView{Doc: doc, Claims: len(claims)}
	if len(text) > maxShown {
		text, v.Cut = text[:maxShown], true
	}
	marks := marksOf(doc, claims)
	starts := make([]int, len(claims))
	for i, c := range claims {
		starts[i] = firstChar(c)
	}
	for _, p := range paragraphsOf(text) {
		para := paragraph{Heading: p[0] == 0 && len(v.Paragraphs) == 0, Pieces: pieces(text, p[0], p[1], marks)}
		para.Aside = covered(marks, p[0], p[1], "aside")
		for i := range claims {
			if at := starts[i]; at >= p[0] && at < p[1] {
				if claims[i]["source_kind"] == "author" {
					para.Own = append(para.Own, claims[i])
				} else {
					para.Claims = append(para.Claims, claims[i])
				}
			}
		}
		v.Paragraphs = append(v.Paragraphs, para)
	}
	return v
}

// firstChar is where a claim begins: its source, cue or content.
func firstChar(c graph.Row) int {
	first := -1
	places := []any{c["source_at"], c["cue_at"]}
	if list, ok := c["content_at"].([]any); ok {
		places = append(places, list...)
	}
	if len(places) == 2 && places[0] == nil && places[1] == nil {
		places = append(places, c["place"])
	}
	for _, p := range places {
		if start, _, ok := charSpan(p); ok && (first < 0 || start < first) {
			first = start
		}
	}
	return max(first, 0)
}

// paragraphsOf are the [start, end) of the runs of lines between empty lines.
func paragraphsOf(text []rune) [][2]int {
	var list [][2]int
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] != '\n' {
			continue
		}
		if strings.TrimSpace(string(text[start:i])) != "" {
			list = append(list, [2]int{start, i})
		}
		start = i + 1
	}
	return list
}

func marksOf(doc graph.Row, claims []graph.Row) []mark {
	var marks []mark
	add := func(place any, role string, c graph.Row) {
		if start, end, ok := charSpan(place); ok {
			marks = append(marks, mark{start, end, role, c})
		}
	}
	for _, c := range claims {
		if c["source_kind"] == "author" {
			continue // the text itself: marking all of it would mark nothing
		}
		add(c["source_at"], "source", c)
		add(c["cue_at"], "cue", c)
		list, _ := c["content_at"].([]any)
		for _, p := range list {
			add(p, "content", c)
		}
	}
	list, _ := doc["boilerplate"].([]any)
	for _, p := range list {
		add(p, "aside", nil)
	}
	sort.SliceStable(marks, func(i, j int) bool { return marks[i].start < marks[j].start })
	return marks
}

func covered(marks []mark, start, end int, role string) bool {
	for _, m := range marks {
		if m.role == role && m.start <= start && m.end >= end {
			return true
		}
	}
	return false
}

// pieces cuts text[start:end] wherever a mark begins or ends.
func pieces(text []rune, start, end int, marks []mark) []piece {
	cuts := []int{start, end}
	var here []mark
	for _, m := range marks {
		if m.start < end && m.end > start {
			here = append(here, m)
			cuts = append(cuts, max(m.start, start), min(m.end, end))
		}
	}
	sort.Ints(cuts)
	var list []piece
	for i := 1; i < len(cuts); i++ {
		if cuts[i-1] == cuts[i] {
			continue
		}
		p := piece{Text: string(text[cuts[i-1]:cuts[i]])}
		p.dress(here, cuts[i-1], cuts[i])
		list = append(list, p)
	}
	return list
}

// dress marks the piece by the narrowest content and the source or cue that
// cover it.
func (p *piece) dress(marks []mark, start, end int) {
	var content, role *mark
	for i := range marks {
		m := &marks[i]
		switch {
		case m.start > start || m.end < end || m.role == "aside":
		case m.role == "content":
			if content == nil || m.end-m.start < content.end-content.start {
				content = m
			}
		case role == nil || m.end-m.start < role.end-role.start:
			role = m
		}
	}
	var classes, titles []string
	if content != nil {
		classes = append(classes, "content", "side-"+sideOf(content.claim["stance"]))
		titles = append(titles, clean(content.claim["source_name"])+" "+words(content.claim["stance"]))
		p.Anchor = anchor(content.claim["claim"])
	}
	if role != nil {
		classes = append(classes, role.role)
		titles = append(titles, role.role)
		p.Anchor = anchor(role.claim["claim"])
	}
	p.Class, p.Title = strings.Join(classes, " "), strings.Join(titles, "; ")
}

// showDocuments lists the documents, the latest first.
func (s *Server) showDocuments(w http.ResponseWriter, r *http.Request) {
	values, filtered := map[string]string{}, false
	for _, k := range []string{"about", "outlet", "since", "until"} {
		values[k] = r.URL.Query().Get(k)
		filtered = filtered || values[k] != ""
	}
	rows, err := s.latest.get(r.Context())
	if filtered {
		rows, err = s.ask(r.Context(), "documents", values)
	}
	if err != nil {
		fail(w, r, statusOf(err), err)
		return
	}
	render(w, http.StatusOK, "documents", page{Title: "Documents", Active: "documents", Data: map[string]any{"Rows": rows, "Values": values}})
}
