package entity

import (
	"slices"
	"sort"
	"strings"

	"hearsay/ingest/news"
)

type gender uint8

const (
	noGender gender = iota
	male
	female
	neuter
)

type plurality uint8

const (
	noNumber plurality = iota
	singular
	plural
)

// ref is a mention with what is known about what it refers to.
type ref struct {
	news.Mention
	first, last int // its tokens
	sent        int
	known       []int32 // fitting aliases of known entities
	indicator   *indicator
	country     string // where the text has a demonym or metonym for it
	named       string // the name of an institution that is only described
	gender      gender
	number      plurality
	animate     bool // surely a person
	value       bool // a date, an amount: refers to nothing else
	nested      bool // inside a longer name
	aside       bool // in boilerplate: no description in the text means it
	group       int  // of several names that stand together, how many
	lead        int  // of a group, the head of its first name
	up          int  // parent in the forest of clusters
	// of a root: the known entity of the cluster, -1 for none, and the type of
	// its names, "" for none
	who    int32
	called news.EntityType
	style  string // a title that stands for a missing first name: Lord Ahmad
	person string // of a root: first name and family name of the person, "" where one is missing
}

// resolver holds one document's mentions while they are found and grouped.
type resolver struct {
	d          *news.Document
	known      *Known
	recogniser *Recogniser // nil for rules alone
	t          *tables
	refs       []ref
	cover      []int32                       // per token: 1 + index of the outermost name or value that covers it, 0 for none
	head       []int32                       // per token: 1 + index of the mention that it heads
	roles      map[int][]role                // per cluster
	watch      func(i int, options []option) // for training; nil otherwise
	total      []int                         // names of the cluster in the whole document
	topic      int                           // the cluster of the person or body named most often, -1 for none
	options    []option                      // of the pronoun at hand
	features   []uint16                      // of the options
	ranks      map[int]int                   // place of a cluster among the candidates
	countries  map[string]int                // first mention of each country
	bodies     map[string]int                // first mention of each institution, by name
	learned    map[[2]int]news.EntityType    // what the recogniser found, by first and last token
	voices     map[[3]int]int                // first pronoun of a quotation (-1 for none), person and number
	count      []int                         // mentions of the cluster so far
}

// Resolve fills d.Mentions and d.Entities from the syntax layers and the known
// entities. It replaces what was there. The same input gives the same output.
func Resolve(d *news.Document, known *Known) { resolve(d, known, embedded()) }

func resolve(d *news.Document, known *Known, names *Recogniser) { resolveWatched(d, known, names, nil) }

// resolveWatched resolves d and shows each pronoun's options to watch.
func resolveWatched(d *news.Document, known *Known, names *Recogniser, watch func(r *resolver, i int, options []option)) {
	d.Mentions, d.Entities = nil, nil
	d.IndexTrees()
	r := &resolver{d: d, known: known, recogniser: names, t: facts(), cover: make([]int32, len(d.Tokens)), head: make([]int32, len(d.Tokens))}
	if watch != nil {
		r.watch = func(i int, options []option) { watch(r, i, options) }
	}
	r.findNames()
	r.findValues()
	r.findPhrases()
	r.findGroups()
	r.order()
	r.christened()
	r.joinNames()
	r.settle()
	r.joinPhrases()
	r.refer()
	r.build()
	known.apply(d)
}

// order sorts the mentions by position, longer ones first, and indexes their heads.
func (r *resolver) order() {
	at := make([]int, len(r.refs))
	for i := range at {
		at[i] = i
	}
	sort.SliceStable(at, func(i, j int) bool {
		a, b := r.refs[at[i]].Span, r.refs[at[j]].Span
		if a.Start != b.Start {
			return a.Start < b.Start
		}
		return a.End > b.End
	})
	refs, moved := make([]ref, len(at)), make([]int32, len(at)+1)
	for i, old := range at {
		refs[i], moved[old+1] = r.refs[old], int32(i)+1
	}
	r.refs = refs
	for i, c := range r.cover {
		r.cover[i] = moved[c]
	}
	for i := range r.refs {
		x := &r.refs[i]
		x.up = i
		if h := x.Head; r.head[h] == 0 || r.refs[r.head[h]-1].nested {
			r.head[h] = int32(i) + 1
		}
		x.who = -1
		if x.Kind == news.Name && x.Type == news.Person && x.last > x.first {
			x.person = r.d.Slice(x.Span)
		}
	}
}

