package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/seeds"
)

// TestTutorial runs every command of docs/tutorial.md, in order, where its
// reader would stand. Each has to succeed and to say something.
func TestTutorial(t *testing.T) {
	page, err := os.ReadFile("../../docs/tutorial.md")
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir, bin := t.TempDir(), t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "hearsay")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	if err := os.CopyFS(filepath.Join(dir, "seeds"), seeds.Articles); err != nil {
		t.Fatal(err)
	}
	commands := 0
	for line := range strings.Lines(string(page)) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "$ ")
		if !ok {
			continue
		}
		commands++
		cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		quiet := strings.Contains(command, " -o ")
		if len(strings.TrimSpace(string(out))) == 0 && !quiet {
			t.Errorf("%s says nothing", command)
		}
		if strings.Contains(string(out), "nothing found") {
			t.Errorf("%s: %s", command, out)
		}
	}
	if commands < 20 {
		t.Errorf("only %d commands were run", commands)
	}
}
