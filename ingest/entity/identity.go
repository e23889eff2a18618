package entity

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
)

// Identity is what documents taken together say about who is who: that the entity
// that some of them call B is the one that others call A, or that one name has two
// owners. It is computed from the set of documents, and changes no IRI.
type Identity struct {
	A, B      string // IRIs; equal where one name has two owners
	Same      bool   // B is A; else two are told apart
	Rule      string
	Score     float64  // 0 to 1
	Evidence  string   // for people
	Documents []string // of B where Same, else of the owner; sorted
	Owner     string   // IRI for an owner of a name of several, "" where Same
	Label     string   // of the owner, for people
}

// identifier looks for identities among the entities of many documents.
type identifier struct {
	seen    []Seen           // by IRI; the rest names them by their place here
	weights []float64        // of an entity as company: the rarer the more
	company [][]int          // per entity: those beside it in its documents, rising
	in      map[string][]int // document -> its entities, rising
	sound   []string         // soundless names
	family  map[string]int   // how many persons with a first name have the family name
	apart   map[[2]string]bool
	one     map[string]bool // decided: a name with one owner
}

// Identify finds entities of different documents that are one, and names of
// persons that have two owners. It goes by names first; what a name leaves open
// is decided by roles and company, and where these say too little, not at all:
// Suspicious has those. Decisions that two are apart, or that a name has one owner,
// are respected. The result depends on the set of entities, not on its order.
//
//	GFT / Georgian Tennis Federation (GFT)          acronym
//	Zelensky, Zelenskyy; José, Jose                 spelling
//	John F. Kerry / John Kerry                      middle-name
//	President Trump / President Donald Trump        partial-name, by role and company
//	Bracknoy / Bracknoy Lines                       short-name, by company
//	John Smith, mayor / John Smith, a striker       two owners, by roles and company
func Identify(seen []Seen, decisions []Decision) []Identity {
	x := &identifier{seen: slices.Clone(seen), apart: map[[2]string]bool{}, one: map[string]bool{}}
	slices.SortFunc(x.seen, func(a, b Seen) int { return cmp.Compare(a.IRI, b.IRI) })
	for _, d := range decisions {
		switch {
		case d.Apart:
			x.apart[[2]string{d.From, d.To}], x.apart[[2]string{d.To, d.From}] = true, true
		case d.One:
			x.one[d.From] = true
		}
	}
	x.gather()
	out := x.merges()
	for i := range x.seen {
		out = append(out, x.owners(i)...)
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := &out[i], &out[j]
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B), cmp.Compare(a.Owner, b.Owner)) < 0
	})
	return out
}

// gather notes who is mentioned beside whom. Countries and whoever half of the
// documents mention say little.
func (x *identifier) gather() {
	in := map[string][]int{}
	x.in, x.family = in, map[string]int{}
	for i := range x.seen {
		for _, d := range x.seen[i].Documents {
			in[d] = append(in[d], i)
		}
		if w := strings.Fields(bare(x.seen[i].Name)); x.seen[i].Class == "hs:Person" && len(w) > 1 {
			x.family[w[len(w)-1]]++
		}
	}
	x.company, x.weights, x.sound = make([][]int, len(x.seen)), make([]float64, len(x.seen)), make([]string, len(x.seen))
	for i := range x.seen {
		s := &x.seen[i]
		var beside []int
		for _, d := range s.Documents {
			beside = append(beside, in[d]...)
		}
		slices.Sort(beside)
		x.company[i] = slices.Clone(slices.DeleteFunc(slices.Compact(beside), func(j int) bool { return j == i }))
		w := math.Log(float64(1+len(in))/float64(1+len(s.Documents))) / math.Log(float64(2+len(in)))
		if facts().country[s.Name] {
			w /= 4
		}
		x.weights[i] = max(w, 0)
		x.sound[i] = soundless(s.Name)
	}
}

// common calls found with what two rising lists have in common.
func common(a, b []int, found func(int)) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			found(a[0])
			a, b = a[1:], b[1:]
		}
	}
}

