package web

import (
	"fmt"
	"strings"
	"testing"

	"hearsay/graph"
)

func TestLayDocument(t *testing.T) {
	doc := graph.Row{"text": "Title\n\nA said B, C said D.\n\nThe end."}
	claims := []graph.Row{
		{"claim": "<hs:claim/1>", "source_name": "A", "source_kind": "named", "stance": "asserts", "source_at": "<hs:doc/d#char=7,8>", "cue_at": "<hs:doc/d#char=9,13>", "content_at": []any{"<hs:doc/d#char=14,25>"}},
		{"claim": "<hs:claim/2>", "source_name": "C", "source_kind": "named", "stance": "denies", "source_at": "<hs:doc/d#char=17,18>", "cue_at": "<hs:doc/d#char=19,23>", "content_at": []any{"<hs:doc/d#char=24,25>"}},
		{"claim": "<hs:claim/3>", "source_kind": "author", "stance": "asserts", "content_at": []any{"<hs:doc/d#char=28,35>"}},
	}
	v := layDocument(doc, claims)
	var got []string
	for _, p := range v.Paragraphs {
		var line []string
		for _, x := range p.Pieces {
			line = append(line, fmt.Sprintf("%q:%s", x.Text, x.Class))
		}
		got = append(got, fmt.Sprintf("%s claims %d own %d", strings.Join(line, " "), len(p.Claims), len(p.Own)))
	}
	want := []string{
		`"Title": claims 0 own 0`,
		`"A":source " ": "said":cue " ": "B, ":content side-support "C":content side-support source " ":content side-support "said":content side-support cue " ":content side-support "D":content side-oppose ".": claims 2 own 0`,
		`"The end.": claims 0 own 1`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// FuzzLayDocument: whatever the text and wherever the spans, every character of
// every line that isn't empty is shown once and in order.
func FuzzLayDocument(f *testing.F) {
	f.Add("Title\n\nA said B.", 0, 5, 7, 400)
	f.Add("\u202e\x00\xff é\n\n\n", 3, 1, -1, 2)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		claim := graph.Row{"claim": "<hs:claim/1>", "source_kind": "named", "stance": "denies", "source_at": fmt.Sprintf("<hs:doc/d#char=%d,%d>", a, b),
			"cue_at": fmt.Sprintf("<hs:doc/d#char=%d,%d>", b, c), "content_at": []any{fmt.Sprintf("<hs:doc/d#char=%d,%d>", c, d), "nonsense", 7}}
		v := layDocument(graph.Row{"text": text}, []graph.Row{claim})
		var shown strings.Builder
		for _, p := range v.Paragraphs {
			for _, x := range p.Pieces {
				shown.WriteString(x.Text)
			}
		}
		var want strings.Builder
		for _, line := range strings.Split(string([]rune(clean(text))), "\n") {
			if strings.TrimSpace(line) != "" {
				want.WriteString(line)
			}
		}
		if shown.String() != want.String() {
			t.Errorf("shown %q, want %q", shown.String(), want.String())
		}
	})
}

func TestSearchWords(t *testing.T) {
	w := &wordIndex{postings: map[string][]int32{}, byLength: map[int][]string{}}
	for i, text := range []string{"Kaspersky", "Kaspersky Lab doubts North Korea", "Symantec", "Ünal's café"} {
		w.items = append(w.items, item{id: fmt.Sprint(i), name: text, kind: "entity"})
		w.add(int32(i), text)
	}
	for word := range w.postings {
		w.byLength[len([]rune(word))] = append(w.byLength[len([]rune(word))], word)
	}
	for _, c := range []struct{ query, want string }{
		{"kaspersky", "0 1"}, {"KASPERSKI", "0 1"}, {"kaspersky lab", "1"}, {"symantic", "2"}, {"unal", "3"}, {"cafe", "3"}, {"kasp", "0 1"},
		{"nothing", ""}, {"", ""}, {"xy", ""}, {"kaspersky symantec", "2 0 1"},
	} {
		var got []string
		for _, h := range w.find(c.query).Entities {
			got = append(got, h.ID)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("search %q finds %v, want %s", c.query, got, c.want)
		}
	}
}
