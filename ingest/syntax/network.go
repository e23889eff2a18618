package syntax

import (
	"fmt"

	"hearsay/ingest/syntax/nn"
)

// Widths of the network's layers. All are multiples of 32, the width of the
// matrix kernel.
const (
	wordSize  = 60
	affixSize = 32
	inputSize = vectorSize + wordSize + affixTables*affixSize // 320
)

// Shape is the network's architecture.
type Shape struct {
	Width int // channels of the encoder
	Arc   int // width of the two sides of an arc
	Label int // hidden width of the label classifier
	// Stack lists the encoder's blocks from the bottom: a digit is a
	// convolution over three rows that far apart, with maxout; g is a gated
	// recurrence in both directions. Every block is residual, with layer
	// normalisation.
	Stack string
}

// defaultShape is what `train` uses.
var defaultShape = Shape{Width: 256, Arc: 256, Label: 256, Stack: "1gggggggg"}

// inventory lists the labels of each classifier; the index is the class.
type inventory struct {
	UPOS, XPOS, Feats, Deprel []string
	Tags                      []tagging // the combinations seen in training
}

// tagging is a pair of UPOS and XPOS with the features that go with it.
type tagging struct {
	UPOS, XPOS int
	Feats      []int
}

// block is one layer of the encoder.
type block struct {
	kind       byte
	w, b       *nn.Param
	gain, bias *nn.Param
}

// network is the encoder and its classifiers in the form that is trained: dense
// float32 weights. It follows Dozat and Manning (2017) above an encoder of
// convolutions and simple recurrent units.
type network struct {
	shape   Shape
	params  *nn.Params
	vectors *nn.Param // not trained

	words, affixes     *nn.Param
	win, bin           *nn.Param
	blocks             []block
	upos, xpos, feats  classifier
	wdep, bdep         *nn.Param
	whead, bhead       *nn.Param
	bilinear, headBias *nn.Param
	near, nearBias     *nn.Param // scores of distances, by dependent
	ldep, lhead, lbias *nn.Param
	ldist              *nn.Param // distances as the label classifier sees them
	label              classifier
	product            *nn.Param // of the label classifier: what both sides have in common
}

// classifier is a linear layer; classes beyond n are padding.
type classifier struct {
	w, b *nn.Param
	n    int
}

func newNetwork(shape Shape, words int, inv *inventory, seed uint64) *network {
	ps := nn.NewParams(seed)
	d := shape.Width
	n := &network{shape: shape, params: ps}
	n.words = ps.Table("words", words, wordSize, 0.05)
	n.affixes = ps.Table("affixes", affixTables*affixRows, affixSize, 0.1)
	n.win, n.bin = ps.Matrix("in", inputSize, d, 1.4), ps.Bias("in.b", d, 0)
	for i, kind := range []byte(shape.Stack) {
		b := block{kind: kind}
		name := fmt.Sprintf("block%d", i)
		if kind == 'g' {
			b.w, b.b = ps.Matrix(name, d, 3*d, 1), ps.Bias(name+".b", 3*d, 0)
			for j := d; j < 2*d; j++ { // forget gates start open, from short to long memory
				b.b.W[j] = 3 * float32(j%32) / 32
			}
		} else {
			b.w, b.b = ps.Matrix(name, 3*d, 2*d, 1), ps.Bias(name+".b", 2*d, 0)
		}
		b.gain, b.bias = ps.Bias(name+".gain", d, 1), ps.Bias(name+".bias", d, 0)
		n.blocks = append(n.blocks, b)
	}
	n.upos = newClassifier(ps, "upos", d, len(inv.UPOS))
	n.xpos = newClassifier(ps, "xpos", d, len(inv.XPOS))
	n.feats = newClassifier(ps, "feats", d, len(inv.Feats))
	n.wdep, n.bdep = ps.Matrix("dep", d, shape.Arc, 1.2), ps.Bias("dep.b", shape.Arc, 0)
	n.whead, n.bhead = ps.Matrix("head", d, shape.Arc, 1.2), ps.Bias("head.b", shape.Arc, 0)
	n.bilinear, n.headBias = ps.Matrix("arc", shape.Arc, shape.Arc, 0.5), ps.Bias("arc.b", shape.Arc, 0)
	n.near, n.nearBias = ps.Matrix("near", shape.Arc, distanceColumns, 0.3), ps.Bias("near.b", distanceColumns, 0)
	n.ldep, n.lbias = ps.Matrix("ldep", d, shape.Label, 1), ps.Bias("ldep.b", shape.Label, 0)
	n.lhead = ps.Matrix("lhead", d, shape.Label, 1)
	n.ldist = ps.Table("ldist", distances, shape.Label, 0.1)
	n.label = newClassifier(ps, "label", shape.Label, len(inv.Deprel))
	n.product = ps.Matrix("product", shape.Label, n.label.w.Cols, 0.3)
	return n
}

