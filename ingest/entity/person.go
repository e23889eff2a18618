package entity

import (
	"strings"

	"hearsay/ingest/news"
)

// person takes titles off a person's name and notes the gender that title and
// first name give. The head stays that of the whole phrase: "President" heads
// "President Hassan Rouhani", whose name is "Hassan Rouhani".
func (r *resolver) person(x *ref) {
	x.animate, x.number = true, singular
	first := x.first
	for first < x.last && titles[strings.TrimSuffix(r.lower(first), ".")] && !r.firstName(first) {
		first++
	}
	for k := first - 1; k >= x.first-3 && k >= 0; k-- {
		w := strings.TrimSuffix(r.lower(k), ".")
		if g, ok := titleGender[w]; ok && x.gender == noGender {
			x.gender = g
		}
		if !titles[w] && w != "" && w != "." {
			break
		}
	}
	if first == x.last && first > 0 && styles[r.lower(first-1)] && r.capital(first-1) {
		x.style = r.d.Form(first - 1)
	}
	if first != x.first {
		x.first = first
		x.Span = r.d.SpanOf(first, x.last)
	}
	// Under a title the name hangs on it by flat, or the title by compound.
	if h := r.d.Head(x.Head); h >= 0 && h < x.first && h >= x.first-4 && news.IsRel(r.d.Tokens[x.Head].Deprel, "flat") {
		x.Head = h
	}
	if x.gender == noGender {
		x.gender = r.genderOfName(r.d.Form(x.first))
	}
	if x.last > x.first && strings.HasPrefix(r.lower(x.last), "'") {
		x.last--
		x.Span = r.d.SpanOf(x.first, x.last)
	}
}

// styles are titles by which people are called who are not called by a first name.
var styles = setOf("lord lady sir dame prince princess king queen pope sheikh ayatollah imam emir sultan baron baroness duke duchess")

// firstName reports whether the word is a first name and the next one is written
// like a family name: "Dean Smith", not "Dean of".
func (r *resolver) firstName(i int) bool {
	return r.t.names[r.d.Form(i)]&(maleName|femaleName) != 0 && r.lower(i) != "prince" && r.lower(i) != "pope" &&
		r.lower(i) != "king" && r.lower(i) != "duke"
}

func (r *resolver) genderOfName(first string) gender {
	switch r.t.names[first] & (maleName | femaleName) {
	case maleName:
		return male
	case femaleName:
		return female
	}
	return noGender
}
