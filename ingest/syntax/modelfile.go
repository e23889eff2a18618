package syntax

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"hearsay/ingest/syntax/nn"
)

// A model file is the magic, the length of the header, the header as JSON, and
// the sections in the order in which encode writes them.
const (
	magic         = "hearsay syntax\n"
	formatVersion = 4
	// segmenterVersion counts the changes of what the features of the tokeniser
	// and the splitter mean: weights of another version cut at random.
	segmenterVersion = 1
)

// header describes a model.
type header struct {
	Format    int               `json:"format"`
	Segmenter int               `json:"segmenter"`
	Shape     Shape             `json:"shape"`
	Epochs    int               `json:"epochs"`
	Inventory inventory         `json:"inventory"`
	Corpora   map[string]string `json:"corpora"` // SHA-256 of each file it was trained on, by name
	// Scores are accuracies on the development parts in percent, gold tokens, by
	// corpus and metric.
	Scores map[string]float64 `json:"scores"`
}

// Load reads a model.
func Load(data []byte) (*Model, error) {
	m, err := decode(data)
	if err == nil && m.header.Segmenter != segmenterVersion {
		return nil, fmt.Errorf("model with a segmenter of version %d, this program reads %d: train it again, or its segmenter alone",
			m.header.Segmenter, segmenterVersion)
	}
	return m, err
}

// decode reads a model whose segmenter may be of another version.
func decode(data []byte) (*Model, error) {
	if len(data) < len(magic)+4 || string(data[:len(magic)]) != magic {
		return nil, errors.New("not a model of hearsay's syntax")
	}
	data = data[len(magic):]
	n := int(binary.LittleEndian.Uint32(data))
	data = data[4:]
	if n > len(data) {
		return nil, io.ErrUnexpectedEOF
	}
	m := &Model{}
	if err := json.Unmarshal(data[:n], &m.header); err != nil {
		return nil, fmt.Errorf("model header: %w", err)
	}
	if m.header.Format != formatVersion {
		return nil, fmt.Errorf("model format %d, this program reads %d: train it again", m.header.Format, formatVersion)
	}
	d := decoder{data: data[n:]}
	m.tokeniser = &tokeniser{d.linear()}
	m.splitter = &splitter{d.linear()}
	m.lemmas = parseLemmas(string(d.bytes()))
	m.parser = d.parser(&m.header)
	if d.err != nil {
		return nil, fmt.Errorf("read model: %w", d.err)
	}
	m.lemmas.rank = m.parser.vocab.vectors.find
	return m, nil
}

// Encode writes the model as Load reads it.
func (m *Model) Encode(w io.Writer) error {
	head, err := json.Marshal(&m.header)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString(magic)
	put := func(x any) { _ = binary.Write(&b, binary.LittleEndian, x) } // a Buffer doesn't fail
	block := func(p []byte) { put(uint32(len(p))); b.Write(p) }
	block(head)
	put(uint32(len(m.tokeniser.cuts.weights)))
	put(m.tokeniser.cuts.weights)
	put(uint32(len(m.splitter.borders.weights)))
	put(m.splitter.borders.weights)
	block([]byte(m.lemmas.text()))
	p := m.parser
	for _, keys := range [][]uint64{p.vocab.vectors.keys, p.vocab.words.keys} {
		put(uint32(len(keys)))
		put(keys)
	}
	for _, t := range []*rowTable{&p.vectors, &p.words, &p.affixes} {
		put([2]uint32{uint32(len(t.scale)), uint32(t.cols)})
		put(t.q)
		put(t.scale)
	}
	for _, q := range p.linears() {
		if _, err := (*q).WriteTo(&b); err != nil {
			return err
		}
	}
	for i := range p.layers {
		put(p.layers[i].norm.Gain)
		put(p.layers[i].norm.Bias)
	}
	put(p.labelDist)
	_, err = w.Write(b.Bytes())
	return err
}

// linears lists the places of all int8 layers, in the order of the file. The
// encoder's blocks must have been made.
func (p *parser) linears() []**nn.Quantised {
	all := []**nn.Quantised{&p.in}
	for i := range p.layers {
		all = append(all, &p.layers[i].w)
	}
	return append(all, &p.upos, &p.xpos, &p.feats, &p.dep, &p.head, &p.arc, &p.near,
		&p.labelDep, &p.labelHead, &p.labelClass, &p.labelProduct)
}

// decoder reads sections and keeps the first error.
type decoder struct {
	data []byte
	err  error
}

func (d *decoder) take(n int) []byte {
	if d.err == nil && (n < 0 || n > len(d.data)) {
		d.err = io.ErrUnexpectedEOF
	}
	if d.err != nil {
		return nil
	}
	b := d.data[:n]
	d.data = d.data[n:]
	return b
}

