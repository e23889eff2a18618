package syntax

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"hearsay/ingest/news"
	"hearsay/ingest/syntax/conllu"
)

// Silver sentences, parsed by the teachers: their lengths in tokens, and how
// often a word must stand in them to be in the trained table.
const (
	silverShortest = 5
	silverLongest  = 50
	silverCount    = 10
)

// silver parses the plain texts by the teacher's model and keeps the sentences
// that look like sentences, each once.
func (m *Model) silver(texts []string) []*conllu.Sentence {
	seen := map[string]bool{}
	var out []*conllu.Sentence
	for i, text := range texts {
		d := &news.Document{ID: fmt.Sprint("silver-", i), Text: text}
		m.Annotate(d)
		for _, s := range CoNLLU(d) {
			if !seen[s.Text] && wellFormed(s) {
				seen[s.Text] = true
				out = append(out, s)
			}
		}
	}
	return out
}

// agreed is the plain texts as all teachers parse them: what one says otherwise
// than the first is left open. None without teachers.
func agreed(teachers []*Model, texts []string) []*conllu.Sentence {
	if len(teachers) == 0 {
		return nil
	}
	out := teachers[0].silver(texts)
	for _, other := range teachers[1:] {
		found := make([]*conllu.Sentence, len(out))
		for k, s := range out {
			found[k] = &conllu.Sentence{Words: slices.Clone(s.Words)}
		}
		other.Predict(found)
		for k, s := range out {
			for i := range s.Words {
				leaveOpen(&s.Words[i], &found[k].Words[i])
			}
		}
	}
	return out
}

// Values that give no loss in training.
const (
	openLabel = "?"
	openHead  = -1
)

// leaveOpen opens what other says otherwise; a relation to an open head is open.
func leaveOpen(w, other *conllu.Word) {
	for _, f := range []struct {
		label *string
		other string
	}{{&w.UPOS, other.UPOS}, {&w.XPOS, other.XPOS}, {&w.Feats, other.Feats}, {&w.Deprel, other.Deprel}} {
		if *f.label != f.other {
			*f.label = openLabel
		}
	}
	if w.Head != other.Head {
		w.Head, w.Deprel = openHead, openLabel
	}
}

// wellFormed reports whether a sentence begins with a capital, ends with a full
// stop, has a finite verb and is made of words.
func wellFormed(s *conllu.Sentence) bool {
	n := len(s.Words)
	if n < silverShortest || n > silverLongest {
		return false
	}
	if r := s.Words[0].Form[0]; r >= 'a' && r <= 'z' || !strings.ContainsAny(s.Words[n-1].Form, ".!?\"”") {
		return false
	}
	finite, words := false, 0
	for i := range s.Words {
		w := &s.Words[i]
		finite = finite || strings.Contains(w.Feats, "VerbForm=Fin")
		if letter(w.Form[0]) {
			words++
		}
	}
	return finite && 10*words >= 7*n
}

// plainTexts reads the texts under dir in order of their paths: .txt as they are,
// the column "text" of .csv, the list items of .md without their links. No
// folder is no text.
func plainTexts(dir string) (texts []string, err error) {
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text := strings.ToValidUTF8(string(data), "\uFFFD")
		switch filepath.Ext(path) {
		case ".txt":
			texts = append(texts, text)
		case ".csv":
			column, err := csvTexts(text)
			if err != nil {
				return fmt.Errorf("read %s: %w", path, err)
			}
			texts = append(texts, column...)
		case ".md":
			texts = append(texts, markdownText(text))
		}
		return nil
	})
	if os.IsNotExist(err) {
		return nil, nil
	}
	return texts, err
}

func csvTexts(data string) (texts []string, err error) {
	rows, err := csv.NewReader(strings.NewReader(data)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	k := slices.Index(rows[0], "text")
	if k < 0 {
		return nil, fmt.Errorf(`no column "text" in its first line`)
	}
	for _, r := range rows[1:] {
		texts = append(texts, r[k])
	}
	return texts, nil
}

var (
	markdownSource = regexp.MustCompile(`\[\([^\]]*\)\]\([^ ]*\)`)
	markdownLink   = regexp.MustCompile(`\[([^\]]*)\]\([^ ]*(?: "[^"]*")?\)`)
)

// markdownText is the list items of a page, a paragraph each.
func markdownText(data string) string {
	var b strings.Builder
	for line := range strings.Lines(data) {
		item, ok := strings.CutPrefix(strings.TrimSpace(line), "* ")
		if !ok {
			continue
		}
		item = markdownLink.ReplaceAllString(markdownSource.ReplaceAllString(item, ""), "$1")
		b.WriteString(strings.TrimSpace(strings.NewReplacer("*", "", "&nbsp;", " ").Replace(item)))
		b.WriteString("\n\n")
	}
	return b.String()
}
