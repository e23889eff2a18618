package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
)

// galaxy is a MISP galaxy file as far as it is read here.
type galaxy struct {
	Values []struct {
		Value string `json:"value"`
		Meta  struct {
			Synonyms []string `json:"synonyms"`
			Country  string   `json:"country_name"`
		} `json:"meta"`
	} `json:"values"`
}

// sources are the galaxies taken, in order: the first to name a thing types it.
var sources = []struct {
	file string
	typ  news.EntityType
}{
	{"threat-actor", news.ThreatActor}, {"microsoft-activity-group", news.ThreatActor},
	{"tidal-groups", news.ThreatActor},
	{"banker", news.Malware}, {"backdoor", news.Malware}, {"botnet", news.Malware}, {"rat", news.Malware},
	{"ransomware", news.Malware}, {"stealer", news.Malware}, {"wiper", news.Malware}, {"tool", news.Malware},
	{"android", news.Malware}, {"exploit-kit", news.Malware},
	{"branded_vulnerability", news.Vulnerability},
	{"intelligence-agencies", news.Organization}, {"surveillance-vendor", news.Organization},
	{"terrorist-groups", news.Organization},
}

var (
	bracket  = regexp.MustCompile(`\s*[(\[].*?[)\]]`)
	acronym  = regexp.MustCompile(`\(([A-Z][A-Za-z&-]{1,9})\)`)
	classing = regexp.MustCompile(`(?i)\s+(ransomware|malware|trojan|rat|botnet|stealer|backdoor|banker|ek|exploit kit|worm|virus|wiper)$`)
)

func (s *set) galaxies(lexicons string) error {
	for _, src := range sources {
		path := filepath.Join(lexicons, "misp-"+src.file+".json")
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var g galaxy
		if err := json.Unmarshal(raw, &g); err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		for _, v := range g.Values {
			names := []string{ofCountry(v.Value, v.Meta.Country)}
			if m := acronym.FindStringSubmatch(v.Value); m != nil && len(m[1]) > 3 && m[1] != v.Meta.Country {
				names = append(names, m[1])
			}
			names = usable(src.typ, append(names, v.Meta.Synonyms...))
			if src.file == "rat" && len(names) > 0 && !strings.Contains(names[0], " ") && !strings.HasSuffix(strings.ToLower(names[0]), "rat") {
				names = append(names, names[0]+"RAT") // NetWire is also written NetWireRAT
			}
			if len(names) > 0 && !(cyber(src.typ) && s.isProduct(names[0])) {
				s.add(src.typ, names...)
			}
		}
		s.claimAliases()
	}
	return nil
}

// ofCountry tells agencies of one name apart that MISP tells apart in brackets.
//
//	National Security Agency (Bahrain)   National Security Agency of Bahrain
func ofCountry(name, country string) string {
	if bare, ok := strings.CutSuffix(name, " ("+country+")"); ok && country != "" {
		return bare + " of " + country
	}
	return name
}

// isProduct reports whether the table has the name as a product: MISP lists some
// tools for remote work that attackers misuse.
func (s *set) isProduct(name string) bool {
	return s.byName[string(news.Product)+" "+strings.ToLower(entity.LocalName(name))] != nil
}

// usable cleans the names of one value: brackets off, other scripts, campaigns,
// single letters and descriptions out; of "Alpha Ransomware", Alpha is an alias.
func usable(t news.EntityType, names []string) []string {
	var out []string
	for _, n := range names {
		n = strings.TrimSpace(bracket.ReplaceAllString(strings.TrimPrefix(n, "Subgroup: "), ""))
		if len(n) < 3 || len(n) > 60 || len(strings.Fields(n)) > 7 || strings.ContainsAny(n, "\"<>\\|/,:;!?") ||
			!strings.ContainsAny(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") || !latin(n) || national(n) || entity.IsFirstName(n) && len(out) > 0 {
			continue
		}
		if t == news.ThreatActor && strings.HasPrefix(strings.ToLower(n), "operation ") && len(out) > 0 {
			continue
		}
		out = append(out, n)
		if short := classing.ReplaceAllString(n, ""); t == news.Malware && short != n && len(short) > 3 && !person(short) && !national(short) && !entity.IsFirstName(short) {
			out = append(out, short)
		}
	}
	return out
}

// national reports whether a name is an adjective of nationality, or the second
// word of one: "Korean".
func national(name string) bool {
	return entity.IsDemonym(name) || entity.IsDemonym("North "+name) || entity.IsDemonym("Saudi "+name)
}

// person reports whether a name is that of somebody: some ransomware is named
// after a politician.
func person(name string) bool {
	words := strings.Fields(name)
	return len(words) == 2 && entity.IsFirstName(words[0]) && words[1][0] >= 'A' && words[1][0] <= 'Z'
}

func latin(s string) bool {
	for _, r := range s {
		if r > 0x24F && r != '’' && r != '–' {
			return false
		}
	}
	return true
}