// open reports whether an entity may be merged: it is nobody known and has a name.
func (x *identifier) open(i int) bool { return !x.seen[i].Known && x.seen[i].Name != "" }

// crowd is how many names may have a word in common before it says nothing.
const crowd = 300

// merges finds the entities that are another one. An entity is merged into one
// other at most, the one of the highest score; where two have it, into none.
func (x *identifier) merges() []Identity {
	byKey := map[string][]int{}
	for i := range x.seen {
		for _, k := range x.keys(i) {
			byKey[k] = append(byKey[k], i)
		}
	}
	best := map[int]Identity{}
	tied := map[int]bool{}
	for i := range x.seen {
		if !x.open(i) {
			continue
		}
		tried := map[int]bool{}
		for _, k := range x.keys(i) {
			if len(byKey[k]) > crowd {
				continue
			}
			for _, j := range byKey[k] {
				if tried[j] || j == i {
					continue
				}
				tried[j] = true
				id, ok := x.pair(i, j)
				if !ok {
					continue
				}
				old, have := best[i]
				switch {
				case !have || id.Score > old.Score:
					best[i], tied[i] = id, false
				case id.Score == old.Score:
					tied[i] = true
				}
			}
		}
	}
	var out []Identity
	for i := range x.seen {
		if id, ok := best[i]; ok && !tied[i] {
			out = append(out, id)
		}
	}
	return out
}

// keys are what two names of one entity may have in common.
func (x *identifier) keys(i int) []string {
	s := &x.seen[i]
	words := strings.Fields(bare(s.Name))
	if len(words) == 0 {
		return nil
	}
	keys := []string{s.Class + " sound " + x.sound[i]}
	if s.Class == "hs:Person" {
		return append(keys, s.Class+" last "+words[len(words)-1])
	}
	keys = append(keys, s.Class+" first "+words[0], s.Class+" letters "+strings.ToUpper(strings.Join(words, "")))
	for _, a := range s.Aliases {
		if isAcronym(a) {
			keys = append(keys, s.Class+" letters "+a)
		}
	}
	return keys
}

// soundless is a name without what transliterations and accents change.
//
//	Zelenskyy, Zelensky, Zelenskiy   zelenski
//	Muhammad, Mohammed               left apart
func soundless(name string) string {
	s := transliterated.Replace(bare(name))
	var b strings.Builder
	last := rune(0)
	for _, c := range s {
		if c != last || c == ' ' {
			b.WriteRune(c)
		}
		last = c
	}
	return b.String()
}

var transliterated = strings.NewReplacer("-", " ", "'", "", "’", "", ".", "", "yy", "i", "iy", "i", "ij", "i", "y", "i", "j", "i", "kh", "h", "ph", "f", "ck", "k", "q", "k")

