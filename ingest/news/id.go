package news

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strconv"
	"strings"
)

// DocumentIRI is hs:doc/NAME-HASH: NAME is the last segment of the identity
// without its file ending, with all but A-Za-z0-9._~- percent-encoded; HASH the
// first 8 hexadecimal digits of the SHA-256 of the text.
func DocumentIRI(id, text string) string {
	name := strings.TrimRight(id, "/")
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		name = name[i+1:]
	}
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 6 {
		name = name[:i]
	}
	if name == "" || name == "-" {
		name = "stdin"
	}
	sum := sha256.Sum256([]byte(text))
	return "hs:doc/" + percentEncode(name) + "-" + hex.EncodeToString(sum[:4])
}

func percentEncode(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
			c == '.' || c == '_' || c == '~' || c == '-' {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

// SpanIRI names a place in the document by RFC 5147: hs:doc/…#char=a,b, counted
// in code points.
func (d *Document) SpanIRI(o *Offsets, s Span) string {
	c := o.Span(s)
	return d.IRI + "#char=" + strconv.Itoa(c.Start) + "," + strconv.Itoa(c.End)
}

// Node is the IRI that stands for an argument or source in the graph: its
// entity's, else that of the place where it stands.
func (d *Document) Node(o *Offsets, entity int, at Span) string {
	if entity >= 0 {
		return d.Entities[entity].IRI
	}
	return d.SpanIRI(o, at)
}

func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p))))
		h.Write([]byte{':'})
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil)[:10])
}

// IdentifyPropositions sets the id and the label of every proposition from
// subject, predicate, object, quantity and polarity, and nothing else: the same
// statement has the same id and the same label in every document.
func (d *Document) IdentifyPropositions() {
	o := NewOffsets(d.Text)
	for i := range d.Propositions {
		p := &d.Propositions[i]
		s := d.statement(o, p)
		quantity := ""
		if q := s.quantity; q != nil {
			quantity = string(q.Bound) + " " + strconv.FormatFloat(q.Value, 'g', -1, 64) + " " + q.Unit
		}
		p.ID = "hs:prop/" + digest(s.subject, s.predicate, s.object, quantity, string(s.polarity))
		p.Label = s.label(func(iri string) string { return d.words(o, p, iri) })
	}
}

// statement is the part of p that is the same wherever it is stated.
func (d *Document) statement(o *Offsets, p *Proposition) statement {
	s := statement{predicate: p.Relation.Predicate, quantity: p.Quantity, polarity: p.Polarity}
	s.subject, s.object = d.participant(o, p, &p.Subject), d.participant(o, p, &p.Object)
	first := &p.Subject
	if p.Relation.Inverse {
		s.subject, s.object = s.object, s.subject
		first = &p.Object
	}
	if strings.Contains(s.subject, "#char=") && first.Head >= 0 && first.Head < len(d.Tokens) {
		tag := d.Tokens[first.Head].XPOS
		s.plural = tag == "NNS" || tag == "NNPS"
	}
	return s
}

// participant is the node of a subject or object, "" for none. A counted one is
// the quantity: its place in this document is no part of the statement.
func (d *Document) participant(o *Offsets, p *Proposition, a *Argument) string {
	if a.Entity < 0 && a.Empty() || d.Counted(p, a) {
		return ""
	}
	return d.Node(o, a.Entity, a.Span)
}

// Counted reports whether a subject or object is what the proposition's quantity
// counts ("188 passengers") rather than somebody with a name.
func (d *Document) Counted(p *Proposition, a *Argument) bool {
	return p.Quantity != nil && a.Contains(p.Quantity.Span) && (a.Entity < 0 || !d.Entities[a.Entity].Named)
}

// words are the name of one of p's arguments where its IRI doesn't tell it: that
// of a known entity, else the words of the document for what has no name.
func (d *Document) words(o *Offsets, p *Proposition, iri string) string {
	for _, a := range [...]*Argument{&p.Subject, &p.Object} {
		if (a.Entity >= 0 || !a.Empty()) && d.Node(o, a.Entity, a.Span) == iri {
			switch {
			case a.Entity < 0:
				return d.Slice(a.Span)
			case d.Entities[a.Entity].Known || !d.Entities[a.Entity].Named:
				return d.Entities[a.Entity].Name
			}
		}
	}
	return ""
}

// IdentifyClaims sets the id of every claim from the document's IRI, the spans
// of source, cue and content, and the stance. Claims that would have the same id
// are one: the later is dropped, and About is renumbered.
func (d *Document) IdentifyClaims() {
	o := NewOffsets(d.Text)
	at := func(s Span) string {
		c := o.Span(s)
		return strconv.Itoa(c.Start) + "," + strconv.Itoa(c.End)
	}
	seen := make(map[string]int, len(d.Claims))
	renumber := make([]int, len(d.Claims))
	kept := d.Claims[:0]
	for i := range d.Claims {
		c := d.Claims[i]
		var content []string
		for _, s := range c.Content {
			content = append(content, at(s))
		}
		c.ID = "hs:claim/" + digest(d.IRI, at(c.Source.Span), at(c.Cue), strings.Join(content, " "), string(c.Stance))
		if j, dup := seen[c.ID]; dup {
			renumber[i] = j
			continue
		}
		seen[c.ID] = len(kept)
		renumber[i] = len(kept)
		kept = append(kept, c)
	}
	d.Claims = kept
	for i := range d.Claims {
		if a := d.Claims[i].About; a >= 0 {
			d.Claims[i].About = renumber[a]
		}
	}
}

// SortClaims orders claims by position: content or cue, then source, then stance.
// It renumbers About.
func (d *Document) SortClaims() {
	order := make([]int, len(d.Claims))
	for i := range order {
		order[i] = i
	}
	key := func(c *Claim) Span {
		return c.Cue.Cover(c.Extent()).Cover(c.Source.Span)
	}
	sort.SliceStable(order, func(x, y int) bool {
		a, b := &d.Claims[order[x]], &d.Claims[order[y]]
		ka, kb := key(a), key(b)
		if ka.Start != kb.Start {
			return ka.Start < kb.Start
		}
		if ka.End != kb.End {
			return ka.End > kb.End
		}
		return a.Source.Start < b.Source.Start
	})
	sorted := make([]Claim, len(order))
	renumber := make([]int, len(order))
	for i, j := range order {
		sorted[i] = d.Claims[j]
		renumber[j] = i
	}
	for i := range sorted {
		if a := sorted[i].About; a >= 0 {
			sorted[i].About = renumber[a]
		}
	}
	d.Claims = sorted
}
