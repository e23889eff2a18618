package eval

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/syntax"
)

// nameSet is a corpus of names and how its labels are read: which entity types a
// label stands for, none for one that is skipped, and which types the corpus
// leaves unmarked.
type nameSet struct {
	name, file string
	columns    []int                        // of the labels; 0 is the word. -1 counts from the end
	types      map[string][]news.EntityType // "B-" and "I-" off
	unmarked   []news.EntityType
	docStart   string // what begins a document; "" where each sentence is one
	wordColumn int
	sep        string
	// nationalities says that the corpus marks adjectives of nationality as places.
	nationalities bool
}

var anyMisc = []news.EntityType{news.Work, news.Product, news.Event, news.Other}

// trainingSets are the corpora of names to train on, developmentSets those to
// score. What a label is read as:
//
//	UNER     PER person, ORG organization, LOC location; OTH as none
//	WNUT     corporation and group organization, creative-work work, product product
//	AnnoCTR  ORG organization, LOC location (nationalities included), MALWARE malware,
//	         GROUP threat-actor; SECTOR, CON, TACTIC, TECHNIQUE, CODE as none, and TOOL, which
//	         is an attacker's and no product of ours
//	CyNER    Malware malware, System product, Organization organization, Vulnerability
//	         vulnerability; Indicator as none
//	politics politician and person person, party and organisation organization, country
//	         and location location, election and event event, misc any or none
//	Wikigold MISC any or none
func trainingSets() []nameSet {
	cti := []news.EntityType{news.Person, news.Work, news.Event, news.Vulnerability, news.Other}
	return []nameSet{
		unerSet("UNER EWT train", "en_ewt-uner-train.iob2"),
		wnutSet("WNUT17 train", "wnut_train.conll"),
		annoSet("AnnoCTR train", "train.bio"),
		{name: "Wikigold", file: "wikigold.conll.txt", columns: []int{1}, sep: " ",
			types:    map[string][]news.EntityType{"PER": {news.Person}, "ORG": {news.Organization}, "LOC": {news.Location}, "MISC": anyMisc},
			unmarked: []news.EntityType{news.Malware, news.ThreatActor, news.Vulnerability}},
		politicsSet("politics train", "crossner-politics-train.txt"),
		politicsSet("politics dev", "crossner-politics-dev.txt"),
		{name: "CyNER train", file: "cyner_train.txt", columns: []int{1}, sep: "\t",
			types: map[string][]news.EntityType{"Malware": {news.Malware}, "System": {news.Product}, "Organization": {news.Organization, news.ThreatActor},
				"Vulnerability": {news.Vulnerability}, "Indicator": nil},
			unmarked: append([]news.EntityType{news.Location, news.ThreatActor}, cti...)},
	}
}

func developmentSets() []nameSet {
	return []nameSet{
		unerSet("UNER EWT dev", "en_ewt-uner-dev.iob2"),
		wnutSet("WNUT17 dev", "wnut_dev.conll"),
		annoSet("AnnoCTR dev", "dev.bio"),
	}
}

func unerSet(name, file string) nameSet {
	return nameSet{name: name, file: file, columns: []int{2}, wordColumn: 1, sep: "\t", docStart: "# newdoc",
		types: map[string][]news.EntityType{"PER": {news.Person}, "ORG": {news.Organization}, "LOC": {news.Location}, "OTH": nil},
		unmarked: []news.EntityType{news.Work, news.Product, news.Event, news.Malware, news.ThreatActor,
			news.Vulnerability, news.Other}}
}

func wnutSet(name, file string) nameSet {
	return nameSet{name: name, file: file, columns: []int{1}, sep: "\t",
		types: map[string][]news.EntityType{"person": {news.Person}, "location": {news.Location}, "corporation": {news.Organization},
			"group": {news.Organization}, "creative-work": {news.Work}, "product": {news.Product}},
		unmarked: []news.EntityType{news.Event, news.Malware, news.ThreatActor, news.Vulnerability, news.Other}}
}

func annoSet(name, file string) nameSet {
	return nameSet{name: name, file: file, columns: []int{1, 4}, sep: "\t", docStart: "<DOCSTART>", nationalities: true,
		types: map[string][]news.EntityType{"ORG": {news.Organization}, "LOC": {news.Location}, "MALWARE": {news.Malware},
			"GROUP": {news.ThreatActor}, "TOOL": nil, "SECTOR": nil, "CON": nil, "TACTIC": nil, "TECHNIQUE": nil},
		unmarked: []news.EntityType{news.Person, news.Work, news.Product, news.Event, news.Vulnerability, news.Other}}
}

func politicsSet(name, file string) nameSet {
	return nameSet{name: name, file: file, columns: []int{1}, sep: "\t",
		types: map[string][]news.EntityType{"politician": {news.Person}, "person": {news.Person}, "politicalparty": {news.Organization},
			"organisation": {news.Organization}, "location": {news.Location}, "country": {news.Location}, "election": {news.Event},
			"event": {news.Event}, "misc": anyMisc},
		unmarked: []news.EntityType{news.Malware, news.ThreatActor, news.Vulnerability}}
}

