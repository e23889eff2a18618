// Package conllu reads and writes CoNLL-U, the format of Universal Dependencies
// treebanks. It keeps what the language stages and their evaluation use: words,
// contractions, paragraph borders and spaces; empty nodes and enhanced
// dependencies are skipped.
package conllu

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// Word is a syntactic word.
type Word struct {
	Form, Lemma, UPOS, XPOS, Feats string
	Head                           int // 1-based, 0 for the root
	Deprel, Misc                   string
	NoSpace                        bool // SpaceAfter=No
}

// Range is a contraction: a written word that is several syntactic words.
type Range struct {
	First, Last int // 0-based indices of its words, both included
	Form        string
	NoSpace     bool
}

// Sentence is a tree with its text.
type Sentence struct {
	ID, Text       string
	Doc            string // id of the document it belongs to
	NewDoc, NewPar bool   // first of its document, of its paragraph
	Words          []Word
	Ranges         []Range // in order
}

// ReadFile reads a CoNLL-U file.
func ReadFile(path string) ([]*Sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s, err := Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// Read reads all sentences. Errors name the line.
func Read(r io.Reader) ([]*Sentence, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<24)
	var all []*Sentence
	cur := &Sentence{}
	doc := ""
	line := 0
	finish := func() {
		if len(cur.Words) > 0 {
			cur.Doc = doc
			all = append(all, cur)
			cur = &Sentence{}
		}
	}
	for sc.Scan() {
		line++
		text := strings.TrimSuffix(sc.Text(), "\r")
		switch {
		case text == "":
			finish()
		case text[0] == '#':
			if id, ok := cur.comment(text); ok {
				doc = id
			}
		default:
			if err := cur.row(text); err != nil {
				return nil, fmt.Errorf("line %d: %w", line, err)
			}
		}
	}
	finish()
	return all, sc.Err()
}

// comment takes in a comment line and returns the id of a document that begins.
func (s *Sentence) comment(text string) (doc string, newDoc bool) {
	key, value, _ := strings.Cut(strings.TrimSpace(text[1:]), "=")
	value = strings.TrimSpace(value)
	switch strings.TrimSpace(key) {
	case "newdoc id", "newdoc":
		s.NewDoc, s.NewPar = true, true
		return value, true
	case "newpar id", "newpar":
		s.NewPar = true
	case "sent_id":
		s.ID = value
	case "text":
		s.Text = value
	}
	return "", false
}

func (s *Sentence) row(text string) error {
	f := strings.Split(text, "\t")
	if len(f) != 10 {
		return fmt.Errorf("%d columns, want 10 separated by tabs", len(f))
	}
	noSpace := hasMisc(f[9], "SpaceAfter=No")
	if strings.Contains(f[0], ".") {
		return nil
	}
	if first, last, ok := strings.Cut(f[0], "-"); ok {
		a, err1 := strconv.Atoi(first)
		b, err2 := strconv.Atoi(last)
		if err1 != nil || err2 != nil || a < 1 || b < a {
			return fmt.Errorf("range %q, want FIRST-LAST", f[0])
		}
		s.Ranges = append(s.Ranges, Range{a - 1, b - 1, f[1], noSpace})
		return nil
	}
	if id, err := strconv.Atoi(f[0]); err != nil || id != len(s.Words)+1 {
		return fmt.Errorf("word id %q, want %d", f[0], len(s.Words)+1)
	}
	head := 0
	if f[6] != "_" {
		h, err := strconv.Atoi(f[6])
		if err != nil || h < 0 {
			return fmt.Errorf("head %q, want a word id or 0", f[6])
		}
		head = h
	}
	s.Words = append(s.Words, Word{Form: f[1], Lemma: f[2], UPOS: f[3], XPOS: f[4],
		Feats: blank(f[5]), Head: head, Deprel: f[7], Misc: blank(f[9]), NoSpace: noSpace})
	return nil
}

// blank is a column's value, "" for the underscore that stands for none.
func blank(s string) string {
	if s == "_" {
		return ""
	}
	return s
}

func hasMisc(misc, item string) bool {
	for part := range strings.SplitSeq(misc, "|") {
		if part == item {
			return true
		}
	}
	return false
}

// RangeAt is the contraction that word i belongs to, nil for none.
func (s *Sentence) RangeAt(i int) *Range {
	for k := range s.Ranges {
		if r := &s.Ranges[k]; r.First <= i && i <= r.Last {
			return r
		}
	}
	return nil
}

// Write writes one sentence with its comments and the empty line after it.
func Write(w io.Writer, s *Sentence) error {
	var b strings.Builder
	if s.NewDoc {
		fmt.Fprintf(&b, "# newdoc id = %s\n", s.Doc)
	}
	if s.NewPar && !s.NewDoc {
		b.WriteString("# newpar\n")
	}
	fmt.Fprintf(&b, "# sent_id = %s\n# text = %s\n", s.ID, s.Text)
	k := 0
	for i := range s.Words {
		for ; k < len(s.Ranges) && s.Ranges[k].First == i; k++ {
			r := s.Ranges[k]
			misc := "_"
			if r.NoSpace {
				misc = "SpaceAfter=No"
			}
			fmt.Fprintf(&b, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", r.First+1, r.Last+1, r.Form, misc)
		}
		x := &s.Words[i]
		fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t_\t%s\n", i+1, column(x.Form), column(x.Lemma),
			column(x.UPOS), column(x.XPOS), column(x.Feats), x.Head, column(x.Deprel), column(x.Misc))
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

func column(s string) string {
	if s == "" {
		return "_"
	}
	return s
}
