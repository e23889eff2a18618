package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
)

// thing is one known entity with the facts that are stored beside it.
type thing struct {
	news.Entity
	class    string // its class in the ontology where that says more than the type
	demonyms []string
	capital  string // name of the capital
	country  string // name of the country that it lies in
}

// set collects things; those of one type that share a name are one.
type set struct {
	things  []*thing
	byName  map[string]*thing // by type and folded name
	country map[string]*thing // by ISO 3166-1 code
	region  []*thing          // states and provinces
}

func newSet() *set { return &set{byName: map[string]*thing{}, country: map[string]*thing{}} }

// add merges names into the thing of the type that has the first of them, or
// makes a new one of that name.
func (s *set) add(t news.EntityType, names ...string) *thing {
	key := func(n string) string { return string(t) + " " + strings.ToLower(entity.LocalName(n)) }
	th := s.byName[key(names[0])]
	if th == nil {
		th = &thing{Entity: news.Entity{Name: names[0], Type: t, Named: true, Known: true}}
		s.things = append(s.things, th)
		s.byName[key(names[0])] = th
	}
	for _, n := range names {
		if n = strings.Join(strings.Fields(n), " "); n == "" || n == th.Name || contains(th.Aliases, n) {
			continue
		}
		th.Aliases = append(th.Aliases, n)
	}
	return th
}

// claimAliases lets later rows that are called by one of the things' aliases be
// the same thing: MISP's APT28 is the Fancy Bear of the table.
func (s *set) claimAliases() {
	for _, th := range s.things {
		for _, a := range th.Aliases {
			key := string(th.Type) + " " + strings.ToLower(entity.LocalName(a))
			if s.byName[key] == nil {
				s.byName[key] = th
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// rows reads a table: tab-separated, # comments.
func rows(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out [][]string
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		if line := sc.Text(); line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out, sc.Err()
}

func column(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

func (s *set) countries(facts, lexicons string) error {
	table, err := rows(filepath.Join(facts, "demonyms.tsv"))
	if err != nil {
		return err
	}
	for _, r := range table {
		th := s.add(news.Location, append([]string{r[1]}, list(column(r, 3))...)...)
		th.demonyms, th.class = list(r[2]), "Country"
		s.country[r[0]] = th
	}
	path := filepath.Join(lexicons, "country-codes.csv")
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	csvRows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	at := map[string]int{}
	for i, h := range csvRows[0] {
		at[h] = i
	}
	for _, r := range csvRows[1:] {
		iso, name := r[at["ISO3166-1-Alpha-2"]], r[at["CLDR display name"]]
		th := s.country[iso]
		if th == nil && name != "" {
			th = s.add(news.Location, strings.ReplaceAll(name, "&", "and"))
			th.class = "Country"
			s.country[iso] = th
		}
		if th != nil {
			th.capital = strings.TrimSuffix(r[at["Capital"]], ", D.C.")
		}
	}
	return nil
}

func (s *set) wellKnown(facts string) error {
	path := filepath.Join(facts, "wellknown.tsv")
	table, err := rows(path)
	if err != nil {
		return err
	}
	for _, r := range table {
		if len(r) < 2 {
			return fmt.Errorf("read %s: %q has no type", path, r[0])
		}
		s.add(news.EntityType(r[1]), append([]string{r[0]}, list(column(r, 2))...)...)
	}
	s.claimAliases()
	return nil
}

func (s *set) cities(facts string) error {
	table, err := rows(filepath.Join(facts, "cities.tsv"))
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, r := range table {
		c := s.country[r[1]]
		if c == nil || seen[r[0]] || strings.EqualFold(r[0], c.Name) {
			continue // the largest city keeps the bare name
		}
		seen[r[0]] = true
		names := []string{r[0]}
		if short, ok := strings.CutSuffix(r[0], " City"); ok && c.capital != "" && strings.HasPrefix(r[0], c.capital) {
			names = append(names, short)
		}
		if plain := fold(r[0]); plain != r[0] {
			names = append(names, plain)
		}
		th := s.add(news.Location, names...)
		th.country, th.class = c.Name, "City"
		if column(r, 3) == "C" && th.Name != c.Name {
			c.capital = th.Name
		}
	}
	return nil
}

// regions reads states and provinces.
func (s *set) regions(facts string) error {
	table, err := rows(filepath.Join(facts, "regions.tsv"))
	if err != nil {
		return err
	}
	for _, r := range table {
		th := s.add(news.Location, append([]string{r[0]}, list(column(r, 2))...)...)
		if c := s.country[column(r, 1)]; c != nil {
			th.country = c.Name
		}
		s.region = append(s.region, th)
	}
	return nil
}

var camel = regexp.MustCompile(`([a-z])([A-Z])`)

func cyber(t news.EntityType) bool { return t == news.Malware || t == news.ThreatActor }

// name gives every thing its IRI: in order of the tables, so that the well-known
// ones have the bare names.
func (s *set) name() {
	taken := map[string]bool{}
	for _, th := range s.things {
		th.IRI = entity.IRI(th.Name, th.Type, th.Type == news.Malware && person(camel.ReplaceAllString(th.Name, "$1 $2")))
		if taken[strings.ToLower(th.IRI)] {
			th.IRI = entity.IRI(th.Name, th.Type, true)
		}
		if th.IRI == "" || taken[strings.ToLower(th.IRI)] {
			th.IRI = ""
			continue
		}
		taken[strings.ToLower(th.IRI)] = true
		sort.Strings(th.Aliases)
	}
	kept := s.things[:0]
	for _, th := range s.things {
		if th.IRI != "" {
			kept = append(kept, th)
		}
	}
	s.things = kept
	sort.Slice(s.things, func(i, j int) bool { return s.things[i].IRI < s.things[j].IRI })
}
