// Package galaxy reads known entities from MISP galaxy clusters and STIX 2.1
// bundles: names, types and aliases. What such a file says of an entity beyond
// that (a suspected country, a targeted sector) is a claim of its makers and never
// a fact: see Statement.
package galaxy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
)

// maxName is the longest name in bytes that is taken for one.
const maxName = 200

// Contents is what a file holds. The entities have no IRIs yet: see Merge.
type Contents struct {
	Title      string        // the cluster's name, "" for none
	Entities   []news.Entity // in the order of the file
	Statements []Statement   // what its makers say of them
}

// Read reads a MISP galaxy cluster or a STIX 2.1 bundle. An object that can't be
// read is left out and named in bad; err is for a file that is no JSON, or neither
// of the two.
func Read(r io.Reader) (c *Contents, bad []error, err error) {
	var file struct {
		Type    string            `json:"type"`
		Name    string            `json:"name"`
		Source  string            `json:"source"`
		Authors []string          `json:"authors"`
		Values  []json.RawMessage `json:"values"`
		Objects []json.RawMessage `json:"objects"`
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, nil, fmt.Errorf("no MISP galaxy or STIX bundle: %w", err)
	}
	c = &Contents{}
	note := func(i int, err error) { bad = append(bad, fmt.Errorf("object %d: %w", i+1, err)) }
	switch {
	case file.Type == "bundle":
		byID := map[string]news.Entity{}
		for i, raw := range file.Objects {
			id, e, err := stix(raw)
			if err != nil {
				note(i, err)
			} else if e != nil {
				c.Entities = append(c.Entities, *e)
				byID[id] = *e
			}
		}
		c.Statements = stixStatements(file.Objects, byID)
	case file.Values != nil:
		c.Title, _ = tidy(file.Name)
		typ, sources := typeOfGalaxy(file.Type, file.Name), makers(file.Source, file.Authors)
		for i, raw := range file.Values {
			e, more, err := misp(raw, typ)
			if err != nil {
				note(i, err)
				continue
			}
			c.Entities = append(c.Entities, *e)
			said, wrong := more.statements(sources, *e)
			c.Statements = append(c.Statements, said...)
			for _, err := range wrong {
				note(i, fmt.Errorf("%s: %w", e.Name, err))
			}
		}
	default:
		return nil, nil, errors.New(`no MISP galaxy ("values") and no STIX bundle ("type": "bundle")`)
	}
	return c, bad, nil
}

// misp reads a value of a galaxy cluster, and what is suspected of it as far as
// that can be read.
func misp(raw json.RawMessage, typ news.EntityType) (*news.Entity, *suspicions, error) {
	var v struct {
		Value string `json:"value"`
		Meta  struct {
			Synonyms []string `json:"synonyms"`
		} `json:"meta"`
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, nil, fmt.Errorf("value %q: %w", label(raw, "value"), err)
	}
	var beyond struct {
		Meta suspicions `json:"meta"`
	}
	if err := json.Unmarshal(raw, &beyond); err != nil {
		beyond.Meta = suspicions{}
	}
	e, err := named(typ, v.Value, v.Meta.Synonyms)
	return e, &beyond.Meta, err
}

// stix reads an object of a bundle with its id; those that are no entities give none.
func stix(raw json.RawMessage) (string, *news.Entity, error) {
	var o struct {
		Type       string   `json:"type"`
		ID         string   `json:"id"`
		Name       string   `json:"name"`
		Class      string   `json:"identity_class"`
		Aliases    []string `json:"aliases"`
		Mitre      []string `json:"x_mitre_aliases"`
		Revoked    bool     `json:"revoked"`
		Deprecated bool     `json:"x_mitre_deprecated"`
	}
	if err := json.Unmarshal(raw, &o); err != nil {
		return "", nil, fmt.Errorf("%s: %w", label(raw, "id"), err)
	}
	typ, ok := stixTypes[o.Type]
	if !ok || o.Revoked || o.Deprecated {
		return "", nil, nil
	}
	if o.Type == "identity" && o.Class == "individual" {
		typ = news.Person
	}
	if o.Name == "" && o.Type == "location" {
		return "", nil, nil // a location may have coordinates alone
	}
	e, err := named(typ, o.Name, append(o.Aliases, o.Mitre...))
	if err != nil {
		return "", nil, fmt.Errorf("%s: %w", o.ID, err)
	}
	return o.ID, e, nil
}

var stixTypes = map[string]news.EntityType{
	"intrusion-set": news.ThreatActor, "threat-actor": news.ThreatActor, "malware": news.Malware, "tool": news.Product,
	"identity": news.Organization, "location": news.Location, "campaign": news.Event, "vulnerability": news.Vulnerability,
}

