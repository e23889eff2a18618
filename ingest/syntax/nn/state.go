package nn

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// Save writes weights, moments and the number of steps, so that training can go
// on as if it had never stopped.
func (ps *Params) Save(w io.Writer) error {
	b := bufio.NewWriterSize(w, 1<<16)
	if err := binary.Write(b, binary.LittleEndian, [2]uint64{uint64(ps.step), uint64(len(ps.all))}); err != nil {
		return err
	}
	for _, p := range ps.all {
		if _, err := fmt.Fprintf(b, "%s %d %d\n", p.Name, p.Rows, p.Cols); err != nil {
			return err
		}
		for _, x := range [][]float32{p.W, p.m, p.v} {
			if err := binary.Write(b, binary.LittleEndian, x); err != nil {
				return err
			}
		}
	}
	return b.Flush()
}

// Load reads what Save wrote into a set of the same parameters.
func (ps *Params) Load(r io.Reader) error {
	b := bufio.NewReaderSize(r, 1<<16)
	var head [2]uint64
	if err := binary.Read(b, binary.LittleEndian, &head); err != nil {
		return err
	}
	if int(head[1]) != len(ps.all) {
		return fmt.Errorf("%d parameters, want %d", head[1], len(ps.all))
	}
	ps.step = int(head[0])
	for _, p := range ps.all {
		line, err := b.ReadString('\n')
		if err != nil {
			return err
		}
		if want := fmt.Sprintf("%s %d %d\n", p.Name, p.Rows, p.Cols); line != want {
			return fmt.Errorf("parameter %q, want %q", line, want)
		}
		for _, x := range [][]float32{p.W, p.m, p.v} {
			if err := binary.Read(b, binary.LittleEndian, x); err != nil {
				return err
			}
		}
	}
	return nil
}
