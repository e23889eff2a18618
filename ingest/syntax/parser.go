package syntax

import (
	"strings"

	"hearsay/ingest/syntax/nn"
)

// rowTable is a table of vectors in int8 with one scale a row.
type rowTable struct {
	cols  int
	q     []int8
	scale []float32
}

// copyRow writes row r to dst.
func (t *rowTable) copyRow(dst []float32, r int32) {
	scale := t.scale[r]
	for j, v := range t.q[int(r)*t.cols : (int(r)+1)*t.cols] {
		dst[j] = float32(v) * scale
	}
}

// layer is a block of the encoder for inference.
type layer struct {
	kind byte
	w    *nn.Quantised
	norm nn.Norm
}

// parser is the network for inference: int8 weights, and results that are the
// same on every machine.
type parser struct {
	shape Shape
	inv   inventory
	vocab vocabulary

	vectors, words, affixes         rowTable
	in                              *nn.Quantised
	layers                          []layer
	upos, xpos, feats               *nn.Quantised
	dep, head, arc, near            *nn.Quantised
	labelDep, labelHead, labelClass *nn.Quantised
	labelProduct                    *nn.Quantised
	labelDist                       []float32 // a row for each class of distance
	root                            int       // class of the relation "root"
}

// analysis is what the network finds out about one token; the root row's is
// empty.
type analysis struct {
	upos, xpos, feats, deprel int
	head                      int // row in its sentence, 0 for the root
}

// scratch is the memory of one parse, used again.
type scratch struct {
	cache  map[string]features
	tokens []features
	segs   []nn.Segment
	out    []analysis

	input, x, u           []float32
	upos, xpos, feats     []float32
	dep, head, arc, near  []float32
	ldep, lhead, pair, lz []float32
	product, lz2          []float32
	before                []uint32
	scores                []float32
	act, act2             nn.Activations
	rows                  nn.Quantised
	tree                  treeFinder
}

// rowsPerPass is the number of rows that go through the network together: few
// enough for the second-level cache.
const rowsPerPass = 192

// cacheLimit bounds the number of forms whose features are remembered.
const cacheLimit = 1 << 16

// begin starts a pass.
func (s *scratch) begin() { s.tokens, s.segs, s.before = s.tokens[:0], s.segs[:0], s.before[:0] }

// add appends a sentence to the pass.
func (s *scratch) add(p *parser, forms func(yield func(string) bool)) {
	at := len(s.tokens)
	root := p.vocab.of(rootForm)
	root.word = rootWord
	s.tokens = append(s.tokens, root)
	for form := range forms {
		f, ok := s.cache[form]
		if !ok {
			if s.cache == nil || len(s.cache) >= cacheLimit {
				s.cache = make(map[string]features, 1<<12)
			}
			f = p.vocab.of(form)
			s.cache[strings.Clone(form)] = f
		}
		s.tokens = append(s.tokens, f)
	}
	s.segs = append(s.segs, nn.Segment{Start: at, End: len(s.tokens)})
	var before uint32
	for _, f := range s.tokens[at:] {
		before += f.marks
		s.before = append(s.before, before)
	}
}

// parse fills s.out for the sentences that were added.
func (p *parser) parse(s *scratch) {
	rows, d := len(s.tokens), p.shape.Width
	p.encode(s)
	s.act.Set(s.x, rows, d)
	s.upos = p.upos.Apply(s.upos, &s.act)
	s.xpos = p.xpos.Apply(s.xpos, &s.act)
	s.feats = p.feats.Apply(s.feats, &s.act)
	s.dep = p.dep.Apply(s.dep, &s.act)
	s.head = p.head.Apply(s.head, &s.act)
	s.ldep = p.labelDep.Apply(s.ldep, &s.act)
	s.lhead = p.labelHead.Apply(s.lhead, &s.act)
	if cap(s.out) < rows {
		s.out = make([]analysis, rows+rows/2)
	}
	s.out = s.out[:rows]
	for r := range s.out {
		s.out[r] = p.tag(s.upos[r*p.upos.Out:], s.xpos[r*p.xpos.Out:], s.feats[r*p.feats.Out:])
	}
	p.attach(s, rows)
	p.name(s, rows)
}

// tag picks the pair of tags with the highest scores together, and the best
// features that go with it.
func (p *parser) tag(upos, xpos, feats []float32) analysis {
	best := &p.inv.Tags[0]
	top := upos[best.UPOS] + xpos[best.XPOS]
	for i := range p.inv.Tags {
		t := &p.inv.Tags[i]
		if v := upos[t.UPOS] + xpos[t.XPOS]; v > top {
			best, top = t, v
		}
	}
	a := analysis{upos: best.UPOS, xpos: best.XPOS, feats: best.Feats[0]}
	for _, f := range best.Feats[1:] {
		if feats[f] > feats[a.feats] {
			a.feats = f
		}
	}
	return a
}