// typeOfGalaxy tells by a cluster's type or name what its values are.
func typeOfGalaxy(typ, name string) news.EntityType {
	s := strings.ToLower(typ + " " + name)
	for _, k := range [...]struct {
		word string
		typ  news.EntityType
	}{
		{"actor", news.ThreatActor}, {"intrusion-set", news.ThreatActor}, {"activity-group", news.ThreatActor}, {"groups", news.ThreatActor},
		{"vulnerability", news.Vulnerability}, {"vendor", news.Organization}, {"agenc", news.Organization}, {"producer", news.Organization},
		{"country", news.Location}, {"region", news.Location}, {"target-information", news.Location}, {"tool", news.Malware},
		{"malware", news.Malware}, {"malpedia", news.Malware}, {"ransomware", news.Malware}, {"rat", news.Malware}, {"banker", news.Malware},
		{"botnet", news.Malware}, {"stealer", news.Malware}, {"backdoor", news.Malware}, {"wiper", news.Malware}, {"exploit-kit", news.Malware},
		{"android", news.Malware}, {"cryptominer", news.Malware},
	} {
		if strings.Contains(s, k.word) {
			return k.typ
		}
	}
	return news.Other
}

// label is the name that a broken object has for itself, as far as one can be found.
func label(raw json.RawMessage, key string) string {
	var o map[string]json.RawMessage
	if json.Unmarshal(raw, &o) == nil {
		var s string
		if json.Unmarshal(o[key], &s) == nil {
			return s
		}
	}
	return string(raw[:min(len(raw), 40)])
}

// named cleans the names of an entity.
func named(typ news.EntityType, name string, aliases []string) (*news.Entity, error) {
	clean, err := tidy(name)
	if err != nil {
		return nil, err
	}
	e := &news.Entity{Name: clean, Type: typ, Named: true, Known: true}
	seen := map[string]bool{clean: true}
	for _, a := range aliases {
		if a, err := tidy(a); err == nil && !seen[a] {
			seen[a] = true
			e.Aliases = append(e.Aliases, a)
		}
	}
	sort.Strings(e.Aliases)
	return e, nil
}

// tidy takes invisible marks and doubled spaces out of a name.
func tidy(name string) (string, error) {
	if !utf8.ValidString(name) {
		return "", fmt.Errorf("name %q is no valid UTF-8", name[:min(len(name), 40)])
	}
	name = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, name)), " ")
	switch {
	case len(name) > maxName:
		return "", fmt.Errorf("name %q… has %d bytes, want at most %d", name[:40], len(name), maxName)
	case entity.LocalName(name) == "":
		return "", fmt.Errorf("name %q has no letters or digits", name)
	}
	return name, nil
}

// Merge adds entities that were read to those known. One whose name is the name or
// an alias of a single known entity of its type is that entity, and only adds its
// aliases; the others get IRIs of their own. The result is sorted by IRI.
func Merge(known, read []news.Entity) []news.Entity {
	out := append([]news.Entity(nil), known...)
	owned := ownersOf(out)
	for _, e := range read {
		if at := owned.find(e.Type, e.Name); len(at) == 1 {
			out[at[0]].Aliases = union(out[at[0]].Aliases, e.Aliases, out[at[0]].Name)
			owned.note(out, at[0])
			continue
		}
		e.IRI = entity.IRI(e.Name, e.Type, false)
		if owned.taken(e.IRI) {
			e.IRI = entity.IRI(e.Name, e.Type, true)
		}
		if owned.taken(e.IRI) {
			continue // the same name, letter by letter, in another writing
		}
		out = append(out, e)
		owned.note(out, len(out)-1)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].IRI < out[j].IRI })
	return out
}

// owners are the indices of the entities of a list that have a type and a name,
// and those that have an IRI, whatever its case.
type owners map[string][]int

func ownersOf(list []news.Entity) owners {
	o := owners{}
	for i := range list {
		o.note(list, i)
	}
	return o
}

func (o owners) note(list []news.Entity, i int) {
	add := func(key string) {
		if n := o[key]; len(n) == 0 || n[len(n)-1] != i {
			o[key] = append(n, i)
		}
	}
	add("<" + strings.ToLower(list[i].IRI))
	for _, name := range append([]string{list[i].Name}, list[i].Aliases...) {
		add(string(list[i].Type) + " " + entity.Fold(name))
	}
}

func (o owners) find(t news.EntityType, name string) []int { return o[string(t)+" "+entity.Fold(name)] }
func (o owners) taken(iri string) bool                     { return len(o["<"+strings.ToLower(iri)]) > 0 }

func union(a, b []string, name string) []string {
	seen := map[string]bool{name: true}
	var out []string
	for _, list := range [][]string{a, b} {
		for _, s := range list {
			if !seen[s] {
				seen[s] = true
				out = append(out, s)
			}
		}
	}
	sort.Strings(out)
	return out
}
