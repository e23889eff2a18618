package entity

import (
	"strings"
	"unicode"

	"hearsay/ingest/news"
)

// runs finds names by their capitals alone, where the tagger took them for common
// words: two or more capitalised words of a running sentence that hang together
// are one name. A name that the recogniser found only in part is completed.
//
//	Lanternfish Security said …     Lanternfish Security
//	the group Quiet [Ledger]        Quiet Ledger
//	the Halvern Observer            Halvern Observer
//	Russian President Vladimir …    none: titles, nationalities and places belong to no run
func (r *resolver) runs(known, learned []candidate) []candidate {
	typ, sure := make([]news.EntityType, len(r.d.Tokens)), make([]bool, len(r.d.Tokens))
	for _, c := range learned {
		for i := c.first; i <= c.last; i++ {
			typ[i] = c.typ
		}
	}
	for _, c := range known {
		for i := c.first; i <= c.last; i++ {
			sure[i] = true
		}
	}
	var out []candidate
	for s := range r.d.Sentences {
		sent := &r.d.Sentences[s]
		if !r.running(sent) {
			continue
		}
		for i := sent.First; i < sent.End; i++ {
			if sure[i] || !r.inRun(i, sent) {
				continue
			}
			last := i
			for last+1 < sent.End && !sure[last+1] && r.inRun(last+1, sent) && r.spaced(last) {
				last++
			}
			last = r.glued(last, sent)
			last = r.over(last, sent, sure)
			if c, ok := r.run(i, last, typ); ok {
				out = append(out, c)
			}
			i = last
		}
	}
	return out
}

// over is the end of a body's run that goes on with "of": Court of Session.
func (r *resolver) over(last int, s *news.Sentence, sure []bool) int {
	k := last + 2
	if !stateBodies[r.lower(last)] || k >= s.End || r.lower(last+1) != "of" || sure[k] || !r.inRun(k, s) {
		return last
	}
	for k+1 < s.End && !sure[k+1] && r.inRun(k+1, s) && r.spaced(k) {
		k++
	}
	return k
}

// repeated finds the other places of names of several words: at the beginning of a
// sentence, and where only a part was recognised.
func (r *resolver) repeated(known, found []candidate) []candidate {
	sure := map[int]bool{}
	for _, c := range known {
		sure[c.first], sure[c.last] = true, true
	}
	byFirst := map[string][]candidate{}
	seen := map[string]bool{}
	for _, c := range found {
		name := r.d.Slice(r.d.SpanOf(c.first, c.last))
		if c.last > c.first && c.indicator == nil && (c.typ == news.Person || c.typ == news.Organization || c.typ == news.Other) && !sure[c.first] && !seen[name] {
			seen[name] = true
			byFirst[r.d.Form(c.first)] = append(byFirst[r.d.Form(c.first)], c)
		}
	}
	var out []candidate
	for i := range r.d.Tokens {
		for _, c := range byFirst[r.d.Form(i)] {
			last := i + c.last - c.first
			if i == c.first || sure[i] || sure[last] || last >= len(r.d.Tokens) || r.d.SentenceAt(r.d.Tokens[i].Start) != r.d.SentenceAt(r.d.Tokens[last].Start) {
				continue
			}
			same := true
			for k := i; k <= last && same; k++ {
				same = r.d.Form(k) == r.d.Form(c.first+k-i)
			}
			if same {
				out = append(out, candidate{first: i, last: last, typ: c.typ, rank: 2, rule: "repeated"})
			}
		}
	}
	return out
}

// running reports whether a sentence is written as text is: not in capitals and
// with mostly small words, unlike a headline in title case.
func (r *resolver) running(s *news.Sentence) bool {
	up, low := 0, 0
	for i := s.First; i < s.End; i++ {
		switch c := firstRune(r.d.Form(i)); {
		case unicode.IsUpper(c):
			up++
		case unicode.IsLower(c):
			low++
		}
	}
	return low > up && low > 2
}

// inRun reports whether token i may be part of a run: a capitalised word that is
// no title, nationality, country, date or function word, and is not only
// capitalised because it begins a sentence.
func (r *resolver) inRun(i int, s *news.Sentence) bool {
	form, w := r.d.Form(i), strings.TrimSuffix(r.lower(i), ".")
	switch r.d.Tokens[i].UPOS {
	case "NOUN", "PROPN", "ADJ":
	default:
		return false
	}
	if len(form) < 2 || !unicode.IsUpper(firstRune(form)) || titles[w] || ranks[w] || r.t.demonym[form] != "" || r.t.country[form] || r.isDate(i) ||
		r.t.nouns[w] == personNoun && r.t.words[w] {
		return false
	}
	return i > s.First || !r.t.words[w] || r.introduced(i)
}

