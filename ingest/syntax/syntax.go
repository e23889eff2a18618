// Package syntax finds sentences and tokens, tags them, finds their lemmas, and
// parses each sentence into a Universal Dependencies tree.
//
// Sentence borders and cuts inside words are decided by linear classifiers, tags
// and trees by one network of convolutions and gated recurrences with a biaffine
// parser on top (Dozat and Manning 2017), lemmas by rules on endings. All are
// learned from treebanks by Trainer and embedded as one file; MODEL.md beside it
// says what it was made from and how good it is.
package syntax

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"hearsay/ingest/news"
)

// Model is a trained pipeline. It is safe for concurrent use.
type Model struct {
	header    header
	tokeniser *tokeniser
	splitter  *splitter
	lemmas    *lemmatiser
	parser    *parser
	pool      sync.Pool // of *worker
}

// worker is the memory of one Annotate.
type worker struct {
	scratch
	cut      cutBuffer
	view     view
	features []uint32
	starts   []int
	spans    []news.Span
	pieces   []piece
	lemmas   map[lemmaKey]string
}

type lemmaKey struct {
	form       string
	upos, xpos int
}

//go:embed model/syntax.bin
var embedded []byte

var defaultModel = sync.OnceValues(func() (*Model, error) {
	m, err := Load(embedded)
	if err != nil {
		return nil, fmt.Errorf("embedded model: %w", err)
	}
	return m, nil
})

// Default is the embedded model, loaded once.
func Default() (*Model, error) { return defaultModel() }

func (m *Model) worker() *worker {
	if w, ok := m.pool.Get().(*worker); ok {
		return w
	}
	return &worker{lemmas: map[lemmaKey]string{}}
}

// Annotate fills Sentences, Tokens and Quotes from d.Text and d.Regions and
// indexes the trees. No sentence crosses the border of a region or
// an empty line. A sentence is cut after 250 tokens.
func (m *Model) Annotate(d *news.Document) {
	w := m.worker()
	defer m.pool.Put(w)
	m.segment(d, w)
	m.parse(d, w)
	d.IndexTrees()
	FindQuotes(d)
}

// Parse tags and parses a document whose Sentences and Tokens are already set,
// and leaves both as they are.
func (m *Model) Parse(d *news.Document) {
	w := m.worker()
	defer m.pool.Put(w)
	m.parse(d, w)
	d.IndexTrees()
}

// segment sets Sentences and the spans of Tokens.
func (m *Model) segment(d *news.Document, w *worker) {
	d.Sentences, d.Tokens = d.Sentences[:0], d.Tokens[:0]
	for _, p := range paragraphs(d) {
		w.spans = m.tokeniser.tokens(w.spans[:0], d.Text, p.Start, p.End, &w.cut)
		if len(w.spans) == 0 {
			continue
		}
		w.view.look(d.Text, p.Start, p.End, w.spans)
		w.starts, w.features = m.splitter.sentences(w.starts[:0], &w.view, w.features)
		first := len(d.Tokens)
		for _, s := range w.spans {
			d.Tokens = append(d.Tokens, news.Token{Span: s})
		}
		from := 0
		for k := 0; k <= len(w.starts); k++ {
			to := len(w.spans)
			if k < len(w.starts) {
				to = w.starts[k]
			}
			d.Sentences = append(d.Sentences, news.Sentence{
				Span:  news.Span{Start: w.spans[from].Start, End: w.spans[to-1].End},
				First: first + from, End: first + to, Kind: p.Kind, NewPar: from == 0 && p.newPar})
			from = to
		}
	}
}

// paragraph is a stretch of text of one kind without an empty line.
type paragraph struct {
	news.Region
	newPar bool
}

