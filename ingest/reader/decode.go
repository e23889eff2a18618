package reader

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

// decode turns a file's bytes into valid UTF-8 without a byte order mark.
// Nothing else is altered.
//
//	UTF-8                              -> as it is
//	UTF-8 with some broken characters  -> U+FFFD for each byte of these
//	UTF-16 with or without a mark      -> UTF-8
//	Windows-1252, ISO 8859-1           -> UTF-8
//	binary data, other encodings       -> error
func decode(raw []byte) (string, error) {
	if rest, ok := bytes.CutPrefix(raw, []byte("\xef\xbb\xbf")); ok {
		raw = rest
	} else if order, ok := utf16Order(raw); ok {
		text, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(raw)
		if err != nil {
			return "", fmt.Errorf("is not valid UTF-16: %w", err)
		}
		raw = text
	}
	if err := refuseBinary(raw); err != nil {
		return "", err
	}
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	sequences, broken, first := countUTF8(raw)
	if sequences > broken {
		return perByte(raw), nil
	}
	return decodeLegacy(raw, first)
}

// utf16Order recognises UTF-16 by its mark, or by the zero bytes of its Latin
// letters.
func utf16Order(raw []byte) (unicode.Endianness, bool) {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) {
		return unicode.LittleEndian, true
	}
	if bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return unicode.BigEndian, true
	}
	head := raw[:min(len(raw)&^1, 1024)]
	var even, odd int
	for i := 0; i+1 < len(head); i += 2 {
		if head[i] == 0 && head[i+1] != 0 {
			even++
		}
		if head[i+1] == 0 && head[i] != 0 {
			odd++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs < 8:
		return unicode.LittleEndian, false
	case odd*10 > pairs*7 && even == 0:
		return unicode.LittleEndian, true
	case even*10 > pairs*7 && odd == 0:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// refuseBinary names what isn't text: known file types, zero bytes, more than
// one control character in a hundred.
func refuseBinary(raw []byte) error {
	const accepted = "text, Markdown, HTML, JSONL, feeds, mail, PDF, Word, WARC and archives of these are read"
	kind, _, _ := strings.Cut(http.DetectContentType(raw), ";")
	if !strings.HasPrefix(kind, "text/") && kind != "application/octet-stream" && kind != "application/json" {
		return fmt.Errorf("is binary data (%s): %s", kind, accepted)
	}
	control := 0
	for i, c := range raw {
		if c == 0 {
			return fmt.Errorf("is binary data (a zero byte at byte %d): %s", i, accepted)
		}
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' {
			control++
		}
	}
	if control*100 > len(raw) {
		return fmt.Errorf("is binary data (%d control characters): %s", control, accepted)
	}
	return nil
}

// countUTF8 counts characters of several bytes, bytes that belong to none, and
// gives the place of the first of these.
func countUTF8(raw []byte) (sequences, broken, first int) {
	first = -1
	for i := 0; i < len(raw); {
		c, n := utf8.DecodeRune(raw[i:])
		switch {
		case c == utf8.RuneError && n <= 1:
			if broken++; first < 0 {
				first = i
			}
		case n > 1:
			sequences++
		}
		i += n
	}
	return sequences, broken, first
}

// perByte puts a replacement character of its own for each broken byte, so that
// their number can still be told.
func perByte(raw []byte) string {
	var b strings.Builder
	for i := 0; i < len(raw); {
		c, n := utf8.DecodeRune(raw[i:])
		if c == utf8.RuneError && n <= 1 {
			b.WriteString("\uFFFD")
		} else {
			b.Write(raw[i : i+n])
		}
		i += n
	}
	return b.String()
}

// decodeLegacy reads Windows-1252, of which ISO 8859-1 is a part. English in it
// has few bytes above 127; more mean that it is something else.
func decodeLegacy(raw []byte, first int) (string, error) {
	high := 0
	for _, c := range raw {
		if c >= utf8.RuneSelf {
			high++
		}
	}
	unreadable := fmt.Errorf("has an encoding that can't be read (byte %#x at byte %d): UTF-8, UTF-16 and Windows-1252 are read; iconv converts others", raw[first], first)
	if high*10 > len(raw) {
		return "", unreadable
	}
	e, _ := charset.Lookup("windows-1252")
	text, err := e.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", errors.Join(unreadable, err)
	}
	for _, c := range string(text) {
		if c >= 0x80 && c < 0xA0 {
			return "", unreadable
		}
	}
	return string(text), nil
}
