package entity

import (
	"strings"

	"hearsay/ingest/news"
)

// incidents are the nouns for what malware did as a whole.
var incidents = setOf("attack cyberattack cyber-attack outbreak epidemic infection incident crisis")

// incident joins a description of what a piece of malware did with its name: news
// calls both the same. One attack of several stays an event of its own.
//
//	the WannaCry attack, WannaCry ransomware outbreak    WannaCry
//	a LockBit attack, the LockBit attack on the port     an event
func (r *resolver) incident(i int) bool {
	x := &r.refs[i]
	if !incidents[strings.ToLower(r.d.Tokens[x.Head].Lemma)] || r.single(x) {
		return false
	}
	for k := x.Head - 1; k >= x.first; k-- {
		if j := int(r.head[k]) - 1; j >= 0 && r.refs[j].Kind == news.Name && r.refs[j].Type == news.Malware {
			return r.join(j, i, "incident")
		}
	}
	return false
}

// single reports whether a description is of one incident among others: it has an
// indefinite article, or says whom it hit or where.
func (r *resolver) single(x *ref) bool {
	for k := range r.d.Children(x.Head) {
		rel := r.d.Tokens[k].Deprel
		switch {
		case news.IsRel(rel, "det"):
			switch r.lower(k) {
			case "the", "this", "these", "that", "those":
			default:
				return true
			}
		case k > x.Head && news.IsRel(rel, "nmod"):
			if c := r.d.Child(k, "case"); c >= 0 && hits[r.lower(c)] || r.taken(k) {
				return true
			}
		}
	}
	return false
}

// hits are the prepositions before who was hit.
var hits = setOf("on against at upon")
