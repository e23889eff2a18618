package claim

import "hearsay/ingest/news"

// AttributionTopic is the ontology's topic of who or what is responsible for an event.
const AttributionTopic = "hs:attribution"

// topics sets the topics of a claim by what its content means: words of
// responsibility together with an event that somebody is responsible for.
//
//	North Korea was involved in the attacks   -> hs:attribution
//	the origin of the attack                  -> hs:attribution
//	the group is behind the leak              -> hs:attribution
//	he is responsible for sales               -> none
func (r *reader) topics(c *found) {
	if len(c.Content) == 0 {
		return
	}
	if c.Stance == news.Blames {
		c.Topics = []string{AttributionTopic}
		return
	}
	culprit, event := false, false
	s := c.Extent()
	for i := r.d.TokenAt(s.Start); i < len(r.d.Tokens) && r.d.Tokens[i].End <= s.End; i++ {
		culprit = culprit || r.responsibility(i)
		event = event || r.harm(i)
		if culprit && event {
			c.Topics = []string{AttributionTopic}
			return
		}
	}
}

// responsibility reports whether token i says that somebody did something.
func (r *reader) responsibility(i int) bool {
	l := r.lemma(i)
	switch l {
	case "responsible", "responsibility", "involve", "involvement", "culprit", "perpetrator", "perpetrate", "attribute", "attribution",
		"orchestrate", "mastermind", "complicit", "complicity", "culpable", "culpability", "implicate", "instigate", "origin", "originate":
		return true
	case "involved", "blame":
		return true
	case "behind":
		return r.upos(i) == "ADP" || r.upos(i) == "ADV" || r.upos(i) == "SCONJ"
	case "connect", "link", "tie", "trace":
		return true
	case "role", "hand", "part":
		if i+1 < len(r.low) && r.low[i+1] == "in" {
			return true // also where the parser gave the phrase to the verb
		}
		for k := range r.d.Children(i) {
			if k > i && r.caseOf(k) == "in" {
				return true
			}
		}
	case "carry":
		return i+1 < len(r.low) && r.low[i+1] == "out"
	case "launch", "sponsor", "conduct", "order", "stage", "commit", "hack", "poison", "murder", "bomb":
		// who did it, or that somebody by name did
		return r.passive(i) && r.agent(i) >= 0 || r.upos(i) == "VERB" && r.d.Child(i, "nsubj") >= 0
	}
	return false
}

// harm reports whether token i is an event that somebody may be responsible for.
func (r *reader) harm(i int) bool {
	if m := r.mention[i]; m >= 0 && r.d.Mentions[m].Type == news.Event {
		return true
	}
	switch r.lemma(i) {
	case "attack", "attacks", "cyberattack", "cyberattacks", "cyber-attack", "hack", "hacking", "breach", "intrusion", "crash", "murder", "killing", "assassination",
		"poisoning", "leak", "explosion", "blast", "bombing", "bomb", "fire", "blaze", "shooting", "massacre", "downing", "outage",
		"incident", "crime", "raid", "strike", "airstrike", "sabotage", "theft", "robbery", "heist", "campaign", "malware",
		"ransomware", "worm", "outbreak", "spill", "disaster", "accident", "collision", "collapse", "kidnapping", "abduction",
		"death", "violence", "assault", "operation", "espionage", "fraud", "plot", "coup", "derailment", "disappearance", "infection", "shootdown", "contamination", "abuse", "atrocity", "deaths":
		return r.upos(i) == "NOUN" || r.upos(i) == "PROPN"
	}
	return false
}
