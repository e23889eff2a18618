package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"hearsay/graph"
	"hearsay/seeds"
)

var texts = flag.String("texts", "", "folder with texts; .csv files in it have the columns url, date, title and text")

// asProgram makes the test's own binary the program.
const asProgram = "HEARSAY_BEAM_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		flag.CommandLine = flag.NewFlagSet(os.Args[0], flag.ExitOnError)
		main()
		return
	}
	flag.Parse()
	beam.Init()
	os.Exit(m.Run())
}

// hearsay builds hearsay itself, and runs it.
func hearsay(t *testing.T) func(args ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "hearsay")
	build := exec.Command("go", "build", "-o", program, "./cmd/hearsay")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return func(args ...string) string {
		t.Helper()
		cmd := exec.Command(program, args...)
		cmd.Dir = t.TempDir()
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() != exitSkipped) {
			t.Fatalf("hearsay %s: %v\n%s", args, err, &stderr)
		}
		return string(out) + stderr.String()
	}
}

// built is what hearsay build and export make of paths, and what build says.
func built(t *testing.T, run func(...string) string, paths ...string) (lines, said string) {
	t.Helper()
	dir := t.TempDir()
	said = run(append([]string{"build", "-q", "--db", "bolt:" + dir + "/a.db"}, paths...)...)
	run("export", "--db", "bolt:"+dir+"/a.db", "-o", dir+"/a.nq")
	b, err := os.ReadFile(dir + "/a.nq")
	if err != nil {
		t.Fatal(err)
	}
	return string(b), said
}

// merged are the lines of all shards of an output, sorted, each verified.
func merged(t *testing.T, output string) (string, graph.Manifest) {
	t.Helper()
	m, err := readManifest(context.Background(), output)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range m.Shards {
		f := graph.ShardFile{Shard: s, Open: func() (io.ReadCloser, error) { return os.Open(filepath.Join(output, s.Name)) }}
		if err := f.Verify(t.Context()); err != nil {
			t.Error(err)
		}
		shard := unzipped(t, filepath.Join(output, s.Name))
		if int64(len(shard)) != s.Lines || !slices.IsSorted(shard) {
			t.Errorf("shard %s: %d lines, want %d, sorted", s.Name, len(shard), s.Lines)
		}
		lines = append(lines, shard...)
	}
	slices.Sort(lines)
	return strings.Join(lines, ""), m
}

func unzipped(t *testing.T, path string) []string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Collect(strings.Lines(string(b)))
}

// sample is a folder with documents of all kinds, good and bad, and two files of
// one name beside it.
func sample(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "news"), seeds.Articles); err != nil {
		t.Fatal(err)
	}
	fire := "Officials in Halvern said on Monday that the fire at the depot had been put out. The mayor denied that anybody was hurt."
	flood := "Officials in Halvern said on Tuesday that the river had gone down. The mayor doubts that the bridge can be saved."
	page := "<html><head><title>Depot fire</title></head><body><article><p>" + fire + "</p><p>" + flood + "</p></article></body></html>"
	response := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
	files := map[string]string{
		// Other texts, and other names, of what was there: the last text of a name
		// counts, the first outlet of a text.
		"news/wire.jsonl": line("a/fire", fire, "First") + line("b/fire", fire, "Second") + "{\"text\": 7}\n" +
			line("a/flood", flood, "First") + line("a/fire", flood, "Third") + line("c/fire", fire, "Fourth"),
		"news/later/wire.jsonl": line("b/fire", flood, "Fifth") + line("d/flood", flood, "Sixth"),
		"news/page.html":        page,
		"news/pages.warc": "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nWARC-Target-URI: https://example.org/fire\r\n" +
			fmt.Sprintf("Content-Length: %d\r\n\r\n%s\r\n\r\n", len(response), response),
		"news/data.bin": "what is this", "news/.hidden.txt": fire, "news/empty.txt": " \n",
		"news/fremd.txt": "Die Behörden teilten am Montag mit, dass das Feuer im Lager gelöscht worden sei und niemand verletzt wurde.",
		"x/note.txt":     fire, "y/note.txt": flood,
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return []string{filepath.Join(dir, "news"), filepath.Join(dir, "x/note.txt"), filepath.Join(dir, "y/note.txt"), filepath.Join(dir, "missing.txt")}
}

