package seeds

import "strings"

// Lines are the lines of EntityQuads by the IRI of their subject.
type Lines map[string][]string

// BySubject are all lines of EntityQuads.
func BySubject() Lines {
	bySubject := Lines{}
	for line := range strings.Lines(EntityQuads) {
		subject, _, _ := strings.Cut(line, " ")
		subject = strings.Trim(subject, "<>")
		bySubject[subject] = append(bySubject[subject], line)
	}
	return bySubject
}

// Close adds to a set of entities those by which they are described: a city's
// country.
func (l Lines) Close(set map[string]bool) {
	todo := make([]string, 0, len(set))
	for iri := range set {
		todo = append(todo, iri)
	}
	for len(todo) > 0 {
		iri := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, line := range l[iri] {
			parts := strings.SplitN(line, " ", 4)
			object := strings.Trim(parts[2], "<>")
			if strings.HasPrefix(parts[2], "<") && len(l[object]) > 0 && !set[object] {
				set[object] = true
				todo = append(todo, object)
			}
		}
	}
}
