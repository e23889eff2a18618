package graph

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// A folder that may be read and not written gives an error that says so, and
// doesn't keep a store in it from being read.
func TestReadOnlyFolder(t *testing.T) {
	ctx := context.Background()
	for _, kind := range []string{"bolt", "leveldb"} {
		t.Run(kind, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "shelf")
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			uri := kind + ":" + filepath.Join(dir, "store")
			s, err := Open(ctx, uri, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Put(ctx, kaspersky("a.txt")); err != nil {
				t.Fatal(err)
			}
			want := exported(t, s)
			s.Close()
			forbidWriting(t, dir)

			for name, uri := range map[string]string{"a new store": kind + ":" + filepath.Join(dir, "new"), "the store": uri} {
				s, err := Open(ctx, uri, Options{})
				if err == nil {
					s.Close()
				}
				if !errors.Is(err, fs.ErrPermission) || errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "permission denied") || !strings.Contains(err.Error(), dir) {
					t.Errorf("%s: %v, want an error that permission for the place is missing", name, err)
				}
			}
			s, err = Open(ctx, uri, Options{ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if exported(t, s) != want {
				t.Error("read something else than was stored")
			}
			checked(t, s)
			if _, err := s.Put(ctx, kaspersky("b.txt")); !errors.Is(err, ErrReadOnly) {
				t.Errorf("Put: %v, want %v", err, ErrReadOnly)
			}
		})
	}
}

// forbidWriting takes from everybody the right to write below dir. Root may write
// all the same, so the test goes on as one who isn't.
func forbidWriting(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o444)
		if d.IsDir() {
			mode = 0o555
		}
		return os.Chmod(path, mode)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		filepath.WalkDir(dir, func(path string, d fs.DirEntry, _ error) error {
			if d.IsDir() {
				os.Chmod(path, 0o755)
			}
			return nil
		})
	})
	if os.Getuid() != 0 {
		return
	}
	for at := filepath.Dir(dir); at != os.TempDir() && at != "/"; at = filepath.Dir(at) {
		if err := os.Chmod(at, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	runtime.LockOSThread() // the right is the thread's
	if err := syscall.Setfsuid(65534); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		syscall.Setfsuid(0)
		runtime.UnlockOSThread()
	})
}
