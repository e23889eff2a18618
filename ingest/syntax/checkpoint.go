package syntax

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// save writes a checkpoint, replacing the last one in one step.
func (t *Trainer) save(epoch int) error {
	if t.Checkpoint == "" {
		return nil
	}
	tmp := t.Checkpoint + ".new"
	f, err := os.Create(tmp)
	if err != nil {
		return fmt.Errorf("save checkpoint: %w", err)
	}
	_, err = fmt.Fprintln(f, epoch)
	if err == nil {
		err = t.net.params.Save(f)
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(tmp, t.Checkpoint)
	}
	if err != nil {
		return fmt.Errorf("save checkpoint: %w", err)
	}
	return nil
}

// resume loads the checkpoint and returns the epochs already done, 0 without one.
func (t *Trainer) resume() (epochs int, err error) {
	if t.Checkpoint == "" {
		return 0, nil
	}
	f, err := os.Open(t.Checkpoint)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if _, err := fmt.Fscanf(f, "%d\n", &epochs); err != nil {
		return 0, fmt.Errorf("read checkpoint %s: %w", t.Checkpoint, err)
	}
	if err := t.net.params.Load(f); err != nil {
		return 0, fmt.Errorf("read checkpoint %s: %w", t.Checkpoint, err)
	}
	fmt.Fprintf(t.Log, "resuming after epoch %d\n", epochs)
	return epochs, nil
}
