package entity

import (
	"strings"

	"hearsay/ingest/news"
)

// refer resolves descriptions and pronouns in the order of the text. Each looks
// back over a bounded stretch of mentions, so that a long document costs no more
// than its length.
func (r *resolver) refer() {
	r.count = make([]int, len(r.refs))
	r.voices, r.ranks = map[[3]int]int{}, map[int]int{}
	r.bodies = map[string]int{}
	r.weigh()
	r.reflexives()
	for i := range r.refs {
		x := &r.refs[i]
		if !x.value && r.root(i) == i {
			switch x.Kind {
			case news.Nominal:
				if r.total[i] == 0 {
					r.describe(i)
				} else {
					r.announced(i)
				}
			case news.Pronoun:
				r.pronoun(i)
			}
		}
		r.count[r.root(i)]++
	}
}

// announced joins a description that has a name beside it to an earlier one that
// has none: "operator denies it" of a headline, "the operator, Bracknoy Lines".
func (r *resolver) announced(i int) {
	if the, _ := r.definite(&r.refs[i]); !the {
		return
	}
	if j := r.sameHead(i); j >= 0 && r.total[r.root(j)] == 0 && r.refs[r.root(j)].called == "" {
		r.join(j, i, "same-head")
	}
}

// weigh counts the names of each cluster and finds the topic.
func (r *resolver) weigh() {
	r.total, r.topic = make([]int, len(r.refs)), -1
	for i := range r.refs {
		if x := &r.refs[i]; x.Kind == news.Name && !x.nested && !x.aside {
			root := r.root(i)
			r.total[root]++
			if t := r.refs[root].Type; t == news.Person && (r.topic < 0 || r.total[root] > r.total[r.topic]) {
				r.topic = root
			}
		}
	}
}

// reach is how many mentions back an antecedent is looked for.
const reach = 150

// definite reports how a description is determined: by "the" or "this", by a
// possessive, or not.
func (r *resolver) definite(x *ref) (the, possessive bool) {
	for k := range r.d.Children(x.Head) {
		if k > x.Head {
			break
		}
		rel := r.d.Tokens[k].Deprel
		switch {
		case news.IsRel(rel, "det"):
			switch r.lower(k) {
			case "the", "this", "that", "these", "those", "both":
				the = true
			}
		case news.IsRel(rel, "nmod:poss"):
			possessive = true
		}
	}
	return the, possessive
}

// describe resolves a definite description.
//
//	a new study … the study                       same-head
//	security firm Hauri … the firm                role:firm
//	Iran's President Hassan Rouhani … the Iranian president
//	WannaCry … the malware                        kind:malware
//	Iran … the country                            kind:country
func (r *resolver) describe(i int) {
	x := &r.refs[i]
	if r.institution(i) || r.incident(i) {
		return
	}
	the, possessive := r.definite(x)
	if !the && !possessive || x.nested {
		return
	}
	if j := r.ofGroup(i); the && j >= 0 {
		r.join(j, i, "group")
		return
	}
	if j := r.sameHead(i); j >= 0 {
		// The first description of a body may itself stand for a name; one without
		// an article speaks of the kind as such.
		if the && r.refs[r.root(j)].called == "" && (x.Type == news.Organization || r.generic(&r.refs[j])) {
			if k := r.byKind(i); k >= 0 {
				r.join(k, i, "kind:"+strings.ToLower(r.d.Tokens[x.Head].Lemma))
				return
			}
		}
		r.join(j, i, "same-head")
		return
	}
	if !the {
		return
	}
	noun := strings.ToLower(r.d.Tokens[x.Head].Lemma)
	if j := r.byRole(i, true); j >= 0 && r.join(j, i, "role:"+noun) {
		return
	}
	if j := r.roleAhead(i); j >= 0 && r.join(i, j, "role:"+noun) {
		return
	}
	if j := r.byRole(i, false); j >= 0 && r.join(j, i, "role:"+noun) {
		return
	}
	if j := r.byKind(i); j >= 0 {
		r.join(j, i, "kind:"+strings.ToLower(r.d.Tokens[x.Head].Lemma))
		return
	}
	if j := r.epithet(i); j >= 0 {
		r.join(j, i, "epithet:"+noun)
	}
}

// modifiers are the lemmas that tell one of a kind from another.
func (r *resolver) modifiers(x *ref) []string {
	var out []string
	for k := x.first; k <= x.last; k++ {
		if k == x.Head {
			continue
		}
		switch r.d.Tokens[k].UPOS {
		case "NOUN", "PROPN", "ADJ", "NUM":
			switch w := strings.ToLower(r.d.Tokens[k].Lemma); w {
			case "same", "latest", "recent", "new", "late", "current", "aforementioned", "alleged", "whole", "entire":
			default:
				out = append(out, w)
			}
		}
	}
	return out
}

