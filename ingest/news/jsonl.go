package news

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// AppendClaims appends the document's claims as the output contract's JSON
// lines, one claim a line, in their order. It needs the ids of claims and
// propositions. Offsets count code points; every text is exactly the characters
// that its offsets span.
func AppendClaims(dst []byte, d *Document) []byte {
	w := encoder{dst: dst, d: d, o: NewOffsets(d.Text)}
	for i := range d.Claims {
		w.claim(&d.Claims[i])
	}
	return w.dst
}

// AppendPropositions appends the document's propositions as the output
// contract's JSON lines, one mention of a proposition a line, in their order,
// each with the claims whose content it is.
func AppendPropositions(dst []byte, d *Document) []byte {
	w := encoder{dst: dst, d: d, o: NewOffsets(d.Text)}
	holders := make([][]int, len(d.Propositions))
	for i := range d.Claims {
		for _, p := range d.Claims[i].Propositions {
			holders[p] = append(holders[p], i)
		}
	}
	for i := range d.Propositions {
		w.proposition(&d.Propositions[i], holders[i])
	}
	return w.dst
}

// encoder appends JSON by hand: the fields stand in the contract's order, and
// a document costs one buffer.
type encoder struct {
	dst []byte
	d   *Document
	o   *Offsets
}

func (w *encoder) claim(c *Claim) {
	w.open()
	w.text("id", c.ID)
	w.text("document", w.d.IRI)
	if c.Sentence >= 0 && c.Sentence < len(w.d.Sentences) {
		w.key("sentence")
		w.open()
		w.offsets(w.d.Sentences[c.Sentence].Span)
		w.close()
	}
	w.source(&c.Source)
	if !c.Cue.Empty() {
		w.key("cue")
		w.open()
		w.place(c.Cue)
		w.close()
	}
	w.text("stance", string(c.Stance))
	w.text("certainty", string(c.Certainty))
	w.text("polarity", string(c.Polarity))
	w.text("quotation", string(c.Quotation))
	if len(c.Content) > 0 {
		w.key("content")
		w.open()
		w.place(c.Extent())
		if len(c.Content) > 1 {
			w.key("spans")
			w.spans(c.Content)
		}
		w.close()
	}
	w.key("propositions")
	w.dst = append(w.dst, '[')
	for k, p := range c.Propositions {
		if k > 0 {
			w.dst = append(w.dst, ',')
		}
		w.dst = appendString(w.dst, w.d.Propositions[p].ID)
	}
	w.dst = append(w.dst, ']')
	if c.About >= 0 {
		w.text("about", w.d.Claims[c.About].ID)
	}
	w.close()
	w.dst = append(w.dst, '\n')
}

func (w *encoder) source(s *Source) {
	w.key("source")
	w.open()
	w.text("kind", string(s.Kind))
	w.optional("name", s.Name)
	w.entity(s.Entity)
	if s.Kind != Author && !s.Empty() {
		w.place(s.Span)
	}
	w.close()
}

func (w *encoder) proposition(p *Proposition, claims []int) {
	w.open()
	w.text("id", p.ID)
	w.text("document", w.d.IRI)
	w.key("claims")
	w.dst = append(w.dst, '[')
	for k, c := range claims {
		if k > 0 {
			w.dst = append(w.dst, ',')
		}
		w.dst = appendString(w.dst, w.d.Claims[c].ID)
	}
	w.dst = append(w.dst, ']')
	w.argument("subject", &p.Subject)
	w.relation(&p.Relation)
	w.argument("object", &p.Object)
	w.key("arguments")
	w.dst = append(w.dst, '[')
	for i := range p.Arguments {
		a := &p.Arguments[i]
		if i > 0 {
			w.dst = append(w.dst, ',')
		}
		w.open()
		w.text("role", a.Role)
		w.place(a.Span)
		w.optional("value", a.Value)
		w.entity(a.Entity)
		w.close()
	}
	w.dst = append(w.dst, ']')
	if q := p.Quantity; q != nil {
		w.key("quantity")
		w.open()
		w.key("value")
		w.number(q.Value)
		w.text("bound", string(q.Bound))
		w.text("unit", q.Unit)
		w.close()
	}
	w.text("polarity", string(p.Polarity))
	w.text("certainty", string(p.Certainty))
	w.close()
	w.dst = append(w.dst, '\n')
}

