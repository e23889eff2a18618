package graph

import (
	"fmt"
	"io"
	"strings"
)

// WriteVocabulary writes the vocabulary as Markdown: what docs/vocabulary.md is.
func WriteVocabulary(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Vocabulary\n\nEvery class, predicate, stance and topic of the graph. This page and the quads of\n`" +
		LabelOntology + "` are made from the same constants; `go test ./graph -run Vocabulary -update` writes it.\n\n" +
		"`hs:` is a scheme of its own and stands in queries as it is: `g.V(\"<hs:attribution>\")`. Other terms have\n" +
		"their full standard IRIs. A relation without an entry here keeps its lemma: `hs:rel/be-similar-to`.\n")
	var kind TermKind
	for _, t := range Vocabulary() {
		if t.Kind != kind {
			kind = t.Kind
			heading := map[TermKind]string{ClassTerm: "Classes", PropertyTerm: "Predicates", StanceTerm: "Stances", TopicTerm: "Topics"}[kind]
			if t.IRI == relationTerms[0].IRI {
				heading = "Relations"
			}
			fmt.Fprintf(&b, "\n## %s\n\n| IRI | label | definition | broader |\n|---|---|---|---|\n", heading)
		}
		parent := ""
		if t.Parent != "" {
			parent = "`" + t.Parent + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", t.IRI, t.Label, t.Definition, parent)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write vocabulary: %w", err)
	}
	return nil
}
