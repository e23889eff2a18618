package entity

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	"hearsay/ingest/news"
)

// place is where a mention stands in its sentence.
type place uint8

const (
	subjectPlace place = iota
	objectPlace
	obliquePlace
	possessorPlace
	embeddedPlace
)

func (r *resolver) place(x *ref) place {
	rel := r.d.Tokens[r.seat(x)].Deprel
	switch {
	case news.IsRel(rel, "nsubj"):
		return subjectPlace
	case news.IsRel(rel, "obj"), news.IsRel(rel, "iobj"):
		return objectPlace
	case news.IsRel(rel, "nmod:poss"):
		return possessorPlace
	case news.IsRel(rel, "obl"), news.IsRel(rel, "root"):
		return obliquePlace
	case news.IsRel(rel, "conj"), news.IsRel(rel, "appos"):
		if h := r.d.Head(x.Head); h >= 0 {
			switch rel := r.d.Tokens[h].Deprel; {
			case news.IsRel(rel, "nsubj"):
				return subjectPlace
			case news.IsRel(rel, "obj"):
				return objectPlace
			}
		}
		return obliquePlace
	}
	return embeddedPlace
}

//go:embed model/pronouns.txt
var pronounModel string

// weightBits is the size of the table of weights.
const weightBits = 13

// weights of the features of a pronoun and its candidate, by hash.
type weights [1 << weightBits]float32

var pronounWeights = sync.OnceValue(func() *weights {
	w, err := readWeights(pronounModel)
	if err != nil {
		return new(weights) // tested: the embedded table can be read
	}
	return w
})

// readWeights reads lines of a feature's number and its weight.
func readWeights(text string) (*weights, error) {
	w := new(weights)
	n := 0
	for line := range strings.Lines(text) {
		n++
		number, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		k, err := strconv.Atoi(number)
		if err != nil || k < 0 || k >= len(w) {
			return nil, fmt.Errorf("pronouns line %d: want a number below %d and a weight", n, len(w))
		}
		v, err := strconv.ParseFloat(value, 32)
		if err != nil {
			return nil, fmt.Errorf("pronouns line %d: weight %q: %w", n, value, err)
		}
		w[k] = float32(v)
	}
	return w, nil
}

// option is a candidate antecedent, -1 for none, with its features
// features[first:end] of the resolver.
type option struct {
	at         int
	first, end int
	score      float64
}

// pair is a pronoun and a candidate.
type pair struct {
	i, j int
	p    pronoun
	kind uint32 // of pronoun: 0 person, 1 they, 2 it
	rank int    // clusters between
}

// gather collects the candidates for pronoun i in r.options, the nearest first,
// then names that follow it in a clause above its own, and last the option of
// leaving it unresolved.
func (r *resolver) gather(i int, p pronoun) {
	x := &r.refs[i]
	r.options, r.features = r.options[:0], r.features[:0]
	c := pair{i: i, p: p, kind: kindOfPronoun(p)}
	clear(r.ranks)
	for j := i - 1; j >= 0 && j >= i-reach && x.sent-r.refs[j].sent <= 5; j-- {
		if !r.compatible(i, j, p) {
			continue
		}
		root := r.root(j)
		if r.faded(i, j, root) {
			continue
		}
		if _, ok := r.ranks[root]; !ok {
			r.ranks[root] = len(r.ranks)
		}
		c.j, c.rank = j, r.ranks[root]
		r.describeOption(c)
	}
	for j := i + 1; j < len(r.refs) && j < i+15 && r.refs[j].sent == x.sent; j++ {
		if y := &r.refs[j]; y.Kind == news.Name && r.isSubject(y) && r.above(r.d.Head(y.Head), x.Head) && r.compatible(i, j, p) {
			c.j, c.rank = j, len(r.ranks)
			r.describeOption(c)
		}
	}
	first := len(r.features)
	r.put(1, c.kind, 0)
	r.put(2, c.kind, bucket(len(r.ranks)))
	r.put(3, c.kind, flag(r.quoteAt(x.Start) >= 0))
	r.put(4, c.kind, flag(r.isSubject(x) && r.opens(x.first) && r.d.Sentences[x.sent].NewPar))
	r.put(5, c.kind, uint32(r.place(x)))
	r.options = append(r.options, option{at: -1, first: first, end: len(r.features)})
}

// faded reports whether a person or thing that was described once, without a
// name, is no longer there to be spoken of: a paragraph and a sentence lie between.
func (r *resolver) faded(i, j, root int) bool {
	x, y := &r.refs[i], &r.refs[j]
	return r.refs[root].Kind != news.Name && r.count[root] < 2 && x.sent-y.sent > 1 && r.newParagraph(y.sent, x.sent)
}

func (r *resolver) put(template, a, b uint32) {
	r.features = append(r.features, uint16(feature(template, a, b)>>4&(1<<weightBits-1)))
}

