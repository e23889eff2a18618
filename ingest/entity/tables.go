package entity

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"strings"
	"sync"

	"hearsay/ingest/news"
)

//go:embed data/regions.tsv
var regionsTSV string

//go:embed data/countries.tsv
var countriesTSV string

//go:embed data/words.txt.gz
var wordsGZ []byte

//go:embed data/nouns.tsv.gz
var nounsGZ []byte

//go:embed data/gazetteer.txt.gz
var gazetteerGZ []byte

// kinds of gazetteer entries, as bits.
const (
	maleName uint8 = 1 << iota
	femaleName
	familyName
	placeName
)

// class of a common noun.
type nounClass uint8

const (
	noClass nounClass = iota
	personNoun
	groupNoun
	locationNoun
	eventNoun
	actNoun
)

// tables are the facts that the rules look up. They are read once and never
// changed.
type tables struct {
	words     map[string]bool      // commonly written small
	nouns     map[string]nounClass // lemma -> class
	names     map[string]uint8     // gazetteer of names, as written
	demonym   map[string]string    // Chinese -> China
	adjective map[string]string    // China -> Chinese
	capital   map[string]string    // Beijing -> China
	country   map[string]bool      // names of countries
	region    map[string]string    // known states and provinces -> country
}

var facts = sync.OnceValue(readTables)

func readTables() *tables {
	t := &tables{
		words: map[string]bool{}, nouns: map[string]nounClass{}, names: map[string]uint8{},
		demonym: map[string]string{}, adjective: map[string]string{}, capital: map[string]string{}, country: map[string]bool{},
		region: map[string]string{},
	}
	for line := range strings.Lines(countriesTSV) {
		c := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(c) < 3 {
			continue
		}
		t.country[c[0]] = true
		t.adjective[c[0]], _, _ = strings.Cut(c[1], "|")
		for _, dem := range strings.Split(c[1], "|") {
			if _, ok := t.demonym[dem]; !ok { // Congolese, Dominican: the first has it
				t.demonym[dem] = c[0]
			}
		}
		if c[2] != "" && c[2] != c[0] {
			t.capital[c[2]] = c[0]
		}
	}
	t.capital["Washington"] = "United States"
	for line := range strings.Lines(regionsTSV) {
		if name, country, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t"); ok {
			t.region[name] = country
		}
	}
	for line := range strings.Lines(unzipped(wordsGZ)) {
		t.words[strings.TrimRight(line, "\n")] = true
	}
	classes := map[string]nounClass{"person": personNoun, "group": groupNoun, "location": locationNoun, "event": eventNoun, "act": actNoun}
	for line := range strings.Lines(unzipped(nounsGZ)) {
		if w, class, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t"); ok {
			t.nouns[w] = classes[class]
		}
	}
	bits := map[rune]uint8{'m': maleName, 'f': femaleName, 's': familyName, 'p': placeName}
	for line := range strings.Lines(unzipped(gazetteerGZ)) {
		kinds, name, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok {
			continue
		}
		for _, k := range kinds {
			t.names[name] |= bits[k]
		}
	}
	for w, c := range handNouns {
		t.nouns[w] = c
	}
	return t
}

// unzipped is the text of an embedded file. That it can be read is tested; a
// broken one gives an empty table.
func unzipped(b []byte) string {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return ""
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return ""
	}
	return string(text)
}

