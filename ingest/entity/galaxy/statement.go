package galaxy

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"hearsay/ingest/news"
)

// Statement is what the maker of a file says of an entity. It is a belief of the
// maker's: whom an actor works for and whom it attacks is no fact.
type Statement struct {
	Source    news.Entity // name and type; without a name the file itself speaks
	Subject   news.Entity
	Predicate string // IRI
	Words     string // of the predicate: "is attributed to"
	Object    news.Entity
	Certainty news.Certainty
}

// relation is a predicate with its words.
type relation struct{ predicate, words string }

var (
	attributed = relation{"hs:attributed-to", "is attributed to"}
	targeting  = relation{"hs:targets", "targets"}
	belonging  = relation{"hs:rel/be-in", "is in"}
)

// texts is a string or a list of strings.
type texts []string

func (t *texts) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*t = texts{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(t))
}

// suspicions is what the meta of a MISP cluster's value says beyond names.
type suspicions struct {
	Country    texts           `json:"country"` // codes of ISO 3166
	Sponsor    texts           `json:"cfr-suspected-state-sponsor"`
	Victims    texts           `json:"cfr-suspected-victims"`
	Sectors    texts           `json:"targeted-sector"`
	Categories texts           `json:"cfr-target-category"`
	Confidence json.RawMessage `json:"attribution-confidence"` // 0 to 100
}

// statements are those of a cluster's value, each of every source. What can't be
// read is in bad.
func (s *suspicions) statements(sources []news.Entity, subject news.Entity) (out []Statement, bad []error) {
	sure := certainty(strings.Trim(string(s.Confidence), `"`))
	seen := map[string]bool{}
	say := func(r relation, object news.Entity, c news.Certainty) {
		if key := r.predicate + object.Name; !seen[key] {
			seen[key] = true
			for _, source := range sources {
				out = append(out, Statement{Source: source, Subject: subject, Predicate: r.predicate, Words: r.words, Object: object, Certainty: c})
			}
		}
	}
	each := func(list texts, entity func(string) (news.Entity, error), r relation, c news.Certainty) {
		for _, name := range list {
			if e, err := entity(name); err != nil {
				bad = append(bad, err)
			} else if e.Name != "" {
				say(r, e, c)
			}
		}
	}
	each(s.Country, countryOfCode, attributed, sure)
	each(s.Sponsor, country, attributed, sure)
	each(s.Victims, country, targeting, news.Probable)
	each(s.Sectors, sector, targeting, news.Probable)
	each(s.Categories, sector, targeting, news.Probable)
	return out, bad
}

// certainty reads a confidence of 0 to 100; a belief is never certain.
func certainty(confidence string) news.Certainty {
	if n, err := strconv.ParseFloat(confidence, 64); err == nil && n < 50 {
		return news.Possible
	}
	return news.Probable
}

// countryOfCode is the country of a code of ISO 3166: KP is North Korea.
func countryOfCode(code string) (news.Entity, error) {
	region, err := language.ParseRegion(strings.TrimSpace(code))
	if err != nil || !region.IsCountry() {
		return news.Entity{}, fmt.Errorf("country %q: want a code of ISO 3166", shortened(code))
	}
	return country(display.English.Regions().Name(region))
}

// country is one by its name; without a name where it is said to be unknown.
func country(name string) (news.Entity, error) {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "", "unknown", "n/a", "none":
		return news.Entity{}, nil
	}
	name, err := tidy(name)
	return news.Entity{Name: name, Type: news.Location, Named: true}, err
}

// sector is a branch of the economy: "energy" is the energy sector.
func sector(name string) (news.Entity, error) {
	name, err := tidy(name)
	if err != nil {
		return news.Entity{}, err
	}
	if !strings.Contains(strings.ToLower(name), "sector") {
		name += " sector"
	}
	return news.Entity{Name: name, Type: news.Other, Named: true}, nil
}

func shortened(s string) string { return s[:min(len(s), 40)] }

// makers are who speaks in a MISP cluster: the body that it comes from, else its
// authors, else the file.
func makers(source string, authors []string) []news.Entity {
	if name, err := tidy(source); err == nil && !strings.Contains(name, "://") {
		return []news.Entity{{Name: name, Type: news.Organization, Named: true}}
	}
	var out []news.Entity
	for _, a := range authors {
		if name, err := tidy(a); err == nil && len(out) < maxAuthors {
			out = append(out, news.Entity{Name: name, Type: news.Person, Named: true})
		}
	}
	if len(out) == 0 {
		return []news.Entity{{}}
	}
	return out
}

// maxAuthors is for how many authors of a file a claim each is made.
const maxAuthors = 4

// thing is an object of a STIX bundle as far as statements need it.
type thing struct {
	Type       string          `json:"type"`
	ID         string          `json:"id"`
	Creator    string          `json:"created_by_ref"`
	Sectors    []string        `json:"sectors"`
	Kind       string          `json:"relationship_type"`
	From       string          `json:"source_ref"`
	To         string          `json:"target_ref"`
	Confidence json.RawMessage `json:"confidence"`
	Revoked    bool            `json:"revoked"`
}

var relationships = map[string]relation{
	"attributed-to": attributed, "targets": targeting, "originates-from": {"hs:originates-from", "originates from"},
	"located-at": {"hs:located-at", "is located in"},
}

// stixStatements are the relationships of a bundle between its entities, and the
// sectors of these, as claims of who created the objects.
func stixStatements(objects []json.RawMessage, entities map[string]news.Entity) []Statement {
	var out []Statement
	creators := map[string]string{}
	things := make([]thing, 0, len(objects))
	for _, raw := range objects {
		var t thing
		if json.Unmarshal(raw, &t) == nil && !t.Revoked {
			things = append(things, t)
			creators[t.ID] = t.Creator
		}
	}
	for _, t := range things {
		source := entities[t.Creator]
		if r, ok := relationships[t.Kind]; ok && t.Type == "relationship" {
			if source.Name == "" {
				source = entities[creators[t.From]]
			}
			from, to := entities[t.From], entities[t.To]
			if from.Name != "" && to.Name != "" {
				out = append(out, Statement{Source: source, Subject: from, Predicate: r.predicate, Words: r.words, Object: to, Certainty: certainty(string(t.Confidence))})
			}
			continue
		}
		of := entities[t.ID]
		for _, s := range t.Sectors {
			if e, err := sector(s); err == nil && of.Name != "" && of.Type != news.Location {
				out = append(out, Statement{Source: source, Subject: of, Predicate: belonging.predicate, Words: belonging.words, Object: e, Certainty: news.Probable})
			}
		}
	}
	return out
}
