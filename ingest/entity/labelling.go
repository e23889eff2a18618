package entity

import "hearsay/ingest/news"

// NameSpan is a name found in a sample: its first and last word.
type NameSpan struct {
	First, Last int
	Type        news.EntityType
}

// Names finds the names of samples by the recogniser alone, without grammars and
// known entities: what training measures itself by.
func (m *Recogniser) Names(samples []Sample, known *Known) [][]NameSpan {
	docs := map[int]written{}
	for i := range samples {
		s := &samples[i]
		if docs[s.Doc] == nil {
			docs[s.Doc] = written{}
		}
		docs[s.Doc].note(s.words())
	}
	out := make([][]NameSpan, len(samples))
	var views []view
	for i := range samples {
		s := &samples[i]
		views = look(views[:0], facts(), m.cluster, s.words(), docs[s.Doc], known.labelsOf(s.Words))
		m.names(views, func(first, last int, t news.EntityType) {
			out[i] = append(out[i], NameSpan{first, last, t})
		})
	}
	return out
}
