package reader

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hearsay/ingest/news"
)

const article = "Ferry sinks off Varo\n\nOfficials in the port city said on Tuesday that the ferry had been overloaded.\n"

const page = `<!doctype html><html lang="en"><head><title>Ferry sinks off Varo | The Varo Courier</title>
<meta charset="windows-1252"><meta property="og:site_name" content="The Varo Courier"><meta property="og:title" content="Ferry sinks off Varo">
<meta property="article:published_time" content="2021-03-04T08:00:00Z"><link rel="canonical" href="https://courier.example/2021/ferry-sinks"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Ferry sinks off Varo</h1>
<figure><img src="a.jpg"><figcaption>The ferry before it sank, in a picture from 2014</figcaption></figure>
<p>Officials in the port city said on Tuesday that the ferry had been overloaded when it left the harbour, and that nobody had counted the passengers.</p>
<h2>A troubled ship</h2>
<p>The owner ` + "\x96" + ` a company in Varo City ` + "\x96" + ` denied that and said it had followed every rule that there was on the day of the crossing.</p></article>
<aside><h3>Latest News</h3><ul><li><a href="/x">Minister resigns over the harbour affair</a></li></ul></aside><footer>All rights reserved</footer></body></html>`

// write puts files into a new folder and gives its path.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// read lists identities, and the inputs of errors with a word of their reason.
func read(t *testing.T, r *Reader, paths ...string) (docs []*news.Document, skippedInputs []string) {
	t.Helper()
	for d, err := range r.Documents(context.Background(), paths) {
		var s *Skipped
		switch {
		case err == nil:
			docs = append(docs, d)
		case errors.As(err, &s):
			skippedInputs = append(skippedInputs, filepath.Base(s.Input)+": "+s.Err.Error())
		default:
			t.Fatal(err)
		}
	}
	return docs, skippedInputs
}

func ids(docs []*news.Document) []string {
	var list []string
	for _, d := range docs {
		list = append(list, d.ID)
	}
	return list
}

func TestOrderAndIdentity(t *testing.T) {
	dir := write(t, map[string]string{
		"b.txt": article, "a.md": "# Ferry sinks\n\n" + article, "sub/c.txt": article + "More.", ".hidden.txt": article,
		"d.jsonl": `{"id":"one","title":"Ferry sinks","text":"The owner said the ferry was safe."}` + "\n\n" +
			`{"url":"https://courier.example/two","text":"The owner said the ferry was old."}` + "\n" +
			`{"text":"The owner said nothing about the ferry."}` + "\n",
		"p.html": page,
	})
	tests := []struct {
		name  string
		paths []string
		want  []string
	}{
		{"folder", []string{dir}, []string{"a.md", "b.txt", "one", "https://courier.example/two", "d.jsonl:4", "https://courier.example/2021/ferry-sinks", "sub/c.txt"}},
		{"file", []string{filepath.Join(dir, "sub", "c.txt")}, []string{"c.txt"}},
		{"arguments keep their order", []string{filepath.Join(dir, "sub", "c.txt"), filepath.Join(dir, "b.txt")}, []string{"c.txt", "b.txt"}},
		{"glob", []string{filepath.Join(dir, "**", "*.txt")}, []string{"b.txt", "sub/c.txt"}},
		{"standard input", []string{"-"}, []string{"stdin"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			docs, bad := read(t, &Reader{Stdin: strings.NewReader(article)}, tt.paths...)
			if tt.name == "glob" {
				for _, b := range bad {
					t.Error(b)
				}
			}
			if diff := cmp.Diff(tt.want, ids(docs)); diff != "" {
				t.Error(diff, bad)
			}
		})
	}
}

