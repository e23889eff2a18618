package claim

import (
	_ "embed"
	"strings"
	"sync"

	"hearsay/ingest/news"
)

//go:embed speakers.txt
var speakerWords string

type speakerTable struct {
	nouns   map[string]bool
	endings []string
}

var speakers = sync.OnceValue(func() *speakerTable {
	t := &speakerTable{nouns: map[string]bool{}}
	for line := range strings.Lines(speakerWords) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			if w[0] == '+' {
				t.endings = append(t.endings, w[1:])
			} else {
				t.nouns[w] = true
			}
		}
	}
	return t
})

// speakerNoun reports whether h is one of the nouns that speak.
func (r *reader) speakerNoun(h int) bool {
	t := speakers()
	return t.nouns[r.low[h]] || t.nouns[r.lemma(h)]
}

// misreadName reports whether h is a capitalised subject that a tagger took for
// no noun: Boeing.
func (r *reader) misreadName(h int) bool {
	switch r.upos(h) {
	case "AUX", "VERB", "ADV", "X", "INTJ", "NOUN", "ADJ":
	default:
		return false
	}
	c := r.d.Form(h)[0]
	return r.rel(h, "nsubj") && c >= 'A' && c <= 'Z' && !r.speakerNoun(h) && r.d.Tokens[h].XPOS != "NNS" &&
		r.d.Child(h, "det", "amod", "nmod:poss", "compound", "nummod") < 0 && (h > r.first || r.upos(h) != "NOUN")
}

// authors reports whether h is the document speaking of itself: "we" or "our
// analysis" outside quotations.
func (r *reader) authors(h int) bool {
	if r.inQuote[h] >= 0 {
		return false
	}
	if r.word2(h, "i", "we", "us") {
		return true
	}
	k := r.d.Child(h, "nmod:poss")
	return k >= 0 && r.word2(k, "our", "my")
}

// speaks reports whether noun h can be the source of a clause.
func (r *reader) speaks(h int) bool {
	if r.misreadName(h) {
		return true
	}
	switch r.upos(h) {
	case "PRON", "DET":
		switch r.low[h] {
		case "this", "that", "which", "what", "there", "these", "nothing", "something", "anything", "everything", "itself", "whatever", "you":
			return false
		}
		return true
	case "NOUN", "PROPN", "NUM", "X":
		return !r.isTime(h)
	case "ADJ":
		return r.speakerNoun(h) || r.d.Child(h, "det", "amod", "case") >= 0 || r.word2(h, "many", "several", "few", "others", "most")
	case "SYM":
		return r.low[h] == "%"
	}
	return false
}

// witness reports whether h may be the source of cue i where that is a verb of
// evidence: data show, but no figure, no program and nothing that "which" stands for.
func (r *reader) witness(i, h int) bool {
	switch r.lemma(i) {
	case "show", "indicate", "demonstrate", "illustrate", "reveal", "suggest", "imply", "prove", "signal", "mean", "specify", "establish", "hint", "describe", "mention", "highlight", "list", "claim", "identify":
	default:
		return true
	}
	switch r.lemma(h) {
	case "figure", "fig", "fig.", "table", "image", "screenshot", "capture", "graph", "chart", "diagram", "snippet", "example", "section", "chapter", "listing", "sample", "protocol", "appendix", "malware", "trojan", "code", "script":
		return false
	}
	return r.person(h) || r.evidence(h) || r.propositional(h)
}

// evidence reports whether noun h is what findings rest on.
func (r *reader) evidence(h int) bool {
	switch r.lemma(h) {
	case "evidence", "result", "finding", "test", "investigation", "experiment", "trial", "footage", "photo", "photograph", "picture", "calculation",
		"simulation", "model", "theory", "research", "sign", "indication", "observation", "measurement", "census", "autopsy", "examination",
		"inspection", "audit", "log", "metric", "telemetry", "recording", "count", "sampling", "inquiry", "probe", "reading", "account", "history", "experience", "intelligence", "source", "analysis", "forensic", "artifact", "scan":
		return true
	}
	return false
}

func (r *reader) isTime(h int) bool {
	if m := r.mention[h]; m >= 0 {
		switch r.d.Mentions[m].Type {
		case news.Date:
			return true
		}
	}
	switch r.lemma(h) {
	case "time", "day", "week", "month", "year", "morning", "evening", "afternoon", "night":
		// capitalised it is somebody's name: Time reported, Day said
		return r.upos(h) != "PROPN" && !(r.d.Form(h) != r.low[h] && r.rel(h, "nsubj"))
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "tomorrow":
		return true
	}
	return false
}

// person reports whether noun h is a name, a personal pronoun or a word for
// people, bodies or documents.
func (r *reader) person(h int) bool {
	if r.misreadName(h) {
		return true
	}
	switch r.lemma(h) {
	case "number", "majority", "minority", "handful", "couple", "%", "percent", "group", "series", "lot", "bulk", "quarter", "third", "half", "two", "three":
		if k := r.d.Child(h, "nmod"); k > h && r.caseOf(k) == "of" && r.person(k) {
			return true
		}
	}
	switch r.upos(h) {
	case "PROPN":
		return !r.isTime(h)
	case "NUM": // one of them, Captain Ruiz
		if k := r.d.Child(h, "appos"); k > h && r.upos(k) == "PROPN" {
			return true
		}
	case "PRON", "DET":
		switch r.low[h] {
		case "he", "she", "they", "we", "i", "who", "it", "some", "many", "others", "both", "most", "few", "one", "everyone", "nobody", "all", "none", "those", "several", "his", "her", "their", "its":
			return true
		}
		return false
	}
	if m := r.mention[h]; m >= 0 {
		switch r.d.Mentions[m].Type {
		case news.Person, news.Organization, news.ThreatActor:
			return true
		}
	}
	if r.acronym(h) && !r.isTime(h) && r.d.Tokens[h].XPOS != "NNS" {
		return true // OSE, taken for a noun
	}
	t := speakers()
	for _, w := range [...]string{r.lemma(h), r.low[h]} {
		if t.nouns[w] || t.nouns[strings.TrimSuffix(w, "s")] {
			return true
		}
		for _, e := range t.endings {
			if len(w) > len(e)+1 && strings.HasSuffix(w, e) {
				return true
			}
		}
	}
	return false
}
