package main

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"hearsay/graph"
	"hearsay/ingest/reader"
	"hearsay/seeds"
)

// program is this program as another process.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Args = append([]string{"hearsay"}, args...)
	cmd.Dir = t.TempDir()
	return cmd
}

// postgresSchema is a store of its own in the database that HEARSAY_POSTGRES names.
func postgresSchema(t *testing.T) string {
	t.Helper()
	uri := os.Getenv("HEARSAY_POSTGRES")
	if uri == "" {
		t.Skip("HEARSAY_POSTGRES names no database")
	}
	db, err := sql.Open("postgres", uri)
	if err != nil {
		t.Fatal(err)
	}
	schema := fmt.Sprintf("readers_%d", os.Getpid())
	if _, err := db.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		db.Exec("DROP SCHEMA " + schema + " CASCADE")
		db.Close()
	})
	return uri + "&search_path=" + schema
}

// variants writes n documents made of the sample articles, as JSONL.
func variants(t *testing.T, n int) string {
	t.Helper()
	var texts []string
	for d, err := range (&reader.Reader{}).FS(seeds.Articles) {
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, d.Text)
	}
	path := filepath.Join(t.TempDir(), "news.jsonl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range n {
		text := fmt.Sprintf("%s\n\nThis is report %d of them.\n", texts[i%len(texts)], i)
		if err := json.NewEncoder(f).Encode(map[string]string{"id": fmt.Sprintf("report/%03d", i), "text": text}); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func exportOf(t *testing.T, db string) string {
	t.Helper()
	s, err := graph.Open(context.Background(), db, graph.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var b bytes.Buffer
	if err := s.Export(context.Background(), &b, graph.ExportOptions{Format: "nquads"}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Three processes read the same documents into one store, and one of them is
// killed: the store has what one alone would have read, and each document was read
// once, but for the one that the killed process had in hand.
func TestThreeReaders(t *testing.T) {
	db, news := postgresSchema(t), variants(t, 60)
	alone := "bolt:" + filepath.Join(t.TempDir(), "alone.db")
	if out, err := program(t, "build", "-q", "--db", alone, news).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var all [3]*exec.Cmd
	var outs [3]bytes.Buffer
	first := make(chan string, 1)
	for i := range all {
		all[i] = program(t, "build", "--workers", "1", "--db", db, news)
		all[i].Stdout = &outs[i]
		all[i].Stderr = &outs[i]
		if i == 0 {
			all[i].Stderr = nil
			err, pipeErr := all[i].StderrPipe()
			if pipeErr != nil {
				t.Fatal(pipeErr)
			}
			go func() {
				line, _ := bufio.NewReader(err).ReadString('\n')
				first <- line
				_, _ = io.Copy(io.Discard, err)
			}()
		}
		if err := all[i].Start(); err != nil {
			t.Fatal(err)
		}
	}
	if line := <-first; !strings.HasPrefix(line, "added ") {
		t.Fatalf("the first reader began with %q", line)
	}
	if err := all[0].Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = all[0].Wait() // killed
	added := 0
	for i := 1; i < 3; i++ {
		if err := all[i].Wait(); err != nil {
			t.Fatalf("reader %d: %v\n%s", i, err, &outs[i])
		}
		added += strings.Count(outs[i].String(), "added report/")
		if again := strings.Count(outs[i].String(), "unchanged report/") + strings.Count(outs[i].String(), "replaced report/"); again > 1 {
			t.Errorf("reader %d read %d documents that others had read:\n%s", i, again, &outs[i])
		}
	}
	if added >= 60 || added < 30 {
		t.Errorf("the readers that were left added %d of 60 documents", added)
	}
	if got, want := exportOf(t, db), exportOf(t, alone); got != want {
		t.Errorf("three readers stored %d quads, one %d: %s", strings.Count(got, "\n"), strings.Count(want, "\n"), firstDifference(got, want))
	}
	// A reader that comes later has nothing left to read.
	out, err := program(t, "watch", "-q", "--once", "--db", db, filepath.Dir(news)).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("a later reader: %v\n%s", err, out)
	}
	twoServers(t, db)
}

func firstDifference(got, want string) string {
	in := map[string]bool{}
	for l := range strings.Lines(want) {
		in[l] = true
	}
	for l := range strings.Lines(got) {
		if !in[l] {
			return "not wanted: " + l
		}
		delete(in, l)
	}
	for l := range in {
		return "missing: " + l
	}
	return "the same lines"
}

// twoServers serves one store by two processes, which give the same answers.
func twoServers(t *testing.T, db string) {
	t.Helper()
	var answers []string
	for range 2 {
		cmd := program(t, "serve", "--db", db, "--addr", "127.0.0.1:0", "--log", "off")
		errs, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() {
			_ = cmd.Process.Signal(os.Interrupt)
			_ = cmd.Wait()
		}()
		line, err := bufio.NewReader(errs).ReadString('\n')
		address := regexp.MustCompile(`http://\S+/`).FindString(line)
		if err != nil || address == "" {
			t.Fatalf("serve: %q, %v", line, err)
		}
		client := http.Client{Timeout: time.Minute}
		res, err := client.Post(address+"api/v2/query?lang=gizmo", "text/plain", strings.NewReader(`g.V("<`+graph.Document+`>").in("<`+graph.RDFType+`>").count()`))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%s %v: %s", res.Status, err, body)
		}
		answers = append(answers, string(body))
	}
	if answers[0] != answers[1] || !strings.Contains(answers[0], "60") {
		t.Errorf("two servers answer %q", answers)
	}
}
