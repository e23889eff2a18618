package claim

import "hearsay/ingest/news"

// reportable reports whether bare object obj can be what cue i is about: a plain
// statement wants an event, a statement or a verb that announces things.
func (r *reader) reportable(i, obj int, c *cue) bool {
	if r.word(obj, "such", "so", "some", "any", "itself") {
		return false
	}
	if len(c.particles) > 0 {
		return c.stance != news.Confirms || r.upos(obj) != "PROPN" // was admitted to the Academy
	}
	switch c.stance {
	case news.Confirms:
		if r.lemma(i) == "accept" && !r.conceded(r.lemma(obj)) {
			return false // is still accepting applications
		}
		return r.propositional(obj) || r.owns(r.lemma(i)) && r.upos(obj) == "NOUN" && !r.person(obj)
	case news.Asserts, news.Suggests:
		if r.gerund(i) && !r.announces(r.lemma(i)) && (r.caseOf(i) == "by" || r.depicts(r.lemma(i)) && !r.quotes(obj)) {
			return false // estimate it by observing the area; a database detailing the fleet
		}
		return !r.word(obj, "himself", "herself", "themselves") && (r.propositional(obj) || r.announces(r.lemma(i)) || r.quotes(obj))
	case news.Demands:
		return r.upos(obj) != "PRON"
	case news.Criticizes:
		return !r.strikes(i) || r.worded(obj)
	}
	return true
}

// strikes reports whether verb i hits a body in the first place, and only what is
// said or decided by words: attacked the proclamation, but not attacked a convoy.
func (r *reader) strikes(i int) bool {
	switch r.lemma(i) {
	case "attack", "bash", "knock", "savage", "skewer", "flay", "thrash", "trash":
		return true
	}
	return false
}

// quotes reports whether a quotation stands in the phrase of obj.
func (r *reader) quotes(obj int) bool {
	for j := int(r.lo[obj]); j <= int(r.hi[obj]) && j < r.end; j++ {
		if r.inQuote[j] >= 0 {
			return true
		}
	}
	return false
}

// conceded reports whether who accepts the noun says that something is so.
func (r *reader) conceded(lemma string) bool {
	switch lemma {
	case "responsibility", "blame", "fact", "finding", "conclusion", "charge", "guilt", "liability", "result", "view", "argument",
		"premise", "criticism", "defeat", "evidence", "accusation", "allegation", "existence", "claim", "outcome", "verdict", "ruling":
		return true
	}
	return false
}

// depicts reports whether the verb tells of a thing rather than that something is so.
func (r *reader) depicts(lemma string) bool {
	switch lemma {
	case "describe", "detail", "outline", "recall", "list", "record", "observe":
		return true
	}
	return false
}

// owns reports whether the verb says that what its object stands for is so: who
// confirms a discovery confirms that it was made.
func (r *reader) owns(lemma string) bool {
	switch lemma {
	case "confirm", "acknowledge", "admit", "corroborate", "concede":
		return true
	}
	return false
}

// venue reports whether j is a medium that one speaks on.
func (r *reader) venue(j int) bool {
	return r.word(j, "twitter", "facebook", "instagram", "telegram", "television", "tv", "radio", "youtube", "weibo")
}

// announces reports whether a bare object of the verb is what was made known.
func (r *reader) announces(lemma string) bool {
	switch lemma {
	case "announce", "reveal", "disclose", "report", "claim", "confirm", "divulge", "proclaim", "mention", "list", "cite", "reiterate", "stress", "highlight", "propose", "allege", "suggest":
		return true
	}
	return false
}

// worded reports whether noun h stands for what is said or decided by words.
func (r *reader) worded(h int) bool {
	switch r.lemma(h) {
	case "agreement", "announcement", "appointment", "approach", "attitude", "bill", "budget", "claim", "comment", "critic", "criticism",
		"deal", "decision", "handling", "idea", "investigation", "inquiry", "law", "legislation", "measure", "media", "move", "narrative",
		"nomination", "opponent", "order", "plan", "policy", "position", "probe", "proclamation", "proposal", "record", "reform",
		"remark", "report", "response", "rival", "rule", "ruling", "sanction", "speech", "stance", "statement", "strategy", "tariff",
		"treatment", "treaty", "verdict", "view", "vote":
		return true
	}
	return false
}

// propositional reports whether noun h stands for an event or a statement.
func (r *reader) propositional(h int) bool {
	if r.upos(h) == "PROPN" || r.upos(h) == "PRON" || r.upos(h) == "NUM" {
		return false
	}
	if r.d.Child(h, "acl", "acl:relcl") >= 0 {
		return true
	}
	w := r.lemma(h)
	for _, e := range [...]string{"tion", "sion", "ment", "ance", "ence", "ing", "ity", "ness", "ure", "al", "ship", "cy"} {
		if len(w) > len(e)+2 && w[len(w)-len(e):] == e {
			return true
		}
	}
	return r.d.Child(h, "nmod") > h
}

// withoutVenue cuts the medium that something was said in off an object that ends
// at end: lashed out at the mayor | on Twitter.
func (r *reader) withoutVenue(obj, end int) int {
	j := end
	if r.word(j, "media") && r.word(j-1, "social") {
		j--
	}
	if j == end && !r.venue(j) || !r.word(j-1, "on", "via") || j-2 < obj {
		return end
	}
	return j - 2
}