func TestSkipped(t *testing.T) {
	french := "Les autorités du port ont déclaré mardi que le navire était surchargé lorsqu'il a quitté le quai, et que personne n'avait compté les passagers qui se trouvaient à bord ce matin."
	dir := write(t, map[string]string{
		"binary.txt": "PK\x03\x04\x00\x00\x00", "zero.txt": "Ferry\x00sinks", "empty.txt": " \n\n", "title.txt": "Latest News\n",
		"kana.txt": strings.Repeat("\x83\x65\x83\x58\x83\x67", 40), "french.txt": french, "long.txt": strings.Repeat("x", 2000),
		"broken.jsonl": "{\"text\": \"The owner said the ferry was safe.\"}\n{\"text\": \"oops}\n{\"title\": \"no text\"}\n" + strings.Repeat("y", 5000) + "\n{\"text\": \"The owner said the ferry was old.\"}\n",
		"picture.png":  "\x89PNG\r\n\x1a\n", "list.html": "<html><body><nav><a href=/>Home</a></nav></body></html>",
		"x/same.txt": article, "y/same.txt": article + "Two.",
	})
	in := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	tests := []struct {
		name  string
		paths []string
		docs  int
		want  []string // beginnings of what is said
	}{
		{"missing file", []string{in("nothing.txt")}, 0, []string{"nothing.txt: no such file or folder"}},
		{"pattern without a match", []string{in("*.nothing")}, 0, []string{"*.nothing: no such file or folder, and nothing matches"}},
		{"binary data", []string{in("binary.txt"), in("zero.txt")}, 0, []string{"binary.txt: is binary data (application/zip)", "zero.txt: is binary data (a zero byte at byte 5)"}},
		{"nothing to read", []string{in("empty.txt"), in("title.txt")}, 0, []string{"empty.txt: has no text to read", "title.txt: has no text to read"}},
		{"unreadable encoding", []string{in("kana.txt")}, 0, []string{"kana.txt: has an encoding that can't be read (byte 0x83 at byte 0)"}},
		{"another language", []string{in("french.txt")}, 0, []string{`french.txt: seems to be written in the language "fr"`}},
		{"too long", []string{in("long.txt")}, 0, []string{"long.txt: is larger than the 1000 bytes"}},
		{"broken lines are skipped by themselves", []string{in("broken.jsonl")}, 2, []string{"broken.jsonl:2: is broken JSON", `broken.jsonl:3: has no "text"`, "broken.jsonl:4: line is longer than the 1000 bytes"}},
		{"a page without article", []string{in("list.html")}, 0, []string{"list.html: has no text to read"}},
		{"a file of another kind in a folder", []string{in("picture.png")}, 0, []string{"picture.png: is binary data (image/png)"}},
		{"two files of one name", []string{in("x/same.txt"), in("y/same.txt")}, 1, []string{"same.txt: would replace " + in("x/same.txt")}},
		{"the same file twice", []string{in("x/same.txt"), in("x/same.txt")}, 2, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			docs, bad := read(t, &Reader{MaxDocument: 1000}, tt.paths...)
			if len(docs) != tt.docs || len(bad) != len(tt.want) {
				t.Fatalf("%d documents, skipped %q", len(docs), bad)
			}
			for i, b := range bad {
				if !strings.HasPrefix(b, tt.want[i]) {
					t.Errorf("got %q, want %q", b, tt.want[i])
				}
			}
		})
	}
	if docs, _ := read(t, &Reader{AnyLanguage: true}, in("french.txt")); len(docs) != 1 || docs[0].Language != "fr" {
		t.Error("a document in French is not read though any language is wanted")
	}
}

func TestFiftyMegabyteLine(t *testing.T) {
	line := strings.Repeat("word ", 10<<20)
	for _, format := range []Format{Text, JSONL, HTML, Markdown} {
		docs, bad := read(t, &Reader{Stdin: strings.NewReader(line), Format: format}, "-")
		if len(docs) != 0 || len(bad) != 1 || !strings.Contains(bad[0], "than the 16777216 bytes") {
			t.Errorf("%s: %d documents, skipped %.200q", format, len(docs), bad)
		}
	}
}