func newClassifier(ps *nn.Params, name string, in, classes int) classifier {
	padded := (classes + 31) / 32 * 32
	return classifier{ps.Matrix(name, in, padded, 1), ps.Bias(name+".b", padded, 0), classes}
}

func (c classifier) apply(g *nn.Graph, x *nn.Tensor) *nn.Tensor { return g.Linear(x, c.w, c.b) }

// batch is the training material of one graph: sentences one after the other,
// each beginning with the root. Gold values below zero give no loss.
type batch struct {
	segs                      []nn.Segment
	tokens                    []features
	upos, xpos, feats, deprel []int32
	head                      []int32  // row of the head
	before                    []uint32 // see marks
}

// Dropout rates and the weights of the tagging losses against those of the tree.
const (
	dropInput  = 0.2
	dropHidden = 0.33
	dropWord   = 0.15 // whole words of the trained table
	dropVector = 0.03 // whole word vectors
	weightTag  = 0.5
	weightFeat = 0.25
)

// encode runs the encoder over a batch.
func (n *network) encode(g *nn.Graph, b *batch) *nn.Tensor {
	rows := len(b.tokens)
	vec, word := make([]int32, rows), make([]int32, rows)
	affix := make([][]int32, affixTables)
	for k := range affix {
		affix[k] = make([]int32, rows)
	}
	for i, t := range b.tokens {
		vec[i], word[i] = t.vector, t.word
		if g.Train && t.word != rootWord {
			if g.Rand().Float32() < dropWord {
				word[i] = unknownWord
			}
			if g.Rand().Float32() < dropVector {
				vec[i], word[i] = -1, unknownWord
			}
		}
		for k := range affix {
			affix[k][i] = int32(k*affixRows) + t.affix[k]
		}
	}
	parts := []*nn.Tensor{g.Constant(n.vectors, vec), g.Lookup(n.words, word)}
	for k := range affix {
		parts = append(parts, g.Lookup(n.affixes, affix[k]))
	}
	x := g.Dropout(g.Concat(parts...), dropInput)
	x = g.Rectify(g.Linear(x, n.win, n.bin))
	for _, bl := range n.blocks {
		var y *nn.Tensor
		if bl.kind == 'g' {
			y = g.Recur(g.Linear(x, bl.w, bl.b), b.segs)
		} else {
			y = g.Maxout(g.Linear(g.Window(x, b.segs, int(bl.kind-'0')), bl.w, bl.b))
		}
		x = g.AddNorm(x, g.Dropout(y, dropHidden), bl.gain, bl.bias)
	}
	return x
}

// arcs are the two sides whose products score a dependent (first) and a head,
// and the scores that dependents give to the distance of a head.
func (n *network) arcs(g *nn.Graph, x *nn.Tensor) (dep, head, near *nn.Tensor) {
	dep = g.Dropout(g.Rectify(g.Linear(x, n.wdep, n.bdep)), dropHidden)
	head = g.Dropout(g.Rectify(g.Linear(x, n.whead, n.bhead)), dropHidden)
	return g.Linear(dep, n.bilinear, n.headBias), head, g.Linear(dep, n.near, n.nearBias)
}

