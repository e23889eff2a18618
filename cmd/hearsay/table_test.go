package main

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"hearsay/graph"
)

func TestTable(t *testing.T) {
	rows := []graph.Row{
		{"source_name": "Kaspersky", "stance": "doubts", "sentence": "It was too early to tell who had done it."},
		{"source_name": "北朝鮮", "stance": "denies", "sentence": "\x1b[31mred\x1b[0m \u202eevil\nline"},
	}
	var b bytes.Buffer
	out := bufio.NewWriter(&b)
	if left := writeTable(out, rows, []string{"source_name", "stance", "sentence"}, 40); left != nil {
		t.Errorf("columns left out: %v", left)
	}
	out.Flush()
	want := "SOURCE     STANCE  SENTENCE\n" +
		"─────────  ──────  ─────────────────────\n" +
		"Kaspersky  doubts  It was too early to\n" +
		"                   tell who had done it.\n" +
		"北朝鮮     denies  \ufffd[31mred\ufffd[0m \ufffdevil\n" +
		"                   line\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// FuzzTable: whatever the cells and the width, no line is wider, and nothing
// that steers a terminal comes through.
func FuzzTable(f *testing.F) {
	f.Add("Kaspersky", "a long text of words", 30)
	f.Add("北\u200d朝", "\x1b]0;x\x07", 11)
	f.Fuzz(func(t *testing.T, a, c string, width int) {
		width = 12 + (width&0xff+256)&0xff
		var b bytes.Buffer
		out := bufio.NewWriter(&b)
		writeTable(out, []graph.Row{{"a": a, "b": c, "c": a + c}}, []string{"a", "b", "c"}, width)
		out.Flush()
		for _, line := range strings.Split(b.String(), "\n") {
			if w := runewidth.StringWidth(line); w > width {
				t.Errorf("%d columns wide, want at most %d: %q", w, width, line)
			}
			if strings.ContainsAny(line, "\x1b\x07\r\u202e") {
				t.Errorf("a control character in %q", line)
			}
		}
	})
}
