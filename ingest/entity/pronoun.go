package entity

import (
	"strings"

	"hearsay/ingest/news"
)

// speaking are verbs whose subject is the speaker of a quotation.
var speaking = setOf(`say tell add write argue claim explain note insist warn ask announce state declare reply respond comment
	tweet admit acknowledge concede recall remember continue conclude suggest stress emphasize report describe`)

// pronoun resolves the pronoun i, or leaves it unresolved.
func (r *resolver) pronoun(i int) {
	x := &r.refs[i]
	p := pronouns[r.lower(x.Head)]
	switch {
	case p.person < 3:
		r.deictic(i, p)
		return
	}
	if j := r.lastBody(i, p); j >= 0 && r.watch == nil {
		r.join(j, i, "pronoun:speaker")
		return
	}
	if j := r.ofItself(i, p); j >= 0 && r.watch == nil {
		r.join(j, i, "pronoun:said")
		return
	}
	j := r.antecedent(i, p)
	if j < 0 && p.animate && r.watch == nil {
		j = r.onlyPerson(i, p)
	}
	if j >= 0 {
		r.join(j, i, "pronoun")
		r.learn(i, j)
	}
}

// onlyPerson is the one person that the paragraph names before "he" or "she" at the
// beginning of a sentence, if that was a subject in the sentence before; -1 where it
// names none or several that might be meant.
//
//	Foreign Minister Ine Soereide said so. She gave no details.
func (r *resolver) onlyPerson(i int, p pronoun) int {
	x := &r.refs[i]
	if !r.isSubject(x) || !r.opens(x.first) || r.quoteAt(x.Start) >= 0 {
		return -1
	}
	found := -1
	for j := i - 1; j >= 0 && x.sent-r.refs[j].sent <= 3 && !r.newParagraph(r.refs[j].sent, x.sent); j-- {
		if r.refs[j].sent == x.sent || r.total[r.root(j)] == 0 || !r.compatible(i, j, p) {
			continue
		}
		if found >= 0 && r.root(found) != r.root(j) {
			return -1
		}
		if found < 0 {
			found = j
		}
	}
	if found < 0 || x.sent-r.refs[found].sent > 1 || !r.isSubject(&r.refs[found]) {
		return -1
	}
	return found
}

// ofItself is the body that says something of itself: the subject of a verb of
// saying, for "it" as the subject of the verb that the clause after it has.
//
//	Okta, which played down an intrusion, admitted that it had erred
func (r *resolver) ofItself(i int, p pronoun) int {
	x := &r.refs[i]
	v := r.d.Head(x.Head)
	if p.animate || p.number != singular || v < 0 || !news.IsRel(r.d.Tokens[x.Head].Deprel, "nsubj") || r.d.Tokens[v].UPOS != "VERB" || !news.IsRel(r.d.Tokens[v].Deprel, "ccomp") {
		return -1
	}
	h := r.d.Head(v)
	if h < 0 || h > v || !speaking[r.d.Tokens[h].Lemma] {
		return -1
	}
	k := r.d.Child(h, "nsubj")
	if k < 0 || k > h || r.head[k] == 0 {
		return -1
	}
	j := int(r.head[k]) - 1
	switch r.refs[r.root(j)].Type {
	case news.Organization, news.ThreatActor, news.Location:
		if r.compatible(i, j, p) {
			return j
		}
	}
	return -1
}

// lastBody is the body, or the persons for a plural, that the sentence before has
// as its subject, for a pronoun that says something itself.
//
//	The federation issued a statement. It said …      Researchers met. They said …
func (r *resolver) lastBody(i int, p pronoun) int {
	x := &r.refs[i]
	if p.animate {
		return r.lastSpeaker(i, p)
	}
	if !r.speaks(x) || r.quoteAt(x.Start) >= 0 || !r.opens(x.first) {
		return -1
	}
	for j := i - 1; j >= 0 && x.sent-r.refs[j].sent <= 1; j-- {
		y := &r.refs[j]
		if k := r.d.Child(y.Head, "acl:relcl"); y.sent < x.sent && k >= 0 && speaking[r.d.Tokens[k].Lemma] && r.refs[r.root(j)].Type == news.Organization && r.compatible(i, j, p) {
			return j // was managed by Synergy, which said that … It did not say
		}
		if y.sent == x.sent || !r.isSubject(y) || r.quoteAt(y.Start) >= 0 || !r.compatible(i, j, p) {
			continue
		}
		root := &r.refs[r.root(j)]
		body := root.Type == news.Organization || root.Type == news.ThreatActor || root.Type == news.Location && root.Kind == news.Name && p.number == singular
		people := root.Type == news.Person && root.number == plural && p.number == plural
		if body && (p.number == singular || y.Kind != news.Pronoun) || people {
			return j
		}
	}
	return -1
}

