package main

import (
	"bytes"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"
)

// writeWords lists the words that are mostly written small: a name that is one of
// them needs more evidence than its letters.
func writeWords(data, path string) error {
	var files []string
	for _, pattern := range []string{"parse/*train.conllu", "parse/*train/*.conllu", "text/*.csv", "text/annoctr/*"} {
		found, err := filepath.Glob(filepath.Join(data, pattern))
		if err != nil {
			return err
		}
		files = append(files, found...)
	}
	small, all := map[string]int{}, map[string]int{}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		text := string(raw)
		if strings.HasSuffix(f, ".conllu") {
			text = forms(text)
		}
		for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
			low := strings.ToLower(w)
			all[low]++
			if w == low {
				small[low]++
			}
		}
	}
	var words []string
	for w, n := range small {
		if n >= 3 && 4*n >= all[w] && len(w) > 1 {
			words = append(words, w)
		}
	}
	sort.Strings(words)
	var b bytes.Buffer
	for _, w := range words {
		b.WriteString(w + "\n")
	}
	return writeGzip(path, b.Bytes())
}

// forms is the second column of CoNLL-U.
func forms(text string) string {
	var b strings.Builder
	for _, line := range strings.Split(text, "\n") {
		if cols := strings.SplitN(line, "\t", 3); len(cols) == 3 {
			b.WriteString(cols[1] + " ")
		}
	}
	return b.String()
}
