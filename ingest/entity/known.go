package entity

import (
	"sort"
	"strings"
	"unicode"

	"hearsay/ingest/news"
)

// Known is an immutable index of known entities. It is safe for concurrent use.
type Known struct {
	// Entities are the known entities, in the order given.
	Entities []news.Entity

	names  []alias
	prefix map[uint64]int32 // hash of the first pieces of a name -> its first alias, -1 where none ends here
	byIRI  map[string]int32

	merged map[string]string     // decisions: IRI -> the entity that it is
	split  map[string][]Decision // by the IRI that is divided
}

// alias is one name of a known entity.
type alias struct {
	entity int32
	next   int32 // another entity or spelling with the same pieces, -1 for none
	main   bool  // the entity's everyday name
	shape  shape
	text   string
}

// shape says how a name's letters are written.
type shape uint8

const (
	lower    shape = iota // no upper case
	mixed                 // capitals somewhere
	capitals              // upper case only, two letters or more
)

func shapeOf(s string) shape {
	up, low := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			up++
		case unicode.IsLower(r):
			low++
		}
	}
	switch {
	case up == 0:
		return lower
	case low == 0 && up > 1:
		return capitals
	}
	return mixed
}

// NewKnown indexes known entities by name and alias. Names without letters, and
// those over 200 bytes, are left out of the index. One name of two entities is
// kept for both: see Ambiguous.
func NewKnown(entities []news.Entity) *Known {
	n := 0
	for i := range entities {
		n += 1 + len(entities[i].Aliases)
	}
	k := &Known{
		Entities: entities,
		names:    make([]alias, 0, n),
		prefix:   make(map[uint64]int32, 2*n),
		byIRI:    make(map[string]int32, len(entities)),
	}
	for i := range entities {
		e := &entities[i]
		k.byIRI[e.IRI] = int32(i)
		k.index(int32(i), e.Name, true)
		for _, a := range e.Aliases {
			k.index(int32(i), a, false)
		}
	}
	return k
}

func (k *Known) index(e int32, name string, isMain bool) {
	if len(name) < 2 || len(name) > 200 {
		return
	}
	hashes := hashName(name)
	if len(hashes) == 0 {
		return
	}
	for _, h := range hashes[:len(hashes)-1] {
		if _, ok := k.prefix[h]; !ok {
			k.prefix[h] = -1
		}
	}
	last := hashes[len(hashes)-1]
	a := alias{entity: e, next: -1, main: isMain, shape: shapeOf(name), text: name}
	at := int32(len(k.names))
	first, ok := k.prefix[last]
	if !ok || first < 0 {
		k.prefix[last] = at
		k.names = append(k.names, a)
		return
	}
	i := first
	for ; ; i = k.names[i].next {
		if k.names[i].entity == e && k.names[i].text == name {
			return
		}
		if k.names[i].next < 0 {
			break
		}
	}
	k.names[i].next = at
	k.names = append(k.names, a)
}

// Find is the entity with the IRI, nil where there is none.
func (k *Known) Find(iri string) *news.Entity {
	if k == nil {
		return nil
	}
	if i, ok := k.byIRI[iri]; ok {
		return &k.Entities[i]
	}
	return nil
}

// Named are the entities that have the name or alias, those whose everyday name
// it is first. Case, accents and hyphens don't count.
func (k *Known) Named(name string) []*news.Entity {
	if k == nil {
		return nil
	}
	hashes := hashName(name)
	if len(hashes) == 0 {
		return nil
	}
	at, ok := k.prefix[hashes[len(hashes)-1]]
	if !ok {
		return nil
	}
	var main, other []*news.Entity
	seen := map[int32]bool{}
	for ; at >= 0; at = k.names[at].next {
		a := &k.names[at]
		switch {
		case a.main && !seen[a.entity]:
			main = append(main, &k.Entities[a.entity])
		case !seen[a.entity]:
			other = append(other, &k.Entities[a.entity])
		}
		seen[a.entity] = true
	}
	return append(main, other...)
}