// lastSpeaker is the person who spoke before in the paragraph, for a pronoun that
// speaks again.
//
//	Hook said: "This is political." He added: "…"
func (r *resolver) lastSpeaker(i int, p pronoun) int {
	x := &r.refs[i]
	if !r.speaks(x) || r.quoteAt(x.Start) >= 0 {
		return -1
	}
	for j := i - 1; j >= 0 && x.sent-r.refs[j].sent <= 4; j-- {
		y := &r.refs[j]
		if x.sent > y.sent && r.newParagraph(y.sent, x.sent) {
			return -1
		}
		if r.isSubject(y) && r.speaks(y) && r.quoteAt(y.Start) < 0 && r.d.Head(y.Head) != r.d.Head(x.Head) && r.compatible(i, j, p) {
			if r.above(r.d.Head(y.Head), x.Head) {
				return -1 // "A said he …" is for the weights to decide
			}
			return j
		}
	}
	return -1
}

// reflexives learns genders from himself and herself before anything else is
// resolved: they belong to the subject above them.
//
//	Baloch was killed after posting pictures of herself -> Baloch is female
func (r *resolver) reflexives() {
	for i := range r.refs {
		x := &r.refs[i]
		p, ok := pronouns[r.lower(x.Head)]
		if x.Kind != news.Pronoun || !ok || !p.reflex || !p.animate || p.person != 3 {
			continue
		}
		for h, n := r.d.Head(x.Head), 0; h >= 0 && n < 8; h, n = r.d.Head(h), n+1 {
			k := r.d.Child(h, "nsubj")
			if k < 0 || k == x.Head || r.head[k] == 0 {
				continue
			}
			if root := &r.refs[r.root(int(r.head[k])-1)]; root.Type == news.Person && root.gender == noGender && root.number != plural {
				root.gender = p.gender
			}
			break
		}
	}
}

// deictic resolves pronouns of the first and second person by who speaks: inside
// a quotation its speaker, outside of all quotations the writer. Where these are
// unknown, those of one quotation are one, and those of the writer are.
func (r *resolver) deictic(i int, p pronoun) {
	q := r.quoteAt(r.refs[i].Start)
	if j := r.speaker(i); p.person == 1 && j >= 0 && (p.number == singular || r.refs[j].Type == news.Organization) {
		r.join(j, i, "speaker")
		return
	}
	key := [3]int{q, int(p.person), int(p.number)}
	if p.person == 2 {
		key[2] = 0
	}
	if j, ok := r.voices[key]; ok {
		r.join(j, i, "voice")
		return
	}
	r.voices[key] = i
}

// learn gives a cluster the gender that a resolved pronoun tells of it.
func (r *resolver) learn(i, j int) {
	root := &r.refs[r.root(j)]
	if root.gender == noGender {
		root.gender = r.refs[i].gender
	}
}

// speaker is the mention of who says the quotation that mention i stands in: the
// subject of a verb of saying beside it.
func (r *resolver) speaker(i int) int {
	x := &r.refs[i]
	q := r.quoteAt(x.Start)
	if q < 0 {
		return -1
	}
	quote := r.d.Quotes[q].Span
	first, last := r.d.SentenceAt(quote.Start), r.d.SentenceAt(quote.End-1)
	for s := first; s <= last+1 && s < len(r.d.Sentences); s++ {
		sent := &r.d.Sentences[s]
		if s > last && sent.NewPar {
			break
		}
		if j := r.sayer(sent, quote); j >= 0 && r.refs[j].Kind != news.Pronoun {
			return j
		} else if j >= 0 && j < i && r.root(j) != j {
			return j
		}
	}
	// "They will be back," Callow said. "I would be surprised if not."
	for s := first; s > 0 && s > first-2 && !r.d.Sentences[s].NewPar; s-- {
		if j := r.sayer(&r.d.Sentences[s-1], quote); j >= 0 && r.refs[j].Kind != news.Pronoun {
			return j
		}
	}
	return -1
}

func (r *resolver) sayer(s *news.Sentence, quote news.Span) int {
	for k := s.First; k < s.End; k++ {
		t := &r.d.Tokens[k]
		if quote.Contains(t.Span) || !news.IsRel(t.Deprel, "nsubj") {
			continue
		}
		if h := r.d.Head(k); h >= 0 && speaking[r.d.Tokens[h].Lemma] && !quote.Contains(r.d.Tokens[h].Span) && r.head[k] > 0 {
			return int(r.head[k]) - 1
		}
	}
	return -1
}