// settle notes on each mention which known entity it is and the type that its name
// has, for join. Types may still be corrected by the names' own rules before.
func (r *resolver) settle() {
	for i := range r.refs {
		x := &r.refs[i]
		root := &r.refs[r.root(i)]
		root.who = max(root.who, r.decided(x))
		if x.Kind == news.Name && root.called == "" && x.Type != news.Other {
			root.called = x.Type
		}
	}
}

// add appends a mention of the tokens first to last.
func (r *resolver) add(first, last int, x ref) *ref {
	x.first, x.last = first, last
	if x.Span.Empty() {
		x.Span = r.d.SpanOf(first, last)
	}
	x.Entity = -1
	x.sent = r.d.SentenceAt(x.Start)
	x.aside = x.sent < len(r.d.Sentences) && r.d.Sentences[x.sent].Kind == news.Boilerplate
	r.refs = append(r.refs, x)
	return &r.refs[len(r.refs)-1]
}

// taken reports whether a name or value covers token i.
func (r *resolver) taken(i int) bool { return r.cover[i] != 0 }

func (r *resolver) take(first, last int) {
	for i := first; i <= last; i++ {
		r.cover[i] = int32(len(r.refs))
	}
}

// headOf is the token of [first, last] whose head lies outside of it; the first
// of them where there are several.
func (r *resolver) headOf(first, last int) int {
	for i := first; i <= last; i++ {
		if h := r.d.Head(i); h < first || h > last {
			if r.d.Tokens[i].UPOS != "PUNCT" {
				return i
			}
		}
	}
	return last
}

func (r *resolver) lower(i int) string { return lowerAt(r.d, i, len(r.d.Tokens)) }

// root is the first mention of i's cluster.
func (r *resolver) root(i int) int {
	for r.refs[i].up != i {
		r.refs[i].up = r.refs[r.refs[i].up].up
		i = r.refs[i].up
	}
	return i
}

// join puts two mentions into one cluster and notes why on the later one. It
// refuses, and reports so, what would make two known entities one, or a person a
// body or a place.
func (r *resolver) join(i, j int, rule string) bool {
	a, b := r.root(i), r.root(j)
	if a != b && !r.mayJoin(a, b) {
		return false
	}
	if r.refs[j].Rule == "" {
		r.refs[j].Rule = rule
	}
	if a == b {
		return true
	}
	a, b = min(a, b), max(a, b)
	x, y := &r.refs[a], &r.refs[b]
	y.up = a
	x.who = max(x.who, y.who)
	if x.gender == noGender && (y.gender == male || y.gender == female) {
		x.gender = y.gender
	}
	if x.called == "" {
		x.called = y.called
	}
	if x.person == "" {
		x.person = y.person
	}
	return true
}

// samePerson reports whether two full names may be one person's: they share a word,
// and not the family name alone, as Usman Khan and Sadiq Khan do.
func samePerson(a, b string) bool {
	x, y := strings.Fields(bare(a)), strings.Fields(bare(b))
	if x[len(x)-1] != y[len(y)-1] {
		return slices.ContainsFunc(x, func(w string) bool { return slices.Contains(y, w) })
	}
	p, q := strings.TrimSuffix(x[0], "."), strings.TrimSuffix(y[0], ".")
	return strings.HasPrefix(p, q) || strings.HasPrefix(q, p) || within(x, y) || within(y, x)
}

// within reports whether every word of a name is one of the other's.
func within(some, all []string) bool {
	return !slices.ContainsFunc(some, func(w string) bool { return !slices.Contains(all, w) })
}

// mayJoin looks at two roots.
func (r *resolver) mayJoin(a, b int) bool {
	x, y := &r.refs[a], &r.refs[b]
	if x.who >= 0 && y.who >= 0 && x.who != y.who {
		return false
	}
	if x.person != "" && y.person != "" && !samePerson(x.person, y.person) {
		return false
	}
	return x.called == "" || y.called == "" || x.called == y.called || x.called != news.Person && y.called != news.Person
}
