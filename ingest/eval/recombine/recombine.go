// Package recombine makes collections of any size out of texts that are there, to
// measure how cost grows. Paragraphs are drawn from all texts; the persons and
// bodies that they name are exchanged for others, whose frequencies follow Zipf's
// law, so that a larger collection has more of them, as in a real archive. It says
// nothing about how well documents are read: what its documents say is nonsense.
package recombine

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Document is a line of the JSONL that hearsay build reads.
type Document struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Text   string `json:"text"`
	Date   string `json:"date"`
	Outlet string `json:"outlet"`
}

// Exponent is that of the names' frequencies: the name of rank r is drawn in
// proportion to (r+ZipfShift)^-Exponent. Names of people in news have about this.
const Exponent, zipfShift = 1.1, 8

// maxRank is the number of names that there are.
const maxRank = 1 << 32

// outlets is how many outlets there are, Zipf-distributed, too.
const outlets = 400

// Source is what documents are made of.
type Source struct {
	paragraphs []string
	lengths    []int    // of the texts, in paragraphs
	first      []string // words that begin names, sorted
	last       []string // words that end names, sorted
}

// name is two or three capitalised words: a person or a body, mostly.
var name = regexp.MustCompile(`\b([A-Z][a-zé]{2,})((?: [A-Z][a-z]{0,12}\.?)?) ([A-Z][a-zé]{2,})\b`)

// nameOrWord is a name, or a capitalised word alone.
var nameOrWord = regexp.MustCompile(name.String() + `|\b[A-Z][a-zé]{2,}\b`)

// maxParagraphs is the greatest length of a document, in paragraphs.
const maxParagraphs = 14

var (
	markLink = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	markLine = regexp.MustCompile(`^\s*(?:[-*+#>]+\s+)*`)
)

// plain is a line of Markdown as plain text, "" for a row of a table.
func plain(line string) string {
	line = strings.TrimSpace(markLine.ReplaceAllString(markLink.ReplaceAllString(line, "$1"), ""))
	if strings.HasPrefix(line, "|") {
		return ""
	}
	return line
}

// NewSource takes texts, plain or in Markdown. Paragraphs of fewer than eight
// words, headings and the like, aren't used.
func NewSource(texts []string) *Source {
	s := &Source{}
	for _, text := range texts {
		n := 0
		for _, p := range strings.Split(text, "\n") {
			if p = plain(p); len(strings.Fields(p)) < 8 {
				continue
			}
			n++
			s.paragraphs = append(s.paragraphs, p)
			for _, m := range name.FindAllStringSubmatch(p, -1) {
				s.first, s.last = append(s.first, m[1]), append(s.last, m[3])
			}
		}
		if n > 0 {
			s.lengths = append(s.lengths, min(n, maxParagraphs))
		}
	}
	for _, list := range []*[]string{&s.first, &s.last} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return s
}

// Empty reports whether there is nothing to make documents of.
func (s *Source) Empty() bool { return len(s.paragraphs) == 0 || len(s.first) == 0 }

// Document is the n-th document of a seed, from 0: always the same, whatever was
// made before.
func (s *Source) Document(seed, n uint64) Document {
	r := rand.New(rand.NewPCG(seed, n))
	names := &names{source: s, zipf: rand.NewZipf(r, Exponent, zipfShift, maxRank), new: map[string]string{}}
	var parts []string
	for range s.lengths[r.IntN(len(s.lengths))] {
		parts = append(parts, names.exchange(s.paragraphs[r.IntN(len(s.paragraphs))]))
	}
	title, _, _ := strings.Cut(names.exchange(s.paragraphs[r.IntN(len(s.paragraphs))]), ". ")
	if words := strings.Fields(title); len(words) > 9 {
		title = strings.Join(words[:9], " ")
	}
	day := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(5000))
	return Document{ID: fmt.Sprintf("made/%d/%09d", seed, n), Title: title, Text: strings.Join(parts, "\n\n"),
		Date: day.Format(time.DateOnly), Outlet: fmt.Sprintf("Outlet %d", rand.NewZipf(r, Exponent, 1, outlets-1).Uint64()+1)}
}

// names exchanges the names of one document, each for the same one wherever it
// stands.
type names struct {
	source *Source
	zipf   *rand.Zipf
	new    map[string]string // by old name, and by its last word alone
}

func (n *names) exchange(paragraph string) string {
	return nameOrWord.ReplaceAllStringFunc(paragraph, func(old string) string {
		if !name.MatchString(old) {
			if last := n.new[old]; last != "" {
				return last
			}
			return old
		}
		if n.new[old] == "" {
			full := n.source.name(n.zipf.Uint64())
			n.new[old] = full
			n.new[lastWord(old)] = lastWord(full)
		}
		return n.new[old]
	})
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// name is the name of a rank: one word that begins names, one that ends names, and
// where these are used up initials between them.
func (s *Source) name(rank uint64) string {
	f, rank := rank%uint64(len(s.first)), rank/uint64(len(s.first))
	// Neighbours in rank don't share a last word.
	l, rank := (rank+f*7919)%uint64(len(s.last)), rank/uint64(len(s.last))
	middle := " "
	for ; rank > 0; rank /= 26 {
		middle += string(rune('A'+rank%26)) + ". "
	}
	return s.first[f] + middle + s.last[l]
}
