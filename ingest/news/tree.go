package news

import "iter"

// kin holds a token's first child and next sibling as absolute indices, -1 for none.
type kin struct{ first, next int32 }

// IndexTrees rebuilds the child lists after heads were set or changed. Children,
// Subtree and the functions built on them need it; it costs one pass.
func (d *Document) IndexTrees() {
	n := len(d.Tokens)
	if cap(d.kids) < n {
		d.kids = make([]kin, n)
	}
	d.kids = d.kids[:n]
	for i := range d.kids {
		d.kids[i] = kin{-1, -1}
	}
	for i := n - 1; i >= 0; i-- {
		if h := d.Head(i); h >= 0 {
			d.kids[i].next = d.kids[h].first
			d.kids[h].first = int32(i)
		}
	}
}

// Head is the index of token i's head, -1 for a root.
func (d *Document) Head(i int) int {
	if d.Tokens[i].Head == 0 {
		return -1
	}
	return i + d.Tokens[i].Head
}

// Children yields the indices of token i's children in order.
func (d *Document) Children(i int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for k := d.kids[i].first; k >= 0; k = d.kids[k].next {
			if !yield(int(k)) {
				return
			}
		}
	}
}

// Child is token i's first child with one of the relations, -1 for none. A
// relation without subtype ("nsubj") matches its subtypes too.
func (d *Document) Child(i int, rels ...string) int {
	for k := d.kids[i].first; k >= 0; k = d.kids[k].next {
		for _, r := range rels {
			if IsRel(d.Tokens[k].Deprel, r) {
				return int(k)
			}
		}
	}
	return -1
}

// IsRel reports whether deprel is rel or a subtype of it.
func IsRel(deprel, rel string) bool {
	return len(deprel) >= len(rel) && deprel[:len(rel)] == rel &&
		(len(deprel) == len(rel) || deprel[len(rel)] == ':')
}

// Subtree is the range [first, last] of token indices that token i and its
// descendants span; in a non-projective tree it may hold others' tokens.
func (d *Document) Subtree(i int) (first, last int) {
	first, last = i, i
	for k := d.kids[i].first; k >= 0; k = d.kids[k].next {
		a, b := d.Subtree(int(k))
		first, last = min(first, a), max(last, b)
	}
	return first, last
}

// Dominates reports whether token a is b or an ancestor of b.
func (d *Document) Dominates(a, b int) bool {
	for ; b >= 0; b = d.Head(b) {
		if a == b {
			return true
		}
	}
	return false
}

// SpanOf is the span from token first to token last, both included.
func (d *Document) SpanOf(first, last int) Span {
	return Span{d.Tokens[first].Start, d.Tokens[last].End}
}

// Form is the text of token i.
func (d *Document) Form(i int) string { return d.Slice(d.Tokens[i].Span) }

// Slice is the text of a span.
func (d *Document) Slice(s Span) string { return d.Text[s.Start:s.End] }

// SentenceAt is the index of the sentence that holds byte offset pos, or the
// next one where it stands between two, len(Sentences) after the last.
func (d *Document) SentenceAt(pos int) int {
	lo, hi := 0, len(d.Sentences)
	for lo < hi {
		if m := (lo + hi) / 2; d.Sentences[m].Span.End <= pos {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// TokenAt is the index of the token that holds byte offset pos, or the next one
// where it stands between two, len(Tokens) after the last.
func (d *Document) TokenAt(pos int) int {
	lo, hi := 0, len(d.Tokens)
	for lo < hi {
		if m := (lo + hi) / 2; d.Tokens[m].Span.End <= pos {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// Feat is the value of one morphological feature, "" where it is not set.
func (t *Token) Feat(name string) string {
	f := t.Feats
	for len(f) > 0 {
		end := len(f)
		for i := 0; i < len(f); i++ {
			if f[i] == '|' {
				end = i
				break
			}
		}
		if kv := f[:end]; len(kv) > len(name) && kv[len(name)] == '=' && kv[:len(name)] == name {
			return kv[len(name)+1:]
		}
		if end == len(f) {
			return ""
		}
		f = f[end+1:]
	}
	return ""
}
