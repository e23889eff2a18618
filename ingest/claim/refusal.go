package claim

import "hearsay/ingest/news"

// refusal reads refusals to comment and silence at verb i, and reports whether
// it did: such a verb is no other cue.
//
//	declined to comment on the case     -> declines-comment: the case
//	did not say whether it paid         -> declines-comment: whether it paid
//	had no information to share         -> declines-comment
//	did not respond                     -> unreachable
//	could not be reached for comment    -> unreachable
func (r *reader) refusal(i int) bool {
	switch {
	case r.inQuote[i] >= 0:
		return false
	case r.word2(i, "declined", "refused", "declining", "refusing", "declines", "refuses", "decline", "refuse", "refrained"):
		return r.declined(i)
	case r.passive(i):
		return r.notDrawn(i) || r.notReached(i)
	case (r.lemma(i) == "have" || r.lemma(i) == "make" || r.lemma(i) == "offer") && r.upos(i) == "VERB":
		return r.nothingToSay(i)
	case r.neitherNor(i), r.unverified(i), r.yetToSay(i):
		return true
	}
	return r.negated(i) && r.notSaid(i)
}

// tells reports whether refusing the verb is refusing to comment.
func tells(lemma string) bool {
	switch lemma {
	case "comment", "say", "answer", "discuss", "elaborate", "disclose", "reveal", "provide", "give", "release",
		"confirm", "respond", "reply", "specify", "identify", "name", "speak", "talk", "explain", "divulge", "share",
		"describe", "detail", "address", "speculate", "testify", "interview", "clarify", "state", "tell", "offer", "deny", "expand":
		return true
	}
	return false
}

// gives reports whether the verb hands over things as well as news.
func gives(lemma string) bool {
	switch lemma {
	case "provide", "give", "release", "share", "offer":
		return true
	}
	return false
}

// informs reports whether the noun is news that may be withheld.
func informs(lemma string) bool {
	switch lemma {
	case "information", "detail", "comment", "reason", "explanation", "figure", "statement", "response", "number", "evidence",
		"name", "answer", "interview", "specific", "date", "update", "estimate", "identity", "breakdown":
		return true
	}
	return false
}

func (r *reader) declined(i int) bool {
	x := r.d.Child(i, "xcomp", "ccomp", "advcl")
	cueLast := i
	if r.word(i+1, "to") && (x < 0 || !tells(r.lemma(x))) { // "to comment" read as a phrase
		for j := min(i+4, r.end) - 1; j > i+1; j-- {
			if tells(r.lemma(j)) {
				x = j
			}
		}
	}
	switch {
	case x > i && tells(r.lemma(x)) && !r.punct(x-1):
		if k := r.d.Child(x, "obj"); gives(r.lemma(x)) && (k < x || !informs(r.lemma(k))) && r.d.Child(x, "ccomp") < 0 {
			return false
		}
		cueLast = x
	case r.d.Child(i, "obj") > i:
		k := r.d.Child(i, "obj")
		if l := r.lemma(k); l != "comment" && l != "interview" && l != "request" && l != "invitation" || r.lemma(i) != "decline" {
			return false
		}
		cueLast, x = k, k
	case x < 0 && r.lemma(i) == "decline" && r.asked(i) >= 0:
	default:
		return false
	}
	heads := r.speaking(i, r.sources(i))
	if len(heads) == 0 {
		return false
	}
	heads = append([]int(nil), heads...)
	r.silence(i, x, part{i, cueLast}, news.DeclinesComment, heads)
	return true
}

// silence adds a refusal with the matter that it concerns: a complement of x, or
// what the source was asked about.
func (r *reader) silence(i, x int, at part, stance news.Stance, heads []int) {
	d := draft{cue: at, head: i, entry: &cue{stance: stance, certainty: news.CertaintyUnknown}, inner: -1, quoted: -1, rule: "refusal"}
	if p := r.matter(i, x, at.last); !p.empty() {
		d.content = append(d.content, p)
	}
	r.add(&d, heads)
}