// Ambiguous lists the names that belong to two or more entities and are the
// everyday name of none, sorted.
func (k *Known) Ambiguous() []string {
	var out []string
	for _, first := range k.prefix {
		if first < 0 {
			continue
		}
		entities, main := map[int32]bool{}, false
		for at := first; at >= 0; at = k.names[at].next {
			entities[k.names[at].entity] = true
			main = main || k.names[at].main
		}
		if len(entities) > 1 && !main {
			out = append(out, k.names[first].text)
		}
	}
	sort.Strings(out)
	return out
}

// match is a place where the text has a known name.
type match struct {
	first, last int   // tokens
	alias       int32 // first of the chain in Known.names
	span        news.Span
}

// matches finds the longest known names in the document, left to right, in one
// pass over its pieces. Matches don't overlap. Whether the writing fits is not
// judged here.
func (k *Known) matches(ps []piece) []match {
	if k == nil || len(k.names) == 0 {
		return nil
	}
	var out []match
	for i := 0; i < len(ps); i++ {
		if !ps[i].open {
			continue
		}
		h, end, found := uint64(0), -1, int32(-1)
		for j := i; j < len(ps); j++ {
			if j > i && !ps[j].glued {
				break
			}
			h = extend(h, ps[j].hash)
			at, ok := k.prefix[h]
			if !ok {
				break
			}
			if at >= 0 && ps[j].shut {
				end, found = j, at
			}
		}
		if found >= 0 {
			out = append(out, match{
				first: int(ps[i].token), last: int(ps[end].token), alias: found,
				span: news.Span{Start: ps[i].Start, End: ps[end].End},
			})
			i = end
		}
	}
	return out
}

// fitting are the aliases of a match whose writing fits the text, everyday names
// first. For each entity the closest spelling counts.
//
//	US   the US          not: us, Us
//	WHO  the WHO         not: Who
//	Turkey  in Turkey    not: turkey
//	njRAT   njRAT, NjRat, NJRAT
func (k *Known) fitting(m match, text string) []int32 {
	var main, other []int32
	for at := m.alias; at >= 0; at = k.names[at].next {
		a := &k.names[at]
		if !a.fits(text) || k.has(main, a.entity) || k.has(other, a.entity) {
			continue
		}
		if a.main {
			main = append(main, at)
		} else {
			other = append(other, at)
		}
	}
	return append(main, other...)
}

func (k *Known) has(list []int32, e int32) bool {
	for _, at := range list {
		if k.names[at].entity == e {
			return true
		}
	}
	return false
}

func (a *alias) fits(text string) bool {
	if text == a.text {
		return true
	}
	written := shapeOf(text)
	switch a.shape {
	case capitals:
		// A short one in capitals is often a common word otherwise.
		return written == capitals || len(a.text) > 5 && written == mixed || hasDigit(a.text) && len(a.text) > 4
	case mixed:
		if written == capitals {
			return len(text) > 3
		}
		if written == lower {
			return odd(a.text) && len(a.text) > 4
		}
		return sameCapitals(a.text, text)
	}
	return len(a.text) > 4 || text == a.text
}

// odd reports whether a name is written as no common word is: with a digit, or
// with a capital after a small letter.
func odd(s string) bool {
	small := false
	for _, r := range s {
		if unicode.IsDigit(r) || small && unicode.IsUpper(r) {
			return true
		}
		small = unicode.IsLower(r)
	}
	return false
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// sameCapitals reports whether every word that the name capitalises is
// capitalised in the text as well. The article may be small, and so may be what
// says only what kind of thing it is, behind a name of its own: "the Houthi
// movement", "Lazarus group".
func sameCapitals(name, text string) bool {
	np, tp := cut(nil, name, 0, 0), cut(nil, text, 0, 0)
	if len(np) != len(tp) {
		return false
	}
	for i := range np {
		if !unicode.IsUpper(firstRune(name[np[i].Start:])) || !unicode.IsLower(firstRune(text[tp[i].Start:])) {
			continue
		}
		w := strings.ToLower(name[np[i].Start:np[i].End])
		article := i == 0 && w == "the" && len(np) > 1
		kind := i > 0 && i == len(np)-1 && kindWords[w] && !facts().words[strings.ToLower(name[np[0].Start:np[0].End])]
		if !article && !kind {
			return false
		}
	}
	return true
}

// kindWords end names that have another proper word before them.
var kindWords = setOf("movement group gang team ransomware malware trojan botnet worm stealer campaign party army militia")
