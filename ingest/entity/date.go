package entity

import (
	"time"

	"hearsay/ingest/news"
)

// Date is the document's own date, at midnight UTC: d.Published where that is
// known, else a full date in a dateline, else one that stands alone in a line of
// the first or last 600 bytes. It is zero where there is none: a date spoken of in the
// text is not taken for the document's.
func Date(d *news.Document) time.Time {
	if !d.Published.IsZero() {
		return d.Published
	}
	for s := range d.Sentences {
		sent := &d.Sentences[s]
		early := sent.Start < 600
		if !early && sent.Start < len(d.Text)-600 {
			continue
		}
		c := clock{d: d, first: sent.First, end: sent.End}
		for i := sent.First; i < min(sent.End, sent.First+12); i++ {
			x, ok := c.dateAt(i)
			if !ok {
				continue
			}
			day, err := time.Parse("2006-01-02", x.value)
			if err == nil && (sent.Kind == news.Dateline || alone(d, sent, x)) {
				return day
			}
		}
	}
	return time.Time{}
}

// alone reports whether little stands in the sentence beside the date: a dateline
// such as "SEOUL, May 16, 2017 -", "Thursday, February 23, 2006", "Published: …".
func alone(d *news.Document, s *news.Sentence, x expression) bool {
	words, verbs := 0, 0
	for i := s.First; i < s.End; i++ {
		if i >= x.first && i <= x.last {
			continue
		}
		if u := d.Tokens[i].UPOS; u == "VERB" || u == "AUX" {
			verbs++
		}
		if d.Tokens[i].UPOS != "PUNCT" {
			words++
		}
	}
	return words <= 4 && verbs <= 1 || x.first-s.First <= 4 && dashed(d, x.last+1, s.End)
}

// dashed reports whether a dash follows, with at most an outlet in brackets before it.
func dashed(d *news.Document, i, end int) bool {
	for n := 0; i < end && n < 5; i, n = i+1, n+1 {
		switch d.Form(i) {
		case "-", "–", "—", "--":
			return true
		}
	}
	return false
}