// generic reports whether a description in the singular has no article: "North
// Korean malware".
func (r *resolver) generic(x *ref) bool {
	return x.Kind == news.Nominal && x.number == singular && r.d.Child(x.Head, "det", "nmod:poss", "nummod") < 0
}

// present reports whether a description is of what the news is about now, rather
// than of what came up last.
func (r *resolver) present(x *ref) bool {
	for k := x.first; k < x.Head; k++ {
		switch r.lower(k) {
		case "latest", "current", "recent", "ongoing":
			return true
		}
	}
	return false
}

// sameHead finds the last description or name with the same head noun whose
// modifiers include this one's; for "the latest attack" the one that most is said
// of.
func (r *resolver) sameHead(i int) int {
	x := &r.refs[i]
	lemma := strings.ToLower(r.d.Tokens[x.Head].Lemma)
	mods := r.modifiers(x)
	present, best := r.present(x), -1
	for j := i - 1; j >= 0 && j >= i-reach; j-- {
		y := &r.refs[j]
		if y.value || y.aside || y.Kind == news.Pronoun || y.nested && y.Kind != news.Name || x.sent-y.sent > 12 {
			continue
		}
		other := strings.ToLower(r.d.Tokens[y.Head].Lemma)
		if other != lemma && !(len(lemma) > 4 && strings.HasSuffix(other, lemma)) ||
			x.number != y.number && x.Type != news.Event && y.Kind != news.Name || y.Span.Contains(x.Span) || x.Span.Contains(y.Span) {
			continue
		}
		if y.Kind == news.Name && (x.number == plural || y.Type == news.Person) {
			continue
		}
		switch {
		case !includes(r.modifiers(y), mods):
		case !present:
			return j
		case best < 0 || r.count[r.root(j)] > r.count[r.root(best)]:
			best = j
		}
	}
	return best
}

func includes(all, some []string) bool {
	for _, s := range some {
		found := false
		for _, a := range all {
			found = found || a == s
		}
		if !found {
			return false
		}
	}
	return true
}

// byRole finds the last name that was given the description's noun as its role:
// where exact, with the same country, else with one that is not another.
func (r *resolver) byRole(i int, exact bool) int {
	x := &r.refs[i]
	if x.number == plural {
		return -1
	}
	want := r.roleOf(i)
	if k := r.d.Child(x.Head, "nmod"); k >= 0 && want.country == "" && r.taken(k) {
		return -1 // "the president of X" names its own
	}
	for j := i - 1; j >= 0 && j >= i-reach; j-- {
		y := &r.refs[j]
		if y.value || y.aside || y.Kind == news.Pronoun || y.Span.Contains(x.Span) {
			continue
		}
		for _, ro := range r.roles[r.root(j)] {
			if ro.answers(want) && (want.country == "" || ro.country == "" && !exact || ro.country == want.country) {
				return j
			}
		}
	}
	return -1
}

// roleAhead finds the name that is given later to an office of a country: "the
// Greek foreign minister … Greek Foreign Minister George Katrougalos".
func (r *resolver) roleAhead(i int) int {
	x := &r.refs[i]
	want := r.roleOf(i)
	if x.Type != news.Person || x.number == plural || want.country == "" {
		return -1
	}
	for j := i + 1; j < len(r.refs) && j < i+reach; j++ {
		if r.refs[j].Kind != news.Name || r.refs[j].aside {
			continue
		}
		for _, ro := range r.roles[r.root(j)] {
			if ro.same(want) {
				return j
			}
		}
	}
	return -1
}

// isSubject reports whether a mention is a subject, or the name in apposition to
// one: "The ruler Shahjahan spent …".
func (r *resolver) isSubject(x *ref) bool { return news.IsRel(r.d.Tokens[r.seat(x)].Deprel, "nsubj") }

// seat is the token that has the mention's grammatical place: its head, or for a
// name in apposition that of the description before it, for a group of names that
// of the first.
func (r *resolver) seat(x *ref) int {
	if x.group > 0 {
		return x.lead
	}
	if h := r.d.Head(x.Head); x.Kind == news.Name && h >= 0 && h < x.Head && news.IsRel(r.d.Tokens[x.Head].Deprel, "appos") {
		return h
	}
	return x.Head
}