// labels classifies the relation of each row to the row of its head, which is at
// that distance.
func (n *network) labels(g *nn.Graph, x *nn.Tensor, head, dist []int32) *nn.Tensor {
	dep := g.Add(g.Linear(x, n.ldep, n.lbias), g.Lookup(n.ldist, dist))
	other := g.Linear(x, n.lhead, nil)
	sum := n.label.apply(g, g.Dropout(g.Pair(dep, other, head), dropHidden))
	return g.Add(sum, g.Linear(g.Dropout(g.Product(dep, other, head), dropHidden), n.product, nil))
}

// What a dependent's scores for the way to a head are about: the distance, and
// the marks between the two.
const (
	distances       = 21
	between         = 6
	distanceColumns = 32
)

// A token's share in the marks between others: commas in the low half, the other
// marks that divide a sentence in the high half.
const (
	oneComma   = 1
	oneDivider = 1 << 16
)

// divides is a form's share in the marks before the tokens after it.
func divides(form string) uint32 {
	switch form {
	case ",":
		return oneComma
	case ";", ":", "--", "-", "—", "–", "(", ")", "[", "]", "\"", "“", "”", "...", "…", "|":
		return oneDivider
	}
	return 0
}

// marks is the class of what stands between rows i and j of a pass, where before
// counts the marks from the start of the sentence up to each row, itself
// included; j is not the root.
func marks(before []uint32, i, j int) int {
	if i > j {
		i, j = j, i
	}
	n := before[max(j-1, i)] - before[i]
	class := 2 * int(min(n%oneDivider, 2))
	if n >= oneDivider {
		class++
	}
	return distances + class
}

// way gives the classes of the way from row i of a pass to its head in row j of
// the same sentence.
func way(before []uint32, s nn.Segment, i, j int) (int, int) {
	if j == s.Start {
		return 0, distances
	}
	return distance(i-s.Start, j-s.Start), marks(before, i, j)
}

// distance is the class of the way from row i of a sentence to its head in row
// j: 0 for the root, else by direction and length.
func distance(i, j int) int {
	if j == 0 {
		return 0
	}
	d, class := j-i, 1
	if d < 0 {
		d, class = -d, 11
	}
	switch {
	case d <= 4:
		return class + d - 1
	case d <= 6:
		return class + 4
	case d <= 9:
		return class + 5
	case d <= 14:
		return class + 6
	case d <= 22:
		return class + 7
	case d <= 35:
		return class + 8
	}
	return class + 9
}

func (b *batch) way(s nn.Segment, i, j int) (int, int) { return way(b.before, s, i, j) }

// distances fills dist with the classes of the ways to the heads of a batch, -1
// for rows without one.
func (b *batch) distances(head []int32) []int32 {
	dist := make([]int32, len(head))
	for _, s := range b.segs {
		for r := s.Start; r < s.End; r++ {
			dist[r] = -1
			if head[r] >= 0 {
				dist[r] = int32(distance(r-s.Start, int(head[r])-s.Start))
			}
		}
	}
	return dist
}

// losses are sums over tokens.
type losses struct{ upos, xpos, feats, arc, label float64 }

func (l *losses) add(o losses) {
	l.upos += o.upos
	l.xpos += o.xpos
	l.feats += o.feats
	l.arc += o.arc
	l.label += o.label
}

// learn runs one batch forwards and backwards; scale is one over the number of
// tokens in the whole step.
func (n *network) learn(g *nn.Graph, b *batch, scale float32) (l losses) {
	g.Reset()
	x := n.encode(g, b)
	tag := func(c classifier, gold []int32, weight float32) float64 {
		return g.CrossEntropy(c.apply(g, x), c.n, gold, weight*scale)
	}
	l.upos = tag(n.upos, b.upos, weightTag)
	l.xpos = tag(n.xpos, b.xpos, weightTag)
	l.feats = tag(n.feats, b.feats, weightFeat)
	dep, head, near := n.arcs(g, x)
	l.arc = g.PointerLoss(dep, head, near, b.way, b.segs, b.head, scale)
	l.label = g.CrossEntropy(n.labels(g, x, b.head, b.distances(b.head)), n.label.n, b.deprel, scale)
	g.Backward()
	return l
}
