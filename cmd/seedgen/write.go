package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"hearsay/ingest/news"
)

// fold takes the accents off.
func fold(s string) string {
	t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, err := transform.String(t, s)
	if err != nil {
		return s
	}
	return out
}

const (
	graphLabel = "<hs:graph/entities>"
	rdfType    = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
	rdfsLabel  = "<http://www.w3.org/2000/01/rdf-schema#label>"
	altLabel   = "<http://www.w3.org/2004/02/skos/core#altLabel>"
)

// classes are the names of the types' classes in the ontology.
var classes = map[news.EntityType]string{
	news.Person: "Person", news.Organization: "Organization", news.Location: "Location", news.Event: "Event",
	news.Malware: "Malware", news.ThreatActor: "ThreatActor", news.Vulnerability: "Vulnerability",
	news.Product: "Product", news.Work: "Work", news.Other: "OtherEntity",
}

func literal(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// write writes seeds/entities.nq for readers, seeds/entities.tsv.gz, the same in
// the form that the binary embeds, the table of countries for metonyms, and the
// regions.
func (s *set) write(out string) error {
	var nq, tsv, countries bytes.Buffer
	byName := map[string]string{}
	for _, th := range s.things {
		byName[string(th.Type)+th.Name] = th.IRI
	}
	for _, th := range s.things {
		quad := func(p, o string) { fmt.Fprintf(&nq, "<%s> %s %s %s .\n", th.IRI, p, o, graphLabel) }
		class := th.class
		if class == "" {
			class = classes[th.Type]
		}
		quad(rdfType, "<hs:"+class+">")
		quad(rdfsLabel, literal(th.Name))
		for _, a := range th.Aliases {
			quad(altLabel, literal(a))
		}
		for _, d := range th.demonyms {
			quad("<hs:demonym>", literal(d))
		}
		if c := byName["location"+th.capital]; th.capital != "" && c != "" && c != th.IRI {
			quad("<hs:capital>", "<"+c+">")
		}
		if c := byName["location"+th.country]; th.country != "" && c != "" {
			quad("<hs:country>", "<"+c+">")
		}
		fmt.Fprintf(&tsv, "%s\t%s\t%s\t%s\n", th.IRI, th.Type, th.Name, strings.Join(th.Aliases, "|"))
		if len(th.demonyms) > 0 {
			fmt.Fprintf(&countries, "%s\t%s\t%s\n", th.Name, strings.Join(th.demonyms, "|"), th.capital)
		}
	}
	if err := os.WriteFile(filepath.Join(out, "seeds/entities.nq"), nq.Bytes(), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "ingest/entity/data/countries.tsv"), countries.Bytes(), 0o644); err != nil {
		return err
	}
	var regions bytes.Buffer
	for _, th := range s.region {
		fmt.Fprintf(&regions, "%s\t%s\n", th.Name, th.country)
	}
	if err := os.WriteFile(filepath.Join(out, "ingest/entity/data/regions.tsv"), regions.Bytes(), 0o644); err != nil {
		return err
	}
	return writeGzip(filepath.Join(out, "seeds/entities.tsv.gz"), tsv.Bytes())
}

func writeGzip(path string, b []byte) error {
	var z bytes.Buffer
	w, err := gzip.NewWriterLevel(&z, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, z.Bytes(), 0o644)
}

// writeGazetteer writes the names that are no entities of their own: first names
// with gender (m, f or b for both), family names of legislators (s), places (p).
func writeGazetteer(lexicons, facts, path string) error {
	kinds := map[string]string{}
	if err := firstNames(filepath.Join(lexicons, "names.zip"), kinds); err != nil {
		return err
	}
	f, err := os.Open(filepath.Join(lexicons, "world-cities.csv"))
	if err != nil {
		return err
	}
	defer f.Close()
	places, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("read world-cities.csv: %w", err)
	}
	for _, r := range places[1:] {
		for _, name := range []string{r[0], r[2], fold(r[0])} {
			if len(name) > 2 && latin(name) && !strings.Contains(kinds[name], "p") {
				kinds[name] += "p"
			}
		}
	}
	if err := familyNames(filepath.Join(lexicons, "legislators-current.yaml"), kinds); err != nil {
		return err
	}
	var lines []string
	for n, k := range kinds {
		lines = append(lines, k+"\t"+n+"\n")
	}
	sort.Strings(lines)
	return writeGzip(path, []byte(strings.Join(lines, "")))
}

func firstNames(path string, kinds map[string]string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, file := range z.File {
		kind := map[string]string{"names/male.txt": "m", "names/female.txt": "f"}[file.Name]
		if kind == "" {
			continue
		}
		r, err := file.Open()
		if err != nil {
			return err
		}
		sc := bufio.NewScanner(io.LimitReader(r, 1<<20))
		for sc.Scan() {
			if n := strings.TrimSpace(sc.Text()); len(n) > 1 && n[0] != '#' && !strings.Contains(n, " ") && !strings.Contains(kinds[n], kind) {
				kinds[n] += kind
			}
		}
		r.Close()
		if err := sc.Err(); err != nil {
			return err
		}
	}
	return nil
}

func familyNames(path string, kinds map[string]string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if n, ok := strings.CutPrefix(line, "    last: "); ok {
			if n = strings.Trim(n, `"'`); !strings.Contains(kinds[n], "s") {
				kinds[n] += "s"
			}
		}
	}
	return nil
}
