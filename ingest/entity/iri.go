package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/ingest/news"
)

// reserved are the local names of the vocabulary's classes, which no entity may
// take: an entity called "Claim" is hs:Claim_Organization.
var reserved = setOf(`Document Claim Proposition Mention Link Topic Stance Entity Person Organization Location Event
	Malware ThreatActor Vulnerability Product Work Date Money Quantity Other OtherEntity Country City Agency Company Source
	Indicator Ontology`)

// LocalName is the part of an entity's IRI after "hs:": the letters and digits of
// its name in CamelCase.
//
//	North Korea                      NorthKorea
//	Federal Bureau of Investigation  FederalBureauOfInvestigation
//	al-Qaeda                         AlQaeda
//	CVE-2017-0144                    CVE20170144
//
// It is "" for a name without any.
func LocalName(name string) string {
	var b strings.Builder
	start := true
	for i := 0; i < len(name); {
		r, n := utf8.DecodeRuneInString(name[i:])
		switch {
		case r == '\'' || r == '’' || r == utf8.RuneError || unicode.Is(unicode.Mn, r):
			// O'Brien is one word; combining marks and broken bytes are no letters.
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			start = true
		case start:
			b.WriteRune(unicode.ToUpper(r))
			start = false
		default:
			b.WriteRune(r)
		}
		i += n
	}
	return b.String()
}

// IRI names an entity after its name; clash asks for the type to be added, as is
// always done where the name is one of the vocabulary's own. It is "" for a name
// without letters and digits.
func IRI(name string, t news.EntityType, clash bool) string {
	local := LocalName(name)
	switch {
	case local == "":
		return ""
	case clash || reserved[local] || unicode.IsLower(firstRune(local)):
		return "hs:" + local + "_" + LocalName(string(t))
	}
	return "hs:" + local
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
