package graph

import (
	"bufio"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
)

// Quad is subject, predicate, object and label.
type Quad = quad.Quad

// WriteNQuads writes quads as W3C N-Quads, one a line, in the order given.
// Native literals get their full datatype IRI and canonical form.
func WriteNQuads(w io.Writer, quads []quad.Quad) error {
	b := bufio.NewWriterSize(w, 64<<10)
	var line []byte
	for _, q := range quads {
		line = AppendNQuad(line[:0], q)
		if _, err := b.Write(line); err != nil {
			return fmt.Errorf("write n-quads: %w", err)
		}
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write n-quads: %w", err)
	}
	return nil
}

// AppendNQuad appends a quad as one line of N-Quads, with its newline.
func AppendNQuad(dst []byte, q quad.Quad) []byte {
	dst = append(appendTerm(dst, q.Subject), ' ')
	dst = append(appendTerm(dst, q.Predicate), ' ')
	dst = append(appendTerm(dst, q.Object), ' ')
	if q.Label != nil {
		dst = append(appendTerm(dst, q.Label), ' ')
	}
	return append(dst, '.', '\n')
}

func appendTerm(dst []byte, v quad.Value) []byte {
	switch v := v.(type) {
	case quad.IRI:
		return append(append(append(dst, '<'), v...), '>')
	case quad.BNode:
		return append(append(dst, "_:"...), v...)
	case quad.String:
		return appendLiteral(dst, string(v))
	case quad.LangString:
		dst = appendLiteral(dst, string(v.Value))
		return append(append(dst, '@'), v.Lang...)
	case quad.TypedString:
		return appendTyped(dst, string(v.Value), string(v.Type))
	case quad.Int:
		return appendTyped(dst, strconv.FormatInt(int64(v), 10), NSXSD+"integer")
	case quad.Float:
		return appendTyped(dst, formatDouble(float64(v)), NSXSD+"double")
	case quad.Bool:
		return appendTyped(dst, strconv.FormatBool(bool(v)), NSXSD+"boolean")
	case quad.Time:
		return appendTyped(dst, formatTime(time.Time(v)), NSXSD+"dateTime")
	case nil:
		return appendLiteral(dst, "")
	}
	return appendLiteral(dst, v.String())
}

func appendTyped(dst []byte, s, datatype string) []byte {
	dst = append(appendLiteral(dst, s), "^^<"...)
	return append(append(dst, datatype...), '>')
}

// appendLiteral quotes s as canonical N-Quads do.
func appendLiteral(dst []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c != 0x7f {
			continue
		}
		dst = append(dst, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\b':
			dst = append(dst, '\\', 'b')
		case '\t':
			dst = append(dst, '\\', 't')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\f':
			dst = append(dst, '\\', 'f')
		case '\r':
			dst = append(dst, '\\', 'r')
		default:
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
	}
	return append(append(dst, s[from:]...), '"')
}

// formatDouble is the canonical xsd:double: 3.0E5.
func formatDouble(f float64) string {
	s := strconv.FormatFloat(f, 'E', -1, 64)
	mantissa, exp, ok := strings.Cut(s, "E")
	if !ok { // NaN, +Inf, -Inf
		return strings.TrimPrefix(strings.Replace(s, "Inf", "INF", 1), "+")
	}
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	sign := ""
	if exp[0] == '-' {
		sign = "-"
	}
	if exp = strings.TrimLeft(exp, "+-0"); exp == "" {
		return mantissa + "E0"
	}
	return mantissa + "E" + sign + exp
}

func formatTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// sortQuads sorts by the bytes of their N-Quads lines and drops duplicates.
func sortQuads(quads []quad.Quad) []quad.Quad {
	type line struct {
		text string
		q    quad.Quad
	}
	lines := make([]line, len(quads))
	var buf []byte
	for i, q := range quads {
		buf = AppendNQuad(buf[:0], q)
		lines[i] = line{string(buf), q}
	}
	sort.Slice(lines, func(i, j int) bool { return lines[i].text < lines[j].text })
	out := quads[:0]
	for i, l := range lines {
		if i == 0 || l.text != lines[i-1].text {
			out = append(out, l.q)
		}
	}
	return out
}