func flag(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func kindOfPronoun(p pronoun) uint32 {
	switch {
	case p.animate:
		return 0
	case p.number == plural:
		return 1
	}
	return 2
}

func bucket(n int) uint32 {
	switch {
	case n > 5:
		return 4
	case n > 2:
		return 3
	}
	return uint32(n)
}

// describeOption adds mention j as an option for pronoun i with its features:
// where both stand and how far apart, how often the candidate is spoken of, what
// it is.
func (r *resolver) describeOption(c pair) {
	first := len(r.features)
	x, y := &r.refs[c.i], &r.refs[c.j]
	at := r.root(c.j)
	root := &r.refs[at]
	k := c.kind * 16
	distance := uint32(min(max(x.sent-y.sent, 0), 5))
	if c.j > c.i {
		distance = 6
	}
	where, own := uint32(r.place(y)), uint32(r.place(x))
	rank, count, total := bucket(c.rank), bucket(r.count[at]), bucket(r.total[at])
	r.put(10, distance, 0)
	r.put(11, distance, k)
	r.put(12, where, 0)
	r.put(13, where, k)
	r.put(14, where, distance)
	r.put(15, where, own+k)
	r.put(16, rank, 0)
	r.put(17, rank, k)
	r.put(18, rank, where)
	r.put(19, count, k)
	r.put(20, total, k)
	r.put(21, total, flag(at == r.topic)+2*count)
	r.put(22, uint32(typeIndex(root.Type)+1), k)
	r.put(23, uint32(y.Kind), uint32(root.Kind)+k)
	r.put(24, k, flag(x.sent > y.sent && r.newParagraph(y.sent, x.sent)))
	r.put(25, uint32(root.Kind), flag(root.gender == noGender)+2*flag(root.gender == c.p.gender)+k)
	r.put(26, k, flag(y.Kind == news.Pronoun && r.lower(y.Head) == r.lower(x.Head)))
	r.put(27, k, uint32(root.number))
	r.put(28, k, flag(y.Kind == news.Nominal && r.d.Child(y.Head, "det") < 0))
	r.put(29, where, flag(r.opens(y.first))+2*distance)
	hx, hy := r.d.Head(x.Head), r.d.Head(y.Head)
	if x.sent == y.sent && hy >= 0 {
		r.put(30, where*8+own, flag(r.above(hy, x.Head))+2*flag(hx == hy))
		r.put(31, where, flag(hx >= 0 && own == uint32(possessorPlace) && r.d.Head(hx) == hy))
	}
	if hx >= 0 && hy >= 0 {
		says := sayVerbs[r.d.Tokens[hx].Lemma] && own == 0
		said := sayVerbs[r.d.Tokens[hy].Lemma] && where == 0
		r.put(32, flag(says)+2*flag(said), k+distance)
		r.put(33, flag(says)+2*flag(said), uint32(typeIndex(root.Type)+1))
		r.put(34, k, flag(r.d.Tokens[hx].Lemma == r.d.Tokens[hy].Lemma))
	}
	r.options = append(r.options, option{at: c.j, first: first, end: len(r.features)})
}

// above reports whether token a is an ancestor of b, at most twelve steps up.
func (r *resolver) above(a, b int) bool {
	for n := 0; b >= 0 && n < 12; b, n = r.d.Head(b), n+1 {
		if a == b {
			return true
		}
	}
	return false
}

// antecedent is the mention that pronoun i is resolved to, -1 for none: the best
// option, if the options of its cluster are together likely enough.
func (r *resolver) antecedent(i int, p pronoun) int {
	r.gather(i, p)
	options := r.options
	if r.watch != nil {
		r.watch(i, options)
	}
	w := pronounWeights()
	best, total, none := 0, 0.0, 0.0
	for k := range options {
		o := &options[k]
		for _, f := range r.features[o.first:o.end] {
			o.score += float64(w[f])
		}
		if o.at >= 0 && (options[best].at < 0 || o.score > options[best].score) {
			best = k
		}
	}
	if options[best].at < 0 {
		return -1
	}
	own := 0.0
	root := r.root(options[best].at)
	for k := range options {
		o := &options[k]
		e := math.Exp(o.score - options[best].score)
		total += e
		switch {
		case o.at < 0:
			none = e
		case r.root(o.at) == root:
			own += e
		}
	}
	if own < none || own < sureness*total {
		return -1
	}
	return options[best].at
}

// sureness is the share of the probability that the antecedent's cluster must
// have: below it the pronoun stays unresolved.
const sureness = 0.2

// newParagraph reports whether a paragraph begins after sentence a, up to b.
func (r *resolver) newParagraph(a, b int) bool {
	for s := a + 1; s <= b; s++ {
		if r.d.Sentences[s].NewPar {
			return true
		}
	}
	return false
}
