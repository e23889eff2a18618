package claim

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"

	"hearsay/ingest/news"
)

// frames is the set of places where a cue's content may stand.
type frames uint32

const (
	that frames = 1 << iota
	wh
	quote
	to
	ing
	np
	inf
	pred
	as
	objOf
	objFor
	objOn
	objTo
	objWith
	objOver
	objIn
	objAt
	ofPhrase
	forPhrase
	aboutPhrase
	overPhrase
	againstPhrase
	onPhrase
)

var frameNames = [...]string{"that", "wh", "quote", "to", "ing", "np", "inf", "pred", "as",
	"obj-of", "obj-for", "obj-on", "obj-to", "obj-with", "obj-over", "obj-in", "obj-at",
	"of", "for", "about", "over", "against", "on"}

// cue is what one line of the lexicon says about one word.
type cue struct {
	particles []string // words that must follow the lemma: "out", "for"
	frames    frames
	stance    news.Stance
	certainty news.Certainty
}

// Lexicon holds the cues by lemma. It is immutable once read and safe for
// concurrent use.
type Lexicon struct {
	verbs, nouns, adjectives map[string][]cue
}

//go:embed cues.tsv
var embedded string

var standard = sync.OnceValue(func() *Lexicon {
	l := newLexicon()
	if err := l.Add(strings.NewReader(embedded)); err != nil {
		return newLexicon() // cannot be: a test reads the embedded file
	}
	return l
})

func newLexicon() *Lexicon {
	return &Lexicon{verbs: map[string][]cue{}, nouns: map[string][]cue{}, adjectives: map[string][]cue{}}
}

// StandardLexicon is a new copy of the embedded cues, for callers that Add to it.
func StandardLexicon() *Lexicon {
	l := newLexicon()
	for _, t := range []struct{ to, from map[string][]cue }{
		{l.verbs, standard().verbs}, {l.nouns, standard().nouns}, {l.adjectives, standard().adjectives}} {
		for k, v := range t.from {
			t.to[k] = append([]cue(nil), v...)
		}
	}
	return l
}

// Add reads cues in the form of cues.tsv, whose head explains it. What it says
// of a cue in a frame replaces what was known. Add must not run while the
// lexicon is in use. An error names the line and what would have been accepted.
func (l *Lexicon) Add(r io.Reader) error {
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		line := strings.TrimRight(in.Text(), " \t\r")
		if line == "" || line[0] == '#' {
			continue
		}
		if err := l.addLine(strings.Split(line, "\t")); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return in.Err()
}

func (l *Lexicon) addLine(cols []string) error {
	if len(cols) != 5 {
		return fmt.Errorf("%d columns, want 5: class, frames, stance, certainty, cues", len(cols))
	}
	table := map[string]map[string][]cue{"verb": l.verbs, "noun": l.nouns, "adjective": l.adjectives}[cols[0]]
	if table == nil {
		return fmt.Errorf("class %q, want verb, noun or adjective", cols[0])
	}
	c := cue{stance: news.Stance(cols[2]), certainty: news.Certainty(cols[3])}
	for _, name := range strings.Fields(cols[1]) {
		f := frameOf(name)
		if f == 0 {
			return fmt.Errorf("frame %q, want some of %s", name, strings.Join(frameNames[:], " "))
		}
		c.frames |= f
	}
	if !knownStance(c.stance) {
		return fmt.Errorf("stance %q is none of the contract's", cols[2])
	}
	switch c.certainty {
	case news.Certain, news.Probable, news.Possible, news.CertaintyUnknown:
	default:
		return fmt.Errorf("certainty %q, want certain, probable, possible or unknown", cols[3])
	}
	for _, word := range strings.Fields(cols[4]) {
		parts := strings.Split(strings.ToLower(word), "+")
		e := c
		e.particles = parts[1:]
		table[parts[0]] = override(table[parts[0]], e)
	}
	return nil
}

// override adds e to the cues of a lemma; in its frames it takes the place of
// the others.
func override(cues []cue, e cue) []cue {
	kept := cues[:0]
	for _, c := range cues {
		if strings.Join(c.particles, " ") == strings.Join(e.particles, " ") {
			c.frames &^= e.frames
		}
		if c.frames != 0 {
			kept = append(kept, c)
		}
	}
	return append(kept, e)
}

func frameOf(name string) frames {
	for i, n := range frameNames {
		if n == name {
			return 1 << i
		}
	}
	return 0
}

func knownStance(s news.Stance) bool {
	for _, k := range news.Stances {
		if s == k {
			return true
		}
	}
	return false
}