// encode runs the encoder: the result is in s.x.
func (p *parser) encode(s *scratch) {
	rows, d := len(s.tokens), p.shape.Width
	if cap(s.input) < rows*inputSize {
		s.input = make([]float32, rows*inputSize*3/2)
	}
	s.input = s.input[:rows*inputSize]
	for r, t := range s.tokens {
		row := s.input[r*inputSize : (r+1)*inputSize]
		if t.vector >= 0 {
			p.vectors.copyRow(row, t.vector)
		} else {
			clear(row[:vectorSize])
		}
		p.words.copyRow(row[vectorSize:], t.word)
		for k, a := range t.affix {
			p.affixes.copyRow(row[vectorSize+wordSize+k*affixSize:], int32(k*affixRows)+a)
		}
	}
	s.act.Set(s.input, rows, inputSize)
	s.x = p.in.Apply(s.x, &s.act)
	nn.RectifyRows(s.x[:rows*d])
	for i := range p.layers {
		l := &p.layers[i]
		if l.kind == 'g' {
			s.act.Set(s.x, rows, d)
			s.u = l.w.Apply(s.u, &s.act)
			l.norm.AddRecur(s.x, s.u, d, s.segs)
			continue
		}
		s.act.SetWindow(s.x, rows, d, s.segs, int(l.kind-'0'))
		s.u = l.w.Apply(s.u, &s.act)
		l.norm.AddMaxout(s.x, s.u, rows, d)
	}
}

// attach finds the tree of every sentence.
func (p *parser) attach(s *scratch, rows int) {
	arc := p.shape.Arc
	nn.RectifyRows(s.dep[:rows*arc])
	nn.RectifyRows(s.head[:rows*arc])
	s.act2.Set(s.dep, rows, arc)
	s.arc = p.arc.Apply(s.arc, &s.act2)
	s.near = p.near.Apply(s.near, &s.act2)
	for _, seg := range s.segs {
		n := seg.End - seg.Start
		s.rows.Columns(s.head[seg.Start*arc:], n, arc)
		s.act2.Set(s.arc[seg.Start*arc:seg.End*arc], n, arc)
		s.scores = s.rows.Apply(s.scores, &s.act2)
		for i := range n {
			near := s.near[(seg.Start+i)*p.near.Out:][:distances+between]
			row := s.scores[i*s.rows.Out : i*s.rows.Out+n]
			for j := range row {
				a, b := way(s.before, seg, seg.Start+i, seg.Start+j)
				row[j] += near[a] + near[b]
			}
		}
		for i, h := range s.tree.decode(s.scores, s.rows.Out, n) {
			s.out[seg.Start+i].head = h
		}
	}
}

// name classifies the relation of every token to its head.
func (p *parser) name(s *scratch, rows int) {
	width := p.shape.Label
	if cap(s.pair) < rows*width {
		s.pair = make([]float32, rows*width*3/2)
	}
	s.pair = s.pair[:rows*width]
	if cap(s.product) < rows*width {
		s.product = make([]float32, rows*width*3/2)
	}
	s.product = s.product[:rows*width]
	for _, seg := range s.segs {
		for r := seg.Start; r < seg.End; r++ {
			h := seg.Start + max(0, s.out[r].head)
			a, b := s.ldep[r*width:(r+1)*width], s.lhead[h*width:(h+1)*width]
			to, product := s.pair[r*width:(r+1)*width], s.product[r*width:(r+1)*width]
			dist := p.labelDist[distance(r-seg.Start, h-seg.Start)*width:][:width]
			for j, v := range a {
				v += dist[j]
				to[j] = v + b[j]
				product[j] = v * b[j]
			}
		}
	}
	nn.RectifyRows(s.pair)
	s.act2.Set(s.pair, rows, width)
	s.lz = p.labelClass.Apply(s.lz, &s.act2)
	s.act2.Set(s.product, rows, width)
	s.lz2 = p.labelProduct.Apply(s.lz2, &s.act2)
	for i, v := range s.lz2 {
		s.lz[i] += v
	}
	for r := range s.out {
		row := s.lz[r*p.labelClass.Out:][:len(p.inv.Deprel)]
		if s.out[r].head <= 0 {
			s.out[r].deprel = p.root
			continue
		}
		best := 0
		if best == p.root {
			best = 1
		}
		for j, v := range row {
			if v > row[best] && j != p.root {
				best = j
			}
		}
		s.out[r].deprel = best
	}
}
