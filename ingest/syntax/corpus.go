package syntax

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hearsay/ingest/syntax/conllu"
	"hearsay/ingest/syntax/nn"
)

// material is what all networks of a training learn from.
type material struct {
	train, dev []*conllu.Sentence
	corpora    map[string]string // checksums by file name
	texts      []string
	vectors    *wordVectors
	pretrained int // vectors before those made from the plain texts
	tokeniser  *tokeniser
	splitter   *splitter
	lemmas     *lemmatiser
}

// readMaterial reads the data under dir and the vectors, and trains what is not
// a network.
func readMaterial(dir, vectors string) (m *material, err error) {
	m = &material{}
	if m.train, m.dev, m.corpora, err = treebanks(dir); err != nil {
		return nil, err
	}
	if m.vectors, err = readVectors(vectors); err != nil {
		return nil, err
	}
	if m.corpora[filepath.Base(vectors)], err = checksum(vectors); err != nil {
		return nil, err
	}
	if m.texts, err = plainTexts(filepath.Join(dir, "text")); err != nil {
		return nil, err
	}
	more, err := induced(m.texts, m.vectors)
	if err != nil {
		return nil, fmt.Errorf("vectors of new words: %w", err)
	}
	m.pretrained = len(m.vectors.words)
	m.vectors.words, m.vectors.rows = append(m.vectors.words, more.words...), append(m.vectors.rows, more.rows...)
	text := passages(m.train)
	m.tokeniser, m.splitter, m.lemmas = trainTokeniser(text), trainSplitter(text), trainLemmas(m.train)
	return m, nil
}

// treebanks reads the training and development parts under dir, and the
// checksums of the training files by name.
func treebanks(dir string) (train, dev []*conllu.Sentence, sums map[string]string, err error) {
	sums = map[string]string{}
	read := func(pattern string, sum bool) (all []*conllu.Sentence) {
		paths, _ := filepath.Glob(filepath.Join(dir, "parse", pattern))
		if len(paths) == 0 && err == nil {
			err = fmt.Errorf("no treebank %s", filepath.Join(dir, "parse", pattern))
		}
		for _, p := range paths {
			s, e := conllu.ReadFile(p)
			if e == nil && sum {
				sums[filepath.Base(p)], e = checksum(p)
			}
			if e != nil && err == nil {
				err = fmt.Errorf("read treebank: %w", e)
			}
			all = append(all, s...)
		}
		return all
	}
	train = append(read("*-ud-train.conllu", true), read("gum-open-train/*.conllu", true)...)
	dev = append(read("*-ud-dev.conllu", false), read("gum-open-dev/*.conllu", false)...)
	return train, dev, sums, err
}

// buildVocabulary numbers the words that stand in the treebanks twice or more,
// and those that stand in the silver sentences often.
func (t *Trainer) buildVocabulary(silver []*conllu.Sentence) {
	var words []string
	known := map[string]bool{}
	number := func(all []*conllu.Sentence, enough int) {
		count := map[string]int{}
		for _, s := range all {
			for i := range s.Words {
				key := wordKey(s.Words[i].Form)
				if count[key]++; count[key] == enough && !known[key] {
					known[key] = true
					words = append(words, key)
				}
			}
		}
	}
	number(t.train, 2)
	number(silver, silverCount)
	t.vocab.words = indexOf(words)
}

// keepVectors keeps the vectors of the most frequent words and of all words of
// the training data.
func (t *Trainer) keepVectors(v *wordVectors) {
	seen := map[string]bool{}
	for _, s := range t.train {
		for i := range s.Words {
			seen[strings.ToLower(plain(s.Words[i].Form))] = true
		}
	}
	var words []string
	var kept [][]float32
	for i, w := range v.words {
		if i < t.Words || seen[w] || i >= t.pretrained {
			words, kept = append(words, w), append(kept, v.rows[i])
		}
	}
	t.vocab.vectors = indexOf(words)
	t.net.vectors = nn.Fixed("vectors", len(kept), vectorSize)
	for r, row := range kept {
		storeQuantised(t.net.vectors.W[r*vectorSize:(r+1)*vectorSize], row)
	}
}

// storeQuantised stores a vector as the int8 model will hold it, so that
// training sees the same values.
func storeQuantised(dst, row []float32) {
	const scale = 0.4 // brings GloVe's values near the deviation of the other inputs
	var top float32
	for _, v := range row {
		top = max(top, v, -v)
	}
	if top == 0 {
		return
	}
	unit := top * scale / 127
	for j, v := range row {
		dst[j] = float32(math.Round(float64(v*scale/unit))) * unit
	}
}

