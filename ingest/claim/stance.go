package claim

import (
	"strings"

	"hearsay/ingest/news"
)

// interpret sets stance, certainty and polarity of a claim from its cue, its
// negation and what its content says; it reports false where nothing is left of
// the claim.
//
//	said it was too early to tell      -> suspends-judgment
//	said the laws should be changed    -> demands
//	said he would resign               -> promises
//	said it may have happened          -> possible
//	said they believe it happened      -> believes, probable
//	said it was "hypocritical"         -> criticizes
//	did not believe it                 -> doubts
func (r *reader) interpret(f *found, d *draft) bool {
	f.Stance, f.Certainty = d.entry.stance, d.entry.certainty
	if f.Stance != news.DeclinesComment && f.Stance != news.Unreachable {
		if d.negated && !r.negate(f) {
			return false
		}
		if !d.negated && len(d.content) > 0 {
			r.readContent(f, d)
		}
	}
	if f.Polarity == "" {
		f.Polarity = polarity(f.Stance)
	}
	if f.Stance == news.Doubts && f.Certainty == news.Certain {
		f.Certainty = news.Possible
	}
	return true
}

func polarity(s news.Stance) news.Polarity {
	switch s {
	case news.Denies, news.Doubts:
		return news.Negative
	case news.SuspendsJudgment, news.Asks, news.DeclinesComment, news.Unreachable:
		return news.PolarityUnknown
	}
	return news.Positive
}

// negate is what a negated cue does; false where it is no claim.
//
//	does not believe -> doubts    did not deny -> suspends-judgment
//	does not doubt   -> believes  did not agree -> denies
func (r *reader) negate(f *found) bool {
	switch f.Stance {
	case news.Believes, news.Predicts, news.Estimates, news.Suggests:
		f.Stance, f.Certainty = news.Doubts, news.Possible
	case news.Denies:
		f.Stance, f.Certainty = news.SuspendsJudgment, news.CertaintyUnknown
	case news.Doubts, news.SuspendsJudgment:
		f.Stance, f.Certainty = news.Believes, news.Certain
	case news.Confirms:
		if r.lemma(f.cue) == "concede" && r.d.Child(f.cue, "obj") >= 0 {
			return false // did not concede the election: an act not done
		}
		switch r.lemma(f.cue) {
		case "agree", "accept", "recognize", "recognise", "concur", "endorse", "concede", "admit", "acknowledge":
			f.Stance, f.Certainty = news.Denies, news.Certain
		default:
			f.Stance, f.Certainty = news.SuspendsJudgment, news.CertaintyUnknown
		}
	case news.Asserts:
		switch r.lemma(f.cue) {
		case "find", "show", "prove", "demonstrate", "see", "uncover", "discover", "detect", "identify", "list", "record":
			f.Polarity = news.Negative
		case "know", "determine", "establish", "specify", "learn", "understand", "conclude", "decide":
			f.Stance, f.Certainty = news.SuspendsJudgment, news.CertaintyUnknown
		default:
			return false
		}
	default:
		return false
	}
	return true
}

// readContent lets the content of a plain statement say what it is.
func (r *reader) readContent(f *found, d *draft) {
	head := d.inner
	p := d.content[0]
	if len(d.content) > 1 && head >= d.content[1].first {
		p = d.content[1]
	}
	switch f.Stance {
	case news.Asserts, news.Confirms, news.Suggests, news.Believes, news.Warns:
	case news.Demands:
		return
	default:
		if f.Stance != news.Blames {
			return
		}
	}
	if r.openQuestion(d.content[0]) && f.Stance != news.Blames {
		f.Stance, f.Certainty = news.SuspendsJudgment, news.CertaintyUnknown
		return
	}
	if head < 0 {
		return
	}
	if f.Stance == news.Suggests && r.subjunctive(f.cue, head) {
		f.Stance, f.Certainty = news.Demands, news.CertaintyUnknown
		return
	}
	if f.Stance == news.Asserts || f.Stance == news.Believes && d.rule == "clause" {
		r.ownStance(f, d, head)
	}
	if f.Stance == news.Demands || f.Stance == news.SuspendsJudgment || f.Stance == news.DeclinesComment || f.Stance == news.Promises {
		return
	}
	if c := r.modality(head, p); c != "" && (f.Certainty == news.Certain || c == news.Possible && f.Certainty == news.Probable && f.Stance == news.Asserts) {
		f.Certainty = c
	}
}

