package news

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// statement is what a proposition's id and label are made of, and nothing else.
type statement struct {
	subject, predicate, object string // IRIs; "" where there is none
	quantity                   *Quantity
	polarity                   Polarity
	plural                     bool // the subject is a place of the document whose words are plural
}

// label is a readable sentence. names gives the name of a node whose IRI doesn't
// hold it: the words of a node of the document, and a known entity's name.
//
//	NorthKorea involvedIn WannaCry           -> North Korea is involved in Wanna Cry
//	the same, negative                       -> North Korea is not involved in Wanna Cry
//	Lazarus rel/be-similar-to APT38          -> Lazarus is similar to APT38
//	WannaCry affected, 300000 computer       -> Wanna Cry affected 300000 computers
//	experts (plural) rel/question NorthKorea -> experts question North Korea
//	WannaCry rel/spread-to Spain, negative   -> Wanna Cry does not spread to Spain
//	"" targets Sony                          -> somebody targets Sony
func (s *statement) label(names func(iri string) string) string {
	subject, object := nodeName(s.subject, names), nodeName(s.object, names)
	plural, open := s.plural, strings.Contains(s.predicate, ":rel/")
	if q := s.quantity; q != nil {
		switch words := q.words(); {
		case subject == "" && object == "" && !open: // what is counted is acted upon
			subject, object = "something", words
		case subject == "":
			subject, plural = words, q.Value != 1
		case object == "":
			object = words
		default:
			object += " (" + words + ")"
		}
	}
	if subject == "" {
		subject = "somebody"
	}
	verb, negated := predicateWords(s.predicate, plural)
	if s.polarity != Negative {
		return join(subject, verb, object)
	}
	if negated == "" {
		return "it is not so that " + join(subject, verb, object)
	}
	return join(subject, negated, object)
}

func join(words ...string) string {
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// nodeName is the name that an IRI holds: its local name, split where CamelCase
// has put words together, with a type suffix in brackets.
//
//	hs:NorthKorea -> North Korea    hs:FBIDirector -> FBI Director
//	hs:Paris_Person -> Paris (person)    hs:APT28 -> APT28
func nodeName(iri string, names func(string) string) string {
	if name := names(iri); name != "" {
		return name
	}
	local, kind, typed := strings.Cut(localName(iri), "_")
	name := splitCamel(local)
	if typed && kind != "" {
		name += " (" + strings.ToLower(splitCamel(kind)) + ")"
	}
	return name
}

func localName(iri string) string {
	return iri[strings.LastIndexAny(iri, "/#:")+1:]
}

func splitCamel(s string) string {
	var b strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) {
			after := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if prev := runes[i-1]; unicode.IsLower(prev) || after && (unicode.IsUpper(prev) || unicode.IsDigit(prev)) {
				b.WriteByte(' ')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// predicateWords are the words of a predicate in the third person, affirmed and
// negated; negated is "" where the form can't be told.
func predicateWords(iri string, plural bool) (affirmed, negated string) {
	words := strings.Fields(strings.ReplaceAll(strings.ToLower(splitCamel(localName(iri))), "-", " "))
	if len(words) == 0 {
		return "", ""
	}
	be, do, have := "is", "does not", "has"
	if plural {
		be, do, have = "are", "do not", "have"
	}
	first, rest := words[0], strings.Join(words[1:], " ")
	finite := func(verb string) (string, string) {
		if plural {
			return verb + " " + rest, do + " " + verb + " " + rest
		}
		return thirdPerson(verb) + " " + rest, do + " " + verb + " " + rest
	}
	switch {
	case first == "be" || first == "is":
		return be + " " + rest, be + " not " + rest
	case strings.Contains(iri, ":rel/"):
		return finite(first)
	case strings.HasSuffix(first, "s") && !strings.HasSuffix(first, "ss"):
		return finite(infinitive(first))
	case len(words) > 1:
		all := strings.Join(words, " ")
		return be + " " + all, be + " not " + all
	case strings.HasSuffix(first, "er") || strings.HasSuffix(first, "or"):
		return have + " " + first, do + " have " + first
	}
	return first, ""
}

// thirdPerson inflects a verb's lemma: carry -> carries, have -> has.
func thirdPerson(verb string) string {
	switch verb {
	case "have":
		return "has"
	case "can", "may", "must", "will", "shall", "could", "might", "should", "would":
		return verb
	}
	return addS(verb)
}

// infinitive undoes thirdPerson.
func infinitive(verb string) string {
	for _, ending := range []string{"ches", "shes", "sses", "xes", "zzes", "oes"} {
		if strings.HasSuffix(verb, ending) {
			return strings.TrimSuffix(verb, "es")
		}
	}
	if v, ok := strings.CutSuffix(verb, "ies"); ok && len(v) > 1 {
		return v + "y"
	}
	if verb == "has" {
		return "have"
	}
	return strings.TrimSuffix(verb, "s")
}

// addS is the plural of a noun and the third person of a verb alike.
func addS(w string) string {
	for _, ending := range []string{"s", "x", "z", "ch", "sh", "o"} {
		if strings.HasSuffix(w, ending) {
			return w + "es"
		}
	}
	if v, ok := strings.CutSuffix(w, "y"); ok && v != "" && !strings.ContainsRune("aeiou", rune(v[len(v)-1])) {
		return v + "ies"
	}
	return w + "s"
}

// words are a quantity as text: more than 300000 computers.
func (q *Quantity) words() string {
	bound := strings.ReplaceAll(string(q.Bound), "-", " ")
	if q.Bound == Exactly {
		bound = ""
	}
	unit := q.Unit
	if q.Value != 1 {
		unit = plural(unit)
	}
	return join(bound, strconv.FormatFloat(q.Value, 'f', -1, 64), unit)
}

// plural is the plural of a unit's lemma. What is no word of lower-case letters
// (USD, %) stays.
func plural(unit string) string {
	last := unit[strings.LastIndexByte(unit, ' ')+1:]
	for _, r := range last {
		if r >= utf8.RuneSelf || !unicode.IsLower(r) {
			return unit
		}
	}
	if len(last) < 2 {
		return unit
	}
	switch last {
	case "person":
		return strings.TrimSuffix(unit, last) + "people"
	case "child":
		return unit + "ren"
	case "man", "woman":
		return strings.TrimSuffix(unit, "an") + "en"
	case "people", "percent":
		return unit
	}
	return strings.TrimSuffix(unit, last) + addS(last)
}
