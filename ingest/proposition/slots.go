package proposition

import (
	"strings"
	"unicode"
)

// slots are the participants of a frame by the names of the predicate table.
type slots struct {
	key       string // words of the relation
	parts     []part
	agentless bool // a passive without "by"
}

// part is a participant that fills a slot.
type part struct {
	place string
	head  int
	arg   int // index into the frame's arguments; -1 for the subject, -2 for what hangs on a noun
}

// slotsOf lists the participants of frame f in the active voice.
func (r *reader) slotsOf(f *frame) slots {
	s := slots{key: r.key(f)}
	subject := "subj"
	s.agentless = f.passive && f.kind == verbal
	switch {
	case f.kind == nominal:
		subject = "self"
		s.parts = r.nounParts(s.parts, f.verb, false)
	case f.passive:
		subject = "obj"
	}
	if f.subject >= 0 {
		s.parts = append(s.parts, part{subject, f.subject, -1})
	}
	if f.kind == nominal {
		s.parts = r.around(s.parts, f.verb)
	}
	for i := range f.args {
		a := &f.args[i]
		switch a.kind {
		case object:
			s.parts = append(s.parts, part{"obj", a.head, i})
		case indirect:
			s.parts = append(s.parts, part{"iobj", a.head, i})
		case agent:
			s.agentless = false
			s.parts = append(s.parts, part{"subj", a.head, i})
		case oblique, adjunct:
			if f.kind == location && len(a.mark) == 0 {
				s.parts = append(s.parts, part{"in", a.head, i})
				break
			}
			if len(a.mark) > 0 && a.role != "time" {
				s.parts = append(s.parts, part{r.preposition(a.mark), a.head, i})
			}
		case predicate:
			if len(a.mark) > 0 {
				s.parts = append(s.parts, part{r.lower[a.mark[0]], a.head, i})
			} else {
				s.parts = append(s.parts, part{"pred", a.head, i})
				s.parts = r.nounParts(s.parts, a.head, true)
			}
		}
	}
	return s
}

// preposition is a marker in lower case, its words joined by spaces: "due to".
func (r *reader) preposition(mark []int) string {
	if len(mark) == 1 {
		return r.lower[mark[0]]
	}
	return strings.ToLower(r.words(mark))
}

// ownVerbs have as object what is their subject's own: who denies a role had or
// hadn't it, who questions a role speaks of another's.
var ownVerbs = map[string]bool{
	"accept": true, "acknowledge": true, "admit": true, "assume": true, "bear": true, "claim": true, "concede": true,
	"confess": true, "deny": true, "disavow": true, "disclaim": true, "dismiss": true, "dispute": true, "have": true,
	"play": true, "refute": true, "reject": true, "share": true, "take": true,
}

// around adds what fills the slots of noun n from outside its phrase: the holder
// of a role that is nowhere else told of, and who has the noun as object.
func (r *reader) around(parts []part, n int) []part {
	if r.child(n, "cop") < 0 && !r.rel(n, "appos", "nmod:desc", "compound", "xcomp") {
		parts = append(parts, part{"subj", n, -1})
	}
	if h := r.d.Head(n); h >= 0 && r.rel(n, "obj") {
		if s, _ := r.subject(h); s >= 0 && !r.isPassive(h) && ownVerbs[strings.ToLower(r.lemma(h))] {
			parts = append(parts, part{"ctrl", s, -2})
		}
		if r.embedding.fin[strings.ToLower(r.lemma(h))] != 0 {
			parts = r.misattached(parts, n, h)
		}
	}
	return parts
}

// misattached adds the phrase right behind noun n, the object of h, a verb of
// saying or thinking, that a parser gave to the verb: "denied [any part] [in the
// attack]". A verb of doing keeps it: "played a role in the attack".
func (r *reader) misattached(parts []part, n, h int) []part {
	_, last := r.d.Subtree(n)
	for c := range r.d.Children(h) {
		if m := r.marker(c); r.rel(c, "obl") && len(m) > 0 && m[0] == last+1 {
			parts = append(parts, part{r.lower[m[0]], c, -2})
		}
	}
	return parts
}

// nounParts adds what fills the slots of noun n: its genitive and prepositions.
//
//	Hauri 's director, a director at Hauri -> Hauri
//
// A name before the noun of a role counts as its genitive: "Hauri director".
func (r *reader) nounParts(parts []part, n int, role bool) []part {
	for c := range r.d.Children(n) {
		switch {
		case r.rel(c, "nmod:poss") && !r.isTime(&arg{head: c}) && !(role && r.unresolved(c)):
			parts = append(parts, part{"poss", c, -2})
		case r.rel(c, "nmod", "obl"):
			if m := r.marker(c); len(m) > 0 {
				parts = append(parts, part{r.lower[m[0]], c, -2})
			}
		case r.rel(c, "compound") && c < n && r.upos(c) == "PROPN":
			place := "name"
			if role {
				place = "poss"
			}
			parts = append(parts, part{place, c, -2})
		}
	}
	return parts
}

// unresolved reports whether token i is a pronoun that stands for nobody known.
func (r *reader) unresolved(i int) bool {
	if r.upos(i) != "PRON" {
		return false
	}
	k := r.mention[i]
	return k == 0 || r.d.Mentions[k-1].Entity < 0
}

