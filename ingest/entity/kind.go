package entity

import (
	"strings"

	"hearsay/ingest/news"
)

// kinds are the nouns that can stand for the last name of a type.
var kinds = map[string][]news.EntityType{
	"malware": {news.Malware}, "ransomware": {news.Malware}, "worm": {news.Malware}, "virus": {news.Malware},
	"trojan": {news.Malware}, "backdoor": {news.Malware}, "botnet": {news.Malware}, "spyware": {news.Malware},
	"wiper": {news.Malware}, "vulnerability": {news.Vulnerability}, "flaw": {news.Vulnerability}, "bug": {news.Vulnerability},
	"exploit": {news.Vulnerability}, "group": {news.ThreatActor, news.Organization}, "gang": {news.ThreatActor},
	"hacker": {news.ThreatActor}, "actor": {news.ThreatActor}, "attacker": {news.ThreatActor}, "company": {news.Organization}, "firm": {news.Organization},
	"agency": {news.Organization}, "organization": {news.Organization}, "organisation": {news.Organization},
	"ministry": {news.Organization}, "manufacturer": {news.Organization}, "airline": {news.Organization}, "bank": {news.Organization},
	"university": {news.Organization}, "vendor": {news.Organization}, "party": {news.Organization},
	"newspaper": {news.Organization}, "paper": {news.Organization}, "country": {news.Location}, "nation": {news.Location}, "city": {news.Location},
	"town": {news.Location}, "island": {news.Location}, "village": {news.Location}, "publication": {news.Organization}, "outlet": {news.Organization},
	"broadcaster": {news.Organization}, "network": {news.Organization}, "channel": {news.Organization}, "station": {news.Organization},
	"corporation": {news.Organization}, "publisher": {news.Organization}, "magazine": {news.Organization}, "website": {news.Organization},
}

// byKind finds the one name of the noun's kind that the last sentences leave. Of
// two different ones it takes none, unless only the nearer was a subject.
func (r *resolver) byKind(i int) int {
	x := &r.refs[i]
	noun := strings.ToLower(r.d.Tokens[x.Head].Lemma)
	types := kinds[noun]
	if types == nil || x.number == plural && noun != "hacker" && noun != "attacker" || r.particular(x) {
		return -1
	}
	found, subject, several := -1, false, false
	for j := i - 1; j >= 0 && j >= i-reach; j-- {
		y := &r.refs[j]
		if x.sent-y.sent > 4 {
			break
		}
		if y.Kind != news.Name || y.aside || y.nested && y.Type != news.Location || !hasType(types, y.Type) || !r.fitsKind(noun, j) || y.Span.Contains(x.Span) {
			continue
		}
		switch {
		case found < 0:
			found, subject = j, r.isSubject(y)
			if subject && x.sent-y.sent <= 1 {
				return j
			}
		case r.root(found) != r.root(j):
			several = several || !subject || r.isSubject(y)
		}
	}
	switch {
	case several:
		return r.mainBody(i, types, noun)
	case found < 0 && (types[0] == news.Malware || types[0] == news.Vulnerability):
		return r.only(i, types[0])
	}
	return found
}

// only is the last name of the type before i, if there is no name of another such
// thing.
func (r *resolver) only(i int, typ news.EntityType) int {
	found := -1
	for j := i - 1; j >= 0 && j >= i-reach; j-- {
		switch y := &r.refs[j]; {
		case y.Kind != news.Name || y.aside || y.Type != typ:
		case found < 0:
			found = j
		case r.root(found) != r.root(j):
			return -1
		}
	}
	return found
}

// mainBody is the last mention of the body that the document names most, if it is
// of the noun's kind and named more than twice as often as any other such.
func (r *resolver) mainBody(i int, types []news.EntityType, noun string) int {
	best, second, at := 0, 0, -1
	seen := map[int]bool{}
	for j := i - 1; j >= 0 && j >= i-reach; j-- {
		y := &r.refs[j]
		if y.Kind != news.Name || y.aside || y.nested || !hasType(types, y.Type) || seen[r.root(j)] || !r.fitsKind(noun, j) {
			continue
		}
		seen[r.root(j)] = true
		switch n := r.total[r.root(j)]; {
		case n > best:
			best, second, at = n, best, j
		case n > second:
			second = n
		}
	}
	if best < 3 || best <= 2*second {
		return -1
	}
	return at
}

// particular reports whether a description says more than its kind: "the German
// company", "the second malware", but not "the security firm".
func (r *resolver) particular(x *ref) bool {
	for k := x.first; k <= x.last; k++ {
		switch u := r.d.Tokens[k].UPOS; {
		case k == x.Head:
		case u == "PROPN", u == "NUM", u == "ADJ" && r.t.demonym[r.d.Form(k)] != "", u == "ADJ" && k > x.Head, u == "VERB":
			return true
		}
		switch r.lower(k) {
		case "other", "another", "second", "first", "same", "new", "of", "rival", "parent", "sister":
			return r.lower(k) != "same"
		}
	}
	return false
}

func hasType(types []news.EntityType, t news.EntityType) bool {
	for _, x := range types {
		if x == t {
			return true
		}
	}
	return false
}

// publicBodies end the names of bodies that are no companies.
var publicBodies = setOf(`university ministry department police army navy court council commission parliament congress senate
	government party agency house nations union committee institute force bureau times post herald journal tribune news
	administration board authority office center centre service services foundation association federation movement press
	club school college hospital`)

// fitsKind checks the name's own words: a ministry is no company, a city no
// country, and a paper has a paper's name.
func (r *resolver) fitsKind(noun string, j int) bool {
	y := &r.refs[j]
	name := r.d.Slice(y.Span)
	country := y.country
	if k := r.decided(y); k >= 0 {
		name = r.known.Entities[k].Name
		if r.t.country[name] {
			country = name
		}
	}
	words := strings.Fields(strings.ToLower(name))
	last := words[len(words)-1]
	switch noun {
	case "country", "nation":
		return country != ""
	case "city", "town", "island", "village":
		return country == "" && !y.nested
	case "newspaper", "paper", "magazine", "publication", "outlet", "website":
		switch last {
		case "times", "post", "herald", "journal", "tribune", "news", "gazette", "guardian", "telegraph", "mail", "daily", "tv", "spiegel",
			"monde", "independent", "courier", "chronicle", "observer", "mirror", "sun", "star", "globe", "standard":
			return true
		}
		return false
	case "company", "firm", "manufacturer", "vendor", "broadcaster", "network", "channel", "station", "corporation", "publisher":
		if publicBodies[last] || strings.Contains(strings.ToLower(name), " of ") {
			return false
		}
		return shapeOf(name) != capitals || len(name) > 4 || r.decided(y) < 0
	case "agency":
		switch last {
		case "agency", "organization", "organisation", "programme", "program", "fund", "administration", "bureau", "service", "office", "commission", "authority", "directorate":
			return true
		}
		return shapeOf(name) == capitals
	case "ministry", "university", "bank", "airline", "party":
		return strings.HasPrefix(last, noun) || strings.Contains(strings.ToLower(name), noun)
	}
	return true
}