// buildInventory lists the labels of the training data, the most frequent first.
func (t *Trainer) buildInventory() {
	list := func(of func(*conllu.Word) string) []string {
		count := map[string]int{}
		for _, s := range t.train {
			for i := range s.Words {
				count[of(&s.Words[i])]++
			}
		}
		var labels []string
		for l := range count {
			labels = append(labels, l)
		}
		slices.SortFunc(labels, func(a, b string) int {
			if count[a] != count[b] {
				return count[b] - count[a]
			}
			return strings.Compare(a, b)
		})
		return labels
	}
	t.inv.UPOS = list(func(w *conllu.Word) string { return w.UPOS })
	t.inv.XPOS = list(func(w *conllu.Word) string { return w.XPOS })
	t.inv.Feats = list(func(w *conllu.Word) string { return w.Feats })
	t.inv.Deprel = list(func(w *conllu.Word) string { return w.Deprel })
	t.inv.Tags = t.taggings()
}

// taggings lists the combinations of tags and features that stand in the
// training data twice or more, in order of their classes.
func (t *Trainer) taggings() []tagging {
	u, x, f := classes(t.inv.UPOS), classes(t.inv.XPOS), classes(t.inv.Feats)
	count := map[[3]int]int{}
	for _, s := range t.train {
		for i := range s.Words {
			w := &s.Words[i]
			count[[3]int{int(u[w.UPOS]), int(x[w.XPOS]), int(f[w.Feats])}]++
		}
	}
	var keys [][3]int
	for k, n := range count {
		if n >= 2 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b [3]int) int { return slices.Compare(a[:], b[:]) })
	var out []tagging
	for _, k := range keys {
		if n := len(out); n == 0 || out[n-1].UPOS != k[0] || out[n-1].XPOS != k[1] {
			out = append(out, tagging{UPOS: k[0], XPOS: k[1]})
		}
		last := &out[len(out)-1]
		last.Feats = append(last.Feats, k[2])
	}
	return out
}

// example is one training sentence, its root first.
type example struct {
	tokens                          []features
	variants                        [][]features // the same words in capitals, and as a headline
	final                           bool         // ends with a mark that nothing hangs from
	upos, xpos, feats, deprel, head []int32
}

func classes(labels []string) map[string]int32 {
	m := make(map[string]int32, len(labels))
	for i, l := range labels {
		m[l] = int32(i)
	}
	return m
}

// exampleList turns sentences into examples, overlong ones left out.
func (t *Trainer) exampleList(all []*conllu.Sentence) []example {
	u, x, f, d := classes(t.inv.UPOS), classes(t.inv.XPOS), classes(t.inv.Feats), classes(t.inv.Deprel)
	class := func(m map[string]int32, label string) int32 {
		if c, ok := m[label]; ok {
			return c
		}
		return -1
	}
	root := t.vocab.of(rootForm)
	root.word = rootWord
	var out []example
	for _, s := range all {
		if len(s.Words) >= longest {
			continue
		}
		e := example{tokens: []features{root}, variants: [][]features{{root}, {root}}, upos: []int32{-1},
			xpos: []int32{-1}, feats: []int32{-1}, deprel: []int32{-1}, head: []int32{-1}}
		last := len(s.Words)
		e.final = last > 2 && s.Words[last-1].UPOS == "PUNCT"
		for i := range s.Words {
			w := &s.Words[i]
			e.tokens = append(e.tokens, t.vocab.of(w.Form))
			e.variants[0] = append(e.variants[0], t.vocab.of(strings.ToUpper(w.Form)))
			e.variants[1] = append(e.variants[1], t.vocab.of(titleCase(w)))
			e.upos = append(e.upos, class(u, w.UPOS))
			e.xpos = append(e.xpos, class(x, w.XPOS))
			e.feats = append(e.feats, class(f, w.Feats))
			e.deprel = append(e.deprel, class(d, w.Deprel))
			e.head = append(e.head, int32(w.Head))
			e.final = e.final && w.Head != last
		}
		out = append(out, e)
	}
	return out
}

// titleCase is a word as headlines write it.
func titleCase(w *conllu.Word) string {
	switch w.UPOS {
	case "NOUN", "VERB", "ADJ", "ADV", "PRON", "AUX", "SCONJ", "NUM":
		if w.Form != "" && letter(w.Form[0]) {
			return strings.ToUpper(w.Form[:1]) + w.Form[1:]
		}
	}
	return w.Form
}

// The share of sentences that training sees in capitals, as headlines, and
// without their final mark.
const (
	shareUpper   = 0.02
	shareTitle   = 0.03
	shareUnended = 0.04
)

// varied is the example as one epoch sees it; chance is uniform in [0, 1).
func (e *example) varied(chance float32) (tokens []features, n int) {
	tokens, n = e.tokens, len(e.tokens)
	switch {
	case chance < shareUpper:
		tokens = e.variants[0]
	case chance < shareUpper+shareTitle:
		tokens = e.variants[1]
	}
	if e.final && (chance < shareUpper || chance > 1-shareUnended) {
		n--
	}
	return tokens[:n], n
}

// checksum is the SHA-256 of a file.
func checksum(path string) (string, error) {
	data, err := os.ReadFile(path)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), err
}
