package reader

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// input is one file to read, or standard input.
type input struct {
	path string // "-" for standard input
	id   string // identity of a document that brings none of its own
	err  error  // why it can't be read
}

// File is a file that a path names.
type File struct {
	Path string
	ID   string // identity of a document that brings none of its own
	Err  error  // why it can't be read, nil where it can
}

// Files are the files that a path names, in the order in which they are read.
func Files(path string) []File {
	var list []File
	for _, in := range expandOne(path) {
		list = append(list, File{in.path, in.id, in.err})
	}
	return list
}

var endings = map[string]Format{
	".txt": Text, ".text": Text,
	".md": Markdown, ".markdown": Markdown,
	".html": HTML, ".htm": HTML, ".xhtml": HTML,
	".jsonl": JSONL, ".ndjson": JSONL,
	".rss": Feed, ".atom": Feed, ".xml": Feed,
	".eml": Mail, ".mbox": Mbox,
	".pdf": PDF, ".docx": DOCX, ".warc": WARC,
	".zip": Zip, ".gz": Gzip,
}

func byEnding(path string) Format { return endings[strings.ToLower(filepath.Ext(path))] }

// byContent tells formats apart by a file's first bytes; plain text has none.
func byContent(head []byte) Format {
	h := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"))
	begins := func(s string) bool { return bytes.HasPrefix(h, []byte(s)) }
	holds := func(s string) bool { return bytes.Contains(h, []byte(s)) }
	switch {
	case begins("{\""):
		return JSONL
	case begins("%pdf-"):
		return PDF
	case begins("pk\x03\x04") && holds("word/"), begins("pk\x03\x04") && holds("[content_types].xml"):
		return DOCX
	case begins("pk\x03\x04"):
		return Zip
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return Gzip
	case begins("warc/1."):
		return WARC
	case begins("from ") && mboxStart.Match(head):
		return Mbox
	case mailStart.Match(head):
		return Mail
	case begins("<rss"), begins("<feed"), begins("<rdf:rdf"), begins("<?xml") && (holds("<rss") || holds("<feed") || holds("<rdf:rdf")):
		return Feed
	case begins("<!doctype html"), begins("<html"), begins("<?xml") && holds("<html"), begins("<") && holds("<body"):
		return HTML
	}
	return Text
}

var (
	mboxStart = regexp.MustCompile(`^From \S+.* \d{4}\r?\n`)
	mailStart = regexp.MustCompile(`^(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|Date|Subject): .*\r?\n(?:[A-Za-z-]+:|[ \t])`)
)

// expand turns paths into files, in the order of the arguments and, below a
// folder or pattern, of their names.
func expand(paths []string) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, p := range paths {
			for _, in := range expandOne(p) {
				if !yield(in) {
					return
				}
			}
		}
	}
}

func expandOne(path string) []input {
	if path == "-" {
		return []input{{path: "-", id: "stdin"}}
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return below(path)
	case err == nil && !info.Mode().IsRegular() && info.Mode()&(fs.ModeNamedPipe|fs.ModeCharDevice) == 0:
		return []input{{path: path, err: errors.New("is neither a file nor a folder")}}
	case err == nil:
		return []input{{path: path, id: filepath.Base(path)}}
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, "*?[{"):
		return matching(path)
	}
	return []input{{path: path, err: withoutPath(err)}}
}

// below lists the files of a folder and its folders. Hidden ones are passed
// over; a file whose ending isn't known is an input that can't be read.
func below(root string) []input {
	var list []input
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		hidden := path != root && strings.HasPrefix(e.Name(), ".")
		switch {
		case err != nil:
			list = append(list, input{path: path, err: withoutPath(err)})
			if e != nil && e.IsDir() {
				return fs.SkipDir
			}
		case hidden && e.IsDir():
			return fs.SkipDir
		case hidden || e.IsDir():
		case !regular(path, e):
			list = append(list, input{path: path, err: errors.New("is not a file")})
		case CheckEnding(path) != nil:
			list = append(list, input{path: path, err: CheckEnding(path)})
		default:
			list = append(list, input{path: path, id: relative(root, path)})
		}
		return nil
	})
	if err != nil {
		list = append(list, input{path: root, err: err})
	}
	if len(list) == 0 {
		list = append(list, input{path: root, err: fmt.Errorf("holds no file with one of the endings %s", knownEndings())})
	}
	return list
}

// CheckEnding says why a file of a folder is not read that has an ending that
// tells nothing.
func CheckEnding(path string) error {
	if byEnding(path) == Auto {
		return fmt.Errorf("has an ending that is not one of %s; name the file itself to read it as what its first bytes say", knownEndings())
	}
	return nil
}

// regular follows symbolic links to files, but not to folders: these could go in
// circles.
func regular(path string, e fs.DirEntry) bool {
	if e.Type().IsRegular() {
		return true
	}
	if e.Type()&fs.ModeSymlink == 0 {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// matching lists the files that a glob pattern matches; ** crosses folders. Their
// identities are relative to the folder before the first wildcard.
func matching(pattern string) []input {
	matches, err := doublestar.FilepathGlob(pattern, doublestar.WithFilesOnly(), doublestar.WithNoHidden())
	if err != nil {
		return []input{{path: pattern, err: fmt.Errorf("is not a valid pattern: %w", err)}}
	}
	if len(matches) == 0 {
		return []input{{path: pattern, err: errors.New("no such file or folder, and nothing matches it as a pattern")}}
	}
	sort.Strings(matches)
	base, _ := doublestar.SplitPattern(filepath.ToSlash(pattern))
	list := make([]input, len(matches))
	for i, m := range matches {
		list[i] = input{path: m, id: relative(filepath.FromSlash(base), m)}
	}
	return list
}

func relative(root, path string) string {
	rel, err := filepath.Rel(root, path)
	if err != nil {
		return filepath.Base(path)
	}
	return filepath.ToSlash(rel)
}

func knownEndings() string {
	list := make([]string, 0, len(endings))
	for e := range endings {
		list = append(list, e)
	}
	sort.Strings(list)
	return strings.Join(list, " ")
}

// Size is the sum of the sizes in bytes of the files that the paths name, for
// showing progress; standard input and what can't be read count for nothing.
func Size(paths []string) int64 {
	var n int64
	for in := range expand(paths) {
		if in.err != nil || in.path == "-" {
			continue
		}
		if info, err := os.Stat(in.path); err == nil {
			n += info.Size()
		}
	}
	return n
}
