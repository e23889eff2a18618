package reader

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/ingest/news"
)

const letter = "From: Jane Roe <jane@courier.example>\r\nSubject: =?utf-8?q?Ferry_sinks_off_Var=C3=B6?=\r\nDate: Tue, 4 Mar 2031 08:00:00 +0100\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
	"The owner of the caf=E9 said on Tuesday that he had seen it.\r\n\r\n> What did the owner say?\r\n\r\n-- \r\nJane Roe\r\nThe Courier\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--x--\r\n"

const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>The Varo Courier</title>
<item><title>Ferry sinks</title><link>https://courier.example/1</link><pubDate>Tue, 04 Mar 2031 08:00:00 GMT</pubDate><description>&lt;p&gt;The owner denied on Tuesday that it was full.&lt;/p&gt;</description></item>
<item><title>Empty</title><link>https://courier.example/2</link></item></channel></rss>`

const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>The Varo Courier</title><entry><title>Ferry sinks</title><id>urn:1</id><link href="https://courier.example/3"/><published>2031-03-04T08:00:00Z</published><author><name>Jane Roe</name></author><content type="html">The owner denied on Tuesday that it was full.</content></entry></feed>`

func warcRecord(kind, address, contentType, body string) string {
	http := "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\n\r\n" + body
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, address, len(http), http)
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.String()
}

func zipped(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// encryptedZip is an archive whose one member says that it is encrypted.
func encryptedZip(t *testing.T, name, content string) string {
	archive := []byte(zipped(t, name, content))
	for _, sign := range []struct {
		magic string
		flags int // offset of its flags
	}{{"PK\x03\x04", 6}, {"PK\x01\x02", 8}} {
		archive[bytes.Index(archive, []byte(sign.magic))+sign.flags] |= 1
	}
	return string(archive)
}

// encryptedPDF is a file that wants a password.
func encryptedPDF(lines ...string) string {
	key := "<" + strings.Repeat("42", 32) + ">"
	encrypt := "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O " + key + " /U " + key + " >>"
	return strings.Replace(pdfFile(lines...), "/Info 6 0 R", "/Info 6 0 R "+encrypt, 1)
}

// pdfFile is a file of one page with lines of text, one below the other.
func pdfFile(lines ...string) string {
	content := "BT /F1 12 Tf 14 TL 72 720 Td\n"
	for _, l := range lines {
		content += "(" + l + ") Tj T*\n"
	}
	content += "ET"
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126 /Widths [" + strings.Repeat("600 ", 95) + "] >>",
		"<< /Title (Ferry sinks) /Author (Jane Roe) >>",
	}
	file := "%PDF-1.4\n"
	var at []int
	for i, o := range objects {
		at = append(at, len(file))
		file += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := len(file)
	file += fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		file += fmt.Sprintf("%010d 00000 n \n", a)
	}
	return file + fmt.Sprintf("trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
}

func TestFormats(t *testing.T) {
	docx := zipped(t, "[Content_Types].xml", "<Types/>",
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Ferry sinks</dc:title><dc:creator>Jane Roe</dc:creator><dcterms:created>2031-03-04T08:00:00Z</dcterms:created></cp:coreProperties>`,
		"word/document.xml", `<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>A troubled ship</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">The owner </w:t></w:r><w:r><w:t>denied it.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>IOC</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>`)
	warc := warcRecord("request", "https://courier.example/4", "text/html", page) + warcRecord("response", "https://courier.example/4", "text/html; charset=windows-1252", page) +
		warcRecord("response", "https://courier.example/a.png", "image/png", "\x89PNG")
	tests := []struct {
		file, content string
		ids           []string
		want          string // the first document, marked
		facts         string // its title, author, outlet and date
		skipped       []string
	}{
		{"a.eml", letter, []string{"a.eml"},
			"[H Ferry sinks off Varö]\n\nThe owner of the café said on Tuesday that he had seen it.\n\n[B > What did the owner say?]\n\n[B --\nJane Roe\nThe Courier]",
			"Ferry sinks off Varö|Jane Roe||2031-03-04T07:00", nil},
		{"a.mbox", "From jane Tue Mar  4 08:00:00 2031\n" + letter + "\n\nFrom joe Tue Mar  4 08:00:00 2031\nSubject: Two\n\n>From what the owner said it was old.\n", []string{"a.mbox:1", "a.mbox:2"},
			"[H Ferry sinks off Varö]\n\nThe owner of the café said on Tuesday that he had seen it.\n\n[B > What did the owner say?]\n\n[B --\nJane Roe\nThe Courier]",
			"Ferry sinks off Varö|Jane Roe||2031-03-04T07:00", nil},
		{"a.rss", rss, []string{"https://courier.example/1"}, "[H Ferry sinks]\n\nThe owner denied on Tuesday that it was full.",
			"Ferry sinks||The Varo Courier|2031-03-04T08:00", []string{"a.rss:2: has no text to read"}},
		{"a.xml", atom, []string{"https://courier.example/3"}, "[H Ferry sinks]\n\nThe owner denied on Tuesday that it was full.", "Ferry sinks|Jane Roe|The Varo Courier|2031-03-04T08:00", nil},
		{"a.docx", docx, []string{"a.docx"}, "[H Ferry sinks]\n\n[H A troubled ship]\n\nThe owner denied it.\n\n[B IOC]", "Ferry sinks|Jane Roe||2031-03-04T08:00", nil},
		{"a.pdf", pdfFile("Ferry sinks", "", "The owner of the fer-", "ry denied it on Tuesday.", "", "Nobody was hurt."), []string{"a.pdf"},
			"[H Ferry sinks]\n\nThe owner of the ferry denied it on Tuesday.\n\nNobody was hurt.", "Ferry sinks|Jane Roe||0001-01-01T00:00", nil},
		{"a.warc", warc, []string{"https://courier.example/4"}, "", "Ferry sinks off Varo||The Varo Courier|2021-03-04T08:00", nil},
		{"b.warc.gz", gzipped(warc[:len(warc)/3*0+len(warcRecord("request", "https://courier.example/4", "text/html", page))]) + gzipped(warc[len(warcRecord("request", "https://courier.example/4", "text/html", page)):]),
			[]string{"https://courier.example/4"}, "", "Ferry sinks off Varo||The Varo Courier|2021-03-04T08:00", nil},
		{"a.txt.gz", gzipped(article), []string{"a.txt"}, "", "Ferry sinks off Varo|||0001-01-01T00:00", nil},
		{"a.zip", zipped(t, "x/one.txt", article, "x/.hidden.txt", article, "two.zip", zipped(t, "three.txt", article), "four.exe", "MZ", "../../five.txt", article),
			[]string{"a/x/one.txt", "a/two/three.txt", "a/five.txt"}, "", "Ferry sinks off Varo|||0001-01-01T00:00", []string{"four.exe: has an ending that is not one of"}},
		{"bad.pdf", "%PDF-1.4\nnothing", nil, "", "", []string{"bad.pdf: is a broken PDF file"}},
		{"scan.pdf", pdfFile(), nil, "", "", []string{"scan.pdf: has no text: it may be a scan"}},
		{"soft.pdf", pdfFile("Ferry sinks", "", "The owner of the fer\\255", "ry denied it on Tuesday."), []string{"soft.pdf"},
			"[H Ferry sinks]\n\nThe owner of the ferry denied it on Tuesday.", "Ferry sinks|Jane Roe||0001-01-01T00:00", nil},
		{"locked.pdf", encryptedPDF("Ferry sinks", "", "The owner denied it."), nil, "", "", []string{"locked.pdf: is an encrypted PDF file"}},
		{"locked.zip", encryptedZip(t, "a.txt", article), nil, "", "", []string{"a.txt: is encrypted"}},
		{"locked.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), nil, "", "", []string{"locked.docx: is an encrypted Word document"}},
		{"bad.zip", "PK\x03\x04nothing", nil, "", "", []string{"bad.zip: is not a valid zip archive"}},
		{"bad.docx", zipped(t, "a.txt", "x"), nil, "", "", []string{"bad.docx: is not a Word document (.docx): it has no word/document.xml"}},
		{"bad.gz", "\x1f\x8bnothing", nil, "", "", []string{"bad.gz: is not valid gzip"}},
		{"bad.rss", "<rss><channel>", nil, "", "", []string{"bad.rss: is not an RSS or Atom feed"}},
		{"bad.warc", "WARC/1.0\r\nContent-Length: x\r\n\r\n", nil, "", "", []string{"bad.warc:1: has a record with Content-Length"}},
		{"deep.zip", zipped(t, "1.zip", zipped(t, "2.zip", zipped(t, "3.zip", zipped(t, "4.zip", zipped(t, "5.txt", article))))), nil, "", "", []string{"5.txt: lies more than 4 archives deep"}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			dir := write(t, map[string]string{tt.file: tt.content})
			docs, bad := read(t, &Reader{}, filepath.Join(dir, tt.file))
			if diff := cmp.Diff(tt.ids, ids(docs)); diff != "" {
				t.Error(diff, bad)
			}
			if len(bad) != len(tt.skipped) {
				t.Fatalf("skipped %q, want %q", bad, tt.skipped)
			}
			for i, b := range bad {
				if !strings.HasPrefix(b, tt.skipped[i]) {
					t.Errorf("skipped %q, want %q", b, tt.skipped[i])
				}
			}
			if len(docs) == 0 {
				return
			}
			d := docs[0]
			if got := strings.TrimSpace(marked(d)); tt.want != "" && got != tt.want {
				t.Error(cmp.Diff(tt.want, got))
			}
			facts := strings.Join([]string{d.Title, d.Author, d.Outlet, d.Published.Format("2006-01-02T15:04")}, "|")
			if facts != tt.facts {
				t.Errorf("got %q, want %q", facts, tt.facts)
			}
			// The same from standard input, where the first bytes decide.
			again, bad := read(t, &Reader{Stdin: strings.NewReader(tt.content)}, "-")
			if len(again) != len(docs) || again[0].Text != d.Text {
				t.Errorf("standard input gives %d documents, the file %d: %q", len(again), len(docs), bad)
			}
		})
	}
}