// pair judges whether the entity i is the entity j, of a fuller name.
func (x *identifier) pair(i, j int) (Identity, bool) {
	a, b := &x.seen[j], &x.seen[i] // b is a
	if a.Class != b.Class || a.IRI == b.IRI || x.apart[[2]string{a.IRI, b.IRI}] || meet(a.Documents, b.Documents) {
		return Identity{}, false
	}
	id := Identity{A: a.IRI, B: b.IRI, Same: true, Documents: b.Documents}
	long, short := strings.Fields(bare(a.Name)), strings.Fields(bare(b.Name))
	shared, weight := x.sharedCompany(i, j)
	roles := sharedRoles(a, b)
	switch {
	case x.sound[j] == x.sound[i] && (len(long) > 1 || weight > 0.5):
		if len(a.Documents) < len(b.Documents) || len(a.Documents) == len(b.Documents) && (a.Known == b.Known && a.IRI > b.IRI) {
			return id, false // the other way round
		}
		id.Rule, id.Score = "spelling", 0.95
	case b.Class != "hs:Person" && isAcronym(b.Name) && slices.Contains(a.Aliases, b.Name) && len(long) > 1:
		id.Rule, id.Score = "acronym", 0.95
	case b.Class == "hs:Person" && middleNames(long, short):
		if id.Rule, id.Score = "middle-name", 0.9; len(roles) == 0 && weight < 0.3 {
			return id, false
		}
	case b.Class == "hs:Person" && len(short) == 1 && len(long) > 1 && long[len(long)-1] == short[0]:
		// A family name alone: a role in common, or much company.
		if id.Rule = "partial-name"; len(roles) > 0 && weight > 0 {
			id.Score = 0.85 + min(weight, 1)/10
		} else if weight > 1.2 {
			id.Score = 0.7 + min(weight, 3)/20
		}
		if id.Score == 0 || x.family[short[0]] > 1 && len(roles) == 0 {
			return id, false
		}
	case b.Class == "hs:Organization" && len(short) < len(long) && slices.Equal(long[:len(short)], short) && !facts().words[short[0]] && weight > 1.2:
		id.Rule, id.Score = "short-name", 0.7+min(weight, 3)/20
	default:
		return id, false
	}
	id.Score = math.Round(id.Score*100) / 100
	id.Evidence = evidence(b.Name+" and "+a.Name, roles, shared)
	return id, true
}

func isAcronym(name string) bool { return len(name) > 1 && len(name) < 9 && shapeOf(name) == capitals }

// middleNames reports whether two names of persons differ by what stands between
// first name and family name, one of them having nothing there or an initial.
func middleNames(long, short []string) bool {
	if len(long) < 3 || len(short) < 2 || long[0] != short[0] || long[len(long)-1] != short[len(short)-1] || len(short) > len(long) {
		return false
	}
	if len(short) == 2 {
		return true
	}
	return len(short) == 3 && len(long) == 3 && strings.TrimSuffix(short[1], ".") == long[1][:1] && len(long[1]) > 1
}

// sharedCompany are the entities beside both i and j, the most telling first, and
// their weight together.
func (x *identifier) sharedCompany(i, j int) ([]string, float64) {
	var shared []int
	common(x.company[i], x.company[j], func(k int) {
		if x.weights[k] > 0 {
			shared = append(shared, k)
		}
	})
	slices.SortStableFunc(shared, func(a, b int) int { return -cmp.Compare(x.weights[a], x.weights[b]) })
	weight := 0.0
	names := make([]string, len(shared))
	for n, k := range shared {
		weight += x.weights[k]
		names[n] = x.seen[k].IRI
	}
	return names, weight
}

