package entity

import (
	"slices"
	"sort"
	"strings"

	"hearsay/ingest/news"
)

// build turns clusters into entities and the mentions that are kept.
//
// A cluster with a name is a named entity with the known one's IRI, else that of
// its fullest name. It is called by the fullest name of a person or body that the
// document has, and by the everyday name where that is fuller, and for all others. One without a name is an entity if it has two mentions or is a
// person or body that may speak; its IRI is its first place. What is left is
// dropped, but pronouns stay, unresolved.
func (r *resolver) build() {
	offsets := news.NewOffsets(r.d.Text)
	members := make([][]int, len(r.refs))
	for i := range r.refs {
		members[r.root(i)] = append(members[r.root(i)], i)
	}
	at := make([]int, len(r.refs))
	for i := range at {
		at[i] = -1
	}
	for root, ms := range members {
		if len(ms) == 0 {
			continue
		}
		e, ok := r.entity(offsets, ms)
		if !ok {
			continue
		}
		for _, i := range ms {
			at[i] = len(r.d.Entities)
			r.refs[i].Type = e.Type
		}
		_ = root
		r.d.Entities = append(r.d.Entities, e)
	}
	for i := range r.refs {
		x := &r.refs[i]
		x.Entity = at[r.root(i)]
		if x.Entity < 0 && x.Kind == news.Nominal && !x.value {
			continue
		}
		r.d.Mentions = append(r.d.Mentions, x.Mention)
	}
	r.separate()
}

// entity is what the mentions of one cluster refer to.
func (r *resolver) entity(o *news.Offsets, ms []int) (news.Entity, bool) {
	first := &r.refs[ms[0]]
	if first.value {
		return news.Entity{}, false
	}
	best, known := -1, int32(-1)
	for _, i := range ms {
		x := &r.refs[i]
		if k := r.decided(x); k >= 0 && known < 0 {
			known = k
		}
		if x.Kind == news.Name && (best < 0 || r.fuller(x, &r.refs[best])) {
			best = i
		}
		if (x.country != "" || x.named != "") && best < 0 {
			best = i
		}
	}
	e := news.Entity{Type: first.Type}
	switch {
	case known >= 0:
		k := &r.known.Entities[known]
		e = news.Entity{IRI: k.IRI, Name: k.Name, Type: k.Type, Aliases: k.Aliases, Named: true, Known: true}
		if best >= 0 && (k.Type == news.Organization || k.Type == news.Person) {
			if full := r.fullName(&r.refs[best]); len(strings.Fields(full)) > len(strings.Fields(k.Name)) {
				e.Name = full
			}
		}
	case best >= 0 && r.refs[best].indicator != nil:
		x := r.refs[best].indicator
		e.IRI, e.Name, e.Type, e.Named = x.iri(), x.name, x.typ, true
	case best >= 0:
		e.Name, e.Type, e.Named = r.fullName(&r.refs[best]), r.refs[best].Type, true
		e.IRI = IRI(e.Name, e.Type, false)
		e.Aliases = r.aliases(ms, e.Name)
	}
	if e.IRI == "" {
		return r.nameless(o, ms)
	}
	e.Merged = r.reasons(ms)
	if e.Type == news.Person || e.Type == news.Organization {
		e.Roles = r.rolesOf(ms[0])
	}
	return e, true
}

// maxRoles is how many roles of one entity are kept.
const maxRoles = 8

