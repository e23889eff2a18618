package syntax

import (
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"hearsay/ingest/syntax/conllu"
)

// Retrain makes a model of the network of an earlier one, the file at path, with
// tokeniser, splitter and lemmatiser learned anew from the treebanks. Its bytes
// are those that Train gives when it arrives at that network. Of t only Data and
// Log are used.
func (t *Trainer) Retrain(path string) (*Model, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("network of %s: %w", path, err)
	}
	train, dev, sums, err := treebanks(t.Data)
	if err != nil {
		return nil, err
	}
	var other []string
	for name, sum := range sums {
		if m.header.Corpora[name] != sum {
			other = append(other, name)
		}
	}
	if len(other) > 0 {
		slices.Sort(other)
		return nil, fmt.Errorf("network of %s was trained from other treebanks than those under %s: see %s",
			path, t.Data, strings.Join(other, ", "))
	}
	text := passages(train)
	m.tokeniser, m.splitter, m.lemmas = trainTokeniser(text), trainSplitter(text), trainLemmas(train)
	m.lemmas.rank = m.parser.vocab.vectors.find
	m.header.Segmenter = segmenterVersion
	m.header.Scores = m.devScores(dev, t.Log)
	return m, nil
}

// devScores measures the model on the development parts, on gold tokens, and
// logs it: the accuracies in percent by corpus and metric.
func (m *Model) devScores(dev []*conllu.Sentence, log io.Writer) map[string]float64 {
	out := map[string]float64{}
	for _, corpus := range []string{"EWT", "GUM"} {
		var part []*conllu.Sentence
		for _, s := range dev {
			if strings.HasPrefix(s.Doc, "GUM") == (corpus == "GUM") {
				part = append(part, s)
			}
		}
		scores := m.accuracy(part)
		fmt.Fprintf(log, "  dev %s ", corpus)
		for k, name := range []string{"UPOS", "XPOS", "feats", "lemma", "UAS", "LAS"} {
			fmt.Fprintf(log, " %s %.2f", name, scores[k])
			out[corpus+" "+name] = math.Round(scores[k]*100) / 100
		}
		fmt.Fprintln(log)
	}
	return out
}
