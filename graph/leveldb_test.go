package graph

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A load puts another folder in the store's place: what else is in it, or is called
// as a backup would be, must stay.
func TestLevelDBLeavesOtherFilesAlone(t *testing.T) {
	open := func(path string) error {
		s, err := Open(context.Background(), "leveldb:"+path, Options{})
		if err == nil {
			err = s.Close()
		}
		return err
	}
	t.Run("in the folder", func(t *testing.T) {
		dir := t.TempDir()
		notes := filepath.Join(dir, "notes.txt")
		if err := os.WriteFile(notes, []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := open(dir); err == nil || !strings.Contains(err.Error(), "holds notes.txt, which is no part of a store") {
			t.Errorf("error %v, want one that names the file", err)
		}
		if data, err := os.ReadFile(notes); err != nil || string(data) != "mine" {
			t.Errorf("the file is now %q, %v", data, err)
		}
	})
	t.Run("a copy beside it", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "store")
		if err := open(path); err != nil {
			t.Fatal(err)
		}
		kept := []string{path + ".old", path + ".load"}
		for _, dir := range kept {
			if err := os.CopyFS(dir, os.DirFS(path)); err != nil {
				t.Fatal(err)
			}
		}
		if err := open(path); err != nil {
			t.Fatal(err)
		}
		for _, dir := range kept {
			if _, err := os.Stat(filepath.Join(dir, "CURRENT")); err != nil {
				t.Errorf("the copy is gone: %v", err)
			}
		}
	})
}
