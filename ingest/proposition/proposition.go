// Package proposition reads relations off the trees: who does what to whom, with
// polarity, certainty, quantities, times and places.
//
// One reading of each clause (a frame) serves both outputs: Extract makes the
// document's propositions of it, Tuples the relation tuples of one sentence.
// The line is that of ClausIE (Del Corro and Gemulla 2013) and MinIE (Gashteovski
// et al. 2017): a clause is read as a whole, and its arguments are cut down to
// what restricts them. Who says a thing is none of this package's business.
package proposition

import (
	"strings"

	"hearsay/ingest/news"
)

// Extract fills d.Propositions, in the order of the text. It needs the trees and
// reads the mentions where they are there; it leaves ids and labels to
// Document.IdentifyPropositions.
// Relations are named by p, nil for the built-in table.
func Extract(d *news.Document, p *Predicates) {
	d.IndexTrees()
	d.Propositions = d.Propositions[:0]
	r := newReader(d)
	if r.predicates = p; p == nil {
		r.predicates = DefaultPredicates()
	}
	for s := range d.Sentences {
		if d.Sentences[s].Kind == news.Boilerplate {
			continue
		}
		for i := range r.read(s) {
			r.propose(&r.frames[i])
		}
	}
}

// reader holds what is kept while a document is read. It is not safe for
// concurrent use.
type reader struct {
	d        *news.Document
	sentence int
	frames   []frame // of the sentence
	arena    []int   // backs the token lists of the frames
	mention  []int32 // by token: index into d.Mentions + 1 of the widest mention it heads
	lower    []string
	except   int  // token whose subtree extents leave out, -1 for none
	question bool // the sentence asks

	note bool   // keep the features of tuples, to fit the model
	buf  []byte // names of features

	predicates *Predicates
	embedding  *embedding
}

func newReader(d *news.Document) *reader {
	r := &reader{d: d, mention: make([]int32, len(d.Tokens)), lower: make([]string, len(d.Tokens)), embedding: embeddings(), except: -1}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Head < 0 || m.Head >= len(r.mention) {
			continue
		}
		if k := r.mention[m.Head]; k == 0 || d.Mentions[k-1].Len() < m.Len() {
			r.mention[m.Head] = int32(i + 1)
		}
	}
	for i := range d.Tokens {
		r.lower[i] = strings.ToLower(d.Form(i))
	}
	return r
}

// read finds the frames of sentence s.
func (r *reader) read(s int) []frame {
	r.enter(s)
	r.frames = r.frames[:0]
	sent := &r.d.Sentences[s]
	for i := sent.First; i < sent.End; i++ {
		r.clause(i)
		r.nominal(i)
	}
	return r.frames
}

// enter moves to sentence s.
func (r *reader) enter(s int) {
	r.sentence = s
	r.arena = r.arena[:0]
	r.question = r.isQuestion(s)
}

// lemma is the lemma of token i, its lower-case form where there is none.
func (r *reader) lemma(i int) string {
	if l := r.d.Tokens[i].Lemma; l != "" && l != "_" {
		return l
	}
	return r.lower[i]
}

// rel reports whether token i has one of the relations; one without subtype
// matches its subtypes too.
func (r *reader) rel(i int, rels ...string) bool {
	for _, s := range rels {
		if news.IsRel(r.d.Tokens[i].Deprel, s) {
			return true
		}
	}
	return false
}

func (r *reader) upos(i int) string { return r.d.Tokens[i].UPOS }
func (r *reader) xpos(i int) string { return r.d.Tokens[i].XPOS }

// isNominal reports whether token i can stand for a participant.
func (r *reader) isNominal(i int) bool {
	switch r.upos(i) {
	case "NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "DET":
		return true
	}
	return false
}