// argument writes a subject or object; one without words is left out.
func (w *encoder) argument(name string, a *Argument) {
	if a.Empty() {
		return
	}
	w.key(name)
	w.open()
	w.place(a.Span)
	w.entity(a.Entity)
	w.close()
}

func (w *encoder) relation(r *Relation) {
	w.key("relation")
	w.open()
	text := r.Text
	if !r.Empty() {
		text = w.d.Slice(r.Span)
	}
	w.text("text", text)
	w.text("lemma", r.Lemma)
	w.text("predicate", r.Predicate)
	if r.Inverse {
		// Subject and object stand as in the text; the predicate reads them the
		// other way round.
		w.key("inverse")
		w.dst = append(w.dst, "true"...)
	}
	if !r.Empty() {
		w.offsets(r.Span)
	}
	w.close()
}

// place writes the text of a span and its offsets.
func (w *encoder) place(s Span) {
	w.text("text", w.d.Slice(s))
	w.offsets(s)
}

func (w *encoder) offsets(s Span) {
	c := w.o.Span(s)
	w.key("start")
	w.dst = strconv.AppendInt(w.dst, int64(c.Start), 10)
	w.key("end")
	w.dst = strconv.AppendInt(w.dst, int64(c.End), 10)
}

func (w *encoder) spans(spans []Span) {
	w.dst = append(w.dst, '[')
	for i, s := range spans {
		if i > 0 {
			w.dst = append(w.dst, ',')
		}
		c := w.o.Span(s)
		w.dst = append(w.dst, '[')
		w.dst = strconv.AppendInt(w.dst, int64(c.Start), 10)
		w.dst = append(w.dst, ',')
		w.dst = strconv.AppendInt(w.dst, int64(c.End), 10)
		w.dst = append(w.dst, ']')
	}
	w.dst = append(w.dst, ']')
}

func (w *encoder) entity(e int) {
	if e >= 0 {
		w.text("entity", w.d.Entities[e].IRI)
	}
}

func (w *encoder) open()  { w.dst = append(w.dst, '{') }
func (w *encoder) close() { w.dst = append(w.dst, '}') }

// key writes a field's name, after a comma unless it is the first of its object.
func (w *encoder) key(name string) {
	if w.dst[len(w.dst)-1] != '{' {
		w.dst = append(w.dst, ',')
	}
	w.dst = append(w.dst, '"')
	w.dst = append(w.dst, name...)
	w.dst = append(w.dst, '"', ':')
}

func (w *encoder) text(name, value string) {
	w.key(name)
	w.dst = appendString(w.dst, value)
}

func (w *encoder) optional(name, value string) {
	if value != "" {
		w.text(name, value)
	}
}

// number writes a finite number; JSON has no other.
func (w *encoder) number(f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		w.dst = append(w.dst, "null"...)
		return
	}
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	w.dst = strconv.AppendFloat(w.dst, f, format, -1, 64)
}

// appendString appends s as a JSON string. Characters beyond ASCII stand as they
// are; a byte that is no UTF-8 becomes U+FFFD.
func appendString(dst []byte, s string) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				dst = append(dst, s[from:i]...)
				dst = append(dst, `\ufffd`...)
				from = i + 1
			}
			i += n
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' && c != 0x7f {
			i++
			continue
		}
		dst = append(dst, s[from:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
		i++
		from = i
	}
	dst = append(dst, s[from:]...)
	return append(dst, '"')
}
