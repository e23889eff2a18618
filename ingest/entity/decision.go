package entity

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"hearsay/ingest/news"
)

// Decision is what somebody decided about entities, against the rules.
type Decision struct {
	Split    bool   // a split; else a merge, unless Apart or One
	Apart    bool   // From and To are two, whatever the rules say
	One      bool   // From is one in all documents, whatever the rules say
	From, To string // IRIs: From becomes To
	Document string // of a split: IRI of the document, or its name without hash
}

// String is the decision as a line of a decisions file.
func (d Decision) String() string {
	switch {
	case d.Apart:
		return "apart " + d.From + " " + d.To
	case d.One:
		return "one " + d.From
	case d.Split:
		return "split " + d.From + " " + d.Document + " " + d.To
	}
	return "merge " + d.To + " " + d.From
}

// ReadDecisions reads a decisions file, a decision a line; what follows a # after
// a blank is a comment. An error names the line and what it should have held.
//
//	merge hs:LazarusGroup hs:HiddenCobra          the second is the first
//	split hs:JohnSmith hs:doc/fire hs:JohnSmith_Mayor   in that document it is another
//	apart hs:Cruz hs:TedCruz               they are two
//	one hs:JohnSmith                       the name has one owner
func ReadDecisions(r io.Reader) ([]Decision, error) {
	var out []Decision
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if i := strings.Index(" "+line, " #"); i >= 0 {
			line = line[:i]
		}
		f := strings.Fields(line)
		switch {
		case len(f) == 0:
		case f[0] == "merge" && len(f) == 3 && entityIRI(f[1]) && entityIRI(f[2]) && f[1] != f[2]:
			out = append(out, Decision{From: f[2], To: f[1]})
		case f[0] == "split" && len(f) == 4 && entityIRI(f[1]) && strings.HasPrefix(f[2], "hs:doc/") && entityIRI(f[3]) && f[1] != f[3]:
			out = append(out, Decision{Split: true, From: f[1], Document: f[2], To: f[3]})
		case f[0] == "apart" && len(f) == 3 && entityIRI(f[1]) && entityIRI(f[2]) && f[1] != f[2]:
			out = append(out, Decision{Apart: true, From: f[1], To: f[2]})
		case f[0] == "one" && len(f) == 2 && entityIRI(f[1]):
			out = append(out, Decision{One: true, From: f[1]})
		default:
			return nil, fmt.Errorf(`line %d: %q: want "merge hs:A hs:B", "split hs:A hs:doc/NAME hs:B", "apart hs:A hs:B" or "one hs:A"`, n, strings.TrimSpace(line))
		}
	}
	return out, sc.Err()
}

