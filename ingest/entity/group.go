package entity

import (
	"sort"
	"strings"

	"hearsay/ingest/news"
)

// findGroups adds a mention for several names of one type that stand together, for
// a plural to refer to. It is kept only where something does.
//
//	[Anna Berg and Brian Hook] met. They said …
//	[Symantec and Kaspersky] looked at it. The two companies said …
func (r *resolver) findGroups() {
	names := map[int]int{} // by head
	for i := range r.refs {
		if x := &r.refs[i]; x.Kind == news.Name && !x.nested && !x.value {
			names[x.Head] = i
		}
	}
	heads := make([]int, 0, len(names))
	for h := range names {
		heads = append(heads, h)
	}
	sort.Ints(heads)
	for _, h := range heads {
		first := r.refs[names[h]]
		if !groups(first.Type) || news.IsRel(r.d.Tokens[h].Deprel, "conj") {
			continue
		}
		members, last, and := 1, first.last, -1
		for k := range r.d.Children(h) {
			if k <= last || !news.IsRel(r.d.Tokens[k].Deprel, "conj") {
				continue // or a further word of the name before
			}
			j, ok := names[k]
			if cc := r.d.Child(k, "cc"); cc >= 0 && r.lower(cc) == "and" {
				and = cc
			}
			if !ok || r.refs[j].Type != first.Type || r.d.Child(k, "nmod:poss") >= 0 {
				and = -1
				break
			}
			members, last = members+1, r.refs[j].last
		}
		if and > first.last && and < last {
			r.add(first.first, last, ref{Mention: news.Mention{Kind: news.Nominal, Type: first.Type, Head: and}, number: plural, group: members, lead: h})
		}
	}
}

// groups reports whether several of a type are spoken of as "they".
func groups(t news.EntityType) bool {
	return t == news.Person || t == news.Organization || t == news.ThreatActor
}

// ofGroup finds the group of names that a description with a number means: as many
// of the kind, the last that was spoken of.
//
//	Symantec and Kaspersky … the two companies, both companies
func (r *resolver) ofGroup(i int) int {
	x := &r.refs[i]
	n := r.numberOf(x)
	if x.number != plural || n < 2 {
		return -1
	}
	noun := strings.ToLower(r.d.Tokens[x.Head].Lemma)
	for j := i - 1; j >= 0 && j >= i-reach && x.sent-r.refs[j].sent <= 4; j-- {
		y := &r.refs[j]
		if y.group == n && y.sent != x.sent && (y.Type == news.Person && x.animate || hasType(kinds[noun], y.Type)) {
			return j
		}
	}
	return -1
}

// numberOf is how many a definite description says that there are, 0 where it
// doesn't say or says more of them than that.
func (r *resolver) numberOf(x *ref) int {
	n := 0
	for k := x.first; k <= x.last; k++ {
		switch w := r.lower(k); {
		case k == x.Head, w == "the", w == "these", w == "those":
		case w == "both":
			n = 2
		case r.d.Tokens[k].UPOS == "NUM" && news.IsRel(r.d.Tokens[k].Deprel, "nummod"):
			v, after := number(r.d, k, x.last+1)
			if after != k+1 || v != float64(int(v)) || v > 20 {
				return 0
			}
			n = int(v)
		default:
			return 0
		}
	}
	return n
}
