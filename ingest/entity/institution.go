package entity

import (
	"strings"

	"hearsay/ingest/news"
)

// institutions are bodies of which a country has one, with the words before the
// noun that they may have. Such a body has a name even where it is only
// described: the Chinese foreign ministry.
var institutions = map[string]map[string]bool{
	"ministry":   setOf("foreign defense defence interior finance health energy justice trade transport education oil intelligence economy environment agriculture culture"),
	"embassy":    {},
	"consulate":  {},
	"mission":    setOf("permanent diplomatic"),
	"parliament": {},
	"military":   {},
	"army":       {},
	"navy":       {},
	"police":     setOf("national federal"),
	"media":      setOf("state state-run"),
	"television": setOf("state state-run"),
	"tv":         setOf("state state-run"),
	"court":      setOf("supreme high constitutional"),
	"bank":       setOf("central national"),
	"guard":      setOf("coast national revolutionary"),
	"guards":     setOf("revolutionary"),
	"force":      setOf("air"),
	"government": {},
	"regime":     {},
}

// needsWord are institutions only with one of their words.
var needsWord = setOf("media television tv court bank guard guards force ministry")

// institution names the body of a country that description i stands for, and
// joins it to earlier mentions of the same. A government is its country.
//
//	the Chinese foreign ministry, China's foreign ministry   Chinese foreign ministry
//	the North Korean mission to the United Nations           a body of its own
//	the German government, the government of Germany         Germany, government:Germany
//	Iranian state media                                      Iranian state media
//	the foreign ministry, French media                       none
func (r *resolver) institution(i int) bool {
	x := &r.refs[i]
	head := strings.ToLower(r.d.Tokens[x.Head].Lemma)
	words, ok := institutions[head]
	if !ok || x.number == plural && head != "guards" && head != "media" && head != "police" {
		return false
	}
	country, adjective, rest := r.ownedBy(x, words)
	if country == "" || needsWord[head] && rest == "" {
		return false
	}
	if head == "government" || head == "regime" {
		r.isCountry(i, country, "government:"+country)
		return true
	}
	name := strings.Join(strings.Fields(adjective+" "+rest+" "+strings.ToLower(r.d.Form(x.Head))), " ")
	name += r.accredited(x)
	x.named, x.Type, x.animate, x.gender, x.number = name, news.Organization, false, neuter, singular
	x.Rule = "institution:" + country
	if j, ok := r.bodies[name]; ok {
		r.join(j, i, x.Rule)
	} else {
		r.bodies[name] = i
	}
	return true
}

// ownedBy reads the country of an institution off its modifiers, and the words
// that belong to its name; no country where there are other words.
func (r *resolver) ownedBy(x *ref, words map[string]bool) (country, adjective, rest string) {
	for k := x.first; k < x.Head; k++ {
		form, low := r.d.Form(k), r.lower(k)
		if c := r.t.demonym[form]; c != "" {
			country, adjective = c, form
			continue
		}
		if k+1 < x.Head {
			if c := r.t.demonym[form+" "+r.d.Form(k+1)]; c != "" {
				country, adjective = c, form+" "+r.d.Form(k+1)
				k++
				continue
			}
		}
		if c := r.countryAt(k); c != "" {
			country, adjective = c, r.t.adjective[c]
			k = r.refs[r.cover[k]-1].last
			continue
		}
		switch {
		case words[low]:
			rest += " " + low
		case low == "the", low == "'s", low == "’s", low == "-", low == "run":
		default:
			return "", "", ""
		}
	}
	if country == "" {
		if k := r.d.Child(x.Head, "nmod"); k > x.Head && r.d.Child(k, "case") >= 0 && r.lower(r.d.Child(k, "case")) == "of" {
			country = r.countryAt(k)
			adjective = r.t.adjective[country]
		}
	}
	return country, adjective, rest
}

// countryAt is the country whose name covers token k, "" for none.
func (r *resolver) countryAt(k int) string {
	if !r.taken(k) {
		return ""
	}
	y := &r.refs[r.cover[k]-1]
	if e := r.decided(y); e >= 0 && r.t.country[r.known.Entities[e].Name] {
		return r.known.Entities[e].Name
	}
	if name := r.d.Slice(y.Span); r.t.country[name] {
		return name
	}
	return ""
}

// accredited is where a mission or embassy is, as the end of its name: " to the
// United Nations", " in Washington".
func (r *resolver) accredited(x *ref) string {
	k := r.d.Child(x.Head, "nmod")
	if k < 0 {
		return ""
	}
	c := r.d.Child(k, "case")
	if c < 0 || r.lower(c) != "to" && r.lower(c) != "in" || !r.taken(k) {
		return ""
	}
	y := &r.refs[r.cover[k]-1]
	switch e := r.decided(y); {
	case r.lower(c) == "in":
		return " in " + r.d.Slice(y.Span)
	case e >= 0:
		return " to the " + r.known.Entities[e].Name
	}
	return " to the " + r.fullName(y)
}
