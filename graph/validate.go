package graph

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// checkQuad refuses a quad that a store couldn't give back as it was given.
func checkQuad(q quad.Quad) error {
	for _, d := range quad.Directions {
		v := q.Get(d)
		if v == nil && d == quad.Label {
			continue
		}
		if err := checkTerm(v, d); err != nil {
			return fmt.Errorf("%s of %s: %w", d, strings.TrimSuffix(string(AppendNQuad(nil, q)), "\n"), err)
		}
	}
	return nil
}

func checkTerm(v quad.Value, d quad.Direction) error {
	switch v := v.(type) {
	case quad.IRI:
		return checkIRI(string(v))
	case quad.BNode:
		if d == quad.Predicate {
			return fmt.Errorf("a blank node, expected an IRI")
		}
		if p := (nquadParser{line: "_:" + string(v)}); true {
			if got, err := p.blank(); err != nil || got != v {
				return fmt.Errorf("invalid blank node %q", string(v))
			}
		}
		return nil
	}
	if d != quad.Object {
		return fmt.Errorf("%T, expected an IRI", v)
	}
	switch v := v.(type) {
	case quad.String:
		return checkText(string(v))
	case quad.LangString:
		if !languageTag(v.Lang) {
			return fmt.Errorf("invalid language tag %q", v.Lang)
		}
		return checkText(string(v.Value))
	case quad.TypedString:
		if err := checkIRI(string(v.Type)); err != nil {
			return err
		}
		return checkText(string(v.Value))
	case quad.Int, quad.Float, quad.Bool:
		return nil
	case quad.Time:
		if t := time.Time(v); t.Nanosecond() != 0 || t.Location() != time.UTC {
			return fmt.Errorf("time %s: expected whole seconds in UTC", t)
		}
		return nil
	}
	return fmt.Errorf("%T, expected an IRI, a blank node or a literal", v)
}

func checkIRI(s string) error {
	p := nquadParser{line: "<" + s + ">"}
	if got, err := p.iri(); err != nil || string(got) != s {
		return fmt.Errorf("%q is no absolute IRI without spaces and <>\"{}|^`\\", s)
	}
	return checkText(s)
}

func checkText(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("%q is not UTF-8", s)
	}
	if strings.IndexByte(s, 0) >= 0 {
		return fmt.Errorf("%q holds a NUL", s)
	}
	return nil
}

// safeIRI percent-encodes what an IRI can't hold.
func safeIRI(s string) quad.IRI {
	const digits = "0123456789ABCDEF"
	bad := func(c byte) bool { return c <= ' ' || c == 0x7f || strings.IndexByte("<>\"{}|^`\\", c) >= 0 }
	s = strings.ToValidUTF8(s, "\uFFFD")
	clean := true
	for i := 0; i < len(s); i++ {
		clean = clean && !bad(s[i])
	}
	if clean {
		return quad.IRI(s)
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if bad(s[i]) {
			b.WriteByte('%')
			b.WriteByte(digits[s[i]>>4])
			b.WriteByte(digits[s[i]&15])
			continue
		}
		b.WriteByte(s[i])
	}
	return quad.IRI(b.String())
}

// safeText is s as a literal: valid UTF-8, without control characters other than
// tab, newline and carriage return.
func safeText(s string) quad.String {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return quad.String(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f {
			return -1
		}
		return r
	}, s))
}