// sharedRoles are the roles' nouns that two entities have in common, sorted.
func sharedRoles(a, b *Seen) []string {
	have := map[string]bool{}
	for _, r := range a.Roles {
		for _, role := range r {
			have[roleNoun(role)] = true
		}
	}
	var out []string
	for _, r := range b.Roles {
		for _, role := range r {
			if n := roleNoun(role); have[n] && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

// roleNoun is a role without what it is of: "mayor" of "mayor of Ashford".
func roleNoun(role string) string {
	noun, _, _ := strings.Cut(role, " of ")
	return noun[strings.LastIndexByte(noun, ' ')+1:]
}

// evidence says for people what a decision rests on.
func evidence(names string, roles, shared []string) string {
	parts := []string{names}
	if len(roles) > 0 {
		parts = append(parts, "both "+strings.Join(roles, ", "))
	}
	if n := min(len(shared), 3); n > 0 {
		parts = append(parts, "both beside "+strings.Join(shared[:n], ", "))
	}
	return strings.Join(parts, "; ")
}

// meet reports whether two sorted lists have anything in common.
func meet(a, b []string) bool {
	for len(a) > 0 && len(b) > 0 {
		switch c := strings.Compare(a[0], b[0]); {
		case c < 0:
			a = a[1:]
		case c > 0:
			b = b[1:]
		default:
			return true
		}
	}
	return false
}

// owners tells the bearers of one person's name apart: documents that share neither
// a role nor telling company speak of two, if each says what its own one is. The
// owner with the most documents, of equal ones the first by role, keeps the bare
// IRI's meaning; each gets an IRI of its role, which no further document changes.
func (x *identifier) owners(i int) []Identity {
	s := &x.seen[i]
	if s.Known || s.Class != "hs:Person" || len(s.Documents) < 2 || x.one[s.IRI] || !strings.Contains(s.Name, " ") {
		return nil
	}
	groups := x.groups(i)
	if len(groups) < 2 {
		return nil
	}
	var out []Identity
	for _, g := range groups {
		role := g.roles[0]
		out = append(out, Identity{
			A: s.IRI, B: s.IRI, Rule: "namesakes", Score: 0.8, Documents: g.documents,
			Owner: s.IRI + "_" + LocalName(role), Label: s.Name + " (" + role + ")",
			Evidence: fmt.Sprintf("%s is %s here, and elsewhere %s; no company in common", s.Name, strings.Join(g.roles, ", "), others(groups, g)),
		})
	}
	return out
}

type bearer struct {
	documents, roles []string
}

func others(groups []*bearer, but *bearer) string {
	var out []string
	for _, g := range groups {
		if g != but {
			out = append(out, strings.Join(g.roles, ", "))
		}
	}
	return strings.Join(out, "; ")
}

// groups joins the documents of a name that speak of one bearer. Documents that
// give no role are left to whom they share company with, else to nobody.
func (x *identifier) groups(i int) []*bearer {
	s := &x.seen[i]
	up := make([]int, len(s.Documents))
	for k := range up {
		up[k] = k
	}
	var root func(k int) int
	root = func(k int) int {
		if up[k] != k {
			up[k] = root(up[k])
		}
		return up[k]
	}
	for k := range s.Documents {
		for l := range k {
			if a, b := root(k), root(l); a != b && x.oneBearer(i, k, l) {
				up[max(a, b)] = min(a, b)
			}
		}
	}
	byRoot := map[int]*bearer{}
	var out []*bearer
	for k, d := range s.Documents {
		g := byRoot[root(k)]
		if g == nil {
			g = &bearer{}
			byRoot[root(k)] = g
			out = append(out, g)
		}
		g.documents = append(g.documents, d)
		for _, r := range s.Roles[d] {
			if !slices.Contains(g.roles, r) {
				g.roles = append(g.roles, r)
			}
		}
	}
	out = slices.DeleteFunc(out, func(g *bearer) bool { return len(g.roles) == 0 })
	for _, g := range out {
		slices.Sort(g.roles)
	}
	return out
}

// oneBearer reports whether two documents speak of one bearer of a name: they give
// a role in common that is of the same, or share telling company.
func (x *identifier) oneBearer(i, k, l int) bool {
	s := &x.seen[i]
	for _, a := range s.Roles[s.Documents[k]] {
		for _, b := range s.Roles[s.Documents[l]] {
			_, ofA, _ := strings.Cut(a, " of ")
			_, ofB, _ := strings.Cut(b, " of ")
			if roleNoun(a) == roleNoun(b) && (ofA == "" || ofB == "" || ofA == ofB) {
				return true
			}
		}
	}
	weight := 0.0
	common(x.in[s.Documents[k]], x.in[s.Documents[l]], func(j int) {
		if j != i {
			weight += x.weights[j]
		}
	})
	return weight > 0.25
}

// Canonical maps the IRI that a document has for an entity to the one that it is
// across documents.
func Canonical(ids []Identity) func(document, iri string) string {
	same := map[string]string{}
	owner := map[[2]string]string{}
	for _, id := range ids {
		if id.Same {
			same[id.B] = id.A
			continue
		}
		for _, d := range id.Documents {
			owner[[2]string{d, id.A}] = id.Owner
		}
	}
	return func(document, iri string) string {
		if o := owner[[2]string{document, iri}]; o != "" {
			return o
		}
		for n := 0; n < 8 && same[iri] != ""; n++ {
			iri = same[iri]
		}
		return iri
	}
}
