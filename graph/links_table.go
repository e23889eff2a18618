package graph

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// linkTable gathers what all documents bring to the links, until the facts of one
// rule and key are together. A fact takes 72 bytes: keys are hashes, and texts that
// come again and again are numbers.
type linkTable struct {
	parts    [1 << 10][]keptFact // by the beginning of the hash
	texts    map[string]uint32
	text     []string          // by number
	sketches map[uint32]string // by document
	links    map[string]LinkEdge
	within   map[[16]byte]bool // hashes of pairs
}

// keptFact is a LinkFact; texts are numbers of the table.
type keptFact struct {
	key                      [16]byte // hash of rule and key
	value                    float64
	published                int64
	source, document, object uint32
	voice, polarity, bound   uint32
	id                       [10]byte // the digits of a claim or proposition, else the number of the text
	of                       idKind
	rule                     uint8 // index into linkRules
	stand                    int8
	sketched                 bool
}

// idKind says what an id is of.
type idKind uint8

const (
	otherID idKind = iota
	claimID
	propositionID
)

var idPrefix = [...]string{claimID: "hs:claim/", propositionID: "hs:prop/"}

func newLinkTable() *linkTable {
	t := &linkTable{texts: map[string]uint32{}, sketches: map[uint32]string{}, links: map[string]LinkEdge{}, within: map[[16]byte]bool{}}
	t.number("") // is 0
	return t
}

// number is that of a text, the same for the same.
func (t *linkTable) number(text string) uint32 {
	n, ok := t.texts[text]
	if !ok {
		n = uint32(len(t.text))
		text = strings.Clone(text) // alone, not with what it was cut from
		t.text = append(t.text, text)
		t.texts[text] = n
	}
	return n
}

// add takes what a document, or what is known of entities, brings.
func (t *linkTable) add(parts LinkParts) {
	for i := range parts.Facts {
		f := t.pack(&parts.Facts[i])
		part := &t.parts[binary.BigEndian.Uint16(f.key[:])%uint16(len(t.parts))]
		*part = append(*part, f)
	}
	for _, l := range parts.Links {
		t.keep(l)
	}
	for _, pair := range parts.Within {
		t.within[hashText(pair)] = true
	}
}

func hashText(text string) (h [16]byte) {
	sum := sha256.Sum256([]byte(text))
	copy(h[:], sum[:])
	return h
}

func (t *linkTable) pack(f *LinkFact) keptFact {
	k := keptFact{key: hashText(f.Rule + "\x00" + f.Key), value: f.Value, published: f.Published, stand: f.Stand,
		source: t.number(f.Source), document: t.number(f.Document), object: t.number(f.Object),
		voice: t.number(f.Kind), polarity: t.number(f.Polarity), bound: t.number(f.Bound)}
	for i := range linkRules {
		if linkRules[i].name == f.Rule {
			k.rule = uint8(i)
		}
	}
	if f.Sketch != "" {
		k.sketched = true
		t.sketches[k.document] = f.Sketch
	}
	for _, of := range [...]idKind{claimID, propositionID} {
		digits, ok := strings.CutPrefix(f.ID, idPrefix[of])
		if ok && len(digits) == 2*len(k.id) && strings.ToLower(digits) == digits {
			if _, err := hex.Decode(k.id[:], []byte(digits)); err == nil {
				k.of = of
				return k
			}
		}
	}
	k.id = [10]byte{}
	binary.BigEndian.PutUint32(k.id[:], t.number(f.ID))
	return k
}

// unpack is the fact but for its key: which facts have the same is known.
func (t *linkTable) unpack(k *keptFact) LinkFact {
	f := LinkFact{Rule: linkRules[k.rule].name, Value: k.value, Published: k.published, Stand: k.stand,
		Source: t.text[k.source], Document: t.text[k.document], Object: t.text[k.object],
		Kind: t.text[k.voice], Polarity: t.text[k.polarity], Bound: t.text[k.bound]}
	if k.sketched {
		f.Sketch = t.sketches[k.document]
	}
	if k.of == otherID {
		f.ID = t.text[binary.BigEndian.Uint32(k.id[:])]
	} else {
		f.ID = idPrefix[k.of] + hex.EncodeToString(k.id[:])
	}
	return f
}

// keep takes of several reasons for one link the first.
func (t *linkTable) keep(l LinkEdge) {
	id := l.ID()
	if before, ok := t.links[id]; !ok || l.Before(before) {
		t.links[id] = l
	}
}

// quads are all links. The table is empty afterwards.
func (t *linkTable) quads() []quad.Quad {
	for i := range t.parts {
		part := t.parts[i]
		t.parts[i] = nil
		slices.SortFunc(part, func(a, b keptFact) int {
			return cmp.Or(bytes.Compare(a.key[:], b.key[:]), bytes.Compare(a.id[:], b.id[:]))
		})
		for len(part) > 0 {
			n := 1
			for n < len(part) && part[n].key == part[0].key {
				n++
			}
			t.link(part[:n])
			part = part[n:]
		}
	}
	var quads []quad.Quad
	for _, l := range t.links {
		quads = append(quads, l.Quads()...)
	}
	t.links = nil
	return sortQuads(quads)
}

// link links the facts of one key.
func (t *linkTable) link(kept []keptFact) {
	if len(kept) < 2 {
		return
	}
	facts := make([]LinkFact, len(kept))
	for i := range kept {
		facts[i] = t.unpack(&kept[i])
	}
	for _, l := range LinksOf(facts) {
		if l.Unless == "" || !t.within[hashText(l.Unless)] {
			t.keep(l)
		}
	}
}
