package news

import "unicode/utf8"

// Offsets turns byte offsets of one text into code points, which the output
// contract counts. For plain ASCII it costs nothing.
type Offsets struct {
	text string
	at   []int32 // code points before byte k*step; nil where every byte is a code point
}

const step = 64

// NewOffsets indexes text in one pass.
func NewOffsets(text string) *Offsets {
	o := &Offsets{text: text}
	ascii := true
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return o
	}
	o.at = make([]int32, 0, len(text)/step+1)
	n := int32(0)
	for i := 0; i < len(text); i++ {
		if i%step == 0 {
			o.at = append(o.at, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	if len(text)%step == 0 {
		o.at = append(o.at, n)
	}
	return o
}

// CodePoints is the number of code points before byte offset b, which must lie
// in [0, len(text)] on the border of a code point.
func (o *Offsets) CodePoints(b int) int {
	if o.at == nil {
		return b
	}
	k := b / step
	n := int(o.at[k])
	for i := k * step; i < b; i++ {
		if utf8.RuneStart(o.text[i]) {
			n++
		}
	}
	return n
}

// Span turns a span of bytes into one of code points.
func (o *Offsets) Span(s Span) Span { return Span{o.CodePoints(s.Start), o.CodePoints(s.End)} }
