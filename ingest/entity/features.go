package entity

import (
	"strings"
	"unicode"

	"hearsay/ingest/news"
)

// view is a token as the recogniser's features see it: hashes and bits.
type view struct {
	form, lower   uint32
	prefix        [4]uint32
	suffix        [4]uint32
	shape         uint32
	upos          uint32
	clusters      [nClusters]uint16
	names         uint8 // bits of the gazetteer
	special       uint8 // titles, heads and legal forms, as bits
	class         nounClass
	known         uint8 // label of the known name that covers it: 2·type+1 for its first token, 2·type+2 inside
	elsewhere     uint8 // how the word is written in the rest of the document, as bits
	initial, calm bool  // first of the sentence; the sentence has no capitals or only capitals
}

// word is a token of text for the recogniser.
type word struct {
	form, upos string
}

// written counts how the words of a document are written outside of the first
// place of a sentence.
type written map[string]uint8

const (
	writtenSmall uint8 = 1 << iota
	writtenLarge
)

func (w written) note(words []word) {
	for i, x := range words {
		if i == 0 || len(x.form) > 40 {
			continue
		}
		low := strings.ToLower(x.form)
		switch c := firstRune(x.form); {
		case unicode.IsUpper(c):
			w[low] |= writtenLarge
		case unicode.IsLower(c):
			w[low] |= writtenSmall
		}
	}
}

// look makes the views of one sentence. known has the label of each token's known
// name, as view.known does.
func look(out []view, t *tables, cluster func(string) [nClusters]uint16, words []word, doc written, known []uint8) []view {
	up, low := 0, 0
	for _, x := range words {
		switch c := firstRune(x.form); {
		case unicode.IsUpper(c):
			up++
		case unicode.IsLower(c):
			low++
		}
	}
	calm := up == 0 || low == 0 || up > 4*low && len(words) > 6
	for i, x := range words {
		lower := strings.ToLower(x.form)
		v := view{
			form: hash32(x.form), lower: hash32(lower), shape: hash32(shapeString(x.form)), upos: hash32(x.upos),
			clusters: cluster(lower), names: t.names[x.form], class: t.nouns[lower], elsewhere: doc[lower],
			initial: i == 0, calm: calm,
		}
		if v.names == 0 && (calm || shapeOf(x.form) == capitals) && len(lower) > 2 {
			v.names = t.names[strings.ToUpper(lower[:1])+lower[1:]]
		}
		if known != nil {
			v.known = known[i]
		}
		for k := range 4 {
			if k < len(lower) {
				v.prefix[k], v.suffix[k] = hash32(lower[:k+1]), hash32(lower[len(lower)-k-1:])
			}
		}
		bare := strings.TrimSuffix(lower, ".")
		for bit, set := range [...]map[string]bool{titles, orgHeads, legalForms, placeHeads, eventHeads, t.words, malwareNouns, actorNouns} {
			if set[bare] {
				v.special |= 1 << bit
			}
		}
		out = append(out, v)
	}
	return out
}

// shapeString writes a word's shape: X for upper case, x for lower, 9 for digits,
// runs cut to two.
func shapeString(s string) string {
	var b [12]byte
	n := 0
	for _, c := range s {
		k := byte(0)
		switch {
		case unicode.IsUpper(c):
			k = 'X'
		case unicode.IsLower(c):
			k = 'x'
		case unicode.IsDigit(c):
			k = '9'
		case c < 128:
			k = byte(c)
		default:
			k = '?'
		}
		if n >= 2 && b[n-1] == k && b[n-2] == k {
			continue
		}
		if n == len(b) {
			break
		}
		b[n] = k
		n++
	}
	return string(b[:n])
}

func hash32(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// feature is the hash of one template with one or two values.
func feature(template, a, b uint32) uint32 {
	h := (template*0x9E3779B1 ^ a) * 0x85EBCA6B
	h = (h ^ h>>15 ^ b) * 0xC2B2AE35
	return h ^ h>>13
}

var outside = view{form: 1, lower: 1, shape: 1, upos: 1}

// appendFeatures appends the hashes of token i's features.
func appendFeatures(out []uint32, vs []view, i int) []uint32 {
	at := func(k int) *view {
		if i+k < 0 || i+k >= len(vs) {
			return &outside
		}
		return &vs[i+k]
	}
	a2, a1, v, b1, b2 := at(-2), at(-1), at(0), at(1), at(2)
	t := uint32(0)
	add := func(a, b uint32) {
		t++
		out = append(out, feature(t, a, b))
	}
	add(0, 0)
	for _, x := range [...]*view{a2, a1, v, b1, b2} {
		add(x.lower, 0)
		add(x.shape, 0)
		add(x.upos, 0)
		add(uint32(x.clusters[0]), 0)
		add(uint32(x.clusters[1]), 0)
		add(uint32(x.special), 0)
	}
	for _, x := range [...]*view{a1, v, b1} {
		add(uint32(x.clusters[2]), 0)
		add(uint32(x.names), x.shape)
		add(uint32(x.known), 0)
		add(uint32(x.class), 0)
		add(x.suffix[2], 0)
	}
	for k := range 4 {
		add(v.prefix[k], 0)
		if k != 2 {
			add(v.suffix[k], 0)
		}
	}
	add(v.form, 0)
	add(a1.lower, v.lower)
	add(v.lower, b1.lower)
	add(a1.lower, b1.lower)
	add(a1.shape, v.shape)
	add(v.shape, b1.shape)
	add(a1.shape*31+v.shape, b1.shape)
	add(a1.upos, v.upos)
	add(v.upos, b1.upos)
	add(v.upos, v.shape)
	add(uint32(a1.clusters[0]), uint32(v.clusters[0]))
	add(uint32(v.clusters[0]), uint32(b1.clusters[0]))
	add(uint32(v.clusters[1]), v.shape)
	add(uint32(v.names), uint32(b1.names)+uint32(a1.names)<<8)
	add(uint32(v.known), v.shape)
	add(uint32(v.known), uint32(a1.known)+uint32(b1.known)<<8)
	flags := uint32(0)
	if v.initial {
		flags |= 1
	}
	if v.calm {
		flags |= 2
	}
	add(v.shape, flags)
	add(v.shape, flags<<8|uint32(v.elsewhere))
	add(uint32(v.elsewhere)<<8|uint32(v.special), v.shape)
	add(v.lower, flags<<8|uint32(v.elsewhere))
	add(a1.lower, v.shape)
	add(b1.lower, v.shape)
	add(uint32(a1.special)<<8|uint32(v.special), uint32(b1.special))
	add(uint32(a1.clusters[1]), v.shape)
	add(uint32(b1.clusters[1]), v.shape)
	return out
}

// knownLabels marks the tokens of sentence s that known names cover.
func knownLabels(out []uint8, known *Known, ms []match, first, end int) []uint8 {
	out = resized(out, end-first)
	clear(out)
	for _, m := range ms {
		if m.first < first || m.last >= end {
			continue
		}
		typ := known.Entities[known.names[m.alias].entity].Type
		for k := range recogniserTypes {
			if recogniserTypes[k] != typ {
				continue
			}
			out[m.first-first] = uint8(2*k + 1)
			for i := m.first + 1; i <= m.last; i++ {
				out[i-first] = uint8(2*k + 2)
			}
		}
	}
	return out
}

// typeIndex is the place of a type in recogniserTypes, -1 for another.
func typeIndex(t news.EntityType) int {
	for k := range recogniserTypes {
		if recogniserTypes[k] == t {
			return k
		}
	}
	return -1
}