// count reads a number of items of a size that the data can still hold.
func (d *decoder) count(size int) int {
	b := d.take(4)
	if b == nil {
		return 0
	}
	n := int(binary.LittleEndian.Uint32(b))
	if n*size > len(d.data) {
		d.err = io.ErrUnexpectedEOF
		return 0
	}
	return n
}

func (d *decoder) bytes() []byte { return d.take(d.count(1)) }

func (d *decoder) linear() *linear {
	n := d.count(2)
	b := d.take(2 * n)
	if d.err == nil && (n == 0 || n&(n-1) != 0) {
		d.err = errors.New("size of a linear model is not a power of two")
	}
	l := &linear{make([]int16, len(b)/2)}
	for i := range l.weights {
		l.weights[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return l
}

func (d *decoder) index() *hashIndex {
	b := d.take(8 * d.count(8))
	keys := make([]uint64, len(b)/8)
	for i := range keys {
		keys[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return newHashIndex(keys)
}

func (d *decoder) floats(n int) []float32 {
	b := d.take(4 * n)
	x := make([]float32, len(b)/4)
	for i := range x {
		x[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return x
}

func (d *decoder) table(rows, cols int) rowTable {
	r, c := d.count(1), d.count(1)
	if d.err == nil && (r < rows || c != cols) {
		d.err = fmt.Errorf("table of %d × %d, want %d × %d", r, c, rows, cols)
	}
	q := nn.Bytes(d.take(r * c))
	return rowTable{cols: c, q: q, scale: d.floats(r)}
}

func (d *decoder) parser(h *header) *parser {
	p := &parser{shape: h.Shape, inv: h.Inventory}
	p.vocab = vocabulary{vectors: d.index(), words: d.index()}
	p.vectors = d.table(len(p.vocab.vectors.keys), vectorSize)
	p.words = d.table(firstWord+len(p.vocab.words.keys), wordSize)
	p.affixes = d.table(affixTables*affixRows, affixSize)
	for _, kind := range []byte(h.Shape.Stack) {
		p.layers = append(p.layers, layer{kind: kind})
	}
	for i, q := range p.linears() {
		if d.err != nil {
			return nil
		}
		*q, d.data, d.err = nn.ReadQuantised(d.data)
		if d.err != nil {
			d.err = fmt.Errorf("layer %d: %w", i, d.err)
		}
	}
	for i := range p.layers {
		p.layers[i].norm = nn.Norm{Gain: d.floats(h.Shape.Width), Bias: d.floats(h.Shape.Width)}
	}
	p.labelDist = d.floats(distances * h.Shape.Label)
	if d.err == nil {
		d.err = p.check()
	}
	return p
}

// check reports whether the layers fit together and the classes are complete.
func (p *parser) check() error {
	d := p.shape.Width
	type fit struct {
		q       *nn.Quantised
		in, out int
	}
	fits := []fit{{p.in, inputSize, d}, {p.upos, d, len(p.inv.UPOS)}, {p.xpos, d, len(p.inv.XPOS)},
		{p.feats, d, len(p.inv.Feats)}, {p.dep, d, p.shape.Arc}, {p.head, d, p.shape.Arc},
		{p.arc, p.shape.Arc, p.shape.Arc}, {p.near, p.shape.Arc, distances + between}, {p.labelDep, d, p.shape.Label}, {p.labelHead, d, p.shape.Label},
		{p.labelClass, p.shape.Label, len(p.inv.Deprel)}, {p.labelProduct, p.shape.Label, p.labelClass.Out}}
	for _, l := range p.layers {
		if l.kind == 'g' {
			fits = append(fits, fit{l.w, d, 3 * d})
		} else {
			fits = append(fits, fit{l.w, 3 * d, 2 * d})
		}
	}
	for i, f := range fits {
		if f.q.In != f.in || f.q.Out < f.out || f.out == 0 {
			return fmt.Errorf("layer %d is %d × %d, want %d × %d", i, f.q.In, f.q.Out, f.in, f.out)
		}
	}
	for _, t := range p.inv.Tags {
		if t.UPOS < 0 || t.UPOS >= len(p.inv.UPOS) || t.XPOS < 0 || t.XPOS >= len(p.inv.XPOS) || len(t.Feats) == 0 ||
			slices.Min(t.Feats) < 0 || slices.Max(t.Feats) >= len(p.inv.Feats) {
			return fmt.Errorf("tags %v are out of the inventory", t)
		}
	}
	if len(p.inv.Tags) == 0 {
		return errors.New("no combinations of tags")
	}
	p.root = -1
	for i, l := range p.inv.Deprel {
		if l == "root" {
			p.root = i
		}
	}
	if p.root < 0 || len(p.inv.Deprel) < 2 {
		return errors.New(`no relation "root" among the labels`)
	}
	return nil
}