func entityIRI(s string) bool {
	return strings.HasPrefix(s, "hs:") && len(s) > 3 && !strings.HasPrefix(s, "hs:doc/") && !strings.ContainsAny(s, `<>"{}|^\`)
}

// Decided is the index with decisions, which Resolve applies at its end. Of two
// decisions about one entity the later counts; a merge into an entity that is
// itself merged goes on to that one's, and a circle ends where it began.
func (k *Known) Decided(decisions []Decision) *Known {
	out := *k
	out.merged, out.split = map[string]string{}, map[string][]Decision{}
	for _, d := range decisions {
		switch {
		case d.Apart, d.One: // of what documents have in common: see Identify
		case d.Split:
			out.split[d.From] = append(out.split[d.From], d)
		default:
			out.merged[d.From] = d.To
		}
	}
	return &out
}

// apply rewrites the document's entities by the decisions.
func (k *Known) apply(d *news.Document) {
	if k == nil || len(k.merged) == 0 && len(k.split) == 0 {
		return
	}
	for i := range d.Entities {
		e := &d.Entities[i]
		for _, s := range k.split[e.IRI] {
			if s.Document == d.IRI || strings.HasPrefix(d.IRI, s.Document+"-") && len(d.IRI) == len(s.Document)+9 {
				e.Merged = append(e.Merged, "decision: "+s.String())
				e.IRI, e.Known = s.To, k.Find(s.To) != nil
				break
			}
		}
		for from, n := e.IRI, 0; n < 20; n++ {
			to, ok := k.merged[from]
			if !ok || to == e.IRI {
				break
			}
			e.Merged = append(e.Merged, "decision: merge "+to+" "+from)
			from = to
			if _, more := k.merged[to]; !more || n == 19 {
				e.IRI, e.Known = to, k.Find(to) != nil
				if known := k.Find(to); known != nil {
					e.Type, e.Name, e.Aliases = known.Type, known.Name, known.Aliases
				}
			}
		}
	}
	unite(d)
}

// unite makes entities of one IRI one.
func unite(d *news.Document) {
	at := make([]int, len(d.Entities))
	first := map[string]int{}
	kept := d.Entities[:0]
	for i := range d.Entities {
		e := d.Entities[i]
		j, ok := first[e.IRI]
		if !ok {
			j = len(kept)
			first[e.IRI] = j
			kept = append(kept, e)
		} else {
			kept[j].Merged = append(kept[j].Merged, e.Merged...)
			for _, role := range e.Roles {
				if !slices.Contains(kept[j].Roles, role) {
					kept[j].Roles = append(kept[j].Roles, role)
				}
			}
		}
		at[i] = j
	}
	d.Entities = kept
	for i := range d.Mentions {
		if e := d.Mentions[i].Entity; e >= 0 {
			d.Mentions[i].Entity = at[e]
			d.Mentions[i].Type = kept[at[e]].Type
		}
	}
}

// Seen is an entity of a store with the documents that mention it.
type Seen struct {
	IRI, Name string
	Class     string              // of the ontology
	Known     bool                // one of the known entities
	Documents []string            // sorted
	Merged    []string            // reasons, as news.Entity has them
	Aliases   []string            // other names that documents have for it
	Roles     map[string][]string // by document: what it calls a person or body
}

// Suspicion is a reason to look at an entity.
type Suspicion struct {
	IRI, Other string // Other is "" where it is about one entity
	Reason     string
}

// Suspicious finds entities that may be two, or two that may be one: equal names,
// an alias of two owners, names in mixed scripts, and namesakes in documents that
// have nothing else in common. It goes by the order of seen.
func Suspicious(seen []Seen) []Suspicion {
	var out []Suspicion
	byName := map[string]int{}
	inDocument := map[string]map[string]bool{}
	for i := range seen {
		for _, d := range seen[i].Documents {
			if inDocument[d] == nil {
				inDocument[d] = map[string]bool{}
			}
			inDocument[d][seen[i].IRI] = true
		}
	}
	for i := range seen {
		s := &seen[i]
		if j, ok := byName[Fold(s.Name)]; ok {
			out = append(out, Suspicion{seen[j].IRI, s.IRI, "both are called " + s.Name})
		} else {
			byName[Fold(s.Name)] = i
		}
		if mixedScripts(s.Name) {
			out = append(out, Suspicion{s.IRI, "", "letters of several scripts in " + s.Name})
		}
		for _, m := range s.Merged {
			if strings.HasPrefix(m, "ambiguous:") {
				out = append(out, Suspicion{s.IRI, "", m})
			}
		}
		if d := strangers(s, inDocument); d != "" {
			out = append(out, Suspicion{s.IRI, "", "maybe namesakes: " + d + " share nobody else"})
		}
	}
	return out
}

// strangers are two documents that have an unknown person in common and nothing
// else.
func strangers(s *Seen, inDocument map[string]map[string]bool) string {
	if s.Known || s.Class != "hs:Person" {
		return ""
	}
	for i := 1; i < len(s.Documents); i++ {
		a, b := s.Documents[i-1], s.Documents[i]
		shared := false
		for e := range inDocument[a] {
			shared = shared || e != s.IRI && inDocument[b][e]
		}
		if !shared {
			return a + " and " + b
		}
	}
	return ""
}
