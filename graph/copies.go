package graph

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"hearsay/ingest/news"
)

// Copies. One report that forty papers print is one report. What tells is the
// text: sets of four words in a row, boilerplate aside, of which two texts share
// more the more they are alike (Broder 1997). A sketch is a sample of the set by
// one permutation (Li, Owen and Zhang 2012), with its empty places filled from
// others (Shrivastava 2017), so that the share of equal places is about the share
// of common word sequences. Places are compared in bands of three: texts that have
// no band in common are never compared (Indyk and Motwani 1998).
const (
	shingle    = 4   // words
	sketchSize = 128 // of a sketch
	bandRows   = 3
	copyAlike  = 0.5 // share of equal places from which on a text is a copy
	fewWords   = 50  // texts with fewer are copies only where all words are the same
	leastWords = 8   // texts with fewer are no copies of anything
	maxLeaders = 256 // originals that a text of one key is compared with
)

// textSketch is the sketch of a text, "" for one of hardly any words. aside are
// its boilerplate, as ranges of code points.
func textSketch(text string, aside [][2]int) string {
	words := foldWords(text, aside)
	if len(words) < leastWords {
		return ""
	}
	if len(words) < fewWords {
		return fmt.Sprintf("=%016x", hashWords(words))
	}
	var least [sketchSize]uint64
	for i := range least {
		least[i] = math.MaxUint64
	}
	for i := 0; i+shingle <= len(words); i++ {
		h := hashWords(words[i : i+shingle])
		p := h % sketchSize
		least[p] = min(least[p], h/sketchSize)
	}
	b := make([]byte, 0, placeLetters*sketchSize)
	for i := range least {
		v := least[i]
		for try := uint64(1); v == math.MaxUint64; try++ {
			v = least[mix(uint64(i)<<32|try)%sketchSize]
		}
		v = mix(v)
		b = append(b, letters[v>>12&15], letters[v>>6&63], letters[v&63])
	}
	return string(b)
}

// A place of a sketch is 16 bits, written as so many letters.
const (
	placeLetters = 3
	letters      = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
)

// foldWords are hashes of the words of a text in small letters, without its
// boilerplate (FNV-1a over the runes).
func foldWords(text string, aside [][2]int) []uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	slices.SortFunc(aside, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	words := make([]uint64, 0, len(text)/6)
	h := uint64(offset)
	at := -1
	for _, r := range text {
		at++
		for len(aside) > 0 && aside[0][1] <= at {
			aside = aside[1:]
		}
		letter := r < 0x80 && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
		switch {
		case letter && (len(aside) == 0 || at < aside[0][0]):
			h = (h ^ uint64(r)) * prime
		case (unicode.IsLetter(r) || unicode.IsDigit(r)) && (len(aside) == 0 || at < aside[0][0]):
			h = (h ^ uint64(unicode.ToLower(r))) * prime
		case r == '\'' || r == '’' || unicode.Is(unicode.Mn, r):
		case h != offset:
			words = append(words, h)
			h = offset
		}
	}
	if h != offset {
		words = append(words, h)
	}
	return words
}

// hashWords is a hash of words in their order.
func hashWords(words []uint64) uint64 {
	h := uint64(len(words))
	for _, w := range words {
		h = mix(h ^ w)
	}
	return h
}

// mix spreads a number's bits over all (the finalizer of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// bands are the keys under which texts meet that may be copies of each other.
func bands(sketch string) []string {
	if sketch == "" || sketch[0] == '=' {
		return []string{sketch}
	}
	const band = bandRows * placeLetters
	var keys []string
	for i := 0; (i+1)*band <= len(sketch); i++ {
		keys = append(keys, fmt.Sprintf("%d %s", i, sketch[i*band:(i+1)*band]))
	}
	return keys
}

// alike is the share of word sequences that two texts have in common, as their
// sketches tell.
func alike(a, b string) float64 {
	switch {
	case a == "" || b == "":
		return 0
	case a == b:
		return 1
	case a[0] == '=' || b[0] == '=' || len(a) != len(b):
		return 0
	}
	same := 0
	for i := 0; i < len(a); i += placeLetters {
		if a[i:i+placeLetters] == b[i:i+placeLetters] {
			same++
		}
	}
	return float64(same) / sketchSize
}

// copies gives the facts by which copied documents and their claims meet: a
// claim is a copy where its source, stance, cue and words are the same.
func (g *linker) copies(fact func(LinkFact)) {
	for document, sketch := range g.sketches {
		f := LinkFact{ID: document, Document: document, Published: dated(g.published[document].Unix()), Sketch: sketch}
		for _, key := range bands(sketch) {
			f.Key = "document " + key
			fact(f)
		}
	}
	for _, c := range g.claim {
		sketch := g.sketches[c.document]
		if sketch == "" || c.said == 0 && c.cued == 0 {
			continue
		}
		who := c.sourceKind
		if who == string(news.Named) {
			who = c.source
		}
		fact(LinkFact{Key: fmt.Sprintf("claim %s %s %x %x", who, c.stance, c.said, c.cued), ID: c.id, Document: c.document,
			Published: dated(c.published.Unix()), Sketch: sketch})
	}
}

// dated puts what has no date after everything that has one.
func dated(published int64) int64 {
	if published < math.MinInt32*4 { // the zero time
		return math.MaxInt64
	}
	return published
}

// linkCopies links each copy to the earliest text that it is like.
func linkCopies(facts []LinkFact, link func(LinkEdge)) {
	if len(facts) < 2 {
		return
	}
	slices.SortFunc(facts, func(a, b LinkFact) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Document, b.Document), cmp.Compare(a.ID, b.ID))
	})
	why := ruleCopy
	if strings.HasPrefix(facts[0].ID, idPrefix[claimID]) {
		why = ruleRepeated
	}
	var leaders []LinkFact
	for _, f := range facts {
		i := slices.IndexFunc(leaders, func(l LinkFact) bool { return l.Document != f.Document && alike(l.Sketch, f.Sketch) >= copyAlike })
		switch {
		case i >= 0:
			link(newLink(f.ID, CopyOf, leaders[i].ID, why))
		case len(leaders) < maxLeaders:
			leaders = append(leaders, f)
		}
	}
}

// charRange reads the code points of a place: hs:doc/…#char=12,40.
func charRange(place string) (r [2]int, ok bool) {
	p, ok := parsePlace(place)
	return [2]int{p.start, p.end}, ok
}
