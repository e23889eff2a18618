package proposition

import "slices"

// kind says which family of rules read a frame.
type kind uint8

const (
	verbal      kind = iota // Lazarus hacked Sony
	copular                 // Choi is a director
	existential             // there is a flaw in Windows
	apposition              // Simon Choi, a director
	title                   // spokeswoman Hua Chunying
	possession              // Sony's network
	nominal                 // the attack on Sony
	location                // a server in Seoul
	exemplar                // worms such as WannaCry
	kinds
)

// argKind says what an argument is to its relation.
type argKind uint8

const (
	object    argKind = iota
	indirect          // gave *them* a list
	predicate         // is *a director*, called it *an attack*
	content           // said *that it failed*
	oblique           // with a preposition
	agent             // by Lazarus, under a passive
	adjunct           // bare or adverbial: *last year*, *when it failed*, *to find them*
	argKinds
)

// arg is one argument of a frame.
type arg struct {
	head int
	kind argKind
	role string // time, place, instrument, manner or "" before it is known
	toks []int  // its words in order, without the marker
	mark []int  // its preposition or subordinator
	from int    // the token that it hangs on
}

// frame is one clause or phrase read as a relation.
type frame struct {
	kind    kind
	head    int   // token at the top of the relation: "tried" of "tried to stop"
	verb    int   // token that says what is related: "stop"
	rel     []int // its words in order
	subject int   // head token of the subject, -1 where there is none
	how     controller
	args    []arg // in the order of the text
	passive bool
	// supply is the word of a relation that has none of its own in the text:
	// "is" of an apposition, "has" of a possession, "is in" of a location.
	supply string
}

// controller says how a subject was found.
type controller uint8

const (
	own        controller = iota // a subject of its own
	antecedent                   // a relative pronoun's antecedent
	shared                       // that of the clause it is coordinated with
	controlled                   // that of the clause above: to stop it, stopping it
	modified                     // the noun it modifies: the man arrested
	controllers
)

// list copies token indices into the arena, sorted.
func (r *reader) list(toks []int) []int {
	if len(toks) == 0 {
		return nil
	}
	if cap(r.arena)-len(r.arena) < len(toks) {
		r.arena = make([]int, 0, max(512, len(toks)))
	}
	n := len(r.arena)
	r.arena = append(r.arena, toks...)
	out := r.arena[n:len(r.arena):len(r.arena)]
	slices.Sort(out)
	return out
}
