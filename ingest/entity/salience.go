package entity

import (
	"hearsay/ingest/news"
)

const (
	minimum   = -1e9
	threshold = 1.0
	margin    = 0.25
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
	rel := r.d.Tokens[x.Head].Deprel
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
		if h := int(r.head[max(0, r.d.Head(x.Head))]) - 1; h >= 0 && r.refs[h].Head != x.Head && r.refs[h].Start < x.Start {
			rel := r.d.Tokens[r.refs[h].Head].Deprel
			switch {
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

// salience scores mention j as the antecedent of pronoun i. It follows the order
// of centering theory: subjects before objects before the rest, the near before
// the far, what was spoken of often before what was mentioned once.
func (r *resolver) salience(i, j int, p pronoun) float64 {
	x, y := &r.refs[i], &r.refs[j]
	root := &r.refs[r.root(j)]
	score := 1.4
	distance := x.sent - y.sent
	score -= 0.55 * float64(distance)
	if distance > 0 && r.newParagraph(y.sent, x.sent) {
		score -= 0.3
	}
	where := r.place(y)
	switch where {
	case subjectPlace:
		score += 1.0
	case objectPlace:
		score += 0.35
	case possessorPlace:
		score += 0.3
	case embeddedPlace:
		score -= 0.5
	}
	if r.place(x) == where && where != embeddedPlace {
		score += 0.25
	}
	if y.Kind == news.Pronoun {
		score += 0.3
	}
	if root.Kind == news.Name {
		score += 0.35
	}
	switch n := r.count[r.root(j)]; {
	case n >= 4:
		score += 0.6
	case n >= 2:
		score += 0.35
	}
	if p.animate && root.gender == p.gender {
		score += 0.4
	}
	if !p.animate {
		score += r.fitsThing(x, root, p)
	}
	score -= 0.01 * float64(i-j)
	return score
}

func (r *resolver) fitsThing(x, root *ref, p pronoun) float64 {
	score := 0.0
	h := r.d.Head(x.Head)
	speaks := h >= 0 && r.isSubject(x) && sayVerbs[r.d.Tokens[h].Lemma]
	able := root.Type == news.Organization || root.Type == news.Location || root.Type == news.ThreatActor || root.Type == news.Person
	switch {
	case speaks && able:
		score += 0.4
	case speaks:
		score -= 0.8
	}
	if p.number == plural {
		if root.number == plural {
			score += 0.5
		} else {
			score -= 0.6
		}
	}
	return score
}

// newParagraph reports whether a paragraph begins after sentence a, up to b.
func (r *resolver) newParagraph(a, b int) bool {
	for s := a + 1; s <= b; s++ {
		if r.d.Sentences[s].NewPar {
			return true
		}
	}
	return false
}
