package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"hearsay/seeds"
)

func TestMain(m *testing.M) {
	if runsScripts() { // the command line under test starts itself
		return
	}
	testscript.Main(m, map[string]func(){"hearsay": main})
}

// TestScript runs the scripts, which are the specification of the command line.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Condition: func(cond string) (bool, error) {
			if cond == "mount" {
				return canMount(t), nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"seeds":  copySeeds,
			"exits":  exits,
			"line":   writeLine,
			"hold":   hold,
			"tmpfs":  mountTmpfs,
			"freeze": freezeDisk,
			"fill":   fillDisk,
			"nquads": parseNQuads,
			"sorted": sortLines,
			"empty":  emptyFolders,
			"shards": writeShards,

			"interrupt": interrupt,
		},
	})
}

// copySeeds (seeds DIR) puts the sample articles into a folder.
func copySeeds(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: seeds DIR")
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), seeds.Articles))
}

// exits (exits CODE COMMAND...) runs a program that has to end with the code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 || neg {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if e, ok := err.(interface{ ExitCode() int }); ok {
		code = e.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s\n%s", code, args[0], ts.ReadFile("stderr"))
	}
}

// writeLine (line FILE BYTES) writes a file that is one line of words.
func writeLine(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: line FILE BYTES")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat("word ", n/5+1)[:n]), 0o644))
}

// hold (hold FILE) takes a store's lock, as another process would.
func hold(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: hold FILE")
	}
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	ts.Check(err)
	ts.Check(syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB))
	ts.Defer(func() { f.Close() })
}

// mountTmpfs (tmpfs DIR SIZE) makes a small disk.
func mountTmpfs(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: tmpfs DIR SIZE")
	}
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o755))
	ts.Check(syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+args[1]))
	ts.Defer(func() { _ = syscall.Unmount(dir, 0) })
}

// freezeDisk (freeze DIR) makes a disk of mountTmpfs one that can only be read.
func freezeDisk(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: freeze DIR")
	}
	ts.Check(syscall.Mount("", ts.MkAbs(args[0]), "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
}

// canMount reports whether mountTmpfs is allowed here.
func canMount(t *testing.T) bool {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Logf("a small disk cannot be mounted here: %v", err)
		return false
	}
	return syscall.Unmount(dir, 0) == nil
}

// fillDisk (fill DIR) writes a file until the disk is full.
func fillDisk(ts *testscript.TestScript, neg bool, args []string) {
	f, err := os.Create(filepath.Join(ts.MkAbs(args[0]), "filler"))
	ts.Check(err)
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
}

// parseNQuads (nquads FILE) reads a file with a second parser, one that has
// nothing to do with ours.
func parseNQuads(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: nquads FILE")
	}
	text := ts.ReadFile(args[0])
	n, err := independentNQuads(text)
	if err != nil {
		ts.Fatalf("%s: %v", args[0], err)
	}
	if lines := strings.Count(text, "\n"); n != lines || n == 0 {
		ts.Fatalf("%s: %d quads on %d lines", args[0], n, lines)
	}
	fmt.Fprintf(ts.Stdout(), "%d quads\n", n)
}

// sortLines (sorted FILE) sorts the lines of a file, to compare files as sets.
func sortLines(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		lines := strings.Split(strings.TrimSuffix(ts.ReadFile(name), "\n"), "\n")
		sortStrings(lines)
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(strings.Join(lines, "\n")+"\n"), 0o644))
	}
}

// emptyFolders (empty DIR...) wants folders with nothing in them.
func emptyFolders(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		entries, err := os.ReadDir(ts.MkAbs(name))
		ts.Check(err)
		if len(entries) > 0 {
			ts.Fatalf("%s holds %v", name, entries)
		}
	}
}

// interrupt (interrupt FILE COMMAND...) gives a program the lines of a file on a
// standard input that doesn't end, waits for as many lines on its standard
// error, and interrupts it. It has to end with exit code 1.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 || neg {
		ts.Fatalf("usage: interrupt FILE COMMAND...")
	}
	input := ts.ReadFile(args[0])
	program := filepath.Join(filepath.SplitList(ts.Getenv("PATH"))[0], args[1])
	cmd := exec.Command(program, args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "HOME="+ts.MkAbs("."))
	in, err := cmd.StdinPipe()
	ts.Check(err)
	out, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	_, err = io.WriteString(in, input)
	ts.Check(err)
	lines := bufio.NewScanner(out)
	for range strings.Count(input, "\n") {
		if !lines.Scan() {
			ts.Fatalf("%s ended early", args[1])
		}
	}
	ts.Check(cmd.Process.Signal(os.Interrupt))
	var rest strings.Builder
	for lines.Scan() {
		rest.WriteString(lines.Text() + "\n")
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		ts.Fatalf("%s ended with %v: %s", args[1], err, rest.String())
	}
	ts.Check(os.WriteFile(ts.MkAbs("interrupted"), []byte(rest.String()), 0o644))
}
