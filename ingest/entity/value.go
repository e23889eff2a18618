package entity

import (
	"time"

	"hearsay/ingest/news"
)

// findValues adds times, amounts of money and quantities. A name keeps its tokens.
func (r *resolver) findValues() {
	base := r.d.Published
	if base.IsZero() {
		base = Date(r.d)
	}
	if !base.IsZero() {
		base = time.Date(base.Year(), base.Month(), base.Day(), 0, 0, 0, 0, time.UTC)
	}
	anchor := time.Time{}
	for s := range r.d.Sentences {
		sent := &r.d.Sentences[s]
		c := clock{d: r.d, base: base, anchor: anchor, first: sent.First, end: sent.End}
		c.times(func(x expression) { r.value(x.first, x.last, news.Date, x.value) })
		anchor = c.anchor
		amounts(r.d, sent.First, sent.End, r.taken, func(first, last int, t news.EntityType, v string) {
			r.value(first, last, t, v)
		})
	}
}

func (r *resolver) value(first, last int, t news.EntityType, v string) {
	for i := first; i <= last; i++ {
		if r.taken(i) {
			return
		}
	}
	r.add(first, last, ref{
		Mention: news.Mention{Kind: news.Nominal, Type: t, Head: r.headOf(first, last), Value: v, Rule: "grammar:" + string(t)},
		value:   true,
	})
	r.take(first, last)
}