func line(id, text, outlet string) string {
	b, err := json.Marshal(map[string]string{"id": id, "text": text, "outlet": outlet})
	if err != nil {
		panic(err) // strings can be marshalled
	}
	return string(b) + "\n"
}

// The shards have what hearsay build stores, whatever their number, and what it
// skips is rejected for the same reason.
func TestSameAsBuild(t *testing.T) {
	paths := sample(t)
	want, said := built(t, hearsay(t), paths...)
	for _, n := range []int{1, 2, 8} {
		out := t.TempDir()
		m, err := run(t.Context(), options{Paths: paths, Output: out, Shards: n}, beamx.Run)
		if err != nil {
			t.Fatal(err)
		}
		got, read := merged(t, out)
		if got != want {
			t.Errorf("%d shards: %s", n, difference(got, want))
		}
		if len(m.Shards) != n || m.Documents != read.Documents || m.Quads != int64(strings.Count(want, "\n")) {
			t.Errorf("%d shards: manifest %+v", n, m)
		}
		rejects := unzipped(t, filepath.Join(out, m.Rejected.Name))
		if len(rejects) != strings.Count(said, "hearsay: skipped ") {
			t.Errorf("%d rejected, build says\n%s", len(rejects), said)
		}
		for _, l := range rejects {
			var r reject
			if err := json.Unmarshal([]byte(l), &r); err != nil || !strings.Contains(said, "hearsay: skipped "+r.Input+": "+r.Reason+"\n") {
				t.Errorf("rejected %s%v; build says\n%s", l, err, said)
			}
		}
	}
}

func difference(got, want string) string {
	in := map[string]bool{}
	for l := range strings.Lines(want) {
		in[l] = true
	}
	var b strings.Builder
	for l := range strings.Lines(got) {
		if !in[l] {
			b.WriteString("not wanted: " + l)
		}
		delete(in, l)
	}
	for l := range in {
		b.WriteString("missing: " + l)
	}
	return fmt.Sprintf("%.2000s", b.String())
}

// All texts of a folder that -texts names.
func TestTexts(t *testing.T) {
	if *texts == "" {
		t.Skip("-texts names no folder")
	}
	paths := append([]string{*texts}, tables(t, *texts)...)
	want, _ := built(t, hearsay(t), paths...)
	for _, n := range []int{1, 2, 8} {
		out := t.TempDir()
		start := time.Now()
		m, err := run(t.Context(), options{Paths: paths, Output: out, Shards: n}, beamx.Run)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := merged(t, out); got != want {
			t.Errorf("%d shards: %s", n, difference(got, want))
		}
		t.Logf("%d documents, %d quads, %d shards in %s", m.Documents, m.Quads, n, time.Since(start).Round(time.Second))
	}
}

