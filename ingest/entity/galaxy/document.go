package galaxy

import (
	"strings"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
)

// Document puts what the makers of a file say of its entities into words, a
// sentence each, with the claims read: nobody's suspicion becomes a fact. Entities
// are those known, the file's own included; id is the document's identity. It is
// nil where the file says nothing.
//
//	MISP Project believes that Grey Heron is attributed to North Korea.
func (c *Contents) Document(id string, known []news.Entity) *news.Document {
	if len(c.Statements) == 0 {
		return nil
	}
	w := &writer{d: &news.Document{ID: id, Title: c.Title, Language: "en"}, owners: ownersOf(known), known: known, at: map[string]int{}}
	if c.Title != "" {
		w.text.WriteString(c.Title + "\n\n")
		w.d.Regions = []news.Region{{Span: news.Span{Start: 0, End: len(c.Title)}, Kind: news.Headline}}
	}
	for i := range c.Statements {
		w.statement(&c.Statements[i])
	}
	w.d.Text = w.text.String()
	w.d.IRI = news.DocumentIRI(id, w.d.Text)
	w.d.IdentifyPropositions()
	w.d.IdentifyClaims()
	return w.d
}

// writer writes a document's text with what is read of it.
type writer struct {
	d      *news.Document
	text   strings.Builder
	known  []news.Entity
	owners owners
	at     map[string]int // entities of the document by IRI
}

func (w *writer) words(s string) news.Span {
	start := w.text.Len()
	w.text.WriteString(s)
	return news.Span{Start: start, End: w.text.Len()}
}

// name writes an entity's name and notes the mention.
func (w *writer) name(e news.Entity) (news.Span, int) {
	e = w.resolve(e)
	n, ok := w.at[e.IRI]
	if !ok {
		n = len(w.d.Entities)
		w.at[e.IRI] = n
		w.d.Entities = append(w.d.Entities, e)
	}
	span := w.words(e.Name)
	w.d.Mentions = append(w.d.Mentions, news.Mention{Span: span, Head: -1, Kind: news.Name, Type: e.Type, Entity: n, Rule: "exact-name"})
	return span, n
}

// resolve finds the known entity of a name; a place of an inverted official name
// by the plain one, too.
//
//	Iran (Islamic Republic of) -> Islamic Republic of Iran, Iran
func (w *writer) resolve(e news.Entity) news.Entity {
	names := []string{e.Name}
	if head, rest, ok := strings.Cut(e.Name, " ("); ok && e.Type == news.Location {
		names = append(names, strings.TrimSuffix(rest, ")")+" "+head, head)
	}
	for _, n := range names {
		if at := w.owners.find(e.Type, n); len(at) == 1 {
			return w.known[at[0]]
		}
	}
	e.IRI, e.Known = entity.IRI(e.Name, e.Type, false), false
	if w.owners.taken(e.IRI) {
		e.IRI = entity.IRI(e.Name, e.Type, true)
	}
	return e
}

func (w *writer) statement(s *Statement) {
	start := w.text.Len()
	c := news.Claim{Sentence: len(w.d.Sentences), Source: news.Source{Kind: news.Author, Entity: -1, Head: -1}, CueHead: -1, Stance: news.Believes,
		Certainty: s.Certainty, Polarity: news.Positive, Quotation: news.Indirect, About: -1, Propositions: []int{len(w.d.Propositions)}}
	if s.Source.Name != "" {
		span, n := w.name(s.Source)
		c.Source = news.Source{Span: span, Kind: news.Named, Name: w.d.Entities[n].Name, Entity: n, Head: -1}
		w.words(" ")
		c.Cue = w.words("believes")
		w.words(" that ")
	}
	subject, who := w.name(s.Subject)
	w.words(" ")
	rel := w.words(s.Words)
	w.words(" ")
	object, whom := w.name(s.Object)
	c.Content = []news.Span{subject.Cover(object)}
	if s.Predicate == attributed.predicate {
		c.Topics = []string{"hs:attribution"}
	}
	w.words(".")
	w.d.Sentences = append(w.d.Sentences, news.Sentence{Span: news.Span{Start: start, End: w.text.Len()}, NewPar: true})
	w.words("\n")
	w.d.Propositions = append(w.d.Propositions, news.Proposition{Sentence: c.Sentence, Head: -1, Confidence: 1,
		Subject:  news.Argument{Span: subject, Head: -1, Entity: who},
		Relation: news.Relation{Span: rel, Text: s.Words, Lemma: s.Words, Predicate: s.Predicate},
		Object:   news.Argument{Span: object, Head: -1, Entity: whom},
		Polarity: news.Positive, Certainty: s.Certainty})
	w.d.Claims = append(w.d.Claims, c)
}