// rolesOf are the roles of a cluster for people, sorted, without those that
// another one says more of: "president" beside "president of Iran".
func (r *resolver) rolesOf(root int) []string {
	var out []string
	for _, ro := range r.roles[root] {
		bare := ro.of == "" && ro.country == ""
		fuller := slices.ContainsFunc(r.roles[root], func(o role) bool {
			return bare && o.noun == ro.noun && (o.of != "" || o.country != "")
		})
		if s := ro.String(); !fuller && len(s) < 100 && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out[:min(len(out), maxRoles)]
}

// nameless is an entity that the text only describes.
func (r *resolver) nameless(o *news.Offsets, ms []int) (news.Entity, bool) {
	at := -1
	for _, i := range ms {
		if r.refs[i].Kind == news.Nominal {
			at = i
			break
		}
	}
	if at < 0 && len(ms) > 1 && pronouns[r.lower(r.refs[ms[0]].Head)].person < 3 {
		at = ms[0] // who speaks, though not by name
	}
	if at < 0 {
		return news.Entity{}, false
	}
	x := &r.refs[at]
	if len(ms) == 1 && (x.group > 0 || x.Type != news.Person && x.Type != news.Organization) {
		return news.Entity{}, false
	}
	return news.Entity{
		IRI: r.d.SpanIRI(o, x.Span), Name: strings.Join(strings.Fields(r.d.Slice(x.Span)), " "), Type: x.Type, Merged: r.reasons(ms),
	}, true
}

// fuller reports whether x is a fuller name than y.
func (r *resolver) fuller(x, y *ref) bool {
	if x.nested != y.nested {
		return y.nested
	}
	a, b := r.fullName(x), r.fullName(y)
	// ABS-CBN Corporation, Fars News: what stands behind the name says no more.
	if generic(a, b) {
		return false
	}
	if generic(b, a) {
		return true
	}
	if n, m := len(strings.Fields(a)), len(strings.Fields(b)); n != m {
		return n > m
	}
	if shapeOf(a) != shapeOf(b) && strings.EqualFold(a, b) {
		return shapeOf(b) == capitals
	}
	return len(a) > len(b)
}

// generic reports whether the longer name is the shorter with a word for what it
// is behind it.
func generic(long, short string) bool {
	rest, ok := strings.CutPrefix(long, short+" ")
	return ok && (rest == "Corporation" || rest == "News" || rest == "Online")
}

// fullName is the name as written, without article, possessive and legal form.
func (r *resolver) fullName(x *ref) string {
	if x.country != "" {
		return x.country
	}
	if x.named != "" {
		return x.named
	}
	words := strings.Fields(r.d.Slice(x.Span))
	if len(words) > 1 && strings.EqualFold(words[0], "the") && x.Type != news.Work {
		words = words[1:]
	}
	for len(words) > 1 && x.Type == news.Organization && legalForms[strings.ToLower(strings.Trim(words[len(words)-1], ".,"))] {
		words = words[:len(words)-1]
		words[len(words)-1] = strings.TrimRight(words[len(words)-1], ",")
	}
	for len(words) > 2 && x.Type == news.Person && titleGender[strings.ToLower(strings.TrimSuffix(words[0], "."))] != noGender || len(words) > 2 && x.Type == news.Person && courtesy[strings.ToLower(words[0])] {
		words = words[1:]
	}
	if x.Rule == "dateline" { // PORT ELLING
		for i, w := range words {
			if shapeOf(w) == capitals && len(w) > 3 {
				n := len(string(firstRune(w)))
				words[i] = w[:n] + strings.ToLower(w[n:])
			}
		}
	}
	name := strings.Join(words, " ")
	if x.style != "" {
		name = x.style + " " + name
	}
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
	if len(name) > 200 {
		name = strings.ToValidUTF8(name[:200], "")
	}
	return name
}

// courtesy titles that say nothing of who somebody is.
var courtesy = setOf("dr dr. prof prof. professor")

// aliases are the other names that the document uses, in order.
func (r *resolver) aliases(ms []int, name string) []string {
	var out []string
	seen := map[string]bool{name: true}
	for _, i := range ms {
		if x := &r.refs[i]; x.Kind == news.Name {
			if a := strings.Join(strings.Fields(r.d.Slice(x.Span)), " "); !seen[a] && len(a) <= 200 {
				seen[a] = true
				out = append(out, a)
			}
		}
	}
	return out
}

// reasons lists why mentions of other names were merged, each reason once.
func (r *resolver) reasons(ms []int) []string {
	var out []string
	seen := map[string]bool{}
	for _, i := range ms {
		x := &r.refs[i]
		rule, _, _ := strings.Cut(x.Rule, ":")
		switch rule {
		case "alias", "acronym", "partial-name", "metonym", "short", "demonym", "apposition", "ambiguous", "role", "government", "institution":
			if why := x.Rule + ": " + strings.Join(strings.Fields(r.d.Slice(x.Span)), " "); !seen[why] && len(why) < 300 {
				seen[why] = true
				out = append(out, why)
			}
		}
	}
	sort.Strings(out)
	return out
}

// akin reports whether what a text takes for one type may be a known entity of
// the other: a group of attackers for a body, anything for what it can't tell.
func akin(known, text news.EntityType) bool {
	group := func(t news.EntityType) bool { return t == news.Organization || t == news.ThreatActor }
	ware := func(t news.EntityType) bool { return t == news.Malware || t == news.Product || t == news.Vulnerability }
	return known == text || text == news.Other || group(known) && group(text) || ware(known) && ware(text)
}

// retype gives the mentions of an entity its type.
func (r *resolver) retype(e int, t news.EntityType) {
	for i := range r.d.Mentions {
		if r.d.Mentions[i].Entity == e {
			r.d.Mentions[i].Type = t
		}
	}
}

// separate adds the type to IRIs that two entities of the document would share
// or that a known entity of another type has.
func (r *resolver) separate() {
	owner := map[string]int{}
	for i := range r.d.Entities {
		e := &r.d.Entities[i]
		if e.Known {
			owner[e.IRI] = i
		}
	}
	for i := range r.d.Entities {
		e := &r.d.Entities[i]
		if e.Known || !e.Named {
			continue
		}
		k := r.known.Find(e.IRI)
		if k != nil && akin(k.Type, e.Type) && bare(k.Name) == bare(e.Name) && !(cyberType(k.Type) && r.t.words[strings.ToLower(e.Name)]) {
			// Its everyday name letter by letter: a known entity has one IRI.
			e.Known, e.Type, e.Aliases = true, k.Type, k.Aliases
			r.retype(i, k.Type)
			continue
		}
		j, taken := owner[e.IRI]
		if k != nil || taken && r.d.Entities[j].Type != e.Type {
			if clash := IRI(e.Name, e.Type, true); clash != "" && !strings.Contains(e.IRI, "/") {
				e.IRI = clash
			}
		}
		if _, ok := owner[e.IRI]; !ok {
			owner[e.IRI] = i
		}
	}
	unite(r.d)
}
