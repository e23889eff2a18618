package syntax

import (
	"math"

	"hearsay/ingest/syntax/nn"
)

// quantised is the trained network for inference.
func (n *network) quantised(vocab vocabulary, inv *inventory) *parser {
	p := &parser{shape: n.shape, inv: *inv, vocab: vocab}
	p.vectors, p.words, p.affixes = quantiseTable(n.vectors), quantiseTable(n.words), quantiseTable(n.affixes)
	p.in = nn.Quantise(n.win, n.bin)
	for _, b := range n.blocks {
		p.layers = append(p.layers, layer{b.kind, nn.Quantise(b.w, b.b), nn.Norm{Gain: b.gain.W, Bias: b.bias.W}})
	}
	p.upos, p.xpos, p.feats = n.upos.quantised(), n.xpos.quantised(), n.feats.quantised()
	p.dep, p.head = nn.Quantise(n.wdep, n.bdep), nn.Quantise(n.whead, n.bhead)
	p.arc = nn.Quantise(n.bilinear, n.headBias)
	p.near, p.labelDist = nn.Quantise(n.near, n.nearBias), n.ldist.W
	p.labelDep, p.labelHead = nn.Quantise(n.ldep, n.lbias), nn.Quantise(n.lhead, nil)
	p.labelClass, p.labelProduct = n.label.quantised(), nn.Quantise(n.product, nil)
	return p
}

func (c classifier) quantised() *nn.Quantised { return nn.Quantise(c.w, c.b) }

func quantiseTable(p *nn.Param) rowTable {
	t := rowTable{cols: p.Cols, q: make([]int8, len(p.W)), scale: make([]float32, p.Rows)}
	for r := range p.Rows {
		row := p.W[r*p.Cols : (r+1)*p.Cols]
		var top float32
		for _, v := range row {
			top = max(top, v, -v)
		}
		if top == 0 {
			continue
		}
		t.scale[r] = top / 127
		for j, v := range row {
			t.q[r*p.Cols+j] = int8(math.Round(float64(v / t.scale[r])))
		}
	}
	return t
}

// Model is the trained pipeline in its present state. Train must have run.
func (t *Trainer) Model() (*Model, error) {
	m := &Model{
		header: header{Format: formatVersion, Segmenter: segmenterVersion, Shape: t.net.shape, Epochs: t.Epochs,
			Inventory: t.inv, Corpora: t.corpora, Scores: t.scores},
		tokeniser: t.tokeniser, splitter: t.splitter, lemmas: t.lemmas,
		parser: t.net.quantised(t.vocab, &t.inv),
	}
	m.lemmas.rank = m.parser.vocab.vectors.find
	return m, m.parser.check()
}
