package graph

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"os"
)

// checkPages reads the branches of every tree in a file of bbolt: one page in a
// hundred. bbolt follows them on trust, in circles if need be, which nothing in the
// program could stop. What else may be wrong in a file is noticed when it is read.
// The file must be open already, so that nobody writes to it.
func checkPages(path string, pageSize int) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := &pageWalk{f: f, size: pageSize, seen: make(map[uint64]bool)}
	root, free, err := w.meta()
	if err != nil {
		return err
	}
	buckets, err := w.buckets(root)
	if err != nil {
		return err
	}
	for _, b := range buckets {
		depth, err := w.depth(b)
		if err == nil {
			err = w.tree(b, depth)
		}
		if err != nil {
			return err
		}
	}
	return w.freelist(free)
}

// pageWalk looks at each page once.
type pageWalk struct {
	f    *os.File
	size int
	high uint64 // pages of the file
	seen map[uint64]bool
}

// The kinds of pages, and the sizes of what bbolt keeps in them.
const (
	branchPage   = 1
	leafPage     = 2
	freelistPage = 16
	pageHeader   = 16 // id 8, flags 2, count 2, overflow 4
	pageElement  = 16 // branch: pos 4, key size 4, page 8; leaf: flags 4, pos 4, key size 4, value size 4
	noFreelist   = 1<<64 - 1
	maxOverflow  = 1 << 18 // pages of one node or of the freelist: a gigabyte
	maxDepth     = 32
)

type boltPage struct {
	flags, count int
	over         int    // pages that it goes on for
	data         []byte // of a leaf the first page alone
}

// meta is what the newer of the two valid heads says.
func (w *pageWalk) meta() (root, free uint64, err error) {
	newest := uint64(0)
	for i := range 2 {
		b := make([]byte, 80)
		if _, err := w.f.ReadAt(b, int64(i*w.size)); err != nil {
			return 0, 0, err
		}
		m := b[pageHeader:]
		h := fnv.New64a()
		h.Write(m[:56])
		if word := binary.LittleEndian.Uint64; h.Sum64() == word(m[56:]) && word(m[48:]) >= newest {
			newest, root, free, w.high = word(m[48:]), word(m[16:]), word(m[32:]), word(m[40:])
		}
	}
	if root == 0 {
		return 0, 0, fmt.Errorf("%w: no valid head", ErrDamaged)
	}
	return root, free, nil
}

func (w *pageWalk) bad(id uint64, format string, args ...any) error {
	return fmt.Errorf("%w: page %d %s", ErrDamaged, id, fmt.Sprintf(format, args...))
}

// page reads a page of one of the kinds.
func (w *pageWalk) page(id uint64, kinds int) (boltPage, error) {
	var p boltPage
	if id < 2 || id >= w.high {
		return p, w.bad(id, "is not among the %d of the file", w.high)
	}
	b := make([]byte, w.size)
	if _, err := w.f.ReadAt(b, int64(id)*int64(w.size)); err != nil {
		return p, w.bad(id, "can't be read: %v", err)
	}
	p.flags, p.count = int(binary.LittleEndian.Uint16(b[8:])), int(binary.LittleEndian.Uint16(b[10:]))
	over := uint64(binary.LittleEndian.Uint32(b[12:]))
	if binary.LittleEndian.Uint64(b) != id || p.flags&kinds == 0 || p.flags&(p.flags-1) != 0 {
		return p, w.bad(id, "says that it is page %d of kind %d", binary.LittleEndian.Uint64(b), p.flags)
	}
	if over > maxOverflow || id+over >= w.high {
		return p, w.bad(id, "is said to go on for %d pages", over)
	}
	p.data, p.over = b, int(over)
	if over > 0 && p.flags != leafPage {
		return w.whole(id, p)
	}
	return p, nil
}

// whole reads a page with those that it goes on for.
func (w *pageWalk) whole(id uint64, p boltPage) (boltPage, error) {
	p.data = make([]byte, (p.over+1)*w.size)
	if _, err := w.f.ReadAt(p.data, int64(id)*int64(w.size)); err != nil {
		return p, w.bad(id, "can't be read: %v", err)
	}
	return p, nil
}

// pairs gives what a tree holds, in order, without the memory map: a store can be
// read as a whole without filling the memory.
func (w *pageWalk) pairs(id uint64, fn func(key, val []byte) error) error {
	p, err := w.page(id, branchPage|leafPage)
	if err != nil {
		return err
	}
	if p.flags == branchPage {
		list, err := w.children(id, p)
		for i := 0; i < len(list) && err == nil; i++ {
			err = w.pairs(list[i], fn)
		}
		return err
	}
	if p.over > 0 {
		if p, err = w.whole(id, p); err != nil {
			return err
		}
	}
	for i := range p.count {
		e, err := w.element(id, p, i)
		if err != nil {
			return err
		}
		key := pageHeader + i*pageElement + int(binary.LittleEndian.Uint32(e[4:]))
		val := key + int(binary.LittleEndian.Uint32(e[8:]))
		end := val + int(binary.LittleEndian.Uint32(e[12:]))
		if end > len(p.data) {
			return w.bad(id, "has an entry outside of it")
		}
		if err := fn(p.data[key:val], p.data[val:end]); err != nil {
			return err
		}
	}
	return nil
}