func TestGrowth(t *testing.T) {
	bomb := gzipped(strings.Repeat(strings.Repeat(" ", 1<<20)+"\n", 100))
	dir := write(t, map[string]string{"bomb.jsonl.gz": bomb})
	_, bad := read(t, &Reader{}, dir)
	if len(bad) != 1 || !strings.Contains(bad[0], "grows more than 200 times in unpacking") {
		t.Errorf("skipped %q", bad)
	}
}

func FuzzFormats(f *testing.F) {
	f.Add([]byte(letter))
	f.Add([]byte(rss))
	f.Add([]byte(pdfFile("Ferry sinks", "", "The owner denied it.")))
	f.Add([]byte(warcRecord("response", "https://courier.example/4", "text/plain", article)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r := &Reader{Stdin: bytes.NewReader(raw), MaxDocument: 1 << 16}
		for d, err := range r.Documents(t.Context(), []string{"-"}) {
			if err == nil {
				checkRegions(t, d)
			}
		}
	})
}

// checkRegions wants regions in order, within the text.
func checkRegions(t *testing.T, d *news.Document) {
	t.Helper()
	at := 0
	for _, r := range d.Regions {
		if r.Start < at || r.Empty() || r.End > len(d.Text) {
			t.Fatalf("region %v after byte %d of %d", r, at, len(d.Text))
		}
		at = r.End
	}
	if strings.ToValidUTF8(d.Text, "") != d.Text {
		t.Fatal("the text is not valid UTF-8")
	}
}