// openQuestion reports whether a content leaves the matter open: too early to
// tell, unclear whether, questions remain, cannot say who.
func (r *reader) openQuestion(p part) bool {
	end := min(p.last, p.first+14)
	for i := p.first; i <= end && i < len(r.d.Tokens); i++ {
		at := func(k int, words ...string) bool {
			return i+k <= p.last && i+k < len(r.d.Tokens) && r.word2(i+k, words...)
		}
		switch {
		case at(0, "too") && at(1, "early", "soon"):
			return true
		case at(0, "premature") && (at(1, "to") || r.d.Child(i, "cop") >= 0), at(0, "unclear", "inconclusive"),
			at(0, "not", "n't", "n’t") && (at(1, "clear", "known") || at(1, "yet", "immediately", "entirely", "fully", "publicly") && at(2, "clear", "known")):
			return i <= p.first+6
		case at(0, "unknown") && i <= p.first+4 && r.rel(i, "root", "ccomp"):
			return true
		case at(0, "questions") && at(1, "remain", "remained"), at(0, "remains", "remained") && at(1, "to") && at(2, "be") && at(3, "seen", "determined"),
			at(0, "yet") && at(1, "to") && (at(2, "determine", "establish", "decide", "confirm", "identify", "reach") || at(2, "be") && at(3, "determined", "established", "confirmed", "decided", "identified")):
			return true
		case at(0, "not", "n't", "n’t", "never", "cannot", "ca") && r.notKnown(i+1, min(p.last, i+5)):
			return i <= p.first+5
		case at(0, "impossible", "difficult", "hard") && at(1, "to") && at(2, "say", "tell", "know", "determine", "establish", "verify"):
			return true
		}
	}
	return false
}

// notKnown reports whether "know", "say", "tell" or the like with a question
// follows a negation at i.
func (r *reader) notKnown(i, end int) bool {
	for ; i <= end && i < len(r.d.Tokens); i++ {
		switch r.lemma(i) {
		case "know", "say", "tell", "determine", "confirm", "establish", "verify", "decide", "identify":
			next := i + 1
			if next >= len(r.d.Tokens) {
				return false
			}
			if checks(r.lemma(i)) && r.aux(i, "could", "can", "ca") {
				return !r.word2(next, "nor", "or")
			}
			if r.word2(next, "whether", "if", "who", "what", "why", "how", "where", "when", "which", "yet") {
				return true
			}
			return (r.lemma(i) == "verify" || r.lemma(i) == "determine" || r.lemma(i) == "establish") && r.d.Tokens[next].UPOS != "SCONJ"
		}
		if u := r.upos(i); u != "AUX" && u != "ADV" && u != "PART" && u != "ADJ" && u != "VERB" {
			return false
		}
	}
	return false
}