// namedSentence is a sentence of a corpus with the labels of its words, "O" or a
// label of the corpus with B- or I-.
type namedSentence struct {
	words, labels []string
	doc           int
}

// read reads the corpus. Labels without B- (I-PER after O) begin a name.
func (s *nameSet) read(data string) ([]namedSentence, error) {
	path := filepath.Join(data, "ner", s.file)
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []namedSentence
	var cur namedSentence
	doc := 0
	finish := func() {
		if len(cur.words) == 0 {
			return
		}
		if s.docStart == "" {
			doc++
		}
		cur.doc = doc
		out = append(out, cur)
		cur = namedSentence{}
	}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		text := strings.TrimSuffix(sc.Text(), "\r")
		if strings.TrimSpace(text) == "" {
			finish()
			continue
		}
		if s.docStart != "" && strings.HasPrefix(text, s.docStart) {
			finish()
			doc++
			continue
		}
		if s.wordColumn > 0 && text[0] == '#' {
			continue
		}
		c := strings.Split(text, s.sep)
		word := c[s.wordColumn]
		if len(c) <= s.columns[0] || word == "" {
			continue
		}
		label := "O"
		for _, k := range s.columns {
			if k < len(c) && c[k] != "O" && len(c[k]) > 2 && label == "O" && s.types[c[k][2:]] != nil {
				label = c[k]
			}
		}
		cur.words, cur.labels = append(cur.words, word), append(cur.labels, label)
	}
	finish()
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return out, nil
}

// samples turns sentences into training samples, with the tags of the model.
func (s *nameSet) samples(m *syntax.Model, all []namedSentence, firstDoc int) []entity.Sample {
	out := make([]entity.Sample, 0, len(all))
	for k := range all {
		x := &all[k]
		d := sentenceDocument(x.words)
		m.Parse(d)
		sample := entity.Sample{Words: x.words, Doc: firstDoc + x.doc, UPOS: make([]string, len(x.words)), Allowed: make([]uint32, len(x.words))}
		prev := "O"
		for i, l := range x.labels {
			sample.UPOS[i] = d.Tokens[i].UPOS
			sample.Allowed[i] = s.allowed(l, prev, x.words[i], s.open(d, i))
			prev = l
		}
		out = append(out, sample)
	}
	return out
}

// open are the labels of a word that the corpus doesn't mark: O, and of the types
// that the corpus leaves out those of a proper noun that it may be. The types of
// threat reports are none of these: outside of such reports they are rare, and
// known ones are found as such.
func (s *nameSet) open(d *news.Document, i int) uint32 {
	bits := uint32(1)
	if d.Tokens[i].UPOS != "PROPN" {
		return bits
	}
	for _, t := range s.unmarked {
		switch t {
		case news.Malware, news.ThreatActor, news.Vulnerability, news.Other:
			continue
		}
		b, i := entity.LabelBits(t)
		bits |= b | i
	}
	return bits
}

// allowed are the labels that the corpus leaves possible for a word.
func (s *nameSet) allowed(label, prev, word string, open uint32) uint32 {
	if label == "O" {
		return open
	}
	types := s.types[label[2:]]
	begins := label[0] == 'B' || prev == "O" || prev[2:] != label[2:]
	bits := uint32(0)
	for _, t := range types {
		b, i := entity.LabelBits(t)
		if begins {
			bits |= b
		} else {
			bits |= i
		}
	}
	// A nationality is no name of ours, and MISC may be one.
	if len(types) > 1 || types[0] == news.Location && entity.IsDemonym(word) {
		bits |= 1
	}
	return bits
}

// sentenceDocument is a document of one sentence with the words as its tokens.
func sentenceDocument(words []string) *news.Document {
	d := &news.Document{ID: "sentence", IRI: "hs:doc/sentence"}
	addSentence(d, words)
	return d
}

func addSentence(d *news.Document, words []string) {
	var b strings.Builder
	b.WriteString(d.Text)
	first := len(d.Tokens)
	if first > 0 {
		b.WriteByte('\n')
	}
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		start := b.Len()
		b.WriteString(w)
		d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: start, End: b.Len()}})
	}
	d.Text = b.String()
	d.Sentences = append(d.Sentences, news.Sentence{
		Span:  news.Span{Start: d.Tokens[first].Start, End: d.Tokens[len(d.Tokens)-1].End},
		First: first, End: len(d.Tokens),
	})
}

// NameSamples reads all training corpora of names under data.
func NameSamples(data string, m *syntax.Model) ([]entity.Sample, error) {
	var out []entity.Sample
	doc := 0
	for _, s := range trainingSets() {
		all, err := s.read(data)
		if err != nil {
			return nil, err
		}
		out = append(out, s.samples(m, all, doc)...)
		if len(all) > 0 {
			doc += all[len(all)-1].doc + 1
		}
	}
	return out, nil
}
