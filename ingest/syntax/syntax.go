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
	begins   []int
	markup   []news.Span // of the paragraph
	shown    []int       // the tokens of a document that are no markup
	parsed   []int       // those that the parser sees
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
	m.parse(d, w, true)
	d.IndexTrees()
	complements(d)
	FindQuotes(d)
}

// Parse tags and parses a document whose Sentences and Tokens are already set,
// and leaves both as they are.
func (m *Model) Parse(d *news.Document) {
	w := m.worker()
	defer m.pool.Put(w)
	m.parse(d, w, false)
	d.IndexTrees()
	complements(d)
}

// segment sets Sentences and the spans of Tokens, and w.shown.
func (m *Model) segment(d *news.Document, w *worker) {
	d.Sentences, d.Tokens, w.shown = d.Sentences[:0], d.Tokens[:0], w.shown[:0]
	for _, p := range paragraphs(d) {
		w.markup = markup(w.markup[:0], d.Text, p.Start, p.End)
		w.spans = m.tokeniser.tokens(w.spans[:0], d.Text, p.Start, p.End, w.markup, &w.cut)
		if len(w.spans) == 0 {
			continue
		}
		w.view.look(d.Text, p.Start, p.End, w.spans, w.markup)
		w.starts, w.features = m.splitter.sentences(w.starts[:0], &w.view, w.features)
		w.begins = w.view.withMarkup(w.begins[:0], w.starts, w.spans)
		first := len(d.Tokens)
		for _, s := range w.spans {
			d.Tokens = append(d.Tokens, news.Token{Span: s})
		}
		for k := range w.view.words {
			w.shown = append(w.shown, first+w.view.words[k].token)
		}
		from := 0
		for k := 0; k <= len(w.begins); k++ {
			to := len(w.spans)
			if k < len(w.begins) {
				to = w.begins[k]
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

// parse tags, lemmatises and parses all sentences, some at a time; hide leaves
// out the markup that segment found.
func (m *Model) parse(d *news.Document, w *worker, hide bool) {
	w.plan(d, hide)
	for i := 0; i < len(w.pieces); {
		first := i
		w.begin()
		for rows := 0; i < len(w.pieces) && rows < rowsPerPass; i++ {
			tokens := w.pieces[i].tokens(w)
			w.add(m.parser, func(yield func(string) bool) {
				for k := 0; k < len(tokens) && yield(d.Form(tokens[k])); k++ {
				}
			})
			rows += len(tokens) + 1
		}
		m.parser.parse(&w.scratch)
		row := 0
		for _, p := range w.pieces[first:i] {
			tokens := p.tokens(w)
			for k, t := range tokens {
				a := &w.out[row+1+k]
				m.fill(d, w, t, a)
				if a.head > 0 {
					d.Tokens[t].Head = tokens[a.head-1] - t
				}
			}
			row += 1 + len(tokens)
			if p.first > p.sentence {
				hang(d, w.parsed[p.sentence], tokens)
			}
		}
	}
	if len(w.parsed) < len(d.Tokens) {
		w.hangMarkup(d)
	}
}

// longestGiven is the length in tokens of what is parsed at once; the segmenter's
// own sentences are never longer.
const longestGiven = longestSentence + 1

// piece is a run of parsed tokens that go through the parser together, of the
// sentence that begins with the parsed token number sentence.
type piece struct{ sentence, first, end int }

func (p *piece) tokens(w *worker) []int { return w.parsed[p.first:p.end] }

// plan lists the tokens to parse: all, or those that are no markup, unless a
// sentence has no others. A given sentence that is longer than longestGiven is
// parsed piece by piece, since the parser's memory grows with the square of what
// it sees at once.
func (w *worker) plan(d *news.Document, hide bool) {
	w.parsed, w.pieces = w.parsed[:0], w.pieces[:0]
	shown := w.shown
	for i := range d.Sentences {
		s, first := &d.Sentences[i], len(w.parsed)
		for hide && len(shown) > 0 && shown[0] < s.End {
			w.parsed, shown = append(w.parsed, shown[0]), shown[1:]
		}
		if len(w.parsed) == first {
			for t := s.First; t < s.End; t++ {
				w.parsed = append(w.parsed, t)
			}
		}
		for from := first; from < len(w.parsed); from += longestGiven {
			w.pieces = append(w.pieces, piece{first, from, min(from+longestGiven, len(w.parsed))})
		}
	}
}

// hang attaches the root of a later piece to the root of its sentence, which
// begins with token first.
func hang(d *news.Document, first int, tokens []int) {
	root := first
	for d.Tokens[root].Head != 0 {
		root += d.Tokens[root].Head
	}
	for _, t := range tokens {
		if d.Tokens[t].Head == 0 {
			d.Tokens[t].Head, d.Tokens[t].Deprel = root-t, "parataxis"
		}
	}
}

// hangMarkup attaches the tokens that weren't parsed, as punctuation, to a
// neighbour that was: the one that they touch, else the one before.
func (w *worker) hangMarkup(d *news.Document) {
	next := 0 // in w.parsed
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for t := s.First; t < s.End; t++ {
			if next < len(w.parsed) && w.parsed[next] == t {
				next++
				continue
			}
			head := -1
			if next > 0 && w.parsed[next-1] >= s.First {
				head = w.parsed[next-1]
			}
			if next < len(w.parsed) && w.parsed[next] < s.End && (head < 0 ||
				d.Tokens[t].End == d.Tokens[t+1].Start && d.Tokens[t-1].End < d.Tokens[t].Start) {
				head = w.parsed[next]
			}
			tok := &d.Tokens[t]
			tok.UPOS, tok.XPOS, tok.Feats, tok.Lemma, tok.Deprel, tok.Head = "PUNCT", "NFP", "_", d.Form(t), "punct", head-t
		}
	}
}

// fill writes one analysis, its head aside, into token t.
func (m *Model) fill(d *news.Document, w *worker, t int, a *analysis) {
	inv := &m.parser.inv
	tok := &d.Tokens[t]
	tok.UPOS, tok.XPOS, tok.Feats, tok.Deprel = inv.UPOS[a.upos], inv.XPOS[a.xpos], inv.Feats[a.feats], inv.Deprel[a.deprel]
	tok.Head = 0
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