// ownStance reads what the head clause of a content does: demand, promise,
// believe, refuse, condemn.
func (r *reader) ownStance(f *found, d *draft, head int) {
	subj := r.d.Child(head, "nsubj", "nsubj:pass")
	own := subj >= 0 && r.sameAs(subj, f.Source)
	if !own && subj >= 0 && f.Source.Entity < 0 && f.Source.Kind == news.Unnamed && r.word2(subj, "they") {
		// Officials said they believe it: who else, whatever the pronoun was resolved to
		if e := r.ownCue(head); e != nil && (e.stance == news.Believes || e.stance == news.Estimates) && !r.negated(head) {
			r.spent[head] = true
			f.Stance, f.Certainty = e.stance, e.certainty
			return
		}
	}
	if own {
		if obj, ok := r.noWord(head); r.lemma(head) == "have" && ok {
			f.Stance, f.Certainty = news.DeclinesComment, news.CertaintyUnknown
			f.Quotation = news.NoQuotation
			f.Content = nil
			if p := r.matter(head, obj, obj); !p.empty() {
				first, last := r.trim(p.first, p.last)
				f.Content = []news.Span{r.span(first, last)}
			} else if p = r.askedMatter(f.cue); !p.empty() {
				first, last := r.trim(p.first, p.last)
				f.Content = []news.Span{r.span(first, last)}
			}
			return
		}
		if e := r.ownCue(head); e != nil {
			r.spent[head] = true
			switch e.stance {
			case news.Criticizes, news.Praises, news.Blames:
				if r.present(head) && !r.negated(head) {
					f.Stance, f.Certainty = e.stance, e.certainty
				}
				return
			case news.Believes, news.Estimates, news.Predicts, news.Doubts, news.Demands, news.Promises, news.Denies:
				if r.negated(head) {
					if e.stance == news.Believes && f.Quotation != news.Direct {
						f.Stance, f.Certainty = news.Doubts, news.Possible
					}
					return
				}
				if e.stance == news.Denies && f.Quotation == news.Direct || e.stance == news.Doubts && r.lemma(head) == "hesitate" {
					return
				}
				if (e.stance == news.Demands || e.stance == news.Promises) && !r.present(head) {
					return // what somebody asked for or promised before is told, not done
				}
				f.Stance, f.Certainty = e.stance, e.certainty
				return
			}
		}
		if (r.aux(head, "will", "'ll", "’ll", "shall") || r.aux(head, "would") && f.Quotation != news.Direct) && r.action(head) && !r.negated(head) &&
			!r.rel(subj, "nsubj:pass") {
			f.Stance, f.Certainty = news.Promises, news.Certain
			return
		}
	}
	if r.aux(head, "should", "ought") || r.aux(head, "must") && subj >= 0 && !r.perfect(head) && r.upos(head) == "VERB" {
		f.Stance, f.Certainty = news.Demands, news.CertaintyUnknown
		return
	}
	if r.subjunctive(f.cue, head) {
		f.Stance, f.Certainty = news.Demands, news.CertaintyUnknown
		return
	}
	if r.upos(head) != "VERB" && r.d.Child(head, "cop") >= 0 && r.evaluative(head, head) && !r.negated(head) {
		f.Stance = news.Criticizes
	}
}

// present reports whether verb i stands in the present: we urge, is calling for.
func (r *reader) present(i int) bool {
	switch r.d.Tokens[i].XPOS {
	case "VBP", "VBZ", "VB":
		return !r.aux(i, "did", "had")
	}
	return r.gerund(i) && r.aux(i, "was", "were") || r.aux(i, "is", "are", "am", "'m", "'re", "'s", "’m", "’re", "’s", "will")
}

// subjunctive reports whether the cue wants what its clause says: insists that
// the budget include it, suggested supporters fill out two.
func (r *reader) subjunctive(cue, head int) bool {
	switch r.lemma(cue) {
	case "insist", "suggest", "propose":
	default:
		return false
	}
	return head > cue && r.d.Tokens[head].XPOS == "VB" && r.d.Child(head, "aux") < 0 && r.d.Child(head, "nsubj", "nsubj:pass") >= 0
}

// ownCue is the cue at the head of a content whose subject is the source: said
// they believe that, said it had found links.
func (r *reader) ownCue(head int) *cue {
	if r.hypothetical(head) || r.passive(head) {
		return nil
	}
	f := np
	if r.d.Child(head, "ccomp") > head {
		f = that | wh
	} else if r.d.Child(head, "xcomp") > head {
		f = to | inf
	}
	e, _ := r.lookup(r.lex.verbs, head, f)
	if e != nil && f == np {
		switch e.stance {
		case news.Asserts, news.Demands:
		case news.Criticizes, news.Praises, news.Blames, news.Believes, news.Estimates, news.Predicts:
			if k := r.d.Child(head, "obl"); !r.present(head) || e.stance == news.Predicts && k > head && r.caseOf(k) == "from" {
				return nil // we expect assurances from them: a demand
			}
		default:
			return nil
		}
	}
	return e
}

func (r *reader) perfect(head int) bool { return r.aux(head, "have") }