// introduced reports whether a noun for a person stands in apposition to the word
// at i: "Sung Baik-you, a spokesman".
func (r *resolver) introduced(i int) bool {
	k := r.d.Child(i, "appos")
	return k >= 0 && r.t.nouns[strings.ToLower(r.d.Tokens[k].Lemma)] == personNoun
}

// spaced reports whether one blank, no mark, stands behind token i.
func (r *resolver) spaced(i int) bool {
	return r.d.Tokens[i+1].Start == r.d.Tokens[i].End+1
}

// glued is the end of the word that token i begins: "Baik-you".
func (r *resolver) glued(i int, s *news.Sentence) int {
	t := r.d.Tokens
	for i+2 < s.End && r.d.Form(i+1) == "-" && t[i].End == t[i+1].Start && t[i+1].End == t[i+2].Start && unicode.IsLetter(firstRune(r.d.Form(i+2))) {
		i += 2
	}
	return i
}

// run judges a run of capitals with the types that the recogniser gave its words.
func (r *resolver) run(first, last int, typ []news.EntityType) (candidate, bool) {
	c := candidate{first: first, last: last, rank: 2, rule: "capitals"}
	if first == last {
		return c, false
	}
	kind, free, plain := news.EntityType(""), 0, true // plain: what is free is no common word
	for i := first; i <= last; i++ {
		switch {
		case typ[i] == "":
			free++
			plain = plain && (!r.t.words[r.lower(i)] || i == last && orgHeads[r.lower(i)])
		case kind == "":
			kind = typ[i]
		case kind != typ[i]:
			return c, false // two names
		}
	}
	head := r.headOf(first, last)
	c.typ = r.guessType(first, last)
	switch {
	case free == 0 || !r.hangs(first, last, head):
		return c, false
	case kind == "":
		// Common words in capitals are a term or a heading, unless somebody acts.
		if c.typ == news.Other && r.deciding(head) {
			c.typ = news.Organization
		}
		return c, r.deciding(head) || c.typ != news.Other && r.coined(first, last)
	case kind == news.Location && c.typ == news.Other && typ[last] == "" && r.deciding(head):
		c.typ = news.Organization // "the Halvern Observer reported"
		return c, true
	case cyberType(kind), kind == news.Location && c.typ != news.Organization, kind == news.Person && c.typ == news.Other, typ[last] == "" && shapeOf(r.d.Form(last)) == capitals:
		return c, false // "NanoCore RAT", "Texas House"
	case c.typ == news.Other:
		c.typ = kind
	}
	return c, plain
}

func cyberType(t news.EntityType) bool {
	return t == news.Malware || t == news.ThreatActor || t == news.Product || t == news.Vulnerability
}

// coined reports whether a word of a run is no common one.
func (r *resolver) coined(first, last int) bool {
	for i := first; i <= last; i++ {
		if !r.t.words[r.lower(i)] {
			return true
		}
	}
	return false
}

// hangs reports whether the words of a run are one phrase: each hangs on another
// one of them.
func (r *resolver) hangs(first, last, head int) bool {
	for i := first; i <= last; i++ {
		if h := r.d.Head(i); i != head && (h < first || h > last) {
			return false
		}
	}
	return true
}

// deciding reports whether token i is the subject of a verb of saying or deciding.
func (r *resolver) deciding(i int) bool {
	h := r.d.Head(i)
	lemma := ""
	if h >= 0 {
		lemma = r.d.Tokens[h].Lemma
	}
	return lemma != "" && news.IsRel(r.d.Tokens[i].Deprel, "nsubj") && (sayVerbs[lemma] || reportVerbs[lemma])
}

// reportVerbs are verbs that only somebody does, beside sayVerbs.
var reportVerbs = setOf("report estimate publish note add write find disclose reveal quote cite explain describe comment")

// datelines finds the place, and the agency in brackets, that a report begins with.
//
//	PORT ELLING (Marovian Press Agency) - The ferry …     HALVERN — Interior Minister …
func (r *resolver) datelines() []candidate {
	var out []candidate
	for s := range r.d.Sentences {
		sent := &r.d.Sentences[s]
		last := sent.First - 1
		for last+1 < sent.End && shapeOf(r.d.Form(last+1)) == capitals && last-sent.First < 3 {
			last++
		}
		if last < sent.First || !sent.NewPar || last+1 < sent.End && r.d.Form(last+1) != "(" && !dash(r.d.Form(last+1)) && r.d.Form(last+1) != "," ||
			sent.Kind != news.Dateline && (last+1 >= sent.End || !r.bracketDash(last+1, sent)) {
			continue
		}
		out = append(out, candidate{first: sent.First, last: last, typ: news.Location, rank: -1, rule: "dateline"})
		if k := last + 1; k+2 < sent.End && r.d.Form(k) == "(" {
			end := k + 1
			for end < sent.End && r.d.Form(end) != ")" && r.capital(end) {
				end++
			}
			if end < sent.End && end > k+1 && r.d.Form(end) == ")" {
				out = append(out, candidate{first: k + 1, last: end - 1, typ: news.Organization, rank: -1, rule: "dateline"})
			}
		}
	}
	return out
}

