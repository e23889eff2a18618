package syntax

import (
	"strconv"
	"strings"

	"hearsay/ingest/news"
	"hearsay/ingest/syntax/conllu"
)

// CoNLLU gives the sentences of an annotated document as CoNLL-U: contractions
// have a range, MISC has SpaceAfter=No, TokenRange in code points, and NE in
// names.
func CoNLLU(d *news.Document) []*conllu.Sentence {
	o := news.NewOffsets(d.Text)
	names := nameTags(d)
	out := make([]*conllu.Sentence, 0, len(d.Sentences))
	for k := range d.Sentences {
		s := &d.Sentences[k]
		c := &conllu.Sentence{ID: d.ID + "-" + strconv.Itoa(k+1), Text: oneLine(d.Slice(s.Span)), Doc: d.ID,
			NewDoc: k == 0, NewPar: s.NewPar}
		for t := s.First; t < s.End; t++ {
			tok := &d.Tokens[t]
			w := conllu.Word{Form: d.Form(t), Lemma: tok.Lemma, UPOS: tok.UPOS, XPOS: tok.XPOS, Feats: tok.Feats,
				Deprel: tok.Deprel, NoSpace: t+1 < len(d.Tokens) && d.Tokens[t+1].Start == tok.End}
			if tok.Head != 0 {
				w.Head = t + tok.Head - s.First + 1
			}
			at := o.Span(tok.Span)
			var misc []string
			if names[t] != "" {
				misc = append(misc, "NE="+names[t])
			}
			if w.NoSpace && !continues(d, s, t+1) && !continues(d, s, t) { // a range says it for its words
				misc = append(misc, "SpaceAfter=No")
			}
			w.Misc = strings.Join(append(misc, "TokenRange="+strconv.Itoa(at.Start)+":"+strconv.Itoa(at.End)), "|")
			c.Words = append(c.Words, w)
		}
		c.Ranges = contractions(d, s)
		out = append(out, c)
	}
	return out
}

// oneLine is a text with its runs of white space made one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// clitics are the second words of contractions, in lower case.
var clitics = map[string]bool{"n't": true, "'s": true, "'m": true, "'re": true, "'ve": true, "'ll": true, "'d": true,
	"'": true, "nt": true, "not": true, "na": true, "ta": true, "s": true, "m": true, "re": true, "ve": true,
	"ll": true, "d": true, "me": true, "mme": true, "u": true}

// continues reports whether token t of sentence s is the second word of a
// contraction: it follows a word without a space, and is written as one that
// leans on it.
func continues(d *news.Document, s *news.Sentence, t int) bool {
	if t <= s.First || t >= s.End || d.Tokens[t-1].End != d.Tokens[t].Start {
		return false
	}
	form := strings.ToLower(plain(d.Form(t)))
	if !clitics[form] || d.Tokens[t].UPOS == "PUNCT" {
		return false
	}
	before := d.Form(t - 1)
	return class(lastRune(before, 0, len(before))) != classMark || strings.HasPrefix(form, "'")
}

// contractions are the ranges of words that are written as one.
func contractions(d *news.Document, s *news.Sentence) []conllu.Range {
	var out []conllu.Range
	for t := s.First + 1; t < s.End; t++ {
		if !continues(d, s, t) {
			continue
		}
		first := t - 1
		for t+1 < s.End && continues(d, s, t+1) {
			t++
		}
		out = append(out, conllu.Range{First: first - s.First, Last: t - s.First,
			Form:    d.Text[d.Tokens[first].Start:d.Tokens[t].End],
			NoSpace: t+1 < len(d.Tokens) && d.Tokens[t+1].Start == d.Tokens[t].End})
	}
	return out
}

// nameTypes are the types of names in the NE column.
var nameTypes = map[news.EntityType]string{news.Person: "PERSON", news.Organization: "ORG", news.Location: "LOC",
	news.Malware: "MALWARE", news.ThreatActor: "ACTOR", news.Vulnerability: "VULN",
	news.Event: "MISC", news.Product: "MISC", news.Work: "MISC", news.Other: "MISC"}

// nameTags gives every token its NE tag, "" outside names. Of nested names the
// outermost, which comes first, counts.
func nameTags(d *news.Document) []string {
	tags := make([]string, len(d.Tokens))
	for i := range d.Mentions {
		m := &d.Mentions[i]
		kind := nameTypes[m.Type]
		if m.Kind != news.Name || kind == "" {
			continue
		}
		prefix := "B-"
		for t := d.TokenAt(m.Start); t < len(d.Tokens) && d.Tokens[t].Start < m.End; t++ {
			if tags[t] == "" {
				tags[t] = prefix + kind
				prefix = "I-"
			}
		}
	}
	return tags
}

// Predict replaces tags, features, lemmas, heads and relations of sentences
// whose words are given; MISC, ranges and comments stay.
func (m *Model) Predict(all []*conllu.Sentence) {
	d := &news.Document{}
	var text strings.Builder
	for _, s := range all {
		first := len(d.Tokens)
		for i := range s.Words {
			start := text.Len()
			text.WriteString(s.Words[i].Form)
			d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: start, End: text.Len()}})
		}
		d.Sentences = append(d.Sentences, news.Sentence{First: first, End: len(d.Tokens)})
	}
	d.Text = text.String()
	m.Parse(d)
	for k, s := range all {
		first := d.Sentences[k].First
		for i := range s.Words {
			w, tok := &s.Words[i], &d.Tokens[first+i]
			w.Lemma, w.UPOS, w.XPOS, w.Feats, w.Deprel = tok.Lemma, tok.UPOS, tok.XPOS, tok.Feats, tok.Deprel
			w.Head = 0
			if tok.Head != 0 {
				w.Head = i + 1 + tok.Head
			}
		}
	}
}
