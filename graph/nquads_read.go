package graph

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// ParseNQuad reads one line of N-Quads by the W3C's grammar. An empty line or a
// comment gives ok false. The error says at which character of the line what was
// expected. Canonical xsd:integer, double, boolean and whole-second UTC dateTime
// literals become native; every other literal keeps its lexical form and type.
func ParseNQuad(line string) (q quad.Quad, ok bool, err error) {
	if !utf8.ValidString(line) {
		return q, false, errNotUTF8
	}
	p := nquadParser{line: line}
	p.space()
	if p.end() {
		return q, false, nil
	}
	terms := [...]struct {
		dir     quad.Direction
		literal bool
		name    string
	}{{quad.Subject, false, "a subject: <IRI> or _:node"}, {quad.Predicate, false, "a predicate: <IRI>"},
		{quad.Object, true, "an object: <IRI>, _:node or \"literal\""}, {quad.Label, false, "a label: <IRI> or _:node, or the final ."}}
	for _, t := range terms {
		p.space()
		if t.dir == quad.Label && p.peek() == '.' {
			break
		}
		v, err := p.term(t.dir, t.literal, t.name)
		if err != nil {
			return q, false, err
		}
		q.Set(t.dir, v)
	}
	p.space()
	if p.peek() != '.' {
		return q, false, p.expected("the final .")
	}
	p.pos++
	p.space()
	if !p.end() {
		return q, false, p.expected("the end of the line")
	}
	return q, true, nil
}

var errNotUTF8 = errors.New("not UTF-8")

type nquadParser struct {
	line string
	pos  int
}

func (p *nquadParser) space() {
	for p.pos < len(p.line) && (p.line[p.pos] == ' ' || p.line[p.pos] == '\t') {
		p.pos++
	}
}

func (p *nquadParser) end() bool { return p.pos == len(p.line) || p.line[p.pos] == '#' }

func (p *nquadParser) peek() byte {
	if p.pos < len(p.line) {
		return p.line[p.pos]
	}
	return 0
}

// expected counts characters from 1.
func (p *nquadParser) expected(what string) error {
	got := "the end of the line"
	if p.pos < len(p.line) {
		r, _ := utf8.DecodeRuneInString(p.line[p.pos:])
		got = strconv.QuoteRune(r)
	}
	return fmt.Errorf("character %d: expected %s, found %s", utf8.RuneCountInString(p.line[:p.pos])+1, what, got)
}

func (p *nquadParser) term(dir quad.Direction, literal bool, want string) (quad.Value, error) {
	switch {
	case p.peek() == '<':
		return p.iri()
	case p.peek() == '_' && dir != quad.Predicate:
		return p.blank()
	case p.peek() == '"' && literal:
		return p.literal()
	}
	return nil, p.expected(want)
}

func (p *nquadParser) iri() (quad.IRI, error) {
	p.pos++
	start := p.pos
	var b strings.Builder
	for p.pos < len(p.line) {
		switch c := p.line[p.pos]; {
		case c == '>':
			iri := p.line[start:p.pos]
			if b.Len() > 0 {
				b.WriteString(iri)
				iri = b.String()
			}
			p.pos++
			if !absoluteIRI(iri) {
				p.pos -= 2
				return "", p.expected("an absolute IRI before this")
			}
			return quad.IRI(iri), nil
		case c == '\\':
			b.WriteString(p.line[start:p.pos])
			r, err := p.numericEscape()
			if err != nil {
				return "", err
			}
			if r <= ' ' || strings.ContainsRune(`<>"{}|^`+"`\\", r) {
				p.pos--
				return "", p.expected("a character that an IRI may hold")
			}
			b.WriteRune(r)
			start = p.pos
		case c <= ' ' || strings.IndexByte("<\"{}|^`", c) >= 0:
			return "", p.expected("> or a character that an IRI may hold")
		default:
			p.pos++
		}
	}
	return "", p.expected(">")
}

// absoluteIRI reports whether s begins with a scheme.
func absoluteIRI(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		switch {
		case s[i] == ':':
			return i > 0
		case c >= 'a' && c <= 'z':
		case i > 0 && (s[i] >= '0' && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'):
		default:
			return false
		}
	}
	return false
}

func (p *nquadParser) blank() (quad.BNode, error) {
	p.pos++
	if p.peek() != ':' {
		return "", p.expected("_: and a name")
	}
	p.pos++
	start, end := p.pos, p.pos
	for i, r := range p.line[start:] {
		if !blankRune(r) || i == 0 && (r == '-' || r == '.' || r == 0xb7) {
			break
		}
		p.pos = start + i + utf8.RuneLen(r)
		if r != '.' {
			end = p.pos
		}
	}
	p.pos = end // a name doesn't end in a dot
	if end == start {
		return "", p.expected("a name for the blank node")
	}
	return quad.BNode(p.line[start:end]), nil
}