// element gives the fields of an element and where its key begins.
func (w *pageWalk) element(id uint64, p boltPage, i int) (e []byte, err error) {
	if at := pageHeader + (i+1)*pageElement; at <= len(p.data) {
		return p.data[at-pageElement : at], nil
	}
	return nil, w.bad(id, "has no room for %d entries", p.count)
}

// children are the pages that a branch leads to.
func (w *pageWalk) children(id uint64, p boltPage) ([]uint64, error) {
	if w.seen[id] {
		return nil, w.bad(id, "is led to twice")
	}
	w.seen[id] = true
	if p.count == 0 {
		return nil, w.bad(id, "leads nowhere")
	}
	var last []byte
	list := make([]uint64, p.count)
	for i := range list {
		e, err := w.element(id, p, i)
		if err != nil {
			return nil, err
		}
		from := pageHeader + i*pageElement + int(binary.LittleEndian.Uint32(e))
		to := from + int(binary.LittleEndian.Uint32(e[4:]))
		if from < pageHeader+p.count*pageElement || to > len(p.data) {
			return nil, w.bad(id, "has a key outside of it")
		}
		key := p.data[from:to]
		if i > 0 && bytes.Compare(last, key) >= 0 {
			return nil, w.bad(id, "has keys out of order")
		}
		last, list[i] = key, binary.LittleEndian.Uint64(e[8:])
		if list[i] < 2 || list[i] >= w.high {
			return nil, w.bad(id, "leads to page %d", list[i])
		}
	}
	return list, nil
}

// depth is how many branches lie above each leaf of a tree.
func (w *pageWalk) depth(root uint64) (int, error) {
	id := root
	for depth := range maxDepth {
		p, err := w.page(id, branchPage|leafPage)
		if err != nil {
			return 0, err
		}
		if p.flags == leafPage {
			return depth, nil
		}
		e, err := w.element(id, p, 0)
		if err != nil {
			return 0, err
		}
		id = binary.LittleEndian.Uint64(e[8:])
	}
	return 0, w.bad(root, "has no end below it")
}

// tree looks at the branches below a page.
func (w *pageWalk) tree(id uint64, depth int) error {
	if depth == 0 {
		return nil
	}
	p, err := w.page(id, branchPage)
	if err != nil {
		return err
	}
	list, err := w.children(id, p)
	for i := 0; i < len(list) && err == nil; i++ {
		err = w.tree(list[i], depth-1)
	}
	return err
}

// buckets are the roots of the trees that the tree of names leads to, that one
// included.
func (w *pageWalk) buckets(root uint64) ([]uint64, error) {
	out, open := []uint64{root}, []uint64{root}
	for len(open) > 0 {
		id := open[0]
		open = open[1:]
		p, err := w.page(id, branchPage|leafPage)
		if err != nil {
			return nil, err
		}
		if p.flags == branchPage {
			list, err := w.children(id, p)
			if err != nil {
				return nil, err
			}
			open = append(open, list...)
			continue
		}
		for i := range p.count {
			e, err := w.element(id, p, i)
			if err != nil {
				return nil, err
			}
			at := pageHeader + i*pageElement + int(binary.LittleEndian.Uint32(e[4:])) + int(binary.LittleEndian.Uint32(e[8:]))
			if at+16 > len(p.data) {
				return nil, w.bad(id, "has an entry outside of it")
			}
			if b := binary.LittleEndian.Uint64(p.data[at:]); b != 0 { // else it lies in this page
				out = append(out, b)
			}
		}
	}
	clear(w.seen)
	return out, nil
}

// freelist looks at the list of free pages: one that a branch stands in would be
// written over.
func (w *pageWalk) freelist(id uint64) error {
	if id == noFreelist {
		return nil
	}
	p, err := w.page(id, freelistPage)
	if err != nil {
		return err
	}
	list, n := p.data[pageHeader:], uint64(p.count)
	if n == 0xffff {
		n, list = binary.LittleEndian.Uint64(list), list[8:]
	}
	if n > uint64(len(list)/8) {
		return w.bad(id, "lists %d free pages", n)
	}
	last := uint64(1)
	for i := range n {
		free := binary.LittleEndian.Uint64(list[8*i:])
		if free <= last || free >= w.high || w.seen[free] || free == id {
			return w.bad(id, "lists page %d as free", free)
		}
		last = free
	}
	return nil
}
