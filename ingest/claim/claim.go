// Package claim reads attributions off the trees: who says, doubts, denies or
// demands what, with cue, stance, certainty and the exact characters. It does not
// decide what is true, and never guesses who speaks.
package claim

import "hearsay/ingest/news"

// Extract fills d.Claims with the standard lexicon; what the document says in
// its own voice has a source of kind Author. It wants sentences, trees and
// quotations; mentions, entities and propositions are used where they are there.
func Extract(d *news.Document) { (&Extractor{}).Extract(d) }

// Extractor reads claims with cues of its own. The zero value has the standard
// lexicon. It is safe for concurrent use while its fields do not change.
type Extractor struct {
	Lexicon *Lexicon // nil for the standard one
}

// Extract fills d.Claims as the function Extract does.
func (x *Extractor) Extract(d *news.Document) {
	d.Claims = d.Claims[:0]
	lex := x.Lexicon
	if lex == nil {
		lex = standard()
	}
	r := newReader(d, lex)
	for s := range d.Sentences {
		if k := d.Sentences[s].Kind; k == news.Boilerplate || k == news.Dateline {
			continue
		}
		r.sentence(s)
	}
	r.freeQuotes()
	r.finish()
}

// sentence reads every attribution of one sentence.
func (r *reader) sentence(s int) {
	r.enter(s)
	for i := r.first; i < r.end; i++ {
		if r.spent[i] {
			continue
		}
		switch r.d.Tokens[i].UPOS {
		case "VERB", "AUX":
			if !r.refusal(i) {
				r.verb(i)
			}
			if r.d.Tokens[i].XPOS == "VBN" && r.verbCue(i) == nil && len(r.lex.adjectives[r.low[i]]) > 0 {
				r.adjective(i) // are concerned that
			}
		case "NOUN":
			if r.rel(i, "root", "conj", "parataxis") && r.d.Child(i, "nsubj") >= 0 && r.d.Child(i, "cop", "det") < 0 {
				r.verb(i) // "points out" taken for a noun
			}
			if !r.noWordFrom(i) {
				r.noun(i)
			}
		case "ADJ":
			if !r.unavailable(i) {
				r.adjective(i)
			}
		}
		r.phrase(i)
	}
}
