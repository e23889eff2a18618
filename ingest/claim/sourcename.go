package claim

import (
	"strings"

	"hearsay/ingest/news"
)

// source describes who the noun h is.
func (r *reader) source(h int) news.Source {
	first, last, name := r.sourceRange(h)
	s := news.Source{Span: r.span(first, last), Entity: -1, Head: h, Kind: news.Unnamed}
	m := r.mention[name]
	if m < 0 {
		m = r.mentionIn(first, last, name)
	}
	if m >= 0 && r.d.Mentions[m].Entity >= 0 {
		s.Entity = r.d.Mentions[m].Entity
		if e := &r.d.Entities[s.Entity]; e.Named && r.crowd(name) && e.Type != news.Person {
			s.Entity = -1 // "the researchers" are not the journal that printed them
		} else if e.Named && !(first == last && r.upos(name) == "NOUN" && r.speakerNoun(name) && r.d.Mentions[m].Kind == news.Name) {
			s.Kind, s.Name = news.Named, r.fuller(e, first, last)
			return s
		} else if e.Named {
			s.Entity = -1 // "Aides" at the head of a sentence are nobody's name
		}
	}
	if e := r.maker(h, last); e >= 0 {
		s.Entity, s.Kind, s.Name = e, news.Named, r.d.Entities[e].Name
		return s
	}
	switch {
	case r.upos(name) == "PRON" && r.referring(name):
		if s.Entity < 0 {
			s.Kind = news.Unresolved
		}
	case r.upos(name) == "PROPN" && !r.speakerRole(name):
		s.Kind, s.Name = news.Named, r.d.Slice(r.span(r.nameStart(first, name), last))
	case r.upos(name) == "NOUN" && r.titled(name-1) && r.titled(name) && name > r.first+1 && r.d.Sentences[r.s].Kind == news.Body:
		s.Kind, s.Name = news.Named, r.d.Slice(r.span(name-1, last)) // Greek Reporter
	}
	return s
}

// maker is the named entity that made document h, whose phrase ends at last: a UN
// report, Tasnim's report, a statement by Norvik, a story in the Post. -1 where h
// is no document or nobody is named.
func (r *reader) maker(h, last int) int {
	in := false
	switch r.lemma(h) {
	case "story", "article", "piece", "editorial", "op-ed", "column", "interview":
		in = true
	case "report", "study", "survey", "statement", "press", "analysis", "filing", "announcement", "presentation", "post", "tweet", "letter",
		"poll", "release", "website", "site", "blog", "paper", "data", "figure", "estimate", "projection", "advisory", "bulletin", "memo",
		"investigation", "review", "assessment", "document", "communique", "research", "briefing", "account":
	default:
		return -1
	}
	for k := range r.d.Children(h) {
		ok := false
		switch {
		case k < h:
			ok = r.rel(k, "compound", "nmod:poss", "amod")
		case k <= last && r.rel(k, "nmod", "obl"):
			c := r.caseOf(k)
			ok = c == "by" || c == "from" || in && (c == "in" || c == "on")
		}
		m := r.mention[k]
		if !ok || m < 0 || r.d.Mentions[m].Kind != news.Name || r.d.Mentions[m].Entity < 0 {
			continue
		}
		e := r.d.Mentions[m].Entity
		switch r.d.Entities[e].Type {
		case news.Organization, news.Person:
			if r.d.Entities[e].Named {
				return e
			}
		}
	}
	return -1
}

// crowd reports whether noun i stands for several people: the researchers.
func (r *reader) crowd(i int) bool {
	return r.d.Tokens[i].XPOS == "NNS" && !strings.HasSuffix(r.low[i], "authorities")
}

// fuller is the entity's name, or the name as it stands in tokens first to last
// where that is longer by words before it: "United States" for "States".
func (r *reader) fuller(e *news.Entity, first, last int) string {
	if e.Known {
		return e.Name
	}
	if r.full == nil {
		r.fullNames()
	}
	if f := r.full[e.IRI]; f != "" {
		return f
	}
	end := last
	for end > first && !r.capital(end) {
		end--
	}
	start := end
	for start > first && r.capital(start-1) && !r.speakerNoun(start-1) && !r.shortTitle(start-1) {
		start--
	}
	if text := r.d.Slice(r.span(start, end)); len(text) > len(e.Name) && strings.HasSuffix(text, " "+e.Name) {
		return text
	}
	return e.Name
}