// paragraphs cuts the text at empty lines and at the borders of regions.
func paragraphs(d *news.Document) []paragraph {
	type border struct {
		at  int
		par bool
	}
	var borders []border
	for _, r := range d.Regions {
		borders = append(borders, border{r.Start, true}, border{r.End, true})
	}
	for i := 0; i < len(d.Text); {
		n := strings.IndexByte(d.Text[i:], '\n')
		if n < 0 {
			break
		}
		i += n + 1
		blank := i
		for blank < len(d.Text) && d.Text[blank] != '\n' && unicode.IsSpace(rune(d.Text[blank])) {
			blank++
		}
		if blank < len(d.Text) && d.Text[blank] == '\n' {
			borders = append(borders, border{i, true})
		}
		i = max(i, blank)
	}
	borders = append(borders, border{len(d.Text), true})
	slices.SortFunc(borders, func(a, b border) int { return a.at - b.at })
	var out []paragraph
	from, region := 0, 0
	for _, b := range borders {
		if b.at <= from || b.at > len(d.Text) {
			continue
		}
		p := paragraph{Region: news.Region{Span: news.Span{Start: from, End: b.at}}, newPar: true}
		for region < len(d.Regions) && d.Regions[region].End <= from {
			region++
		}
		if region < len(d.Regions) && d.Regions[region].Start <= from {
			p.Kind = d.Regions[region].Kind
		}
		out = append(out, p)
		from = b.at
	}
	return out
}

// parse tags, lemmatises and parses all sentences, some at a time. A given
// sentence that is longer than longestGiven is parsed piece by piece, since
// the parser's memory grows with the square of what it sees at once: the roots of
// the later pieces hang under that of the first.
func (m *Model) parse(d *news.Document, w *worker) {
	pieces := w.pieces[:0]
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for from := s.First; from < s.End; from += longestGiven {
			pieces = append(pieces, piece{s.First, from, min(from+longestGiven, s.End)})
		}
	}
	w.pieces = pieces
	for i := 0; i < len(pieces); {
		first := i
		w.begin()
		for rows := 0; i < len(pieces) && rows < rowsPerPass; i++ {
			p := pieces[i]
			w.add(m.parser, func(yield func(string) bool) {
				for t := p.first; t < p.end && yield(d.Form(t)); t++ {
				}
			})
			rows += p.end - p.first + 1
		}
		m.parser.parse(&w.scratch)
		row := 0
		for _, p := range pieces[first:i] {
			row++
			for t := p.first; t < p.end; t++ {
				m.fill(d, w, t, &w.out[row], t-p.first+1)
				row++
			}
			if p.first > p.sentence {
				hang(d, p)
			}
		}
	}
}

// longestGiven is the length in tokens of what is parsed at once; the segmenter's
// own sentences are never longer.
const longestGiven = longestSentence + 1

// piece is a run of tokens that is parsed at once, of the sentence that begins
// with token sentence.
type piece struct{ sentence, first, end int }

// hang attaches the root of a later piece to the root of its sentence.
func hang(d *news.Document, p piece) {
	root := p.sentence
	for d.Tokens[root].Head != 0 {
		root += d.Tokens[root].Head
	}
	for t := p.first; t < p.end; t++ {
		if d.Tokens[t].Head == 0 {
			d.Tokens[t].Head, d.Tokens[t].Deprel = root-t, "parataxis"
		}
	}
}

// fill writes one analysis into token t, which is the n-th of its sentence.
func (m *Model) fill(d *news.Document, w *worker, t int, a *analysis, n int) {
	inv := &m.parser.inv
	tok := &d.Tokens[t]
	tok.UPOS, tok.XPOS, tok.Feats, tok.Deprel = inv.UPOS[a.upos], inv.XPOS[a.xpos], inv.Feats[a.feats], inv.Deprel[a.deprel]
	tok.Head = 0
	if a.head > 0 {
		tok.Head = a.head - n
	}
	key := lemmaKey{d.Form(t), a.upos, a.xpos}
	lemma, ok := w.lemmas[key]
	if !ok {
		if len(w.lemmas) >= cacheLimit {
			clear(w.lemmas)
		}
		lemma = m.lemmas.lemma(key.form, tok.UPOS, tok.XPOS)
		key.form = strings.Clone(key.form)
		lemma = strings.Clone(lemma)
		w.lemmas[key] = lemma
	}
	tok.Lemma = lemma
}
