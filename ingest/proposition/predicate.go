package proposition

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"
)

//go:embed data/predicates.tsv
var predicateTable string

// Predicates maps the words of relations to canonical predicates. The zero value
// is empty: every relation keeps its lemma.
type Predicates struct {
	rules   map[string][]rule          // by the words of the relation
	classes map[string]map[string]bool // lemmas by class of noun
}

// rule says which predicate a relation's words have when the slots are filled.
type rule struct {
	predicate       string
	subject, object slot
}

// slot names a participant: its places in order of preference, and the class of
// noun that it must be, "" for any.
type slot struct {
	places   []string
	class    string
	optional bool // may be missing from a passive
}

// DefaultPredicates returns the built-in table, which is shared: read only.
func DefaultPredicates() *Predicates { return defaultPredicates() }

var defaultPredicates = sync.OnceValue(func() *Predicates {
	p, err := ReadPredicates("predicates.tsv", strings.NewReader(predicateTable), nil)
	if err != nil {
		panic(err) // the embedded table is covered by a test
	}
	return p
})

// ReadPredicates reads a table in the form that the head of the built-in one
// explains. Its lines come before those of base, which may be nil. Errors name
// the line and what it should have been.
func ReadPredicates(name string, in io.Reader, base *Predicates) (*Predicates, error) {
	p := &Predicates{rules: map[string][]rule{}, classes: map[string]map[string]bool{}}
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimRight(lines.Text(), "\r ")
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		if err := p.line(text); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if base != nil {
		for words, rules := range base.rules {
			p.rules[words] = append(p.rules[words], rules...)
		}
		for class, nouns := range base.classes {
			if p.classes[class] == nil {
				p.classes[class] = nouns
			}
		}
	}
	return p, p.check(name)
}

func (p *Predicates) line(text string) error {
	c := strings.Split(text, "\t")
	if c[0] == "class" && len(c) == 3 {
		nouns := map[string]bool{}
		for w := range strings.SplitSeq(c[2], "|") {
			nouns[w] = true
		}
		p.classes[c[1]] = nouns
		return nil
	}
	if len(c) != 4 {
		return fmt.Errorf("%d columns: want predicate, subject, object, words or class, name, nouns", len(c))
	}
	if !validIRI(c[0]) {
		return fmt.Errorf("predicate %q: want an absolute IRI, as hs:targets", c[0])
	}
	r := rule{predicate: c[0], subject: parseSlot(c[1]), object: parseSlot(c[2])}
	for w := range strings.SplitSeq(c[3], "|") {
		if w == "" {
			return fmt.Errorf("predicate %s: empty words", c[0])
		}
		p.rules[w] = append(p.rules[w], r)
	}
	return nil
}

func parseSlot(s string) slot {
	s, optional := strings.CutSuffix(s, "?")
	places, class, _ := strings.Cut(s, ":")
	return slot{strings.Split(places, "|"), class, optional}
}

// check reports a slot whose class no line defines.
func (p *Predicates) check(name string) error {
	for words, rules := range p.rules {
		for _, r := range rules {
			for _, s := range [...]slot{r.subject, r.object} {
				if s.class != "" && p.classes[s.class] == nil {
					return fmt.Errorf("%s: %s: no class %q", name, words, s.class)
				}
			}
		}
	}
	return nil
}

// validIRI reports whether s has a scheme and none of the characters that
// N-Quads forbids inside an IRI.
func validIRI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || scheme == "" || rest == "" {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || strings.IndexByte("<>\"{}|^`\\", c) >= 0 {
			return false
		}
	}
	return true
}

// openPredicate is hs:rel/ and the words of a lemma, joined by dashes. Letters
// and digits of any script stay; the rest are borders.
func openPredicate(lemma string) string {
	var b strings.Builder
	b.WriteString("hs:rel/")
	gap := false
	for _, c := range lemma {
		if !isWordRune(c) {
			gap = b.Len() > len("hs:rel/")
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(c)
	}
	if b.Len() == len("hs:rel/") {
		b.WriteString("other")
	}
	return b.String()
}
