package entity

import (
	"strings"
	"unicode"

	"hearsay/ingest/news"
)

// guess finds the names that the recogniser left by their capitals, their tags
// and the words at their ends.
func (r *resolver) guess(learned []candidate) []candidate {
	var out []candidate
	named := make([]bool, len(r.d.Tokens))
	for _, c := range learned {
		for i := c.first; i <= c.last; i++ {
			named[i] = true
		}
	}
	for s := range r.d.Sentences {
		sent := &r.d.Sentences[s]
		for i := sent.First; i < sent.End; i++ {
			if !r.proper(i) {
				continue
			}
			last := i
			for last+1 < sent.End {
				if r.proper(last + 1) {
					last++
				} else if w := r.lower(last + 1); (w == "of" || w == "for" || w == "&" || w == "-" || w == "and" && orgHeads[r.lower(i)]) && last+2 < sent.End && r.proper(last+2) && r.orgRun(i, last) {
					last += 2
				} else {
					break
				}
			}
			for i > sent.First && r.adjoins(i-1, i, last) {
				i--
			}
			free := r.t.demonym[r.d.Slice(r.d.SpanOf(i, last))] == "" && !(i == last && orgHeads[r.lower(i)] && r.t.words[r.lower(i)])
			for k := i; k <= last; k++ {
				free = free && !named[k]
			}
			if free && !r.isRole(i, last) {
				out = append(out, candidate{first: i, last: last, typ: r.guessType(i, last), rank: 2, rule: "rules"})
			}
			i = last
		}
	}
	return out
}

// adjoins reports whether the capitalised adjective i belongs to the run of
// capitals behind it: "Foreign" of "the Foreign Office".
func (r *resolver) adjoins(i, first, last int) bool {
	h := r.d.Head(i)
	return r.d.Tokens[i].UPOS == "ADJ" && r.capital(i) && !r.opens(i) && r.t.demonym[r.d.Form(i)] == "" && h >= first && h <= last
}

// isRole reports whether a run of capitals is an office, not a name: "Vice
// President", "US Secretary of State".
func (r *resolver) isRole(first, last int) bool {
	head := first
	for i := first; i <= last; i++ {
		if r.lower(i) == "of" || r.lower(i) == "for" {
			break
		}
		head = i
	}
	w := r.lower(head)
	return titles[w] && w != "state" && w != "house" && w != "senate" || r.t.names[r.d.Form(head)] == 0 &&
		(r.t.nouns[w] == personNoun && r.t.words[w] || strings.HasSuffix(w, "s") && r.t.nouns[w[:len(w)-1]] == personNoun && first == last)
}

// orgRun reports whether a run of capitals may go on over "of" or "and".
func (r *resolver) orgRun(first, last int) bool {
	for i := first; i <= last; i++ {
		if orgHeads[r.lower(i)] {
			return true
		}
	}
	return r.lower(last+1) == "&" || r.lower(last+1) == "-"
}

func (r *resolver) proper(i int) bool {
	t := &r.d.Tokens[i]
	f := r.d.Form(i)
	return t.UPOS == "PROPN" && unicode.IsUpper(firstRune(f)) && !r.isDate(i)
}

func (r *resolver) isDate(i int) bool {
	w := r.lower(i)
	_, m := months[w]
	_, d := weekdays[w]
	return m || d && len(w) > 4
}

func (r *resolver) guessType(first, last int) news.EntityType {
	end := strings.TrimSuffix(r.lower(last), ".")
	switch {
	case last > first && (orgHeads[end] || legalForms[end] || orgHeads[r.lower(first)]):
		return news.Organization
	case eventHeads[end] && last > first:
		return news.Event
	case last > first && r.firstName(first) && (r.personal(last) || !r.t.words[r.lower(first)] || !r.t.words[r.lower(last)] && r.lower(max(0, first-1)) != "the"), first > 0 && titles[r.lower(first-1)] && !ranks[r.lower(first-1)] && r.capital(first-1), titles[r.lower(first)] && last > first:
		return news.Person
	}
	if r.recogniser != nil {
		return news.Other // it has seen the rest, and wasn't sure
	}
	switch {
	case r.t.names[r.d.Slice(r.d.SpanOf(first, last))]&placeName != 0, placeHeads[end] && last > first:
		return news.Location
	case shapeOf(r.d.Form(first)) == capitals:
		return news.Organization
	case last > first && last-first < 3:
		return news.Person
	}
	return news.Other
}