// tables turns the tables of a folder into JSONL.
func tables(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		for _, row := range rows[1:] {
			doc := map[string]string{}
			for i, cell := range row {
				doc[rows[0][i]] = cell
			}
			if err := json.NewEncoder(&b).Encode(doc); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(t.TempDir(), strings.TrimSuffix(filepath.Base(name), ".csv")+".jsonl")
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// A run that is killed, as soon as it has written anything or later, publishes
// nothing by half, and the next run gives what an undisturbed one gives.
func TestKilled(t *testing.T) {
	paths := sample(t)[:1]
	clean := t.TempDir()
	if _, err := run(t.Context(), options{Paths: paths, Output: clean, Shards: 4}, beamx.Run); err != nil {
		t.Fatal(err)
	}
	want, m := merged(t, clean)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	start := func() *exec.Cmd {
		cmd := exec.Command(self, append([]string{"--output", out, "--shards", "4"}, paths...)...)
		cmd.Env = append(os.Environ(), asProgram+"=1")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	for range 3 {
		cmd := start()
		for i := 0; i < 3000; i++ {
			if files, _ := filepath.Glob(out + "/quads-*"); len(files) > 0 {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		_ = cmd.Process.Signal(syscall.SIGKILL)
		_ = cmd.Wait()
		if _, err := os.Stat(filepath.Join(out, manifestName)); err == nil {
			merged(t, out) // published: then all of it is there
		}
		if err := os.WriteFile(filepath.Join(out, "quads-00001-of-00004-0123456789ab.nq.gz"+partial+"X"), []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := start()
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != exitSkipped {
		t.Fatalf("the last run: %v", err)
	}
	got, again := merged(t, out)
	if got != want || fmt.Sprint(again) != fmt.Sprint(m) {
		t.Errorf("after kills: %+v, undisturbed: %+v; %s", again, m, difference(got, want))
	}
	files, err := os.ReadDir(out)
	if err != nil || len(files) != len(m.Shards)+2 {
		t.Errorf("%d files for %d shards: %v, %v", len(files), len(m.Shards), files, err)
	}
}

// A runner gives a bundle again to another worker where one was lost: both write
// the same, in whatever order the lines come, and a lost one leaves nothing that
// looks like a shard.
func TestWrittenAgain(t *testing.T) {
	out := t.TempDir()
	fn := &writeFn{Output: out, Shards: 2}
	blocks := func(list ...string) func(*[]byte) bool {
		return func(b *[]byte) bool {
			if len(list) == 0 {
				return false
			}
			if list[0] == "" {
				panic("the worker was lost")
			}
			packed, err := pack([]byte(list[0]))
			if err != nil {
				t.Fatal(err)
			}
			*b, list = packed, list[1:]
			return true
		}
	}
	write := func(list ...string) (s graph.Shard) {
		defer func() { _ = recover() }()
		if err := fn.ProcessElement(t.Context(), 1, blocks(list...), func(got graph.Shard) { s = got }); err != nil {
			t.Fatal(err)
		}
		return s
	}
	one, two := "<hs:a> <hs:p> <hs:b> .\n<hs:c> <hs:p> <hs:b> .\n", "<hs:b> <hs:p> <hs:b> .\n"
	write(one, "")
	if files, _ := os.ReadDir(out); len(files) > 0 {
		t.Errorf("a lost worker left %v", files)
	}
	a, b := write(one, two), write(two, one, one)
	if a != b || a.Lines != 3 {
		t.Errorf("%+v and %+v", a, b)
	}
	if files, _ := os.ReadDir(out); len(files) != 1 || files[0].Name() != a.Name {
		t.Errorf("two workers left %v", files)
	}
}

// A disk that fills up ends the run, and nothing is published.
func TestDiskFull(t *testing.T) {
	out := t.TempDir()
	if err := syscall.Mount("tmpfs", out, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	defer syscall.Unmount(out, 0)
	_, err := run(t.Context(), options{Paths: sample(t)[:1], Output: out, Shards: 2}, beamx.Run)
	if err == nil || !strings.Contains(err.Error(), "no space left on device") {
		t.Errorf("a full disk gives %v", err)
	}
	files, _ := os.ReadDir(out)
	for _, f := range files {
		if f.Name() == manifestName || strings.Contains(f.Name(), partial) {
			t.Errorf("a full disk leaves %s", f.Name())
		}
	}
}

// Files of a store of files are called, ordered and passed over as those of a
// folder.
func TestBelow(t *testing.T) {
	var got []string
	for _, f := range below("gs://news/2017/", []string{"gs://news/2017/b.txt", "gs://news/2017/a-b/x.txt", "gs://news/2017/a/z.html",
		"gs://news/2017/a/.git/x.txt", "gs://news/2017/.x.txt", "gs://news/2017/data.bin"}, true) {
		got = append(got, fmt.Sprintf("%s %v", f.ID, f.Err == nil))
	}
	if want := []string{"a/z.html true", "a-b/x.txt true", "b.txt true", "data.bin false"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