// matter is what a refusal is about, in the same sentence; empty for none.
func (r *reader) matter(i, x, after int) part {
	for _, v := range [...]int{x, i} {
		if v < 0 {
			continue
		}
		for k := range r.d.Children(v) {
			if k <= after || int(r.lo[k]) <= after {
				continue
			}
			switch {
			case r.rel(k, "ccomp"), r.rel(k, "advcl") && r.interrogative(k, int(r.lo[k])) && !r.word(int(r.lo[k]), "when", "where"), r.rel(k, "xcomp") && r.finite(k):
				return part{r.afterThat(k), int(r.hi[k])}
			case r.rel(k, "obj"):
				if c := r.d.Child(v, "ccomp"); c > k && r.questionWord(k) {
					return part{int(r.lo[k]), int(r.hi[c])} // how | it was done
				}
				if r.finite(k) || !r.word2(k, "questions", "requests", "question", "request", "calls", "messages", "email", "emails", "e-mail", "e-mails", "comment", "interview") {
					return part{int(r.lo[k]), int(r.hi[k])}
				}
			case r.rel(k, "obl", "nmod", "advcl"):
				switch r.caseOf(k) {
				case "on", "about", "regarding", "over", "concerning":
					if !r.isTime(k) {
						return part{int(r.lo[k]) + 1, int(r.hi[k])}
					}
				}
			}
		}
	}
	return r.askedMatter(i)
}

// asked is the verb of "when asked" beside or below verb i, -1 for none.
func (r *reader) asked(i int) int {
	for j := r.first; j < r.end; j++ {
		if r.word(j, "asked", "pressed", "questioned", "contacted", "quizzed") && j != i && r.rel(j, "advcl", "acl", "conj", "parataxis") &&
			(r.d.Dominates(i, j) || r.d.Head(j) == r.d.Head(i)) && r.agent(j) < 0 && r.d.Child(j, "nsubj") < 0 {
			return j
		}
	}
	return -1
}

// askedMatter is what the source of verb i was asked: when asked about X.
func (r *reader) askedMatter(i int) part {
	a := r.asked(i)
	if a < 0 {
		return part{0, -1}
	}
	j := a + 1
	if r.word(j, "about", "on", "regarding", "for") {
		if r.low[j] == "for" {
			return part{0, -1}
		}
		j++
	} else if !r.word(j, "whether", "if", "what", "why", "how", "who", "when", "where") {
		return part{0, -1}
	}
	end := int(r.hi[a])
	for k := j; k <= end && k < r.end; k++ {
		if r.punct(k) && r.low[k] == "," {
			// a comma ends it, unless "and whether" goes on
			if !r.word(k+1, "and", "or") {
				end = k - 1
			}
		}
	}
	return part{j, min(end, r.end-1)}
}

// notDrawn reads "would not be drawn on the matter".
func (r *reader) notDrawn(i int) bool {
	if !r.word2(i, "drawn") || !r.negated(i) || !r.aux(i, "would", "could") || !r.word(i+1, "on", "about", "when") {
		return false
	}
	k := r.passiveSubject(i)
	if k < 0 || !r.person(k) {
		return false
	}
	r.silence(i, i, part{r.auxStart(i), i}, news.DeclinesComment, append([]int(nil), r.conjuncts(k)...))
	return true
}

// notReached reads "could not be reached for comment".
func (r *reader) notReached(i int) bool {
	if !r.word2(i, "reached", "contacted", "found") || !r.negated(i) {
		return false
	}
	k := r.d.Child(i, "nsubj:pass")
	if k < 0 {
		if h := r.d.Head(i); r.rel(i, "conj") && h >= r.first {
			k = r.d.Child(h, "nsubj:pass", "nsubj")
		}
	}
	if k < 0 || !r.person(k) || !r.forComment(i) && (r.low[i] == "found" || !r.aux(i, "could", "can", "ca")) {
		return false
	}
	at := part{r.auxStart(i), i}
	if r.word(i+1, "for") && r.word(i+2, "comment", "comments") {
		at.last = i + 2
	} else if r.word(i+1, "immediately") && r.word(i+3, "comment") {
		at.last = i + 3
	}
	r.silence(i, -1, at, news.Unreachable, append([]int(nil), r.conjuncts(k)...))
	return true
}

func (r *reader) forComment(i int) bool {
	for k := i + 1; k < min(i+4, r.end); k++ {
		if r.word(k, "comment", "comments", "interview") {
			return true
		}
	}
	return false
}

// auxStart is the first of the auxiliaries and negations before verb i.
func (r *reader) auxStart(i int) int {
	first := i
	for j := i - 1; j >= r.first && (r.upos(j) == "AUX" || r.upos(j) == "PART" || r.upos(j) == "ADV" || r.word(j, "not", "n't", "n’t", "be")); j-- {
		if r.upos(j) != "ADV" {
			first = j
		}
	}
	return first
}

