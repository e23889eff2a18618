package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hearsay/ingest/news"
)

// piece is a run of letters or a run of digits inside a token. Names are compared
// piece by piece, so that "APT28", "APT-28" and "APT 28" are one name.
type piece struct {
	news.Span
	hash  uint64 // of the folded text
	token int32
	glued bool // nothing but space, hyphen, comma, full stop or apostrophe lies between it and the piece before
	open  bool // first of its token
	shut  bool // last of its token
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// extend hashes a sequence of pieces: the hash of "a b" is extend(extend(0, a), b).
func extend(sequence, piece uint64) uint64 {
	h := (sequence ^ piece) * fnvPrime
	return h ^ h>>29
}

// hashFolded hashes s in lower case without accents and invisible marks.
func hashFolded(s string) uint64 {
	h := uint64(fnvOffset)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return hashASCII(foldUnicode(s))
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint64(c)) * fnvPrime
	}
	return h
}

func hashASCII(s string) uint64 {
	h := uint64(fnvOffset)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// Fold is a name as it is compared: lower case, without accents, soft hyphens and
// marks of direction, runs of space as one.
func Fold(s string) string {
	return strings.Join(strings.Fields(foldUnicode(s)), " ")
}

func foldUnicode(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
			continue
		}
		r = unicode.ToLower(r)
		if plain, ok := plainLetters[r]; ok {
			b.WriteString(plain)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// plainLetters are written without their strokes where a text has no accents:
// Kaczyński is also Kaczynski, Jarosław Jaroslaw.
var plainLetters = map[rune]string{'ł': "l", 'ø': "o", 'đ': "d", 'ħ': "h", 'ı': "i", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ð': "d", 'þ': "th"}

// class is what a piece may consist of.
type class uint8

const (
	border class = iota
	letter
	digit
	mark // part of whatever it stands in: combining and invisible marks
)

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			return letter
		case r >= '0' && r <= '9':
			return digit
		case r == '$', r == '&', r == '+':
			return letter
		}
		return border
	case unicode.IsLetter(r):
		return letter
	case unicode.IsDigit(r):
		return digit
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		return mark
	}
	return border
}

// cut appends the pieces of s, which starts at offset at of the text.
func cut(out []piece, s string, at int, token int32) []piece {
	first := len(out)
	start, is := 0, border
	flush := func(end int) {
		if is != border {
			out = append(out, piece{
				Span: news.Span{Start: at + start, End: at + end}, hash: hashFolded(s[start:end]),
				token: token, glued: true,
			})
		}
	}
	for i, r := range s {
		c := classOf(r)
		if c == mark || c == is {
			continue
		}
		flush(i)
		start, is = i, c
	}
	flush(len(s))
	if len(out) > first {
		out[first].open = true
		out[len(out)-1].shut = true
	}
	return out
}

// hashName is the hash of a whole name, and whether it has any pieces.
func hashName(s string) (hashes []uint64) {
	h := uint64(0)
	for _, p := range cut(nil, s, 0, 0) {
		h = extend(h, p.hash)
		hashes = append(hashes, h)
	}
	return hashes
}

// soft reports whether a gap may lie inside a name.
func soft(gap string) bool {
	for _, r := range gap {
		switch r {
		case ' ', '-', '.', ',', '\'', '’', '\u00a0', '‐', '‑', '_', '/':
		default:
			if classOf(r) != mark {
				return false
			}
		}
	}
	return len(gap) <= 3
}

// pieces cuts every token of the document.
func pieces(d *news.Document) []piece {
	out := make([]piece, 0, len(d.Tokens)+len(d.Tokens)/8)
	for s := range d.Sentences {
		sent := &d.Sentences[s]
		first := len(out)
		for i := sent.First; i < sent.End; i++ {
			at := len(out)
			t := &d.Tokens[i]
			out = cut(out, d.Text[t.Start:t.End], t.Start, int32(i))
			for k := max(at, first+1); k < len(out); k++ {
				out[k].glued = soft(d.Text[out[k-1].End:out[k].Start])
			}
		}
		if first < len(out) {
			out[first].glued = false
		}
	}
	return out
}