func TestHTML(t *testing.T) {
	dir := write(t, map[string]string{"p.html": page})
	docs, bad := read(t, &Reader{}, dir)
	if len(docs) != 1 {
		t.Fatal(bad)
	}
	d := docs[0]
	want := "[H Ferry sinks off Varo]\n\nOfficials in the port city said on Tuesday that the ferry had been overloaded when it left the harbour, and that nobody had counted the passengers.\n\n" +
		"[H A troubled ship]\n\nThe owner – a company in Varo City – denied that and said it had followed every rule that there was on the day of the crossing."
	if diff := cmp.Diff(want, marked(d)); diff != "" {
		t.Error(diff)
	}
	got := []string{d.Title, d.Outlet, d.URL, d.Published.Format("2006-01-02")}
	if diff := cmp.Diff([]string{"Ferry sinks off Varo", "The Varo Courier", "https://courier.example/2021/ferry-sinks", "2021-03-04"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestHTMLPages(t *testing.T) {
	tests := []struct{ name, in, want, published, author string }{
		{"times and names in metadata", `<html><head><title>Hackers hit port</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Hackers hit port","datePublished":"2021-03-04T23:30:00-05:00","author":{"@type":"Person","name":"Jane Roe"}}</script></head>
<body><div class="content"><h1>Hackers hit port</h1><p>VARO CITY (Reuters) - Hackers stopped the cranes of the port on Thursday, the harbour master said.</p>
<p>The government of Tesk denied any part in it. Its embassy did not respond to a request for comment.</p></div></body></html>`,
			"[H Hackers hit port]\n\n[D VARO CITY (Reuters) - ]Hackers stopped the cranes of the port on Thursday, the harbour master said.\n\nThe government of Tesk denied any part in it. Its embassy did not respond to a request for comment.",
			"2021-03-05T04:30:00Z", "Jane Roe"},
		{"tables and bylines in the text", `<html><head><title>Tracking GlassHeron</title></head><body><main><h1>Tracking GlassHeron</h1><p>Posted on October 20, 2030 by Pinebarrow Labs</p>
<p>We assess with moderate confidence that it was written by Quiet Ledger, which we have followed since 2027.</p>
<table><tr><th>Hash</th><th>Name</th></tr><tr><td>d41d8cd9</td><td>a.exe</td></tr></table>
<p>Lanternfish believes that a state is behind it. We have seen nothing that would prove that.</p></main></body></html>`,
			"[H Tracking GlassHeron]\n\n[D Posted on October 20, 2030 by Pinebarrow Labs]\n\nWe assess with moderate confidence that it was written by Quiet Ledger, which we have followed since 2027.\n\n[B Hash Name]\n\n[B d41d8cd9 a.exe]\n\nLanternfish believes that a state is behind it. We have seen nothing that would prove that.",
			"2030-10-20T00:00:00Z", "Pinebarrow Labs"},
		{"a short page comes once", `<html><head><title>Two paragraphs</title></head><body><div><p>The owner denied it.</p><p>He said so twice.</p></div></body></html>`,
			"[H Two paragraphs]\n\nThe owner denied it.\n\nHe said so twice.", "0001-01-01T00:00:00Z", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := &news.Document{}
			if err := readHTML(d, []byte(tt.in)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{tt.want, tt.published, tt.author}, []string{marked(d), d.Published.Format(time.RFC3339), d.Author}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMarkdown(t *testing.T) {
	text := "---\ntitle: Ferry sinks\ndate: 2021-03-04\nsource: The Varo Courier\n---\n# Ferry sinks off Varo\n\nOfficials [said](https://courier.example) so.\n\n```\nx := said(y)\n```\n\n## A troubled ship\n\nThe owner denied that.\n"
	d := &news.Document{Text: text}
	markMarkdown(d)
	want := "[B ---\ntitle: Ferry sinks\ndate: 2021-03-04\nsource: The Varo Courier\n---\n]# [H Ferry sinks off Varo]\n\nOfficials [said](https://courier.example) so.\n\n[B ```]\n[B x := said(y)\n][B ```]\n\n## [H A troubled ship]\n\nThe owner denied that.\n"
	if diff := cmp.Diff(want, marked(d)); diff != "" {
		t.Error(diff)
	}
	if d.Title != "Ferry sinks" || d.Outlet != "The Varo Courier" || d.Published.IsZero() {
		t.Errorf("title %q, outlet %q, date %v", d.Title, d.Outlet, d.Published)
	}
}

func TestDecode(t *testing.T) {
	utf16 := "\xff\xfe" + strings.Join(strings.Split("Ferry sinks", ""), "\x00") + "\x00"
	for name, tt := range map[string]struct{ in, want string }{
		"UTF-8":                      {"Müller said “no”", "Müller said “no”"},
		"a byte order mark":          {"\xef\xbb\xbfFerry", "Ferry"},
		"UTF-16 with a mark":         {utf16, "Ferry sinks"},
		"UTF-16 without one":         {utf16[2:], "Ferry sinks"},
		"Windows-1252":               {"He said \x93no\x94 in the caf\xe9 by the old harbour", "He said “no” in the café by the old harbour"},
		"UTF-8 with a broken byte":   {"Müller said “no” in the café\xff", "Müller said “no” in the café\uFFFD"},
		"carriage returns are kept":  {"a\r\nb", "a\r\nb"},
		"two broken bytes stay two":  {"“no” – “yes”\xff\xfe.", "“no” – “yes”\uFFFD\uFFFD."},
		"a mark inside is left":      {"a\ufeffb", "a\ufeffb"},
		"escape characters are text": {"said \x1b[1mno\x1b[0m" + strings.Repeat(" and no", 40), "said \x1b[1mno\x1b[0m" + strings.Repeat(" and no", 40)},
	} {
		got, err := decode([]byte(tt.in))
		if err != nil || got != tt.want {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, tt.want)
		}
	}
}

func BenchmarkMarkText(b *testing.B) {
	text := "Ferry sinks off Varo\n\n" + strings.Repeat(sentence+"\n\n", 200) + "Latest News\nMinister resigns\n"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		markText(&news.Document{Text: text}, 0)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("He said \x93no\x94"))
	f.Add([]byte("\xff\xfeF\x00e\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, err := decode(raw)
		if err == nil && strings.ToValidUTF8(text, "") != text {
			t.Errorf("%q is not valid UTF-8", text)
		}
	})
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte("<html><body><p>Officials said so.</p></body></html>"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := &news.Document{}
		if err := readHTML(d, raw); err != nil {
			return
		}
		rest, ok := strings.CutPrefix(d.Text, d.Title)
		if !ok || d.Title != "" && rest != "" && !strings.HasPrefix(rest, "\n\n") {
			t.Errorf("%q doesn't begin with the title %q", d.Text, d.Title)
		}
	})
}