func (r *resolver) quoteAt(pos int) int {
	lo, hi := 0, len(r.d.Quotes)
	for lo < hi {
		if m := (lo + hi) / 2; r.d.Quotes[m].End <= pos {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(r.d.Quotes) && r.d.Quotes[lo].Start <= pos {
		return lo
	}
	return -1
}

// compatible reports whether mention j may be the antecedent of pronoun i.
func (r *resolver) compatible(i, j int, p pronoun) bool {
	x, y := &r.refs[i], &r.refs[j]
	root := &r.refs[r.root(j)]
	if y.value || y.aside || y.Rule != "" && y.nested && y.Kind != news.Name && !p.animate && p.number == singular && !r.possessed(y) {
		return false
	}
	if y.Kind == news.Pronoun {
		q := pronouns[r.lower(y.Head)]
		if r.root(j) == j && (q.person != 3 || q.number != p.number || q.gender != p.gender) {
			return false
		}
		if q.person == 3 && (q.number != p.number || q.gender != p.gender) {
			return false
		}
	}
	switch {
	case p.animate: // he, she
		if r.speaks(x) && r.namesBelow(i, r.root(j)) {
			return false
		}
		if root.Type != news.Person && !(root.Type == news.Other && root.animate) || y.number == plural && y.Kind != news.Pronoun || root.number == plural {
			return false
		}
		if root.gender != noGender && root.gender != p.gender {
			return false
		}
	case p.number == singular: // it
		if root.Type == news.Person || root.animate || root.number == plural && root.Kind == news.Nominal || root.Type == news.Other && root.Kind == news.Nominal && r.staffed(x) {
			return false
		}
	default: // they
		if root.Kind == news.Nominal && root.number == singular && root.Type != news.Organization && root.Type != news.Person {
			return false
		}
		if root.Kind == news.Name && root.Type == news.Person {
			return false
		}
		if root.Kind == news.Name && root.Type != news.Organization && root.Type != news.ThreatActor && root.Type != news.Location {
			return false
		}
	}
	if !p.animate && r.speaks(x) && !r.canSpeak(root) {
		return false
	}
	return r.bindable(x, y, p)
}

// speaks reports whether the mention is the subject of a verb of saying.
func (r *resolver) speaks(x *ref) bool {
	h := r.d.Head(r.seat(x))
	return h >= 0 && r.isSubject(x) && (speaking[r.d.Tokens[h].Lemma] || publishing[r.d.Tokens[h].Lemma])
}

// publishing are further verbs whose subject is a body or a person with a voice.
var publishing = setOf(`deny list cite quote release issue publish read accuse criticize criticise condemn reject urge demand vow
	blame denounce refuse decline caution disclose allege pledge`)

// writings are things that say something though nobody stands for them.
var writings = setOf(`report study statement letter paper publication post article document survey database message email
	memo book review analysis website site page blog tweet poll investigation note law act bill`)

// canSpeak reports whether what a cluster stands for may say something: a runway
// doesn't.
func (r *resolver) canSpeak(root *ref) bool {
	switch root.Type {
	case news.Person, news.Organization, news.Location, news.ThreatActor:
		return root.Kind != news.Nominal || root.Type != news.Location
	}
	return root.Kind == news.Pronoun || writings[strings.ToLower(r.d.Tokens[root.Head].Lemma)] || root.Kind == news.Name && root.Type == news.Other
}

func (r *resolver) possessed(y *ref) bool {
	return news.IsRel(r.d.Tokens[y.Head].Deprel, "nmod:poss")
}

// namesBelow reports whether the pronoun's verb of saying reports something of the
// cluster by name: "he said that Trump would win" isn't Trump's.
func (r *resolver) namesBelow(i, root int) bool {
	x := &r.refs[i]
	v := r.d.Head(x.Head)
	for k := i + 1; k < len(r.refs) && r.refs[k].sent == x.sent; k++ {
		if y := &r.refs[k]; y.Kind == news.Name && r.root(k) == root && y.Head > v && r.d.Dominates(v, y.Head) {
			return true
		}
	}
	return false
}

// staffed reports whether the pronoun owns people, as a body or a country does:
// its spokesman, its troops.
func (r *resolver) staffed(x *ref) bool {
	h := r.d.Head(x.Head)
	if h < 0 || !news.IsRel(r.d.Tokens[x.Head].Deprel, "nmod:poss") {
		return false
	}
	switch w := strings.ToLower(r.d.Tokens[h].Lemma); w {
	case "government", "troop", "force", "staff", "army", "military", "leadership":
		return true
	case "member", "owner", "author", "victim", "user", "opponent", "supporter", "critic", "creator", "maker", "driver", "people", "resident", "inhabitant":
		return false
	default:
		return r.t.nouns[w] == personNoun
	}
}

// bindable applies the binding conditions: a pronoun and its antecedent are not
// arguments of one verb, unless it is reflexive; neither lies inside the other.
func (r *resolver) bindable(x, y *ref, p pronoun) bool {
	if y.Span.Contains(x.Span) {
		return false
	}
	hx, hy := r.d.Head(x.Head), r.d.Head(y.Head)
	possessive := news.IsRel(r.d.Tokens[x.Head].Deprel, "nmod:poss")
	if p.reflex {
		return hx == hy || x.sent == y.sent && r.isSubject(y)
	}
	if !possessive && hx == hy && hx >= 0 {
		return false
	}
	// "his father": the father is not he; "the father of his child" aside.
	if possessive && hx == y.Head {
		return false
	}
	// A quotation's he is not its speaker.
	if q := r.quoteAt(x.Start); q >= 0 && x.sent == y.sent && !r.d.Quotes[q].Contains(y.Span) && r.isSubject(y) && !possessive {
		if h := r.d.Head(y.Head); h >= 0 && speaking[r.d.Tokens[h].Lemma] {
			return false
		}
	}
	return true
}