// action reports whether head is something one does, so that "will" promises it.
func (r *reader) action(head int) bool {
	if r.upos(head) != "VERB" {
		return false
	}
	switch r.lemma(head) {
	case "be", "have", "like", "prefer", "love", "need", "want", "know", "mean", "expect", "hope", "feel", "think",
		"believe", "get", "happen", "become", "die", "lose", "fall", "rise", "see", "understand", "remain", "say", "tell", "win", "take":
		return false
	}
	return true
}

// sameAs reports whether noun k is the source itself: "I", "we", a pronoun of
// the same entity, or one that nothing else explains.
func (r *reader) sameAs(k int, s news.Source) bool {
	if r.word2(k, "i", "we") {
		return true
	}
	if m := r.mention[k]; m >= 0 && r.d.Mentions[m].Entity >= 0 {
		return r.d.Mentions[m].Entity == s.Entity
	}
	switch r.low[k] {
	case "he", "she", "they":
		return true
	case "it":
		return s.Head >= 0 && (r.upos(s.Head) == "PROPN" || s.Entity >= 0 && r.d.Entities[s.Entity].Type == news.Organization) && !r.rel(k, "expl")
	}
	return false
}

// modality is how sure the head clause of a content is; "" for plainly.
func (r *reader) modality(head int, p part) news.Certainty {
	if r.aux(head, "may", "might", "could") && !r.past(head) {
		return news.Possible
	}
	for k := range r.d.Children(head) {
		if k < p.first || k > p.last {
			continue
		}
		if r.rel(k, "advmod", "amod", "advcl") {
			if c := hedge(r.low[k]); c != "" {
				return c
			}
		}
		if r.rel(k, "obj") && r.lemma(head) != "have" {
			if a := r.d.Child(k, "amod"); a >= 0 && r.low[a] == "possible" && r.upos(head) == "NOUN" {
				return news.Possible
			}
		}
	}
	switch r.lemma(head) {
	case "likely", "probable", "unlikely":
		return news.Probable
	case "possible", "plausible", "conceivable":
		if r.d.Child(head, "cop") >= 0 && !r.negated(head) {
			return news.Possible
		}
	}
	if r.upos(head) == "NOUN" {
		if a := r.d.Child(head, "amod"); a >= 0 {
			return hedge(r.low[a])
		}
	}
	return ""
}

func (r *reader) past(head int) bool {
	return r.aux(head, "could") && r.negated(head)
}

// hedge is what an adverb or adjective leaves of certainty, "" for all of it.
func hedge(w string) news.Certainty {
	switch w {
	case "likely", "probably", "presumably", "apparently", "reportedly", "allegedly", "supposedly", "purportedly",
		"seemingly", "ostensibly", "evidently", "probable", "alleged", "suspected", "unlikely", "reputedly":
		return news.Probable
	case "possibly", "perhaps", "maybe", "potentially", "conceivably", "possible", "potential":
		return news.Possible
	}
	return ""
}

const harsh = ` hypocritical unacceptable disgraceful disgusting shameful outrageous irresponsible absurd ridiculous cowardly
barbaric reckless stunt farce sham disgrace outrage scandal travesty unjust unfair immoral cruel
inhumane appalling despicable deplorable abhorrent heinous horrific wrong unjustified unjustifiable dishonest corrupt
incompetent negligent naive foolish stupid disastrous racist sexist fascist undemocratic
insulting offensive insult betrayal blunder non-starter maneuver manoeuvre propaganda nonsense lie lies lying baseless groundless
unfounded coward cowards terrorist terrorists criminal thug thugs disappointing disappointed regrettable shocking
brutal vicious provocative provocation aggression aggressive intolerable inexcusable unforgivable hoax joke bully
bullying despicable criminal reprehensible repugnant vile horrible terrible awful tyranny tyrannical dictator failure misguided flawed inadequate `

// evaluative reports whether harsh words stand between two tokens.
func (r *reader) evaluative(first, last int) bool {
	for i := first; i <= last && i < len(r.d.Tokens); i++ {
		if w := r.low[i]; len(w) > 2 && (strings.Contains(harsh, " "+w+" ") || strings.Contains(harsh, "\n"+w+" ") || strings.Contains(harsh, " "+w+"\n")) {
			return true
		}
	}
	return false
}
