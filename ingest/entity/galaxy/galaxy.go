// Package galaxy reads known entities from MISP galaxy clusters and STIX 2.1
// bundles: names, types and aliases. What such a file says of an entity beyond
// that (a suspected country, a targeted sector) is somebody's claim and is not
// taken for a fact: it stays out.
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

// Read reads a MISP galaxy cluster or a STIX 2.1 bundle. An object that can't be
// read is left out and named in bad; err is for a file that is no JSON, or neither
// of the two. Entities come in the order of the file and have no IRIs yet: see
// Merge.
func Read(r io.Reader) (entities []news.Entity, bad []error, err error) {
	var file struct {
		Type    string            `json:"type"`
		Name    string            `json:"name"`
		Values  []json.RawMessage `json:"values"`
		Objects []json.RawMessage `json:"objects"`
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, nil, fmt.Errorf("no MISP galaxy or STIX bundle: %w", err)
	}
	read := stix
	objects := file.Objects
	switch {
	case file.Type == "bundle":
	case file.Values != nil:
		objects = file.Values
		typ := typeOfGalaxy(file.Type, file.Name)
		read = func(raw json.RawMessage) (*news.Entity, error) { return misp(raw, typ) }
	default:
		return nil, nil, errors.New(`no MISP galaxy ("values") and no STIX bundle ("type": "bundle")`)
	}
	for i, raw := range objects {
		e, err := read(raw)
		switch {
		case err != nil:
			bad = append(bad, fmt.Errorf("object %d: %w", i+1, err))
		case e != nil:
			entities = append(entities, *e)
		}
	}
	return entities, bad, nil
}

// misp reads a value of a galaxy cluster.
func misp(raw json.RawMessage, typ news.EntityType) (*news.Entity, error) {
	var v struct {
		Value string `json:"value"`
		Meta  struct {
			Synonyms []string `json:"synonyms"`
		} `json:"meta"`
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, fmt.Errorf("value %q: %w", label(raw, "value"), err)
	}
	return named(typ, v.Value, v.Meta.Synonyms)
}

// stix reads an object of a bundle; those that are no entities give none.
func stix(raw json.RawMessage) (*news.Entity, error) {
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
		return nil, fmt.Errorf("%s: %w", label(raw, "id"), err)
	}
	typ, ok := stixTypes[o.Type]
	if !ok || o.Revoked || o.Deprecated {
		return nil, nil
	}
	if o.Type == "identity" && o.Class == "individual" {
		typ = news.Person
	}
	if o.Name == "" && o.Type == "location" {
		return nil, nil // a location may have coordinates alone
	}
	e, err := named(typ, o.Name, append(o.Aliases, o.Mitre...))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.ID, err)
	}
	return e, nil
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
	owners, taken := map[string][]int{}, map[string]bool{}
	note := func(i int, name string) {
		key := string(out[i].Type) + " " + entity.Fold(name)
		if n := owners[key]; len(n) == 0 || n[len(n)-1] != i {
			owners[key] = append(n, i)
		}
	}
	index := func(i int) {
		taken[strings.ToLower(out[i].IRI)] = true
		note(i, out[i].Name)
		for _, a := range out[i].Aliases {
			note(i, a)
		}
	}
	for i := range out {
		index(i)
	}
	for _, e := range read {
		if at := owners[string(e.Type)+" "+entity.Fold(e.Name)]; len(at) == 1 {
			out[at[0]].Aliases = union(out[at[0]].Aliases, e.Aliases, out[at[0]].Name)
			index(at[0])
			continue
		}
		e.IRI = entity.IRI(e.Name, e.Type, false)
		if taken[strings.ToLower(e.IRI)] {
			e.IRI = entity.IRI(e.Name, e.Type, true)
		}
		if taken[strings.ToLower(e.IRI)] {
			continue // the same name, letter by letter, in another writing
		}
		out = append(out, e)
		index(len(out) - 1)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].IRI < out[j].IRI })
	return out
}

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