// key is what the predicate table knows a relation by.
//
//	took down    -> take down       was attacked       -> attack
//	is behind    -> be behind       is responsible for -> be responsible
//	is a member  -> be member       took part in       -> take part
func (r *reader) key(f *frame) string {
	v := f.verb
	switch f.kind {
	case verbal:
		if r.upos(v) == "VERB" && !r.isCopular(v) {
			return r.verbKey(v)
		}
	case copular, apposition, title:
		for i := range f.args {
			if a := &f.args[i]; a.kind == predicate {
				if len(a.mark) > 0 {
					return "be " + r.lower[a.mark[0]]
				}
				if r.upos(a.head) == "NUM" {
					return "be"
				}
				return "be " + r.nounKey(a.head)
			}
		}
	case nominal:
		return "~" + r.nounKey(v)
	case location:
		return "be in"
	default:
		return ""
	}
	return "be " + strings.ToLower(r.lemma(v))
}

func (r *reader) isCopular(v int) bool { return r.child(v, "cop") >= 0 }

func (r *reader) verbKey(v int) string {
	key := strings.ToLower(r.lemma(v))
	if p := r.child(v, "compound:prt"); p >= 0 {
		return key + " " + r.lower[p]
	}
	return key
}

// nounKey is a noun's lemma, with a word before it that makes another role of it.
func (r *reader) nounKey(n int) string {
	key := strings.ToLower(r.lemma(n))
	for c := range r.d.Children(n) {
		if c < n && r.rel(c, "amod", "compound") && modifiesRole(r.lower[c]) {
			return r.lower[c] + " " + key
		}
	}
	return key
}

// modifiesRole reports whether a word makes another role of one: who is a former
// president or vice president is no president.
func modifiesRole(w string) bool {
	switch w {
	case "former", "ex", "vice", "deputy", "assistant", "acting", "interim", "designate", "then", "onetime", "ousted", "late", "would-be", "future", "incoming", "outgoing":
		return true
	}
	return false
}

// find lists the readings of frame f by the table. A verb with its object ("take
// part") is tried before the verb alone, and the first rule that fits is the
// reading; a noun has one for each predicate that fits.
func (r *reader) find(buf []reading, p *Predicates, f *frame) []reading {
	if f.head != f.verb && r.impersonalControl(f) {
		return buf
	}
	s := r.slotsOf(f)
	if buf = r.findWith(buf, p, f, s); len(buf) > 0 {
		return buf[:1]
	}
	buf = r.match(buf, p, s.key, s)
	if f.kind == nominal && len(buf) == 0 {
		if buf = r.match(buf, p, "be "+s.key[1:], s); len(buf) > 1 {
			buf = buf[:1]
		}
	}
	if len(buf) > 1 && f.kind != nominal {
		buf = buf[:1]
	}
	return buf
}

// findWith lists the readings of a verb together with its object, complement or
// subject: "take part", "leave dead", "toll rise".
func (r *reader) findWith(buf []reading, p *Predicates, f *frame, s slots) []reading {
	for i := range f.args {
		a := &f.args[i]
		if a.kind != object && (a.kind != predicate || f.kind != verbal) {
			continue
		}
		buf = r.match(buf, p, s.key+" "+strings.ToLower(r.lemma(a.head)), s)
		for c := range r.d.Children(a.head) {
			// "left 12 people dead"
			if len(buf) == 0 && c > a.head && r.rel(c, "amod", "acl") && r.upos(c) == "ADJ" {
				buf = r.match(buf, p, s.key+" "+r.lower[c], s)
			}
		}
		if len(buf) > 0 {
			if buf[0].object.arg != i {
				buf[0].light = i
			}
			return buf
		}
	}
	if f.subject >= 0 && f.kind != nominal {
		if l := strings.ToLower(r.lemma(f.subject)); l == "toll" {
			return r.match(buf, p, l+" "+s.key, s)
		}
	}
	return buf
}

// impersonalControl reports whether the verb of f has a subject of nobody in
// particular: what a law forbids using, the law doesn't use.
func (r *reader) impersonalControl(f *frame) bool {
	h := r.d.Head(f.verb)
	if h < 0 || r.xpos(f.verb) != "VBG" || r.isPassive(h) {
		return false
	}
	switch r.lemma(h) {
	case "forbid", "prohibit", "ban", "suggest", "recommend", "advise", "propose", "allow", "permit", "involve", "require", "discuss", "mean", "include", "oppose":
		return true
	}
	return false
}

// reading is a predicate with the participants that it relates.
type reading struct {
	predicate       string // "" for one that keeps its lemma
	subject, object part
	light           int // index of the argument that is part of the relation ("take *part*"), -1 for none
}

func (r *reader) match(buf []reading, p *Predicates, key string, s slots) []reading {
next:
	for _, u := range p.rules[key] {
		for i := range buf {
			if buf[i].predicate == u.predicate {
				continue next
			}
		}
		a, ok := r.fill(p, u.subject, s)
		if !ok {
			continue
		}
		if b, ok := r.fill(p, u.object, s); ok && a.head != b.head {
			buf = append(buf, reading{u.predicate, a, b, -1})
		}
	}
	return buf
}

func (r *reader) fill(p *Predicates, want slot, s slots) (part, bool) {
	for _, place := range want.places {
		for _, q := range s.parts {
			if q.place == place && (want.class == "" || r.inClass(p, want.class, q.head)) {
				return q, true
			}
		}
	}
	// "Computers were crippled": nobody is named, in the active voice.
	if want.optional && (s.agentless || want.places[0] != "subj") {
		return part{want.places[0], -1, -2}, true
	}
	return part{}, false
}

// inClass reports whether the noun at head is of a class: by its lemma, or by
// the type of what it refers to.
func (r *reader) inClass(p *Predicates, class string, head int) bool {
	if p.classes[class][strings.ToLower(r.lemma(head))] {
		return true
	}
	k := r.mention[head]
	if k == 0 {
		return false
	}
	t := string(r.d.Mentions[k-1].Type)
	return p.classes[class][t]
}

func isWordRune(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) }