func dash(s string) bool { return s == "-" || s == "–" || s == "—" || s == "--" }

// bracketDash reports whether a dash, or brackets and a dash, stand at token i.
func (r *resolver) bracketDash(i int, s *news.Sentence) bool {
	if r.d.Form(i) == "(" {
		for i < s.End && r.d.Form(i) != ")" {
			i++
		}
		i++
	}
	return i < s.End && dash(r.d.Form(i))
}

// echoes finds the bare family names, first names and short names of persons and
// bodies that the document names in full, where nothing else was found.
//
//	Theresa May … May's negotiated agreement      Jamal Khashoggi … the killing of Jamal
//	Pinebarrow Labs … Pinebarrow ties the hack to …
func (r *resolver) echoes() {
	type full struct {
		at    int
		typ   news.EntityType
		whole string
	}
	byWord := map[string]full{}
	for i := range r.refs {
		x := &r.refs[i]
		if x.Kind != news.Name || x.nested || x.first == x.last || x.indicator != nil || x.Type != news.Person && x.Type != news.Organization {
			continue
		}
		words := strings.Fields(r.d.Slice(x.Span))
		parts := []string{words[0]}
		if x.Type == news.Person {
			parts = append(parts, words[len(words)-1])
		}
		for _, w := range parts {
			if old, ok := byWord[w]; ok && bare(old.whole) != bare(r.d.Slice(x.Span)) {
				byWord[w] = full{at: -1}
			} else {
				byWord[w] = full{i, x.Type, r.d.Slice(x.Span)}
			}
		}
	}
	if len(byWord) == 0 {
		return
	}
	for s := range r.d.Sentences {
		sent := &r.d.Sentences[s]
		for i := sent.First; i < sent.End; i++ {
			last := r.glued(i, sent)
			e, ok := byWord[r.d.Text[r.d.Tokens[i].Start:r.d.Tokens[last].End]]
			if !ok || e.at < 0 || r.taken(i) || r.taken(last) || !r.echo(i, e.typ) {
				continue
			}
			x := ref{Mention: news.Mention{Kind: news.Name, Type: e.typ, Rule: "echo"}}
			x.Head = r.headOf(i, last)
			p := r.add(i, last, x)
			r.take(i, last)
			if e.typ == news.Person {
				r.person(p)
			}
			i = last
		}
	}
}

// echo reports whether the word at i can be a short name: written with a capital,
// tagged as a noun or standing where one does, no month and no common word at the
// beginning of a sentence.
func (r *resolver) echo(i int, t news.EntityType) bool {
	form, w := r.d.Form(i), r.lower(i)
	if len(form) < 2 || !unicode.IsUpper(firstRune(form)) || titles[w] || r.t.demonym[form] != "" || r.t.country[form] || orgHeads[w] && r.t.words[w] {
		return false
	}
	common := r.t.words[w]
	if t == news.Organization && (common || len(form) < 4 || r.t.names[form]&placeName != 0 || r.t.nouns[w] != noClass || r.capitalBeside(i)) {
		return false
	}
	tok := &r.d.Tokens[i]
	if r.isDate(i) || common {
		// "May's", "May said", not "in May", "may"
		h := r.d.Head(i)
		subject := h >= 0 && news.IsRel(tok.Deprel, "nsubj")
		owner := news.IsRel(tok.Deprel, "nmod:poss") || news.IsRel(tok.Deprel, "nmod") && i+1 < len(r.d.Tokens) && r.lower(i+1) == "'s"
		return tok.UPOS == "PROPN" && (subject || owner) && !(r.opens(i) && common && !owner)
	}
	return tok.UPOS == "PROPN" || tok.UPOS == "NOUN" || tok.UPOS == "ADJ" && !r.opens(i)
}

// capitalBeside reports whether the word beside token i belongs to the same run of
// capitals.
func (r *resolver) capitalBeside(i int) bool {
	t := r.d.Tokens
	before := i > 0 && r.capital(i-1) && t[i].Start-t[i-1].End < 2 && !r.opens(i)
	after := i+1 < len(t) && t[i+1].Start-t[i].End < 2 && (r.capital(i+1) || r.d.Form(i+1) == "-")
	return before || after
}
