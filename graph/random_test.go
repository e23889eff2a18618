package graph

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

// keepsQuad fails where a line that is read as a quad isn't the same quad when it
// is written and read again.
func keepsQuad(t *testing.T, line string) (read bool) {
	t.Helper()
	q, ok, err := ParseNQuad(line)
	if err != nil || !ok {
		return false
	}
	out := strings.TrimSuffix(string(AppendNQuad(nil, q)), "\n")
	again, ok, err := ParseNQuad(out)
	if err != nil || !ok || again != q {
		t.Errorf("%q gives %q, which gives %v, %v", line, out, again, err)
	}
	return true
}

// 200,000 random lines: a third are quads by the grammar, of any characters, and
// have to be read; the others are such lines with some bytes changed, taken out or
// put in, and have to be read as what they are written as, or refused. The fuzzer
// finds the odd line by its coverage; this needs no build of its own.
func TestRandomNQuads(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 21))
	const lines = 200_000
	read := 0
	for n := range lines {
		line := randomLine(r)
		whole := n%3 == 0
		if !whole {
			line = spoil(r, line)
		}
		if keepsQuad(t, line) {
			read++
		} else if whole {
			_, _, err := ParseNQuad(line)
			t.Errorf("%q is refused: %v", line, err)
		}
	}
	t.Logf("%d of %d lines were quads", read, lines)
	if read == lines {
		t.Error("no line was refused")
	}
}

// randomLine is a quad by the grammar, spaces and comments anywhere that they may be.
func randomLine(r *rand.Rand) string {
	space := func() string { return []string{" ", "\t", "  ", " \t "}[r.IntN(4)] }
	node := func() string {
		if r.IntN(3) == 0 {
			return "_:" + []string{"a", "1", "a.b", "é-1", "_x·y"}[r.IntN(5)]
		}
		return randomIRI(r)
	}
	object := node
	if r.IntN(2) == 0 {
		object = func() string { return randomLiteral(r) }
	}
	parts := []string{node(), randomIRI(r), object()}
	if r.IntN(2) == 0 {
		parts = append(parts, node())
	}
	line := strings.Join(parts, space()) + space() + "."
	if r.IntN(4) == 0 {
		line = space() + line + space() + "# " + randomText(r, func(c rune) bool { return true })
	}
	return line
}

func randomIRI(r *rand.Rand) string {
	return "<" + []string{"hs:", "http://a.example/", "urn:x-y:"}[r.IntN(3)] +
		randomText(r, func(c rune) bool { return c > ' ' && !strings.ContainsRune("<>\"{}|^`\\", c) }) + ">"
}

func randomLiteral(r *rand.Rand) string {
	text := randomText(r, func(c rune) bool { return !strings.ContainsRune("\"\\\r\n", c) })
	if r.IntN(3) == 0 {
		text += []string{`\n`, `\"`, `\\`, `\u00e9`, `\U0001F600`, `\'`, `\u0000`}[r.IntN(7)]
	}
	if r.IntN(4) == 0 { // what may become native
		text = []string{"7", "-07", "1e400", "3.0E5", "NaN", "true", "1", "2017-05-15T10:00:00Z", "2017-02-30T10:00:00Z", "9223372036854775808"}[r.IntN(10)]
	}
	switch r.IntN(3) {
	case 0:
		return `"` + text + `"@` + []string{"en", "de-AT", "x-1-a"}[r.IntN(3)]
	case 1:
		return `"` + text + `"^^<` + NSXSD + []string{"integer", "double", "boolean", "dateTime", "string", "date"}[r.IntN(6)] + ">"
	}
	return `"` + text + `"`
}

// randomText is up to a dozen characters of all lengths in UTF-8.
func randomText(r *rand.Rand, allowed func(rune) bool) string {
	var b strings.Builder
	for range r.IntN(12) {
		c := rune(r.IntN([]int{0x80, 0x800, 0xd800, 0x30000}[r.IntN(4)]))
		if c >= 0xd800 && c < 0xe000 || !allowed(c) {
			c = 'x'
		}
		b.WriteRune(c)
	}
	return b.String()
}

// spoil changes a few bytes of a line.
func spoil(r *rand.Rand, line string) string {
	const often = "<>\"\\_:.@^# \tuUé\x00\xff\n"
	b := []byte(line)
	for range 1 + r.IntN(3) {
		at := r.IntN(len(b) + 1)
		switch c := often[r.IntN(len(often))]; {
		case r.IntN(3) == 0:
			b = append(b[:at:at], append([]byte{c}, b[at:]...)...)
		case at < len(b) && r.IntN(2) == 0:
			b[at] = c
		case at < len(b):
			b = append(b[:at:at], b[min(len(b), at+1+r.IntN(4)):]...)
		}
	}
	return string(b)
}

// Random quads that may be stored leave and come back as they were.
func TestRandomQuads(t *testing.T) {
	r := rand.New(rand.NewPCG(34, 55))
	kept := 0
	for range 50_000 {
		text := quad.String(randomText(r, func(rune) bool { return true }))
		q := quad.Quad{Subject: quad.IRI("hs:" + string(text)), Predicate: quad.IRI("hs:b"), Label: quad.BNode("x" + string(text)),
			Object: []quad.Value{text, quad.LangString{Value: text, Lang: "en"}, quad.TypedString{Value: text, Type: "hs:" + quad.IRI(text)},
				quad.Int(r.Int64() - r.Int64()), quad.Float(r.NormFloat64() * 1e9), quad.Bool(r.IntN(2) == 0)}[r.IntN(6)]}
		if checkQuad(q) != nil {
			q.Subject, q.Label = quad.IRI(fmt.Sprint("hs:", kept)), nil
			if checkQuad(q) != nil {
				continue
			}
		}
		kept++
		line := strings.TrimSuffix(string(AppendNQuad(nil, q)), "\n")
		if got, ok, err := ParseNQuad(line); err != nil || !ok || got != q {
			t.Errorf("%#v is written as %q and read as %#v, %v", q, line, got, err)
		}
	}
	if kept < 10_000 {
		t.Errorf("only %d of 50000 quads may be stored", kept)
	}
}