// shortTitle reports whether token i is an abbreviated title: Rep., Sen., Dr.; an
// initial is none.
func (r *reader) shortTitle(i int) bool {
	f := r.d.Form(i)
	return len(f) > 2 && len(f) < 7 && f[len(f)-1] == '.' && !strings.Contains(f[:len(f)-1], ".")
}

// fullNames finds names of which a recogniser left out the beginning: Recep
// Tayyip Erdoğan, where the words hang together in the tree.
func (r *reader) fullNames() {
	r.full = map[string]string{}
	for m := range r.d.Mentions {
		n := &r.d.Mentions[m]
		if n.Kind != news.Name || n.Entity < 0 || r.d.Entities[n.Entity].Known {
			continue
		}
		e := &r.d.Entities[n.Entity]
		first := r.d.TokenAt(n.Start)
		start := first
		for start > 0 && r.d.Tokens[start-1].End+1 >= r.d.Tokens[start].Start && r.capital(start-1) && !r.speakerNoun(start-1) && !r.shortTitle(start-1) &&
			r.upos(start-1) == "PROPN" && !r.isTime(start-1) && r.sameName(start-1, first) {
			start--
		}
		if start == first || e.Type != news.Person && e.Type != news.Organization {
			continue
		}
		if text := r.d.Text[r.d.Tokens[start].Start:n.End]; strings.HasSuffix(text, " "+e.Name) && len(text) > len(r.full[e.IRI]) {
			r.full[e.IRI] = text
		}
	}
}

// sameName reports whether tokens a and b are tied as parts of one name.
func (r *reader) sameName(a, b int) bool {
	return r.d.Head(a) == b || r.d.Head(b) == a && r.rel(b, "flat") || r.rel(b, "flat") && r.d.Head(a) == r.d.Head(b) ||
		r.rel(a, "compound", "flat") && r.d.Head(a) == b
}

// capital reports whether token i is tagged as part of a name.
func (r *reader) capital(i int) bool {
	return strings.HasPrefix(r.d.Tokens[i].XPOS, "NNP") || r.upos(i) == "PROPN"
}

// titled reports whether token i starts with a capital letter.
func (r *reader) titled(i int) bool {
	if i < r.first || i >= r.end {
		return false
	}
	c := r.d.Form(i)[0]
	return c >= 'A' && c <= 'Z'
}

// referring reports whether pronoun i stands for somebody mentioned elsewhere.
func (r *reader) referring(i int) bool {
	switch r.low[i] {
	case "he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "we", "i", "who":
		return true
	}
	return false
}

// speakerRole reports whether a capitalised noun is a role, no name: "Police".
func (r *reader) speakerRole(i int) bool {
	if r.d.Child(i, "compound", "flat", "nmod") >= 0 {
		return false
	}
	t := speakers()
	return t.nouns[r.low[i]] || t.nouns[r.lemma(i)]
}

// nameStart is where the run of capitalised words that ends a phrase begins.
func (r *reader) nameStart(first, name int) int {
	i := name
	for i > first && r.upos(i-1) == "PROPN" {
		i--
	}
	return i
}

// mentionIn is a name mention within tokens first to last that ends the phrase
// of head, -1 for none.
func (r *reader) mentionIn(first, last, head int) int32 {
	best := int32(-1)
	for i := first; i <= last; i++ {
		m := r.mention[i]
		if m < 0 || r.d.Mentions[m].Kind != news.Name || r.d.Mentions[m].Entity < 0 {
			continue
		}
		if i > head && !r.rel(i, "flat", "appos") {
			continue
		}
		if r.rel(i, "flat", "appos") && r.d.Dominates(head, i) {
			best = m
		}
	}
	return best
}