// handNouns corrects and completes the classes for news.
var handNouns = map[string]nounClass{
	"attack": eventNoun, "war": eventNoun, "election": eventNoun, "crash": eventNoun, "outbreak": eventNoun,
	"incident": eventNoun, "explosion": eventNoun, "earthquake": eventNoun, "hack": eventNoun, "breach": eventNoun,
	"cyberattack": eventNoun, "hospital": groupNoun, "university": groupNoun, "newspaper": groupNoun, "paper": noClass,
	"country": locationNoun, "nation": locationNoun, "state": locationNoun, "startup": groupNoun, "vendor": groupNoun,
	"outlet": groupNoun, "broadcaster": groupNoun, "website": noClass, "media": groupNoun, "spokesperson": personNoun,
	"chair": personNoun, "head": personNoun, "chief": personNoun, "ceo": personNoun, "pm": personNoun, "co-founder": personNoun,
	"founder": personNoun, "leader": personNoun, "whistleblower": personNoun, "netizen": personNoun, "source": noClass,
	"people": personNoun, "man": personNoun, "woman": personNoun, "child": personNoun, "victim": personNoun,
	"family": groupNoun, "community": groupNoun, "public": groupNoun, "airline": groupNoun, "bank": groupNoun,
	"manufacturer": groupNoun, "maker": groupNoun, "operator": noClass, "publisher": groupNoun, "provider": groupNoun,
	"mission": groupNoun, "embassy": groupNoun, "airport": locationNoun, "village": locationNoun, "island": locationNoun,
	"program": noClass, "programme": noClass, "computer": noClass, "agent": personNoun, "player": personNoun,
	"server": noClass, "character": personNoun, "case": noClass, "house": noClass, "home": noClass, "world": noClass,
	"body": noClass, "number": noClass, "lot": noClass, "kind": noClass, "group": groupNoun, "team": groupNoun, "gang": groupNoun,
	"hacker": personNoun, "pair": personNoun, "couple": personNoun, "crew": groupNoun, "band": groupNoun, "side": noClass,
	"thing": noClass, "subject": noClass, "model": noClass, "star": noClass, "minor": noClass, "party": groupNoun,
	"regulator": groupNoun, "watchdog": groupNoun, "tribunal": groupNoun, "court": groupNoun, "cabinet": groupNoun,
}

// titles stand before a person's name and are no part of it.
var titles = setOf(`mr mrs ms miss dr prof professor sir lord lady dame president vice prime minister chancellor king queen
	prince princess pope secretary senator sen congressman congresswoman representative rep governor gov mayor general gen
	colonel col major maj captain capt lieutenant lt sergeant sgt corporal private admiral commander chief judge justice
	chairman chairwoman chairperson chair director ceo cto ciso cfo coo founder co-founder cofounder spokesman spokeswoman
	spokesperson detective constable officer inspector sheriff deputy premier ambassador minister attorney prosecutor
	reverend rev father sister brother saint ayatollah imam sheikh emir sultan researcher analyst expert engineer author
	co-author journalist reporter editor correspondent scientist economist lawyer activist lawmaker leader whip speaker
	foreign defense defence interior finance health state first second former acting crown manager head coach player actor
	actress singer writer superintendent marshal treasurer dean rector vice-president executive senior special agent aide
	adviser advisor doctor nurse teacher student farmer driver resident hon honorable honourable brigadier special envoy
	house senate minority majority majority cardinal archbishop bishop uncle aunt grandma grandpa mum mom dad`)

// courtesy titles give a gender.
var titleGender = map[string]gender{
	"mr": male, "mrs": female, "ms": female, "miss": female, "sir": male, "lord": male, "lady": female, "dame": female,
	"king": male, "queen": female, "prince": male, "princess": female, "pope": male, "congressman": male,
	"congresswoman": female, "chairman": male, "chairwoman": female, "spokesman": male, "spokeswoman": female,
	"father": male, "sister": female, "brother": male, "actress": female, "uncle": male, "aunt": female, "imam": male,
	"sheikh": male, "ayatollah": male, "emir": male, "sultan": male, "cardinal": male, "archbishop": male, "bishop": male,
	"grandma": female, "grandpa": male, "mum": female, "mom": female, "dad": male,
}