// blankRune reports whether r may stand in a blank node's label: PN_CHARS and '.'
// of the N-Quads grammar; unlike in Turtle a colon may not.
func blankRune(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9',
		r == '_', r == '-', r == '.', r == 0xb7,
		r >= 0xc0 && r != 0xd7 && r != 0xf7 && r < 0x37e, r >= 0x37f && r <= 0x1fff,
		r >= 0x200c && r <= 0x200d, r >= 0x203f && r <= 0x2040, r >= 0x2070 && r <= 0x218f,
		r >= 0x2c00 && r <= 0x2fef, r >= 0x3001 && r <= 0xd7ff, r >= 0xf900 && r <= 0xfdcf,
		r >= 0xfdf0 && r <= 0xfffd, r >= 0x10000 && r <= 0xeffff:
		return true
	}
	return false
}

func (p *nquadParser) literal() (quad.Value, error) {
	s, err := p.quoted()
	if err != nil {
		return nil, err
	}
	switch p.peek() {
	case '@':
		p.pos++
		start := p.pos
		for p.pos < len(p.line) && (isAlpha(p.line[p.pos]) || p.pos > start && (p.line[p.pos] == '-' || isDigit(p.line[p.pos]))) {
			p.pos++
		}
		tag := p.line[start:p.pos]
		if !languageTag(tag) {
			return nil, p.expected("a language tag, as in @en or @de-AT")
		}
		return quad.LangString{Value: quad.String(s), Lang: tag}, nil
	case '^':
		if !strings.HasPrefix(p.line[p.pos:], "^^<") {
			return nil, p.expected("^^<datatype>")
		}
		p.pos += 2
		t, err := p.iri()
		if err != nil {
			return nil, err
		}
		return typedValue(s, string(t)), nil
	}
	return quad.String(s), nil
}

func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// languageTag reports whether s is letters, then parts of letters and digits.
func languageTag(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if part == "" {
			return false
		}
		for j := 0; i == 0 && j < len(part); j++ {
			if !isAlpha(part[j]) {
				return false
			}
		}
	}
	return true
}

func (p *nquadParser) quoted() (string, error) {
	p.pos++
	start := p.pos
	if n := strings.IndexAny(p.line[start:], "\"\\\r\n"); n >= 0 && p.line[start+n] == '"' {
		p.pos = start + n + 1
		return p.line[start : start+n], nil
	}
	var b strings.Builder
	for p.pos < len(p.line) {
		switch p.line[p.pos] {
		case '"':
			b.WriteString(p.line[start:p.pos])
			p.pos++
			return b.String(), nil
		case '\\':
			b.WriteString(p.line[start:p.pos])
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			b.WriteRune(r)
			start = p.pos
		case '\r', '\n':
			return "", p.expected(`\r or \n as an escape, or the closing "`)
		default:
			p.pos++
		}
	}
	return "", p.expected(`the closing "`)
}

func (p *nquadParser) escape() (rune, error) {
	if p.pos+1 < len(p.line) {
		if i := strings.IndexByte(`tbnrf"'\`, p.line[p.pos+1]); i >= 0 {
			p.pos += 2
			return rune("\t\b\n\r\f\"'\\"[i]), nil
		}
	}
	return p.numericEscape()
}

func (p *nquadParser) numericEscape() (rune, error) {
	n := 0
	if p.pos+1 < len(p.line) {
		switch p.line[p.pos+1] {
		case 'u':
			n = 4
		case 'U':
			n = 8
		}
	}
	if n == 0 || p.pos+2+n > len(p.line) {
		return 0, p.expected(`an escape: \uXXXX, \UXXXXXXXX or, in a literal, \t \b \n \r \f \" \' \\`)
	}
	x, err := strconv.ParseUint(p.line[p.pos+2:p.pos+2+n], 16, 32)
	if err != nil || !utf8.ValidRune(rune(x)) || x > utf8.MaxRune {
		return 0, p.expected(fmt.Sprintf("%d hexadecimal digits of a Unicode character", n))
	}
	p.pos += 2 + n
	return rune(x), nil
}

// typedValue makes the literals native whose lexical form is the one that we
// write: only native values answer gt() and number matches.
func typedValue(s, datatype string) quad.Value {
	switch datatype {
	case NSXSD + "string":
		return quad.String(s)
	case NSXSD + "integer":
		if n, err := strconv.ParseInt(s, 10, 64); err == nil && strconv.FormatInt(n, 10) == s {
			return quad.Int(n)
		}
	case NSXSD + "double":
		if f, err := strconv.ParseFloat(s, 64); err == nil && !math.IsNaN(f) && formatDouble(f) == s {
			return quad.Float(f)
		}
	case NSXSD + "boolean":
		if s == "true" || s == "false" {
			return quad.Bool(s == "true")
		}
	case NSXSD + "dateTime":
		if t, err := time.Parse("2006-01-02T15:04:05Z", s); err == nil && formatTime(t) == s && t.Year() > 0 {
			return quad.Time(t)
		}
	}
	return quad.TypedString{Value: quad.String(s), Type: quad.IRI(datatype)}
}