// nothingToSay reads "had no comment", "had no information to share".
func (r *reader) nothingToSay(i int) bool {
	obj, ok := r.noWord(i)
	if !ok {
		return false
	}
	heads := r.speaking(i, r.sources(i))
	if len(heads) == 0 || r.rel(i, "ccomp") { // "said she had no comment" is the outer cue's
		return false
	}
	heads = append([]int(nil), heads...)
	last := obj
	if k := r.d.Child(obj, "acl"); k > obj {
		last = k
	}
	r.silence(i, obj, part{i, last}, news.DeclinesComment, heads)
	return true
}

// noWord is the object of "have" where it is no comment or no information.
func (r *reader) noWord(i int) (obj int, ok bool) {
	obj = r.d.Child(i, "obj")
	if obj <= i {
		return -1, false
	}
	switch r.lemma(obj) {
	case "comment", "information", "detail", "statement", "response":
	default:
		return -1, false
	}
	if det := r.d.Child(obj, "det"); !r.negated(i) && (det < 0 || r.low[det] != "no") {
		return -1, false
	}
	if r.lemma(obj) == "information" || r.lemma(obj) == "detail" {
		k := r.d.Child(obj, "acl")
		return obj, k > obj || r.d.Child(obj, "nmod") < 0
	}
	return obj, true
}

// neitherNor reads "would neither confirm nor deny X".
func (r *reader) neitherNor(i int) bool {
	if r.lemma(i) != "confirm" {
		return false
	}
	for j := i + 1; j < min(i+4, r.end); j++ {
		if r.word(j, "deny", "denied", "denying", "denies") && r.word(j-1, "nor", "or") && (r.negated(i) || r.word(i-1, "neither")) {
			heads := r.speaking(i, r.sources(i))
			if len(heads) == 0 {
				return false
			}
			heads = append([]int(nil), heads...)
			r.spent[j] = true
			r.silence(i, j, part{r.auxStart(i), j}, news.DeclinesComment, heads)
			return true
		}
	}
	return false
}

// notSaid reads "did not respond", "would not say whether".
func (r *reader) notSaid(i int) bool {
	stance, last := news.DeclinesComment, i
	obj := r.d.Child(i, "obj")
	switch r.lemma(i) {
	case "respond", "reply", "return", "answer":
		stance = news.Unreachable
		if r.lemma(i) == "return" {
			if obj < i || !r.word2(obj, "call", "calls", "message", "messages", "email", "emails", "e-mail", "e-mails", "request", "requests", "inquiries", "queries") {
				return false
			}
			last = obj
		}
		if r.lemma(i) == "answer" && obj > i && !r.word2(obj, "calls", "phone", "phones", "emails", "messages") {
			stance = news.DeclinesComment
		}
	case "comment", "elaborate", "disclose", "specify", "discuss", "divulge", "reveal", "speculate":
	case "say", "explain", "clarify", "state", "confirm", "indicate", "identify", "tell", "know":
		k := r.d.Child(i, "ccomp", "obj")
		if r.lemma(i) == "know" || k <= i || r.lemma(i) != "confirm" && r.lemma(i) != "identify" && !r.interrogative(k, int(r.lo[k])) {
			return false
		}
	case "provide", "release", "give", "offer", "share", "issue", "make":
		if obj <= i {
			return false
		}
		if !informs(r.lemma(obj)) {
			return false
		}
		last = obj
	default:
		return false
	}
	heads := r.speaking(i, r.sources(i))
	if len(heads) == 0 || !r.person(heads[0]) || r.evidence(heads[0]) || r.lemma(heads[0]) == "campaign" || r.inQuote[i] >= 0 && r.firstPerson(heads[0]) {
		return false
	}
	heads = append([]int(nil), heads...)
	x := i
	if last != i {
		x = obj
	}
	r.silence(i, x, part{r.auxStart(i), last}, stance, heads)
	return true
}

// unavailable reads "was unavailable for comment", "was not available".
func (r *reader) unavailable(i int) bool {
	if !(r.word2(i, "unavailable", "unreachable") || r.word2(i, "available", "reachable") && r.negated(i)) || r.rel(i, "amod") {
		return false
	}
	if !r.word2(i, "unreachable", "reachable") && !r.forComment(i) {
		return false
	}
	heads := r.speaking(i, r.sources(i))
	if len(heads) == 0 || !r.person(heads[0]) {
		return false
	}
	heads = append([]int(nil), heads...)
	at := part{r.auxStart(i), i}
	if !r.negated(i) {
		at.first = i
	}
	if r.word(i+1, "for") && r.word(i+2, "comment", "comments") {
		at.last = i + 2
	}
	r.silence(i, -1, at, news.Unreachable, heads)
	return true
}