// nounGender are nouns for persons of one gender.
var nounGender = map[string]gender{
	"man": male, "woman": female, "boy": male, "girl": female, "father": male, "mother": female, "son": male,
	"daughter": female, "brother": male, "sister": female, "husband": male, "wife": female, "widow": female,
	"widower": male, "uncle": male, "aunt": female, "nephew": male, "niece": female, "grandfather": male,
	"grandmother": female, "grandson": male, "granddaughter": female, "king": male, "queen": female, "prince": male,
	"princess": female, "actor": noGender, "actress": female, "spokesman": male, "spokeswoman": female,
	"businessman": male, "businesswoman": female, "congressman": male, "congresswoman": female, "policeman": male,
	"policewoman": female, "chairman": male, "chairwoman": female, "fiancé": male, "fiancée": female, "boyfriend": male,
	"girlfriend": female, "gentleman": male, "lady": female, "guy": male, "lord": male, "monk": male, "nun": female,
	"priest": male, "fireman": male, "waitress": female, "hostess": female, "heiress": female, "bride": female,
	"groom": male, "emperor": male, "empress": female, "duke": male, "duchess": female, "sir": male, "mum": female,
	"mom": female, "dad": male, "grandma": female, "grandpa": male, "fisherman": male, "gunman": male, "salesman": male,
}

// vessels are the nouns for ships, aircraft and the like, which have names.
var vessels = setOf(`ship vessel tanker ferry freighter yacht boat submarine trawler frigate destroyer carrier cruiser liner
	schooner barge lander rover probe spacecraft spaceship satellite telescope rocket aircraft airliner plane jet`)

// legalForms end a company's name and are left out of its IRI.
var legalForms = setOf(`inc corp corporation ltd limited llc llp plc gmbh ag sa nv bv co company ab oy as spa srl pty kg se lp pte pvt`)

// orgHeads are words that head the name of an organization.
var orgHeads = setOf(`university college institute institution school academy ministry department agency bureau office
	commission committee council court bank group association society union federation foundation party police army navy
	force forces service services center centre company corporation hospital museum library church embassy mission
	parliament congress senate assembly board authority organization organisation league club team press news times post
	herald tribune journal gazette network television radio studios records airlines airways motors systems technologies
	technology labs laboratories laboratory software security networks partners holdings industries energy pharmaceuticals
	administration directorate secretariat command guard corps brigade battalion regiment front movement alliance coalition
	consortium fund trust exchange insurance financial capital media magazine campaign initiative project program programme
	cabinet government taskforce inc corp ltd llc co gmbh`)

// eventHeads are words that head the name of an event.
var eventHeads = setOf(`war games olympics cup championship championships festival summit conference election elections
	revolution uprising massacre battle earthquake hurricane cyclone typhoon storm attack attacks crisis day week treaty
	accord accords agreement marathon tournament open prix forum expo congress prize award awards bowl series olympiad
	genocide holocaust referendum`)

// placeHeads are words that head, or begin, the name of a place.
var placeHeads = setOf(`river lake sea ocean mountain mountains mount island islands peninsula bay gulf strait valley
	desert forest park street avenue road square bridge airport city town county province state district region village
	canal beach hill hills creek falls cape fort port station highway boulevard lane drive heights coast north south east
	west northern southern eastern western central upper lower new san santa los las el saint st`)

// malwareNouns and actorNouns beside a name are evidence of what it names.
var (
	malwareNouns = setOf(`malware ransomware trojan backdoor botnet worm virus stealer infostealer rat loader dropper wiper
		spyware keylogger rootkit payload implant downloader ransomware-as-a-service cryptominer miner banker strain
		variant sample family tool toolkit framework exploit kit bot botnets trojans backdoors webshell`)
	actorNouns = setOf(`group gang hackers hacker actor actors apt attackers attacker crew team operators operator affiliate
		affiliates hacktivists collective cybercriminals spies campaign intrusion unit adversary`)
)

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// typeOfClass is the entity type of what a noun of the class stands for.
func typeOfClass(c nounClass) news.EntityType {
	switch c {
	case personNoun:
		return news.Person
	case groupNoun:
		return news.Organization
	case locationNoun:
		return news.Location
	case eventNoun, actNoun:
		return news.Event
	}
	return news.Other
}

// IsDemonym reports whether the word is an adjective of nationality or a noun for
// its people.
func IsDemonym(word string) bool { return facts().demonym[word] != "" }

// IsFirstName reports whether the word is in the gazetteer of first names.
func IsFirstName(word string) bool { return facts().names[word]&(maleName|femaleName) != 0 }
